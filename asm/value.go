package asm

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

const wantValue = "a value, such as 12, \"text\", None or (1, 2)"

// value reads a value in the notation of docs/asm.md.
func (p *parser) value(depth int) (code.Value, bool) { return p.anchored(depth, -1) }

// anchored reads a value, and gives it a number by which to refer to it if
// anchor is not negative.
func (p *parser) anchored(depth, anchor int) (code.Value, bool) {
	p.spaces()
	start := p.pos
	if depth > maxDepth {
		return nil, p.fail(start, "a value nested too deep", fmt.Sprintf("at most %d levels", maxDepth))
	}
	leaf := func(v code.Value, ok bool) (code.Value, bool) {
		if ok {
			p.define(anchor, v)
		}
		return v, ok
	}
	c := p.peek()
	switch {
	case c == '"' || c == '\'':
		return leaf(p.quoted(""))
	case c-'0' < 10, c == '-', c == '+', c == '.' && !strings.HasPrefix(p.src[start:], "..."):
		return leaf(p.numeral())
	case c == '.':
		p.pos += 3
		return code.Ellipsis, true
	case c == '(':
		t := &code.Tuple{}
		p.define(anchor, t)
		p.pos++
		var ok, comma bool
		t.Items, comma, ok = p.items(')', depth)
		if ok && len(t.Items) == 1 && !comma {
			return nil, p.fail(start, "one value between parentheses", "a comma behind it, as in (1,)")
		}
		return t, ok
	case c == '[':
		l := &code.List{}
		p.define(anchor, l)
		p.pos++
		var ok bool
		l.Items, _, ok = p.items(']', depth)
		return l, ok
	case c == '{':
		return p.braces(depth, anchor)
	case c == '*':
		p.pos++
		n, ok := p.number(31, "the number of a value marked with &")
		if !ok {
			return nil, false
		}
		v := p.anchors[int(n)]
		if v == nil {
			return nil, p.fail(start, fmt.Sprintf("*%d", n), fmt.Sprintf("a value marked &%d before it", n))
		}
		return v, true
	case c == '&':
		p.pos++
		n, ok := p.number(31, "a number behind &")
		if !ok {
			return nil, false
		}
		if p.anchors[int(n)] != nil || anchor >= 0 {
			return nil, p.fail(start, fmt.Sprintf("&%d once more", n), "another number")
		}
		return p.anchored(depth+1, int(n))
	}
	w := p.word()
	if c := p.peek(); (c == '"' || c == '\'') && len(w) <= 2 && w != "" {
		return leaf(p.quoted(w))
	}
	switch w {
	case "None":
		return code.None, true
	case "True":
		return code.True, true
	case "False":
		return code.False, true
	case "Ellipsis":
		return code.Ellipsis, true
	case "StopIteration":
		return code.StopIteration, true
	case "inf", "infj":
		return leaf(float(math.Inf(1), w == "infj"), true)
	case "nan", "nanj":
		return leaf(p.nan())
	case "complex":
		return leaf(p.complex(depth))
	case "code":
		return leaf(p.codeRef())
	case "set", "frozenset", "frozendict", "slice":
		return p.call(start, w, depth, anchor)
	}
	p.pos = start
	if w == "true" || w == "false" || w == "none" || w == "null" {
		return nil, p.failHere("None, True or False, or text between quotes")
	}
	if w != "" {
		return nil, p.failHere(wantValue + ": text needs quotes")
	}
	return nil, p.failHere(wantValue)
}

// define makes v what *n refers to.
func (p *parser) define(n int, v code.Value) {
	if n < 0 {
		return
	}
	if p.anchors == nil {
		p.anchors = make(map[int]code.Value)
		p.anchorOf = make(map[code.Value]int)
	}
	p.anchors[n] = v
	p.anchorOf[v] = n
}

// items reads values up to a closing bracket, and reports whether a comma
// stands before it.
func (p *parser) items(closing byte, depth int) (items []code.Value, comma, ok bool) {
	for {
		p.blanks()
		if p.peek() == closing {
			p.pos++
			return items, comma, true
		}
		if len(items) > 0 && !comma {
			return nil, false, p.failHere(fmt.Sprintf("a comma or %q", closing))
		}
		v, ok := p.value(depth + 1)
		if !ok {
			return nil, false, false
		}
		items = append(items, v)
		p.blanks()
		if comma = p.peek() == ','; comma {
			p.pos++
		}
	}
}

