package object

import (
	"math"
	"unsafe"
)

// RangeWalk is what a Value points to that is a loop over a range: the payload has the next number in its upper half, and how many are to come in its
// lower half. There is one for each step that is small. Only registers of loops have such values.
type RangeWalk struct {
	Head
	// Add is what a step of the loop adds to the payload.
	Add uint64
	// zero says that the range begins with 0, so that the next number tells how far the loop is.
	zero bool
}

// RangeWalkType is the type of RangeWalk.
var RangeWalkType Type

// maxWalkStep is the largest step of a RangeWalk.
const maxWalkStep = 16

// rangeWalks has the steps from -maxWalkStep on; first those of ranges that begin with 0.
var rangeWalks = func() (w [2][2*maxWalkStep + 1]RangeWalk) {
	for i := range w {
		for j := range w[i] {
			step := int64(j - maxWalkStep)
			w[i][j] = RangeWalk{Head{&RangeWalkType}, uint64(step<<32) - 1, i == 0}
		}
	}
	return w
}()

// WalkRange returns the loop over a range of int64; no value: it needs an iterator.
func WalkRange(start, stop, step int64) Value {
	const most = 1 << 30 // so that the number behind the last one has room, too
	if step == 0 || step > maxWalkStep || step < -maxWalkStep || start > most || start < -most || stop > most || stop < -most {
		return Value{}
	}
	var n int64
	switch {
	case step > 0 && start < stop:
		n = (stop-start-1)/step + 1
	case step < 0 && start > stop:
		n = (start-stop-1)/-step + 1
	}
	i := 1
	if start == 0 {
		i = 0
	}
	return Value{unsafe.Pointer(&rangeWalks[i][step+maxWalkStep]), uint64(start)<<32 | uint64(n)}
}

// WalkOf returns the loop over the numbers of a range object; no value: it needs an iterator.
func (r *Range) WalkOf() Value {
	if r.Start.IsInt() && r.Stop.IsInt() && r.Step.IsInt() {
		return WalkRange(r.Start.Int(), r.Stop.Int(), r.Step.Int())
	}
	return Value{}
}

// WalkProgress is Progress of the loop over a range; it is not ok if only what is left is known.
func WalkProgress(v Value) (done, left int, ok bool) {
	w := To[RangeWalk](v)
	left = int(v.B & math.MaxUint32)
	if step := int64(w.Add+1) >> 32; w.zero {
		done = int(int64(v.B) >> 32 / step)
	}
	return done, left, w.zero && done+left > 0
}

func setupRangeWalk() {
	Define(&RangeWalkType, TypeSpec{Name: "range_iterator", Flags: FlagNoNew})
}
