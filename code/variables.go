package code

import "github.com/krait-py/krait/pyver"

// hasLocalsPlus reports whether o keeps its variables in the localsplus array.
func (o *Object) hasLocalsPlus() bool { return o.Version >= pyver.Py311 }

// Locals returns co_varnames: the names of the arguments, then of the other
// local variables. From 3.11 on a local that inner functions use as well is
// here and among the Cells; before, arguments are the only ones to be in both.
func (o *Object) Locals() []string {
	if o.hasLocalsPlus() {
		return o.slotNames(KindLocal)
	}
	return o.VarNames.texts()
}

// Cells returns co_cellvars: the names of the variables that inner functions
// use.
func (o *Object) Cells() []string {
	if o.hasLocalsPlus() {
		return o.slotNames(KindCell)
	}
	return o.CellVars.texts()
}

// Frees returns co_freevars: the names of the variables that come from outer
// functions.
func (o *Object) Frees() []string {
	if o.hasLocalsPlus() {
		return o.slotNames(KindFree)
	}
	return o.FreeVars.texts()
}

// GlobalNames returns co_names: the names of globals, attributes and modules
// that instructions refer to.
func (o *Object) GlobalNames() []string { return o.Names.texts() }

// slots returns the number of variables in the localsplus array. The names and
// kinds of a damaged file may differ in number; the shorter counts.
func (o *Object) slots() int {
	return min(o.LocalsPlusNames.Len(), len(o.LocalsPlusKinds.text()))
}

// KindOf returns the kind of slot i of the localsplus array (3.11 and later),
// and zero if there is none.
func (o *Object) KindOf(i int) Kind {
	if i < 0 || i >= o.slots() {
		return 0
	}
	return Kind(o.LocalsPlusKinds.S[i])
}

func (o *Object) slotNames(kind Kind) []string {
	n := o.slotCount(kind)
	if n == 0 {
		return nil
	}
	names := make([]string, 0, n)
	for i := range o.slots() {
		if o.KindOf(i)&kind != 0 {
			names = append(names, Text(o.LocalsPlusNames.Items[i]))
		}
	}
	return names
}

func (o *Object) slotCount(kind Kind) int {
	n := 0
	for i := range o.slots() {
		if o.KindOf(i)&kind != 0 {
			n++
		}
	}
	return n
}

// LocalCount returns co_nlocals: from 3.11 on the number of slots that are
// locals, before the field NLocals.
func (o *Object) LocalCount() int {
	if o.hasLocalsPlus() {
		return o.slotCount(KindLocal)
	}
	return o.NLocals
}

// LocalName returns the name that oparg i of LOAD_FAST and its relatives
// stands for, and whether there is one: an entry of co_varnames up to 3.10, of
// the localsplus array from 3.11 on.
func (o *Object) LocalName(i int) (string, bool) {
	if o.hasLocalsPlus() {
		return o.LocalsPlusNames.textAt(i)
	}
	return o.VarNames.textAt(i)
}

// DerefName returns the name that oparg i of LOAD_DEREF and its relatives
// stands for, and whether there is one: an entry of co_cellvars followed by
// co_freevars up to 3.10, of the localsplus array from 3.11 on.
func (o *Object) DerefName(i int) (string, bool) {
	if o.hasLocalsPlus() {
		return o.LocalsPlusNames.textAt(i)
	}
	if n := o.CellVars.Len(); i >= n {
		return o.FreeVars.textAt(i - n)
	}
	return o.CellVars.textAt(i)
}

// GlobalName returns entry i of co_names, and whether there is one.
func (o *Object) GlobalName(i int) (string, bool) { return o.Names.textAt(i) }

// Const returns entry i of co_consts, and whether there is one.
func (o *Object) Const(i int) (Value, bool) {
	if i < 0 || i >= o.Consts.Len() || o.Consts.Items[i] == nil {
		return nil, false
	}
	return o.Consts.Items[i], true
}

// NameText returns co_name.
func (o *Object) NameText() string { return Text(o.Name) }

// FilenameText returns co_filename.
func (o *Object) FilenameText() string { return Text(o.Filename) }

// QualNameText returns co_qualname, and in versions before 3.11, which have
// none, co_name.
func (o *Object) QualNameText() string {
	if o.QualName == nil {
		return Text(o.Name)
	}
	return Text(o.QualName)
}

// Parameters are the names of a function's parameters, by the way they take
// arguments.
type Parameters struct {
	PosOnly []string // 3.8 and later
	Pos     []string // positional ones that keywords reach as well
	VarArgs string   // *name; empty for none
	KwOnly  []string
	VarKw   string // **name; empty for none
}

// Parameters returns the parameters of o as its counts and flags describe
// them, as far as there are locals to name them.
func (o *Object) Parameters() Parameters {
	names := o.Locals()
	take := func(n int) []string {
		n = min(max(n, 0), len(names))
		taken := names[:n:n]
		names = names[n:]
		return taken
	}
	one := func(f Flags) string {
		if o.Flags&f == 0 || len(names) == 0 {
			return ""
		}
		return take(1)[0]
	}
	var p Parameters
	p.PosOnly = take(min(o.PosOnlyArgCount, o.ArgCount))
	p.Pos = take(o.ArgCount - len(p.PosOnly))
	p.KwOnly = take(o.KwOnlyArgCount)
	p.VarArgs = one(VarArgs)
	p.VarKw = one(VarKeywords)
	return p
}

// Len returns the number of items; a nil tuple has none.
func (v *Tuple) Len() int {
	if v == nil {
		return 0
	}
	return len(v.Items)
}

func (v *Tuple) textAt(i int) (string, bool) {
	if i < 0 || i >= v.Len() {
		return "", false
	}
	return Text(v.Items[i]), true
}

func (v *Tuple) texts() []string {
	if v.Len() == 0 {
		return nil
	}
	names := make([]string, len(v.Items))
	for i, item := range v.Items {
		names[i] = Text(item)
	}
	return names
}
