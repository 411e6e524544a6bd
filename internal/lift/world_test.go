package lift

import (
	"fmt"
	"hash/maphash"
	"strings"

	"github.com/krait-py/krait/code"
)

// The tests run bytecode and what it is lifted to on the same abstract machine.
// Values are terms, numbers that stand for what made them: the instruction, its
// operands and when. What instructions do beside that is an effect; both
// machines must have the same effects, with the same operands and the same local
// variables at the time, from the same code units. Chance decides about
// branches, ends of loops and exceptions: the same for both, as it depends on
// the number of the effect alone.

// term is a value.
type term uint64

// The terms that are known to machines. 0 is no value.
const (
	null term = iota
	termNone
	termTrue
	termFalse
	firstTerm
)

func truth(b bool) term {
	if b {
		return termTrue
	}
	return termFalse
}

// mix combines terms into a new one.
func mix(a, b term) term {
	x := uint64(a)*0x9e3779b97f4a7c15 + uint64(b) + 0x7f4a7c15
	x ^= x >> 29
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 32
	return term(max(x, uint64(firstTerm)))
}

func mixAll(t term, more ...term) term {
	for _, m := range more {
		t = mix(t, m)
	}
	return t
}

var hashSeed = maphash.MakeSeed()

func textTerm(s string) term { return mix(firstTerm, term(maphash.String(hashSeed, s))) }

func intTerm(v int64) term { return mix(11, term(v)) }

// world is what is common to the machines: chance, cells, effects.
type world struct {
	o     *code.Object
	seed  term
	calm  bool // nothing raises exceptions
	log   bool
	limit int // effects

	trace []term
	texts []string
	cells map[term]term
	step  int
	units []int // instructions that were run, if wanted
	note  bool
}

// chance returns a number below n that both machines agree on.
func (w *world) chance(what term, n int) int {
	return int(uint64(mixAll(w.seed, term(len(w.trace)), what)) >> 20 % uint64(n))
}

// effect notes an effect.
func (w *world) effect(name string, arg int, unit int, locals, operands []term) {
	t := mixAll(textTerm(name), term(arg), term(unit))
	t = mixAll(t, operands...)
	for _, v := range locals {
		t = mix(t, v)
	}
	w.trace = append(w.trace, t)
	if w.log {
		var b strings.Builder
		fmt.Fprintf(&b, "%s %d at %d:", name, arg, unit)
		for _, v := range operands {
			fmt.Fprintf(&b, " %x", uint64(v)&0xffff)
		}
		b.WriteString(" |")
		for _, v := range locals {
			fmt.Fprintf(&b, " %x", uint64(v)&0xffff)
		}
		w.texts = append(w.texts, b.String())
	}
}

// show returns the variables that effects show: not all of very many.
func show(n int, variable func(i int) term) []term {
	shown := make([]term, 0, min(n, 16))
	for i := range n {
		if n <= 40 || i < 8 || i >= n-8 {
			shown = append(shown, variable(i))
		}
	}
	return shown
}

// done reports whether there have been enough effects.
func (w *world) done() bool { return len(w.trace) >= w.limit || w.step > 20*w.limit+len(w.o.Code.S) }

// raises decides whether the effect just noted raises an exception, which it
// returns, or null.
func (w *world) raises(name string) term {
	if w.calm || silent[name] || w.chance(1, 9) != 0 {
		return null
	}
	return w.value(2)
}

// value returns a new value that the effect just noted makes.
func (w *world) value(i int) term {
	switch w.chance(term(100+i), 8) {
	case 0:
		return termNone
	case 1:
		return termTrue
	case 2:
		return termFalse
	}
	return mixAll(w.trace[len(w.trace)-1], w.seed, term(len(w.trace)), term(i))
}

// flag returns a new truth value.
func (w *world) flag() term { return truth(w.chance(3, 2) == 0) }

// boolean returns v as a bool, an effect if it is none. It may raise.
func (w *world) boolean(v term, unit int, locals []term) (result, exc term) {
	if v == termTrue || v == termFalse {
		return v, null
	}
	w.effect("TO_BOOL", 0, unit, locals, []term{v})
	if exc := w.raises("TO_BOOL"); exc != null {
		return null, exc
	}
	return w.flag(), null
}

func (w *world) konst(i int) term {
	v, _ := w.o.Const(i)
	switch v := v.(type) {
	case *code.NoneType:
		return termNone
	case *code.Bool:
		return truth(v.V)
	case *code.Int:
		if v.Big == nil {
			return intTerm(v.V)
		}
	}
	return mix(12, term(i))
}

// silent has the instructions that never raise an exception.
var silent = map[string]bool{
	"BUILD_TUPLE": true, "BUILD_LIST": true, "BUILD_SLICE": true, "IS_OP": true, "MAKE_FUNCTION": true,
	"SET_FUNCTION_ATTRIBUTE": true, "LIST_APPEND": true, "MATCH_MAPPING": true, "MATCH_SEQUENCE": true,
	"PUSH_EXC_INFO": true, "POP_EXCEPT": true, "STORE_DEREF": true, "MAKE_CELL": true, "COPY_FREE_VARS": true,
	"RETURN_VALUE": true, "EMPTY": true,
}

// empty has the instructions that do not raise if they take nothing.
var empty = map[string]bool{"BUILD_SET": true, "BUILD_MAP": true}

// frameTerms returns what the parameters of o are.
func frameTerms(o *code.Object) []term {
	args := o.ArgCount + o.KwOnlyArgCount
	if o.Flags&code.VarArgs != 0 {
		args++
	}
	if o.Flags&code.VarKeywords != 0 {
		args++
	}
	locals := make([]term, o.LocalsPlusNames.Len())
	for i := range min(args, len(locals)) {
		locals[i] = mix(13, term(i))
	}
	return locals
}
