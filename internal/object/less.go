package object

// Less is x < y, quickly for what is compared most: numbers, texts, and tuples and lists of these.
func (t *Thread) Less(x, y Value) (res, ok bool) {
	if x.P == y.P {
		if x.IsInt() {
			return x.Int() < y.Int(), true
		}
		if x.IsFloat() {
			return x.Float() < y.Float(), true
		}
	}
	if tx := x.Type(); tx == y.Type() {
		switch tx {
		case &StrType:
			return x.Str().S < y.Str().S, true
		case &TupleType:
			a, b := To[Tuple](x).Items(), To[Tuple](y).Items()
			return t.lessItems(&a, &b)
		case &ListType:
			return t.lessItems(&To[List](x).V, &To[List](y).V)
		}
		if r, done := t.compareOwn(tx, x, y, CmpLt); done {
			if r.P == nil {
				return false, false
			}
			return t.IsTrue(r)
		}
	}
	return t.CompareBool(x, y, CmpLt)
}

// lessItems compares by the first items that differ. The items of lists may change while they are compared.
func (t *Thread) lessItems(x, y *[]Value) (res, ok bool) {
	for i := 0; i < len(*x) && i < len(*y); i++ {
		a, b := (*x)[i], (*y)[i]
		if a == b {
			continue
		}
		switch {
		case a.P == b.P && a.IsInt():
			return a.Int() < b.Int(), true
		case a.P == b.P && a.IsFloat():
			if a.Float() != b.Float() {
				return a.Float() < b.Float(), true
			}
			continue
		}
		eq, ok := t.equalKeys(a, b)
		if !ok {
			return false, false
		}
		if eq {
			continue
		}
		if i >= len(*x) || i >= len(*y) {
			break // the comparison has shortened a list: the lengths decide
		}
		return t.Less(a, b)
	}
	return len(*x) < len(*y), true
}
