package vm_test

import (
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
)

// newInterp returns an interpreter without a standard library, in which modules written in Go can be imported.
func newInterp(t testing.TB, out *strings.Builder) *object.Interp {
	t.Helper()
	in, err := interp.New(interp.Config{Stdout: out, Stderr: out})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"_collections", "_functools", "_operator", "_thread", "gc", "itertools"} {
		m := in.BuiltinModules[name].Create(in.Main)
		if m == nil {
			t.Fatalf("module %s: %v", name, in.Main.Exc)
		}
		in.Modules.SetName(in.Main, name, object.Of(m))
	}
	return in
}

// runPython returns what a program prints, and its traceback if it fails.
func runPython(t testing.TB, src string) string {
	t.Helper()
	var out strings.Builder
	in := newInterp(t, &out)
	if interp.RunSource(in, "test.py", []byte(src)).IsNil() {
		e := in.Main.Exc
		in.Main.Exc = nil
		sysmod.PrintException(in.Main, object.Of(e))
	}
	return out.String()
}

// TestHostile runs programs that try to get at what the machine holds.
func TestHostile(t *testing.T) {
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			if got := runPython(t, c.src); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

var hostile = []struct{ name, src, want string }{
	{"a jump that is executed only if f_locals sets a variable leads to where the stack is higher", `
def f():
    try: x
    except NameError: return 1
    x = 1
c = f.__code__
f.__code__ = c.replace(co_code=c.co_code[:4] + b"\x4d\x0e" + c.co_code[6:]) # JUMP_FORWARD for POP_TOP, to that of the handler
try: f()
except ValueError as e: print("stack-join" in str(e))
`, "True"},
	{"f_locals sets a variable that no instruction sets", `
import sys
def f(g):
    g()
    try: x
    except NameError: return "unbound"
    return x
    x = 1
def g(): sys._getframe(1).f_locals["x"] = 5
print(f(g), f(int))
`, "5 unbound"},
	{"names of attributes in class patterns are no strings", `
def f(x):
    match x:
        case int(real=r): return r
c = f.__code__
f.__code__ = c.replace(co_consts=tuple((1, "real") if k == ("real",) else k for k in c.co_consts))
try: print(f(3))
except TypeError as e: print(e)
print(f("a"))
`, "attribute name must be string, not 'int'\nNone"},
	{"a bound method is called with a value in the place of self", `
class A:
    def m(self, *a): return self, a
    def __repr__(self): return "A"
def f(x, m, a, b): return [x, (x, m(b), x)]
f.__code__ = f.__code__.replace(co_code=f.__code__.co_code.replace(b"\x21\0", b"\x56\2")) # PUSH_NULL, LOAD_FAST_BORROW a
print(f(7, A().m, 1, 2), f(7, A.m, 1, 2))
`, "[7, (7, (A, (1, 2)), 7)] [7, (7, (1, (2,)), 7)]"},
	{"arguments that Go code has pushed stay while a generator that it runs calls functions", `
def f(*a): return a
def g():
    f(11, 12, 13, 14, 15, 16, 17)
    yield "a"
    f(11, 12, 13, 14, 15, 16, 17)
    yield "b"
print(list(map(str.join, ["|"], [g()])))
print(list(map(dict.fromkeys, [g()], ["v"])))
`, `['a|b']
[{'a': 'v', 'b': 'v'}]`},
	{"values in each other, more than Go's stack should hold", `
import itertools
def nest(x, f):
    for i in range(10000):
        x = f(x)
    return x
for name, x, f, use in [
    ("list", [], lambda x: [x], lambda x, y: x == y),
    ("list", [], lambda x: [x], lambda x, y: x < y),
    ("tuple", (), lambda x: (x,), lambda x, y: hash(x)),
    ("tuple", (), lambda x: (x,), lambda x, y: x == y),
    ("dict", {}, lambda x: {1: x}, lambda x, y: x == y),
    ("slice", 1, slice, lambda x, y: hash(x)),
    ("map", iter([1]), lambda x: map(int, x), lambda x, y: next(x)),
    ("filter", iter([1]), lambda x: filter(None, x), lambda x, y: next(x)),
    ("enumerate", iter([1]), enumerate, lambda x, y: next(x)),
    ("zip", iter([1]), zip, lambda x, y: next(x)),
    ("chain", iter([1]), itertools.chain, lambda x, y: next(x)),
    ("method", print, lambda x, m=type(type("A", (), {"f": lambda s: 0})().f): m(x, 1), lambda x, y: x.spam),
    ("mappingproxy", {}, type(int.__dict__), lambda x, y: len(x)),
    ("mappingproxy", {}, type(int.__dict__), lambda x, y: 1 in x),
]:
    a, b = nest(x, f), None
    try:
        if name in ("list", "tuple", "dict"):
            b = nest(x, f)
        use(a, b)
        print(name, "done")
    except RecursionError as e:
        print(name, e)
`, `list maximum recursion depth exceeded in comparison
list maximum recursion depth exceeded in comparison
tuple maximum recursion depth exceeded
tuple maximum recursion depth exceeded in comparison
dict maximum recursion depth exceeded in comparison
slice maximum recursion depth exceeded
map maximum recursion depth exceeded
filter maximum recursion depth exceeded
enumerate maximum recursion depth exceeded
zip maximum recursion depth exceeded
chain maximum recursion depth exceeded
method maximum recursion depth exceeded
mappingproxy maximum recursion depth exceeded
mappingproxy maximum recursion depth exceeded`},
	{"functions whose code changes while it runs", `
import gc
from _functools import partial
def f():
    x = 1
    f.__code__ = (lambda: 5).__code__
    gc.collect()
    y = [x for i in range(5)]
    return y, x
print(f(), f())
def g():
    a = b = c = d = e = 1
    yield [a, b, c]
    yield [d, e, x]
x = 9
i = g()
j = g()
print(next(i))
g.__code__ = (lambda: 5).__code__
gc.collect()
print(next(i), list(j), g(), i.gi_code is j.gi_code, i.gi_code is g.__code__)
def t():
    a = b = c = d = e = 1
    raise ValueError
try:
    t()
except ValueError as e:
    t.__code__ = (lambda: 5).__code__
    frame = e.__traceback__.tb_next.tb_frame
    print(frame.f_code.co_name, sorted(frame.f_locals), frame.f_lineno - frame.f_code.co_firstlineno)
class P:
    @property
    def p(self): return 1
def get(p): return p.p
print(get(P()), get(P()))
P.p.fget.__code__ = (lambda self, x=3: 2).__code__
try:
    print(get(P()))
except TypeError as e:
    print(e)
class H(str):
    def __hash__(self):
        if not armed:
            return hash(str(self))
        k.__code__ = (lambda **kw: 7).__code__
        def h(*a): return a
        h(*range(40))
        return hash(str(self))
def k(a=1, b=2, *c, d=3, **e):
    return a, b, c, d, e
armed = False
names = {H("spam"): 5}
armed = True
print(partial(k)(10, 20, 30, **names), k())
`, `([1, 1, 1, 1, 1], 1) 5
[1, 1, 1]
[1, 1, 9] [[1, 1, 1], [1, 1, 9]] 5 True False
t ['a', 'b', 'c', 'd', 'e'] 2
1 1
P.p() missing 1 required positional argument: 'x'
(10, 20, (30,), 3, {'spam': 5}) 7`},
	{"instructions of code made by hand that find other values than compilers give them", `
def f(a):
    return f"{a}b{a:>3}"
def with_const(old, new):
    c = f.__code__
    return type(f)(c.replace(co_consts=tuple([new if x == old else x for x in c.co_consts])), globals())
for g in [with_const("b", 5), with_const(">3", 5), with_const("b", "c")]:
    try:
        print(g(1))
    except (TypeError, SystemError) as e:
        print(type(e).__name__, e)
def n(): pass
# SETUP_ANNOTATIONS in a function; COPY_FREE_VARS 0 without a closure, in a range with a handler
for text, table in [([128, 0, 36, 0, 82, 0, 35, 0], []), ([128, 0, 60, 0, 82, 0, 35, 0, 31, 0, 82, 0, 35, 0], [0x80 | 1, 1, 4, 0])]:
    try:
        print(type(n)(n.__code__.replace(co_code=bytes(text), co_exceptiontable=bytes(table), co_linetable=b"", co_stacksize=2, co_consts=(7,)), {})())
    except SystemError as e:
        print(e)
`, `TypeError sequence item 1: expected str instance, int found
SystemError Format specifier must be a string, not int
1c  1
no locals found when setting up annotations
7`},
	{"builtin methods with odd arguments", `
import _thread
try:
    super.__new__(super).__get__(3, int)
except RuntimeError as e:
    print(e)
r = _thread.RLock()
for state in 1, (1,), ("a", "b"):
    try:
        r._acquire_restore(state)
    except TypeError as e:
        print(e)
for f in (lambda: [0] * 2**40, lambda: (0,) * 2**40, lambda: (1).to_bytes(2**40), lambda: bytes(2**40)):
    try:
        f()
    except MemoryError as e:
        print("MemoryError")
`, `super(): object is not initialized
_acquire_restore() argument 1 must be 2-item tuple, not int
_acquire_restore() argument 1 must be tuple of length 2, not 1
'str' object cannot be interpreted as an integer
MemoryError
MemoryError
MemoryError
MemoryError`},
}
