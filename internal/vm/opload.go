package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

func opMove(t *Thread, fp ptr, w uint64) bool { *regA(fp, w) = *regB(fp, w); return true }

func opMoveClear(t *Thread, fp ptr, w uint64) bool {
	a, b := regA(fp, w), regB(fp, w)
	*a = *b
	if a != b {
		*b = Value{}
	}
	return true
}

func opLoadCommon(t *Thread, fp ptr, w uint64) bool {
	v, ok := commonConstant(t, fieldC(w))
	if !ok {
		t.SystemErrorf("no common constant %d", fieldC(w))
		return false
	}
	return put(fp, w, v)
}

// commonConstant returns what LOAD_COMMON_CONSTANT loads.
func commonConstant(t *Thread, i int) (v Value, ok bool) {
	switch i {
	case 0:
		v = object.Of(&object.AssertionErrorType)
	case 1:
		v = object.Of(&object.NotImplementedErrorType)
	case 2:
		v = object.Of(&object.TupleType)
	case 3:
		v = t.Interp.Builtins.GetStr(nameAll)
	case 4:
		v = t.Interp.Builtins.GetStr(nameAny)
	}
	return v, v.P != nil
}

var (
	nameAll        = object.StaticName("all")
	nameAny        = object.StaticName("any")
	nameBuildClass = object.StaticName("__build_class__")
)

func opLoadBuildClass(t *Thread, fp ptr, w uint64) bool {
	v, ok := t.BuiltinNamed(funcOf(fp).Builtins(), nameBuildClass)
	if !ok {
		return false
	}
	if v.P == nil {
		t.Raisef(&object.NameErrorType, "__build_class__ not found")
		return false
	}
	return put(fp, w, v)
}

func opLoadLocals(t *Thread, fp ptr, w uint64) bool {
	v := frameLocals(fp)
	if v.P == nil {
		t.SystemErrorf("no locals")
		return false
	}
	return put(fp, w, v)
}

// frameLocals returns the mapping of local names, or no value in a frame that has fast locals.
func frameLocals(fp ptr) Value {
	if codeOf(fp).Obj.Flags&1 != 0 {
		return Value{}
	}
	return mappingOf(fp)
}

func slotAt(fp ptr, i int) *Value { return (*Value)(unsafe.Add(fp, uintptr(i)*valueSize)) }

func opLoadFar(t *Thread, fp ptr, w uint64) bool  { *regA(fp, w) = *slotAt(fp, wideBC(w)); return true }
func opStoreFar(t *Thread, fp ptr, w uint64) bool { *slotAt(fp, wideBC(w)) = *regA(fp, w); return true }

func opCheckBound(t *Thread, fp ptr, w uint64) bool {
	if regA(fp, w).P == nil {
		return unbound(t, fp, wideBC(w))
	}
	return true
}

// unbound raises UnboundLocalError, or NameError for a free variable, for variable i.
func unbound(t *Thread, fp ptr, i int) bool {
	c := codeOf(fp)
	name := c.Localsplus[i]
	if uint8(c.Obj.LocalsPlusKinds.S[i])&0x80 != 0 {
		t.NameError(name, "cannot access free variable '%s' where it is not associated with a value in enclosing scope")
		return false
	}
	t.Raisef(&object.UnboundLocalErrorType, "cannot access local variable '%s' where it is not associated with a value", name.S)
	return false
}

func opDeleteFast(t *Thread, fp ptr, w uint64) bool {
	a := regA(fp, w)
	if a.P == nil {
		return unbound(t, fp, wideBC(w))
	}
	*a = Value{}
	return true
}

func opMakeCell(t *Thread, fp ptr, w uint64) bool {
	a := regA(fp, w)
	*a = object.Of(object.NewCell(*a))
	return true
}

func opCopyFreeVars(t *Thread, fp ptr, w uint64) bool {
	n := int(w >> 16 & 0xffff)
	cl := funcOf(fp).Closure
	if cl == nil || cl.Len() < n {
		t.SystemErrorf("function has no closure")
		return false
	}
	copy(span(slotAt(fp, wideBC(w)), n), cl.Items())
	return true
}

