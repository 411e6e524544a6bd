package object

import (
	"bytes"
	"slices"
)

var byteArrayMethods = []MethodDef{
	{Name: "__alloc__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
		return MakeInt(To[ByteArray](a[0]).alloc())
	}, Doc: "B.__alloc__() -> int\n\nReturn the number of bytes actually allocated."},
	{Name: "__reduce__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value { return byteArrayReduce(t, a[0], 2) }, Doc: reduceDoc},
	{Name: "__reduce_ex__", Sig: "($self, proto=0, /)", Fn: func(t *Thread, a []Value) Value {
		proto := 0
		if a[1].P != nil {
			var ok bool
			if proto, ok = t.AsCInt(a[1]); !ok {
				return Value{}
			}
		}
		return byteArrayReduce(t, a[0], proto)
	}, Doc: reduceDoc},
	{Name: "__sizeof__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
		return MakeInt(56 + To[ByteArray](a[0]).alloc())
	}, Doc: "Returns the size of the bytearray object in memory, in bytes."},
	{Name: "append", Sig: "($self, item, /)", Fn: byteArrayAppend, Doc: "Append a single item to the end of the bytearray.\n\n  item\n    The item to be appended."},
	{Name: "clear", Sig: sigNone, Fn: func(t *Thread, a []Value) Value { return t.noneIf(To[ByteArray](a[0]).resize(t, 0)) }, Doc: "Remove all items from the bytearray."},
	{Name: "copy", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
		return Of(NewByteArray(bytes.Clone(To[ByteArray](a[0]).V)))
	}, Doc: "Return a copy of B."},
	{Name: "extend", Sig: "($self, iterable_of_ints, /)", Fn: byteArrayExtend, Doc: "Append all the items from the iterator or sequence to the end of the bytearray.\n\n  iterable_of_ints\n    The iterable of items to append."},
	{Name: "insert", Sig: "($self, index, item, /)", Fn: byteArrayInsert, Doc: "Insert a single item into the bytearray before the given index.\n\n  index\n    The index where the value is to be inserted.\n  item\n    The item to be inserted."},
	{Name: "pop", Sig: "($self, index=-1, /)", Fn: byteArrayPop, Doc: "Remove and return a single item from B.\n\n  index\n    The index from where to remove the item.\n    -1 (the default value) means remove the last item.\n\nIf no index argument is given, will pop the last item."},
	{Name: "remove", Sig: "($self, value, /)", Fn: byteArrayRemove, Doc: "Remove the first occurrence of a value in the bytearray.\n\n  value\n    The value to remove."},
	{Name: "resize", Sig: "($self, size, /)", Fn: byteArrayResize, Doc: "Resize the internal buffer of bytearray to len.\n\n  size\n    New size to resize to."},
	{Name: "reverse", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
		slices.Reverse(To[ByteArray](a[0]).V)
		return None
	}, Doc: "Reverse the order of the values in B in place."},
}

// alloc tells the size of the memory as CPython would have it: that of the contents and a NUL unless much more is there.
func (b *ByteArray) alloc() int64 {
	n := len(b.V)
	switch {
	case cap(b.V) == 0:
		return 0
	case cap(b.V) > n+n/4+16:
		n = cap(b.V)
	}
	return int64(n + 1)
}

func byteArrayReduce(t *Thread, v Value, proto int) Value {
	state := t.stateOf(v, false)
	if state.P == nil {
		return state
	}
	s := textOf(To[ByteArray](v).V)
	var args *Tuple
	switch {
	case len(s) == 0:
		args = EmptyTuple
	case proto < 3:
		args = NewTuple(MakeStr(latin1(s)), MakeStr("latin-1"))
	default:
		args = NewTuple(CopyBytes([]byte(s)))
	}
	return Of(NewTuple(Of(v.Type()), Of(args), state))
}

// latin1 is the text whose characters are the bytes of s.
func latin1(s string) string {
	b := make([]byte, 0, len(s)+len(s)/4)
	for i := range len(s) {
		b = AppendPoint(b, rune(s[i]))
	}
	return textOf(b)
}

func byteArrayAppend(t *Thread, a []Value) Value {
	c, ok := t.byteOf(a[1])
	if !ok {
		return Value{}
	}
	b := To[ByteArray](a[0])
	if !b.resizable(t) {
		return Value{}
	}
	b.V = append(b.V, c)
	return None
}

func byteArrayExtend(t *Thread, a []Value) Value {
	self, x := To[ByteArray](a[0]), a[1]
	if x.Type().Buffer != nil {
		s, ok := t.AllBytes(x)
		return t.noneIf(ok && self.extend(t, s))
	}
	if x.IsStr() {
		return t.TypeErrorf("expected iterable of integers; got: 'str'")
	}
	b, ok := t.bytesOfInts(x, true, "byte must be in range(0, 256)", func() {
		t.TypeErrorf("can't extend bytearray with %s", x.Type().Name)
	})
	return t.noneIf(ok && self.extend(t, textOf(b)))
}

func byteArrayInsert(t *Thread, a []Value) Value {
	i, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	c, ok := t.byteOf(a[2])
	if !ok {
		return Value{}
	}
	b := To[ByteArray](a[0])
	if i < 0 {
		i = max(i+len(b.V), 0)
	}
	return t.noneIf(b.splice(t, min(i, len(b.V)), 0, byteBytes[c].S))
}

func byteArrayPop(t *Thread, a []Value) Value {
	i := -1
	if a[1].P != nil {
		var ok bool
		if i, ok = t.AsSize(a[1]); !ok {
			return Value{}
		}
	}
	b := To[ByteArray](a[0])
	if len(b.V) == 0 {
		return t.IndexErrorf("pop from empty bytearray")
	}
	if i < 0 {
		i += len(b.V)
	}
	if uint(i) >= uint(len(b.V)) {
		return t.IndexErrorf("pop index out of range")
	}
	if !b.resizable(t) {
		return Value{}
	}
	c := b.V[i]
	if !b.splice(t, i, 1, "") {
		return Value{}
	}
	return MakeInt(int64(c))
}

func byteArrayRemove(t *Thread, a []Value) Value {
	c, ok := t.byteOf(a[1])
	if !ok {
		return Value{}
	}
	b := To[ByteArray](a[0])
	i := bytes.IndexByte(b.V, c)
	if i < 0 {
		return t.ValueErrorf("value not found in bytearray")
	}
	return t.noneIf(b.splice(t, i, 1, ""))
}

func byteArrayResize(t *Thread, a []Value) Value {
	n, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return t.ValueErrorf("Can only resize to positive sizes, got %d", n)
	}
	b := To[ByteArray](a[0])
	old := len(b.V)
	if !b.resize(t, n) {
		return Value{}
	}
	if n > old {
		clear(b.V[old:])
	}
	return None
}
