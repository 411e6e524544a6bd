package vm

import (
	"runtime"
	"slices"
	"sync/atomic"
	"weak"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// Generators that are forgotten while they are suspended are closed when the garbage collector finds them. Only those get a finalizer that
// have something to do then: those that have been suspended inside a try or with statement (guard marks the yields), and asynchronous
// generators with a hook. Of coroutines that are forgotten before they have begun a note is left. Both have to wait until the generator has
// outlived a collection (object.Aging): most end before.

// guard marks the yields at which closing the generator would run code of the program: field c becomes 1.
func guard(c *object.Code, l *lift.Code) {
	for i, w := range l.Words {
		if lift.Op(w) == lift.Yield && guarded(c, l, i) {
			l.Words[i] = w | 1<<48
		}
	}
}

// handles reports whether there are handlers in code other than those that tidy up without looking at the exception. The faithful lift has the same answer.
func handles(o *code.Object) bool {
	table := o.Opcodes()
	for i := 0; i < len(o.Code.S); i += 2 {
		if table.Info(o.Code.S[i]).Op == opcode.PUSH_EXC_INFO {
			return true
		}
	}
	return false
}

// guarded reports whether an exception raised by a word gets to a handler of the program, and not only to those that tidy up.
func guarded(c *object.Code, l *lift.Code, word int) bool {
	for range 20 { // handlers inside each other
		h, ok := l.Handler(word)
		if !ok {
			return false
		}
		u := int(l.Units[h.Target])
		if c.Obj.Opcodes().Info(c.Obj.Code.S[2*u]).Op == opcode.CLEANUP_THROW {
			word = int(h.Target)
			continue
		}
		if u = tidies(c.Obj, u); u < 0 {
			return true
		}
		word = int(h.Target)
		for word < len(l.Words)-1 && int(l.Units[word]) < u {
			word++
		}
	}
	return true
}

// tidies returns the unit of the RERAISE that ends the handler at a unit, if there is nothing before it that a program could notice; else -1.
func tidies(o *code.Object, unit int) int {
	table := o.Opcodes()
	for u := unit; 2*u < len(o.Code.S); {
		in := table.Info(o.Code.S[2*u])
		switch in.Op {
		case opcode.COPY, opcode.POP_EXCEPT, opcode.SWAP, opcode.POP_TOP, opcode.LOAD_CONST, opcode.STORE_FAST, opcode.DELETE_FAST,
			opcode.STORE_FAST_STORE_FAST, opcode.STORE_DEREF, opcode.DELETE_DEREF, opcode.NOP, opcode.EXTENDED_ARG:
		case opcode.CALL_INTRINSIC_1:
			if o.Code.S[2*u+1] != intrinsicStopIteration {
				return -1
			}
		case opcode.RERAISE:
			return u
		default:
			return -1
		}
		u += 1 + int(in.Caches)
	}
	return -1
}

// intrinsicStopIteration is the number of the intrinsic function that begins the handler around each generator.
const intrinsicStopIteration = 3

// watch makes a generator get what it needs for being forgotten, in time.
func (g *Generator) watch(t *Thread) {
	if !g.armed {
		g.young = t.Watch(g)
	} else if g.frame != nil {
		g.arm(t)
	}
}

func (g *Generator) unwatch(t *Thread) {
	t.Unwatch(g.young)
	g.young = 0
}

// Aged gives a generator that has outlived a collection what it needs for being forgotten.
func (g *Generator) Aged(t *Thread) {
	g.young = 0
	switch {
	case g.state == genDone:
	case g.started || g.Type != &object.CoroutineType:
		g.arm(t)
	default:
		g.rarely().note = noteAwait(t, g, g.fun.Qualname(), "")
	}
}

// disarm is for generators that have ended.
func (g *Generator) disarm(t *Thread) {
	if g.young != 0 {
		g.unwatch(t)
	}
	if g.armed {
		g.armed = false
		g.rare.mortal.Forget()
		object.Unfinalize(object.Of(g))
	}
}

// arm gives a generator its finalizer. Its frame's object, which refers to it, must not be kept by it then, unless it holds something.
func (g *Generator) arm(t *Thread) {
	if !g.armed {
		g.armed = true
		g.rarely().mortal = t.FinalizeInTime(object.Of(g))
	}
	if f := g.frame; f != nil && f.Ext == nil {
		g.rarely().lastFrame = weak.Make(f)
		g.frame = nil
	}
}

// theFrame returns the Frame object that the generator has, or nil.
func (g *Generator) theFrame() *object.Frame {
	if g.frame == nil && g.rare != nil {
		return g.rare.lastFrame.Value()
	}
	return g.frame
}

// finalizeGenerator is __del__ of generators of any kind.
func finalizeGenerator(t *Thread, v Value) {
	g := object.To[Generator](v)
	if g.state != genSuspended {
		return
	}
	if v.Is(&object.AsyncGenType) && g.async&asyncClosed == 0 && g.rare != nil && g.rare.finalizer.P != nil {
		if t.CallArgs(g.rare.finalizer, v).P == nil {
			t.Unraisable("Exception ignored while finalizing generator ", v)
		}
		return
	}
	if !g.started {
		return
	}
	if closeGen(t, g).P == nil {
		t.Unraisable("Exception ignored while closing generator ", v)
	}
}

// awaitNote is what is left of something that ought to be awaited, to say that it has not been.
type awaitNote struct {
	in      weak.Pointer[object.Interp]
	name    Value  // the qualified name
	origin  Value  // cr_origin
	method  string // of an asynchronous generator; empty: a coroutine
	settled atomic.Bool
}

// settle notes that there is nothing to say.
func (n *awaitNote) settle() {
	if n != nil {
		n.settled.Store(true)
	}
}

// noteAwait returns a note for p, which is due when p is garbage.
func noteAwait[T any](t *Thread, p *T, name Value, method string) *awaitNote {
	n := &awaitNote{in: weak.Make(t.Interp), name: name, method: method}
	a := aux(t)
	if len(a.unawaited) == cap(a.unawaited) {
		a.unawaited = slices.DeleteFunc(a.unawaited, func(n *awaitNote) bool { return n.settled.Load() })
		a.unawaited = slices.Grow(a.unawaited, len(a.unawaited)+8)
	}
	a.unawaited = append(a.unawaited, n)
	runtime.AddCleanup(p, func(n *awaitNote) {
		if in := n.in.Value(); in != nil && !n.settled.Load() {
			in.Later(n.warn)
		}
	}, n)
	return n
}

// warn issues the warning.
func (n *awaitNote) warn(t *Thread) {
	if n.settled.Load() {
		return
	}
	n.settle()
	if n.method != "" {
		m, name := t.Repr(object.MakeStr(n.method)), t.Repr(n.name)
		if name == nil || !t.Warn(&object.RuntimeWarningType, 1, "coroutine method %s of %s was never awaited", m.S, name.S) {
			t.Unraisable("Exception ignored while finalizing generator ", n.name)
		}
		return
	}
	g := &Generator{state: genDone, started: true, rare: &rareGen{name: n.name, qualname: n.name, origin: n.origin}}
	g.Type = &object.CoroutineType
	warnAwait(t, g)
}

// warnAwait issues the warning about a coroutine.
func warnAwait(t *Thread, g *Generator) {
	m := t.Interp.Hooks.Import(t, t.Interp.Intern("warnings"), object.None, object.None, object.None, 0)
	if m.P != nil {
		if f := t.GetAttrName(m, "_warn_unawaited_coroutine"); f.P == nil || t.CallArgs(f, object.Of(g)).P == nil {
			m = Value{}
		}
	}
	if m.P == nil {
		t.Unraisable("Exception ignored while finalizing coroutine ", object.Of(g))
	}
}

// dropsResult reports whether a word is a call whose result nobody looks at.
func dropsResult(w uint64) bool {
	return lift.Op(w) >= lift.Call && lift.Op(w) <= lift.CallMethodGen && fieldX(w)&lift.CallDropped != 0
}

// forgotten is for what a function returns that makes a generator of any kind, when nobody looks at it. Of a coroutine it is said here, where CPython
// says it, that it has not been awaited; of what a program loses later, it is said when the collector finds it, or at the end.
func forgotten(t *Thread, g *Generator) {
	if g.young != 0 && g.Type == &object.CoroutineType {
		g.unwatch(t)
		warnAwait(t, g)
	}
}

// WarnUnawaited issues, at the end of the interpreter, the warnings about all coroutines that have not been awaited by then.
func WarnUnawaited(t *Thread) {
	t.AgeAll()
	a := aux(t)
	for _, n := range a.unawaited {
		n.warn(t)
	}
	a.unawaited = nil
}

// watchAwait prepares for a new coroutine being forgotten. ip and fp are the registers of who has made it.
func (g *Generator) watchAwait(t *Thread, ip, fp uintptr) {
	depth := aux(t).originDepth
	if fp != 0 && depth == 0 && lift.Op(*(*uint64)(asPtr(&ip))) == lift.GetAwaitable {
		return // the usual case: it is awaited at once
	}
	if depth == 0 {
		g.young = t.Watch(g)
		return
	}
	r := g.rarely()
	r.note = noteAwait(t, g, g.fun.Qualname(), "")
	r.origin = origin(t, fp, depth)
	r.note.origin = r.origin
}

// origin returns cr_origin: where a coroutine has been made, up to depth frames, the innermost, which is at fp, first.
func origin(t *Thread, at uintptr, depth int) Value {
	var places []Value
	begun := false
	for fp, ip := range callers(t) {
		if begun = begun || uintptr(fp) == at; !begun {
			continue
		}
		if depth--; depth < 0 {
			break
		}
		c := codeOf(fp)
		line, ok := lineOf(realCode(c), unitAt(c, ip)*2)
		if !ok {
			line = -1
		}
		places = append(places, object.Of(object.NewTuple(c.Filename, object.MakeInt(int64(line)), c.Name)))
	}
	return object.Of(object.NewTuple(places...))
}

// OriginDepth is sys.get_coroutine_origin_tracking_depth(), to be read and written.
func OriginDepth(t *Thread) *int { return &aux(t).originDepth }
