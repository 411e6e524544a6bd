package codegen

import (
	"slices"
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
)

// unitKind says what a unit is compiled from. It is not the kind of its scope:
// the functions around type parameters and their values are annotations here.
type unitKind uint8

const (
	moduleUnit unitKind = iota
	classUnit
	functionUnit
	asyncFunctionUnit
	lambdaUnit
	comprehensionUnit
	annotationsUnit
)

// unit is what is known of a code object while its instructions are made.
type unit struct {
	instruction.Unit
	kind  unitKind
	scope *symtable.Scope
	out   *instruction.Sequence // where its instructions go
	// function is set for scopes that are functions at run time.
	function bool

	blocks      []block
	inlined     int // depth of inlined comprehensions
	conditional int // depth of compound statements other than definitions

	stopped   instruction.Label // see stopIterationHandler
	noneIndex int32             // of None among the constants, -1 if it is not yet

	staticAttrs []string             // of a class: attributes assigned to self in methods
	annotations []annotation         // of a class or module: deferred annotations
	annIndex    int32                // next index of a conditional annotation
	annCode     instruction.Sequence // code of deferred annotations of a module
}

// parameters are the counts of parameters of a unit, and whether stopIterationHandler will
// end it.
type parameters struct {
	args, posOnly, kwOnly int
	handled               bool
}

// enter opens a unit in the current one and emits its first instruction.
func (g *generator) enter(kind unitKind, name string, scope *symtable.Scope, line int32, p parameters) {
	g.enterNum(kind, name, 0, scope, line, p)
}

// enterNum is enter for a unit whose name has the number num in the tree.
func (g *generator) enterNum(kind unitKind, name string, num token.NameID, scope *symtable.Scope, line int32, p parameters) {
	g.level++
	if g.level == len(g.units) {
		g.units = append(g.units, &unit{})
	}
	u := g.units[g.level]
	u.reset()
	u.out = &u.Code
	g.u, g.seq = u, u.out
	if scope == nil {
		g.internal(source.Span{Line: line, EndLine: line}, "no symbol table for '%s'", name)
		scope = g.table.Top // anything that can be asked
	}
	u.kind, u.scope, u.function = kind, scope, scope.IsFunctionLike()
	scope.Ready()
	u.Version, u.Filename, u.Cache, u.Spent = pyver.Py314, g.filename, g.cache, g.spend
	u.Name, u.NameNum, u.FirstLine = name, g.table.Given(num), line
	u.ArgCount, u.PosOnlyArgCount, u.KwOnlyArgCount = p.args, p.posOnly, p.kwOnly
	u.Flags = g.codeFlags(scope)
	for i, name := range scope.Params {
		u.VarNames.AddNum(name, scope.ParamNums[i], g.cache)
	}
	u.bindCells(scope)
	u.QualName, u.QualText = name, nil
	if g.level > 0 {
		u.QualName = g.qualName(u)
	}

	at := source.Span{Line: line, EndLine: line}
	if kind == moduleUnit {
		at.Line = 0
		g.opArg(at, opcode.RESUME, resumeAtStart)
		g.op(at, opcode.ANNOTATIONS_PLACEHOLDER)
		return
	}
	if p.handled {
		u.stopped = g.newLabel()
		g.jump(none, opcode.SETUP_CLEANUP, u.stopped)
	}
	g.opArg(at, opcode.RESUME, resumeAtStart)
}

// bindCells lists the cell and free variables of a scope, which most do not have,
// and forgets where its symbols were if it has been compiled before.
func (u *unit) bindCells(scope *symtable.Scope) {
	cells := scope.NeedsClassClosure || scope.NeedsClassDict || scope.HasConditionalAnnotations
	free := false
	if scope.Alone && !cells && !scope.Entered {
		scope.Entered = true
		return
	}
	scope.Entered = true
	for sym := scope.First(); sym != nil; sym = sym.Next() {
		sym.Slot = -1
		switch sym.Resolution {
		case symtable.Cell:
			cells = true
		case symtable.Free:
			free = true
		}
		if sym.Flags&(symtable.DefCompCell|symtable.DefFreeClass) != 0 {
			cells, free = true, true
		}
	}
	if cells {
		u.CellVars.List = append(u.CellVars.List, scope.CellVars()...)
	}
	if free {
		u.FreeVars.List = append(u.FreeVars.List, scope.FreeVars()...)
	}
}

