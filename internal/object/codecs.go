package object

import (
	"errors"
	"strings"

	"github.com/krait-py/krait/internal/strs"
)

// errRaised says that the exception is set in the thread.
var errRaised = errors.New("exception set")

// codecArg returns an argument encoding or errors of the function name; def if it is absent.
func (t *Thread) codecArg(v Value, name, arg, def string) (string, bool) {
	if v.P == nil {
		return def, true
	}
	if !v.IsStr() {
		t.TypeErrorf("%s() argument '%s' must be str, not %s", name, arg, ArgName(v))
		return "", false
	}
	s := v.Str()
	if strings.IndexByte(s.S, 0) >= 0 {
		t.ValueErrorf("embedded null character")
		return "", false
	}
	if !s.IsASCII() && strs.HasSurrogate(s.S) >= 0 {
		return "", t.Encode(s, "utf-8", "strict").P != nil
	}
	return s.S, true
}

func strEncode(t *Thread, a []Value) Value {
	s := a[0].Str()
	if a[1].P == nil && a[2].P == nil && s.IsASCII() {
		return MakeBytes(s.S)
	}
	encoding, ok := t.codecArg(a[1], "encode", "encoding", "utf-8")
	if !ok {
		return Value{}
	}
	policy, ok := t.codecArg(a[2], "encode", "errors", "strict")
	if !ok {
		return Value{}
	}
	if e, ok := builtinEncoding(encoding); ok {
		return t.EncodeAs(e, s, policy)
	}
	return t.encodeText(a[0], encoding, a[2])
}

func bytesDecode(t *Thread, a []Value) Value {
	if a[1].P == nil && a[2].P == nil && !t.Interp.DevMode {
		if r := decodeValid(strs.UTF8, a[0]); r.P != nil {
			return r
		}
	}
	encoding, ok := t.codecArg(a[1], "decode", "encoding", "utf-8")
	if !ok {
		return Value{}
	}
	policy, ok := t.codecArg(a[2], "decode", "errors", "strict")
	if !ok {
		return Value{}
	}
	if _, ok := builtinEncoding(encoding); ok {
		return t.Decode(a[0], encoding, policy)
	}
	if bytesText(a[0]) == "" && !t.Interp.DevMode {
		return EmptyStr // nobody asks whether there is such an encoding
	}
	return t.decodeText(a[0], encoding, a[2])
}

// builtinEncoding returns the encoding that str.encode and bytes.decode do themselves.
func builtinEncoding(name string) (strs.Encoding, bool) {
	switch name {
	case "utf-8", "utf8":
		return strs.UTF8, true
	case "ascii", "us-ascii":
		return strs.ASCII, true
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1":
		return strs.Latin1, true
	case "utf-16", "utf16":
		return strs.UTF16, true
	case "utf-32", "utf32":
		return strs.UTF32, true
	}
	if len(name) > 16 {
		return 0, false
	}
	var space [16]byte
	b := space[:len(name)]
	changed := false
	for i := range len(name) {
		c := name[i]
		if c-'A' < 26 {
			c |= 0x20
			changed = true
		} else if c == '_' {
			c = '-'
			changed = true
		}
		b[i] = c
	}
	if !changed {
		return 0, false
	}
	return builtinEncoding(string(b))
}

// Encode is s.encode(encoding, errors).
func (t *Thread) Encode(s *Str, encoding, errors string) Value {
	if t.Interp.DevMode && !t.CheckErrors(errors) {
		return Value{}
	}
	if e, ok := builtinEncoding(encoding); ok {
		return t.EncodeAs(e, s, errors)
	}
	return t.encodeText(Of(s), encoding, MakeStr(errors))
}

// EncodeAs encodes s in an encoding that is built in.
func (t *Thread) EncodeAs(e strs.Encoding, s *Str, errors string) Value {
	if s.IsASCII() && (e == strs.UTF8 || e == strs.ASCII || e == strs.Latin1) {
		return MakeBytes(s.S)
	}
	policy := strs.PolicyOf(errors)
	h := encodeErrors{t: t, s: s, name: errors}
	r, err := e.Encode(s.S, policy, h.handler(policy))
	if err != nil {
		return t.raiseEncode(s, err)
	}
	return MakeBytes(r)
}

// RaiseEncodeError raises UnicodeEncodeError for s.
func (t *Thread) RaiseEncodeError(s *Str, e *strs.CodecError) Value { return t.raiseEncode(s, e) }

// RaiseDecodeError raises UnicodeDecodeError for data.
func (t *Thread) RaiseDecodeError(data string, e *strs.CodecError) Value {
	return t.raiseDecode(data, e)
}

