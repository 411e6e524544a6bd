package codegen

import (
	"slices"
	"strconv"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// matching is the state of one case of a match statement (or one alternative of an
// or-pattern).
//
// The code of a pattern takes its subject from the top of the stack and falls
// through if it matches; else it jumps to where all that belongs to the case is
// popped. Names are stored when the whole pattern has matched: until then what they
// capture is kept on the stack, below what is still to be looked at.
type matching struct {
	// captures are the names whose values are on the stack, the lowest first.
	captures []string
	// irrefutable: patterns that always match are allowed.
	irrefutable bool
	// onTop is how many values above the captures are needed later on, or to be
	// popped on failure.
	onTop int
	// fail[i] is where to go on failure with i values to be popped.
	fail []instruction.Label
}

// match emits a match statement.
func (g *generator) match(s *ast.Match) {
	g.expr(s.Subject)
	end := g.newLabel()
	cases := s.Cases
	last := cases[len(cases)-1]
	// A case _ in the end needs neither the subject nor a pattern.
	hasDefault := isWildcard(last.Pattern) && len(cases) > 1
	if hasDefault {
		cases = cases[:len(cases)-1]
	}
	var m matching
	for i, c := range cases {
		at := c.Pattern.Pos()
		keep := i < len(cases)-1 // later cases want the subject
		if keep {
			g.opArg(at, opcode.COPY, 1)
		}
		m = matching{captures: m.captures[:0], fail: m.fail[:0]}
		m.irrefutable = c.Guard != nil || i == len(s.Cases)-1
		g.pattern(c.Pattern, &m)
		if g.err != nil {
			return
		}
		for _, name := range m.captures {
			g.name(at, name, ast.Store)
		}
		if c.Guard != nil {
			g.jumpIf(at, c.Guard, g.failLabel(&m, 0), false)
		}
		if keep {
			// With the position of what comes next, for events of branches.
			g.op(next, opcode.POP_TOP)
		}
		g.body(c.Body)
		g.jump(none, opcode.JUMP, end)
		g.placeFails(at, &m)
	}
	if hasDefault {
		// No code comes of the pattern, but coverage shows its line.
		g.op(last.Pattern.Pos(), opcode.NOP)
		if last.Guard != nil {
			g.jumpIf(last.Pattern.Pos(), last.Guard, end, false)
		}
		g.body(last.Body)
	}
	g.use(end)
}

// isWildcard reports whether p is the pattern _.
func isWildcard(p ast.Pattern) bool {
	m, ok := p.(*ast.MatchAs)
	return ok && m.Pattern == nil && m.Name == ""
}

// failLabel returns the label that pops n values on failure.
func (g *generator) failLabel(m *matching, n int) instruction.Label {
	for len(m.fail) <= n {
		m.fail = append(m.fail, g.newLabel())
	}
	return m.fail[n]
}

// jumpToFail emits a jump that leaves the case.
func (g *generator) jumpToFail(at source.Span, m *matching, jump opcode.Op) {
	g.jump(at, jump, g.failLabel(m, m.onTop+len(m.captures)))
}

// placeFails emits the code that pops what a failed match leaves. Each label falls
// through to the one that pops one value less.
func (g *generator) placeFails(at source.Span, m *matching) {
	for n := len(m.fail) - 1; n >= 0; n-- {
		g.use(m.fail[n])
		if n > 0 {
			g.op(at, opcode.POP_TOP)
		}
	}
	m.fail = m.fail[:0]
}

// pattern emits the code of a pattern.
func (g *generator) pattern(p ast.Pattern, m *matching) {
	if g.err != nil {
		return
	}
	switch p := p.(type) {
	case *ast.MatchValue:
		if !matchable(p.Value) {
			g.fail(p.Span, "patterns may only match literals and attribute lookups")
			return
		}
		g.expr(p.Value)
		g.compareOp(p.Span, ast.Eq)
		g.op(p.Span, opcode.TO_BOOL)
		g.jumpToFail(p.Span, m, opcode.POP_JUMP_IF_FALSE)
	case *ast.MatchSingleton:
		g.loadConst(p.Span, p.Value)
		g.compareOp(p.Span, ast.Is)
		g.jumpToFail(p.Span, m, opcode.POP_JUMP_IF_FALSE)
	case *ast.MatchSequence:
		g.sequencePattern(p, m)
	case *ast.MatchMapping:
		g.mappingPattern(p, m)
	case *ast.MatchClass:
		g.classPattern(p, m)
	case *ast.MatchStar:
		g.capture(p.Span, p.Name, m)
	case *ast.MatchAs:
		g.asPattern(p, m)
	case *ast.MatchOr:
		g.orPattern(p, m)
	}
}

// subpattern emits a pattern inside another one, which may always match.
func (g *generator) subpattern(p ast.Pattern, m *matching) {
	was := m.irrefutable
	m.irrefutable = true
	g.pattern(p, m)
	m.irrefutable = was
}

// asPattern emits "pattern as name", a capture or a wildcard.
func (g *generator) asPattern(p *ast.MatchAs, m *matching) {
	if p.Pattern == nil {
		if !m.irrefutable {
			what := "wildcard"
			if p.Name != "" {
				what = "name capture " + reprStr(p.Name)
			}
			g.fail(p.Span, what+" makes remaining patterns unreachable")
			return
		}
		g.capture(p.Span, p.Name, m)
		return
	}
	m.onTop++
	g.opArg(p.Span, opcode.COPY, 1)
	g.pattern(p.Pattern, m)
	m.onTop--
	g.capture(p.Span, p.Name, m)
}

// capture emits what keeps the value on top for the name, or drops it if there is
// no name.
func (g *generator) capture(at source.Span, name string, m *matching) {
	if name == "" {
		g.op(at, opcode.POP_TOP)
		return
	}
	if slices.Contains(m.captures, name) {
		g.failDuplicate(at, name)
		return
	}
	g.rotate(at, m.onTop+len(m.captures)+1)
	m.captures = append(m.captures, name)
}

func (g *generator) failDuplicate(at source.Span, name string) {
	g.fail(at, "multiple assignments to name "+reprStr(name)+" in pattern")
}

// rotate emits what moves the value on top below the n-1 values under it.
func (g *generator) rotate(at source.Span, n int) {
	for ; n > 1; n-- {
		g.opArg(at, opcode.SWAP, n)
	}
}

// sequencePattern emits a sequence pattern.
func (g *generator) sequencePattern(p *ast.MatchSequence, m *matching) {
	n := len(p.Patterns)
	star := -1
	onlyWildcards, starWildcard := true, false
	for i, sub := range p.Patterns {
		if s, ok := sub.(*ast.MatchStar); ok {
			if star >= 0 {
				g.fail(p.Span, "multiple starred names in sequence pattern")
				return
			}
			star = i
			starWildcard = s.Name == ""
			onlyWildcards = onlyWildcards && starWildcard
			continue
		}
		onlyWildcards = onlyWildcards && isWildcard(sub)
	}
	m.onTop++
	g.op(p.Span, opcode.MATCH_SEQUENCE)
	g.jumpToFail(p.Span, m, opcode.POP_JUMP_IF_FALSE)
	switch {
	case star < 0:
		g.checkLen(p.Span, n, ast.Eq, m)
	case n > 1:
		g.checkLen(p.Span, n-1, ast.GtE, m)
	}
	m.onTop--
	switch {
	case onlyWildcards:
		g.op(p.Span, opcode.POP_TOP)
	case starWildcard:
		g.itemPatterns(p, star, m)
	default:
		g.unpackedPatterns(p, star, m)
	}
}

// checkLen emits a check of the length of the subject.
func (g *generator) checkLen(at source.Span, n int, op ast.CmpOp, m *matching) {
	g.op(at, opcode.GET_LEN)
	g.loadInt(at, n)
	g.compareOp(at, op)
	g.jumpToFail(at, m, opcode.POP_JUMP_IF_FALSE)
}

// unpackedPatterns emits the patterns in a sequence that is unpacked.
func (g *generator) unpackedPatterns(p *ast.MatchSequence, star int, m *matching) {
	n := len(p.Patterns)
	if star < 0 {
		g.opArg(p.Span, opcode.UNPACK_SEQUENCE, n)
	} else if !g.unpackEx(p.Span, star, n) {
		g.fail(p.Span, "too many expressions in star-unpacking sequence pattern")
		return
	}
	m.onTop += n
	for _, sub := range p.Patterns {
		m.onTop--
		g.subpattern(sub, m)
	}
}

// itemPatterns emits the patterns in a sequence with a *_, which is not unpacked:
// items are got one by one.
func (g *generator) itemPatterns(p *ast.MatchSequence, star int, m *matching) {
	m.onTop++
	for i, sub := range p.Patterns {
		if i == star || isWildcard(sub) {
			continue
		}
		g.opArg(p.Span, opcode.COPY, 1)
		if i < star {
			g.loadInt(p.Span, i)
		} else {
			// Sequences need not know indices from the end.
			g.op(p.Span, opcode.GET_LEN)
			g.loadInt(p.Span, len(p.Patterns)-i)
			g.opArg(p.Span, opcode.BINARY_OP, binaryOpargs[ast.Sub])
		}
		g.opArg(p.Span, opcode.BINARY_OP, opargSubscr)
		g.subpattern(sub, m)
	}
	m.onTop--
	g.op(p.Span, opcode.POP_TOP)
}

// classPattern emits a class pattern.
func (g *generator) classPattern(p *ast.MatchClass, m *matching) {
	if !g.checkAttributes(p) {
		return
	}
	g.expr(p.Cls)
	var buf [8]code.Value
	names := buf[:0]
	for _, a := range p.KwdAttrs {
		names = append(names, g.cache.Str(a))
	}
	g.loadConst(p.Span, g.cache.Tuple(names))
	g.opArg(p.Span, opcode.MATCH_CLASS, len(p.Patterns))
	g.checkFound(p.Span, m, 1)
	// On top is a tuple of the attributes.
	n := len(p.Patterns) + len(p.KwdPatterns)
	g.opArg(p.Span, opcode.UNPACK_SEQUENCE, n)
	m.onTop += n - 1
	for i := range n {
		m.onTop--
		var sub ast.Pattern
		if i < len(p.Patterns) {
			sub = p.Patterns[i]
		} else {
			sub = p.KwdPatterns[i-len(p.Patterns)]
		}
		if isWildcard(sub) {
			g.op(p.Span, opcode.POP_TOP)
			continue
		}
		g.subpattern(sub, m)
	}
}

// checkAttributes refuses attributes that are there twice. Errors point at the
// pattern, as the names have no position.
func (g *generator) checkAttributes(p *ast.MatchClass) bool {
	n := len(p.KwdAttrs)
	if n < 2 || n > 16 && !repeats(n, func(i int) string { return p.KwdAttrs[i] }) {
		return true
	}
	for i, a := range p.KwdAttrs {
		if j := slices.Index(p.KwdAttrs[i+1:], a); j >= 0 {
			g.fail(p.KwdPatterns[i+1+j].Pos(), "attribute name repeated in class pattern: "+a)
			return false
		}
	}
	return true
}

// checkFound emits a check that the value on top is not None; it and n-1 more are
// new there.
func (g *generator) checkFound(at source.Span, m *matching, n int) {
	m.onTop += n
	g.opArg(at, opcode.COPY, 1)
	g.loadNone(at)
	g.opArg(at, opcode.IS_OP, 1)
	g.jumpToFail(at, m, opcode.POP_JUMP_IF_FALSE)
}

// matchable reports whether a pattern may compare with e: f-strings, for the parser
// strings like others, are no literals here.
func matchable(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Constant, *ast.Attribute:
		return true
	}
	return false
}

