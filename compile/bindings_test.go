package compile_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var bindingPrograms = flag.Uint64("bindings", 150, "how many programs FuzzBindings begins with")

// FuzzBindings compiles programs of all statements and expressions that bind, read or declare a name, over few names,
// with krait and with CPython: which scope a name belongs to, and how it is reached from there, is what differs from
// one to the next. Names that mean something by themselves are among them.
func FuzzBindings(f *testing.F) { fuzzWritten(f, *bindingPrograms, 2, bindings) }

// fuzzWritten compares krait with the interpreter for the programs that write makes of seeds, those below count to begin with. stream
// tells the random numbers of one writer from another's.
func fuzzWritten(f *testing.F, count, stream uint64, write func(*rand.Rand) string) {
	if testing.Short() {
		f.Skip("asks an interpreter")
	}
	for seed := range count {
		f.Add(seed, uint8(seed%3))
	}
	compare := comparison(f)
	f.Fuzz(func(t *testing.T, seed uint64, level uint8) {
		compare(t, write(rand.New(rand.NewPCG(seed, stream))), int(level%3))
	})
}

// TestBindings compiles what FuzzBindings has found, reduced to what matters.
func TestBindings(t *testing.T) {
	compare := comparison(t)
	const nested = "class a:\n    class b: pass\n"
	for _, text := range []string{
		// A class that binds __classdict__: scopes of annotations, used or not, do not look for it outside.
		"class C:\n    def b(): pass\n    __classdict__ = 1\n",
		"class C:\n    def b(): pass\n    global __classdict__\n",
		"class C:\n    def __classdict__(): __class__\n",
		"def f(__classdict__):\n    class C:\n        nonlocal __classdict__\n        def b(): pass\n",
		// A comprehension in the class binds it, before or behind the function.
		"class C:\n    for x in [y for __classdict__ in z]:\n        def b(): pass\n",
		"class C:\n    def b(): pass\n    [y for __classdict__ in z]\n",
		// The constant __qualname__ and co_qualname are one string, unless one of them was there before.
		nested,
		"import a.b\n" + nested,
		nested + "import a.b\n",
		nested + "import a.b.c\n",
		nested + "import a.c\n",
		"from ..a.b import c\n" + nested,
		"x = 'a.b'\n" + nested,
		"x = 'a.b'\nimport a.b\n" + nested,
		nested + "x = 'a.b'\n",
		"from __future__ import annotations\nx: a.b\n" + nested,
		nested + "    class b: 'a.b'\n",
		"class a:\n    def b(): pass\n    class b: pass\n",
		"class os:\n    class path: pass\n",
		"class Real:\n    class __index__: pass\n",
	} {
		compare(t, text, 0)
	}
}

// bindings writes a program.
func bindings(rnd *rand.Rand) string {
	w := binder{writer: writer{rnd: rnd}, functions: []bool{false}}
	w.block(0)
	return w.text.String()
}

// writer writes programs at random.
type writer struct {
	rnd  *rand.Rand
	text strings.Builder
}

func (w *writer) one(of ...string) string { return of[w.rnd.IntN(len(of))] }

func (w *writer) line(depth int, format string, args ...any) {
	w.text.WriteString(strings.Repeat("    ", depth))
	fmt.Fprintf(&w.text, format+"\n", args...)
}

// replace replaces each letter of a pattern that stands behind a $.
func (w *writer) replace(pattern string, by func(kind byte) string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '$' {
			b.WriteByte(pattern[i])
			continue
		}
		i++
		b.WriteString(by(pattern[i]))
	}
	return b.String()
}

// binder writes what FuzzBindings compiles.
type binder struct {
	writer
	functions []bool // for each scope around here, whether it is a function
}

func (w *binder) name() string {
	return w.one("a", "a", "b", "b", "self", "_", "__a", "__b__", "super", "__class__", "__classdict__", "type", "match", "case")
}

func (w *binder) inFunction() bool { return w.functions[len(w.functions)-1] }

// fill replaces what stands behind a $: e an expression, n a name, t a target, o another name than the o before.
func (w *binder) fill(depth int, pattern string) string {
	other := ""
	return w.replace(pattern, func(kind byte) string {
		switch kind {
		case 'e':
			return w.expr(depth + 1)
		case 't':
			return w.target(depth + 1)
		}
		n := w.name()
		if kind == 'o' { // parameters may not have the same name
			for n == other {
				n = w.name()
			}
			other = n
		}
		return n
	})
}

