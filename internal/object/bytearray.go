package object

import (
	"slices"
	"unsafe"
)

const byteArrayDoc = `bytearray(iterable_of_ints) -> bytearray
bytearray(string, encoding[, errors]) -> bytearray
bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer
bytearray(int) -> bytes array of size given by the parameter initialized with null bytes
bytearray() -> empty bytes array

Construct a mutable bytearray object from:
  - an iterable yielding integers in range(256)
  - a text string encoded using the specified encoding
  - a bytes or a buffer object
  - any object implementing the buffer API.
  - an integer`

func setupByteArray() {
	Define(&ByteArrayType, TypeSpec{
		Name: "bytearray", Doc: byteArrayDoc, Flags: FlagBase | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(byteArraySub{}.Attrs),
		Slots: Slots{
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpRemainder: byteArrayMod}},
			Alloc:       byteArrayAlloc,
			New:         func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return byteArrayAlloc(t, cls) },
			Init:        byteArrayInit,
			Repr:        byteArrayRepr, Str: bytesStr,
			Compare: bytesCompare,
			Iter:    func(t *Thread, v Value) Value { return Of(&BytesIter{Head{&ByteArrayIterType}, v, 0}) },
			Len:     func(t *Thread, v Value) (int, bool) { return len(To[ByteArray](v).V), true },
			GetItem: bytesGetItem, SetItem: byteArraySetItem, Contains: bytesContains, Concat: bytesConcat, Repeat: bytesRepeat,
			InConcat: byteArrayInConcat, InRepeat: byteArrayInRepeat,
			Buffer: func(t *Thread, v Value, writable bool) (*Buffer, bool) {
				b := To[ByteArray](v)
				return BytesBuffer(v, b.V, false, &b.Exports), true
			},
		},
		Methods: append(bytesMethods("bytearray"), byteArrayMethods...),
	})
}

// byteArrayMod leaves the reflected operator to the left operand's type.
func byteArrayMod(t *Thread, a, b Value) Value {
	if !a.IsA(&ByteArrayType) {
		return NotImplemented
	}
	return bytesMod(t, a, b)
}

func byteArrayInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = self
	copy(a[1:], args)
	v := byteArrayArgs.Call(t, a, names)
	t.Pop(mark, a)
	return v.P != nil
}

var byteArrayArgs = &MethodDef{Name: "bytearray", Sig: "($self, source=b'', encoding='utf-8', errors='strict')", Fn: byteArrayFill}

func byteArrayFill(t *Thread, a []Value) Value {
	self := To[ByteArray](a[0])
	x := a[1]
	for i, name := range [...]string{"encoding", "errors"} {
		if _, ok := t.codecArg(a[2+i], "bytearray", name, ""); !ok {
			return Value{}
		}
	}
	if !self.resize(t, 0) {
		return Value{}
	}
	var b []byte
	switch {
	case a[2].P != nil || a[3].P != nil || x.P != nil && x.IsStr():
		v, ok := t.encodedSource("bytearray", a[1:])
		if !ok {
			return Value{}
		}
		b = []byte(To[Bytes](v).S)
	case x.P == nil:
		return None
	default:
		var ok bool
		if cls := x.Type(); cls.Index == nil && cls.Buffer == nil && cls != &ListType && cls != &TupleType && cls.Iter != nil {
			return t.noneIf(self.fill(t, x))
		}
		if b, ok = t.collectBytes(x, "bytearray", "byte must be in range(0, 256)"); !ok {
			return Value{}
		}
	}
	if len(self.V) != len(b) && !self.resizable(t) {
		return Value{}
	}
	self.V = b
	return None
}

// fill appends the items of an iterable one by one: it may look at what there is already.
func (b *ByteArray) fill(t *Thread, x Value) bool {
	it := t.Iter(x)
	if it.P == nil {
		return false
	}
	for {
		v := t.Next(it)
		if v.P == nil {
			return t.Exc == nil
		}
		c, ok := t.byteOf(v)
		if !ok || !b.resizable(t) {
			return false
		}
		b.V = append(b.V, c)
	}
}

// resizable raises BufferError if there are views of the bytearray.
func (b *ByteArray) resizable(t *Thread) bool {
	if b.Exports.Any(t) {
		t.Raisef(&BufferErrorType, "Existing exports of data: object cannot be re-sized")
		return false
	}
	return true
}

// resize makes the bytearray n bytes long; what is new is arbitrary.
func (b *ByteArray) resize(t *Thread, n int) bool {
	if n == len(b.V) {
		return true
	}
	if !b.resizable(t) {
		return false
	}
	if n > maxBytes {
		t.RaiseNew(&MemoryErrorType)
		return false
	}
	if n > cap(b.V) && !t.HasRoom(n) {
		return false
	}
	if n < len(b.V) {
		if n == 0 || n < cap(b.V)/4 && cap(b.V) > 1024 {
			b.V = append(make([]byte, 0, n), b.V[:n]...)
		} else {
			b.V = b.V[:n]
		}
		return true
	}
	b.V = slices.Grow(b.V, n-len(b.V))[:n]
	return true
}

