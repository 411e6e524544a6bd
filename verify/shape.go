package verify

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// variables is what a code object says of its variables.
type variables struct {
	// n is the number of variables whose state is followed: from 3.11 on the
	// size of the localsplus array, before it the number of locals; cells were
	// apart then, and always there.
	n     int
	args  int // the first of them are bound on entry
	cells int // cells and free variables, to 3.10
	frees int
	hides bool // some names begin with a dot
}

// maxVariables is how many variables a code object may have.
const maxVariables = 1 << 20

// checkShape checks counts, names, kinds and flags.
func (a *analysis) checkShape() bool {
	o := a.o
	before := a.faults
	for _, n := range []struct {
		what string
		n    int
	}{{"ArgCount", o.ArgCount}, {"PosOnlyArgCount", o.PosOnlyArgCount}, {"KwOnlyArgCount", o.KwOnlyArgCount},
		{"NLocals", o.NLocals}, {"StackSize", o.StackSize}} {
		if n.n < 0 || n.n > 1<<24 {
			a.whole(Size, n.what+" is out of range", fmt.Sprint(n.n), fmt.Sprint("0 to ", 1<<24))
		}
	}
	if o.PosOnlyArgCount > o.ArgCount {
		a.whole(Size, "more positional-only arguments than positional ones",
			fmt.Sprint(o.PosOnlyArgCount), fmt.Sprint("at most ", o.ArgCount))
	}
	a.checkNames("names", o.Names)
	if o.Version >= pyver.Py311 {
		a.checkNames("localsplusnames", o.LocalsPlusNames)
	} else {
		a.checkNames("varnames", o.VarNames)
		a.checkNames("cellvars", o.CellVars)
		a.checkNames("freevars", o.FreeVars)
	}
	if !a.isName(o.Name) || o.QualName != nil && !a.isName(o.QualName) {
		a.whole(Names, "the code object's own name is no string", "", "")
	}
	if !a.isName(o.Filename) {
		a.whole(Names, "the file name is no string", "", "")
	}
	for i := range o.Consts.Len() {
		if o.Consts.Items[i] == nil {
			a.whole(Consts, fmt.Sprintf("constant %d is missing", i), "", "")
		}
	}
	if a.faults > before {
		return false
	}
	a.setName = -1
	if o.Version >= pyver.Py314 {
		for i := range o.Names.Len() {
			if code.Text(o.Names.Items[i]) == conditionalAnnotations {
				a.setName = i
			}
		}
	}
	a.countVariables()
	a.checkFlags()
	return a.faults == before
}

func (a *analysis) countVariables() {
	o, v := a.o, &a.vars
	v.args = o.ArgCount + o.KwOnlyArgCount
	for _, f := range []code.Flags{code.VarArgs, code.VarKeywords} {
		if o.Flags&f != 0 {
			v.args++
		}
	}
	locals := o.NLocals
	if o.Version >= pyver.Py311 {
		v.n = o.LocalsPlusNames.Len()
		locals = a.checkKinds()
	} else {
		v.n = locals
		v.cells, v.frees = o.CellVars.Len(), o.FreeVars.Len()
		if o.VarNames.Len() != locals {
			a.whole(Size, "the number of local variables and of their names differ",
				fmt.Sprint(o.VarNames.Len(), " names"), fmt.Sprint(locals))
		}
	}
	if v.args > locals {
		a.whole(Size, "more arguments than local variables", fmt.Sprint(v.args), fmt.Sprint("at most ", locals))
	}
	if v.n+v.cells+v.frees > maxVariables {
		a.whole(Limit, "too many variables", fmt.Sprint(v.n+v.cells+v.frees), fmt.Sprint("at most ", maxVariables))
	}
	for i := range v.n {
		if name, _ := o.LocalName(i); len(name) > 0 && name[0] == '.' || name == conditionalAnnotations {
			v.hides = true
		}
	}
	for i := range v.cells + v.frees {
		if name, _ := o.DerefName(i); o.Version < pyver.Py311 && len(name) > 0 && name[0] == '.' {
			v.hides = true
		}
	}
	if v.args <= v.n {
		a.checkHidden()
	}
}

