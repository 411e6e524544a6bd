package tokenizer

import "github.com/krait-py/krait/token"

// A class is what a byte can begin outside of strings.
type class uint8

const (
	other class = iota
	space
	letter // and "_" and all that is not ASCII
	digit
	quote
	dot
	newline
	comment
	backslash
	opening
	closing
	single // an operator that no longer one begins with
	double // an operator that may be followed by "="
	operator
	colon
	return_
)

var classes [256]class

// identifier has 1 for ASCII bytes of identifiers, 2 for others.
var identifier [256]uint8

// operators has the kind of each operator of one byte.
var operators [256]token.Kind

// assigning has the kind of operator and "=".
var assigning [256]token.Kind

func init() {
	for c := range 256 {
		operators[c] = token.OP
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
			classes[c], identifier[c] = letter, 1
		case c >= '0' && c <= '9':
			classes[c], identifier[c] = digit, 1
		case c >= 0x80:
			classes[c], identifier[c] = letter, 2
		}
	}
	for k := token.LPAR; k <= token.EXCLAMATION; k++ {
		switch s := k.Spelling(); {
		case len(s) == 1:
			operators[s[0]] = k
			classes[s[0]] = single
		case len(s) == 2 && s[1] == '=':
			assigning[s[0]] = k
		}
	}
	for c, k := range assigning {
		if k != 0 {
			classes[c] = double
		}
	}
	for _, c := range "*/<>-" {
		classes[c] = operator
	}
	for c, k := range map[byte]class{
		' ': space, '\t': space, '\f': space, '"': quote, '\'': quote, '.': dot,
		'\n': newline, '\r': return_, '#': comment, '\\': backslash, '(': opening, '[': opening,
		'{': opening, ')': closing, ']': closing, '}': closing, ':': colon, '!': colon, '=': colon,
	} {
		classes[c] = k
	}
}

// long returns the kind and length of the operator at i, of which at least one
// byte is there.
func (t *Tokenizer) long(i int) (token.Kind, int) {
	c, next := t.src[i], t.src[i+1]
	if next == '=' {
		if k := assigning[c]; k != 0 {
			return k, 2
		}
	}
	var k, withEqual token.Kind
	switch c {
	case '*':
		k, withEqual = token.DOUBLESTAR, token.DOUBLESTAREQUAL
	case '/':
		k, withEqual = token.DOUBLESLASH, token.DOUBLESLASHEQUAL
	case '<':
		if next == '>' {
			return token.NOTEQUAL, 2
		}
		k, withEqual = token.LEFTSHIFT, token.LEFTSHIFTEQUAL
	case '>':
		k, withEqual = token.RIGHTSHIFT, token.RIGHTSHIFTEQUAL
	case '-':
		if next == '>' {
			return token.RARROW, 2
		}
	}
	if k == 0 || next != c {
		return operators[c], 1
	}
	if t.src[i+2] == '=' {
		return withEqual, 3
	}
	return k, 2
}
