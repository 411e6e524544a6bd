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
	// owned says that nothing knows the generator but the await or yield from that it was made for: it can be used again when that is over.
	owned bool
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
			clear(g.slots())
			g.owned = false
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
	*next(g.window) = object.Of(f)
	return g
}

// makeGenerator calls a function whose code begins with ReturnGen: the generator is made without running anything.
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
	g.ip = uintptr(ptr(&f.Code.Words[1]))
	if g.Type == &object.CoroutineType {
		g.watchAwait(t, t.IP, t.FP)
	}
	return object.Of(g)
}

// soleUser reports whether the result of the word that runs is awaited, or what yield from sends to, by the words behind it and used by nothing else.
// ip points behind the word.
func soleUser(ip uintptr) bool {
	p := asPtr(&ip)
	a := regOf(word(p))
	get := *(*uint64)(p)
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
	if g.Type == &object.CoroutineType {
		r := (*object.Record)(unsafe.Add(asPtr(&t.Frame), -int(recordSize)))
		g.watchAwait(t, r.IP, r.FP)
	}
	return finish0(t, fp, object.Of(g))
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
	*flagsOf(fp) |= flagGen | flags
	t.IP, t.FP = g.ip, uintptr(fp)
	g.exc.Prev = t.Handled
	t.Handled = &g.exc
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
	*flags &^= flagEntry | flagGen
	g.state = state
	t.Handled = g.exc.Prev
	g.exc.Prev = nil
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
	t.Handled = g.exc.Prev
	g.exc = object.ExcInfo{}
	clear(g.slots())
}

