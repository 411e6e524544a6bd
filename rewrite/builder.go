package rewrite

import (
	"errors"
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Builder makes a code object from nothing, one call after the other. It is
// for those who compile some language to Python: they say what is to happen,
// and the same calls give the bytecode of any version, 2.7 and 3.6 to 3.15.
//
//	b := rewrite.NewBuilder(pyver.Py314, "double", code.Parameters{Pos: []string{"x"}})
//	b.LoadFast("x").LoadConst(2).BinaryOp("*").Return()
//	o, err := b.Code()
//
// Operands are names, values and labels; the builder interns them. What
// versions do differently it settles itself: how a call is prepared, what a
// jump is called, which variables live in cells, the instructions that a
// function starts with, exception tables or blocks, flags and stack size.
// For everything else there is [Builder.Op], with the instructions that the
// version has.
//
// Nothing fails before [Builder.Code], which reports all mistakes, each with
// the call that made it. A Builder is used by one goroutine at a time; the
// zero Builder is not of use.
type Builder struct {
	version pyver.Version
	table   *opcode.Table
	name    string
	qual    string // qualified name
	file    string
	inner   bool // made by another builder's Function
	module  bool
	params  code.Parameters
	doc     string
	hasDoc  bool
	flags   code.Flags // those asked for

	first int // line; 0 for not known
	pos   code.Position

	list    []built
	open    *block // that of the instructions that come now
	labels  map[*Label]*block
	marked  map[*Label]bool
	names   tupleOf
	declare map[string]bool // cells that were asked for

	into *Func         // what a snippet is for
	own  *opcode.Table // set by Table; nil for the version's

	generator bool
	calls     int
	call      string // the one that is under way
	args      []any  // its arguments
	errs      []error
	busy      bool // Code is under way
}

// built is an instruction or label with what is settled in the end.
type built struct {
	Instr
	use   use
	name  string     // of the variable
	value code.Value // of a constant
	// function is the function that a closure or constant belongs to.
	function *Builder
	block    *block
	call     int // number of the call it comes from
}

// use says what an instruction does with a variable.
type use uint8

const (
	noUse use = iota
	loadLocal
	storeLocal
	deleteLocal
	loadDeref
	storeDeref
	deleteDeref
	closure // loads the cell itself
	otherLocal
	otherDeref
)

// block is a range of instructions whose exceptions go to the same place.
type block struct {
	parent *block
	// handling is set for the handler of a Try, whose exceptions go to the
	// code that restores the exception handled before.
	handling bool
	start    *Label // the depth here, and extra, is what to unwind to
	target   *Label
	extra    int
	lasti    bool
}

// BuildError is a mistake in the use of a [Builder].
type BuildError struct {
	Func   string // the qualified name of the function being built
	Call   string // the call, such as BinaryOp("<>")
	Number int    // of the call, the first being 1
	Line   int    // the source line set by Line, or 0
	Found  string
	Want   string
	Err    error // what went wrong below, if anything did
}

// Error returns `rewrite: FUNC, line 3, call 12, BinaryOp("<>"): FOUND, want WANT`.
func (e *BuildError) Error() string {
	var s strings.Builder
	s.WriteString("rewrite: " + e.Func)
	if e.Line > 0 {
		fmt.Fprintf(&s, ", line %d", e.Line)
	}
	if e.Number > 0 {
		fmt.Fprintf(&s, ", call %d", e.Number)
	}
	if e.Call != "" {
		s.WriteString(", " + e.Call)
	}
	s.WriteString(": " + e.Found)
	if e.Want != "" {
		s.WriteString(", want " + e.Want)
	}
	return s.String()
}

// Unwrap returns the error below.
func (e *BuildError) Unwrap() error { return e.Err }

// NewBuilder returns a Builder of a function of version v.
func NewBuilder(v pyver.Version, name string, params code.Parameters) *Builder {
	b := &Builder{
		version: v, table: opcode.For(v), name: name, qual: name, file: "<" + name + ">", params: params,
		pos:    code.NoPosition,
		labels: map[*Label]*block{}, marked: map[*Label]bool{}, declare: map[string]bool{},
	}
	if b.table == nil || v > pyver.Py27 && v < pyver.Py36 {
		b.table = nil
		b.begin("NewBuilder", v.String(), name)
		b.fail("version "+v.String(), "2.7, or 3.6 to 3.15")
	}
	return b
}

// NewModule returns a Builder of a module of version v: the code object of a
// whole file. Variables of a module are those of LoadName and StoreName.
func NewModule(v pyver.Version, filename string) *Builder {
	b := NewBuilder(v, "<module>", code.Parameters{})
	b.file, b.module = filename, true
	return b
}

// Function returns a Builder of a function inside of b, of the same version
// and file, and whose first line is that set by [Builder.Line]. It becomes a
// value with [Builder.MakeFunction].
func (b *Builder) Function(name string, params code.Parameters) *Builder {
	in := NewBuilder(b.version, name, params)
	in.file, in.inner, in.first = b.file, !b.module, max(b.pos.Line, 0)
	if b.own != nil {
		in.table, in.own = b.own, b.own
	}
	if !b.module {
		in.qual = b.qual + ".<locals>." + name
	}
	return in
}

// Table sets an instruction set of one's own, made by [opcode.Table.With] from
// that of the version. It goes before all instructions; functions made by
// [Builder.Function] afterwards have it too.
func (b *Builder) Table(t *opcode.Table) *Builder {
	b.begin("Table")
	if t == nil || t.Version != b.version {
		b.fail("a table of another version", "one of "+b.version.String())
		return b
	}
	b.table, b.own = t, t
	return b
}

// Version returns the version that b builds for.
func (b *Builder) Version() pyver.Version { return b.version }

// File sets the name of the source file.
func (b *Builder) File(name string) *Builder {
	b.file = name
	return b
}

// FirstLine sets the line that the code object starts in, otherwise the first
// one of [Builder.Line].
func (b *Builder) FirstLine(n int) *Builder {
	b.first = n
	return b
}

// Doc sets the docstring of a function.
func (b *Builder) Doc(text string) *Builder {
	b.doc, b.hasDoc = text, true
	return b
}

// Flags adds to the flags, most of which follow from the rest by themselves.
func (b *Builder) Flags(f code.Flags) *Builder {
	b.flags |= f
	return b
}

// Line sets the source line of what follows.
func (b *Builder) Line(n int) *Builder {
	return b.Position(code.Position{Line: n, EndLine: n, Col: -1, EndCol: -1})
}

// Position sets the source position of what follows: all of it counts from
// 3.11 on, before that only the line.
func (b *Builder) Position(p code.Position) *Builder {
	if b.version < pyver.Py311 && p.Line >= 0 {
		p = linePosition(p.Line)
	}
	b.pos = p
	if b.first == 0 && p.Line > 0 {
		b.first = p.Line
	}
	return b
}

// Cell declares a local variable that functions inside of b share with it.
// That need be said only of variables that neither are parameters nor occur
// in a StoreFast, LoadFast or DeleteFast.
func (b *Builder) Cell(name string) *Builder {
	b.declare[name] = true
	return b
}

// begin says which call the following instructions and errors come from.
func (b *Builder) begin(call string, args ...any) {
	b.calls++
	b.call, b.args = call, args
}

// callText returns the call under way as its author may have written it.
func (b *Builder) callText() string {
	var s strings.Builder
	s.WriteString(b.call + "(")
	for i, a := range b.args {
		if i > 0 {
			s.WriteString(", ")
		}
		switch a := a.(type) {
		case string:
			fmt.Fprintf(&s, "%.40q", a)
		case nil:
			s.WriteString("nil")
		case *Label:
			s.WriteString("label" + named(a))
		case *Builder:
			s.WriteString(a.qual)
		case bool, int, float64, opcode.Op:
			fmt.Fprint(&s, a)
		default:
			fmt.Fprintf(&s, "%T", a)
		}
	}
	return s.String() + ")"
}

// maxBuildErrors is how many mistakes are remembered.
const maxBuildErrors = 20

func (b *Builder) fail(found, want string) {
	if len(b.errs) < maxBuildErrors {
		b.errs = append(b.errs, &BuildError{
			Func: b.qual, Call: b.callText(), Number: b.calls, Line: max(b.pos.Line, 0), Found: found, Want: want,
		})
	}
}

// has reports whether the version has an instruction that a file can hold.
func (b *Builder) has(op opcode.Op) bool {
	if b.table == nil {
		return false
	}
	info, ok := b.table.ByOp(op)
	return ok && info.Number < 256
}

// put appends an instruction.
func (b *Builder) put(in built) {
	if b.table == nil {
		return
	}
	if !b.has(in.Op) {
		b.fail(in.Op.String(), "an instruction that "+b.version.String()+" has")
		return
	}
	in.Pos, in.call = b.pos, b.calls
	in.block = b.open
	b.list = append(b.list, in)
}

func (b *Builder) emit(op opcode.Op, arg int) { b.put(built{Instr: Instr{Op: op, Arg: arg}}) }

// ends reports whether control cannot get here from the instruction before.
func (b *Builder) ends() bool {
	if len(b.list) == 0 {
		return false
	}
	last := &b.list[len(b.list)-1]
	if last.Label != nil {
		return false
	}
	info, ok := b.table.ByOp(last.Op)
	return ok && info.Has(opcode.NoFallThrough)
}

// previous returns the instruction before this place, if that is the only one
// that leads here.
func (b *Builder) previous() *built {
	if len(b.list) == 0 || b.list[len(b.list)-1].Label != nil {
		return nil
	}
	return &b.list[len(b.list)-1]
}

// Code returns the code object, with those of inner functions among its
// constants. If control can reach the end, None is returned there. It may be
// called again after more has been added.
//
// The errors are [*BuildError]s, joined by [errors.Join].
func (b *Builder) Code() (*code.Object, error) {
	if b.busy {
		b.begin("Code")
		b.fail("a function that contains itself", "none")
	}
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	b.busy = true
	defer func() { b.busy = false }()
	f := finisher{b: b}
	o, err := f.finish()
	if err != nil {
		return nil, err
	}
	return o, nil
}

// tupleOf interns the entries of a tuple.
type tupleOf struct {
	items []code.Value
	index map[string]int
}

// add returns the index of a value that key stands for.
func (t *tupleOf) add(key string, v func() code.Value) int {
	i, ok := t.index[key]
	if !ok {
		if t.index == nil {
			t.index = map[string]int{}
		}
		i = len(t.items)
		t.index[key] = i
		t.items = append(t.items, v())
	}
	return i
}

// addConst returns the index of a constant.
func (t *tupleOf) addConst(ver pyver.Version, v code.Value) int {
	return t.add(constKey(ver, v), func() code.Value { return v })
}

// text returns a name as the version has names.
func (b *Builder) text(s string) code.Value {
	if b.version.Major() == 2 {
		return &code.Bytes{S: s, Interned: true}
	}
	return &code.Str{S: s, Interned: true}
}

func (b *Builder) nameIndex(name string) int {
	if b.into != nil {
		return b.into.AddName(name)
	}
	return b.names.add(name, func() code.Value { return b.text(name) })
}
