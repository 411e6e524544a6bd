package strs

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/texttest"
)

//go:embed testdata/codecs.py
var codecsPy string

var encodings = map[string]Encoding{
	"utf-8": UTF8, "utf-7": UTF7, "utf-16": UTF16, "utf-16-le": UTF16LE, "utf-16-be": UTF16BE,
	"utf-32": UTF32, "utf-32-le": UTF32LE, "utf-32-be": UTF32BE, "ascii": ASCII, "latin-1": Latin1,
	"unicode-escape": UnicodeEscape, "raw-unicode-escape": RawUnicodeEscape,
}

// otherDecode and otherEncode are the handler other of codecs.py.
func otherDecode(input string, e *CodecError) (string, string, int, error) {
	next := e.End
	if e.Start%3 == 1 {
		next++
	}
	return fmt.Sprintf("<%d-%d %s>", e.Start, e.End, e.Reason), input, min(next, len(input)), nil
}

func otherEncode(e *CodecError) (string, bool, int, error) {
	n := e.End
	if e.Start%2 == 1 && e.End-e.Start > 1 {
		n--
	}
	if e.Start%5 == 4 {
		return "\x01\x02\x03\x04"[:min(e.Start/5%5, 4)], true, n, nil
	}
	return []string{fmt.Sprintf("<%d>", e.Start), "é", "", "€", "&"}[e.Start%5], false, n, nil
}

func codecOutcome(text string, err error) string {
	var e *CodecError
	if errors.As(err, &e) {
		return fmt.Sprintf("%s %d %d %s", e.Encoding, e.Start, e.End, e.Reason)
	}
	if err != nil {
		return "ValueError: " + err.Error()
	}
	return text
}

func codec(f []string) string {
	switch f[0] {
	case "escape":
		return EscapeBytes(f[1])
	case "unescape":
		res, _, err := UnescapeBytes(f[2], f[1])
		return codecOutcome(res, err)
	}
	policy := PolicyOf(f[2])
	if f[0] == "encode" {
		if f[1] == "charmap" {
			return codecOutcome(MakeCharmap(f[4]).Encode(f[3], policy, otherEncode))
		}
		return codecOutcome(encodings[f[1]].Encode(f[3], policy, otherEncode))
	}
	var d Decoded
	var err error
	if f[1] == "charmap" {
		d, err = MakeCharmap(f[5]).Decode(f[4], policy, otherDecode)
	} else {
		d, err = encodings[f[1]].Decode(f[4], f[3] == "final", policy, otherDecode)
	}
	if err == nil && Count(d.Text) != d.Points {
		return "wrong count"
	}
	res := codecOutcome(fmt.Sprintf("%s %d", d.Text, d.Used), err)
	if strings.HasPrefix(res, "ValueError") {
		return res
	}
	// The handlers for encoding do not know what to do when decoding.
	if (policy == XMLCharRefReplace || policy == NameReplace) && err != nil {
		return "TypeError: don't know how to handle UnicodeDecodeError in error callback"
	}
	return res
}

func TestCodecs(t *testing.T) {
	texttest.Suite{Program: codecsPy, Golden: "testdata/codecs.txt", Few: 150, Many: 40_000, Got: codec}.Run(t)
}

// TestInvalidEscapes: what is deprecated is reported.
func TestInvalidEscapes(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int
	}{{`a\n`, -1}, {`\d\e`, 'd'}, {`\400\d`, 0o400}, {`\377`, -1}, {"\\\xe9", 0xE9}, {`\8`, '8'}} {
		d, err := UnicodeEscape.Decode(c.in, true, Strict, nil)
		if err != nil || d.Invalid != c.want {
			t.Errorf("%q: got %d, %v, want %d", c.in, d.Invalid, err, c.want)
		}
		if _, invalid, err := UnescapeBytes(c.in, ""); err != nil || invalid != c.want {
			t.Errorf("bytes %q: got %d, %v, want %d", c.in, invalid, err, c.want)
		}
	}
}

func FuzzCodecs(f *testing.F) {
	for _, s := range []string{"", "a+-b", "\xED\xA0\x80", "\\N{DIGIT ONE}\\x", "\xFF\xFE\x00\xD8", "+AOk-", "\xF0\x9F"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, p uint8) {
		policy := Policy(p) % (Other + 1)
		m := MakeCharmap("ab\uFFFEc\u20AC" + s)
		m.Decode(s, policy, otherDecode)
		for _, e := range encodings {
			for _, final := range []bool{true, false} {
				d, err := e.Decode(s, final, policy, otherDecode)
				if err != nil {
					continue
				}
				b, err := e.Encode(d.Text, SurrogatePass, nil)
				if err != nil {
					continue
				}
				again, err := e.Decode(b, true, SurrogatePass, nil)
				// A pair of surrogates becomes a character.
				if e != RawUnicodeEscape && HasSurrogate(d.Text) < 0 && (err != nil || again.Text != d.Text) && !strings.HasPrefix(d.Text, "\uFEFF") {
					t.Errorf("%v: %q is %q, and %q again, %v", e, b, d.Text, again.Text, err)
				}
				m.Encode(d.Text, policy, otherEncode)
				e.Encode(d.Text, policy, otherEncode)
			}
		}
		UnescapeBytes(s, "replace")
	})
}

func BenchmarkDecode(b *testing.B) {
	ascii := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 20)
	wide := strings.Repeat("Größe über Ähnlichkeit, naïve café — 中文字符. ", 20)
	for _, c := range []struct {
		name, text string
		enc        Encoding
	}{
		{"ascii/utf-8", ascii, UTF8}, {"wide/utf-8", wide, UTF8}, {"ascii/latin-1", ascii, Latin1}, {"wide/latin-1", wide, Latin1},
		{"ascii/ascii", ascii, ASCII}, {"ascii/utf-16", ascii, UTF16}, {"wide/utf-16", wide, UTF16}, {"wide/utf-32", wide, UTF32},
	} {
		data := c.text
		if c.enc != Latin1 {
			data, _ = c.enc.Encode(c.text, Strict, nil)
		}
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				c.enc.Decode(data, true, Strict, nil)
			}
		})
	}
}
