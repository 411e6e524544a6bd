package object

import (
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

const (
	// maxSkip is the length in bytes up to which code points are found without an index.
	maxSkip = 2 * strs.Stride
	// maxStep is how many code points away from the last one found the next is looked for there.
	maxStep = 16
)

// indexed returns an index of the text, which is not ASCII.
func (s *Str) indexed() strs.Index {
	if !s.plus {
		return strs.MakeIndex(s.S, s.Len())
	}
	return s.index().index
}

// index returns what there is for finding code points of the text, which is not ASCII. s is a strPlus.
func (s *Str) index() *strMore {
	p := (*strPlus)(unsafe.Pointer(s))
	m := p.more
	if m == nil {
		m = &strMore{}
		p.more = m
	}
	if len(m.index) < s.Len()/strs.Stride+1 {
		m.index = m.index.Extend(s.S, s.Len())
	}
	return m
}

// offset returns where code point i begins; it may be the one behind the last.
func (s *Str) offset(i int) int {
	if s.IsASCII() {
		return i
	}
	if i <= 0 {
		return 0
	}
	if i >= s.Len() {
		return len(s.S)
	}
	if len(s.S) <= maxSkip || !s.plus {
		return strs.Skip(s.S, i)
	}
	// Programs that look at one character after the other are common.
	if m := s.extra(); m != nil && m.offset <= len(s.S) {
		if d := i - m.point; d >= -maxStep && d <= maxStep {
			m.point, m.offset = i, strs.Step(s.S, m.offset, d)
			return m.offset
		}
	}
	m := s.index()
	m.point, m.offset = i, m.index.Offset(s.S, i)
	return m.offset
}

// point returns the number of the code point that begins at an offset.
func (s *Str) point(offset int) int {
	if s.IsASCII() {
		return offset
	}
	if offset <= maxSkip {
		return CountPoints(s.S[:offset])
	}
	return s.indexed().Point(s.S, offset)
}

// At returns character i, which must exist.
func (s *Str) At(i int) Value {
	if s.IsASCII() {
		return Of(&charStrs[s.S[i]])
	}
	k := s.offset(i)
	if c := s.S[k]; c < 0x80 {
		return Of(&charStrs[c])
	}
	r, _ := DecodePoint(s.S[k:])
	return MakeChar(r)
}

func strGetItem(t *Thread, v, k Value) Value {
	s := v.Str()
	i := 0
	switch {
	case k.IsInt():
		i = int(k.Int())
	case k.Is(&SliceType):
		start, step, n, ok := To[Slice](k).Indices(t, s.Len())
		if !ok {
			return Value{}
		}
		return s.slice(start, step, n)
	case k.Type().Index != nil:
		var ok bool
		if i, ok = t.AsIndex(k); !ok {
			return Value{}
		}
	default:
		return t.TypeErrorf("string indices must be integers, not '%s'", k.Type().Name)
	}
	if i < 0 {
		i += s.Len()
	}
	if uint(i) >= uint(s.Len()) {
		return t.IndexErrorf("string index out of range")
	}
	return s.At(i)
}

// slice returns n characters from start on, each step apart.
func (s *Str) slice(start, step, n int) Value {
	switch {
	case n == 0:
		return EmptyStr
	case n == s.Len() && step == 1:
		return s.exact()
	case n == 1:
		return s.At(start)
	case step == 1:
		i := s.offset(start)
		return s.part(i, s.offset(start+n), n)
	case s.IsASCII():
		x, b := makeStrBuf(n, n)
		for i := range b {
			b[i] = s.S[start]
			start += step
		}
		return Of(x)
	}
	return makeText(strs.Slice(s.S, s.indexed(), start, step, n), n)
}

// StrIter iterates over the characters of a str. Str is nil once it is exhausted.
type StrIter struct {
	Head
	Str *Str
	// Pos is the offset of the next character; Index its number.
	Pos, Index int
}

// The types of a str's iterator, for texts that are ASCII and others.
var (
	StrASCIIIterType, StrIterType Type
)

func strIter(t *Thread, v Value) Value {
	it := new(StrIter)
	it.Begin(v.Str())
	return Of(it)
}

// Begin makes it an iterator over s that stands before the first character.
func (it *StrIter) Begin(s *Str) {
	cls := &StrIterType
	if s.IsASCII() {
		cls = &StrASCIIIterType
	}
	*it = StrIter{Head{cls}, s, 0, 0}
}

func strASCIIIterNext(t *Thread, v Value) Value {
	it := To[StrIter](v)
	if s := it.Str; s != nil {
		if it.Pos < len(s.S) {
			c := s.S[it.Pos]
			it.Pos++
			it.Index++
			return Of(&charStrs[c])
		}
		it.Str = nil
	}
	return Value{}
}

func strIterNext(t *Thread, v Value) Value {
	it := To[StrIter](v)
	if s := it.Str; s != nil {
		if it.Pos < len(s.S) {
			r, n := DecodePoint(s.S[it.Pos:])
			it.Pos += n
			it.Index++
			return MakeChar(r)
		}
		it.Str = nil
	}
	return Value{}
}

func setupStrIter() {
	methods := func() []MethodDef {
		return []MethodDef{
			{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				it := To[StrIter](a[0])
				if it.Str == nil {
					return MakeInt(0)
				}
				return MakeInt(int64(it.Str.Len() - it.Index))
			}, Doc: hintDoc},
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				f := t.IterBuiltin()
				it := To[StrIter](a[0])
				if it.Str == nil {
					return t.reduceIter(f, EmptyStr)
				}
				return t.reduceIter(f, Of(it.Str), MakeInt(int64(it.Index)))
			}, Doc: reduceDoc},
			{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				i, ok := t.stateInt(a[1])
				if !ok {
					return Value{}
				}
				if it := To[StrIter](a[0]); it.Str != nil {
					it.Index = min(max(i, 0), it.Str.Len())
					it.Pos = it.Str.offset(it.Index)
				}
				return None
			}, Doc: setStateDoc},
		}
	}
	Define(&StrASCIIIterType, TypeSpec{Name: "str_ascii_iterator", Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: strASCIIIterNext}, Methods: methods()})
	Define(&StrIterType, TypeSpec{Name: "str_iterator", Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: strIterNext}, Methods: methods()})
}

// Point returns the number of the code point at an offset.
func (s *Str) Point(offset int) int { return s.point(offset) }
