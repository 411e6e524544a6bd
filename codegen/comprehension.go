package codegen

import (
	"github.com/krait-py/krait/ast"
)

// savedSymbol is a symbol as it was before an inlined comprehension changed it.
type savedSymbol struct{}

func (g *generator) listComp(n *ast.ListComp)         { g.todo(n) }
func (g *generator) setComp(n *ast.SetComp)           { g.todo(n) }
func (g *generator) dictComp(n *ast.DictComp)         { g.todo(n) }
func (g *generator) generatorExp(n *ast.GeneratorExp) { g.todo(n) }
