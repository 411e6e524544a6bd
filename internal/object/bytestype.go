package object

import (
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

const bytesDoc = `bytes(iterable_of_ints) -> bytes
bytes(string, encoding[, errors]) -> bytes
bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer
bytes(int) -> bytes object of size given by the parameter initialized with null bytes
bytes() -> empty bytes object

Construct an immutable array of bytes from:
  - an iterable yielding integers in range(256)
  - a text string encoded using the specified encoding
  - any object implementing the buffer API.
  - an integer`

func setupBytes() {
	setupByteBytes()
	setupBytesIter()
	Define(&BytesType, TypeSpec{
		Name: "bytes", Doc: bytesDoc, Flags: FlagBase | FlagBytes | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(bytesSub{}.Attrs),
		Slots: Slots{
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpRemainder: bytesMod}},
			Alloc:       bytesAlloc, New: bytesNew, Repr: bytesRepr, Str: bytesStr,
			Hash:    func(t *Thread, v Value) (int64, bool) { return int64(To[Bytes](v).HashOf()), true },
			Compare: bytesCompare,
			Iter:    func(t *Thread, v Value) Value { return Of(&BytesIter{Head{&BytesIterType}, v, 0}) },
			Len:     func(t *Thread, v Value) (int, bool) { return len(To[Bytes](v).S), true },
			GetItem: bytesGetItem, Contains: bytesContains, Concat: bytesConcat, Repeat: bytesRepeat,
			Buffer: func(t *Thread, v Value, writable bool) (*Buffer, bool) {
				if writable {
					t.Raisef(&BufferErrorType, "Object is not writable.")
					return nil, false
				}
				return BytesBuffer(v, bytesOf(To[Bytes](v).S), true, nil), true
			},
		},
		Methods: append(bytesMethods("bytes"),
			MethodDef{Name: "__getnewargs__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
				return Of(NewTuple(MakeBytes(To[Bytes](a[0]).S)))
			}},
			MethodDef{Name: "__bytes__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
				if a[0].Is(&BytesType) {
					return a[0]
				}
				return MakeBytes(To[Bytes](a[0]).S)
			}, Doc: "Convert this value to exact type bytes."}),
	})
	setupByteArray()
}

// BytesIter iterates over bytes or a bytearray. Seq is no value once it is exhausted.
type BytesIter struct {
	Head
	Seq   Value
	Index int
}

// The types of iterators over bytes.
var (
	BytesIterType, ByteArrayIterType Type
)

func setupBytesIter() {
	for _, d := range []struct {
		s    *Type
		name string
	}{{&BytesIterType, "bytes_iterator"}, {&ByteArrayIterType, "bytearray_iterator"}} {
		Define(d.s, TypeSpec{Name: d.name, Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: bytesIterNext}, Methods: []MethodDef{
			{Name: "__length_hint__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
				it := To[BytesIter](a[0])
				if it.Seq.P == nil {
					return MakeInt(0)
				}
				return MakeInt(int64(max(len(bytesText(it.Seq))-it.Index, 0)))
			}, Doc: hintDoc},
			{Name: "__reduce__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
				f := t.IterBuiltin()
				it := To[BytesIter](a[0])
				if it.Seq.P == nil {
					return t.reduceIter(f, Of(EmptyTuple))
				}
				return t.reduceIter(f, it.Seq, MakeInt(int64(it.Index)))
			}, Doc: reduceDoc},
			{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				i, ok := t.stateInt(a[1])
				if !ok {
					return Value{}
				}
				if it := To[BytesIter](a[0]); it.Seq.P != nil {
					it.Index = min(max(i, 0), len(bytesText(it.Seq)))
				}
				return None
			}, Doc: setStateDoc},
		}})
	}
}

func bytesIterNext(t *Thread, v Value) Value {
	it := To[BytesIter](v)
	if it.Seq.P == nil {
		return Value{}
	}
	if s := bytesText(it.Seq); it.Index < len(s) {
		it.Index++
		return MakeInt(int64(s[it.Index-1]))
	}
	it.Seq = Value{}
	return Value{}
}

func bytesRepr(t *Thread, v Value) Value {
	s := To[Bytes](v).S
	if len(s) > maxBytes/4 {
		return t.RaiseNew(&MemoryErrorType)
	}
	return Of(NewASCII(textOf(strs.AppendBytesRepr(make([]byte, 0, len(s)+3), s))))
}

func bytesStr(t *Thread, v Value) Value {
	if !t.bytesWarning("str() on a %s instance", v) {
		return Value{}
	}
	return v.Type().Repr(t, v)
}

