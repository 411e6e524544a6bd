package sre

import "github.com/krait-py/krait/internal/unicodedb"

// ASCIILower returns the lower case of an ASCII letter, and anything else as it is.
func ASCIILower(ch uint32) uint32 {
	if ch-'A' < 26 {
		return ch + 'a' - 'A'
	}
	return ch
}

// ASCIICased reports whether ch is an ASCII letter.
func ASCIICased(ch uint32) bool { return (ch|0x20)-'a' < 26 }

// UnicodeLower returns the lower case of ch, or ch itself when it is no character.
func UnicodeLower(ch uint32) uint32 {
	if ch < 0x80 {
		return ASCIILower(ch)
	}
	if ch > 0x10FFFF {
		return ch
	}
	return uint32(unicodedb.SimpleLower(rune(ch)))
}

// UnicodeUpper returns the upper case of ch, or ch itself when it is no character.
func UnicodeUpper(ch uint32) uint32 {
	if ch < 0x80 {
		if ch-'a' < 26 {
			return ch - ('a' - 'A')
		}
		return ch
	}
	if ch > 0x10FFFF {
		return ch
	}
	return uint32(unicodedb.SimpleUpper(rune(ch)))
}

// UnicodeCased reports whether ch differs from its lower or upper case.
func UnicodeCased(ch uint32) bool {
	return ch != UnicodeLower(ch) || ch != UnicodeUpper(ch)
}

// The locale is always C, or one with UTF-8, in which C functions on single bytes
// know ASCII only: LOCALE patterns see the letters of ASCII.

func localeUpper(ch uint32) uint32 {
	if ch-'a' < 26 {
		return ch - ('a' - 'A')
	}
	return ch
}

func isASCIIWord(ch uint32) bool {
	return ASCIICased(ch) || ch-'0' < 10 || ch == '_'
}

// isLinebreak reports whether ch ends a line for str.splitlines.
func isLinebreak(ch uint32) bool {
	switch {
	case ch >= 0x0A && ch <= 0x0D, ch >= 0x1C && ch <= 0x1E, ch == 0x85, ch == 0x2028, ch == 0x2029:
		return true
	}
	return false
}

// category reports whether ch belongs to a category of the codes.
func category(cat, ch uint32) bool {
	in := false
	switch cat &^ 1 {
	case catDigit:
		in = ch-'0' < 10
	case catSpace:
		in = ch == ' ' || ch-'\t' < 5
	case catWord, catLocWord:
		in = isASCIIWord(ch)
	case catLinebreak:
		in = ch == '\n'
	case catUniDigit:
		in = ch-'0' < 10 || ch >= 0x80 && ch <= 0x10FFFF && unicodedb.IsDecimal(rune(ch))
	case catUniSpace:
		in = ch == ' ' || ch-'\t' < 5 || ch-0x1C < 4 || ch >= 0x80 && ch <= 0x10FFFF && unicodedb.IsSpace(rune(ch))
	case catUniWord:
		in = isASCIIWord(ch) || ch >= 0x80 && ch <= 0x10FFFF && unicodedb.IsAlnum(rune(ch))
	case catUniLine:
		in = isLinebreak(ch)
	}
	return in != (cat&1 != 0)
}
