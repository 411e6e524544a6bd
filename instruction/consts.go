package instruction

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/slab"
)

// Cache makes equal constants of a file the same value (CPython: const_cache in
// Python/compile.c). Equal means: same type, same value, the same for all that
// they contain; 0.0 and -0.0 differ. The zero Cache is ready for use.
type Cache struct {
	// Known reports whether a name is one of the source, or of a module with dots there. It may be nil.
	Known func(name string) bool

	strs    strTable
	small   [256 + 5]*code.Int // -5 to 255
	ints    map[int64]*code.Int
	other   map[string]code.Value
	objects table[code.Object] // by some of what equal ones must have in common
	intern
	key    []byte
	memory memory
}

// memory is what values of a file are made of.
type memory struct {
	strs    slab.Slab[code.Str]
	bytes   slab.Slab[code.Bytes]
	ints    slab.Slab[code.Int]
	tuples  slab.Slab[code.Tuple]
	items   slab.Slab[code.Value]
	objects slab.Slab[wholeObject]
	text    slab.Text
}

// wholeObject is a code object and those of its parts that are always its own.
type wholeObject struct {
	code.Object
	code, kinds code.Bytes
}

// Reset makes the cache one for another file and keeps its memory, but for the values
// made for the file before, unless Recycle has taken them back.
func (c *Cache) Reset() {
	c.strs.reset()
	clear(c.small[:])
	if len(c.ints) > 0 {
		clear(c.ints)
	}
	if len(c.other) > 0 {
		clear(c.other)
	}
	c.objects.reset()
	c.intern.reset()
	m := &c.memory
	m.strs.Leave()
	m.bytes.Leave()
	m.ints.Leave()
	m.tuples.Leave()
	m.items.Leave()
	m.objects.Leave()
	m.text.Leave()
}

// Expect says that the file has n names.
func (c *Cache) Expect(n int) { c.strs.index.expect(n + n/4) }

// Recycle takes back the values made for the file, and what they consist of: nobody
// may use them any more, and Reset must be called before the cache is used again.
func (c *Cache) Recycle() {
	m := &c.memory
	m.strs.Recycle()
	m.bytes.Recycle()
	m.ints.Recycle()
	m.tuples.Recycle()
	m.items.Recycle()
	m.objects.Recycle()
	m.text.Recycle()
}

// NewObject returns a code object with bytecode and kinds of variables, all empty.
func (c *Cache) NewObject() *code.Object {
	o := c.memory.objects.Next()
	o.Code, o.LocalsPlusKinds = &o.code, &o.kinds
	return &o.Object
}

// NewTuple returns a tuple with these items, which is in no list yet. The slice
// remains the caller's.
func (c *Cache) NewTuple(items []code.Value) *code.Tuple { return c.newTuple(items) }

// String returns a string of the bytes of b, in memory that belongs to the file.
func (c *Cache) String(b []byte) string { return c.memory.text.String(b) }

// Strings is String for the bytes of a and, behind them, b.
func (c *Cache) Strings(a, b []byte) string { return c.memory.text.Strings(a, b) }

// strTable finds strings by their text.
type strTable struct {
	table[code.Str]
	origin []origin
}

// origin says how a string became a constant of the file.
type origin uint8

const (
	noConstant origin = iota
	literal           // it stands between quotes
	identifier        // as a name, which the parser has interned
)

func (t *strTable) reset() {
	t.table.reset()
	t.origin = t.origin[:0]
}

// find returns the position of the string s, -1 if it is not there.
func (t *strTable) find(s string, h uint32) int {
	for p := t.index.start(h); ; {
		i := t.index.next(&p, h)
		if i < 0 || t.list[i].S == s {
			return i
		}
	}
}

func (t *strTable) add(v *code.Str, h uint32, o origin) {
	t.table.add(v, h)
	t.origin = append(t.origin, o)
}

// Str returns the constant s of the file. It is a name of the source: an attribute, a
// keyword, a class; see Text.
func (c *Cache) Str(s string) *code.Str { return first(c.str(s, identifier)) }

// Text returns the constant s of the file, which is no name.
func (c *Cache) Text(s string) *code.Str { return first(c.str(s, literal)) }

// NewText is Text, and reports whether there was no such constant before.
func (c *Cache) NewText(s string) (v *code.Str, made bool) { return c.str(s, literal) }

func first(v *code.Str, _ bool) *code.Str { return v }

