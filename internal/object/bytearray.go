package object

import "unsafe"

func setupByteArray() {
	Define(&ByteArrayType, TypeSpec{
		Name: "bytearray", Flags: FlagBase | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(byteArraySub{}.Attrs),
		Slots: Slots{
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpRemainder: bytesMod}},
			Alloc:       byteArrayAlloc,
			New:         func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return byteArrayAlloc(t, cls) },
			Init:        byteArrayInit,
			Repr:        byteArrayRepr, Str: bytesStr,
			Compare: bytesCompare,
			Iter:    func(t *Thread, v Value) Value { return Of(&BytesIter{Head{&ByteArrayIterType}, v, 0}) },
			Len:     func(t *Thread, v Value) (int, bool) { return len(To[ByteArray](v).V), true },
			GetItem: bytesGetItem, Contains: bytesContains, Concat: bytesConcat, Repeat: bytesRepeat,
			Buffer: func(t *Thread, v Value, writable bool) (*Buffer, bool) {
				b := To[ByteArray](v)
				return BytesBuffer(v, b.V, false, &b.Exports), true
			},
		},
		Methods: bytesMethods("bytearray"),
	})
}

func byteArrayInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	return byteArrayConstructor(t, self, args, names).P != nil
}

var byteArrayArgs = &MethodDef{Name: "bytearray", Sig: "($self, source=b'', encoding='utf-8', errors='strict')", Fn: byteArrayFill}

func byteArrayConstructor(t *Thread, self Value, args []Value, names *Tuple) Value {
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = self
	copy(a[1:], args)
	v := byteArrayArgs.Call(t, a, names)
	t.Pop(mark, a)
	return v
}

func byteArrayFill(t *Thread, a []Value) Value {
	self := To[ByteArray](a[0])
	x := a[1]
	if !self.resizable(t) {
		return Value{}
	}
	self.V = self.V[:0]
	if a[2].P != nil || a[3].P != nil || x.P != nil && x.IsStr() {
		v, ok := t.encodedSource("bytearray", a[1:])
		if !ok {
			return Value{}
		}
		self.V = []byte(To[Bytes](v).S)
		return None
	}
	if x.P == nil {
		return None
	}
	b, ok := t.collectBytes(x, "bytearray", "byte must be in range(0, 256)")
	if !ok {
		return Value{}
	}
	self.V = b
	return None
}

// resizable raises BufferError if there are views of the bytearray.
func (b *ByteArray) resizable(t *Thread) bool {
	if b.Exports > 0 {
		t.Raisef(&BufferErrorType, "Existing exports of data: object cannot be re-sized")
		return false
	}
	return true
}

func byteArrayRepr(t *Thread, v Value) Value {
	s := textOf(To[ByteArray](v).V)
	if len(s) > maxBytes/4 {
		return t.RaiseNew(&MemoryErrorType)
	}
	quote := byte('\'')
	for i := range len(s) {
		if s[i] == '"' {
			quote = '\''
			break
		}
		if s[i] == '\'' {
			quote = '"'
		}
	}
	b := append(make([]byte, 0, len(s)+14), v.Type().ShortName()...)
	b = append(b, "(b"...)
	b = append(b, quote)
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b = append(b, '\\', c)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c < ' ' || c >= 0x7F:
			b = append(b, '\\', 'x', lowerHex[c>>4], lowerHex[c&15])
		default:
			b = append(b, c)
		}
	}
	return MakeStr(textOf(append(b, quote, ')')))
}
