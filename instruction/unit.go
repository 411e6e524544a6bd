package instruction

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Unit is a code object in the making: what codegen knows of a module, class or
// function when its instructions are complete, and flowgraph and assemble need.
type Unit struct {
	Version        pyver.Version
	Filename       *code.Str
	Name, QualName string
	Flags          code.Flags
	FirstLine      int32

	ArgCount, PosOnlyArgCount, KwOnlyArgCount int // ArgCount without the positional-only ones

	Consts   Consts
	Names    Names // globals, attributes, modules
	VarNames Names
	CellVars Names
	FreeVars Names
	// FastHidden has the locals of inlined comprehensions, which are not visible
	// as locals of the function.
	FastHidden map[string]bool

	Code Sequence
	// Cache is shared by all units of a file.
	Cache *Cache
}

// Names is an ordered set of names, each with its index.
type Names struct {
	List  []string
	index map[string]int32
}

// Reset empties the set and keeps its memory.
func (n *Names) Reset() {
	n.List = n.List[:0]
	n.index = nil
}

// Add returns the index of name, which it appends if it is not there yet.
func (n *Names) Add(name string) int {
	if i, ok := n.Index(name); ok {
		return i
	}
	n.List = append(n.List, name)
	if n.index != nil {
		n.index[name] = int32(len(n.List) - 1)
	} else if len(n.List) > linear {
		n.index = make(map[string]int32, 4*linear)
		for i, s := range n.List {
			n.index[s] = int32(i)
		}
	}
	return len(n.List) - 1
}

// Index returns the index of name and whether it is there.
func (n *Names) Index(name string) (int, bool) {
	if n.index != nil {
		i, ok := n.index[name]
		return int(i), ok
	}
	for i, s := range n.List {
		if s == name {
			return i, true
		}
	}
	return 0, false
}
