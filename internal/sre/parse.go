package sre

import "errors"

// ErrCode is the error of Compile for codes that the re package does not make.
var ErrCode = errors.New("invalid SRE code")

// maxNesting bounds how deep codes may be nested.
const maxNesting = 5000

// kind is what a node of the tree matches.
type kind uint8

const (
	kindItem   kind = iota // one character
	kindFail               // nothing
	kindAccept             // the end of the whole or of the innermost group of its own
	kindMark               // an end of group n/2
	kindAt                 // a position of sort n
	kindBranch             // the first of kids that leads on
	kindRun                // a repeated item
	kindLoop               // a repeated kids[0]
	kindAtomic             // kids[0], no way back into it
	kindLook               // kids[0], n characters before; it stays where it is
	kindRef                // what group n has matched
	kindCond               // kids[0] if group n has matched, else kids[1]
)

// mode is how a repeat chooses.
type mode uint8

const (
	greedy mode = iota
	lazy
	possessive
)

// node is a part of the pattern.
type node struct {
	kind     kind
	mode     mode // of kindRun and kindLoop
	negative bool // of kindLook
	moves    bool // a match has a character at least
	n        int
	min      uint32 // of kindRun and kindLoop
	max      int    // ... maybe noLimit
	code     uint32
	item     *item
	kids     [][]*node
	// id numbers the nodes of a tree from 0.
	id int
}

// mustMove reports whether each match of n, whose kids know it of themselves, has a
// character at least.
func (n *node) mustMove() bool {
	switch n.kind {
	case kindItem, kindFail:
		return true
	case kindRun:
		return n.min > 0
	case kindBranch, kindCond:
		for _, kid := range n.kids {
			if !moves(kid) {
				return false
			}
		}
		return true
	case kindLoop:
		return n.min > 0 && moves(n.kids[0])
	case kindAtomic:
		return moves(n.kids[0])
	}
	return false
}

// moves reports whether each match of a sequence has a character at least.
func moves(nodes []*node) bool {
	for _, n := range nodes {
		if n.moves {
			return true
		}
	}
	return false
}

// noLimit is the maximum of repeats that have none.
const noLimit = int(^uint(0) >> 1)

// tree is a parsed pattern.
type tree struct {
	nodes []*node // the pattern, a sequence
	count int     // of all nodes
	width int     // the least number of characters of a match, as the codes say
	marks int     // one more than the highest mark
	refs  bool    // there are references to groups
	// openRef says that a conditional may ask for a group that is not closed, so that
	// marks of abandoned attempts can be seen.
	openRef bool
}

// parser reads codes.
type parser struct {
	code   []uint32
	groups int
	depth  int
	tree   tree
	items  map[string]*item
	// open has the groups whose end is still to come.
	open map[uint32]bool
}

// parse reads the whole of the codes.
func parse(code []uint32, groups int) (*tree, error) {
	n := len(code)
	if groups < 0 || groups > MaxGroups || n == 0 || code[n-1] != codeSuccess {
		return nil, ErrCode
	}
	p := &parser{code: code, groups: groups, items: map[string]*item{}, open: map[uint32]bool{}}
	if code[0] == codeInfo && n > 4 {
		p.tree.width = clamp(code[3])
	}
	nodes, jump, ok := p.sequence(0, n-1)
	if !ok || jump {
		return nil, ErrCode
	}
	p.tree.nodes = nodes
	return &p.tree, nil
}

func (p *parser) node(k kind) *node {
	n := &node{kind: k, id: p.tree.count}
	p.tree.count++
	return n
}

// skip returns where the distance at i leads to, which must not be beyond end.
func (p *parser) skip(i, end int) (int, bool) {
	if i >= end || uint64(p.code[i]) > uint64(end-i) {
		return 0, false
	}
	return i + int(p.code[i]), true
}

// body reads a part of its own, which is not a branch.
func (p *parser) body(i, end int) ([]*node, bool) {
	nodes, jump, ok := p.sequence(i, end)
	return nodes, ok && !jump
}

// sequence reads the codes from i up to end. It reports whether the last is a JUMP, which is
// left to the caller.
func (p *parser) sequence(i, end int) (nodes []*node, jump, ok bool) {
	if i > end || p.depth > maxNesting {
		return nil, false, false
	}
	p.depth++
	defer func() { p.depth-- }()
	for i < end {
		op := p.code[i]
		i++
		if op == codeJump {
			return nodes, true, i+1 == end
		}
		n, after := p.one(op, i, end)
		if after <= 0 || after > end {
			return nil, false, false
		}
		if n != nil {
			n.moves = n.mustMove()
			nodes = append(nodes, n)
		}
		i = after
	}
	return nodes, false, true
}

