package object

import (
	"encoding/binary"
	"math/big"
	"slices"
)

// byteOrder reads the argument byteorder; no value is "big".
func (t *Thread) byteOrder(v Value, function string) (little, ok bool) {
	if v.P == nil {
		return false, true
	}
	if !v.IsStr() {
		t.TypeErrorf("%s() argument 'byteorder' must be str, not %s", function, ArgName(v))
		return false, false
	}
	switch v.Str().S {
	case "little":
		return true, true
	case "big":
		return false, true
	}
	t.ValueErrorf("byteorder must be either 'little' or 'big'")
	return false, false
}

func intToBytes(t *Thread, a []Value) Value {
	n := 1
	ok := true
	if a[1].P != nil {
		if n, ok = t.AsSize(a[1]); !ok {
			return Value{}
		}
	}
	little, ok := t.byteOrder(a[2], "to_bytes")
	if !ok {
		return Value{}
	}
	signed := false
	if a[3].P != nil {
		if signed, ok = t.IsTrue(a[3]); !ok {
			return Value{}
		}
	}
	if n < 0 {
		return t.ValueErrorf("length argument must be non-negative")
	}
	x, z, _ := intParts(a[0])
	negative := x < 0 || z != nil && z.Sign() < 0
	if negative && !signed {
		return t.OverflowErrorf("can't convert negative int to unsigned")
	}
	if n > maxBytes {
		return t.RaiseNew(&MemoryErrorType)
	}
	r, b := makeBytesBuf(n)
	clear(b)
	if z == nil {
		// The low bytes, and then the sign.
		var w [8]byte
		binary.LittleEndian.PutUint64(w[:], uint64(x))
		k := copy(b, w[:])
		fill := byte(x >> 63)
		if fill != 0 {
			for i := k; i < n; i++ {
				b[i] = fill
			}
		}
		lost := false
		for _, c := range w[min(k, 8):] {
			lost = lost || c != fill
		}
		if lost || signed && (n == 0 && x != 0 || n > 0 && n <= 8 && (b[n-1]^fill)&0x80 != 0) || n == 0 && x != 0 {
			return t.OverflowErrorf("int too big to convert")
		}
		if !little {
			slices.Reverse(b)
		}
		return r.shared()
	}
	size := z.BitLen()
	if signed {
		size++
		if negative && z.TrailingZeroBits() == uint(z.BitLen()-1) {
			size-- // the least number of its length
		}
	}
	if size > n*8 {
		return t.OverflowErrorf("int too big to convert")
	}
	if negative {
		z = new(big.Int).Add(z, new(big.Int).Lsh(big.NewInt(1), uint(n)*8))
	}
	z.FillBytes(b)
	if little {
		slices.Reverse(b)
	}
	return r.shared()
}

func intFromBytes(t *Thread, a []Value) Value {
	little, ok := t.byteOrder(a[2], "from_bytes")
	if !ok {
		return Value{}
	}
	signed := false
	if a[3].P != nil {
		if signed, ok = t.IsTrue(a[3]); !ok {
			return Value{}
		}
	}
	text, ok := t.bytesArg(a[1])
	if !ok {
		return Value{}
	}
	return t.castTo(a[0], &IntType, intOfBytes(text, little, signed))
}

// bytesArg makes bytes of a buffer or an iterable of ints; a number of zeros is not asked for.
func (t *Thread) bytesArg(v Value) (string, bool) {
	cls := v.Type()
	switch {
	case cls.Flags&FlagBytes != 0 && cls.Flags&FlagHeap == 0:
		return To[Bytes](v).S, true
	case v.IsStr() || cls.Iter == nil && cls.GetItem == nil && cls.Buffer == nil && cls.Lookup(t, nameBytes).P == nil:
		t.TypeErrorf("cannot convert '%s' object to bytes", cls.Name)
		return "", false
	}
	b := t.ToBytes(v)
	if b.P == nil {
		return "", false
	}
	return To[Bytes](b).S, true
}

// intOfBytes is the number with the given bytes.
func intOfBytes(s string, little, signed bool) Value {
	n := len(s)
	if n <= 8 {
		var x uint64
		for i := range n {
			c := s[i]
			if little {
				c = s[n-1-i]
			}
			x = x<<8 | uint64(c)
		}
		if !signed {
			return MakeUint(x)
		}
		shift := uint(64 - 8*n)
		return MakeInt(int64(x<<shift) >> shift)
	}
	b := []byte(s)
	if little {
		slices.Reverse(b)
	}
	z := new(big.Int).SetBytes(b)
	if signed && b[0]&0x80 != 0 {
		z.Sub(z, new(big.Int).Lsh(big.NewInt(1), uint(n)*8))
	}
	return MakeBig(z)
}
