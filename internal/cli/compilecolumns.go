package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

// columns makes the columns of the page that shows functions through all stages.
type columns struct {
	out       *outline
	functions []*function
	pages     map[*function]*pageFunction
	// early are the columns of stages that work on whole files; idle the passes
	// that changed nothing.
	early map[*function][]*pageColumn
	idle  map[*pageFunction][]string
	// ids has the pages of functions by where their nodes are.
	ids map[source.Span]*pageFunction

	tokens []token.Token
	trees  map[*function][]pageRow // as parsed
	graphs []string                // lines of the graph before the pass
}

func newColumns(out *outline, functions []*function) *columns {
	b := &columns{
		out: out, functions: functions,
		pages: map[*function]*pageFunction{}, early: map[*function][]*pageColumn{},
		idle: map[*pageFunction][]string{}, ids: map[source.Span]*pageFunction{}, trees: map[*function][]pageRow{},
	}
	for i, f := range functions {
		b.pages[f] = newPageFunction(i, f)
		switch f.kind {
		case ast.KindFunctionDef, ast.KindAsyncFunctionDef, ast.KindClassDef:
			if !f.implicit && b.ids[f.node] == nil {
				b.ids[f.node] = b.pages[f]
			}
		}
	}
	return b
}

// at returns a place in the source as rows carry it, "" for none.
func (b *columns) at(s source.Span) string {
	if s.Line <= 0 || s.EndLine < s.Line {
		return ""
	}
	return fmt.Sprintf("%d:%d-%d:%d", s.Line, b.units(s.Line, s.Col), s.EndLine, b.units(s.EndLine, s.EndCol))
}

