package symtable

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
)

// exprs visits expressions; nil stands for gaps.
func (b *Builder) exprs(list []ast.Expr) bool {
	for _, e := range list {
		if e != nil && !b.expr(e) {
			return false
		}
	}
	return true
}

func (b *Builder) optional(e ast.Expr) bool { return e == nil || b.expr(e) }

func (b *Builder) keywords(list []*ast.Keyword) bool {
	for _, k := range list {
		if k.Arg != "" && !b.checkName(k.Arg, ast.Store, k.Span) {
			return false
		}
	}
	for _, k := range list {
		if !b.expr(k.Value) {
			return false
		}
	}
	return true
}

func (b *Builder) expr(e ast.Expr) bool {
	// Leaves, which are most expressions, first.
	switch e := e.(type) {
	case *ast.Name:
		return b.name(e)
	case *ast.Constant:
		return true
	}
	if !b.deeper() {
		return false
	}
	ok := true
	switch e := e.(type) {
	case *ast.Attribute:
		ok = (e.Ctx == ast.Load || b.checkName(e.Attr, e.Ctx, e.Span)) && b.expr(e.Value)
	case *ast.Call:
		ok = b.expr(e.Func) && b.exprs(e.Args) && b.keywords(e.Keywords)
	case *ast.Subscript:
		ok = b.expr(e.Value) && b.expr(e.Slice)
	case *ast.Tuple:
		ok = b.exprs(e.Elts)
	case *ast.BinOp:
		ok = b.expr(e.Left) && b.expr(e.Right)
	case *ast.Compare:
		ok = b.expr(e.Left) && b.exprs(e.Comparators)
	case *ast.BoolOp:
		ok = b.exprs(e.Values)
	case *ast.UnaryOp:
		ok = b.expr(e.Operand)
	case *ast.List:
		ok = b.exprs(e.Elts)
	case *ast.Dict:
		ok = b.exprs(e.Keys) && b.exprs(e.Values)
	case *ast.JoinedStr:
		ok = b.exprs(e.Values)
	case *ast.FormattedValue:
		ok = b.expr(e.Value) && b.optional(e.FormatSpec)
	case *ast.IfExp:
		ok = b.expr(e.Test) && b.expr(e.Body) && b.expr(e.Orelse)
	case *ast.Lambda:
		ok = b.lambda(e)
	case *ast.ListComp:
		ok = b.comprehension(e, e.Span, "listcomp", ListComprehension, e.Generators, e.Elt, nil)
	case *ast.GeneratorExp:
		ok = b.comprehension(e, e.Span, "genexpr", GeneratorExpression, e.Generators, e.Elt, nil)
	case *ast.SetComp:
		ok = b.comprehension(e, e.Span, "setcomp", SetComprehension, e.Generators, e.Elt, nil)
	case *ast.DictComp:
		ok = b.comprehension(e, e.Span, "dictcomp", DictComprehension, e.Generators, e.Key, e.Value)
	case *ast.Slice:
		ok = b.optional(e.Lower) && b.optional(e.Upper) && b.optional(e.Step)
	case *ast.Starred:
		ok = b.expr(e.Value)
	case *ast.Set:
		ok = b.exprs(e.Elts)
	case *ast.Yield:
		ok = b.yield(e.Value, e.Span)
	case *ast.YieldFrom:
		ok = b.yield(e.Value, e.Span)
	case *ast.Await:
		ok = b.await(e)
	case *ast.NamedExpr:
		ok = b.namedExpr(e)
	case *ast.Interpolation:
		ok = b.expr(e.Value) && b.optional(e.FormatSpec)
	case *ast.TemplateStr:
		ok = b.exprs(e.Values)
	}
	b.depth--
	return ok
}

func (b *Builder) name(e *ast.Name) bool {
	sc := b.cur
	if sc.unevaluated {
		return true
	}
	id := b.table.names.id(e.ID, e.IDNum)
	if e.Ctx != ast.Load {
		if e.Ctx == ast.Del && id == idDebug {
			return b.fail("cannot delete __debug__", e.Span)
		}
		return b.defineID(id, DefLocal, e.Span)
	}
	if sc.compIterTarget || sc.Private != "" && b.table.names.list[id].private {
		if !b.add(id, Use, e.Span) {
			return false
		}
	} else {
		b.symbol(id).Flags |= Use
	}
	// super() without arguments finds the class there.
	if id == idSuper && sc.IsFunctionLike() {
		return b.add(idClass, Use, e.Span)
	}
	return true
}

func (b *Builder) lambda(e *ast.Lambda) bool {
	if !b.defaults(e.Args) {
		return false
	}
	sc := b.enterNew("lambda", FunctionScope, e.Span)
	b.of(sc, e)
	if !b.arguments(e.Args) || !b.expr(e.Body) {
		return false
	}
	b.leave()
	return true
}

