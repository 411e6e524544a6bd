package symtable

import "github.com/krait-py/krait/token"

// analyzer is the second pass: it resolves the names of each scope, outermost first,
// and hands what is free in a scope to the one around it.
//
// Which names are bound by functions around the scope at hand, and which of these
// are type parameters, is kept with the names; trail has what a scope has changed
// there, to be put back when it is left.
type analyzer struct {
	*Builder
	names []name
	trail []change
	// free is a stack of sets, one for each scope that is being analysed: the names
	// that are free in scopes inside. See pushFree.
	free []freeName
	// cells has, set upon set like free, the names that are cells in comprehensions
	// inlined in a scope.
	cells []nameID
}

// run resolves all names of a table.
func (a *analyzer) run(b *Builder) bool {
	a.Builder = b
	a.names = b.table.names.list
	a.trail, a.free, a.cells = a.trail[:0], a.free[:0], a.cells[:0]
	ok := a.scope(b.table.Top, nil)
	a.names = nil
	return ok
}

// change is what a name was before a scope changed it.
type change struct {
	id               nameID
	bound, typeParam bool
}

// freeName is an entry in a set of free names.
type freeName struct {
	id nameID // -1 if removed
	// below is the index of the next entry for the same name further down.
	below int32
}

func (a *analyzer) set(id nameID, bound, typeParam bool) {
	n := &a.names[id]
	if n.bound == bound && n.typeParam == typeParam {
		return
	}
	a.trail = append(a.trail, change{id, n.bound, n.typeParam})
	n.bound, n.typeParam = bound, typeParam
}

func (a *analyzer) undo(mark int) {
	for i := len(a.trail) - 1; i >= mark; i-- {
		c := a.trail[i]
		n := &a.names[c.id]
		n.bound, n.typeParam = c.bound, c.typeParam
	}
	a.trail = a.trail[:mark]
}

// topFree returns the index of the topmost entry for a name, -1 if there is none.
func (a *analyzer) topFree(id nameID) int32 {
	at := a.names[id].freeAt - 1
	if at >= 0 && int(at) < len(a.free) && a.free[at].id == id {
		return at
	}
	return -1
}

// pushFree adds a name to the set that begins at mark.
func (a *analyzer) pushFree(id nameID, mark int) {
	below := a.topFree(id)
	if int(below) >= mark {
		return
	}
	a.names[id].freeAt = int32(len(a.free)) + 1
	a.free = append(a.free, freeName{id, below})
}

// dropFree takes a name out of the topmost set, which begins at mark, and reports
// whether it was there.
func (a *analyzer) dropFree(id nameID, mark int) bool {
	at := a.topFree(id)
	if int(at) < mark {
		return false
	}
	a.names[id].freeAt = a.free[at].below + 1
	a.free[at].id = -1
	return true
}

// mergeFree adds the topmost set, which begins at child, to the one below it.
func (a *analyzer) mergeFree(mark, child int) {
	keep := child
	for _, e := range a.free[child:] {
		if e.id < 0 {
			continue
		}
		n := &a.names[e.id]
		if int(e.below) >= mark {
			n.freeAt = e.below + 1
			continue
		}
		n.freeAt = int32(keep) + 1
		a.free[keep] = e
		keep++
	}
	a.free = a.free[:keep]
}

// scope resolves the names of sc and of the scopes inside, and leaves on the stack
// the set of those that are free in it. class is the class around it if its names
// are looked up there first, else nil.
func (a *analyzer) scope(sc *Scope, class *Scope) bool {
	trail, free, cells := len(a.trail), len(a.free), len(a.cells)
	hasFree, ok := a.resolve(sc, class)
	if !ok {
		return false
	}
	sc.Alone = !hasFree && sc.firstChild == nil
	if sc.firstChild != nil {
		if !a.children(sc, class) {
			return false
		}
		a.undo(trail)
		for _, id := range a.cells[cells:] {
			sc.find(id).Flags |= DefCompCell
		}
		switch {
		case sc.IsFunctionLike():
			a.findCells(sc, free, cells)
		case sc.Kind == ClassScope:
			sc.NeedsClassClosure = a.dropFree(idClass, free)
			if a.dropFree(idClassDict, free) {
				sc.NeedsClassDict = true
			}
			if a.dropFree(idConditionalAnnotations, free) {
				sc.HasConditionalAnnotations = true
			}
		}
		if a.passFree(sc, free) {
			hasFree = true
		}
		a.cells = a.cells[:cells]
	}
	if hasFree {
		for sym := sc.first; sym != nil; sym = sym.next {
			if sym.Resolution == Free {
				a.pushFree(sym.id, free)
			}
		}
	}
	return true
}

