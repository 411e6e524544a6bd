package structmod

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/krait-py/krait/internal/object"
)

// bigEndian says that the machine has the most significant byte first.
var bigEndian = binary.NativeEndian.Uint16([]byte{0, 1}) == 1

func load(b []byte, size int, big bool) uint64 {
	switch size {
	case 1:
		return uint64(b[0])
	case 2:
		if big {
			return uint64(binary.BigEndian.Uint16(b))
		}
		return uint64(binary.LittleEndian.Uint16(b))
	case 4:
		if big {
			return uint64(binary.BigEndian.Uint32(b))
		}
		return uint64(binary.LittleEndian.Uint32(b))
	}
	if big {
		return binary.BigEndian.Uint64(b)
	}
	return binary.LittleEndian.Uint64(b)
}

func store(b []byte, x uint64, size int, big bool) {
	switch size {
	case 1:
		b[0] = byte(x)
	case 2:
		if big {
			binary.BigEndian.PutUint16(b, uint16(x))
		} else {
			binary.LittleEndian.PutUint16(b, uint16(x))
		}
	case 4:
		if big {
			binary.BigEndian.PutUint32(b, uint32(x))
		} else {
			binary.LittleEndian.PutUint32(b, uint32(x))
		}
	default:
		if big {
			binary.BigEndian.PutUint64(b, x)
		} else {
			binary.LittleEndian.PutUint64(b, x)
		}
	}
}

// unpack returns the values of data, which has the layout's size.
func (l *layout) unpack(data []byte) value {
	r := object.MakeTuple(l.count)
	items := r.Items()
	k := 0
	for i := range l.items {
		it := &l.items[i]
		b := data[it.offset:]
		switch it.code {
		case 's':
			items[k] = object.CopyBytes(b[:it.size])
			k++
			continue
		case 'p':
			n := 0
			if it.size > 0 {
				n = min(int(b[0]), it.size-1)
				b = b[1:]
			}
			items[k] = object.CopyBytes(b[:n])
			k++
			continue
		}
		for range it.repeat {
			items[k] = l.value(it, b)
			b = b[it.size:]
			k++
		}
	}
	return object.Of(r)
}

func (l *layout) value(it *item, b []byte) value {
	switch it.code {
	case 'c':
		return object.CopyBytes(b[:1])
	case '?':
		return object.MakeBool(b[0] != 0)
	case 'b', 'h', 'i', 'l', 'q', 'n':
		shift := uint(64 - 8*it.size)
		return object.MakeInt(int64(load(b, it.size, l.big)<<shift) >> shift)
	case 'B', 'H', 'I', 'L', 'Q', 'N', 'P':
		return object.MakeUint(load(b, it.size, l.big))
	case 'F':
		return object.MakeComplex(complex(float64(math.Float32frombits(uint32(load(b, 4, l.big)))), float64(math.Float32frombits(uint32(load(b[4:], 4, l.big))))))
	case 'D':
		return object.MakeComplex(complex(math.Float64frombits(load(b, 8, l.big)), math.Float64frombits(load(b[8:], 8, l.big))))
	}
	switch it.size {
	case 2:
		return object.MakeFloat(object.HalfToFloat(uint16(load(b, 2, l.big))))
	case 4:
		return object.MakeFloat(float64(math.Float32frombits(uint32(load(b, 4, l.big)))))
	}
	return object.MakeFloat(math.Float64frombits(load(b, 8, l.big)))
}

// pack stores the values in b, which has the layout's size and is zero.
func (l *layout) pack(t *thread, b []byte, values []value) bool {
	k := 0
	for i := range l.items {
		it := &l.items[i]
		p := b[it.offset:]
		for range it.repeat {
			x := values[k]
			k++
			if x.IsInt() {
				if n := x.Int(); it.min <= n && n <= it.max {
					store(p, uint64(n), it.size, l.big)
					p = p[it.size:]
					continue
				}
			} else if x.IsFloat() && it.code == 'd' {
				store(p, math.Float64bits(x.Float()), 8, l.big)
				p = p[it.size:]
				continue
			}
			if !l.packValue(t, it, p, x) {
				if x.Type().Flags&object.FlagInt != 0 && t.Catch(&object.OverflowErrorType) != nil {
					fail(t, "int too large to convert")
				}
				return false
			}
			p = p[it.size:]
		}
	}
	return true
}

