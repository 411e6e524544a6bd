package processors

import (
	"runtime"
	"testing"
)

// atStart is how many processors are used when packages have been initialised.
var atStart = runtime.GOMAXPROCS(0)

func TestStart(t *testing.T) {
	if atStart != 1 {
		t.Errorf("the program started on %d processors", atStart)
	}
}

func TestUse(t *testing.T) {
	defer func(n int) { number = n; Use(n) }(number)
	number = 3
	for _, c := range []struct{ n, want int }{{1, 1}, {2, 2}, {9, 3}, {3, 3}, {0, 1}} {
		if n := Use(c.n); n != c.want || runtime.GOMAXPROCS(0) != n {
			t.Errorf("of 3 processors, %d are used where %d may be; want %d", n, c.n, c.want)
		}
	}
}

func TestOneThread(t *testing.T) {
	usual := number
	defer func() { number = usual; Use(usual) }()
	for _, c := range []struct{ before, one, more int }{{1, 1, 1}, {2, 2, 2}, {8, 2, usual}} {
		number = c.before
		more := OneThread()
		one := runtime.GOMAXPROCS(0)
		more()
		if n := runtime.GOMAXPROCS(0); one != c.one || n != c.more {
			t.Errorf("of %d processors, %d are used for one thread and %d for more; want %d, %d", c.before, one, n, c.one, c.more)
		}
	}
}
