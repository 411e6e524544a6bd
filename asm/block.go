package asm

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// block is a code block that is being read. The parser keeps one for each
// depth and clears it for the next block there.
type block struct {
	p       *parser
	context context // of the block
	inner   context // of the blocks inside
	start   int     // offset of the word code

	name     string
	function bool

	given struct { // which lines there were
		flags, stackSize, firstLine, nlocals, kinds, lineTable, exceptionTable, bytecode, counts bool
	}
	argCount, posOnly, kwOnly int
	varArgs, varKw            bool
	flags                     code.Flags
	stackSize                 int
	firstLine, nlocals        int
	kinds                     []byte
	doc                       bool
	qualName, filename        code.Value
	nameValue                 code.Value
	bytecode                  []byte
	lineTable, exceptionTable []byte
	forms                     *formsText

	consts     []code.Value
	constByKey map[string]int // by the text of docs/asm.md, and as written
	names      nameTable
	locals     nameTable
	params     int // how many of the locals are parameters
	cells      []string
	frees      []string
	hidden     []string
	cellIndex  map[string]int // in cells, then frees, the first of each name

	instrs   []rewrite.Instr
	offsets  []int32 // of each in the text
	begun    bool    // there was an instruction or a label
	fixups   []fixup
	line     int
	lineSet  bool
	mark     int // the first line that a line marker named
	marked   bool
	labels   map[string]*labelRef
	handlers []rewrite.Handler

	children map[string]*childRef
	order    []*childRef
}

// nameTable is a tuple of names in the making.
type nameTable struct {
	list  []string
	index map[string]int // the first of each name
}

func (t *nameTable) reset() {
	t.list = t.list[:0]
	if t.index == nil {
		t.index = make(map[string]int)
	}
	clear(t.index)
}

// add appends a name, also one that is there already.
func (t *nameTable) add(s string) {
	if _, ok := t.index[s]; !ok {
		t.index[s] = len(t.list)
	}
	t.list = append(t.list, s)
}

// of returns the index of a name, which is added if it is new.
func (t *nameTable) of(s string) int {
	i, ok := t.index[s]
	if !ok {
		i = len(t.list)
		t.index[s] = i
		t.list = append(t.list, s)
	}
	return i
}

type labelRef struct {
	label   rewrite.Label
	defined bool
	offset  int // of the first mention
}

type childRef struct {
	key     string
	o       *code.Object
	offset  int // of the first mention
	used    bool
	defined bool
}

// fixup is an instruction that names cell or free variables, whose indexes
// are known at the end of the block.
type fixup struct {
	instr int
	// first and second are opargs, or a cellRef + an index into cells and
	// frees. second is for pairs, otherwise -1.
	first, second int
}

const cellRef = 1 << 30

func (p *parser) newBlock(depth int) *block {
	for len(p.blocks) <= depth {
		p.blocks = append(p.blocks, &block{p: p})
	}
	b := p.blocks[depth]
	old := *b
	*b = block{
		p:          p,
		constByKey: old.constByKey, names: old.names, locals: old.locals, cellIndex: old.cellIndex,
		instrs: old.instrs[:0], offsets: old.offsets[:0], fixups: old.fixups[:0],
		cells: old.cells[:0], frees: old.frees[:0], hidden: old.hidden[:0],
		labels: old.labels, children: old.children, order: old.order[:0], handlers: old.handlers[:0],
		kinds: old.kinds[:0], bytecode: old.bytecode[:0], lineTable: old.lineTable[:0], exceptionTable: old.exceptionTable[:0],
	}
	b.names.reset()
	b.locals.reset()
	if b.constByKey == nil {
		b.constByKey = make(map[string]int)
		b.cellIndex = make(map[string]int)
		b.labels = make(map[string]*labelRef)
		b.children = make(map[string]*childRef)
	}
	clear(b.constByKey)
	clear(b.cellIndex)
	clear(b.labels)
	clear(b.children)
	return b
}