// checkKinds checks the kinds of the localsplus array, 3.11 on, and returns
// the number of locals. Locals come first, arguments before others, then cells
// that are not locals too, then free variables.
func (a *analysis) checkKinds() int {
	o, v := a.o, &a.vars
	kinds := ""
	if o.LocalsPlusKinds != nil {
		kinds = o.LocalsPlusKinds.S
	}
	if len(kinds) != v.n {
		a.whole(Size, "localsplus has different numbers of names and kinds",
			fmt.Sprint(len(kinds), " kinds"), fmt.Sprint(v.n))
		return 0
	}
	allowed := code.KindLocal | code.KindCell | code.KindFree
	if o.Version >= pyver.Py312 {
		allowed |= code.KindHidden
	}
	if o.Version >= pyver.Py314 {
		allowed |= argKinds
	}
	// code.replace and code() leave out all that is said of arguments.
	args := false
	for i := range len(kinds) {
		args = args || code.Kind(kinds[i])&argKinds != 0
	}
	locals, stage := 0, 0
	for i := range len(kinds) {
		k := code.Kind(kinds[i])
		s := 0
		switch k & (code.KindLocal | code.KindCell | code.KindFree) {
		case code.KindLocal, code.KindLocal | code.KindCell:
			locals++
		case code.KindCell:
			s = 1
		case code.KindFree:
			s = 2
			v.frees++
		default:
			s = -1
		}
		if s < stage || k&^allowed != 0 {
			a.whole(Size, fmt.Sprintf("variable %d cannot be of kind %#02x here", i, byte(k)), "",
				"locals, then cells, then free variables")
			return 0
		}
		stage = s
		if args {
			if want := a.argKind(i); k&argKinds != want {
				a.whole(Size, fmt.Sprintf("variable %d has kind %#02x, which is another kind of argument than the counts say", i, byte(k)),
					"", fmt.Sprintf("%#02x", byte(want)))
				return 0
			}
		}
	}
	return locals
}

// argKinds are the bits of a kind that say what kind of argument it is.
const argKinds = code.KindArgPos | code.KindArgKw | code.KindArgVar

// argKind returns the argument bits that the counts and flags give variable i.
func (a *analysis) argKind(i int) code.Kind {
	o := a.o
	n := o.ArgCount + o.KwOnlyArgCount
	switch {
	case i < o.PosOnlyArgCount:
		return code.KindArgPos
	case i < o.ArgCount:
		return code.KindArgPos | code.KindArgKw
	case i < n:
		return code.KindArgKw
	case o.Flags&code.VarArgs != 0 && i == n:
		return code.KindArgPos | code.KindArgVar
	case o.Flags&code.VarArgs != 0 && o.Flags&code.VarKeywords != 0 && i == n+1,
		o.Flags&code.VarArgs == 0 && o.Flags&code.VarKeywords != 0 && i == n:
		return code.KindArgKw | code.KindArgVar
	}
	return 0
}

func (a *analysis) checkNames(what string, t *code.Tuple) {
	for i := range t.Len() {
		if !a.isName(t.Items[i]) {
			a.whole(Names, fmt.Sprintf("entry %d of %s is no string", i, what), "", "")
			return
		}
	}
}

// isName reports whether v is what names are in this version.
func (a *analysis) isName(v code.Value) bool {
	if a.o.Version < pyver.Py30 {
		_, ok := v.(*code.Bytes)
		return ok
	}
	_, ok := v.(*code.Str)
	return ok
}

// generatorFlags are the flags of code that makes a generator of its frame.
const generatorFlags = code.Generator | code.Coroutine | code.AsyncGenerator

func (a *analysis) checkFlags() {
	f := a.o.Flags
	if g := f & generatorFlags; g&(g-1) != 0 {
		a.whole(Flags, "the code is of more than one kind of generator", g.String(), "one")
	}
	if a.o.Version >= pyver.Py313 && f&code.HasDocstring != 0 {
		v, ok := a.o.Const(0)
		if _, str := v.(*code.Str); !ok || !str {
			// Making the function reads it without looking.
			a.whole(Flags, "HAS_DOCSTRING without a string for the first constant", "", "")
		}
	}
}
