package object

import (
	"strings"

	"github.com/krait-py/krait/internal/pyfmt"
)

// bytesMod is the operator % with bytes or a bytearray on its left.
func bytesMod(t *Thread, a, b Value) Value {
	if a.Type().Flags&FlagBytes == 0 && !a.IsA(&ByteArrayType) {
		return NotImplemented
	}
	format := bytesText(a)
	if isArray(a) {
		format = strings.Clone(format)
	}
	p := percenter{t: t, f: pyfmt.Percent{Format: format, Bytes: true}}
	bt := b.Type()
	p.operand(b, bt.GetItem != nil && bt.Flags&(FlagStr|FlagBytes) == 0 && !bt.IsSubtype(&ByteArrayType))
	buf := t.takeText()
	var d pyfmt.Directive
	for p.f.Next(&d) {
		buf = append(buf, d.Literal...)
		if !d.Present {
			continue
		}
		var ok bool
		if buf, ok = p.appendBytes(buf, &d); !ok {
			return Value{}
		}
		if len(buf) > maxBytes {
			return t.RaiseNew(&MemoryErrorType)
		}
	}
	if p.next < p.n && p.mapping.P == nil {
		return t.TypeErrorf("not all arguments converted during bytes formatting")
	}
	var v Value
	if isArray(a) {
		v = Of(NewByteArray(append([]byte(nil), buf...)))
	} else {
		v = CopyBytes(buf)
	}
	t.dropText(buf)
	return v
}

func bytesKey(s string) Value { return MakeBytes(s) }

// appendBytes appends what a directive makes of the next argument.
func (p *percenter) appendBytes(b []byte, d *pyfmt.Directive) ([]byte, bool) {
	t := p.t
	if (d.HasKey || d.WidthArg || d.PrecisionArg || d.Err != nil) && !p.prepare(d, bytesKey) {
		return b, false
	}
	v := p.arg()
	if v.P == nil {
		return b, false
	}
	var err error
	switch d.Verb {
	case 's', 'b':
		s, ok := p.bytesArg(v)
		if !ok {
			return b, false
		}
		b, err = d.AppendText(b, s, len(s))
	case 'r', 'a':
		s := t.ASCII(v)
		if s == nil {
			return b, false
		}
		b, err = d.AppendText(b, s.S, len(s.S))
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
			if t.Catch(&TypeErrorType) != nil {
				t.TypeErrorf("float argument required, not %s", v.Type().Name)
			}
			return b, false
		}
		b, err = d.AppendFloat(b, x)
	case 'c':
		c, ok := p.byteArg(v)
		if !ok {
			return b, false
		}
		b, err = d.AppendText(b, byteBytes[c].S, 1)
	default:
		err = d.VerbError(&p.f)
	}
	if err != nil {
		t.raiseFmt(err)
		return b, false
	}
	return b, true
}

// bytesArg returns the bytes for the verbs b and s.
func (p *percenter) bytesArg(v Value) (string, bool) {
	t := p.t
	if v.Type().Flags&FlagBytes != 0 && v.Is(&BytesType) || v.Is(&ByteArrayType) {
		return bytesText(v), true
	}
	if r, found := t.CallSpecial(v, nameBytes); found {
		if r.P == nil {
			return "", false
		}
		if r.Type().Flags&FlagBytes == 0 {
			t.TypeErrorf("__bytes__ returned non-bytes (type %s)", r.Type().Name)
			return "", false
		}
		return To[Bytes](r).S, true
	}
	if v.Type().Buffer != nil {
		return t.BytesLike(v)
	}
	t.TypeErrorf("%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'", v.Type().Name)
	return "", false
}

// byteArg returns the byte for the verb c.
func (p *percenter) byteArg(v Value) (byte, bool) {
	t := p.t
	const wants = "%%c requires an integer in range(256) or a single byte, not "
	array := v.IsA(&ByteArrayType)
	if array || v.Type().Flags&FlagBytes != 0 {
		s := bytesText(v)
		if len(s) == 1 {
			return s[0], true
		}
		kind := "bytes"
		if array {
			kind = "bytearray"
		}
		t.TypeErrorf(wants+"a %s object of length %d", kind, len(s))
		return 0, false
	}
	x := t.Index(v)
	if x.P == nil {
		if t.Catch(&TypeErrorType) != nil {
			t.TypeErrorf(wants+"%s", v.Type().Name)
		}
		return 0, false
	}
	if !x.IsInt() || uint64(x.Int()) > 255 {
		t.OverflowErrorf("%%c arg not in range(%d)", 256)
		return 0, false
	}
	return byte(x.Int()), true
}
