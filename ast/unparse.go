package ast

import (
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

// Unparse returns the text that an annotation becomes under "from __future__
// import annotations". It is not that of ast.unparse, which is a program of its
// own. The text is in UTF-8. An integer whose decimal form would be too long is
// an error, as in Python.
func Unparse(e Expr) (string, error) {
	u := unparser{}
	u.expr(e, precTest)
	return string(u.buf), u.err
}

// How tight the operators bind, as far as parentheses go.
const (
	precTuple  = iota
	precTest   // if else, lambda
	precOr     // or
	precAnd    // and
	precNot    // not
	precCmp    // comparisons
	precBitOr  // |
	precBitXor // ^
	precBitAnd // &
	precShift  // << >>
	precArith  // + -
	precTerm   // * @ / % //
	precFactor // + - ~ with one operand
	precPower  // **
	precAwait  // await
	precAtom

	precExpr = precBitOr // what * and ** may be before
)

// binaryOps has the text and precedence of binary operators.
var binaryOps = [...]struct {
	text string
	prec int
}{
	Add: {" + ", precArith}, Sub: {" - ", precArith},
	Mult: {" * ", precTerm}, MatMult: {" @ ", precTerm}, Div: {" / ", precTerm}, Mod: {" % ", precTerm},
	FloorDiv: {" // ", precTerm}, Pow: {" ** ", precPower},
	LShift: {" << ", precShift}, RShift: {" >> ", precShift},
	BitOr: {" | ", precBitOr}, BitXor: {" ^ ", precBitXor}, BitAnd: {" & ", precBitAnd},
}

// compareOps has the text of comparisons.
var compareOps = [...]string{
	Eq: " == ", NotEq: " != ", Lt: " < ", LtE: " <= ", Gt: " > ", GtE: " >= ",
	Is: " is ", IsNot: " is not ", In: " in ", NotIn: " not in ",
}

type unparser struct {
	buf []byte
	err error
}

func (u *unparser) put(s string) { u.buf = append(u.buf, s...) }

// open writes a parenthesis if what follows binds looser than its place asks
// for, and reports whether it did.
func (u *unparser) open(place, prec int) bool {
	if place > prec {
		u.put("(")
		return true
	}
	return false
}

func (u *unparser) close(opened bool) {
	if opened {
		u.put(")")
	}
}

// list writes expressions with commas between them.
func (u *unparser) list(list []Expr) {
	for i, e := range list {
		if i > 0 {
			u.put(", ")
		}
		u.expr(e, precTest)
	}
}

// expr writes e where nothing may stand that binds looser than place.
func (u *unparser) expr(e Expr, place int) {
	switch n := e.(type) {
	case *BoolOp:
		prec, op := precOr, " or "
		if n.Op == And {
			prec, op = precAnd, " and "
		}
		p := u.open(place, prec)
		for i, v := range n.Values {
			if i > 0 {
				u.put(op)
			}
			u.expr(v, prec+1)
		}
		u.close(p)
	case *BinOp:
		op := binaryOps[n.Op]
		left, right := op.prec, op.prec+1
		if n.Op == Pow {
			left, right = right, left
		}
		p := u.open(place, op.prec)
		u.expr(n.Left, left)
		u.put(op.text)
		u.expr(n.Right, right)
		u.close(p)
	case *UnaryOp:
		prec := precFactor
		if n.Op == Not {
			prec = precNot
		}
		p := u.open(place, prec)
		u.put([...]string{Invert: "~", Not: "not ", UAdd: "+", USub: "-"}[n.Op])
		u.expr(n.Operand, prec)
		u.close(p)
	case *Lambda:
		p := u.open(place, precTest)
		u.put("lambda")
		if len(n.Args.Posonlyargs)+len(n.Args.Args) > 0 {
			u.put(" ")
		}
		u.arguments(n.Args)
		u.put(": ")
		u.expr(n.Body, precTest)
		u.close(p)
	case *IfExp:
		p := u.open(place, precTest)
		u.expr(n.Body, precTest+1)
		u.put(" if ")
		u.expr(n.Test, precTest+1)
		u.put(" else ")
		u.expr(n.Orelse, precTest)
		u.close(p)
	case *Dict:
		u.put("{")
		for i, v := range n.Values {
			if i > 0 {
				u.put(", ")
			}
			if k := n.Keys[i]; k != nil {
				u.expr(k, precTest)
				u.put(": ")
				u.expr(v, precTest)
			} else {
				u.put("**")
				u.expr(v, precExpr)
			}
		}
		u.put("}")
	case *Set:
		u.put("{")
		u.list(n.Elts)
		u.put("}")
	case *List:
		u.put("[")
		u.list(n.Elts)
		u.put("]")
	case *Tuple:
		if len(n.Elts) == 0 {
			u.put("()")
			return
		}
		p := u.open(place, precTuple)
		u.list(n.Elts)
		if len(n.Elts) == 1 {
			u.put(",")
		}
		u.close(p)
	case *GeneratorExp:
		u.comprehension("(", n.Elt, nil, n.Generators, ")")
	case *ListComp:
		u.comprehension("[", n.Elt, nil, n.Generators, "]")
	case *SetComp:
		u.comprehension("{", n.Elt, nil, n.Generators, "}")
	case *DictComp:
		u.comprehension("{", n.Key, n.Value, n.Generators, "}")
	case *Yield:
		u.put("(yield")
		if n.Value != nil {
			u.put(" ")
			u.expr(n.Value, precTest)
		}
		u.put(")")
	case *YieldFrom:
		u.put("(yield from ")
		u.expr(n.Value, precTest)
		u.put(")")
	case *Await:
		p := u.open(place, precAwait)
		u.put("await ")
		u.expr(n.Value, precAtom)
		u.close(p)
	case *Compare:
		p := u.open(place, precCmp)
		u.expr(n.Left, precCmp+1)
		for i, op := range n.Ops {
			u.put(compareOps[op])
			u.expr(n.Comparators[i], precCmp+1)
		}
		u.close(p)
	case *Call:
		u.expr(n.Func, precAtom)
		if len(n.Args) == 1 && len(n.Keywords) == 0 {
			if g, ok := n.Args[0].(*GeneratorExp); ok {
				u.expr(g, precAtom)
				return
			}
		}
		u.put("(")
		u.list(n.Args)
		for i, k := range n.Keywords {
			if i+len(n.Args) > 0 {
				u.put(", ")
			}
			if k.Arg == "" {
				u.put("**")
			} else {
				u.put(k.Arg)
				u.put("=")
			}
			u.expr(k.Value, precTest)
		}
		u.put(")")
	case *Constant:
		if _, ok := n.Value.(*code.EllipsisType); ok {
			u.put("...")
			return
		}
		u.put(n.Kind)
		u.value(n.Value)
	case *JoinedStr, *TemplateStr, *FormattedValue, *Interpolation:
		u.part(e, false)
	case *Attribute:
		u.expr(n.Value, precAtom)
		if c, ok := n.Value.(*Constant); ok {
			if _, ok := c.Value.(*code.Int); ok {
				u.put(" ") // 1.real would be a float and a name
			}
		}
		u.put(".")
		u.put(n.Attr)
	case *Subscript:
		u.expr(n.Value, precAtom)
		u.put("[")
		u.expr(n.Slice, precTuple)
		u.put("]")
	case *Starred:
		u.put("*")
		u.expr(n.Value, precExpr)
	case *Slice:
		u.optional(n.Lower)
		u.put(":")
		u.optional(n.Upper)
		if n.Step != nil {
			u.put(":")
			u.expr(n.Step, precTest)
		}
	case *Name:
		u.put(n.ID)
	case *NamedExpr:
		p := u.open(place, precTuple)
		u.expr(n.Target, precAtom)
		u.put(" := ")
		u.expr(n.Value, precAtom)
		u.close(p)
	}
}

func (u *unparser) optional(e Expr) {
	if e != nil {
		u.expr(e, precTest)
	}
}

// comprehension writes a comprehension; value is that of a dictionary's.
func (u *unparser) comprehension(open string, elt, value Expr, generators []*Comprehension, end string) {
	u.put(open)
	u.expr(elt, precTest)
	if value != nil {
		u.put(": ")
		u.expr(value, precTest)
	}
	for _, g := range generators {
		if g.IsAsync != 0 {
			u.put(" async")
		}
		u.put(" for ")
		u.expr(g.Target, precTuple)
		u.put(" in ")
		u.expr(g.Iter, precTest+1)
		for _, c := range g.Ifs {
			u.put(" if ")
			u.expr(c, precTest+1)
		}
	}
	u.put(end)
}

// arguments writes the parameters of a lambda.
func (u *unparser) arguments(a *Arguments) {
	first := true
	next := func(prefix string, arg *Arg, value Expr) {
		if !first {
			u.put(", ")
		}
		first = false
		u.put(prefix)
		if arg != nil {
			u.put(arg.Arg)
		}
		if value != nil {
			u.put("=")
			u.expr(value, precTest)
		}
	}
	// The defaults belong to the last parameters.
	without := len(a.Posonlyargs) + len(a.Args) - len(a.Defaults)
	positional := func(i int, arg *Arg) {
		if i < without {
			next("", arg, nil)
		} else {
			next("", arg, a.Defaults[i-without])
		}
	}
	for i, arg := range a.Posonlyargs {
		positional(i, arg)
	}
	if len(a.Posonlyargs) > 0 {
		u.put(", /")
	}
	for i, arg := range a.Args {
		positional(len(a.Posonlyargs)+i, arg)
	}
	if a.Vararg != nil || len(a.Kwonlyargs) > 0 {
		next("*", a.Vararg, nil)
	}
	for i, arg := range a.Kwonlyargs {
		next("", arg, a.KwDefaults[i])
	}
	if a.Kwarg != nil {
		next("**", a.Kwarg, nil)
	}
}

// value writes a constant.
func (u *unparser) value(v code.Value) {
	start := len(u.buf)
	if tooManyDigits(v) {
		u.err = errDigits
		return
	}
	u.buf, _ = pyrepr.Append(u.buf, v, pyrepr.Options{Version: pyver.Py314})
	switch v.(type) {
	case *code.Float, *code.Complex:
		if s := string(u.buf[start:]); strings.Contains(s, "inf") {
			u.buf = append(u.buf[:start], strings.ReplaceAll(s, "inf", "1e309")...)
		}
	}
}

// part writes an f-string or what f-strings are made of. A specification is
// written without prefix and quotes.
func (u *unparser) part(e Expr, spec bool) {
	switch n := e.(type) {
	case *Constant:
		s := code.Text(n.Value)
		s = strings.ReplaceAll(s, "{", "{{")
		u.put(strings.ReplaceAll(s, "}", "}}"))
	case *JoinedStr:
		u.parts("f", n.Values, spec)
	case *TemplateStr:
		u.parts("t", n.Values, false)
	case *FormattedValue:
		var value unparser
		value.expr(n.Value, precTest+1)
		if value.err != nil {
			u.err = value.err
		}
		u.field(string(value.buf), n.Conversion, n.FormatSpec)
	case *Interpolation:
		u.field(code.Text(n.Str), n.Conversion, n.FormatSpec)
	}
}

func (u *unparser) parts(prefix string, values []Expr, spec bool) {
	var body unparser
	for _, v := range values {
		body.part(v, spec)
	}
	if body.err != nil {
		u.err = body.err
	}
	if spec {
		u.buf = append(u.buf, body.buf...)
		return
	}
	u.put(prefix)
	u.buf = pyrepr.AppendStr(u.buf, string(body.buf), pyver.Py314)
}

// field writes a replacement field.
func (u *unparser) field(value string, conversion int, spec Expr) {
	u.put("{")
	if strings.HasPrefix(value, "{") {
		u.put(" ")
	}
	u.put(value)
	if conversion >= 0 {
		u.buf = append(u.buf, '!', byte(conversion))
	}
	if spec != nil {
		u.put(":")
		u.part(spec, true)
	}
	u.put("}")
}
