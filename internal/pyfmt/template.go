package pyfmt

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unicodedb"
)

// Template takes a format of str.format apart, or a format spec with fields in it.
type Template struct{ Rest string }

// Field is a replacement field and the text in front of it.
type Field struct {
	Literal string
	Present bool   // there is a field; else only Literal
	Name    string // what to format, see SplitField
	Spec    string
	// Nested says that Spec has fields itself.
	Nested bool
	// Conversion is r, s, a or what else is behind an exclamation mark; 0 for none.
	Conversion rune
}

// Next reads up to the end of a field, up to a doubled brace, or to the end, and
// reports whether there was anything left.
func (t *Template) Next(f *Field) (bool, error) {
	s := t.Rest
	if s == "" {
		return false, nil
	}
	*f = Field{}
	n := indexEither(s, '{', '}')
	if n < 0 {
		f.Literal, t.Rest = s, ""
		return true, nil
	}
	c := s[n]
	if n+1 == len(s) || c == '}' && s[n+1] != '}' {
		return false, valueErrorf("Single '%c' encountered in format string", c)
	}
	if s[n+1] == c {
		f.Literal, t.Rest = s[:n+1], s[n+2:]
		return true, nil
	}
	f.Literal, f.Present = s[:n], true
	rest, err := f.parse(s[n+1:])
	t.Rest = rest
	return err == nil, err
}

// parse reads a field from behind its brace to behind the brace that ends it.
func (f *Field) parse(s string) (rest string, err error) {
	i := 0
name:
	for ; ; i++ {
		if i >= len(s) {
			return "", valueErrorf("expected '}' before end of string")
		}
		switch s[i] {
		case '{':
			return "", valueErrorf("unexpected '{' in field name")
		case '[':
			n := strings.IndexByte(s[i:], ']')
			if n < 0 {
				n = len(s) - i
			}
			i += n
		case '}', ':', '!':
			break name
		}
	}
	f.Name = s[:i]
	c := s[i]
	s = s[i+1:]
	if c == '}' {
		return s, nil
	}
	if c == '!' {
		if s == "" {
			return "", valueErrorf("end of string while looking for conversion specifier")
		}
		var size int
		f.Conversion, size = decode(s)
		s = s[size:]
		if s != "" {
			c, s = s[0], s[1:]
			if c == '}' {
				return s, nil
			}
			if c != ':' {
				return "", valueErrorf("expected ':' after conversion specifier")
			}
		}
	}
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			f.Nested = true
			depth++
		case '}':
			if depth--; depth == 0 {
				f.Spec = s[:i]
				return s[i+1:], nil
			}
		}
	}
	return "", valueErrorf("unmatched '{' in format spec")
}

// ConversionError is the error for a conversion that there is not.
func ConversionError(c rune) error {
	if 32 < c && c < 127 {
		return valueErrorf("Unknown conversion specifier %c", c)
	}
	return valueErrorf("Unknown conversion specifier \\x%x", c)
}

// indexEither returns where the first of two characters of ASCII is, or -1.
func indexEither(s string, c, d byte) int {
	for i := range len(s) {
		if s[i] == c || s[i] == d {
			return i
		}
	}
	return -1
}

// SplitField splits the name of a field into the argument that it begins with and the
// attributes and items to get of it. index is the number that first is, or -1.
func SplitField(name string) (first string, index int, path FieldPath, err error) {
	n := indexEither(name, '.', '[')
	if n < 0 {
		n = len(name)
	}
	first = name[:n]
	index, err = fieldIndex(first)
	return first, index, FieldPath{name[n:]}, err
}

// fieldIndex returns the number that s is, or -1.
func fieldIndex(s string) (int, error) {
	if s == "" {
		return -1, nil
	}
	n := 0
	for len(s) > 0 {
		d, size := int(s[0])-'0', 1
		if s[0] >= utf8.RuneSelf {
			var r rune
			r, size = decode(s)
			d = unicodedb.Decimal(r)
		}
		if d < 0 || d > 9 {
			return -1, nil
		}
		if n > (math.MaxInt-d)/10 {
			return -1, valueErrorf("Too many decimal digits in format string")
		}
		n = n*10 + d
		s = s[size:]
	}
	return n, nil
}

// FieldPath is a list of attributes and items.
type FieldPath struct{ Rest string }

// Accessor is a step of a FieldPath: an attribute, or an item, whose key is Index
// unless that is -1.
type Accessor struct {
	Name  string
	Attr  bool
	Index int
}

// Next reads a step and reports whether there was one.
func (p *FieldPath) Next(a *Accessor) (bool, error) {
	s := p.Rest
	if s == "" {
		return false, nil
	}
	*a = Accessor{Index: -1}
	switch s[0] {
	case '.':
		s = s[1:]
		n := indexEither(s, '.', '[')
		if n < 0 {
			n = len(s)
		}
		a.Attr, a.Name, p.Rest = true, s[:n], s[n:]
	case '[':
		s = s[1:]
		n := strings.IndexByte(s, ']')
		if n < 0 {
			return false, valueErrorf("Missing ']' in format string")
		}
		a.Name, p.Rest = s[:n], s[n+1:]
		var err error
		if a.Index, err = fieldIndex(a.Name); err != nil {
			return false, err
		}
	default:
		return false, valueErrorf("Only '.' or '[' may follow ']' in format field specifier")
	}
	if a.Name == "" {
		return false, valueErrorf("Empty attribute in format string")
	}
	return true, nil
}

// AutoNumber numbers the fields of one format that have no name.
type AutoNumber struct {
	next           int
	auto, explicit bool
}

// Index returns the number of the argument for a field whose name begins with first,
// which is the number index or, for -1, none. It returns -1 for a name.
func (a *AutoNumber) Index(first string, index int) (int, error) {
	if first != "" && index < 0 {
		return -1, nil
	}
	if first == "" {
		if a.explicit {
			return 0, valueErrorf("cannot switch from manual field specification to automatic field numbering")
		}
		a.auto = true
		a.next++
		return a.next - 1, nil
	}
	if a.auto {
		return 0, valueErrorf("cannot switch from automatic field numbering to manual field specification")
	}
	a.explicit = true
	return index, nil
}
