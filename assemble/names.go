package assemble

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
)

// variables appends the kinds of the localsplus array and returns the names of its
// slots, and how many there are.
func (a *Assembler) variables(u *instruction.Unit) (*code.Tuple, int) {
	c := u.Cache
	a.items = a.items[:0]
	start := len(a.bytes)
	for _, name := range u.VarNames.List {
		kind := code.KindLocal
		if u.FastHidden[name] {
			kind |= code.KindHidden
		}
		if len(u.CellVars.List) > 0 {
			if _, ok := u.CellVars.Index(name); ok {
				kind |= code.KindCell
			}
		}
		a.items = append(a.items, c.Name(name))
		a.bytes = append(a.bytes, byte(kind))
	}
	// Arguments come first: positional-only ones, plain ones, keyword-only ones,
	// then what takes all others.
	kinds := a.bytes[start:]
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
		a.bytes = append(a.bytes, byte(code.KindCell))
	}
	for _, name := range u.FreeVars.List {
		a.items = append(a.items, c.Name(name))
		a.bytes = append(a.bytes, byte(code.KindFree))
	}
	return c.Tuple(a.items), len(a.items)
}

// intern marks the constants that code objects intern.
func intern(v code.Value) {
	switch v := v.(type) {
	case *code.Str:
		if !v.Interned && instruction.Internable(v.S) {
			v.Interned = true
		}
	case *code.Tuple:
		for _, item := range v.Items {
			intern(item)
		}
	case *code.Set:
		for _, item := range v.Items {
			intern(item)
		}
	}
}

// qualName returns the qualified name of u. In a class it is a constant too.
func qualName(u *instruction.Unit) *code.Str {
	if u.QualName != u.Name && u.Flags&code.Optimized == 0 {
		for _, v := range u.Consts.List {
			if s, ok := v.(*code.Str); ok && s.S == u.QualName {
				return u.Cache.Adopt(s)
			}
		}
	}
	return u.Cache.Name(u.QualName)
}
