package object

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"unsafe"

	"github.com/krait-py/krait/internal/pyfmt"
)

const floatSubAttrs = unsafe.Offsetof(FloatSub{}.Attrs)

func setupFloat() {
	get := func(t *Thread, v Value) Value { return floatPos(t, v) }
	same := func(t *Thread, a []Value) Value { return floatPos(t, a[0]) }
	Define(&FloatType, TypeSpec{
		Name: "float", Sig: "(x=0, /)", Doc: "Convert a string or number to a floating-point number, if possible.",
		Flags: FlagBase | FlagFloat | FlagSelfMatch, SubOffset: floatSubAttrs,
		Make: floatNew,
		Slots: Slots{
			NumberSlots: NumberSlots{
				Binary: [NumBinary]BinaryFunc{
					OpAdd: floatAdd, OpSubtract: floatSub, OpMultiply: floatMul, OpRemainder: floatMod, OpDivmod: floatDivmod,
					OpPower: floatPow, OpFloorDivide: floatFloorDiv, OpTrueDivide: floatTrueDiv,
				},
				Pow3: floatPow3,
				Neg:  floatNeg, Pos: floatPos, Abs: floatAbs, Int: floatToInt, Float: floatPos,
			},
			Repr: floatRepr, Hash: floatHash, Compare: floatCompare, Bool: floatBool, New: floatNew,
		},
		Methods: []MethodDef{
			{Name: "from_number", Sig: "($type, number, /)", Fn: floatFromNumber, Doc: "Convert real number to a floating-point number."},
			{Name: "conjugate", Sig: "($self, /)", Fn: same, Doc: "Return self, the complex conjugate of any float."},
			{Name: "__trunc__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return floatToInt(t, a[0]) }, Doc: "Return the Integral closest to x between 0 and x."},
			{Name: "__floor__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				x, _ := AsFloat(a[0])
				return t.FloatToInt(math.Floor(x))
			}, Doc: "Return the floor as an Integral."},
			{Name: "__ceil__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				x, _ := AsFloat(a[0])
				return t.FloatToInt(math.Ceil(x))
			}, Doc: "Return the ceiling as an Integral."},
			{Name: "__round__", Sig: "($self, ndigits=None, /)", Fn: floatRound, Doc: "Return the Integral closest to x, rounding half toward even.\n\nWhen an argument is passed, work like built-in round(x, ndigits)."},
			{Name: "as_integer_ratio", Sig: "($self, /)", Fn: floatRatio, Doc: "Return a pair of integers, whose ratio is exactly equal to the original float.\n\n>>> (2.5).as_integer_ratio()\n(5, 2)"},
			{Name: "fromhex", Sig: "($type, string, /)", Fn: floatFromHex, Doc: "Create a floating-point number from a hexadecimal string.\n\n>>> float.fromhex('0x1.8p3')\n12.0"},
			{Name: "hex", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				x, _ := AsFloat(a[0])
				return MakeStr(string(pyfmt.AppendHexFloat(nil, x)))
			}, Doc: "Return a hexadecimal representation of a floating-point number.\n\n>>> (12.0).hex()\n'0x1.8000000000000p+3'"},
			{Name: "is_integer", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				x, _ := AsFloat(a[0])
				return MakeBool(x == math.Floor(x) && !math.IsInf(x, 0))
			}, Doc: "Return True if the float is an integer."},
			{Name: "__getnewargs__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return Of(NewTuple(floatPos(t, a[0]))) }},
			{Name: "__getformat__", Sig: "($type, typestr, /)", Fn: floatGetFormat, Doc: "You probably don't want to use this function."},
			{Name: "__format__", Sig: "($self, format_spec, /)", Fn: floatFormat, Doc: "Formats the float according to format_spec."},
		},
		GetSets: []GetSetDef{
			{Name: "real", Get: get, Doc: "the real part of a complex number"},
			{Name: "imag", Get: func(t *Thread, v Value) Value { return MakeFloat(0) }, Doc: "the imaginary part of a complex number"},
		},
	})
}

func floatRepr(t *Thread, v Value) Value {
	x, _ := AsFloat(v)
	var buf [32]byte
	return copyASCII(pyfmt.AppendRepr(buf[:0], x))
}

