package astmod

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/source"
)

// validate reports whether a tree that a program has made is one that the parser could have made, as far as the compiler relies on that;
// if not, an exception is set.
func (c *reader) validate(root ast.Root) bool {
	switch n := root.(type) {
	case *ast.Module:
		return c.stmts(n.Body)
	case *ast.Interactive:
		return c.stmts(n.Body)
	case *ast.Expression:
		return c.expr(n.Body, ast.Load)
	case *ast.FunctionType:
		return c.exprs(n.Argtypes, ast.Load, false) && c.expr(n.Returns, ast.Load)
	}
	return false
}

// bad raises ValueError.
func (c *reader) bad(format string, args ...any) bool {
	c.t.ValueErrorf(format, args...)
	return false
}

func (c *reader) span(p source.Span) bool {
	switch {
	case p.Line > p.EndLine:
		return c.bad("AST node line range (%d, %d) is not valid", p.Line, p.EndLine)
	case p.Line < 0 && p.EndLine != p.Line || p.Col < 0 && p.Col != p.EndCol:
		return c.bad("AST node column range (%d, %d) for line range (%d, %d) is not valid", p.Col, p.EndCol, p.Line, p.EndLine)
	case p.Line == p.EndLine && p.Col > p.EndCol:
		return c.bad("line %d, column %d-%d is not a valid range", p.Line, p.Col, p.EndCol)
	}
	return true
}

func (c *reader) name(s string) bool {
	if s == "None" || s == "True" || s == "False" {
		return c.bad("identifier field can't represent '%s' constant", s)
	}
	return true
}

func (c *reader) capture(s string) bool {
	if s == "_" {
		return c.bad("can't capture name '_' in patterns")
	}
	return c.name(s)
}

func (c *reader) comprehensions(gens []*ast.Comprehension) bool {
	if len(gens) == 0 {
		return c.bad("comprehension with no generators")
	}
	for _, g := range gens {
		if g == nil || !c.expr(g.Target, ast.Store) || !c.expr(g.Iter, ast.Load) || !c.exprs(g.Ifs, ast.Load, false) {
			return c.noNil(g == nil)
		}
	}
	return true
}

// noNil raises an error for None in a list of nodes that are neither statements nor expressions, if there is one. CPython would crash.
func (c *reader) noNil(is bool) bool {
	if is {
		c.bad("None disallowed in list")
	}
	return false
}

func (c *reader) keywords(ks []*ast.Keyword) bool {
	for _, k := range ks {
		if k == nil || !c.expr(k.Value, ast.Load) {
			return c.noNil(k == nil)
		}
	}
	return true
}

func (c *reader) args(as []*ast.Arg) bool {
	for _, a := range as {
		if a == nil || !c.span(a.Span) || a.Annotation != nil && !c.expr(a.Annotation, ast.Load) {
			return c.noNil(a == nil)
		}
	}
	return true
}

func (c *reader) arguments(a *ast.Arguments) bool {
	if !c.args(a.Posonlyargs) || !c.args(a.Args) {
		return false
	}
	if v := a.Vararg; v != nil && v.Annotation != nil && !c.expr(v.Annotation, ast.Load) {
		return false
	}
	if !c.args(a.Kwonlyargs) {
		return false
	}
	if v := a.Kwarg; v != nil && v.Annotation != nil && !c.expr(v.Annotation, ast.Load) {
		return false
	}
	if len(a.Defaults) > len(a.Posonlyargs)+len(a.Args) {
		return c.bad("more positional defaults than args on arguments")
	}
	if len(a.KwDefaults) != len(a.Kwonlyargs) {
		return c.bad("length of kwonlyargs is not the same as kw_defaults on arguments")
	}
	return c.exprs(a.Defaults, ast.Load, false) && c.exprs(a.KwDefaults, ast.Load, true)
}

func (c *reader) constantType(v code.Value) bool {
	if s, strange := c.strange[v]; strange {
		c.t.TypeErrorf("got an invalid type in Constant: %s", s)
		return false
	}
	return true
}

