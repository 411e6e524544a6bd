package footprint

import "testing"

func TestPercent(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		live, scanned, whole uint64
		want                 int
	}{
		{2 * mb, 2 * mb, 4 * mb, 262},
		{8 * mb, 8 * mb, 10 * mb, 140},
		{8 * mb, 4 * mb, 10 * mb, 130},
		{12 * mb, 12 * mb, 14 * mb, 121},
		{32 * mb, 32 * mb, 29 * mb, 96},
		{30 * mb, 10 * mb, 32 * mb, 79},
		{2 * mb, 2 * mb, 2 * mb, 312}, // not 625: 14.5 MB, not 25
		{0, 0, 0, 250},
		{1 << 40, 1 << 40, 1 << 40, 50},
		{1 << 40, 0, 1 << 40, 50},
	} {
		if got := percentFor(c.live, growth(c.live, c.scanned), c.whole); got != c.want {
			t.Errorf("percentFor(%d, %d, %d) = %d; want %d", c.live, c.scanned, c.whole, got, c.want)
		}
	}
}

// A heap that grows as it may does not make the collector run because of the limit, of which Go keeps 1 MB or 3 % of the heap away.
func TestLimitLetsHeapGrow(t *testing.T) {
	const mb = 1 << 20
	for _, heap := range []uint64{12 * mb, 40 * mb, 100 * mb, 1 << 30, 1 << 40} {
		for _, rest := range []uint64{5 * mb, 50 * mb} {
			goal := limitFor(heap, rest) - rest
			goal -= max(mb, goal/100*3)
			if goal < heap || goal > heap+heap/32+mb {
				t.Errorf("limitFor(%d, %d) lets the heap grow to %d", heap, rest, goal)
			}
		}
	}
}

// The files are trimmed when there may be more memory by a quarter, not at each step.
func TestGrown(t *testing.T) {
	p := &Pacer{}
	p.files.Store(&Files{})
	for _, c := range []struct{ limit, trimmed uint64 }{{100, 100}, {120, 100}, {125, 100}, {126, 126}, {150, 126}, {200, 200}} {
		p.limit = c.limit
		if p.grown(); p.trimmed != c.trimmed {
			t.Errorf("at a limit of %d the files were trimmed at %d last; want %d", c.limit, p.trimmed, c.trimmed)
		}
	}
}
