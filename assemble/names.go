package assemble

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
)

// variables appends the kinds of the localsplus array and returns the names of its
// slots, and how many there are.
func (a *Assembler) variables(u *instruction.Unit) (*code.Tuple, int) {
	c := u.Cache
	a.items = u.VarNames.AppendStrings(a.items[:0], c)
	start := len(a.tables)
	for _, name := range u.VarNames.List {
		kind := code.KindLocal
		// Hidden for a time is hidden: what counts is that the name is there.
		if len(u.FastHidden) > 0 {
			if _, hidden := u.FastHidden[name]; hidden {
				kind |= code.KindHidden
			}
		}
		if len(u.CellVars.List) > 0 {
			if _, ok := u.CellVars.Index(name); ok {
				kind |= code.KindCell
			}
		}
		a.tables = append(a.tables, byte(kind))
	}
	// Arguments come first: positional-only ones, plain ones, keyword-only ones,
	// then what takes all others.
	kinds := a.tables[start:]
	mark := func(n int, kind code.Kind) {
		for n = min(n, len(kinds)); n > 0; n-- {
			kinds[0] |= byte(kind)
			kinds = kinds[1:]
		}
	}
	mark(u.PosOnlyArgCount, code.KindArgPos)
	mark(u.ArgCount, code.KindArgPos|code.KindArgKw)
	mark(u.KwOnlyArgCount, code.KindArgKw)
	if u.Flags&code.VarArgs != 0 {
		mark(1, code.KindArgVar|code.KindArgPos)
	}
	if u.Flags&code.VarKeywords != 0 {
		mark(1, code.KindArgVar|code.KindArgKw)
	}
	for _, name := range u.CellVars.List {
		if _, ok := u.VarNames.Index(name); ok {
			continue // it shares the slot of the local
		}
		a.items = append(a.items, c.Name(name))
		a.tables = append(a.tables, byte(code.KindCell))
	}
	a.items = u.FreeVars.AppendStrings(a.items, c)
	for range u.FreeVars.List {
		a.tables = append(a.tables, byte(code.KindFree))
	}
	return c.Tuple(a.items), len(a.items)
}

// intern marks the constants that code objects intern. Those that have a Form are what
// the text says and yet not the one string of that character that there is.
func intern(v code.Value, c *instruction.Cache) {
	switch v := v.(type) {
	case *code.Str:
		if !v.Interned && v.Form == 0 && instruction.Internable(v.S) {
			v.Interned = true
		}
	case *code.Tuple:
		for _, item := range v.Items {
			intern(item, c)
		}
	case *code.Set:
		for _, item := range v.Items {
			intern(item, c)
		}
	case *code.Slice:
		// Left alone but for what is there once only.
		for _, item := range [...]*code.Value{&v.Start, &v.Stop, &v.Step} {
			if s, ok := (*item).(*code.Str); ok && !interning(s.S) && instruction.Internable(s.S) {
				*item = c.Name(s.S)
			}
		}
	}
}

// interning reports whether interning the constant s may replace it by another
// string: characters of Latin-1 are there once only.
func interning(s string) bool { return len(s) > 1 && s[0] < 0x80 && instruction.Internable(s) }

// ownSets replaces sets among the constants of a new tuple by copies if they have
// strings that interning replaces, because there are equal ones: CPython makes
// another set then.
func ownSets(t *code.Tuple, c *instruction.Cache) {
	for i, v := range t.Items {
		s, ok := v.(*code.Set)
		if !ok {
			continue
		}
		for _, item := range s.Items {
			if item, ok := item.(*code.Str); ok && interning(item.S) && c.WasLiteral(item) &&
				(isStartup(item.S) || c.Known != nil && c.Known(item.S)) {
				t.Items[i] = &code.Set{Items: s.Items, Frozen: s.Frozen}
				break
			}
		}
	}
}

// qualName returns the qualified name of u, if it is not the name. In a class it is a constant too: the same string, unless
// there was a constant like it, or the interpreter, or an import of the file, had interned one.
func qualName(u *instruction.Unit) *code.Str {
	c := u.Cache
	if u.QualText != nil && !isStartup(u.QualName) && (c.Known == nil || !c.Known(u.QualName)) {
		return c.Adopt(u.QualText)
	}
	return c.Name(u.QualName)
}