func (c *reader) exprs(es []ast.Expr, ctx ast.Context, gaps bool) bool {
	for _, e := range es {
		switch {
		case e != nil:
			if !c.expr(e, ctx) {
				return false
			}
		case !gaps:
			return c.bad("None disallowed in expression list")
		}
	}
	return true
}

func (c *reader) maybe(e ast.Expr) bool { return e == nil || c.expr(e, ast.Load) }

// context returns the context that an expression says it is in, if it has one.
func context(e ast.Expr) (ast.Context, bool) {
	switch n := e.(type) {
	case *ast.Attribute:
		return n.Ctx, true
	case *ast.Subscript:
		return n.Ctx, true
	case *ast.Starred:
		return n.Ctx, true
	case *ast.Name:
		return n.Ctx, true
	case *ast.List:
		return n.Ctx, true
	case *ast.Tuple:
		return n.Ctx, true
	}
	return ast.Load, false
}

func (c *reader) expr(e ast.Expr, ctx ast.Context) bool {
	if !c.span(e.Pos()) || !c.enter("expr") {
		return false
	}
	defer c.leave()
	if n, ok := e.(*ast.Name); ok && !c.name(n.ID) {
		return false
	}
	if actual, has := context(e); !has {
		if ctx != ast.Load {
			return c.bad("expression which can't be assigned to in %s context", ctx)
		}
	} else if actual != ctx {
		return c.bad("expression must have %s context but has %s instead", ctx, actual)
	}
	switch n := e.(type) {
	case *ast.BoolOp:
		if len(n.Values) < 2 {
			return c.bad("BoolOp with less than 2 values")
		}
		return c.exprs(n.Values, ast.Load, false)
	case *ast.BinOp:
		return c.expr(n.Left, ast.Load) && c.expr(n.Right, ast.Load)
	case *ast.UnaryOp:
		return c.expr(n.Operand, ast.Load)
	case *ast.Lambda:
		return c.arguments(n.Args) && c.expr(n.Body, ast.Load)
	case *ast.IfExp:
		return c.expr(n.Test, ast.Load) && c.expr(n.Body, ast.Load) && c.expr(n.Orelse, ast.Load)
	case *ast.Dict:
		if len(n.Keys) != len(n.Values) {
			return c.bad("Dict doesn't have the same number of keys as values")
		}
		return c.exprs(n.Keys, ast.Load, true) && c.exprs(n.Values, ast.Load, false)
	case *ast.Set:
		return c.exprs(n.Elts, ast.Load, false)
	case *ast.ListComp:
		return c.comprehensions(n.Generators) && c.expr(n.Elt, ast.Load)
	case *ast.SetComp:
		return c.comprehensions(n.Generators) && c.expr(n.Elt, ast.Load)
	case *ast.GeneratorExp:
		return c.comprehensions(n.Generators) && c.expr(n.Elt, ast.Load)
	case *ast.DictComp:
		return c.comprehensions(n.Generators) && c.expr(n.Key, ast.Load) && c.expr(n.Value, ast.Load)
	case *ast.Yield:
		return c.maybe(n.Value)
	case *ast.YieldFrom:
		return c.expr(n.Value, ast.Load)
	case *ast.Await:
		return c.expr(n.Value, ast.Load)
	case *ast.Compare:
		if len(n.Comparators) == 0 {
			return c.bad("Compare with no comparators")
		}
		if len(n.Comparators) != len(n.Ops) {
			return c.bad("Compare has a different number of comparators and operands")
		}
		return c.exprs(n.Comparators, ast.Load, false) && c.expr(n.Left, ast.Load)
	case *ast.Call:
		return c.expr(n.Func, ast.Load) && c.exprs(n.Args, ast.Load, false) && c.keywords(n.Keywords)
	case *ast.Constant:
		return c.constantType(n.Value)
	case *ast.JoinedStr:
		return c.exprs(n.Values, ast.Load, false)
	case *ast.TemplateStr:
		return c.exprs(n.Values, ast.Load, false)
	case *ast.FormattedValue:
		return c.expr(n.Value, ast.Load) && c.maybe(n.FormatSpec)
	case *ast.Interpolation:
		return c.expr(n.Value, ast.Load) && c.maybe(n.FormatSpec)
	case *ast.Attribute:
		return c.expr(n.Value, ast.Load)
	case *ast.Subscript:
		return c.expr(n.Slice, ast.Load) && c.expr(n.Value, ast.Load)
	case *ast.Starred:
		return c.expr(n.Value, ctx)
	case *ast.Slice:
		return c.maybe(n.Lower) && c.maybe(n.Upper) && c.maybe(n.Step)
	case *ast.List:
		return c.exprs(n.Elts, ctx, false)
	case *ast.Tuple:
		return c.exprs(n.Elts, ctx, false)
	case *ast.NamedExpr:
		if _, ok := n.Target.(*ast.Name); !ok {
			c.t.TypeErrorf("NamedExpr target must be a Name")
			return false
		}
		return c.expr(n.Value, ast.Load)
	}
	return true
}

