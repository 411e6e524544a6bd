package collectionsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// OrderedDict is an OrderedDict: dicts keep their order, so that only what changes it is added.
type OrderedDict struct {
	object.Dict
	object.Attrs
}

// The types of OrderedDict, its views and its iterators.
var (
	OrderedDictType                                object.Type
	odictKeysType, odictValuesType, odictItemsType object.Type
	odictIterType                                  object.Type
)

func dictOf(v value) *object.Dict { return object.To[object.Dict](v) }

func setupOrderedDict() {
	view := func(cls *object.Type) func(t *thread, a []value) value {
		return func(t *thread, a []value) value { return object.NewDictView(cls, dictOf(a[0])) }
	}
	object.Define(&OrderedDictType, object.TypeSpec{
		Name: "OrderedDict", Module: "collections", Base: &object.DictType, Flags: object.FlagBase, HasWeak: true,
		AttrOffset: unsafe.Offsetof(OrderedDict{}.Attrs),
		Doc:        "Dictionary that remembers insertion order",
		Slots: object.Slots{
			Alloc: func(t *thread, cls *object.Type) value {
				d := &OrderedDict{}
				d.Type = cls
				return object.InitAttrs(cls, object.Of(d))
			},
			NumberSlots: object.NumberSlots{
				Binary:  [object.NumBinary]object.BinaryFunc{object.OpOr: orderedOr},
				Inplace: [object.NumBinary]object.BinaryFunc{object.OpOr: orderedInOr},
			},
			Init: func(t *thread, v value, args []value, names *object.Tuple) bool {
				if n := len(args) - object.NameCount(names); n > 1 {
					t.TypeErrorf("expected at most 1 argument, got %d", n)
					return false
				}
				return updateOrdered(t, v, args, names)
			},
			Repr: orderedRepr, Compare: orderedCompare,
			Iter:    func(t *thread, v value) value { return newOrderedIter(dictOf(v), 'k', false) },
			SetItem: object.DictType.SetItem,
		},
		Methods: []object.MethodDef{
			{Name: "fromkeys", Sig: "($type, /, iterable, value=None)", Doc: "Create a new ordered dictionary with keys from iterable and values set to value.", Fn: orderedFromKeys},
			{Name: "__sizeof__", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
				n := len(dictOf(a[0]).Entries)
				return object.MakeInt(int64(112 + n*(24+56)))
			}},
			{Name: "__reduce__", Sig: "($self, /)", Doc: "Return state information for pickling", Fn: orderedReduce},
			{Name: "setdefault", Sig: "($self, /, key, default=None)", Doc: "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.", Fn: orderedSetDefault},
			{Name: "pop", Sig: "($self, /, key, default=<unrepresentable>)", Doc: "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.", Fn: orderedPop},
			{Name: "popitem", Sig: "($self, /, last=True)", Doc: "Remove and return a (key, value) pair from the dictionary.\n\nPairs are returned in LIFO order if last is true or FIFO order if\nfalse.", Fn: orderedPopItem},
			{Name: "keys", Sig: "($self, /)", Fn: view(&odictKeysType)},
			{Name: "values", Sig: "($self, /)", Fn: view(&odictValuesType)},
			{Name: "items", Sig: "($self, /)", Fn: view(&odictItemsType)},
			{Name: "update", Raw: func(t *thread, args []value, names *object.Tuple) value {
				if n := len(args) - 1 - object.NameCount(names); n > 1 {
					return t.TypeErrorf("update() takes at most 1 positional argument (%d given)", n)
				}
				return noneIf(updateOrdered(t, args[0], args[1:], names))
			}},
			{Name: "clear", Sig: "($self, /)", Doc: "Remove all items from ordered dict.", Fn: func(t *thread, a []value) value {
				dictOf(a[0]).Clear()
				return object.None
			}},
			{Name: "copy", Sig: "($self, /)", Doc: "A shallow copy of ordered dict.", Fn: orderedCopy},
			{Name: "__reversed__", Sig: "($self, /)", Doc: "od.__reversed__() <==> reversed(od)", Fn: func(t *thread, a []value) value {
				return newOrderedIter(dictOf(a[0]), 'k', true)
			}},
			{Name: "move_to_end", Sig: "($self, /, key, last=True)", Doc: "Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does not exist.", Fn: orderedMove},
		},
	})
	setupOrderedViews()
}

// plain reports whether the items of v are set as those of dicts are, by no method of a subclass.
func plain(v value) bool { return v.Is(&OrderedDictType) }

