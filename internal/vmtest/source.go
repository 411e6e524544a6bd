package vmtest

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
)

// sourcePrelude is what the programs of [Source] begin with: the functions and classes that they use, and how a call is reported.
//
//go:embed source.py
var sourcePrelude string

// Source returns a program of n functions, written at random, that prints what each does when it is called with one list of arguments after the other, so
// that caches are filled: what it returns or raises, where, and what it has changed. With every interpreter of Python 3.14 it prints the same: there are
// neither addresses in it nor unsorted sets, each loop ends after four rounds, and what is made in loops does not double.
func Source(r *rand.Rand, n int) string {
	var b strings.Builder
	b.WriteString(sourcePrelude)
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint("f", i)
		w := writer{Rand: r, b: &b}
		w.function(names[i])
	}
	fmt.Fprintf(&b, "report([%s])\n", strings.Join(names, ", "))
	return b.String()
}

// writer writes one function.
type writer struct {
	*rand.Rand
	b      *strings.Builder
	indent int
	budget int      // how many statements there may be yet
	loops  int      // how many loops there are around a statement
	inLoop bool     // whether break and continue may be used
	nested int      // how many functions there are around a statement, after the first
	kind   string   // what the function is called through: drive a generator function, wait a coroutine function
	names  []string // variables
	fresh  int      // how many more have been made up
}

func (w *writer) line(text string) {
	w.b.WriteString(strings.Repeat("    ", w.indent) + text + "\n")
}

// fill replaces each $ in one of the texts: $n is a name, $a an atom, $e an expression at most depth deep, $s a small one, $k a constant, $i a small
// int, $v what may be added to something in a loop.
func (w *writer) fill(depth int, texts ...string) string {
	parts := strings.Split(texts[w.IntN(len(texts))], "$")
	out := parts[0]
	for _, p := range parts[1:] {
		switch p[0] {
		case 'n':
			out += w.names[w.IntN(len(w.names))]
		case 'a':
			out += w.atom()
		case 'e':
			out += w.expr(depth - 1)
		case 's':
			out += w.expr(min(depth-1, 1))
		case 'k':
			out += w.constant()
		case 'i':
			out += fmt.Sprint(w.IntN(7) - 2)
		case 'v':
			if w.loops > 0 {
				out += w.constant()
			} else {
				out += w.expr(depth - 1)
			}
		}
		out += p[1:]
	}
	return out
}

// chance is true once in n times.
func (w *writer) chance(n int) bool { return w.IntN(n) == 0 }

// made returns a new name.
func (w *writer) made() string {
	w.fresh++
	return fmt.Sprint("t", w.fresh)
}

func (w *writer) function(name string) {
	w.names = []string{"a", "b", "a", "b", "c", "x", "y", "x", "y", "z"}
	w.budget = 5 + w.IntN(22)
	w.kind = w.fill(0, "", "", "", "", "drive", "wait")
	def := "def "
	if w.kind == "wait" {
		def = "async def "
	}
	w.line(def + name + w.fill(0, "(a, b=2):", "(a, b=3, *c, **d):", "(a, b, /, c=4, *, d=5):", "(a, b):", "(*a, b=1):"))
	w.indent++
	if w.chance(6) {
		w.line("global G")
		w.names = append(w.names, "G")
	}
	w.line(w.fill(0, "x, y, z, c = a, b, $k, G", "x, y, z, c = $k, [a, b], P(a), $k", "x, y = S, D", "z, c, *x, y = T, b, a, L, $k", "x = y = z = c = a", "x = a"))
	w.block(3)
	if w.kind == "drive" && w.chance(2) {
		w.line("yield " + w.expr(2))
	}
	w.line("return " + w.expr(2))
	w.indent--
	if w.kind != "" {
		w.line(name + " = " + w.kind + "(" + name + ")")
	}
	w.line("")
}

// block writes some statements, at most depth deep.
func (w *writer) block(depth int) {
	for range 1 + w.IntN(4) {
		if w.budget > 0 {
			w.budget--
			w.stmt(depth)
		}
	}
	switch {
	case w.inLoop && w.chance(8):
		w.line(w.fill(0, "break", "continue"))
	case w.chance(10):
		w.line("return " + w.expr(2))
	default:
		w.line(w.fill(2, "pass", "$n = $e", "x = $a", "y = $n"))
	}
}

// body writes a line and a block below it.
func (w *writer) body(head string, depth int) {
	w.line(head)
	w.indent++
	w.block(depth)
	w.indent--
}

