package vm

import (
	"sync/atomic"
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// unwind finds the handler of the exception in t, dropping frames that have none, and makes execution go on there. It returns false when the
// frame that eval began with has been dropped.
func unwind(t *Thread) bool {
	if forget(t) {
		return true
	}
	a := aux(t)
	var left *object.Frame // of the frame that has been dropped last: its caller is to be noted in it
	for {
		fp := fpOf(t)
		c := codeOf(fp)
		w := max(wordIndex(c, t.IP), 0) // a frame that has just been entered has no word yet
		l := lifted(c)
		e := t.Exc
		if e == nil {
			t.SystemErrorf("error return without exception set")
			e = t.Exc
		}
		unit := int(l.Units[w])
		h := handler(l, uint32(w))
		if h != nil && h.Lasti && !watched(t) {
			h = passOver(t, fp, c, l, h)
		}
		if a.thrown {
			a.thrown = false
			unit++
		}
		var f *object.Frame
		switch {
		case a.reraised:
			a.reraised = false
			if a.lasti > 0 {
				unit, a.lasti = (a.lasti-1)/2, 0
				if watched(t) {
					t.IP = ipAt(c, unit, t.IP)
				}
			}
		case h != nil || watched(t):
			f = frameObject(t, fp)
			addTraceback(e, e.FirstTraceback(), f, unit)
		default:
			f = lastFrame(t, fp, e, unit)
		}
		if watched(t) {
			watchedRaise(t, fp, h, f == nil, unit)
			e = t.Exc
		}
		if left != nil {
			if f == nil {
				f = frameObject(t, fp)
			}
			left.Back = f
			left = nil
		}
		if h != nil {
			slot := (*Value)(unsafe.Add(fp, uintptr(h.Slot)*valueSize))
			if h.Lasti {
				*slot = object.MakeInt(int64(unit) * 2)
				slot = next(slot)
			}
			*slot = object.Of(e)
			e.Unseen = false
			t.Exc = nil
			t.IP = uintptr(ptr(&c.Words[h.Target]))
			if watched(t) && !watchedHandled(t, fp, e, int(l.Units[h.Target])) {
				t.IP += wordSize // raised by the handler's first instruction
				continue
			}
			// Handlers of code made by hand may be handlers of themselves.
			if atomic.LoadUint32(&t.Breaker) != 0 && l.LeadsBack(int(h.Target), w) && !poll(t) {
				t.IP += wordSize
				continue
			}
			return true
		}
		flags := flagsOf(fp)
		if *flags&flagFrame != 0 {
			f = detach(t, fp, unit)
			*flags &^= flagFrame
		}
		if *flags&flagGen == 0 {
			left = f
		}
		if leave(t, fp) {
			if left != nil && t.FP != 0 {
				left.Back = frameObject(t, fpOf(t))
			}
			e.Unseen = false
			return false
		}
	}
}

// passOver does what the handler h and those outside of it do for the exception in t, as long as that is no more than to tidy up and raise it again, as at the end
// of each except clause, finally and with, and around generators. It returns the first one that does more; nil: there is none.
func passOver(t *Thread, fp ptr, c *object.Code, l *lift.Code, h *lift.Handler) *lift.Handler {
	for h != nil && h.Lasti {
		// The handler gets the place that it was raised at, and the exception.
		slot := slotAt(fp, int(h.Slot))
		if int(h.Target)+1 >= len(c.Words) {
			return h
		}
		w, again := c.Words[h.Target], c.Words[h.Target+1]
		if lift.Op(again) != lift.Reraise || fieldX(again) != 1 || regA(fp, again) != next(slot) || regB(fp, again) != slot {
			return h
		}
		outer := handler(l, h.Target+1)
		if outer != nil && outer.Target <= h.Target {
			return h // code by hand may have a handler that is its own
		}
		switch {
		case lift.Op(w) == lift.PopExcept && uintptr(ptr(regA(fp, w))) < uintptr(ptr(slot)):
			opPopExcept(t, fp, w)
		case lift.Op(w) == lift.Intrinsic1 && fieldX(w) == intrinsicStopIteration && regA(fp, w) == next(slot) && regB(fp, w) == next(slot) && !endsIteration(t.Exc):
		default:
			return h
		}
		h = outer
	}
	return h
}

// endsIteration reports whether an exception may be turned into another one where it leaves a generator.
func endsIteration(e *object.Exc) bool {
	return e == nil || e.Type.IsSubtype(&object.StopIterationType) || e.Type.IsSubtype(&object.StopAsyncIterationType)
}

// ipAt returns where a frame's instruction pointer is when the instruction at a code unit has been executed, if the frame runs faithful code; else ip.
func ipAt(c *object.Code, unit int, ip uintptr) uintptr {
	l := lifted(c)
	if !l.Faithful {
		return ip
	}
	w, ok := l.WordAt(unit)
	if !ok || w+1 >= len(c.Words) {
		return ip
	}
	return uintptr(ptr(&c.Words[w])) + wordSize
}

// handler returns the handler for exceptions that a word raises, or nil.
func handler(l *lift.Code, word uint32) *lift.Handler {
	for i := range l.Handlers {
		if h := &l.Handlers[i]; word < h.End {
			if word < h.Start {
				return nil
			}
			return h
		}
	}
	return nil
}

// leave drops the running frame after an exception or a return and restores its caller's registers. It returns true if the frame was the
// first of this eval.
func leave(t *Thread, fp ptr) bool {
	flags := *flagsOf(fp)
	if flags != 0 {
		if flags&flagFrame != 0 {
			f := detach(t, fp, unitAt(codeOf(fp), t.IP))
			if flags&flagGen == 0 {
				f.Back = callerFrame(t)
			}
		}
		if flags&flagGen != 0 {
			g := genOf(fp)
			g.finish(t)
		}
		*flagsOf(fp) = 0
		if flags&flagSlab != 0 {
			dropSlab(t)
		}
	}
	t.Frame -= recordSize
	r := record(t)
	t.IP, t.FP = r.IP, r.FP
	return flags&flagEntry != 0
}

// auxState is package vm's part of a thread.
type auxState struct {
	// slabs are those below the one in use; spare is one that may be used again.
	slabs [][]Value
	spare []Value
	// windows are those of generators that have ended, by size.
	windows [len(windowSizes)][]*Value
	// spent are generators that have ended and are to be used again, by the size of their windows.
	spent [len(windowSizes)][]*Generator
	// functions are those of generators in spent that nothing else has known, by the number of their cells.
	functions [maxCells + 1][]*object.Func
	// iters are iterators of generator expressions that are over.
	iters lentIters
	// sunk is what an iterator gives that is taken apart, for a moment.
	sunk nSink
	// ended is a generator that has ended, for loops whose own is used again.
	ended *Generator
	// asends are awaitables of async for that are over and to be used again, wrapped is a value that asynchronous generators have yielded.
	asends  []*asyncSend
	wrapped *asyncValue
	// collections are those that one word alone has seen.
	collections spareCollections
	// lone are those that one word alone is to see.
	lone loneCollections
	// args are the lists that arguments before and behind a star are put together in.
	args argLists
	// tuples are those that comparisons alone see.
	tuples lentTuples
	// keys are tuples, by length, for what is looked up.
	keys [5]*object.Tuple
	// names are tuples, by length, for the names of keywords: see keywordNames.
	names [5]*object.Tuple
	// slice is the index of sliced builtin objects.
	slice object.Slice
	// frames are the Frame objects of running frames that are no generators', the innermost last.
	frames []*object.Frame
	// late are the entries of tracebacks that nobody has asked for yet, those of outer frames first.
	late []lateEntry
	// reraised says that the exception being raised has its traceback entry for this frame already.
	reraised bool
	// thrown says that the exception is thrown into a suspended generator: it comes from the instruction behind.
	thrown bool
	// returned says that the eval that ended last ended by a generator returning.
	returned bool
	// firstIter and finalizer are the hooks of asynchronous generators.
	firstIter, finalizer Value
	// lasti is one more than the offset of the instruction that first raised the exception being raised again; 0: that does not matter.
	lasti int
	// originDepth is how many frames cr_origin of new coroutines is to have.
	originDepth int
	// unawaited are notes of what has not been awaited; those that are settled are dropped when the list grows.
	unawaited []*awaitNote

	// mon is the interpreter's state of sys.monitoring, traceFunc and profileFunc are the functions of sys.settrace and sys.setprofile.
	mon                    *monitor
	traceFunc, profileFunc Value
	// inCallback counts the callbacks that run: they are not watched. what is the event of the last one, or -1; eventFP the frame it is for.
	inCallback, what int
	eventFP          uintptr
	// step is called before each instruction of each frame, if it is not nil.
	step func(t *Thread, fp ptr, unit int)
	// postponed counts the polls that have been.
	postponed int
	// jump is where a trace function has sent a frame.
	jump struct {
		fp   uintptr
		unit int
	}
}

// forget drops what is kept to be used again and may refer to functions.
func (a *auxState) forget() {
	a.spent = [len(windowSizes)][]*Generator{}
	a.functions, a.ended = [len(a.functions)][]*object.Func{}, nil
	a.asends, a.args, a.tuples, a.iters = nil, argLists{}, lentTuples{}, lentIters{}
	a.collections, a.lone = spareCollections{}, loneCollections{}
	a.keys = [len(a.keys)]*object.Tuple{}
}

func aux(t *Thread) *auxState { return t.Aux.(*auxState) }
