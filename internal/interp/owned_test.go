package interp

import (
	"fmt"
	"testing"
)

// TestOwned counts what is allocated for lists and sets that one word sees: a call of a builtin that forgets them, an operator, a loop: nothing, but for the first few.
func TestOwned(t *testing.T) {
	mallocs := func(n int) uint64 {
		return mallocsOf(t, fmt.Sprintf(`
def main(n):
    r = range(9)
    sizes, some = [1, 2, 3, 4], {1, 2, 3}
    for i in range(n):
        len({x + i for x in r})
        sum([x for x in r])
        len([x for x in r if x & 1])
        max([i, 3, n])
        len({i, n})
        sum(sizes[1:])
        len(sizes[i:])
        for x in sizes[2:]:
            for y in sizes[::-1]:
                pass
        sizes += [i] + [n]
        del sizes[4:]
        len(set(sizes))
        max(some & {i, 2})
main(%d)
`, n))
	}
	mallocs(1)
	if few, many := mallocs(1), mallocs(10001); many > few+5000 {
		t.Errorf("%d allocations for 150000 collections", many-few)
	}
}
