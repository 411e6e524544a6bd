package object

import (
	"strings"

	"github.com/krait-py/krait/internal/strs"
)

// errorHandlers are the error handlers that are built in, as functions.
var errorHandlers []*MethodDef

// setupErrorHandlers makes the handlers of encoding errors.
func setupErrorHandlers() {
	add := func(name string, p strs.Policy, doc string) {
		StaticName(name)
		full := name + "_errors"
		if doc == "" {
			full = name
		}
		errorHandlers = append(errorHandlers, &MethodDef{Name: full, Sig: "(exception, /)", Doc: doc,
			Fn: func(t *Thread, a []Value) Value { return t.handleError(p, a[0]) }})
	}
	add("strict", strs.Strict, "Implements the 'strict' error handling, which raises a UnicodeError on coding errors.")
	add("ignore", strs.Ignore, "Implements the 'ignore' error handling, which ignores malformed data and continues.")
	add("replace", strs.Replace, "Implements the 'replace' error handling, which replaces malformed data with a replacement marker.")
	add("xmlcharrefreplace", strs.XMLCharRefReplace, "Implements the 'xmlcharrefreplace' error handling, which replaces an unencodable character with the appropriate XML character reference.")
	add("backslashreplace", strs.BackslashReplace, "Implements the 'backslashreplace' error handling, which replaces malformed data with a backslashed escape sequence.")
	add("namereplace", strs.NameReplace, "Implements the 'namereplace' error handling, which replaces an unencodable character with a \\N{...} escape sequence.")
	add("surrogatepass", strs.SurrogatePass, "")
	add("surrogateescape", strs.SurrogateEscape, "")
}

// handleError is an error handler that is built in, called with an exception.
func (t *Thread) handleError(p strs.Policy, v Value) Value {
	if v.Type().Flags&FlagException == 0 {
		if p == strs.Strict {
			return t.TypeErrorf("codec must pass exception instance")
		}
		return t.TypeErrorf("don't know how to handle %s in error callback", v.Type().Name)
	}
	if p == strs.Strict {
		return t.RaiseValue(v)
	}
	e := To[Exc](v)
	encode, decode := v.IsA(&UnicodeEncodeErrorType), v.IsA(&UnicodeDecodeErrorType)
	translate := v.IsA(&UnicodeTranslateErrorType)
	unknown := func() Value {
		return t.TypeErrorf("don't know how to handle %s in error callback", v.Type().Name)
	}
	if !encode && !decode && !translate {
		return unknown()
	}
	// Which handlers look at the encoding first, and which do not know an error, is seen where attributes are missing.
	switch {
	case (decode || translate) && (p == strs.XMLCharRefReplace || p == strs.NameReplace), translate && (p == strs.SurrogatePass || p == strs.SurrogateEscape):
		return unknown()
	case p == strs.SurrogatePass && e.field(UnicodeErrorEncoding).P == nil:
		return t.TypeErrorf("UnicodeError 'encoding' attribute is not set")
	}
	obj := e.field(UnicodeErrorObject)
	if obj.P == nil {
		return t.TypeErrorf("UnicodeError 'object' attribute is not set")
	}
	if decode {
		if obj.Type().Flags&FlagBytes == 0 {
			return t.TypeErrorf("UnicodeError 'object' attribute must be a bytes")
		}
		return t.handleDecodeError(p, v, To[Bytes](obj).S)
	}
	if !obj.IsStr() {
		return t.TypeErrorf("UnicodeError 'object' attribute must be a string")
	}
	s := obj.Str()
	start, end := errorRange(e, s.Len())
	part := s.S[s.offset(start):s.offset(end)]
	done := func(x Value) Value { return Of(NewTuple(x, MakeInt(int64(end)))) }
	switch p {
	case strs.Ignore:
		return done(EmptyStr)
	case strs.Replace:
		if translate {
			return done(MakeStr(string(repeatPoint(0xFFFD, end-start))))
		}
		return done(MakeStr(string(repeatPoint('?', end-start))))
	}
	enc := strs.ASCII
	if p == strs.SurrogatePass {
		name := e.Field(UnicodeErrorEncoding)
		var ok bool
		if !name.IsStr() {
			return t.RaiseValue(v)
		}
		if enc, ok = unicodeEncoding(name.Str().S); !ok {
			return t.RaiseValue(v)
		}
	}
	r, isBytes, ok := p.Encode(enc, part)
	switch {
	case !ok:
		return t.RaiseValue(v)
	case isBytes:
		return done(MakeBytes(r))
	}
	return done(MakeStr(r))
}

func (t *Thread) handleDecodeError(p strs.Policy, v Value, data string) Value {
	e := To[Exc](v)
	start, end := errorRange(e, len(data))
	enc := strs.ASCII
	switch p {
	case strs.Ignore:
		return Of(NewTuple(EmptyStr, MakeInt(int64(end))))
	case strs.Replace:
		return Of(NewTuple(MakeChar(0xFFFD), MakeInt(int64(end))))
	case strs.SurrogatePass:
		name := e.Field(UnicodeErrorEncoding)
		var ok bool
		if !name.IsStr() {
			return t.RaiseValue(v)
		}
		if enc, ok = unicodeEncoding(name.Str().S); !ok {
			return t.RaiseValue(v)
		}
	}
	b, next := p.Decode(nil, enc, data, start, end)
	if next < 0 {
		return t.RaiseValue(v)
	}
	return Of(NewTuple(MakeStr(string(b)), MakeInt(int64(next))))
}

// errorRange returns the part that an exception is about, within n characters and not empty unless there are none.
func errorRange(e *Exc, n int) (start, end int) {
	start, end = int(e.index(UnicodeErrorStart)), int(e.index(UnicodeErrorEnd))
	start = max(min(start, n-1), 0)
	end = min(max(end, 1), n)
	return start, max(end, start)
}

func repeatPoint(r rune, n int) []rune {
	b := make([]rune, max(n, 0))
	for i := range b {
		b[i] = r
	}
	return b
}

// unicodeEncoding returns the encoding of Unicode that a name, as in exceptions or of a codec, stands for.
func unicodeEncoding(name string) (strs.Encoding, bool) {
	switch strings.ReplaceAll(normalCodec(name), "_", "") {
	case "utf8", "cp65001":
		return strs.UTF8, true
	case "utf16", "utf16le":
		return strs.UTF16LE, true
	case "utf16be":
		return strs.UTF16BE, true
	case "utf32", "utf32le":
		return strs.UTF32LE, true
	case "utf32be":
		return strs.UTF32BE, true
	}
	return 0, false
}
