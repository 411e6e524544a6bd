package unicodedb

import "unicode/utf8"

// AppendRune appends the UTF-8 form of r, surrogates as three bytes each.
func AppendRune(dst []byte, r rune) []byte {
	if uint32(r) < utf8.RuneSelf {
		return append(dst, byte(r))
	}
	if uint32(r)&^0x7FF == 0xD800 {
		return append(dst, 0xED, 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return utf8.AppendRune(dst, r)
}

// AppendUpper appends what str.upper makes of r, which may be several characters,
// in UTF-8.
func AppendUpper(dst []byte, r rune) []byte {
	if uint32(r) < 0x80 {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return append(dst, byte(r))
	}
	t := typeOf(r)
	if t.flags&specialUpper != 0 {
		return append(dst, specialCases[t.upper].text...)
	}
	return AppendRune(dst, r+t.upper)
}

// AppendLower appends what str.lower makes of r where no final sigma is
// concerned.
func AppendLower(dst []byte, r rune) []byte {
	if uint32(r) < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, byte(r))
	}
	t := typeOf(r)
	if t.flags&specialLower != 0 {
		return append(dst, specialCases[t.lower].text...)
	}
	return AppendRune(dst, r+t.lower)
}

// AppendTitle appends what str.title makes of r at the beginning of a word.
func AppendTitle(dst []byte, r rune) []byte {
	if uint32(r) < 0x80 {
		return AppendUpper(dst, r)
	}
	t := typeOf(r)
	if t.flags&specialTitle != 0 {
		return append(dst, specialCases[t.title].text...)
	}
	return AppendRune(dst, r+t.title)
}

// AppendFold appends what str.casefold makes of r.
func AppendFold(dst []byte, r rune) []byte {
	if uint32(r) < 0x80 {
		return AppendLower(dst, r)
	}
	t := typeOf(r)
	if t.flags&specialFold != 0 {
		return append(dst, specialCases[t.fold].text...)
	}
	return AppendRune(dst, r+t.fold)
}

// SimpleUpper returns the one character that is the upper case of r, which is what
// regular expressions compare by.
func SimpleUpper(r rune) rune {
	t := typeOf(r)
	if t.flags&specialUpper != 0 {
		return r + specialCases[t.upper].simple
	}
	return r + t.upper
}

// SimpleLower returns the one character that is the lower case of r, which is what
// regular expressions compare by.
func SimpleLower(r rune) rune {
	if uint32(r) < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	t := typeOf(r)
	if t.flags&specialLower != 0 {
		return r + specialCases[t.lower].simple
	}
	return r + t.lower
}

// SimpleTitle returns the one character that is the title case of r.
func SimpleTitle(r rune) rune {
	t := typeOf(r)
	if t.flags&specialTitle != 0 {
		return r + specialCases[t.title].simple
	}
	return r + t.title
}
