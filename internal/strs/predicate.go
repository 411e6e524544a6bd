package strs

import (
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unicodedb"
	"github.com/krait-py/krait/internal/unidata"
	"github.com/krait-py/krait/pyver"
)

// all reports whether s is not empty and each of its characters has one of the
// flags.
func all(s string, flags unicodedb.Flags) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if unicodedb.FlagsOf(rune(c))&flags == 0 {
				return false
			}
			i++
			continue
		}
		r, size := Decode(s[i:])
		if unicodedb.FlagsOf(r)&flags == 0 {
			return false
		}
		i += size
	}
	return s != ""
}

// IsAlpha returns s.isalpha().
func IsAlpha(s string) bool { return all(s, unicodedb.Alpha) }

// IsAlnum returns s.isalnum().
func IsAlnum(s string) bool { return all(s, unicodedb.Alnum) }

// IsNumeric returns s.isnumeric().
func IsNumeric(s string) bool { return all(s, unicodedb.Numeric) }

// IsSpace returns s.isspace().
func IsSpace(s string) bool { return all(s, unicodedb.Space) }

// IsDecimal returns s.isdecimal().
func IsDecimal(s string) bool { return allDigits(s, unicodedb.Decimal) }

// IsDigit returns s.isdigit().
func IsDigit(s string) bool { return allDigits(s, unicodedb.Digit) }

func allDigits(s string, value func(rune) int) bool {
	for i := 0; i < len(s); {
		if s[i]-'0' <= 9 {
			i++
			continue
		}
		r, size := Decode(s[i:])
		if value(r) < 0 {
			return false
		}
		i += size
	}
	return s != ""
}

// IsLower returns s.islower().
func IsLower(s string) bool { return oneCase(s, unicodedb.Lower, unicodedb.Upper|unicodedb.Title) }

// IsUpper returns s.isupper().
func IsUpper(s string) bool { return oneCase(s, unicodedb.Upper, unicodedb.Lower|unicodedb.Title) }

// oneCase reports whether some character has the flag want and none one of the
// others.
func oneCase(s string, want, others unicodedb.Flags) bool {
	found := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = Decode(s[i:])
		}
		f := unicodedb.FlagsOf(r)
		if f&others != 0 {
			return false
		}
		found = found || f&want != 0
		i += size
	}
	return found
}

// IsTitle returns s.istitle().
func IsTitle(s string) bool {
	found, inWord := false, false
	for i := 0; i < len(s); {
		r, size := Decode(s[i:])
		switch f := unicodedb.FlagsOf(r); {
		case f&(unicodedb.Upper|unicodedb.Title) != 0:
			if inWord {
				return false
			}
			found, inWord = true, true
		case f&unicodedb.Lower != 0:
			if !inWord {
				return false
			}
			found, inWord = true, true
		default:
			inWord = false
		}
		i += size
	}
	return found
}

// IsIdentifier returns s.isidentifier().
func IsIdentifier(s string) bool {
	for i := 0; i < len(s); {
		r, size := Decode(s[i:])
		if i == 0 && !unicodedb.IsIdentifierStart(r) || !unicodedb.IsIdentifierContinue(r) {
			return false
		}
		i += size
	}
	return s != ""
}

// database is the one that says what is printable.
var database = unidata.Database(pyver.Py314)

// IsPrintable returns s.isprintable().
func IsPrintable(s string) bool {
	first, last := rune(0x20), rune(0x7E) // these are known to be printable
	for i := 0; i < len(s); {
		r, size := Decode(s[i:])
		if r < first || last < r {
			var ok bool
			if first, last, ok = database.Span(r); !ok {
				return false
			}
		}
		i += size
	}
	return true
}

// BytesIs reports what the predicates of bytes do: s is not empty, and each byte is in a
// class.
func BytesIs(s string, is func(c byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return s != ""
}

// IsByteAlpha reports whether c is a letter of ASCII.
func IsByteAlpha(c byte) bool { return (c|0x20)-'a' < 26 }

// IsByteDigit reports whether c is a digit of ASCII.
func IsByteDigit(c byte) bool { return c-'0' < 10 }

// IsByteAlnum reports whether c is a letter or a digit of ASCII.
func IsByteAlnum(c byte) bool { return IsByteAlpha(c) || IsByteDigit(c) }

// IsByteSpace reports whether c is white space for bytes.
func IsByteSpace(c byte) bool { return asciiClass[c]&bytesSpace != 0 }

// BytesIsLower returns s.islower() for bytes.
func BytesIsLower(s string) bool { return bytesCased(s, 'a', 'A') }

// BytesIsUpper returns s.isupper() for bytes.
func BytesIsUpper(s string) bool { return bytesCased(s, 'A', 'a') }

// bytesCased reports whether s has letters from want on, and none from not on.
func bytesCased(s string, want, not byte) bool {
	found := false
	for i := range len(s) {
		if s[i]-not < 26 {
			return false
		}
		found = found || s[i]-want < 26
	}
	return found
}

// BytesIsTitle returns s.istitle() for bytes.
func BytesIsTitle(s string) bool {
	found, inWord := false, false
	for i := range len(s) {
		upper, lower := s[i]-'A' < 26, s[i]-'a' < 26
		if upper && inWord || lower && !inWord {
			return false
		}
		inWord = upper || lower
		found = found || inWord
	}
	return found
}