// child returns the block inside of b with a key. offset is that of a
// mention, negative for the block itself.
func (b *block) child(key string, offset int) *childRef {
	c, ok := b.children[key]
	if !ok {
		c = &childRef{key: key, o: &code.Object{Version: b.p.version, Table: b.p.ownTable}, offset: offset}
		b.children[strings.Clone(key)] = c
		b.order = append(b.order, c)
		if b.p.keys.codeLabel == nil {
			b.p.keys.codeLabel = func(o *code.Object) string { return b.p.block.childKey(o) }
		}
	}
	if offset >= 0 && !c.used {
		c.used, c.offset = true, offset
	}
	return c
}

func (b *block) childKey(o *code.Object) string {
	for _, c := range b.order {
		if c.o == o {
			return c.key
		}
	}
	return "?"
}

// codeBlock reads a block after the word code.
func (p *parser) codeBlock(start int, parent *block) (*code.Object, bool) {
	depth := p.depthIn(parent)
	key, name, named := p.codeLabel()
	if !named {
		key, name = "?", "?" // go on, for the sake of the lines inside
	}
	if depth >= maxDepth {
		p.ended = true
		return nil, p.fail(start, "blocks nested too deep", fmt.Sprintf("at most %d levels", maxDepth))
	}
	o := &code.Object{Version: p.version, Table: p.ownTable}
	ctx := topContext()
	if parent != nil {
		c := parent.child(key, -1)
		if c.defined && named {
			p.fail(start, "code "+key+" a second time", "another name, or "+name+"~2")
		}
		c.defined = true
		if !c.used {
			c.offset = start
		}
		o = c.o
		ctx = parent.innerContext()
	}
	b := p.newBlock(depth)
	b.context, b.start, b.name = ctx, start, name
	b.firstLine = p.line
	p.block = b
	defer func() { p.block = parent }()
	ok := named && (!p.accept('(') || b.parameters())
	if ok {
		ok = p.endLine()
	} else {
		p.skipLine()
	}
	for !p.ended {
		p.spaces()
		switch {
		case p.pos >= len(p.src):
			return nil, p.fail(start, "code "+key+" without an end", "end behind its last line")
		case p.atEOL():
			p.skipLine()
			continue
		}
		lineStart := p.pos
		if w := p.word(); w == "end" {
			break
		} else if b.lineOf(lineStart, w) {
			p.endLine()
		} else {
			ok = false
			p.skipLine()
		}
	}
	return o, b.finish(o) && ok
}

// depthIn returns how many blocks are around one in parent.
func (p *parser) depthIn(parent *block) int {
	for i, b := range p.blocks {
		if b == parent {
			return i + 1
		}
	}
	return 0
}

// innerContext returns the context of the blocks in b.
func (b *block) innerContext() context {
	if b.inner.filename == nil {
		flags := b.flags
		if !b.given.flags {
			flags = b.context.futures
		}
		b.inner = b.context.inner(b.function, code.Text(b.qualNameValue()), flags, b.filenameValue(), b.p.version)
	}
	return b.inner
}

func (b *block) qualNameValue() code.Value {
	if b.qualName == nil {
		b.qualName = b.p.text(b.context.inferQualName(b.name))
	}
	return b.qualName
}

func (b *block) filenameValue() code.Value {
	if b.filename == nil {
		if b.filename = b.context.filename; b.filename == nil {
			b.filename = b.p.text(b.p.file)
		}
	}
	return b.filename
}

// isInstruction reports whether a word looks like an instruction rather than
// one of the words of the language, which are all in small letters.
func isInstruction(w string) bool { return w != "" && w[0] >= 'A' && w[0] <= 'Z' }

