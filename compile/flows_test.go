package compile_test

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"
)

var flowPrograms = flag.Uint64("flows", 150, "how many programs FuzzFlows begins with")

// FuzzFlows compiles functions of nested statements, with constants to fold, tests to thread jumps through, and code that
// is never reached, with krait and with CPython: what the flow graph's passes make of each other's results.
func FuzzFlows(f *testing.F) { fuzzWritten(f, *flowPrograms, 3, flows) }

// TestFlows compiles what FuzzFlows has found, reduced to what matters.
func TestFlows(t *testing.T) {
	compare := comparison(t)
	for _, text := range []string{
		// A jump that leads to a jump without a line, which the one in its place gets from what is before it.
		"def f():\n    ('s' or 2 if q else 1)[1]\n",
		"def f():\n    (False and q if q else q) - q\n",
		"async def f():\n    async with 1 or 2 if G else q:\n        assert a, d\n",
	} {
		compare(t, text, 0)
	}
}

// flows writes a program of a function or two.
func flows(rnd *rand.Rand) string {
	w := flower{writer: writer{rnd: rnd}}
	for range 1 + rnd.IntN(2) {
		w.async = rnd.IntN(4) == 0
		w.loops = 0
		if w.async {
			w.line(0, "async def f(a, b, *c):")
		} else {
			w.line(0, "def f(a, b, *c):")
		}
		w.block(1)
	}
	return w.text.String()
}

// flower writes functions at random.
type flower struct {
	writer
	async bool
	loops int // around here
	star  int // except* blocks around here, which nothing jumps out of
}

func (w *flower) name() string { return w.one("a", "b", "c", "d", "e", "G") }

func (w *flower) constant() string {
	return w.one("0", "1", "2", "-1", "255", "256", "1000000", "1 << 70", "0.0", "-0.0", "1.5", "2j", "'s'", "'text'", "b'x'", "''", "None",
		"True", "False", "...", "()", "(1, 2)", "(1, (2.0, 's'))", "__debug__", "'a' 'b'")
}

// fill replaces what stands behind a $: e an expression, c a constant one, n a name, t a target, b a condition.
func (w *flower) fill(depth int, pattern string) string {
	return w.replace(pattern, func(kind byte) string {
		switch kind {
		case 'e':
			return w.expr(depth + 1)
		case 'c':
			return w.folded(depth + 1)
		case 'b':
			return w.condition(depth + 1)
		case 't':
			return w.one("a", "b", "d", "(a, b)", "(a, *b)", "a.x", "a[0]", "a[1:b]", "[d, (a, b)]")
		}
		return w.name()
	})
}

func (w *flower) folded(depth int) string {
	if depth > 3 || w.rnd.IntN(3) == 0 {
		return w.constant()
	}
	return w.fill(depth, w.one("($c + $c)", "($c * $c)", "($c - $c)", "-$c", "(not $c)", "($c, $c)", "($c)[$c]", "($c if $c else $c)", "($c and $c)",
		"($c or $c)", "($c % $c)", "($c // 3)", "~1", "+$c", "(2 ** 5)", "('x' * 3)", "($c < $c)", "($c is $c)", "($c in ($c, $c))", "('%s' % $e)",
		"('%d-%r' % ($e, $c))", "$c[1:2]", "(7 & $c)", "[$c, $c, $c]", "{$c, $c, $c}", "{1: $c, 's': $c}"))
}

func (w *flower) condition(depth int) string {
	if depth > 4 {
		return w.name()
	}
	return w.fill(depth, w.one("$n", "$b and $b", "$b or $b", "not $b", "not ($b and $b)", "not ($b or not $b)", "$n < $e", "$n < $n <= $n", "$n is None",
		"$n is not None", "not $n is None", "$n in ($c, $c)", "$n not in [$c, 1]", "$c", "$n == 's'", "($b if $b else $b)", "(e := $e)", "$n.x", "$n()", "($b) == ($b)",
		"$n is not None and $b", "$n in {1, 2, 's'}", "($n, $n)", "[]", "all(d for d in $n)", "any(d for d in $n if d)"))
}

