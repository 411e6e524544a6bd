package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// comprehension is what the four kinds of comprehensions have in common.
type comprehension struct {
	source.Span
	name       string
	build, add opcode.Op // no build for generator expressions
	generators []*ast.Comprehension
	elt, value ast.Expr // value of dict comprehensions only
}

func (g *generator) listComp(n *ast.ListComp) {
	g.comprehension(&comprehension{
		n.Span, "<listcomp>", opcode.BUILD_LIST, opcode.LIST_APPEND, n.Generators, n.Elt, nil,
	}, g.table.Scope(n))
}

func (g *generator) setComp(n *ast.SetComp) {
	g.comprehension(&comprehension{
		n.Span, "<setcomp>", opcode.BUILD_SET, opcode.SET_ADD, n.Generators, n.Elt, nil,
	}, g.table.Scope(n))
}

func (g *generator) dictComp(n *ast.DictComp) {
	g.comprehension(&comprehension{
		n.Span, "<dictcomp>", opcode.BUILD_MAP, opcode.MAP_ADD, n.Generators, n.Key, n.Value,
	}, g.table.Scope(n))
}

func (g *generator) generatorExp(n *ast.GeneratorExp) {
	g.comprehension(&comprehension{
		n.Span, "<genexpr>", 0, 0, n.Generators, n.Elt, nil,
	}, g.table.Scope(n))
}

// comprehension compiles one: in place if the symbol table says so, otherwise as
// a function, which is called with the outermost iterator.
func (g *generator) comprehension(c *comprehension, scope *symtable.Scope) {
	if scope == nil || len(c.generators) == 0 {
		g.internal(c.Span, "no symbol table for '%s'", c.name)
		return
	}
	if scope.ComprehensionInlined {
		g.outermostIter(c)
		state := g.enterInlined(c.Span, scope)
		g.opArg(c.Span, c.build, 0)
		g.opArg(c.Span, opcode.SWAP, 2)
		g.comprehensionLoop(c, 0, 0, true)
		g.leaveInlined(c.Span, state)
		return
	}
	g.enter(comprehensionUnit, c.name, scope, c.Line, parameters{args: 1, handled: c.build == 0})
	if c.build != 0 {
		g.opArg(c.Span, c.build, 0)
	}
	g.comprehensionLoop(c, 0, 0, false)
	if c.build != 0 {
		g.exit(c.Span, opcode.RETURN_VALUE, 0)
	} else {
		g.stopIterationHandler()
	}
	co := g.leave(true)
	g.makeFunction(c.Span, co, 0)
	g.outermostIter(c)
	g.opArg(c.Span, opcode.CALL, 0)
	if scope.Coroutine && c.build != 0 {
		g.opArg(c.Span, opcode.GET_AWAITABLE, 0)
		g.loadNone(c.Span)
		g.sendLoop(c.Span, resumeAfterAwait)
	}
}

// outermostIter makes the first iterator, which is outside of the comprehension.
func (g *generator) outermostIter(c *comprehension) {
	first := c.generators[0]
	g.expr(first.Iter)
	if first.IsAsync != 0 {
		g.op(first.Iter.Pos(), opcode.GET_AITER)
	} else {
		g.op(first.Iter.Pos(), opcode.GET_ITER)
	}
}

// comprehensionLoop compiles the loop of generator i and those inside of it.
// depth is how many iterators are on the stack above the result.
func (g *generator) comprehensionLoop(c *comprehension, i, depth int, iterOnStack bool) {
	gen := c.generators[i]
	if gen.IsAsync != 0 {
		g.asyncComprehensionLoop(c, i, depth, iterOnStack)
		return
	}
	start, cleanup, anchor := g.newLabel(), g.newLabel(), g.newLabel()
	loop := true
	if iterOnStack {
		// Made by outermostIter.
	} else if i == 0 {
		g.opArg(c.Span, opcode.LOAD_FAST, 0)
	} else if only := onlyItem(gen.Iter); only != nil {
		// "for x in [y]" names a value; there is nothing to iterate over.
		g.expr(only)
		loop = false
	} else {
		g.expr(gen.Iter)
		g.op(gen.Iter.Pos(), opcode.GET_ITER)
	}
	if loop {
		depth++
		g.use(start)
		g.jump(gen.Iter.Pos(), opcode.FOR_ITER, anchor)
	}
	g.expr(gen.Target)
	for _, e := range gen.Ifs {
		g.jumpIf(c.Span, e, cleanup, false)
	}
	at := g.comprehensionElement(c, i+1, depth)
	g.use(cleanup)
	if loop {
		g.jump(at, opcode.JUMP, start)
		g.use(anchor)
		// Generators are jumped out of to the first instruction, other iterators
		// to the second.
		g.op(none, opcode.END_FOR)
		g.op(none, opcode.POP_ITER)
	}
}

