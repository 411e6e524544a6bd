package object

import "unsafe"

// dictSub is an instance of a subclass of dict.
type dictSub struct {
	Dict
	Attrs
}

var (
	nameMissing = StaticName("__missing__")
	nameKeys    = StaticName("keys")
)

const dictDoc = `dict() -> new empty dictionary
dict(mapping) -> new dictionary initialized from a mapping object's
    (key, value) pairs
dict(iterable) -> new dictionary initialized from an iterable of pairs
dict(**kwargs) -> new dictionary initialized with the name=value pairs
    in the keyword argument list.  For example:  dict(one=1, two=2)`

func setupDict() {
	Define(&DictType, TypeSpec{
		Name: "dict", Doc: dictDoc, Flags: FlagBase | FlagDict | FlagMapping | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(dictSub{}.Attrs), Make: dictMake,
		Slots: Slots{
			NumberSlots: NumberSlots{
				Binary:  [NumBinary]BinaryFunc{OpOr: dictOr},
				Inplace: [NumBinary]BinaryFunc{OpOr: dictInOr},
			},
			Alloc: dictAlloc,
			New:   func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return cls.Alloc(t, cls) },
			Init:  dictInit, Repr: dictRepr, Compare: dictCompare, Iter: dictIterKeys,
			Len:     func(t *Thread, v Value) (int, bool) { return int(To[Dict](v).used), true },
			GetItem: dictGetItem, SetItem: dictSetItem, Contains: dictContains,
		},
		Methods: []MethodDef{
			{Name: "__getitem__", Sig: "($self, key, /)", Fn: func(t *Thread, a []Value) Value { return dictGetItem(t, a[0], a[1]) }, Doc: "Return self[key]."},
			{Name: "__contains__", Sig: "($self, key, /)", Fn: func(t *Thread, a []Value) Value {
				res, ok := dictContains(t, a[0], a[1])
				if !ok {
					return Value{}
				}
				return MakeBool(res)
			}, Doc: "True if the dictionary has the specified key, else False."},
			{Name: "__sizeof__", Sig: "($self, /)", Fn: dictSizeof, Doc: "Return the size of the dict in memory, in bytes."},
			{Name: "get", Sig: "($self, key, default=None, /)", Fn: dictGet, Doc: "Return the value for key if key is in the dictionary, else default."},
			{Name: "setdefault", Sig: "($self, key, default=None, /)", Fn: dictSetDefault, Doc: "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default."},
			{Name: "pop", Sig: "($self, key, default=<unrepresentable>, /)", Fn: dictPop, Doc: "D.pop(k[,d]) -> v, remove specified key and return the corresponding value."},
			{Name: "popitem", Sig: "($self, /)", Fn: dictPopItem, Doc: "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty."},
			{Name: "keys", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return NewDictView(&DictKeysType, To[Dict](a[0])) }, Doc: "Return a set-like object providing a view on the dict's keys."},
			{Name: "items", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return NewDictView(&DictItemsType, To[Dict](a[0])) }, Doc: "Return a set-like object providing a view on the dict's items."},
			{Name: "values", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return NewDictView(&DictValuesType, To[Dict](a[0])) }, Doc: "Return an object providing a view on the dict's values."},
			{Name: "update", Raw: dictUpdate, Doc: "D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F."},
			{Name: "fromkeys", Sig: "($type, iterable, value=None, /)", Fn: dictFromKeys, Doc: "Create a new dictionary with keys from iterable and values set to value."},
			{Name: "clear", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				To[Dict](a[0]).Clear()
				return None
			}, Doc: "Remove all items from the dict."},
			{Name: "copy", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return Of(To[Dict](a[0]).Copy()) }, Doc: "Return a shallow copy of the dict."},
			{Name: "__reversed__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return newDictIter(&DictReverseKeyIterType, To[Dict](a[0]), true)
			}, Doc: "Return a reverse iterator over the dict keys."},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "dicts are generic over two types, signifying (respectively) the types of their keys and values"},
		},
	})
}