func (w *flower) expr(depth int) string {
	if depth > 4 {
		return w.name()
	}
	p := w.one("$n", "$n", "$c", "$n + $c", "$n.x", "$n.m($e)", "$n($e, k=$e)", "$n($e, *$n)", "$n[$e]", "$n[$e:$c]", "$n[$c:]", "$n[:$c:$c]", "[$e, $e]", "{$e: $e}", "($e, $c)",
		"($e if $b else $e)", "($b and $e)", "[d for d in $n if $b]", "{d: $e for d in $n}", "(d for d in $n)", "f'{$n}{$n!r:>{a}}'", "f'a{$n:x}b'", "lambda: $n",
		"super().m($n)", "sum(d for d in $n)", "[*$n, $c]", "{**$n, 'k': $e}", "-$n", "$n < $n", "$n @ $n", "{1, 2, 3}", "[1, 2, 3]", "set()", "(yield $n)", "(await $n)",
		"[d async for d in $n]", "list(d for d in $n if $b)", "tuple(d for d in $n)")
	if strings.Contains(p, "await") || strings.Contains(p, "async") {
		if !w.async {
			p = "$n"
		}
	}
	return w.fill(depth, p)
}

func (w *flower) part(depth int, pattern string) {
	w.line(depth, "%s:", w.fill(0, pattern))
	w.block(depth + 1)
}

func (w *flower) loop(depth int, pattern string) {
	star := w.star
	w.loops++
	w.star = 0
	w.part(depth, pattern)
	w.star = star
	w.loops--
	if w.rnd.IntN(3) == 0 {
		w.part(depth, "else")
	}
}

func (w *flower) try(depth int) {
	w.part(depth, "try")
	kind := w.rnd.IntN(5)
	if kind == 0 {
		loops := w.loops
		w.star, w.loops = w.star+1, 0
		w.part(depth, "except* "+w.one("a", "(a, b)", "a as d"))
		w.star, w.loops = w.star-1, loops
		return
	}
	if kind > 1 {
		for range 1 + w.rnd.IntN(2) {
			w.part(depth, "except "+w.one("a", "(a, b)", "a as d", "a.x as b"))
		}
		if w.rnd.IntN(3) == 0 {
			w.part(depth, "except")
		}
		if w.rnd.IntN(3) == 0 {
			w.part(depth, "else")
		}
	}
	if kind == 1 || w.rnd.IntN(2) == 0 {
		w.part(depth, "finally")
	}
}

func (w *flower) match(depth int) {
	w.line(depth, "%s", w.fill(0, "match $e:"))
	for range 1 + w.rnd.IntN(3) {
		w.part(depth+1, "case "+w.one("1 | 2", "[a, *d]", "[1, _, 's']", "{'k': a, **d}", "{}", "a.x", "E(1, k=[b])", "None", "(-1 | 2.5) as d", "[[a], [b]] if $b", "'s' if $b",
			"(1, b) | (b, 2)", "E() | [_, _]"))
	}
	if w.rnd.IntN(2) == 0 {
		w.part(depth+1, w.one("case _", "case d", "case _ if $b"))
	}
}

func (w *flower) block(depth int) {
	for range 1 + w.rnd.IntN(3) {
		w.stmt(depth)
	}
}

func (w *flower) stmt(depth int) {
	kind := w.rnd.IntN(26)
	if depth > 3 {
		kind += 13
	}
	async := ""
	if w.async && w.rnd.IntN(2) == 0 {
		async = "async "
	}
	switch kind {
	case 0, 1, 2:
		w.part(depth, "if $b")
		for w.rnd.IntN(3) == 0 {
			w.part(depth, "elif $b")
		}
		if w.rnd.IntN(2) == 0 {
			w.part(depth, "else")
		}
	case 3, 4:
		w.loop(depth, "while $b")
	case 5, 6:
		w.loop(depth, async+"for $t in "+w.one("$e", "$e", "(1, 2)", "[1, $n]", "{1, 2}"))
	case 7, 8, 9:
		w.try(depth)
	case 10, 11:
		w.part(depth, async+w.one("with $e as $t", "with $e", "with $e as d, $e"))
	case 12:
		w.match(depth)
	default:
		p := w.one("$t = $e", "$n = $e", "$n = $n = $e", "$n += $e", "$n.x += $e", "$n[$e] -= 1", "$e", "$n.m($e)", "$c", "return $e", "return", "return $c", "break", "continue",
			"pass", "raise", "raise $n from $e", "assert $b, $e", "assert $b", "del $n", "del $n.x, $n[0]", "import x.y", "from x import y as d", "(a, b) = (b, a)", "a, b, d = d, a, b",
			"a = b = $c", "global G", "(a, b, d, e) = (1, 2, 3, 4)", "a, b = $e", "yield $e", "def g($n=$c): return a", "d: int = $e", "$n = ($b)", "if $b: return $c", "while 1: $n = $c")
		switch {
		case w.loops == 0 && (p == "break" || p == "continue"),
			w.star > 0 && strings.Contains(p, "return"), p == "global G" && depth > 1:
			p = "$n = $e"
		case strings.Contains(p, "return $") && w.async: // perhaps a generator
			p = "return"
		}
		w.line(depth, "%s", w.fill(0, p))
	}
}
