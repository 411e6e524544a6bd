package sremod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/sre"
)

// Scanner finds one match after the other: _sre.SRE_Scanner.
type Scanner struct {
	object.Head
	// engine is one of those that are used again, until there are no more matches.
	*engine
	pattern *Pattern
	s       subject
	b       bounds
	// view is a memoryview that keeps the subject's memory in its place, if it is not a str or bytes object.
	view Value
	// near and nearPoint are the offset where the next match is looked for, and its character.
	near, nearPoint int
	// busy says that it is being used: its matching may run other code. done says that there are no more matches.
	busy, done bool
}

func defineScanner() {
	object.Define(&ScannerType, object.TypeSpec{
		Name: "SRE_Scanner", Module: "_sre", Flags: object.FlagNoNew,
		Methods: []object.MethodDef{
			{Name: "match", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return object.To[Scanner](a[0]).step(t, (*sre.State).Match)
			}},
			{Name: "search", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return object.To[Scanner](a[0]).step(t, (*sre.State).Search)
			}},
		},
		GetSets: []object.GetSetDef{
			{Name: "pattern", Member: true, Get: func(t *Thread, v Value) Value { return object.Of(object.To[Scanner](v).pattern) }},
		},
	})
}

func scanner(t *Thread, a []Value) Value {
	p := object.To[Pattern](a[0])
	if !convert(t, &a[2], &a[3]) {
		return Value{}
	}
	s, ok := p.subject(t, a[1])
	if !ok {
		return Value{}
	}
	defer s.release(t)
	b, ok := s.bounds(t, a[2], a[3])
	if !ok {
		return Value{}
	}
	c := &Scanner{Head: object.Head{Type: &ScannerType}, engine: p.state.engine(t), pattern: p, s: s, b: b, near: b.from, nearPoint: b.pos}
	if s.buffer != nil {
		if c.view = t.NewMemoryView(a[1]); c.view.IsNil() {
			p.state.release(c.engine)
			return Value{}
		}
	}
	c.Reset(p.program, s.text, s.wide, b.from, b.limit)
	return object.Of(c)
}

var (
	nameSearch  = object.StaticName("search")
	nameRelease = object.StaticName("release")
)

func finditer(t *Thread, a []Value) Value {
	c := scanner(t, a)
	if c.IsNil() {
		return Value{}
	}
	search := t.GetAttr(c, nameSearch)
	if search.IsNil() {
		return Value{}
	}
	it := object.NewCallIter(search, object.None)
	object.To[object.CallIter](it).Step = object.To[Scanner](c).next
	return it
}

// next is search without None.
func (c *Scanner) next(t *Thread) Value {
	m := c.step(t, (*sre.State).Search)
	if m.IsNone() {
		return Value{}
	}
	return m
}

// step returns the next match, or None.
func (c *Scanner) step(t *Thread, how func(*sre.State) (bool, error)) Value {
	if c.busy {
		return t.ValueErrorf("regular expression scanner already executing")
	}
	if c.done {
		return object.None
	}
	c.busy, c.t = true, t
	found, err := how(&c.State)
	c.busy, c.t = false, nil
	switch {
	case err != nil:
		return fail(t, err)
	case !found:
		c.done = true
		c.pattern.state.release(c.engine)
		c.engine = nil
		if c.view.P != nil {
			if t.CallMethod(c.view, nameRelease).IsNil() {
				return Value{}
			}
			c.view = Value{}
		}
		return object.None
	}
	c.Advance()
	if c.s.wide {
		c.nearPoint += sre.CountPoints(c.s.text[c.near:c.End])
	} else {
		c.nearPoint += c.End - c.near
	}
	c.near = c.End
	return newMatch(t, c.pattern, &c.State, &c.s, c.b, c.near, c.nearPoint)
}