// braces reads a set or dict. Which of them shows behind the first member; but
// what is anchored has to exist before that is read.
func (p *parser) braces(depth, anchor int) (code.Value, bool) {
	p.pos++
	p.blanks()
	if p.peek() == '}' {
		p.pos++
		d := &code.Dict{}
		p.define(anchor, d)
		return d, true
	}
	if anchor >= 0 {
		start, line := p.pos, p.line
		dict := p.looksLikeDict()
		p.pos, p.line = start, line
		if dict {
			d := &code.Dict{}
			p.define(anchor, d)
			return d, p.pairs(d, nil, depth)
		}
		s := &code.Set{}
		p.define(anchor, s)
		var ok bool
		s.Items, _, ok = p.items('}', depth)
		return s, ok
	}
	first, ok := p.value(depth + 1)
	if !ok {
		return nil, false
	}
	p.blanks()
	switch p.peek() {
	case ':':
		d := &code.Dict{}
		return d, p.pairs(d, first, depth)
	case ',':
		p.pos++
		rest, _, ok := p.items('}', depth)
		return &code.Set{Items: append([]code.Value{first}, rest...)}, ok
	case '}':
		p.pos++
		return &code.Set{Items: []code.Value{first}}, true
	}
	return nil, p.failHere("a comma, a colon or '}'")
}

// looksLikeDict skips to the end of the first member without reading it.
func (p *parser) looksLikeDict() bool {
	for level := 0; p.pos < len(p.src); p.pos++ {
		switch c := p.src[p.pos]; c {
		case '(', '[', '{':
			level++
		case ')', ']', '}':
			if level--; level < 0 {
				return false
			}
		case '"', '\'':
			for p.pos++; p.pos < len(p.src) && p.src[p.pos] != c && p.src[p.pos] != '\n'; p.pos++ {
				if p.src[p.pos] == '\\' {
					p.pos++
				}
			}
		case '#':
			p.comment()
		case ',', ':':
			if level == 0 {
				return c == ':'
			}
		}
	}
	return false
}

// pairs reads the rest of a dict, whose first key may have been read.
func (p *parser) pairs(d *code.Dict, k code.Value, depth int) bool {
	for ; ; k = nil {
		p.blanks()
		if k == nil {
			if p.peek() == '}' {
				p.pos++
				return true
			}
			var ok bool
			if k, ok = p.value(depth + 1); !ok {
				return false
			}
		}
		p.blanks()
		if p.peek() != ':' {
			return p.failHere("a colon and the value of the key")
		}
		p.pos++
		p.blanks()
		v, ok := p.value(depth + 1)
		if !ok {
			return false
		}
		d.Keys, d.Values = append(d.Keys, k), append(d.Values, v)
		p.blanks()
		switch p.peek() {
		case ',':
			p.pos++
		case '}':
		default:
			return p.failHere("a comma or '}'")
		}
	}
}

// call reads what is written like a call of a type.
func (p *parser) call(start int, name string, depth, anchor int) (code.Value, bool) {
	if !p.accept('(') {
		return nil, p.failHere("( behind " + name)
	}
	p.blanks()
	empty := p.peek() == ')'
	switch {
	case name == "set":
		s := &code.Set{}
		p.define(anchor, s)
		if !empty {
			return nil, p.failHere("set(), or members between braces")
		}
		p.pos++
		return s, true
	case name == "slice":
		s := &code.Slice{}
		p.define(anchor, s)
		items, _, ok := p.items(')', depth)
		if ok && len(items) != 3 {
			return nil, p.fail(start, fmt.Sprintf("slice of %d values", len(items)), "3: slice(start, stop, step)")
		}
		if ok {
			s.Start, s.Stop, s.Step = items[0], items[1], items[2]
		}
		return s, ok
	case name == "frozenset":
		s := &code.Set{Frozen: true}
		p.define(anchor, s)
		if empty {
			p.pos++
			return s, true
		}
		if p.peek() != '{' {
			return nil, p.failHere("frozenset({...})")
		}
		p.pos++
		items, _, ok := p.items('}', depth)
		s.Items = items
		return s, ok && p.closing()
	}
	d := &code.Dict{Frozen: true}
	p.define(anchor, d)
	if empty {
		p.pos++
		return d, true
	}
	if p.peek() != '{' {
		return nil, p.failHere("frozendict({...})")
	}
	p.pos++
	return d, p.pairs(d, nil, depth) && p.closing()
}

func (p *parser) closing() bool {
	p.blanks()
	if p.peek() != ')' {
		return p.failHere("')'")
	}
	p.pos++
	return true
}

func float(f float64, imaginary bool) code.Value {
	if imaginary {
		return &code.Complex{Im: f}
	}
	return &code.Float{V: f}
}

