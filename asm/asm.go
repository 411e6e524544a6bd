package asm

import (
	"cmp"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// Options say what a text tells of a file. The zero Options are for people to
// read: what an instruction does and its line, but no columns, and nothing of
// how marshal wrote the file.
type Options struct {
	// Exact writes all that is needed to get the same bytes again. Read, it
	// makes it an error when forms no longer fit what they stand at; without
	// it such forms are passed over.
	Exact bool
	// Positions writes the columns of instructions (3.11 and later). Exact
	// implies it. Reading ignores it.
	Positions bool
	// Version is, for [Parse], the Python version to assemble for whatever
	// the text says; zero believes the text. Printing ignores it.
	Version pyver.Version
	// Table is, for [Parse], the instruction set to assemble for if it is not
	// that of the version (see [opcode.Table.With]); texts of other versions
	// ignore it. Printing goes by the code object.
	Table *opcode.Table
}

// Parse assembles a text. The name is that of its file; it is used for
// messages, and as co_filename where the text says none. What is wrong comes
// as Diagnostics, in which case the File is nil.
func Parse(name string, src []byte, opts Options) (*pyc.File, Diagnostics) {
	p := newParser(name, string(src), opts)
	f := p.parseFile()
	if len(p.diags) > 0 {
		slices.SortStableFunc(p.diags, func(a, b *Diagnostic) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
		})
		return nil, p.diags
	}
	return f, nil
}

// maxIndent is how many levels of blocks are indented; what is deeper stays
// where it is, so that a text is never longer for its spaces than for its words.
const maxIndent = 8

// isFunction reports whether a code object is written with parentheses behind
// its name.
func isFunction(o *code.Object) bool {
	const both = code.Optimized | code.NewLocals
	return o.Flags&both == both || o.ArgCount|o.KwOnlyArgCount != 0 || o.Flags&(code.VarArgs|code.VarKeywords) != 0
}