func (c *reader) nonempty(n int, what, owner string) bool {
	if n == 0 {
		return c.bad("empty %s on %s", what, owner)
	}
	return true
}

func (c *reader) body(body []ast.Stmt, owner string) bool {
	return c.nonempty(len(body), "body", owner) && c.stmts(body)
}

func (c *reader) stmts(ss []ast.Stmt) bool {
	for _, s := range ss {
		if s == nil {
			return c.bad("None disallowed in statement list")
		}
		if !c.stmt(s) {
			return false
		}
	}
	return true
}

func (c *reader) stmt(s ast.Stmt) bool {
	if !c.span(s.Pos()) || !c.enter("stmt") {
		return false
	}
	defer c.leave()
	switch n := s.(type) {
	case *ast.FunctionDef:
		return c.body(n.Body, "FunctionDef") && c.typeParams(n.TypeParams) && c.arguments(n.Args) && c.exprs(n.DecoratorList, ast.Load, false) && c.maybe(n.Returns)
	case *ast.AsyncFunctionDef:
		return c.body(n.Body, "AsyncFunctionDef") && c.typeParams(n.TypeParams) && c.arguments(n.Args) && c.exprs(n.DecoratorList, ast.Load, false) && c.maybe(n.Returns)
	case *ast.ClassDef:
		return c.body(n.Body, "ClassDef") && c.typeParams(n.TypeParams) && c.exprs(n.Bases, ast.Load, false) && c.keywords(n.Keywords) &&
			c.exprs(n.DecoratorList, ast.Load, false)
	case *ast.Return:
		return c.maybe(n.Value)
	case *ast.Delete:
		return c.nonempty(len(n.Targets), "targets", "Delete") && c.exprs(n.Targets, ast.Del, false)
	case *ast.Assign:
		return c.nonempty(len(n.Targets), "targets", "Assign") && c.exprs(n.Targets, ast.Store, false) && c.expr(n.Value, ast.Load)
	case *ast.AugAssign:
		return c.expr(n.Target, ast.Store) && c.expr(n.Value, ast.Load)
	case *ast.AnnAssign:
		if _, ok := n.Target.(*ast.Name); !ok && n.Simple != 0 {
			c.t.TypeErrorf("AnnAssign with simple non-Name target")
			return false
		}
		return c.expr(n.Target, ast.Store) && c.maybe(n.Value) && c.expr(n.Annotation, ast.Load)
	case *ast.TypeAlias:
		if _, ok := n.Name.(*ast.Name); !ok {
			c.t.TypeErrorf("TypeAlias with non-Name name")
			return false
		}
		return c.expr(n.Name, ast.Store) && c.typeParams(n.TypeParams) && c.expr(n.Value, ast.Load)
	case *ast.For:
		return c.expr(n.Target, ast.Store) && c.expr(n.Iter, ast.Load) && c.body(n.Body, "For") && c.stmts(n.Orelse)
	case *ast.AsyncFor:
		return c.expr(n.Target, ast.Store) && c.expr(n.Iter, ast.Load) && c.body(n.Body, "AsyncFor") && c.stmts(n.Orelse)
	case *ast.While:
		return c.expr(n.Test, ast.Load) && c.body(n.Body, "While") && c.stmts(n.Orelse)
	case *ast.If:
		return c.expr(n.Test, ast.Load) && c.body(n.Body, "If") && c.stmts(n.Orelse)
	case *ast.With:
		return c.withItems(n.Items, "With") && c.body(n.Body, "With")
	case *ast.AsyncWith:
		return c.withItems(n.Items, "AsyncWith") && c.body(n.Body, "AsyncWith")
	case *ast.Match:
		return c.match(n)
	case *ast.Raise:
		if n.Exc == nil && n.Cause != nil {
			return c.bad("Raise with cause but no exception")
		}
		return c.maybe(n.Exc) && c.maybe(n.Cause)
	case *ast.Try:
		return c.try(n.Body, n.Handlers, n.Orelse, n.Finalbody, "Try")
	case *ast.TryStar:
		return c.try(n.Body, n.Handlers, n.Orelse, n.Finalbody, "TryStar")
	case *ast.Assert:
		return c.expr(n.Test, ast.Load) && c.maybe(n.Msg)
	case *ast.Import:
		return c.nonempty(len(n.Names), "names", "Import") && c.aliases(n.Names)
	case *ast.ImportFrom:
		if n.Level < 0 {
			return c.bad("Negative ImportFrom level")
		}
		return c.nonempty(len(n.Names), "names", "ImportFrom") && c.aliases(n.Names)
	case *ast.Global:
		return c.nonempty(len(n.Names), "names", "Global")
	case *ast.Nonlocal:
		return c.nonempty(len(n.Names), "names", "Nonlocal")
	case *ast.ExprStmt:
		return c.expr(n.Value, ast.Load)
	}
	return true
}

