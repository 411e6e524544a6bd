package ast

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/source"
)

// PreprocessOptions says how [Preprocess] changes a tree. The zero value is what
// compile does at level 0.
type PreprocessOptions struct {
	// Optimize is the level of optimisation: from 1 on __debug__ is false, at 2
	// docstrings are removed.
	Optimize int
	// FutureAnnotations leaves annotations as they are, which become strings.
	FutureAnnotations bool
	// Changes, if Noted, tells where to look, so that most of the tree need not be.
	Changes Changes
}

// Changes are the lines of what Preprocess may change or warn of in a tree, at levels
// below 2, as the parser has met them: in ascending order, but for some that may come
// again where it tried an alternative.
type Changes struct {
	Noted bool
	Lines []int32
	// Maker makes what is put into the tree; nil stands for the heap.
	Maker Maker
}

// Maker makes parts of a tree in memory that lives as long as the tree, and values of
// constants, which may live longer.
type Maker interface {
	Arena() *Arena
	Exprs(n int) []Expr // no expressions, with room for n
	Str(s string) *code.Str
}

// heap is the Maker for whoever has none.
type heap struct{ arena Arena }

func (h *heap) Arena() *Arena        { return &h.arena }
func (*heap) Exprs(n int) []Expr     { return make([]Expr, 0, n) }
func (*heap) Str(s string) *code.Str { return &code.Str{S: s} }

// maxPreprocessDepth is how deep expressions may nest. CPython compares the depth
// of its C stack, 8 MB on most systems, which comes to this many expressions.
const maxPreprocessDepth = 34782

// Preprocess changes a tree as CPython does before it makes symbol tables:
// __debug__ becomes a constant, formatting of a string literal with % by a tuple
// an f-string where that is the same, numbers in patterns constants, and at
// level 2 docstrings vanish. It warns of statements that leave a finally block
// (PEP 765). If the tree nests too deep, the error is that of CPython. File f is
// what the tree was made of.
func Preprocess(root Root, f *source.File, o PreprocessOptions) (warnings []*source.Diagnostic, err *source.Diagnostic) {
	p := preprocessor{o: o, file: f, debug: true, make: o.Changes.Maker}
	if o.Changes.Noted && o.Optimize < 2 {
		if len(o.Changes.Lines) == 0 {
			return nil, nil
		}
		p.lines, p.skips = o.Changes.Lines, true
	} else if f.Text == "" {
		// The tree was not made of text: there may be anything in it.
	} else if !strings.Contains(f.Text, "__debug__") && isASCII(f.Text) {
		// Identifiers are normalised, so this goes for ASCII only.
		p.debug = false
		p.plain = strings.IndexByte(f.Text, '%') < 0
	}
	switch n := root.(type) {
	case *Module:
		n.Body = p.body(n.Body)
	case *Interactive:
		p.stmts(n.Body)
	case *Expression:
		p.expr(&n.Body)
	}
	if p.tooDeep {
		return p.warnings, &source.Diagnostic{Type: "RecursionError", Filename: f.Name,
			Message: "Stack overflow (used 8152 kB) during compilation"}
	}
	return p.warnings, nil
}

