package rewrite

import (
	"iter"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
)

// NewLabel returns a label that stands nowhere yet: put it into Code with an
// Instr that has it.
func (f *Func) NewLabel() *Label { return &Label{} }

// LabelIndex returns where in Code a label stands, or -1.
func (f *Func) LabelIndex(l *Label) int {
	return slices.IndexFunc(f.Code, func(in Instr) bool { return in.Label == l && l != nil })
}

// Insert puts instructions and labels before Code[at]; at may be len(Code).
// Jumps to a label before that place reach what is inserted, so to insert
// something that they pass by, insert it before the label. Handler ranges
// grow when the place lies between their labels. A few places are not fit for
// it: see [Func.CanInsert].
//
// Instructions whose Pos is the zero Position get the position of the
// instruction that follows, or of the last one. Like slices.Insert, Insert
// panics if there is no such place.
func (f *Func) Insert(at int, in ...Instr) {
	f.Code = slices.Insert(f.Code, at, in...)
	f.placeAt(at, at+len(in))
}

// placeAt gives the instructions from start to end that have the zero
// Position another.
func (f *Func) placeAt(start, end int) {
	var p *code.Position
	for i := start; i < end; i++ {
		in := &f.Code[i]
		if in.Pos != (code.Position{}) {
			continue
		}
		if in.Label != nil {
			in.Pos = code.NoPosition
			continue
		}
		if p == nil {
			at := f.near(start, end)
			p = &at
		}
		in.Pos = *p
	}
}

// near returns the position of the next instruction from end on, or of the
// last before start.
func (f *Func) near(start, end int) code.Position {
	for i := end; i < len(f.Code); i++ {
		if f.Code[i].Label == nil {
			return f.Code[i].Pos
		}
	}
	for i := start - 1; i >= 0; i-- {
		if f.Code[i].Label == nil {
			return f.Code[i].Pos
		}
	}
	return code.NoPosition
}

// Replace puts instructions and labels in the place of instruction i. Those
// whose Pos is the zero Position get that of instruction i. If Code[i] is a
// label it stays, and Replace inserts behind it.
func (f *Func) Replace(i int, in ...Instr) {
	old := f.Code[i]
	if old.Label != nil {
		f.Insert(i+1, in...)
		return
	}
	f.Code = slices.Replace(f.Code, i, i+1, in...)
	for k := i; k < i+len(in); k++ {
		if f.Code[k].Pos == (code.Position{}) {
			f.Code[k].Pos = old.Pos
		}
	}
}

// Delete takes the instructions from Code[i] up to but not including Code[j]
// away. Labels among them survive: what jumped to a deleted instruction then
// leads to the one behind.
func (f *Func) Delete(i, j int) {
	kept := i
	for k := i; k < j; k++ {
		if f.Code[k].Label != nil {
			f.Code[kept] = f.Code[k]
			kept++
		}
	}
	f.Code = slices.Delete(f.Code, kept, j)
}

// Instructions yields the instructions with their indexes in Code, without the
// labels. Changing what is yielded changes f; what is inserted or deleted
// behind the current index is seen or not seen as one would expect.
func (f *Func) Instructions() iter.Seq2[int, *Instr] {
	return func(yield func(int, *Instr) bool) {
		for i := 0; i < len(f.Code); i++ {
			if f.Code[i].Label == nil && !yield(i, &f.Code[i]) {
				return
			}
		}
	}
}

// Find yields the instructions with one of the ops, first to last.
// Specialized ones count as what they stand for.
func (f *Func) Find(ops ...opcode.Op) iter.Seq2[int, *Instr] {
	return func(yield func(int, *Instr) bool) {
		t := f.Object.Opcodes()
		for i := 0; i < len(f.Code); i++ {
			if f.isOneOf(t, i, ops) && !yield(i, &f.Code[i]) {
				return
			}
		}
	}
}

// FindBackward yields the instructions with one of the ops, last to first: so
// that one may insert, replace and delete at the index yielded and behind it on
// the way.
func (f *Func) FindBackward(ops ...opcode.Op) iter.Seq2[int, *Instr] {
	return func(yield func(int, *Instr) bool) {
		t := f.Object.Opcodes()
		for i := len(f.Code) - 1; i >= 0; i-- {
			if i < len(f.Code) && f.isOneOf(t, i, ops) && !yield(i, &f.Code[i]) {
				return
			}
		}
	}
}

func (f *Func) isOneOf(t *opcode.Table, i int, ops []opcode.Op) bool {
	in := &f.Code[i]
	if in.Label != nil {
		return false
	}
	op := in.Op
	if t != nil {
		if info, ok := t.ByOp(op); ok {
			op = info.Family()
		}
	}
	return slices.Contains(ops, op) || slices.Contains(ops, in.Op)
}

// Clone returns a copy of f that can be changed without changing f: it has
// labels of its own. Constants, nested code objects included, are the same.
func (f *Func) Clone() *Func {
	c := &Func{Code: slices.Clone(f.Code), Handlers: slices.Clone(f.Handlers)}
	if f.Object != nil {
		o := *f.Object
		c.Object = &o
		for _, t := range []**code.Tuple{&o.Consts, &o.Names, &o.VarNames, &o.CellVars, &o.FreeVars, &o.LocalsPlusNames} {
			if f.tuples.own[*t] {
				*t = &code.Tuple{Items: slices.Clone((*t).Items)}
			}
		}
	}
	labels := map[*Label]*Label{}
	label := func(l **Label) {
		if *l == nil {
			return
		}
		other, ok := labels[*l]
		if !ok {
			other = &Label{Name: (*l).Name}
			labels[*l] = other
		}
		*l = other
	}
	for i := range c.Code {
		label(&c.Code[i].Label)
		label(&c.Code[i].Target)
	}
	for i := range c.Handlers {
		label(&c.Handlers[i].Start)
		label(&c.Handlers[i].End)
		label(&c.Handlers[i].Target)
	}
	return c
}
