package rewrite

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// maxKeyNodes bounds how many values the key of a constant may be made of: a
// file can refer to one tuple from many, and even to a tuple from itself. What
// has more is equal to itself only.
const maxKeyNodes = 1 << 14

// constKey returns a string that two constants share if they are the same to
// the compiler (CPython: _PyCode_ConstantKey), but that code objects are the
// same only if they are one.
func constKey(v pyver.Version, c code.Value) string {
	k := keyWriter{version: v, left: maxKeyNodes}
	if b := k.append(nil, c, 0); k.left >= 0 {
		return string(b)
	}
	return identity(c)
}

func identity(c code.Value) string { return fmt.Sprintf("@%p", c) }

type keyWriter struct {
	version pyver.Version
	left    int
}

func (k *keyWriter) append(b []byte, c code.Value, depth int) []byte {
	if k.left--; k.left < 0 || depth > 200 {
		k.left = -1
		return b
	}
	text := func(kind byte, s string) []byte {
		b = append(b, kind)
		b = binary.AppendUvarint(b, uint64(len(s)))
		return append(b, s...)
	}
	switch c := c.(type) {
	case *code.NoneType:
		return append(b, 'N')
	case *code.EllipsisType:
		return append(b, '.')
	case *code.StopIterationType:
		return append(b, 'S')
	case *code.Bool:
		if c.V {
			return append(b, 'T')
		}
		return append(b, 'F')
	case *code.Int:
		kind := byte('i')
		if k.version == pyver.Py27 && (c.Big != nil || c.Form.Type() == 'l') {
			kind = 'l' // a long is not an int
		}
		if c.Big != nil {
			return text(kind, c.Big.String())
		}
		return text(kind, fmt.Sprint(c.V))
	case *code.Float:
		return binary.LittleEndian.AppendUint64(append(b, 'g'), math.Float64bits(c.V))
	case *code.Complex:
		b = binary.LittleEndian.AppendUint64(append(b, 'y'), math.Float64bits(c.Re))
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(c.Im))
	case *code.Str:
		return text('u', c.S)
	case *code.Bytes:
		return text('s', c.S)
	case *code.Tuple:
		b = binary.AppendUvarint(append(b, '('), uint64(len(c.Items)))
		for _, item := range c.Items {
			b = k.append(b, item, depth+1)
		}
		return b
	case *code.Slice:
		b = append(b, ':')
		for _, item := range []code.Value{c.Start, c.Stop, c.Step} {
			b = k.append(b, item, depth+1)
		}
		return b
	case *code.Set:
		if !c.Frozen {
			break
		}
		keys := make([]string, len(c.Items))
		for i, item := range c.Items {
			keys[i] = string(k.append(nil, item, depth+1))
			if k.left < 0 {
				return b
			}
		}
		slices.Sort(keys)
		keys = slices.Compact(keys)
		b = binary.AppendUvarint(append(b, '>'), uint64(len(keys)))
		for _, key := range keys {
			b = append(b, key...)
		}
		return b
	}
	s := identity(c)
	return text('@', s[1:])
}
