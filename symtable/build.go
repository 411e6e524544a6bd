package symtable

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// Options are what a compilation is told beside the source.
type Options struct {
	// Future is the result of ParseFuture, with flags inherited from elsewhere
	// added.
	Future Future
	// TopLevelAwait allows await, async for and async with at module level
	// (CPython: PyCF_ALLOW_TOP_LEVEL_AWAIT).
	TopLevelAwait bool
	// Names are the names of the file if the tree is as the parser has made it, with
	// their numbers in its nodes; it may be nil. Names that private ones are mangled to
	// are added.
	Names *token.Names
	// Bodies may have what the parser has noted of the tree, so that most of it need not be
	// walked; it counts only if there are Names. Then symbols come in another order, and
	// those that are only bound may have the flag Use.
	Bodies ast.Bodies
	// Lean leaves out the annotation scopes of functions without annotations, which
	// CPython has and no code comes from. What they would do to a class is done.
	Lean bool
}

// Build returns the symbol table of root, or the first syntax error. The tree must
// be preprocessed. f serves for the positions and texts of errors.
func Build(root ast.Root, f *source.File, opts Options) (*Table, *source.Diagnostic) {
	var b Builder
	return b.Build(root, f, opts)
}

// Builder builds the tables of one file after the other and keeps the memory for
// it. The zero Builder is ready for use.
type Builder struct {
	table Table
	cur   *Scope
	file  *source.File
	err   *source.Diagnostic
	depth int
	opts  Options

	lastNode   *Scope // end of the chain of scopes that nodes lead to
	serial     int32
	directives []directive

	scopes  slab[Scope]
	symbols slab[Symbol]
	strings slab[string]
	ids     slab[nameID]
	// pointers and lookups are for Scope.Children and Scope.index.
	pointers slab[*Scope]
	lookups  slab[*Symbol]
	analyzer analyzer
	names    token.Names // if Options has none
}

func (b *Builder) build(root ast.Root, f *source.File, opts Options) (*Table, *source.Diagnostic) {
	b.reset()
	b.file, b.opts = f, opts
	t := &b.table
	t.Future = opts.Future
	t.lookups = &b.lookups
	if opts.Names != nil {
		t.names.init(opts.Names, true)
	} else {
		b.names.Reset(len(f.Text) / 128)
		t.names.init(&b.names, false)
	}
	if !b.module(root) {
		return nil, b.err
	}
	t.found, t.nodes = t.Top, t.nodes[:0]
	if !b.analyzer.run(b) {
		return nil, b.err
	}
	for sym := t.Top.first; sym != nil; sym = sym.next {
		t.names.list[sym.id].top = sym
	}
	return t, nil
}

func (b *Builder) reset() {
	b.table.Top, b.table.found = nil, nil
	b.cur, b.file, b.err, b.lastNode = nil, nil, nil, nil
	b.depth, b.serial = 0, 1
	b.directives = b.directives[:0]
	b.scopes.reset()
	b.symbols.reset()
	b.strings.reset()
	b.ids.reset()
	b.pointers.reset()
	b.lookups.reset()
}

// directive is a name in a global or nonlocal statement, or what a walrus in a
// comprehension makes one.
type directive struct {
	scope *Scope
	id    nameID
	at    source.Span
}

func (b *Builder) fail(message string, at source.Span) bool {
	b.err = Error(b.file, message, at)
	return false
}

// deeper counts a level of nesting.
func (b *Builder) deeper() bool {
	if b.depth >= maxDepth {
		b.err = tooDeep(b.file)
		return false
	}
	b.depth++
	return true
}

// futureAnnotations reports whether annotations are strings.
func (b *Builder) futureAnnotations() bool {
	return b.opts.Future.Flags&code.FutureAnnotations != 0
}

func (b *Builder) module(root ast.Root) bool {
	top := b.newScope("top", ModuleScope, source.Span{})
	b.table.Top, b.lastNode = top, top
	b.enter(top)
	switch root := root.(type) {
	case *ast.Module:
		top.HasDocstring = hasDocstring(root.Body)
		return b.body(root, root.Body)
	case *ast.Interactive:
		return b.stmts(root.Body)
	case *ast.Expression:
		return b.expr(root.Body)
	default:
		b.err = &source.Diagnostic{
			Type: "RuntimeError", Message: "this compiler does not handle FunctionTypes", Filename: b.file.Name,
		}
		return false
	}
}

