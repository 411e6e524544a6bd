package instrument_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instrument"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
	"github.com/krait-py/krait/verify"
)

// checked returns passes each of which has the verifier look at its result.
func checked(passes ...instrument.Pass) []instrument.Pass {
	all := make([]instrument.Pass, len(passes))
	for i, p := range passes {
		all[i] = func(f *rewrite.Func) error {
			before, err := f.Encode()
			if err != nil {
				return err
			}
			if err := p(f); err != nil {
				return err
			}
			o, err := f.Encode()
			if err != nil {
				return err
			}
			if !verify.One(before).OK() {
				return nil // not the pass's fault
			}
			for _, finding := range verify.One(o).Findings {
				return fmt.Errorf("pass %d: verify: %v", i, &finding)
			}
			return nil
		}
	}
	return all
}

// session returns a session of the interpreter of a version.
func session(t *testing.T, v pyver.Version) *oracle.Session {
	t.Helper()
	in, err := oracle.Find(v)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{Timeout: 60 * time.Second})
	t.Cleanup(func() { s.Close() })
	return s
}

func compile(t *testing.T, s *oracle.Session, source, name string) *code.Object {
	t.Helper()
	data, err := s.Compile([]byte(source), name, 0)
	if err != nil {
		t.Fatal(err)
	}
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f.Code
}

// literal returns o as a Python expression.
func literal(t *testing.T, o *code.Object) string {
	t.Helper()
	data, err := marshal.Write(o, marshal.Options{Version: o.Version})
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	s.WriteString(`__import__("marshal").loads(b"`)
	for _, c := range data {
		fmt.Fprintf(&s, `\x%02x`, c)
	}
	return s.String() + `")`
}

// run executes source changed by the passes, with the statements of setup in
// its globals, and returns the repr of its global variable r.
func run(t *testing.T, s *oracle.Session, setup, source string, passes ...instrument.Pass) string {
	t.Helper()
	o, err := instrument.Apply(compile(t, s, source, "m.py"), checked(passes...)...)
	if err != nil {
		t.Error(err)
		return ""
	}
	got, err := s.Exec(fmt.Sprintf("d = {'__name__': 'm'}\nexec(%q, d)\nexec(%s, d)\nresult = repr(d['r'])", setup, literal(t, o)))
	if err != nil {
		t.Error(err)
	}
	return got
}

// each runs f for every interpreter found.
func each(t *testing.T, f func(t *testing.T, s *oracle.Session, v pyver.Version)) {
	for _, v := range pyver.All() {
		if v > pyver.Py27 && v < pyver.Py36 || v == pyver.Py315 && testing.Short() {
			continue
		}
		t.Run(v.String(), func(t *testing.T) { f(t, session(t, v), v) })
	}
}

func double(v code.Value) code.Value {
	n, ok := v.(*code.Int)
	if !ok || n.Big != nil {
		return v
	}
	return &code.Int{V: 2 * n.V}
}

