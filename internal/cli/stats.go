package cli

import (
	"cmp"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// stats is what there is to count in the value of a .pyc file. Each value
// counts once, however often the file refers to it.
type stats struct {
	Objects         int `json:"code_objects"`
	Depth           int `json:"code_depth"` // levels of nested code objects, 1 for a module alone
	Instructions    int `json:"instructions"`
	Bytecode        int `json:"bytecode_bytes"`
	LineTables      int `json:"line_table_bytes"`
	ExceptionTables int `json:"exception_table_bytes"`
	Values          int `json:"values"`
	// References counts the places that refer to a value written before.
	References int         `json:"references"`
	Types      []typeCount `json:"types"`
}

// typeCount says how many values of a type there are.
type typeCount struct {
	Type  string `json:"type"`
	Count int    `json:"count"`
}

// newStats counts what is in v, the value of a file of version py.
func newStats(v code.Value, py pyver.Version) stats {
	var s stats
	types := map[string]int{}
	seen := map[code.Value]bool{}
	type item struct {
		v     code.Value
		depth int // code objects around v
	}
	// An explicit stack: how deep values nest is up to the file.
	stack := []item{{v, 0}}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if top.v == nil {
			continue
		}
		if isShared(top.v) {
			if seen[top.v] {
				s.References++
				continue
			}
			seen[top.v] = true
		}
		s.Values++
		types[code.TypeName(top.v, py)]++
		depth := top.depth
		push := func(items ...code.Value) {
			for _, v := range slices.Backward(items) {
				stack = append(stack, item{v, depth})
			}
		}
		switch v := top.v.(type) {
		case *code.Object:
			depth++
			s.object(v)
			s.Depth = max(s.Depth, depth)
			push(fields(v)...)
		case *code.Tuple:
			push(v.Items...)
		case *code.List:
			push(v.Items...)
		case *code.Set:
			push(v.Items...)
		case *code.Dict:
			push(v.Values...)
			push(v.Keys...)
		case *code.Slice:
			push(v.Start, v.Stop, v.Step)
		}
	}
	for name, n := range types {
		s.Types = append(s.Types, typeCount{name, n})
	}
	slices.SortFunc(s.Types, func(a, b typeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Type, b.Type))
	})
	return s
}

// isShared reports whether meeting v twice means that the file refers to it:
// readers use one node for all of None, True and the like.
func isShared(v code.Value) bool {
	switch v := v.(type) {
	case *code.NoneType, *code.EllipsisType, *code.StopIterationType, *code.Bool:
		return false
	case *code.Bytes:
		return v.Form.Ref() || v.Interned
	case *code.Str:
		return v.Form.Ref() || v.Interned
	case *code.Int, *code.Float, *code.Complex:
		return v.WrittenAs().Ref()
	}
	return true // containers always: a list may hold itself
}

// fields returns the values that a code object holds, in the order of the file.
func fields(o *code.Object) []code.Value {
	var list []code.Value
	addBytes := func(b *code.Bytes) {
		if b != nil {
			list = append(list, b)
		}
	}
	addTuples := func(tuples ...*code.Tuple) {
		for _, t := range tuples {
			if t != nil {
				list = append(list, t)
			}
		}
	}
	addBytes(o.Code)
	addTuples(o.Consts, o.Names, o.VarNames, o.FreeVars, o.CellVars, o.LocalsPlusNames)
	addBytes(o.LocalsPlusKinds)
	for _, v := range []code.Value{o.Filename, o.Name, o.QualName} {
		if v != nil {
			list = append(list, v)
		}
	}
	addBytes(o.LineTable)
	addBytes(o.ExceptionTable)
	return list
}

func (s *stats) object(o *code.Object) {
	s.Objects++
	for range o.RawInstructions() {
		s.Instructions++
	}
	size := func(b *code.Bytes) int {
		if b == nil {
			return 0
		}
		return len(b.S)
	}
	s.Bytecode += size(o.Code)
	s.LineTables += size(o.LineTable)
	s.ExceptionTables += size(o.ExceptionTable)
}
