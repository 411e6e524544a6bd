package cli

import (
	"encoding/json"
	"io"
	"strconv"
	"unicode/utf8"
)

// writeJSON writes v to w as one line. HTML's characters stay as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// failedJSON stands for an input that could not be read, so that the stream
// of documents has one for each input; see docs/json.md.
type failedJSON struct {
	Schema string `json:"schema"`
	File   text   `json:"file"`
	Error  text   `json:"error"`
}

// text is a string that came out of a file. Python's strings can hold lone
// surrogates and Python 2's any bytes, which JSON's encoder would replace.
type text string

// MarshalJSON writes t as [appendText] does.
func (t text) MarshalJSON() ([]byte, error) { return appendText(nil, string(t)), nil }

func texts(list []string) []text {
	t := make([]text, len(list))
	for i, s := range list {
		t[i] = text(s)
	}
	return t
}

// appendText appends s to dst as a JSON string: lone surrogates, which s
// holds as three bytes each, as the escapes that JSON has for them, and bytes
// that are no UTF-8 at all as U+DC80 to U+DCFF, Python's surrogateescape.
func appendText(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	escape := func(dst []byte, r int) []byte {
		return append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
	}
	dst = append(dst, '"')
	plain := 0 // s[plain:i] needs no escapes and is not yet appended
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < 0x7f {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n > 1 && r > 0x9f && r != '\u2028' && r != '\u2029' {
			i += n
			continue
		}
		dst = append(dst, s[plain:i]...)
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case r == utf8.RuneError && n <= 1:
			if r, ok := surrogate(s[i:]); ok {
				dst = escape(dst, r)
				n = 3
			} else {
				dst = escape(dst, 0xdc00+int(c))
				n = 1
			}
		default: // a control character, or a line separator
			dst = escape(dst, int(r))
		}
		i += n
		plain = i
	}
	dst = append(dst, s[plain:]...)
	return append(dst, '"')
}

// surrogate decodes the surrogate that s starts with.
func surrogate(s string) (int, bool) {
	if len(s) < 3 || s[0] != 0xed || s[1]&0xe0 != 0xa0 || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | int(s[1]&0x3f)<<6 | int(s[2]&0x3f), true
}

// A record appends the members of a JSON object; its zero value is ready for
// the first. It serves output that is too large for encoding by reflection.
type record struct {
	buf   []byte
	comma bool
}

func (r *record) begin() { r.buf, r.comma = append(r.buf, '{'), false }
func (r *record) end()   { r.buf, r.comma = append(r.buf, '}'), true }

func (r *record) key(name string) {
	if r.comma {
		r.buf = append(r.buf, ',')
	}
	r.comma = true
	r.buf = append(r.buf, '"')
	r.buf = append(r.buf, name...)
	r.buf = append(r.buf, '"', ':')
}

func (r *record) int(name string, n int) {
	r.key(name)
	r.buf = strconv.AppendInt(r.buf, int64(n), 10)
}

func (r *record) text(name, s string) {
	r.key(name)
	r.buf = appendText(r.buf, s)
}

// flag appends a member that is true; one that is false is left out.
func (r *record) flag(name string, b bool) {
	if b {
		r.key(name)
		r.buf = append(r.buf, "true"...)
	}
}
