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
		h, handled := l.Handler(w)
		switch {
		case aux(t).reraised:
			aux(t).reraised = false
		case handled:
			addTraceback(t, e, fp, int(l.Units[w]))
		default:
			addLastTraceback(t, e, fp, int(l.Units[w]))
		}
		if handled {
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

// auxState is package vm's part of a thread.
type auxState struct {
	// slabs are those below the one in use; spare is one that may be used again.
	slabs [][]Value
	spare []Value
	// frames are the Frame objects of running frames that are no generators', the innermost last.
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