// loop is body for one that is repeated.
func (w *writer) loop(head, first string, depth int) {
	before := w.inLoop
	w.line(head)
	w.indent++
	if first != "" {
		w.line(first)
	}
	w.loops++
	w.inLoop = true
	w.block(depth)
	w.loops--
	w.inLoop = before
	w.indent--
	if w.chance(5) {
		w.body("else:", depth)
	}
}

// simple are the statements of one line.
var simple = []string{
	"$n = $e", "$n = $e", "$n = $e", "$n = $n", "x = $e", "y = $e", "x, y = y, x", "x, y = $e, $e", "x = y = $e", "x, *y = $e", "(x, y), z = $e", "x, y = $e", "x, y = three($a, $a)[:2]",
	"$n += $v", "$n -= $v", "$n *= $i", "$n //= $i", "$n |= $k", "x = -$n", "x = not $n", "x: int = $e",
	"$e", "L.append($n)", "L.sort(key=num)", "L.pop()", "L.insert(0, $k)", "D[$a] = $n", "D.pop($a)", "D.update(k=$a)", "D.setdefault($a, []).append(1)",
	"$n[$i] = $n", "$n[0] += $k", "$n[$k] = $k", "del $n[$i]", "del $n", "$n.v = $n", "$n.v += $k", "x = P($a)", "y = Q($a)", "x.w = $a", "del x.v",
	"raise ValueError($a)", "raise KeyError", "raise Error($a) from $n", "raise $n", "assert $e", "assert $n, $a", "risky($n)", "x = risky($n)", "y = [*$n, $k]", "x = {**$n, 'k': $a}",
	"for t in $n: pass", "x = [t for t in $s]", "y = lambda: $n", "x = y()", "x = $n($a)", "G2 = $n", "x = (z := $e)", "global_ = G", "c = x", "z = x if $n else y",
	"L[$i:] = [$a, $n]", "L[::2] = [1, 2]", "del L[$i:]", "x[$i:$i] = [$a]", "D |= {$k: $n}", "x = D | {1: $a}", "x = {num($n)} - {num($a), 1}", "x = sorted($n)", "x = sorted(L, key=risky)", "x = max($n, key=risky)",
	"for t in L: len(L) < 6 and L.append(t)", "for t in D: D[$a] = 1", "x, y = divmod($n, $a)", "x = $n ** 2 if isinstance($n, int) and abs($n) < 99 else $a", "x = f'{$n:>{num($a) % 9}}'[:9]", "x = f'{$n:.2f}'[-9:]",
	"x = '%d %.4s' % ($n, $n)", "x = '{} {!r:.5}'.format(num($n), $a)", "x = S[:3].join([$a, 'b'])", "x, y = sorted(($n, $a), key=canon)", "del L[0], D[1]", "x = pack(*$n, **{'q': $a})", "x = pack(*$n, *L)[0][:3]",
	"x = three(**{'p': $a, 'r': $n})", "x = three(*$n, r=$a)", "x = risky(risky($n))", "x = [t for t in counted(3) if risky(t)]", "x = list(map(risky, $n))", "x = dict.fromkeys($n, $a)", "x = {num(t): risky(t) for t in $n}",
	"x = [risky(t) for t in $n]", "x = any(risky(t) for t in $n)", "x = sum(risky(t) for t in $n)", "x = ','.join(risky(t) for t in $n)[:9]", "x = next(risky(t) for t in $n)", "x, *y = (risky(t) for t in $n)", "x = $n.v.v", "x = -num($n) // num($a)",
	"x = [t for t in zip($n, map(risky, L))]", "x = {num(t) for t in $n if risky(t)}", "x = tuple(risky(t) for t in $n)[:3]", "x = list(reversed(L)); L.clear()", "x = [[t, u] for t in L if t > 1 for u in T if u]", "x = [P(t) for t in L]", "x = P($a) < $n", "x = $n == P($a)",
	"import math", "for t in $n[1:]: y = t", "for t in [$a, *L]: x = t", "x = str($n)[:5]; x += ', ' + str(num($a)) + ';'", "y = L[1:]; y.append($a)", "x = [$a] + L; y = x; x += [1]", "x = {**D}; y = x; x[$k] = 1", "x = next(t for t in $n)", "x = $n.double; y = $n.get(1)", "x = f'{$n!r:.9}{$n!s:>3.5}'", "with P($a): x = $e",
}

