// Package jsonmod is module _json: the parts of json that are worth being fast.
package jsonmod

import (
	"github.com/krait-py/krait/internal/object"
)

type (
	thread = object.Thread
	value  = object.Value
)

// methods are the functions of the module.
var methods = []object.MethodDef{
	{Name: "encode_basestring_ascii", Sig: "(object, /)", Fn: func(t *thread, a []value) value { return quoted(t, a[0], true) }, Doc: "encode_basestring_ascii(string) -> string\n\nReturn an ASCII-only JSON representation of a Python string"},
	{Name: "encode_basestring", Sig: "(object, /)", Fn: func(t *thread, a []value) value { return quoted(t, a[0], false) }, Doc: "encode_basestring(string) -> string\n\nReturn a JSON representation of a Python string"},
	{Name: "scanstring", Sig: "(string, end, strict=True, /)", Fn: scanString, Doc: "scanstring(string, end, strict=True) -> (string, end)\n\nScan the string s for a JSON string. End is the index of the\ncharacter in s after the quote that started the JSON string.\nUnescapes all valid JSON string escape sequences and raises ValueError\non attempt to decode an invalid string. If strict is False then literal\ncontrol characters are allowed in the string.\n\nReturns a tuple of the decoded string and the index of the character in s\nafter the end quote."},
}

// Module is the definition of _json.
var Module = object.ModuleDef{
	Setup: func(*object.ModuleDef) {
		setupScanner()
		setupEncoder()
	},
	Name:    "_json",
	Doc:     "json speedups\n",
	Methods: methods,
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "make_scanner", object.Of(&scannerType))
		m.Set(t, "make_encoder", object.Of(&encoderType))
		return true
	},
}

// maxDepth bounds the nesting of values.
const maxDepth = 20000

func quoted(t *thread, v value, ascii bool) value {
	if !v.IsStr() {
		return t.TypeErrorf("first argument must be a string, not %s", v.Type().Name)
	}
	var space [256]byte
	b := appendQuoted(space[:0], v.Str(), ascii)
	n := len(b)
	if !ascii {
		n = v.Str().Len() + len(b) - len(v.Str().S)
	}
	return object.CopyText(b, n)
}

// plain has the ASCII characters that stand for themselves in a JSON string.
var plain = func() (p [128]bool) {
	for c := range p {
		p[c] = c >= ' ' && c != '"' && c != '\\'
	}
	p[0x7F] = true
	return p
}()

const hexDigits = "0123456789abcdef"

// appendQuoted appends a str as JSON; what is not ASCII, and DEL with it, is escaped if ascii is true.
func appendQuoted(b []byte, s *object.Str, ascii bool) []byte {
	b = append(b, '"')
	text := s.S
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c < 0x80 {
			if plain[c] && (c != 0x7F || !ascii) {
				i++
				continue
			}
		} else if !ascii {
			i++
			continue
		}
		b = append(b, text[start:i]...)
		r, n := object.DecodePoint(text[i:])
		i += n
		start = i
		switch r {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, '\\', 'b')
		case '\f':
			b = append(b, '\\', 'f')
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			if r >= 0x10000 {
				r -= 0x10000
				b = appendUnit(b, 0xD800|r>>10)
				r = 0xDC00 | r&0x3FF
			}
			b = appendUnit(b, r)
		}
	}
	return append(append(b, text[start:]...), '"')
}

func appendUnit(b []byte, u rune) []byte {
	return append(b, '\\', 'u', hexDigits[u>>12&15], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
}
