package symtable

import (
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
)

func (b *Builder) stmts(list []ast.Stmt) bool {
	for _, s := range list {
		if !b.stmt(s) {
			return false
		}
	}
	return true
}

// conditional visits statements that may not run: annotations there are
// conditional.
func (b *Builder) conditional(lists ...[]ast.Stmt) bool {
	sc := b.cur
	saved := sc.inConditional
	sc.inConditional = true
	for _, list := range lists {
		if !b.stmts(list) {
			return false
		}
	}
	sc.inConditional = saved
	return true
}

func (b *Builder) stmt(s ast.Stmt) bool {
	if s, ok := s.(*ast.ExprStmt); ok {
		return b.expr(s.Value)
	}
	if !b.deeper() {
		return false
	}
	ok := true
	switch s := s.(type) {
	case *ast.Assign:
		ok = b.exprs(s.Targets) && b.expr(s.Value)
	case *ast.If:
		ok = b.expr(s.Test) && b.conditional(s.Body, s.Orelse)
	case *ast.Return:
		if s.Value != nil {
			ok = b.expr(s.Value)
			b.cur.ReturnsValue = true
		}
	case *ast.FunctionDef:
		ok = b.function(s, s.Span, s.Name, s.NameNum, s.Args, s.Body, s.DecoratorList, s.Returns, s.TypeParams, false)
	case *ast.AsyncFunctionDef:
		ok = b.function(s, s.Span, s.Name, s.NameNum, s.Args, s.Body, s.DecoratorList, s.Returns, s.TypeParams, true)
	case *ast.ClassDef:
		ok = b.class(s)
	case *ast.For:
		ok = b.expr(s.Target) && b.expr(s.Iter) && b.conditional(s.Body, s.Orelse)
	case *ast.While:
		ok = b.expr(s.Test) && b.conditional(s.Body, s.Orelse)
	case *ast.Try:
		ok = b.try(s.Body, s.Handlers, s.Orelse, s.Finalbody)
	case *ast.TryStar:
		ok = b.try(s.Body, s.Handlers, s.Orelse, s.Finalbody)
	case *ast.With:
		ok = b.with(s.Items, s.Body)
	case *ast.Raise:
		if s.Exc != nil {
			ok = b.expr(s.Exc) && b.optional(s.Cause)
		}
	case *ast.AugAssign:
		ok = b.expr(s.Target) && b.expr(s.Value)
	case *ast.AnnAssign:
		ok = b.annAssign(s)
	case *ast.Import:
		ok = b.aliases(s.Names)
	case *ast.ImportFrom:
		ok = b.aliases(s.Names) && b.checkFuture(s)
	case *ast.Assert:
		ok = b.expr(s.Test) && b.optional(s.Msg)
	case *ast.Delete:
		ok = b.exprs(s.Targets)
	case *ast.Global:
		ok = b.declarations(s.Names, DefGlobal, s.Span)
	case *ast.Nonlocal:
		ok = b.declarations(s.Names, DefNonlocal, s.Span)
	case *ast.Match:
		ok = b.match(s)
	case *ast.TypeAlias:
		ok = b.typeAlias(s)
	case *ast.AsyncFor:
		ok = b.wantCoroutine("'async for' outside async function", s.Span) &&
			b.expr(s.Target) && b.expr(s.Iter) && b.conditional(s.Body, s.Orelse)
	case *ast.AsyncWith:
		ok = b.wantCoroutine("'async with' outside async function", s.Span) && b.with(s.Items, s.Body)
	}
	b.depth--
	return ok
}

func (b *Builder) declarations(names []string, flag Flags, at source.Span) bool {
	for _, name := range names {
		if !b.declare(name, flag, at) {
			return false
		}
	}
	return true
}

