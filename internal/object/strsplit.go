package object

import (
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

func strSplit(t *Thread, a []Value, right bool) Value {
	s := a[0].Str()
	limit := -1
	if a[2].P != nil {
		var ok bool
		if limit, ok = t.AsSize(a[2]); !ok {
			return Value{}
		}
	}
	sep := a[1]
	if sep.P == nil || sep.IsNone() {
		var space [32]strs.Span
		spans := space[:0]
		if right {
			spans = strs.Str.RSplitSpace(spans, s.S, limit)
		} else {
			spans = strs.Str.SplitSpace(spans, s.S, limit)
		}
		return s.pieces(t, spans)
	}
	if !sep.IsStr() {
		return t.TypeErrorf("must be str or None, not %s", sep.Type().Name)
	}
	x := sep.Str()
	if x.S == "" {
		return t.ValueErrorf("empty separator")
	}
	var space [32]strs.Span
	spans := space[:0]
	if right {
		spans = strs.RSplit(spans, s.S, x.S, limit)
	} else {
		spans = strs.Split(spans, s.S, x.S, limit)
	}
	return s.pieces(t, spans)
}

// makeLentList is MakeList for the result of a method that may have been lent a list.
func (t *Thread) makeLentList(n int) *List {
	l := t.LentList
	if l == nil || cap(l.V) < n {
		return MakeList(n)
	}
	t.LentList = nil
	l.V = l.V[:n]
	return l
}

// pieces returns the list of parts of s.
func (s *Str) pieces(t *Thread, spans []strs.Span) Value {
	l := t.makeLentList(len(spans))
	items := l.V
	if len(spans) == 1 && spans[0].Start == 0 && spans[0].End == len(s.S) {
		items[0] = s.exact()
		return Of(l)
	}
	var x Pieces
	for k, sp := range spans {
		items[k] = x.span(s, sp.Start, sp.End, len(spans)-k-1)
	}
	return Of(l)
}

// Span is s.Span for one of several parts, of which nobody knows how many there will be.
func (x *Pieces) Span(s *Str, i, j int) Value {
	x.made++
	return x.span(s, i, j, x.made-1)
}

// Copy returns the str of n code points with the text in b, which is used again. rest is how many more there will be, about.
func (x *Pieces) Copy(b []byte, n, rest int) Value {
	if n <= 1 || len(b) > maxPiece {
		return copyText(b, n)
	}
	return Of(x.add(textOf(b), n, max(rest, 0)))
}

// span returns the text of s from i to j as a str. rest is how many more there will be, about.
func (x *Pieces) span(s *Str, i, j, rest int) Value {
	size := j - i
	if size <= 1 {
		if size == 0 {
			return EmptyStr
		}
		return Of(&charStrs[s.S[i]])
	}
	n := size
	if !s.IsASCII() {
		n = CountPoints(s.S[i:j])
	}
	if n == 1 || size > maxPiece || size == len(s.S) {
		return s.part(i, j, n)
	}
	return Of(x.add(s.S[i:j], n, rest))
}

func strSplitLines(t *Thread, a []Value) Value {
	keep := false
	if a[1].P != nil {
		var ok bool
		if keep, ok = t.IsTrue(a[1]); !ok {
			return Value{}
		}
	}
	s := a[0].Str()
	var space [32]strs.Span
	return s.pieces(t, strs.Str.SplitLines(space[:0], s.S, keep))
}

func strStrip(t *Thread, a []Value, name string, sides strs.Sides) Value {
	s := a[0].Str()
	var r string
	switch {
	case a[1].P == nil || a[1].IsNone():
		r = strs.Str.Strip(s.S, sides)
	case a[1].IsStr():
		r = strs.Str.StripChars(s.S, a[1].Str().S, sides)
	default:
		return t.TypeErrorf("%s arg must be None or str", name)
	}
	if len(r) == len(s.S) {
		return s.exact()
	}
	if r == "" {
		return EmptyStr
	}
	i := int(uintptr(unsafe.Pointer(unsafe.StringData(r))) - uintptr(unsafe.Pointer(unsafe.StringData(s.S))))
	return s.span(i, i+len(r))
}

func strPad(t *Thread, a []Value, side byte) Value {
	s := a[0].Str()
	width, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	fill := rune(' ')
	if a[2].P != nil {
		if !a[2].IsStr() {
			return t.TypeErrorf("The fill character must be a unicode character, not %s", a[2].Type().Name)
		}
		x := a[2].Str()
		if x.Len() != 1 {
			return t.TypeErrorf("The fill character must be exactly one character long")
		}
		fill, _ = DecodePoint(x.S)
	}
	if width <= s.Len() {
		return s.exact()
	}
	if width > (maxBytes-len(s.S))/4 {
		return t.RaiseNew(&MemoryErrorType)
	}
	var left, right int
	switch side {
	case 'c':
		left, right = strs.Center(s.Len(), width)
	case 'l':
		right = width - s.Len()
	default:
		left = width - s.Len()
	}
	if fill < 0x80 {
		r, b := makeStrBuf(len(s.S)+left+right, width)
		f := charStrs[fill].S
		if left > 0 {
			fillRepeated(b[:left], f)
		}
		copy(b[left:], s.S)
		if right > 0 {
			fillRepeated(b[left+len(s.S):], f)
		}
		return Of(r)
	}
	return Of(NewStrN(strs.Pad(s.S, left, right, fill), width))
}

func strZFill(t *Thread, a []Value) Value {
	s := a[0].Str()
	width, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	if width <= s.Len() {
		return s.exact()
	}
	if width > maxBytes-len(s.S) {
		return t.RaiseNew(&MemoryErrorType)
	}
	return makeText(strs.ZFill(s.S, s.Len(), width), width)
}

func strExpandTabs(t *Thread, a []Value) Value {
	s := a[0].Str()
	size := 8
	if a[1].P != nil {
		var ok bool
		if size, ok = t.AsCInt(a[1]); !ok {
			return Value{}
		}
	}
	if strings.IndexByte(s.S, '\t') < 0 {
		return s.exact()
	}
	r, ok := strs.Str.ExpandTabs(s.S, size, maxBytes)
	if !ok {
		return t.OverflowErrorf("new string is too long")
	}
	return makeText(r, CountPoints(r))
}
