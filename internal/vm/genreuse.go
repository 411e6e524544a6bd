package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// Most generators end soon. Then others get their windows, and what only the await, yield from, loop or builtin that it was made for has known is used again whole,
// with the function of a generator expression.

// windowSizes are how many values windows have that are used again.
var windowSizes = [...]int{8, 12, 20, 32}

// maxWindows is how many windows of a size a thread keeps, and how many generators with such windows.
const maxWindows = 64

// sizeClass returns which of the windowSizes has room for n values, -1: none.
func sizeClass(n int) int {
	for i, size := range windowSizes {
		if n <= size {
			return i
		}
	}
	return -1
}

// newWindow returns a window of at least n values that are empty. Most generators end soon: then the next ones get their windows, which are by far
// the greater part of what a generator takes.
func newWindow(t *Thread, n, class int) *Value {
	if class < 0 {
		return unsafe.SliceData(make([]Value, n))
	}
	free := &aux(t).windows[class]
	if k := len(*free) - 1; k >= 0 {
		w := (*free)[k]
		(*free)[k] = nil // else the window would outlive its generator here
		*free = (*free)[:k]
		return w
	}
	return unsafe.SliceData(make([]Value, windowSizes[class]))
}

// dropWindow gives the window of a generator that has ended to the next one, or the whole generator if nothing else knows that. Nothing else may
// know the window: frames of the generator have been detached.
func (g *Generator) dropWindow(t *Thread) {
	n := int(g.code.FrameBytes/valueSize) + 2
	class := sizeClass(n)
	if g.owned && g.rare == nil && g.frame == nil && !g.armed && class >= 0 {
		if free := &aux(t).spent[class]; len(*free) < maxWindows {
			if g.lent {
				aux(t).iters.drop(*(*Value)(g.fp()))
				g.lent = false
			}
			clear(g.slots())
			g.owned = false
			if g.private && g.fun.Code == g.code {
				spendFunc(t, g.fun)
			}
			g.private = false
			*free = append(*free, g) // it has ended, until then
			return
		}
	}
	w := g.window
	clear(span(w, n))
	g.window = nil
	if class >= 0 {
		if free := &aux(t).windows[class]; len(*free) < maxWindows {
			*free = append(*free, w)
		}
	}
}

// letGo makes a loop forget a generator that has ended and is to be used again.
func (g *Generator) letGo(t *Thread, it *Value) {
	if g.window == nil {
		return
	}
	a := aux(t)
	if a.ended == nil {
		a.ended = &Generator{Head: object.Head{Type: &object.GeneratorType}, code: g.code, fun: g.fun, state: genDone}
	}
	*it = object.Of(a.ended)
}

// opDropIter leaves a loop before its end. Python ends a generator when nothing refers to it any more, as is so with one that only the loop knows: what
// its finally clauses do is done at once. One that waits outside of them has nothing to do, and serves the next.
func opDropIter(t *Thread, fp ptr, w uint64) bool {
	it := regA(fp, w)
	if fieldX(w) == lift.LoopLone && isCollection(*it) {
		if s := aux(t); s.lone.n > 0 && s.lone.take(*it) {
			s.collections.drop(*it)
		}
		return true
	}
	if it.Type() != &object.GeneratorType {
		return true
	}
	v := *it
	g := object.To[Generator](v)
	if !g.owned || g.state != genSuspended || watched(t) {
		return true
	}
	*it = Value{}
	g.discard(t)
	return true
}

// discard ends a suspended generator that nobody knows any more.
func (g *Generator) discard(t *Thread) {
	if g.started && !g.idle() {
		g.owned = false // what it does may reach it
		finalizeGenerator(t, object.Of(g))
		return
	}
	g.end(t)
}

// idle reports whether a suspended generator that has been started waits where closing it runs no code of the program.
func (g *Generator) idle() bool {
	y := *(*uint64)(unsafe.Add(*(*ptr)(ptr(&g.ip)), -wordSize))
	return lift.Op(y) == lift.Yield && fieldX(y) != 1 && fieldC(y) == 0
}

// end ends a suspended generator without running it. It has no Frame object.
func (g *Generator) end(t *Thread) {
	g.disarm(t)
	g.state = genDone
	g.dropWindow(t)
}

// getter returns what is called by the next word, or the one behind that if the next one puts it in its place.
func getter(t *Thread, fp ptr) Value {
	w := *(*uint64)(ipOf(t))
	if lift.Op(w) != lift.Move {
		return *regB(fp, w)
	}
	call := *(*uint64)(unsafe.Add(ipOf(t), wordSize))
	if regOf(w) == fieldB(call) {
		return *regB(fp, w)
	}
	return *regB(fp, call)
}