func (b *Builder) try(body []ast.Stmt, handlers []*ast.ExceptHandler, orelse, final []ast.Stmt) bool {
	sc := b.cur
	saved := sc.inConditional
	sc.inConditional = true
	if !b.stmts(body) {
		return false
	}
	for _, h := range handlers {
		if !b.optional(h.Type) {
			return false
		}
		if h.Name != "" && !b.defineNum(h.Name, h.NameNum, DefLocal, h.Span) {
			return false
		}
		if !b.stmts(h.Body) {
			return false
		}
	}
	if !b.stmts(orelse) || !b.stmts(final) {
		return false
	}
	sc.inConditional = saved
	return true
}

func (b *Builder) with(items []*ast.Withitem, body []ast.Stmt) bool {
	for _, item := range items {
		// What is in the expressions can hold no annotation, so that they need not
		// count as conditional.
		if !b.expr(item.ContextExpr) || !b.optional(item.OptionalVars) {
			return false
		}
	}
	return b.conditional(body)
}

// topLevelAwait reports whether the current scope is a module that may await.
func (b *Builder) topLevelAwait() bool {
	return b.opts.TopLevelAwait && b.cur.Kind == ModuleScope
}

// wantCoroutine refuses statements outside of coroutines.
func (b *Builder) wantCoroutine(message string, at source.Span) bool {
	if b.topLevelAwait() {
		b.cur.Coroutine = true
	}
	if !b.cur.Coroutine {
		return b.fail(message, at)
	}
	return true
}

func (b *Builder) aliases(list []*ast.Alias) bool {
	for _, a := range list {
		name, num := a.Name, a.NameNum
		if a.Asname != "" {
			name, num = a.Asname, a.AsnameNum
		}
		if name == "*" {
			if b.cur.Kind != ModuleScope {
				return b.fail("import * only allowed at module level", a.Span)
			}
			continue
		}
		// "import a.b" binds a.
		if num == 0 {
			name, _, _ = strings.Cut(name, ".")
		}
		if !b.defineNum(name, num, DefImport, a.Span) {
			return false
		}
	}
	return true
}

// checkFuture refuses __future__ imports behind the place where they take effect.
func (b *Builder) checkFuture(s *ast.ImportFrom) bool {
	last := b.opts.Future.Last
	if s.Level == 0 && s.Module == "__future__" &&
		(s.Line > last.Line || s.Line == last.EndLine && s.Col > last.EndCol) {
		return b.fail("from __future__ imports must occur at the beginning of the file", s.Span)
	}
	return true
}

func (b *Builder) annAssign(s *ast.AnnAssign) bool {
	b.cur.AnnotationsUsed = true
	if target, ok := s.Target.(*ast.Name); ok {
		id := b.table.names.id(target.ID, target.IDNum)
		if s.Simple != 0 {
			had := b.flags(b.cur, id)
			if had&(DefGlobal|DefNonlocal) != 0 && b.cur != b.table.Top {
				kind := "nonlocal"
				if had&DefGlobal != 0 {
					kind = "global"
				}
				return b.fail("annotated name '"+target.ID+"' can't be "+kind, s.Span)
			}
			if !b.defineID(id, DefAnnot|DefLocal, target.Span) {
				return false
			}
		} else if s.Value != nil && !b.defineID(id, DefLocal, target.Span) {
			return false
		}
	} else if !b.expr(s.Target) {
		return false
	}
	return b.annotation(s.Annotation) && b.optional(s.Value)
}

