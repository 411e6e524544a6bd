package object

import "math/big"

// Int is an int outside the range of int64. Those inside are always unboxed.
type Int struct {
	Head
	V *big.Int // never changed
}

// IntSub is an instance of a subclass of int. Value is its exact value.
type IntSub struct {
	Head
	Value Value
	Attrs
}

// MakeBig returns the int z as a value; it keeps z if it does not fit an int64, so z must not be changed afterwards.
func MakeBig(z *big.Int) Value {
	if z.IsInt64() {
		return MakeInt(z.Int64())
	}
	return Of(&Int{Head{&IntType}, z})
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
		return To[Int](v).V
	}
	return AsBig(To[IntSub](v).Value)
}
