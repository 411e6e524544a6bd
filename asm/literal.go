package asm

import (
	"bytes"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/krait-py/krait/code"
)

// literals writes values in the notation of docs/asm.md.
type literals struct {
	py2 bool
	// anchors numbers the values that are written once and referred to
	// elsewhere.
	anchors map[code.Value]int
	// defined holds the anchors that have been written; nil makes append
	// write every anchored value as a reference, which is how values are
	// compared.
	defined map[int]bool
	// codeLabel returns what stands behind "code " for a code object.
	codeLabel func(o *code.Object) string
}

// maxDepth bounds how deep values and blocks may nest in a text. It is the
// limit of marshal streams.
const maxDepth = 2000

func (l *literals) append(b []byte, v code.Value) []byte { return l.nested(b, v, 0) }

func (l *literals) nested(b []byte, v code.Value, depth int) []byte {
	if len(l.anchors) > 0 {
		if n, ok := l.anchors[v]; ok {
			if l.defined == nil || l.defined[n] {
				return strconv.AppendInt(append(b, '*'), int64(n), 10)
			}
			l.defined[n] = true
			b = strconv.AppendInt(append(b, '&'), int64(n), 10)
			b = append(b, ' ')
		}
	}
	if depth > maxDepth {
		return append(b, "NULL"...) // unreachable for what marshal can hold
	}
	switch v := v.(type) {
	case *code.NoneType:
		return append(b, "None"...)
	case *code.Bool:
		if v.V {
			return append(b, "True"...)
		}
		return append(b, "False"...)
	case *code.EllipsisType:
		return append(b, "Ellipsis"...)
	case *code.StopIterationType:
		return append(b, "StopIteration"...)
	case *code.Int:
		return l.int(b, v)
	case *code.Float:
		return appendFloat(b, v.V)
	case *code.Complex:
		return appendComplex(b, v.Re, v.Im)
	case *code.Str:
		if l.py2 {
			b = append(b, 'u')
		}
		return appendQuoted(b, v.S)
	case *code.Bytes:
		if !l.py2 {
			b = append(b, 'b')
		}
		return appendQuotedBytes(b, v.S)
	case *code.Tuple:
		b = l.items(append(b, '('), v.Items, depth)
		if len(v.Items) == 1 {
			b = append(b, ',')
		}
		return append(b, ')')
	case *code.List:
		return append(l.items(append(b, '['), v.Items, depth), ']')
	case *code.Set:
		return l.set(b, v, depth)
	case *code.Dict:
		return l.dict(b, v, depth)
	case *code.Slice:
		b = l.nested(append(b, "slice("...), v.Start, depth+1)
		b = l.nested(append(b, ", "...), v.Stop, depth+1)
		b = l.nested(append(b, ", "...), v.Step, depth+1)
		return append(b, ')')
	case *code.Object:
		return append(append(b, "code "...), l.codeLabel(v)...)
	}
	return append(b, "NULL"...)
}

func (l *literals) items(b []byte, items []code.Value, depth int) []byte {
	for i, v := range items {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = l.nested(b, v, depth+1)
	}
	return b
}

func (l *literals) set(b []byte, v *code.Set, depth int) []byte {
	switch {
	case v.Frozen && len(v.Items) == 0:
		return append(b, "frozenset()"...)
	case len(v.Items) == 0:
		return append(b, "set()"...)
	case v.Frozen:
		return append(l.items(append(b, "frozenset({"...), v.Items, depth), "})"...)
	}
	return append(l.items(append(b, '{'), v.Items, depth), '}')
}

func (l *literals) dict(b []byte, v *code.Dict, depth int) []byte {
	if v.Frozen {
		b = append(b, "frozendict("...)
	}
	b = append(b, '{')
	for i := range min(len(v.Keys), len(v.Values)) {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = l.nested(b, v.Keys[i], depth+1)
		b = l.nested(append(b, ": "...), v.Values[i], depth+1)
	}
	b = append(b, '}')
	if v.Frozen {
		b = append(b, ')')
	}
	return b
}

// int writes an integer. Very long ones are hexadecimal, because the time for
// decimal digits grows faster than their number.
func (l *literals) int(b []byte, v *code.Int) []byte {
	switch {
	case v.Big == nil:
		b = strconv.AppendInt(b, v.V, 10)
	case v.Big.BitLen() > 1<<12:
		if v.Big.Sign() < 0 {
			b = append(b, '-')
		}
		b = append(b, "0x"...)
		if v.Big.Sign() < 0 {
			b = append(b, v.Big.Text(16)[1:]...)
		} else {
			b = append(b, v.Big.Text(16)...)
		}
	default:
		b = v.Big.Append(b, 10)
	}
	if l.py2 && isLong(v) {
		b = append(b, 'L')
	}
	return b
}

