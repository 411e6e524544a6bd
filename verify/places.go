package verify

import (
	"strings"

	"github.com/krait-py/krait/code"
)

// Places has what is known before each instruction of a code object. It is for debuggers that make a frame go on elsewhere: what has
// been proven of the instructions there has been proven of the ways that lead there, and this is another one.
type Places struct {
	a      *analysis
	places map[int]*state // by the offset of an instruction's first unit
}

// PlacesOf returns the places of o, nil if o is not safe to run.
func PlacesOf(o *code.Object) *Places {
	p := &Places{places: map[int]*state{}}
	if p.a = explained(o, func(in *instr, s *state) {
		at := &state{}
		at.copyFrom(s)
		p.places[int(in.start)] = at
		p.places[int(in.offset)] = at
	}); p.a == nil {
		return nil
	}
	return p
}

// Depths returns how many values the evaluation stack has before the instruction that begins at each code unit, -1 where none begins or no way
// leads there; nil if o is not safe to run.
func Depths(o *code.Object) []int {
	if o.Code == nil {
		return nil
	}
	depths := make([]int, len(o.Code.S)/2)
	for u := range depths {
		depths[u] = -1
	}
	if explained(o, func(in *instr, s *state) { depths[in.start/2] = len(s.stack) }) == nil {
		return nil
	}
	return depths
}

// explained calls f with the state before each instruction of o that some way leads to. It returns nil if o is not safe.
func explained(o *code.Object, f func(in *instr, s *state)) *analysis {
	r := &Report{}
	a := &analysis{}
	a.one(r, o)
	if !r.OK() {
		return nil
	}
	a.report = &Report{}
	a.explain = func(i int, s *state) { f(&a.ins[i], s) }
	for l := range a.states {
		if a.states[l].seen {
			a.work = workBase + workPerIns*len(a.ins)
			a.cur.copyFrom(&a.states[l])
			a.line(int(a.leaders[l]))
		}
	}
	a.explain = nil
	return a
}

// Leads reports whether a frame that is about to execute the instruction at one offset may go on with that at another instead, the values
// on top of its stack dropped as far as there are more. Its unbound variables must have got a value, and those that
// Cells yields a cell.
func (p *Places) Leads(from, to int) bool {
	s, t := p.places[from], p.places[to]
	if s == nil || t == nil || len(s.stack) < len(t.stack) || s.begun != t.begun {
		return false
	}
	for i, want := range t.stack {
		v := s.stack[i]
		v.borrow, want.borrow, v.origin = 0, 0, want.origin
		if want.join(v) {
			return false
		}
	}
	for i := range p.a.vars.n {
		// Instructions trust what is in variables that no source can name.
		if s.local(i)&localNull != 0 && strings.HasPrefix(p.a.localName(i), ".") {
			return false
		}
	}
	return true
}

// Cells yields the numbers of the local variables that hold cells before the instruction at an offset.
func (p *Places) Cells(to int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range p.a.vars.n {
			if p.places[to].local(i)&localCell != 0 && !yield(i) {
				return
			}
		}
	}
}
