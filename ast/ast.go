// Package ast holds the abstract syntax tree of Python 3.14: the nodes, fields
// and positions of CPython's ast module. The types are generated from
// spec/3.14.nodes and keep the names they have there, in Go's way of writing
// them; the statement Expr is ExprStmt here, since Expr is the interface of all
// expressions.
//
// An identifier or string that is optional and absent is "", an optional node
// nil. In a sequence with gaps (Dict.Keys, Arguments.KwDefaults) a gap is nil.
// Conversions are characters, -1 for none, as in Python.
//
// The fields Num that stand beside some names are for compilers, which need not
// look up such a name in a table of names: the parser sets them to the numbers that
// the names of the file have in the tokenizer's table. In other trees they are 0.
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
	block  []T // the current one
	n      int // how many of it are taken
	used   int // how many blocks are in use, the current one included
	blocks [][]T
}

// Blocks have at most maxBlock values, of which Reset keeps at most keptBlocks.
const (
	maxBlock   = 256
	keptBlocks = 64
)

func (s *slab[T]) next() *T {
	if s.n == len(s.block) {
		s.grow()
	}
	n := &s.block[s.n]
	s.n++
	// What was there before goes now and not in reset, when it is in no cache of the
	// processor any more.
	var zero T
	*n = zero
	return n
}

// grow makes another block the current one.
func (s *slab[T]) grow() {
	if s.used == len(s.blocks) {
		s.blocks = append(s.blocks, make([]T, min(max(8, 2*len(s.block)), maxBlock)))
	}
	s.block, s.n = s.blocks[s.used], 0
	s.used++
}

// reset takes all values back.
func (s *slab[T]) reset() {
	if len(s.blocks) > keptBlocks {
		clear(s.blocks[keptBlocks:])
		s.blocks = s.blocks[:keptBlocks]
	}
	s.block, s.n, s.used = nil, 0, 0
}