func dictAlloc(t *Thread, cls *Type) Value {
	if cls.AttrOffset == 0 {
		p := &Dict{}
		p.Type = cls
		return Of(p)
	}
	p := &dictSub{}
	p.Type = cls
	return InitAttrs(cls, Of(p))
}

// dictMake is what dict(...) without keywords does.
func dictMake(t *Thread, cls *Type, args []Value, _ *Tuple) Value {
	if len(args) == 1 && args[0].Is(&DictType) {
		return Of(To[Dict](args[0]).Copy())
	}
	d := NewDict()
	if len(args) > 0 && !d.updateArgs(t, "dict", args, nil) {
		return Value{}
	}
	return Of(d)
}

func dictInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	return To[Dict](self).updateArgs(t, "dict", args, names)
}

func dictUpdate(t *Thread, args []Value, names *Tuple) Value {
	return t.noneIf(To[Dict](args[0]).updateArgs(t, "update", args[1:], names))
}

// updateArgs updates the dict with what dict() or update() was called with.
func (d *Dict) updateArgs(t *Thread, name string, args []Value, names *Tuple) bool {
	n := len(args) - nameCount(names)
	if !t.argCount(name, n, 0, 1) {
		return false
	}
	if n == 1 && !d.updateFrom(t, args[0]) {
		return false
	}
	if n < len(args) {
		d.Grow(len(args) - n)
	}
	for i := n; i < len(args); i++ {
		if !d.Put(t, names.Items()[i-n], args[i]) {
			return false
		}
	}
	return true
}

// updateFrom updates the dict with a mapping or an iterable of pairs.
func (d *Dict) updateFrom(t *Thread, v Value) bool {
	if v.Is(&DictType) {
		return d.Merge(t, To[Dict](v))
	}
	keys, ok := t.FindAttr(v, nameKeys)
	switch {
	case !ok:
		return false
	case keys.P != nil:
		return DictUpdate(t, d, v)
	}
	return d.updatePairs(t, v)
}

// Merge sets the items of o.
func (d *Dict) Merge(t *Thread, o *Dict) bool {
	if d == o || o.used == 0 {
		return true
	}
	if d.used == 0 && len(d.Entries) == 0 {
		d.CopyFrom(o, roomInCopy)
		return true
	}
	if o.used > smallDict {
		d.Grow(int(o.used)) // as if there were no key that both have
	}
	keys := o.Keys
	for i := 0; i < len(o.Entries); i++ {
		e := o.Entries[i]
		if !e.Used() {
			continue
		}
		if !d.setHashed(t, e.Key(), e.Hash(), e.Value) {
			return false
		}
		if o.Keys != keys {
			t.RuntimeErrorf("dict mutated during update")
			return false
		}
	}
	return true
}

// MergeNew is Merge for keys that d must not have: it ends with the first that it has, and returns that.
func (d *Dict) MergeNew(t *Thread, o *Dict) (had Value, ok bool) {
	if len(d.Entries) == 0 {
		return Value{}, d.Merge(t, o)
	}
	keys := o.Keys
	for i := 0; i < len(o.Entries); i++ {
		e := o.Entries[i]
		if !e.Used() {
			continue
		}
		x, slot, ok := d.search(t, e.Key(), e.Hash())
		switch {
		case !ok:
			return Value{}, false
		case x >= 0:
			return e.Key(), true
		}
		d.insertAt(e.Key(), e.Hash(), e.Value, slot)
		if o.Keys != keys {
			t.RuntimeErrorf("dict mutated during update")
			return Value{}, false
		}
	}
	return Value{}, true
}