// compound are the heads of those of more lines, with what they are, at the same places.
var compound = []string{"if", "if", "if", "for", "for", "for", "while", "try", "try", "try", "with", "def", "match", "class"}

func (w *writer) stmt(depth int) {
	switch {
	case w.kind == "drive" && w.nested == 0 && w.chance(5):
		w.line(w.fill(2, "yield $e", "x = yield $n", "yield $n, $n", "y = yield", "x = yield from $s", "yield from counted(3)"))
		return
	case w.kind == "wait" && w.nested == 0 && w.chance(5):
		w.line(w.fill(2, "x = await pause($e)", "await pause($n)", "return await pause($n)", "y = [await pause(t) for t in (1, 2)]", "x = [t async for t in P($n)]", "y = await Awaitable($n)"))
		return
	case depth == 0 || w.chance(2):
		w.simple()
		return
	}
	depth--
	kind := compound[w.IntN(len(compound))]
	if w.loops > 2 && (kind == "for" || kind == "while") || w.nested > 1 && kind == "def" {
		w.simple()
		return
	}
	switch kind {
	case "if":
		w.body("if "+w.cond()+":", depth)
		for w.chance(4) {
			w.body("elif "+w.cond()+":", depth)
		}
		if w.chance(2) {
			w.body("else:", depth)
		}
	case "for":
		t := w.made()
		head := w.fill(1, "for @ in range(4):", "for @ in range(num($n) % 5):", "for @ in list($n)[:4]:", "for @, y in enumerate($k):", "for @ in counted(3):", "for @ in ($a, $a, $a):", "for x, @ in zip(L[:3], $n):",
			"for @ in reversed(T):", "for @, x in list(D.items()):", "for @ in sorted(D, key=canon):", "for @ in (y for y in T):", "for x, @ in [(1, $n), (2, $a)]:", "for @ in L[:3]:", "for @ in P($a):", "for @ in S[:4]:", "for @ in map(num, T):", "for @ in range(1, 9, 3):", "for *x, @ in [(1, 2), 'ab']:", "for @ in filter(None, T):")
		if w.kind == "wait" && w.nested == 0 && w.chance(3) {
			head = w.fill(1, "async for @ in P($a):")
		}
		w.names = append(w.names, t)
		w.loop(strings.ReplaceAll(head, "@", t), "", depth)
	case "while":
		t := w.made()
		w.line(t + " = 0")
		w.loop("while "+t+" < 4 and "+w.fill(2, "True", "$e", "$n")+":", t+" += 1", depth)
	case "try":
		w.try(depth)
	case "with":
		head := w.fill(2, "with P($e):", "with P($a) as x:", "with Q($a) as y, P($n):")
		if w.kind == "wait" && w.nested == 0 && w.chance(3) {
			head = "async " + head
		}
		w.body(head, depth)
	case "def":
		w.inner(depth)
	case "match":
		w.line("match " + w.expr(1) + ":")
		w.indent++
		for range 1 + w.IntN(3) {
			w.body("case "+w.fill(1, "1 | 2", "[x, *y]", "{'k': z, **c}", "P(v=x)", "str()", "(x, y) if $n", "int(x)", "None", "[1, _, *_]", "'ab' as y", "[[x], y]", "-1", "P(v=int(y)) | Q(v=y)", "{1: x}")+":", depth)
		}
		if w.chance(2) {
			w.body("case _:", depth)
		}
		w.indent--
	case "class":
		w.line(w.fill(1, "class C:", "class C(P):", "class C(Q):"))
		w.indent++
		w.line(w.fill(1, "u = $a", "v = 5", "kind = $k", "u = [t for t in T]"))
		w.line(w.fill(1, "def m(self, p=$k): return self, p", "def get(self, k=1): return k", "def __len__(self): return 2", "__slots__ = ()", "v = property(lambda self: 4)"))
		w.indent--
		w.line(w.fill(1, "x = C()", "y = C.u", "x = C().m($a)[1]", "y = C().get($a)", "x = C($a)"))
	}
}

func (w *writer) simple() { w.line(w.fill(2, simple...)) }

func (w *writer) cond() string {
	return w.fill(2, "$n", "$n", "not $n", "$e", "$n == $k", "$n < $k", "$n > $i", "$n is None", "$n is not $n", "$n in $n", "$n and $n", "$n or $e", "isinstance($n, int)", "isinstance($n, (str, list))", "$i < num($n) <= 3", "len($n) > 1", "$n != $n", "(y := $e)", "$n % 2", "$n & 1", "$n >= 0")
}

