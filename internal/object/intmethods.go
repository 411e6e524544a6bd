package object

import (
	"math/big"
	"math/bits"
	"strconv"

	"github.com/krait-py/krait/internal/pyfmt"
)

const intDoc = `int([x]) -> integer
int(x, base=10) -> integer

Convert a number or string to an integer, or return 0 if no arguments
are given.  A number is converted by its __int__ method, which truncates
floating-point numbers towards zero.

If x is no number or base is given, x must be a str, bytes or bytearray
that is an integer literal in that base.  Base 0 takes the base from the
literal's prefix.

>>> int('0b101', base=0)
5`

func setupInt() {
	same := func(t *Thread, a []Value) Value { return ExactInt(a[0]) }
	getSame := func(t *Thread, v Value) Value { return ExactInt(v) }
	Define(&IntType, TypeSpec{
		Name: "int", Doc: intDoc, Flags: FlagBase | FlagInt | FlagSelfMatch,
		SubOffset: intSubAttrs,
		Make:      intNew,
		Slots: Slots{
			NumberSlots: NumberSlots{
				Binary: [NumBinary]BinaryFunc{
					OpAdd: intAdd, OpAnd: intAnd, OpFloorDivide: intFloorDiv, OpLshift: intLshift, OpMultiply: intMul,
					OpRemainder: intMod, OpOr: intOr, OpPower: intPow, OpRshift: intRshift, OpSubtract: intSub,
					OpTrueDivide: intTrueDiv, OpXor: intXor, OpDivmod: intDivmod,
				},
				Pow3: intPow3,
				Neg:  intNeg, Pos: intPos, Abs: intAbs, Invert: intInvert,
				Int: intPos, Float: intToFloat, Index: intPos,
			},
			Repr: intRepr, Hash: intHash, Compare: intCompare, Bool: intBool, New: intNew,
		},
		Methods: []MethodDef{
			{Name: "conjugate", Sig: "($self, /)", Fn: same, Doc: "Returns self, the complex conjugate of any int."},
			{Name: "bit_length", Sig: "($self, /)", Fn: intBitLength, Doc: "Number of bits necessary to represent self in binary.\n\n>>> (37).bit_length()\n6"},
			{Name: "bit_count", Sig: "($self, /)", Fn: intBitCount, Doc: "Number of ones in the binary representation of the absolute value of self.\n\n>>> (37).bit_count()\n3"},
			{Name: "to_bytes", Sig: "($self, /, length=1, byteorder='big', *, signed=False)", Fn: intToBytes, Doc: "Return an array of bytes representing an integer."},
			{Name: "from_bytes", Sig: "($type, /, bytes, byteorder='big', *, signed=False)", Fn: intFromBytes, Doc: "Return the integer represented by the given array of bytes."},
			{Name: "as_integer_ratio", Sig: "($self, /)", Fn: intRatio, Doc: "Return a pair of integers, whose ratio is equal to the original int.\n\n>>> (12).as_integer_ratio()\n(12, 1)"},
			{Name: "__trunc__", Sig: "($self, /)", Fn: same, Doc: "Truncating an Integral returns itself."},
			{Name: "__floor__", Sig: "($self, /)", Fn: same, Doc: "Flooring an Integral returns itself."},
			{Name: "__ceil__", Sig: "($self, /)", Fn: same, Doc: "Ceiling of an Integral returns itself."},
			{Name: "__round__", Sig: "($self, ndigits=None, /)", Fn: intRound, Doc: "Rounding an Integral returns itself."},
			{Name: "__getnewargs__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return Of(NewTuple(ExactInt(a[0]))) }},
			{Name: "__format__", Sig: "($self, format_spec, /)", Fn: intFormat, Doc: "Convert to a string according to format_spec."},
			{Name: "__sizeof__", Sig: "($self, /)", Fn: intSizeof, Doc: "Returns size in memory, in bytes."},
			{Name: "is_integer", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return True }, Doc: "Returns True. Exists for duck type compatibility with float.is_integer."},
		},
		GetSets: []GetSetDef{
			{Name: "real", Get: getSame, Doc: "the real part of a complex number"},
			{Name: "imag", Get: func(t *Thread, v Value) Value { return MakeInt(0) }, Doc: "the imaginary part of a complex number"},
			{Name: "numerator", Get: getSame, Doc: "the numerator of a rational number in lowest terms"},
			{Name: "denominator", Get: func(t *Thread, v Value) Value { return MakeInt(1) }, Doc: "the denominator of a rational number in lowest terms"},
		},
	})
	setupBool()
}

