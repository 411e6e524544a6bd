package source

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// decode decodes data in the encoding of that name. message is what Python's
// error says, "" if there is none.
func decode(name string, data []byte) (text, message string) {
	switch codecName(name) {
	case "iso8859-1", "iso-8859-1":
		return latin1(data), ""
	case "utf-8", "utf_8", "utf8":
		return strictUTF8(data)
	case "ascii":
		return ascii(data)
	}
	return "", "unknown encoding: " + name
}

func codecName(name string) string { return strings.ToLower(name) }

// badBytes is the message of a UnicodeDecodeError.
func badBytes(codec string, data []byte, at, n int, reason string) string {
	if n == 1 {
		return fmt.Sprintf("'%s' codec can't decode byte 0x%02x in position %d: %s", codec, data[at], at, reason)
	}
	return fmt.Sprintf("'%s' codec can't decode bytes in position %d-%d: %s", codec, at, at+n-1, reason)
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

// knownCodec reports whether Python knows an encoding of that name.
func knownCodec(name string) bool {
	_, message := decode(name, nil)
	return message == ""
}

// decodeReplacing decodes data with U+FFFD for what cannot be.
func decodeReplacing(name string, data []byte) string {
	text, message := decode(name, data)
	if message != "" {
		return replaced(data)
	}
	return text
}
