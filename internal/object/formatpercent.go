package object

import (
	"github.com/krait-py/krait/internal/pyfmt"
)

// percenter is one use of the operator %.
type percenter struct {
	t       *Thread
	f       pyfmt.Percent
	args    []Value // of a tuple
	single  Value   // the only argument, if there is no tuple
	next, n int
	mapping Value // no value if the right operand is none
}

// operand sets the arguments from the right operand.
func (p *percenter) operand(v Value, isMapping bool) {
	if v.Type().Flags&FlagTuple != 0 {
		p.args = To[Tuple](v).Items()
		p.n = len(p.args)
		return
	}
	p.single, p.n = v, 1
	if isMapping {
		p.mapping = v
	}
}

// arg returns the next argument.
func (p *percenter) arg() Value {
	if p.next >= p.n {
		return p.t.TypeErrorf("not enough arguments for format string")
	}
	p.next++
	if p.single.P != nil {
		return p.single
	}
	return p.args[p.next-1]
}

// star returns an argument that is a width or precision.
func (p *percenter) star(what string, small bool) (int, bool) {
	t := p.t
	v := p.arg()
	if v.P == nil {
		return 0, false
	}
	if v.Type().Flags&FlagInt == 0 {
		t.TypeErrorf("* wants int")
		return 0, false
	}
	x := ExactInt(v)
	if !x.IsInt() {
		if small {
			t.OverflowErrorf("Python int too large to convert to C int")
		} else {
			t.OverflowErrorf("Python int too large to convert to C ssize_t")
		}
		return 0, false
	}
	if small && int64(int32(x.Int())) != x.Int() {
		t.OverflowErrorf("Python int too large to convert to C int")
		return 0, false
	}
	return int(x.Int()), true
}

// prepare does what comes before the value of a directive: key, width and precision.
func (p *percenter) prepare(d *pyfmt.Directive, key func(s string) Value) bool {
	t := p.t
	if d.HasKey {
		if p.mapping.P == nil {
			t.TypeErrorf("format requires a mapping")
			return false
		}
		if d.KeyErr != nil {
			t.raiseFmt(d.KeyErr)
			return false
		}
		v := t.GetItem(p.mapping, key(d.Key))
		if v.P == nil {
			return false
		}
		p.single, p.next, p.n = v, 0, 1
	}
	if d.WidthArg {
		n, ok := p.star("width", false)
		if !ok {
			return false
		}
		d.SetWidth(n)
	}
	if d.PrecisionArg {
		n, ok := p.star("precision", true)
		if !ok {
			return false
		}
		d.SetPrecision(n)
	}
	if d.Err != nil {
		t.raiseFmt(d.Err)
		return false
	}
	return true
}

// strMod is the operator % with a str on its left.
func strMod(t *Thread, a, b Value) Value {
	if !a.IsStr() {
		return NotImplemented
	}
	p := percenter{t: t, f: pyfmt.Percent{Format: a.Str().S}}
	p.operand(b, b.Type().GetItem != nil && !b.IsStr())
	buf := t.takeText()
	var d pyfmt.Directive
	for p.f.Next(&d) {
		if len(buf) == 0 && p.f.Done() && p.next < p.n == d.Present {
			switch {
			case !d.Present && len(d.Literal) == len(p.f.Format):
				t.dropText(buf)
				return a.Str().exact()
			case d.Present && d.Verb == 's' && d.Literal == "" && !d.HasKey && p.single.P != nil && p.single.Is(&StrType) && d.Fits(p.single.Str().Len()):
				t.dropText(buf)
				return p.single
			}
		}
		buf = append(buf, d.Literal...)
		if !d.Present {
			continue
		}
		var ok bool
		if buf, ok = p.appendStr(buf, &d); !ok {
			return Value{}
		}
		if len(buf) > maxBytes {
			return t.RaiseNew(&MemoryErrorType)
		}
	}
	if p.next < p.n && p.mapping.P == nil {
		return t.TypeErrorf("not all arguments converted during string formatting")
	}
	return t.giveText(buf, CountPoints(textOf(buf)))
}

// appendStr appends what a directive makes of the next argument.
func (p *percenter) appendStr(b []byte, d *pyfmt.Directive) ([]byte, bool) {
	t := p.t
	if (d.HasKey || d.WidthArg || d.PrecisionArg || d.Err != nil) && !p.prepare(d, MakeStr) {
		return b, false
	}
	v := p.arg()
	if v.P == nil {
		return b, false
	}
	var err error
	switch d.Verb {
	case 's', 'r', 'a':
		var s *Str
		switch d.Verb {
		case 's':
			if d.Plain() {
				return t.appendStr(b, v)
			}
			s = t.Str(v)
		case 'r':
			s = t.Repr(v)
		default:
			s = t.ASCII(v)
		}
		if s == nil {
			return b, false
		}
		b, err = d.AppendText(b, s.S, s.Len())
	case 'd', 'i', 'u', 'o', 'x', 'X':
		x := p.integer(v, d.Verb)
		if x.P == nil {
			return b, false
		}
		n, z := bigOf(x)
		b, err = d.AppendInt(b, n, z, t.Interp.IntMaxStrDigits)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		x, ok := t.RealNumber(v)
		if !ok {
			return b, false
		}
		b, err = d.AppendFloat(b, x)
	case 'c':
		s := p.character(v)
		if s == "" {
			return b, false
		}
		b, err = d.AppendText(b, s, 1)
	default:
		err = d.VerbError(&p.f)
	}
	if err != nil {
		t.raiseFmt(err)
		return b, false
	}
	return b, true
}

// integer converts an argument for the verbs of ints.
func (p *percenter) integer(v Value, verb rune) Value {
	if v.IsInt() {
		return v
	}
	cls := v.Type()
	if cls.Flags&FlagInt != 0 {
		return ExactInt(v)
	}
	t := p.t
	if cls.Int != nil || cls.Index != nil || cls.Float != nil || cls.IsSubtype(&ComplexType) {
		var x Value
		if verb|0x20 == 'x' || verb == 'o' {
			x = t.Index(v)
		} else {
			x = t.ToInt(v)
		}
		if x.P != nil || t.Catch(&TypeErrorType) == nil {
			return x
		}
	}
	if verb|0x20 == 'x' || verb == 'o' {
		return t.TypeErrorf("%%%c format: an integer is required, not %s", verb, cls.Name)
	}
	return t.TypeErrorf("%%%c format: a real number is required, not %s", verb, cls.Name)
}

// character returns the text for the verb c, or "".
func (p *percenter) character(v Value) string {
	t := p.t
	if v.IsStr() {
		s := v.Str()
		if s.Len() != 1 {
			t.TypeErrorf("%%c requires an int or a unicode character, not a string of length %d", s.Len())
			return ""
		}
		return s.S
	}
	x := t.Index(v)
	if x.P == nil {
		if t.Catch(&TypeErrorType) != nil {
			t.TypeErrorf("%%c requires an int or a unicode character, not %s", v.Type().Name)
		}
		return ""
	}
	if !x.IsInt() || x.Int() < 0 || x.Int() > 0x10FFFF {
		t.OverflowErrorf("%%c arg not in range(%#x)", 0x110000)
		return ""
	}
	return MakeChar(rune(x.Int())).Str().S
}