// one reads the operands of op, which begin at i. It returns where the next
// operation begins, or 0 if the codes are wrong.
func (p *parser) one(op uint32, i, end int) (*node, int) {
	switch op {
	case codeAny, codeAnyAll:
		n := p.node(kindItem)
		n.item = p.item(op, 0, nil)
		return n, i
	case codeFailure:
		return p.node(kindFail), i
	case codeSuccess:
		return p.node(kindAccept), i
	case codeInfo:
		return nil, p.info(i, end)
	case codeBranch:
		return p.branch(i, end)
	case codeGroupRefExists:
		return p.conditional(i, end)
	case codeIn, codeInIgnore, codeInUniIgnore, codeInLocIgnore:
		to, ok := p.skip(i, end)
		if !ok || to < i+2 || p.code[to-1] != codeFailure || !p.charset(i+1, to-1) {
			return nil, 0
		}
		n := p.node(kindItem)
		n.item = p.item(op, 0, p.code[i+1:to-1])
		return n, to
	case codeRepeatOne, codeMinRepeatOne, codePossessiveRepeatOne:
		return p.run(op, i, end)
	case codeRepeat, codePossessiveRepeat:
		return p.loop(op, i, end)
	case codeAssert, codeAssertNot, codeAtomicGroup:
		return p.group(op, i, end)
	}

	// The others have one operand.
	if i >= end {
		return nil, 0
	}
	arg := p.code[i]
	i++
	switch op {
	case codeLiteral, codeNotLiteral, codeLiteralIgnore, codeNotLiteralIgnore, codeLiteralUniIgnore,
		codeNotLiteralUniIgnore, codeLiteralLocIgnore, codeNotLiteralLocIgnore:
		n := p.node(kindItem)
		n.item = p.item(op, arg, nil)
		return n, i
	case codeMark:
		if uint64(arg) >= uint64(p.groups)*2 {
			return nil, 0
		}
		if arg&1 == 0 {
			p.open[arg>>1] = true
		} else {
			delete(p.open, arg>>1)
		}
		n := p.node(kindMark)
		n.n = int(arg)
		p.tree.marks = max(p.tree.marks, n.n+1)
		return n, i
	case codeAt:
		if arg >= atCount {
			return nil, 0
		}
		n := p.node(kindAt)
		n.n = int(arg)
		return n, i
	case codeGroupRef, codeGroupRefIgnore, codeGroupRefUniIgnore, codeGroupRefLocIgnore:
		if uint64(arg) >= uint64(p.groups) {
			return nil, 0
		}
		n := p.node(kindRef)
		p.tree.refs = true
		n.n = int(arg)
		n.code = op
		return n, i
	case codeCategory:
		if arg >= categoryCount {
			return nil, 0
		}
		n := p.node(kindItem)
		n.item = p.item(op, arg, nil)
		return n, i
	}
	return nil, 0
}

// info checks an INFO block, whose first operand is at i.
func (p *parser) info(i, end int) int {
	to, ok := p.skip(i, end)
	if !ok || to < i+4 {
		return 0
	}
	flags := p.code[i+1]
	i += 4
	switch {
	case flags&^(infoPrefix|infoLiteral|infoCharset) != 0,
		flags&infoPrefix != 0 && flags&infoCharset != 0,
		flags&infoLiteral != 0 && flags&infoPrefix == 0:
		return 0
	case flags&infoPrefix != 0:
		if to-i < 2 || uint64(to-i-2) != 2*uint64(p.code[i]) {
			return 0
		}
		n := int(p.code[i])
		for _, overlap := range p.code[i+2+n : to] {
			if overlap >= uint32(n) {
				return 0
			}
		}
	case flags&infoCharset != 0:
		if to <= i || p.code[to-1] != codeFailure || !p.charset(i, to-1) {
			return 0
		}
	case i != to:
		return 0
	}
	return to
}

// charset checks the members of a set, which must end at end.
func (p *parser) charset(i, end int) bool {
	for i < end {
		op := p.code[i]
		i++
		size := uint64(0)
		switch op {
		case codeNegate:
		case codeLiteral:
			size = 1
		case codeRange, codeRangeUniIgnore:
			size = 2
		case codeCharset:
			size = 8
		case codeBigCharset:
			if i+65 > end {
				return false
			}
			blocks := p.code[i]
			for _, four := range p.code[i+1 : i+65] {
				if four&0xFF >= blocks || four>>8&0xFF >= blocks || four>>16&0xFF >= blocks || four>>24 >= blocks {
					return false
				}
			}
			size = 65 + uint64(blocks)*8
		case codeCategory:
			if i >= end || p.code[i] >= categoryCount {
				return false
			}
			size = 1
		default:
			return false
		}
		if size > uint64(end-i) {
			return false
		}
		i += int(size)
	}
	return i == end
}

