package symtable

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
)

type nameID int32

// Options are what a compilation is told beside the source.
type Options struct {
	// Future is the result of ParseFuture, with flags inherited from elsewhere
	// added.
	Future Future
	// TopLevelAwait allows await, async for and async with at module level
	// (CPython: PyCF_ALLOW_TOP_LEVEL_AWAIT).
	TopLevelAwait bool
}

// Build returns the symbol table of root, or the first syntax error. The tree must
// be preprocessed. f serves for the positions and texts of errors.
func Build(root ast.Root, f *source.File, opts Options) (*Table, *source.Diagnostic) {
	return &Table{Top: &Scope{Kind: ModuleScope, Name: "top"}}, nil
}

// Scope returns the scope that n opens; nil if it opens none. For functions and
// classes that is the body, for type aliases the value, for type variables the
// bound.
func (t *Table) Scope(n Node) *Scope { return nil }

// Default returns the scope of the default of a type parameter; nil if it has
// none.
func (t *Table) Default(p ast.TypeParam) *Scope { return nil }

// Lookup returns the symbol of a name that is mangled already; nil if s does not
// have it.
func (s *Scope) Lookup(mangled string) *Symbol { return nil }

// Mangle returns the name of the symbol that a name of the source stands for in s:
// private names of a class get the name of the class in front.
func (s *Scope) Mangle(name string) string { return name }

// CellVars returns co_cellvars of the scope's code object.
func (s *Scope) CellVars() []string { return nil }

// FreeVars returns co_freevars of the scope's code object.
func (s *Scope) FreeVars() []string { return nil }
