package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
)

// todo notes that the compilation of a node is not written yet.
func (g *generator) todo(n ast.Node) { g.internal(source.Span{}, "not written yet: %T", n) }
