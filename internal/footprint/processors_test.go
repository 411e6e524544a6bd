package footprint

import (
	"runtime"
	"testing"
)

func TestOneThread(t *testing.T) {
	usual := runtime.GOMAXPROCS(0)
	defer runtime.SetDefaultGOMAXPROCS()
	for _, c := range []struct{ before, one, more int }{{1, 1, 1}, {2, 2, 2}, {8, 2, usual}} {
		runtime.GOMAXPROCS(c.before)
		more := OneThread()
		one := runtime.GOMAXPROCS(0)
		more()
		if n := runtime.GOMAXPROCS(0); one != c.one || n != c.more {
			t.Errorf("of %d processors, %d are used for one thread and %d for more; want %d, %d", c.before, one, n, c.one, c.more)
		}
	}
}