// annotation visits the annotation of a variable, in the one scope that all of
// them share.
func (b *Builder) annotation(e ast.Expr) bool {
	sc := b.cur
	// Those of modules are always conditional, as a module may be run in part.
	if (sc.Kind == ModuleScope || sc.Kind == ClassScope && sc.inConditional) && !sc.HasConditionalAnnotations {
		sc.HasConditionalAnnotations = true
		b.mark(idConditionalAnnotations, Use)
	}
	if sc.variables == nil {
		sc.variables = b.enterNew("__annotate__", AnnotationScope, e.Pos())
		if sc.Kind == ClassScope && !b.futureAnnotations() {
			sc.NeedsClassDict = true
			b.seeClass()
		}
		if sc.Kind != FunctionScope {
			sc.Annotations = sc.variables
		}
	} else {
		sc.variables.reentered = true
		b.resume(sc.variables)
	}
	// Those of a function's variables are never evaluated.
	b.cur.unevaluated = sc.Kind == FunctionScope
	ok := b.expr(e)
	b.cur.unevaluated = false
	b.leave()
	return ok
}

func (b *Builder) function(n ast.Node, at source.Span, name string, num nameID, args *ast.Arguments, body []ast.Stmt,
	decorators []ast.Expr, returns ast.Expr, typeParams []ast.TypeParam, async bool) bool {
	if !b.defineNum(name, num, DefLocal, at) || !b.defaults(args) || !b.exprs(decorators) {
		return false
	}
	var generic *Scope
	if len(typeParams) > 0 {
		generic = b.enterTypeParams(name, at)
		// CPython has this one even where there are no defaults.
		b.param(idDotDefaults)
		for _, d := range args.KwDefaults {
			if d != nil {
				b.param(idDotKwDefaults)
				break
			}
		}
		if !b.typeParams(typeParams) {
			return false
		}
	}
	sc := b.newScope(name, FunctionScope, at)
	b.of(sc, n)
	sc.TypeParams = generic
	sc.HasDocstring = hasDocstring(body)
	if b.opts.Lean && !b.cur.CanSeeClassScope && !annotated(args, returns) {
		sc.leftOutUses = b.cur.Kind == ClassScope && !b.futureAnnotations()
	} else {
		if !b.annotations(sc, args, returns, at) {
			return false
		}
		// Names are looked up as if the scope were created only here.
		sc.serial = b.serial
		b.serial++
	}
	b.enter(sc)
	sc.Coroutine = async
	if !b.arguments(args) || !b.body(n, body) {
		return false
	}
	b.leave()
	if generic != nil {
		b.leave()
	}
	return true
}

// defaults visits default values, which belong to the scope around the function.
func (b *Builder) defaults(args *ast.Arguments) bool {
	return b.exprs(args.Defaults) && b.exprs(args.KwDefaults)
}

// annotated reports whether a signature has annotations.
func annotated(args *ast.Arguments, returns ast.Expr) bool {
	if returns != nil || args.Vararg != nil && args.Vararg.Annotation != nil || args.Kwarg != nil && args.Kwarg.Annotation != nil {
		return true
	}
	for _, list := range [...][]*ast.Arg{args.Posonlyargs, args.Args, args.Kwonlyargs} {
		for _, a := range list {
			if a.Annotation != nil {
				return true
			}
		}
	}
	return false
}

// annotations visits the annotations of a function's signature.
func (b *Builder) annotations(function *Scope, args *ast.Arguments, returns ast.Expr, at source.Span) bool {
	outer := b.cur
	sc := b.enterNew("__annotate__", AnnotationScope, at)
	function.Annotations = sc
	if outer.CanSeeClassScope || outer.Kind == ClassScope {
		b.seeClass()
	}
	if !b.argAnnotations(args.Posonlyargs) || !b.argAnnotations(args.Args) ||
		!b.argAnnotation(args.Vararg) || !b.argAnnotation(args.Kwarg) || !b.argAnnotations(args.Kwonlyargs) {
		return false
	}
	if returns != nil {
		sc.AnnotationsUsed = true
		if !b.expr(returns) {
			return false
		}
	}
	b.leave()
	return true
}

func (b *Builder) argAnnotations(args []*ast.Arg) bool {
	for _, a := range args {
		if !b.argAnnotation(a) {
			return false
		}
	}
	return true
}

