package object

import (
	"strings"

	"github.com/krait-py/krait/internal/strs"
)

func bytesJoin(t *Thread, a []Value) Value {
	if isArray(a[0]) {
		// What the items are made by must not resize the separator.
		e := &To[ByteArray](a[0]).Exports
		e.n.Add(1)
		v := joinBytes(t, a)
		e.n.Add(-1)
		return v
	}
	return joinBytes(t, a)
}

func joinBytes(t *Thread, a []Value) Value {
	items, c, ok := t.joinItems(a[1])
	if !ok {
		return Value{}
	}
	r := joinTexts(t, a[0], items)
	if c != nil {
		c.release(t, false)
	}
	return r
}

func joinTexts(t *Thread, self Value, items []Value) Value {
	if len(items) == 1 && items[0].Is(&BytesType) && !isArray(self) {
		return items[0]
	}
	// Views of the items are taken once: Python code may run for them.
	var space [16]string
	texts := space[:0]
	sep := bytesText(self)
	size := max(len(items)-1, 0) * len(sep)
	for i := 0; i < len(items); i++ {
		x := items[i]
		if !hasBytes(x) {
			return t.TypeErrorf("sequence item %d: expected a bytes-like object, %s found", i, x.Type().Name)
		}
		s, ok := t.BytesLike(x)
		if !ok {
			if t.Catch(&TypeErrorType) != nil || t.Catch(&BufferErrorType) != nil {
				return t.TypeErrorf("sequence item %d: expected a bytes-like object, %s found", i, x.Type().Name)
			}
			return Value{}
		}
		texts = append(texts, s)
		size += len(s)
	}
	if size > maxBytes {
		return t.RaiseNew(&MemoryErrorType)
	}
	if size == 0 {
		return likeSelf(self, "")
	}
	var r Value
	var b []byte
	if isArray(self) {
		b = make([]byte, size)
		r = Of(NewByteArray(b))
	} else {
		var x *Bytes
		x, b = makeBytesBuf(size)
		r = Of(x)
	}
	for i, s := range texts {
		if i > 0 {
			b = b[copy(b, sep):]
		}
		b = b[copy(b, s):]
	}
	return r
}

func bytesPad(t *Thread, a []Value, name string, side byte) Value {
	width, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	fill := byte(' ')
	if v := a[2]; v.P != nil {
		if v.Type().Flags&FlagBytes == 0 && !v.IsA(&ByteArrayType) {
			return t.TypeErrorf("%s() argument 2 must be a byte string of length 1, not %s", name, ArgName(v))
		}
		x := bytesText(v)
		if len(x) != 1 {
			kind := "bytes"
			if isArray(v) {
				kind = "bytearray"
			}
			return t.TypeErrorf("%s(): argument 2 must be a byte string of length 1, not a %s object of length %d", name, kind, len(x))
		}
		fill = x[0]
	}
	s := bytesText(a[0])
	if width <= len(s) {
		return likeSelf(a[0], s)
	}
	if width > maxBytes {
		return t.RaiseNew(&MemoryErrorType)
	}
	left := 0
	switch side {
	case 'c':
		left, _ = strs.Center(len(s), width)
	case 'r':
		left = width - len(s)
	}
	b := make([]byte, width)
	fillRepeated(b[:left], byteBytes[fill].S)
	copy(b[left:], s)
	fillRepeated(b[left+len(s):], byteBytes[fill].S)
	return freshBytes(a[0], textOf(b))
}

func bytesZFill(t *Thread, a []Value) Value {
	width, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	s := bytesText(a[0])
	if width <= len(s) {
		return likeSelf(a[0], s)
	}
	if width > maxBytes {
		return t.RaiseNew(&MemoryErrorType)
	}
	return freshBytes(a[0], strs.ZFill(s, len(s), width))
}

func bytesExpandTabs(t *Thread, a []Value) Value {
	size := 8
	if a[1].P != nil {
		var ok bool
		if size, ok = t.AsCInt(a[1]); !ok {
			return Value{}
		}
	}
	s := bytesText(a[0])
	if strings.IndexByte(s, '\t') < 0 {
		return freshBytes(a[0], strings.Clone(s))
	}
	r, ok := strs.Bytes.ExpandTabs(s, size, maxBytes)
	if !ok {
		return t.OverflowErrorf("result too long")
	}
	return freshBytes(a[0], r)
}

func bytesMakeTrans(t *Thread, a []Value) Value {
	from, ok := t.BytesLike(a[0])
	if !ok {
		return Value{}
	}
	to, ok := t.BytesLike(a[1])
	if !ok {
		return Value{}
	}
	if len(from) != len(to) {
		return t.ValueErrorf("maketrans arguments must have same length")
	}
	b := make([]byte, 256)
	for i := range b {
		b[i] = byte(i)
	}
	for i := range len(from) {
		b[from[i]] = to[i]
	}
	return MakeBytes(textOf(b))
}

