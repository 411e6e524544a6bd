package asm

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// Print writes the text of a file. Parse makes the same file of it: with
// opts.Exact, to the byte; otherwise one that means the same to Python, but
// for the columns of instructions unless opts.Positions asks for them.
//
// The errors are those of w, and one for a file that holds something else than
// code.
func Print(w io.Writer, f *pyc.File, opts Options) error {
	if f.Code == nil {
		return fmt.Errorf("asm: %w", pyc.ErrNotCode)
	}
	if f.Header == nil {
		return PrintObject(w, f.Code, opts)
	}
	p := &printer{w: w, opts: opts, version: f.Header.Version, table: opcode.For(f.Header.Version)}
	if f.Code != nil {
		p.table = f.Code.Opcodes()
	}
	p.start()
	p.header(f.Header)
	if opts.Exact || excessive(f.Code) {
		if raw, ok := p.needsRaw(f); ok || excessive(f.Code) {
			p.hexLines("marshal", raw)
			p.trailing(f)
			return p.flush()
		}
	}
	p.code(f.Code)
	p.trailing(f)
	return p.flush()
}

// PrintObject writes the text of a code object, which [Parse] makes a file of.
func PrintObject(w io.Writer, o *code.Object, opts Options) error {
	p := &printer{w: w, opts: opts, version: o.Version, table: o.Opcodes()}
	p.start()
	if excessive(o) {
		raw, err := marshal.Append(nil, o, marshal.Options{Version: o.Version})
		if err != nil {
			return fmt.Errorf("asm: %w", err)
		}
		p.hexLines("marshal", raw)
		return p.flush()
	}
	p.code(o)
	return p.flush()
}

// printer writes a text.
type printer struct {
	w       io.Writer
	err     error
	opts    Options
	version pyver.Version
	table   *opcode.Table
	symbols *symbols
	b       []byte // not yet written

	lits    literals // as they are written
	keys    literals // for comparing
	keyBuf  []byte
	tapes   map[*code.Object]*formsText
	object  *objectPrinter // the one being written
	objects []*objectPrinter
}

func (p *printer) start() {
	p.symbols = symbolsOf(p.table)
	p.b = make([]byte, 0, 64<<10)
	label := func(o *code.Object) string { return p.object.childLabel(o) }
	p.lits = literals{py2: p.version == pyver.Py27, codeLabel: label, defined: make(map[int]bool)}
	p.keys = literals{py2: p.lits.py2, codeLabel: label}
	p.b = append(p.b, "python "...)
	p.b = append(p.b, p.version.String()...)
	p.b = append(p.b, '\n')
}

// header writes the lines about the header of a file.
func (p *printer) header(h *pyc.Header) {
	if m, ok := pyver.MagicOf(p.version); !ok || m.Number != h.Magic {
		p.b = strconv.AppendUint(append(p.b, "magic "...), uint64(h.Magic), 10)
		p.b = append(p.b, '\n')
	}
	if p.version >= pyver.Py37 && h.Flags&pyc.HashBased != 0 {
		if h.Flags == pyc.HashBased && h.Hash == [8]byte{} {
			return
		}
		p.b = append(p.b, "hash "...)
		for _, c := range h.Hash {
			p.b = append(p.b, hexDigits[c>>4], hexDigits[c&15])
		}
		if h.Flags&pyc.CheckSource != 0 {
			p.b = append(p.b, " checked\n"...)
		} else {
			p.b = append(p.b, " unchecked\n"...)
		}
		return
	}
	if h.Flags != 0 {
		p.b = fmt.Appendf(p.b, "flags %d\n", h.Flags)
	}
	if h.ModTime != 0 || p.version >= pyver.Py37 {
		p.b = fmt.Appendf(p.b, "mtime %d\n", h.ModTime)
	}
	if h.SourceSize != 0 {
		p.b = fmt.Appendf(p.b, "size %d\n", h.SourceSize)
	}
}

func (p *printer) trailing(f *pyc.File) {
	if len(f.Trailing) > 0 {
		p.b = append(p.b, '\n')
		p.hexLines("trailing", f.Trailing)
	}
}