// resolve resolves the names of sc as far as that is possible without the scopes
// inside, and prepares for these. It reports whether there are free ones.
func (a *analyzer) resolve(sc *Scope, class *Scope) (hasFree, ok bool) {
	// Names of modules and classes are not seen inside.
	binds := sc.firstChild != nil && sc.IsFunctionLike()
	for sym := sc.first; sym != nil; sym = sym.next {
		flags := sym.Flags
		n := &a.names[sym.id]
		switch {
		case flags&(DefGlobal|DefNonlocal) != 0:
			if !a.declared(sc, sym) {
				return false, false
			}
			if sym.Resolution == Free {
				hasFree = true
			} else if sc.Kind != ClassScope && sc.firstChild != nil {
				a.set(sym.id, false, n.typeParam)
			}
		case flags&DefBound != 0:
			sym.Resolution = Local
			if sc.firstChild != nil {
				a.set(sym.id, n.bound || binds, flags&DefTypeParam != 0)
			}
		default:
			sym.Resolution = GlobalImplicit
			if class != nil {
				// The class has a say before the functions around it do.
				if outer := class.find(sym.id); outer.hidesOuter() {
					if outer.Flags&DefGlobal != 0 {
						sym.Resolution = GlobalExplicit
					}
					continue
				}
			}
			// Around what is in no function, classes alone bind names, and only fixed ones.
			if (sc.Nested || sym.id < token.NumFixed) && n.bound {
				sym.Resolution = Free
				hasFree = true
			}
		}
	}
	if sc.Kind == ClassScope && sc.firstChild != nil {
		for _, id := range [...]nameID{idClass, idClassDict, idConditionalAnnotations} {
			a.set(id, true, a.names[id].typeParam)
		}
	}
	return hasFree, true
}

// declared resolves a name that sc declares as global or nonlocal.
func (a *analyzer) declared(sc *Scope, sym *Symbol) bool {
	n := &a.names[sym.id]
	if sym.Flags&DefGlobal != 0 {
		if sym.Flags&DefNonlocal != 0 {
			return a.failAt(sc, sym, "name '"+sym.Name+"' is nonlocal and global")
		}
		sym.Resolution = GlobalExplicit
		return true
	}
	switch {
	case sc.Kind == ModuleScope:
		return a.failAt(sc, sym, "nonlocal declaration not allowed at module level")
	case !n.bound:
		return a.failAt(sc, sym, "no binding for nonlocal '"+sym.Name+"' found")
	case n.typeParam:
		return a.failAt(sc, sym, "nonlocal binding not allowed for type parameter '"+sym.Name+"'")
	}
	sym.Resolution = Free
	return true
}

// failAt reports an error at the statement that declares sym.
func (a *analyzer) failAt(sc *Scope, sym *Symbol, message string) bool {
	at := sc.Span
	for _, d := range a.directives {
		if d.scope == sc && d.id == sym.id {
			at = d.at
			break
		}
	}
	return a.fail(message, at)
}