// splice replaces the n bytes from i on by s, which is not part of the bytearray.
func (b *ByteArray) splice(t *Thread, i, n int, s string) bool {
	if len(s) != n && !b.resizable(t) {
		return false
	}
	switch {
	case len(s) == n:
	case i == 0 && len(s) == 0:
		// Taking from the front only moves the beginning.
		if b.V = b.V[n:]; len(b.V) == 0 {
			b.V = nil
		}
		return true
	case len(s) < n:
		copy(b.V[i+len(s):], b.V[i+n:])
		if !b.resize(t, len(b.V)-n+len(s)) {
			return false
		}
	default:
		old := len(b.V)
		if !b.resize(t, old-n+len(s)) {
			return false
		}
		copy(b.V[i+len(s):], b.V[i+n:old])
	}
	copy(b.V[i:], s)
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

func byteArraySetItem(t *Thread, v, k, x Value) bool {
	b := To[ByteArray](v)
	switch {
	case k.Is(&SliceType):
		return b.setSlice(t, v, To[Slice](k), x)
	case k.Type().Index == nil:
		t.TypeErrorf("bytearray indices must be integers or slices, not %s", k.Type().Name)
		return false
	}
	i, ok := t.AsIndex(k)
	if !ok {
		return false
	}
	c := byte(0)
	if x.P != nil {
		if c, ok = t.byteOf(x); !ok {
			return false
		}
	}
	if i < 0 {
		i += len(b.V)
	}
	if uint(i) >= uint(len(b.V)) {
		t.IndexErrorf("bytearray index out of range")
		return false
	}
	if x.P == nil {
		return b.splice(t, i, 1, "")
	}
	b.V[i] = c
	return true
}

func (b *ByteArray) setSlice(t *Thread, self Value, s *Slice, x Value) bool {
	start, stop, step, ok := s.unpack(t)
	if !ok {
		return false
	}
	var text string
	if x.P != nil {
		if text, ok = t.sliceBytes(self, x); !ok {
			return false
		}
	}
	start, stop, n := AdjustSlice(len(b.V), start, stop, step)
	if step == 1 {
		return b.splice(t, start, max(stop-start, 0), text)
	}
	if x.P == nil {
		return b.deleteSlice(t, start, step, n)
	}
	if len(text) != n {
		if stop <= start && step > 0 || stop >= start && step < 0 {
			n = 0
		}
		if text == "" {
			return b.deleteSlice(t, start, step, n)
		}
		t.ValueErrorf("attempt to assign bytes of size %d to extended slice of size %d", len(text), n)
		return false
	}
	for i := range n {
		b.V[start+i*step] = text[i]
	}
	return true
}

// deleteSlice removes n bytes that are step apart.
func (b *ByteArray) deleteSlice(t *Thread, start, step, n int) bool {
	if n == 0 {
		return true
	}
	if !b.resizable(t) {
		return false
	}
	if step < 0 {
		start, step = start+(n-1)*step, -step
	}
	to := start
	for from := start; from < len(b.V); from++ {
		if d := from - start; d%step == 0 && d/step < n {
			continue
		}
		b.V[to] = b.V[from]
		to++
	}
	return b.resize(t, to)
}

// sliceBytes returns what is assigned to a slice of a bytearray; it is not part of it.
func (t *Thread) sliceBytes(self, x Value) (string, bool) {
	switch {
	case x == self:
		return string(To[ByteArray](x).V), true
	case x.Is(&BytesType), x.Is(&ByteArrayType):
		return bytesText(x), true
	case x.Type().Flags&FlagInt != 0 || x.IsStr() || x.Type().Index != nil && x.Type().Buffer == nil:
		t.TypeErrorf("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
		return "", false
	}
	b, ok := t.collectBytes(x, "bytearray", "byte must be in range(0, 256)")
	return textOf(b), ok
}

func byteArrayInConcat(t *Thread, a, b Value) Value {
	if b.Type().Buffer == nil {
		return t.TypeErrorf("can't concat %s to %s", b.Type().Name, a.Type().Name)
	}
	self := To[ByteArray](a)
	if a == b {
		if len(self.V) > 0 {
			t.Raisef(&BufferErrorType, "Existing exports of data: object cannot be re-sized")
			return Value{}
		}
		return a
	}
	s, ok := t.BytesLike(b)
	if !ok {
		t.Exc = nil
		return t.TypeErrorf("can't concat %s to %s", b.Type().Name, a.Type().Name)
	}
	if !self.extend(t, s) {
		return Value{}
	}
	return a
}

// extend appends s, which may be part of the bytearray.
func (b *ByteArray) extend(t *Thread, s string) bool {
	if s == "" {
		return true
	}
	if !b.resizable(t) {
		return false
	}
	if len(b.V)+len(s) > maxBytes {
		t.RaiseNew(&MemoryErrorType)
		return false
	}
	if n := len(b.V) + len(s); n > cap(b.V) && n >= manyBytes/2 && !t.HasRoom(n+n/4) {
		return false
	}
	b.V = append(b.V, s...)
	return true
}

func byteArrayInRepeat(t *Thread, v Value, n int) Value {
	b := To[ByteArray](v)
	n = max(n, 0)
	old := len(b.V)
	if old > 0 && n > maxBytes/old {
		return t.RaiseNew(&MemoryErrorType)
	}
	if !b.resize(t, old*n) {
		return Value{}
	}
	if n > 1 && old > 0 {
		fillRepeated(b.V[old:], textOf(b.V[:old]))
	}
	return v
}
