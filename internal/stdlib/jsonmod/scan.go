package jsonmod

import (
	"strings"
	"unicode/utf16"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyfmt"
)

// parser reads one document. Positions are offsets in bytes; points are only for who asked.
type parser struct {
	t      *thread
	sc     *scanner
	src    *object.Str
	s      string
	strict bool
	depth  int
	buf    []byte
	stack  []value // items of the lists that are being read
}

// fail raises JSONDecodeError.
func (p *parser) fail(message string, at int) bool {
	t := p.t
	m := t.ImportModule(t.Interp.Intern("json.decoder"))
	if m.P == nil {
		return false
	}
	cls := t.GetAttrName(m, "JSONDecodeError")
	if cls.P == nil {
		return false
	}
	e := t.CallArgs(cls, object.MakeStr(message), object.Of(p.src), object.MakeInt(int64(p.src.Point(at))))
	if e.P != nil {
		t.RaiseValue(e)
	}
	return false
}

// stop raises StopIteration, which is how a scanner says that there is no value.
func (p *parser) stop(at int) (value, int) {
	p.t.RaiseNew(&object.StopIterationType, object.MakeInt(int64(p.src.Point(at))))
	return value{}, 0
}

func skip(s string, i int) int {
	for i < len(s) {
		switch s[i] {
		case ' ', '\t', '\n', '\r':
			i++
			continue
		}
		break
	}
	return i
}

// value reads the value at i. It returns no value with an exception set.
func (p *parser) value(i int) (value, int) {
	s := p.s
	if i >= len(s) {
		return p.stop(i)
	}
	switch c := s[i]; c {
	case '"':
		return p.text(i + 1)
	case '{', '[':
		if p.depth++; p.depth > maxDepth {
			kind := "array"
			if c == '{' {
				kind = "object"
			}
			p.t.Raisef(&object.RecursionErrorType, "maximum recursion depth exceeded while decoding a JSON %s from a unicode string", kind)
			return value{}, 0
		}
		var v value
		if c == '{' {
			v, i = p.object(i + 1)
		} else {
			v, i = p.array(i + 1)
		}
		p.depth--
		return v, i
	case 'n':
		if strings.HasPrefix(s[i:], "null") {
			return object.None, i + 4
		}
	case 't':
		if strings.HasPrefix(s[i:], "true") {
			return object.True, i + 4
		}
	case 'f':
		if strings.HasPrefix(s[i:], "false") {
			return object.False, i + 5
		}
	case 'N':
		if strings.HasPrefix(s[i:], "NaN") {
			return p.constant("NaN", i)
		}
	case 'I':
		if strings.HasPrefix(s[i:], "Infinity") {
			return p.constant("Infinity", i)
		}
	case '-':
		if strings.HasPrefix(s[i:], "-Infinity") {
			return p.constant("-Infinity", i)
		}
		return p.number(i)
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.number(i)
	}
	return p.stop(i)
}

func (p *parser) constant(name string, i int) (value, int) {
	return p.t.CallArgs(p.sc.parseConstant, object.MakeStr(name)), i + len(name)
}

func digit(c byte) bool { return c-'0' < 10 }

func (p *parser) number(start int) (value, int) {
	s := p.s
	i := start
	negative := s[i] == '-'
	if negative {
		i++
	}
	if i >= len(s) || !digit(s[i]) {
		return p.stop(start)
	}
	var n int64
	if s[i] == '0' {
		i++
	} else {
		for ; i < len(s) && digit(s[i]); i++ {
			n = n*10 + int64(s[i]-'0')
		}
	}
	whole := i
	isFloat := false
	if i+1 < len(s) && s[i] == '.' && digit(s[i+1]) {
		isFloat = true
		for i += 2; i < len(s) && digit(s[i]); i++ {
		}
	}
	if i+1 < len(s) && s[i]|0x20 == 'e' {
		j := i + 1
		if j+1 < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if digit(s[j]) {
			isFloat = true
			for i = j + 1; i < len(s) && digit(s[i]); i++ {
			}
		}
	}
	text := s[start:i]
	if isFloat {
		if p.sc.parseFloat != object.Of(&object.FloatType) {
			return p.t.CallArgs(p.sc.parseFloat, object.MakeStr(strings.Clone(text))), i
		}
		x, _ := pyfmt.ParseFloat(text)
		return object.MakeFloat(x), i
	}
	if p.sc.parseInt != object.Of(&object.IntType) {
		return p.t.CallArgs(p.sc.parseInt, object.MakeStr(strings.Clone(text))), i
	}
	if whole-start <= 18 {
		if negative {
			n = -n
		}
		return object.MakeInt(n), i
	}
	return p.t.ParseIntStr(object.MakeStr(strings.Clone(text)), 10), i
}

