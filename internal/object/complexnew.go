package object

import (
	"errors"

	"github.com/krait-py/krait/internal/pyfmt"
)

var nameComplex = StaticName("__complex__")

func makeComplexOf(cls *Type, c complex128) Value {
	if cls.AttrOffset == 0 {
		p := &Complex{V: c}
		p.Type = cls
		return Of(p)
	}
	p := &complexSub{}
	p.Type, p.V = cls, c
	return InitAttrs(cls, Of(p))
}

func complexNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	var re, im Value
	n := len(args) - nameCount(names)
	if len(args) > 2 {
		kind := ""
		if len(args) == nameCount(names) {
			kind = "keyword "
		}
		return t.TypeErrorf("complex() takes at most 2 %sarguments (%d given)", kind, len(args))
	}
	if n > 0 {
		re = args[0]
	}
	if n > 1 {
		im = args[1]
	}
	for i := n; i < len(args); i++ {
		p, at := &re, 1
		switch name := names.Items()[i-n].Str().S; name {
		case "real":
		case "imag":
			p, at = &im, 2
		default:
			return t.TypeErrorf("complex() got an unexpected keyword argument '%s'", name)
		}
		if p.P != nil {
			return t.TypeErrorf("argument for complex() given by name ('%s') and position (%d)", names.Items()[i-n].Str().S, at)
		}
		*p = args[i]
	}
	if len(args) == 1 && n == 1 {
		return t.complexOf(cls, re)
	}
	var c, x complex128
	var isComplex, ok bool
	if re.P != nil {
		if c, isComplex, ok = t.complexPart(re, "real"); !ok {
			return Value{}
		}
	}
	if im.P != nil {
		// A part that is complex itself counts with both its parts; others leave the sign of a zero alone.
		imagIsComplex := false
		if x, imagIsComplex, ok = t.complexPart(im, "imag"); !ok {
			return Value{}
		}
		y := real(x)
		if isComplex {
			y += imag(c)
		}
		c = complex(real(c), y)
		if imagIsComplex {
			c = complex(real(c)-imag(x), y)
		}
	}
	return makeComplexOf(cls, c)
}

// complexOf is complex(v) with one argument.
func (t *Thread) complexOf(cls *Type, v Value) Value {
	if v.Is(&ComplexType) && cls == &ComplexType {
		return v
	}
	if v.IsStr() {
		return t.parseComplex(cls, v)
	}
	c, found, ok := t.specialComplex(v)
	if !ok {
		return Value{}
	}
	if !found {
		if a, ok := AsComplex(v); ok {
			c = a
		} else {
			x, ok := t.floatNumber(v)
			if !ok {
				if t.Exc == nil {
					t.TypeErrorf("complex() argument must be a string or a number, not %s", v.Type().Name)
				}
				return Value{}
			}
			c = complex(x, 0)
		}
	}
	return makeComplexOf(cls, c)
}

// specialComplex calls __complex__ if v's type has it.
func (t *Thread) specialComplex(v Value) (c complex128, found, ok bool) {
	if v.Is(&ComplexType) || v.IsFloat() || v.IsInt() {
		return 0, false, true
	}
	r, found := t.CallSpecial(v, nameComplex)
	if !found {
		return 0, false, true
	}
	if r.P == nil {
		return 0, true, false
	}
	c, isComplex := AsComplex(r)
	if !isComplex {
		t.TypeErrorf("__complex__ returned non-complex (type %s)", r.Type().Name)
		return 0, true, false
	}
	if !r.Is(&ComplexType) && !t.Warn(&DeprecationWarningType, 1, "__complex__ returned non-complex (type %s).  The ability to return an instance of a strict subclass of complex is deprecated, and may be removed in a future version of Python.", r.Type().Name) {
		return 0, true, false
	}
	return c, true, true
}

// complexPart converts one of two parts.
func (t *Thread) complexPart(v Value, name string) (c complex128, isComplex, ok bool) {
	c, isComplex = AsComplex(v)
	if !isComplex && name == "real" && !v.IsStr() {
		if c, isComplex, ok = t.specialComplex(v); !ok {
			return 0, false, false
		}
	}
	if isComplex {
		return c, true, t.Warn(&DeprecationWarningType, 1, "complex() argument '%s' must be a real number, not %s", name, v.Type().Name)
	}
	x, ok := t.floatNumber(v)
	if !ok && t.Exc == nil {
		t.TypeErrorf("complex() argument '%s' must be a real number, not %s", name, v.Type().Name)
	}
	return complex(x, 0), false, ok
}

func (t *Thread) parseComplex(cls *Type, v Value) Value {
	s := v.Str()
	text := s.S
	if !s.IsASCII() {
		text = pyfmt.FoldNumber(text)
	}
	re, im, err := pyfmt.ParseComplex(text)
	if errors.Is(err, pyfmt.ErrSyntax) {
		return t.ValueErrorf("could not convert string to complex: %s", t.reprText(v))
	}
	if err != nil {
		return t.raiseFmt(err)
	}
	return makeComplexOf(cls, complex(re, im))
}

// ComplexNumber converts an argument that must be a number to a complex one, as module cmath does.
func (t *Thread) ComplexNumber(v Value) (complex128, bool) {
	if c, ok := AsComplex(v); ok {
		return c, true
	}
	c, found, ok := t.specialComplex(v)
	if !ok || found {
		return c, ok
	}
	x, ok := t.RealNumber(v)
	return complex(x, 0), ok
}

func complexFromNumber(t *Thread, a []Value) Value {
	if a[1].Is(&ComplexType) && a[0] == Of(&ComplexType) {
		return a[1]
	}
	c, ok := t.ComplexNumber(a[1])
	if !ok {
		return Value{}
	}
	return t.castTo(a[0], &ComplexType, MakeComplex(c))
}
