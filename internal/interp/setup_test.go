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
for text in _collections.deque.__doc__, _collections.deque.__module__, itertools.chain.__doc__:
    setattr(c, text, text + "!")
    assert getattr(c, text) == vars(c)[text] == text[:] + "!" and hash(text) == hash("".join(list(text)))
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

// TestLateDicts looks into builtin types for the first time in several interpreters at once, and finds the same in all of them.
func TestLateDicts(t *testing.T) {
	const src = `
def walk(c, seen):
    if c not in seen:
        seen.add(c)
        for s in type.__subclasses__(c):
            walk(s, seen)
    return seen
names = []
for c in walk(object, set()):
    if c.__module__ == "builtins" and c in vars(__import__("builtins")).values():
        names.append((c.__name__, len(vars(c)), "__doc__" in c.__dict__, [n for n, f in vars(c).items() if n != getattr(f, "__name__", n)]))
names.sort()
import _collections, _struct, itertools, _functools, _contextvars, zlib, _random, _sre, _csv, _json, _io, select, unicodedata
assert all(x.isascii() for c in walk(object, set()) for x in (c.__doc__, c.__module__, *vars(c)) if isinstance(x, str))
print(len(names) > 90, "append" in dir(list), list.append is list.__dict__["append"], int.__add__ is vars(int)["__add__"], names)
`
	var all sync.WaitGroup
	var got [4]string
	for i := range got {
		all.Go(func() { got[i] = python(t, src) })
	}
	all.Wait()
	for _, g := range got {
		if g != got[0] || !strings.HasPrefix(g, "True True True True [('ArithmeticError', ") {
			t.Errorf("got %s want %s", g, got[0])
		}
	}
}