func (p *parser) array(i int) (value, int) {
	s := p.s
	i = skip(s, i)
	base := len(p.stack)
	if i < len(s) && s[i] == ']' {
		return object.Of(object.NewList(nil)), i + 1
	}
	for {
		v, next := p.value(i)
		if v.P == nil {
			return v, 0
		}
		p.stack = append(p.stack, v)
		i = skip(s, next)
		if i >= len(s) || s[i] != ',' {
			break
		}
		comma := i
		i = skip(s, i+1)
		if i < len(s) && s[i] == ']' {
			p.fail("Illegal trailing comma before end of array", comma)
			return value{}, 0
		}
	}
	if i >= len(s) || s[i] != ']' {
		p.fail("Expecting ',' delimiter", i)
		return value{}, 0
	}
	items := make([]value, len(p.stack)-base)
	copy(items, p.stack[base:])
	clear(p.stack[base:])
	p.stack = p.stack[:base]
	return object.Of(object.NewList(items)), i + 1
}

func (p *parser) object(i int) (value, int) {
	s, t := p.s, p.t
	i = skip(s, i)
	pairsHook := !p.sc.pairsHook.IsNone()
	base := len(p.stack)
	if i >= len(s) || s[i] != '}' {
		for {
			if i >= len(s) || s[i] != '"' {
				p.fail("Expecting property name enclosed in double quotes", i)
				return value{}, 0
			}
			k, next := p.key(i + 1)
			if k == nil {
				return value{}, 0
			}
			i = skip(s, next)
			if i >= len(s) || s[i] != ':' {
				p.fail("Expecting ':' delimiter", i)
				return value{}, 0
			}
			i = skip(s, i+1)
			v, next := p.value(i)
			if v.P == nil {
				return v, 0
			}
			if pairsHook {
				p.stack = append(p.stack, object.Of(object.NewTuple(object.Of(k), v)))
			} else {
				p.stack = append(p.stack, object.Of(k), v)
			}
			i = skip(s, next)
			if i < len(s) && s[i] == '}' {
				break
			}
			if i >= len(s) || s[i] != ',' {
				p.fail("Expecting ',' delimiter", i)
				return value{}, 0
			}
			comma := i
			i = skip(s, i+1)
			if i < len(s) && s[i] == '}' {
				p.fail("Illegal trailing comma before end of object", comma)
				return value{}, 0
			}
		}
	}
	i++
	if pairsHook {
		items := make([]value, len(p.stack)-base)
		copy(items, p.stack[base:])
		clear(p.stack[base:])
		p.stack = p.stack[:base]
		return t.CallArgs(p.sc.pairsHook, object.Of(object.NewList(items))), i
	}
	// The dict is made when it is known how much there is: one that grows leaves garbage.
	members := p.stack[base:]
	d := object.NewDictSize(len(members) / 2)
	for j := 0; j < len(members); j += 2 {
		d.SetStr(members[j].Str(), members[j+1])
	}
	clear(members)
	p.stack = p.stack[:base]
	if !p.sc.objectHook.IsNone() {
		return t.CallArgs(p.sc.objectHook, object.Of(d)), i
	}
	return object.Of(d), i
}

// keySlots is the number of keys that a scanner remembers, so that objects with the same keys share them.
const keySlots = 256

// key reads the rest of a string that is a key.
func (p *parser) key(i int) (*object.Str, int) {
	s := p.s
	ascii := true
	for j := i; j < len(s) && j-i <= 40; j++ {
		c := s[j]
		if c >= 0x80 {
			ascii = false
			continue
		}
		if plain[c] {
			continue
		}
		if c != '"' {
			break
		}
		text := s[i:j]
		h := uint(len(text))
		if len(text) > 0 {
			h += uint(text[0])*31 + uint(text[len(text)-1])*17 + uint(text[len(text)/2])*7
		}
		slot := &p.sc.keys[h%keySlots]
		if k := *slot; k != nil && k.S == text {
			return k, j + 1
		}
		n := len(text)
		if !ascii {
			n = object.CountPoints(text)
		}
		k := object.CopyText(object.BytesOf(text), n).Str()
		*slot = k
		return k, j + 1
	}
	v, next := p.text(i)
	if v.P == nil {
		return nil, 0
	}
	return v.Str(), next
}

