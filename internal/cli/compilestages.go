package cli

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// function is what the compiler makes one code object of: a function, a class body,
// the module.
type function struct {
	name, qualname string
	line           int // the first, that of a decorator if there is one
	// span is what it takes up in the source, from its first decorator on; the zero
	// Span for the module.
	span source.Span
	// node is the place of its node, kind what node that is; 0 if it has none of
	// its own.
	node  source.Span
	kind  ast.Kind
	unit  int // its number in the order in which units are finished
	scope int // the number of its scope, outer before inner; -1 if it has not been found
	// implicit is set for annotations and type parameters: the functions that
	// nobody wrote.
	implicit bool
}

// isModule reports whether f is the outermost unit.
func (f *function) isModule() bool { return f.name == "<module>" }

// depth is how many functions and classes there are around f, by its name.
func (f *function) depth() int {
	return strings.Count(strings.ReplaceAll(f.qualname, ".<locals>", ""), ".")
}

// outline is what is known of a file after it has been compiled once: enough to say
// of each stage what belongs to which function when it is compiled again.
type outline struct {
	file        *source.File // nil if it cannot be decoded
	functions   []*function  // in the order of the source, outer before inner
	object      *code.Object // nil if there is an error
	diagnostics []*source.Diagnostic
}

// newOutline compiles a file and returns its outline.
func newOutline(c *compile.Compiler, data []byte, o compile.Options) *outline {
	out := &outline{}
	var scopes []*function
	o.Observe = func(s compile.Stage) {
		switch s.Name {
		case compile.Tokens:
			out.file = s.File
		case compile.Symbols:
			scopes = scopesOf(s.Table)
		case compile.Generated:
			out.functions = append(out.functions, &function{
				name: s.Unit.Name, qualname: s.Unit.QualName, line: int(s.Unit.FirstLine),
				span: extent(&s.Unit.Code), unit: len(out.functions), scope: -1,
			})
		}
	}
	out.object, out.diagnostics = c.Source(data, o)
	match(out.functions, scopes)
	slices.SortStableFunc(out.functions, func(a, b *function) int {
		order := func(f *function) int {
			if f.isModule() {
				return 0
			}
			return 1
		}
		rank := func(f *function) int {
			if f.implicit {
				return 1
			}
			return 0
		}
		return cmp.Or(order(a)-order(b), a.line-b.line, a.depth()-b.depth(), rank(a)-rank(b), a.unit-b.unit)
	})
	return out
}

// extent returns from which line to which the instructions of s come.
func extent(s *instruction.Sequence) source.Span {
	var at source.Span
	for _, in := range s.Instrs() {
		if in.Line <= 0 {
			continue
		}
		if at.Line == 0 || in.Line < at.Line {
			at.Line = in.Line
		}
		if in.EndLine >= at.EndLine {
			at.EndLine, at.EndCol = in.EndLine, math.MaxInt32
		}
	}
	return at
}

// match finds the scope of each unit: the one with the same name and line. Of
// several they are taken in turn; code that is compiled twice, as that of finally
// is, has more units than scopes.
func match(units, scopes []*function) {
	type key struct {
		name string
		line int
	}
	places := make(map[key][]*function)
	for _, s := range scopes {
		k := key{s.name, s.line}
		places[k] = append(places[k], s)
	}
	for _, u := range units {
		k := key{u.name, u.line}
		list := places[k]
		if len(list) == 0 {
			continue
		}
		s := list[0]
		if len(list) > 1 {
			places[k] = list[1:]
		}
		u.span, u.node, u.kind, u.scope, u.implicit = s.span, s.node, s.kind, s.scope, s.implicit
	}
}