// DictUpdate sets the items of a mapping: a dict, or something with keys() and __getitem__.
func DictUpdate(t *Thread, d *Dict, m Value) bool {
	if t.MergesPlainly(m) {
		return d.Merge(t, To[Dict](m))
	}
	keys := t.Keys(m)
	if keys.P == nil {
		return false
	}
	return t.Each(keys, func(k Value) bool {
		v := t.GetItem(m, k)
		return v.P != nil && d.Set(t, k, v)
	})
}

// MergesPlainly reports whether m is a dict whose items are taken as they lie when it is merged into another: its class has left __iter__ alone.
func (t *Thread) MergesPlainly(m Value) bool {
	return m.Is(&DictType) || m.Type().Flags&FlagDict != 0 && m.Type().Lookup(t, nameIterSlot) == DictType.Dict().GetStr(nameIterSlot)
}

// Keys is m.keys(), which must be iterable.
func (t *Thread) Keys(m Value) Value {
	keys := t.CallMethod(m, nameKeys)
	if keys.P == nil {
		return keys
	}
	it := t.Iter(keys)
	if it.P == nil && t.Catch(&TypeErrorType) != nil {
		return t.TypeErrorf("%s.keys() returned a non-iterable (type %s)", m.Type().Name, keys.Type().Name)
	}
	return it
}

func dictRepr(t *Thread, v Value) Value {
	d := To[Dict](v)
	if d.used == 0 {
		return Of(NewASCII("{}"))
	}
	if t.EnterRepr(v) {
		return Of(NewASCII("{...}"))
	}
	defer t.LeaveRepr()
	b := append(t.takeText(), '{')
	ok := true
	for i := 0; i < len(d.Entries); i++ {
		e := d.Entries[i]
		if !e.Used() {
			continue
		}
		if len(b) > 1 {
			b = append(b, ", "...)
		}
		if b, ok = t.AppendReprOf(b, e.Key()); !ok {
			return Value{}
		}
		b = append(b, ": "...)
		if b, ok = t.AppendReprOf(b, e.Value); !ok {
			return Value{}
		}
	}
	return t.giveNew(append(b, '}'))
}

func dictCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe || a.Type().Flags&FlagDict == 0 || b.Type().Flags&FlagDict == 0 {
		return NotImplemented
	}
	eq, ok := To[Dict](a).equal(t, To[Dict](b))
	if !ok {
		return Value{}
	}
	return MakeBool(eq == (op == CmpEq))
}

// equal reports whether both dicts have the same items, in whatever order.
func (d *Dict) equal(t *Thread, o *Dict) (eq, ok bool) {
	if d.used != o.used {
		return false, true
	}
	for i := 0; i < len(d.Entries); i++ {
		e := d.Entries[i]
		if !e.Used() {
			continue
		}
		x, ok := o.find(t, e.Key(), e.Hash())
		if x < 0 {
			return false, ok
		}
		if v := o.Entries[x].Value; v != e.Value {
			if eq, ok := t.equalKeys(e.Value, v); !eq {
				return false, ok
			}
		}
	}
	return true, true
}

func dictIterKeys(t *Thread, v Value) Value { return newDictIter(&DictKeyIterType, To[Dict](v), false) }

func dictGetItem(t *Thread, v, k Value) Value {
	d := To[Dict](v)
	x, ok := d.Get(t, k)
	if x.P != nil || !ok {
		return x
	}
	if d.Type != &DictType {
		if r, found := t.CallSpecial(v, nameMissing, k); found {
			return r
		}
	}
	return t.KeyError(k)
}

func dictSetItem(t *Thread, v, k, x Value) bool {
	d := To[Dict](v)
	if x.P != nil {
		return d.Set(t, k, x)
	}
	found, ok := d.Delete(t, k)
	if ok && !found {
		t.KeyError(k)
	}
	return found && ok
}

func dictContains(t *Thread, v, k Value) (res, ok bool) {
	x, ok := To[Dict](v).Get(t, k)
	return x.P != nil, ok
}