// newScope returns a scope inside the current one, which does not list it yet.
func (b *Builder) newScope(name string, kind ScopeKind, at source.Span) *Scope {
	sc := b.scopes.next()
	*sc = Scope{}
	sc.Name, sc.Kind, sc.Span = name, kind, at
	sc.table = &b.table
	sc.serial = b.serial
	b.serial++
	if cur := b.cur; cur != nil {
		sc.Parent = cur
		sc.Private = cur.Private
		sc.Nested = cur.Nested || cur.IsFunctionLike()
		sc.Method = cur.Kind == ClassScope && kind == FunctionScope
	}
	return sc
}

// of makes sc the scope that a node opens.
func (b *Builder) of(sc *Scope, n ast.Node) {
	sc.Node = n
	b.lastNode.nextNode = sc
	b.lastNode = sc
}

// enter makes a new scope the current one and a child of the one that was.
func (b *Builder) enter(sc *Scope) {
	prev := b.cur
	b.resume(sc)
	// Annotations that are strings have no scope that counts.
	if prev == nil || sc.Kind == AnnotationScope && b.futureAnnotations() {
		return
	}
	if prev.lastChild == nil {
		prev.firstChild = sc
	} else {
		prev.lastChild.nextSibling = sc
	}
	prev.lastChild = sc
}

// resume makes sc, which may have been entered before, the current scope.
func (b *Builder) resume(sc *Scope) {
	if prev := b.cur; prev != nil {
		sc.compIterExpr = prev.compIterExpr
		if sc.Kind != ClassScope && prev.mangled != nil {
			sc.mangled = prev.mangled
		}
	}
	b.cur = sc
}

// leave goes back to the scope around the current one.
func (b *Builder) leave() { b.cur = b.cur.Parent }

// enterNew opens a scope with what all of its kind contain.
func (b *Builder) enterNew(name string, kind ScopeKind, at source.Span) *Scope {
	sc := b.newScope(name, kind, at)
	b.enter(sc)
	if kind == AnnotationScope || kind == TypeVariableScope || kind == TypeAliasScope {
		// Code for the format that is asked for will read this parameter.
		b.param(idDotFormat)
		b.mark(idDotFormat, Use)
	}
	return sc
}

// seeClass makes the current scope one that looks names up in the class around it.
func (b *Builder) seeClass() {
	b.cur.CanSeeClassScope = true
	b.mark(idClassDict, Use)
}

// symbol returns the symbol for a name in the current scope, a new one if need be.
func (b *Builder) symbol(id nameID) *Symbol {
	sc := b.cur
	n := &b.table.names.list[id]
	if n.serial == sc.serial {
		return n.sym
	}
	// A name last looked up by a scope older than this one is not in it: scopes
	// inside are younger. That spares most new names the search.
	var sym *Symbol
	if n.serial > sc.serial || sc.reentered {
		sym = sc.search(id)
	}
	if sym == nil {
		sym = b.newSymbol(id)
		sc.append(sym)
	}
	n.serial, n.sym = sc.serial, sym
	return sym
}

func (b *Builder) newSymbol(id nameID) *Symbol {
	sym := b.symbols.next()
	*sym = Symbol{Name: b.table.names.Text(id), Slot: -1, id: id}
	return sym
}

// mark adds flags to a name of the table's own in the current scope.
func (b *Builder) mark(id nameID, flags Flags) { b.symbol(id).Flags |= flags }

// param makes a name of the table's own a parameter of the current scope.
func (b *Builder) param(id nameID) {
	sym := b.symbol(id)
	sym.Flags |= DefParam
	b.addParam(sym)
}

func (b *Builder) addParam(sym *Symbol) {
	sc := b.cur
	if len(sc.Params) == cap(sc.Params) {
		n := 2*len(sc.Params) + 1
		sc.Params = append(b.strings.room(n), sc.Params...)
		sc.ParamNums = append(b.ids.room(n), sc.ParamNums...)
	}
	sc.Params, sc.ParamNums = append(sc.Params, sym.Name), append(sc.ParamNums, sym.id)
}

// reserveParams makes room for n parameters of the current scope.
func (b *Builder) reserveParams(n int) {
	if n > 0 {
		b.cur.Params, b.cur.ParamNums = b.strings.room(n), b.ids.room(n)
	}
}

// mangle returns the name that id stands for in sc.
func (b *Builder) mangle(sc *Scope, id nameID) nameID {
	if sc.Private == "" || sc.mangled != nil && !sc.mangled[id] {
		return id
	}
	if !b.table.names.list[id].private {
		return id
	}
	return b.table.names.intern(Mangle(sc.Private, b.table.names.Text(id)))
}

