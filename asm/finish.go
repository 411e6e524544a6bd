package asm

import (
	"errors"
	"fmt"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// finish makes o of what the block said.
func (b *block) finish(o *code.Object) bool {
	p := b.p
	before := len(p.diags)
	b.checkLabels()
	b.checkChildren()
	b.innerContext()
	v := p.version
	o.Version = v
	o.ArgCount, o.PosOnlyArgCount, o.KwOnlyArgCount = b.argCount, b.posOnly, b.kwOnly
	o.Consts = p.emptyTuple
	if len(b.consts) > 0 {
		o.Consts = &code.Tuple{Items: slices.Clone(b.consts)}
	}
	o.Names = p.textTuple(b.names.list)
	o.Filename, o.Name = b.filenameValue(), b.nameValue
	if o.Name == nil {
		o.Name = p.text(b.name)
	}
	if v >= pyver.Py311 {
		o.QualName = b.qualNameValue()
	}
	o.FirstLine = b.firstLine
	if !b.given.firstLine && b.marked {
		o.FirstLine = max(b.mark, 1)
	}
	o.Flags = b.flags
	if !b.given.flags {
		o.Flags = inferFlags(v, &shape{
			function: b.function, varArgs: b.varArgs, varKw: b.varKw, doc: b.doc,
			closure: len(b.cells)+len(b.frees) > 0,
			context: b.context, generatorFlag: generatorFlag(v, b.instrs),
		})
	}
	if b.varArgs {
		o.Flags |= code.VarArgs
	}
	if b.varKw {
		o.Flags |= code.VarKeywords
	}
	b.variables(o)
	if len(p.diags) > before {
		return false
	}
	o.StackSize = b.stackSize
	if b.given.bytecode {
		return b.finishRaw(o)
	}
	return b.encode(o)
}

// checkLabels complains about labels that are nowhere.
func (b *block) checkLabels() {
	var missing []*labelRef
	for _, l := range b.labels {
		if !l.defined {
			missing = append(missing, l)
		}
	}
	slices.SortFunc(missing, func(l, m *labelRef) int { return l.offset - m.offset })
	for _, l := range missing {
		b.p.fail(l.offset, "label "+l.label.Name+", which is nowhere in this block", "a line "+l.label.Name+": in front of an instruction")
	}
}

// checkChildren complains about blocks that are named but not there, or there
// but not named.
func (b *block) checkChildren() {
	for _, c := range b.order {
		switch {
		case !c.defined:
			b.p.fail(c.offset, "code "+c.key+", which is not in this block", "a block: code "+c.key+" ... end")
		case !c.used:
			b.p.fail(c.offset, "code "+c.key+", to which nothing refers", "LOAD_CONST code "+c.key)
		}
	}
}

// variables makes the tuples of variables, and puts their final numbers into
// instructions.
func (b *block) variables(o *code.Object) {
	p := b.p
	if p.version < pyver.Py311 {
		o.VarNames = p.textTuple(b.locals.list)
		o.CellVars = p.textTuple(b.cells)
		o.FreeVars = p.textTuple(b.frees)
		o.NLocals = len(b.locals.list)
		if b.given.nlocals {
			o.NLocals = b.nlocals
		}
		if len(b.hidden) > 0 {
			p.fail(b.start, "hidden variables", "none before 3.11")
		}
		return
	}
	if b.given.kinds {
		if len(b.kinds) != len(b.locals.list) || len(b.cells)+len(b.frees) > 0 {
			p.fail(b.start, fmt.Sprintf("kinds of %d variables", len(b.kinds)),
				fmt.Sprintf("one of each of the %d locals, and then no lines cells and free", len(b.locals.list)))
			return
		}
		o.LocalsPlusNames, o.LocalsPlusKinds = p.textTuple(b.locals.list), &code.Bytes{S: string(b.kinds)}
		b.countLocals(o)
		b.resolve(func(i int) int { return i })
		return
	}
	names := b.locals.list
	locals := len(names)
	kinds := b.kinds[:0]
	for i := range locals {
		kinds = append(kinds, byte(code.KindLocal|argKind(o, i)))
	}
	places := make([]int, 0, 16) // of cells and frees
	for _, s := range b.cells {
		if i, ok := b.locals.index[s]; ok && kinds[i]&byte(code.KindCell) == 0 {
			kinds[i] |= byte(code.KindCell)
			places = append(places, i)
			continue
		}
		places = append(places, len(names))
		names = append(names, s)
		kinds = append(kinds, byte(code.KindCell))
	}
	for _, s := range b.frees {
		places = append(places, len(names))
		names = append(names, s)
		kinds = append(kinds, byte(code.KindFree))
	}
	for _, s := range b.hidden {
		i := slices.Index(names, s)
		if i < 0 {
			p.fail(b.start, "hidden "+s+", which is no variable", "a name that instructions use")
			return
		}
		kinds[i] |= byte(code.KindHidden)
	}
	b.kinds = kinds
	o.LocalsPlusNames = p.textTuple(names)
	o.LocalsPlusKinds = p.emptyBytes
	if len(kinds) > 0 {
		o.LocalsPlusKinds = &code.Bytes{S: string(kinds)}
	}
	b.countLocals(o)
	b.resolve(func(i int) int {
		if i >= cellRef {
			return places[i-cellRef]
		}
		return i
	})
}

func (b *block) countLocals(o *code.Object) {
	o.NLocals = 0
	for _, k := range []byte(o.LocalsPlusKinds.S) {
		if code.Kind(k)&code.KindLocal != 0 {
			o.NLocals++
		}
	}
}

func (b *block) resolve(place func(int) int) {
	for _, f := range b.fixups {
		in := &b.instrs[f.instr]
		if f.second < 0 {
			in.Arg = place(f.first)
		} else {
			b.setPair(in, f.instr, place(f.first), place(f.second))
		}
	}
}

// finishRaw completes a code object whose bytecode is given as bytes.
func (b *block) finishRaw(o *code.Object) bool {
	if len(b.instrs)+len(b.handlers) > 0 {
		return b.p.fail(b.start, "code with both instructions and bytecode lines", "one of them")
	}
	o.Code = &code.Bytes{S: string(b.bytecode)}
	o.LineTable = b.p.bytes(b.lineTable)
	if b.p.version >= pyver.Py311 {
		o.ExceptionTable = b.p.bytes(b.exceptionTable)
	}
	b.setForms(o)
	return true
}

func (p *parser) bytes(s []byte) *code.Bytes {
	if len(s) == 0 {
		return p.emptyBytes
	}
	return &code.Bytes{S: string(s)}
}

// encode makes the bytecode and tables of o.
func (b *block) encode(o *code.Object) bool {
	p := b.p
	if len(b.instrs) == 0 {
		return p.fail(b.start, "code without instructions", "at least one")
	}
	if p.version < pyver.Py38 && b.given.stackSize {
		o.StackSize = 0 // negative ones have been seen
	}
	f := rewrite.Func{Object: o, Code: b.instrs, Handlers: b.handlers}
	out, err := f.Encode()
	if err != nil {
		return b.encodeError(err)
	}
	if b.given.lineTable || b.given.exceptionTable {
		// Tables are kept if they say what the instructions say.
		f.Object = out
		if b.given.lineTable {
			out.LineTable = p.bytes(b.lineTable)
		}
		if b.given.exceptionTable {
			out.ExceptionTable = p.bytes(b.exceptionTable)
		}
		if out, err = f.Encode(); err != nil {
			return b.encodeError(err)
		}
	}
	if len(out.LineTable.S) == 0 {
		out.LineTable = p.emptyBytes
	}
	if out.ExceptionTable != nil && len(out.ExceptionTable.S) == 0 {
		out.ExceptionTable = p.emptyBytes
	}
	*o = *out
	if b.given.stackSize {
		o.StackSize = b.stackSize
	}
	b.setForms(o)
	return true
}

// encodeError complains about what has no form as bytecode, at the
// instruction in question.
func (b *block) encodeError(err error) bool {
	offset := b.start
	found, wanted := err.Error(), ""
	if e, ok := errors.AsType[*rewrite.EncodeError](err); ok {
		if e.Index >= 0 && e.Index < len(b.offsets) {
			offset = int(b.offsets[e.Index])
		}
		found, wanted = e.Found, e.Want
		if e.Op != 0 {
			found = e.Op.String() + ": " + found
		}
	}
	return b.p.fail(offset, found, wanted)
}

func (b *block) setForms(o *code.Object) {
	if b.forms == nil {
		return
	}
	if b.p.forms == nil {
		b.p.forms = make(map[*code.Object]*formsText)
	}
	b.p.forms[o] = b.forms
}