// nan reads what may follow the word nan: the bits of the number.
func (p *parser) nan() (code.Value, bool) {
	if p.src[p.pos-1] == 'j' {
		return float(math.Float64frombits(quietNaN), true), true
	}
	bits := uint64(quietNaN)
	if p.peek() == '(' {
		p.pos++
		var ok bool
		start := p.pos
		if bits, ok = p.number(64, "the bits of the number, as in nan(0x7ff8000000000001)"); !ok {
			return nil, false
		}
		if !math.IsNaN(math.Float64frombits(bits)) {
			return nil, p.fail(start, fmt.Sprintf("%#x, which is no NaN", bits), "bits of a NaN")
		}
		if p.peek() != ')' {
			return nil, p.failHere("')'")
		}
		p.pos++
	}
	return float(math.Float64frombits(bits), false), true
}

// complex reads what follows the word complex.
func (p *parser) complex(depth int) (code.Value, bool) {
	start := p.pos
	if !p.accept('(') {
		return nil, p.failHere("complex(real, imaginary)")
	}
	items, _, ok := p.items(')', depth)
	if !ok {
		return nil, false
	}
	var parts [2]float64
	if len(items) != 2 {
		return nil, p.fail(start, fmt.Sprintf("complex of %d values", len(items)), "two")
	}
	for i, v := range items {
		switch v := v.(type) {
		case *code.Float:
			parts[i] = v.V
		case *code.Int:
			parts[i] = float64(v.V)
		default:
			return nil, p.fail(start, "complex of something else", "two floats")
		}
	}
	return &code.Complex{Re: parts[0], Im: parts[1]}, true
}

// numeral reads a number.
func (p *parser) numeral() (code.Value, bool) {
	start := p.pos
	if c := p.peek(); c == '-' || c == '+' {
		p.pos++
	}
	digits := p.pos
	hex := strings.HasPrefix(p.src[digits:], "0x") || strings.HasPrefix(p.src[digits:], "0X")
	isFloat := false
scan:
	for ; p.pos < len(p.src); p.pos++ {
		switch c := p.src[p.pos]; {
		case c-'0' < 10, c == '_':
		case c == '.':
			isFloat = true
		case c == '+' || c == '-':
			e := p.src[p.pos-1] | 0x20
			if p.pos == digits || !(e == 'e' && !hex || e == 'p' && hex) {
				break scan
			}
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			if c |= 0x20; c == 'e' && !hex || c == 'p' && hex {
				isFloat = true
			}
		default:
			break scan
		}
	}
	text := p.src[start:p.pos]
	bad := func() (code.Value, bool) {
		p.pos = start
		return nil, p.failHere("a number")
	}
	word := strings.TrimPrefix(p.src[digits:p.pos], "+")
	imaginary := strings.HasSuffix(word, "j")
	if word = strings.TrimSuffix(word, "j"); word == "inf" || word == "nan" || isFloat || imaginary {
		if strings.ContainsRune(word, '_') && !digitSeparators(word) {
			return bad()
		}
		f, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSuffix(text, "j"), "_", ""), 64)
		if err != nil && !math.IsInf(f, 0) {
			return bad()
		}
		return float(f, imaginary), true
	}
	long := strings.HasSuffix(text, "L") || strings.HasSuffix(text, "l")
	if long {
		if p.version != pyver.Py27 {
			return nil, p.fail(start, quote(text), "no L behind a number: only Python 2 has long integers")
		}
		text = text[:len(text)-1]
	}
	if len(text) > digits-start+1 && p.src[digits] == '0' && p.src[digits+1]-'0' < 10 && p.version != pyver.Py27 {
		return nil, p.fail(start, quote(text), "no zero before other digits")
	}
	v := &code.Int{}
	n, err := strconv.ParseInt(strings.TrimPrefix(text, "+"), 0, 64)
	if err == nil {
		v.V = n
	} else {
		if !digitSeparators(text) {
			return bad()
		}
		// The time for decimal digits grows faster than their number.
		const mostDecimals = 1 << 16
		if !hex && len(text) > mostDecimals {
			return nil, p.fail(start, fmt.Sprintf("a number of %d digits", len(text)), fmt.Sprintf("at most %d digits, or a hexadecimal number", mostDecimals))
		}
		big, ok := new(big.Int).SetString(text, 0)
		if !ok {
			return bad()
		}
		if big.IsInt64() {
			v.V = big.Int64()
		} else {
			v.Big = big
		}
	}
	if long {
		v.Form = 'l'
	}
	return v, true
}

// digitSeparators reports whether underscores stand between digits only.
func digitSeparators(s string) bool {
	return !strings.Contains(s, "__") && !strings.HasPrefix(s, "_") && !strings.HasSuffix(s, "_")
}

