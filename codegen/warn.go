package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// staticType returns the name of the type that e is sure to have, "" if none is
// known. Constants have their own; what makes them out is left to the caller.
func staticType(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Constant:
		return code.TypeName(e.Value, pyver.Py314)
	case *ast.Tuple:
		return "tuple"
	case *ast.List, *ast.ListComp:
		return "list"
	case *ast.Dict, *ast.DictComp:
		return "dict"
	case *ast.Set, *ast.SetComp:
		return "set"
	case *ast.GeneratorExp:
		return "generator"
	case *ast.Lambda:
		return "function"
	case *ast.JoinedStr, *ast.FormattedValue:
		return "str"
	case *ast.TemplateStr, *ast.Interpolation:
		return "string.templatelib.Template"
	}
	return ""
}

// checkCalled warns of a call of something that cannot be called.
func (g *generator) checkCalled(e ast.Expr) {
	switch e.(type) {
	case *ast.Name, *ast.Attribute, *ast.Lambda:
		return
	}
	if t := staticType(e); t != "" {
		g.warn(e.Pos(), "'"+t+"' object is not callable; perhaps you missed a comma?")
	}
}

// checkSubscripted warns of a subscript of something that has no items.
func (g *generator) checkSubscripted(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Constant:
		switch e.Value.(type) {
		case *code.NoneType, *code.EllipsisType, *code.Bool, *code.Int, *code.Float, *code.Complex, *code.Set:
		default:
			return
		}
	case *ast.Set, *ast.SetComp, *ast.GeneratorExp, *ast.TemplateStr, *ast.Interpolation, *ast.Lambda:
	default:
		return
	}
	g.warn(e.Pos(), "'"+staticType(e)+"' object is not subscriptable; perhaps you missed a comma?")
}

// checkIndex warns of an index of a type that a sequence does not take.
func (g *generator) checkIndex(e, index ast.Expr) {
	switch e := e.(type) {
	case *ast.Constant:
		switch e.Value.(type) {
		case *code.Str, *code.Bytes, *code.Tuple:
		default:
			return
		}
	case *ast.Tuple, *ast.List, *ast.ListComp, *ast.JoinedStr, *ast.FormattedValue:
	default:
		return
	}
	t := staticType(index)
	switch t {
	case "", "int", "bool", "slice":
		return
	}
	g.warn(e.Pos(), staticType(e)+" indices must be integers or slices, not "+t+"; perhaps you missed a comma?")
}

// checkIdentity warns of the first "is" or "is not" of e that has a literal beside it.
func (g *generator) checkIdentity(e *ast.Compare) {
	for i, op := range e.Ops {
		if op != ast.Is && op != ast.IsNot {
			continue
		}
		literal := e.Left
		if i > 0 {
			literal = e.Comparators[i-1]
		}
		if !isLiteral(literal) {
			if literal = e.Comparators[i]; !isLiteral(literal) {
				continue
			}
		}
		what, instead := "is", "=="
		if op == ast.IsNot {
			what, instead = "is not", "!="
		}
		g.warn(e.Span, `"`+what+`" with '`+staticType(literal)+`' literal. Did you mean "`+instead+`"?`)
		return
	}
}

// isLiteral reports whether e is a constant of which there can be more than one, or
// a tuple of constants.
func isLiteral(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Constant:
		switch e.Value.(type) {
		case *code.NoneType, *code.EllipsisType, *code.Bool:
			return false
		}
		return true
	case *ast.Tuple:
		for _, x := range e.Elts {
			if _, ok := x.(*ast.Constant); !ok {
				return false
			}
		}
		return true
	}
	return false
}

// checkAssert warns of an assertion of a tuple that is not empty.
func (g *generator) checkAssert(s *ast.Assert) {
	switch t := s.Test.(type) {
	case *ast.Tuple:
		if len(t.Elts) == 0 {
			return
		}
	case *ast.Constant:
		if v, ok := t.Value.(*code.Tuple); !ok || len(v.Items) == 0 {
			return
		}
	default:
		return
	}
	g.warn(s.Span, "assertion is always true, perhaps remove parentheses?")
}
