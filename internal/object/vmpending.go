package object

// What package vm calls and is not written yet: each goes to the file of its type.

import "strconv"

type Bytes struct {
	Head
	S string
}

func NewBytes(s string) *Bytes { return &Bytes{Head{&BytesType}, s} }

func (t *Thread) Format(v, spec Value) Value {
	if spec.Str().N == 0 {
		return strOrNil(t.Str(v))
	}
	return t.CallMethod(v, StaticLookup("__format__"), spec)
}

func (t *Thread) ASCII(v Value) *Str {
	s := t.Repr(v)
	if s == nil || s.IsASCII() {
		return s
	}
	q := strconv.QuoteToASCII(s.S)
	return NewStr(q[1 : len(q)-1])
}

func NewInterpolation(value, expr, conv, spec Value) Value { return None }
func NewTemplate(strings, interpolations Value) Value      { return None }

func NewAnextDefault(t *Thread, v, def Value) Value { return v }
