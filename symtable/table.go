package symtable

import (
	"slices"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// Table is the result of Build: all scopes of a file.
type Table struct {
	Top    *Scope
	Future Future

	names names
	found *Scope // what lookupNode returned last, Top at first
	// nodes finds scopes by the position and identity of their nodes: open
	// addressing, at most half full. It is empty until it is needed.
	nodes    []*Scope
	nodeMask uint32
	lookups  *slab[*Symbol]
}

// Node is what opens a scope: a statement, expression or type parameter.
type Node interface {
	ast.Node
	Pos() source.Span
}

// Scope returns the scope that n opens; nil if it opens none. For functions and
// classes that is the body, for type aliases the value, for type variables the
// bound.
func (t *Table) Scope(n Node) *Scope { return t.lookupNode(n, false) }

// Default returns the scope of the default of a type parameter; nil if it has
// none.
func (t *Table) Default(p ast.TypeParam) *Scope { return t.lookupNode(p, true) }

// lookupNode returns the scope of a node. Nearly always it is the next one in the order
// in which scopes were made.
func (t *Table) lookupNode(n Node, isDefault bool) *Scope {
	if t.found == nil {
		return nil
	}
	if next := t.found.nextNode; next != nil && any(next.Node) == any(n) && next.isDefault == isDefault {
		t.found = next
		return next
	}
	if len(t.nodes) == 0 {
		t.indexNodes()
	}
	pos := n.Pos()
	for i := hashPos(pos) & t.nodeMask; ; i = (i + 1) & t.nodeMask {
		sc := t.nodes[i]
		if sc == nil {
			return nil
		}
		if any(sc.Node) == any(n) && sc.isDefault == isDefault {
			t.found = sc
			return sc
		}
	}
}

// indexNodes builds nodes from the scopes that are chained behind Top.
func (t *Table) indexNodes() {
	n := 0
	for sc := t.Top.nextNode; sc != nil; sc = sc.nextNode {
		n++
	}
	size := 8
	for size < 2*n {
		size *= 2
	}
	if size <= cap(t.nodes) {
		t.nodes = t.nodes[:size]
		clear(t.nodes)
	} else {
		t.nodes = make([]*Scope, size)
	}
	t.nodeMask = uint32(size - 1)
	for sc := t.Top.nextNode; sc != nil; sc = sc.nextNode {
		i := hashPos(sc.nodePos()) & t.nodeMask
		for t.nodes[i] != nil {
			i = (i + 1) & t.nodeMask
		}
		t.nodes[i] = sc
	}
}

func hashPos(s source.Span) uint32 {
	h := uint32(s.Line)*0x9e3779b1 + uint32(s.Col)*0x85ebca6b + uint32(s.EndCol)*0xc2b2ae35
	return h ^ h>>15
}

// Lookup returns the symbol of a name that is mangled already; nil if s does not
// have it.
func (s *Scope) Lookup(mangled string) *Symbol {
	id, ok := s.table.names.find(mangled)
	if !ok {
		return nil
	}
	return s.find(id)
}

// LookupNum is Lookup(s.Mangle(name)) for a name of the tree that has the number num
// beside it (see package ast), which saves looking the name up.
func (s *Scope) LookupNum(name string, num token.NameID) *Symbol {
	if num == 0 || !s.table.names.numbered || s.Private != "" && s.table.names.list[num].private {
		return s.Lookup(s.Mangle(name))
	}
	return s.find(num)
}

// TopNum is LookupNum for the scope of the module.
func (t *Table) TopNum(name string, num token.NameID) *Symbol {
	if num == 0 || !t.names.numbered {
		return t.Top.Lookup(name)
	}
	return t.names.list[num].top
}

// LookupSame returns the symbol of s that has the name of sym, one of another scope; nil
// if there is none.
func (s *Scope) LookupSame(sym *Symbol) *Symbol { return s.find(sym.id) }

// Ready prepares for looking up the names of s, of which most will be.
func (s *Scope) Ready() {
	list := s.table.names.list
	for sym := s.first; sym != nil; sym = sym.next {
		n := &list[sym.id]
		n.serial, n.sym = s.serial, sym
	}
}

// Num returns the number of a name of the tree; num is what the tree has for it, which
// counts only if the table was told of these numbers. It is less than Table.Names
// says.
func (t *Table) Num(name string, num token.NameID) token.NameID {
	return t.names.id(name, num)
}

// Private reports whether classes mangle a name of the tree, which has the number num there.
func (t *Table) Private(name string, num token.NameID) bool {
	if num == 0 || !t.names.numbered {
		return isPrivate(name)
	}
	return t.names.list[num].private
}

// Given returns num, the number that the tree has for a name, 0 if the table was told of
// no such numbers.
func (t *Table) Given(num token.NameID) token.NameID {
	if !t.names.numbered {
		return 0
	}
	return num
}

// Names returns the names that Table.Num numbers.
func (t *Table) Names() *token.Names { return t.names.Names }

// find returns the symbol of a name, nil if there is none.
func (s *Scope) find(id nameID) *Symbol {
	n := &s.table.names.list[id]
	if n.serial == s.serial {
		return n.sym
	}
	sym := s.search(id)
	if sym != nil {
		n.serial, n.sym = s.serial, sym
	}
	return sym
}

// search finds a symbol without help of the cache.
func (s *Scope) search(id nameID) *Symbol {
	if s.index == nil && s.count >= indexFrom {
		s.reindex()
	}
	if s.index == nil {
		for sym := s.first; sym != nil; sym = sym.next {
			if sym.id == id {
				return sym
			}
		}
		return nil
	}
	mask := uint32(len(s.index) - 1)
	for i := hashID(id) & mask; ; i = (i + 1) & mask {
		sym := s.index[i]
		if sym == nil || sym.id == id {
			return sym
		}
	}
}

// indexFrom is the number of symbols from which on a scope has an index of them, once one of
// them is searched for, which in most functions never happens.
const indexFrom = 16

// reindex builds the index with room for as many symbols again.
func (s *Scope) reindex() {
	size := 4 * indexFrom
	for size < 4*int(s.count) {
		size *= 2
	}
	s.index = s.table.lookups.take(size)
	for sym := s.first; sym != nil; sym = sym.next {
		s.putIndex(sym)
	}
}

func (s *Scope) putIndex(sym *Symbol) {
	mask := uint32(len(s.index) - 1)
	i := hashID(sym.id) & mask
	for s.index[i] != nil {
		i = (i + 1) & mask
	}
	s.index[i] = sym
}

func hashID(id nameID) uint32 {
	h := uint32(id) * 0x9e3779b1
	return h ^ h>>16
}

// append adds a symbol that s does not have yet.
func (s *Scope) append(sym *Symbol) {
	if s.last == nil {
		s.first = sym
	} else {
		s.last.next = sym
	}
	s.last = sym
	s.count++
	if s.index == nil {
		return
	}
	if 2*int(s.count) > len(s.index) {
		s.reindex()
		return
	}
	s.putIndex(sym)
}

// remove takes a symbol out, if s has it.
func (s *Scope) remove(id nameID) {
	var prev *Symbol
	for sym := s.first; sym != nil; prev, sym = sym, sym.next {
		if sym.id != id {
			continue
		}
		if prev == nil {
			s.first = sym.next
		} else {
			prev.next = sym.next
		}
		if s.last == sym {
			s.last = prev
		}
		s.count--
		if n := &s.table.names.list[id]; n.serial == s.serial {
			n.serial = 0
		}
		if s.index != nil {
			s.reindex()
		}
		return
	}
}

// Mangle returns the name of the symbol that a name of the source stands for in s:
// private names of a class get the name of the class in front. Attributes and
// keywords are mangled with s.Private by the function Mangle instead; it differs only
// around a generic class, where nothing but the names of type parameters changes.
func (s *Scope) Mangle(name string) string {
	if s.Private == "" || !isPrivate(name) {
		return name
	}
	if s.mangled != nil {
		id, ok := s.table.names.find(name)
		if !ok || !s.mangled[id] {
			return name
		}
	}
	return Mangle(s.Private, name)
}

// CellVars returns co_cellvars of the scope's code object.
func (s *Scope) CellVars() []string {
	cells := s.sorted(Cell, DefCompCell)
	for _, implicit := range [...]struct {
		needed bool
		id     nameID
	}{
		{s.NeedsClassClosure, idClass},
		{s.NeedsClassDict, idClassDict},
		{s.HasConditionalAnnotations, idConditionalAnnotations},
	} {
		if implicit.needed && !slices.Contains(cells, implicit.id.Fixed()) {
			cells = append(cells, implicit.id.Fixed())
		}
	}
	return cells
}

// FreeVars returns co_freevars of the scope's code object.
func (s *Scope) FreeVars() []string { return s.sorted(Free, DefFreeClass) }

// sorted returns the names with a resolution or flag.
func (s *Scope) sorted(r Resolution, flag Flags) []string {
	n := 0
	for sym := s.first; sym != nil; sym = sym.next {
		if sym.Resolution == r || sym.Flags&flag != 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	list := make([]string, 0, n)
	for sym := s.first; sym != nil; sym = sym.next {
		if sym.Resolution == r || sym.Flags&flag != 0 {
			list = append(list, sym.Name)
		}
	}
	slices.Sort(list)
	return list
}