func (l *layout) packValue(t *thread, it *item, p []byte, x value) bool {
	switch it.code {
	case 's', 'p':
		return l.packText(t, it, p, x)
	case 'c':
		if x.Type().Flags&object.FlagBytes == 0 || len(object.To[object.Bytes](x).S) != 1 {
			return fail(t, "char format requires a bytes object of length 1")
		}
		p[0] = object.To[object.Bytes](x).S[0]
		return true
	case '?':
		is, ok := t.IsTrue(x)
		if is {
			p[0] = 1
		}
		return ok
	case 'e', 'f', 'd':
		f, ok := t.RealNumber(x)
		if !ok {
			t.Exc = nil
			return fail(t, "required argument is not a float")
		}
		return l.packFloat(t, it, p, f)
	case 'F', 'D':
		z, ok := t.ComplexNumber(x)
		if !ok {
			t.Exc = nil
			return fail(t, "required argument is not a complex")
		}
		if it.code == 'F' {
			store(p, uint64(math.Float32bits(float32(real(z)))), 4, l.big)
			store(p[4:], uint64(math.Float32bits(float32(imag(z)))), 4, l.big)
		} else {
			store(p, math.Float64bits(real(z)), 8, l.big)
			store(p[8:], math.Float64bits(imag(z)), 8, l.big)
		}
		return true
	}
	if x.Type().Flags&object.FlagInt == 0 && x.Type().Index == nil {
		return fail(t, "required argument is not an integer")
	}
	n := t.Index(x)
	if n.P == nil {
		return false
	}
	if n.IsInt() {
		if n := n.Int(); it.min <= n && n <= it.max {
			store(p, uint64(n), it.size, l.big)
			return true
		}
	} else if z := &object.To[object.Int](n).V; it.code == 'Q' || it.code == 'N' || it.code == 'P' || it.code == 'L' && it.size == 8 {
		if z.IsUint64() {
			store(p, z.Uint64(), 8, l.big)
			return true
		}
		if it.code == 'P' {
			t.OverflowErrorf("Python int too large to convert to C unsigned long")
			return false
		}
	}
	return rangeError(t, it)
}

func rangeError(t *thread, it *item) bool {
	bits := uint(8 * it.size)
	if it.code < 'a' {
		return fail(t, "'%c' format requires 0 <= number <= %d", it.code, uint64(1)<<(bits-1)-1+uint64(1)<<(bits-1))
	}
	return fail(t, "'%c' format requires %d <= number <= %d", it.code, int64(-1)<<(bits-1), int64(uint64(1)<<(bits-1)-1))
}

func (l *layout) packFloat(t *thread, it *item, p []byte, x float64) bool {
	switch it.code {
	case 'd':
		store(p, math.Float64bits(x), 8, l.big)
	case 'f':
		f := float32(x)
		if math.IsInf(float64(f), 0) && !math.IsInf(x, 0) {
			t.OverflowErrorf("float too large to pack with f format")
			return false
		}
		store(p, uint64(math.Float32bits(f)), 4, l.big)
	default:
		h, ok := object.FloatToHalf(x)
		if !ok {
			t.OverflowErrorf("float too large to pack with e format")
			return false
		}
		store(p, uint64(h), 2, l.big)
	}
	return true
}

func (l *layout) packText(t *thread, it *item, p []byte, x value) bool {
	if x.Type().Flags&object.FlagBytes == 0 && !x.IsA(&object.ByteArrayType) {
		return fail(t, "argument for '%c' must be a bytes object", it.code)
	}
	s, ok := t.BytesLike(x)
	if !ok {
		return false
	}
	p = p[:it.size]
	if it.code == 's' {
		copy(p, s)
		return true
	}
	if it.size == 0 {
		return true
	}
	n := min(len(s), it.size-1)
	copy(p[1:], s[:n])
	p[0] = byte(min(n, 255))
	return true
}

// fail raises struct.error and returns false.
func fail(t *thread, format string, args ...any) bool {
	if m := stateOf(t); m != nil {
		t.RaiseValue(t.CallArgs(object.Of(m.err), object.MakeStr(fmt.Sprintf(format, args...))))
	}
	return false
}