// branch reads alternatives, each of which ends with a jump behind the last of them.
func (p *parser) branch(i, end int) (*node, int) {
	n := p.node(kindBranch)
	target := -1
	for {
		to, ok := p.skip(i, end)
		if !ok {
			return nil, 0
		}
		if to == i {
			i++
			break
		}
		if to < i+3 || p.code[to-2] != codeJump {
			return nil, 0
		}
		kid, ok := p.body(i+1, to-2)
		if !ok {
			return nil, 0
		}
		n.kids = append(n.kids, kid)
		out, ok := p.skip(to-1, end)
		if !ok || target >= 0 && out != target {
			return nil, 0
		}
		target = out
		i = to
	}
	if i != target {
		return nil, 0
	}
	return n, i
}

// conditional reads what depends on a group. That there is a second part shows in a
// jump at the end of the first.
func (p *parser) conditional(i, end int) (*node, int) {
	if i+1 >= end || uint64(p.code[i]) >= uint64(p.groups) {
		return nil, 0
	}
	n := p.node(kindCond)
	p.tree.refs = true
	n.n = int(p.code[i])
	if p.open[p.code[i]] {
		p.tree.openRef = true
	}
	// The distance counts from the group.
	no := i + int(p.code[i+1])
	if uint64(p.code[i+1]) > uint64(end-i) || no < i+2 {
		return nil, 0
	}
	yes, jump, ok := p.sequence(i+2, no)
	if !ok {
		return nil, 0
	}
	n.kids = [][]*node{yes, nil}
	if !jump {
		return n, no
	}
	to, ok := p.skip(no-1, end)
	if !ok {
		return nil, 0
	}
	if n.kids[1], ok = p.body(no, to); !ok {
		return nil, 0
	}
	return n, to
}

// limits reads the minimum and maximum of a repeat.
func (p *parser) limits(n *node, i int) bool {
	lo, hi := p.code[i], p.code[i+1]
	if lo > hi {
		return false
	}
	n.min, n.max = uint32(clamp(lo)), noLimit
	if hi < MaxRepeat {
		n.max = clamp(hi)
	}
	return true
}

// clamp returns n, or noLimit where an int has no room for n: no subject is so long.
func clamp(n uint32) int {
	if uint64(n) > uint64(noLimit) {
		return noLimit
	}
	return int(n)
}

// run reads a repeated item.
func (p *parser) run(op uint32, i, end int) (*node, int) {
	to, ok := p.skip(i, end)
	if !ok || to < i+5 || p.code[to-1] != codeSuccess {
		return nil, 0
	}
	n := p.node(kindRun)
	if !p.limits(n, i+1) {
		return nil, 0
	}
	kids, ok := p.body(i+3, to-1)
	if !ok || len(kids) != 1 {
		return nil, 0
	}
	switch kids[0].kind {
	case kindItem:
		n.item = kids[0].item
	case kindFail:
		n.item = p.item(codeFailure, 0, nil)
	default:
		return nil, 0
	}
	switch op {
	case codeMinRepeatOne:
		n.mode = lazy
	case codePossessiveRepeatOne:
		n.mode = possessive
	}
	return n, to
}

// loop reads a repeated part.
func (p *parser) loop(op uint32, i, end int) (*node, int) {
	to, ok := p.skip(i, end)
	if !ok || to < i+3 || to >= end {
		return nil, 0
	}
	n := p.node(kindLoop)
	if !p.limits(n, i+1) {
		return nil, 0
	}
	body, ok := p.body(i+3, to)
	if !ok {
		return nil, 0
	}
	n.kids = [][]*node{body}
	switch last := p.code[to]; {
	case op == codePossessiveRepeat && last == codeSuccess:
		n.mode = possessive
	case op == codeRepeat && last == codeMinUntil:
		n.mode = lazy
	case op == codeRepeat && last == codeMaxUntil:
	default:
		return nil, 0
	}
	return n, to + 1
}

// group reads an assertion or an atomic group.
func (p *parser) group(op uint32, i, end int) (*node, int) {
	to, ok := p.skip(i, end)
	if !ok {
		return nil, 0
	}
	n, from := p.node(kindAtomic), i+1
	if op != codeAtomicGroup {
		if from >= to {
			return nil, 0
		}
		n.kind = kindLook
		n.negative = op == codeAssertNot
		n.n = clamp(p.code[from])
		from++
	}
	if from >= to || p.code[to-1] != codeSuccess {
		return nil, 0
	}
	body, ok := p.body(from, to-1)
	if !ok {
		return nil, 0
	}
	n.kids = [][]*node{body}
	return n, to
}
