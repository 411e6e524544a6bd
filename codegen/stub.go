package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/source"
)

// What follows is not written yet; each method moves to the file of its subject.

func (g *generator) todo(n ast.Node) { g.internal(source.Span{}, "not written yet: %T", n) }

// Statements.

func (g *generator) exprStmt(n *ast.ExprStmt)     { g.todo(n) }
func (g *generator) assign(n *ast.Assign)         { g.todo(n) }
func (g *generator) augAssign(n *ast.AugAssign)   { g.todo(n) }
func (g *generator) ifStmt(n *ast.If)             { g.todo(n) }
func (g *generator) forStmt(n *ast.For)           { g.todo(n) }
func (g *generator) asyncFor(n *ast.AsyncFor)     { g.todo(n) }
func (g *generator) while(n *ast.While)           { g.todo(n) }
func (g *generator) with(n *ast.With)             { g.todo(n) }
func (g *generator) asyncWith(n *ast.AsyncWith)   { g.todo(n) }
func (g *generator) match(n *ast.Match)           { g.todo(n) }
func (g *generator) try(n *ast.Try)               { g.todo(n) }
func (g *generator) tryStar(n *ast.TryStar)       { g.todo(n) }
func (g *generator) raise(n *ast.Raise)           { g.todo(n) }
func (g *generator) assert(n *ast.Assert)         { g.todo(n) }
func (g *generator) breakStmt(n *ast.Break)       { g.todo(n) }
func (g *generator) continueStmt(n *ast.Continue) { g.todo(n) }

// Expressions.

func (g *generator) attribute(n *ast.Attribute)           { g.todo(n) }
func (g *generator) call(n *ast.Call)                     { g.todo(n) }
func (g *generator) subscript(n *ast.Subscript)           { g.todo(n) }
func (g *generator) binOp(n *ast.BinOp)                   { g.todo(n) }
func (g *generator) boolOp(n *ast.BoolOp)                 { g.todo(n) }
func (g *generator) compare(n *ast.Compare)               { g.todo(n) }
func (g *generator) unaryOp(n *ast.UnaryOp)               { g.todo(n) }
func (g *generator) tuple(n *ast.Tuple)                   { g.todo(n) }
func (g *generator) list(n *ast.List)                     { g.todo(n) }
func (g *generator) dict(n *ast.Dict)                     { g.todo(n) }
func (g *generator) set(n *ast.Set)                       { g.todo(n) }
func (g *generator) joinedStr(n *ast.JoinedStr)           { g.todo(n) }
func (g *generator) formattedValue(n *ast.FormattedValue) { g.todo(n) }
func (g *generator) templateStr(n *ast.TemplateStr)       { g.todo(n) }
func (g *generator) interpolation(n *ast.Interpolation)   { g.todo(n) }
func (g *generator) ifExp(n *ast.IfExp)                   { g.todo(n) }
func (g *generator) namedExpr(n *ast.NamedExpr)           { g.todo(n) }
func (g *generator) starred(n *ast.Starred)               { g.todo(n) }
func (g *generator) slice(n *ast.Slice)                   { g.todo(n) }

// jumpIf jumps to l if e is true, or false if cond is not set. at is the
// statement or expression that asks.
func (g *generator) jumpIf(at source.Span, e ast.Expr, l instruction.Label, cond bool) { g.todo(e) }

// callArgs compiles the arguments of a call, of which pushed are on the stack, and
// the call itself; injected, if not empty, is a variable that follows the
// positional arguments (the generic base of a class).
func (g *generator) callArgs(at source.Span, pushed int, args []ast.Expr, injected string, keywords []*ast.Keyword) {
	g.todo(nil)
}
