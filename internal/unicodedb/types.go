package unicodedb

import (
	"github.com/krait-py/krait/internal/unidata"
	"github.com/krait-py/krait/pyver"
)

// Flags are properties of a character that are true or false.
type Flags uint16

// The properties that are true or false.
const (
	Alpha         Flags = 1 << iota // letters, as str.isalpha
	Lower                           // as str.islower
	Upper                           // as str.isupper
	Title                           // letters of title case that are not upper case
	Space                           // as str.isspace
	LineBreak                       // what ends a line for str.splitlines
	Cased                           // what str.title looks for in front of a letter
	CaseIgnorable                   // what final sigma does not see
	Numeric                         // as str.isnumeric

	// Which case mappings are in specialCases.
	specialUpper
	specialLower
	specialTitle
	specialFold
)

// Alnum is what str.isalnum is true for: digits of all kinds are numeric.
const Alnum = Alpha | Numeric

// charType is what the methods of str know of a character. The mappings are
// distances to the character that they lead to or, if the flag says so, places
// in specialCases.
type charType struct {
	flags                     Flags
	decimal, digit            int8 // -1 for none
	upper, lower, title, fold int32
}

// specialCase is a case mapping to several characters, or one for which the
// simple mapping, whose distance it has too, is another one.
type specialCase struct {
	simple int32
	text   string
}

// maxRune is the largest code point.
const maxRune = 0x10FFFF

func typeOf(r rune) *charType {
	if uint32(r) > maxRune {
		return &charTypes[0]
	}
	return &charTypes[typeIndex[uint(typePages[r>>7])<<7|uint(r&127)]]
}

// FlagsOf returns all flags of r.
func FlagsOf(r rune) Flags {
	if uint32(r) < uint32(len(latinFlags)) {
		return latinFlags[r]
	}
	return typeOf(r).flags
}

// IsAlpha reports whether r is a letter, as str.isalpha does.
func IsAlpha(r rune) bool { return FlagsOf(r)&Alpha != 0 }

// IsAlnum is str.isalnum of one character.
func IsAlnum(r rune) bool { return FlagsOf(r)&Alnum != 0 }

// IsNumeric is str.isnumeric of one character.
func IsNumeric(r rune) bool { return FlagsOf(r)&Numeric != 0 }

// IsLower is str.islower of one character.
func IsLower(r rune) bool { return FlagsOf(r)&Lower != 0 }

// IsUpper is str.isupper of one character.
func IsUpper(r rune) bool { return FlagsOf(r)&Upper != 0 }

// IsTitle reports whether r is a letter of title case, such as U+01C5. Upper case
// letters are not.
func IsTitle(r rune) bool { return FlagsOf(r)&Title != 0 }

// IsSpace is str.isspace of one character.
func IsSpace(r rune) bool { return FlagsOf(r)&Space != 0 }

// IsLineBreak reports whether str.splitlines ends a line at r.
func IsLineBreak(r rune) bool { return FlagsOf(r)&LineBreak != 0 }

// IsDecimal is str.isdecimal of one character.
func IsDecimal(r rune) bool { return Decimal(r) >= 0 }

// IsDigit is str.isdigit of one character.
func IsDigit(r rune) bool { return Digit(r) >= 0 }

// IsPrintable is str.isprintable of one character.
func IsPrintable(r rune) bool { return unidata.Printable(pyver.Py314, r) }

// IsIdentifierStart reports whether an identifier may begin with r.
func IsIdentifierStart(r rune) bool {
	if uint32(r) < 0x80 {
		return r == '_' || latinFlags[r]&Alpha != 0
	}
	return unidata.IdentifierStart(r)
}

// IsIdentifierContinue reports whether r may stand in an identifier behind the first
// character.
func IsIdentifierContinue(r rune) bool {
	if uint32(r) < 0x80 {
		return r == '_' || latinFlags[r]&Alnum != 0
	}
	return unidata.IdentifierContinue(r)
}

// Decimal returns the value of r as a digit of a decimal number, -1 if it is none.
// These are the characters that int() and float() read.
func Decimal(r rune) int {
	if uint32(r) < 0x80 {
		if d := uint32(r) - '0'; d < 10 {
			return int(d)
		}
		return -1
	}
	return int(typeOf(r).decimal)
}

// Digit returns the value of r as a digit, those among them that form no decimal
// numbers, such as superscripts, or -1.
func Digit(r rune) int {
	if uint32(r) < 0x80 {
		return Decimal(r)
	}
	return int(typeOf(r).digit)
}