// scopesOf returns the scopes of a table, outer before inner, with the names and
// lines that their code objects have.
func scopesOf(t *symtable.Table) []*function {
	var list []*function
	for s := range allScopes(t.Top) {
		f := &function{name: s.Name, line: int(s.Span.Line), span: s.Span, node: s.Span, scope: len(list)}
		switch s.Kind {
		case symtable.ModuleScope:
			f.name, f.line = "<module>", 1
		case symtable.TypeParametersScope:
			f.name = "<generic parameters of " + s.Name + ">"
			f.implicit = true
			for _, child := range s.Children {
				if child.Node != nil && child.Span == s.Span {
					f.start(child.Node)
				}
			}
		case symtable.AnnotationScope:
			f.implicit = true
			if p := s.Parent; p != nil && p.Annotations == s && !p.IsFunctionLike() {
				f.line = 1
				if p.Node != nil {
					f.line = firstLine(p.Node)
				}
			}
		case symtable.TypeVariableScope:
			f.implicit = true
		case symtable.FunctionScope:
			switch s.Name {
			case "lambda", "genexpr", "listcomp", "setcomp", "dictcomp":
				f.name = "<" + s.Name + ">"
			}
		}
		if s.Node != nil {
			f.kind = s.Node.NodeKind()
			f.start(s.Node)
		}
		list = append(list, f)
	}
	return list
}

// start lets f begin with the first decorator of n.
func (f *function) start(n ast.Node) {
	if line := firstLine(n); line < int(f.span.Line) {
		f.line = line
		f.span.Line, f.span.Col = int32(line), 0
	}
}

// firstLine returns the line of a node's first decorator, or of the node.
func firstLine(n ast.Node) int {
	at, _ := ast.Position(n)
	line := at.Line
	var decorators []ast.Expr
	switch n := n.(type) {
	case *ast.FunctionDef:
		decorators = n.DecoratorList
	case *ast.AsyncFunctionDef:
		decorators = n.DecoratorList
	case *ast.ClassDef:
		decorators = n.DecoratorList
	}
	if len(decorators) > 0 {
		if first, ok := ast.Position(decorators[0]); ok {
			line = min(line, first.Line)
		}
	}
	return int(line)
}

// allScopes yields a scope and all scopes inside.
func allScopes(s *symtable.Scope) func(yield func(*symtable.Scope) bool) {
	return func(yield func(*symtable.Scope) bool) {
		stack := []*symtable.Scope{s}
		for len(stack) > 0 {
			s := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if !yield(s) {
				return
			}
			for _, child := range slices.Backward(s.Children) {
				stack = append(stack, child)
			}
		}
	}
}

// find returns the functions of the qualified name, or if there are none those of
// the plain name.
func (out *outline) find(name string) ([]*function, error) {
	var plain, found []*function
	var names []string
	for _, f := range out.functions {
		if f.qualname == name {
			found = append(found, f)
		}
		if f.name == name {
			plain = append(plain, f)
		}
		names = append(names, f.qualname)
	}
	switch {
	case len(found) > 0:
		return found, nil
	case len(plain) > 0:
		return plain, nil
	}
	return nil, noSuchQualname(name, names)
}

// stages compiles the file again and calls visit with what each stage makes, with
// the function it belongs to from the code generator on.
func (out *outline) stages(c *compile.Compiler, data []byte, o compile.Options, visit func(*function, compile.Stage)) {
	byUnit := make([]*function, len(out.functions))
	for _, f := range out.functions {
		byUnit[f.unit] = f
	}
	unit := -1
	o.Observe = func(s compile.Stage) {
		if s.Name == compile.Generated {
			unit++
		}
		if s.Unit == nil {
			visit(nil, s)
		} else if unit < len(byUnit) {
			visit(byUnit[unit], s)
		}
	}
	c.Source(data, o)
}

// nodeOf returns the node of f in a tree, nil if there is none.
func (f *function) nodeOf(root ast.Root) ast.Node {
	if f.isModule() {
		return root
	}
	var second ast.Node
	for n := range ast.Walk(root) {
		at, ok := ast.Position(n)
		if !ok || at != f.node {
			continue
		}
		if f.kind == 0 || n.NodeKind() == f.kind {
			return n
		}
		if second == nil {
			second = n
		}
	}
	return second
}

// scopeOf returns the scope of f in a table, nil if there is none.
func (f *function) scopeOf(t *symtable.Table) *symtable.Scope {
	n := 0
	for s := range allScopes(t.Top) {
		if n == f.scope {
			return s
		}
		n++
	}
	return nil
}

// has reports whether a place in the source is in f.
func (f *function) has(at source.Span) bool {
	if f.isModule() {
		return true
	}
	s := &f.span
	return (at.Line > s.Line || at.Line == s.Line && at.Col >= s.Col) &&
		(at.EndLine < s.EndLine || at.EndLine == s.EndLine && at.EndCol <= s.EndCol)
}
