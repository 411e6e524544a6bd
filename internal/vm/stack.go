package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// callers yields the frames that run, innermost first, with the instruction pointer of each.
func callers(t *Thread) func(yield func(fp ptr, ip uintptr) bool) {
	return func(yield func(fp ptr, ip uintptr) bool) {
		fp, ip := t.FP, t.IP
		first := uintptr(ptr(unsafe.SliceData(t.Records)))
		for r := t.Frame; fp != 0; {
			if !yield(asPtr(&fp), ip) || r == first {
				return
			}
			r -= recordSize
			rec := (*object.Record)(asPtr(&r))
			fp, ip = rec.FP, rec.IP
		}
	}
}

// FrameAt returns the Frame object of the caller depth levels up, 0 being the frame that runs; nil if there are not so many.
func FrameAt(t *Thread, depth int) *object.Frame {
	for fp := range callers(t) {
		if depth == 0 {
			return frameObject(t, fp)
		}
		depth--
	}
	return nil
}

// FuncAt returns the function that runs in the caller depth levels up, or nil.
func FuncAt(t *Thread, depth int) *object.Func {
	for fp := range callers(t) {
		if depth == 0 {
			return funcOf(fp)
		}
		depth--
	}
	return nil
}

// SetRecursionLimit sets how many frames a thread may have.
func SetRecursionLimit(t *Thread, n int) bool {
	depth := t.FrameDepth()
	if depth >= n {
		t.Raisef(&object.RecursionErrorType, "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low", n, depth)
		return false
	}
	// Beyond what the slab can hold frames of the least size, a higher limit means nothing.
	size := min(n, 1<<20) + recordSlack
	if size > len(t.Records) {
		old := uintptr(ptr(unsafe.SliceData(t.Records)))
		rs := make([]object.Record, size)
		copy(rs, t.Records)
		now := uintptr(ptr(unsafe.SliceData(rs)))
		t.Frame, t.Base = t.Frame-old+now, t.Base-old+now
		t.Records = rs
	}
	t.Limit = n
	t.FullLimit = uintptr(ptr(&t.Records[min(n, len(t.Records)-recordSlack)]))
	t.SettleLimit()
	return true
}

// recordSlack is how many records there are beyond the limit.
const recordSlack = 64

// Callers yields the functions of the running frames, innermost first, and the byte offset of the instruction that each is at.
func Callers(t *Thread) func(yield func(f *object.Func, lasti int) bool) {
	return func(yield func(f *object.Func, lasti int) bool) {
		for fp, ip := range callers(t) {
			c := codeOf(fp)
			if c.Lifted == nil {
				continue
			}
			if !yield(funcOf(fp), int(lifted(c).Units[max(wordIndex(c, ip), 0)])*2) {
				return
			}
		}
	}
}
