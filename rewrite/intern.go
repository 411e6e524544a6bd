package rewrite

import (
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// index finds the entries of a tuple. It is made when it is first needed, and
// again when the tuple is no longer the one it was made of.
type index struct {
	of *code.Tuple
	n  int // how many of its items are in at
	at map[string]int
}

// find returns the first place of key in t, and whether it is there.
func (x *index) find(t *code.Tuple, key string, keyOf func(code.Value) string) (int, bool) {
	if x.of != t || x.n > t.Len() {
		*x = index{of: t}
	}
	if x.at == nil {
		x.at = make(map[string]int, t.Len())
	}
	for ; x.n < t.Len(); x.n++ {
		k := keyOf(t.Items[x.n])
		if _, there := x.at[k]; !there {
			x.at[k] = x.n
		}
	}
	i, ok := x.at[key]
	if ok && keyOf(t.Items[i]) != key { // somebody changed the tuple
		*x = index{}
		return x.find(t, key, keyOf)
	}
	return i, ok
}

// tuples are the tuples of a Func's object that are its own: they were copied
// before they changed.
type tuples struct {
	own    map[*code.Tuple]bool
	consts index
	names  index
}

// grow appends a value to a tuple of the object, which is copied if it may be
// another's too.
func (f *Func) grow(t **code.Tuple, v code.Value) {
	f.insert(t, (*t).Len(), v)
}

// insert puts a value into a tuple of the object.
func (f *Func) insert(t **code.Tuple, i int, v code.Value) {
	if *t == nil || !f.tuples.own[*t] {
		own := &code.Tuple{}
		if *t != nil {
			own.Items = slices.Clone((*t).Items)
		}
		*t = own
		if f.tuples.own == nil {
			f.tuples.own = map[*code.Tuple]bool{}
		}
		f.tuples.own[own] = true
	}
	(*t).Items = slices.Insert((*t).Items, i, v)
}

// newName returns a name as compilers write them: interned, and in Python 2
// not of unicode.
func (f *Func) newName(name string) code.Value {
	if f.Object.Version == pyver.Py27 {
		return &code.Bytes{S: name, Interned: true}
	}
	return &code.Str{S: name, Interned: true}
}

// AddName returns the index of a name in co_names, to which it is added if it
// is not there.
func (f *Func) AddName(name string) int {
	if i, ok := f.tuples.names.find(f.Object.Names, name, code.Text); ok {
		return i
	}
	f.grow(&f.Object.Names, f.newName(name))
	return f.Object.Names.Len() - 1
}

// AddConst returns the index of a constant in co_consts, to which it is added
// if no equal one is there. Constants are equal as they are for compilers:
// of the same type, with the same sign if they are 0.0, and tuples and
// frozensets if their items are; code objects and what is mutable if they are
// the same.
func (f *Func) AddConst(v code.Value) int {
	keyOf := func(v code.Value) string { return constKey(f.Object.Version, v) }
	if i, ok := f.tuples.consts.find(f.Object.Consts, keyOf(v), keyOf); ok {
		return i
	}
	f.grow(&f.Object.Consts, v)
	return f.Object.Consts.Len() - 1
}

// AddLocal returns the number of a local variable, which is added if it is not
// there. From 3.11 on a new one goes before the cell and free variables, as
// compilers have it; the numbers of these grow in all instructions, and if that
// takes one of a pair beyond 15, the instruction is split in two: then Code
// becomes longer.
func (f *Func) AddLocal(name string) int {
	o := f.Object
	place, there := f.local(name)
	switch {
	case there:
	case o.Version < pyver.Py311:
		f.grow(&o.VarNames, f.newName(name))
		o.NLocals = o.VarNames.Len()
	default:
		f.addSlot(place, name, code.KindLocal)
	}
	return place
}

// local returns the number that a local variable has, or would have if it
// were added, and whether it is there.
func (f *Func) local(name string) (int, bool) {
	o := f.Object
	if o.Version < pyver.Py311 {
		if i := slices.Index(o.Locals(), name); i >= 0 {
			return i, true
		}
		return o.VarNames.Len(), false
	}
	place := 0
	for i := range o.LocalsPlusNames.Len() {
		kind := o.KindOf(i)
		if kind&(code.KindLocal|code.KindCell) != 0 && code.Text(o.LocalsPlusNames.Items[i]) == name {
			return i, true
		}
		if kind&code.KindLocal != 0 {
			place = i + 1
		}
	}
	return place, false
}

// AddCell returns the number that LOAD_DEREF and its like use for a cell
// variable, which is added if it is not there. From 3.11 on, a local variable of
// that name becomes a cell in its place. To make the cell and use it is
// the caller's: MAKE_CELL from 3.11 on, and LOAD_DEREF in place of LOAD_FAST.
// The numbers of other variables may change, in all instructions.
func (f *Func) AddCell(name string) int {
	o := f.Object
	o.Flags &^= noFree(o.Version)
	if o.Version < pyver.Py311 {
		if i := slices.Index(o.Cells(), name); i >= 0 {
			return i
		}
		n := o.CellVars.Len()
		f.grow(&o.CellVars, f.newName(name))
		f.shift(n, func(k opcode.Operand) bool { return k == opcode.Free })
		return n
	}
	place := 0
	for i := range o.LocalsPlusNames.Len() {
		kind := o.KindOf(i)
		if kind&(code.KindLocal|code.KindCell) != 0 {
			if code.Text(o.LocalsPlusNames.Items[i]) == name {
				f.setKind(i, kind|code.KindCell)
				return i
			}
			place = i + 1
		}
	}
	f.addSlot(place, name, code.KindCell)
	return place
}

// AddFree returns the number that LOAD_DEREF and its like use for a free
// variable, which is added behind all others if it is not there. To bring its
// cell along is the caller's: in the closure of MAKE_FUNCTION, and from 3.11 on
// in the count of COPY_FREE_VARS.
func (f *Func) AddFree(name string) int {
	o := f.Object
	o.Flags &^= noFree(o.Version)
	if o.Version < pyver.Py311 {
		if i := slices.Index(o.Frees(), name); i >= 0 {
			return o.CellVars.Len() + i
		}
		f.grow(&o.FreeVars, f.newName(name))
		return o.CellVars.Len() + o.FreeVars.Len() - 1
	}
	for i := range o.LocalsPlusNames.Len() {
		if o.KindOf(i)&code.KindFree != 0 && code.Text(o.LocalsPlusNames.Items[i]) == name {
			return i
		}
	}
	n := o.LocalsPlusNames.Len()
	f.addSlot(n, name, code.KindFree)
	return n
}

// noFree returns the flag that says that there are no cell and free variables.
func noFree(v pyver.Version) code.Flags {
	if v < pyver.Py311 {
		return code.NoFree
	}
	return 0
}

// deref returns the number of a cell or free variable.
func (f *Func) deref(name string) (int, bool) {
	o := f.Object
	if o.Version < pyver.Py311 {
		if i := slices.Index(o.Cells(), name); i >= 0 {
			return i, true
		}
		i := slices.Index(o.Frees(), name)
		return o.CellVars.Len() + i, i >= 0
	}
	for i := range o.LocalsPlusNames.Len() {
		if o.KindOf(i)&(code.KindCell|code.KindFree) != 0 && code.Text(o.LocalsPlusNames.Items[i]) == name {
			return i, true
		}
	}
	return 0, false
}

// addSlot adds a variable to the localsplus array (3.11 and later).
func (f *Func) addSlot(place int, name string, kind code.Kind) {
	o := f.Object
	kinds := ""
	if o.LocalsPlusKinds != nil {
		kinds = o.LocalsPlusKinds.S
	}
	place = min(place, len(kinds))
	o.LocalsPlusKinds = &code.Bytes{S: kinds[:place] + "\x00" + kinds[place:]}
	f.setKind(place, kind)
	f.insert(&o.LocalsPlusNames, place, f.newName(name))
	o.NLocals = o.LocalCount()
	f.shift(place, func(k opcode.Operand) bool {
		return k == opcode.Local || k == opcode.Free || k == opcode.LocalPair
	})
}

func (f *Func) setKind(i int, kind code.Kind) {
	b := []byte(f.Object.LocalsPlusKinds.S)
	b[i] = byte(kind)
	f.Object.LocalsPlusKinds = &code.Bytes{S: string(b)}
}

// shift adds one to the numbers from n on of variables in operands of the
// kinds wanted.
func (f *Func) shift(n int, wanted func(opcode.Operand) bool) {
	t := f.Object.Opcodes()
	if t == nil {
		return
	}
	for i := 0; i < len(f.Code); i++ {
		in := &f.Code[i]
		info, ok := t.ByOp(in.Op)
		if !ok || !wanted(info.Operand) {
			continue
		}
		if info.Operand != opcode.LocalPair {
			if in.Arg >= n {
				in.Arg++
			}
			continue
		}
		first, second := in.Arg>>4, in.Arg&15
		if first >= n {
			first++
		}
		if second >= n {
			second++
		}
		halves, splits := pairs[info.Family()]
		if first <= 15 && second <= 15 || !splits {
			in.Arg = first<<4 | second
			continue
		}
		one, two := *in, *in
		one.Op, one.Arg = halves[0], first
		two.Op, two.Arg, two.Wide, two.Target = halves[1], second, 0, nil
		f.Code = slices.Replace(f.Code, i, i+1, one, two)
		i++
	}
}

// pairs has the two instructions that one with two locals stands for.
var pairs = map[opcode.Op][2]opcode.Op{
	opcode.LOAD_FAST_LOAD_FAST:               {opcode.LOAD_FAST, opcode.LOAD_FAST},
	opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW: {opcode.LOAD_FAST_BORROW, opcode.LOAD_FAST_BORROW},
	opcode.STORE_FAST_LOAD_FAST:              {opcode.STORE_FAST, opcode.LOAD_FAST},
	opcode.STORE_FAST_STORE_FAST:             {opcode.STORE_FAST, opcode.STORE_FAST},
}