// raiseEncode raises the exception for an error of an encoder.
func (t *Thread) raiseEncode(s *Str, err error) Value {
	var e *strs.CodecError
	if errors.As(err, &e) {
		return t.RaiseNew(&UnicodeEncodeErrorType, MakeStr(e.Encoding), Of(s), MakeInt(int64(e.Start)), MakeInt(int64(e.End)), MakeStr(e.Reason))
	}
	return Value{}
}

// Decode is v.decode(encoding, errors) for an object with a buffer.
func (t *Thread) Decode(v Value, encoding, errors string) Value {
	if t.Interp.DevMode && !t.CheckErrors(errors) {
		return Value{}
	}
	e, ok := builtinEncoding(encoding)
	if !ok {
		return t.decodeText(v, encoding, MakeStr(errors))
	}
	if r := decodeValid(e, v); r.P != nil {
		return r
	}
	s, ok := t.BytesLike(v)
	if !ok {
		return Value{}
	}
	r, _ := t.DecodeAs(e, v, s, errors, true)
	return r
}

// decodeValid decodes bytes or a bytearray in which nothing is wrong, with an encoding whose texts are a str's as they are; no value otherwise.
// Most texts are UTF-8, and most of these ASCII.
func decodeValid(e strs.Encoding, v Value) Value {
	if !v.Is(&BytesType) && !v.Is(&ByteArrayType) {
		return Value{}
	}
	s := bytesText(v)
	var n int
	var ok bool
	switch e {
	case strs.UTF8:
		n, ok = strs.ValidUTF8(s)
	case strs.ASCII, strs.Latin1:
		n, ok = len(s), strs.IsASCII(s)
	}
	switch {
	case !ok:
		return Value{}
	case isArray(v), len(s) <= maxPiece:
		return copyText(bytesOf(s), n)
	}
	return makeText(s, n)
}

// DecodeAs decodes data, the bytes of v, in an encoding that is built in, and returns how many bytes it has used.
func (t *Thread) DecodeAs(e strs.Encoding, v Value, data, errors string, final bool) (Value, int) {
	d, ok := t.DecodeFrom(e, v, data, 0, errors, final)
	if !ok {
		return Value{}, 0
	}
	return makeText(d.Text, d.Points), d.Used
}

// DecodeFrom is DecodeAs from an offset on. What an encoding without an order of bytes has there is no mark.
func (t *Thread) DecodeFrom(e strs.Encoding, v Value, data string, from int, errors string, final bool) (strs.Decoded, bool) {
	if v.Type().Flags&FlagBytes == 0 && !v.IsStr() {
		// The result may share the memory of data.
		data = strings.Clone(data)
	}
	policy := strs.PolicyOf(errors)
	h := decodeErrors{t: t, name: errors}
	var d strs.Decoded
	var err error
	if from == 0 {
		d, err = e.Decode(data, final, policy, h.handler(policy))
	} else {
		d, err = e.DecodeFrom(data, from, final, policy, h.handler(policy))
	}
	if err != nil {
		t.raiseDecode(data, err)
		return d, false
	}
	return d, true
}

// EncodeMap encodes s with a charmap, DecodeMap decodes data with one.
func (t *Thread) EncodeMap(m *strs.Charmap, s *Str, errors string) Value {
	policy := strs.PolicyOf(errors)
	h := encodeErrors{t: t, s: s, name: errors}
	r, err := m.Encode(s.S, policy, h.handler(policy))
	if err != nil {
		return t.raiseEncode(s, err)
	}
	return MakeBytes(r)
}

// DecodeMap decodes data, the bytes of v, with a charmap.
func (t *Thread) DecodeMap(m *strs.Charmap, v Value, data, errors string) Value {
	if v.Type().Flags&FlagBytes == 0 {
		data = strings.Clone(data)
	}
	policy := strs.PolicyOf(errors)
	h := decodeErrors{t: t, name: errors}
	d, err := m.Decode(data, policy, h.handler(policy))
	if err != nil {
		return t.raiseDecode(data, err)
	}
	return makeText(d.Text, d.Points)
}

// raiseDecode raises the exception for an error of a decoder.
func (t *Thread) raiseDecode(data string, err error) Value {
	var e *strs.CodecError
	if errors.As(err, &e) {
		return t.RaiseNew(&UnicodeDecodeErrorType, MakeStr(e.Encoding), MakeBytes(data), MakeInt(int64(e.Start)), MakeInt(int64(e.End)), MakeStr(e.Reason))
	}
	return Value{}
}
