package object

// Type parameters of aliases and unions, and what takes their place.

var (
	nameSubst        = StaticName("__typing_subst__")
	namePrepareSubst = StaticName("__typing_prepare_subst__")
	nameIsUnpacked   = StaticName("__typing_is_unpacked_typevartuple__")
	nameUnpackedArgs = StaticName("__typing_unpacked_tuple_args__")
)

func isType(v Value) bool { return v.Type().Flags&FlagType != 0 }

func indexOf(items []Value, x Value) int {
	for i, y := range items {
		if x == y {
			return i
		}
	}
	return -1
}

// typeParameters returns the type variables in args, each once; nil if that fails.
func (t *Thread) typeParameters(args []Value) *Tuple {
	var out []Value
	add := func(v Value) {
		if indexOf(out, v) < 0 {
			out = append(out, v)
		}
	}
	for _, x := range args {
		if isType(x) {
			continue // what a bare class has under the name is a descriptor
		}
		is, ok := t.hasAttr(x, nameSubst)
		if !ok {
			return nil
		}
		if is {
			add(x)
			continue
		}
		sub, ok := t.FindAttr(x, nameParams)
		if !ok {
			return nil
		}
		if sub.P == nil {
			if items, ok := sequenceItems(x); ok {
				if !t.Enter(" in typing") {
					return nil
				}
				p := t.typeParameters(items)
				t.Leave()
				if p == nil {
					return nil
				}
				sub = Of(p)
			}
		}
		if sub.P != nil && sub.Type().Flags&FlagTuple != 0 {
			for _, y := range To[Tuple](sub).Items() {
				add(y)
			}
		}
	}
	return NewTuple(out...)
}

// sequenceItems returns the items of a tuple or a list.
func sequenceItems(v Value) ([]Value, bool) {
	switch {
	case v.Type().Flags&FlagTuple != 0:
		return To[Tuple](v).Items(), true
	case v.Type().Flags&FlagList != 0:
		return append([]Value(nil), To[List](v).V...), true
	}
	return nil, false
}

// unpackArgs spreads starred tuple types among the arguments.
func (t *Thread) unpackArgs(item Value) (Value, bool) {
	items := []Value{item}
	if item.Type().Flags&FlagTuple != 0 {
		items = To[Tuple](item).Items()
	}
	var out []Value
	for _, x := range items {
		if !isType(x) {
			sub, ok := t.FindAttr(x, nameUnpackedArgs)
			if !ok {
				return Value{}, false
			}
			if sub.P != nil && sub.Type().Flags&FlagTuple != 0 {
				if s := To[Tuple](sub).Items(); len(s) == 0 || s[len(s)-1] != Ellipsis {
					out = append(out, s...)
					continue
				}
			}
		}
		out = append(out, x)
	}
	return Of(NewTuple(out...)), true
}

// substitute puts the arguments that item holds in the place of the parameters in args. self is what is subscripted.
func (t *Thread) substitute(self Value, args []Value, params *Tuple, item Value) *Tuple {
	if params.Len() == 0 {
		if r := t.Repr(self); r != nil {
			t.TypeErrorf("%s is not a generic class", r.S)
		}
		return nil
	}
	item, ok := t.unpackArgs(item)
	if !ok {
		return nil
	}
	for _, p := range params.Items() {
		prepare, ok := t.FindAttr(p, namePrepareSubst)
		if !ok {
			return nil
		}
		if prepare.P == nil || prepare.IsNone() {
			continue
		}
		if item.Type().Flags&FlagTuple == 0 {
			item = Of(NewTuple(item))
		}
		if item = t.CallArgs(prepare, self, item); item.P == nil {
			return nil
		}
	}
	items := []Value{item}
	if item.Type().Flags&FlagTuple != 0 {
		items = To[Tuple](item).Items()
	}
	if len(items) != params.Len() {
		word := "few"
		if len(items) > params.Len() {
			word = "many"
		}
		if r := t.Repr(self); r != nil {
			t.TypeErrorf("Too %s arguments for %s; actual %d, expected %d", word, r.S, len(items), params.Len())
		}
		return nil
	}
	var out []Value
	for _, x := range args {
		if isType(x) {
			out = append(out, x)
			continue
		}
		if sub, ok := sequenceItems(x); ok {
			if !t.Enter(" in typing") {
				return nil
			}
			r := t.substitute(self, sub, params, item)
			t.Leave()
			if r == nil {
				return nil
			}
			if x.Type().Flags&FlagTuple != 0 {
				out = append(out, Of(r))
			} else {
				out = append(out, Of(NewList(append([]Value(nil), r.Items()...))))
			}
			continue
		}
		unpack := false
		u, ok := t.FindAttr(x, nameIsUnpacked)
		if !ok {
			return nil
		}
		if u.P != nil {
			if unpack, ok = t.IsTrue(u); !ok {
				return nil
			}
		}
		subst, ok := t.FindAttr(x, nameSubst)
		if !ok {
			return nil
		}
		if subst.P != nil {
			i := indexOf(params.Items(), x)
			if i < 0 {
				out = append(out, x)
				continue
			}
			x = t.CallArgs(subst, items[i])
		} else {
			x = t.substituteIn(x, params.Items(), items)
		}
		if x.P == nil {
			return nil
		}
		if unpack && x.Type().Flags&FlagTuple != 0 {
			out = append(out, To[Tuple](x).Items()...)
		} else {
			out = append(out, x)
		}
	}
	return NewTuple(out...)
}

// substituteIn replaces parameters inside something that has some itself.
func (t *Thread) substituteIn(v Value, params, items []Value) Value {
	sub, ok := t.FindAttr(v, nameParams)
	if !ok {
		return Value{}
	}
	if sub.P == nil || sub.Type().Flags&FlagTuple == 0 || len(To[Tuple](sub).Items()) == 0 {
		return v
	}
	var args []Value
	for _, x := range To[Tuple](sub).Items() {
		if i := indexOf(params, x); i >= 0 {
			// Something iterable is a TypeVarTuple: several arguments take its place.
			if x.Type().Iter != nil && items[i].Type().Flags&FlagTuple != 0 {
				args = append(args, To[Tuple](items[i]).Items()...)
				continue
			}
			x = items[i]
		}
		args = append(args, x)
	}
	return t.GetItem(v, Of(NewTuple(args...)))
}