func (c *reader) aliases(as []*ast.Alias) bool {
	for _, a := range as {
		if a == nil {
			return c.noNil(true)
		}
	}
	return true
}

func (c *reader) withItems(items []*ast.Withitem, owner string) bool {
	if !c.nonempty(len(items), "items", owner) {
		return false
	}
	for _, it := range items {
		if it == nil || !c.expr(it.ContextExpr, ast.Load) || it.OptionalVars != nil && !c.expr(it.OptionalVars, ast.Store) {
			return c.noNil(it == nil)
		}
	}
	return true
}

func (c *reader) try(body []ast.Stmt, handlers []*ast.ExceptHandler, orelse, final []ast.Stmt, owner string) bool {
	if !c.body(body, owner) {
		return false
	}
	if len(handlers) == 0 && len(final) == 0 {
		return c.bad("%s has neither except handlers nor finalbody", owner)
	}
	if len(handlers) == 0 && len(orelse) > 0 {
		return c.bad("%s has orelse but no except handlers", owner)
	}
	for _, h := range handlers {
		if h == nil || owner == "Try" && !c.span(h.Span) || !c.maybe(h.Type) || !c.body(h.Body, "ExceptHandler") {
			return c.noNil(h == nil)
		}
	}
	return c.stmts(final) && c.stmts(orelse)
}

func (c *reader) typeParams(ps []ast.TypeParam) bool {
	for _, p := range ps {
		if p == nil {
			return c.noNil(true)
		}
		if !c.span(p.Pos()) {
			return false
		}
		ok := true
		switch n := p.(type) {
		case *ast.TypeVar:
			ok = c.name(n.Name) && c.maybe(n.Bound) && c.maybe(n.DefaultValue)
		case *ast.ParamSpec:
			ok = c.name(n.Name) && c.maybe(n.DefaultValue)
		case *ast.TypeVarTuple:
			ok = c.name(n.Name) && c.maybe(n.DefaultValue)
		}
		if !ok {
			return false
		}
	}
	return true
}
