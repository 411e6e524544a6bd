package sremod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/sre"
)

func findall(t *Thread, a []Value) Value {
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
	if p.groups > maxGroups {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	e := p.state.engine(t)
	defer p.state.release(e)
	e.Reset(p.program, s.text, s.wide, b.from, b.limit)
	var items results
	e.parts = object.Pieces{}
	s.parts = &e.parts
	for {
		found, err := e.Next()
		if err != nil {
			return fail(t, err)
		}
		if !found {
			return items.list()
		}
		var item Value
		switch p.groups {
		case 0:
			item = s.slice(e.Start, e.End)
		case 1:
			item = e.group(&s, 1, s.empty)
		default:
			x := object.MakeTuple(p.groups)
			for i := range x.Items() {
				if x.Items()[i] = e.group(&s, i+1, s.empty); x.Items()[i].IsNil() {
					return wrongSpan(t)
				}
			}
			item = object.Of(x)
		}
		if item.IsNil() {
			return wrongSpan(t)
		}
		items.add(item)
	}
}

// results are the items of a list that is to be returned. Few do not need more memory than the list will have; many are in blocks until their number is known,
// since an array that grows to 100,000 items has been copied until then four times, and leaves as much garbage.
type results struct {
	few    [16]Value
	n      int       // items of few
	block  []Value   // if they are not few, the block that may not be full
	blocks [][]Value // those before it
}

const (
	minBlock = 1 << 9  // a smaller one is made larger instead: that leaves little
	maxBlock = 1 << 14 // 256 KB
)

func (x *results) add(v Value) {
	switch {
	case len(x.block) < cap(x.block):
		x.block = append(x.block, v)
	case x.n < len(x.few):
		x.few[x.n] = v
		x.n++
	case x.block == nil:
		x.block = append(append(make([]Value, 0, 4*len(x.few)), x.few[:]...), v)
	case len(x.block) < minBlock:
		x.block = append(x.block, v)
	default:
		x.blocks = append(x.blocks, x.block)
		x.block = append(make([]Value, 0, min(2*cap(x.block), maxBlock)), v)
	}
}

func (x *results) list() Value {
	switch {
	case x.block == nil:
		l := object.MakeList(x.n)
		copy(l.V, x.few[:x.n])
		return object.Of(l)
	case x.blocks == nil:
		return object.Of(object.NewList(x.block))
	}
	n := len(x.block)
	for _, b := range x.blocks {
		n += len(b)
	}
	l := object.MakeList(n)
	at := 0
	for _, b := range x.blocks {
		at += copy(l.V[at:], b)
	}
	copy(l.V[at:], x.block)
	return object.Of(l)
}

// group returns what group i has matched, or what def returns. There is no value if the bounds are wrong.
func (e *engine) group(s *subject, i int, def func() Value) Value {
	start, end := e.Group(i)
	switch {
	case start < 0:
		return def()
	case start > end:
		return Value{}
	}
	return s.slice(start, end)
}

func split(t *Thread, a []Value) Value {
	p := object.To[Pattern](a[0])
	most := 0
	if a[2].P != nil {
		var ok bool
		if most, ok = t.AsSize(a[2]); !ok {
			return Value{}
		}
	}
	s, ok := p.subject(t, a[1])
	if !ok {
		return Value{}
	}
	defer s.release(t)
	e := p.state.engine(t)
	defer p.state.release(e)
	e.Reset(p.program, s.text, s.wide, 0, len(s.text))
	none := func() Value { return object.None }
	var items results
	e.parts = object.Pieces{}
	s.parts = &e.parts
	last := 0
	for n := 0; most == 0 || n < most; n++ {
		found, err := e.Next()
		if err != nil {
			return fail(t, err)
		}
		if !found {
			break
		}
		items.add(s.slice(last, e.Start))
		for i := 1; i <= p.groups; i++ {
			g := e.group(&s, i, none)
			if g.IsNil() {
				return wrongSpan(t)
			}
			items.add(g)
		}
		last = e.End
	}
	items.add(s.slice(last, len(s.text)))
	return items.list()
}

func sub(t *Thread, a []Value) Value {
	v, _ := replace(t, a)
	return v
}

func subn(t *Thread, a []Value) Value {
	v, n := replace(t, a)
	if v.IsNil() {
		return v
	}
	r := object.MakeTuple(2)
	r.Items()[0], r.Items()[1] = v, object.MakeInt(int64(n))
	return object.Of(r)
}

// joiner puts together what sub returns. It does what joining a list of the pieces would do, including
// the complaint about a piece that is neither str nor bytes; only that comes last.
type joiner struct {
	kind   kind
	out    []byte
	pieces int
	// The first piece of a wrong type.
	wrong  Value
	wrongN int
}

// text adds a part of the subject or of a template.
func (j *joiner) text(s string) {
	j.out = append(j.out, s...)
	j.pieces++
}

// value adds what a function has returned or the caller has given.
func (j *joiner) value(t *Thread, v Value) {
	switch {
	case j.kind == forStr && v.IsStr():
		j.out = append(j.out, v.Str().S...)
	case j.kind == forStr:
		j.note(v)
	default:
		if v.IsStr() {
			j.note(v)
		} else if s, ok := subjectOf(t, v); ok {
			j.out = append(j.out, s.text...)
			s.release(t)
		} else {
			t.Exc = nil
			j.note(v)
		}
	}
	j.pieces++
}

func (j *joiner) note(v Value) {
	if j.wrong.P == nil {
		j.wrong, j.wrongN = v, j.pieces
	}
}

// result returns all pieces as one object.
func (j *joiner) result(t *Thread) Value {
	if j.wrong.P != nil {
		want := "str instance"
		if j.kind != forStr {
			want = "a bytes-like object"
		}
		return t.TypeErrorf("sequence item %d: expected %s, %.80s found", j.wrongN, want, j.wrong.Type().Name)
	}
	if j.kind != forStr {
		return object.CopyBytes(j.out)
	}
	return object.CopyStr(j.out)
}

// replace is sub; it returns also how many matches it has replaced.
func replace(t *Thread, a []Value) (Value, int) {
	p := object.To[Pattern](a[0])
	repl := a[1]
	most := 0
	if a[3].P != nil {
		var ok bool
		if most, ok = t.AsSize(a[3]); !ok {
			return Value{}, 0
		}
	}

	var tmpl *Template
	callable := repl.Type().Call != nil
	if !callable && !literal(t, repl) {
		if tmpl = p.compileTemplate(t, repl); tmpl == nil {
			return Value{}, 0
		}
		if len(tmpl.items) == 0 {
			repl, tmpl = tmpl.literal, nil
		}
	}

	s, ok := p.subject(t, a[2])
	if !ok {
		return Value{}, 0
	}
	defer s.release(t)
	e := p.state.engine(t)
	defer p.state.release(e)
	e.Reset(p.program, s.text, s.wide, 0, len(s.text))
	j := joiner{kind: s.kind, out: e.out[:0]}
	defer func() { e.out = j.out[:0] }()

	// A literal of the right type is text.
	text, plain := "", false
	if !callable && tmpl == nil {
		x, ok := subjectOf(t, repl)
		if !ok {
			t.Exc = nil
		} else {
			defer x.release(t)
			if x.kind == s.kind {
				text, plain = x.text, true
			}
		}
	}
	n, last, near, nearPoint := 0, 0, 0, 0
	for most == 0 || n < most {
		found, err := e.Next()
		if err != nil {
			return fail(t, err), 0
		}
		if !found {
			break
		}
		if last < e.Start {
			j.text(s.text[last:e.Start])
		}
		end := e.End
		switch {
		case plain:
			j.text(text)
		case tmpl != nil && tmpl.kind == s.kind:
			if !tmpl.expand(t, e, p.groups, &j, s.text) {
				return Value{}, 0
			}
		case tmpl == nil && !callable:
			j.value(t, repl)
		default:
			if s.wide {
				nearPoint += sre.CountPoints(s.text[near:e.Start])
			} else {
				nearPoint += e.Start - near
			}
			near = e.Start
			m := newMatch(t, p, &e.State, &s, bounds{0, s.n, 0, len(s.text)}, near, nearPoint)
			if m.IsNil() {
				return Value{}, 0
			}
			var x Value
			if callable {
				x = t.CallArgs(repl, m)
			} else {
				x = tmpl.of(t, object.To[Match](m))
			}
			if x.IsNil() {
				return Value{}, 0
			}
			if !x.IsNone() {
				j.value(t, x)
			}
		}
		last = end
		n++
	}
	if n == 0 {
		return s.slice(0, len(s.text)), 0
	}
	if last < len(s.text) {
		j.text(s.text[last:])
	}
	return j.result(t), n
}

// literal reports whether v is text without escapes.
func literal(t *Thread, v Value) bool {
	s, ok := subjectOf(t, v)
	if !ok {
		t.Exc = nil
		return false
	}
	plain := strings.IndexByte(s.text, '\\') < 0
	s.release(t)
	return plain
}
