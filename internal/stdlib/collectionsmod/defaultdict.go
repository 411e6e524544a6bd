package collectionsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// DefaultDict is a defaultdict.
type DefaultDict struct {
	object.Dict
	Factory value // no value stands for None
	object.Attrs
}

// DefaultDictType is the type defaultdict.
var DefaultDictType object.Type

func factory(d *DefaultDict) value { return object.OrNone(d.Factory) }

func setupDefaultDict() {
	copyMethod := func(t *thread, a []value) value {
		return t.CallArgs(object.Of(a[0].Type()), factory(object.To[DefaultDict](a[0])), a[0])
	}
	object.Define(&DefaultDictType, object.TypeSpec{
		Name: "defaultdict", Module: "collections", Base: &object.DictType, Flags: object.FlagBase, SubOffset: unsafe.Offsetof(DefaultDict{}.Attrs),
		Doc: "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe default factory is called without arguments to produce\na new value when a key is not present, in __getitem__ only.",
		Slots: object.Slots{
			Alloc: func(t *thread, cls *object.Type) value {
				d := &DefaultDict{}
				d.Type = cls
				return object.InitAttrs(cls, object.Of(d))
			},
			NumberSlots: object.NumberSlots{Binary: [object.NumBinary]object.BinaryFunc{object.OpOr: defaultOr}},
			Init:        defaultInit, Repr: defaultRepr,
		},
		Methods: []object.MethodDef{
			{Name: "__missing__", Sig: "($self, object, /)", Doc: "__missing__(key) # Called by __getitem__ for missing key", Fn: func(t *thread, a []value) value { return missing(t, a[0], a[1]) }},
			{Name: "copy", Sig: "($self, /)", Doc: "D.copy() -> a shallow copy of D.", Fn: copyMethod},
			{Name: "__copy__", Sig: "($self, /)", Doc: "D.copy() -> a shallow copy of D.", Fn: copyMethod},
			{Name: "__reduce__", Sig: "($self, /)", Doc: reduceDoc, Fn: defaultReduce},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "defaultdicts are generic over two types, signifying (respectively) the types of the dictionary's keys and values", Fn: object.ClassGetItem},
		},
		GetSets: []object.GetSetDef{{Name: "default_factory", Doc: "Factory for default value called by __missing__().", Member: true,
			Get: func(t *thread, v value) value { return factory(object.To[DefaultDict](v)) },
			Set: func(t *thread, v, x value) bool {
				object.To[DefaultDict](v).Factory = x
				return true
			},
		}},
	})
	// Not seen from Python, where the method is dict's.
	DefaultDictType.GetItem = defaultGetItem
}

// defaultGetItem is dict's for an exact defaultdict, without the search for __missing__.
func defaultGetItem(t *thread, v, k value) value {
	d := object.To[DefaultDict](v)
	x, ok := d.Get(t, k)
	if x.P != nil || !ok {
		return x
	}
	if d.Type == &DefaultDictType {
		return missing(t, v, k)
	}
	if r, found := t.CallSpecial(v, nameMissing, k); found {
		return r
	}
	return t.KeyError(k)
}

var nameMissing = object.StaticName("__missing__")

func missing(t *thread, v, k value) value {
	d := object.To[DefaultDict](v)
	if d.Factory.P == nil || d.Factory.IsNone() {
		return t.KeyError(k)
	}
	x := t.CallArgs(d.Factory)
	if x.P == nil || !t.SetItem(v, k, x) {
		return value{}
	}
	return x
}

func defaultInit(t *thread, v value, args []value, names *object.Tuple) bool {
	d := object.To[DefaultDict](v)
	d.Factory = object.None
	if len(args) > object.NameCount(names) {
		f := args[0]
		if !f.IsNone() && f.Type().Call == nil {
			t.TypeErrorf("first argument must be callable or None")
			return false
		}
		d.Factory = f
		args = args[1:]
	}
	return d.UpdateArgs(t, "dict", args, names)
}

func defaultRepr(t *thread, v value) value {
	d := object.To[DefaultDict](v)
	base := object.DictType.Repr(t, v)
	if base.P == nil {
		return base
	}
	var f string
	if factory(d).IsNone() {
		f = "None"
	} else {
		if t.EnterRepr(d.Factory) {
			f = "..."
		} else {
			s := t.Repr(d.Factory)
			t.LeaveRepr()
			if s == nil {
				return value{}
			}
			f = s.S
		}
	}
	return object.MakeStr(d.Type.ShortName() + "(" + f + ", " + base.Str().S + ")")
}

func defaultOr(t *thread, a, b value) value {
	d := a
	if !a.IsA(&DefaultDictType) {
		d = b
	}
	if a.Type().Flags&b.Type().Flags&object.FlagDict == 0 {
		return object.NotImplemented
	}
	r := t.CallArgs(object.Of(d.Type()), factory(object.To[DefaultDict](d)), a)
	if r.P == nil || !object.DictUpdate(t, object.To[object.Dict](r), b) {
		return value{}
	}
	return r
}

func defaultReduce(t *thread, a []value) value {
	d := object.To[DefaultDict](a[0])
	args := object.EmptyTuple
	if !factory(d).IsNone() {
		args = object.NewTuple(d.Factory)
	}
	items := t.CallMethod(a[0], nameItems)
	if items.P == nil {
		return items
	}
	it := t.Iter(items)
	if it.P == nil {
		return it
	}
	return object.Of(object.NewTuple(object.Of(d.Type), object.Of(args), object.None, object.None, it))
}