// onlyItem returns the only item of a list or tuple display, nil if e is
// something else.
func onlyItem(e ast.Expr) ast.Expr {
	var items []ast.Expr
	switch n := e.(type) {
	case *ast.List:
		items = n.Elts
	case *ast.Tuple:
		items = n.Elts
	}
	if len(items) != 1 {
		return nil
	}
	if _, ok := items[0].(*ast.Starred); ok {
		return nil
	}
	return items[0]
}

func (g *generator) asyncComprehensionLoop(c *comprehension, i, depth int, iterOnStack bool) {
	gen := c.generators[i]
	start, send, except, cleanup := g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel()
	if iterOnStack {
		// Made by outermostIter.
	} else if i == 0 {
		g.opArg(c.Span, opcode.LOAD_FAST, 0)
	} else {
		g.expr(gen.Iter)
		g.op(gen.Iter.Pos(), opcode.GET_AITER)
	}
	g.use(start)
	g.push(block{kind: asyncComprehension, at: c.Span, start: start, exit: instruction.NoLabel})
	g.jump(c.Span, opcode.SETUP_FINALLY, except)
	g.op(c.Span, opcode.GET_ANEXT)
	g.loadNone(c.Span)
	g.use(send)
	g.sendLoop(c.Span, resumeAfterAwait)
	g.op(c.Span, opcode.POP_BLOCK)
	g.expr(gen.Target)
	for _, e := range gen.Ifs {
		g.jumpIf(c.Span, e, cleanup, false)
	}
	at := g.comprehensionElement(c, i+1, depth+1)
	g.use(cleanup)
	g.jump(at, opcode.JUMP, start)
	g.pop(asyncComprehension)
	g.use(except)
	g.jump(c.Span, opcode.END_ASYNC_FOR, send)
}

// comprehensionElement compiles what is inside of a loop: the next loop, or the
// element. It returns the position of the element.
func (g *generator) comprehensionElement(c *comprehension, i, depth int) source.Span {
	at := c.elt.Pos()
	if i < len(c.generators) {
		g.comprehensionLoop(c, i, depth, false)
		return at
	}
	g.expr(c.elt)
	if c.build == 0 {
		g.yieldValue(at)
		g.op(at, opcode.POP_TOP)
		return at
	}
	if c.value != nil {
		g.expr(c.value)
		end := c.value.Pos()
		at.EndLine, at.EndCol = end.EndLine, end.EndCol
	}
	g.opArg(at, c.add, depth+1)
	return at
}

// savedSymbol is a symbol of the scope around an inlined comprehension as it is
// outside of it.
type savedSymbol struct {
	sym        *symtable.Symbol
	flags      symtable.Flags
	resolution symtable.Resolution
	slot       int32
	hidden     bool // it is a local of the unit only inside of the comprehension
}

// inlined is the state of an inlined comprehension that is being compiled.
type inlined struct {
	saved, pushed int // where its part of g.saved and g.pushed begins
	cleanup       instruction.Label
}