// mappingPattern emits a mapping pattern.
func (g *generator) mappingPattern(p *ast.MatchMapping, m *matching) {
	n := len(p.Keys)
	m.onTop++
	g.op(p.Span, opcode.MATCH_MAPPING)
	g.jumpToFail(p.Span, m, opcode.POP_JUMP_IF_FALSE)
	if n == 0 && p.Rest == "" {
		m.onTop--
		g.op(p.Span, opcode.POP_TOP)
		return
	}
	if n > 0 {
		g.checkLen(p.Span, n, ast.GtE, m)
	}
	for i, k := range p.Keys {
		if !matchable(k) {
			g.fail(p.Span, "mapping pattern keys may only match literals and attribute lookups")
			return
		}
		if c, ok := k.(*ast.Constant); ok {
			for _, before := range p.Keys[:i] {
				if b, ok := before.(*ast.Constant); ok && equalKeys(b.Value, c.Value) {
					g.fail(p.Span, "mapping pattern checks duplicate key ("+repr(c.Value)+")")
					return
				}
			}
		}
		g.expr(k)
	}
	g.opArg(p.Span, opcode.BUILD_TUPLE, n)
	g.op(p.Span, opcode.MATCH_KEYS)
	g.checkFound(p.Span, m, 2)
	// On the stack are the subject, the keys and a tuple of the values.
	g.opArg(p.Span, opcode.UNPACK_SEQUENCE, n)
	m.onTop += n - 1
	for _, sub := range p.Patterns {
		m.onTop--
		g.subpattern(sub, m)
	}
	m.onTop -= 2
	if p.Rest == "" {
		g.op(p.Span, opcode.POP_TOP) // the keys
		g.op(p.Span, opcode.POP_TOP) // the subject
		return
	}
	// The rest is a copy of the subject without the keys.
	g.opArg(p.Span, opcode.BUILD_MAP, 0)
	g.opArg(p.Span, opcode.SWAP, 3)
	g.opArg(p.Span, opcode.DICT_UPDATE, 2)
	g.opArg(p.Span, opcode.UNPACK_SEQUENCE, n)
	for ; n > 0; n-- {
		g.opArg(p.Span, opcode.COPY, n+1)
		g.opArg(p.Span, opcode.SWAP, 2)
		g.op(p.Span, opcode.DELETE_SUBSCR)
	}
	g.capture(p.Span, p.Rest, m)
}

