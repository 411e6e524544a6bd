package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/token"
)

// uses is what the parser notes for Bodies.
type uses struct {
	names  []ast.NameUse // all so far
	bodies []ast.Body
	holes  []ast.Hole
	traits trait // of the body that is being parsed, up to the current token
}

// trait is a set of what a body has.
type trait uint8

const (
	special   trait = 1 << iota // what names alone do not tell
	yields                      // yield
	awaits                      // await and the like, which only coroutines may
	returns                     // return with a value
	annotates                   // annotated assignments
	stars                       // import *
)

// What bodies must not have if names are to do for them. Whether annotations in a class are
// conditional depends on what statements are around them.
const (
	notModule    = special | awaits
	notClass     = special | awaits | stars | annotates
	notFunction  = special | awaits | stars
	notCoroutine = special | stars
)

// Bodies returns what Parse has noted of the names in the tree that was parsed last; it
// is valid up to the next one.
func (p *Parser) Bodies() ast.Bodies {
	return ast.Bodies{List: p.uses.bodies, Uses: p.uses.names, Holes: p.uses.holes}
}

func (u *uses) reset() {
	clear(u.bodies)
	clear(u.holes)
	u.names, u.bodies, u.holes, u.traits = u.names[:0], u.bodies[:0], u.holes[:0], 0
}

// has notes what there is in the body that is being parsed.
func (u *uses) has(t trait) { u.traits |= t }

// at returns where the next name will be.
func (u *uses) at() int { return len(u.names) }

// bind notes that a name is bound or deleted. It mostly was the last one to be read,
// before it was known to be a target.
func (u *uses) bind(num token.NameID) {
	if num == token.NameSuper || num == token.NameDebug {
		u.traits |= special // to read the one means more, the other may not be bound
	}
	use := ast.NewNameUse(num, ast.Binds)
	if n := len(u.names); n > 0 && u.names[n-1] == ast.NewNameUse(num, ast.Reads) {
		u.names[n-1] = use
		return
	}
	u.names = append(u.names, use)
}

// imports notes that an import binds a name.
func (u *uses) imports(num token.NameID) {
	if num == token.NameDebug {
		u.traits |= special
	}
	u.names = append(u.names, ast.NewNameUse(num, ast.Imports))
}

// attribute notes that an attribute is bound or deleted, or a keyword given.
func (u *uses) attribute(num token.NameID) {
	if num == token.NameDebug {
		u.traits |= special
	}
}

// expr makes a hole of the expression e instead of the names from a place on.
func (u *uses) expr(from int, e ast.Expr) { u.hole(from, ast.Hole{Expr: e}) }

// stmt makes a hole of the statement s, which has no bodies in it, instead of the names
// from a place on.
func (u *uses) stmt(from int, s ast.Stmt) { u.hole(from, ast.Hole{Stmt: s}) }

func (u *uses) hole(from int, h ast.Hole) {
	h.End = int32(from + 1)
	u.names = append(u.names[:from], ast.NewNameUse(token.NameID(len(u.holes)), ast.Opens))
	u.holes = append(u.holes, h)
}

// open begins a statement that will be a hole around what is noted until it is closed: the
// bodies in it have their names there.
func (u *uses) open() int {
	u.names = append(u.names, 0)
	return len(u.names) - 1
}

// close makes the statement that was opened at from the hole s.
func (u *uses) close(from int, s ast.Stmt) {
	u.names[from] = ast.NewNameUse(token.NameID(len(u.holes)), ast.Opens)
	u.holes = append(u.holes, ast.Hole{Stmt: s, End: int32(len(u.names))})
}

// bodyMark is a body that is being parsed.
type bodyMark struct {
	index, from int
	outer       trait
}

// enter begins a body.
func (u *uses) enter() bodyMark {
	m := bodyMark{len(u.bodies), len(u.names), u.traits}
	u.bodies = append(u.bodies, ast.Body{})
	u.traits = 0
	return m
}

// leave ends the body of n; names do for it if it has nothing of not.
func (u *uses) leave(m bodyMark, n ast.Node, not trait) {
	t := u.traits
	u.traits = m.outer
	u.bodies[m.index] = ast.Body{
		Node: n, Known: t&not == 0, From: int32(m.from), To: int32(len(u.names)),
		Yields: t&yields != 0, Returns: t&returns != 0,
	}
}