// enterInlined begins an inlined comprehension: names mean what they mean in the
// comprehension, and the variables it binds are kept safe on the stack, below
// the outermost iterator.
func (g *generator) enterInlined(at source.Span, scope *symtable.Scope) inlined {
	u := g.u
	state := inlined{saved: len(g.saved), pushed: len(g.pushed)}
	inClass := u.scope.Kind == symtable.ClassScope && u.inlined == 0
	u.inlined++
	for sym := scope.First(); sym != nil; sym = sym.Next() {
		outer := u.scope.LookupSame(sym)
		outside := symtable.Unresolved
		if outer != nil {
			outside = outer.Resolution
		}
		inside := sym.Resolution
		bound := sym.Flags&symtable.DefLocal != 0 && sym.Flags&symtable.DefNonlocal == 0
		// What is free inside is found as the scope around finds it. A cell inside
		// that is free outside is reached in the same way.
		change := inClass || inside != outside && inside != symtable.Free &&
			!(inside == symtable.Cell && outside == symtable.Free)
		hide := !u.function && (bound || inClass) && !u.FastHidden[sym.Name]
		if outer != nil && (change || hide) {
			g.saved = append(g.saved, savedSymbol{outer, outer.Flags, outside, outer.Slot, hide})
			outer.Slot = -1
			if change {
				// With the flags, so that an imported module is none inside.
				outer.Flags, outer.Resolution = sym.Flags, inside
			}
			if hide {
				if u.FastHidden == nil {
					u.FastHidden = map[string]bool{}
				}
				u.FastHidden[sym.Name] = true
			}
		}
	}
	for sym := scope.First(); sym != nil; sym = sym.Next() {
		if sym.Flags&symtable.DefLocal == 0 || sym.Flags&symtable.DefNonlocal != 0 {
			continue
		}
		g.opArg(at, opcode.LOAD_FAST_AND_CLEAR, u.VarNames.AddNum(sym.Name, sym.Num(), g.cache))
		if sym.Resolution == symtable.Cell {
			// The old cell is on the stack; the comprehension gets a new one.
			if u.scope.Resolve(sym.Name) == symtable.Free {
				g.opArg(at, opcode.MAKE_CELL, len(u.CellVars.List)+u.FreeVars.Add(sym.Name))
			} else {
				g.opArg(at, opcode.MAKE_CELL, u.CellVars.Add(sym.Name))
			}
		}
		g.pushed = append(g.pushed, sym)
	}
	if n := len(g.pushed) - state.pushed; n > 0 {
		g.opArg(at, opcode.SWAP, n+1)
		// Whatever handles an exception must find the variables as they were.
		state.cleanup = g.newLabel()
		g.jump(at, opcode.SETUP_FINALLY, state.cleanup)
	}
	return state
}

// leaveInlined ends an inlined comprehension, whose result is on the stack.
func (g *generator) leaveInlined(at source.Span, state inlined) {
	if len(g.pushed) > state.pushed {
		g.op(none, opcode.POP_BLOCK)
		end := g.newLabel()
		g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
		g.use(state.cleanup)
		g.opArg(none, opcode.SWAP, 2)
		g.op(none, opcode.POP_TOP)
		g.restoreVariables(at, g.pushed[state.pushed:])
		g.exit(none, opcode.RERAISE, 0)
		g.use(end)
		g.restoreVariables(at, g.pushed[state.pushed:])
		g.pushed = g.pushed[:state.pushed]
	}
	u := g.u
	u.inlined--
	for i := len(g.saved) - 1; i >= state.saved; i-- {
		s := &g.saved[i]
		s.sym.Flags, s.sym.Resolution, s.sym.Slot = s.flags, s.resolution, s.slot
		if s.hidden {
			// The entry stays: the variable is one that locals() does not show.
			u.FastHidden[s.sym.Name] = false
		}
	}
	g.saved = g.saved[:state.saved]
}

// restoreVariables stores what enterInlined pushed, from below the value on top.
func (g *generator) restoreVariables(at source.Span, pushed []*symtable.Symbol) {
	g.opArg(at, opcode.SWAP, len(pushed)+1)
	for i := len(pushed) - 1; i >= 0; i-- {
		g.opArg(at, opcode.STORE_FAST_MAYBE_NULL, g.u.VarNames.AddNum(pushed[i].Name, pushed[i].Num(), g.cache))
	}
}
