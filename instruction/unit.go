package instruction

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/token"
)

// Unit is a code object in the making: what codegen knows of a module, class or
// function when its instructions are complete, and flowgraph and assemble need.
type Unit struct {
	Version        pyver.Version
	Filename       *code.Str
	Name, QualName string
	// QualText is the constant that was made of QualName, nil if there was one like it before, or none.
	QualText *code.Str
	// NameNum is the number that Name has among the names of the file, 0 if it has none.
	NameNum   token.NameID
	Flags     code.Flags
	FirstLine int32

	ArgCount, PosOnlyArgCount, KwOnlyArgCount int // ArgCount without the positional-only ones

	Consts Consts
	// Given is one more than the number of constants before the return of None at the end was added, which
	// alone loads what is behind; 0 if there is no such return.
	Given    int
	Names    Names // globals, attributes, modules
	VarNames Names
	CellVars Names
	FreeVars Names
	// FastHidden has the locals of inlined comprehensions, which are not visible
	// as locals of the function.
	FastHidden map[string]bool

	Code Sequence
	// Spent says that nobody wants Code once a graph is made of it: the graph may be made in place.
	Spent bool
	// Cache is shared by all units of a file.
	Cache *Cache
}
