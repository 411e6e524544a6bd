package strs

import (
	"fmt"
	"unsafe"
)

// Encoding is one of the encodings that are built in.
type Encoding uint8

// The encodings. Those without an order of bytes begin with a mark that tells it.
const (
	UTF8 Encoding = iota
	UTF7
	UTF16
	UTF16LE
	UTF16BE
	UTF32
	UTF32LE
	UTF32BE
	ASCII
	Latin1
	charmap
	UnicodeEscape
	RawUnicodeEscape
)

var encodingNames = [...]string{
	UTF8: "utf-8", UTF7: "utf7", UTF16: "utf-16", UTF16LE: "utf-16-le", UTF16BE: "utf-16-be",
	UTF32: "utf-32", UTF32LE: "utf-32-le", UTF32BE: "utf-32-be", ASCII: "ascii", Latin1: "latin-1",
	charmap: "charmap", UnicodeEscape: "unicodeescape", RawUnicodeEscape: "rawunicodeescape",
}

// String returns the name that the encoding has in exceptions.
func (e Encoding) String() string { return encodingNames[e] }

// unit is the number of bytes that all texts consist of multiples of.
func (e Encoding) unit() int {
	switch e {
	case UTF16, UTF16LE, UTF16BE:
		return 2
	case UTF32, UTF32LE, UTF32BE:
		return 4
	}
	return 1
}

// CodecError is what UnicodeDecodeError or UnicodeEncodeError is to be raised for. Start
// and End are bytes of what was to be decoded, or characters of what was to be
// encoded.
type CodecError struct {
	Encoding   string
	Start, End int
	Reason     string
}

func (e *CodecError) Error() string {
	return fmt.Sprintf("%s: %d-%d: %s", e.Encoding, e.Start, e.End, e.Reason)
}

// DecodeHandler is an error handler for decoding input. It returns the text to take and
// where decoding goes on; and the input from there on, which is another one only if the
// handler has changed it. An error ends the decoding.
type DecodeHandler func(input string, e *CodecError) (text, newInput string, next int, err error)

// EncodeHandler is an error handler for encoding. It returns a text, or bytes, to put in the
// place of the characters, and the number of the character where encoding goes on.
type EncodeHandler func(e *CodecError) (replacement string, isBytes bool, next int, err error)

// Policy is one of the error handlers that are built in.
type Policy uint8

// The error handlers. Other stands for all that are not built in.
const (
	Strict Policy = iota
	Ignore
	Replace
	BackslashReplace
	XMLCharRefReplace
	NameReplace
	SurrogateEscape
	SurrogatePass
	Other
)

// PolicyOf returns the error handler of that name.
func PolicyOf(name string) Policy {
	switch name {
	case "strict":
		return Strict
	case "ignore":
		return Ignore
	case "replace":
		return Replace
	case "backslashreplace":
		return BackslashReplace
	case "xmlcharrefreplace":
		return XMLCharRefReplace
	case "namereplace":
		return NameReplace
	case "surrogateescape":
		return SurrogateEscape
	case "surrogatepass":
		return SurrogatePass
	}
	return Other
}

// problem is what a codec cannot do, in bytes of its input. There is one if it has
// a reason.
type problem struct {
	start, end int
	reason     string
}

// Decoded is what decoding gave.
type Decoded struct {
	Text   string
	Points int // the number of characters
	Used   int // the number of bytes decoded
	// Invalid is the first escape sequence that is decoded, but deprecated: its
	// character, or for octal ones its number, which is above 255; -1 for none.
	Invalid int
}

// Order returns the encoding with an order of bytes that data, in an encoding
// without one, is in, and the length of the mark that says so. Other encodings are what
// they are.
func (e Encoding) Order(data string) (ordered Encoding, mark int) {
	switch e {
	case UTF16:
		if len(data) >= 2 {
			switch data[:2] {
			case "\xFF\xFE":
				return UTF16LE, 2
			case "\xFE\xFF":
				return UTF16BE, 2
			}
		}
		return UTF16LE, 0
	case UTF32:
		if len(data) >= 4 {
			switch data[:4] {
			case "\xFF\xFE\x00\x00":
				return UTF32LE, 4
			case "\x00\x00\xFE\xFF":
				return UTF32BE, 4
			}
		}
		return UTF32LE, 0
	}
	return e, 0
}

// Decode decodes data. If final is false, a character that is not whole at the end is
// left. handle is used where the policy is not enough, and may be nil if that is
// not Other. The error is a *[CodecError] or comes from handle. Text shares data's
// memory where it can.
func (e Encoding) Decode(data string, final bool, policy Policy, handle DecodeHandler) (Decoded, error) {
	ordered, mark := e.Order(data)
	return ordered.DecodeFrom(data, mark, final, policy, handle)
}