func (w *binder) expr(depth int) string {
	if depth > 3 || w.rnd.IntN(3) == 0 {
		return w.name()
	}
	p := w.one("$e.$n", "$e($e, $n=$e)", "[$e for $t in $e if $e]", "(lambda $n=$e: $e)", "($n := $e)", "{$e: $e}", `f"{$n!r:{$n}}"`,
		"($e if $e else $e)", "$e[$e]", "($e, *$n)", "($e for $n in $e)", "super().$n", "{$e for $n in $e}", "{$e: $e for $n in $e for $t in $n}",
		"$e + $e", "(not $e)", "(yield $e)", "super($n, $n).$n()", "$e and $e", "$n < $e < $e", "[*$n, $e]", `t"{$n=}"`)
	if strings.HasPrefix(p, "(yield") && !w.inFunction() {
		p = "$n"
	}
	return w.fill(depth, p)
}

func (w *binder) target(depth int) string {
	if depth > 2 {
		return w.name()
	}
	return w.fill(depth, w.one("$n", "$n", "$n", "$n.$n", "$n[$n]", "($n, $n)", "[$n, *$n]"))
}

// part writes a header and the block behind it.
func (w *binder) part(depth int, pattern string) {
	w.line(depth, "%s:", w.fill(0, pattern))
	w.block(depth + 1)
}

func (w *binder) scope(depth int, function bool, pattern string) {
	w.functions = append(w.functions, function)
	w.part(depth, pattern)
	w.functions = w.functions[:len(w.functions)-1]
}

func (w *binder) block(depth int) {
	for range 1 + w.rnd.IntN(4) {
		w.stmt(depth)
	}
}

func (w *binder) stmt(depth int) {
	kind := w.rnd.IntN(24)
	if depth > 3 && kind < 9 {
		kind = 9
	}
	switch kind {
	case 0, 1:
		w.scope(depth, true, w.one("def $n($o, $o=$n)", "def $n[$n]($o)", "def $n($o, *$o) -> $n", "async def $n($o: $n)", "def $n()", "@$e\n"+
			strings.Repeat("    ", depth)+"def $n[$o, *$o](self)"))
	case 2:
		w.scope(depth, false, w.one("class $n", "class $n($e)", "class $n[$n]($n)", "class $n($n, $n=$n)"))
	case 3:
		w.part(depth, "for $t in $e")
		if w.rnd.IntN(2) == 0 {
			w.part(depth, "else")
		}
	case 4:
		w.part(depth, "with $e as $t, $e")
	case 5:
		w.part(depth, "try")
		w.part(depth, "except "+w.one("", "* ")+"$n as $n")
		if w.rnd.IntN(2) == 0 {
			w.part(depth, "finally")
		}
	case 6:
		w.part(depth, w.one("if $e", "while $e"))
		w.part(depth, "else")
	case 7, 8:
		w.line(depth, "%s", w.fill(0, "match $e:"))
		w.part(depth+1, w.one("case [$o, *_] if $e", "case {'k': $o, **$o}", "case $n($n=$o)", "case $n.$n | None", "case (1 | -2.5j) as $o"))
	default:
		p := w.one("$t = $t = $e", "$n += $e", "del $n, $n.$n", "import $n", "import $n.$n as $n", "from $n import $n, $n as $n", "$e", "$n: $e = $e",
			"$n.$n: $n", "$n: $n", "type $n[$n] = $e", "assert $e", "raise $e from $n", "$e", "$t = $e", "return $e", "global $n", "nonlocal $n",
			"($n): $n = $e", "$n[$n] += $e", "pass")
		switch {
		case strings.HasPrefix(p, "return") && !w.inFunction(), strings.HasPrefix(p, "nonlocal") && len(w.functions) < 3,
			(strings.HasPrefix(p, "nonlocal") || strings.HasPrefix(p, "global")) && w.rnd.IntN(2) == 0:
			p = "$t = $e"
		}
		w.line(depth, "%s", w.fill(0, p))
	}
}
