package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// body compiles statements, up to the first error.
func (g *generator) body(list []ast.Stmt) {
	for _, s := range list {
		if g.err != nil {
			return
		}
		g.stmt(s)
	}
}

// stmt compiles a statement. Annotations in compound statements are conditional.
func (g *generator) stmt(s ast.Stmt) {
	switch n := s.(type) {
	case *ast.ExprStmt:
		g.exprStmt(n)
	case *ast.Assign:
		g.assign(n)
	case *ast.If:
		g.u.conditional++
		g.ifStmt(n)
		g.u.conditional--
	case *ast.Return:
		g.returnStmt(n)
	case *ast.FunctionDef:
		g.functionDef(n)
	case *ast.AsyncFunctionDef:
		g.asyncFunctionDef(n)
	case *ast.ClassDef:
		g.classDef(n)
	case *ast.TypeAlias:
		g.typeAlias(n)
	case *ast.Delete:
		g.exprs(n.Targets)
	case *ast.AugAssign:
		g.augAssign(n)
	case *ast.AnnAssign:
		g.annAssign(n)
	case *ast.For:
		g.u.conditional++
		g.forStmt(n)
		g.u.conditional--
	case *ast.AsyncFor:
		g.u.conditional++
		g.asyncFor(n)
		g.u.conditional--
	case *ast.While:
		g.u.conditional++
		g.while(n)
		g.u.conditional--
	case *ast.With:
		g.u.conditional++
		g.with(n)
		g.u.conditional--
	case *ast.AsyncWith:
		g.u.conditional++
		g.asyncWith(n)
		g.u.conditional--
	case *ast.Match:
		g.u.conditional++
		g.match(n)
		g.u.conditional--
	case *ast.Try:
		g.u.conditional++
		g.try(n)
		g.u.conditional--
	case *ast.TryStar:
		g.u.conditional++
		g.tryStar(n)
		g.u.conditional--
	case *ast.Raise:
		g.raise(n)
	case *ast.Assert:
		g.assert(n)
	case *ast.Import:
		g.importStmt(n)
	case *ast.ImportFrom:
		g.importFrom(n)
	case *ast.Pass:
		g.op(n.Span, opcode.NOP)
	case *ast.Break:
		g.breakStmt(n)
	case *ast.Continue:
		g.continueStmt(n)
	case *ast.Global, *ast.Nonlocal:
	default:
		g.internal(source.Span{}, "no statement: %T", s)
	}
}

// exprs compiles expressions in their order.
func (g *generator) exprs(list []ast.Expr) {
	for _, e := range list {
		g.expr(e)
	}
}

// expr compiles an expression: code that leaves its value on the stack, or, by
// its context, stores there what is on the stack, or deletes it.
func (g *generator) expr(e ast.Expr) {
	if g.depth++; g.depth > maxDepth {
		g.tooDeep(e)
		g.depth--
		return
	}
	switch n := e.(type) {
	case *ast.Name:
		g.nameNum(n.Span, n.ID, n.IDNum, n.Ctx)
	case *ast.Constant:
		g.loadConst(n.Span, n.Value)
	case *ast.Attribute:
		g.attribute(n)
	case *ast.Call:
		g.call(n)
	case *ast.Subscript:
		g.subscript(n)
	case *ast.BinOp:
		g.binOp(n)
	case *ast.BoolOp:
		g.boolOp(n)
	case *ast.Compare:
		g.compare(n)
	case *ast.UnaryOp:
		g.unaryOp(n)
	case *ast.Tuple:
		g.tuple(n)
	case *ast.List:
		g.list(n)
	case *ast.Dict:
		g.dict(n)
	case *ast.Set:
		g.set(n)
	case *ast.JoinedStr:
		g.joinedStr(n)
	case *ast.FormattedValue:
		g.formattedValue(n)
	case *ast.TemplateStr:
		g.templateStr(n)
	case *ast.Interpolation:
		g.interpolation(n)
	case *ast.IfExp:
		g.ifExp(n)
	case *ast.NamedExpr:
		g.namedExpr(n)
	case *ast.Starred:
		g.starred(n)
	case *ast.Slice:
		g.slice(n)
	case *ast.Lambda:
		g.lambda(n)
	case *ast.ListComp:
		g.listComp(n)
	case *ast.SetComp:
		g.setComp(n)
	case *ast.DictComp:
		g.dictComp(n)
	case *ast.GeneratorExp:
		g.generatorExp(n)
	case *ast.Yield:
		g.yield(n)
	case *ast.YieldFrom:
		g.yieldFrom(n)
	case *ast.Await:
		g.await(n)
	default:
		g.internal(source.Span{}, "no expression: %T", e)
	}
	g.depth--
}

// tooDeep notes that an expression is nested too deeply.
func (g *generator) tooDeep(e ast.Expr) {
	if g.err == nil {
		g.err = g.diagnostic("RecursionError", "maximum recursion depth exceeded during compilation", e.Pos())
	}
}
