package rewrite

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// finisher turns what a Builder has collected into a code object.
type finisher struct {
	b    *Builder
	errs []error
	vars variables

	list   []built
	consts tupleOf
}

func (f *finisher) fail(in *built, found, want string, err error) {
	e := &BuildError{Func: f.b.qual, Found: found, Want: want, Err: err}
	if in != nil {
		e.Number, e.Line = in.call, max(in.Pos.Line, 0)
		if in.Label == nil {
			e.Call = in.Op.String()
			if in.name != "" {
				e.Call += " " + in.name
			} else if in.Target == nil {
				e.Call += fmt.Sprint(" ", in.Arg)
			}
		}
	}
	f.errs = append(f.errs, e)
}

func (f *finisher) addConst(v code.Value) int { return f.consts.addConst(f.b.version, v) }

func (f *finisher) finish() (*code.Object, error) {
	b := f.b
	f.vars = b.variables()
	if b.module && len(f.vars.free)+len(f.vars.cells) > 0 {
		name := slices.Concat(f.vars.free, f.vars.cells)[0]
		f.fail(nil, "variable "+name+" in a cell of a module", "LoadName and StoreName, or globals", nil)
	}
	if !b.module && b.version < pyver.Py314 {
		// There the first constant is the docstring if it is a string.
		var doc code.Value = code.None
		if b.hasDoc {
			doc = b.docValue()
		}
		f.addConst(doc)
	} else if b.hasDoc {
		f.addConst(b.docValue())
	}
	f.prologue()
	f.body()
	if len(f.errs) > 0 {
		return nil, errors.Join(f.errs...)
	}
	fn := &Func{Object: f.object()}
	f.place(fn)
	if len(f.errs) > 0 {
		return nil, errors.Join(f.errs...)
	}
	o, err := fn.Encode()
	if err != nil {
		f.fail(nil, err.Error(), "", err)
		return nil, errors.Join(f.errs...)
	}
	return o, nil
}

func (b *Builder) docValue() code.Value {
	v, err := constant(b.doc, b.version)
	if err != nil {
		return code.None
	}
	return v
}

// variables are the names of a function's variables.
type variables struct {
	params int      // how many locals are parameters
	locals []string // those without a cell, and parameters
	cells  []string
	free   []string

	isCell, isFree map[string]bool
}

func (v *variables) deref(name string) bool { return v.isCell[name] || v.isFree[name] }

// slot returns the oparg for a variable without a cell, or in one.
func (v *variables) slot(ver pyver.Version, name string, deref bool) int {
	i := slices.Index(v.locals, name)
	if !deref {
		return i
	}
	if ver < pyver.Py311 {
		if i = slices.Index(v.cells, name); i < 0 {
			i = len(v.cells) + slices.Index(v.free, name)
		}
		return i
	}
	if i < 0 {
		i = len(v.locals)
		for _, c := range v.cells {
			if c == name {
				return i
			}
			if !slices.Contains(v.locals, c) {
				i++
			}
		}
		i += slices.Index(v.free, name)
	}
	return i
}

// names returns the parameters in the order of their slots.
func parameterNames(p *code.Parameters) []string {
	names := slices.Concat(p.PosOnly, p.Pos, p.KwOnly)
	if p.VarArgs != "" {
		names = append(names, p.VarArgs)
	}
	if p.VarKw != "" {
		names = append(names, p.VarKw)
	}
	return names
}

