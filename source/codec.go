package source

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

//go:generate go run ../internal/cmd/gencodecs -out codecs_gen.go

// alias is a name of an encoding, in lower case and with one "_" between its
// words, and the codec it stands for.
type alias struct{ name, codec string }

// charmap is an encoding of one byte a character.
type charmap struct{ codec, table string }

// patched is an encoding of several bytes a character.
type patched struct {
	codec   string
	patches []patch
}

// patch says that n sequences of bytes, the first one of which is from (most
// significant byte first), stand for the characters to and, if that is one,
// those after it; or, if to is empty, for nothing.
type patch struct {
	from uint32
	n    uint16
	to   string
}

// decode decodes data in the encoding of that name. message is what Python's
// error says, "" if there is none.
func decode(name string, data []byte) (text, message string) {
	codec, message := lookup(name)
	if message != "" {
		return "", message
	}
	switch codec {
	case "utf_8":
		return strictUTF8(data)
	case "utf_8_sig":
		return strictUTF8([]byte(strings.TrimPrefix(string(data), utf8BOM)))
	case "ascii":
		return ascii(data)
	case "latin_1", "iso8859_1":
		return latin1(data), ""
	case "utf_7":
		return utf7(data)
	case "utf_16", "utf_16_le", "utf_16_be":
		return utf16(codec, data)
	case "utf_32", "utf_32_le", "utf_32_be":
		return utf32(codec, data)
	case "undefined":
		return "", "undefined encoding"
	}
	if i, ok := sort.Find(len(charmaps), func(i int) int { return strings.Compare(codec, charmaps[i].codec) }); ok {
		return charmaps[i].decode(data)
	}
	if i, ok := sort.Find(len(patches), func(i int) int { return strings.Compare(codec, patches[i].codec) }); ok {
		return patches[i].decode(data)
	}
	return "", "encoding not supported by krait: " + name
}

// lookup returns the codec that a name stands for, as Python's registry finds
// it.
func lookup(name string) (codec, message string) {
	var b strings.Builder
	gap := false
	for _, c := range []byte(strings.ToLower(name)) {
		if !isNameByte(c) || c == '-' || c == '_' {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('_')
		}
		gap = false
		b.WriteByte(c)
	}
	normal := b.String()
	for _, n := range []string{normal, strings.ReplaceAll(normal, ".", "_")} {
		if i, ok := sort.Find(len(codecAliases), func(i int) int { return strings.Compare(n, codecAliases[i].name) }); ok {
			// A dot may stand for "_" in an alias, but in no module's name.
			if a := codecAliases[i]; n == normal || a.name != a.codec {
				return a.codec, ""
			}
		}
		if i := sort.SearchStrings(binaryCodecs[:], n); i < len(binaryCodecs) && binaryCodecs[i] == n {
			return "", "'" + name + "' is not a text encoding; use codecs.decode() to handle arbitrary codecs"
		}
	}
	return "", "unknown encoding: " + name
}

// badBytes is the message of a UnicodeDecodeError.
func badBytes(codec string, data []byte, at, n int, reason string) string {
	if n == 1 {
		return fmt.Sprintf("'%s' codec can't decode byte 0x%02x in position %d: %s", codec, data[at], at, reason)
	}
	return fmt.Sprintf("'%s' codec can't decode bytes in position %d-%d: %s", codec, at, at+n-1, reason)
}

// noSurrogates is the message of the UnicodeEncodeError that a lone surrogate
// is, at character at.
func noSurrogates(r rune, at int) string {
	return fmt.Sprintf("'utf-8' codec can't encode character '\\u%04x' in position %d: surrogates not allowed", r, at)
}

func latin1(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}

func ascii(data []byte) (text, message string) {
	for i, c := range data {
		if c >= utf8.RuneSelf {
			return "", badBytes("ascii", data, i, 1, "ordinal not in range(128)")
		}
	}
	return string(data), ""
}

func strictUTF8(data []byte) (text, message string) {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 {
			n, reason := invalidUTF8(data[i:])
			return "", badBytes("utf-8", data, i, n, reason)
		}
		i += n
	}
	return string(data), ""
}

func (m *charmap) decode(data []byte) (text, message string) {
	var table [256]rune
	i := 0
	for _, r := range m.table {
		table[i] = r
		i++
	}
	var b strings.Builder
	b.Grow(len(data))
	for i, c := range data {
		r := table[c]
		if r == 0xFFFE {
			return "", badBytes("charmap", data, i, 1, "character maps to <undefined>")
		}
		b.WriteRune(r)
	}
	return b.String(), ""
}

// decodeReplacing decodes data with U+FFFD for what cannot be.
func decodeReplacing(name string, data []byte) string {
	text, message := decode(name, data)
	if message == "" {
		return text
	}
	// What can be decoded byte by byte is; this is exact for encodings of one
	// byte a character.
	var b strings.Builder
	for i := range data {
		one, message := decode(name, data[i:i+1])
		if message != "" {
			one = "\ufffd"
		}
		b.WriteString(one)
	}
	return b.String()
}
