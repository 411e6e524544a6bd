package vm

import (
	"errors"
	"fmt"
	"unsafe"
)

// Idle returns an error that says what a thread that runs nothing still holds, for tests: everything that has been
// entered must have been left.
func Idle(t *Thread) error {
	a := aux(t)
	var errs []error
	bad := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	bad(t.FP == 0, "a frame runs")
	bad(t.Frame == uintptr(ptr(unsafe.SliceData(t.Records))), "%d frame records", t.FrameDepth())
	bad(t.Depth == 0, "depth %d", t.Depth)
	bad(t.Scratch == 0, "arguments are on the slab")
	bad(t.Handled != nil && t.Handled.Prev == nil, "a generator's handled exceptions")
	bad(t.Handled == nil || t.Handled.Exc == nil, "an exception is being handled")
	bad(t.Exc == nil, "an exception is set")
	bad(len(a.slabs) == 0, "%d slabs below the one in use", len(a.slabs))
	bad(len(a.frames) == 0, "%d objects of running frames", len(a.frames))
	bad(!a.reraised && !a.thrown && !a.returned && a.lasti == 0, "the next exception is taken for one raised again, thrown or returned: %v %v %v %d", a.reraised, a.thrown, a.returned, a.lasti)
	bad(!t.Repring(), "a repr is being made")
	return errors.Join(errs...)
}