func opLoadDeref(t *Thread, fp ptr, w uint64) bool {
	v := object.To[object.Cell](*regB(fp, w)).V
	if v.P == nil {
		return unbound(t, fp, fieldC(w))
	}
	*regA(fp, w) = v
	return true
}

func opDeleteDeref(t *Thread, fp ptr, w uint64) bool {
	c := object.To[object.Cell](*regA(fp, w))
	if c.V.P == nil {
		return unbound(t, fp, fieldC(w))
	}
	c.V = Value{}
	return true
}

// mappingGet looks name up in a mapping of local names; a missing key is no error.
func mappingGet(t *Thread, m Value, name *object.Str) (Value, bool) {
	if m.Is(&object.DictType) {
		return object.To[object.Dict](m).Get(t, object.Of(name))
	}
	v := t.GetItem(m, object.Of(name))
	if v.P == nil && t.Catch(&object.KeyErrorType) == nil {
		return v, false
	}
	return v, true
}

func opLoadDictOrDeref(t *Thread, fp ptr, w uint64) bool {
	i := fieldC(w)
	c := codeOf(fp)
	name := c.Localsplus[i]
	v, ok := mappingGet(t, *regB(fp, w), name)
	if !ok {
		return false
	}
	if v.P == nil {
		if v = object.To[object.Cell](*slotAt(fp, lifted(c).Slot(i))).V; v.P == nil {
			return unbound(t, fp, i)
		}
	}
	*regA(fp, w) = v
	return true
}

// named returns the value of the key name of a dict, if its entry is where the cache of an instruction last saw it.
func named(d *object.Dict, ic *object.Cache) *Value {
	if i := int(ic.Count); i < len(d.Entries) {
		if e := &d.Entries[i]; e.Has(ic.Name) {
			return &e.Value
		}
	}
	return nil
}

func opLoadName(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, wideBC(w))
	name := ic.Name
	m := frameLocals(fp)
	if m.P != nil && m.Type() == &object.DictType {
		d := object.To[object.Dict](m)
		if v := named(d, ic); v != nil {
			*regA(fp, w) = *v
			return true
		}
		f := funcOf(fp)
		if ic.Kind == cacheBuiltin && d == f.Globals && d.Version == ic.Version && f.Builtins().Version == uint64(ic.Offset) {
			*regA(fp, w) = f.Builtins().Entries[ic.Count].Value
			return true
		}
		if d == f.Globals && f.Builtins().Type == &object.DictType && !d.Odd() && !f.Builtins().Odd() {
			return opLoadGlobal(t, fp, w)
		}
		if i := d.FindStr(name); i >= 0 && !d.Odd() {
			ic.Kind, ic.Count = cacheEmpty, uint32(i)
			*regA(fp, w) = d.Entries[i].Value
			return true
		}
	}
	if m.P != nil {
		v, ok := mappingGet(t, m, name)
		if !ok {
			return false
		}
		if v.P != nil {
			*regA(fp, w) = v
			return true
		}
	}
	v, ok := globalOrBuiltin(t, funcOf(fp), name)
	if !ok {
		return false
	}
	*regA(fp, w) = v
	return true
}

func globalOrBuiltin(t *Thread, f *object.Func, name *object.Str) (Value, bool) {
	for _, d := range [...]*object.Dict{f.Globals, f.Builtins()} {
		// A subclass may find names in its own way.
		if v, ok := mappingGet(t, object.Of(d), name); v.P != nil || !ok {
			return v, ok
		}
	}
	t.NameError(name, "name '%s' is not defined")
	return Value{}, false
}

