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
		if got := percentFor(c.live, c.scanned, c.whole); got != c.want {
			t.Errorf("percentFor(%d, %d, %d) = %d; want %d", c.live, c.scanned, c.whole, got, c.want)
		}
	}
}