// updateOrdered is update(), with the subclass's __setitem__.
func updateOrdered(t *thread, v value, args []value, names *object.Tuple) bool {
	n := len(args) - object.NameCount(names)
	if n == 1 && !updateFrom(t, v, args[0]) {
		return false
	}
	for i := n; i < len(args); i++ {
		if !t.SetItem(v, names.Items()[i-n], args[i]) {
			return false
		}
	}
	return true
}

func updateFrom(t *thread, v, other value) bool {
	if other.Is(&object.DictType) || plain(other) {
		if plain(v) {
			return dictOf(v).Merge(t, dictOf(other))
		}
		d := dictOf(other)
		for i := 0; i < len(d.Entries); i++ {
			if e := d.Entries[i]; e.Used() && !t.SetItem(v, e.Key(), e.Value) {
				return false
			}
		}
		return true
	}
	keys, ok := t.FindAttr(other, nameKeys)
	if !ok {
		return false
	}
	if keys.P != nil {
		list := t.CallArgs(keys)
		return list.P != nil && t.Each(list, func(k value) bool {
			x := t.GetItem(other, k)
			return x.P != nil && t.SetItem(v, k, x)
		})
	}
	items, ok := t.FindAttr(other, nameItems)
	if !ok {
		return false
	}
	if items.P != nil {
		if other = t.CallArgs(items); other.P == nil {
			return false
		}
	}
	return t.Each(other, func(pair value) bool {
		it := t.Iter(pair)
		if it.P == nil {
			return false
		}
		var kv [2]value
		for i := range kv {
			if kv[i] = t.Next(it); kv[i].P == nil {
				if t.Exc == nil {
					s := ""
					if i != 1 {
						s = "s"
					}
					t.ValueErrorf("need more than %d value%s to unpack", i, s)
				}
				return false
			}
		}
		if more := t.Next(it); more.P != nil || t.Exc != nil {
			if t.Exc == nil {
				t.ValueErrorf("too many values to unpack (expected 2)")
			}
			return false
		}
		return t.SetItem(v, kv[0], kv[1])
	})
}

func orderedOr(t *thread, a, b value) value {
	cls := a.Type()
	if !a.IsA(&OrderedDictType) {
		cls = b.Type()
	}
	if a.Type().Flags&b.Type().Flags&object.FlagDict == 0 {
		return object.NotImplemented
	}
	r := t.CallArgs(object.Of(cls), a)
	if r.P == nil || !updateFrom(t, r, b) {
		return value{}
	}
	return r
}

func orderedInOr(t *thread, a, b value) value {
	if !updateFrom(t, a, b) {
		return value{}
	}
	return a
}

func orderedRepr(t *thread, v value) value {
	d := dictOf(v)
	if d.Len() == 0 {
		return object.MakeStr(d.Type.ShortName() + "()")
	}
	if t.EnterRepr(v) {
		return object.MakeStr("...")
	}
	defer t.LeaveRepr()
	c := object.NewDict()
	if plain(v) {
		c = d.Copy()
	} else {
		// What a subclass says are its items.
		items := t.CallMethod(v, nameItems)
		if items.P == nil || !c.UpdateArgs(t, "dict", []value{items}, nil) {
			return value{}
		}
	}
	s := t.Repr(object.Of(c))
	if s == nil {
		return value{}
	}
	return object.MakeStr(d.Type.ShortName() + "(" + s.S + ")")
}

func orderedCompare(t *thread, a, b value, op object.CompareOp) value {
	if op != object.CmpEq && op != object.CmpNe || b.Type().Flags&object.FlagDict == 0 || a.Type().Flags&object.FlagDict == 0 {
		return object.NotImplemented
	}
	x, y := dictOf(a), dictOf(b)
	eq, ok := x.Equal(t, y)
	if ok && eq && a.IsA(&OrderedDictType) && b.IsA(&OrderedDictType) {
		eq, ok = sameOrder(t, x, y)
	}
	if !ok {
		return value{}
	}
	return object.MakeBool(eq == (op == object.CmpEq))
}

// sameOrder reports whether the keys of two dicts are equal one by one.
func sameOrder(t *thread, x, y *object.Dict) (eq, ok bool) {
	after := func(d *object.Dict, i int) int {
		for ; i < len(d.Entries); i++ {
			if d.Entries[i].Used() {
				return i
			}
		}
		return -1
	}
	xs, ys := x.Keys, y.Keys
	i, j := after(x, 0), after(y, 0)
	for i >= 0 && j >= 0 {
		eq, ok := t.Equal(x.Entries[i].Key(), y.Entries[j].Key())
		if !ok {
			return false, false
		}
		if x.Keys != xs || y.Keys != ys {
			t.RuntimeErrorf("OrderedDict mutated during iteration")
			return false, false
		}
		if !eq {
			return false, true
		}
		i, j = after(x, i+1), after(y, j+1)
	}
	return i < 0 && j < 0, true
}

