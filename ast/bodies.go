package ast

import "github.com/krait-py/krait/token"

// Bodies are the bodies of modules, classes and functions, as far as a symbol table wants to
// know them: what names there are, as the parser has met them, and in which nodes there
// is more. So most of a tree need not be walked to make one. To guess of what kind each
// node is takes longer than all that is done with it then.
type Bodies struct {
	List  []Body // in the order of the source, the module first
	Uses  []NameUse
	Holes []Hole
}

// Body is one body.
type Body struct {
	Node Node // the Module, ClassDef, FunctionDef or AsyncFunctionDef; nil if there is none
	// Known says that Uses[From:To] are all there is; otherwise the body must be walked.
	Known    bool
	From, To int32
	// Yields and Returns say that there is a yield, and a return with a value.
	Yields, Returns bool
}

// Hole is a node that is to be walked: a statement or an expression. What follows it
// begins at Uses[End].
type Hole struct {
	Stmt Stmt
	Expr Expr
	End  int32
}

// NameUse is a name, by its number, and what is done with it; or a hole, by its index.
// A target may be there as a name that is read, too.
type NameUse int32

// UseKind is what is done with a name.
type UseKind uint8

// The kinds of uses.
const (
	Reads   UseKind = iota
	Binds           // or deletes
	Imports         // binds it, too
	Opens           // a hole
)

// NewNameUse returns the use of the name with the number num, or of a hole.
func NewNameUse(num token.NameID, kind UseKind) NameUse { return NameUse(num)<<2 | NameUse(kind) }

// Num returns the number of the name, or the index of the hole.
func (u NameUse) Num() token.NameID { return token.NameID(u >> 2) }

// Kind returns what is done with the name.
func (u NameUse) Kind() UseKind { return UseKind(u & 3) }
