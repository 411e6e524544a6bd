package instruction

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/krait-py/krait/code"
)

// Cache makes equal constants of a file the same value (CPython: const_cache in
// Python/compile.c). Equal means: same type, same value, the same for all that
// they contain; 0.0 and -0.0 differ. The zero Cache is ready for use.
type Cache struct {
	strs    map[string]*code.Str
	small   [256 + 5]*code.Int // -5 to 255
	ints    map[int64]*code.Int
	other   map[string]code.Value
	objects map[objectKey][]*code.Object
	slab    []code.Str
	intern
	key []byte
}

// objectKey is what two code objects have to have in common before it is worth
// while to compare them.
type objectKey struct {
	name string
	line int
}

// Str returns the string s of the file.
func (c *Cache) Str(s string) *code.Str {
	if v, ok := c.strs[s]; ok {
		return v
	}
	if len(c.slab) == 0 {
		c.slab = make([]code.Str, 64)
	}
	v := &c.slab[0]
	c.slab = c.slab[1:]
	v.S = s
	c.addStr(v)
	return v
}

func (c *Cache) addStr(v *code.Str) {
	if c.strs == nil {
		c.strs = map[string]*code.Str{}
	}
	c.strs[v.S] = v
}

// Int returns the integer n of the file.
func (c *Cache) Int(n int64) *code.Int {
	if n >= -5 && n <= 255 {
		p := &c.small[n+5]
		if *p == nil {
			*p = &code.Int{V: n}
		}
		return *p
	}
	if v, ok := c.ints[n]; ok {
		return v
	}
	v := &code.Int{V: n}
	c.addInt(v)
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
	switch v := v.(type) {
	case *code.Str:
		if first, ok := c.strs[v.S]; ok {
			return first
		}
		c.addStr(v)
		return v
	case *code.Int:
		if v.Big == nil {
			if n := v.V; n >= -5 && n <= 255 {
				p := &c.small[n+5]
				if *p == nil {
					*p = v
				}
				return *p
			}
			if first, ok := c.ints[v.V]; ok {
				return first
			}
			c.addInt(v)
			return v
		}
	case *code.NoneType:
		return code.None
	case *code.EllipsisType:
		return code.Ellipsis
	case *code.Bool:
		if v.V {
			return code.True
		}
		return code.False
	case *code.Object:
		return c.mergeObject(v)
	case *code.Bytes:
		return c.mergeBytes(v)
	case *code.Tuple:
		for i, item := range v.Items {
			v.Items[i] = c.Merge(item)
		}
		return c.mergeTuple(v)
	case *code.Set:
		for i, item := range v.Items {
			v.Items[i] = c.Merge(item)
		}
	}
	c.key = AppendKey(c.key[:0], v)
	if first, ok := c.other[string(c.key)]; ok {
		return first
	}
	if c.other == nil {
		c.other = map[string]code.Value{}
	}
	c.other[string(c.key)] = v
	return v
}

func (c *Cache) mergeObject(v *code.Object) code.Value {
	k := objectKey{code.Text(v.Name), v.FirstLine}
	for _, o := range c.objects[k] {
		if sameObject(o, v) {
			return o
		}
	}
	if c.objects == nil {
		c.objects = map[objectKey][]*code.Object{}
	}
	c.objects[k] = append(c.objects[k], v)
	return v
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

// linear is up to how many entries a list is searched from end to end, which most
// lists never exceed.
const linear = 12

// Consts is the list of a unit's constants, each once.
type Consts struct {
	List  []code.Value
	index map[code.Value]int32
}

// Reset empties the list and keeps its memory.
func (c *Consts) Reset() {
	clear(c.List)
	c.List = c.List[:0]
	c.index = nil
}

// Add returns the index of v, merged through the file's cache, which it appends if
// it is not there yet.
func (c *Consts) Add(v code.Value, cache *Cache) int {
	v = cache.Merge(v)
	n := len(c.List)
	if c.index == nil {
		for i, have := range c.List {
			if have == v {
				return i
			}
		}
		if n >= linear {
			c.index = make(map[code.Value]int32, 4*linear)
			for i, have := range c.List {
				c.index[have] = int32(i)
			}
			c.index[v] = int32(n)
		}
	} else if i, ok := c.index[v]; ok {
		return int(i)
	} else {
		c.index[v] = int32(n)
	}
	c.List = append(c.List, v)
	return n
}
