package object

import (
	"strings"
	"unsafe"
)

// NamespaceType is types.SimpleNamespace: an object that is its attributes.
var NamespaceType Type

// Namespace is an instance of it; its dict is a real one from the start.
type Namespace struct {
	Head
	Attrs
}

// NewNamespace returns an empty namespace.
func NewNamespace(t *Thread) Value { return newNamespace(&NamespaceType) }

func newNamespace(cls *Type) Value {
	n := &Namespace{Head: Head{cls}}
	n.Shape, n.More = DictShape, &Overflow{Dict: NewDict()}
	return Of(n)
}

func setupNamespace() {
	Define(&NamespaceType, TypeSpec{
		Name: "SimpleNamespace", Module: "types", Flags: FlagBase, AttrOffset: unsafe.Offsetof(Namespace{}.Attrs),
		Sig: "(mapping_or_iterable=(), /, **kwargs)", Doc: "A simple attribute-based namespace.",
		Slots: Slots{
			Alloc: func(t *Thread, cls *Type) Value { return newNamespace(cls) },
			New:   func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return cls.Alloc(t, cls) },
			Init:  namespaceInit, Repr: namespaceRepr,
			Compare: func(t *Thread, a, b Value, op CompareOp) Value {
				if !a.IsA(&NamespaceType) || !b.IsA(&NamespaceType) {
					return NotImplemented
				}
				return t.Compare(Of(InstanceDict(a)), Of(InstanceDict(b)), op)
			},
		},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Doc: "Return state information for pickling", Fn: func(t *Thread, a []Value) Value {
				return Of(NewTuple(Of(a[0].Type()), Of(EmptyTuple), Of(InstanceDict(a[0]))))
			}},
			{Name: "__replace__", Sig: "($self, /, **changes)", Doc: "Return a copy of the namespace object with new values for the specified attributes.", Raw: namespaceReplace},
		},
		GetSets: []GetSetDef{{Name: "__dict__", Member: true, Get: instanceDictDef.Get}},
	})
}

func namespaceInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	if n > 1 {
		t.TypeErrorf("%s expected at most 1 argument, got %d", self.Type().ShortName(), n)
		return false
	}
	own := InstanceDict(self)
	if n == 1 {
		d := args[0]
		if !d.Is(&DictType) {
			if d = t.CallArgs(Of(&DictType), args[0]); d.P == nil {
				return false
			}
		}
		for k := range To[Dict](d).All {
			if !k.IsStr() {
				t.TypeErrorf("keywords must be strings")
				return false
			}
		}
		if !DictUpdate(t, own, d) {
			return false
		}
	}
	if names != nil {
		for i, k := range names.Items() {
			if !own.Set(t, k, args[n+i]) {
				return false
			}
		}
	}
	return true
}

func namespaceRepr(t *Thread, v Value) Value {
	name := v.Type().ShortName()
	if v.Is(&NamespaceType) {
		name = "namespace"
	}
	if t.EnterRepr(v) {
		return MakeStr(name + "(...)")
	}
	defer t.LeaveRepr()
	var b strings.Builder
	b.WriteString(name + "(")
	sep := ""
	for _, k := range InstanceDict(v).keyList() {
		if !k.IsStr() || k.Str().Len() == 0 {
			continue
		}
		x, ok := InstanceDict(v).Get(t, k)
		if !ok {
			return Value{}
		}
		if x.P == nil {
			continue
		}
		r := t.Repr(x)
		if r == nil {
			return Value{}
		}
		b.WriteString(sep + k.Str().S + "=" + r.S)
		sep = ", "
	}
	b.WriteByte(')')
	return MakeStr(b.String())
}

func namespaceReplace(t *Thread, args []Value, names *Tuple) Value {
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	if n != 1 {
		return t.TypeErrorf("__replace__() takes no positional arguments")
	}
	v := t.CallArgs(Of(args[0].Type()))
	if v.P == nil {
		return v
	}
	if !v.IsA(&NamespaceType) {
		return t.TypeErrorf("expect types.SimpleNamespace type, but %s() returned '%s' object", t.FullName(args[0].Type()), t.FullName(v.Type()))
	}
	d := InstanceDict(v)
	if !DictUpdate(t, d, Of(InstanceDict(args[0]))) {
		return Value{}
	}
	if names != nil {
		for i, k := range names.Items() {
			if !d.Set(t, k, args[n+i]) {
				return Value{}
			}
		}
	}
	return v
}