func floatFormat(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("__format__() argument must be str, not %s", ArgName(a[1]))
	}
	spec := a[1].Str().S
	if spec == "" {
		return strOrNil(t.Str(a[0]))
	}
	x, _ := AsFloat(a[0])
	b, err := t.specs.FormatFloat(t.takeText(), x, spec, a[0].Type().Name)
	if err != nil {
		return t.raiseFmt(err)
	}
	return t.giveNew(b)
}

func floatNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	x, ok := t.oneArg(&FloatType, cls, args, names)
	if !ok {
		return Value{}
	}
	v := MakeFloat(0)
	if x.P != nil {
		v = t.ToFloat(x)
	}
	if v.P == nil || cls == &FloatType {
		return v
	}
	p := &FloatSub{Value: v.Float()}
	p.Type = cls
	return InitAttrs(cls, Of(p))
}

// ToFloat is float(v).
func (t *Thread) ToFloat(v Value) Value {
	switch {
	case v.IsFloat():
		return v
	case v.IsInt():
		return MakeFloat(float64(v.Int()))
	case v.Is(&StrType):
		return t.parseFloatStr(v)
	}
	f, ok := t.floatMethod(v)
	if ok {
		return MakeFloat(f)
	}
	if t.Exc != nil {
		return Value{}
	}
	if v.IsStr() {
		return t.parseFloatStr(v)
	}
	if buffer := v.Type().Buffer; buffer != nil {
		b, ok := buffer(t, v, false)
		if !ok {
			return Value{}
		}
		return t.parseFloat(string(b.Bytes), v)
	}
	return t.TypeErrorf("float() argument must be a string or a real number, not '%s'", v.Type().Name)
}

func (t *Thread) parseFloatStr(v Value) Value {
	text := v.Str().S
	if !v.Str().IsASCII() {
		text = pyfmt.FoldNumber(text)
	}
	return t.parseFloat(text, v)
}

func (t *Thread) parseFloat(text string, v Value) Value {
	if x, ok := pyfmt.ParseFloat(text); ok {
		return MakeFloat(x)
	}
	r := t.Repr(v)
	if r == nil {
		return Value{}
	}
	return t.ValueErrorf("could not convert string to float: %s", r.S)
}

// floatNumber converts a number: a float as it is, others with __float__ or __index__. ok is false without an
// exception if v has neither.
func (t *Thread) floatNumber(v Value) (x float64, ok bool) {
	if v.Type().Flags&FlagFloat != 0 {
		return AsFloat(v)
	}
	return t.floatMethod(v)
}

// floatMethod is floatNumber that asks subclasses of float, too.
func (t *Thread) floatMethod(v Value) (x float64, ok bool) {
	cls := v.Type()
	switch {
	case cls.Flags&FlagInt != 0 && cls.Flags&FlagHeap == 0:
		n, z, _ := intParts(v)
		return t.intFloat(n, z)
	case cls.Float != nil:
		r := cls.Float(t, v)
		if r.P == nil {
			return 0, false
		}
		if r.IsFloat() {
			return r.Float(), true
		}
		if r.Type().Flags&FlagFloat == 0 {
			t.TypeErrorf("%s.__float__ returned non-float (type %s)", cls.Name, r.Type().Name)
			return 0, false
		}
		if !t.Warn(&DeprecationWarningType, 1, "%s.__float__ returned non-float (type %s).  The ability to return an instance of a strict subclass of float is deprecated, and may be removed in a future version of Python.",
			cls.Name, r.Type().Name) {
			return 0, false
		}
		return AsFloat(r)
	case cls.Index != nil:
		r := t.Index(v)
		if r.P == nil {
			return 0, false
		}
		n, z, _ := intParts(r)
		return t.intFloat(n, z)
	}
	return 0, false
}

// RealNumber converts an argument that must be a real number to a float, as most functions that want one do.
func (t *Thread) RealNumber(v Value) (float64, bool) {
	if v.IsFloat() {
		return v.Float(), true
	}
	if v.IsInt() {
		return float64(v.Int()), true
	}
	x, ok := t.floatNumber(v)
	if !ok && t.Exc == nil {
		t.TypeErrorf("must be real number, not %s", v.Type().Name)
	}
	return x, ok
}