// variables finds out where variables live.
func (b *Builder) variables() variables {
	v := variables{locals: parameterNames(&b.params), isCell: map[string]bool{}, isFree: map[string]bool{}}
	v.params = len(v.locals)
	own := map[string]bool{} // what assigning or declaring makes b's own
	for _, p := range v.locals {
		own[p] = true
	}
	for name := range b.declare {
		own[name] = true
	}
	for i := range b.list {
		switch b.list[i].use {
		case loadLocal, storeLocal, deleteLocal, otherLocal:
			own[b.list[i].name] = true
		}
	}
	cells := b.declare
	shared := func(name string) {
		switch {
		case own[name] && !v.isCell[name]:
			v.isCell[name] = true
			v.cells = append(v.cells, name)
		case !own[name] && !v.isFree[name]:
			v.isFree[name] = true
			v.free = append(v.free, name)
		}
	}
	for i := range b.list {
		in := &b.list[i]
		switch in.use {
		case loadDeref, storeDeref, deleteDeref, otherDeref:
			shared(in.name)
		}
		if in.function != nil && !in.function.busy {
			for _, name := range in.function.frees() {
				shared(name)
			}
		}
	}
	declared := make([]string, 0, len(cells))
	for name := range cells {
		declared = append(declared, name)
	}
	slices.Sort(declared)
	for _, name := range declared {
		shared(name)
	}
	for i := range b.list {
		in := &b.list[i]
		switch in.use {
		case loadLocal, storeLocal, deleteLocal, otherLocal:
			if !v.isCell[in.name] && !slices.Contains(v.locals, in.name) {
				v.locals = append(v.locals, in.name)
			}
		}
	}
	return v
}

// frees returns the variables that b needs from around it.
func (b *Builder) frees() []string {
	b.busy = true
	defer func() { b.busy = false }()
	return b.variables().free
}

// op adds an instruction of the frame around what was asked for.
func (f *finisher) op(op opcode.Op, arg int, pos code.Position, blk *block) {
	f.list = append(f.list, built{Instr: Instr{Op: op, Arg: arg, Pos: pos}, block: blk})
}

// wholeBody is the block of a generator's body: from 3.12 on a handler around
// it turns StopIteration into RuntimeError.
func (f *finisher) wholeBody() *block {
	if !f.b.generator || f.b.version < pyver.Py312 {
		return nil
	}
	return &block{start: &Label{}, target: &Label{}, lasti: true}
}

// prologue adds what a function starts with.
func (f *finisher) prologue() {
	b := f.b
	none := code.NoPosition
	if b.version == pyver.Py310 && b.generator {
		f.op(opcode.GEN_START, 0, none, nil)
	}
	if b.version < pyver.Py311 {
		return
	}
	if n := len(f.vars.free); n > 0 {
		f.op(opcode.COPY_FREE_VARS, n, none, nil)
	}
	for _, name := range f.vars.cells {
		f.op(opcode.MAKE_CELL, f.vars.slot(b.version, name, true), none, nil)
	}
	first := code.Position{Line: max(b.first, 1), EndLine: max(b.first, 1), Col: 0, EndCol: 0}
	if b.module {
		first.Line, first.EndLine = 0, 1
	}
	if b.generator {
		f.op(opcode.RETURN_GENERATOR, 0, first, nil)
		f.op(opcode.POP_TOP, 0, first, nil)
	}
	f.op(opcode.RESUME, 0, first, nil)
}

// body adds the instructions asked for, with their operands.
func (f *finisher) body() {
	b := f.b
	whole := f.wholeBody()
	if whole != nil {
		f.list = append(f.list, built{Instr: Instr{Label: whole.start, Pos: code.NoPosition}})
	}
	bound := f.alwaysBound()
	known := map[string]bool{} // bound here, as the instructions before show
	for i := range b.list {
		in := b.list[i]
		in.block = within(in.block, whole)
		switch {
		case in.Label != nil:
			clear(known)
		case in.value != nil:
			in.Arg = f.addConst(in.value)
		case in.function != nil:
			f.makeFunction(&in)
			continue
		case in.use != noUse:
			f.variable(&in, bound, known)
		}
		f.list = append(f.list, in)
		if in.Target != nil && !b.marked[in.Target] {
			f.fail(&in, "a label that is not marked", "Mark before Code", nil)
		}
	}
	if !b.ends() {
		in := built{Instr: Instr{Op: opcode.LOAD_CONST, Arg: f.addConst(code.None), Pos: b.pos}, block: whole}
		f.list = append(f.list, in)
		f.op(opcode.RETURN_VALUE, 0, b.pos, whole)
	}
	if whole != nil {
		f.list = append(f.list, built{Instr: Instr{Label: whole.target, Pos: code.NoPosition}})
		i := slices.Index(b.table.Intrinsics1, "INTRINSIC_STOPITERATION_ERROR")
		f.op(opcode.CALL_INTRINSIC_1, i, code.NoPosition, nil)
		f.op(opcode.RERAISE, 1, code.NoPosition, nil)
	}
}

