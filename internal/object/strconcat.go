package object

import (
	"encoding/binary"
	"unsafe"
)

// maxBytes bounds the length of texts and bytes: beyond it there is MemoryError.
const maxBytes = 1<<32 - 1

const (
	// growFrom is how many concatenations in a row make a string that has room for more behind it: an expression seldom has so many.
	growFrom = 6
	// growSize is the size from which on the second one does.
	growSize = 512
	// inChain is what Str.grown says of the strings of a chain.
	inChain = 255
	// maxChain is the size up to which there are chains: they copy the text more often.
	maxChain = 3000
)

// chain begins a block of memory that the collector does not scan, for strings that begin alike. Their texts follow, in the
// same memory, each a part of the next. Their headers grow towards that from the end of the block. So the next string needs no
// allocation, and one that is kept has its text in its own block.
type chain struct {
	used, top int // where the longest text ends, and where the lowest header begins
}

const chainHead = int(unsafe.Sizeof(chain{}))

// newChain returns a chain with room for a text of size bytes, as much again and headers.
func newChain(size int) *chain {
	b := rawText(2*size + 192)
	c := (*chain)(unsafe.Pointer(unsafe.SliceData(b)))
	c.used, c.top = chainHead, cap(b)&^7
	return c
}

// chainOf returns the chain that s is in.
func chainOf(s *Str) *chain {
	return (*chain)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s.S)), -chainHead))
}

// last reports whether s is the last string of the chain.
func (c *chain) last(s *Str) bool { return c.used == chainHead+len(s.S) }

// fits reports whether there is room for a string of size bytes.
func (c *chain) fits(size int) bool {
	return chainHead+size+int(unsafe.Sizeof(rawStr{})) <= c.top
}

// add adds texts to the last one and returns the str of all, which has size bytes and n code points.
func (c *chain) add(a, b string, size, n int) *Str {
	p := unsafe.Pointer(c)
	text := unsafe.Slice((*byte)(unsafe.Add(p, chainHead)), size)
	copy(text[copy(text[c.used-chainHead:], a)+c.used-chainHead:], b)
	c.used = chainHead + size
	c.top -= int(unsafe.Sizeof(rawStr{}))
	x := (*rawStr)(unsafe.Add(p, c.top))
	*x = rawStr{cls: uintptr(unsafe.Pointer(&StrType)), text: uintptr(unsafe.Pointer(unsafe.SliceData(text))), size: size, n: uint32(n)}
	s := (*Str)(unsafe.Pointer(x))
	s.grown = inChain
	return s
}

// ConcatStr returns a + b.
//
// A loop of s += x must not copy s each time. Strings that come from a chain of concatenations lie in memory with
// room behind them, and the next text goes there if nothing is there yet: strings that have been made before see
// only their own part. a and b may be fleeting, unless the other is empty.
func ConcatStr(t *Thread, a, b *Str) Value {
	if len(b.S) == 0 {
		return a.exact()
	}
	size, n := len(a.S)+len(b.S), a.Len()+b.Len()
	// A text with other characters than ASCII needs an index when it is longer, which strings of a chain have no place for.
	chained := size <= maxChain && (n == size || size <= maxSkip)
	before := a.grown
	if before == isFleeting {
		before = (*fleetingStr)(unsafe.Pointer(a)).count
	}
	grown := min(before, growFrom) + 1
	if a.grown == inChain && chained {
		switch c := chainOf(a); {
		case !c.last(a):
			grown = 1 // no loop
		case c.fits(size):
			return Of(c.add(b.S, "", size, n))
		}
	}
	if m := a.extra(); m != nil && m.used == len(a.S) && size <= m.size && m.used != 0 {
		p := unsafe.StringData(a.S)
		copy(unsafe.Slice(p, m.size)[m.used:], b.S)
		m.used = size
		return grownStr(unsafe.String(p, size), n, m)
	}
	if len(a.S) == 0 {
		return b.exact()
	}
	if size > maxBytes {
		return t.RaiseNew(&MemoryErrorType)
	}
	if size >= manyBytes/2 && !t.HasRoom(size+size/2) {
		return Value{}
	}
	if grown >= growFrom || grown > 1 && size >= growSize {
		if chained {
			return Of(newChain(size).add(a.S, b.S, size, n))
		}
		buf := rawText(size + size/2 + 32)
		copy(buf, a.S)
		copy(buf[len(a.S):], b.S)
		return grownStr(textOf(buf[:size]), n, &strMore{used: size, size: cap(buf)})
	}
	s, buf := makeStrBuf(size, n)
	copy(buf, a.S)
	copy(buf[len(a.S):], b.S)
	s.grown = grown
	return Of(s)
}

// grownStr returns the str of n code points whose text is a part of the memory that m is about.
func grownStr(s string, n int, m *strMore) Value {
	return Of(&strPlus{Str: Str{Head: Head{&StrType}, S: s, n: uint32(n), grown: growFrom, plus: true}, more: m})
}

