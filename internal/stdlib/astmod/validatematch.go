package astmod

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
)

func (c *reader) match(n *ast.Match) bool {
	if !c.expr(n.Subject, ast.Load) || !c.nonempty(len(n.Cases), "cases", "Match") {
		return false
	}
	for _, m := range n.Cases {
		if m == nil || !c.pattern(m.Pattern, false) || !c.maybe(m.Guard) || !c.body(m.Body, "match_case") {
			return c.noNil(m == nil)
		}
	}
	return true
}

func (c *reader) patterns(ps []ast.Pattern, star bool) bool {
	for _, p := range ps {
		if p == nil || !c.pattern(p, star) {
			return c.noNil(p == nil)
		}
	}
	return true
}

// isNumber reports whether an expression is a number: a real one, an imaginary one.
func isNumber(e ast.Expr, allowReal, allowImaginary bool) bool {
	k, ok := e.(*ast.Constant)
	if !ok {
		return false
	}
	switch k.Value.(type) {
	case *code.Int, *code.Float:
		return allowReal
	case *code.Complex:
		return allowImaginary
	}
	return false
}

func isNegative(e ast.Expr, allowReal, allowImaginary bool) bool {
	n, ok := e.(*ast.UnaryOp)
	return ok && n.Op == ast.USub && isNumber(n.Operand, allowReal, allowImaginary)
}

// literal checks the value of a pattern.
func (c *reader) literal(e ast.Expr) bool {
	if !c.expr(e, ast.Load) {
		return false
	}
	switch n := e.(type) {
	case *ast.Constant:
		switch n.Value.(type) {
		case *code.Int, *code.Float, *code.Bytes, *code.Complex, *code.Str:
			return true
		}
		return c.bad("unexpected constant inside of a literal pattern")
	case *ast.Attribute, *ast.JoinedStr, *ast.TemplateStr:
		return true
	case *ast.UnaryOp:
		if isNegative(n, true, true) {
			return true
		}
	case *ast.BinOp:
		if (n.Op == ast.Add || n.Op == ast.Sub) && (isNumber(n.Left, true, false) || isNegative(n.Left, true, false)) && isNumber(n.Right, false, true) {
			return true
		}
	}
	return c.bad("patterns may only match literals and attribute lookups")
}

// isSingleton reports whether a constant is None, True or False.
func isSingleton(v code.Value) bool {
	switch v.(type) {
	case *code.NoneType, *code.Bool:
		return true
	}
	return false
}

func (c *reader) pattern(p ast.Pattern, star bool) bool {
	if !c.span(p.Pos()) || !c.enter("pattern") {
		return false
	}
	defer c.leave()
	switch n := p.(type) {
	case *ast.MatchValue:
		return c.literal(n.Value)
	case *ast.MatchSingleton:
		if !isSingleton(n.Value) {
			return c.bad("MatchSingleton can only contain True, False and None")
		}
	case *ast.MatchSequence:
		return c.patterns(n.Patterns, true)
	case *ast.MatchMapping:
		if len(n.Keys) != len(n.Patterns) {
			return c.bad("MatchMapping doesn't have the same number of keys as patterns")
		}
		if n.Rest != "" && !c.capture(n.Rest) {
			return false
		}
		for _, k := range n.Keys {
			if k == nil {
				return c.noNil(true)
			}
			if v, ok := k.(*ast.Constant); ok && isSingleton(v.Value) {
				continue
			}
			if !c.literal(k) {
				return false
			}
		}
		return c.patterns(n.Patterns, false)
	case *ast.MatchClass:
		if len(n.KwdAttrs) != len(n.KwdPatterns) {
			return c.bad("MatchClass doesn't have the same number of keyword attributes as patterns")
		}
		if !c.expr(n.Cls, ast.Load) {
			return false
		}
		for cls := n.Cls; ; {
			if a, ok := cls.(*ast.Attribute); ok {
				cls = a.Value
				continue
			}
			if _, ok := cls.(*ast.Name); !ok {
				return c.bad("MatchClass cls field can only contain Name or Attribute nodes.")
			}
			break
		}
		for _, a := range n.KwdAttrs {
			if !c.name(a) {
				return false
			}
		}
		return c.patterns(n.Patterns, false) && c.patterns(n.KwdPatterns, false)
	case *ast.MatchStar:
		if !star {
			return c.bad("can't use MatchStar here")
		}
		return n.Name == "" || c.capture(n.Name)
	case *ast.MatchAs:
		switch {
		case n.Name != "" && !c.capture(n.Name):
			return false
		case n.Pattern == nil:
			return true
		case n.Name == "":
			return c.bad("MatchAs must specify a target name if a pattern is given")
		}
		return c.pattern(n.Pattern, false)
	case *ast.MatchOr:
		if len(n.Patterns) < 2 {
			return c.bad("MatchOr requires at least 2 patterns")
		}
		return c.patterns(n.Patterns, false)
	}
	return true
}