// lineOf reads the rest of a line that begins with a word.
func (b *block) lineOf(start int, w string) bool {
	p := b.p
	if p.peek() == ':' {
		p.pos++
		return b.labelLine(start, w)
	}
	if isInstruction(w) {
		if p.peek() == '+' { // SLICE+1 of Python 2
			p.pos++
			p.word()
			w = p.src[start:p.pos]
		}
		return b.instruction(start, w)
	}
	switch w {
	case "line":
		return b.lineMarker()
	case "code":
		_, ok := p.codeBlock(start, b)
		p.block = b
		return ok
	case "try":
		return b.tryLine()
	case "forms":
		if b.forms == nil {
			b.forms = &formsText{offset: start}
		}
		return p.formsLine(b.forms)
	case "linetable":
		return b.hexLine(&b.lineTable, &b.given.lineTable)
	case "exceptiontable":
		if p.version < pyver.Py311 {
			return p.fail(start, w, "none: there are exception tables from 3.11 on")
		}
		return b.hexLine(&b.exceptionTable, &b.given.exceptionTable)
	case "bytecode":
		return b.hexLine(&b.bytecode, &b.given.bytecode)
	}
	if b.begun {
		if declarations[w] {
			return p.fail(start, w+" behind instructions", "it before the first one")
		}
	} else if ok, known := b.declaration(start, w); known {
		return ok
	}
	p.pos = start
	if upper := strings.ToUpper(w); upper != w {
		if _, ok := p.table.Lookup(upper); ok {
			return p.failHere(upper + ": instructions are written in capital letters")
		}
	}
	return p.failHere("an instruction, a label (L1:), end, or a line such as: line 12")
}

// addConst appends a constant.
func (b *block) addConst(v code.Value) {
	key := b.p.key(v)
	if _, ok := b.constByKey[string(key)]; !ok {
		b.constByKey[string(key)] = len(b.consts)
	}
	b.consts = append(b.consts, v)
}

// key returns what is the same for equal constants: their text.
func (p *parser) key(v code.Value) []byte {
	p.keys.anchors = p.anchorOf
	p.keyBuf = p.keys.append(p.keyBuf[:0], v)
	return p.keyBuf
}

// label returns the label of a name.
func (b *block) label(name string, offset int) *labelRef {
	l, ok := b.labels[name]
	if !ok {
		l = &labelRef{label: rewrite.Label{Name: name}, offset: offset}
		b.labels[name] = l
	}
	return l
}

func (b *block) labelLine(start int, name string) bool {
	if name == "" {
		b.p.pos = start
		return b.p.failHere("a label before ':'")
	}
	l := b.label(name, start)
	if l.defined {
		return b.p.fail(start, "label "+name+" a second time", "it once")
	}
	l.defined = true
	b.begun = true
	b.instrs = append(b.instrs, rewrite.Instr{Label: &l.label, Pos: code.NoPosition})
	b.offsets = append(b.offsets, int32(start))
	if !b.p.atEOL() { // an instruction on the same line
		start := b.p.pos
		if w := b.p.word(); isInstruction(w) {
			return b.instruction(start, w)
		}
		b.p.pos = start
		return b.p.failHere("an instruction or the end of the line")
	}
	return true
}

// labelName reads the name of a label.
func (b *block) labelName() (*rewrite.Label, bool) {
	p := b.p
	p.spaces()
	start := p.pos
	w := p.word()
	if w == "" {
		return nil, p.failHere("a label")
	}
	return &b.label(w, start).label, true
}

// lineMarker reads the line number of the instructions that follow.
func (b *block) lineMarker() bool {
	b.lineSet = true
	if b.p.acceptWord("none") {
		b.line = -1
		return true
	}
	n, ok := b.p.long("a line number, or none")
	b.line = n
	if !b.marked && n >= 0 {
		b.mark, b.marked = n, true
	}
	return ok
}

// tryLine reads an entry of the exception table.
func (b *block) tryLine() bool {
	p := b.p
	if p.version < pyver.Py311 {
		return p.failHere("no try before 3.11, where SETUP_FINALLY and its like name handlers")
	}
	var h rewrite.Handler
	var ok bool
	if h.Start, ok = b.labelName(); !ok {
		return false
	}
	if !p.acceptWord("to") {
		return p.failHere("to, as in: try L1 to L2 -> L3")
	}
	if h.End, ok = b.labelName(); !ok {
		return false
	}
	if !p.accept('-') || p.peek() != '>' {
		return p.failHere("->, as in: try L1 to L2 -> L3")
	}
	p.pos++
	if h.Target, ok = b.labelName(); !ok {
		return false
	}
	if p.acceptWord("depth") {
		n, ok := p.number(30, "a depth of the stack")
		if !ok {
			return false
		}
		h.Depth = int(n)
	}
	h.Lasti = p.acceptWord("lasti")
	b.handlers = append(b.handlers, h)
	return true
}