// kinds is what except clauses catch.
var kinds = []string{"ValueError", "KeyError", "IndexError", "TypeError", "Error", "(TypeError, KeyError)", "Exception", "LookupError", "(Error, ArithmeticError)", "AttributeError", "ZeroDivisionError", "NameError", "(ValueError, TypeError, LookupError)"}

func (w *writer) try(depth int) {
	w.body("try:", depth)
	star := ""
	if w.chance(12) {
		star = "*"
	}
	loop := w.inLoop
	handlers := 0
	for handlers == 0 && !w.chance(6) || w.chance(4) {
		head := "except" + star + " " + kinds[w.IntN(len(kinds))]
		if w.chance(3) {
			t := w.fill(0, "e", "e", "x", "y")
			head += " as " + t
		}
		w.line(head + ":")
		w.indent++
		switch {
		case star != "":
			w.line(w.fill(2, "pass", "x = $e", "L.append($k)", "raise"))
		case w.chance(3):
			w.line(w.fill(2, "pass", "$n = $k", "x = G", "y = T", "x = None", "y = L[0]", "x = P.kind", "x = y = $k", "x, y = $k, $k", "return $n", "raise", "raise Error", "x = $n"))
		default:
			w.block(depth)
		}
		w.indent--
		handlers++
	}
	if handlers > 0 && star == "" && w.chance(5) {
		w.body("except:", depth)
	}
	if handlers > 0 && w.chance(4) {
		w.body("else:", depth)
	}
	if handlers == 0 || w.chance(5) {
		w.inLoop = false // a warning
		w.line("finally:")
		w.indent++
		w.line(w.fill(2, "L.append(1)", "x = $e", "$n = $k", "y = x", "risky($n)"))
		w.indent--
	}
	w.inLoop = loop
}

// inner writes a function within the function, and a call of it.
func (w *writer) inner(depth int) {
	g := "g" + w.made()
	names, loops, inLoop := w.names, w.loops, w.inLoop
	w.line("def " + g + w.fill(1, "(p, q=$a):", "(*p, q=1):", "(p, q=2, **x):", "(p=1, q=G):"))
	w.indent++
	w.nested++
	w.inLoop = false
	if !w.chance(3) {
		w.line(w.fill(0, "nonlocal a", "nonlocal b"))
	}
	w.names = append(append([]string{}, names...), "p", "q", "p", "q")
	if w.chance(4) {
		w.line("yield " + w.expr(1))
	}
	w.block(min(depth, 1))
	w.line("return " + w.expr(2))
	w.nested--
	w.indent--
	w.names, w.loops, w.inLoop = names, loops, inLoop
	w.line(strings.ReplaceAll(w.fill(1, "x = @($a)", "y = @($a, q=$a)", "@($n)", "x = [@(t) for t in (1, $a)]", "x = list(map(@, T))", "y = @", "for t in @($a): x = t", "x, y = @(1), @($n)", "x = sorted(T, key=@)", "y = list(@(2))"), "@", g))
}

func (w *writer) constant() string {
	return w.fill(0, "0", "1", "2", "-1", "3", "10", "None", "True", "False", "'a'", "'xyz'", "''", "1.5", "-2.0", "(1, 2)", "[1, 2]", "[]", "()", "{}", "{'k': 1}", "1 << 65", "'k'", "{1, 2}", "b'ab'", "2j", "...")
}

func (w *writer) atom() string {
	return w.fill(0, "$n", "$n", "$n", "$n", "$k", "$k", "G", "S", "T", "L", "D")
}

