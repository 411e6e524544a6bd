// Package compile turns Python source into code objects: the same, to the byte,
// that CPython 3.14 makes.
//
// It is the driver of the stages, which are packages of their own: source decodes,
// tokenizer and parser make the tree, symtable finds the scopes, codegen makes
// (pseudo-)instructions, flowgraph improves and assemble lays out each function as
// soon as it is complete. Options.Observe shows what passes between them.
package compile

import (
	"context"
	"fmt"
	"strings"

	"github.com/krait-py/krait/assemble"
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/codegen"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
)

// Options say what to compile for. The zero value compiles a module called <string>
// without optimisation, as compile(source, "<string>", "exec") does.
type Options struct {
	// Filename is what code objects and diagnostics carry; empty means <string>.
	Filename string
	// Mode is what the source is: a module, an expression, or a statement of an
	// interactive session.
	Mode parser.Mode
	// Optimize is the level of optimisation: 0; 1, which drops assertions (-O); 2,
	// which drops docstrings too (-OO).
	Optimize int
	// Flags are those of __future__ imports in force where the source stands:
	// code.FutureAnnotations, code.FutureBarryAsFLUFL. Others mean nothing.
	Flags code.Flags
	// TopLevelAwait allows await outside of functions (PyCF_ALLOW_TOP_LEVEL_AWAIT).
	TopLevelAwait bool
	// Incomplete and OpenBlocks are for sessions; see parser.Options.
	Incomplete, OpenBlocks bool
	// IntDigits is how many decimal digits an integer may have, Streamed whether the text is read line by line; see parser.Options.
	IntDigits int
	Streamed  bool
	// Observe, if set, is called with what each stage makes, in the order of the
	// stages; see Stage.
	Observe func(Stage)
}

// Source compiles the bytes of a source file. It returns the code object and the
// warnings; or nil and what is wrong, the error last. When ctx ends, between one
// stage and the next, the error is of type KeyboardInterrupt.
//
// A Compiler does the same for many files with fewer allocations.
func Source(ctx context.Context, data []byte, o Options) (*code.Object, []source.Diagnostic) {
	var c Compiler
	c.ctx = ctx
	object, diagnostics := c.Source(data, o)
	list := make([]source.Diagnostic, len(diagnostics))
	for i, d := range diagnostics {
		list[i] = *d
	}
	return object, list
}

// Compiler compiles file after file and keeps its scratch memory. It belongs to one
// goroutine. The zero Compiler is ready for use.
type Compiler struct {
	ctx       context.Context
	decoder   source.Decoder
	parser    parser.Parser
	symbols   symtable.Builder
	generator codegen.Generator
	assembler assemble.Assembler
	cache     instruction.Cache

	diagnostics []*source.Diagnostic // returned last
}

// Reserve makes room for files of up to size bytes, before there are any; larger ones get more when they come.
// A system gives memory to a process when it is written to, so room that no file needs costs nothing but
// addresses, while lists that grow with files leave all that they have been behind. Who compiles one small
// file after another, between much else, is better off without.
func (c *Compiler) Reserve(size int) {
	c.decoder.Reserve(size)
	c.parser.Reserve(size)
	c.generator.Reserve(size)
	c.assembler.Reserve(size)
}

// Recycle takes back the code object that Source returned last, and all its parts:
// their memory is used again for the next one, which spares the garbage collector
// nearly all of its work. Diagnostics stay valid. Who does not call Recycle can keep
// all code objects.
func (c *Compiler) Recycle() {
	for _, d := range c.diagnostics {
		// Parts of the source text, which is taken back, too.
		d.Text, d.Message = strings.Clone(d.Text), strings.Clone(d.Message)
	}
	c.diagnostics = nil
	c.parser.Recycle()
	c.cache.Recycle()
	c.decoder.Reset()
}

// Source compiles the bytes of a source file, as the function Source does.
func (c *Compiler) Source(data []byte, o Options) (*code.Object, []*source.Diagnostic) {
	object, diagnostics := c.source(data, o)
	c.diagnostics = diagnostics
	return object, diagnostics
}

func (c *Compiler) source(data []byte, o Options) (*code.Object, []*source.Diagnostic) {
	if o.Filename == "" {
		o.Filename = "<string>"
	}
	f, err := c.decoder.Decode(o.Filename, data)
	if err != nil {
		return nil, []*source.Diagnostic{err}
	}
	return c.file(f, o)
}

// File compiles a source file that has been decoded; its name is what code objects and diagnostics carry.
func (c *Compiler) File(f *source.File, o Options) (*code.Object, []*source.Diagnostic) {
	object, diagnostics := c.file(f, o)
	c.diagnostics = diagnostics
	return object, diagnostics
}