// text reads the rest of a string; the quote in front of it is read.
func (p *parser) text(i int) (value, int) {
	s := p.s
	begin := i - 1
	j := i
	for j < len(s) && s[j] < 0x80 && plain[s[j]] {
		j++
	}
	if j < len(s) && s[j] == '"' {
		return p.part(i, j, j-i), j + 1
	}
	// There are characters beyond ASCII, or escape sequences.
	escaped := false
	b := p.buf[:0]
	start := i
	for {
		for ; j < len(s); j++ {
			c := s[j]
			if c == '"' || c == '\\' {
				break
			}
			if c < ' ' && p.strict {
				p.fail("Invalid control character at", j)
				return value{}, 0
			}
		}
		if j >= len(s) {
			p.fail("Unterminated string starting at", begin)
			return value{}, 0
		}
		if s[j] == '"' {
			break
		}
		escaped = true
		b = append(b, s[start:j]...)
		j++
		if j >= len(s) {
			p.fail("Unterminated string starting at", begin)
			return value{}, 0
		}
		if s[j] != 'u' {
			k := strings.IndexByte(`"\/bfnrt`, s[j])
			if k < 0 {
				p.fail("Invalid \\escape", j-1)
				return value{}, 0
			}
			b = append(b, "\"\\/\b\f\n\r\t"[k])
			j++
			start = j
			continue
		}
		u, ok := hex4(s, j+1)
		// The closing quote is missing if the digits reach the end.
		if !ok || j+5 >= len(s) {
			p.fail("Invalid \\uXXXX escape", j)
			return value{}, 0
		}
		j += 5
		if u&^0x3FF == 0xD800 && j+6 < len(s) && s[j] == '\\' && s[j+1] == 'u' {
			low, ok := hex4(s, j+2)
			if !ok {
				p.fail("Invalid \\uXXXX escape", j+1)
				return value{}, 0
			}
			if low&^0x3FF == 0xDC00 {
				u = utf16.DecodeRune(u, low)
				j += 6
			}
		}
		b = object.AppendPoint(b, u)
		start = j
	}
	if !escaped {
		return p.part(i, j, object.CountPoints(s[i:j])), j + 1
	}
	b = append(b, s[start:j]...)
	p.buf = b
	return object.CopyText(b, object.CountPoints(unsafe.String(unsafe.SliceData(b), len(b)))), j + 1
}

// part returns the str s[i:j]. Only long texts share the document's memory.
func (p *parser) part(i, j, n int) value {
	if j-i <= 56 || j-i < len(p.s)/64 {
		return object.CopyText(object.BytesOf(p.s[i:j]), n)
	}
	return object.Of(object.NewStrN(p.s[i:j], n))
}

// hex4 returns the number that four hexadecimal digits stand for.
func hex4(s string, i int) (rune, bool) {
	if i+4 > len(s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[i : i+4]) {
		switch {
		case digit(c):
			r = r<<4 | rune(c-'0')
		case c|0x20-'a' < 6:
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

func scanString(t *thread, a []value) value {
	end, ok := t.AsSize(a[1])
	if !ok {
		return value{}
	}
	strict := true
	if a[2].P != nil {
		if strict, ok = t.IsTrue(a[2]); !ok {
			return value{}
		}
	}
	if !a[0].IsStr() {
		return t.TypeErrorf("first argument must be a string, not %s", a[0].Type().Name)
	}
	s := a[0].Str()
	if end < 0 || end > s.Len() {
		return t.ValueErrorf("end is out of bounds")
	}
	p := parser{t: t, src: s, s: s.S, strict: strict}
	v, next := p.text(s.Offset(end))
	if v.P == nil {
		return v
	}
	return object.Of(object.NewTuple(v, object.MakeInt(int64(s.Point(next)))))
}
