package structmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// structObject is a Struct. Its layout is nil before __init__.
type structObject struct {
	object.Head
	layout *layout
	format value
}

type structSub struct {
	structObject
	object.Attrs
}

// unpackIter is what iter_unpack returns.
type unpackIter struct {
	object.Head
	layout *layout
	buf    *object.Buffer // nil once it is exhausted
	data   []byte
	at     int
}

var structType, unpackIterType object.Type

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&unpackIterType, object.TypeSpec{Name: "unpack_iterator", Module: "_struct", Flags: object.FlagNoNew,
		Slots: object.Slots{Iter: object.SelfIter, Next: unpackNext},
		Methods: []object.MethodDef{{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
			it := object.To[unpackIter](a[0])
			if it.buf == nil {
				return object.MakeInt(0)
			}
			return object.MakeInt(int64((len(it.data) - it.at) / it.layout.size))
		}}}})
	with := func(f func(t *thread, l *layout, a []value) value) func(t *thread, a []value) value {
		return func(t *thread, a []value) value {
			l := live(t, a[0])
			if l == nil {
				return value{}
			}
			return f(t, l, a)
		}
	}
	method := func(name string, f func(l *layout, t *thread, args []value) value) func(t *thread, args []value, names *object.Tuple) value {
		return packing("Struct."+name, "unbound method Struct."+name+"() needs an argument", live, f)
	}
	object.Define(&structType, object.TypeSpec{
		Name: "Struct", Module: "_struct", Doc: "Struct(fmt) --> compiled struct object", Flags: object.FlagBase, HasWeak: true,
		SubOffset: unsafe.Offsetof(structSub{}.Attrs),
		Slots: object.Slots{
			Alloc: structAlloc,
			New:   func(t *thread, cls *object.Type, args []value, names *object.Tuple) value { return structAlloc(t, cls) },
			Init:  structInit, Repr: structRepr,
		},
		Methods: []object.MethodDef{
			{Name: "iter_unpack", Sig: "($self, buffer, /)", Fn: with(func(t *thread, l *layout, a []value) value { return l.iterUnpack(t, a[1]) }), Doc: "Return an iterator yielding tuples.\n\nTuples are unpacked from the given bytes source, like a repeated\ninvocation of unpack_from().\n\nRequires that the bytes length be a multiple of the struct size."},
			{Name: "pack", Raw: method("pack", (*layout).packAll), Doc: "S.pack(v1, v2, ...) -> bytes\n\nReturn a bytes object containing values v1, v2, ... packed according\nto the format string S.format.  See help(struct) for more on format\nstrings."},
			{Name: "pack_into", Raw: method("pack_into", (*layout).packInto), Doc: "S.pack_into(buffer, offset, v1, v2, ...)\n\nPack the values v1, v2, ... according to the format string S.format\nand write the packed bytes into the writable buffer buf starting at\noffset.  Note that the offset is a required argument.  See\nhelp(struct) for more on format strings."},
			{Name: "unpack", Sig: "($self, buffer, /)", Fn: with(func(t *thread, l *layout, a []value) value { return l.unpackAll(t, a[1]) }), Doc: "Return a tuple containing unpacked values.\n\nUnpack according to the format string Struct.format. The buffer's size\nin bytes must be Struct.size.\n\nSee help(struct) for more on format strings."},
			{Name: "unpack_from", Sig: "($self, /, buffer, offset=0)", Fn: with(func(t *thread, l *layout, a []value) value { return l.unpackFrom(t, a[1], a[2]) }), Doc: "Return a tuple containing unpacked values.\n\nValues are unpacked according to the format string Struct.format.\n\nThe buffer's size in bytes, starting at position offset, must be\nat least Struct.size.\n\nSee help(struct) for more on format strings."},
			{Name: "__sizeof__", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
				n := int64(56)
				if l := object.To[structObject](a[0]).layout; l != nil {
					n += int64(len(l.items)+1) * 32
				}
				return object.MakeInt(n)
			}, Doc: "S.__sizeof__() -> size of S in memory, in bytes"},
		},
		GetSets: []object.GetSetDef{
			{Name: "format", Get: func(t *thread, v value) value {
				if live(t, v) == nil {
					return value{}
				}
				return object.To[structObject](v).format
			}, Doc: "struct format string"},
			{Name: "size", Get: func(t *thread, v value) value {
				l := object.To[structObject](v).layout
				if l == nil {
					return object.MakeInt(-1)
				}
				return object.MakeInt(int64(l.size))
			}, Doc: "struct size in bytes"},
		},
	})
}

func structAlloc(t *thread, cls *object.Type) value {
	if cls == &structType {
		return object.Of(&structObject{Head: object.Head{Type: cls}})
	}
	p := &structSub{}
	p.Type = cls
	return object.InitAttrs(cls, object.Of(p))
}

// live returns the layout of a Struct, or nil with RuntimeError if it has none.
func live(t *thread, v value) *layout {
	l := object.To[structObject](v).layout
	if l == nil {
		t.RuntimeErrorf("Struct object is not initialized")
	}
	return l
}

var structArgs = &object.MethodDef{Name: "Struct", Sig: "($self, /, format)", Fn: func(t *thread, a []value) value {
	f := a[1]
	if f.IsA(&structType) {
		return t.TypeErrorf("Struct() argument 1 must be a str or bytes object, not %s", f.Type().Name)
	}
	l := cached(t, f)
	if l == nil {
		return value{}
	}
	s := object.To[structObject](a[0])
	s.layout, s.format = l, f
	if f.Type().Flags&object.FlagBytes != 0 {
		s.format = object.MakeStr(object.To[object.Bytes](f).S)
	}
	return object.None
}}

func structInit(t *thread, self value, args []value, names *object.Tuple) bool {
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = self
	copy(a[1:], args)
	v := structArgs.Call(t, a, names)
	t.Pop(mark, a)
	return v.P != nil
}

func structRepr(t *thread, v value) value {
	if live(t, v) == nil {
		return value{}
	}
	r := t.Repr(object.To[structObject](v).format)
	if r == nil {
		return value{}
	}
	return object.MakeStr(v.Type().ShortName() + "(" + r.S + ")")
}

func (l *layout) iterUnpack(t *thread, v value) value {
	if l.size == 0 {
		fail(t, "cannot iteratively unpack with a struct of length 0")
		return value{}
	}
	buf, ok := t.AsBuffer(v, false)
	if !ok {
		return value{}
	}
	if !buf.Contiguous() {
		buf.Release(t)
		return t.Raisef(&object.BufferErrorType, "memoryview: underlying buffer is not C-contiguous")
	}
	b := buf.Flat()
	if len(b)%l.size != 0 {
		buf.Release(t)
		fail(t, "iterative unpacking requires a buffer of a multiple of %d bytes", l.size)
		return value{}
	}
	return object.Of(&unpackIter{object.Head{Type: &unpackIterType}, l, buf, b, 0})
}

func unpackNext(t *thread, v value) value {
	it := object.To[unpackIter](v)
	if it.buf == nil {
		return value{}
	}
	if it.at >= len(it.data) {
		it.buf.Release(t)
		it.buf, it.data = nil, nil
		return value{}
	}
	r := it.layout.unpack(it.data[it.at : it.at+it.layout.size])
	it.at += it.layout.size
	return r
}
