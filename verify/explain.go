package verify

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
)

// Step is what is known right before an instruction.
type Step struct {
	Offset int // of the opcode, in bytes
	// Opname and Oparg are the instruction's.
	Opname string
	Oparg  int
	// Reached says that some way leads here; if none does, nothing more is
	// known.
	Reached bool
	// Stack says what kinds of values are on the evaluation stack, the top
	// last.
	Stack []string
	// Unbound names the local variables that may be without value.
	Unbound []string
	// Blocks says which blocks are open, the innermost last (to 3.10).
	Blocks []string
}

// Explain verifies o alone, as [One] does, and returns what is known before
// each of its instructions.
func Explain(o *code.Object) (*Report, []Step) {
	r := &Report{}
	a := &analysis{}
	a.one(r, o)
	steps := make([]Step, len(a.ins))
	for i := range a.ins {
		in := &a.ins[i]
		steps[i] = Step{Offset: int(in.offset), Opname: a.m.ops[in.op].info.Name, Oparg: int(in.arg)}
	}
	// The states of all leaders are final; go through each line once more.
	told := a.report
	a.report = &Report{}
	a.explain = func(i int, s *state) {
		steps[i].Reached = true
		steps[i].Stack = nil
		for _, v := range s.stack {
			steps[i].Stack = append(steps[i].Stack, a.describe(v))
		}
		steps[i].Unbound = a.unbound(s)
		steps[i].Blocks = nil
		for _, b := range s.blocks {
			steps[i].Blocks = append(steps[i].Blocks, fmt.Sprintf("%v at %d", b.kind, b.level))
		}
	}
	for l := range a.states {
		if a.states[l].seen {
			a.work = workBase + workPerIns*len(a.ins)
			a.cur.copyFrom(&a.states[l])
			a.line(int(a.leaders[l]))
		}
	}
	a.report = told
	return r, steps
}

// describe says what is known of a value.
func (a *analysis) describe(v value) string {
	s := v.k.String()
	switch {
	case v.borrow > 0:
		s += " borrowed from " + a.localName(int(v.borrow)-1)
	case v.borrow < 0:
		s += " borrowed"
	}
	if c, ok := a.nested(v); ok {
		s += " " + c.NameText()
	}
	return s
}

// unbound lists the local variables that may be without value.
func (a *analysis) unbound(s *state) []string {
	var names []string
	if a.hasBlocks() {
		return nil // instructions check
	}
	for i := range a.vars.n {
		if s.local(i)&localNull != 0 {
			names = append(names, a.localName(i))
		}
	}
	return names
}

// String returns the step on one line.
func (s *Step) String() string {
	text := fmt.Sprintf("%6d  %-28s %-6d ", s.Offset, s.Opname, s.Oparg)
	if !s.Reached {
		return text + "no way leads here"
	}
	text += "[" + strings.Join(s.Stack, ", ") + "]"
	if len(s.Unbound) > 0 {
		text += " unbound: " + strings.Join(s.Unbound, ", ")
	}
	if len(s.Blocks) > 0 {
		text += " blocks: " + strings.Join(s.Blocks, ", ")
	}
	return text
}