// quoted reads text between quotes, after its prefix.
func (p *parser) quoted(prefix string) (code.Value, bool) {
	start := p.pos - len(prefix)
	bytes, raw := p.version == pyver.Py27, false
	for _, c := range prefix {
		switch c | 0x20 {
		case 'b':
			bytes = true
		case 'u':
			bytes = false
		case 'r':
			raw = true
		default:
			return nil, p.fail(start, fmt.Sprintf("%q before a quote", prefix), "b, u or r")
		}
	}
	s, ok := p.quotedText(bytes, raw)
	if !ok {
		return nil, false
	}
	if bytes {
		b := &code.Bytes{S: s}
		b.Interned = p.version == pyver.Py27 && allNameChars(s)
		return b, true
	}
	return &code.Str{S: s, Interned: p.version != pyver.Py27 && allNameChars(s)}, true
}

// allNameChars reports whether a constant is interned: whether it looks like
// a name (CPython: all_name_chars in Objects/codeobject.c).
func allNameChars(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '_' && c-'0' >= 10 && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// quotedText reads text between quotes.
func (p *parser) quotedText(bytes, raw bool) (string, bool) {
	start := p.pos
	q := p.src[start]
	i := start + 1
	ascii := true
	for i < len(p.src) && p.src[i] != q && p.src[i] != '\\' && p.src[i] != '\n' {
		ascii = ascii && p.src[i] < utf8.RuneSelf
		i++
	}
	if i < len(p.src) && p.src[i] == q && ascii {
		p.pos = i + 1
		return p.src[start+1 : i], true
	}
	b := make([]byte, 0, i-start+16)
	for i = start + 1; i < len(p.src) && p.src[i] != '\n'; {
		c := p.src[i]
		switch {
		case c == q:
			p.pos = i + 1
			return string(b), true
		case c == '\\' && raw:
			b = append(b, c)
			if i++; i < len(p.src) && p.src[i] < utf8.RuneSelf && p.src[i] != '\n' {
				b = append(b, p.src[i])
				i++
			}
		case c == '\\':
			var ok bool
			if b, i, ok = p.escape(b, i, bytes); !ok {
				return "", false
			}
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		case bytes:
			return "", p.fail(i, "a character that is not ASCII in bytes", `an escape such as \xe9`)
		default:
			r, n := utf8.DecodeRuneInString(p.src[i:])
			if r == utf8.RuneError && n == 1 {
				return "", p.fail(i, fmt.Sprintf("byte %#02x", c), "text in UTF-8")
			}
			b = append(b, p.src[i:i+n]...)
			i += n
		}
	}
	return "", p.fail(start, "a quote without its partner", fmt.Sprintf("%c before the end of the line", q))
}

// escape reads the escape at offset i, appends what it means, and returns
// where it ends.
func (p *parser) escape(b []byte, i int, bytes bool) ([]byte, int, bool) {
	start := i
	i++
	if i >= len(p.src) {
		return b, i, p.fail(start, `\ at the end`, "an escape")
	}
	c := p.src[i]
	i++
	digits, base := 0, uint32(16)
	switch c {
	case '\\', '\'', '"':
		return append(b, c), i, true
	case 'n':
		return append(b, '\n'), i, true
	case 'r':
		return append(b, '\r'), i, true
	case 't':
		return append(b, '\t'), i, true
	case 'a':
		return append(b, '\a'), i, true
	case 'b':
		return append(b, '\b'), i, true
	case 'f':
		return append(b, '\f'), i, true
	case 'v':
		return append(b, '\v'), i, true
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case '0', '1', '2', '3', '4', '5', '6', '7':
		i--
		digits, base = 1, 8
		for digits < 3 && i+digits < len(p.src) && p.src[i+digits]-'0' < 8 {
			digits++
		}
	}
	if digits == 0 || bytes && digits > 3 {
		return b, i, p.fail(start, "escape "+quote(p.src[start:i]), `one of \\ \' \" \n \r \t \a \b \f \v \x \u \U and octal numbers`)
	}
	var n uint32
	for range digits {
		d := byte(0xff)
		if i < len(p.src) {
			d = unhex(p.src[i])
		}
		if uint32(d) >= base {
			return b, i, p.fail(start, fmt.Sprintf("escape \\%c", c), fmt.Sprintf("%d digits behind it", digits))
		}
		n = n*base + uint32(d)
		i++
	}
	switch {
	case bytes:
		if n > 0xff {
			return b, i, p.fail(start, "a number above 255", "one byte")
		}
		return append(b, byte(n)), i, true
	case n > utf8.MaxRune:
		return b, i, p.fail(start, fmt.Sprintf("character %#x", n), "at most 0x10ffff")
	case n >= 0xd800 && n < 0xe000:
		return append(b, 0xed, byte(0x80|n>>6&0x3f), byte(0x80|n&0x3f)), i, true
	}
	return utf8.AppendRune(b, rune(n)), i, true
}