func opStoreName(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, wideBC(w))
	name := ic.Name
	m := frameLocals(fp)
	if m.P == nil {
		t.SystemErrorf("no locals found when storing %s", name.S)
		return false
	}
	if m.Type() == &object.DictType {
		d := object.To[object.Dict](m)
		if v := named(d, ic); v != nil {
			*v = *regA(fp, w)
			return true
		}
		if !d.Set(t, object.Of(name), *regA(fp, w)) {
			return false
		}
		if i := d.FindStr(name); i >= 0 {
			ic.Count = uint32(i)
		}
		return true
	}
	return t.SetItem(m, object.Of(name), *regA(fp, w))
}

func opDeleteName(t *Thread, fp ptr, w uint64) bool {
	name := codeOf(fp).Names[wideBC(w)]
	m := frameLocals(fp)
	if m.P == nil {
		t.SystemErrorf("no locals when deleting %s", name.S)
		return false
	}
	if m.Is(&object.DictType) {
		if found, ok := object.To[object.Dict](m).Delete(t, object.Of(name)); found || !ok {
			return ok
		}
	} else if t.SetItem(m, object.Of(name), Value{}) {
		return true
	} else if t.Catch(&object.KeyErrorType) == nil {
		return false
	}
	t.NameError(name, "name '%s' is not defined")
	return false
}

func opLoadGlobal(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, wideBC(w))
	f := funcOf(fp)
	ic.Kind, ic.Version = cacheEmpty, noVersion
	if f.Globals.Type != &object.DictType || f.Builtins().Type != &object.DictType || f.Globals.Odd() || f.Builtins().Odd() {
		v, ok := globalOrBuiltin(t, f, ic.Name)
		return ok && put(fp, w, v)
	}
	if i := f.Globals.FindStr(ic.Name); i >= 0 {
		*regA(fp, w) = f.Globals.Entries[i].Value
		ic.Kind, ic.Version, ic.Count = cacheGlobal, t.DictVersion(f.Globals), uint32(i)
		return true
	}
	if i := f.Builtins().FindStr(ic.Name); i >= 0 {
		*regA(fp, w) = f.Builtins().Entries[i].Value
		ic.Kind, ic.Version, ic.Offset, ic.Count = cacheBuiltin, t.DictVersion(f.Globals), uintptr(t.DictVersion(f.Builtins())), uint32(i)
		return true
	}
	t.NameError(ic.Name, "name '%s' is not defined")
	return false
}

func opStoreGlobal(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, wideBC(w))
	d := funcOf(fp).Globals
	if v := named(d, ic); v != nil && d.Type == &object.DictType {
		*v = *regA(fp, w)
		return true
	}
	if !d.Set(t, object.Of(ic.Name), *regA(fp, w)) {
		return false
	}
	if i := d.FindStr(ic.Name); i >= 0 {
		ic.Count = uint32(i)
	}
	return true
}

func opDeleteGlobal(t *Thread, fp ptr, w uint64) bool {
	name := codeOf(fp).Names[wideBC(w)]
	found, ok := funcOf(fp).Globals.Delete(t, object.Of(name))
	if !ok {
		return false
	}
	if !found {
		t.NameError(name, "name '%s' is not defined")
		return false
	}
	return true
}

func opLoadDictOrGlobal(t *Thread, fp ptr, w uint64) bool {
	name := codeOf(fp).Names[name24(w)]
	v, ok := mappingGet(t, *regB(fp, w), name)
	if !ok {
		return false
	}
	if v.P == nil {
		if v, ok = globalOrBuiltin(t, funcOf(fp), name); !ok {
			return false
		}
	}
	*regA(fp, w) = v
	return true
}

var nameAnnotations = object.StaticName("__annotations__")

func opSetupAnnotations(t *Thread, fp ptr, w uint64) bool {
	m := frameLocals(fp)
	if m.IsNil() {
		t.SystemErrorf("no locals found when setting up annotations")
		return false
	}
	v, ok := mappingGet(t, m, nameAnnotations)
	if !ok || v.P != nil {
		return ok
	}
	return t.SetItem(m, object.Of(nameAnnotations), object.Of(object.NewDict()))
}
