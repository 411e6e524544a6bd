package object

import (
	"math/big"
	"strconv"

	"github.com/krait-py/krait/internal/pyfmt"
)

var nameFormat = StaticName("__format__")

// Format is format(v, spec): spec is a str.
func (t *Thread) Format(v, spec Value) Value {
	s := spec.Str()
	cls := v.Type()
	if s.S == "" {
		switch cls {
		case &StrType:
			return v
		case &IntType:
			return intRepr(t, v)
		case &FloatType:
			return floatRepr(t, v)
		}
	} else if cls == &IntType || cls == &FloatType || cls == &StrType {
		b, n, err := t.appendFormat(t.takeText(), v, s.S)
		if err != nil {
			return t.raiseFmt(err)
		}
		if cls == &StrType && len(b) == len(v.Str().S) && textOf(b) == v.Str().S {
			t.dropText(b)
			return v // nothing to do
		}
		return t.giveText(b, n)
	}
	if isObjectFormat(t, cls) && s.S == "" {
		return strOrNil(t.Str(v))
	}
	r, found := t.CallSpecial(v, nameFormat, spec)
	switch {
	case !found:
		return t.TypeErrorf("Type %s doesn't define __format__", cls.Name)
	case r.P == nil || r.IsStr():
		return r
	}
	return t.TypeErrorf("__format__ must return a str, not %s", r.Type().Name)
}

// isObjectFormat reports whether a type has __format__ from object.
func isObjectFormat(t *Thread, cls *Type) bool {
	return cls.Lookup(t, nameFormat) == ObjectType.Dict().GetStr(nameFormat)
}

// appendFormat appends an exact int, float or str as a spec that is not empty wants. n is the number of code points
// of all that dst then has, if dst was empty.
func (t *Thread) appendFormat(dst []byte, v Value, spec string) (b []byte, n int, err error) {
	switch v.Type() {
	case &StrType:
		s := v.Str()
		b, err = t.specs.FormatStr(dst, s.S, s.Len(), spec, "str")
	case &FloatType:
		b, err = t.specs.FormatFloat(dst, v.Float(), spec, "float")
	default:
		x, z, _ := intParts(v)
		b, err = t.specs.FormatInt(dst, x, z, spec, "int", t.Interp.IntMaxStrDigits)
	}
	return b, CountPoints(textOf(b)), err
}

func strFormat(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("__format__() argument must be str, not %s", ArgName(a[1]))
	}
	s, spec := a[0].Str(), a[1].Str().S
	if spec == "" {
		if s.Type == &StrType {
			return a[0]
		}
		return strOrNil(t.Str(a[0]))
	}
	b, err := t.specs.FormatStr(t.takeText(), s.S, s.Len(), spec, s.Type.Name)
	if err != nil {
		return t.raiseFmt(err)
	}
	return t.giveNew(b)
}

// appendStr appends str(v).
func (t *Thread) appendStr(b []byte, v Value) ([]byte, bool) {
	switch v.Type() {
	case &StrType:
		return append(b, v.Str().S...), true
	case &IntType:
		if v.IsInt() {
			return strconv.AppendInt(b, v.Int(), 10), true
		}
	case &FloatType:
		return pyfmt.AppendRepr(b, v.Float()), true
	}
	s := t.Str(v)
	if s == nil {
		return b, false
	}
	return append(b, s.S...), true
}

// appendFormatted appends format(v, spec).
func (t *Thread) appendFormatted(b []byte, v Value, spec string) ([]byte, bool) {
	cls := v.Type()
	if cls == &StrType || cls == &IntType || cls == &FloatType {
		if spec == "" {
			return t.appendStr(b, v)
		}
		var err error
		switch {
		case cls == &StrType:
			s := v.Str()
			b, err = t.specs.FormatStr(b, s.S, s.Len(), spec, "str")
		case cls == &FloatType:
			b, err = t.specs.FormatFloat(b, v.Float(), spec, "float")
		default:
			x, z, _ := intParts(v)
			b, err = t.specs.FormatInt(b, x, z, spec, "int", t.Interp.IntMaxStrDigits)
		}
		if err != nil {
			t.raiseFmt(err)
			return b, false
		}
		return b, true
	}
	r := t.Format(v, MakeStr(spec))
	if r.P == nil {
		return b, false
	}
	return append(b, r.Str().S...), true
}

// bigOf is an int's value as AppendInt of package pyfmt wants it.
func bigOf(v Value) (int64, *big.Int) {
	x, z, _ := intParts(v)
	return x, z
}
