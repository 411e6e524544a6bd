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
	strs  map[string]*code.Str
	ints  map[int64]*code.Int
	other map[string]code.Value
}

// Merge returns the value of the file that equals v; v itself if it is the first.
// Items of tuples and frozen sets are merged too, in place. Code objects are
// equal to nothing but themselves.
func (c *Cache) Merge(v code.Value) code.Value {
	switch v := v.(type) {
	case *code.Str:
		if first, ok := c.strs[v.S]; ok {
			return first
		}
		if c.strs == nil {
			c.strs = map[string]*code.Str{}
		}
		c.strs[v.S] = v
		return v
	case *code.Int:
		if v.Big == nil {
			if first, ok := c.ints[v.V]; ok {
				return first
			}
			if c.ints == nil {
				c.ints = map[int64]*code.Int{}
			}
			c.ints[v.V] = v
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
		return v
	case *code.Tuple:
		for i, item := range v.Items {
			v.Items[i] = c.Merge(item)
		}
	}
	key := string(AppendKey(nil, v))
	if first, ok := c.other[key]; ok {
		return first
	}
	if c.other == nil {
		c.other = map[string]code.Value{}
	}
	c.other[key] = v
	return v
}

// AppendKey appends to b bytes that are the same for two constants if and only if
// they are equal in the sense of Cache. Code objects have no key; they add nothing.
func AppendKey(b []byte, v code.Value) []byte {
	text := func(tag byte, s string) []byte {
		b = append(b, tag)
		b = binary.AppendUvarint(b, uint64(len(s)))
		return append(b, s...)
	}
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
			return text('I', v.Big.Text(62))
		}
		return binary.AppendVarint(append(b, 'i'), v.V)
	case *code.Float:
		return binary.BigEndian.AppendUint64(append(b, 'f'), math.Float64bits(v.V))
	case *code.Complex:
		b = binary.BigEndian.AppendUint64(append(b, 'c'), math.Float64bits(v.Re))
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Im))
	case *code.Str:
		return text('s', v.S)
	case *code.Bytes:
		return text('b', v.S)
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

// Consts is the list of a unit's constants, each once.
type Consts struct {
	List  []code.Value
	index map[code.Value]int32
}

// Add returns the index of v, merged through the file's cache, which it appends if
// it is not there yet.
func (c *Consts) Add(v code.Value, cache *Cache) int {
	v = cache.Merge(v)
	if i, ok := c.index[v]; ok {
		return int(i)
	}
	if c.index == nil {
		c.index = map[code.Value]int32{}
	}
	c.List = append(c.List, v)
	c.index[v] = int32(len(c.List) - 1)
	return len(c.List) - 1
}
