package vm

import (
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// How programs are watched: sys.settrace, sys.setprofile, sys.monitoring, krait trace.
//
// A thread that is watched has the frame limit 0, as one has whose breaker is set. So every call takes the slow way and asks watchedEntry, which may make a
// twin of the function run instead: the same function with the faithful lift of its code, where an Event comes before each
// instruction. A thread that is not watched pays nothing.
//
// Frames that run already go over to the twin's code between two instructions (retrace). They are looked at when control comes back
// to them: the frames on the stack get flagWatched when watching begins, so that returns to their callers take the slow way; for what Go code has
// called, BreakTrace is set when its loop ends. A frame that need not be watched any more goes back to the ordinary code at the next
// instruction which jumps lead to.

// watched reports whether a thread is.
func watched(t *Thread) bool { return t.Watched }

// setWatched makes a thread watched, or not. A thread that is already looks at its frames again.
func setWatched(t *Thread, on bool) {
	if !on {
		if watched(t) {
			t.Watched = false
			t.Unbreak(object.BreakTrace)
			t.SettleLimit()
		}
		return
	}
	if !watched(t) {
		t.Watched = true
		t.SettleLimit()
	}
	for fp := range callers(t) {
		*flagsOf(fp) |= flagWatched
	}
	t.Break(object.BreakTrace)
}

// full reports whether a thread has no room for another frame, which it may when FrameLimit has been reached; RecursionError is set then.
func full(t *Thread) bool {
	if t.Frame < t.FullLimit {
		return false
	}
	t.Raisef(&object.RecursionErrorType, "maximum recursion depth exceeded")
	return true
}

// watchedEntry returns the function whose frame is to run in a watched thread when f is called.
func watchedEntry(t *Thread, f *object.Func) *object.Func {
	if f.Code.Real == nil && wantsCall(t, f.Code) {
		return twin(f)
	}
	return f
}

// twinFunc is a function that runs the faithful lift of another's code.
type twinFunc struct {
	object.Func
	orig *object.Func
}

// twin returns the twin of a function. It is a new object each time but for the last one of the code that was made, since it
// has to have what the function has now.
func twin(f *object.Func) *object.Func {
	s := stateOf(f.Code)
	if l := s.lastTwin; l != nil && l.orig == f && l.Closure == f.Closure && l.Globals == f.Globals && l.Builtins() == f.Builtins() &&
		l.Name() == f.Name() && l.Qualname() == f.Qualname() {
		return &l.Func
	}
	w := &twinFunc{Func: *f, orig: f}
	w.Code = twinCode(f.Code)
	s.lastTwin = w
	return &w.Func
}

// original returns the function that the running one is the twin of, or itself.
func original(f *object.Func) *object.Func {
	if f.Code.Real == nil {
		return f
	}
	w := (*twinFunc)(ptr(f))
	if w.orig.Code != f.Code.Real {
		// The function has got other code.
		w.orig = w.orig.Copy()
		w.orig.Code = f.Code.Real
	}
	return w.orig
}

// twinCode returns the code object that has the faithful lift of c, which has been prepared.
func twinCode(c *object.Code) *object.Code {
	s := stateOf(c)
	if s.twin != nil {
		return s.twin
	}
	l, err := lift.Faithful(wholeObject(c))
	if err != nil {
		// What can be lifted at all can be lifted in this way.
		return c
	}
	for i, w := range l.Words {
		if op := lift.Op(w); tracedCalls[op] != 0 {
			l.Words[i] = w&^0xff | uint64(tracedCalls[op])
		}
	}
	x := *c
	x.Real, x.Lifted, x.Words, x.Caches = c, nil, nil, nil
	install(&x, l)
	s.twin = &x
	return s.twin
}

// retrace makes the frame that runs go over to its function's twin if it is to be watched. It may be called where a frame goes on after an
// operation; if that is in the middle of an instruction, it is tried again later.
func retrace(t *Thread) {
	t.Unbreak(object.BreakTrace)
	if !watched(t) || t.FP == 0 {
		return
	}
	fp := fpOf(t)
	c := codeOf(fp)
	if c.Real != nil || c.Lifted == nil || !wantsFrame(t, fp) {
		return
	}
	if !goFaithful(t, fp) {
		t.Break(object.BreakTrace)
	}
}

// retraceCall is retrace for a generator that is resumed: that is a call.
func retraceCall(t *Thread) {
	fp := fpOf(t)
	if c := codeOf(fp); c.Real == nil && wantsCall(t, c) {
		if where, ok := lift.LocateResumed(wholeObject(c), wordIndex(c, t.IP)+1); !ok || !resumeFaithful(t, fp, where) {
			goFaithful(t, fp)
		}
	}
}

// resumeFaithful is goFaithful for a generator whose Yield, or ReturnGen, has just got the value sent.
func resumeFaithful(t *Thread, fp ptr, where lift.Location) bool {
	o := codeOf(fp).Obj
	top := len(where.Stack) - 1
	if top < 0 || o.Opcodes().Info(o.Code.S[2*where.Unit]).Op != opcode.RESUME {
		return false
	}
	sent := *regA(fp, word(ipOf(t)))
	return becomeTwin(t, fp, where, where.Unit-1, sent)
}

// goFaithful moves the running frame, which goes on at t.IP, to the code of its function's twin.
func goFaithful(t *Thread, fp ptr) bool {
	aux(t).lone.told = nil // who would take it may not run here
	c := codeOf(fp)
	l := lifted(c)
	next := wordIndex(c, t.IP) + 1
	prev := l.Units[max(next-1, 0)]
	where, ok := place(fp, c, next)
	for tries := 0; !ok; tries++ {
		// Loads of operands may be left of an instruction that has been begun.
		if tries == 16 || next >= len(c.Words) {
			return false
		}
		if w := c.Words[next]; lift.Op(w) == lift.Jump {
			next += int(immC(w))
			jump(t, immC(w))
		} else if !stepMove(t, fp, c, w) {
			return false
		}
		next++
		t.IP += wordSize
		where, ok = place(fp, c, next)
	}
	return becomeTwin(t, fp, where, int(prev), Value{})
}

// becomeTwin moves the running frame to a place in the code of its function's twin. prev is the code unit of the instruction that it has executed last.
// The value on top of the stack is top, unless that is no value.
func becomeTwin(t *Thread, fp ptr, where lift.Location, prev int, top Value) bool {
	f := funcOf(fp)
	w := twin(f)
	if w.Code.Real == nil {
		return false
	}
	tl := lifted(w.Code)
	word, ok := tl.WordAt(where.Unit)
	if !ok {
		return false
	}
	values := make([]Value, len(where.Stack))
	for i, s := range where.Stack {
		values[i] = sourceValue(t, fp, f.Code, s)
	}
	if top.P != nil {
		values[len(values)-1] = top
	}
	copy(span(slotAt(fp, tl.StackBase), len(values)), values)
	become(t, fp, w, word)
	setPrev(fp, prev)
	return true
}

// place returns where the values are before a word.
func place(fp ptr, c *object.Code, word int) (lift.Location, bool) {
	l := lifted(c)
	if p, ok := l.PointAt(word); ok {
		loc := lift.Location{Unit: int(p.Unit), Stack: make([]lift.Source, p.Depth)}
		for i := range loc.Stack {
			loc.Stack[i] = lift.Source{Kind: lift.FromSlot, Index: l.StackBase + i}
		}
		return loc, true
	}
	return lift.Locate(wholeObject(c), word)
}

func sourceValue(t *Thread, fp ptr, c *object.Code, s lift.Source) Value {
	switch s.Kind {
	case lift.FromSlot:
		return t.WholePart(*slotAt(fp, s.Index))
	case lift.FromConst:
		return c.Consts[s.Index]
	case lift.FromInt:
		return object.MakeInt(int64(s.Index))
	case lift.FromCommon:
		v, _ := commonConstant(t, s.Index)
		return v
	}
	return Value{}
}

// stepMove does a word that only moves values, if it is one.
func stepMove(t *Thread, fp ptr, c *object.Code, w uint64) bool {
	switch lift.Op(w) {
	case lift.Move, lift.MoveClear, lift.LoadFar, lift.StoreFar, lift.LoadCommon:
		return slow[uint8(w)](t, fp, w)
	case lift.LoadK:
		*regA(fp, w) = c.Consts[w>>32/uint64(valueSize)]
	case lift.LoadInt:
		*regA(fp, w) = object.MakeInt(int64(int32(w >> 32)))
	case lift.LoadNull:
		*regA(fp, w) = Value{}
	default:
		return false
	}
	return true
}

// become makes f the function of the running frame, which goes on with a word of f's code.
func become(t *Thread, fp ptr, f *object.Func, word int) {
	setFunc(fp, f)
	if *flagsOf(fp) |= flagWatched; *flagsOf(fp)&flagGen != 0 {
		genOf(fp).code = f.Code
	}
	t.IP = uintptr(ptr(&f.Code.Words[word]))
	if *flagsOf(fp)&flagFrame != 0 {
		fr := frameObject(t, fp)
		fr.Func, fr.Code = f, f.Code
	}
}

// goOrdinary moves the running frame, which is about to execute the instruction at a code unit, back to the ordinary code, if that can go on there.
func goOrdinary(t *Thread, fp ptr, unit int) bool {
	f := original(funcOf(fp))
	s := stateOf(f.Code)
	l := lifted(f.Code)
	if s.points == nil {
		s.points = make(map[int]int, len(l.Points))
		for _, p := range l.Points {
			s.points[int(p.Unit)] = int(p.Word)
		}
	}
	word, ok := s.points[unit]
	if !ok || word == 0 {
		return false
	}
	become(t, fp, f, word)
	setPrev(fp, -1)
	return true
}

// The upper half of a watched frame's flags holds one more than the code unit of the instruction that it executed last.
const prevShift = 32

// setPrev notes the instruction that a frame executed last; -1: that is of no interest.
func setPrev(fp ptr, unit int) {
	f := flagsOf(fp)
	*f = *f&(1<<prevShift-1) | uint64(unit+1)<<prevShift
}

func prevUnit(fp ptr) int { return int(*flagsOf(fp)>>prevShift) - 1 }