// needsRaw reports whether the stream of f carries marks that its values
// cannot express, and returns the stream.
func (p *printer) needsRaw(f *pyc.File) ([]byte, bool) {
	data, err := f.Bytes()
	if err != nil {
		return nil, false
	}
	data = data[f.Header.Len() : len(data)-len(f.Trailing)]
	again, err := marshal.Append(make([]byte, 0, len(data)), f.Code, marshal.Options{Version: p.version})
	return data, err != nil || !bytes.Equal(data, again)
}

// hexLines writes bytes as lines that begin with a word.
func (p *printer) hexLines(word string, s []byte) { p.b = appendHexLines(p.b, "", word, string(s)) }

func appendHexLines(b []byte, indent, word, s string) []byte {
	const perLine = 32
	for first := true; first || len(s) > 0; first = false {
		b = append(append(b, indent...), word...)
		n := min(len(s), perLine)
		for i := range n {
			if i%4 == 0 {
				b = append(b, ' ')
			}
			b = append(b, hexDigits[s[i]>>4], hexDigits[s[i]&15])
		}
		s = s[n:]
		b = append(b, '\n')
	}
	return b
}

// flush writes what is there.
func (p *printer) flush() error {
	if p.err == nil && len(p.b) > 0 {
		_, p.err = p.w.Write(p.b)
	}
	p.b = p.b[:0]
	return p.err
}

// code writes the code object of a file.
func (p *printer) code(o *code.Object) {
	p.lits.anchors = findShared(o)
	p.keys.anchors = p.lits.anchors
	if p.opts.Exact {
		p.tapes = record(o)
	}
	p.b = append(p.b, '\n')
	p.printObject(o, "", topContext(), 0)
}

// objectPrinter writes one code object. The printer keeps one for each depth.
type objectPrinter struct {
	p        *printer
	o        *code.Object
	f        *rewrite.Func
	context  context
	children []child

	indent string
	labels map[*rewrite.Label]int

	names, locals, consts order
	nameTexts, localTexts []string
	nLocals               int // locals that the text lists or infers: names before cells
	cells, frees, hidden  []string
	cellAt                []int // the slot or oparg of each of cells, then of frees
	kinds                 bool  // variables are given with their kinds
}

type child struct {
	o     *code.Object
	label string
	todo  bool // to be written as a block of this object
}

// childLabel returns what stands behind "code " for an object in the one
// being written.
func (op *objectPrinter) childLabel(o *code.Object) string {
	for i := range op.children {
		if c := &op.children[i]; c.o == o {
			return c.label
		}
	}
	name := o.NameText()
	if len(name) > longName {
		name = "code"
	}
	label := string(appendName(nil, name))
	for i, n := 0, 1; i < len(op.children); i++ {
		if op.children[i].label == label {
			n++
			label = fmt.Sprintf("%s~%d", appendName(nil, name), n)
			i = -1
		}
	}
	op.children = append(op.children, child{o, label, true})
	return label
}

// order is how the entries of a tuple get their numbers in a text: by a line
// of their own, or by being used for the first time.
type order struct {
	listed int     // the first entries have a line
	bare   []bool  // an entry can be named rather than numbered
	first  []int32 // when an entry is first used by name, from 1; 0 for never
	uses   int32
}

func (r *order) reset(n, preset int) {
	r.listed, r.uses = preset, 0
	r.bare = slices.Grow(r.bare[:0], n)[:n]
	r.first = slices.Grow(r.first[:0], n)[:n]
	clear(r.bare)
	clear(r.first)
}

func (r *order) use(i int) {
	if uint(i) < uint(len(r.first)) && r.bare[i] && r.first[i] == 0 {
		r.uses++
		r.first[i] = r.uses
	}
}

// settle finds out which entries need a line: all up to the last one whose
// successors do not follow in the order of their use.
func (r *order) settle() {
	n := len(r.first)
	after := int32(math.MaxInt32)
	for n > r.listed && r.first[n-1] > 0 && r.first[n-1] < after {
		n--
		after = r.first[n]
	}
	r.listed = n
}
