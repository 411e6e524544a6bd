package assemble

import "testing"

// TestShapes: there is room for every instruction, and what jumps is not just written down.
func TestShapes(t *testing.T) {
	most := 0
	for op, s := range shapes() {
		if s&(isOrigin|eitherWay|eitherWayQuiet) != 0 && s&special == 0 {
			t.Errorf("instruction %d is no jump", op)
		}
		most = max(most, s.units()-1)
	}
	if most > maxCaches {
		t.Errorf("%d caches, want at most %d", most, maxCaches)
	}
}
