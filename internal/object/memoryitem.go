package object

import (
	"encoding/binary"
	"math"
	"runtime"
)

// LongSize is the size of a C long.
var LongSize = func() int {
	if runtime.GOOS == "windows" {
		return 4
	}
	return 8
}()

// nativeCode returns the code of a format that is a native one of a single character, or 0.
func nativeCode(format string) byte {
	if len(format) == 2 && format[0] == '@' {
		format = format[1:]
	}
	if len(format) == 1 && nativeSize(format[0]) > 0 {
		return format[0]
	}
	return 0
}

// nativeSize returns the size of an item with a native format, or 0.
func nativeSize(c byte) int {
	switch c {
	case 'c', 'b', 'B', '?':
		return 1
	case 'h', 'H', 'e':
		return 2
	case 'i', 'I', 'f':
		return 4
	case 'l', 'L':
		return LongSize
	case 'q', 'Q', 'd', 'n', 'N', 'P':
		return 8
	}
	return 0
}

var nativeOrder = binary.NativeEndian

// UnpackNative returns the item with a native format that b begins with; no value if the format is unknown.
func UnpackNative(c byte, b []byte) Value {
	switch c {
	case 'B':
		return MakeInt(int64(b[0]))
	case 'b':
		return MakeInt(int64(int8(b[0])))
	case 'c':
		return Of(&byteBytes[b[0]])
	case '?':
		return MakeBool(b[0] != 0)
	case 'h':
		return MakeInt(int64(int16(nativeOrder.Uint16(b))))
	case 'H':
		return MakeInt(int64(nativeOrder.Uint16(b)))
	case 'i':
		return MakeInt(int64(int32(nativeOrder.Uint32(b))))
	case 'I':
		return MakeInt(int64(nativeOrder.Uint32(b)))
	case 'l':
		if LongSize == 4 {
			return UnpackNative('i', b)
		}
		return MakeInt(int64(nativeOrder.Uint64(b)))
	case 'L':
		if LongSize == 4 {
			return UnpackNative('I', b)
		}
		return MakeUint(nativeOrder.Uint64(b))
	case 'q', 'n':
		return MakeInt(int64(nativeOrder.Uint64(b)))
	case 'Q', 'N', 'P':
		return MakeUint(nativeOrder.Uint64(b))
	case 'e':
		return MakeFloat(HalfToFloat(nativeOrder.Uint16(b)))
	case 'f':
		return MakeFloat(float64(math.Float32frombits(nativeOrder.Uint32(b))))
	case 'd':
		return MakeFloat(math.Float64frombits(nativeOrder.Uint64(b)))
	}
	return Value{}
}

// HalfToFloat converts a number of 16 bits.
func HalfToFloat(h uint16) float64 {
	exp, frac := int(h>>10&31), uint64(h&1023)
	var x float64
	switch {
	case exp == 31:
		return math.Float64frombits(uint64(h>>15)<<63 | 0x7FF<<52 | frac<<42)
	case exp == 0:
		x = math.Ldexp(float64(frac), -24)
	default:
		x = math.Ldexp(float64(frac|1024), exp-25)
	}
	if h>>15 != 0 {
		x = -x
	}
	return x
}

// FloatToHalf converts to a number of 16 bits, rounding half to even; false if x is too large.
func FloatToHalf(x float64) (uint16, bool) {
	bits := math.Float64bits(x)
	sign := uint16(bits>>48) & 0x8000
	switch {
	case x != x:
		h := uint16(bits >> 42 & 1023)
		if h == 0 {
			h = 512
		}
		return sign | 31<<10 | h, true
	case math.IsInf(x, 0):
		return sign | 31<<10, true
	}
	frac, exp := math.Frexp(math.Abs(x)) // in [0.5, 1)
	if frac == 0 {
		return sign, true
	}
	var n float64
	e := exp + 14 // the exponent as it is written
	if e < 1 {
		n = math.RoundToEven(math.Ldexp(frac, exp+24))
		e = 0
	} else {
		n = math.RoundToEven(math.Ldexp(frac, 11)) - 1024
	}
	h := uint32(e)<<10 + uint32(n)
	if e >= 31 || h >= 31<<10 {
		return 0, false
	}
	return sign | uint16(h), true
}