// units turns a column in bytes into one in UTF-16 units.
func (b *columns) units(line, col int32) int {
	text := b.out.file.Line(int(line))
	n := 0
	for _, r := range text[:min(max(int(col), 0), len(text))] {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// row returns a row for what is at s.
func (b *columns) row(s source.Span, parts ...pagePart) pageRow {
	return pageRow{Line: max(int(s.Line), 0), At: b.at(s), Parts: parts}
}

// file adds what a stage makes of the file to each function.
func (b *columns) file(s compile.Stage) {
	switch s.Name {
	case compile.Tokens:
		b.tokens, _ = tokenizer.New(s.File, tokenizer.Options{}).Scan(nil)
		all, _ := tokenizer.New(s.File, tokenizer.Options{Extra: true}).Scan(nil)
		styles := lineStyles(s.File, all)
		for _, f := range b.functions {
			b.add(f, &pageColumn{Class: "source", Title: "Source", Rows: b.source(f, styles)})
			b.add(f, &pageColumn{Class: "tokens", Title: "Tokens", Rows: b.tokenRows(f)})
		}
	case compile.Parsed, compile.Preprocessed:
		for _, f := range b.functions {
			var rows []pageRow
			if n := f.nodeOf(s.Root); n != nil {
				rows = b.tree(nil, n, "", 0)
			}
			if s.Name == compile.Parsed {
				b.trees[f] = rows
				b.add(f, &pageColumn{Class: "tree", Title: "Tree", Rows: rows})
				continue
			}
			c := &pageColumn{Class: "tree", Title: "Tree, preprocessed", Note: "constants, docstrings and formats as later stages see them"}
			if c.compare(b.trees[f], rows); c.Added+c.Removed > 0 {
				b.add(f, c)
			}
		}
	case compile.Symbols:
		for _, f := range b.functions {
			if scope := f.scopeOf(s.Table); scope != nil {
				b.add(f, b.symbols(scope))
			}
		}
	}
}

func (b *columns) add(f *function, c *pageColumn) { b.early[f] = append(b.early[f], c) }

// style is how a stretch of a line is shown.
type style struct {
	from, to int // in bytes
	class    string
}

// lineStyles returns the styles of each line, from line 1 on.
func lineStyles(f *source.File, tokens []token.Token) map[int][]style {
	styles := make(map[int][]style)
	for _, t := range tokens {
		class := ""
		switch k := t.Kind; {
		case k.IsKeyword():
			class = "k"
		case k == token.NUMBER:
			class = "d"
		case k == token.COMMENT:
			class = "c"
		case k == token.STRING, k == token.FSTRINGSTART, k == token.FSTRINGMIDDLE, k == token.FSTRINGEND,
			k == token.TSTRINGSTART, k == token.TSTRINGMIDDLE, k == token.TSTRINGEND:
			class = "s"
		}
		if class == "" || t.Col < 0 {
			continue
		}
		for line := t.Line; line <= t.EndLine; line++ {
			s := style{0, len(f.Line(int(line))), class}
			if line == t.Line {
				s.from = int(t.Col)
			}
			if line == t.EndLine {
				s.to = int(t.EndCol)
			}
			styles[int(line)] = append(styles[int(line)], s)
		}
	}
	return styles
}

// source returns the lines of f.
func (b *columns) source(f *function, styles map[int][]style) []pageRow {
	from, to := int(f.span.Line), int(f.span.EndLine)
	if f.isModule() {
		from, to = 1, strings.Count(b.out.file.Text, "\n")
	}
	var rows []pageRow
	for line := from; line <= to && line > 0; line++ {
		text := strings.TrimRight(b.out.file.Line(line), "\n")
		row := pageRow{Line: line}
		done := 0
		for _, s := range styles[line] {
			from, to := min(s.from, len(text)), min(s.to, len(text))
			if from < done || to <= from {
				continue
			}
			if from > done {
				row.Parts = append(row.Parts, pagePart{Text: shownLine(text[done:from])})
			}
			row.Parts = append(row.Parts, pagePart{Class: s.class, Text: shownLine(text[from:to])})
			done = to
		}
		if done < len(text) {
			row.Parts = append(row.Parts, pagePart{Text: shownLine(text[done:])})
		}
		rows = append(rows, row)
	}
	return rows
}

// tokenRows returns the tokens of f, a row each. Those of functions and classes with
// a place of their own on the page are left to that.
func (b *columns) tokenRows(f *function) []pageRow {
	var rows []pageRow
	var skip *function
	inner := b.inner(f)
	for e, t := range withTokens(tokenizer.Entries(b.out.file, f.tokens(b.tokens)), f.tokens(b.tokens)) {
		at := source.Span{Line: t.Line, Col: t.Col, EndLine: t.EndLine, EndCol: t.EndCol}
		if t.Col < 0 {
			at = source.Span{}
		}
		if skip != nil && t.Col >= 0 && !skip.has(at) {
			skip = nil
		}
		if skip != nil {
			continue
		}
		if i := slices.IndexFunc(inner, func(g *function) bool { return t.Col >= 0 && g.has(at) }); i >= 0 {
			skip = inner[i]
			rows = append(rows, b.row(skip.node, pagePart{Class: "g", Text: "… "}, pagePart{Text: visible(skip.qualname), Href: b.pages[skip].ID}))
			continue
		}
		kind := e.Exact.String()
		parts := []pagePart{{Class: "o", Text: fmt.Sprintf("%-13s", kind)}}
		switch t.Kind {
		case token.NEWLINE, token.INDENT, token.DEDENT, token.ENDMARKER:
			parts[0] = pagePart{Class: "g", Text: kind}
		default:
			parts = append(parts, pagePart{Text: " "}, pagePart{Class: "m", Text: string(pyrepr.AppendStr(nil, e.Text, pyver.Py314))})
		}
		rows = append(rows, b.row(at, parts...))
	}
	return rows
}

// inner returns the functions directly in f that have a place of their own.
func (b *columns) inner(f *function) []*function {
	var list []*function
	for _, g := range b.functions {
		if g != f && b.ids[g.node] == b.pages[g] && f.has(g.span) && f.span != g.span &&
			!slices.ContainsFunc(list, func(h *function) bool { return h.has(g.span) }) {
			list = append(list, g)
		}
	}
	return list
}

// withTokens yields entries with the tokens they were made of.
func withTokens(entries func(func(tokenizer.Entry) bool), tokens []token.Token) func(func(tokenizer.Entry, token.Token) bool) {
	return func(yield func(tokenizer.Entry, token.Token) bool) {
		i := 0
		for e := range entries {
			if !yield(e, tokens[i]) {
				return
			}
			i++
		}
	}
}

// maxIndent is how many levels of a tree are indented further.
const maxIndent = 48

// tree appends a row for n and each node below it.
func (b *columns) tree(rows []pageRow, n ast.Node, field string, depth int) []pageRow {
	at, _ := ast.Position(n)
	parts := []pagePart{{Text: strings.Repeat("  ", min(depth, maxIndent))}}
	if field != "" {
		parts = append(parts, pagePart{Class: "g", Text: field + " "})
	}
	parts = append(parts, pagePart{Class: "o", Text: n.NodeKind().String()})
	if depth > 0 {
		if p := b.ids[at]; p != nil && at != (source.Span{}) && isDefinition(n) {
			parts = append(parts, pagePart{Class: "g", Text: " … "}, pagePart{Text: p.Name, Href: p.ID})
			return append(rows, b.row(at, parts...))
		}
	}
	for f := range ast.Fields(n) {
		if text := fieldText(&f); text != "" {
			parts = append(parts, pagePart{Class: "g", Text: " " + f.Name + "="}, pagePart{Class: "m", Text: text})
		}
	}
	rows = append(rows, b.row(at, parts...))
	for f := range ast.Fields(n) {
		switch f.Kind {
		case ast.NodeField:
			if f.Node != nil {
				rows = b.tree(rows, f.Node, f.Name, depth+1)
			}
		case ast.ListField:
			for i, item := range f.List {
				if item != nil {
					rows = b.tree(rows, item, f.Name+"["+strconv.Itoa(i)+"]", depth+1)
				}
			}
		}
	}
	return rows
}

func isDefinition(n ast.Node) bool {
	switch n.NodeKind() {
	case ast.KindFunctionDef, ast.KindAsyncFunctionDef, ast.KindClassDef:
		return true
	}
	return false
}

// fieldText returns a field that is no node, as text; "" if there is nothing to say.
func fieldText(f *ast.Field) string {
	switch f.Kind {
	case ast.StringField:
		if f.Text != "" {
			return visible(f.Text)
		}
	case ast.EnumField:
		if f.Text != "Load" {
			return f.Text
		}
	case ast.StringsField, ast.EnumsField:
		var list []string
		for _, s := range f.Texts {
			list = append(list, visible(s))
		}
		return strings.Join(list, ", ")
	case ast.IntField:
		if f.Int != 0 && f.Int != -1 {
			return strconv.Itoa(f.Int)
		}
	case ast.ValueField:
		return brief(f.Value)
	}
	return ""
}

// brief returns repr(v), or its beginning.
func brief(v code.Value) string {
	const room = 80
	text, err := pyrepr.Append(nil, v, pyrepr.Options{Version: pyver.Py314, Limit: room})
	if err != nil || len(text) > room {
		return strings.ToValidUTF8(string(text[:min(len(text), room)]), "") + "…"
	}
	return string(text)
}

// symbols returns the column of a scope.
func (b *columns) symbols(s *symtable.Scope) *pageColumn {
	c := &pageColumn{Class: "symbols", Title: "Symbols", Note: s.Kind.String() + " " + visible(s.Name)}
	list := func(name string, names []string) {
		if len(names) > 0 {
			c.Rows = append(c.Rows, pageRow{Class: "fact", Parts: []pagePart{{Text: name + " "}, {Class: "m", Text: visible(strings.Join(names, ", "))}}})
		}
	}
	list("parameters", s.Params)
	list("cells", s.CellVars())
	list("free", s.FreeVars())
	width := 0
	for sym := range s.Symbols() {
		width = max(width, len([]rune(visible(sym.Name))))
	}
	for sym := range s.Symbols() {
		name := visible(sym.Name)
		c.Rows = append(c.Rows, pageRow{Parts: []pagePart{
			{Class: "o", Text: name + strings.Repeat(" ", width-len([]rune(name))+2)},
			{Text: fmt.Sprintf("%-15s  ", sym.Resolution)}, {Class: "g", Text: sym.Flags.String()},
		}})
	}
	return c
}

// unit adds the pseudo-instructions of a function.
func (b *columns) unit(p *pageFunction, u *instruction.Unit) {
	var text strings.Builder
	_ = instruction.Printer{Positions: true}.Unit(&text, u) // a Builder takes everything
	c := &pageColumn{Class: "codegen", Title: "Pseudo-instructions", Note: "what the code generator makes"}
	for i, line := range splitLines(text.String()) {
		if i > 0 { // the first says what the function is
			c.Rows = append(c.Rows, b.listing(line))
		}
	}
	p.Columns = append(p.Columns, c)
}

// graph adds the graph after a pass, if that has changed it.
func (b *columns) graph(p *pageFunction, pass *flowgraph.Pass, text string) {
	lines := splitLines(text)
	c := &pageColumn{Class: "graph", Title: pass.Name, Note: pass.Does}
	if pass.Name == firstPass {
		for _, line := range lines {
			c.Rows = append(c.Rows, b.listing(line))
		}
	} else {
		if slices.Equal(lines, b.graphs) {
			b.idle[p] = append(b.idle[p], pass.Name)
			return
		}
		before, after := make([]pageRow, len(b.graphs)), make([]pageRow, len(lines))
		for i, line := range b.graphs {
			before[i] = b.listing(line)
		}
		for i, line := range lines {
			after[i] = b.listing(line)
		}
		c.align(b.graphs, lines, before, after)
	}
	b.graphs = lines
	p.Columns = append(p.Columns, c)
}

func splitLines(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }

// listing returns the row of a line that lists an instruction, a label or a block:
//
//	B2: labelled, 2 ways here
//	  12:4-12:9    LOAD_FAST 0 (x)  except B7
func (b *columns) listing(line string) pageRow {
	rest, isInstr := strings.CutPrefix(line, "  ")
	if !isInstr {
		if name, more, ok := strings.Cut(line, ":"); ok && !strings.Contains(name, " ") {
			return pageRow{Class: "head", Block: name, Key: name, Parts: []pagePart{{Class: "l", Text: name}, {Text: more}}}
		}
		return pageRow{Class: "fact", Parts: []pagePart{{Text: line}}}
	}
	place, rest, _ := strings.Cut(rest, " ")
	at := parsePlace(place)
	opname, operand, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	parts := []pagePart{{Text: "  "}, {Class: "o", Text: opname}}
	handler := ""
	if i := strings.LastIndex(operand, "  except B"); i >= 0 {
		operand, handler = operand[:i], operand[i+len("  except "):]
	} else if rest, ok := strings.CutPrefix(operand, " except B"); ok {
		operand, handler = "", "B"+rest // there is no operand
	}
	switch {
	case operand == "":
	case isTarget(operand):
		parts = append(parts, pagePart{Text: " "}, pagePart{Class: "t", Text: operand})
	default:
		arg, meaning, _ := strings.Cut(operand, " ")
		if op, ok := opcode.Parse(opname); ok && meaning == "" {
			n, _ := strconv.ParseInt(arg, 10, 32)
			_, meaning, _ = strings.Cut(instruction.Instr{Op: op, Arg: int32(n)}.Operand(nil), " ")
		}
		parts = append(parts, pagePart{Text: " " + arg})
		if meaning != "" {
			parts = append(parts, pagePart{Class: "m", Text: " " + meaning})
		}
	}
	if handler != "" {
		parts = append(parts, pagePart{Class: "g", Text: "  except "}, pagePart{Class: "t", Text: handler})
	}
	row := b.row(at, parts...)
	row.Key = opname + " " + operand
	return row
}

// parsePlace reads a place as listings have it, "12:4-12:9".
func parsePlace(s string) source.Span {
	var at source.Span
	for i, n := range [...]*int32{&at.Line, &at.Col, &at.EndLine, &at.EndCol} {
		digits := s
		if end := strings.IndexByte(s, ":-:"[min(i, 2)]); i < 3 && end >= 0 {
			digits, s = s[:end], s[end+1:]
		}
		v, err := strconv.ParseInt(digits, 10, 32)
		if err != nil {
			return source.Span{}
		}
		*n = int32(v)
	}
	return at
}

// isTarget reports whether s is the name of a block or a label.
func isTarget(s string) bool {
	if len(s) < 2 || s[0] != 'B' && s[0] != 'L' {
		return false
	}
	_, err := strconv.Atoi(s[1:])
	return err == nil
}

// final adds the bytecode of a function, its exception table, and what else there is
// to say of it.
func (b *columns) final(p *pageFunction, o *code.Object, addresses *dis.Addresses) error {
	d, err := dis.NewDecoder(o, dis.Options{ShowOffsets: true, Addresses: addresses})
	if err != nil {
		return err
	}
	c := &pageColumn{Class: "final", Title: "Bytecode", Note: fmt.Sprintf("%d bytes, stack size %d", len(o.Code.S), o.StackSize)}
	head := func(parts ...pagePart) { c.Rows = append(c.Rows, pageRow{Class: "head", Parts: parts}) }
	labels := make(map[int]string)
	for in := range d.Instructions() {
		if in.Label > 0 {
			name := fmt.Sprintf("L%d", in.Label)
			labels[in.StartOffset] = name
			c.Rows = append(c.Rows, pageRow{Class: "head", Block: name, Parts: []pagePart{{Class: "l", Text: name}}})
		}
		at := source.Span{
			Line: int32(in.Position.Line), Col: int32(in.Position.Col),
			EndLine: int32(in.Position.EndLine), EndCol: int32(in.Position.EndCol),
		}
		parts := []pagePart{{Class: "g", Text: fmt.Sprintf("%4d ", in.Offset)}, {Class: "o", Text: in.OpName}}
		if in.HasArg {
			parts = append(parts, pagePart{Text: fmt.Sprintf(" %d", in.Arg)})
		}
		switch to, isTo := strings.CutPrefix(in.Repr, "to "); {
		case in.IsJump && isTo:
			parts = append(parts, pagePart{Class: "g", Text: " to "}, pagePart{Class: "t", Text: to})
		case in.Repr != "":
			parts = append(parts, pagePart{Class: "m", Text: " (" + in.Repr + ")"})
		}
		c.Rows = append(c.Rows, b.row(at, parts...))
	}
	if entries, err := o.ExceptionEntries(); err == nil && len(entries) > 0 {
		head(pagePart{Text: "Exception table"})
		place := func(offset int) pagePart {
			if name := labels[offset]; name != "" {
				return pagePart{Class: "t", Text: name}
			}
			return pagePart{Text: strconv.Itoa(offset)}
		}
		for _, e := range entries {
			more := fmt.Sprintf(" [%d]", e.Depth)
			if e.Lasti {
				more += " lasti"
			}
			c.Rows = append(c.Rows, pageRow{Parts: []pagePart{
				{Text: "     "}, place(e.Start), {Text: " to "}, place(e.End), {Class: "g", Text: " -> "}, place(e.Target), {Class: "g", Text: more},
			}})
		}
	}
	head(pagePart{Text: "Code object"})
	fact := func(name, text string) {
		if text != "" {
			c.Rows = append(c.Rows, pageRow{Parts: []pagePart{{Class: "g", Text: fmt.Sprintf("     %-10s ", name)}, {Text: text}}})
		}
	}
	fact("flags", o.Flags.Names(o.Version))
	for i, v := range o.Consts.Items {
		name := ""
		if i == 0 {
			name = "constants"
		}
		fact(name, fmt.Sprintf("%d: %s", i, constText(v)))
	}
	fact("names", visible(strings.Join(o.GlobalNames(), ", ")))
	fact("locals", visible(strings.Join(o.Locals(), ", ")))
	fact("cells", visible(strings.Join(o.Cells(), ", ")))
	fact("free", visible(strings.Join(o.Frees(), ", ")))
	p.Columns = append(p.Columns, c)
	return nil
}

func constText(v code.Value) string {
	if o, ok := v.(*code.Object); ok {
		return "<code " + visible(code.Text(o.Name)) + ">"
	}
	return brief(v)
}
