// Package ast holds the abstract syntax tree of Python 3.14: the nodes, fields
// and positions of CPython's ast module. The types are generated from
// spec/3.14.nodes and keep the names they have there, in Go's way of writing
// them; the statement Expr is ExprStmt here, since Expr is the interface of all
// expressions.
//
// An identifier or string that is optional and absent is "", an optional node
// nil. In a sequence with gaps (Dict.Keys, Arguments.KwDefaults) a gap is nil.
// Conversions are characters, -1 for none, as in Python.
package ast

//go:generate go run ../internal/cmd/genast spec/3.14.nodes nodes_gen.go

// Kind tells which node a Node is.
type Kind uint8

// String returns the name of the node's class in Python's ast module.
func (k Kind) String() string { return kindNames[k] }

// Node is any node of the tree.
type Node interface {
	NodeKind() Kind
}

// slab hands out values of a type from blocks that grow with demand.
type slab[T any] struct {
	free []T
	size int
}

func (s *slab[T]) next() *T {
	if len(s.free) == 0 {
		s.size = min(max(8, 2*s.size), 256)
		s.free = make([]T, s.size)
	}
	n := &s.free[0]
	s.free = s.free[1:]
	return n
}
