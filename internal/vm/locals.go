package vm

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

// Locals is locals() in the running frame: the mapping of local names, or a new dict of the variables of a function.
func Locals(t *Thread) Value {
	fp := fpOf(t)
	if m := frameLocals(fp); m.P != nil && !hiddenBound(t, fp) {
		return m
	}
	d := object.NewDict()
	if *flagsOf(fp)&flagGen != 0 {
		genOf(fp).lent = false // the program gets hold of the iterator, too
	}
	for name, v := range variables(fp) {
		d.SetStr(name, v)
	}
	if codeOf(fp).Obj.Flags&code.Optimized != 0 && *flagsOf(fp)&flagFrame != 0 {
		if f := frameObject(t, fp); f.Ext != nil && f.Ext.Extra != nil && !d.Merge(t, f.Ext.Extra) {
			return Value{}
		}
	}
	return object.Of(d)
}

// variables yields the bound variables of a frame, cells opened.
func variables(fp ptr) func(yield func(*object.Str, Value) bool) {
	return func(yield func(*object.Str, Value) bool) {
		c := codeOf(fp)
		l := lifted(c)
		for i, name := range c.Localsplus {
			v := opened(slotAt(fp, l.Slot(i)), c, i)
			if v.P != nil && !yield(name, v) {
				return
			}
		}
	}
}

// opened returns the value of variable i, given its slot: that of the cell if there is one. Comprehensions may have put another value
// where the code says that there is a cell.
func opened(slot *Value, c *object.Code, i int) Value {
	if *slot == noKeywords {
		*slot = object.Of(object.NewDict())
	}
	v := *slot
	if v.P != nil && kindOf(c, i)&(code.KindCell|code.KindFree) != 0 && v.Is(&object.CellType) {
		return object.To[object.Cell](v).V
	}
	return v
}

func kindOf(c *object.Code, i int) code.Kind { return code.Kind(c.Obj.LocalsPlusKinds.S[i]) }

// hiddenBound reports whether a comprehension runs in a frame of a module or class: its variables are no names there.
func hiddenBound(t *Thread, fp ptr) bool {
	c := codeOf(fp)
	for i := range c.Localsplus {
		if kindOf(c, i)&code.KindHidden != 0 && opened(slotAt(fp, lifted(c).Slot(i)), c, i).P != nil {
			return true
		}
	}
	return false
}