func (b *Builder) argAnnotation(a *ast.Arg) bool {
	if a == nil || a.Annotation == nil {
		return true
	}
	b.cur.AnnotationsUsed = true
	return b.expr(a.Annotation)
}

// arguments makes the parameters names of the current scope, in the order of
// co_varnames.
func (b *Builder) arguments(args *ast.Arguments) bool {
	n := len(args.Posonlyargs) + len(args.Args) + len(args.Kwonlyargs)
	if args.Vararg != nil {
		n++
	}
	if args.Kwarg != nil {
		n++
	}
	b.reserveParams(n)
	if !b.parameters(args.Posonlyargs) || !b.parameters(args.Args) || !b.parameters(args.Kwonlyargs) {
		return false
	}
	if args.Vararg != nil {
		if !b.defineArg(args.Vararg) {
			return false
		}
		b.cur.VarArgs = true
	}
	if args.Kwarg != nil {
		if !b.defineArg(args.Kwarg) {
			return false
		}
		b.cur.VarKeywords = true
	}
	return true
}

func (b *Builder) parameters(args []*ast.Arg) bool {
	sc, names := b.cur, &b.table.names
	for _, a := range args {
		// As the first names of a scope nearly all are new ones; see uses.
		if id := a.ArgNum; id != 0 && names.numbered && id != idDebug && (sc.Private == "" || !names.list[id].private) {
			if n := &names.list[id]; n.serial < sc.serial {
				sym := b.newSymbol(id)
				sym.Flags = DefParam
				sc.append(sym)
				n.serial, n.sym = sc.serial, sym
				b.addParam(sym)
				continue
			}
		}
		if !b.defineArg(a) {
			return false
		}
	}
	return true
}

func (b *Builder) class(s *ast.ClassDef) bool {
	if !b.defineNum(s.Name, s.NameNum, DefLocal, s.Span) || !b.exprs(s.DecoratorList) {
		return false
	}
	var generic *Scope
	if len(s.TypeParams) > 0 {
		generic = b.enterTypeParams(s.Name, s.Span)
		// Set where the tuple of type parameters is made, read where the bases are.
		b.mark(idDotTypeParams, DefLocal|Use)
		b.mark(idDotGenericBase, DefLocal|Use)
		// Type parameters are mangled, so that the class can use private ones; other
		// names around the class are not.
		generic.Private = s.Name
		generic.mangled = map[nameID]bool{}
		if !b.typeParams(s.TypeParams) {
			return false
		}
	}
	if !b.exprs(s.Bases) || !b.keywords(s.Keywords) {
		return false
	}
	sc := b.newScope(s.Name, ClassScope, s.Span)
	b.of(sc, s)
	sc.TypeParams = generic
	b.enter(sc)
	sc.Private = s.Name
	if generic != nil {
		b.mark(idTypeParams, DefLocal)
		b.mark(idDotTypeParams, Use)
	}
	sc.HasDocstring = hasDocstring(s.Body)
	if !b.body(s, s.Body) {
		return false
	}
	b.leave()
	if generic != nil {
		b.leave()
	}
	return true
}

func (b *Builder) typeAlias(s *ast.TypeAlias) bool {
	if !b.expr(s.Name) {
		return false
	}
	name := ""
	if n, ok := s.Name.(*ast.Name); ok {
		name = n.ID
	}
	inClass := b.cur.Kind == ClassScope
	var generic *Scope
	if len(s.TypeParams) > 0 {
		generic = b.enterTypeParams(name, s.Span)
		if !b.typeParams(s.TypeParams) {
			return false
		}
	}
	sc := b.enterNew(name, TypeAliasScope, s.Span)
	b.of(sc, s)
	sc.TypeParams = generic
	if inClass {
		b.seeClass()
	}
	if !b.expr(s.Value) {
		return false
	}
	b.leave()
	if generic != nil {
		b.leave()
	}
	return true
}

