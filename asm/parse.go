package asm

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// parser reads a text. Its methods return false after they complained about
// something, and leave it to whoever reads whole lines to go on.
type parser struct {
	scanner
	opts    Options
	version pyver.Version
	table   *opcode.Table
	symbols *symbols

	header   pyc.Header
	result   pyc.File
	stream   []byte // of marshal lines
	hasRaw   bool
	trailing []byte

	block  *block   // the one being read; nil outside of code
	blocks []*block // those of each depth, used again and again

	anchors  map[int]code.Value
	anchorOf map[code.Value]int
	keys     literals
	keyBuf   []byte

	forms     map[*code.Object]*formsText
	formCount int
	names     map[string]code.Value
	// What code objects share that have nothing there.
	ownTable   *opcode.Table // Options.Table, if it is of the text's version
	emptyBytes *code.Bytes
	emptyTuple *code.Tuple
}

func newParser(name, src string, opts Options) *parser {
	p := &parser{scanner: scanner{file: name, src: src, line: 1}, opts: opts}
	p.names = make(map[string]code.Value, len(src)>>10)
	p.emptyBytes, p.emptyTuple = &code.Bytes{}, &code.Tuple{}
	p.pos = len(src) - len(strings.TrimPrefix(src, "\ufeff"))
	return p
}

// setVersion chooses the Python version to assemble for.
func (p *parser) setVersion(v pyver.Version) {
	p.version = v
	p.table = opcode.For(v)
	if t := p.opts.Table; t != nil && t.Version == v {
		p.table, p.ownTable = t, t
	}
	p.symbols = symbolsOf(p.table)
	p.keys.py2 = v == pyver.Py27
	p.header.Version = v
	if m, ok := pyver.MagicOf(v); ok && p.header.Magic == 0 {
		p.header.Magic = m.Number
	}
}

// parseFile reads the whole text.
func (p *parser) parseFile() *pyc.File {
	headerSet := false
	for !p.ended {
		p.spaces()
		if p.pos >= len(p.src) {
			break
		}
		if p.atEOL() {
			p.skipLine()
			continue
		}
		if p.fileLine(&headerSet) {
			p.endLine()
		} else {
			p.skipLine()
		}
	}
	if len(p.diags) == 0 && p.result.Code == nil && !p.hasRaw {
		p.fail(len(p.src), "end of file", "a code block: code <module> ... end")
	}
	if len(p.diags) > 0 {
		return nil
	}
	if !headerSet && p.version >= pyver.Py37 {
		p.header.Flags = pyc.HashBased // unchecked: imported whatever the source is
	}
	if p.hasRaw {
		return p.rawFile()
	}
	p.result.Header = &p.header
	p.result.Value = p.result.Code
	p.result.Trailing = p.trailing
	if len(p.forms) > 0 && !p.applyForms() {
		return nil
	}
	return &p.result
}

// rawFile makes the file of marshal lines.
func (p *parser) rawFile() *pyc.File {
	data := append(p.header.Append(nil), p.stream...)
	f, err := pyc.Read(append(data, p.trailing...), pyc.Options{Version: p.version})
	if err != nil {
		p.fail(len(p.src), "marshal lines: "+err.Error(), "")
		return nil
	}
	return f
}

// fileLine reads a line outside of code.
func (p *parser) fileLine(headerSet *bool) bool {
	start := p.pos
	w := p.word()
	if w == "python" {
		return p.pythonLine(start)
	}
	switch w {
	case "magic", "mtime", "size", "hash", "flags", "code", "trailing", "marshal":
		if p.version == 0 {
			v := p.opts.Version
			if v == 0 {
				p.fail(start, quote(w)+" first", "the version before it, as in: python 3.14")
				v = pyver.Py314 // for the sake of what follows
			}
			p.setVersion(v)
		}
	}
	switch w {
	case "magic":
		n, ok := p.number(16, "a magic number")
		p.header.Magic = uint16(n)
		return ok
	case "mtime":
		n, ok := p.number(32, "a time in seconds since 1970")
		p.header.ModTime, *headerSet = uint32(n), true
		return ok
	case "size":
		if p.version < pyver.Py33 {
			return p.fail(start, "size", fmt.Sprintf("none: files of Python %v have no source size", p.version))
		}
		n, ok := p.number(32, "a size in bytes")
		p.header.SourceSize, *headerSet = uint32(n), true
		return ok
	case "flags":
		n, ok := p.number(2, "flags of the header")
		p.header.Flags, *headerSet = pyc.Flags(n), true
		return ok
	case "hash":
		*headerSet = true
		return p.hashLine(start)
	case "trailing":
		var ok bool
		p.trailing, ok = p.hex(p.trailing)
		return ok
	case "marshal":
		var ok bool
		p.stream, ok = p.hex(p.stream)
		p.hasRaw = true
		return ok && p.oneFile(start)
	case "code":
		o, ok := p.codeBlock(start, nil)
		if p.result.Code == nil {
			p.result.Code = o
			return ok && p.oneFile(start)
		}
		return ok && p.fail(start, "a second code block", "one: other code goes inside of it")
	case "end":
		return p.fail(start, "end without a block", "code before it")
	}
	p.pos = start
	if p.version == 0 {
		return p.failHere("the version first, as in: python 3.14")
	}
	return p.failHere("code, or a line of the header: python magic mtime size hash")
}

