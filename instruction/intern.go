package instruction

import (
	"github.com/krait-py/krait/code"
)

// intern is the part of a Cache that is about what code objects are made of beside
// constants. CPython keeps names in a table of the whole process and merges the
// tuples and tables of code objects like constants.
type intern struct {
	names  map[string]*code.Str // names that would not be interned as constants
	bytes  map[string]*code.Bytes
	tuples []tupleEntry // hash table of a power of two
	count  int
	pool   []code.Bytes
}

type tupleEntry struct {
	hash  uint32
	tuple *code.Tuple
}

// Name returns the interned string s: that of the constant s if such constants are
// interned.
func (c *Cache) Name(s string) *code.Str {
	if Internable(s) {
		v := c.Str(s)
		v.Interned = true
		return v
	}
	if v, ok := c.names[s]; ok {
		return v
	}
	return c.addName(&code.Str{S: s})
}

// Adopt interns v, a string that is a constant and a name at the same time, unless
// there is an interned string like it; it returns that or v.
func (c *Cache) Adopt(v *code.Str) *code.Str {
	if Internable(v.S) {
		return c.Name(v.S)
	}
	if first, ok := c.names[v.S]; ok {
		return first
	}
	return c.addName(v)
}

func (c *Cache) addName(v *code.Str) *code.Str {
	if c.names == nil {
		c.names = map[string]*code.Str{}
	}
	v.Interned = true
	c.names[v.S] = v
	return v
}

// Internable reports whether code objects intern constants like s: those of ASCII
// letters, digits and underscores, and what there is once only anyway, characters
// of Latin-1.
func Internable(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_':
		case i == 0 && len(s) == 1, i == 0 && len(s) == 2 && (b == 0xc2 || b == 0xc3):
			return true
		default:
			return false
		}
	}
	return true
}

// Bytes returns the bytes s of the file.
func (c *Cache) Bytes(s string) *code.Bytes {
	if v, ok := c.bytes[s]; ok {
		return v
	}
	if len(c.pool) == 0 {
		c.pool = make([]code.Bytes, 64)
	}
	v := &c.pool[0]
	c.pool = c.pool[1:]
	v.S = s
	return c.addBytes(v)
}

func (c *Cache) mergeBytes(v *code.Bytes) *code.Bytes {
	if first, ok := c.bytes[v.S]; ok {
		return first
	}
	return c.addBytes(v)
}

func (c *Cache) addBytes(v *code.Bytes) *code.Bytes {
	if c.bytes == nil {
		c.bytes = map[string]*code.Bytes{}
	}
	c.bytes[v.S] = v
	return v
}

// Tuple returns the tuple of the file with these items, which have been merged. The
// slice remains the caller's.
func (c *Cache) Tuple(items []code.Value) *code.Tuple {
	e := c.tupleEntry(items)
	if e.tuple == nil {
		e.tuple = &code.Tuple{Items: append([]code.Value(nil), items...)}
	}
	return e.tuple
}

func (c *Cache) mergeTuple(v *code.Tuple) *code.Tuple {
	e := c.tupleEntry(v.Items)
	if e.tuple == nil {
		e.tuple = v
	}
	return e.tuple
}

// tupleEntry returns the place of the tuple with these items, new or not. Merged
// items are the same if they are equal.
func (c *Cache) tupleEntry(items []code.Value) *tupleEntry {
	if 2*c.count >= len(c.tuples) {
		c.growTuples()
	}
	h := hashItems(items)
	mask := uint32(len(c.tuples) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := &c.tuples[i]
		if e.tuple == nil {
			e.hash = h
			c.count++
			return e
		}
		if e.hash == h && identical(e.tuple.Items, items) {
			return e
		}
	}
}

func (c *Cache) growTuples() {
	old := c.tuples
	c.tuples = make([]tupleEntry, max(64, 2*len(old)))
	mask := uint32(len(c.tuples) - 1)
	for _, e := range old {
		if e.tuple == nil {
			continue
		}
		i := e.hash & mask
		for c.tuples[i].tuple != nil {
			i = (i + 1) & mask
		}
		c.tuples[i] = e
	}
}

func identical(a, b []code.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// hashItems takes little of each item: most tuples differ in their first names.
func hashItems(items []code.Value) uint32 {
	h := uint32(2166136261) ^ uint32(len(items))
	mix := func(n uint32) { h = (h ^ n) * 16777619 }
	for _, v := range items {
		switch v := v.(type) {
		case *code.Str:
			mix(uint32(len(v.S)))
			if n := len(v.S); n > 0 {
				mix(uint32(v.S[0]) | uint32(v.S[n/2])<<8 | uint32(v.S[n-1])<<16)
			}
		case *code.Int:
			mix(uint32(v.V) ^ 1<<31)
		case *code.Bool:
			mix(3)
		case *code.Tuple:
			mix(uint32(len(v.Items)) + 77)
		case *code.Object:
			mix(uint32(v.FirstLine))
		default:
			mix(1)
		}
	}
	return h ^ h>>15
}