// within returns blk, or whole if that is nil.
func within(blk, whole *block) *block {
	if blk == nil {
		return whole
	}
	return blk
}

// alwaysBound returns the parameters that nothing unbinds.
func (f *finisher) alwaysBound() map[string]bool {
	m := map[string]bool{}
	for _, name := range f.vars.locals[:f.vars.params] {
		m[name] = true
	}
	for i := range f.b.list {
		in := &f.b.list[i]
		switch {
		case in.use == deleteLocal, in.use == otherLocal:
			delete(m, in.name)
		case in.use == noUse && (in.Op == opcode.DELETE_FAST || in.Op == opcode.LOAD_FAST_AND_CLEAR):
			clear(m)
		}
	}
	return m
}

// variable settles the instruction for a variable. From 3.12 on LOAD_FAST does
// not look whether there is a value, so it is used only where there must be.
func (f *finisher) variable(in *built, bound, known map[string]bool) {
	v := f.b.version
	deref := f.vars.deref(in.name)
	switch in.use {
	case loadLocal:
		switch {
		case deref:
			in.Op = opcode.LOAD_DEREF
		case v >= pyver.Py312 && !bound[in.name] && !known[in.name]:
			in.Op = opcode.LOAD_FAST_CHECK
		}
		known[in.name] = true
	case storeLocal:
		if deref {
			in.Op = opcode.STORE_DEREF
		}
		known[in.name] = true
	case deleteLocal:
		if deref {
			in.Op = opcode.DELETE_DEREF
		}
		delete(known, in.name)
	case otherLocal:
		if deref {
			f.fail(in, "a variable in a cell", "one without", nil)
		}
		delete(known, in.name)
	}
	if !f.b.has(in.Op) {
		f.fail(in, in.Op.String(), "an instruction that "+v.String()+" has", nil)
	}
	in.Arg = f.vars.slot(v, in.name, deref)
}

// makeFunction adds what makes a function value.
func (f *finisher) makeFunction(in *built) {
	b, v := f.b, f.b.version
	defaults := in.Arg
	add := func(op opcode.Op, arg int) { f.op(op, arg, in.Pos, in.block) }
	if in.function.busy {
		f.fail(in, "a function that contains itself", "none", nil)
		return
	}
	o, err := in.function.Code()
	if err != nil {
		f.errs = append(f.errs, err)
		return
	}
	frees := o.Frees()
	for _, name := range frees {
		op := opcode.LOAD_CLOSURE
		if v >= pyver.Py313 {
			op = opcode.LOAD_FAST
		}
		add(op, f.vars.slot(v, name, true))
	}
	if len(frees) > 0 {
		add(opcode.BUILD_TUPLE, len(frees))
	}
	add(opcode.LOAD_CONST, f.addConst(o))
	flags := 0
	if defaults > 0 {
		flags |= 1
	}
	if len(frees) > 0 {
		flags |= 8
	}
	switch {
	case v.Major() == 2 && len(frees) > 0:
		add(opcode.MAKE_CLOSURE, defaults)
	case v.Major() == 2:
		add(opcode.MAKE_FUNCTION, defaults)
	case v < pyver.Py311:
		add(opcode.LOAD_CONST, f.addConst(b.text(in.function.qual)))
		add(opcode.MAKE_FUNCTION, flags)
	case v < pyver.Py313:
		add(opcode.MAKE_FUNCTION, flags)
	default:
		add(opcode.MAKE_FUNCTION, 0)
		for _, bit := range []int{8, 1} {
			if flags&bit != 0 {
				add(opcode.SET_FUNCTION_ATTRIBUTE, bit)
			}
		}
	}
}

