package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// typeParams makes the type parameters of a definition, stores each in its
// variable, and leaves a tuple of them on the stack.
func (g *generator) typeParams(params []ast.TypeParam) {
	seenDefault := false
	for _, p := range params {
		var name string
		var value ast.Expr
		starred := false
		at := p.Pos()
		switch n := p.(type) {
		case *ast.TypeVar:
			name, value = n.Name, n.DefaultValue
			g.loadStr(at, name)
			if n.Bound != nil {
				g.typeEvaluator(n.Bound, name, g.table.Scope(n), false)
				intrinsic := intrinsicTypeVarWithBound
				if _, ok := n.Bound.(*ast.Tuple); ok {
					intrinsic = intrinsicTypeVarWithConstraints
				}
				g.opArg(at, opcode.CALL_INTRINSIC_2, intrinsic)
			} else {
				g.opArg(at, opcode.CALL_INTRINSIC_1, intrinsicTypeVar)
			}
		case *ast.TypeVarTuple:
			name, value, starred = n.Name, n.DefaultValue, true
			g.loadStr(at, name)
			g.opArg(at, opcode.CALL_INTRINSIC_1, intrinsicTypeVarTuple)
		case *ast.ParamSpec:
			name, value = n.Name, n.DefaultValue
			g.loadStr(at, name)
			g.opArg(at, opcode.CALL_INTRINSIC_1, intrinsicParamSpec)
		}
		if value != nil {
			seenDefault = true
			g.typeEvaluator(value, name, g.table.Default(p), starred)
			g.opArg(at, opcode.CALL_INTRINSIC_2, intrinsicSetTypeParamDefault)
		} else if seenDefault {
			g.fail(at, "non-default type parameter '"+name+"' follows default type parameter")
		}
		g.opArg(at, opcode.COPY, 1)
		g.name(at, name, ast.Store)
	}
	g.opArg(params[0].Pos(), opcode.BUILD_TUPLE, len(params))
}

// typeEvaluator makes the function that evaluates the bound or default of a type
// parameter when someone asks for it.
func (g *generator) typeEvaluator(e ast.Expr, name string, scope *symtable.Scope, starred bool) {
	at := e.Pos()
	g.loadFormatDefault(at)
	g.enterAnnotations(at, scope, name)
	if star, ok := e.(*ast.Starred); ok && starred {
		g.expr(star.Value)
		g.opArg(at, opcode.UNPACK_SEQUENCE, 1)
	} else {
		g.expr(e)
	}
	g.exit(at, opcode.RETURN_VALUE, 0)
	co := g.leave(true)
	g.makeFunction(at, co, functionDefaults)
}

// typeAlias compiles a type statement.
func (g *generator) typeAlias(n *ast.TypeAlias) {
	target, ok := n.Name.(*ast.Name)
	if !ok {
		g.internal(n.Span, "no name of a type alias: %T", n.Name)
		return
	}
	scope := g.table.Scope(n)
	if len(n.TypeParams) == 0 {
		g.loadStr(n.Span, target.ID)
		g.loadNone(n.Span)
		g.aliasValue(n.Span, n.Value, target.ID, scope)
	} else {
		if scope == nil {
			g.internal(n.Span, "no symbol table for '%s'", target.ID)
			return
		}
		g.enter(annotationsUnit, "<generic parameters of "+target.ID+">", scope.TypeParams, n.Line, parameters{})
		g.loadStr(n.Span, target.ID)
		g.typeParams(n.TypeParams)
		g.aliasValue(n.Span, n.Value, target.ID, scope)
		co := g.leave(false)
		g.makeFunction(n.Span, co, 0)
		g.op(n.Span, opcode.PUSH_NULL)
		g.opArg(n.Span, opcode.CALL, 0)
	}
	g.name(n.Span, target.ID, ast.Store)
}

// aliasValue makes the function that evaluates a type alias, and the alias of
// what is on the stack: name, type parameters, function.
func (g *generator) aliasValue(at source.Span, value ast.Expr, name string, scope *symtable.Scope) {
	g.loadFormatDefault(at)
	g.enterAnnotations(at, scope, name)
	g.expr(value)
	g.exit(at, opcode.RETURN_VALUE, 0)
	co := g.leave(false)
	g.makeFunction(at, co, functionDefaults)
	g.opArg(at, opcode.BUILD_TUPLE, 3)
	g.opArg(at, opcode.CALL_INTRINSIC_1, intrinsicTypeAlias)
}
