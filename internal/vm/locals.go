package vm

import (
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

// Locals is locals() in the running frame: the mapping of local names, or a new dict of the variables of a function.
func Locals(t *Thread) Value {
	fp := fpOf(t)
	if m := frameLocals(fp); m.P != nil {
		return m
	}
	d := object.NewDict()
	for name, v := range variables(fp) {
		d.SetStr(name, v)
	}
	return object.Of(d)
}

// variables yields the bound variables of a frame, cells opened.
func variables(fp ptr) func(yield func(*object.Str, Value) bool) {
	return func(yield func(*object.Str, Value) bool) {
		c := codeOf(fp)
		l := lifted(c)
		for i, name := range c.Localsplus {
			k := code.Kind(c.Obj.LocalsPlusKinds.S[i])
			if k&code.KindHidden != 0 {
				continue
			}
			v := *(*Value)(unsafe.Add(fp, uintptr(l.Slot(i))*valueSize))
			if v.P != nil && k&(code.KindCell|code.KindFree) != 0 && v.Is(&object.CellType) {
				v = object.To[object.Cell](v).V
			}
			if v.P != nil && !yield(name, v) {
				return
			}
		}
	}
}