// bytesCompare compares bytes and bytearrays with each other and with other objects that have a buffer.
func bytesCompare(t *Thread, a, b Value, op CompareOp) Value {
	var x, y string
	if a.Type().Flags&b.Type().Flags&FlagBytes != 0 {
		x, y = To[Bytes](a).S, To[Bytes](b).S
	} else {
		if a.Type().Flags&FlagBytes != 0 || !hasBytes(a) || !hasBytes(b) {
			if (op == CmpEq || op == CmpNe) && (a.IsStr() || b.IsStr()) && !t.bytesWarning("Comparison between bytes and string", a) {
				return Value{}
			}
			return NotImplemented
		}
		var ok bool
		if x, ok = t.BytesLike(a); ok {
			y, ok = t.BytesLike(b)
		}
		if !ok {
			t.Exc = nil
			return NotImplemented
		}
	}
	switch op {
	case CmpEq:
		return MakeBool(x == y)
	case CmpNe:
		return MakeBool(x != y)
	}
	return compared(strings.Compare(x, y), op)
}

// hasBytes reports whether bytes compare with v.
func hasBytes(v Value) bool {
	return v.Type().Flags&FlagBytes != 0 || v.Type().Buffer != nil
}

func bytesGetItem(t *Thread, v, k Value) Value {
	i := 0
	switch {
	case k.IsInt():
		i = int(k.Int())
	case k.Is(&SliceType):
		start, stop, step, ok := To[Slice](k).unpack(t)
		if !ok {
			return Value{}
		}
		s := bytesText(v)
		start, _, n := AdjustSlice(len(s), start, stop, step)
		if step == 1 {
			return likePart(v, s, start, start+n)
		}
		b := make([]byte, n)
		for j := range b {
			b[j] = s[start]
			start += step
		}
		if isArray(v) {
			return Of(NewByteArray(b))
		}
		return MakeBytes(textOf(b))
	case k.Type().Index != nil:
		var ok bool
		if i, ok = t.AsIndex(k); !ok {
			return Value{}
		}
	case isArray(v):
		return t.TypeErrorf("bytearray indices must be integers or slices, not %s", k.Type().Name)
	default:
		return t.TypeErrorf("byte indices must be integers or slices, not %s", k.Type().Name)
	}
	s := bytesText(v)
	if i < 0 {
		i += len(s)
	}
	if uint(i) >= uint(len(s)) {
		if isArray(v) {
			return t.IndexErrorf("bytearray index out of range")
		}
		return t.IndexErrorf("index out of range")
	}
	return MakeInt(int64(s[i]))
}

func bytesContains(t *Thread, v, k Value) (res, ok bool) {
	if k.Type().Index != nil {
		c, ok := t.byteOf(k)
		return ok && strings.IndexByte(bytesText(v), c) >= 0, ok
	}
	sub, ok := t.BytesLike(k)
	return ok && strings.Contains(bytesText(v), sub), ok
}

// byteOf converts an int to a byte.
func (t *Thread) byteOf(v Value) (byte, bool) {
	x := v
	if !x.IsInt() {
		if x = t.Index(v); x.P == nil {
			return 0, false
		}
	}
	if !x.IsInt() || uint64(x.Int()) > 255 {
		t.ValueErrorf("byte must be in range(0, 256)")
		return 0, false
	}
	return byte(x.Int()), true
}

func bytesConcat(t *Thread, a, b Value) Value {
	if a.Is(&BytesType) && b.Is(&BytesType) {
		x, y := To[Bytes](a).S, To[Bytes](b).S
		if x == "" {
			return b
		}
		if y == "" {
			return a
		}
		if len(x)+len(y) > maxBytes {
			return t.RaiseNew(&MemoryErrorType)
		}
		if !t.HasRoom(len(x) + len(y)) {
			return Value{}
		}
		r, buf := makeBytesBuf(len(x) + len(y))
		copy(buf[copy(buf, x):], y)
		return Of(r)
	}
	y, ok := "", b.Type().Buffer != nil
	if ok {
		y, ok = t.BytesLike(b)
	}
	if !ok {
		t.Exc = nil
		return t.TypeErrorf("can't concat %s to %s", b.Type().Name, a.Type().Name)
	}
	x := bytesText(a)
	if len(x)+len(y) > maxBytes {
		return t.RaiseNew(&MemoryErrorType)
	}
	if !t.HasRoom(len(x) + len(y)) {
		return Value{}
	}
	buf := make([]byte, len(x)+len(y))
	copy(buf[copy(buf, x):], y)
	if isArray(a) {
		return Of(NewByteArray(buf))
	}
	return MakeBytes(textOf(buf))
}

func bytesRepeat(t *Thread, v Value, n int) Value {
	s := bytesText(v)
	if n <= 0 || s == "" {
		return likeSelf(v, "")
	}
	if n == 1 {
		return likeSelf(v, s)
	}
	if n > maxBytes/len(s) {
		if n > (1<<63-1)/len(s) && !isArray(v) {
			return t.OverflowErrorf("repeated bytes are too long")
		}
		return t.RaiseNew(&MemoryErrorType)
	}
	if !t.HasRoom(len(s) * n) {
		return Value{}
	}
	if isArray(v) {
		b := make([]byte, len(s)*n)
		fillRepeated(b, s)
		return Of(NewByteArray(b))
	}
	r, b := makeBytesBuf(len(s) * n)
	fillRepeated(b, s)
	return Of(r)
}
