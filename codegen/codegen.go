package codegen

import (
	"fmt"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// Options are what a compilation is told beside the tree.
type Options struct {
	// Optimize is the level of optimisation, 0 to 2. The tree must have been
	// preprocessed for the same one.
	Optimize int
	// Flags are set in every code object, beside those of __future__ imports.
	Flags code.Flags
	// Finish makes a code object of a complete unit. It must not keep the unit,
	// nor slices of it, but for the code objects among the constants.
	Finish func(*instruction.Unit) (*code.Object, error)
	// Spend says that Finish has no use for the instructions of a unit once it has made a
	// graph of them.
	Spend bool
	// Cache has the constants of the file; nil for a fresh one.
	Cache *instruction.Cache
}

// maxDepth bounds the nesting of expressions. What a parser makes of real
// text is far below; a tree made otherwise could exhaust the stack.
const maxDepth = 200_000

// generator is the state of one compilation.
type generator struct {
	u   *unit                 // current
	seq *instruction.Sequence // where instructions go, of u

	units []*unit // by nesting level, kept for reuse; units[:level+1] are open
	level int

	table       *symtable.Table
	file        *source.File
	filename    *code.Str
	cache       *instruction.Cache
	ownCache    instruction.Cache // unless the caller has one
	finish      func(*instruction.Unit) (*code.Object, error)
	optimize    int
	flags       code.Flags
	future      bool // from __future__ import annotations
	spend       bool // see Options
	interactive bool

	depth    int // of expressions
	quiet    int // warnings are off while positive
	err      *source.Diagnostic
	warnings []*source.Diagnostic

	saved  []savedSymbol // see comprehension.go
	pushed []*symtable.Symbol
	buf    []byte // for text that is put together
}

// Generator compiles file after file. It keeps its scratch memory, which spares
// most allocations. The zero Generator is ready for use; it may not be used by
// several goroutines at once.
type Generator struct{ g generator }

// Reserve makes room for files of up to size bytes, before there are any: for the module, and what is defined
// in it and in that.
func (c *Generator) Reserve(size int) {
	for range 3 {
		u := &unit{}
		u.Code.Reserve(size / 16)
		u.Consts.List = make([]code.Value, 0, size/64)
		c.g.units = append(c.g.units, u)
	}
}

// Module compiles a file; see the function Module.
func (c *Generator) Module(root ast.Root, table *symtable.Table, file *source.File, opts Options) (*code.Object, []*source.Diagnostic, *source.Diagnostic) {
	g := &c.g
	g.begin(table, file, opts)
	co := g.module(root)
	warnings, err := g.warnings, g.err
	g.end()
	if err != nil {
		return nil, warnings, err
	}
	return co, warnings, nil
}

// Module compiles the tree of a file, which is preprocessed and whose symbol table
// is table. It returns the code object of the module, the warnings in the order
// of their appearance, and the first error if there is one.
func Module(root ast.Root, table *symtable.Table, file *source.File, opts Options) (*code.Object, []*source.Diagnostic, *source.Diagnostic) {
	var c Generator
	return c.Module(root, table, file, opts)
}

// begin readies g for a file.
func (g *generator) begin(table *symtable.Table, file *source.File, opts Options) {
	*g = generator{
		units: g.units, level: -1, ownCache: g.ownCache, saved: g.saved[:0], pushed: g.pushed[:0], buf: g.buf,
		table: table, file: file, finish: opts.Finish, spend: opts.Spend, optimize: opts.Optimize,
		flags: opts.Flags | table.Future.Flags, cache: opts.Cache,
	}
	if g.cache == nil {
		g.ownCache.Reset()
		g.cache = &g.ownCache
	}
	g.future = g.flags&code.FutureAnnotations != 0
	g.filename = g.cache.Name(file.Name)
}

// end lets go of what belongs to the file. Lists keep their memory; what they
// have in it stays alive until it is written over.
func (g *generator) end() {
	g.u, g.seq, g.table, g.file, g.filename, g.cache, g.finish = nil, nil, nil, nil, nil, nil, nil
	g.warnings, g.err = nil, nil
}

// fail notes a syntax error, unless there is one already.
func (g *generator) fail(at source.Span, message string) {
	if g.err == nil {
		g.err = g.diagnostic("SyntaxError", message, at)
	}
}

// internal notes that codegen met what should not be possible.
func (g *generator) internal(at source.Span, format string, args ...any) {
	if g.err == nil {
		g.err = g.diagnostic("SystemError", fmt.Sprintf(format, args...), at)
	}
}

// warn notes a syntax warning. Code that is compiled twice warns once.
func (g *generator) warn(at source.Span, message string) {
	if g.err == nil && g.quiet == 0 {
		d := g.diagnostic("SyntaxWarning", message, at)
		d.Severity, d.Reread = source.Warning, true
		g.warnings = append(g.warnings, d)
	}
}

// diagnostic returns one of the type given.
func (g *generator) diagnostic(typ, message string, at source.Span) *source.Diagnostic {
	d := symtable.Error(g.file, message, at)
	d.Type, d.Bare = typ, false
	return d
}
