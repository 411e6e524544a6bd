package parser

import (
	"strconv"
	"strings"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// node is what the second reading keeps of what it found: where it stands, what
// kind of thing it is, and of its parts only those that messages speak of.
type node struct {
	source.Span
	kind  kind
	in    bool    // a comparison whose first operator is in
	bytes bool    // a literal of bytes
	star  bool    // arguments among which there is **mapping
	items []*node // the parts: elements, operand of a star, left side of a comparison
	at    int32   // index of the token a leaf is
}

type kind uint8

const (
	kindOther kind = iota
	kindSequence
	kindToken
	kindName
	kindTrue
	kindFalse
	kindNone
	kindEllipsis
	kindLiteral
	kindFString
	kindTString
	kindFPart // literal text in an f-string or t-string
	kindAttribute
	kindSubscript
	kindStarred
	kindList
	kindTuple
	kindLambda
	kindCall
	kindOperation
	kindGenerator
	kindYield
	kindAwait
	kindListComp
	kindSetComp
	kindDictComp
	kindDict
	kindSet
	kindCompare
	kindConditional
	kindNamed
	kindIn        // an operator in and its operand
	kindClause    // for ... in ... if ...; items[0] is its last expression
	kindArguments // items are the positional ones
	kindKeyword   // name=value
	kindMapping   // **value
)

// kindNames are what messages call expressions.
var kindNames = [...]string{
	kindName: "name", kindTrue: "True", kindFalse: "False", kindNone: "None",
	kindEllipsis: "ellipsis", kindLiteral: "literal",
	kindFString: "f-string expression", kindTString: "t-string expression",
	kindAttribute: "attribute", kindSubscript: "subscript", kindStarred: "starred",
	kindList: "list", kindTuple: "tuple", kindLambda: "lambda",
	kindCall: "function call", kindOperation: "expression",
	kindGenerator: "generator expression", kindYield: "yield expression",
	kindAwait: "await expression", kindListComp: "list comprehension",
	kindSetComp: "set comprehension", kindDictComp: "dict comprehension",
	kindDict: "dict literal", kindSet: "set display", kindCompare: "comparison",
	kindConditional: "conditional expression", kindNamed: "named expression",
}

// leafKinds are the kinds of tokens that are expressions by themselves.
var leafKinds = map[token.Kind]kind{
	token.NAME: kindName, token.NUMBER: kindLiteral, token.STRING: kindLiteral, token.TRUE: kindTrue,
	token.FALSE: kindFalse, token.NONE: kindNone, token.ELLIPSIS: kindEllipsis,
	token.FSTRINGMIDDLE: kindFPart, token.TSTRINGMIDDLE: kindFPart,
}

// leaf returns the node of token i.
func (d *diagnosis) leaf(i int) *node {
	n := &d.leaves[i]
	if n.Line != 0 {
		return n
	}
	t := &d.tokens[i]
	n.Span = source.Span{Line: t.Line, Col: t.Col, EndLine: t.EndLine, EndCol: t.EndCol}
	n.at = int32(i)
	n.kind = kindToken
	if k, ok := leafKinds[t.Kind]; ok {
		n.kind = k
	}
	return n
}

// reached returns how far CPython's tokenizer has read when it returns token i:
// the line and the column in bytes from 0. Tokens of no width have no columns,
// but are made where reading has got to.
func (d *diagnosis) reached(i int) (line, col int) {
	t := &d.tokens[i]
	if t.EndCol >= 0 {
		return int(t.EndLine), int(t.EndCol)
	}
	start := int(t.Start)
	if start == len(d.text) && start > 0 {
		start-- // still in the last line
		if d.opt.Mode == Exec || !d.file.NoNewline {
			col++ // behind its line break
		}
	}
	return int(t.Line), col + start - strings.LastIndexByte(d.text[:start], '\n') - 1
}

// what returns what messages call an expression.
func (n *node) what() string { return kindNames[n.kind] }

// Ways to be a target.
type targets uint8

const (
	starTargets targets = iota
	delTargets
	forTargets
)

// invalidTarget returns the first part of n that cannot be assigned to or
// deleted, nil if there is none.
func (n *node) invalidTarget(t targets) *node {
	switch n.kind {
	case kindList, kindTuple:
		for _, e := range n.items {
			if bad := e.invalidTarget(t); bad != nil {
				return bad
			}
		}
		return nil
	case kindStarred:
		if t == delTargets {
			return n
		}
		return n.items[0].invalidTarget(t)
	case kindCompare:
		// In "for a in b", "a in b" has been read as a comparison.
		if t == forTargets {
			if n.in {
				return n.items[0].invalidTarget(t)
			}
			return nil
		}
		return n
	case kindName, kindSubscript, kindAttribute:
		return nil
	}
	return n
}

// last returns the last item of a sequence, first the first.
func (n *node) last() *node  { return n.items[len(n.items)-1] }
func (n *node) first() *node { return n.items[0] }

// Actions.

// pick makes an action whose value is item i.
func pick(i int) action {
	return func(d *diagnosis, at int, v []*node) *node { return v[i] }
}

// mk makes an action that makes a node of kind k without parts.
func mk(k kind) action {
	return func(d *diagnosis, at int, v []*node) *node { return d.node(k, at) }
}

// mkOf makes an action that makes a node of kind k with the values of the items
// given, or the items of those that are sequences.
func mkOf(k kind, which ...int) action {
	return func(d *diagnosis, at int, v []*node) *node {
		n := d.node(k, at)
		for _, i := range which {
			switch {
			case v[i] == nil:
			case v[i].kind == kindSequence:
				n.items = append(n.items, v[i].items...)
			default:
				n.items = append(n.items, v[i])
			}
		}
		return n
	}
}

// seqOf makes an action whose value is a sequence of the items given, or of the
// items of those that are sequences.
func seqOf(which ...int) action {
	mk := mkOf(kindSequence, which...)
	return func(d *diagnosis, at int, v []*node) *node { return mk(d, at, v) }
}

// older reports whether the grammar wanted is of a version before 3.minor.
func (d *diagnosis) older(minor int) bool {
	return d.opt.FeatureVersion != 0 && d.opt.FeatureVersion < minor
}

// since makes an action that complains of what came with version 3.minor if an
// older grammar is wanted; otherwise it does what act does, if one is given.
func since(minor int, what string, act ...action) action {
	return func(d *diagnosis, at int, v []*node) *node {
		var n *node
		if len(act) > 0 {
			n = act[0](d, at, v)
		} else {
			n = d.node(kindOther, at)
		}
		if n != nil && d.older(minor) {
			d.raiseLast("SyntaxError", what+" only supported in Python 3."+strconv.Itoa(minor)+" and greater")
			return nil
		}
		return n
	}
}

// Actions that find an error. Items are given by number; %s in a message is
// what the first one given is.

func errorAt(i int, msg string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		d.raiseAt(v[i], strings.Replace(msg, "%s", v[i].what(), 1))
		return nil
	}
}

func errorRange(i, j int, msg string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		d.raiseRange(v[i], v[j], msg)
		return nil
	}
}

// errorFrom reaches from item i to where the tokenizer has read to.
func errorFrom(i int, msg string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		d.raiseFrom(v[i], msg)
		return nil
	}
}

// errorHere is at the last token that was read.
func errorHere(msg string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		d.raiseLast("SyntaxError", msg)
		return nil
	}
}

// errorNext is at the next token.
func errorNext(msg string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		d.raiseNext(msg)
		return nil
	}
}

// errorBlock says that a block is missing behind what begins with item i.
func errorBlock(i int, what string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		d.raiseLast("IndentationError", "expected an indented block after "+what+" on line "+strconv.Itoa(int(v[i].Line)))
		return nil
	}
}

func errorTarget(t targets, i int) action {
	return func(d *diagnosis, at int, v []*node) *node {
		if bad := v[i].invalidTarget(t); bad != nil {
			verb := "assign to "
			if t == delTargets {
				verb = "delete "
			}
			d.raiseAt(bad, "cannot "+verb+bad.what())
		}
		return nil
	}
}