// children analyses the scopes inside sc and inlines comprehensions.
func (a *analyzer) children(sc *Scope, class *Scope) bool {
	mark := len(a.free)
	count := 0
	for child := sc.firstChild; child != nil; child = child.nextSibling {
		var seen *Scope
		if child.CanSeeClassScope {
			if seen = class; sc.Kind == ClassScope {
				seen = sc
			}
		}
		if child.leftOutUses && !sc.NeedsClassDict {
			sc.NeedsClassDict = !sc.find(idClassDict).hidesOuter()
		}
		at := len(a.free)
		if !a.scope(child, seen) {
			return false
		}
		// Comprehensions become part of the scope, but not in annotations and the
		// like inside a class, whose names need care.
		if child.Comprehension != NoComprehension && !child.Generator && !sc.CanSeeClassScope {
			a.inline(sc, child, at)
			child.ComprehensionInlined = true
			count += len(child.Children)
		} else {
			count++
		}
		a.mergeFree(mark, at)
	}
	a.adopt(sc, count)
	return true
}

// adopt fills in sc.Children, which are count many.
func (a *analyzer) adopt(sc *Scope, count int) {
	if count == 0 {
		return
	}
	kids := a.pointers.room(count)
	for child := sc.firstChild; child != nil; child = child.nextSibling {
		if child.ComprehensionInlined {
			kids = append(kids, child.Children...)
		} else {
			kids = append(kids, child)
		}
	}
	sc.Children = kids
}

// inline makes the names of a comprehension those of sc, which it is in. The set of
// its free names begins at mark.
func (a *analyzer) inline(sc, comp *Scope, mark int) {
	var removed [3]nameID
	remove := removed[:0]
	for sym := comp.first; sym != nil; sym = sym.next {
		if sym.Flags&DefParam != 0 {
			continue
		}
		resolution := sym.Resolution
		if resolution == Cell || sym.Flags&DefCompCell != 0 {
			a.cells = append(a.cells, sym.id)
		}
		existing := sc.find(sym.id)
		// These are not free in a class unless scopes inside want them.
		if resolution == Free && sc.Kind == ClassScope &&
			(sym.id == idClass || sym.id == idClassDict || sym.id == idConditionalAnnotations) {
			resolution = GlobalImplicit
			if !freeInside(comp, sym.id) {
				a.dropFree(sym.id, mark)
			}
			remove = append(remove, sym.id)
		}
		if existing == nil {
			copied := a.newSymbol(sym.id)
			copied.Flags, copied.Resolution = sym.Flags, resolution
			sc.append(copied)
		} else if existing.Flags&DefBound != 0 && sc.Kind != ClassScope && !freeInside(comp, sym.id) {
			// Free in the comprehension, but now simply a local.
			a.dropFree(sym.id, mark)
		}
	}
	for _, id := range remove {
		comp.remove(id)
	}
}

// freeInside reports whether a name is free in a scope directly inside sc.
func freeInside(sc *Scope, id nameID) bool {
	for _, child := range sc.Children {
		if sym := child.find(id); sym != nil && sym.Resolution == Free {
			return true
		}
	}
	return false
}

// findCells makes cells of the locals of a function that are free inside, or cells
// in an inlined comprehension.
func (a *analyzer) findCells(sc *Scope, free, cells int) {
	for _, e := range a.free[free:] {
		if e.id >= 0 {
			a.makeCell(sc, e.id, free)
		}
	}
	for _, id := range a.cells[cells:] {
		a.makeCell(sc, id, free)
	}
}

func (a *analyzer) makeCell(sc *Scope, id nameID, free int) {
	if sym := sc.find(id); sym != nil && sym.Resolution == Local {
		sym.Resolution = Cell
		a.dropFree(id, free)
	}
}

// passFree enters what is free inside sc, but not bound there, into sc itself. It
// reports whether there is any.
func (a *analyzer) passFree(sc *Scope, free int) bool {
	any := false
	for _, e := range a.free[free:] {
		if e.id < 0 {
			continue
		}
		if sym := sc.find(e.id); sym != nil {
			if sc.Kind == ClassScope || sc.CanSeeClassScope {
				sym.Flags |= DefFreeClass
			}
		} else if sc.Kind == ModuleScope || a.names[e.id].bound {
			sym = a.newSymbol(e.id)
			sym.Resolution = Free
			sc.append(sym)
		}
		any = true
	}
	return any
}
