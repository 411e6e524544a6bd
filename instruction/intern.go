package instruction

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/slab"
	"github.com/krait-py/krait/token"
)

// intern is the part of a Cache that is about what code objects are made of beside
// constants. CPython keeps names in a table of the whole process and merges the
// tuples and tables of code objects like constants.
type intern struct {
	names  strTable   // names that would not be interned as constants
	byID   []numbered // names by their numbers in the file
	sets   int32      // how many sets of names have been begun
	bytes  bytesTable
	empty  *code.Bytes
	tuples tupleTable
}

func (c *intern) reset() {
	c.names.reset()
	if clear(c.byID); cap(c.byID) > keptNames {
		c.byID = nil
	}
	c.byID = c.byID[:0]
	c.sets, c.empty = 0, nil
	c.bytes.reset()
	c.tuples.reset()
}

// keptNames is for how many names at most memory is kept for other files.
const keptNames = 1 << 13

// numbered is what is known of a name with a number.
type numbered struct {
	str *code.Str // nil if not asked for yet
	// at is the index of the name in the set with the number set, which is the newest
	// that has it.
	set, at int32
}

// Name returns the interned string s: that of the constant s if such constants are
// interned.
func (c *Cache) Name(s string) *code.Str {
	h := hashText(s)
	if Internable(s) {
		if i := c.strs.find(s, h); i >= 0 {
			c.strs.list[i].Interned = true
			return c.strs.list[i]
		}
		v := c.memory.strs.Next()
		v.S, v.Interned = s, true
		c.strs.add(v, h, noConstant)
		return v
	}
	if i := c.names.find(s, h); i >= 0 {
		return c.names.list[i]
	}
	v := c.memory.strs.Next()
	v.S = s
	return c.addName(v, h)
}

// NameNum is Name for a name that has the number id in the file, if that is not 0.
func (c *Cache) NameNum(s string, id token.NameID) *code.Str {
	if id == 0 {
		return c.Name(s)
	}
	n := c.numbered(id)
	if n.str == nil {
		n.str = c.Name(s)
	}
	return n.str
}

// numbered returns what is known of the name with the number id. The pointer is good
// until the next call.
func (c *Cache) numbered(id token.NameID) *numbered {
	if int(id) >= len(c.byID) {
		c.growNumbered(int(id) + 1)
	}
	return &c.byID[id]
}

// growNumbered makes room for at least n names with numbers. Behind those of a file there
// are zeros.
func (c *Cache) growNumbered(n int) {
	n += n/2 + 64
	if n <= cap(c.byID) {
		c.byID = c.byID[:n]
		return
	}
	c.byID = append(make([]numbered, 0, n), c.byID...)[:n]
}

// Adopt interns v, a string that is a constant and a name at the same time, unless
// there is an interned string like it; it returns that or v.
func (c *Cache) Adopt(v *code.Str) *code.Str {
	if Internable(v.S) {
		return c.Name(v.S)
	}
	h := hashText(v.S)
	if i := c.names.find(v.S, h); i >= 0 {
		return c.names.list[i]
	}
	return c.addName(v, h)
}

func (c *Cache) addName(v *code.Str, h uint32) *code.Str {
	v.Interned = true
	c.names.add(v, h, noConstant)
	return v
}

// Internable reports whether code objects intern constants like s: those of ASCII
// letters, digits and underscores, and what there is once only anyway, characters
// of Latin-1.
func Internable(s string) bool {
	n := len(s)
	if n < 8 {
		if n <= 1 || n == 2 && (s[0] == 0xc2 || s[0] == 0xc3) {
			return true
		}
		return token.NameBytes(loadShort(s)) == n
	}
	last := load64(s[n-8:])
	for ; len(s) > 8; s = s[8:] {
		if token.NameBytes(load64(s)) < 8 {
			return false
		}
	}
	return token.NameBytes(last) == 8
}

// Bytes returns the bytes s of the file.
func (c *Cache) Bytes(s string) *code.Bytes {
	if s == "" && c.empty != nil {
		return c.empty
	}
	h := hashText(s)
	if v := c.bytes.find(s, h); v != nil {
		return v
	}
	v := c.memory.bytes.Next()
	v.S = s
	c.bytes.add(v, h)
	if s == "" {
		c.empty = v
	}
	return v
}

func (c *Cache) mergeBytes(v *code.Bytes) *code.Bytes {
	h := hashText(v.S)
	if first := c.bytes.find(v.S, h); first != nil {
		return first
	}
	c.bytes.add(v, h)
	return v
}

// bytesTable finds bytes by their content.
type bytesTable struct{ table[code.Bytes] }

func (t *bytesTable) find(s string, h uint32) *code.Bytes {
	for p := t.index.start(h); ; {
		i := t.index.next(&p, h)
		if i < 0 {
			return nil
		}
		if v := t.list[i]; v.S == s {
			return v
		}
	}
}

// Tuple returns the tuple of the file with these items, which have been merged. The
// slice remains the caller's.
func (c *Cache) Tuple(items []code.Value) *code.Tuple {
	t, _ := c.AddTuple(items)
	return t
}

// AddTuple is Tuple and reports whether there was no such tuple before. Sets in it
// may be replaced by equal ones.
func (c *Cache) AddTuple(items []code.Value) (t *code.Tuple, isNew bool) {
	h := hashItems(items)
	if t := c.tuples.find(items, h); t != nil {
		return t, false
	}
	t = c.newTuple(items)
	c.tuples.add(t, h)
	return t, true
}

func (c *Cache) newTuple(items []code.Value) *code.Tuple {
	t := c.memory.tuples.Next()
	t.Items = c.memory.items.Take(len(items))
	copy(t.Items, items)
	return t
}

// mergeTuple returns the tuple of the file that equals v, and a hash of it.
func (c *Cache) mergeTuple(v *code.Tuple) (*code.Tuple, uint32) {
	h := hashItems(v.Items)
	if t := c.tuples.find(v.Items, h); t != nil {
		return t, h
	}
	c.tuples.add(v, h)
	return v, h
}

// tupleTable finds tuples by their items, which have been merged.
type tupleTable struct{ table[code.Tuple] }

func (t *tupleTable) find(items []code.Value, h uint32) *code.Tuple {
	for p := t.index.start(h); ; {
		i := t.index.next(&p, h)
		if i < 0 {
			return nil
		}
		if v := t.list[i]; identical(v.Items, items) {
			return v
		}
	}
}

func identical(a, b []code.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			v, ok1 := a[i].(*code.Set)
			w, ok2 := b[i].(*code.Set)
			if !ok1 || !ok2 || v.Frozen != w.Frozen || !identical(v.Items, w.Items) {
				return false
			}
		}
	}
	return true
}

// hashItems takes items for what they are, not for what is in them: items that have been
// merged are the same if they are equal. Only frozen sets may be others in a code object;
// see identical.
func hashItems(items []code.Value) uint32 {
	h := uint64(len(items))
	for _, v := range items {
		n := uint64(1)
		if _, ok := v.(*code.Set); !ok {
			n = uint64(slab.Address(&v))
		}
		h = (h ^ n) * 0x9E3779B97F4A7C15
		h ^= h >> 32
	}
	return uint32(h)
}
