package normalise

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

// sortBudget is how many bytes the members of all sets, each written alone to
// sort them, may have together. Sets within sets are written once for each
// level, so without a limit a small file could ask for much.
const sortBudget = 64 << 20

// Value returns the normal form of a value of Python version v: a new tree of
// values without a Form (but for Python 2's long, which is told by it), in which
// what can be merged is merged and the members of sets are sorted. Package
// marshal writes such a tree in one way only.
//
// Values that nest deeper than [marshal.MaxDepth], and sets within sets that
// take too long to sort, are errors.
func Value(val code.Value, v pyver.Version) (code.Value, error) {
	f := &folder{
		version: v,
		done:    map[code.Value]code.Value{},
		open:    map[code.Value]bool{},
		leaves:  map[leaf]code.Value{},
		nodes:   map[string]code.Value{},
		ids:     map[code.Value]uint32{},
		sizes:   map[code.Value]int64{},
		budget:  sortBudget,
	}
	n := f.fold(val)
	if f.err != nil {
		return nil, f.err
	}
	return n, nil
}

// leaf is what tells one immutable value without items from another.
type leaf struct {
	kind byte
	text string // of str, bytes and large ints
	x, y uint64 // int; bits of a float or a complex
	mark bool   // interned str; Python 2's long
}

// folder makes the normal form of a tree. The first error wins.
type folder struct {
	version pyver.Version
	depth   int
	err     error

	// done has the new value of each old one, also of containers whose items
	// are still being folded. Those are in open, and true there when they were
	// met inside of themselves.
	done   map[code.Value]code.Value
	open   map[code.Value]bool
	leaves map[leaf]code.Value
	nodes  map[string]code.Value // containers, by kind and the ids of their items
	ids    map[code.Value]uint32 // of new values
	sizes  map[code.Value]int64  // of new values with everything in them, in bytes
	budget int64
}

func (f *folder) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("normalise: "+format, args...)
	}
}

func (f *folder) fold(v code.Value) code.Value {
	if f.err != nil {
		return nil
	}
	switch v := v.(type) {
	case nil:
		return nil
	case *code.NoneType:
		return code.None
	case *code.EllipsisType:
		return code.Ellipsis
	case *code.StopIterationType:
		return code.StopIteration
	case *code.Bool:
		if v.V {
			return code.True
		}
		return code.False
	}
	if n, met := f.done[v]; met {
		if _, inside := f.open[v]; inside {
			f.open[v] = true
		}
		return n
	}
	if f.depth >= marshal.MaxDepth {
		f.fail("values nest more than %d deep", marshal.MaxDepth)
		return nil
	}
	f.depth++
	n := f.node(v)
	f.depth--
	f.done[v] = n
	return n
}

func (f *folder) node(v code.Value) code.Value {
	switch v := v.(type) {
	case *code.Int:
		return f.int(v)
	case *code.Float:
		n := &code.Float{V: v.V}
		if math.IsNaN(v.V) {
			return f.sized(n, 9)
		}
		return f.leaf(leaf{kind: 'g', x: math.Float64bits(v.V)}, n, 9)
	case *code.Complex:
		n := &code.Complex{Re: v.Re, Im: v.Im}
		if math.IsNaN(v.Re) || math.IsNaN(v.Im) {
			return f.sized(n, 17)
		}
		return f.leaf(leaf{kind: 'y', x: math.Float64bits(v.Re), y: math.Float64bits(v.Im)}, n, 17)
	case *code.Str:
		return f.leaf(leaf{kind: 'u', text: v.S, mark: v.Interned}, &code.Str{S: v.S, Interned: v.Interned}, 5+len(v.S))
	case *code.Bytes:
		return f.leaf(leaf{kind: 's', text: v.S, mark: v.Interned}, &code.Bytes{S: v.S, Interned: v.Interned}, 5+len(v.S))
	case *code.Tuple:
		n := &code.Tuple{}
		return f.container(v, n, '(', func() []code.Value {
			n.Items = f.items(v.Items)
			return n.Items
		})
	case *code.List:
		n := &code.List{}
		return f.container(v, n, 0, func() []code.Value {
			n.Items = f.items(v.Items)
			return n.Items
		})
	case *code.Set:
		n := &code.Set{Frozen: v.Frozen}
		kind := byte(0)
		if v.Frozen {
			kind = '>'
		}
		return f.container(v, n, kind, func() []code.Value {
			n.Items = f.sorted(f.items(v.Items))
			return n.Items
		})
	case *code.Dict:
		n := &code.Dict{Frozen: v.Frozen}
		kind := byte(0)
		if v.Frozen {
			kind = '}'
		}
		return f.container(v, n, kind, func() []code.Value {
			n.Keys, n.Values = f.items(v.Keys), f.items(v.Values)
			return slices.Concat(n.Keys, n.Values)
		})
	case *code.Slice:
		n := &code.Slice{}
		return f.container(v, n, ':', func() []code.Value {
			n.Start, n.Stop, n.Step = f.fold(v.Start), f.fold(v.Stop), f.fold(v.Step)
			return []code.Value{n.Start, n.Stop, n.Step}
		})
	case *code.Object:
		n := new(code.Object)
		return f.container(v, n, 0, func() []code.Value { return f.object(n, v) })
	}
	f.fail("a value of type %T", v)
	return nil
}

