package parser

import (
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// This file holds the notation in which the second reading's grammar is written,
// and the machine that follows it. A rule is a list of alternatives, tried in
// order; the first that fits is taken and no other one is ever tried at that
// place (a parsing expression grammar). Which tokens were looked at, what was
// remembered and how deep the calls were is as it is in CPython's generated
// parser, since all of it can be seen in its messages.

// element is a part of an alternative.
type element struct {
	op   elementOp
	kind token.Kind    // opToken, opForce
	rule rule          // opRule
	text string        // opSoft
	alts []alternative // opGroup
	sub  *element      // what opOpt ... opNot apply to
	sep  *element      // opList
}

type elementOp uint8

const (
	opToken elementOp = iota
	opSoft            // a name with this spelling
	opRule
	opGroup // one of several alternatives
	opOpt   // once or not at all
	opMany  // any number
	opSome  // at least one
	opList  // at least one, with separators between them
	opAhead // has to come, is not consumed
	opNot   // must not come
	opCut   // from here on no other alternative will do
	opForce // this token has to come: an error if it does not
)

// alternative is a sequence of elements and what becomes of them.
type alternative struct {
	items []element
	act   action
	value int  // index of the only item with a value, -1 if there are several
	bad   bool // one that finds an error: only tried in the second pass
	first startSet
}

// action makes the value of an alternative that fits; at is the index of its
// first token and v has a value for each item (nil for those left out). If it
// returns nil, the rule as a whole does not fit.
type action func(d *diagnosis, at int, v []*node) *node

// definition is a rule of the grammar.
type definition struct {
	alts  []alternative
	memo  bool
	left  bool // calls itself at its start
	plain bool // finds no errors, even in the second pass

	first startSet // what it can begin with
	empty bool     // it can do without tokens
}

// alt makes an alternative of its parts: token kinds, rules, spellings of soft
// keywords, elements, alternatives (which become groups), and at the end maybe
// an action.
func alt(parts ...any) alternative {
	a := alternative{value: -1}
	values := 0
	for _, p := range parts {
		switch p := p.(type) {
		case action:
			a.act = p
			continue
		case func(*diagnosis, int, []*node) *node:
			a.act = p
			continue
		}
		e := elem(p)
		switch e.op {
		case opAhead, opNot, opCut:
		default:
			values++
			a.value = len(a.items)
		}
		a.items = append(a.items, e)
	}
	if values != 1 {
		a.value = -1
	}
	return a
}

// bad makes an alternative of a rule that only finds errors.
func bad(r rule) alternative {
	a := alt(r)
	a.bad = true
	return a
}

func elem(p any) element {
	switch p := p.(type) {
	case element:
		return p
	case token.Kind:
		return element{op: opToken, kind: p}
	case rule:
		return element{op: opRule, rule: p}
	case string:
		return element{op: opSoft, text: p}
	case alternative:
		return element{op: opGroup, alts: []alternative{p}}
	}
	panic("parser: not a part of an alternative")
}

// or makes a group of alternatives.
func or(parts ...any) element {
	e := element{op: opGroup}
	for _, p := range parts {
		a, ok := p.(alternative)
		if !ok {
			a = alt(p)
		}
		e.alts = append(e.alts, a)
	}
	return e
}

func unary(op elementOp, parts []any) element {
	var sub element
	if len(parts) == 1 {
		sub = elem(parts[0])
	} else {
		sub = elem(alt(parts...))
	}
	return element{op: op, sub: &sub}
}

func opt(parts ...any) element   { return unary(opOpt, parts) }
func many(parts ...any) element  { return unary(opMany, parts) }
func some(parts ...any) element  { return unary(opSome, parts) }
func ahead(parts ...any) element { return unary(opAhead, parts) }
func not(parts ...any) element   { return unary(opNot, parts) }

// list makes an element of parts with commas between them.
func list(parts ...any) element { return separated(token.COMMA, parts...) }

func separated(by token.Kind, parts ...any) element {
	e := unary(opList, parts)
	sep := elem(by)
	e.sep = &sep
	return e
}

func force(k token.Kind) element { return element{op: opForce, kind: k} }

var cut = element{op: opCut}

// maxLevel is CPython's bound for the depth of its parser's calls (MAXSTACK).
const maxLevel = 6000

// memo is what a rule found at a token.
type memo struct {
	rule rule
	end  int32 // the token after it
	n    *node
}

// enter counts a call; it reports whether the rule may be followed.
func (d *diagnosis) enter() bool {
	d.level++
	d.steps++
	if d.level > maxLevel {
		d.overflow()
	} else if d.steps > d.maxSteps {
		d.giveUp()
	}
	return d.err == nil
}

// parse follows a rule from the current token on. It returns nil, and stays
// where it is, if the rule does not fit.
func (d *diagnosis) parse(r rule) *node {
	if !d.enter() {
		d.level--
		return nil
	}
	def := &grammar[r]
	at := d.mark
	if def.memo || def.left {
		if !d.look() {
			d.level--
			return nil
		}
		for i := range d.memos[at] {
			if m := &d.memos[at][i]; m.rule == r {
				d.level--
				if m.n != nil {
					d.mark = int(m.end)
				}
				return m.n
			}
		}
	}
	var n *node
	switch {
	case def.left:
		n = d.grow(r, def, at)
	case def.plain:
		second := d.second
		d.second = false
		n = d.choose(def.alts)
		d.second = second
	default:
		n = d.choose(def.alts)
	}
	if def.memo && d.err == nil {
		d.memos[at] = append(d.memos[at], memo{r, int32(d.mark), n})
	}
	d.level--
	return n
}

// grow follows a rule that begins with itself: at first it does not fit, then
// each round takes what the last one found for its beginning, as long as that
// gets further.
func (d *diagnosis) grow(r rule, def *definition, at int) *node {
	slot := len(d.memos[at])
	d.memos[at] = append(d.memos[at], memo{rule: r, end: int32(at)})
	var found *node
	end := at
	for {
		d.mark = at
		var n *node
		if d.enter() {
			n = d.choose(def.alts)
		}
		d.level--
		if d.err != nil {
			return nil
		}
		if n == nil || d.mark <= end {
			break
		}
		found, end = n, d.mark
		d.memos[at][slot].n, d.memos[at][slot].end = found, int32(end)
	}
	d.mark = end
	return found
}

// choose takes the first alternative that fits.
func (d *diagnosis) choose(alts []alternative) *node {
	at := d.mark
	base := len(d.values)
	if !d.look() {
		return nil
	}
	kind := d.tokens[at].Kind
next:
	for i := range alts {
		a := &alts[i]
		if d.err != nil {
			return nil
		}
		if a.bad && !d.second || !a.first.has(kind) {
			continue
		}
		committed := false
		for j := range a.items {
			e := &a.items[j]
			if e.op == opCut {
				committed = true
				d.values = append(d.values, nil)
				continue
			}
			n, ok := d.match(e)
			if !ok {
				d.mark = at
				d.values = d.values[:base]
				if committed {
					return nil
				}
				continue next
			}
			d.values = append(d.values, n)
		}
		var n *node
		switch {
		case a.act != nil:
			n = a.act(d, at, d.values[base:])
		case a.value >= 0:
			n = d.values[base+a.value]
			if n == nil {
				n = nothing
			}
		default:
			n = d.node(kindOther, at)
		}
		d.values = d.values[:base]
		if n == nil || d.err != nil {
			d.mark = at
			return nil
		}
		return n
	}
	return nil
}

// nothing is the value of what fits without having one.
var nothing = &node{}

// match matches an element. Its value may be nil even if it fits.
func (d *diagnosis) match(e *element) (*node, bool) {
	switch e.op {
	case opToken:
		return d.expect(e.kind)
	case opSoft:
		if !d.look() || d.tokens[d.mark].Kind != token.NAME || d.spelling(d.mark) != e.text {
			return nil, false
		}
		return d.expect(token.NAME)
	case opRule:
		n := d.parse(e.rule)
		return n, n != nil
	case opGroup:
		var n *node
		if d.enter() {
			n = d.choose(e.alts)
		}
		d.level--
		return n, n != nil
	case opOpt:
		n, _ := d.match(e.sub)
		return n, d.err == nil
	case opMany, opSome:
		return d.repeat(e)
	case opList:
		return d.list(e)
	case opAhead, opNot:
		mark := d.mark
		_, ok := d.match(e.sub)
		d.mark = mark
		return nil, ok == (e.op == opAhead)
	case opForce:
		if d.err != nil || !d.look() {
			return nil, false
		}
		if d.tokens[d.mark].Kind != e.kind {
			d.raiseAt(d.leaf(d.mark), "expected '"+e.kind.Spelling()+"'")
			return nil, false
		}
		return d.expect(e.kind)
	}
	return nil, false
}

func (d *diagnosis) repeat(e *element) (*node, bool) {
	var items []*node
	for d.enter() {
		n, ok := d.match(e.sub)
		if !ok {
			break
		}
		items = append(items, n)
		d.level--
	}
	d.level--
	if d.err != nil || e.op == opSome && len(items) == 0 {
		return nil, false
	}
	return d.sequence(items), true
}

func (d *diagnosis) list(e *element) (*node, bool) {
	defer func() { d.level-- }()
	if !d.enter() {
		return nil, false
	}
	n, ok := d.match(e.sub)
	if !ok {
		return nil, false
	}
	items := []*node{n}
	for d.enter() {
		mark := d.mark
		if _, ok = d.match(e.sep); ok {
			n, ok = d.match(e.sub)
		}
		if !ok {
			d.mark = mark
			break
		}
		items = append(items, n)
		d.level--
	}
	d.level--
	return d.sequence(items), d.err == nil
}

// look makes sure that the current token has been read. It is false if there
// is none, since the tokenizer found an error there.
func (d *diagnosis) look() bool {
	if d.mark < d.fill {
		return true
	}
	if d.mark < len(d.tokens) {
		d.fill = d.mark + 1
		return true
	}
	d.readError()
	return false
}

// expect consumes a token of kind k.
func (d *diagnosis) expect(k token.Kind) (*node, bool) {
	if !d.look() || d.tokens[d.mark].Kind != k {
		return nil, false
	}
	n := d.leaf(d.mark)
	d.mark++
	switch k {
	case token.NAME:
		return n, d.checkName(n)
	case token.NUMBER:
		return n, d.checkNumber(n)
	}
	return n, true
}

// node makes a node that reaches from the token at to the last one consumed.
func (d *diagnosis) node(k kind, at int) *node {
	n := d.alloc()
	n.kind = k
	end := d.mark - 1
	for ; end > 0; end-- {
		k := d.tokens[end].Kind
		if k != token.ENDMARKER && (k < token.NEWLINE || k > token.DEDENT) {
			break
		}
	}
	s, e := d.leaf(at).Span, d.leaf(max(end, 0)).Span
	n.Span = source.Span{Line: s.Line, Col: s.Col, EndLine: e.EndLine, EndCol: e.EndCol}
	return n
}

func (d *diagnosis) sequence(items []*node) *node {
	n := d.alloc()
	n.kind = kindSequence
	n.items = items
	return n
}

func (d *diagnosis) alloc() *node {
	if len(d.slab) == 0 {
		d.slab = make([]node, 256)
	}
	n := &d.slab[0]
	d.slab = d.slab[1:]
	return n
}
