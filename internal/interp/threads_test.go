package interp_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
	"github.com/krait-py/krait/internal/vmtest"
)

// python runs a program in an interpreter of its own, without a library, and returns what it prints.
func python(t testing.TB, src string) string {
	t.Helper()
	var out strings.Builder
	in, err := vmtest.NewInterp(&out)
	if err != nil {
		t.Fatal(err)
	}
	if interp.RunSource(in, "test.py", []byte(src)).IsNil() {
		e := in.Main.Exc
		in.Main.Exc = nil
		sysmod.PrintException(in.Main, object.Of(e))
	}
	return out.String()
}

// together is what the programs below begin with: threads that do something at the same time.
const together = `
import _thread, sys
sys.setswitchinterval(1e-5)
def together(*calls):
    done = []
    def run(f):
        try:
            f()
        except BaseException as e:
            print(type(e).__name__, e)
        done.append(1)
    for f in calls:
        _thread.start_new_thread(run, (f,))
    wait = _thread.allocate_lock()
    wait.acquire()
    while len(done) < len(calls):
        wait.acquire(True, 0.001)
`

var threadPrograms = []struct{ name, src, want string }{
	{"lists", `
l = []
def f():
    for i in range(2000):
        l.append(i)
        if len(l) > 50:
            l.pop()
        l.sort()
        l[:] = l[::-1]
        sum(l), l.copy(), l.count(3), l == [1]
together(f, f, f)
print(len(l) <= 53)`, "True\n"},
	{"dicts and sets", `
d, s = {}, set()
def f(k):
    def g():
        for i in range(2000):
            d[i % 100] = i
            d[k, i] = k
            d.pop((k, i - 5), None)
            s.add(i % 77)
            s.discard(i % 50)
            try:
                for x in d: pass
                for x in s: pass
            except RuntimeError:
                pass
    return g
together(f("a"), f("b"), f("c"))
print(len(d), max(s))`, "115 76\n"},
	{"objects and classes", `
class A:
    count = 0
    def __init__(self): self.x = 0
    def bump(self): self.x += 1; return self
    @property
    def p(self): return self.x
a = A()
def f():
    for i in range(2000):
        a.bump().p
        setattr(a, "n%d" % (i % 40), i)
        if i % 10 == 0:
            A.extra = i
            class B(A): pass
            B().bump()
        a.__dict__
together(f, f, f)
print(len(a.__dict__), A.extra)`, "41 1990\n"},
	{"a lock", `
n = 0
lock = _thread.allocate_lock()
r = _thread.RLock()
def f():
    global n
    for i in range(1000):
        with lock:
            m = n
            for j in range(3): pass
            n = m + 1
        with r, r:
            pass
together(f, f, f, f)
print(n)`, "4000\n"},
	{"a generator that two threads want", `
def numbers():
    n = 0
    while True:
        n += 1
        yield n
g = numbers()
got = []
def f():
    for i in range(3000):
        try:
            got.append(next(g))
        except ValueError as e:
            assert str(e) == "generator already executing", e
together(f, f, f)
print(len(set(got)) == len(got))`, "True\n"},
	{"exceptions and frames of others", `
def deep(n):
    if n == 0:
        raise ValueError(n)
    try:
        deep(n - 1)
    except ValueError as e:
        raise KeyError(n) from e
def f():
    for i in range(60):
        try:
            deep(20)
        except KeyError:
            pass
def g():
    for i in range(300):
        for frame in sys._current_frames().values():
            while frame:
                frame.f_lineno, frame.f_code.co_name
                frame = frame.f_back
together(f, f, g)
print("done")`, "done\n"},
	{"threads begin and end", `
local = _thread._local()
n = 0
lock = _thread.allocate_lock()
def inner():
    global n
    local.x = [1] * 10
    with lock:
        n += len(local.x)
def f():
    for i in range(50):
        _thread.start_new_thread(inner, ())
together(f, f)
wait = _thread.allocate_lock()
wait.acquire()
while n < 1000:
    wait.acquire(True, 0.001)
print(n)`, "1000\n"},
	{"functions get other code", `
def a(x): return x + 1
def b(x): return x * 2
c = a.__code__, b.__code__
def f():
    for i in range(2000):
        a.__code__ = c[i % 2]
        a(i)
def g():
    for i in range(5000):
        assert a(i) in (i + 1, i * 2)
together(f, g, g)
print("done")`, "done\n"},
	{"tracing in one thread", `
def work():
    t = 0
    for i in range(500):
        t += i
    return t
lines = 0
def trace(frame, event, arg):
    global lines
    lines += 1
    return trace
def f():
    sys.settrace(trace)
    work()
    sys.settrace(None)
def g():
    for i in range(30):
        assert work() == 124750
together(f, g, g)
print(lines > 500)`, "True\n"},
	{"garbage", `
import gc
import _weakref
class Node:
    pass
def f():
    for i in range(200):
        a, b = Node(), Node()
        a.b, b.a = b, a
        w = _weakref.ref(a, lambda r: None)
        if i % 50 == 0:
            gc.collect()
together(f, f)
print("done")`, "done\n"},
	{"a busy thread lets the others run", `
stop = False
n = 0
def busy():
    global n
    while not stop:
        n += 1
def calls():
    def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
    while not stop:
        fib(12)
turns = []
def polite():
    global stop
    for i in range(20):
        turns.append(i)
        wait = _thread.allocate_lock()
        wait.acquire()
        wait.acquire(True, 0.0005)
    stop = True
together(busy, calls, polite)
print(len(turns))`, "20\n"},
}

func TestThreads(t *testing.T) {
	for _, c := range threadPrograms {
		t.Run(c.name, func(t *testing.T) {
			if got := python(t, together+c.src); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestParallelInterpreters runs the same programs in several interpreters at once.
func TestParallelInterpreters(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range threadPrograms {
				c := threadPrograms[(i*3+j)%len(threadPrograms)]
				if got := python(t, together+c.src); got != c.want {
					t.Errorf("%s: got %q, want %q", c.name, got, c.want)
				}
			}
		})
	}
	wg.Wait()
}