// flags returns the flags of a name of the source in sc.
func (b *Builder) flags(sc *Scope, id nameID) Flags {
	id = b.mangle(sc, id)
	if n := &b.table.names.list[id]; n.serial == sc.serial {
		return n.sym.Flags
	}
	if sym := sc.search(id); sym != nil {
		return sym.Flags
	}
	return 0
}

// define notes that the current scope binds a name of the source.
func (b *Builder) define(name string, flags Flags, at source.Span) bool {
	return b.defineNum(name, 0, flags, at)
}

// defineNum is define for a name that has the number num in the tree.
func (b *Builder) defineNum(name string, num nameID, flags Flags, at source.Span) bool {
	return b.defineID(b.table.names.id(name, num), flags, at)
}

// defineArg makes a parameter a name of the current scope.
func (b *Builder) defineArg(a *ast.Arg) bool {
	return b.defineNum(a.Arg, a.ArgNum, DefParam, a.Span)
}

func (b *Builder) defineID(id nameID, flags Flags, at source.Span) bool {
	const write = DefParam | DefLocal | DefImport
	if id == idDebug && flags&write != 0 {
		return b.fail("cannot assign to __debug__", at)
	}
	sc := b.cur
	if flags&DefTypeParam != 0 && sc.mangled != nil {
		sc.mangled[id] = true
	}
	return b.add(id, flags, at)
}

// add adds flags to a name of the source in the current scope.
func (b *Builder) add(id nameID, flags Flags, at source.Span) bool {
	sc := b.cur
	mangled := b.mangle(sc, id)
	sym := b.symbol(mangled)
	if both := sym.Flags & flags; both&(DefParam|DefTypeParam) != 0 {
		text := b.table.names.Text(id)
		if both&DefParam != 0 {
			return b.fail("duplicate argument '"+text+"' in function definition", at)
		}
		return b.fail("duplicate type parameter '"+text+"'", at)
	}
	sym.Flags |= flags
	if sc.compIterTarget {
		if sym.Flags&(DefGlobal|DefNonlocal) != 0 {
			text := b.table.names.Text(id)
			return b.fail("comprehension inner loop cannot rebind assignment expression target '"+text+"'", at)
		}
		sym.Flags |= DefCompIter
	}
	if flags&DefParam != 0 {
		b.addParam(sym)
	} else if flags&DefGlobal != 0 {
		b.addTo(b.table.Top, mangled, DefGlobal)
	}
	return true
}

// addTo adds flags to a mangled name in a scope around the current one. It leaves
// the cache alone, whose entries for older scopes would say that younger ones do not
// have the name.
func (b *Builder) addTo(sc *Scope, mangled nameID, flags Flags) {
	sym := sc.search(mangled)
	if sym == nil {
		sym = b.newSymbol(mangled)
		sc.append(sym)
	}
	sym.Flags |= flags
}

// declare handles a name of a global or nonlocal statement.
func (b *Builder) declare(name string, flag Flags, at source.Span) bool {
	id := b.table.names.intern(name)
	kind := "global"
	if flag == DefNonlocal {
		kind = "nonlocal"
	}
	switch had := b.flags(b.cur, id); {
	case had&DefParam != 0:
		return b.fail("name '"+name+"' is parameter and "+kind, at)
	case had&Use != 0:
		return b.fail("name '"+name+"' is used prior to "+kind+" declaration", at)
	case had&DefAnnot != 0:
		return b.fail("annotated name '"+name+"' can't be "+kind, at)
	case had&DefLocal != 0:
		return b.fail("name '"+name+"' is assigned to before "+kind+" declaration", at)
	}
	return b.direct(id, flag, at)
}

// direct makes a name of the source global or nonlocal in the current scope.
func (b *Builder) direct(id nameID, flag Flags, at source.Span) bool {
	if !b.add(id, flag, at) {
		return false
	}
	b.directives = append(b.directives, directive{b.cur, b.mangle(b.cur, id), at})
	return true
}

// checkName refuses __debug__ as the name of an attribute, keyword, ... that is
// bound or deleted.
func (b *Builder) checkName(name string, ctx ast.Context, at source.Span) bool {
	if ctx == ast.Load || name != idDebug.Fixed() {
		return true
	}
	if ctx == ast.Del {
		return b.fail("cannot delete __debug__", at)
	}
	return b.fail("cannot assign to __debug__", at)
}
