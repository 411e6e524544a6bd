package interp_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestNothingAtStart sees to it that modules of which a program imports none cost its start nothing: what they have to define is in their Setup.
func TestNothingAtStart(t *testing.T) {
	files, err := filepath.Glob("../stdlib/*/*.go")
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc init()") {
			t.Errorf("%s has a function init; modules have Setup", f)
		}
	}
}

// lateProgram has names of its own that are names of methods of types which another interpreter may define in the middle of it.
const lateProgram = `
class C:
    popleft = 1
    def __init__(self):
        self.rotate, self.appendleft, self.maxlen = 1, 2, 3
    def groupindex(self): return 4
c = C()
before = c.popleft, c.rotate, c.appendleft, c.maxlen, c.groupindex()
import _collections, _struct, itertools, _functools, _contextvars, zlib, _random, _sre, _csv, _json
class D(_collections.deque):
    def appendleft(self, x):
        super().appendleft(x)
        super().appendleft(x)
d = D([1, 2, 3])
d.appendleft(7)
d.rotate(1)
for name in dir(_collections.deque):
    if not name.startswith("_"):
        setattr(c, name, name)
assert all(getattr(c, n) == n and n in vars(c) for n in ("popleft", "maxlen", "rotate")), vars(c)
assert c.__dict__["popleft"] == "popleft" and C.popleft == 1
c.popleft = 5
assert [k for k in vars(c)].count("popleft") == 1 and c.popleft == 5
E = type("E", (), {n: f for n, f in vars(_collections.deque).items() if n == "rotate"})
assert "rotate" in vars(E) and E.rotate is _collections.deque.rotate
assert _collections.deque in object.__subclasses__()
print(before, repr(d), d.popleft(), _collections.deque.popleft(d), getattr(d, "pop" + "left")(), d.maxlen)
print(_struct.Struct("<i").size, next(itertools.chain.from_iterable([[1]])), _contextvars.ContextVar("x").name, zlib.decompressobj().eof)
`

// TestSetups runs programs at the same time, the first of which imports the modules first.
func TestSetups(t *testing.T) {
	want := "(1, 1, 2, 3, 4) D([3, 7, 7, 1, 2]) 3 7 7 None\n4 1 x False\n"
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if got := python(t, lateProgram); got != want {
				t.Errorf("got %s want %s", got, want)
			}
		})
	}
	all.Wait()
}
