package code

import (
	"math"
	"slices"
	"testing"

	"github.com/krait-py/krait/pyver"
)

// Lines far apart must not make tables of any length.
func TestLineStepsAreBounded(t *testing.T) {
	for _, line := range []int{50_000_000_000_000, math.MaxInt} {
		for _, v := range []pyver.Version{pyver.Py27, pyver.Py36, pyver.Py39} {
			starts := []LineStart{{Offset: 0, Line: 1, HasLine: true}, {Offset: 2, Line: line, HasLine: true}}
			if table, err := EncodeLnotab(v, 1, slices.Values(starts)); err == nil {
				t.Errorf("%v: line %d gives a table of %d bytes; want an error", v, line, len(table))
			}
		}
		ranges := []LineRange{{Start: 0, End: 2, Line: 1, HasLine: true}, {Start: 2, End: 4, Line: line, HasLine: true}}
		if table, err := EncodeLineTable(1, slices.Values(ranges)); err == nil {
			t.Errorf("3.10: line %d gives a table of %d bytes; want an error", line, len(table))
		}
	}
	starts := []LineStart{{Offset: 2, Line: math.MaxInt32, HasLine: true}}
	if _, err := EncodeLnotab(pyver.Py39, 1, slices.Values(starts)); err != nil {
		t.Errorf("the largest line CPython can have: %v", err)
	}
}
