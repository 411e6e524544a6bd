package object

import (
	"errors"
	"math"
	"math/big"

	"github.com/krait-py/krait/internal/pyfmt"
)

// MakeIntSub makes an instance of cls, a subclass of int; v is an exact int.
func makeIntSub(cls *Type, v Value) Value {
	p := &IntSub{Value: v}
	p.Type = cls
	return InitAttrs(cls, Of(p))
}

func intNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	var x, base Value
	n := len(args) - nameCount(names)
	if !t.argCount("int", n, 0, 2) {
		return Value{}
	}
	if len(args) > 2 {
		return t.TypeErrorf("int() takes at most 2 arguments (%d given)", len(args))
	}
	if n > 0 {
		x = args[0]
	}
	if n > 1 {
		base = args[1]
	}
	for i := n; i < len(args); i++ {
		switch name := names.Items()[i-n].Str().S; {
		case name != "base":
			return t.TypeErrorf("int() got an unexpected keyword argument '%s'", name)
		case base.P != nil:
			return t.TypeErrorf("argument for int() given by name ('base') and position (2)")
		}
		base = args[i]
	}
	var v Value
	switch {
	case x.P == nil && base.P != nil:
		return t.TypeErrorf("int() missing string argument")
	case x.P == nil:
		v = MakeInt(0)
	case base.P == nil:
		v = t.ToInt(x)
	default:
		b, ok := t.AsIndexErr(base, nil)
		if !ok {
			return Value{}
		}
		if b != 0 && b < 2 || b > 36 {
			return t.ValueErrorf("int() base must be >= 2 and <= 36, or 0")
		}
		switch {
		case x.IsStr():
			v = t.ParseIntStr(x, b)
		case x.Type().Flags&FlagBytes != 0 || x.IsA(&ByteArrayType):
			v = t.parseIntBuffer(x, b)
		default:
			return t.TypeErrorf("int() can't convert non-string with explicit base")
		}
	}
	if v.P == nil || cls == &IntType {
		return v
	}
	return makeIntSub(cls, v)
}

// ToInt is int(v).
func (t *Thread) ToInt(v Value) Value {
	if v.Is(&IntType) {
		return v
	}
	cls := v.Type()
	switch {
	case v.IsFloat():
		return t.FloatToInt(v.Float())
	case cls.Int != nil:
		r := cls.Int(t, v)
		return t.exactResult(r, "__int__")
	case cls.Index != nil:
		return t.exactResult(cls.Index(t, v), "__index__")
	case v.IsStr():
		return t.ParseIntStr(v, 10)
	case cls.Buffer != nil:
		return t.parseIntBuffer(v, 10)
	}
	return t.TypeErrorf("int() argument must be a string, a bytes-like object or a real number, not '%s'", cls.Name)
}

// exactResult checks what __int__ or __index__ returned.
func (t *Thread) exactResult(r Value, method string) Value {
	if r.P == nil || r.Is(&IntType) {
		return r
	}
	if r.Type().Flags&FlagInt == 0 {
		return t.TypeErrorf("%s returned non-int (type %s)", method, r.Type().Name)
	}
	if !t.Warn(&DeprecationWarningType, 1, "%s returned non-int (type %s).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.",
		method, r.Type().Name) {
		return Value{}
	}
	return ExactInt(r)
}

// FloatToInt is int(x).
func (t *Thread) FloatToInt(x float64) Value {
	if x > -9.2e18 && x < 9.2e18 {
		return MakeInt(int64(x))
	}
	switch {
	case x != x:
		return t.ValueErrorf("cannot convert float NaN to integer")
	case math.IsInf(x, 0):
		return t.OverflowErrorf("cannot convert float infinity to integer")
	}
	m, e := math.Frexp(x)
	z := big.NewInt(int64(m * (1 << 53)))
	if e -= 53; e >= 0 {
		z.Lsh(z, uint(e))
	} else {
		z.Quo(z, new(big.Int).Lsh(big.NewInt(1), uint(-e)))
	}
	return MakeBig(z)
}

// ParseIntStr is int(v, base) for a str.
func (t *Thread) ParseIntStr(v Value, base int) Value {
	s := v.Str()
	text := s.S
	if !s.IsASCII() {
		text = pyfmt.FoldNumber(text)
	}
	return t.parseInt(text, base, v)
}

func (t *Thread) parseIntBuffer(v Value, base int) Value {
	b, ok := v.Type().Buffer(t, v, false)
	if !ok {
		return Value{}
	}
	return t.parseInt(string(b.Bytes), base, v)
}

func (t *Thread) parseInt(text string, base int, v Value) Value {
	n, z, err := pyfmt.ParseInt(text, base, t.Interp.IntMaxStrDigits)
	if err == nil {
		if z != nil {
			return MakeBig(z)
		}
		return MakeInt(n)
	}
	if errors.Is(err, pyfmt.ErrSyntax) {
		r := t.Repr(v)
		if r == nil {
			return Value{}
		}
		return t.ValueErrorf("invalid literal for int() with base %d: %s", base, clipPoints(r.S, 200))
	}
	return t.raiseFmt(err)
}

// clipPoints returns the first n code points of s.
func clipPoints(s string, n int) string {
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			if n == 0 {
				return s[:i]
			}
			n--
		}
	}
	return s
}

// raiseFmt raises the exception that an error of package pyfmt names.
func (t *Thread) raiseFmt(err error) Value {
	var e *pyfmt.Error
	if !errors.As(err, &e) {
		return t.ValueErrorf("%s", err.Error())
	}
	switch e.Kind {
	case pyfmt.OverflowError:
		return t.OverflowErrorf("%s", e.Text)
	case pyfmt.TypeError:
		return t.TypeErrorf("%s", e.Text)
	case pyfmt.MemoryError:
		return t.RaiseNew(&MemoryErrorType)
	}
	return t.ValueErrorf("%s", e.Text)
}
