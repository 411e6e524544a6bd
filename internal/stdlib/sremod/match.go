package sremod

import (
	"fmt"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/sre"
)

// Match is the result of a successful match: re.Match.
type Match struct {
	object.Head
	pattern *Pattern
	str     unsafe.Pointer // of the subject, which is an object
	// pos and end are the arguments, in characters.
	pos, end int
	// near and nearPoint are an offset and the number of its character, to count others from.
	near, nearPoint int
	// spans has start and end of the match and each group as offsets, -1 for a group
	// that has not matched.
	spans     []int
	regs      *object.Tuple // once they have been asked for
	lastIndex int
}

type (
	match1 struct {
		Match
		a [2]int
	}
	match2 struct {
		Match
		a [4]int
	}
	match4 struct {
		Match
		a [8]int
	}
	match9 struct {
		Match
		a [18]int
	}
)

// maxGroups is how many groups a match may have: an artificial pattern can ask for any number of them.
const maxGroups = 1 << 26

// newMatch returns what st has found in s. near and nearPoint are an offset and its character.
func newMatch(t *Thread, p *Pattern, st *sre.State, s *subject, b bounds, near, nearPoint int) Value {
	var m *Match
	switch {
	case p.groups == 0:
		x := &match1{}
		m, x.spans = &x.Match, x.a[:]
	case p.groups == 1:
		x := &match2{}
		m, x.spans = &x.Match, x.a[:]
	case p.groups < 4:
		x := &match4{}
		m, x.spans = &x.Match, x.a[:2*p.groups+2]
	case p.groups < 9:
		x := &match9{}
		m, x.spans = &x.Match, x.a[:2*p.groups+2]
	case p.groups > maxGroups:
		return t.RaiseNew(&object.MemoryErrorType)
	default:
		m = &Match{spans: make([]int, 2*p.groups+2)}
	}
	m.Type = &MatchType
	m.pattern, m.str = p, s.v.P
	m.pos, m.end = b.pos, b.end
	m.near, m.nearPoint = near, nearPoint
	m.lastIndex = st.LastIndex
	m.spans[0], m.spans[1] = st.Start, st.End
	for i := 1; i <= p.groups; i++ {
		start, end := st.Group(i)
		if start > end {
			return wrongSpan(t)
		}
		m.spans[2*i], m.spans[2*i+1] = start, end
	}
	return object.Of(m)
}

func wrongSpan(t *Thread) Value {
	return t.SystemErrorf("The span of capturing group is wrong, please report a bug for the re module.")
}

// subject returns what the match was found in.
func (m *Match) subject() Value { return Value{P: m.str} }

// point returns the number of the character at an offset.
func (m *Match) point(offset int) int {
	if offset < 0 || m.pattern.kind == forBytes || !m.subject().IsStr() {
		return offset
	}
	s := m.subject().Str()
	switch {
	case s.Len() == len(s.S):
		return offset
	case offset >= m.near:
		return m.nearPoint + sre.CountPoints(s.S[m.near:offset])
	}
	return m.nearPoint - sre.CountPoints(s.S[offset:m.near])
}

// group returns what group i has matched, or def.
func (m *Match) group(t *Thread, i int, def Value) Value {
	if m.spans[2*i] < 0 {
		return def
	}
	if v := m.subject(); v.IsStr() {
		return v.Str().Span(m.spans[2*i], m.spans[2*i+1])
	}
	s, ok := subjectOf(t, m.subject())
	if !ok {
		return Value{}
	}
	// Memory that is no bytes object may have become shorter.
	r := s.slice(min(m.spans[2*i], len(s.text)), min(m.spans[2*i+1], len(s.text)))
	s.release(t)
	return r
}

// index returns the number of the group that v names; false: an exception is set.
func (m *Match) index(t *Thread, v Value) (int, bool) {
	i := -1
	switch {
	case v.IsInt():
		if n := v.Int(); n >= 0 && n < int64(len(m.spans)/2) {
			return int(n), true
		}
	case v.Type().Index != nil:
		x := t.Index(v)
		if x.IsNil() {
			return 0, false
		}
		if n, ok := object.AsInt64(x); ok && n >= 0 && n < int64(len(m.spans)/2) {
			i = int(n)
		}
	case m.pattern.groupIndex != nil:
		x, ok := m.pattern.groupIndex.Get(t, v)
		if !ok {
			return 0, false
		}
		if x.P != nil {
			if n, ok := object.AsInt64(x); ok && n < int64(len(m.spans)/2) {
				i = int(n)
			}
		}
	}
	if i < 0 {
		t.IndexErrorf("no such group")
		return 0, false
	}
	return i, true
}

// named is group for a number or name.
func (m *Match) named(t *Thread, v, def Value) Value {
	i, ok := m.index(t, v)
	if !ok {
		return Value{}
	}
	return m.group(t, i, def)
}

func pair(i, j int) Value {
	p := object.MakeTuple(2)
	p.Items()[0], p.Items()[1] = object.MakeInt(int64(i)), object.MakeInt(int64(j))
	return object.Of(p)
}

// span makes a method of a group's number, 0 if it is not given.
func span(f func(m *Match, i int) Value) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		m, i := object.To[Match](a[0]), 0
		if a[1].P != nil {
			var ok bool
			if i, ok = m.index(t, a[1]); !ok {
				return Value{}
			}
		}
		return f(m, i)
	}
}

