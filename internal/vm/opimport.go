package vm

import "github.com/krait-py/krait/internal/object"

var (
	nameImport  = object.StaticName("__import__")
	nameAllAttr = object.StaticName("__all__")
	nameDict    = object.StaticName("__dict__")
	nameSpec    = object.StaticName("__spec__")
)

var nameName = object.StaticName("__name__")

func opImportName(t *Thread, fp ptr, w uint64) bool {
	b := regB(fp, w)
	level, fromlist := *b, *next(b)
	f := funcOf(fp)
	name := f.Code.Names[name24(w)]
	imp, ok := t.BuiltinNamed(f.Builtins(), nameImport)
	if !ok {
		return false
	}
	if imp.P == nil {
		t.Raisef(&object.ImportErrorType, "__import__ not found")
		return false
	}
	if h := t.Interp.Hooks.Import; h != nil && imp == t.Interp.DefaultImport {
		n, _ := object.AsInt64(level)
		return put(fp, w, h(t, name, object.Of(f.Globals), localsOr(fp), fromlist, int(n)))
	}
	return put(fp, w, t.CallArgs(imp, object.Of(name), object.Of(f.Globals), localsOr(fp), fromlist, level))
}

func localsOr(fp ptr) Value {
	if m := frameLocals(fp); m.P != nil {
		return m
	}
	return object.None
}

func opImportFrom(t *Thread, fp ptr, w uint64) bool {
	m := *regB(fp, w)
	name := codeOf(fp).Names[name24(w)]
	v, ok := t.FindAttr(m, name)
	if !ok {
		return false
	}
	if v.P != nil {
		*regA(fp, w) = v
		return true
	}
	// A module of a package that is being imported is in sys.modules before the package has the attribute.
	modName, ok := t.FindAttr(m, nameName)
	if !ok {
		return false
	}
	if modName.P != nil && modName.IsStr() {
		full := t.Interp.Intern(modName.Str().S + "." + name.S)
		if v := t.Interp.Modules.GetStr(full); v.P != nil {
			*regA(fp, w) = v
			return true
		}
	}
	importFromError(t, m, modName, name)
	return false
}

// importFromError raises the ImportError for a name that a module lacks.
func importFromError(t *Thread, m, modName Value, name *object.Str) {
	mod := "<unknown module name>"
	if modName.P != nil && modName.IsStr() {
		mod = modName.Str().S
	} else {
		modName = object.None
	}
	spec, _ := t.FindAttr(m, nameSpec)
	t.Exc = nil
	hint, origin, initializing := "", "", false
	if spec.P != nil && !spec.IsNone() {
		x, _ := t.FindAttr(spec, t.Interp.Intern("_initializing"))
		t.Exc = nil
		if x.P != nil {
			initializing, _ = t.IsTrue(x)
		}
		hint, origin = t.ImportHint(spec, modName), t.FileOrigin(spec)
	}
	path := object.None
	if origin != "" {
		path = object.MakeStr(origin)
	} else if f, _ := t.FindAttr(m, t.Interp.Intern("__file__")); f.P != nil && f.IsStr() {
		path = f
	}
	t.Exc = nil
	where := "unknown location"
	if path.IsStr() {
		where = path.Str().S
	}
	switch {
	case hint != "":
		t.Raisef(&object.ImportErrorType, "cannot import name '%s' from '%s'%s", name.S, mod, hint)
	case initializing:
		t.Raisef(&object.ImportErrorType, "cannot import name '%s' from partially initialized module '%s' (most likely due to a circular import) (%s)", name.S, mod, where)
	default:
		t.Raisef(&object.ImportErrorType, "cannot import name '%s' from '%s' (%s)", name.S, mod, where)
	}
	if e := t.Exc; e != nil && e.Type.IsSubtype(&object.ImportErrorType) {
		e.SetField(object.ImportErrorName, modName)
		e.SetField(object.ImportErrorPath, path)
		e.SetField(object.ImportErrorFrom, object.Of(name))
	}
}

// importStar is from module import *.
func importStar(t *Thread, fp ptr, m Value) bool {
	locals := frameLocals(fp)
	if locals.P == nil {
		t.SystemErrorf("no locals found during 'import *'")
		return false
	}
	all, ok := t.FindAttr(m, nameAllAttr)
	if !ok {
		return false
	}
	skip := false
	if all.P == nil {
		d := t.GetAttr(m, nameDict)
		if d.P == nil {
			if t.Catch(&object.AttributeErrorType) != nil {
				t.Raisef(&object.ImportErrorType, "from-import-* object has no __dict__ and no __all__")
			}
			return false
		}
		if all = t.CallMethod(d, t.Interp.Intern("keys")); all.P == nil {
			return false
		}
		skip = true
		items, ok := t.Collect(all)
		if !ok {
			return false
		}
		all = object.Of(object.NewTuple(items...))
	}
	return t.Each(all, func(n Value) bool {
		if !n.IsStr() {
			where, what := "Item", "__all__"
			if skip {
				where, what = "Key", "__dict__"
			}
			mod := t.GetAttr(m, nameName)
			t.Exc = nil
			t.TypeErrorf("%s in %s.%s must be str, not %s", where, text(mod), what, n.Type().Name)
			return false
		}
		if skip && n.Str().Len() > 0 && n.Str().S[0] == '_' {
			return true
		}
		name := t.Interp.Intern(n.Str().S)
		v := t.GetAttr(m, name)
		return v.P != nil && t.SetItem(locals, object.Of(name), v)
	})
}
