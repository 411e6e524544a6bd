package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// picture is what an instruction pops and pushes, deepest first.
type picture struct{ in, out []item }

// item is one value, or size values when size is not empty; a conditional
// item is there or not.
type item struct {
	name string
	size string // a Go expression of oparg, of type int
	cond bool   // written as "name if (size)"
}

// parsePictures reads "( in -- out )", then optionally "jump ( in -- out )" and
// "effect EXPRESSION", "effect max EXPRESSION" or "effect invalid".
func (r *row) parsePictures(text string) error {
	stack, rest, err := cutPicture(text)
	if err != nil {
		return err
	}
	r.stack = stack
	if after, ok := strings.CutPrefix(rest, "jump "); ok {
		if r.jump, rest, err = cutPicture(strings.TrimSpace(after)); err != nil {
			return err
		}
	}
	if after, ok := strings.CutPrefix(rest, "effect "); ok {
		r.effect, rest = strings.TrimSpace(after), ""
		if text, ok := strings.CutPrefix(r.effect, "max "); ok {
			r.effect, r.effectMax = text, true
		}
		if r.effect != "invalid" {
			if r.effect, err = intExpr(r.effect); err != nil {
				return err
			}
		}
	}
	if rest != "" {
		return fmt.Errorf("unexpected %q behind the stack picture", rest)
	}
	return nil
}

// cutPicture reads a picture in parentheses and returns what follows it.
func cutPicture(text string) (*picture, string, error) {
	if !strings.HasPrefix(text, "(") {
		return nil, "", fmt.Errorf("want a stack picture in parentheses, got %q", text)
	}
	depth, end := 0, -1
	for i, c := range text {
		if c == '(' {
			depth++
		} else if c == ')' {
			if depth--; depth == 0 {
				end = i
				break
			}
		}
	}
	if end < 0 {
		return nil, "", fmt.Errorf("unclosed parenthesis in %q", text)
	}
	in, out, ok := strings.Cut(text[1:end], "--")
	if !ok {
		return nil, "", fmt.Errorf("no -- in stack picture %q", text[:end+1])
	}
	var p picture
	var err error
	if p.in, err = parseItems(in); err != nil {
		return nil, "", err
	}
	if p.out, err = parseItems(out); err != nil {
		return nil, "", err
	}
	return &p, strings.TrimSpace(text[end+1:]), nil
}

func parseItems(text string) ([]item, error) {
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	var items []item
	for part := range strings.SplitSeq(text, ",") {
		it, err := parseItem(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

func parseItem(text string) (item, error) {
	it := item{name: text}
	var err error
	if name, cond, ok := strings.Cut(text, " if "); ok {
		it = item{name: name, cond: true}
		it.size, err = condExpr(cond)
	} else if name, size, ok := strings.Cut(text, "["); ok {
		size, ok = strings.CutSuffix(size, "]")
		if !ok {
			return it, fmt.Errorf("stack item %q: no closing bracket", text)
		}
		it = item{name: name}
		it.size, err = intExpr(size)
	}
	if err == nil && !validItem(it.name) {
		err = fmt.Errorf("stack item %q: want a name", text)
	}
	return it, err
}

// validItem accepts a word of small letters, digits and underscores.
func validItem(s string) bool {
	for i, c := range s {
		if (c < 'a' || c > 'z') && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

// intExpr checks an arithmetic expression of oparg, in Go's syntax.
func intExpr(text string) (string, error) {
	e, err := parseExpr(text)
	if err != nil {
		return "", err
	}
	return checked(e, text, false)
}

// condExpr checks a condition and returns the number of items it stands for:
// an arithmetic expression holds when it is not 0.
func condExpr(text string) (string, error) {
	e, err := parseExpr(text)
	if err != nil {
		return "", err
	}
	for p, ok := e.(*ast.ParenExpr); ok; p, ok = e.(*ast.ParenExpr) {
		e = p.X
	}
	if b, ok := e.(*ast.BinaryExpr); ok && isComparison(b.Op) {
		s, err := checked(e, text, true)
		return "count(" + s + ")", err
	}
	s, err := checked(e, text, false)
	return "count(" + s + " != 0)", err
}

// parseExpr parses an expression of sane length, which bounds its depth.
func parseExpr(text string) (ast.Expr, error) {
	if len(text) > 200 {
		return nil, fmt.Errorf("expression of %d characters: want 200 at most", len(text))
	}
	e, err := parser.ParseExpr(text)
	if err != nil {
		return nil, fmt.Errorf("expression %q: syntax error", text)
	}
	return e, nil
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// checked prints e, which may hold oparg, numbers, parentheses and arithmetic
// (and one comparison at the top when compare is set).
func checked(e ast.Expr, text string, compare bool) (string, error) {
	bad := fmt.Errorf("expression %q: only oparg, numbers and arithmetic", text)
	switch e := e.(type) {
	case *ast.Ident:
		if e.Name == "oparg" {
			return "oparg", nil
		}
	case *ast.BasicLit:
		if e.Kind == token.INT {
			return e.Value, nil
		}
	case *ast.ParenExpr:
		x, err := checked(e.X, text, false)
		return "(" + x + ")", err
	case *ast.UnaryExpr:
		if e.Op == token.SUB {
			x, err := checked(e.X, text, false)
			return "-" + x, err
		}
	case *ast.BinaryExpr:
		x, err := checked(e.X, text, false)
		if err != nil {
			return "", err
		}
		y, err := checked(e.Y, text, false)
		if err != nil {
			return "", err
		}
		switch e.Op {
		case token.ADD, token.SUB, token.MUL, token.AND, token.OR:
			return x + " " + e.Op.String() + " " + y, nil
		case token.SHL, token.SHR, token.QUO, token.REM:
			// A literal on the right keeps evaluation free of panics.
			if lit, ok := e.Y.(*ast.BasicLit); ok && lit.Value != "0" {
				return x + " " + e.Op.String() + " " + y, nil
			}
		default:
			if compare && isComparison(e.Op) {
				return x + " " + e.Op.String() + " " + y, nil
			}
		}
	}
	return "", bad
}
