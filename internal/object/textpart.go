package object

import (
	"strconv"
	"unsafe"

	"github.com/krait-py/krait/internal/pyfmt"
)

// Parts of f-strings. The text of a number, or of a str with a format spec, that goes into a longer text and nowhere else is not
// made before that: the parts of an f-string are numbers and str that say how they are to be written. Package lift sees to
// it that only what puts them together gets to see them.
//
// The part of a number has its payload, and points to a textPart instead of a tag. The part of a str is the str, with the number of its spec
// in the payload, which objects do not use.

// textPart says how the value of a part is written.
type textPart struct {
	Head
	kind *Type // of the value: int, float or str
	spec *pyfmt.Spec
	// number is one more than the place in textParts.all.
	number uint64
}

var textPartType = Type{Name: "part of a text"}

// The parts of numbers that are written as str does.
var (
	intPart   = textPart{Head: Head{&textPartType}, kind: &IntType}
	floatPart = textPart{Head: Head{&textPartType}, kind: &FloatType}
)

// textParts are an interpreter's parts with specs. A program's source has few specs; those beyond maxParts are not known.
type textParts struct {
	all   []*textPart
	texts map[partKey]*textPart // nil: the spec is none for a part
	// recent are parts by the str of the spec, most often a constant of the code.
	recent [partSlots]struct {
		spec *Str
		kind *Type
		part *textPart
	}
}

type partKey struct {
	kind *Type
	text string
}

const (
	maxParts  = 256
	partSlots = 64
)

// IsPart reports whether v is the part of a text and no str.
func IsPart(v Value) bool { return v.Type() == &textPartType }

// PartOf returns the part of a text that is v as str(v) has it; no value if that text has to be made now.
func PartOf(v Value) Value {
	switch {
	case v.IsInt():
		return Value{unsafe.Pointer(&intPart), v.B}
	case v.IsFloat():
		return Value{unsafe.Pointer(&floatPart), v.B}
	}
	return Value{}
}

// PartFormatted returns the part of a text that is format(v, spec), where spec is a constant; no value if that text has to be made now.
func (t *Thread) PartFormatted(v Value, spec *Str) Value {
	kind := v.Type()
	if kind != &StrType && !v.IsInt() && kind != &FloatType {
		return Value{}
	}
	ps := t.Interp.parts
	if ps == nil {
		ps = &textParts{texts: map[partKey]*textPart{}}
		t.Interp.parts = ps
	}
	e := &ps.recent[(uintptr(unsafe.Pointer(spec))>>4^uintptr(unsafe.Pointer(kind))>>6)%partSlots]
	if e.spec != spec || e.kind != kind {
		p, ok := ps.find(kind, spec.S)
		if !ok {
			return Value{}
		}
		e.spec, e.kind, e.part = spec, kind, p
	}
	switch p := e.part; {
	case p == nil:
		return Value{}
	case kind == &StrType:
		return Value{v.P, p.number}
	default:
		return Value{unsafe.Pointer(p), v.B}
	}
}

// find returns the part for a spec; ok is false if there are too many.
func (ps *textParts) find(kind *Type, text string) (p *textPart, ok bool) {
	key := partKey{kind, text}
	if p, ok = ps.texts[key]; ok {
		return p, true
	}
	if len(ps.texts) >= maxParts {
		return nil, false
	}
	if sp := sureSpec(kind, text); sp != nil {
		p = &textPart{Head: Head{&textPartType}, kind: kind, spec: sp, number: uint64(len(ps.all)) + 1}
		ps.all = append(ps.all, p)
	}
	ps.texts[key] = p
	return p, true
}

// sureSpec returns a spec with which formatting values of a kind never fails; nil if it may fail: then it has to fail at once.
func sureSpec(kind *Type, text string) *pyfmt.Spec {
	switch kind {
	case &IntType:
		if sp, err := pyfmt.ParseSpec(text, pyfmt.ForInt); err == nil && sp.SureForInt() {
			return &sp
		}
	case &FloatType:
		if sp, err := pyfmt.ParseSpec(text, pyfmt.ForFloat); err == nil && sp.SureForFloat() {
			return &sp
		}
	case &StrType:
		if sp, err := pyfmt.ParseSpec(text, pyfmt.ForStr); err == nil && sp.SureForStr() {
			return &sp
		}
	}
	return nil
}

// JoinParts returns the text that the parts of an f-string make. Others than str are what PartOf and PartFormatted return.
func JoinParts(t *Thread, parts []Value) Value {
	for i := range parts {
		if p := &parts[i]; !p.IsStr() || p.B != 0 {
			return joinParts(t, parts)
		}
	}
	return JoinStrs(t, parts)
}

func joinParts(t *Thread, parts []Value) Value {
	b, n := t.appendParts(t.takeText(), parts)
	if len(b) > maxBytes {
		t.dropText(b)
		return t.RaiseNew(&MemoryErrorType)
	}
	return t.giveText(b, n)
}

// appendParts appends the texts of parts as long as they are not too long, and returns how many code points they have.
func (t *Thread) appendParts(b []byte, parts []Value) ([]byte, int) {
	n := 0
	for _, p := range parts {
		at := len(b)
		b = t.appendPart(b, p)
		if p.IsStr() && p.B == 0 {
			n += p.Str().Len()
		} else {
			n += CountPoints(textOf(b[at:]))
		}
		if len(b) > maxBytes {
			break
		}
	}
	return b, n
}

// appendPart appends the text of a part.
func (t *Thread) appendPart(b []byte, v Value) []byte {
	p := t.partOf(v)
	if p == nil {
		return append(b, v.Str().S...)
	}
	// What could go wrong has been looked at when the part was made.
	switch {
	case p.kind == &StrType:
		b, _ = p.spec.AppendStr(b, v.Str().S, v.Str().Len(), "str")
	case p.kind == &FloatType && p.spec == nil:
		b = pyfmt.AppendRepr(b, v.Float())
	case p.kind == &FloatType:
		b, _ = p.spec.AppendFloat(b, v.Float(), "float")
	case p.spec == nil:
		b = strconv.AppendInt(b, v.Int(), 10)
	default:
		b, _ = p.spec.AppendInt(b, v.Int(), nil, "int", 0)
	}
	return b
}

// partOf returns what v is as a part of a text; nil: an ordinary value.
func (t *Thread) partOf(v Value) *textPart {
	switch {
	case v.P == nil:
	case v.Type() == &textPartType:
		return To[textPart](v)
	case v.IsStr() && v.B != 0:
		return t.Interp.parts.all[v.B-1]
	}
	return nil
}

// WholePart returns the text of a part as a str, and other values as they are.
func (t *Thread) WholePart(v Value) Value {
	if t.partOf(v) == nil {
		return v
	}
	return joinParts(t, []Value{v})
}
