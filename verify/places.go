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
	r := &Report{}
	a := &analysis{}
	a.one(r, o)
	if !r.OK() {
		return nil
	}
	p := &Places{a: a, places: map[int]*state{}}
	a.report = &Report{}
	a.explain = func(i int, s *state) {
		at := &state{}
		at.copyFrom(s)
		p.places[int(a.ins[i].start)] = at
		p.places[int(a.ins[i].offset)] = at
	}
	for l := range a.states {
		if a.states[l].seen {
			a.work = workBase + workPerIns*len(a.ins)
			a.cur.copyFrom(&a.states[l])
			a.line(int(a.leaders[l]))
		}
	}
	a.explain = nil
	return p
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
