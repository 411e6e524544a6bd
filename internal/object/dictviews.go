package object

// DictView is what keys(), values() and items() return: its type says which.
type DictView struct {
	Head
	Dict *Dict
}

// The types of dict views.
var DictKeysType, DictValuesType, DictItemsType Type

// NewDictView returns a view of d; cls is one of the three types, or of types that derive from them.
func NewDictView(cls *Type, d *Dict) Value { return Of(&DictView{Head{cls}, d}) }

func viewDict(v Value) *Dict { return To[DictView](v).Dict }

func isSetView(v Value) bool { return v.IsA(&DictKeysType) || v.IsA(&DictItemsType) }

func setupDictViews() {
	reversed := func(cls *Type) func(t *Thread, a []Value) Value {
		return func(t *Thread, a []Value) Value { return newDictIter(cls, viewDict(a[0]), true) }
	}
	mapping := []GetSetDef{{Name: "mapping", Get: func(t *Thread, v Value) Value { return NewMappingProxy(Of(viewDict(v))) }, Doc: "dictionary that this view refers to"}}
	viewLen := func(t *Thread, v Value) (int, bool) { return int(viewDict(v).used), true }
	ops := NumberSlots{Binary: [NumBinary]BinaryFunc{
		OpSubtract: func(t *Thread, a, b Value) Value {
			return t.viewOp(a, b, func(s *Set) bool { return s.removeAll(t, b) })
		},
		OpAnd: viewAnd,
		OpXor: func(t *Thread, a, b Value) Value {
			if a.IsA(&DictItemsType) && b.IsA(&DictItemsType) {
				return t.itemsXor(viewDict(a), viewDict(b))
			}
			return t.viewOp(a, b, func(s *Set) bool { return s.toggleAll(t, b) })
		},
		OpOr: func(t *Thread, a, b Value) Value {
			return t.viewOp(a, b, func(s *Set) bool { return s.update(t, b) })
		},
	}}
	disjoint := MethodDef{Name: "isdisjoint", Sig: "($self, object, /)", Fn: viewIsDisjoint, Doc: "Return True if the view and the given iterable have a null intersection."}
	Define(&DictKeysType, TypeSpec{Name: "dict_keys", Flags: FlagNoNew, Slots: Slots{
		NumberSlots: ops, Repr: viewRepr, Compare: viewCompare, Len: viewLen, Iter: func(t *Thread, v Value) Value { return newDictIter(&DictKeyIterType, viewDict(v), false) },
		Contains: func(t *Thread, v, k Value) (res, ok bool) { return dictContains(t, Of(viewDict(v)), k) },
	}, Methods: []MethodDef{disjoint, {Name: "__reversed__", Sig: "($self, /)", Fn: reversed(&DictReverseKeyIterType), Doc: "Return a reverse iterator over the dict keys."}}, GetSets: mapping})
	Define(&DictItemsType, TypeSpec{Name: "dict_items", Flags: FlagNoNew, Slots: Slots{
		NumberSlots: ops, Repr: viewRepr, Compare: viewCompare, Len: viewLen, Iter: func(t *Thread, v Value) Value { return newDictIter(&DictItemIterType, viewDict(v), false) },
		Contains: itemsContains,
	}, Methods: []MethodDef{disjoint, {Name: "__reversed__", Sig: "($self, /)", Fn: reversed(&DictReverseItemIterType), Doc: "Return a reverse iterator over the dict items."}}, GetSets: append([]GetSetDef(nil), mapping...)})
	Define(&DictValuesType, TypeSpec{Name: "dict_values", Flags: FlagNoNew, Slots: Slots{
		Repr: viewRepr, Len: viewLen, Iter: func(t *Thread, v Value) Value { return newDictIter(&DictValueIterType, viewDict(v), false) },
	}, Methods: []MethodDef{{Name: "__reversed__", Sig: "($self, /)", Fn: reversed(&DictReverseValueIterType), Doc: "Return a reverse iterator over the dict values."}}, GetSets: append([]GetSetDef(nil), mapping...)})
}

func viewRepr(t *Thread, v Value) Value {
	if t.EnterRepr(v) {
		return Of(NewASCII("..."))
	}
	defer t.LeaveRepr()
	items, ok := t.Collect(v)
	if !ok {
		return Value{}
	}
	r := t.Repr(Of(NewList(items)))
	if r == nil {
		return Value{}
	}
	return MakeStr(v.Type().Name + "(" + r.S + ")")
}

