package symtable

import (
	"iter"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// ScopeKind says what a scope belongs to. The order is that of CPython's
// _symtable.TYPE_ constants.
type ScopeKind uint8

// The kinds of scopes. Lambdas and comprehensions are functions.
const (
	FunctionScope       ScopeKind = iota
	ClassScope                    // body of a class
	ModuleScope                   // a module, or what stands for one: Interactive, Expression
	AnnotationScope               // the __annotate__ function of a function, class or module
	TypeAliasScope                // value of a type statement
	TypeParametersScope           // around whatever has type parameters
	TypeVariableScope             // bound, constraints or default of a type parameter
)

var scopeKindNames = [...]string{
	"function", "class", "module", "annotation", "type alias", "type parameters", "type variable",
}

// String returns the kind as SymbolTable.get_type of Python's symtable module
// calls it.
func (k ScopeKind) String() string {
	if int(k) < len(scopeKindNames) {
		return scopeKindNames[k]
	}
	return "unknown"
}

// Comprehension says which comprehension a function scope is, if it is one.
type Comprehension uint8

// The kinds of comprehensions.
const (
	NoComprehension Comprehension = iota
	ListComprehension
	DictComprehension
	SetComprehension
	GeneratorExpression
)

// Flags is what the source does with a name in a scope, with the values that
// CPython gives the bits.
type Flags uint16

// The flags of symbols. CPython spells them DEF_GLOBAL, ..., USE.
const (
	DefGlobal    Flags = 1 << 0  // in a global statement
	DefLocal     Flags = 1 << 1  // assigned, deleted, defined by def or class
	DefParam     Flags = 1 << 2  // a parameter
	DefNonlocal  Flags = 1 << 3  // in a nonlocal statement
	Use          Flags = 1 << 4  // read
	DefFreeClass Flags = 1 << 6  // free in a method, and in the class something else
	DefImport    Flags = 1 << 7  // bound by an import
	DefAnnot     Flags = 1 << 8  // annotated
	DefCompIter  Flags = 1 << 9  // iteration variable of a comprehension
	DefTypeParam Flags = 1 << 10 // a type parameter
	DefCompCell  Flags = 1 << 11 // cell of a comprehension inlined here

	// DefBound is set where a name is bound in the scope itself.
	DefBound = DefLocal | DefParam | DefImport
)

// Resolution is where the value of a name is kept.
type Resolution uint8

// The resolutions, numbered as in CPython. Unresolved is that of names a scope
// does not have.
const (
	Unresolved     Resolution = iota
	Local                     // in this scope alone
	GlobalExplicit            // global by a statement
	GlobalImplicit            // bound in no scope around it: global or builtin
	Free                      // in a scope around this one
	Cell                      // in this scope, and used by scopes inside
)

var resolutionNames = [...]string{"unresolved", "local", "global explicit", "global implicit", "free", "cell"}

// String returns the name of the resolution in lower case.
func (r Resolution) String() string {
	if int(r) < len(resolutionNames) {
		return resolutionNames[r]
	}
	return "unknown"
}

// Symbol is a name in one scope.
type Symbol struct {
	Name       string // mangled
	Flags      Flags
	Resolution Resolution
	// Slot is for the code generator: Build leaves -1.
	Slot int32

	id   nameID
	next *Symbol
}

// Next returns the symbol behind s in its scope, nil after the last.
func (s *Symbol) Next() *Symbol { return s.next }

// Num returns the number of s.Name among the names that Table.Num numbers.
func (s *Symbol) Num() token.NameID { return s.id }

// hidesOuter reports whether the symbol of a class, nil for none, is why scopes inside do not find the name in what is around the class.
func (s *Symbol) hidesOuter() bool {
	return s != nil && (s.Flags&DefGlobal != 0 || s.Flags&DefBound != 0 && s.Flags&DefNonlocal == 0)
}

// Bits returns flags and resolution as CPython packs them into one number.
func (s *Symbol) Bits() int { return int(s.Flags) | int(s.Resolution)<<12 }

// Scope is a scope: a module, class or function, or one of the implicit functions
// of annotations and type parameters. CPython calls it a symbol table entry.
type Scope struct {
	Name string // as in the source; "top", "lambda", "listcomp", "genexpr", "__annotate__", ...
	Kind ScopeKind
	// Comprehension tells comprehensions from other functions.
	Comprehension Comprehension

	Nested       bool // inside a function
	Method       bool // a function directly in a class; lambdas and comprehensions too
	Generator    bool // contains yield, or is a generator expression
	Coroutine    bool // async def, or has await or an asynchronous comprehension
	VarArgs      bool // has *args
	VarKeywords  bool // has **kwargs
	ReturnsValue bool // contains return with a value
	HasDocstring bool

	// NeedsClassClosure and NeedsClassDict of a class: a scope inside wants
	// __class__, __classdict__.
	NeedsClassClosure, NeedsClassDict bool
	// CanSeeClassScope: names that the class around it binds are looked up in
	// __classdict__ first.
	CanSeeClassScope bool
	// ComprehensionInlined: the comprehension is part of the scope around it, which
	// has taken over its symbols and children.
	ComprehensionInlined bool
	// AnnotationsUsed: of an annotation scope of a function, that there are
	// annotations; of other scopes, that they have annotated assignments.
	AnnotationsUsed bool
	// HasConditionalAnnotations: which annotations exist is kept at run time in
	// __conditional_annotations__.
	HasConditionalAnnotations bool

	// Alone: no scope is inside, and nothing is free. So there are neither cells nor free
	// variables.
	Alone bool
	// Entered is for the code generator: Build leaves false.
	Entered bool

	// Node is what Table.Scope and Table.Default find the scope by; nil for modules,
	// annotations and type parameters.
	Node ast.Node
	Span source.Span // where it begins and ends; the zero Span for the module

	Parent *Scope
	// Children are in the order of creation. Those of inlined comprehensions take
	// the comprehension's place. The annotation scope of a function stands before
	// the function.
	Children []*Scope

	// Annotations is the scope of __annotate__: of a function always, but for
	// Options.Lean, of a class or module if it has annotated assignments (even in one
	// that has them as strings). TypeParams is the scope of the type parameters, nil if
	// there are none.
	Annotations, TypeParams *Scope

	// Params are the parameters in the order of co_varnames, mangled.
	Params []string
	// ParamNums are their numbers among the names that Table.Num numbers.
	ParamNums []token.NameID

	// Private is the name of the class that private names are mangled with, "" for
	// none.
	Private string

	table       *Table
	first, last *Symbol
	count       int32
	serial      int32     // numbers the scopes of a table
	index       []*Symbol // open addressing by name, at most half full; nil for small scopes

	firstChild, lastChild, nextSibling *Scope
	nextNode                           *Scope          // chain of scopes with Node
	variables                          *Scope          // of the annotations of variables
	mangled                            map[nameID]bool // around a generic class: the only names to mangle
	variable                           string          // of a type variable scope: what messages call it
	compIterExpr                       int32           // depth of iterables of comprehensions
	isDefault                          bool
	compIterTarget, unevaluated        bool
	inConditional                      bool
	reentered                          bool // entered several times
	leftOutUses                        bool // its annotation scope, which Options.Lean leaves out, would use __classdict__
}

// nodePos returns the position of Node.
func (s *Scope) nodePos() source.Span {
	if s.Kind == TypeVariableScope {
		return s.Node.(Node).Pos()
	}
	return s.Span
}

// IsFunctionLike reports whether the scope is a function at run time: everything
// but modules and classes.
func (s *Scope) IsFunctionLike() bool { return s.Kind != ClassScope && s.Kind != ModuleScope }

// First returns the first symbol, nil if there is none.
func (s *Scope) First() *Symbol { return s.first }

// Len returns how many symbols there are.
func (s *Scope) Len() int { return int(s.count) }

// Symbols yields the symbols in the order of their first appearance.
func (s *Scope) Symbols() iter.Seq[*Symbol] {
	return func(yield func(*Symbol) bool) {
		for sym := s.first; sym != nil; sym = sym.next {
			if !yield(sym) {
				return
			}
		}
	}
}

// Find returns the symbol that a name of the source stands for in s; nil if s does
// not have it.
func (s *Scope) Find(name string) *Symbol { return s.Lookup(s.Mangle(name)) }

// ResolveNum is Resolve for a name with a number, by Table.Num.
func (s *Scope) ResolveNum(id token.NameID) Resolution {
	if sym := s.find(id); sym != nil {
		return sym.Resolution
	}
	return Unresolved
}

// Resolve returns the resolution of a mangled name, Unresolved if s does not have
// it.
func (s *Scope) Resolve(mangled string) Resolution {
	if sym := s.Lookup(mangled); sym != nil {
		return sym.Resolution
	}
	return Unresolved
}