func (p *parser) oneFile(start int) bool {
	if p.hasRaw && p.result.Code != nil {
		return p.fail(start, "both code and marshal", "one of them")
	}
	return true
}

func (p *parser) pythonLine(start int) bool {
	p.spaces()
	at := p.pos
	v, err := pyver.Parse(p.word())
	switch {
	case err != nil:
		p.pos = at
		return p.failHere("a version that krait knows, 2.7 or 3.0 to 3.15")
	case p.version != 0:
		return p.fail(start, "the version again", "it once, at the start")
	}
	if p.opts.Version != 0 {
		v = p.opts.Version
	}
	p.setVersion(v)
	return true
}

func (p *parser) hashLine(start int) bool {
	if p.version < pyver.Py37 {
		return p.fail(start, "hash", fmt.Sprintf("mtime: files of Python %v have no hash", p.version))
	}
	p.spaces()
	at := p.pos
	w := p.word()
	if len(w) != 16 {
		p.pos = at
		return p.failHere("16 hexadecimal digits")
	}
	for i := range 8 {
		hi, lo := unhex(w[2*i]), unhex(w[2*i+1])
		if hi > 15 || lo > 15 {
			p.pos = at
			return p.failHere("16 hexadecimal digits")
		}
		p.header.Hash[i] = hi<<4 | lo
	}
	p.header.Flags = pyc.HashBased
	switch {
	case p.acceptWord("checked"):
		p.header.Flags |= pyc.CheckSource
	case p.acceptWord("unchecked"), p.atEOL():
	default:
		return p.failHere("checked or unchecked")
	}
	return true
}

// name reads a name: a bare word, or text between quotes.
func (p *parser) name(what string) (string, bool) {
	p.spaces()
	if c := p.peek(); c == '"' || c == '\'' {
		return p.quotedText(p.version == pyver.Py27, false)
	}
	start := p.pos
	w := p.word()
	if w == "" || w[0]-'0' < 10 {
		p.pos = start
		return "", p.failHere(what)
	}
	return w, true
}

// text returns the value that stands for a name in code objects: an interned
// str, one for all that are the same.
func (p *parser) text(s string) code.Value {
	if v, ok := p.names[s]; ok {
		return v
	}
	var v code.Value
	if p.version == pyver.Py27 {
		v = &code.Bytes{S: s, Interned: true}
	} else {
		v = &code.Str{S: s, Interned: true}
	}
	p.names[s] = v
	return v
}

// isText reports whether v is what names are in the version.
func (p *parser) isText(v code.Value) bool {
	if p.version == pyver.Py27 {
		_, ok := v.(*code.Bytes)
		return ok
	}
	_, ok := v.(*code.Str)
	return ok
}

// textTuple makes a tuple of names.
func (p *parser) textTuple(names []string) *code.Tuple {
	if len(names) == 0 {
		return p.emptyTuple
	}
	items := make([]code.Value, len(names))
	for i, s := range names {
		items[i] = p.text(s)
	}
	return &code.Tuple{Items: items}
}

// codeRef reads what follows the word code in a value: the name of a block
// inside of the one being read.
func (p *parser) codeRef() (code.Value, bool) {
	start := p.pos
	key, _, ok := p.codeLabel()
	if !ok {
		return nil, false
	}
	if p.block == nil {
		return nil, p.fail(start, "code outside of a block", "a value")
	}
	return p.block.child(key, start).o, true
}

// codeLabel reads the name of a block, and the number behind it that tells it
// from others of that name. The key is both.
func (p *parser) codeLabel() (key, name string, ok bool) {
	if name, ok = p.name("the name of a code block"); !ok {
		return "", "", false
	}
	if p.peek() != '~' {
		return name, name, true
	}
	p.pos++
	n, ok := p.number(31, "a number behind ~")
	return fmt.Sprintf("%s~%d", name, n), name, ok
}