func itemsContains(t *Thread, v, x Value) (res, ok bool) {
	if x.Type().Flags&FlagTuple == 0 || len(To[Tuple](x).Items()) != 2 {
		return false, true
	}
	pair := To[Tuple](x).Items()
	found, ok := viewDict(v).Get(t, pair[0])
	if found.P == nil {
		return false, ok
	}
	return t.Equal(found, pair[1])
}

// viewSet is a set of what an operand of a set operation on views has.
func (t *Thread) viewSet(v Value) *Set {
	s := NewSet()
	if v.Is(&DictKeysType) {
		v = Of(viewDict(v))
		if !v.Is(&DictType) {
			v = NewDictView(&DictKeysType, To[Dict](v))
		}
	}
	if !s.update(t, v) {
		return nil
	}
	return s
}

func (t *Thread) viewOp(a, b Value, f func(s *Set) bool) Value {
	s := t.viewSet(a)
	if s == nil || !f(s) {
		return Value{}
	}
	return Of(s)
}

// itemsXor is the set of the items that only one of two dicts has. It gets those of b first, as in CPython, which shows in its order.
func (t *Thread) itemsXor(a, b *Dict) Value {
	s, rest, keys := NewSet(), a.Copy(), b.Keys
	for i := 0; i < len(b.Entries); i++ {
		e := b.Entries[i]
		if !e.Used() {
			continue
		}
		x, ok := rest.find(t, e.Key(), e.Hash())
		eq := false
		if x >= 0 {
			eq, ok = t.Equal(rest.Entries[x].Value, e.Value)
		}
		switch {
		case !ok:
			return Value{}
		case eq:
			rest.remove(x)
		case !s.Add(t, Of(NewTuple(e.Key(), e.Value))):
			return Value{}
		}
		if b.Keys != keys {
			return t.RuntimeErrorf("dictionary changed size during iteration")
		}
	}
	if !s.update(t, NewDictView(&DictItemsType, rest)) {
		return Value{}
	}
	return Of(s)
}

// viewAnd takes the elements from the operand that is no view, or from the shorter one.
func viewAnd(t *Thread, a, b Value) Value {
	if !isSetView(a) {
		a, b = b, a
	}
	n, _ := t.Len(a)
	if isSetView(b) {
		if m, _ := t.Len(b); m > n {
			a, b = b, a
		}
	} else if b.Is(&SetType) && To[Set](b).Len() > n {
		// The set is the longer one: look the view's elements up in it.
		s := t.viewSet(a)
		if s == nil {
			return Value{}
		}
		return setOrNil(To[Set](b).intersect(t, Of(s)))
	}
	s := NewSet()
	if !t.Each(b, func(x Value) bool {
		has, ok := t.Contains(a, x)
		return ok && (!has || s.Add(t, x))
	}) {
		return Value{}
	}
	return Of(s)
}

// contained reports whether all items of a are in b.
func (t *Thread) contained(a, b Value) (res, ok bool) {
	res = true
	ok = t.Each(a, func(x Value) bool {
		has, ok := t.Contains(b, x)
		res = has
		return ok && has
	})
	return res && ok, ok
}

func viewCompare(t *Thread, a, b Value, op CompareOp) Value {
	if !IsSet(b) && !isSetView(b) {
		return NotImplemented
	}
	n, ok := t.Len(a)
	if !ok {
		return Value{}
	}
	m, ok := t.Len(b)
	if !ok {
		return Value{}
	}
	var res bool
	switch op {
	case CmpEq, CmpNe:
		if n == m {
			res, ok = t.contained(a, b)
		}
		res = res == (op == CmpEq)
	case CmpLt:
		if n < m {
			res, ok = t.contained(a, b)
		}
	case CmpLe:
		if n <= m {
			res, ok = t.contained(a, b)
		}
	case CmpGt:
		if n > m {
			res, ok = t.contained(b, a)
		}
	case CmpGe:
		if n >= m {
			res, ok = t.contained(b, a)
		}
	}
	if !ok {
		return Value{}
	}
	return MakeBool(res)
}

func viewIsDisjoint(t *Thread, a []Value) Value {
	v, o := a[0], a[1]
	if v == o {
		n, _ := t.Len(v)
		return MakeBool(n == 0)
	}
	if IsSet(o) && (o.Is(&SetType) || o.Is(&FrozenSetType)) || isSetView(o) {
		n, _ := t.Len(v)
		m, _ := t.Len(o)
		if m > n {
			v, o = o, v
		}
	}
	res := true
	if !t.Each(o, func(x Value) bool {
		has, ok := t.Contains(v, x)
		res = !has
		return ok && res
	}) {
		return Value{}
	}
	return MakeBool(res)
}
