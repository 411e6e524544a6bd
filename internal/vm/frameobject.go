package vm

import (
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// A frame has no object until somebody asks for one. While it lives, the object only says where it is (FP), and the frame
// has flagFrame; when it ends, detach moves what must stay into the object. Objects of frames that are no generators' are
// found in auxState.frames, the innermost last.

// frameObject returns the Frame object of a frame that runs, making it if need be.
func frameObject(t *Thread, fp ptr) *object.Frame {
	flags := flagsOf(fp)
	if *flags&flagGen != 0 {
		return genOf(fp).frameObject()
	}
	if *flags&flagFrame != 0 {
		if f := liveFrame(t, fp); f != nil {
			return f
		}
	}
	*flags |= flagFrame
	f := newFrame(fp)
	f.FP = uintptr(fp)
	a := aux(t)
	a.frames = append(a.frames, f)
	return f
}

// frameObject returns the Frame object of a generator that has not ended.
func (g *Generator) frameObject() *object.Frame {
	if f := g.theFrame(); f != nil {
		g.frame = f
		return f
	}
	if g.frame == nil {
		g.owned = false // the frame knows it
		fp := g.fp()
		*flagsOf(fp) |= flagFrame
		g.frame = newFrame(fp)
		g.frame.FP, g.frame.Gen = uintptr(fp), ptr(g)
	}
	return g.frame
}

// drop ends a generator that has not been started.
func (g *Generator) drop() {
	if g.rare != nil {
		g.rare.note.settle()
	}
	if f := g.theFrame(); f != nil {
		// The frame seems to have begun.
		retire(f, g.fp(), firstResume(g.code.Obj)+1)
		g.frame = nil
	}
	g.state = genDone
	clear(g.slots())
}

// firstResume returns the code unit of the first RESUME, 0 if there is none.
func firstResume(o *code.Object) int {
	for ins := range o.Instructions() {
		if o.Opcodes().Info(ins.Op).Op == opcode.RESUME {
			return ins.Offset / 2
		}
	}
	return 0
}

// liveFrame returns the Frame object that a frame has already.
func liveFrame(t *Thread, fp ptr) *object.Frame {
	frames := aux(t).frames
	for i := len(frames) - 1; i >= 0; i-- {
		if frames[i].FP == uintptr(fp) {
			return frames[i]
		}
	}
	return nil
}

// detach gives the Frame object of the frame that runs, and ends, what must stay of it; f_lasti stays at a given code unit. The frame has an object.
func detach(t *Thread, fp ptr, unit int) *object.Frame {
	if *flagsOf(fp)&flagGen != 0 {
		g := genOf(fp)
		f := g.theFrame()
		if f == nil {
			return &object.Frame{Head: object.Head{Type: &object.FrameType}, Func: funcOf(fp), Code: codeOf(fp)} // nobody has it any more
		}
		retire(f, fp, unit)
		g.frame = nil // it goes its own way now
		return f
	}
	a := aux(t)
	for i := len(a.frames) - 1; i >= 0; i-- {
		f := a.frames[i]
		if f.FP != uintptr(fp) {
			continue
		}
		retire(f, fp, unit)
		copy(a.frames[i:], a.frames[i+1:])
		a.frames[len(a.frames)-1] = nil
		a.frames = a.frames[:len(a.frames)-1]
		return f
	}
	return &object.Frame{Head: object.Head{Type: &object.FrameType}, Func: funcOf(fp), Code: codeOf(fp)}
}

// callerFrame returns the Frame object of the caller of the frame that runs, or nil.
func callerFrame(t *Thread) *object.Frame {
	if t.Frame <= uintptr(ptr(unsafe.SliceData(t.Records))) {
		return nil
	}
	r := (*object.Record)(unsafe.Add(asPtr(&t.Frame), -int(recordSize)))
	if r.FP == 0 {
		return nil
	}
	return frameObject(t, asPtr(&r.FP))
}

// retire copies what stays of a frame to its object.
func retire(f *object.Frame, fp ptr, unit int) {
	if f.Locals != nil {
		keepLocals(span(f.Locals, keeps(f.Code)), fp, codeOf(fp))
	}
	f.Lasti = int32(unit * 2)
	f.FP = 0
}

// keepLocals copies the variables of a frame, and the mapping of local names behind them if there is room.
func keepLocals(to []Value, fp ptr, c *object.Code) {
	n := len(c.Localsplus)
	if !c.Alone || lifted(c).Slot(max(n-1, 0)) == n-1 {
		copy(to, span((*Value)(fp), n))
	} else {
		l := lifted(c)
		for i := range n {
			to[i] = *slotAt(fp, l.Slot(i))
		}
	}
	if len(to) > n {
		to[n] = mappingOf(fp)
	}
}

// unitAt returns the code unit of the instruction that the word before ip belongs to.
func unitAt(c *object.Code, ip uintptr) int { return int(lifted(c).Units[max(wordIndex(c, ip), 0)]) }

// keeps returns how many values a frame leaves to its object.
func keeps(c *object.Code) int {
	n := len(c.Localsplus)
	if c.Obj.Flags&code.Optimized == 0 {
		n++
	}
	return n
}

// newFrame returns an object for the frame at fp, with room for what the frame will leave: in one allocation, if that is not much.
func newFrame(fp ptr) *object.Frame {
	c := codeOf(fp)
	n := keeps(c)
	var f *object.Frame
	switch {
	case n == 0:
		f = &object.Frame{}
	case n == 1:
		f, _ = frameOfSize[[1]Value, struct{}]()
	case n == 2:
		f, _ = frameOfSize[[2]Value, struct{}]()
	case n == 3:
		f, _ = frameOfSize[[3]Value, struct{}]()
	case n == 4:
		f, _ = frameOfSize[[4]Value, struct{}]()
	case n <= 6:
		f, _ = frameOfSize[[6]Value, struct{}]()
	case n <= 8:
		f, _ = frameOfSize[[8]Value, struct{}]()
	default:
		f = &object.Frame{Locals: unsafe.SliceData(make([]Value, n))}
	}
	f.Type, f.Func, f.Code = &object.FrameType, funcOf(fp), c
	return f
}

// newTracedFrame is newFrame with room for an entry of a traceback, too: for a frame that ends, as one that goes on would keep the traceback.
func newTracedFrame(fp ptr) (*object.Frame, *object.Traceback) {
	c := codeOf(fp)
	n := keeps(c)
	var f *object.Frame
	var tb *object.Traceback
	switch {
	case n <= 1:
		f, tb = frameOfSize[[1]Value, object.Traceback]()
	case n == 2:
		f, tb = frameOfSize[[2]Value, object.Traceback]()
	case n == 3:
		f, tb = frameOfSize[[3]Value, object.Traceback]()
	case n == 4:
		f, tb = frameOfSize[[4]Value, object.Traceback]()
	case n <= 6:
		f, tb = frameOfSize[[6]Value, object.Traceback]()
	default:
		return newFrame(fp), &object.Traceback{}
	}
	f.Type, f.Func, f.Code = &object.FrameType, funcOf(fp), c
	return f, tb
}

func frameOfSize[A, T any]() (*object.Frame, *T) {
	x := &struct {
		object.Frame
		more   T
		locals A
	}{}
	x.Locals = (*Value)(ptr(&x.locals))
	return &x.Frame, &x.more
}

// addTraceback puts an entry for a frame in front of an exception's traceback: in the memory at tb, unless that is nil.
func addTraceback(e *object.Exc, tb *object.Traceback, f *object.Frame, unit int) {
	if tb == nil {
		tb = &object.Traceback{}
	}
	tb.Type, tb.Next, tb.Frame, tb.Lasti = &object.TracebackType, e.TB, f, int32(unit*2)
	e.TB = tb
}

// lastFrame puts an entry in front of an exception's traceback for the frame that runs, which ends at a code unit: leave comes next. It returns the
// Frame object; if there was none, the new one needs no detaching.
func lastFrame(t *Thread, fp ptr, e *object.Exc, unit int) *object.Frame {
	var f *object.Frame
	tb := e.FirstTraceback()
	switch {
	case *flagsOf(fp)&flagFrame != 0:
		f = frameObject(t, fp)
		addTraceback(e, tb, f, unit)
		return f
	case tb != nil:
		f = newFrame(fp)
	default:
		f, tb = newTracedFrame(fp)
	}
	addTraceback(e, tb, f, unit)
	retire(f, fp, unit)
	return f
}

// NewFrame returns a Frame object of code that does not run.
func NewFrame(t *Thread, c *object.Code, globals *object.Dict) *object.Frame {
	return &object.Frame{Head: object.Head{Type: &object.FrameType}, Func: t.NewFunc(c, globals), Code: c}
}

// realCode returns the code object that programs see.
func realCode(c *object.Code) *object.Code {
	if c.Real != nil {
		return c.Real
	}
	return c
}

// frameCode returns the code object of a frame.
func frameCode(f *object.Frame) *object.Code { return realCode(f.Code) }

// frameSlot returns where variable i of a frame is, or nil if the frame has been cleared.
func frameSlot(f *object.Frame, i int) *Value {
	if f.FP != 0 {
		return slotAt(asPtr(&f.FP), lifted(f.Code).Slot(i))
	}
	if f.Locals != nil {
		return nth(f.Locals, i)
	}
	return nil
}

// frameMapping returns the mapping of local names of a frame without fast locals; no value if it has them, or has been cleared.
func frameMapping(f *object.Frame) Value {
	c := f.Code
	if c.Obj.Flags&code.Optimized != 0 {
		return Value{}
	}
	if f.FP != 0 {
		return mappingOf(asPtr(&f.FP))
	}
	if f.Locals != nil {
		return *nth(f.Locals, len(c.Localsplus))
	}
	return Value{}
}

// findFrame returns the thread that a frame runs in, the index of its record and its saved instruction pointer; no thread if it does not run.
func findFrame(t *Thread, f *object.Frame) (where *Thread, depth int, ip uintptr) {
	if f.FP == 0 {
		return nil, 0, 0
	}
	if d, ip, ok := inThread(t, f); ok {
		return t, d, ip
	}
	for _, o := range t.Interp.Threads() {
		if o == t {
			continue
		}
		if d, ip, ok := inThread(o, f); ok {
			return o, d, ip
		}
	}
	return nil, 0, 0
}

// inThread looks for a frame among those of a thread.
func inThread(t *Thread, f *object.Frame) (depth int, ip uintptr, ok bool) {
	n := t.FrameDepth()
	if n > 0 && t.FP == f.FP {
		return n, t.IP, true
	}
	if d := int(f.Depth); d > 0 && d < n && t.Records[d].FP == f.FP {
		return d, t.Records[d].IP, true
	}
	for d := n - 1; d > 0; d-- {
		if t.Records[d].FP == f.FP {
			f.Depth = int32(d)
			return d, t.Records[d].IP, true
		}
	}
	return 0, 0, false
}

// frameUnit returns the code unit of the last instruction of a frame.
func frameUnit(t *Thread, f *object.Frame) int {
	if f.FP == 0 {
		return int(f.Lasti) / 2
	}
	if _, _, ip := findFrame(t, f); ip != 0 {
		return unitAt(f.Code, ip)
	}
	if f.Gen != nil {
		// Suspended: it goes on behind the instruction.
		return unitAt(f.Code, (*Generator)(f.Gen).ip) + 1
	}
	return 0
}

// frameBack returns the caller of a frame, or nil.
func frameBack(t *Thread, f *object.Frame) *object.Frame {
	if f.FP == 0 {
		return f.Back
	}
	where, d, _ := findFrame(t, f)
	if where == nil || d <= 1 {
		return nil
	}
	return frameObject(where, asPtr(&where.Records[d-1].FP))
}

// frameLine returns the line that a frame is at; false if its instruction has none.
func frameLine(t *Thread, f *object.Frame) (int, bool) {
	if f.Ext != nil && f.Ext.Line != 0 {
		return f.Ext.Line, true
	}
	return lineOf(frameCode(f), frameUnit(t, f)*2)
}

// lineOf returns the line of the instruction at a byte offset; false: it has none.
func lineOf(c *object.Code, lasti int) (int, bool) {
	if lasti < 0 {
		return c.Obj.FirstLine, true
	}
	for p := range c.Obj.Lines() {
		if lasti >= p.Start && lasti < p.End {
			return p.Line, p.Line >= 0
		}
	}
	return 0, false
}
