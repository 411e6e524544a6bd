package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// Compile turns a program into the code object of a module. There is no tree
// in between: what is parsed is built at once. Errors are of the form
// "FILE:LINE:COLUMN: MESSAGE", all of them joined.
func Compile(file string, source []byte, version pyver.Version) (*code.Object, error) {
	module := rewrite.NewModule(version, file)
	c := &compiler{file: file, b: module}
	for i, line := range strings.Split(string(source), "\n") {
		c.scan(i+1, line)
		if c.peek().text != "" {
			c.statement()
		}
	}
	if len(c.loops) > 0 {
		c.fail(c.peek(), "while without end")
	}
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return module.Code()
}

type token struct {
	text string // empty at the end of the line
	kind byte   // n number, i name, o other, e end
	col  int    // in bytes, from 0
}

// end returns the column behind the token.
func (t token) end() int { return t.col + len(t.text) }

type compiler struct {
	file   string
	line   int
	tokens []token // of the line, the end of the line included
	last   token   // the one taken last
	failed bool    // the line has an error already
	errs   []error

	b      *rewrite.Builder
	params []string // nil outside of functions
	loops  []loop
}

// loop is a while that is open.
type loop struct{ test, done *rewrite.Label }

var lexer = regexp.MustCompile(`^(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)|([A-Za-z_][A-Za-z_0-9]*)|(\*\*|[<>=!]=|.))`)

func (c *compiler) scan(line int, text string) {
	c.line, c.tokens, c.failed = line, nil, false
	text, _, _ = strings.Cut(text, "#")
	text = strings.TrimRight(text, " \t\r")
	for at := 0; at < len(text); {
		if text[at] == ' ' || text[at] == '\t' {
			at++
			continue
		}
		m := lexer.FindStringSubmatch(text[at:])
		kind := byte('o')
		if m[1] != "" {
			kind = 'n'
		} else if m[2] != "" {
			kind = 'i'
		}
		c.tokens = append(c.tokens, token{m[0], kind, at})
		at += len(m[0])
	}
	c.tokens = append(c.tokens, token{"", 'e', len(text)})
}

func (c *compiler) fail(t token, format string, args ...any) {
	if !c.failed {
		c.errs = append(c.errs, fmt.Errorf("%s:%d:%d: %s", c.file, c.line, t.col+1, fmt.Sprintf(format, args...)))
	}
	c.failed = true
}

func (c *compiler) peek() token { return c.tokens[0] }

func (c *compiler) next() token {
	c.last = c.tokens[0]
	if c.last.kind != 'e' {
		c.tokens = c.tokens[1:]
	}
	return c.last
}

func (c *compiler) accept(texts ...string) bool {
	if slices.Contains(texts, c.peek().text) {
		c.next()
		return true
	}
	return false
}

func (c *compiler) expect(text string) {
	if !c.accept(text) {
		t := c.peek()
		c.fail(t, "found %q, want %q", t.text, text)
	}
}

// at gives the instructions that follow the position from a column to the end
// of the token taken last, which is what tracebacks underline.
func (c *compiler) at(col int) *rewrite.Builder {
	return c.b.Position(code.Position{Line: c.line, EndLine: c.line, Col: col, EndCol: c.last.end()})
}

func (c *compiler) statement() {
	first, second := c.peek(), token{}
	if len(c.tokens) > 1 {
		second = c.tokens[1]
	}
	c.at(first.col)
	switch {
	case first.text == "print":
		c.next()
		c.at(first.col).LoadName("print", true)
		n := c.list("")
		c.at(first.col).Call(n).Pop()
	case first.text == "while":
		c.next()
		l := loop{c.b.NewLabel(), c.b.NewLabel()}
		c.b.Mark(l.test)
		c.expression()
		c.b.JumpIfFalse(l.done)
		c.expect("do")
		c.loops = append(c.loops, l)
	case first.text == "end":
		c.next()
		if len(c.loops) == 0 {
			c.fail(first, "end without while")
			return
		}
		l := c.loops[len(c.loops)-1]
		c.loops = c.loops[:len(c.loops)-1]
		c.at(first.col).Jump(l.test).Mark(l.done)
	case first.kind == 'i' && second.text == "=":
		c.next()
		c.next()
		c.expression()
		c.at(first.col).StoreName(first.text)
	case first.kind == 'i' && second.text == "(":
		c.function()
	default:
		c.fail(first, "found %q, want a statement", first.text)
	}
	if t := c.peek(); t.kind != 'e' {
		c.fail(t, "found %q, want the end of the line", t.text)
	}
}