// comprehension visits a comprehension; value is that of a dict comprehension, whose
// elt is the key.
func (b *Builder) comprehension(n ast.Node, at source.Span, name string, kind Comprehension,
	generators []*ast.Comprehension, elt, value ast.Expr) bool {
	outer := b.cur
	// The outermost iterable is evaluated around the comprehension and handed in.
	first := generators[0]
	if !b.iterable(first.Iter) {
		return false
	}
	sc := b.enterNew(name, FunctionScope, at)
	b.of(sc, n)
	sc.Comprehension = kind
	sc.Coroutine = first.IsAsync != 0
	b.reserveParams(1)
	b.param(idDotZero)
	if !b.target(first.Target) || !b.exprs(first.Ifs) {
		return false
	}
	for _, g := range generators[1:] {
		if !b.target(g.Target) || !b.iterable(g.Iter) || !b.exprs(g.Ifs) {
			return false
		}
		if g.IsAsync != 0 {
			sc.Coroutine = true
		}
	}
	// CPython visits the value of a dict before its key.
	if !b.optional(value) || !b.expr(elt) {
		return false
	}
	sc.Generator = kind == GeneratorExpression
	b.leave()
	if sc.Coroutine && !sc.Generator {
		if !isAsyncDef(outer) && outer.Comprehension == NoComprehension && !b.topLevelAwait() {
			return b.fail("asynchronous comprehension outside of an asynchronous function", at)
		}
		outer.Coroutine = true
	}
	return true
}

func isAsyncDef(sc *Scope) bool { return sc.Kind == FunctionScope && sc.Coroutine }

// iterable visits what a comprehension iterates over, where no walrus may be.
func (b *Builder) iterable(e ast.Expr) bool {
	sc := b.cur
	sc.compIterExpr++
	ok := b.expr(e)
	sc.compIterExpr--
	return ok
}

// target visits the iteration variables of a comprehension.
func (b *Builder) target(e ast.Expr) bool {
	sc := b.cur
	sc.compIterTarget = true
	ok := b.expr(e)
	sc.compIterTarget = false
	return ok
}

func (b *Builder) namedExpr(e *ast.NamedExpr) bool {
	if !b.allowed("named expression", e.Span) {
		return false
	}
	if b.cur.compIterExpr > 0 {
		return b.fail("assignment expression cannot be used in a comprehension iterable expression", e.Span)
	}
	if b.cur.Comprehension != NoComprehension {
		if target, ok := e.Target.(*ast.Name); ok && !b.outwards(target) {
			return false
		}
	}
	return b.expr(e.Value) && b.expr(e.Target)
}

// outwards binds the target of a walrus in a comprehension in the first scope
// around it that is no comprehension.
func (b *Builder) outwards(target *ast.Name) bool {
	id := b.table.names.id(target.ID, target.IDNum)
	at := target.Span
	for sc := b.cur; sc != nil; sc = sc.Parent {
		switch {
		case sc.Comprehension != NoComprehension:
			if had := b.flags(sc, id); had&DefCompIter != 0 && had&DefLocal != 0 {
				return b.fail("assignment expression cannot rebind comprehension iteration variable '"+target.ID+"'", at)
			}
		case sc.Kind == FunctionScope:
			flag := DefNonlocal
			if b.flags(sc, id)&DefGlobal != 0 {
				flag = DefGlobal
			}
			if !b.direct(id, flag, at) {
				return false
			}
			b.addTo(sc, b.mangle(b.cur, id), DefLocal)
			return true
		case sc.Kind == ModuleScope:
			return b.direct(id, DefGlobal, at)
		case sc.Kind == ClassScope:
			return b.fail("assignment expression within a comprehension cannot be used in a class body", at)
		case sc.Kind == TypeParametersScope:
			return b.fail("assignment expression within a comprehension cannot be used within the definition of a generic", at)
		case sc.Kind == TypeAliasScope:
			return b.fail("assignment expression within a comprehension cannot be used in a type alias", at)
		case sc.Kind == TypeVariableScope:
			return b.fail("assignment expression within a comprehension cannot be used in a TypeVar bound", at)
		}
	}
	return true
}

func (b *Builder) yield(value ast.Expr, at source.Span) bool {
	if !b.allowed("yield expression", at) || !b.optional(value) {
		return false
	}
	b.cur.Generator = true
	switch b.cur.Comprehension {
	case ListComprehension:
		return b.fail("'yield' inside list comprehension", at)
	case SetComprehension:
		return b.fail("'yield' inside set comprehension", at)
	case DictComprehension:
		return b.fail("'yield' inside dict comprehension", at)
	case GeneratorExpression:
		return b.fail("'yield' inside generator expression", at)
	}
	return true
}

func (b *Builder) await(e *ast.Await) bool {
	if !b.allowed("await expression", e.Span) {
		return false
	}
	if !b.topLevelAwait() {
		if !b.cur.IsFunctionLike() {
			return b.fail("'await' outside function", e.Span)
		}
		if !isAsyncDef(b.cur) && b.cur.Comprehension == NoComprehension {
			return b.fail("'await' outside async function", e.Span)
		}
	}
	if !b.expr(e.Value) {
		return false
	}
	b.cur.Coroutine = true
	return true
}

// allowed refuses what annotations, type aliases and type parameters must not
// contain.
func (b *Builder) allowed(what string, at source.Span) bool {
	switch b.cur.Kind {
	case AnnotationScope:
		return b.fail(what+" cannot be used within an annotation", at)
	case TypeVariableScope:
		return b.fail(what+" cannot be used within "+b.cur.variable, at)
	case TypeAliasScope:
		return b.fail(what+" cannot be used within a type alias", at)
	case TypeParametersScope:
		return b.fail(what+" cannot be used within the definition of a generic", at)
	}
	return true
}