// str returns the string s that CPython would intern as a constant, or that is one.
// What it is first decides what it is: a name is interned already.
func (c *Cache) str(s string, o origin) (v *code.Str, made bool) {
	h := hashText(s)
	if i := c.strs.find(s, h); i >= 0 {
		if c.strs.origin[i] == noConstant {
			c.strs.origin[i] = o
		}
		return c.strs.list[i], false
	}
	if o == identifier && !Internable(s) {
		v = c.Name(s)
	} else {
		v = c.memory.strs.Next()
		v.S = s
	}
	c.strs.add(v, h, o)
	return v, true
}

// WasLiteral reports whether the constant v of the file was no name at first.
func (c *Cache) WasLiteral(v *code.Str) bool {
	i := c.strs.find(v.S, hashText(v.S))
	return i >= 0 && c.strs.origin[i] == literal
}

// Int returns the integer n of the file.
func (c *Cache) Int(n int64) *code.Int {
	if n >= -5 && n <= 255 {
		p := &c.small[n+5]
		if *p == nil {
			*p = c.newInt(n)
		}
		return *p
	}
	if v, ok := c.ints[n]; ok {
		return v
	}
	v := c.newInt(n)
	c.addInt(v)
	return v
}

func (c *Cache) newInt(n int64) *code.Int {
	v := c.memory.ints.Next()
	v.V = n
	return v
}

func (c *Cache) addInt(v *code.Int) {
	if c.ints == nil {
		c.ints = map[int64]*code.Int{}
	}
	c.ints[v.V] = v
}

// Merge returns the value of the file that equals v; v itself if it is the first.
// Items of tuples and frozen sets are merged too, in place. Code objects are
// equal if all of their fields but the qualified name are, which is so for
// functions in a finally body that is compiled twice.
func (c *Cache) Merge(v code.Value) code.Value {
	v, _ = c.merge(v)
	return v
}

// merge is Merge and returns a hash of the value too.
func (c *Cache) merge(v code.Value) (code.Value, uint32) {
	switch v := v.(type) {
	case *code.Str:
		h := hashText(v.S)
		if i := c.strs.find(v.S, h); i >= 0 {
			if c.strs.origin[i] == noConstant {
				c.strs.origin[i] = literal
			}
			return c.strs.list[i], h
		}
		c.strs.add(v, h, literal)
		return v, h
	case *code.Int:
		if v.Big == nil {
			h := uint32(v.V) * 0x9E3779B1
			if n := v.V; n >= -5 && n <= 255 {
				p := &c.small[n+5]
				if *p == nil {
					*p = v
				}
				return *p, h
			}
			if first, ok := c.ints[v.V]; ok {
				return first, h
			}
			c.addInt(v)
			return v, h
		}
	case *code.NoneType:
		return code.None, 0x11
	case *code.EllipsisType:
		return code.Ellipsis, 0x22
	case *code.Bool:
		if v.V {
			return code.True, 0x33
		}
		return code.False, 0x44
	case *code.Object:
		return c.mergeObject(v)
	case *code.Bytes:
		return c.mergeBytes(v), uint32(len(v.S)) * 0x85EBCA6B
	case *code.Tuple:
		for i, item := range v.Items {
			v.Items[i] = c.Merge(item)
		}
		return c.mergeTuple(v)
	case *code.Set:
		for i, item := range v.Items {
			v.Items[i] = c.Merge(item)
		}
	case *code.Float:
		if v.V != v.V {
			return v, 0x55 // nothing equals it
		}
	}
	c.key = AppendKey(c.key[:0], v)
	h := uint32(len(c.key))
	for _, b := range c.key {
		h = h*31 + uint32(b)
	}
	if first, ok := c.other[string(c.key)]; ok {
		return first, h
	}
	if c.other == nil {
		c.other = map[string]code.Value{}
	}
	c.other[string(c.key)] = v
	return v, h
}

func (c *Cache) mergeObject(v *code.Object) (code.Value, uint32) {
	h := uint32(v.FirstLine) * 0x9E3779B1
	if v.Code != nil {
		h ^= hashBytes(v.Code)
	}
	if v.LineTable != nil {
		h ^= hashBytes(v.LineTable) * 0x85EBCA6B
	}
	t := &c.objects
	for p := t.index.start(h); ; {
		i := t.index.next(&p, h)
		if i < 0 {
			break
		}
		if o := t.list[i]; sameObject(o, v) {
			return o, h
		}
	}
	t.list = append(t.list, v)
	t.index.add(h)
	return v, h
}

// hashBytes returns a hash of the beginning of b, and how long it is. Functions that
// begin in the same line are few, but for those in which the first instructions are in
// other columns.
func hashBytes(b *code.Bytes) uint32 {
	return hashText(b.S[:min(len(b.S), 64)]) + uint32(len(b.S))
}

