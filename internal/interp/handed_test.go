package interp

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestHanded counts what is allocated by functions and generators that give tuples to who takes them apart at once: none of the tuples.
func TestHanded(t *testing.T) {
	mallocs := func(n int) uint64 {
		return mallocsOf(t, fmt.Sprintf(`
def pair(a, b):
    return b, a
def triple(a, b):
    return b, a, a
def pairs(n):
    for i in range(n):
        yield i, n
def main(n):
    a = b = 1
    for i in range(n):
        a, b = pair(a, b)
        a, b, c = triple(a, b)
        for a, b in pairs(1):
            pass
    for a, b in pairs(n):
        pass
main(%d)
`, n))
	}
	mallocs(1)
	if few, many := mallocs(1), mallocs(20001); many > few+10000 {
		t.Errorf("%d allocations for 80000 tuples", many-few)
	}
}

// mallocsOf returns how many allocations it takes to run a program.
func mallocsOf(t *testing.T, src string) uint64 {
	t.Helper()
	var errs strings.Builder
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if status := Run(Config{Stderr: &errs}, "x.py", []byte(src)); status != 0 {
		t.Fatal(status, errs.String())
	}
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}
