package object

import (
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

// freshBytes returns s, which nobody else has, as an object of the same kind as self.
func freshBytes(self Value, s string) Value {
	if isArray(self) {
		return Of(NewByteArray(bytesOf(s)))
	}
	return MakeBytes(s)
}

// subArg converts an argument that is to be found: bytes, or an int for one of them.
func (t *Thread) subArg(v Value) (string, bool) {
	if v.Is(&BytesType) {
		return To[Bytes](v).S, true
	}
	if v.Type().Buffer != nil {
		return t.BytesLike(v)
	}
	if v.Type().Index != nil {
		c, ok := t.byteOf(v)
		return byteBytes[c].S, ok
	}
	t.TypeErrorf("argument should be integer or bytes-like object, not '%s'", v.Type().Name)
	return "", false
}

// bytesWindow is what arguments start and end select of self; empty says not even the empty text.
func (t *Thread) bytesWindow(self, start, end Value) (s string, from int, empty, ok bool) {
	i, j, ok := t.bounds(start, end, len(bytesText(self)))
	if !ok {
		return "", 0, false, false
	}
	s = bytesText(self)
	if j = min(j, len(s)); i > j {
		return "", 0, true, true
	}
	return s[i:j], i, false, true
}

func bytesFind(t *Thread, a []Value, last, must bool) Value {
	s, from, empty, ok := t.bytesWindow(a[0], a[2], a[3])
	if !ok {
		return Value{}
	}
	sub, ok := t.subArg(a[1])
	if !ok {
		return Value{}
	}
	at := -1
	if !empty {
		if last {
			at = lastIndex(s, sub)
		} else {
			at = strings.Index(s, sub)
		}
	}
	if at < 0 {
		if must {
			return t.ValueErrorf("subsection not found")
		}
		return MakeInt(-1)
	}
	return MakeInt(int64(from + at))
}

func bytesCount(t *Thread, a []Value) Value {
	s, _, empty, ok := t.bytesWindow(a[0], a[2], a[3])
	if !ok {
		return Value{}
	}
	sub, ok := t.subArg(a[1])
	switch {
	case !ok:
		return Value{}
	case empty:
		return MakeInt(0)
	case sub == "":
		return MakeInt(int64(len(s) + 1))
	}
	return MakeInt(int64(strings.Count(s, sub)))
}

// bytesTail is startswith and endswith.
func bytesTail(t *Thread, a []Value, name string, end bool) Value {
	s, _, empty, ok := t.bytesWindow(a[0], a[2], a[3])
	if !ok {
		return Value{}
	}
	test := func(sub string) bool {
		if empty {
			return false
		}
		if end {
			return strings.HasSuffix(s, sub)
		}
		return strings.HasPrefix(s, sub)
	}
	if a[1].Type().Flags&FlagTuple != 0 {
		for _, x := range To[Tuple](a[1]).Items() {
			sub, ok := t.BytesLike(x)
			if !ok {
				return Value{}
			}
			if test(sub) {
				return True
			}
		}
		return False
	}
	if a[1].Type().Buffer == nil {
		return t.TypeErrorf("%s first arg must be bytes or a tuple of bytes, not %s", name, a[1].Type().Name)
	}
	sub, ok := t.BytesLike(a[1])
	if !ok {
		return Value{}
	}
	return MakeBool(test(sub))
}

func bytesRemove(t *Thread, a []Value, suffix bool) Value {
	sub, ok := t.BytesLike(a[1])
	if !ok {
		return Value{}
	}
	s := bytesText(a[0])
	switch {
	case sub == "":
	case !suffix && strings.HasPrefix(s, sub):
		return likePart(a[0], s, len(sub), len(s))
	case suffix && strings.HasSuffix(s, sub):
		return likePart(a[0], s, 0, len(s)-len(sub))
	}
	return likeSelf(a[0], s)
}

func bytesReplace(t *Thread, a []Value) Value {
	old, ok := t.BytesLike(a[1])
	if !ok {
		return Value{}
	}
	with, ok := t.BytesLike(a[2])
	if !ok {
		return Value{}
	}
	limit := -1
	if a[3].P != nil {
		if limit, ok = t.AsSize(a[3]); !ok {
			return Value{}
		}
	}
	s := bytesText(a[0])
	if grown := len(with) - len(old); grown > 0 {
		n := len(s) + 1
		if old != "" {
			n = len(s) / len(old)
		}
		if limit >= 0 {
			n = min(n, limit)
		}
		if n > (maxBytes-len(s))/grown && (old == "" || strings.Count(s, old) > (maxBytes-len(s))/grown) {
			return t.RaiseNew(&MemoryErrorType)
		}
	}
	r, n := strs.Bytes.Replace(s, old, with, limit)
	if n == 0 {
		return likeSelf(a[0], s)
	}
	return freshBytes(a[0], r)
}

func bytesPartition(t *Thread, a []Value, last bool) Value {
	sep, ok := t.BytesLike(a[1])
	if !ok {
		return Value{}
	}
	if sep == "" {
		return t.ValueErrorf("empty separator")
	}
	self := a[0]
	s := bytesText(self)
	var i int
	if last {
		i = lastIndex(s, sep)
	} else {
		i = strings.Index(s, sep)
	}
	if i < 0 {
		none, none2 := likeSelf(self, ""), likeSelf(self, "")
		if last {
			return Of(NewTuple(none, none2, likeSelf(self, s)))
		}
		return Of(NewTuple(likeSelf(self, s), none, none2))
	}
	mid := a[1]
	if isArray(self) {
		mid = Of(NewByteArray([]byte(sep)))
	} else if !mid.Is(&BytesType) && mid.Type().Flags&FlagBytes == 0 {
		// The separator itself is part of the result, whatever it is.
		mid = a[1]
	}
	return Of(NewTuple(likePart(self, s, 0, i), mid, likePart(self, s, i+len(sep), len(s))))
}

func bytesSplit(t *Thread, a []Value, right bool) Value {
	limit := -1
	if a[2].P != nil {
		var ok bool
		if limit, ok = t.AsSize(a[2]); !ok {
			return Value{}
		}
	}
	var space [32]strs.Span
	spans := space[:0]
	if a[1].P == nil || a[1].IsNone() {
		s := bytesText(a[0])
		if right {
			spans = strs.Bytes.RSplitSpace(spans, s, limit)
		} else {
			spans = strs.Bytes.SplitSpace(spans, s, limit)
		}
		return bytesPieces(t, a[0], s, spans)
	}
	sep, ok := t.BytesLike(a[1])
	if !ok {
		return Value{}
	}
	if sep == "" {
		return t.ValueErrorf("empty separator")
	}
	s := bytesText(a[0])
	if right {
		spans = strs.RSplit(spans, s, sep, limit)
	} else {
		spans = strs.Split(spans, s, sep, limit)
	}
	return bytesPieces(t, a[0], s, spans)
}

// bytesPieces returns the list of parts of self, whose text is s.
func bytesPieces(t *Thread, self Value, s string, spans []strs.Span) Value {
	l := t.makeLentList(len(spans))
	items := l.V
	if isArray(self) {
		for k, sp := range spans {
			items[k] = likePart(self, s, sp.Start, sp.End)
		}
		return Of(l)
	}
	var heads []Bytes
	for k, sp := range spans {
		if n := sp.End - sp.Start; n <= 1 || n == len(s) {
			items[k] = likePart(self, s, sp.Start, sp.End)
			continue
		}
		if len(heads) == 0 {
			heads = make([]Bytes, min(len(spans)-k, 8))
		}
		h := &heads[0]
		heads = heads[1:]
		h.Type, h.S = &BytesType, s[sp.Start:sp.End]
		items[k] = Value{P: unsafe.Pointer(h)}
	}
	return Of(l)
}

func bytesSplitLines(t *Thread, a []Value) Value {
	keep := false
	if a[1].P != nil {
		var ok bool
		if keep, ok = t.IsTrue(a[1]); !ok {
			return Value{}
		}
	}
	var space [32]strs.Span
	s := bytesText(a[0])
	return bytesPieces(t, a[0], s, strs.Bytes.SplitLines(space[:0], s, keep))
}

func bytesStrip(t *Thread, a []Value, sides strs.Sides) Value {
	var r, s string
	if a[1].P == nil || a[1].IsNone() {
		s = bytesText(a[0])
		r = strs.Bytes.Strip(s, sides)
	} else {
		chars, ok := t.BytesLike(a[1])
		if !ok {
			return Value{}
		}
		s = bytesText(a[0])
		r = strs.Bytes.StripChars(s, chars, sides)
	}
	if r == "" {
		return likeSelf(a[0], "")
	}
	i := int(uintptr(unsafe.Pointer(unsafe.StringData(r))) - uintptr(unsafe.Pointer(unsafe.StringData(s))))
	return likePart(a[0], s, i, i+len(r))
}