// usesUp reports whether f is a builtin that does not look at an iterable again once that has no more items.
func usesUp(f Value) bool {
	switch f.Type() {
	case &object.BuiltinType:
		return object.To[object.Builtin](f).Def.UsesUp
	case &object.MethodDescrType:
		return object.To[object.MethodDescr](f).Def.UsesUp
	case &object.TypeType:
		switch object.To[object.Type](f) {
		case &object.ListType, &object.TupleType, &object.SetType, &object.FrozenSetType, &object.DictType:
			return true
		}
	}
	return false
}

// maxCells is how many cells closures have, at most, that are used again, and maxFuncs how many such functions with so many cells a thread keeps.
const (
	maxCells = 4
	maxFuncs = 16
)

// spendFunc keeps the function of a generator that nothing else knows for the next one.
func spendFunc(t *Thread, f *object.Func) {
	n := 0
	if f.Closure != nil {
		n = f.Closure.Len()
	}
	if n > maxCells || f.Type != &object.FuncType {
		return
	}
	if free := &aux(t).functions[n]; len(*free) < maxFuncs {
		if n > 0 {
			clear(f.Closure.Items())
		}
		*free = append(*free, f)
	}
}

// spentFunc makes a function of code with a closure of cells, as one that runs does, from one that has been used; nil: there is none.
func spentFunc(t *Thread, c *object.Code, in *object.Func, cells []Value) *object.Func {
	n := len(cells)
	if n > maxCells {
		return nil
	}
	free := &aux(t).functions[n]
	k := len(*free) - 1
	if k < 0 {
		return nil
	}
	f := (*free)[k]
	(*free)[k] = nil
	*free = (*free)[:k]
	f.Remake(t, c, in.Globals, cells)
	return f
}

// usedOnce reports whether the generator that a call makes is used by nothing but a word that does not look at it again when it is over.
func usedOnce(t *Thread, fp ptr, w uint64) bool {
	known := fieldX(w)
	switch op := lift.Op(w); {
	case known&lift.CallLooped != 0, soleUser(t.IP),
		known&lift.CallGiven != 0 && usesUp(getter(t, fp)),
		known&lift.CallStepped != 0 && isNext(*prev(regA(fp, w))):
		return true
	case op == lift.CallMethod, op == lift.CallMethodGen:
		return known&lift.CallKeyed != 0 && usesUp(*prev(regA(fp, w)))
	}
	return false
}

// takesAll has the operations that use up an iterable, and the one before a CallEx.
var takesAll = [256]bool{
	lift.ListExtend: true, lift.SetUpdate: true, lift.Unpack: true, lift.Unpack2: true, lift.UnpackTo: true, lift.UnpackEx: true, lift.LoadNull: true,
}

// takenWhole reports whether what a call returns is used by nothing but the word behind it, which uses it up and is no loop.
func takenWhole(t *Thread, fp ptr, w uint64) bool {
	known := fieldX(w)
	return known&lift.CallGiven != 0 && usesUp(getter(t, fp)) || known&lift.CallLooped != 0 && takesAll[uint8(*(*uint64)(ipOf(t)))]
}

// soleUser reports whether the result of the word that runs is awaited, what yield from sends to, or walked along by the words behind it and used by
// nothing else.
// ip points behind the word.
func soleUser(ip uintptr) bool {
	p := asPtr(&ip)
	a := regOf(word(p))
	get := *(*uint64)(p)
	if lift.Op(get) == lift.GetIter {
		return fieldX(get)&(lift.Walks|lift.Sole) == lift.Walks|lift.Sole && fieldB(get) == a
	}
	return (lift.Op(get) == lift.GetAwaitable || lift.Op(get) == lift.GetYieldFromIter) && regOf(get) == a && fieldB(get) == a && sentTo(p, a)
}

// sentTo reports whether the words behind the one at p send None to a register, as yield from and await do, which nothing else looks at then.
func sentTo(p ptr, a int) bool {
	if lift.Op(*(*uint64)(unsafe.Add(p, wordSize))) != lift.LoadK {
		return false
	}
	send := *(*uint64)(unsafe.Add(p, 2*wordSize))
	return lift.Op(send) == lift.Send && fieldX(send) == 1 && regOf(send) == a
}

// regOf is field a of a word.
func regOf(w uint64) int { return int(w >> 16 & 0xffff) }