// item returns the item at an offset.
func (v *MemoryView) item(t *Thread, at int) Value {
	if v.Format == "B" {
		return MakeInt(int64(v.Bytes[at]))
	}
	if c := nativeCode(v.Format); c != 0 {
		return UnpackNative(c, v.Bytes[at:at+v.ItemSize])
	}
	return v.unsupported(t)
}

func (v *MemoryView) unsupported(t *Thread) Value {
	return t.Raisef(&NotImplementedErrorType, "memoryview: format %s not supported", v.Format)
}

// setItem stores x at an offset.
func (v *MemoryView) setItem(t *Thread, at int, x Value) bool {
	c := nativeCode(v.Format)
	if c == 0 {
		v.unsupported(t)
		return false
	}
	var space [16]byte
	b := space[:v.ItemSize]
	switch ok, bad := t.packNative(c, b, x); {
	case bad == badType:
		t.TypeErrorf("memoryview: invalid type for format '%s'", v.Format)
		return false
	case bad == badValue:
		t.ValueErrorf("memoryview: invalid value for format '%s'", v.Format)
		return false
	case !ok:
		return false
	}
	// Converting x may have run code that released the view.
	if !v.live(t) {
		return false
	}
	copy(v.Bytes[at:at+v.ItemSize], b)
	return true
}

const (
	badType = 1 + iota
	badValue
)

// packNative stores x in b as a native format says. bad says what is wrong with x, in which case no exception is set.
func (t *Thread) packNative(c byte, b []byte, x Value) (ok bool, bad int) {
	fail := func() (bool, int) {
		switch {
		case t.Catch(&TypeErrorType) != nil:
			return false, badType
		case t.Catch(&OverflowErrorType) != nil, t.Catch(&ValueErrorType) != nil:
			return false, badValue
		}
		return false, 0
	}
	switch c {
	case 'c':
		if x.Type().Flags&FlagBytes == 0 {
			return false, badType
		}
		s := To[Bytes](x).S
		if len(s) != 1 {
			return false, badValue
		}
		b[0] = s[0]
		return true, 0
	case '?':
		is, ok := t.IsTrue(x)
		if !ok {
			return fail()
		}
		b[0] = byte(boolInt(is))
		return true, 0
	case 'e', 'f', 'd':
		f, ok := t.RealNumber(x)
		if !ok {
			return fail()
		}
		switch c {
		case 'd':
			nativeOrder.PutUint64(b, math.Float64bits(f))
		case 'f':
			nativeOrder.PutUint32(b, math.Float32bits(float32(f)))
		default:
			h, ok := FloatToHalf(f)
			if !ok {
				return false, badValue
			}
			nativeOrder.PutUint16(b, h)
		}
		return true, 0
	}
	i := t.Index(x)
	if i.P == nil {
		return fail()
	}
	size := len(b)
	if c == 'P' && (i.IsInt() || To[Int](i).V.Sign() < 0) {
		c = 'q'
	}
	signed := c >= 'a'
	if !i.IsInt() {
		z := &To[Int](i).V
		if signed || size < 8 || z.Sign() < 0 || !z.IsUint64() {
			return false, badValue
		}
		nativeOrder.PutUint64(b, z.Uint64())
		return true, 0
	}
	n := i.Int()
	shift := uint(64 - 8*size)
	if signed && n<<shift>>shift != n || !signed && (n < 0 || uint64(n)<<shift>>shift != uint64(n)) {
		return false, badValue
	}
	switch size {
	case 1:
		b[0] = byte(n)
	case 2:
		nativeOrder.PutUint16(b, uint16(n))
	case 4:
		nativeOrder.PutUint32(b, uint32(n))
	default:
		nativeOrder.PutUint64(b, uint64(n))
	}
	return true, 0
}
