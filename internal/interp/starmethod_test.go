package interp

import (
	"fmt"
	"testing"
)

// TestStarMethods counts what is allocated by calls of methods with *: no bound methods.
func TestStarMethods(t *testing.T) {
	mallocs := func(n int) uint64 {
		return mallocsOf(t, fmt.Sprintf(`
from _collections import deque
class A:
    def f(self, x): pass
class B(A):
    def f(self, *x): super().f(*x)
def main(n):
    a, b, d = A(), B(), deque(maxlen=2)
    args = (None,)
    for i in range(n):
        a.f(*args)
        b.f(*args)
        d.append(*args)
main(%d)
`, n))
	}
	mallocs(1)
	// One tuple each for what B.f gets.
	if few, many := mallocs(1), mallocs(20001); many > few+30000 {
		t.Errorf("%d allocations for 80000 calls", many-few)
	}
}