// place settles handlers and stack size, and gives fn its instructions.
func (f *finisher) place(fn *Func) {
	d := depths{f: f, at: make(map[*Label]int)}
	fn.Object.StackSize = d.run()
	if len(f.errs) > 0 {
		return
	}
	var open *block
	var end *Label
	closeRange := func() {
		if open != nil {
			fn.Code = append(fn.Code, Instr{Label: end, Pos: code.NoPosition})
		}
		open = nil
	}
	for i := range f.list {
		in := &f.list[i]
		if in.Label == nil && f.b.version >= pyver.Py311 && in.block != open {
			closeRange()
			if depth, ok := d.handlerDepth(in.block); ok {
				start := &Label{}
				open, end = in.block, &Label{}
				fn.Code = append(fn.Code, Instr{Label: start, Pos: code.NoPosition})
				fn.Handlers = append(fn.Handlers, Handler{
					Start: start, End: end, Target: open.target, Depth: depth, Lasti: open.lasti,
				})
			}
		}
		fn.Code = append(fn.Code, in.Instr)
	}
	closeRange()
}

// object returns the code object without its bytecode.
func (f *finisher) object() *code.Object {
	b, v := f.b, f.b.version
	p := &b.params
	o := &code.Object{
		Version: v, Table: b.own, Flags: f.flags(),
		ArgCount: len(p.PosOnly) + len(p.Pos), PosOnlyArgCount: len(p.PosOnly), KwOnlyArgCount: len(p.KwOnly),
		NLocals: len(f.vars.locals), FirstLine: cmp.Or(b.first, 1),
		Consts: &code.Tuple{Items: f.consts.items}, Names: &code.Tuple{Items: slices.Clone(b.names.items)},
		Filename: b.text(b.file), Name: b.text(b.name),
	}
	if v < pyver.Py311 {
		o.VarNames, o.CellVars, o.FreeVars = b.tuple(f.vars.locals), b.tuple(f.vars.cells), b.tuple(f.vars.free)
		return o
	}
	o.QualName = b.text(b.qual)
	names := slices.Clone(f.vars.locals)
	kinds := make([]byte, len(names))
	for i, name := range names {
		kinds[i] = byte(code.KindLocal)
		if f.vars.isCell[name] {
			kinds[i] |= byte(code.KindCell)
		}
		if i < f.vars.params && v >= pyver.Py314 {
			kinds[i] |= byte(argumentKind(p, i))
		}
	}
	for _, name := range f.vars.cells {
		if !slices.Contains(names[:len(f.vars.locals)], name) {
			names, kinds = append(names, name), append(kinds, byte(code.KindCell))
		}
	}
	for _, name := range f.vars.free {
		names, kinds = append(names, name), append(kinds, byte(code.KindFree))
	}
	o.LocalsPlusNames, o.LocalsPlusKinds = b.tuple(names), &code.Bytes{S: string(kinds)}
	return o
}

// argumentKind says how parameter i takes its argument (3.14 and later).
func argumentKind(p *code.Parameters, i int) code.Kind {
	for _, group := range []struct {
		n    int
		kind code.Kind
	}{
		{len(p.PosOnly), code.KindArgPos},
		{len(p.Pos), code.KindArgPos | code.KindArgKw},
		{len(p.KwOnly), code.KindArgKw},
		{min(len(p.VarArgs), 1), code.KindArgPos | code.KindArgVar},
		{min(len(p.VarKw), 1), code.KindArgKw | code.KindArgVar},
	} {
		if i < group.n {
			return group.kind
		}
		i -= group.n
	}
	return 0
}

func (b *Builder) tuple(names []string) *code.Tuple {
	t := &code.Tuple{}
	for _, name := range names {
		t.Items = append(t.Items, b.text(name))
	}
	return t
}

func (f *finisher) flags() code.Flags {
	b := f.b
	flags := b.flags
	set := func(when bool, bit code.Flags) {
		if when {
			flags |= bit
		}
	}
	set(!b.module, code.Optimized|code.NewLocals)
	set(b.params.VarArgs != "", code.VarArgs)
	set(b.params.VarKw != "", code.VarKeywords)
	set(b.inner, code.Nested)
	set(b.generator, code.Generator)
	set(b.version < pyver.Py311 && len(f.vars.cells)+len(f.vars.free) == 0, code.NoFree)
	set(b.hasDoc && !b.module && b.version >= pyver.Py313, code.HasDocstring)
	return flags.In(b.version)
}