// function compiles f(x, y) = expression.
func (c *compiler) function() {
	name := c.next()
	c.expect("(")
	c.params = []string{}
	for !c.accept(")") && !c.failed {
		if len(c.params) > 0 {
			c.expect(",")
		}
		t := c.next()
		if t.kind != 'i' || slices.Contains(c.params, t.text) {
			c.fail(t, "found %q, want a parameter or )", t.text)
		}
		c.params = append(c.params, t.text)
	}
	c.expect("=")
	module := c.b
	c.b = module.Function(name.text, code.Parameters{Pos: c.params})
	c.expression()
	c.b.Return()
	module.MakeFunction(c.b, 0).StoreName(name.text)
	c.b, c.params = module, nil
}

// list compiles expressions with commas between, up to the text given or the
// end of the line, and returns how many there are.
func (c *compiler) list(end string) int {
	n := 0
	for !c.accept(end) && !c.failed {
		if n > 0 {
			c.expect(",")
		}
		c.expression()
		n++
		if end == "" && c.peek().kind == 'e' {
			break
		}
	}
	return n
}

// expression = "if" expression "then" expression "else" expression | comparison.
func (c *compiler) expression() {
	if !c.accept("if") {
		c.binary(0)
		return
	}
	other, done := c.b.NewLabel(), c.b.NewLabel()
	c.expression()
	c.expect("then")
	c.b.JumpIfFalse(other)
	c.expression()
	c.b.Jump(done).Mark(other)
	c.expect("else")
	c.expression()
	c.b.Mark(done)
}

// levels has the binary operators from the loosest to the tightest.
var levels = [][]string{{"<", "<=", "==", "!=", ">", ">="}, {"+", "-"}, {"*", "/"}}

func (c *compiler) binary(level int) {
	if level == len(levels) {
		c.unary()
		return
	}
	col := c.peek().col
	c.binary(level + 1)
	for slices.Contains(levels[level], c.peek().text) {
		op := c.next().text
		c.binary(level + 1)
		if level == 0 {
			c.at(col).Compare(op)
		} else {
			c.at(col).BinaryOp(op)
		}
	}
}

// unary = "-" unary | primary ["**" unary]: as in Python, -2 ** 2 is -4.
func (c *compiler) unary() {
	col := c.peek().col
	if c.accept("-") {
		c.unary()
		c.at(col).UnaryOp("-")
		return
	}
	c.primary()
	if c.accept("**") {
		c.unary()
		c.at(col).BinaryOp("**")
	}
}

func (c *compiler) primary() {
	t := c.next()
	call := t.kind == 'i' && c.peek().text == "("
	switch {
	case t.kind == 'n':
		if n, err := strconv.ParseInt(t.text, 10, 64); err == nil {
			c.at(t.col).LoadConst(int(n))
		} else if x, err := strconv.ParseFloat(t.text, 64); err == nil {
			c.at(t.col).LoadConst(x)
		} else {
			c.fail(t, "number %s is too large", t.text)
		}
	case t.text == "(":
		c.expression()
		c.expect(")")
	case t.kind == 'i' && !slices.Contains([]string{"if", "then", "else", "do", "end", "while", "print"}, t.text):
		c.at(t.col)
		switch {
		case slices.Contains(c.params, t.text):
			c.b.LoadFast(t.text)
			if call {
				c.b.PushNull()
			}
		case c.params != nil:
			c.b.LoadGlobal(t.text, call)
		default:
			c.b.LoadName(t.text, call)
		}
		if call {
			c.next()
			n := c.list(")")
			c.at(t.col).Call(n)
		}
	default:
		c.fail(t, "found %q, want a value", t.text)
	}
}
