package tokenizer

import "strings"

// number reads the number that starts at i with a digit, and returns where it
// ends.
func (t *Tokenizer) number(start, i int) int {
	src := t.src
	if src[i] == '0' {
		switch src[i+1] {
		case 'x', 'X', 'o', 'O', 'b', 'B':
			return t.based(i+1, src[i+1]|0x20)
		}
		return t.zeros(start, i+1)
	}
	i = t.digits(i + 1)
	if i < 0 {
		return i
	}
	if src[i] == '.' {
		return t.fraction(i + 1)
	}
	return t.exponent(i)
}

// digits reads the rest of a sequence of digits, of which one has been read.
func (t *Tokenizer) digits(i int) int {
	src := t.src
	for {
		for classes[src[i]] == digit {
			i++
		}
		if src[i] != '_' {
			return i
		}
		i++
		if classes[src[i]] != digit {
			return t.failHere(i, "invalid decimal literal")
		}
	}
}

// fraction reads what may follow a point.
func (t *Tokenizer) fraction(i int) int {
	if classes[t.src[i]] == digit {
		if i = t.digits(i + 1); i < 0 {
			return i
		}
	}
	return t.exponent(i)
}

// exponent reads what may follow the digits of a decimal number.
func (t *Tokenizer) exponent(i int) int {
	src := t.src
	if src[i]|0x20 == 'e' {
		e := i
		i++
		if src[i] == '+' || src[i] == '-' {
			i++
			if classes[src[i]] != digit {
				return t.failHere(i, "invalid decimal literal")
			}
		} else if classes[src[i]] != digit {
			return t.endNumber(e, "decimal")
		}
		if i = t.digits(i + 1); i < 0 {
			return i
		}
	}
	if src[i]|0x20 == 'j' {
		return t.endNumber(i+1, "imaginary")
	}
	if identifier[src[i]] == 0 {
		return i
	}
	return t.endNumber(i, "decimal")
}

// zeros reads a number that starts with a zero, which has been read.
func (t *Tokenizer) zeros(start, i int) int {
	src := t.src
	for {
		if src[i] == '_' {
			i++
			if classes[src[i]] != digit {
				return t.failHere(i, "invalid decimal literal")
			}
		}
		if src[i] != '0' {
			break
		}
		i++
	}
	zerosEnd := i + 1
	nonzero := false
	if classes[src[i]] == digit {
		nonzero = true
		if i = t.digits(i + 1); i < 0 {
			return i
		}
	}
	switch c := src[i]; {
	case c == '.':
		return t.fraction(i + 1)
	case c|0x20 == 'e' || c|0x20 == 'j':
		return t.exponent(i)
	case nonzero && !t.opts.Extra:
		return t.failAt(t.line, t.lineStart, start+1-int(t.lineStart), zerosEnd-int(t.lineStart),
			"leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
	}
	return t.endNumber(i, "decimal")
}

// based reads a number of base 16, 8 or 2 from its letter on.
func (t *Tokenizer) based(i int, base byte) int {
	src := t.src
	name, top := "hexadecimal", byte('9')
	switch base {
	case 'o':
		name, top = "octal", '7'
	case 'b':
		name, top = "binary", '1'
	}
	is := func(c byte) bool {
		return c >= '0' && c <= top || base == 'x' && c|0x20 >= 'a' && c|0x20 <= 'f'
	}
	i++
	for {
		if src[i] == '_' {
			i++
		}
		if !is(src[i]) {
			if base != 'x' && classes[src[i]] == digit {
				return t.failHere(i+1, "invalid digit '%c' in %s literal", src[i], name)
			}
			return t.failHere(i, "invalid %s literal", name)
		}
		for is(src[i]) {
			i++
		}
		if src[i] != '_' {
			break
		}
	}
	if base != 'x' && classes[src[i]] == digit {
		return t.failHere(i+1, "invalid digit '%c' in %s literal", src[i], name)
	}
	return t.endNumber(i, name)
}

// endNumber checks what directly follows a number, at offset i: nothing that
// could belong to it. A keyword that may follow a number is only warned of.
func (t *Tokenizer) endNumber(i int, kind string) int {
	if t.opts.Extra {
		return i
	}
	rest := t.src[i:]
	word := ""
	switch rest[0] {
	case 'a':
		word = "and"
	case 'e':
		word = "else"
	case 'f':
		word = "for"
	case 'n':
		word = "not"
	case 'o':
		word = "or"
	case 'i':
		// CPython is content with the beginning here.
		if c := rest[1]; c == 'f' || c == 'n' || c == 's' {
			t.warnAt(i, "invalid "+kind+" literal")
			return i
		}
	}
	if word != "" && strings.HasPrefix(rest, word) && identifier[rest[len(word)]] == 0 {
		t.warnAt(i, "invalid "+kind+" literal")
		return i
	}
	if identifier[rest[0]] == 1 {
		return t.failHere(i, "invalid %s literal", kind)
	}
	return i
}