// reset empties u but keeps the memory of its lists.
func (u *unit) reset() {
	u.Consts.Reset()
	u.Names.Reset()
	u.VarNames.Reset()
	u.CellVars.Reset()
	u.FreeVars.Reset()
	u.Code.Reset()
	u.FastHidden = nil
	u.blocks = u.blocks[:0]
	u.inlined, u.conditional = 0, 0
	u.noneIndex, u.Given = -1, 0
	u.staticAttrs = u.staticAttrs[:0]
	u.annotations, u.annIndex = u.annotations[:0], 0
}

// leave closes the current unit and returns its code object; nil after an error.
// With returnNone it makes sure that the end of the code is not run over: it
// returns None there, otherwise what is on the stack.
func (g *generator) leave(returnNone bool) *code.Object {
	if returnNone {
		g.u.Given = len(g.u.Consts.List) + 1
		g.loadNone(none)
	}
	g.exit(none, opcode.RETURN_VALUE, 0)
	u := g.u
	var co *code.Object
	if g.err == nil {
		var err error
		if co, err = g.finish(&u.Unit); err != nil {
			g.finishError(err)
		}
	}
	g.level--
	g.u = nil
	if g.level >= 0 {
		g.u = g.units[g.level]
		g.seq = g.u.out
	}
	return co
}

// finishError notes an error of the stages behind.
func (g *generator) finishError(err error) {
	if d, ok := err.(*source.Diagnostic); ok {
		g.err = d
		return
	}
	g.internal(source.Span{Line: g.u.FirstLine, EndLine: g.u.FirstLine}, "%v", err)
}

// codeFlags returns co_flags of the code object of a scope.
func (g *generator) codeFlags(s *symtable.Scope) code.Flags {
	flags := g.flags
	if s.IsFunctionLike() {
		flags |= code.NewLocals | code.Optimized
		if s.Nested {
			flags |= code.Nested
		}
		if s.Generator && s.Coroutine {
			flags |= code.AsyncGenerator
		} else if s.Generator {
			flags |= code.Generator
		}
		if s.VarArgs {
			flags |= code.VarArgs
		}
		if s.VarKeywords {
			flags |= code.VarKeywords
		}
		if s.HasDocstring {
			flags |= code.HasDocstring
		}
		if s.Method {
			flags |= code.Method
		}
	}
	if s.Coroutine && !s.Generator {
		flags |= code.Coroutine
	}
	return flags
}

// qualName returns the qualified name of u, which is inside another unit. The
// functions around type parameters do not show in it.
func (g *generator) qualName(u *unit) string {
	if g.level == 1 {
		return u.Name
	}
	parent := g.units[g.level-1]
	if parent.kind == annotationsUnit {
		if g.level == 2 {
			return u.Name
		}
		parent = g.units[g.level-2]
	}
	if u.kind == functionUnit || u.kind == asyncFunctionUnit || u.kind == classUnit {
		if sym := parent.scope.LookupNum(u.Name, u.NameNum); sym != nil && sym.Resolution == symtable.GlobalExplicit {
			return u.Name
		}
	}
	b := append(g.buf[:0], parent.QualName...)
	if parent.kind == functionUnit || parent.kind == asyncFunctionUnit || parent.kind == lambdaUnit {
		b = append(b, ".<locals>"...)
	}
	g.buf = append(append(b, '.'), u.Name...)
	return g.cache.String(g.buf)
}

// noteStaticAttr notes that an attribute of self is assigned, for
// __static_attributes__ of the innermost class around the current unit.
func (g *generator) noteStaticAttr(n *ast.Attribute) {
	if n.Ctx != ast.Store {
		return
	}
	if self, ok := n.Value.(*ast.Name); !ok || self.ID != "self" {
		return
	}
	for i := g.level - 1; i >= 0; i-- {
		if u := g.units[i]; u.kind == classUnit {
			// Methods assign the same attributes again and again, mostly the last
			// ones; sorting removes the duplicates that this misses.
			for _, s := range u.staticAttrs[max(0, len(u.staticAttrs)-8):] {
				if s == n.Attr {
					return
				}
			}
			u.staticAttrs = append(u.staticAttrs, n.Attr)
			return
		}
	}
}

// staticAttributes returns the value of __static_attributes__ of the current class.
func (g *generator) staticAttributes() *code.Tuple {
	u := g.u
	slices.SortFunc(u.staticAttrs, compareText)
	u.staticAttrs = slices.Compact(u.staticAttrs)
	var buf [16]code.Value
	names := buf[:0]
	for _, s := range u.staticAttrs {
		names = append(names, g.cache.Str(s))
	}
	return g.cache.Tuple(names)
}

// compareText orders strings by code point, which is how UTF-8 orders them too.
func compareText(a, b string) int { return strings.Compare(a, b) }