// sameObject reports whether two code objects of a file are equal, as Python
// compares them. Their constants are merged.
func sameObject(a, b *code.Object) bool {
	return a == b ||
		code.Text(a.Name) == code.Text(b.Name) &&
			a.ArgCount == b.ArgCount && a.PosOnlyArgCount == b.PosOnlyArgCount && a.KwOnlyArgCount == b.KwOnlyArgCount &&
			a.Flags == b.Flags && a.FirstLine == b.FirstLine &&
			sameBytes(a.Code, b.Code) &&
			sameItems(a.Consts, b.Consts) && sameItems(a.Names, b.Names) &&
			sameItems(a.LocalsPlusNames, b.LocalsPlusNames) &&
			sameBytes(a.LineTable, b.LineTable) &&
			sameBytes(a.ExceptionTable, b.ExceptionTable)
}

func sameBytes(a, b *code.Bytes) bool {
	return a == b || a != nil && b != nil && a.S == b.S
}

func sameItems(a, b *code.Tuple) bool {
	if a == b {
		return true
	}
	if a.Len() != b.Len() {
		return false
	}
	if a.Len() == 0 {
		return true
	}
	for i, x := range a.Items {
		y := b.Items[i]
		if x == y {
			continue
		}
		switch x := x.(type) {
		case *code.Object:
			if y, ok := y.(*code.Object); !ok || !sameObject(x, y) {
				return false
			}
		case *code.Str:
			if y, ok := y.(*code.Str); !ok || x.S != y.S {
				return false
			}
		default:
			k := AppendKey(nil, x)
			n := len(k)
			if k = AppendKey(k, y); string(k[:n]) != string(k[n:]) {
				return false
			}
		}
	}
	return true
}

// AppendKey appends to b bytes that are the same for two constants if and only if
// they are equal in the sense of Cache. Code objects have no key; they add nothing.
func AppendKey(b []byte, v code.Value) []byte {
	switch v := v.(type) {
	case *code.NoneType:
		return append(b, 'N')
	case *code.EllipsisType:
		return append(b, '.')
	case *code.Bool:
		if v.V {
			return append(b, 'T')
		}
		return append(b, 'F')
	case *code.Int:
		if v.Big != nil {
			return appendText(b, 'I', v.Big.Text(62))
		}
		return binary.AppendVarint(append(b, 'i'), v.V)
	case *code.Float:
		return binary.BigEndian.AppendUint64(append(b, 'f'), math.Float64bits(v.V))
	case *code.Complex:
		b = binary.BigEndian.AppendUint64(append(b, 'c'), math.Float64bits(v.Re))
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Im))
	case *code.Str:
		return appendText(b, 's', v.S)
	case *code.Bytes:
		return appendText(b, 'b', v.S)
	case *code.Tuple:
		b = binary.AppendUvarint(append(b, '('), uint64(len(v.Items)))
		for _, item := range v.Items {
			b = AppendKey(b, item)
		}
		return b
	case *code.Set:
		keys := make([]string, len(v.Items))
		for i, item := range v.Items {
			keys[i] = string(AppendKey(nil, item))
		}
		slices.Sort(keys)
		b = binary.AppendUvarint(append(b, '{'), uint64(len(keys)))
		for _, k := range keys {
			b = append(b, k...)
		}
		return b
	case *code.Slice:
		b = AppendKey(append(b, ':'), v.Start)
		b = AppendKey(b, v.Stop)
		return AppendKey(b, v.Step)
	}
	return b
}

func appendText(b []byte, tag byte, s string) []byte {
	b = append(b, tag)
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// Consts is the list of a unit's constants, each once. The list may be set by hand,
// of values that are merged.
type Consts struct {
	List  []code.Value
	index hashed
}

// Reset empties the list and keeps its memory.
func (c *Consts) Reset() {
	clear(c.List)
	c.List = c.List[:0]
	c.index.reset()
}

// Copy makes c a copy of other.
func (c *Consts) Copy(other *Consts) {
	c.List = append(c.List[:0], other.List...)
	c.index.copy(&other.index)
}

// Add returns the index of v, merged through the file's cache, which it appends if
// it is not there yet.
func (c *Consts) Add(v code.Value, cache *Cache) int {
	v, h := cache.merge(v)
	if len(c.index.hashes) != len(c.List) {
		c.index.reset()
		for _, have := range c.List {
			_, h := cache.merge(have)
			c.index.add(h)
		}
	}
	for p := c.index.start(h); ; {
		i := c.index.next(&p, h)
		if i < 0 {
			break
		}
		if c.List[i] == v {
			return i
		}
	}
	c.List = append(c.List, v)
	c.index.add(h)
	return len(c.List) - 1
}