// exprs are expressions of other expressions.
var exprs = []string{
	"($e + $v)", "($e - $v)", "($e * $i)", "($e // $a)", "($e % $i)", "($n / $a)", "($e & $k)", "($n ^ $a)", "(num($e) + num($e))", "(num($e) * num($e) - 1)", "(-$n)", "(~num($n))", "(num($n) << 3)",
	"($e < $e)", "($n == $e)", "($n != $k)", "($e in $n)", "($n not in (1, $a))", "($n is None)", "($i <= $n < $a)", "($e and $e)", "($e or $e)", "(not $e)", "($e if $n else $e)", "($e if $e > $i else $e)",
	"$n[$i]", "$n[-1]", "$n[$i:]", "$n[:$i]", "$n[1:-1]", "$n[::2]", "D[$e]", "L[$i]", "T[$i]", "S[$i:3]", "D.get($e, $a)", "D.get($n)", "[$n, $e][$i]", "($e, $e)[num($n) & 1]", "{'k': $a, 1: $n}[$a]",
	"num($e)", "risky($e)", "len($e)", "str($n)[:9]", "abs(num($n))", "min($e, $e)", "max($n, $n, key=num)", "sum([num(t) for t in $n])", "sum(num(t) for t in $e)", "sorted($n, key=canon)", "isinstance($e, (int, str))", "bool($e)", "tuple($e)[:4]", "list($n)[:4]",
	"any(t for t in $e)", "all(num(t) > $i for t in $n)", "any(t == $k for t in $n)", "list(zip($n, T))[:3]", "dict(enumerate($k))", "list(map(num, $e))[:4]", "divmod(num($e), 7)", "next(iter($n), None)", "getattr($n, 'v', $a)", "type($e).__name__", "int(num($n))", "float(num($e))", "hash(num($e))", "hash((num($n), 1)) % 97", "repr($n)[:5]",
	"[t for t in $n][:4]", "[num(t) + 1 for t in $e if t]", "{num(t) % 5 for t in $n}", "{num(t): t for t in $n}", "[(t, u) for t in (1, 2) for u in T[:2]]", "list(t for t in $e)[:3]", "','.join([str(t)[:3] for t in $n])[:20]", "''.join(sorted(S))[:$i]", "len({num(t) for t in $n})", "tuple(num(t) for t in $n)[:3]", "set(map(num, $n))", "next(t for t in $n if t)", "[*$n][:3]",
	"(lambda p, q=$a: $s)($e)", "(lambda *p: p[:2])(*$n)", "f'{$n!r:.8}-{num($e)}'", "f'{num($n):>4}{$n!s:.5}'", "'%s %.5r' % (num($n), $n)", "three($n, r=$e)", "three($e, $a)", "pack($n, *$n, k=$a)", "pack(**{'k': $e})", "three(*T[:2])", "P($e).get($a)", "P($n).bump($e).v", "Q($n).get()", "P($a).double", "P.make($e)", "P($n) + $k", "($k + P($a))", "P($n)[$i]", "(P($a) < P($n))", "P.plain($e)[0]", "(P($a) == $n)", "P($n)($e)",
	"(str($n)[:3] + '-' + str(num($e)))", "(f'{num($n)}' + ', ' + str($n)[:4] + S[:2])", "(list($n)[1:] + [$a])", "(L[:2] + L[num($n) % 3:])", "len({*$n, 1})", "sum(L[1:num($n) % 4])", "{**D, 'q': $a}", "{'a': $a, **{'k': $n}}", "max([num($a), 3, num($n)])", "next((t for t in $n if num(t) > 1), $a)", "[t for t in $n[1:]][:3]", "len(list($n)[::-1])", "sorted([num(t) for t in $n])[:3]", "({num($n)} | {num($a), 2})", "len({1, 2} & {num($n)})", "([$n] + [$a])", "min((num($n), num($a)))", "$n.double", "$n.kind", "str.join('-', ['a', str($n)[:3]])", "[$n, *L[1:], $a][$i]", "tuple([$n, $a])", "set([num($n), 1])", "(x, y)[$i % 2]", "len($n[$i:])", "(S + str(num($n)) + 'z')[-4:]",
	"str($e).upper()[:9]", "S.split($k)", "S.replace('e', str(num($n)))[:12]", "S.find(str($n))", "$n.v", "$n.get($a)", "$n.copy()", "S.startswith(str($n)[:1])", "($e, $e)", "[$e, $e]", "{$a: $e}", "{num($n), 2}", "($e,)", "list(counted(3))", "max(counted(num($n) % 4), default=$a)", "sum(counted(4))", "[*counted(2), $n]", "list(range(num($n) % 5))", "dict(k=$a, j=$n)", "list(reversed(T))[:2]", "len(L[1:])", "sum(L[:2])", "(1 in {1, 2, $n})", "slice($a, $i).start",
}

func (w *writer) expr(depth int) string {
	if depth <= 0 || w.chance(3) {
		return w.atom()
	}
	return w.fill(depth, exprs...)
}

// Only returns a program of [Source] with one of its functions, or the program if that is not a name of one.
func Only(source, name string) string {
	from := strings.Index(source, "def "+name+"(")
	if from < 0 {
		return source
	}
	from = strings.LastIndexByte(source[:from], '\n') + 1
	text, _, _ := strings.Cut(source[from:], "\n\n")
	return sourcePrelude + text + "\n\nreport([" + name + "])\n"
}