// leaf returns the value that l stands for, which is n, of size bytes, when it
// is met for the first time.
func (f *folder) leaf(l leaf, n code.Value, size int) code.Value {
	if known, ok := f.leaves[l]; ok {
		return known
	}
	f.leaves[l] = n
	return f.sized(n, int64(size))
}

func (f *folder) sized(n code.Value, size int64) code.Value {
	f.sizes[n] = size
	return n
}

// int merges ints by value, except that Python 2 tells a long by its Form.
func (f *folder) int(v *code.Int) code.Value {
	n := &code.Int{V: v.V}
	l := leaf{kind: 'i', x: uint64(v.V)}
	if v.Big != nil {
		if v.Big.IsInt64() {
			n.V = v.Big.Int64()
			l.x = uint64(n.V)
		} else {
			n.V, n.Big = 0, new(big.Int).Set(v.Big)
			l = leaf{kind: 'l', text: string(v.Big.Append(nil, 32))}
		}
	}
	if f.version.Major() == 2 && v.Form.Type() == 'l' {
		l.mark, n.Form = true, 'l'
	}
	return f.leaf(l, n, 9+len(l.text))
}

func (f *folder) items(items []code.Value) []code.Value {
	if len(items) == 0 {
		return nil
	}
	list := make([]code.Value, len(items))
	for i, v := range items {
		list[i] = f.fold(v)
	}
	return list
}

// container folds the items of old into n, which fill does, and returns n or
// an equal value met before. Kind is zero for what must not be merged.
func (f *folder) container(old, n code.Value, kind byte, fill func() []code.Value) code.Value {
	f.done[old] = n
	f.open[old] = false
	items := fill()
	cyclic := f.open[old]
	delete(f.open, old)
	if f.err != nil {
		return nil
	}
	size := int64(5)
	for _, item := range items {
		size = min(size+1+f.sizes[item], math.MaxInt32)
	}
	if kind != 0 && !cyclic {
		key := f.key(kind, items)
		if known, ok := f.nodes[key]; ok {
			return known
		}
		f.nodes[key] = n
	}
	return f.sized(n, size)
}

// key returns what tells one immutable container from another: its kind and
// which its items are. Items that are merged already, so identity is equality.
func (f *folder) key(kind byte, items []code.Value) string {
	ids := make([]uint32, len(items))
	for i, v := range items {
		id, ok := f.ids[v]
		if !ok {
			id = uint32(len(f.ids))
			f.ids[v] = id
		}
		ids[i] = id
	}
	if kind == '>' {
		slices.Sort(ids)
	}
	key := make([]byte, 0, 1+4*len(ids))
	key = append(key, kind)
	for _, id := range ids {
		key = binary.LittleEndian.AppendUint32(key, id)
	}
	return string(key)
}

// object folds the fields of a code object into n and lists them.
func (f *folder) object(n, o *code.Object) []code.Value {
	*n = *o
	n.Form = 0
	var list []code.Value
	bytes := func(field **code.Bytes) {
		if *field != nil {
			*field, _ = f.fold(*field).(*code.Bytes)
			list = append(list, *field)
		}
	}
	tuple := func(field **code.Tuple) {
		if *field != nil {
			*field, _ = f.fold(*field).(*code.Tuple)
			list = append(list, *field)
		}
	}
	text := func(field *code.Value) {
		if *field != nil {
			*field = f.fold(*field)
			list = append(list, *field)
		}
	}
	bytes(&n.Code)
	tuple(&n.Consts)
	tuple(&n.Names)
	tuple(&n.VarNames)
	tuple(&n.FreeVars)
	tuple(&n.CellVars)
	tuple(&n.LocalsPlusNames)
	bytes(&n.LocalsPlusKinds)
	text(&n.Filename)
	text(&n.Name)
	text(&n.QualName)
	bytes(&n.LineTable)
	bytes(&n.ExceptionTable)
	return list
}

// sorted sorts the members of a set by what each is written as alone. Equal
// bytes (two NaNs) keep their order.
func (f *folder) sorted(items []code.Value) []code.Value {
	if len(items) < 2 || f.err != nil {
		return items
	}
	alone := make(map[code.Value][]byte, len(items))
	for _, v := range items {
		if f.budget -= 1 + f.sizes[v]; f.budget < 0 {
			f.fail("sets within sets that take more than %d MB to sort", sortBudget>>20)
			return items
		}
		b, err := marshal.Write(v, marshal.Options{Version: f.version})
		if err != nil {
			f.fail("a member of a set: %w", err)
			return items
		}
		alone[v] = b
	}
	slices.SortStableFunc(items, func(a, b code.Value) int { return bytes.Compare(alone[a], alone[b]) })
	return items
}