// isLong reports whether v is a long of Python 2.
func isLong(v *code.Int) bool { return v.Form.Type() == 'l' || v.Big != nil && !v.Big.IsInt64() }

// quietNaN is the bits of the NaN that Python's float('nan') is.
const quietNaN = 0x7ff8000000000000

func appendFloat(b []byte, f float64) []byte {
	switch {
	case math.Float64bits(f) == quietNaN:
		return append(b, "nan"...)
	case math.IsNaN(f):
		return append(strconv.AppendUint(append(b, "nan(0x"...), math.Float64bits(f), 16), ')')
	case math.IsInf(f, 1):
		return append(b, "inf"...)
	case math.IsInf(f, -1):
		return append(b, "-inf"...)
	}
	start := len(b)
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		format = 'e'
	}
	b = strconv.AppendFloat(b, f, format, -1, 64)
	for _, c := range b[start:] {
		if c == '.' || c == 'e' {
			return b
		}
	}
	return append(b, ".0"...)
}

// appendComplex writes 2j, or complex(1.0, 2.0) when the real part is not zero.
func appendComplex(b []byte, re, im float64) []byte {
	finite := !math.IsNaN(im) && !math.IsInf(im, 0)
	if math.Float64bits(re) == 0 && finite {
		return append(bytes.TrimSuffix(appendFloat(b, im), []byte(".0")), 'j')
	}
	b = appendFloat(append(b, "complex("...), re)
	return append(appendFloat(append(b, ", "...), im), ')')
}

const hexDigits = "0123456789abcdef"

// plainASCII says which bytes stand for themselves between quotes.
var plainASCII = func() (t [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// appendQuoted writes text between double quotes. Lone surrogates, which are
// three bytes each in a code.Str, become \ud800; a byte that belongs to no
// character, which marshal does not let pass, becomes \x and its number.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && plainASCII[s[i]] {
			i++
		}
		b = append(b, s[start:i]...)
		if i == len(s) {
			break
		}
		c := s[i]
		if c < utf8.RuneSelf {
			b = appendEscape(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			if r, ok := surrogate(s[i:]); ok {
				b = appendHex(append(b, `\u`...), uint32(r), 4)
				n = 3
			} else {
				b = appendHex(append(b, `\x`...), uint32(c), 2)
			}
		case unicode.IsPrint(r):
			b = append(b, s[i:i+n]...)
		case r < 0x100:
			b = appendHex(append(b, `\x`...), uint32(r), 2)
		case r < 0x10000:
			b = appendHex(append(b, `\u`...), uint32(r), 4)
		default:
			b = appendHex(append(b, `\U`...), uint32(r), 8)
		}
		i += n
	}
	return append(b, '"')
}

// surrogate reads a surrogate written as three bytes at the start of s.
func surrogate(s string) (rune, bool) {
	if len(s) < 3 || s[0] != 0xed || s[1]&0xe0 != 0xa0 || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), true
}

func appendQuotedBytes(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		if plainASCII[s[i]] {
			b = append(b, s[i])
		} else {
			b = appendEscape(b, s[i])
		}
	}
	return append(b, '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
}

func appendHex(b []byte, n uint32, digits int) []byte {
	for i := digits - 1; i >= 0; i-- {
		b = append(b, hexDigits[n>>(4*i)&15])
	}
	return b
}

// isWordRune reports whether r may be part of a bare word: a name, label or
// keyword.
func isWordRune(r rune) bool {
	return r >= utf8.RuneSelf && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// wordASCII says which ASCII characters may be part of a bare word.
var wordASCII = func() (t [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.<>$" {
		t[c] = true
	}
	return t
}()

// longName is the length in bytes from which on a text or value is written
// only once where it is used several times.
const longName = 256

// isWord reports whether s can stand as a bare word where a name is expected.
func isWord(s string) bool {
	if s == "" || s[0] >= '0' && s[0] <= '9' || len(s) > longName {
		return false
	}
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if !wordASCII[s[i]] {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) {
			return false
		}
		i += n
	}
	return true
}

// appendName writes a name, between quotes when it is no word.
func appendName(b []byte, s string) []byte {
	if isWord(s) {
		return append(b, s...)
	}
	return appendQuoted(b, s)
}
