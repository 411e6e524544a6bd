package asm

import (
	"slices"
	"strconv"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// printObject writes a block.
func (p *printer) printObject(o *code.Object, label string, ctx context, depth int) {
	for len(p.objects) <= depth {
		p.objects = append(p.objects, &objectPrinter{p: p, labels: make(map[*rewrite.Label]int)})
	}
	op := p.objects[depth]
	outer := p.object
	p.object = op
	op.o, op.context, op.children = o, ctx, op.children[:0]
	op.indent = strings.Repeat("    ", min(depth, maxIndent))
	if label == "" {
		label = string(appendName(nil, op.shortName()))
	}
	op.f, _ = rewrite.Decode(o)
	tables, ok := op.check()
	if !ok {
		op.f = nil
	}
	op.prepare()
	function := op.head(label)
	op.declarations(function, tables.stackSize || op.f == nil)
	if op.f == nil {
		p.b = appendHexLines(p.b, op.indent+"    ", "bytecode", bytesText(o.Code))
		tables.line, tables.exception = true, true
	} else {
		op.instructions()
	}
	op.tables(tables)
	if len(p.b) > 32<<10 {
		p.flush()
	}
	inner := ctx.inner(function, o.QualNameText(), o.Flags, o.Filename, p.version)
	for i := 0; i < len(op.children); i++ {
		if c := op.children[i]; c.todo {
			p.b = append(p.b, '\n')
			p.printObject(c.o, c.label, inner, depth+1)
		}
	}
	p.b = append(append(p.b, op.indent...), "end\n"...)
	p.object = outer
}

// shortName is the name of o, or another for one that is too long for the head
// of a block.
func (op *objectPrinter) shortName() string {
	if name := op.o.NameText(); len(name) <= longName {
		return name
	}
	return "code"
}

func bytesText(b *code.Bytes) string {
	if b == nil {
		return ""
	}
	return b.S
}

// rawTables says which of the tables are written as bytes.
type rawTables struct{ line, exception, stackSize bool }

// check encodes the instructions the way a text without tables will be, and
// finds out what needs to be said besides. It reports false when the bytecode
// cannot be had that way.
func (op *objectPrinter) check() (t rawTables, ok bool) {
	f, o := op.f, op.o
	if f == nil {
		return t, false
	}
	bare := *o
	bare.Code, bare.LineTable, bare.ExceptionTable, bare.StackSize = nil, nil, nil, 0
	g := rewrite.Func{Object: &bare, Code: f.Code, Handlers: f.Handlers}
	out, err := g.Encode()
	if err != nil || out.Code.S != bytesText(o.Code) || len(f.Code) == 0 {
		return t, false
	}
	full := op.p.opts.Exact || op.p.opts.Positions
	t.stackSize = out.StackSize > o.StackSize || full && out.StackSize != o.StackSize
	t.exception = bytesText(out.ExceptionTable) != bytesText(o.ExceptionTable)
	t.line = full && bytesText(out.LineTable) != bytesText(o.LineTable)
	return t, true
}

// prepare finds out what the text calls names, variables and constants.
func (op *objectPrinter) prepare() {
	o, v := op.o, op.p.version
	op.nameTexts = texts(op.nameTexts[:0], o.Names)
	op.names.reset(len(op.nameTexts), 0)
	markWords(op.names.bare, op.nameTexts)
	op.cells, op.frees, op.hidden, op.cellAt = op.cells[:0], op.frees[:0], op.hidden[:0], op.cellAt[:0]
	op.kinds = false
	if v < pyver.Py311 {
		op.localTexts = texts(op.localTexts[:0], o.VarNames)
		op.nLocals = len(op.localTexts)
		op.cells, op.frees = texts(op.cells, o.CellVars), texts(op.frees, o.FreeVars)
		for i := range len(op.cells) + len(op.frees) {
			op.cellAt = append(op.cellAt, i)
		}
	} else {
		op.localTexts = texts(op.localTexts[:0], o.LocalsPlusNames)
		op.splitVariables()
	}
	preset := 0
	if n := argNames(o); isFunction(o) && n <= op.nLocals && o.PosOnlyArgCount <= o.ArgCount && !op.kinds {
		preset = n
	}
	listed := preset
	if v >= pyver.Py311 && len(op.cells)+len(op.frees) > 0 {
		for i := preset; i < op.nLocals; i++ {
			// To the parser a name among those is a local too only if it says
			// so.
			if s := op.localTexts[i]; slices.Contains(op.cells, s) || slices.Contains(op.frees, s) {
				listed = i + 1
			}
		}
	}
	op.locals.reset(op.nLocals, listed)
	markWords(op.locals.bare, op.localTexts[:op.nLocals])
	var consts []code.Value
	if o.Consts != nil {
		consts = o.Consts.Items
	}
	op.consts.reset(len(consts), 0)
	op.markConsts(consts)
	op.countUses()
	op.names.settle()
	op.locals.settle()
	op.consts.settle()
	if op.hasDoc() {
		op.consts.listed = max(op.consts.listed, 1)
	}
}

func texts(list []string, t *code.Tuple) []string {
	for i := range t.Len() {
		list = append(list, code.Text(t.Items[i]))
	}
	return list
}

// markWords marks the names that no earlier one equals and that are not too
// long to be repeated.
func markWords(bare []bool, names []string) {
	if len(names) <= 12 {
		for i, s := range names {
			bare[i] = len(s) <= longName && !slices.Contains(names[:i], s)
		}
		return
	}
	seen := make(map[string]struct{}, len(names))
	for i, s := range names {
		_, twice := seen[s]
		bare[i] = len(s) <= longName && !twice
		seen[s] = struct{}{}
	}
}

// splitVariables takes the localsplus array apart: locals, then cells that
// are no locals, then free variables. If it is made another way, the kinds of
// all are written.
func (op *objectPrinter) splitVariables() {
	o := op.o
	n := len(op.localTexts)
	kinds := bytesText(o.LocalsPlusKinds)
	i := 0
	for i < n && code.Kind(kinds[i])&code.KindLocal != 0 {
		i++
	}
	op.nLocals = i
	standard := len(kinds) == n
	for i := 0; i < n && standard; i++ {
		want := code.KindLocal | argKind(o, i)
		k := code.Kind(kinds[i])
		if k&code.KindHidden != 0 {
			op.hidden = append(op.hidden, op.localTexts[i])
			want |= code.KindHidden
			standard = slices.Index(op.localTexts, op.localTexts[i]) == i
		}
		switch {
		case i < op.nLocals && k&code.KindCell != 0:
			want |= code.KindCell
			standard = standard && slices.Index(op.localTexts, op.localTexts[i]) == i
		case i >= op.nLocals && k&code.KindCell != 0:
			want = want&code.KindHidden | code.KindCell
			standard = standard && len(op.frees) == 0 && !slices.Contains(op.localTexts[:op.nLocals], op.localTexts[i])
		case i >= op.nLocals:
			want = want&code.KindHidden | code.KindFree
			op.frees = append(op.frees, op.localTexts[i])
		}
		if k&code.KindCell != 0 {
			op.cells = append(op.cells, op.localTexts[i])
			op.cellAt = append(op.cellAt, i)
		}
		standard = standard && k == want
	}
	if !standard {
		op.kinds = true
		op.nLocals = n
		op.cells, op.frees, op.hidden, op.cellAt = op.cells[:0], op.frees[:0], op.hidden[:0], op.cellAt[:0]
		return
	}
	for i := range op.frees {
		op.cellAt = append(op.cellAt, n-len(op.frees)+i)
	}
}

// markConsts marks the constants that can be written where they are used: no
// earlier one has the same text, and if it is long, it is used once.
func (op *objectPrinter) markConsts(consts []code.Value) {
	var uses []int32
	p := op.p
	seen := make(map[string]struct{}, len(consts))
	for i, v := range consts {
		p.keyBuf = p.keys.append(p.keyBuf[:0], v)
		_, twice := seen[string(p.keyBuf)]
		if twice {
			continue
		}
		seen[string(p.keyBuf)] = struct{}{}
		if _, ok := v.(*code.List); ok {
			continue // a number between brackets would look like it
		}
		if len(p.keyBuf) > longName {
			if uses == nil {
				uses = op.constUses(len(consts))
			}
			if uses[i] > 1 {
				continue
			}
		}
		op.consts.bare[i] = true
	}
}

func (op *objectPrinter) constUses(n int) []int32 {
	uses := make([]int32, n)
	if op.f == nil {
		return uses
	}
	for i := range op.f.Code {
		in := &op.f.Code[i]
		if info, ok := op.p.table.ByOp(in.Op); ok && info.Operand == opcode.Const && uint(in.Arg) < uint(n) {
			uses[in.Arg]++
		}
	}
	return uses
}

// countUses goes through the instructions in the way the parser will.
func (op *objectPrinter) countUses() {
	if op.f == nil {
		return
	}
	t := op.p.table
	for i := range op.f.Code {
		in := &op.f.Code[i]
		if in.Label != nil {
			continue
		}
		info, _ := t.ByOp(in.Op)
		switch info.Operand {
		case opcode.Const:
			op.consts.use(in.Arg)
		case opcode.Name, opcode.NameFlag, opcode.NameSuper, opcode.NameImport:
			op.names.use(nameIndex(info.Operand, in.Arg))
		case opcode.Local:
			op.locals.use(in.Arg)
		case opcode.LocalPair:
			op.locals.use(int(uint32(in.Arg) >> 4))
			op.locals.use(in.Arg & 15)
		}
	}
}

func nameIndex(kind opcode.Operand, arg int) int {
	switch kind {
	case opcode.NameFlag:
		return int(uint32(arg) >> 1)
	case opcode.NameSuper, opcode.NameImport:
		return int(uint32(arg) >> 2)
	}
	return arg
}

// hasDoc reports whether constant 0 is written as a doc line.
func (op *objectPrinter) hasDoc() bool {
	if op.p.version < pyver.Py313 || op.o.Flags&code.HasDocstring == 0 || op.o.Consts.Len() == 0 {
		return false
	}
	_, ok := op.o.Consts.Items[0].(*code.Str)
	return ok
}

// head writes the first line of the block, and reports whether it has
// parentheses.
func (op *objectPrinter) head(label string) bool {
	p, o := op.p, op.o
	p.b = append(append(p.b, op.indent...), "code "...)
	p.b = append(p.b, label...)
	function := isFunction(o) && argNames(o) <= op.nLocals && o.PosOnlyArgCount <= o.ArgCount && !op.kinds
	if function {
		op.parameters()
	}
	p.b = append(p.b, '\n')
	return function
}

func (op *objectPrinter) parameters() {
	p, o := op.p, op.o
	sep := ""
	put := func(prefix, name string) {
		p.b = append(append(p.b, sep...), prefix...)
		if name != "" || prefix != "*" && prefix != "/" {
			p.b = appendName(p.b, name)
		}
		sep = ", "
	}
	names := op.localTexts
	n := o.ArgCount + o.KwOnlyArgCount
	p.b = append(p.b, '(')
	for i, name := range names[:o.ArgCount] {
		put("", name)
		if i+1 == o.PosOnlyArgCount {
			put("/", "")
		}
	}
	rest := n
	if o.Flags&code.VarArgs != 0 {
		put("*", names[rest])
		rest++
	} else if o.KwOnlyArgCount > 0 {
		put("*", "")
	}
	for _, name := range names[o.ArgCount:n] {
		put("", name)
	}
	if o.Flags&code.VarKeywords != 0 {
		put("**", names[rest])
	}
	p.b = append(p.b, ')')
}

// line begins a line inside of the block.
func (op *objectPrinter) line(word string) {
	op.p.b = append(append(op.p.b, op.indent...), "    "...)
	op.p.b = append(op.p.b, word...)
}

func (op *objectPrinter) intLine(word string, n int) {
	op.line(word)
	op.p.b = append(strconv.AppendInt(append(op.p.b, ' '), int64(n), 10), '\n')
}

func (op *objectPrinter) valueLine(word string, v code.Value) {
	op.line(word)
	op.p.b = append(op.p.lits.append(append(op.p.b, ' '), v), '\n')
}

func (op *objectPrinter) namesLine(word string, names []string) {
	if len(names) == 0 {
		return
	}
	op.line(word)
	b := op.p.b
	sep, start := " ", len(b)
	for _, s := range names {
		if len(b)-start > 100 {
			b = append(b, '\n')
			op.p.b = b
			op.line(word)
			b = op.p.b
			sep, start = " ", len(b)
		}
		b = appendName(append(b, sep...), s)
		sep = ", "
	}
	op.p.b = append(b, '\n')
}

// declarations writes what cannot be inferred.
func (op *objectPrinter) declarations(function, stackSize bool) {
	p, o, v := op.p, op.o, op.p.version
	if name := o.NameText(); name != op.shortName() || o.Name == nil && op.p.tapes != nil {
		op.valueLine("name", textValue(o.Name, v))
	}
	if v >= pyver.Py311 && o.QualNameText() != op.context.inferQualName(op.shortName()) {
		op.valueLine("qualname", textValue(o.QualName, v))
	}
	if op.context.filename == nil || code.Text(o.Filename) != code.Text(op.context.filename) {
		op.valueLine("filename", textValue(o.Filename, v))
	}
	if o.FirstLine != op.inferFirstLine() {
		op.intLine("firstline", o.FirstLine)
	}
	s := shape{function: function, doc: op.hasDoc(), closure: len(op.cells)+len(op.frees) > 0, context: op.context}
	if function {
		s.varArgs, s.varKw = o.Flags&code.VarArgs != 0, o.Flags&code.VarKeywords != 0
	}
	if op.f != nil {
		s.generatorFlag = generatorFlag(v, op.f.Code)
	}
	if inferFlags(v, &s) != o.Flags {
		op.line("flags ")
		p.b = append(appendFlags(p.b, o.Flags, v), '\n')
	}
	if !function && o.ArgCount|o.PosOnlyArgCount|o.KwOnlyArgCount != 0 {
		op.line("counts")
		for _, n := range []int{o.ArgCount, o.PosOnlyArgCount, o.KwOnlyArgCount} {
			p.b = strconv.AppendInt(append(p.b, ' '), int64(n), 10)
		}
		p.b = append(p.b, '\n')
	}
	if stackSize {
		op.intLine("stacksize", o.StackSize)
	}
	if v < pyver.Py311 && o.NLocals != len(op.localTexts) {
		op.intLine("nlocals", o.NLocals)
	}
	op.constLines()
	op.namesLine("names", op.nameTexts[:op.names.listed])
	params := 0
	if function {
		params = argNames(o)
	}
	op.namesLine("locals", op.localTexts[params:max(op.locals.listed, params)])
	op.namesLine("cells", op.cells)
	op.namesLine("free", op.frees)
	op.namesLine("hidden", op.hidden)
	if op.kinds {
		p.b = appendHexLines(p.b, op.indent+"    ", "kinds", bytesText(o.LocalsPlusKinds))
	}
}

// textValue returns v, or empty text in place of nil.
func textValue(v code.Value, version pyver.Version) code.Value {
	switch {
	case v != nil:
		return v
	case version == pyver.Py27:
		return &code.Bytes{}
	}
	return &code.Str{}
}

func (op *objectPrinter) constLines() {
	for i := range op.consts.listed {
		word := "const"
		if i == 0 && op.hasDoc() {
			word = "doc"
		}
		op.valueLine(word, op.o.Consts.Items[i])
	}
}

// inferFirstLine is what the parser takes for the first line if the text says
// none.
func (op *objectPrinter) inferFirstLine() int {
	if op.f == nil {
		return -1 << 62
	}
	for i := range op.f.Code {
		if in := &op.f.Code[i]; in.Label == nil && in.Pos.Line >= 0 {
			return max(in.Pos.Line, 1)
		}
	}
	return -1 << 62
}