func isASCII(s string) bool {
	for len(s) >= 8 {
		if (s[0]|s[1]|s[2]|s[3]|s[4]|s[5]|s[6]|s[7])&0x80 != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// A leave says which statements leave the finally block they are in.
type leave struct{ returns, loops bool }

type preprocessor struct {
	o        PreprocessOptions
	file     *source.File
	make     Maker
	warnings []*source.Diagnostic
	leave    leave
	depth    int
	tooDeep  bool
	// debug is false when there is no __debug__ in the file; plain is set when
	// there is no % either, so that no expression changes.
	debug, plain bool
	// With skips only statements in which one of lines lies are looked at; those of
	// the statements before the current one are gone.
	lines []int32
	skips bool
}

// docstring reports whether a body begins with a docstring.
func docstring(body []Stmt) (*ExprStmt, bool) {
	if len(body) == 0 {
		return nil, false
	}
	st, ok := body[0].(*ExprStmt)
	if !ok {
		return nil, false
	}
	c, ok := st.Value.(*Constant)
	if !ok {
		return nil, false
	}
	_, ok = c.Value.(*code.Str)
	return st, ok
}

// body changes the body of a module, class or function, and returns it.
func (p *preprocessor) body(body []Stmt) []Stmt {
	st, doc := docstring(body)
	if doc && p.o.Optimize >= 2 {
		if doc = false; len(body) == 1 {
			body[0] = &Pass{Span: source.Span{Line: st.Line, Col: st.Col, EndLine: st.Line, EndCol: st.Col + 4}}
		} else {
			body = body[1:]
		}
	}
	p.stmts(body)
	if !doc {
		// What is first now must not be taken for a docstring.
		if st, ok := docstring(body); ok {
			st.Value = &JoinedStr{Span: st.Span, Values: []Expr{st.Value}}
		}
	}
	return body
}

func (p *preprocessor) stmts(list []Stmt) {
	for _, s := range list {
		if p.skips && p.unchanged(s) {
			continue
		}
		p.stmt(s)
	}
}

// unchanged reports whether there is nothing to change in s. Statements are visited
// in the order of their lines.
func (p *preprocessor) unchanged(s Stmt) bool {
	at := s.Pos()
	// Decorators come before the position of what they decorate.
	switch n := s.(type) {
	case *FunctionDef:
		if len(n.DecoratorList) > 0 {
			at.Line = n.DecoratorList[0].Pos().Line
		}
	case *AsyncFunctionDef:
		if len(n.DecoratorList) > 0 {
			at.Line = n.DecoratorList[0].Pos().Line
		}
	case *ClassDef:
		if len(n.DecoratorList) > 0 {
			at.Line = n.DecoratorList[0].Pos().Line
		}
	}
	for len(p.lines) > 0 && p.lines[0] < at.Line {
		p.lines = p.lines[1:]
	}
	return len(p.lines) == 0 || p.lines[0] > at.EndLine
}

// block changes the statements of a block in which what leave says leaves a
// finally block around it.
func (p *preprocessor) block(list []Stmt, l leave) {
	outer := p.leave
	p.leave = l
	p.stmts(list)
	p.leave = outer
}

// exit warns of a statement that leaves a finally block.
func (p *preprocessor) exit(n Stmt, keyword string) {
	s := n.Pos()
	// CPython takes columns in bytes for columns here.
	d := &source.Diagnostic{
		Type: "SyntaxWarning", Severity: source.Warning, Message: "'" + keyword + "' in a 'finally' block",
		Line: int(s.Line), Col: int(s.Col) + 1, EndLine: int(s.EndLine), EndCol: int(s.EndCol) + 1, HasEnd: true,
		Filename: p.file.Name, Text: p.file.Line(int(s.Line)), HasText: true, Reread: true,
	}
	p.warnings = append(p.warnings, d)
}

func (p *preprocessor) stmt(s Stmt) {
	switch n := s.(type) {
	case *FunctionDef:
		p.typeParams(n.TypeParams)
		p.arguments(n.Args)
		outer := p.leave
		p.leave = leave{}
		n.Body = p.body(n.Body)
		p.leave = outer
		p.exprs(n.DecoratorList)
		p.annotation(&n.Returns)
	case *AsyncFunctionDef:
		p.typeParams(n.TypeParams)
		p.arguments(n.Args)
		outer := p.leave
		p.leave = leave{}
		n.Body = p.body(n.Body)
		p.leave = outer
		p.exprs(n.DecoratorList)
		p.annotation(&n.Returns)
	case *ClassDef:
		p.typeParams(n.TypeParams)
		p.exprs(n.Bases)
		p.keywords(n.Keywords)
		n.Body = p.body(n.Body)
		p.exprs(n.DecoratorList)
	case *Return:
		if p.leave.returns {
			p.exit(n, "return")
		}
		p.optional(&n.Value)
	case *Delete:
		p.exprs(n.Targets)
	case *Assign:
		p.exprs(n.Targets)
		p.expr(&n.Value)
	case *AugAssign:
		p.expr(&n.Target)
		p.expr(&n.Value)
	case *AnnAssign:
		p.expr(&n.Target)
		p.annotation(&n.Annotation)
		p.optional(&n.Value)
	case *TypeAlias:
		p.expr(&n.Name)
		p.typeParams(n.TypeParams)
		p.expr(&n.Value)
	case *For:
		p.expr(&n.Target)
		p.expr(&n.Iter)
		p.block(n.Body, leave{})
		p.stmts(n.Orelse)
	case *AsyncFor:
		p.expr(&n.Target)
		p.expr(&n.Iter)
		p.block(n.Body, leave{})
		p.stmts(n.Orelse)
	case *While:
		p.expr(&n.Test)
		p.block(n.Body, leave{})
		p.stmts(n.Orelse)
	case *If:
		p.expr(&n.Test)
		p.stmts(n.Body)
		p.stmts(n.Orelse)
	case *With:
		p.items(n.Items)
		p.stmts(n.Body)
	case *AsyncWith:
		p.items(n.Items)
		p.stmts(n.Body)
	case *Raise:
		p.optional(&n.Exc)
		p.optional(&n.Cause)
	case *Try:
		p.stmts(n.Body)
		p.handlers(n.Handlers)
		p.stmts(n.Orelse)
		p.block(n.Finalbody, leave{returns: true, loops: true})
	case *TryStar:
		p.stmts(n.Body)
		p.handlers(n.Handlers)
		p.stmts(n.Orelse)
		p.block(n.Finalbody, leave{returns: true, loops: true})
	case *Assert:
		p.expr(&n.Test)
		p.optional(&n.Msg)
	case *ExprStmt:
		p.expr(&n.Value)
	case *Match:
		p.expr(&n.Subject)
		for _, c := range n.Cases {
			p.pattern(c.Pattern)
			p.optional(&c.Guard)
			p.stmts(c.Body)
		}
	case *Break:
		if p.leave.loops {
			p.exit(n, "break")
		}
	case *Continue:
		if p.leave.loops {
			p.exit(n, "continue")
		}
	}
}

func (p *preprocessor) handlers(list []*ExceptHandler) {
	for _, h := range list {
		p.optional(&h.Type)
		p.stmts(h.Body)
	}
}

func (p *preprocessor) items(list []*Withitem) {
	for _, w := range list {
		p.expr(&w.ContextExpr)
		p.optional(&w.OptionalVars)
	}
}

func (p *preprocessor) keywords(list []*Keyword) {
	for _, k := range list {
		p.expr(&k.Value)
	}
}

func (p *preprocessor) arguments(a *Arguments) {
	p.args(a.Posonlyargs)
	p.args(a.Args)
	if a.Vararg != nil {
		p.annotation(&a.Vararg.Annotation)
	}
	p.args(a.Kwonlyargs)
	p.exprs(a.KwDefaults)
	if a.Kwarg != nil {
		p.annotation(&a.Kwarg.Annotation)
	}
	p.exprs(a.Defaults)
}

func (p *preprocessor) args(list []*Arg) {
	for _, a := range list {
		p.annotation(&a.Annotation)
	}
}

func (p *preprocessor) annotation(e *Expr) {
	if !p.o.FutureAnnotations {
		p.optional(e)
	}
}

func (p *preprocessor) typeParams(list []TypeParam) {
	for _, t := range list {
		switch n := t.(type) {
		case *TypeVar:
			p.optional(&n.Bound)
			p.optional(&n.DefaultValue)
		case *ParamSpec:
			p.optional(&n.DefaultValue)
		case *TypeVarTuple:
			p.optional(&n.DefaultValue)
		}
	}
}

func (p *preprocessor) comprehensions(list []*Comprehension) {
	for _, c := range list {
		p.expr(&c.Target)
		p.expr(&c.Iter)
		p.exprs(c.Ifs)
	}
}

func (p *preprocessor) exprs(list []Expr) {
	for i := range list {
		if list[i] != nil {
			p.expr(&list[i])
		}
	}
}

func (p *preprocessor) optional(e *Expr) {
	if *e != nil {
		p.expr(e)
	}
}

// expr changes the expression at e, or puts another one in its place.
func (p *preprocessor) expr(e *Expr) {
	if p.plain {
		return // how deep expressions are is found out again in the next stage
	}
	switch n := (*e).(type) {
	case *Constant:
		return
	case *Name:
		if p.debug && n.Ctx == Load && n.ID == "__debug__" {
			*e = &Constant{Span: n.Span, Value: &code.Bool{V: p.o.Optimize == 0}}
		}
		return
	}
	if p.depth++; p.depth > maxPreprocessDepth {
		p.tooDeep = true
		p.depth--
		return
	}
	switch n := (*e).(type) {
	case *BoolOp:
		p.exprs(n.Values)
	case *BinOp:
		p.expr(&n.Left)
		p.expr(&n.Right)
		if n.Op == Mod {
			if j := p.formatted(n); j != nil {
				*e = j
			}
		}
	case *UnaryOp:
		p.expr(&n.Operand)
	case *Lambda:
		p.arguments(n.Args)
		p.expr(&n.Body)
	case *IfExp:
		p.expr(&n.Test)
		p.expr(&n.Body)
		p.expr(&n.Orelse)
	case *Dict:
		p.exprs(n.Keys)
		p.exprs(n.Values)
	case *Set:
		p.exprs(n.Elts)
	case *ListComp:
		p.expr(&n.Elt)
		p.comprehensions(n.Generators)
	case *SetComp:
		p.expr(&n.Elt)
		p.comprehensions(n.Generators)
	case *DictComp:
		p.expr(&n.Key)
		p.expr(&n.Value)
		p.comprehensions(n.Generators)
	case *GeneratorExp:
		p.expr(&n.Elt)
		p.comprehensions(n.Generators)
	case *Await:
		p.expr(&n.Value)
	case *Yield:
		p.optional(&n.Value)
	case *YieldFrom:
		p.expr(&n.Value)
	case *Compare:
		p.expr(&n.Left)
		p.exprs(n.Comparators)
	case *Call:
		p.expr(&n.Func)
		p.exprs(n.Args)
		p.keywords(n.Keywords)
	case *FormattedValue:
		p.expr(&n.Value)
		p.optional(&n.FormatSpec)
	case *Interpolation:
		p.expr(&n.Value)
		p.optional(&n.FormatSpec)
	case *JoinedStr:
		p.exprs(n.Values)
	case *TemplateStr:
		p.exprs(n.Values)
	case *Attribute:
		p.expr(&n.Value)
	case *Subscript:
		p.expr(&n.Value)
		p.expr(&n.Slice)
	case *Starred:
		p.expr(&n.Value)
	case *Slice:
		p.optional(&n.Lower)
		p.optional(&n.Upper)
		p.optional(&n.Step)
	case *List:
		p.exprs(n.Elts)
	case *Tuple:
		p.exprs(n.Elts)
	case *NamedExpr:
		p.expr(&n.Value)
	}
	p.depth--
}

// noPosition is the position of text in the f-string that % becomes.
var noPosition = source.Span{Line: -1, Col: -1, EndLine: -1, EndCol: -1}

// formatted returns the f-string that says the same as n, a string literal %
// something, or nil if there is none: the something must be a tuple with as many
// items as the string has conversions, which must be simple ones.
func (p *preprocessor) formatted(n *BinOp) *JoinedStr {
	left, ok := n.Left.(*Constant)
	if !ok {
		return nil
	}
	right, ok := n.Right.(*Tuple)
	if !ok {
		return nil
	}
	str, ok := left.Value.(*code.Str)
	if !ok {
		return nil
	}
	for _, e := range right.Elts {
		if _, ok := e.(*Starred); ok {
			return nil
		}
	}
	if p.make == nil {
		p.make = new(heap)
	}
	nodes, values := p.make.Arena(), p.make.Exprs(2*len(right.Elts)+1)
	used := 0
	for text := str.S; text != ""; {
		literal, double, rest := literalText(text)
		text = rest
		if literal != "" {
			v := p.make.Str(literal)
			if double && len(literal) == 1 {
				// In CPython replacing makes a string that is not the one of its
				// character, which all others are; .pyc files show that.
				v.Form = 'z'
			}
			c := nodes.NewConstant(noPosition)
			c.Value = v
			values = append(values, c)
		}
		if text == "" {
			break
		}
		if used == len(right.Elts) {
			return nil
		}
		arg := right.Elts[used]
		used++
		conversion, spec, rest, ok := simpleConversion(text[1:])
		if !ok {
			return nil
		}
		text = rest
		v := nodes.NewFormattedValue(arg.Pos())
		v.Value, v.Conversion = arg, conversion
		if spec != "" {
			c := nodes.NewConstant(noPosition)
			c.Value = p.make.Str(spec)
			v.FormatSpec = c
		}
		values = append(values, v)
	}
	if used < len(right.Elts) {
		return nil
	}
	j := nodes.NewJoinedStr(n.Span)
	j.Values = values
	return j
}

// literalText returns the text before the first conversion, whether percent signs
// were doubled in it, and what follows from the conversion's percent sign on.
func literalText(s string) (literal string, double bool, rest string) {
	i := 0
	for i < len(s) {
		if s[i] != '%' {
			i++
		} else if i+1 < len(s) && s[i+1] == '%' {
			double = true
			i += 2
		} else {
			break
		}
	}
	if literal = s[:i]; double {
		literal = strings.ReplaceAll(literal, "%%", "%")
	}
	return literal, double, s[i:]
}

// simpleConversion takes apart a conversion such as "-10.3s", whose percent sign
// has been read.
func simpleConversion(s string) (conversion int, spec, rest string, ok bool) {
	left := false
	i := 0
	for i < len(s) && strings.IndexByte("-+ #0", s[i]) >= 0 {
		left = left || s[i] == '-'
		i++
	}
	width, i, ok := twoDigits(s, i)
	if !ok {
		return 0, "", "", false
	}
	if width > 0 && !left {
		spec = ">"
	}
	if width >= 0 {
		spec += strconv.Itoa(width)
	}
	if i < len(s) && s[i] == '.' {
		var precision int
		if precision, i, ok = twoDigits(s, i+1); !ok {
			return 0, "", "", false
		}
		spec += "." + strconv.Itoa(max(precision, 0))
	}
	if i == len(s) || s[i] != 's' && s[i] != 'r' && s[i] != 'a' {
		return 0, "", "", false
	}
	return int(s[i]), spec, s[i+1:], true
}

// twoDigits reads a number of at most two digits at offset i, -1 if there is
// none.
func twoDigits(s string, i int) (n, next int, ok bool) {
	start := i
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		if i++; i-start > 2 {
			return 0, 0, false
		}
	}
	if i == start {
		n = -1
	}
	return n, i, true
}

// pattern changes a pattern.
func (p *preprocessor) pattern(pt Pattern) {
	switch n := pt.(type) {
	case *MatchValue:
		foldNumber(&n.Value)
	case *MatchSequence:
		p.patterns(n.Patterns)
	case *MatchMapping:
		for i := range n.Keys {
			foldNumber(&n.Keys[i])
		}
		p.patterns(n.Patterns)
	case *MatchClass:
		p.expr(&n.Cls)
		p.patterns(n.Patterns)
		p.patterns(n.KwdPatterns)
	case *MatchAs:
		if n.Pattern != nil {
			p.pattern(n.Pattern)
		}
	case *MatchOr:
		p.patterns(n.Patterns)
	}
}

func (p *preprocessor) patterns(list []Pattern) {
	for _, pt := range list {
		p.pattern(pt)
	}
}

// foldNumber makes a constant of a number with a sign or an imaginary part,
// which are the only operations in patterns.
func foldNumber(e *Expr) {
	switch n := (*e).(type) {
	case *UnaryOp:
		if c, ok := n.Operand.(*Constant); ok && n.Op == USub {
			if v := negative(c.Value); v != nil {
				*e = &Constant{Span: n.Span, Value: v}
			}
		}
	case *BinOp:
		right, ok := n.Right.(*Constant)
		if !ok || n.Op != Add && n.Op != Sub {
			return
		}
		foldNumber(&n.Left)
		if left, ok := n.Left.(*Constant); ok {
			if v := complexSum(left.Value, right.Value, n.Op == Sub); v != nil {
				*e = &Constant{Span: n.Span, Value: v}
			}
		}
	}
}

// negative returns -v, nil if v is no number.
func negative(v code.Value) code.Value {
	switch v := v.(type) {
	case *code.Int:
		if v.Big == nil {
			return &code.Int{V: -v.V} // never the smallest int64: literals have no sign
		}
		n := new(big.Int).Neg(v.Big)
		if n.IsInt64() {
			return &code.Int{V: n.Int64()}
		}
		return &code.Int{Big: n}
	case *code.Float:
		return &code.Float{V: -v.V}
	case *code.Complex:
		return &code.Complex{Re: -v.Re, Im: -v.Im}
	}
	return nil
}

// complexSum returns the sum or difference of a real and a complex number, nil
// if these are none or cannot be added.
func complexSum(a, b code.Value, minus bool) code.Value {
	c, ok := b.(*code.Complex)
	if !ok {
		return nil
	}
	var re float64
	switch v := a.(type) {
	case *code.Int:
		re = float64(v.V)
		if v.Big != nil {
			if re, _ = new(big.Float).SetInt(v.Big).Float64(); math.IsInf(re, 0) {
				return nil // OverflowError
			}
		}
	case *code.Float:
		re = v.V
	default:
		return nil
	}
	if minus {
		return &code.Complex{Re: re - c.Re, Im: -c.Im}
	}
	return &code.Complex{Re: re + c.Re, Im: c.Im}
}
