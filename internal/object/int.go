package object

import (
	"math/big"
	"math/bits"
	"unsafe"
)

// Int is an int outside the range of int64. Those inside are always unboxed.
type Int struct {
	Head
	// fleeting says that nothing but one register of an expression has the int: see IntOp.
	fleeting bool
	V        big.Int // never changed once a program may see the int
}

// IntSub is an instance of a subclass of int. Value is its exact value.
type IntSub struct {
	Head
	Value Value
	Attrs
}

// intSubAttrs is where instances of subclasses have their attributes.
const intSubAttrs = unsafe.Offsetof(IntSub{}.Attrs)

// MakeBig returns the int z as a value; it keeps z if it does not fit an int64, so z must not be changed afterwards.
func MakeBig(z *big.Int) Value {
	if z.IsInt64() {
		return MakeInt(z.Int64())
	}
	return Of(&Int{Head: Head{&IntType}, V: *z})
}

// ExactInt returns the exact int of an int, a bool or an instance of a subclass.
func ExactInt(v Value) Value {
	switch v.Type() {
	case &IntType:
		return v
	case &BoolType:
		return MakeInt(v.Int())
	}
	return To[IntSub](v).Value
}

// AsInt64 returns the value of an int of any kind if it fits.
func AsInt64(v Value) (int64, bool) {
	if v.IsInt() || v.IsBool() {
		return v.Int(), true
	}
	if v.Type().Flags&FlagInt == 0 || v.Is(&IntType) {
		return 0, false
	}
	x := To[IntSub](v).Value
	return x.Int(), x.IsInt()
}

// AsBig returns the value of an int of any kind as a big int, which must not be changed; nil for other types.
func AsBig(v Value) *big.Int {
	if v.IsInt() || v.IsBool() {
		return big.NewInt(v.Int())
	}
	if v.Type().Flags&FlagInt == 0 {
		return nil
	}
	if v.Is(&IntType) {
		return &To[Int](v).V
	}
	return AsBig(To[IntSub](v).Value)
}

// words returns the number of machine words of z.
func words(z *big.Int) int { return (z.BitLen() + bits.UintSize - 1) / bits.UintSize }

// intParts returns the value of an int of any kind: x if it fits, else the big int z. ok is false for other types.
func intParts(v Value) (x int64, z *big.Int, ok bool) {
	if v.IsInt() || v.IsBool() {
		return v.Int(), nil, true
	}
	if v.Type().Flags&FlagInt == 0 {
		return 0, nil, false
	}
	if v.Type() == &IntType {
		return 0, &To[Int](v).V, true
	}
	if v = To[IntSub](v).Value; v.IsInt() {
		return v.Int(), nil, true
	}
	return 0, &To[Int](v).V, true
}

// MakeUint returns the int x.
func MakeUint(x uint64) Value {
	if int64(x) >= 0 {
		return MakeInt(int64(x))
	}
	return mag{0, x, false}.value(nil)
}

// make128 returns the int hi<<64 + lo as a signed number.
func make128(t *Thread, hi int64, lo uint64) Value {
	if hi == int64(lo)>>63 {
		return MakeInt(int64(lo))
	}
	neg := hi < 0
	h := uint64(hi)
	if neg {
		var c uint64
		lo, c = bits.Sub64(0, lo, 0)
		h, _ = bits.Sub64(0, h, c)
	}
	return mag{h, lo, neg}.value(t)
}

// mul64 returns the product of x and y and whether it fits.
func mul64(x, y int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	h := int64(hi) - x>>63&y - y>>63&x
	return int64(lo), h == int64(lo)>>63
}
