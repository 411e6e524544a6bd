package object

func listSort(t *Thread, a []Value) Value {
	reverse := false
	if a[2].P != nil {
		var ok bool
		if reverse, ok = t.IsTrue(a[2]); !ok {
			return Value{}
		}
	}
	return t.noneIf(Sort(t, To[List](a[0]), fill(a[1]), reverse))
}

// maxSlabKeys is how many keys a sort keeps on the slab, which is faster than to allocate them. There is not so much room that it could hold more.
const maxSlabKeys = 256

// Sort is l.sort(key=key, reverse=reversed). The list is empty while it is being sorted; what comparisons
// and key functions do to it is an error.
func Sort(t *Thread, l *List, key Value, reversed bool) bool {
	items := l.V
	l.V = nil
	keys := items
	var vals []Value
	ok := true
	if !key.IsNone() {
		if len(items) <= maxSlabKeys {
			mark := t.Scratch
			keys = t.Push(len(items))
			defer t.Pop(mark, keys)
		} else {
			keys = make([]Value, len(items))
		}
		vals = items
		for i, v := range items {
			if keys[i] = t.CallArgs(key, v); keys[i].P == nil {
				ok = false
				break
			}
		}
	}
	if ok && len(items) > 1 {
		// A reversed sort keeps the order of equal items, too.
		if reversed {
			reverse(keys)
			reverse(vals)
		}
		ok = sortItems(t, keys, vals)
		if reversed {
			reverse(keys)
			reverse(vals)
		}
	}
	modified := l.V != nil
	l.V = items
	if ok && modified {
		t.ValueErrorf("list modified during sort")
		return false
	}
	return ok
}

// sortItems sorts keys, which are of whatever types, and vals, if it is not nil, along with them. When a comparison
// fails they are left in some order.
func sortItems(t *Thread, keys, vals []Value) bool {
	switch uniform(keys) {
	case &IntType:
		sortInts(keys, vals)
		return true
	case &FloatType:
		if sortFloats(keys, vals) {
			return true
		}
	case &StrType:
		sortTexts(keys, vals)
		return true
	}
	if len(keys) > shortRun {
		if firsts := firstItems(keys); firsts != nil {
			return sortTuples(t, keys, vals, firsts)
		}
	}
	m := merger{t: t, keys: keys, vals: vals, gallop: minGallop}
	return m.sort()
}

// sortInts is sortItems for small ints.
func sortInts(keys, vals []Value) {
	var few [fewCodes]uint64
	codes := codesIn(&few, len(keys))
	for i, k := range keys {
		codes[i] = k.B ^ 1<<63
	}
	sortCodes(codes, vals)
	for i, c := range codes {
		keys[i].B = c ^ 1<<63
	}
}

// sortFloats is sortItems for floats, if they have codes.
func sortFloats(keys, vals []Value) bool {
	var few [fewCodes]uint64
	codes := codesIn(&few, len(keys))
	if !floatCodes(codes, keys) {
		return false
	}
	sortCodes(codes, vals)
	for i, c := range codes {
		keys[i].B = floatBits(c)
	}
	return true
}

// firstItems returns the first items of keys that are all tuples, or all lists of plain items, if these are uniform and no NaN, else nil. Lists of
// others are not sorted by them: what compares their items might change the lists.
func firstItems(keys []Value) []Value {
	cls := keys[0].Type()
	for _, k := range keys {
		switch {
		case k.Type() != cls:
			return nil
		case cls == &TupleType && To[Tuple](k).Len() > 0 && !anyNaN(To[Tuple](k).Items()):
		case cls == &ListType && len(To[List](k).V) > 0 && allPlain(To[List](k).V):
		default:
			return nil
		}
	}
	firsts := make([]Value, len(keys))
	for i, k := range keys {
		var x Value
		if cls == &TupleType {
			x = *To[Tuple](k).At(0)
		} else {
			x = To[List](k).V[0]
		}
		firsts[i] = x
	}
	if uniform(firsts) == nil {
		return nil
	}
	return firsts
}

// anyNaN reports whether an item is NaN: where numbers have no order, what a sort makes of them depends on each comparison that it makes.
func anyNaN(items []Value) bool {
	for _, x := range items {
		if x.IsFloat() && x.Float() != x.Float() {
			return true
		}
	}
	return false
}

// allPlain reports whether all items are numbers or texts, and none is NaN: no method in Python compares them.
func allPlain(items []Value) bool {
	for _, x := range items {
		if !x.IsInt() && !(x.IsFloat() && x.Float() == x.Float()) && x.Type() != &StrType {
			return false
		}
	}
	return true
}

// sortTuples sorts tuples or lists by the first items, which needs none of them to be looked at, and then what they leave equal.
func sortTuples(t *Thread, keys, vals, firsts []Value) bool {
	order := make([]Value, len(keys))
	for i := range order {
		order[i] = MakeInt(int64(i))
	}
	if !sortItems(t, firsts, order) {
		return false
	}
	permute(keys, order)
	if vals != nil {
		permute(vals, order)
	}
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) {
			if firsts[j] != firsts[i] {
				if eq, _ := t.equalKeys(firsts[j], firsts[i]); !eq {
					break
				}
			}
			j++
		}
		if j-i > 1 {
			m := merger{t: t, keys: keys[i:j], gallop: minGallop}
			if vals != nil {
				m.vals = vals[i:j]
			}
			if !m.sort() {
				return false
			}
		}
		i = j
	}
	return true
}

// permute puts v[order[i]] at i.
func permute(v, order []Value) {
	c := append([]Value(nil), v...)
	for i, o := range order {
		v[i] = c[o.Int()]
	}
}

// uniform returns the type of all keys if it is one that is compared without Python's help, else nil.
func uniform(keys []Value) *Type {
	p := keys[0].P
	s := keys[0].Type()
	switch {
	case keys[0].IsInt(), keys[0].IsFloat():
		for _, k := range keys {
			if k.P != p {
				return nil
			}
		}
		return s
	case s == &StrType:
		for _, k := range keys {
			if k.Type() != s {
				return nil
			}
		}
		return s
	}
	return nil
}

// shortRun is the length that runs are brought to by insertion.
const shortRun = 24