func (c *Compiler) file(f *source.File, o Options) (*code.Object, []*source.Diagnostic) {
	if o.Observe != nil {
		o.Observe(Stage{Name: Tokens, File: f})
	}
	// Nothing of the tree outlives the compilation.
	defer c.parser.Reset()
	root, diagnostics := c.parser.Parse(f, parser.Options{
		Mode:         o.Mode,
		BarryAsFLUFL: o.Flags&code.FutureBarryAsFLUFL != 0,
		Incomplete:   o.Incomplete,
		OpenBlocks:   o.OpenBlocks,
		IntDigits:    o.IntDigits,
		Streamed:     o.Streamed,
	})
	if root == nil {
		return nil, diagnostics
	}
	object, more := c.tree(root, f, o, c.parser.Names(), c.parser.Changes(), c.parser.Bodies())
	return object, append(diagnostics, more...)
}

// Tree compiles a tree that was parsed from a file. It changes the tree.
func (c *Compiler) Tree(root ast.Root, f *source.File, o Options) (*code.Object, []*source.Diagnostic) {
	return c.tree(root, f, o, nil, ast.Changes{}, ast.Bodies{})
}

// tree compiles a tree; names, if any, are those that its nodes have numbers of;
// changes may say where it is to be preprocessed.
func (c *Compiler) tree(root ast.Root, f *source.File, o Options, names *token.Names, changes ast.Changes, bodies ast.Bodies) (*code.Object, []*source.Diagnostic) {
	fail := func(err *source.Diagnostic) (*code.Object, []*source.Diagnostic) {
		return nil, []*source.Diagnostic{err}
	}
	if o.Observe != nil {
		o.Observe(Stage{Name: Parsed, Root: root})
	}
	future, err := symtable.ParseFuture(root, f)
	if err != nil {
		return fail(err)
	}
	future.Flags |= o.Flags & (code.FutureAnnotations | code.FutureBarryAsFLUFL)
	diagnostics, err := ast.Preprocess(root, f, ast.PreprocessOptions{
		Optimize:          o.Optimize,
		FutureAnnotations: future.Flags&code.FutureAnnotations != 0,
		Changes:           changes,
	})
	if err != nil {
		return nil, append(diagnostics, err)
	}
	if o.Observe != nil {
		o.Observe(Stage{Name: Preprocessed, Root: root})
	}
	if err := c.interrupted(f); err != nil {
		return nil, append(diagnostics, err)
	}
	if o.Observe != nil {
		bodies = ast.Bodies{} // flags are to be what they are in CPython
	}
	table, err := c.symbols.Build(root, f, symtable.Options{
		Future:        future,
		TopLevelAwait: o.TopLevelAwait,
		Names:         names,
		Bodies:        bodies,
		Lean:          o.Observe == nil,
	})
	if err != nil {
		return nil, append(diagnostics, err)
	}
	if o.Observe != nil {
		o.Observe(Stage{Name: Symbols, Table: table})
	}
	c.cache.Reset()
	c.cache.Known = nil
	if names != nil {
		c.cache.Known = c.parser.HasName
		c.cache.Expect(len(names.List()))
	}
	object, warnings, err := c.generator.Module(root, table, f, codegen.Options{
		Optimize: o.Optimize,
		Flags:    future.Flags,
		Finish:   c.finish(o.Observe),
		Spend:    o.Observe == nil,
		Cache:    &c.cache,
	})
	diagnostics = append(diagnostics, warnings...)
	if err != nil {
		return nil, append(diagnostics, err)
	}
	return object, diagnostics
}

// interrupted returns an error if the context has ended.
func (c *Compiler) interrupted(f *source.File) *source.Diagnostic {
	if c.ctx == nil || c.ctx.Err() == nil {
		return nil
	}
	return &source.Diagnostic{Type: "KeyboardInterrupt", Message: c.ctx.Err().Error(), Filename: f.Name}
}

// finish returns the function that makes code objects of units.
func (c *Compiler) finish(observe func(Stage)) func(*instruction.Unit) (*code.Object, error) {
	c.assembler.Hook = nil
	if observe == nil {
		return c.assembler.Unit
	}
	return func(u *instruction.Unit) (*code.Object, error) {
		observe(Stage{Name: Generated, Unit: u})
		c.assembler.Hook = func(p *flowgraph.Pass, g *flowgraph.Graph) {
			observe(Stage{Name: Flow, Pass: p, Graph: g, Unit: u})
		}
		o, err := c.assembler.Unit(u)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", u.QualName, err)
		}
		observe(Stage{Name: Assembled, Unit: u, Object: o})
		return o, nil
	}
}
