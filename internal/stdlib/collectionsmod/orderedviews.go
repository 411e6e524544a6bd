package collectionsmod

import "github.com/krait-py/krait/internal/object"

// orderedIter iterates over an OrderedDict: what is k for keys, v for values, i for items. It goes from key to key, so that it
// finds its way when others move.
type orderedIter struct {
	object.Head
	d       *object.Dict // nil: exhausted
	what    byte
	reverse bool
	next    int // index of the next entry
	used    int
	state   uint64
}

func newOrderedIter(d *object.Dict, what byte, reverse bool) value {
	it := &orderedIter{object.Head{Type: &odictIterType}, d, what, reverse, d.First(), d.Len(), d.Keys}
	if reverse {
		it.next = d.Last()
	}
	return object.Of(it)
}

func (it *orderedIter) step(t *thread) value {
	switch k, v := it.stepPair(t); {
	case k.P == nil || it.what == 'k':
		return k
	case it.what == 'v':
		return v
	default:
		return object.Of(object.NewTuple(k, v))
	}
}

// stepPair returns the next key and its value.
func (it *orderedIter) stepPair(t *thread) (k, v value) {
	d := it.d
	if d == nil {
		return k, v
	}
	if it.next < 0 || it.next >= len(d.Entries) && it.state == d.Keys {
		it.d = nil
		return k, v
	}
	if it.state != d.Keys {
		it.d = nil
		return t.RuntimeErrorf("OrderedDict mutated during iteration"), v
	}
	if it.used != d.Len() {
		it.d = nil
		return t.RuntimeErrorf("OrderedDict changed size during iteration"), v
	}
	e := &d.Entries[it.next]
	dir := 1
	if it.reverse {
		dir = -1
	}
	for it.next += dir; it.next >= 0 && it.next < len(d.Entries) && !d.Entries[it.next].Used(); {
		it.next += dir
	}
	if it.next >= len(d.Entries) {
		it.next = -1
	}
	return e.Key(), e.Value
}

func setupOrderedViews() {
	object.Define(&odictIterType, object.TypeSpec{Name: "odict_iterator", Flags: object.FlagNoNew, Slots: object.Slots{
		Iter: object.SelfIter,
		Next: func(t *thread, v value) value { return object.To[orderedIter](v).step(t) },
		NextPair: func(t *thread, v value) (x, y value, found bool) {
			it := object.To[orderedIter](v)
			if it.what != 'i' {
				return x, y, false
			}
			x, y = it.stepPair(t)
			return x, y, true
		},
	}, Methods: []object.MethodDef{
		{Name: "__reduce__", Sig: "($self, /)", Doc: reduceDoc, Fn: func(t *thread, a []value) value {
			f, ok := t.Interp.Builtins.Get(t, object.Of(nameIter))
			if !ok {
				return value{}
			}
			c := *object.To[orderedIter](a[0])
			items, ok := t.Collect(object.Of(&c))
			if !ok {
				return value{}
			}
			return object.Of(object.NewTuple(object.OrNone(f), object.Of(object.NewTuple(object.Of(object.NewList(items))))))
		}},
	}})
	define := func(s, base *object.Type, name string, what byte) {
		object.Define(s, object.TypeSpec{Name: name, Base: base, Flags: object.FlagNoNew, Slots: object.Slots{
			Iter: func(t *thread, v value) value { return newOrderedIter(object.To[object.DictView](v).Dict, what, false) },
		}, Methods: []object.MethodDef{
			{Name: "__reversed__", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
				return newOrderedIter(object.To[object.DictView](a[0]).Dict, what, true)
			}},
		}})
	}
	define(&odictKeysType, &object.DictKeysType, "odict_keys", 'k')
	define(&odictValuesType, &object.DictValuesType, "odict_values", 'v')
	define(&odictItemsType, &object.DictItemsType, "odict_items", 'i')
}
