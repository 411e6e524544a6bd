package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// unwind finds the handler of the exception in t, dropping frames that have none, and makes execution go on there. It returns false when the
// frame that eval began with has been dropped.
func unwind(t *Thread) bool {
	for {
		fp := fpOf(t)
		f := funcOf(fp)
		c := f.Code
		w := wordIndex(c, t.IP)
		l := lifted(c)
		e := t.Exc
		if e == nil {
			t.SystemErrorf("error return without exception set")
			e = t.Exc
		}
		if aux(t).reraised {
			aux(t).reraised = false
		} else {
			addTraceback(t, e, fp, int(l.Units[w])*2)
		}
		if h, ok := l.Handler(w); ok {
			slot := (*Value)(unsafe.Add(fp, uintptr(h.Slot)*valueSize))
			if h.Lasti {
				*slot = object.MakeInt(int64(lasti(t, l.Units[w])))
				slot = next(slot)
			}
			*slot = object.Of(e)
			t.Exc = nil
			t.IP = uintptr(ptr(&c.Words[h.Target]))
			return true
		}
		if leave(t, fp) {
			return false
		}
	}
}

// lasti returns the byte offset that a handler is told for an exception from code unit u: that of the original raise if it was raised again.
func lasti(t *Thread, u uint32) int {
	if x := aux(t).lasti; x > 0 {
		aux(t).lasti = 0
		return x - 1
	}
	return int(u) * 2
}

// leave drops the running frame after an exception or a return and restores its caller's registers. It returns true if the frame was the
// first of this eval.
func leave(t *Thread, fp ptr) bool {
	flags := *flagsOf(fp)
	if flags != 0 {
		if flags&flagFrame != 0 {
			detach(t, fp)
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

// addTraceback puts an entry for a frame in front of an exception's traceback.
func addTraceback(t *Thread, e *object.Exc, fp ptr, lasti int) {
	e.TB = &object.Traceback{Head: object.Head{Type: &object.TracebackType}, Next: e.TB, Frame: frameObject(t, fp), Lasti: lasti}
}

// auxState is package vm's part of a thread.
type auxState struct {
	// slabs are those below the one in use; spare is one that may be used again.
	slabs [][]Value
	spare []Value
	// frames are the Frame objects of running frames, outermost first.
	frames []*object.Frame
	// reraised says that the exception being raised has its traceback entry for this frame already.
	reraised bool
	// returned says that the eval that ended last ended by a generator returning.
	returned bool
	// firstIter and finalizer are the hooks of asynchronous generators.
	firstIter, finalizer Value
	// lasti is one more than the offset that the handler of the exception being raised again is told; 0: where it was raised again.
	lasti int
}

func aux(t *Thread) *auxState { return t.Aux.(*auxState) }

// frameObject returns the Frame object of a running frame, making it if need be.
func frameObject(t *Thread, fp ptr) *object.Frame {
	a := aux(t)
	flags := flagsOf(fp)
	if *flags&flagFrame != 0 {
		for i := len(a.frames) - 1; i >= 0; i-- {
			if a.frames[i].FP == uintptr(fp) {
				return a.frames[i]
			}
		}
	}
	*flags |= flagFrame
	f := &object.Frame{Head: object.Head{Type: &object.FrameType}, Func: funcOf(fp), FP: uintptr(fp), TraceLines: true}
	if codeOf(fp).Obj.Flags&1 == 0 {
		f.LocalsDict = *localsSlot(fp)
	}
	a.frames = append(a.frames, f)
	return f
}

// detach gives the Frame object of a frame that ends its own copy of the locals.
func detach(t *Thread, fp ptr) {
	a := aux(t)
	for i := len(a.frames) - 1; i >= 0; i-- {
		f := a.frames[i]
		if f.FP != uintptr(fp) {
			continue
		}
		c := codeOf(fp)
		l := lifted(c)
		f.Lasti = int(l.Units[max(wordIndex(c, t.IP), 0)]) * 2
		n := len(c.Localsplus)
		f.Locals = make([]Value, n)
		for k := 0; k < n; k++ {
			f.Locals[k] = *(*Value)(unsafe.Add(fp, uintptr(l.Slot(k))*valueSize))
		}
		f.FP = 0
		copy(a.frames[i:], a.frames[i+1:])
		a.frames[len(a.frames)-1] = nil
		a.frames = a.frames[:len(a.frames)-1]
		// The caller stays known: f_back of a frame in a traceback.
		r := (*object.Record)(unsafe.Add(asPtr(&t.Frame), -int(recordSize)))
		if r.FP != 0 && *flagsOf(fp)&flagGen == 0 {
			f.Back = frameObject(t, asPtr(&r.FP))
		}
		return
	}
}