func bytesTranslate(t *Thread, a []Value) Value {
	var table, drop string
	var ok bool
	if !a[1].IsNone() {
		if table, ok = t.BytesLike(a[1]); !ok {
			return Value{}
		}
		if len(table) != 256 {
			return t.ValueErrorf("translation table must be 256 characters long")
		}
	}
	if a[2].P != nil {
		if drop, ok = t.BytesLike(a[2]); !ok {
			return Value{}
		}
	}
	s := bytesText(a[0])
	n := len(s)
	var d strs.ByteDrop
	if drop != "" {
		d.Add(drop)
		n = d.Kept(s)
	}
	if n == len(s) && table == "" {
		return likeSelf(a[0], s)
	}
	x, b := bufferLike(a[0], n)
	if n < len(s) {
		d.Write(b, s)
		s = textOf(b)
	}
	if table != "" {
		strs.MapBytes(b, s, table)
	}
	if n == len(bytesText(a[0])) && textOf(b) == s {
		return likeSelf(a[0], s)
	}
	return writtenLike(x, b)
}

const lowerHex = "0123456789abcdef"

func bytesHex(t *Thread, a []Value) Value { return t.hexOf(bytesText(a[0]), a[1], a[2]) }

// hexOf is the method hex of bytes-like objects.
func (t *Thread) hexOf(s string, sep, group Value) Value {
	n := 1
	if group.P != nil {
		var ok bool
		if n, ok = t.AsCInt(group); !ok {
			return Value{}
		}
	}
	c := byte(0)
	if sep.P != nil {
		size, ok := t.Len(sep)
		if !ok {
			return Value{}
		}
		if size != 1 {
			return t.ValueErrorf("sep must be length 1.")
		}
		switch {
		case sep.IsStr():
			x := sep.Str()
			if !x.IsASCII() {
				return t.ValueErrorf("sep must be ASCII.")
			}
			c = x.S[0]
		case sep.Type().Flags&FlagBytes != 0:
			if c = To[Bytes](sep).S[0]; c >= 0x80 {
				return t.ValueErrorf("sep must be ASCII.")
			}
		default:
			return t.TypeErrorf("sep must be str or bytes.")
		}
	} else {
		n = 0
	}
	return t.hexText(s, c, n)
}

// hexText returns the hexadecimal digits of s with sep between groups of n bytes, counted from the end, or from the beginning
// if n is negative.
func (t *Thread) hexText(s string, sep byte, n int) Value {
	if s == "" {
		return EmptyStr
	}
	seps, size := 0, max(n, -n)
	if size > 0 && size < len(s) {
		seps = (len(s) - 1) / size
	}
	if len(s) > (maxBytes-seps)/2 {
		return t.RaiseNew(&MemoryErrorType)
	}
	total := len(s)*2 + seps
	r, b := makeStrBuf(total, total)
	if seps == 0 {
		for i := range len(s) {
			b[2*i], b[2*i+1] = lowerHex[s[i]>>4], lowerHex[s[i]&15]
		}
		return Of(r)
	}
	left := size // bytes until the next separator
	if n > 0 {
		if left = len(s) % size; left == 0 {
			left = size
		}
	}
	k := 0
	for i := range len(s) {
		if left == 0 {
			b[k] = sep
			k++
			left = size
		}
		left--
		b[k], b[k+1] = lowerHex[s[i]>>4], lowerHex[s[i]&15]
		k += 2
	}
	return Of(r)
}

func bytesFromHex(t *Thread, a []Value) Value {
	cls, v := To[Type](a[0]), a[1]
	var s string
	text := v.IsStr()
	switch {
	case text:
		s = v.Str().S
	case v.Type().Buffer != nil:
		var ok bool
		if s, ok = t.BytesLike(v); !ok {
			return Value{}
		}
	default:
		return t.TypeErrorf("fromhex() argument must be str or bytes-like, not %s", v.Type().Name)
	}
	b := make([]byte, 0, len(s)/2)
	bad := func(i int) Value {
		if i >= len(s) {
			return t.ValueErrorf("fromhex() arg must contain an even number of hexadecimal digits")
		}
		if text {
			i = CountPoints(s[:i])
		}
		return t.ValueErrorf("non-hexadecimal number found in fromhex() arg at position %d", i)
	}
	for i := 0; i < len(s); {
		if c := s[i]; c == ' ' || '\t' <= c && c <= '\r' {
			i++
			continue
		}
		hi := hexDigit(s[i])
		if hi < 0 {
			return bad(i)
		}
		if i++; i == len(s) {
			return bad(i)
		}
		lo := hexDigit(s[i])
		if lo < 0 {
			return bad(i)
		}
		b = append(b, byte(hi<<4|lo))
		i++
	}
	var r Value
	if cls.Flags&FlagBytes != 0 {
		r = MakeBytes(textOf(b))
		if cls == &BytesType {
			return r
		}
	} else {
		r = Of(NewByteArray(b))
		if cls == &ByteArrayType {
			return r
		}
	}
	return t.CallArgs(Of(cls), r)
}

// hexDigit returns the value of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case c-'0' < 10:
		return int(c - '0')
	case c|0x20-'a' < 6:
		return int(c|0x20-'a') + 10
	}
	return -1
}
