package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
)

// classDef compiles a class statement: a call of __build_class__ with a function
// made of the body, the name, the bases and keywords. A generic class is made in a
// function around its type parameters.
func (g *generator) classDef(n *ast.ClassDef) {
	g.exprs(n.DecoratorList)
	line := firstLine(n.Span, n.DecoratorList)
	scope := g.table.Scope(n)
	if scope == nil {
		g.internal(n.Span, "no symbol table for '%s'", n.Name)
		return
	}
	if len(n.TypeParams) > 0 {
		g.enter(annotationsUnit, "<generic parameters of "+n.Name+">", scope.TypeParams, line, parameters{})
		g.typeParams(n.TypeParams)
		g.fixed(n.Span, token.NameDotTypeParams, ast.Store)
		g.classBody(n, scope, line)
		g.fixed(n.Span, token.NameDotTypeParams, ast.Load)
		g.opArg(n.Span, opcode.CALL_INTRINSIC_1, intrinsicSubscriptGeneric)
		g.fixed(n.Span, token.NameDotGenericBase, ast.Store)
		g.callArgs(n.Span, 2, n.Bases, ".generic_base", n.Keywords)
		co := g.leave(false)
		g.makeFunction(n.Span, co, 0)
		g.op(n.Span, opcode.PUSH_NULL)
		g.opArg(n.Span, opcode.CALL, 0)
	} else {
		g.classBody(n, scope, line)
		g.callArgs(n.Span, 2, n.Bases, "", n.Keywords)
	}
	g.applyDecorators(n.DecoratorList)
	g.nameNum(n.Span, n.Name, n.NameNum, ast.Store)
}

// classBody compiles the body of a class and leaves on the stack what
// __build_class__ is called with: the function itself, the one made of the body,
// the name.
func (g *generator) classBody(n *ast.ClassDef, scope *symtable.Scope, line int32) {
	g.enterNum(classUnit, n.Name, n.NameNum, scope, line, parameters{})
	at := source.Span{Line: line, EndLine: line}
	g.fixed(at, token.NameName, ast.Load)
	g.fixed(at, token.NameModule, ast.Store)
	if g.u.QualName == g.u.Name {
		g.loadStr(at, g.u.Name) // the very string of the name
	} else {
		text, made := g.cache.NewText(g.u.QualName)
		if made {
			g.u.QualText = text
		}
		g.loadConst(at, text)
	}
	g.fixed(at, token.NameQualName, ast.Store)
	g.loadInt(at, int(line))
	g.fixed(at, token.NameFirstLineNo, ast.Store)
	if len(n.TypeParams) > 0 {
		g.fixed(at, token.NameDotTypeParams, ast.Load)
		g.fixed(at, token.NameTypeParams, ast.Store)
	}
	if scope.NeedsClassDict {
		g.op(at, opcode.LOAD_LOCALS)
		g.opArg(at, opcode.STORE_DEREF, g.u.CellVars.Add("__classdict__"))
	}
	if scope.HasConditionalAnnotations {
		g.opArg(at, opcode.BUILD_SET, 0)
		g.opArg(at, opcode.STORE_DEREF, g.u.CellVars.Add("__conditional_annotations__"))
	}
	g.scopeBody(at, n.Body, true)
	g.loadConst(none, g.staticAttributes())
	g.fixed(none, token.NameStaticAttributes, ast.Store)
	if scope.NeedsClassDict {
		g.opArg(none, opcode.LOAD_CLOSURE, g.u.CellVars.Add("__classdict__"))
		g.fixed(none, token.NameClassDictCell, ast.Store)
	}
	if scope.NeedsClassClosure {
		g.opArg(none, opcode.LOAD_CLOSURE, g.u.CellVars.Add("__class__"))
		g.opArg(none, opcode.COPY, 1)
		g.fixed(none, token.NameClassCell, ast.Store)
	} else {
		g.loadNone(none)
	}
	g.exit(none, opcode.RETURN_VALUE, 0)
	co := g.leave(true)

	g.op(n.Span, opcode.LOAD_BUILD_CLASS)
	g.op(n.Span, opcode.PUSH_NULL)
	g.makeFunction(n.Span, co, 0)
	g.loadStr(n.Span, n.Name)
}

// renameFormat gives the parameter of an annotation function the name it has in
// signatures. While it is compiled it has one that no variable can have.
func (g *generator) renameFormat(co *code.Object) {
	if co == nil || co.LocalsPlusNames.Len() == 0 {
		return
	}
	items := make([]code.Value, co.LocalsPlusNames.Len())
	copy(items, co.LocalsPlusNames.Items)
	items[0] = g.cache.Name("format")
	co.LocalsPlusNames = &code.Tuple{Items: items}
}