func dictOr(t *Thread, a, b Value) Value {
	if a.Type().Flags&FlagDict == 0 || b.Type().Flags&FlagDict == 0 {
		return NotImplemented
	}
	r := NewDict()
	r.CopyFrom(To[Dict](a), int(To[Dict](b).used))
	if !DictUpdate(t, r, b) {
		return Value{}
	}
	return Of(r)
}

func dictInOr(t *Thread, a, b Value) Value {
	if !To[Dict](a).updateFrom(t, b) {
		return Value{}
	}
	return a
}

func dictGet(t *Thread, a []Value) Value {
	v, ok := To[Dict](a[0]).Get(t, a[1])
	if v.P != nil || !ok {
		return v
	}
	return fill(a[2])
}

func dictSetDefault(t *Thread, a []Value) Value {
	return To[Dict](a[0]).SetDefault(t, a[1], fill(a[2]))
}

func dictPop(t *Thread, a []Value) Value {
	d := To[Dict](a[0])
	x := -1
	if d.used > 0 {
		var ok bool
		if x, _, _, ok = d.place(t, a[1]); !ok {
			return Value{}
		}
	}
	if x < 0 {
		if a[2].P != nil {
			return a[2]
		}
		return t.KeyError(a[1])
	}
	v := d.Entries[x].Value
	d.remove(x)
	return v
}

func dictPopItem(t *Thread, a []Value) Value {
	d := To[Dict](a[0])
	for x := len(d.Entries) - 1; x >= 0; x-- {
		if e := d.Entries[x]; e.Used() {
			d.remove(x)
			d.trim()
			return Of(NewTuple(e.Key(), e.Value))
		}
	}
	return t.RaiseNew(&KeyErrorType, MakeStr("popitem(): dictionary is empty"))
}

func dictFromKeys(t *Thread, a []Value) Value {
	value := fill(a[2])
	dv := t.CallArgs(a[0])
	if dv.P == nil {
		return dv
	}
	if dv.Is(&DictType) {
		d := To[Dict](dv)
		switch {
		case a[1].Is(&DictType):
			o := To[Dict](a[1])
			if o.used > 0 {
				d.reserve(int(o.used), isRaw(o.Entries[o.First()].Key(), value))
			}
			for i := 0; i < len(o.Entries); i++ {
				if e := o.Entries[i]; e.Used() && !d.setHashed(t, e.Key(), e.Hash(), value) {
					return Value{}
				}
			}
			return dv
		case a[1].Is(&SetType), a[1].Is(&FrozenSetType):
			o := To[Set](a[1])
			d.reserve(int(o.used), o.raw && isTag(value.P))
			for e, i := o.next(0); e != nil; e, i = o.next(i) {
				if !d.setHashed(t, e.value(), e.hash(), value) {
					return Value{}
				}
			}
			return dv
		}
		if !d.setKeys(t, a[1], value) {
			return Value{}
		}
		return dv
	}
	if !t.Each(a[1], func(k Value) bool { return t.SetItem(dv, k, value) }) {
		return Value{}
	}
	return dv
}

// dictSizeof is what CPython's layout takes: an index of 8, 16, 32 or 64 bits and entries of three or, for str
// keys only, two words.
func dictSizeof(t *Thread, a []Value) Value {
	d := To[Dict](a[0])
	size := int64(48)
	if !a[0].Is(&DictType) {
		size = 48
	}
	if d.bits == 0 && d.used == 0 {
		return MakeInt(size)
	}
	slots := 8
	for slots*2 < len(d.Entries)*3 {
		slots *= 2
	}
	width := 1
	switch {
	case slots >= 1<<32:
		width = 8
	case slots >= 1<<16:
		width = 4
	case slots >= 1<<8:
		width = 2
	}
	entry := 16
	for i := range d.Entries {
		if k := d.Entries[i].Key(); k.P != nil && !k.Is(&StrType) {
			entry = 24
			break
		}
	}
	return MakeInt(size + 32 + int64(slots*width+slots*2/3*entry))
}