// castTo makes an instance of cls from an exact value, by calling cls unless it is the builtin type itself.
func (t *Thread) castTo(cls Value, exact *Type, v Value) Value {
	if cls == Of(exact) || v.P == nil {
		return v
	}
	return t.CallArgs(cls, v)
}

func floatFromNumber(t *Thread, a []Value) Value {
	x, ok := t.RealNumber(a[1])
	if !ok {
		return Value{}
	}
	return t.castTo(a[0], &FloatType, MakeFloat(x))
}

func floatFromHex(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("bad argument type for built-in operation")
	}
	x, err := pyfmt.ParseHexFloat(a[1].Str().S)
	if err != nil {
		if errors.Is(err, pyfmt.ErrSyntax) {
			return t.ValueErrorf("invalid hexadecimal floating-point string")
		}
		return t.raiseFmt(err)
	}
	return t.castTo(a[0], &FloatType, MakeFloat(x))
}

func floatGetFormat(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("__getformat__() argument must be str, not %s", ArgName(a[1]))
	}
	switch a[1].Str().S {
	case "double", "float":
		return MakeStr("IEEE, little-endian")
	}
	return t.ValueErrorf("__getformat__() argument 1 must be 'double' or 'float'")
}

func floatRatio(t *Thread, a []Value) Value {
	x, _ := AsFloat(a[0])
	switch {
	case x != x:
		return t.ValueErrorf("cannot convert NaN to integer ratio")
	case math.IsInf(x, 0):
		return t.OverflowErrorf("cannot convert Infinity to integer ratio")
	}
	m, e := math.Frexp(x)
	n := int64(m * (1 << 53))
	e -= 53
	for e < 0 && n&1 == 0 && n != 0 {
		n >>= 1
		e++
	}
	if n == 0 {
		e = 0
	}
	num, den := big.NewInt(n), big.NewInt(1)
	if e > 0 {
		num.Lsh(num, uint(e))
	} else {
		den.Lsh(den, uint(-e))
	}
	return Of(NewTuple(MakeBig(num), MakeBig(den)))
}

func floatRound(t *Thread, a []Value) Value {
	x, _ := AsFloat(a[0])
	if a[1].P == nil || a[1].IsNone() {
		return t.FloatToInt(math.RoundToEven(x))
	}
	nd, ok := t.AsIndexErr(a[1], nil)
	if !ok {
		return Value{}
	}
	return t.RoundFloat(x, nd)
}

// RoundFloat is round(x, nd): the float nearest to the decimal number nearest to x.
func (t *Thread) RoundFloat(x float64, nd int) Value {
	switch {
	case x == 0 || x != x || math.IsInf(x, 0) || nd > 323:
		return MakeFloat(x)
	case nd < -308:
		return MakeFloat(math.Copysign(0, x))
	}
	var buf [400]byte
	var b []byte
	if nd >= 0 {
		b = strconv.AppendFloat(buf[:0], x, 'f', nd, 64)
	} else {
		// Digits of the whole number, rounded to a multiple of a power of ten.
		b = roundLeft(buf[:0], x, -nd)
	}
	r, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		return t.OverflowErrorf("rounded value too large to represent")
	}
	return MakeFloat(r)
}

// roundLeft appends x rounded to a multiple of 10**n, n > 0, half to even.
func roundLeft(b []byte, x float64, n int) []byte {
	// With as many digits as are left of the place, 'e' rounds there; it is exact and half to even.
	var at int // digits before the point
	if f := math.Floor(math.Abs(x)); f < 1 {
		at = 0
	} else {
		at = len(strconv.FormatFloat(f, 'f', 0, 64))
	}
	keep := at - n
	switch {
	case keep > 0:
		return strconv.AppendFloat(b, x, 'e', keep-1, 64)
	case keep == 0:
		// Between 0.1 and 1 times the unit: round to 0 or 1 unit.
		half, _ := new(big.Float).SetPrec(2000).SetString("5e" + strconv.Itoa(n-1))
		if new(big.Float).SetFloat64(math.Abs(x)).Cmp(half) > 0 {
			if x < 0 {
				b = append(b, '-')
			}
			return strconv.AppendInt(append(b, "1e"...), int64(n), 10)
		}
	}
	if x < 0 {
		b = append(b, '-')
	}
	return append(b, '0')
}