// DecodeFrom decodes the data from an offset on. The encoding has an order.
func (e Encoding) DecodeFrom(data string, from int, final bool, policy Policy, handle DecodeHandler) (Decoded, error) {
	d := decoder{enc: e, final: final, invalid: -1}
	if from == 0 {
		n, points := 0, 0
		switch e {
		case UTF8:
			n, points = validUTF8(data, 0)
		case ASCII, Latin1:
			n = asciiPrefix(data)
			points = n
		}
		if n == len(data) {
			return Decoded{data, points, n, -1}, nil
		}
		if e == Latin1 {
			d.latin1(data)
			return d.done(len(data)), nil
		}
		d.dst = append(make([]byte, 0, len(data)+len(data)/4+16), data[:n]...)
		from = n
	}
	return d.run(data, from, policy, handle)
}

// decoder decodes one text.
type decoder struct {
	enc     Encoding
	final   bool
	table   []rune // of charmap
	dst     []byte
	invalid int
}

func (d *decoder) run(data string, pos int, policy Policy, handle DecodeHandler) (Decoded, error) {
	for {
		next, p := d.step(data, pos)
		if p.reason == "" {
			return d.done(next), nil
		}
		if next, ok := d.repair(data, p, policy); ok {
			pos = next
			continue
		}
		e := &CodecError{d.enc.String(), p.start, p.end, p.reason}
		if handle == nil || policy != Other {
			return Decoded{}, e
		}
		text, newData, next, err := handle(data, e)
		if err != nil {
			return Decoded{}, err
		}
		d.dst = append(d.dst, text...)
		data, pos = newData, min(max(next, 0), len(newData))
	}
}

func (d *decoder) done(used int) Decoded {
	text := unsafe.String(unsafe.SliceData(d.dst), len(d.dst))
	return Decoded{text, Count(text), used, d.invalid}
}

// step decodes from pos up to the end or a problem.
func (d *decoder) step(s string, pos int) (next int, p problem) {
	switch d.enc {
	case UTF8:
		return d.utf8(s, pos)
	case UTF7:
		return d.utf7(s, pos)
	case UTF16LE, UTF16BE:
		return d.utf16(s, pos)
	case UTF32LE, UTF32BE:
		return d.utf32(s, pos)
	case ASCII:
		return d.ascii(s, pos)
	case Latin1:
		d.latin1(s[pos:])
		return len(s), p
	case charmap:
		return d.charmap(s, pos)
	case UnicodeEscape:
		return d.unicodeEscape(s, pos)
	case RawUnicodeEscape:
		return d.rawUnicodeEscape(s, pos)
	}
	return len(s), p
}

// repair does what the policy says about a problem, and returns where to go on, or
// false if the problem stays.
func (d *decoder) repair(s string, p problem, policy Policy) (next int, ok bool) {
	dst, n := policy.Decode(d.dst, d.enc, s, p.start, p.end)
	if n < 0 {
		return 0, false
	}
	d.dst = dst
	return n, true
}

// Decode appends what an error handler puts in the place of the bytes from start to end
// of data in an encoding. It returns the offset where decoding goes on, or -1 if the
// handler cannot help.
func (policy Policy) Decode(dst []byte, e Encoding, data string, start, end int) ([]byte, int) {
	start = min(max(start, 0), len(data))
	end = min(max(end, start), len(data))
	switch policy {
	case Ignore:
		return dst, end
	case Replace:
		return append(dst, "\uFFFD"...), end
	case BackslashReplace:
		for i := start; i < end; i++ {
			dst = append(dst, '\\', 'x', hexDigits[data[i]>>4], hexDigits[data[i]&15])
		}
		return dst, end
	case SurrogateEscape:
		i := start
		for ; i < end && i < start+4 && data[i] >= 0x80; i++ {
			dst = AppendRune(dst, 0xDC00+rune(data[i]))
		}
		if i > start {
			return dst, i
		}
	case SurrogatePass:
		if r, n := e.surrogate(data[start:]); n > 0 {
			return AppendRune(dst, r), start + n
		}
	}
	return dst, -1
}

// surrogate returns the surrogate that s begins with, and its length in the encoding,
// or 0 if there is none.
func (e Encoding) surrogate(s string) (r rune, n int) {
	switch {
	case e == UTF8 && len(s) >= 3:
		if s[0] == 0xED && s[1]&0xE0 == 0xA0 && s[2]&0xC0 == 0x80 {
			return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
		}
	case e.unit() == 2 && len(s) >= 2:
		if u := e.load16(s); u&^0x7FF == 0xD800 {
			return rune(u), 2
		}
	case e.unit() == 4 && len(s) >= 4:
		if u := e.load32(s); u&^0x7FF == 0xD800 {
			return rune(u), 4
		}
	}
	return 0, 0
}