func defineMatch() {
	const groupSig = "($self, group=0, /)"
	object.Define(&MatchType, object.TypeSpec{
		Name: "Match", Module: "re", Flags: object.FlagNoNew,
		Doc: "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
		Slots: object.Slots{
			Repr:    matchRepr,
			GetItem: func(t *Thread, v, k Value) Value { return object.To[Match](v).named(t, k, object.None) },
		},
		Methods: []object.MethodDef{
			{Name: "group", Raw: matchGroup, Doc: "group([group1, ...]) -> str or tuple.\n    Return subgroup(s) of the match by indices or names.\n    For 0 returns the entire match."},
			{Name: "start", Sig: groupSig, Doc: "Return index of the start of the substring matched by group.",
				Fn: span(func(m *Match, i int) Value { return object.MakeInt(int64(m.point(m.spans[2*i]))) })},
			{Name: "end", Sig: groupSig, Doc: "Return index of the end of the substring matched by group.",
				Fn: span(func(m *Match, i int) Value { return object.MakeInt(int64(m.point(m.spans[2*i+1]))) })},
			{Name: "span", Sig: groupSig, Doc: "For match object m, return the 2-tuple (m.start(group), m.end(group)).",
				Fn: span(func(m *Match, i int) Value { return pair(m.point(m.spans[2*i]), m.point(m.spans[2*i+1])) })},
			{Name: "groups", Sig: "($self, /, default=None)", Fn: matchGroups,
				Doc: "Return a tuple containing all the subgroups of the match, from 1.\n\n  default\n    Is used for groups that did not participate in the match."},
			{Name: "groupdict", Sig: "($self, /, default=None)", Fn: matchGroupDict,
				Doc: "Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.\n\n  default\n    Is used for groups that did not participate in the match."},
			{Name: "expand", Sig: "($self, /, template)", Fn: matchExpand,
				Doc: "Return the string obtained by doing backslash substitution on the string template, as done by the sub() method."},
			{Name: "__copy__", Sig: "($self, /)", Fn: itself},
			{Name: "__deepcopy__", Sig: "($self, memo, /)", Fn: itself},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "Matches are generic over the type of string which was matched (str or bytes)", Fn: generic},
		},
		GetSets: []object.GetSetDef{
			{Name: "lastindex", Doc: "The integer index of the last matched capturing group.", Get: func(t *Thread, v Value) Value {
				if i := object.To[Match](v).lastIndex; i >= 0 {
					return object.MakeInt(int64(i))
				}
				return object.None
			}},
			{Name: "lastgroup", Doc: "The name of the last matched capturing group.", Get: func(t *Thread, v Value) Value {
				m := object.To[Match](v)
				if names := m.pattern.indexGroup; names != nil && m.lastIndex >= 0 && m.lastIndex < names.Len() {
					return names.Items()[m.lastIndex]
				}
				return object.None
			}},
			{Name: "regs", Get: matchRegs},
			{Name: "string", Member: true, Doc: "The string passed to match() or search().",
				Get: func(t *Thread, v Value) Value { return object.To[Match](v).subject() }},
			{Name: "re", Member: true, Doc: "The regular expression object.",
				Get: func(t *Thread, v Value) Value { return object.Of(object.To[Match](v).pattern) }},
			{Name: "pos", Member: true, Doc: "The index into the string at which the RE engine started looking for a match.",
				Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(object.To[Match](v).pos)) }},
			{Name: "endpos", Member: true, Doc: "The index into the string beyond which the RE engine will not go.",
				Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(object.To[Match](v).end)) }},
		},
	})
}

func matchGroup(t *Thread, args []Value, names *object.Tuple) Value {
	if names != nil && names.Len() > 0 {
		return t.TypeErrorf("Match.group() takes no keyword arguments")
	}
	m := object.To[Match](args[0])
	switch len(args) {
	case 1:
		return m.group(t, 0, object.None)
	case 2:
		return m.named(t, args[1], object.None)
	}
	r := object.MakeTuple(len(args) - 1)
	for i, v := range args[1:] {
		if r.Items()[i] = m.named(t, v, object.None); r.Items()[i].IsNil() {
			return Value{}
		}
	}
	return object.Of(r)
}

func orNone(v Value) Value {
	if v.P == nil {
		return object.None
	}
	return v
}

func matchGroups(t *Thread, a []Value) Value {
	m, def := object.To[Match](a[0]), orNone(a[1])
	r := object.MakeTuple(m.pattern.groups)
	for i := range r.Items() {
		if r.Items()[i] = m.group(t, i+1, def); r.Items()[i].IsNil() {
			return Value{}
		}
	}
	return object.Of(r)
}

func matchGroupDict(t *Thread, a []Value) Value {
	m, def := object.To[Match](a[0]), orNone(a[1])
	d := object.NewDict()
	if m.pattern.groupIndex == nil {
		return object.Of(d)
	}
	for k := range m.pattern.groupIndex.All {
		v := m.named(t, k, def)
		if v.IsNil() || !d.Set(t, k, v) {
			return Value{}
		}
	}
	return object.Of(d)
}

func matchRegs(t *Thread, v Value) Value {
	m := object.To[Match](v)
	if m.regs == nil {
		r := object.MakeTuple(len(m.spans) / 2)
		for i := range r.Items() {
			r.Items()[i] = pair(m.point(m.spans[2*i]), m.point(m.spans[2*i+1]))
		}
		m.regs = r
	}
	return object.Of(m.regs)
}

func matchRepr(t *Thread, v Value) Value {
	m := object.To[Match](v)
	g := m.group(t, 0, object.None)
	if g.IsNil() {
		return Value{}
	}
	r := t.Repr(g)
	if r == nil {
		return Value{}
	}
	return object.MakeStr(fmt.Sprintf("<re.Match object; span=(%d, %d), match=%s>",
		m.point(m.spans[0]), m.point(m.spans[1]), r.S[:sre.SkipPoints(r.S, 50)]))
}