func (b *Builder) enterTypeParams(name string, at source.Span) *Scope {
	inClass := b.cur.Kind == ClassScope
	sc := b.enterNew(name, TypeParametersScope, at)
	if inClass {
		b.seeClass()
	}
	return sc
}

func (b *Builder) typeParams(list []ast.TypeParam) bool {
	for _, p := range list {
		if !b.typeParam(p) {
			return false
		}
	}
	return true
}

func (b *Builder) typeParam(p ast.TypeParam) bool {
	switch p := p.(type) {
	case *ast.TypeVar:
		what := "a TypeVar bound"
		if _, ok := p.Bound.(*ast.Tuple); ok {
			what = "a TypeVar constraint"
		}
		return b.define(p.Name, DefTypeParam|DefLocal, p.Span) &&
			b.typeVariable(p, p.Bound, p.Name, what, false) &&
			b.typeVariable(p, p.DefaultValue, p.Name, "a TypeVar default", true)
	case *ast.TypeVarTuple:
		return b.define(p.Name, DefTypeParam|DefLocal, p.Span) &&
			b.typeVariable(p, p.DefaultValue, p.Name, "a TypeVarTuple default", true)
	case *ast.ParamSpec:
		return b.define(p.Name, DefTypeParam|DefLocal, p.Span) &&
			b.typeVariable(p, p.DefaultValue, p.Name, "a ParamSpec default", true)
	}
	return true
}

// typeVariable visits the bound or default of a type parameter; what is how error
// messages call it.
func (b *Builder) typeVariable(p ast.TypeParam, e ast.Expr, name, what string, isDefault bool) bool {
	if name == idClassDict.Fixed() {
		return b.fail("reserved name '"+name+"' cannot be used for type parameter", p.Pos())
	}
	if e == nil {
		return true
	}
	inClass := b.cur.CanSeeClassScope
	sc := b.enterNew(name, TypeVariableScope, e.Pos())
	b.of(sc, p)
	sc.isDefault = isDefault
	sc.variable = what
	if inClass {
		b.seeClass()
	}
	if !b.expr(e) {
		return false
	}
	b.leave()
	return true
}

func (b *Builder) match(s *ast.Match) bool {
	if !b.expr(s.Subject) {
		return false
	}
	for _, c := range s.Cases {
		if !b.pattern(c.Pattern) || !b.optional(c.Guard) || !b.conditional(c.Body) {
			return false
		}
	}
	return true
}

func (b *Builder) patterns(list []ast.Pattern) bool {
	for _, p := range list {
		if !b.pattern(p) {
			return false
		}
	}
	return true
}

// capture binds the name that a pattern captures, if it has one.
func (b *Builder) capture(name string, at source.Span) bool {
	return name == "" || b.define(name, DefLocal, at)
}

func (b *Builder) pattern(p ast.Pattern) bool {
	if !b.deeper() {
		return false
	}
	ok := true
	switch p := p.(type) {
	case *ast.MatchValue:
		ok = b.expr(p.Value)
	case *ast.MatchSequence:
		ok = b.patterns(p.Patterns)
	case *ast.MatchStar:
		ok = b.capture(p.Name, p.Span)
	case *ast.MatchMapping:
		ok = b.exprs(p.Keys) && b.patterns(p.Patterns) && b.capture(p.Rest, p.Span)
	case *ast.MatchClass:
		ok = b.expr(p.Cls) && b.patterns(p.Patterns)
		for i, name := range p.KwdAttrs {
			ok = ok && b.checkName(name, ast.Store, p.KwdPatterns[i].Pos())
		}
		ok = ok && b.patterns(p.KwdPatterns)
	case *ast.MatchAs:
		if p.Pattern != nil {
			ok = b.pattern(p.Pattern)
		}
		ok = ok && b.capture(p.Name, p.Span)
	case *ast.MatchOr:
		ok = b.patterns(p.Patterns)
	}
	b.depth--
	return ok
}
