package lift

import (
	"fmt"
	"testing"

	"github.com/krait-py/krait/code"
)

// checkLocate leaves words for bytecode in the middle of a run, at the first
// place possible after some effects, and for faithful code.
func checkLocate(o *code.Object) (switches int, err error) {
	c, err := Lift(o)
	if err != nil {
		return 0, err
	}
	f, err := Faithful(o)
	if err != nil {
		return 0, err
	}
	at := map[int]Location{}
	for word := range c.Words {
		if where, ok := Locate(o, word); ok {
			at[word] = where
			if _, ok := f.WordAt(where.Unit); !ok {
				return 0, fmt.Errorf("no faithful word for unit %d", where.Unit)
			}
		}
	}
	for seed := range runs {
		want := newWorld(o, seed, true)
		if err := newStackMachine(want).run(); err != nil {
			return 0, err
		}
		for after := 0; after < len(want.trace); after += 1 + after/2 {
			got := newWorld(o, seed, true)
			w := newWordMachine(got, c)
			var where Location
			found := false
			w.until = func(ip int) bool {
				if len(got.trace) < after {
					return false
				}
				where, found = at[ip]
				return found
			}
			if err := w.run(); err != nil {
				return 0, err
			}
			if found {
				switches++
				if seed%2 == 0 {
					err = w.goOn(where)
				} else {
					err = w.faithfully(f, where)
				}
				if err != nil {
					return 0, err
				}
			}
			if err := compareTraces(got, want); err != nil {
				return 0, fmt.Errorf("seed %d, from unit %d: %w", seed, where.Unit, err)
			}
		}
	}
	return switches, nil
}

// values returns the evaluation stack.
func (m *wordMachine) values(where Location) []term {
	var stack []term
	for _, s := range where.Stack {
		switch s.Kind {
		case FromSlot:
			stack = append(stack, m.regs[s.Index])
		case FromConst:
			stack = append(stack, m.konst(s.Index))
		case FromInt:
			stack = append(stack, intTerm(int64(s.Index)))
		case FromNull:
			stack = append(stack, null)
		case FromCommon:
			stack = append(stack, mix(14, term(s.Index)))
		}
	}
	return stack
}

// goOn goes on as a stack machine.
func (m *wordMachine) goOn(where Location) error {
	s := newStackMachine(m.world)
	for i := range s.locals {
		s.locals[i] = m.variable(i)
	}
	s.stack = m.values(where)
	s.unit = where.Unit
	return s.run()
}

// faithfully goes on with faithful code.
func (m *wordMachine) faithfully(f *Code, where Location) error {
	next := newWordMachine(m.world, f)
	for i := range f.NLocals {
		next.regs[f.Slot(i)] = m.variable(i)
	}
	copy(next.regs[f.StackBase:], m.values(where))
	next.ip, _ = f.WordAt(where.Unit)
	return next.run()
}

func TestLocate(t *testing.T) {
	n := 0
	calls, found := 0, 0
	try := func(o *code.Object) {
		if len(o.Code.S) > 1500 || t.Failed() {
			return
		}
		switches, err := checkLocate(o)
		if err != nil {
			t.Errorf("%s, %s: %v", o.FilenameText(), o.QualNameText(), err)
		}
		n += switches
		c, err := Lift(o)
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range c.Words {
			switch Op(w) {
			case Call, CallMethod, CallKw, CallMethodKw, CallEx, CallGen, CallMethodGen:
				calls++
				if _, ok := Locate(o, i+1); ok {
					found++
				}
			}
		}
	}
	for seed := range uint64(300) {
		try(randomCode(seed, false, 0))
	}
	for i, o := range ownObjects(t) {
		if i%3 == 0 {
			try(o)
		}
	}
	// A call whose result STORE_FAST_STORE_FAST stores first is not followed by
	// a place between instructions.
	if found < calls-calls/100 {
		t.Errorf("found what is behind %d of %d calls", found, calls)
	}
	if t.Log(n, "switches"); n == 0 {
		t.Error("none")
	}
}
