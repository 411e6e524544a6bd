package cli

import (
	"slices"

	"github.com/krait-py/krait/code"
)

// node is a code object with its place among those of its file.
type node struct {
	obj      *code.Object
	qualname string
	parent   int // index of the node it was first met in; -1 for the outermost
	depth    int // levels below the outermost
}

// nodes lists roots and the code objects nested in them, each once, in the
// order of a listing. It follows depth levels, or all for a negative depth.
func nodes(roots []*code.Object, depth int) []node {
	var list []node
	seen := map[*code.Object]bool{}
	// An explicit stack: how deep code objects nest is up to the file.
	var stack []node
	for _, o := range slices.Backward(roots) {
		stack = append(stack, node{obj: o, qualname: qualname(nil, o), parent: -1})
	}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[n.obj] {
			continue
		}
		seen[n.obj] = true
		list = append(list, n)
		if n.obj.Consts == nil || n.depth == depth {
			continue
		}
		for _, c := range slices.Backward(n.obj.Consts.Items) {
			if inner, ok := c.(*code.Object); ok && !seen[inner] {
				stack = append(stack, node{inner, qualname(&n, inner), len(list) - 1, n.depth + 1})
			}
		}
	}
	return list
}

// nodeIDs returns the index in list of each code object.
func nodeIDs(list []node) map[*code.Object]int {
	ids := make(map[*code.Object]int, len(list))
	for i, n := range list {
		ids[n.obj] = i
	}
	return ids
}

// qualname returns the qualified name of o, found in outer. Versions before
// 3.11 do not record it; it follows from how code is nested.
func qualname(outer *node, o *code.Object) string {
	name := code.Text(o.Name)
	switch {
	case o.QualName != nil:
		return code.Text(o.QualName)
	case outer == nil || outer.obj.Flags&(code.Optimized|code.NewLocals) == 0 && outer.parent < 0:
		return name
	case outer.obj.Flags&code.Optimized != 0:
		return outer.qualname + ".<locals>." + name
	}
	return outer.qualname + "." + name
}
