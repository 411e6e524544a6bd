// Package symtable finds the scopes of a module and says what each name is in
// them: local, cell, free or global. It is the stage between the tree and the
// code generator, with the rules and the syntax errors of CPython 3.14.
//
// [ParseFuture] reads the __future__ imports, which the stages before and after
// need too. [Build] works in two passes: the first walks the tree and notes of
// every name how it is bound and used, scope by scope; the second resolves the
// names from the outermost scope inwards and hands free variables back outwards.
//
// # What a code generator needs
//
// The scope of the module is [Table.Top]. [Table.Scope] finds the scope that a
// node opens: functions, lambdas, classes, comprehensions, the value of a type
// alias, the bound of a type variable ([Table.Default]: the default of a type
// parameter). It costs a look into a small hash table keyed by position, and does
// not depend on the order of the calls or on how often a node is visited. Scopes
// that belong to another one hang there: [Scope.Annotations] is the scope of
// __annotate__ of a function, class or module; [Scope.TypeParams] the one between
// a generic function, class or alias and what surrounds it.
//
// A name of the source is turned into that of the symbol by [Scope.Mangle] and
// found by [Scope.Lookup]; [Scope.Find] does both. Symbols are in the order of
// ste_symbols, the one of their first appearance ([Scope.Symbols], or First and
// Next). Pointers to symbols stay valid; the generator may change their Resolution
// and Flags for a time, as it does for inlined comprehensions, and keep an index
// of its own in Slot.
//
// The order of variables in a code object follows from three lists:
//
//   - co_varnames begins with Scope.Params: positional-only, positional,
//     keyword-only, *args, **kwargs. Other locals follow as they are first used
//     by the generated code, not in the order of the table.
//   - co_cellvars is [Scope.CellVars]: sorted by code point, the implicit
//     __class__, __classdict__ and __conditional_annotations__ last.
//   - co_freevars is [Scope.FreeVars], sorted. CPython's code generator appends
//     __conditional_annotations__ to that of a class's __annotate__ where it reads it;
//     the table does not know of it.
//
// # Memory
//
// [Builder] builds the tables of one file after the other in the same memory, without
// allocations once it has seen a large file. A table is valid until its builder is
// used again.
//
// A Table is not safe for concurrent use, not even for lookups: it caches.
package symtable