func orderedFromKeys(t *thread, a []value) value {
	r := t.CallArgs(a[0])
	if r.P == nil {
		return r
	}
	x := object.OrNone(a[2])
	if !t.Each(a[1], func(k value) bool { return t.SetItem(r, k, x) }) {
		return value{}
	}
	return r
}

func orderedReduce(t *thread, a []value) value {
	state := t.CallMethod(a[0], nameGetState)
	if state.P == nil {
		return state
	}
	items := t.CallMethod(a[0], nameItems)
	if items.P == nil {
		return items
	}
	it := t.Iter(items)
	if it.P == nil {
		return it
	}
	return object.Of(object.NewTuple(object.Of(a[0].Type()), object.Of(object.EmptyTuple), state, object.None, it))
}

func orderedSetDefault(t *thread, a []value) value {
	def := object.OrNone(a[2])
	if plain(a[0]) {
		return dictOf(a[0]).SetDefault(t, a[1], def)
	}
	has, ok := t.Contains(a[0], a[1])
	if !ok {
		return value{}
	}
	if has {
		return t.GetItem(a[0], a[1])
	}
	if !t.SetItem(a[0], a[1], def) {
		return value{}
	}
	return def
}

// take removes key and returns its value, or no value if it is not there. Methods of subclasses have no say in this.
func take(t *thread, v, key value) (value, bool) {
	d := dictOf(v)
	x, ok := d.Find(t, key)
	if !ok || x < 0 {
		return value{}, ok
	}
	r := d.Entries[x].Value
	d.RemoveAt(x)
	return r, true
}

func orderedPop(t *thread, a []value) value {
	r, ok := take(t, a[0], a[1])
	if !ok || r.P != nil {
		return r
	}
	if a[2].P != nil {
		return a[2]
	}
	return noKey(t, a[1])
}

func orderedPopItem(t *thread, a []value) value {
	d := dictOf(a[0])
	last := true
	if a[1].P != nil {
		var ok bool
		if last, ok = t.IsTrue(a[1]); !ok {
			return value{}
		}
	}
	x := d.First()
	if last {
		x = d.Last()
	}
	if x < 0 {
		return t.RaiseNew(&object.KeyErrorType, object.MakeStr("dictionary is empty"))
	}
	k := d.Entries[x].Key()
	v, ok := take(t, a[0], k)
	if !ok {
		return value{}
	}
	if v.P == nil {
		return t.KeyError(k)
	}
	return object.Of(object.NewTuple(k, v))
}

func orderedCopy(t *thread, a []value) value {
	d := dictOf(a[0])
	if plain(a[0]) {
		c := OrderedDictType.Alloc(t, &OrderedDictType)
		dictOf(c).CopyFrom(d, 0)
		return c
	}
	r := t.CallArgs(object.Of(a[0].Type()))
	if r.P == nil {
		return r
	}
	for i := 0; i < len(d.Entries); i++ {
		k := d.Entries[i].Key()
		if k.P == nil {
			continue
		}
		v := t.GetItem(a[0], k)
		if v.P == nil || !t.SetItem(r, k, v) {
			return value{}
		}
	}
	return r
}

func orderedMove(t *thread, a []value) value {
	last := true
	if a[2].P != nil {
		var ok bool
		if last, ok = t.IsTrue(a[2]); !ok {
			return value{}
		}
	}
	d := dictOf(a[0])
	x, ok := d.Find(t, a[1])
	if !ok {
		return value{}
	}
	if x < 0 {
		return noKey(t, a[1])
	}
	if last {
		d.MoveLast(x)
	} else {
		d.MoveFirst(x)
	}
	return object.None
}

// noKey raises the KeyError of pop and move_to_end, which CPython makes as a raise statement would: a key that is a tuple is its
// arguments, and None none.
func noKey(t *object.Thread, k object.Value) object.Value {
	switch {
	case k.IsNone():
		return t.RaiseNew(&object.KeyErrorType)
	case k.IsA(&object.TupleType):
		return t.RaiseNew(&object.KeyErrorType, object.To[object.Tuple](k).Items()...)
	}
	return t.KeyError(k)
}