// yield suspends the running generator and gives R[b] to who asked. A value: eval is left with it.
func yield(t *Thread, fp ptr, w uint64) Value {
	for {
		g := genOf(fp)
		v := *regB(fp, w)
		g.ip = t.IP
		if fieldC(w) != 0 && g.young == 0 {
			g.watch(t)
		}
		if g.suspend(t, genSuspended) {
			return v
		}
		deliver(t, v)
		if watched(t) {
			retrace(t)
			return Value{}
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
	g.exc = object.ExcInfo{}
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
		jump(t, immC(w))
	case lift.ForIterBack:
	default:
		returned(t, object.Of(g), v) // a call of send or next
	}
}

// next resumes a generator from Go. done: it has returned v.
func (g *Generator) send(t *Thread, v Value) (res Value, done bool) {
	ip, fp := t.IP, t.FP
	if !g.resume(t, v, flagEntry) {
		return Value{}, false
	}
	res = run(t)
	t.IP, t.FP = ip, fp
	done = aux(t).returned && res.P != nil
	aux(t).returned = false
	return res, done
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
	return lift.Op(next) == lift.Unpack2 && fieldX(next) == 1
}

// placesFor returns where the items go of what a step of a loop gives, if the next word takes it apart and puts them over it; else nil.
func placesFor(t *Thread, fp ptr, w uint64) []Value {
	next := after(t, w)
	a, n := regA(fp, next), fieldC(next)
	if lift.Op(next) != lift.Unpack || regB(fp, next) != a || regA(fp, w) != a || n == 0 {
		return nil
	}
	return span(a, n)
}

// itemsStep ends a step of a loop that has given items, together with the word that takes them apart: it has the first one last.
func itemsStep(t *Thread, fp ptr, w uint64, items []Value) bool {
	if items[0].P == nil {
		return noItem(t, fp, w)
	}
	slices.Reverse(items)
	return tookApart(t, w)
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

func opForIter(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	it := *regB(fp, w)
	if it.Type() == &object.GeneratorType {
		g := object.To[Generator](it)
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
	if it.Type().NextPair != nil {
		if takenApart(t, w) {
			if x, y, found := t.StepPair(it); found {
				return pairStep(t, fp, w, x, y)
			}
		} else if items := placesFor(t, fp, w); items != nil && t.StepItems(it, items) {
			return itemsStep(t, fp, w, items)
		}
	}
	v, walks := walk(t, regB(fp, w))
	if !walks {
		v = t.Step(it)
	}
	if v.P == nil {
		return noItem(t, fp, w)
	}
	*regA(fp, w) = v
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
	nameSend  = object.StaticName("send")
	nameThrow = object.StaticName("throw")
	nameClose = object.StaticName("close")
)

func opSend(t *Thread, fp ptr, w uint64) bool {
	a := regA(fp, w)
	recv, v := *a, *next(a)
	if isGen(recv) {
		g := object.To[Generator](recv)
		switch g.state {
		case genSuspended:
			if !g.started && !v.IsNone() {
				t.TypeErrorf("can't send non-None value to a just-started %s", recv.Type().Name)
				return false
			}
			return g.resumeChain(t, v)
		case genRunning:
			t.ValueErrorf("%s already executing", recv.Type().Name)
			return false
		}
		if recv.Type() == &object.CoroutineType {
			t.RuntimeErrorf("cannot reuse already awaited coroutine")
			return false
		}
		*next(a) = object.None
		return jump(t, immC(w))
	}
	if recv.Type() == &asyncSendType {
		if g := object.To[asyncSend](recv).begin(&v); g != nil {
			return g.resume(t, v, 0)
		}
	}
	if send := recv.Type().Send; send != nil {
		r, done := send(t, recv, v)
		if r.P == nil {
			return false
		}
		*next(a) = r
		return !done || jump(t, immC(w))
	}
	r := sendOther(t, recv, v)
	if r.P != nil {
		*next(a) = r
		return true
	}
	if t.Exc == nil {
		*next(a) = object.None
		return jump(t, immC(w))
	}
	e := endOfIteration(t, fp)
	if e == nil {
		return false
	}
	*next(a) = e.Field(0)
	return jump(t, immC(w))
}

// resumeChain resumes a generator that yield from or await sends v to. If that waits for another, the value goes down the whole chain here.
func (g *Generator) resumeChain(t *Thread, v Value) bool {
	for {
		if !g.resume(t, v, 0) {
			g.owned = false // code made by hand may catch the exception and keep the generator
			return false
		}
		if watched(t) {
			return true
		}
		if g = g.awaits(t); g == nil {
			return true
		}
	}
}

// awaits returns the generator to which the one that has just been resumed is about to send what it got, and sets the instruction pointer behind
// that; nil: it does something else.
func (g *Generator) awaits(t *Thread) *Generator {
	ip := ipOf(t)
	if y := word(ip); lift.Op(y) != lift.Yield || fieldX(y) != 1 {
		return nil
	}
	back := *(*uint64)(ip)
	if lift.Op(back) != lift.JumpBack || fieldX(back) == 0 {
		return nil // but one that is not to be interrupted
	}
	ip = skip(ip, 1+immC(back))
	w := *(*uint64)(ip)
	if lift.Op(w) != lift.Send {
		return nil
	}
	a := regA(g.fp(), w)
	if !isGen(*a) || next(a) != regA(g.fp(), word(ipOf(t))) {
		return nil
	}
	inner := object.To[Generator](*a)
	if inner.state != genSuspended || !inner.started {
		return nil
	}
	t.IP = uintptr(ip) + wordSize
	return inner
}

func opGetIter(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := *regB(fp, w)
	if fieldX(w) != 0 && startWalk(&b) {
		*regA(fp, w) = b
		return true
	}
	return put(fp, w, t.Iter(b))
}

func opGetYieldFromIter(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	switch v.Type() {
	case &object.GeneratorType:
		return put(fp, w, v)
	case &object.CoroutineType:
		if codeOf(fp).Obj.Flags&(code.Coroutine|code.IterableCoroutine) == 0 {
			t.TypeErrorf("cannot 'yield from' a coroutine object in a non-coroutine generator")
			return false
		}
		return put(fp, w, v)
	}
	return put(fp, w, t.Iter(v))
}

// awaitable returns the iterator that awaiting v sends to.
func awaitable(t *Thread, v Value) Value {
	if v.Is(&object.CoroutineType) || v.Is(&object.GeneratorType) && object.To[Generator](v).code.Obj.Flags&code.IterableCoroutine != 0 {
		return v
	}
	f := v.Type().Await
	if f == nil {
		return t.TypeErrorf("'%s' object can't be awaited", v.Type().Name)
	}
	it := f(t, v)
	if it.P == nil {
		return it
	}
	if it.Is(&object.CoroutineType) || it.Is(&object.GeneratorType) && object.To[Generator](it).code.Obj.Flags&code.IterableCoroutine != 0 {
		return t.TypeErrorf("__await__() returned a coroutine")
	}
	if it.Type().Next == nil {
		return t.TypeErrorf("__await__() returned non-iterator of type '%s'", it.Type().Name)
	}
	return it
}

// generatorBy calls the special method name of v, if that is a generator function of Python: the frequent case of methods that give iterators.
func generatorBy(t *Thread, v Value, name *object.Str) *Generator {
	f := method(t, v.Type(), name)
	if f == nil || f.Code.MakeArgs != 1 || f.Code.Obj.Flags&(code.AsyncGenerator|code.Coroutine|code.IterableCoroutine) != 0 {
		return nil
	}
	g := generatorOf(t, f)
	*(*Value)(g.fp()) = v
	g.ip = uintptr(ptr(&f.Code.Words[1]))
	return g
}

func opGetAwaitable(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	if g := generatorBy(t, v, nameAwait); g != nil {
		g.owned = sentTo(unsafe.Add(ipOf(t), -wordSize), regOf(w))
		*regA(fp, w) = object.Of(g)
		return true
	}
	it := awaitable(t, v)
	if it.P == nil {
		if v.Type().Await == nil {
			switch fieldC(w) {
			case 1:
				t.Exc = nil
				t.TypeErrorf("'async with' received an object from __aenter__ that does not implement __await__: %s", v.Type().Name)
			case 2:
				t.Exc = nil
				t.TypeErrorf("'async with' received an object from __aexit__ that does not implement __await__: %s", v.Type().Name)
			}
		}
		return false
	}
	if it.Is(&object.CoroutineType) && object.To[Generator](it).awaiting() {
		t.RuntimeErrorf("coroutine is being awaited already")
		return false
	}
	*regA(fp, w) = it
	return true
}

// awaiting reports whether a suspended coroutine waits for another in yield from or await.
func (g *Generator) awaiting() bool { return g.yieldFrom().P != nil }

// yieldFrom returns what a suspended generator sends to, or no value. The caller may do anything with that.
func (g *Generator) yieldFrom() Value {
	if g.state != genSuspended || !g.started {
		return Value{}
	}
	fp := g.fp()
	w := *(*uint64)(unsafe.Add(*(*ptr)(ptr(&g.ip)), -wordSize))
	if lift.Op(w) == lift.Yield && fieldX(w) == 1 {
		// In yield from the receiver lies just below the value that is yielded.
		v := *prev(regA(fp, w))
		switch v.Type() {
		case &object.GeneratorType, &object.CoroutineType:
			object.To[Generator](v).owned = false
		case &asyncSendType:
			object.To[asyncSend](v).owned = false
		}
		return v
	}
	return Value{}
}

func opGetAiter(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	f := v.Type().AIter
	if f == nil {
		t.TypeErrorf("'async for' requires an object with __aiter__ method, got %s", v.Type().Name)
		return false
	}
	it := f(t, v)
	if it.P == nil {
		return false
	}
	if it.Type().ANext == nil {
		t.TypeErrorf("'async for' received an object from __aiter__ that does not implement __anext__: %s", it.Type().Name)
		return false
	}
	*regA(fp, w) = it
	return true
}

func opGetAnext(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	f := v.Type().ANext
	if f == nil {
		t.TypeErrorf("'async for' requires an iterator with __anext__ method, got %s", v.Type().Name)
		return false
	}
	if v.Is(&object.AsyncGenType) {
		x := nextAwaited(t, v, sentTo(unsafe.Add(ipOf(t), -wordSize), regOf(w)))
		*regA(fp, w) = x
		return x.P != nil
	}
	x := f(t, v)
	if x.P == nil {
		return false
	}
	it := awaitable(t, x)
	if it.P == nil {
		cause := t.Exc
		t.Exc = nil
		t.TypeErrorf("'async for' received an invalid object from __anext__: %s", x.Type().Name)
		if t.Exc != nil {
			t.Exc.Cause, t.Exc.Suppress = cause, true
		}
		return false
	}
	*regA(fp, w) = it
	return true
}
