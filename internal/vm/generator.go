package vm

import (
	"slices"
	"sync/atomic"
	"unsafe"
	"weak"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// Generator is a generator, coroutine or asynchronous generator. Its frame is in Window: the generator's address, the function,
// then the locals, which FP points to. The address is no pointer, since a generator that refers to itself could have no finalizer;
// who runs or resumes it keeps it alive.
type Generator struct {
	object.Head
	window *Value // nil: the generator has ended
	// code is the function's: the function may have got other code in the meantime.
	code  *object.Code
	fun   *object.Func
	ip    uintptr
	exc   object.ExcInfo
	state genState
	// started says that the first resumption has happened.
	started bool
	// async is what an asynchronous generator has been through.
	async asyncMarks
	// runningAsync says of an asynchronous generator that an awaitable of it is being awaited.
	runningAsync bool
	// owned says that nothing knows the generator but what it was made for, an await, yield from, loop or builtin: it can be used again when that is over.
	owned bool
	// private says that nothing else knows the function.
	private bool
	// lent says that the iterator that a generator expression walks along is the thread's: see lentiter.go.
	lent bool
	// armed says that it has a finalizer. young is its place among those who get one if they live long enough, or 0.
	armed bool
	young uint16
	frame *object.Frame
	rare  *rareGen
}

// rareGen is what few generators have.
type rareGen struct {
	name, qualname Value // set by the program; no value: those of the function
	origin         Value // cr_origin
	finalizer      Value // of an asynchronous generator
	lastFrame      weak.Pointer[object.Frame]
	note           *awaitNote
	mortal         object.Mortal // of one that is armed
}

func (g *Generator) rarely() *rareGen {
	if g.rare == nil {
		g.rare = &rareGen{}
	}
	return g.rare
}

type genState uint8

const (
	genSuspended genState = iota
	genRunning
	genDone
)

func (g *Generator) fp() ptr { return unsafe.Add(ptr(g.window), 2*valueSize) }

// slots returns the slots of the frame.
func (g *Generator) slots() []Value { return span((*Value)(g.fp()), int(g.code.FrameBytes/valueSize)) }

// genOf returns the generator whose frame is at fp.
func genOf(fp ptr) *Generator {
	return (*Generator)(*(*ptr)(ptr(&(*Value)(unsafe.Add(fp, -2*int(valueSize))).B)))
}

// fn returns the function, with the code that the generator runs.
func (g *Generator) fn() *object.Func {
	if g.fun.Code != g.code {
		g.fun = g.fun.Copy()
		g.fun.Code = g.code
		if g.window != nil {
			setFunc(g.fp(), g.fun)
		}
	}
	return g.fun
}

// generatorOf returns a generator, coroutine or asynchronous generator of f, whose frame is empty.
func generatorOf(t *Thread, f *object.Func) *Generator {
	c := f.Code
	n := int(c.FrameBytes/valueSize) + 2
	class := sizeClass(n)
	var g *Generator
	if class >= 0 {
		if free := &aux(t).spent[class]; len(*free) > 0 {
			k := len(*free) - 1
			g = (*free)[k]
			(*free)[k] = nil
			*free = (*free)[:k]
			g.state, g.started, g.async = genSuspended, false, 0
		}
	}
	if g == nil {
		g = &Generator{window: newWindow(t, n, class)}
		g.window.B = uint64(uintptr(ptr(g)))
	}
	g.code, g.fun = c, f
	switch fl := c.Obj.Flags; {
	case fl&code.Coroutine != 0:
		g.Type = &object.CoroutineType
	case fl&code.AsyncGenerator != 0:
		g.Type = &object.AsyncGenType
	default:
		g.Type = &object.GeneratorType
	}
	*next(g.window) = Value{P: ptr(f), B: flagGen}
	return g
}

// begin makes a generator that a call has made one that begins where the code does, with the variables of functions around it. It returns false if the
// function does not have them.
func (g *Generator) begin(t *Thread) bool {
	words := g.code.Words
	if g.code.Begins > 1 && !opCopyFreeVars(t, g.fp(), words[0]) {
		return false
	}
	g.ip = uintptr(ptr(&words[g.code.Begins]))
	return true
}

// makeGenerator calls a function whose code makes a generator before anything else: the generator is made without running anything.
func makeGenerator(t *Thread, f *object.Func, args []Value, names *object.Tuple) Value {
	if names != nil && odd(names) {
		f = f.Copy()
	}
	g := generatorOf(t, f)
	if names == nil && f.Code.MakeArgs == len(args) {
		to := (*Value)(g.fp())
		for i, v := range args {
			*nth(to, i) = v
		}
	} else if !bind(t, f, g.fp(), args, names) {
		return Value{}
	}
	if !g.begin(t) {
		return Value{}
	}
	if g.Type == &object.CoroutineType {
		g.watchAwait(t, t.IP, t.FP)
	}
	return object.Of(g)
}

// returnGen makes the generator of the running frame and returns it to the caller.
func returnGen(t *Thread, fp ptr, w uint64) Value {
	c := codeOf(fp)
	f := funcOf(fp)
	g := generatorOf(t, f)
	n := len(c.Localsplus)
	if n > 0 && lifted(c).Slot(n-1) != n-1 {
		n = len(g.slots()) // some variables lie behind the stack
	}
	copy(g.slots(), span((*Value)(fp), n))
	if c.Obj.Flags&code.Optimized == 0 {
		*localsSlot(g.fp()) = *localsSlot(fp)
	}
	g.ip = t.IP
	if g.Type != &object.CoroutineType {
		return finish0(t, fp, object.Of(g))
	}
	r := (*object.Record)(unsafe.Add(asPtr(&t.Frame), -int(recordSize)))
	g.watchAwait(t, r.IP, r.FP)
	plain := *flagsOf(fp) == 0
	v := finish0(t, fp, object.Of(g))
	if plain && dropsResult(word(ipOf(t))) {
		forgotten(t, g)
	}
	return v
}

// finish0 returns v from a frame whose flags may be 0.
func finish0(t *Thread, fp ptr, v Value) Value {
	if *flagsOf(fp) != 0 {
		return finish(t, v)
	}
	leave(t, fp)
	*regA(fpOf(t), word(ipOf(t))) = v
	return Value{}
}

// pushFrame makes the generator's frame the running one. The caller has checked that it is suspended.
func (g *Generator) pushFrame(t *Thread, flags uint64) bool {
	if t.Frame >= atomic.LoadUintptr(&t.FrameLimit) {
		if full(t) {
			return false
		}
		if t.Watched {
			flags |= flagWatched
		}
	}
	r := record(t)
	r.IP, r.FP = t.IP, t.FP
	t.Frame += recordSize
	g.state = genRunning
	if !g.started {
		g.started = true
		if g.young != 0 && g.Type == &object.CoroutineType {
			g.unwatch(t)
		}
		if g.rare != nil {
			g.rare.note.settle()
		}
	}
	fp := g.fp()
	if funcOf(fp).Code != g.code {
		g.fn()
	}
	*flagsOf(fp) |= flags
	t.IP, t.FP = g.ip, uintptr(fp)
	if g.code.Handles {
		g.exc.Prev = t.Handled
		t.Handled = &g.exc
	}
	return true
}

// step resumes a generator for a loop that runs in the same evaluation loop: what is most frequent, and needs the least. False: it takes more.
func (g *Generator) step(t *Thread) bool {
	if g.state != genSuspended || !g.started || g.code.Handles || t.Frame >= atomic.LoadUintptr(&t.FrameLimit) {
		return false
	}
	fp := g.fp()
	if funcOf(fp).Code != g.code {
		return false
	}
	r := record(t)
	r.IP, r.FP = t.IP, t.FP
	t.Frame += recordSize
	g.state = genRunning
	t.IP, t.FP = g.ip, uintptr(fp)
	*regA(fp, word(ipOf(t))) = object.None
	return true
}

// resume makes the generator go on with the value that its yield is to return.
func (g *Generator) resume(t *Thread, v Value, flags uint64) bool {
	if !g.pushFrame(t, flags) {
		return false
	}
	// The word before is ReturnGen or Yield; both name the register that gets the value sent.
	*regA(g.fp(), word(ipOf(t))) = v
	if watched(t) {
		retraceCall(t)
	}
	return true
}

// suspend takes the generator's frame off; its caller's registers are in t then.
func (g *Generator) suspend(t *Thread, state genState) (entry bool) {
	flags := flagsOf(g.fp())
	entry = *flags&flagEntry != 0
	*flags &^= flagEntry | flagDrain
	g.state = state
	if g.exc.Prev != nil {
		t.Handled = g.exc.Prev
		g.exc.Prev = nil
	}
	t.Frame -= recordSize
	r := record(t)
	t.IP, t.FP = r.IP, r.FP
	return entry
}

// finish is called by leave when an exception drops the generator's frame.
func (g *Generator) finish(t *Thread) {
	g.runningAsync = false
	g.state = genDone
	g.disarm(t)
	if g.exc.Prev != nil {
		t.Handled = g.exc.Prev
		g.exc = object.ExcInfo{}
	}
	if watched(t) {
		clear(g.slots())
		return
	}
	g.owned = false // code made by hand may catch the exception and keep the generator
	g.dropWindow(t)
}

// yield suspends the running generator and gives R[b] to who asked. A value: eval is left with it.
func yield(t *Thread, fp ptr, w uint64) Value {
	for {
		g := genOf(fp)
		v := *regB(fp, w)
		if *flagsOf(fp)&flagDrain != 0 && !watched(t) && t.Sink.Take(t, v) {
			*regA(fp, w) = object.None
			return Value{}
		}
		g.ip = t.IP
		if fieldC(w) != 0 && g.young == 0 {
			g.watch(t)
		}
		if *flagsOf(fp) == flagGen && g.exc.Prev == nil && !watched(t) {
			// What suspend and deliver do for loops.
			t.Frame -= recordSize
			r := record(t)
			if back := word(asPtr(&r.IP)); lift.Op(back) == lift.ForIterBack {
				g.state = genSuspended
				t.IP, t.FP = r.IP+uintptr(immC(back)*wordSize), r.FP
				*regA(fpOf(t), back) = v
				return Value{}
			}
			t.Frame += recordSize
		}
		if g.suspend(t, genSuspended) {
			return v
		}
		deliver(t, v)
		if watched(t) {
			retrace(t)
			return Value{}
		}
		if g.owned {
			if op := lift.Op(word(ipOf(t))); (op == lift.Call || op == lift.CallGen) && fieldX(word(ipOf(t)))&lift.CallSteps != 0 {
				g.discard(t) // nobody will ask for another
				return Value{}
			}
		}
		// Who awaits yields the value in turn: so it comes up a whole chain here.
		if w = *(*uint64)(ipOf(t)); lift.Op(w) != lift.Yield || t.Exc != nil {
			return Value{}
		}
		t.IP += wordSize
		fp = fpOf(t)
	}
}

// deliver gives a yielded value to the word of the running frame that resumed the generator.
func deliver(t *Thread, v Value) {
	w := word(ipOf(t))
	fp := fpOf(t)
	switch lift.Op(w) {
	case lift.Send:
		a := regA(fp, w)
		if a.Type() == &asyncSendType && v.Type() == &asyncValueType {
			// What an asynchronous generator yields ends the await for it.
			object.To[asyncSend](*a).end(t)
			x := object.To[asyncValue](v)
			v, x.v = x.v, object.None
			aux(t).wrapped = x
			if watched(t) && !watchedResult(t, fp, v) {
				return
			}
			*next(a) = v
			jump(t, immC(w))
			return
		}
		*next(a) = v
		return
	case lift.ForIterBack:
		jump(t, immC(w))
	}
	*regA(fp, w) = v
}

// finishGen returns v from a generator's frame.
func finishGen(t *Thread, fp ptr, v Value) Value {
	g := genOf(fp)
	if *flagsOf(fp)&flagFrame != 0 {
		detach(t, fp, unitAt(codeOf(fp), t.IP))
		*flagsOf(fp) &^= flagFrame
	}
	entry := g.suspend(t, genDone)
	g.exc.Exc = nil
	if g.young != 0 || g.armed {
		g.disarm(t)
	}
	if watched(t) {
		clear(g.slots())
	} else {
		g.dropWindow(t)
	}
	if entry {
		aux(t).returned = true
		return v
	}
	if watched(t) {
		if !watchedStop(t, fpOf(t), lift.Op(word(ipOf(t))), v) {
			return Value{}
		}
		if g.deliverResult(t, v); t.Exc == nil {
			retrace(t)
		}
		return Value{}
	}
	g.deliverResult(t, v)
	return Value{}
}

// deliverResult gives what the generator has returned to the word of the running frame that resumed it.
func (g *Generator) deliverResult(t *Thread, v Value) {
	w := word(ipOf(t))
	cfp := fpOf(t)
	switch lift.Op(w) {
	case lift.Send:
		if a := regA(cfp, w); a.Type() == &asyncSendType {
			object.To[asyncSend](*a).end(t)
			g.async |= asyncClosed
			t.RaiseNew(&object.StopAsyncIterationType)
			return
		}
		*next(regA(cfp, w)) = v
		jump(t, immC(w))
	case lift.ForIter:
		g.letGo(t, regB(cfp, w))
		jump(t, immC(w))
	case lift.ForIterBack:
		g.letGo(t, regB(cfp, w))
	default: // a call of send or next
		if op := lift.Op(w); (op == lift.Call || op == lift.CallGen) && fieldC(w) == 2 && isNext(*regB(cfp, w)) {
			*regA(cfp, w) = *nth(regB(cfp, w), 2)
			return
		}
		returned(t, object.Of(g), v)
	}
}

// send resumes a generator from Go. done: it has returned res.
func (g *Generator) send(t *Thread, v Value, flags uint64) (res Value, done bool) {
	ip, fp := t.IP, t.FP
	if !g.resume(t, v, flagEntry|flags) {
		return Value{}, false
	}
	res = run(t)
	t.IP, t.FP = ip, fp
	done = aux(t).returned && res.P != nil
	aux(t).returned = false
	return res, done
}

// drain is [object.Interp.Drain].
func drain(t *Thread, gv Value, sink object.Sink) Value {
	g := object.To[Generator](gv)
	if g.state != genSuspended || watched(t) {
		return genNext(t, gv)
	}
	outer := t.Sink
	t.Sink = sink
	v, done := g.send(t, object.None, flagDrain)
	t.Sink = outer
	if done {
		return Value{} // who uses up an iterable does not ask what it returns
	}
	return v
}

func isGen(v Value) bool {
	s := v.Type()
	return s == &object.GeneratorType || s == &object.CoroutineType
}

// after is the word that is executed after a step of a loop.
func after(t *Thread, w uint64) uint64 {
	ip := t.IP
	if lift.Op(w) == lift.ForIterBack {
		ip += uintptr(immC(w) * wordSize)
	}
	return *(*uint64)(asPtr(&ip))
}

// takenApart reports whether what a step of a loop gives is taken apart as a pair by the next word and used nowhere else.
func takenApart(t *Thread, w uint64) bool {
	next := after(t, w)
	return lift.Op(next) == lift.Unpack2 && fieldX(next) == lift.UnpackLooped
}

// placesFor returns where the items go of what a step of a loop gives, if the next word takes it apart and puts them over it; else nil.
func placesFor(t *Thread, fp ptr, w uint64) []Value {
	next := after(t, w)
	a, n := regA(fp, next), fieldC(next)
	switch lift.Op(next) {
	case lift.UnpackTo:
		if fieldX(next) != lift.UnpackLooped {
			return nil
		}
		a = regB(fp, next) // there is room for what stays on the evaluation stack
	case lift.Unpack:
		if regB(fp, next) != a || regA(fp, w) != a || n == 0 {
			return nil
		}
	default:
		return nil
	}
	return span(a, n)
}

// itemsStep ends a step of a loop that has given items, together with the word that takes them apart: Unpack has the first one last.
func itemsStep(t *Thread, fp ptr, w uint64, items []Value) bool {
	if items[0].P == nil {
		return noItem(t, fp, w)
	}
	next := after(t, w)
	tookApart(t, w)
	if lift.Op(next) == lift.Unpack {
		slices.Reverse(items)
	} else {
		spread(t, fp, next, items)
	}
	return true
}

// noItem ends a loop over an iterator that has none left, or fails with the exception in t.
func noItem(t *Thread, fp ptr, w uint64) bool {
	if t.Exc != nil && endOfIteration(t, fp) == nil {
		return false
	}
	if lift.Op(w) == lift.ForIter {
		jump(t, immC(w))
	}
	return true
}

// tookApart goes on behind the word that would have taken an item apart.
func tookApart(t *Thread, w uint64) bool {
	if lift.Op(w) == lift.ForIterBack {
		jump(t, immC(w))
	}
	return jump(t, 1)
}

// pairStep ends a step of a loop that has given a pair, together with the word that takes it apart.
func pairStep(t *Thread, fp ptr, w uint64, x, y Value) bool {
	if x.P == nil {
		return noItem(t, fp, w)
	}
	next := after(t, w)
	*regA(fp, next) = x
	*regB(fp, next) = y
	return tookApart(t, w)
}

// twiceApart reports whether the word behind the one that takes a step's pair apart takes something apart, too, that nothing else has.
func twiceApart(t *Thread, w uint64) bool {
	ip := t.IP + wordSize
	if lift.Op(w) == lift.ForIterBack {
		ip += uintptr(immC(w) * wordSize)
	}
	inner := *(*uint64)(asPtr(&ip))
	return (lift.Op(inner) == lift.Unpack2 || lift.Op(inner) == lift.UnpackTo) && fieldX(inner) == lift.UnpackSole
}

// numberedStep does a step of a loop over an enumerate object, whose pair the next word takes apart, together with the word behind that, which takes something
// apart, if that is the second of the pair: for i, (x, y) in enumerate(zip(a, b)) needs neither tuple.
func numberedStep(t *Thread, fp ptr, w uint64, e *object.Enumerate) (done, ok bool) {
	ip := t.IP
	if lift.Op(w) == lift.ForIterBack {
		ip += uintptr(immC(w) * wordSize)
	}
	outer, inner := *(*uint64)(asPtr(&ip)), *(*uint64)(skip(asPtr(&ip), 1))
	var i Value
	switch {
	case lift.Op(inner) == lift.Unpack2 && fieldC(inner) == fieldB(outer):
		n, x, y, found := t.StepNumberedPair(e)
		if !found {
			return false, false
		}
		if i = n; i.P != nil {
			*regA(fp, outer) = i
			*regA(fp, inner) = x
			*regB(fp, inner) = y
		}
	case lift.Op(inner) == lift.UnpackTo && fieldB(inner) == fieldB(outer):
		items := span(regB(fp, inner), fieldC(inner)) // see placesFor
		n, found := t.StepNumberedItems(e, items)
		if !found {
			return false, false
		}
		if i = n; i.P != nil {
			*regA(fp, outer) = i
			tookApart(t, w)
			t.IP += wordSize
			spread(t, fp, inner, items)
			return true, true
		}
	default:
		return false, false
	}
	if i.P == nil {
		return true, noItem(t, fp, w)
	}
	tookApart(t, w)
	t.IP += wordSize
	return true, true
}

func opForIter(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	it := *regB(fp, w)
	if it.Type() == &object.GeneratorType {
		g := object.To[Generator](it)
		if g.step(t) {
			return true
		}
		switch g.state {
		case genSuspended:
			return g.resume(t, object.None, 0)
		case genRunning:
			t.ValueErrorf("generator already executing")
			return false
		}
		if lift.Op(w) == lift.ForIter {
			jump(t, immC(w))
		}
		return true
	}
	if cls := it.Type(); cls == &object.ListIterType {
		// What a generator expression walks along, most often: its first iterator is made by who makes it.
		l := (*object.ListIter)(it.P)
		if l.List != nil && uint(l.Index) < uint(len(l.List.V)) {
			*regA(fp, w) = l.List.V[l.Index]
			l.Index++
			return stepped(t, w)
		}
	} else if cls.Flags&object.FlagLeafIter != 0 && cls.NextPair == nil {
		x := cls.Next(t, it)
		if x.P == nil {
			return noItem(t, fp, w)
		}
		*regA(fp, w) = x
		return stepped(t, w)
	}
	if it.Type().NextPair != nil {
		if takenApart(t, w) {
			if it.Type() == &object.EnumerateType && twiceApart(t, w) {
				if done, ok := numberedStep(t, fp, w, object.To[object.Enumerate](it)); done {
					return ok
				}
			}
			if x, y, found := t.StepPair(it); found {
				return pairStep(t, fp, w, x, y)
			}
		} else if items := placesFor(t, fp, w); items != nil && t.StepItems(it, items) {
			return itemsStep(t, fp, w, items)
		}
	}
	var v Value
	if it.Type().Next != nil {
		v = t.Step(it)
	} else {
		var walks bool
		if v, walks = walk(t, regB(fp, w)); !walks {
			v = t.Step(it)
		}
	}
	if v.P == nil {
		return noItem(t, fp, w)
	}
	*regA(fp, w) = v
	return stepped(t, w)
}

// stepped ends a step of a loop that has given an item.
func stepped(t *Thread, w uint64) bool {
	if lift.Op(w) == lift.ForIterBack {
		jump(t, immC(w))
		if atomic.LoadUint32(&t.Breaker) != 0 {
			return pollBack(t, w)
		}
	}
	return true
}

var (
	nameAwait = object.StaticName("__await__")
	nameIter  = object.StaticName("__iter__")
	nameSend  = object.StaticName("send")
	nameThrow = object.StaticName("throw")
	nameClose = object.StaticName("close")
)

func opGetIter(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := *regB(fp, w)
	if x := fieldX(w); x&lift.Walks != 0 && startWalk(&b) {
		*regA(fp, w) = b
		return true
	} else if x&lift.Given != 0 {
		if it := lendIter(t, b); it.P != nil {
			*regA(fp, w) = it
			return true
		}
	}
	if g := generatorBy(t, b, nameIter); g != nil {
		g.owned = fieldX(w)&lift.Walks != 0
		*regA(fp, w) = object.Of(g)
		return true
	}
	return put(fp, w, t.Iter(b))
}
