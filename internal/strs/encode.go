package strs

import (
	"strconv"
	"unsafe"

	"github.com/krait-py/krait/internal/uniname"
)

// Encode encodes a text. handle is used where the policy is not enough, and may be
// nil if that is not Other. The error is a *[CodecError] or comes from handle. What it
// returns shares the text's memory where it can.
func (e Encoding) Encode(text string, policy Policy, handle EncodeHandler) (string, error) {
	switch e {
	case UTF8:
		if HasSurrogate(text) < 0 {
			return text, nil
		}
	case ASCII, Latin1:
		if IsASCII(text) {
			return text, nil
		}
	}
	x := encoder{enc: e}
	return x.run(text, policy, handle)
}

// encoder encodes one text.
type encoder struct {
	enc   Encoding
	table *Charmap
	dst   []byte
	// The character with number point begins at offset byte: for counting characters
	// without beginning anew for each problem.
	byte, point int
}

// pointAt returns the number of the character at an offset.
func (x *encoder) pointAt(s string, offset int) int {
	if offset < x.byte {
		x.byte, x.point = 0, 0
	}
	x.point += Count(s[x.byte:offset])
	x.byte = offset
	return x.point
}

// offsetOf is the inverse of pointAt. A point behind the last one is the end.
func (x *encoder) offsetOf(s string, point int) int {
	if point < x.point {
		x.byte, x.point = 0, 0
	}
	for x.point < point && x.byte < len(s) {
		x.byte += width(s[x.byte])
		x.point++
	}
	x.byte = min(x.byte, len(s))
	return x.byte
}

func (x *encoder) run(s string, policy Policy, handle EncodeHandler) (string, error) {
	switch x.enc {
	case UTF16:
		x.dst = append(x.dst, 0xFF, 0xFE)
	case UTF32:
		x.dst = append(x.dst, 0xFF, 0xFE, 0, 0)
	}
	pos := 0
	for {
		p := x.step(s, pos)
		if p.reason == "" {
			return unsafe.String(unsafe.SliceData(x.dst), len(x.dst)), nil
		}
		fail := func(start, end int) *CodecError {
			return &CodecError{x.enc.String(), start, end, p.reason}
		}
		if policy == SurrogateEscape && x.enc != charmap {
			// Those that can be escaped are done with even if others follow.
			p.start = x.escapeSurrogates(s, p.start, p.end)
			if p.start == p.end {
				pos = p.end
				continue
			}
		}
		if policy != Other {
			replacement, isBytes, ok := policy.Encode(x.enc, s[p.start:p.end])
			if !ok || !x.put(replacement, isBytes) {
				start := x.pointAt(s, p.start)
				return "", fail(start, start+Count(s[p.start:p.end]))
			}
			pos = p.end
			continue
		}
		start := x.pointAt(s, p.start)
		e := fail(start, start+Count(s[p.start:p.end]))
		if handle == nil {
			return "", e
		}
		replacement, isBytes, next, err := handle(e)
		if err != nil {
			return "", err
		}
		if !x.put(replacement, isBytes) {
			if x.enc.unit() > 1 {
				e = fail(e.Start, e.Start+1)
			} else {
				e = fail(e.Start, e.End)
			}
			return "", e
		}
		pos = x.offsetOf(s, next)
	}
}

// step encodes from pos up to the end or a problem.
func (x *encoder) step(s string, pos int) (p problem) {
	switch x.enc {
	case UTF8:
		return x.utf8(s, pos)
	case UTF7:
		x.dst = appendUTF7(x.dst, s[pos:])
	case UTF16, UTF16LE, UTF16BE:
		return x.utf16(s, pos)
	case UTF32, UTF32LE, UTF32BE:
		return x.utf32(s, pos)
	case ASCII:
		return x.limited(s, pos, 0x80, "ordinal not in range(128)")
	case Latin1:
		return x.limited(s, pos, 0x100, "ordinal not in range(256)")
	case charmap:
		return x.charmap(s, pos)
	case UnicodeEscape:
		x.dst = appendUnicodeEscape(x.dst, s[pos:])
	case RawUnicodeEscape:
		x.dst = appendRawUnicodeEscape(x.dst, s[pos:])
	}
	return p
}

// escapeSurrogates puts the bytes that the first characters of s[start:end] stand for, and
// returns where the first one is that stands for none.
func (x *encoder) escapeSurrogates(s string, start, end int) int {
	if x.enc.unit() > 1 {
		return start
	}
	for start < end {
		r, size := Decode(s[start:])
		if r < 0xDC80 || 0xDCFF < r {
			break
		}
		x.dst = append(x.dst, byte(r))
		start += size
	}
	return start
}

// put appends a replacement, and reports whether it can be encoded.
func (x *encoder) put(replacement string, isBytes bool) bool {
	if isBytes {
		x.dst = append(x.dst, replacement...)
		return len(replacement)%x.enc.unit() == 0
	}
	if x.enc == charmap || x.enc == Latin1 {
		return x.step(replacement, 0).reason == ""
	}
	if !IsASCII(replacement) {
		return false
	}
	if x.enc.unit() == 1 {
		x.dst = append(x.dst, replacement...)
		return true
	}
	return x.step(replacement, 0).reason == ""
}

// Encode returns what an error handler puts in the place of the characters of s, which
// cannot be encoded: a text, or bytes. ok is false if the handler cannot help.
func (policy Policy) Encode(e Encoding, s string) (replacement string, isBytes, ok bool) {
	var b []byte
	switch policy {
	case Ignore:
		return "", false, true
	case SurrogatePass:
		if e == ASCII || e == Latin1 || e == charmap {
			return "", false, false
		}
	case Strict, Other:
		return "", false, false
	}
	for i := 0; i < len(s); {
		r, size := Decode(s[i:])
		switch policy {
		case Replace:
			b = append(b, '?')
		case BackslashReplace:
			b = appendEscape(b, r)
		case XMLCharRefReplace:
			b = append(b, '&', '#')
			b = strconv.AppendInt(b, int64(r), 10)
			b = append(b, ';')
		case NameReplace:
			if name, ok := uniname.Replacement(r); ok {
				b = append(b, `\N{`...)
				b = append(b, name...)
				b = append(b, '}')
			} else {
				b = appendEscape(b, r)
			}
		case SurrogateEscape:
			if r < 0xDC80 || 0xDCFF < r {
				return "", false, false
			}
			b = append(b, byte(r))
		case SurrogatePass:
			if !IsSurrogate(r) {
				return "", false, false
			}
			switch e.unit() {
			case 1:
				b = append(b, s[i:i+size]...)
			case 2:
				b = e.append16(b, uint16(r))
			default:
				b = e.append32(b, uint32(r))
			}
		}
		i += size
	}
	return string(b), policy == SurrogateEscape || policy == SurrogatePass, true
}