// orPattern emits alternatives. All must capture the same names, and bring them
// into the order of the first alternative.
func (g *generator) orPattern(p *ast.MatchOr, m *matching) {
	end := g.newLabel()
	var names []string
	for i, alt := range p.Patterns {
		at := alt.Pos()
		// Only the last alternative may always match.
		am := matching{irrefutable: i == len(p.Patterns)-1 && m.irrefutable}
		g.opArg(at, opcode.COPY, 1)
		g.pattern(alt, &am)
		if g.err != nil {
			return
		}
		if i == 0 {
			names = am.captures
		} else if !g.reorder(at, am.captures, names) {
			g.fail(p.Span, "alternative patterns bind different names")
			return
		}
		g.jump(at, opcode.JUMP, end)
		g.placeFails(at, &am)
	}
	g.op(p.Span, opcode.POP_TOP)
	g.jumpToFail(p.Span, m, opcode.JUMP)

	g.use(end)
	// Captures go below the copy of the subject, all that is on top and the
	// captures before.
	n := len(names) + 1 + m.onTop + len(m.captures)
	for _, name := range names {
		g.rotate(p.Span, n)
		if slices.Contains(m.captures, name) {
			g.failDuplicate(p.Span, name)
			return
		}
		m.captures = append(m.captures, name)
	}
	g.op(p.Span, opcode.POP_TOP)
}

// reorder emits what brings captures, whose values are on top of the stack, into
// the order of names. It reports whether they are the same names. captures is
// changed.
func (g *generator) reorder(at source.Span, captures, names []string) bool {
	if len(captures) != len(names) {
		return false
	}
	for want := len(names) - 1; want >= 0; want-- {
		have := slices.Index(captures, names[want])
		if have < 0 {
			return false
		}
		if have == want {
			continue
		}
		// Those behind are in place; have < want. The first have+1 captures move
		// behind the others up to want.
		first := slices.Clone(captures[:have+1])
		copy(captures, captures[have+1:want+1])
		copy(captures[want-have:], first)
		for range first {
			g.rotate(at, want+1)
		}
	}
	return true
}

// reprStr returns repr() of a str, as messages have it.
func reprStr(s string) string { return repr(&code.Str{S: s}) }

// repr returns repr() of a constant.
func repr(v code.Value) string {
	text, err := pyrepr.Append(nil, v, pyrepr.Options{Version: pyver.Py314})
	if err != nil {
		return strconv.Quote(code.TypeName(v, pyver.Py314))
	}
	return string(text)
}