func intRepr(t *Thread, v Value) Value {
	x, z, _ := intParts(v)
	if z == nil {
		if x >= 0 && x < 10 {
			return MakeChar(rune('0' + x))
		}
		var buf [20]byte
		return copyASCII(strconv.AppendInt(buf[:0], x, 10))
	}
	b, err := pyfmt.AppendInt(t.takeText(), 0, z, 10, t.Interp.IntMaxStrDigits)
	if err != nil {
		return t.raiseFmt(err)
	}
	return t.giveText(b, len(b))
}

func intToFloat(t *Thread, v Value) Value {
	x, z, _ := intParts(v)
	f, ok := t.intFloat(x, z)
	if !ok {
		return Value{}
	}
	return MakeFloat(f)
}

func absWord(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

func intBitLength(t *Thread, a []Value) Value {
	x, z, _ := intParts(a[0])
	if z != nil {
		return MakeInt(int64(z.BitLen()))
	}
	return MakeInt(int64(bits.Len64(absWord(x))))
}

func intBitCount(t *Thread, a []Value) Value {
	x, z, _ := intParts(a[0])
	if z == nil {
		return MakeInt(int64(bits.OnesCount64(absWord(x))))
	}
	n := 0
	for _, w := range z.Bits() {
		n += bits.OnesCount(uint(w))
	}
	return MakeInt(int64(n))
}

func intRatio(t *Thread, a []Value) Value { return Of(NewTuple(ExactInt(a[0]), MakeInt(1))) }

func intFormat(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("__format__() argument must be str, not %s", ArgName(a[1]))
	}
	spec := a[1].Str().S
	if spec == "" {
		return strOrNil(t.Str(a[0]))
	}
	x, z, _ := intParts(a[0])
	b, err := t.specs.FormatInt(t.takeText(), x, z, spec, a[0].Type().Name, t.Interp.IntMaxStrDigits)
	if err != nil {
		return t.raiseFmt(err)
	}
	return t.giveNew(b)
}

// intSizeof counts digits of 30 bits as CPython has them.
func intSizeof(t *Thread, a []Value) Value {
	x, z, _ := intParts(a[0])
	n := bits.Len64(absWord(x))
	if z != nil {
		n = z.BitLen()
	}
	return MakeInt(int64(24 + max((n+29)/30, 1)*4))
}

// intRound rounds to a multiple of a power of ten, half to even.
func intRound(t *Thread, a []Value) Value {
	v := ExactInt(a[0])
	if a[1].P == nil || a[1].IsNone() {
		return v
	}
	nv := t.Index(a[1])
	if nv.P == nil {
		return nv
	}
	n, zn, _ := intParts(nv)
	x, z, _ := intParts(v)
	if zn == nil && n >= 0 || zn != nil && zn.Sign() > 0 {
		return v
	}
	size := 64
	if z != nil {
		size = z.BitLen()
	}
	if zn != nil || -n > int64(size) { // 10**-n is far larger than the number
		return MakeInt(0)
	}
	if z == nil {
		z = big.NewInt(x)
	}
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(-n), nil)
	var q, r, twice big.Int
	q.DivMod(z, p, &r)
	c := twice.Lsh(&r, 1).Cmp(p)
	res := new(big.Int).Sub(z, &r)
	if c > 0 || c == 0 && q.Bit(0) == 1 {
		res.Add(res, p)
	}
	return MakeBig(res)
}
