package symtable_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// notedCases are programs in which it matters what of a body the parser notes, or in which
// order.
var notedCases = []string{
	"def f():\n    super = 1\n    return super",
	"class C:\n    def f(self):\n        super().f\n        return __class__",
	"class C:\n    def f(self):\n        del super",
	"class C:\n    x = super",
	"class C:\n    def f(self): import super, a.super\n    def g(self):\n        from a import super\n        super.b\n    def h(self): import b as super",
	"class C:\n    def f(self):\n        try: a\n        except b as super: c\n    def g(self):\n        for super in d: e\n    def h(self): import super.i",
	"class C:\n    def f(self, __a): return __b + self.__c, __d__\n    __e = 1\n    import __f, __g.h",
	"class _:\n    def f(self): return __b",
	"class C[T, __T]:\n    def f(self): return __T, __a",
	"def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    return g, x",
	"def f():\n    global x, y\n    x = y = [z for z in x]",
	"def f(a=lambda x=(lambda: y): x): return [a for a in b if (c := a)], c",
	"def f(): return (lambda: a) if (lambda: b) else {(lambda: c): lambda: d, **e}",
	"def f():\n    with (a, b) as (c, d), e: pass\n    with (g, lambda: h): pass\n    with (i as j, k as l,): pass",
	"def f():\n    match (x):\n        case [a, *b] if (lambda: c): d = e\n    match (y)\n    match[z]",
	"def f():\n    @(lambda g: g)\n    def h(x=(lambda: 0)): yield x\n    @a\n    class D(b, c=lambda: d): e = f",
	"def f():\n    x: int = 1\n    y: str\n    (z): a = b",
	"class C:\n    x: int\n    if a:\n        y: int\n    def f(self): z: int",
	"x: int\nif a:\n    y: int",
	"from __future__ import annotations\nx: int\ndef f(a: b) -> c: return d",
	"def f():\n    try: a\n    except b as c: d\n    except (e, g): h\n    else: i\n    finally: del j, (k, [l])",
	"def f():\n    import a, b.c, d.e as f, g as h\n    from . import i, j as k\n    from l import (m, n)\n    return a, b, c",
	"from a import *\ndef f(): return b",
	"async def f():\n    async for a in b: c\n    async with d as e: await g\n    return [h async for h in i], (await j for j in k)",
	"def f():\n    yield\n    def g(): return\n    return 1\ndef h(): lambda: (yield)",
	"def f[T: (int, lambda: 0) = T](x: T) -> T: return x\ntype A[T] = T\ndef g():\n    type B = C",
	"def f(): return f'{a!r:{b}}' 'c' t'{d}' f'{lambda: 0}' % e",
	"def f(__debug__x): return __debug__",
	"def f(): a.b.c = d[e:f:g] = *h, i = j\ndef g(): k.l += m; n[o] -= p; q *= r",
	// Errors: the first one is that of the tree.
	"def f():\n    x = 1\n    global x",
	"def f():\n    nonlocal a, b",
	"def f():\n    nonlocal b\n    nonlocal a",
	"def f(): return (lambda a, a: 0) if (lambda b, b: 0) else 1",
	"def f(): a(b=lambda c, c: 0, *[lambda d, d: 0])",
	"def f(): a.__debug__ = (lambda d, d: 0)",
	"def f(): a(__debug__=1)",
	"def f(): __debug__ = 1",
	"class C:\n    import __debug__",
	"def f():\n    from a import *",
	"def f():\n    from __future__ import annotations",
	"def f(): await a",
	"def f():\n    async with a: b",
	"await a",
	"class C: await a",
	"def f(): return [a for a in (b := c)]",
	"def f():\n    return [(a := b) for b in c]\n    global a",
	"class C: x = [(a := b) for b in c]",
}

// TestNoted compares what is made of the parser's notes with what is made of the tree.
func TestNoted(t *testing.T) {
	known := 0
	for _, s := range notedCases {
		known += compareNoted(t, s)
	}
	if known < 50 {
		t.Errorf("%d bodies of the cases need not be walked, want 50 at least", known)
	}
	for _, c := range errorCases {
		compareNoted(t, c.source)
	}
	for _, p := range append(programs(t, "testdata/*.py"), programs(t, "../testdata/py/*.py")...) {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		compareNoted(t, string(data))
	}
}

// compareNoted does so for one program, and returns how many of its bodies need not be walked.
func compareNoted(t *testing.T, text string) (known int) {
	t.Helper()
	f := source.NewFile("t.py", text)
	var p parser.Parser
	root, _ := p.Parse(f, parser.Options{})
	if root == nil {
		return 0
	}
	future, d := symtable.ParseFuture(root, f)
	if d != nil {
		return 0
	}
	build := func(o symtable.Options) string {
		o.Future, o.Names = future, p.Names()
		table, d := symtable.Build(root, f, o)
		if d != nil {
			return errorLine(d)
		}
		check(t, table.Top, table)
		return meaning(table.Top)
	}
	bodies := p.Bodies()
	for _, lean := range []bool{false, true} {
		want := build(symtable.Options{Lean: lean})
		if got := build(symtable.Options{Lean: lean, Bodies: bodies}); got != want {
			t.Errorf("of\n%s\nthe parser's notes make\n%swant\n%s", text, got, want)
		}
	}
	for _, b := range bodies.List {
		if b.Known {
			known++
		}
	}
	return known
}

// meaning describes a scope and those inside without what notes may change: the order
// of names and of scopes in an expression, and whether bound names are read.
func meaning(s *symtable.Scope) string {
	var parts []string
	for sym := range s.Symbols() {
		flags := sym.Flags
		if flags&symtable.DefBound != 0 {
			flags |= symtable.Use
		}
		parts = append(parts, fmt.Sprintf("  %s %#x %v\n", sym.Name, flags, sym.Resolution))
	}
	for _, c := range s.Children {
		parts = append(parts, meaning(c))
	}
	slices.Sort(parts)
	return fmt.Sprintf("%v %s %v %q %q %q %v\n", s.Kind, s.Name, s.Span, s.Params, s.CellVars(), s.FreeVars(), []bool{
		s.Nested, s.Method, s.Generator, s.Coroutine, s.VarArgs, s.VarKeywords, s.ReturnsValue, s.HasDocstring, s.NeedsClassClosure,
		s.NeedsClassDict, s.CanSeeClassScope, s.ComprehensionInlined, s.AnnotationsUsed, s.HasConditionalAnnotations, s.Alone,
	}) + strings.Join(parts, "")
}