func TestDoubleEveryInt(t *testing.T) {
	each(t, func(t *testing.T, s *oracle.Session, v pyver.Version) {
		const source = `
import sys
from sys import path
def f(x, y=100, *rest, **kw):
    return [x + 1, y, 200, x * -3, (5, 6), "7", True, 1.5, 70000]
def g(): return 255
r = f(1, y=2) + [g()]
`
		want := "[4, 4, 400, -12, (5, 6), '7', True, 1.5, 140000, 510]"
		if got := run(t, s, "", source, instrument.Constants(double)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestRedirect(t *testing.T) {
	each(t, func(t *testing.T, s *oracle.Session, v pyver.Version) {
		const source = `
import os, os.path
class C:
    def join(self, *a): return "method"
c = C()
def f(c):
    keep = len
    return [len("abc"), keep("abc"), os.path.join("a", "b"), c.join("x"), len(*["ab"]),
            len(str(len("q"))), os.sep.join("xy") if c else len(""), max(1, 2, key=len) if not c else 0]
r = f(c) + [len([])]
`
		const setup = `
def fake(*args): return ("fake",) + args
def fakejoin(*args): return "+".join(args)
`
		want := "[('fake', 'abc'), 3, 'a+b', 'method', ('fake', 'ab'), ('fake', \"('fake', 'q')\"), 'x/y', 0, ('fake', [])]"
		got := run(t, s, setup, source, instrument.Redirect("len", "fake"), instrument.Redirect("os.path.join", "fakejoin"))
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// note returns a snippet that appends a text to the global list r.
func note(text string) instrument.Snippet {
	return func(b *rewrite.Builder) {
		b.LoadGlobal("r", false).LoadMethod("append").LoadConst(text).CallMethod(1).Pop()
	}
}

func TestEntryAndExit(t *testing.T) {
	each(t, func(t *testing.T, s *oracle.Session, v pyver.Version) {
		const source = `
def one(n):
    while n:
        n -= 1
    return n
def two(): raise KeyError
def three():
    try:
        two()
    except KeyError:
        return 3
    finally:
        r.append('finally')
def gen():
    try:
        yield 1
        yield 2
    finally:
        r.append('closing')
def simple():
    yield 1
    yield 2
def cells(a):
    def inner(): return a
    return inner()
one(2); r.append('-')
try: two()
except KeyError: r.append('KeyError')
r.append('-'); three(); r.append('-')
r.append(list(gen())); r.append('-')
g = gen(); next(g); g.close(); r.append('-')
g = simple(); next(g); g.close(); r.append('-')
cells(5)
`
		exit := func(f *rewrite.Func) error {
			if f.Object.NameText() == "<module>" {
				return nil
			}
			name := f.Object.NameText()
			return instrument.Exit(note("return "+name), note("raise "+name))(f)
		}
		entry := func(f *rewrite.Func) error {
			if f.Object.NameText() == "<module>" {
				return nil
			}
			return instrument.Entry(note("enter " + f.Object.NameText()))(f)
		}
		want := "['enter one', 'return one', '-', 'enter two', 'raise two', 'KeyError', '-', " +
			"'enter three', 'enter two', 'raise two', 'finally', 'return three', '-', " +
			"'enter gen', 'closing', 'return gen', [1, 2], '-', " +
			"'enter gen', 'closing', 'raise gen', '-', 'enter simple', 'raise simple', '-', " +
			"'enter cells', 'enter inner', 'return inner', 'return cells']"
		if v < pyver.Py38 {
			want = strings.Replace(want, "'finally', 'return three'", "'return three', 'finally'", 1)
		}
		if got := run(t, s, "r = []", source, exit, entry); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	})
}

func TestBranches(t *testing.T) {
	each(t, func(t *testing.T, s *oracle.Session, v pyver.Version) {
		const source = `
def f(n):
    s = 0
    for i in range(n):
        if i % 2:
            s += i
        elif i == 4:
            break
    else:
        s = -1
    while s < 3: s += 1
    return s
f(3); f(9)
`
		count := func(b *rewrite.Builder, line int, taken bool) {
			key := fmt.Sprintf("%d%v", line, taken)
			b.LoadGlobal("r", false).LoadConst(key).BinaryOp("[]").LoadConst(1).BinaryOp("+")
			b.LoadGlobal("r", false).LoadConst(key).Op(opcode.STORE_SUBSCR, 0)
		}
		got := run(t, s, "import collections\nr = collections.defaultdict(int)", source+"r = sorted(r.items())\n",
			instrument.Only(instrument.Named("f"), instrument.Branches(count)))
		// Which way "taken" is depends on how the compiler turned conditions;
		// the sums do not.
		total := map[string]int{}
		for _, item := range strings.Split(strings.Trim(got, "[]()"), "), (") {
			var key string
			var n int
			if _, err := fmt.Sscanf(strings.ReplaceAll(item, ",", ""), "%q %d", &key, &n); err != nil {
				key, rest, _ := strings.Cut(strings.ReplaceAll(item, "'", ""), ", ")
				fmt.Sscan(rest, &n)
				total[strings.TrimRight(key, "truefals")] += n
			}
		}
		// The loop asks 4 and 5 times, the if 3 and 5, the elif 2 and 3.
		want := map[string]int{"4": 9, "5": 8, "7": 5}
		for line, n := range want {
			if total[line] != n {
				t.Errorf("line %s: got %d outcomes, want %d (%s)", line, total[line], n, got)
			}
		}
	})
}

func TestAroundCalls(t *testing.T) {
	each(t, func(t *testing.T, s *oracle.Session, v pyver.Version) {
		const source = `
def f(a, b=0): return a + b
x = f(1, b=f(2)) + len("abc")
`
		match := func(c instrument.Call) bool { return c.Name == "f" }
		pass := instrument.AroundCalls(match,
			func(b *rewrite.Builder, c instrument.Call) { note("before")(b) },
			func(b *rewrite.Builder, c instrument.Call) {
				b.Dup().StoreGlobal("last").LoadGlobal("r", false).LoadMethod("append").LoadGlobal("last", false).CallMethod(1).Pop()
			})
		want := "['before', 2, 'before', 3]"
		if got := run(t, s, "r = []", source, pass); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// TestUnchanged has no passes, and passes that find nothing to change.
func TestUnchanged(t *testing.T) {
	source := "def f():\n    return [x for x in range(1000)]\n"
	each(t, func(t *testing.T, s *oracle.Session, v pyver.Version) {
		o := compile(t, s, source, "m.py")
		n, err := instrument.Apply(o, instrument.Redirect("nothing", "else"), instrument.Constants(func(v code.Value) code.Value { return v }))
		if err != nil || n != o {
			t.Errorf("got another object, %v", err)
		}
	})
}

func TestApplyErrors(t *testing.T) {
	if _, err := instrument.Apply(nil); err == nil {
		t.Error("nil: no error")
	}
	m := rewrite.NewModule(pyver.Py314, "m.py")
	o, err := m.Code()
	if err != nil {
		t.Fatal(err)
	}
	o.Consts = &code.Tuple{Items: append([]code.Value{o}, o.Consts.Items...)}
	if _, err := instrument.Apply(o); !errors.Is(err, instrument.ErrCycle) {
		t.Errorf("cycle: %v", err)
	}
	o, _ = m.Code()
	if _, err := instrument.Apply(o, instrument.Entry(func(b *rewrite.Builder) { b.BinaryOp("?") })); err == nil {
		t.Error("mistake in a snippet: no error")
	}
}

// settrace runs a program in the interpreter under sys.settrace, and returns
// how often each line of each of its functions began, and how often in one of
// the instrumented program.
const settrace = `
import collections, io, marshal, sys, threading

def traced(code):
    seen = collections.Counter()
    def local(frame, event, arg):
        if event == "line":
            seen[frame.f_code.co_qualname, frame.f_lineno] += 1
        return local
    def start(frame, event, arg):
        return local if frame.f_code.co_filename == "m.py" else None
    run(code, {}, lambda: sys.settrace(start))
    return seen

def run(code, extra, before):
    d = {"__name__": "m", "__file__": "m.py"}
    d.update(extra)
    out, sys.stdout = sys.stdout, io.StringIO()
    before()
    try:
        exec(code, d)
    except BaseException as e:
        print(type(e))
    finally:
        sys.settrace(None)
        sys.stdout = out

def counted(code):
    seen = collections.Counter()
    run(code, {"__seen__": seen}, lambda: None)
    return seen

plain, changed = traced(PLAIN), counted(CHANGED)
bad = ["%s line %d: settrace %d, counted %d" % (k + (plain[k], changed[k]))
       for k in sorted(plain.keys() | changed.keys()) if plain[k] != changed[k]]
result = "%d\n" % sum(plain.values()) + "\n".join(bad)
`

// countLines counts lines into the global dict __seen__, by function and line.
func countLines(f *rewrite.Func) error {
	return instrument.Lines(func(b *rewrite.Builder, line int) {
		key := []any{f.Object.QualNameText(), line}
		b.LoadGlobal("__seen__", false).LoadConst(key).BinaryOp("[]").LoadConst(1).BinaryOp("+")
		b.LoadGlobal("__seen__", false).LoadConst(key).Op(opcode.STORE_SUBSCR, 0)
	})(f)
}

// TestLinesAgainstSettrace compares the counts of instrumented programs with
// those of sys.settrace.
func TestLinesAgainstSettrace(t *testing.T) {
	s := session(t, pyver.Py314)
	entries, err := os.ReadDir("../testdata/py")
	if err != nil {
		t.Fatal(err)
	}
	programs, events := 0, 0
	for _, e := range entries {
		source, err := os.ReadFile("../testdata/py/" + e.Name())
		if err != nil || !strings.HasSuffix(e.Name(), ".py") {
			continue
		}
		data, err := s.Compile(source, "m.py", 0)
		if err != nil {
			continue
		}
		f, err := pyc.Read(data, pyc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		o, err := instrument.Apply(f.Code, checked(countLines)...)
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		got, err := s.Exec(strings.NewReplacer("PLAIN", literal(t, f.Code), "CHANGED", literal(t, o)).Replace(settrace))
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		n, bad, _ := strings.Cut(got, "\n")
		var k int
		fmt.Sscan(n, &k)
		programs, events = programs+1, events+k
		if bad != "" {
			t.Errorf("%s:\n%s", e.Name(), bad)
		}
	}
	t.Logf("%d line events of %d programs", events, programs)
}

// TestPassesOnCorpus has all hooks added to programs compiled by every version
// found: what comes out must be verified.
func TestPassesOnCorpus(t *testing.T) {
	count := note("x")
	passes := []instrument.Pass{
		instrument.Constants(double), instrument.Redirect("len", "fake"),
		instrument.Branches(func(b *rewrite.Builder, line int, taken bool) { count(b) }),
		instrument.Lines(func(b *rewrite.Builder, line int) { count(b) }),
		instrument.Exit(count, count), instrument.Entry(count),
		instrument.AroundCalls(func(instrument.Call) bool { return true },
			func(b *rewrite.Builder, c instrument.Call) { count(b) }, func(b *rewrite.Builder, c instrument.Call) { count(b) }),
	}
	entries, err := os.ReadDir("../testdata/py")
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, s *oracle.Session, v pyver.Version) {
		for _, e := range entries {
			source, err := os.ReadFile("../testdata/py/" + e.Name())
			if err != nil || !strings.HasSuffix(e.Name(), ".py") {
				continue
			}
			data, err := s.Compile(source, e.Name(), 0)
			if err != nil {
				continue // not of this version
			}
			f, err := pyc.Read(data, pyc.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := instrument.Apply(f.Code, checked(passes...)...); err != nil {
				t.Errorf("%s: %v", e.Name(), err)
			}
		}
	})
}