func strConcat(t *Thread, a, b Value) Value {
	if !b.IsStr() {
		return t.TypeErrorf("can only concatenate str (not \"%s\") to str", b.Type().Name)
	}
	return ConcatStr(t, a.Str(), b.Str())
}

// JoinStrs returns the concatenation of items, which are all str.
func JoinStrs(t *Thread, items []Value) Value {
	size, n := 0, 0
	for _, x := range items {
		s := x.Str()
		size += len(s.S)
		n += s.Len()
	}
	switch {
	case n <= 1 && size <= 2:
		for _, x := range items {
			if x.Str().Len() > 0 {
				return x.Str().exact()
			}
		}
		return EmptyStr
	case size > maxBytes:
		return t.RaiseNew(&MemoryErrorType)
	case !t.HasRoom(size):
		return Value{}
	}
	r, b := makeStrBuf(size, n)
	for _, x := range items {
		b = b[copy(b, x.Str().S):]
	}
	return Of(r)
}

// Join returns sep.join(items).
func (s *Str) Join(t *Thread, items []Value) Value {
	if len(items) == 0 {
		return EmptyStr
	}
	if x := items[0]; len(items) == 1 && x.Is(&StrType) {
		return x
	}
	size, n := (len(items)-1)*len(s.S), (len(items)-1)*s.Len()
	for i, x := range items {
		if x.Type() != &StrType && !x.IsStr() {
			return t.TypeErrorf("sequence item %d: expected str instance, %s found", i, x.Type().Name)
		}
		x := x.Str()
		size += len(x.S)
		n += x.Len()
	}
	switch {
	case n <= 1:
		return JoinStrs(t, items)
	case size > maxBytes:
		return t.RaiseNew(&MemoryErrorType)
	case !t.HasRoom(size):
		return Value{}
	}
	r, b := makeStrBuf(size, n)
	sep := s.S
	switch len(sep) {
	case 0:
		for _, x := range items {
			b = b[copy(b, x.Str().S):]
		}
	case 1:
		c := sep[0]
		b = b[copy(b, items[0].Str().S):]
		for _, x := range items[1:] {
			b[0] = c
			b = b[1+copy(b[1:], x.Str().S):]
		}
	default:
		b = b[copy(b, items[0].Str().S):]
		for _, x := range items[1:] {
			b = b[copy(b, sep):]
			b = b[copy(b, x.Str().S):]
		}
	}
	return Of(r)
}

func strJoin(t *Thread, a []Value) Value {
	items, c, ok := t.joinItems(a[1])
	if !ok {
		return Value{}
	}
	r := a[0].Str().Join(t, items)
	if c != nil {
		c.release(t, false)
	}
	return r
}

// joinItems returns the items to join, which are not to be changed, and what they are in if that is to be released.
func (t *Thread) joinItems(v Value) (items []Value, c *collector, ok bool) {
	switch v.Type() {
	case &ListType:
		return To[List](v).V, nil, true
	case &TupleType:
		return To[Tuple](v).Items(), nil, true
	}
	it := t.Iter(v)
	if it.P == nil {
		if t.Catch(&TypeErrorType) != nil {
			t.TypeErrorf("can only join an iterable")
		}
		return nil, nil, false
	}
	n, ok := t.LengthHint(it, 0)
	if !ok {
		return nil, nil, false
	}
	if n > 0 {
		items, ok = t.drain(make([]Value, 0, min(n, maxHint)), it)
		return items, nil, ok
	}
	c = t.collector()
	switch {
	case !c.gather(t, it):
		c.release(t, false)
		return nil, nil, false
	case c.runs != nil:
		return c.release(t, true), nil, true
	}
	return c.items, c, true
}

func strRepeat(t *Thread, v Value, n int) Value {
	s := v.Str()
	if n <= 0 || len(s.S) == 0 {
		return EmptyStr
	}
	if n == 1 {
		return s.exact()
	}
	if n > (1<<63-1)/s.Len() {
		return t.OverflowErrorf("repeated string is too long")
	}
	if n > maxBytes/len(s.S) {
		return t.RaiseNew(&MemoryErrorType)
	}
	if !t.HasRoom(len(s.S) * n) {
		return Value{}
	}
	r, b := makeStrBuf(len(s.S)*n, s.Len()*n)
	fillRepeated(b, s.S)
	return Of(r)
}

// fillRepeated fills b with copies of s, one after the other.
func fillRepeated(b []byte, s string) {
	if len(s) == 1 {
		c := s[0]
		if c == 0 {
			clear(b)
			return
		}
		if len(b) <= 512 {
			i := 0
			for ; i+8 <= len(b); i += 8 {
				binary.LittleEndian.PutUint64(b[i:], uint64(c)*0x0101010101010101)
			}
			for ; i < len(b); i++ {
				b[i] = c
			}
			return
		}
	}
	for k := copy(b, s); k < len(b); {
		k += copy(b[k:], b[:k])
	}
}
