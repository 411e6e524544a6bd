package footprint

import "testing"

func TestPercent(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		live, scanned uint64
		want          int
	}{
		{2 * mb, 4 * mb, 200},
		{6 * mb, 8 * mb, 150},
		{30 * mb, 32 * mb, 112},
		{0, 0, 600},
		{1 << 40, 1 << 40, 100},
	} {
		if got := percentFor(c.live, c.scanned); got != c.want {
			t.Errorf("percentFor(%d, %d) = %d; want %d", c.live, c.scanned, got, c.want)
		}
	}
}
