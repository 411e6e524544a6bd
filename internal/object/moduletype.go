package object

import "unsafe"

func setupModule() {
	Define(&ModuleType, TypeSpec{
		Name: "module", Flags: FlagBase, AttrOffset: unsafe.Offsetof(Module{}.Attrs), HasWeak: true,
		Sig: "(name, doc=None)", Doc: "Create a module object.\n\nThe name must be a string; the optional doc argument can have any type.",
		Slots: Slots{
			Alloc: func(t *Thread, cls *Type) Value {
				m := &Module{Head: Head{cls}}
				m.Shape, m.More = DictShape, &Overflow{Dict: NewDict()}
				return Of(m)
			},
			New: func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return cls.Alloc(t, cls) },
			Init: func(t *Thread, self Value, args []Value, names *Tuple) bool {
				return t.callInit(&moduleInitDef, self, args, names)
			},
			Repr:      moduleRepr,
			GetAttr:   moduleGetAttr,
			quietAttr: func(t *Thread, v Value, name *Str) (Value, bool) { return t.moduleGet(v, name, true) },
		},
		Methods: []MethodDef{{Name: "__dir__", Sig: "($self, /)", Doc: "__dir__() -> list\nspecialized dir() implementation", Fn: moduleDir}},
		GetSets: []GetSetDef{
			{Name: "__dict__", Member: true, Get: instanceDictDef.Get},
			{Name: "__annotations__", Get: moduleAnnotations, Set: setModuleAnnotations},
			{Name: "__annotate__", Get: moduleAnnotate, Set: setModuleAnnotate},
		},
	})
	setupNamespace()
}

// callInit calls an __init__ whose arguments a definition binds.
func (t *Thread) callInit(d *MethodDef, self Value, args []Value, names *Tuple) bool {
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = self
	copy(a[1:], args)
	v := d.Call(t, a, names)
	t.Pop(mark, a)
	return v.P != nil
}

var moduleInitDef = MethodDef{Name: "module", Sig: "($self, name, doc=None)", Fn: func(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("module() argument 'name' must be str, not %s", ArgName(a[1]))
	}
	m := To[Module](a[0])
	m.Name = a[1].Str().S
	initModuleDict(m.Dict(), a[1], valueOrNone(a[2]))
	return None
}}

func initModuleDict(d *Dict, name, doc Value) {
	d.SetStr(nameName, name)
	d.SetStr(nameDoc, doc)
	d.SetStr(namePackage, None)
	d.SetStr(nameLoader, None)
	d.SetStr(nameSpec, None)
}

func moduleGetAttr(t *Thread, v Value, name *Str) Value {
	x, _ := t.moduleGet(v, name, false)
	return x
}

// moduleGet looks up an attribute of a module: as any other object's, then by its __getattr__. With quiet, a
// missing attribute is no error.
func (t *Thread) moduleGet(v Value, name *Str, quiet bool) (Value, bool) {
	if x, ok := t.genericGet(v, name, true); x.P != nil || !ok {
		return x, ok
	}
	d := InstanceDict(v)
	if f := d.GetStr(nameGetAttr); f.P != nil {
		return t.quietly(t.CallArgs(f, Of(name)), quiet)
	}
	if quiet {
		return Value{}, true
	}
	return t.attributeError(v, name, t.moduleMissing(d, name)), false
}

var (
	nameInitializing = StaticName("_initializing")
	nameUninit       = StaticName("_uninitialized_submodules")
	nameSpecOrigin   = StaticName("origin")
	nameHasLocation  = StaticName("has_location")
	nameSpecLoader   = StaticName("loader")
	nameFile         = StaticName("__file__")
	namePath0        = StaticName("path")
	nameStdlibNames  = StaticName("stdlib_module_names")
)

// attrOf is FindAttr for what only makes a message better: whatever goes wrong is as good as missing.
func (t *Thread) attrOf(v Value, name *Str) Value {
	if v.P == nil {
		return v
	}
	x, ok := t.FindAttr(v, name)
	if !ok {
		t.Exc = nil
	}
	return x
}

func (t *Thread) truthOf(v Value) bool {
	if v.P == nil {
		return false
	}
	b, ok := t.IsTrue(v)
	if !ok {
		t.Exc = nil
	}
	return b
}

// moduleMissing says that a module with dict d has no attribute name, and why that may be.
func (t *Thread) moduleMissing(d *Dict, name *Str) string {
	mod := d.GetStr(nameName)
	if mod.P == nil || !mod.IsStr() {
		return "module has no attribute '" + name.S + "'"
	}
	mn := mod.Str().S
	plain := "module '" + mn + "' has no attribute '" + name.S + "'"
	spec := d.GetStr(nameSpec)
	if spec.P == nil {
		return plain
	}
	origin := t.FileOrigin(spec)
	initializing := t.truthOf(t.attrOf(spec, nameInitializing))
	if hint := t.renaming(origin, mod, initializing); hint != "" {
		return plain + hint
	}
	if initializing {
		switch {
		case origin != "":
			return "partially initialized module '" + mn + "' from '" + origin + "' has no attribute '" + name.S + "' (most likely due to a circular import)"
		}
		return "partially initialized module '" + mn + "' has no attribute '" + name.S + "' (most likely due to a circular import)"
	}
	if u := t.attrOf(spec, nameUninit); u.P != nil {
		if in, ok := t.Contains(u, Of(name)); ok && in {
			return "cannot access submodule '" + name.S + "' of module '" + mn + "' (most likely due to a circular import)"
		}
		t.Exc = nil
	}
	return plain
}

// FileOrigin returns the file that a module's spec says it is from, or nothing.
func (t *Thread) FileOrigin(spec Value) string {
	if t.truthOf(t.attrOf(spec, nameHasLocation)) {
		if o := t.attrOf(spec, nameSpecOrigin); o.P != nil && o.IsStr() {
			return o.Str().S
		}
	}
	return ""
}

// ImportHint is what an ImportError says of the file of a module that lacks a name, if that stands in the way of another one: that it may be renamed.
func (t *Thread) ImportHint(spec, mod Value) string {
	return t.renaming(t.FileOrigin(spec), mod, t.truthOf(t.attrOf(spec, nameInitializing)))
}

// renaming says that the file of a module may be renamed, if it is one of the program's own that has the name of one of the standard library, or has not been imported
// to its end; else nothing.
func (t *Thread) renaming(origin string, mod Value, initializing bool) string {
	if origin == "" || !t.shadows(origin) {
		return ""
	}
	if names := t.Interp.Sys.GetStr(nameStdlibNames); names.P != nil && mod.IsStr() {
		if in, ok := t.Contains(names, mod); ok && in {
			return " (consider renaming '" + origin + "' since it has the same name as the standard library module named '" + mod.Str().S +
				"' and prevents importing that standard library module)"
		}
		t.Exc = nil
	}
	if initializing {
		return " (consider renaming '" + origin + "' if it has the same name as a library you intended to import)"
	}
	return ""
}

// shadows reports whether a module's file lies in the directory that sys.path begins with, where the program's own files are.
func (t *Thread) shadows(origin string) bool {
	flags := t.attrOf(t.Interp.Sys.GetName("flags"), t.Interp.Intern("safe_path"))
	path := t.Interp.Sys.GetStr(namePath0)
	if t.truthOf(flags) || path.P == nil || !path.Is(&ListType) || len(To[List](path).V) == 0 {
		return false
	}
	first := To[List](path).V[0]
	if !first.IsStr() {
		return false
	}
	dir := parentDir(origin)
	if base := origin[len(dir):]; base == "/__init__.py" || base == `\__init__.py` {
		dir = parentDir(dir)
	}
	return dir != "" && dir == first.Str().S
}

func parentDir(p string) string {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] == '/' || p[i] == '\\' {
			return p[:i]
		}
	}
	return ""
}

var _ = StaticName("safe_path")

// moduleRepr shows a module as importlib would: by its spec, else by its file or loader.
// isNamespaceLoader reports whether v is importlib's loader of packages without a file.
func isNamespaceLoader(v Value) bool {
	for _, s := range v.Type().MRO {
		if s.Flags&FlagHeap == 0 || s.Name != "NamespaceLoader" {
			continue
		}
		if m := s.Dict().GetName("__module__"); m.P != nil && m.IsStr() && m.Str().S == "_frozen_importlib_external" {
			return true
		}
	}
	return false
}

// namespaceRepr is the repr of a package without a file.
func (t *Thread) namespaceRepr(name string, loader Value) Value {
	path := t.GetAttr(loader, t.Interp.Intern("_path"))
	if path.P == nil {
		return path
	}
	l := t.CallArgs(Of(&ListType), path)
	if l.P == nil {
		return l
	}
	r := t.Repr(l)
	if r == nil {
		return Value{}
	}
	return MakeStr("<module " + name + " (namespace) from " + r.S + ">")
}

func moduleRepr(t *Thread, v Value) Value {
	d := InstanceDict(v)
	show := func(x Value) (string, bool) {
		r := t.Repr(x)
		if r == nil {
			return "", false
		}
		return r.S, true
	}
	if spec := d.GetStr(nameSpec); t.truthOf(spec) {
		n := t.GetAttr(spec, t.Interp.Intern("name"))
		origin := t.attrOf(spec, nameSpecOrigin)
		if n.P == nil {
			return n
		}
		if n.IsNone() {
			n = MakeStr("?")
		}
		name, ok := show(n)
		if !ok {
			return Value{}
		}
		if origin.P == nil || origin.IsNone() {
			loader := t.attrOf(spec, nameSpecLoader)
			if loader.P == nil || loader.IsNone() {
				return MakeStr("<module " + name + ">")
			}
			if isNamespaceLoader(loader) {
				return t.namespaceRepr(name, loader)
			}
			l, ok := show(loader)
			if !ok {
				return Value{}
			}
			return MakeStr("<module " + name + " (" + l + ")>")
		}
		if t.truthOf(t.attrOf(spec, nameHasLocation)) {
			o, ok := show(origin)
			if !ok {
				return Value{}
			}
			return MakeStr("<module " + name + " from " + o + ">")
		}
		o := t.Str(origin)
		if o == nil {
			return Value{}
		}
		return MakeStr("<module " + name + " (" + o.S + ")>")
	}
	n := d.GetStr(nameName)
	if n.P == nil {
		n = MakeStr("?")
	}
	name, ok := show(n)
	if !ok {
		return Value{}
	}
	if file := d.GetStr(nameFile); file.P != nil {
		f, ok := show(file)
		if !ok {
			return Value{}
		}
		return MakeStr("<module " + name + " from " + f + ">")
	}
	loader := d.GetStr(nameLoader)
	if loader.P == nil || loader.IsNone() {
		return MakeStr("<module " + name + ">")
	}
	l, ok := show(loader)
	if !ok {
		return Value{}
	}
	return MakeStr("<module " + name + " (" + l + ")>")
}

func moduleDir(t *Thread, a []Value) Value {
	dv := t.GetAttr(a[0], nameDict)
	if dv.P == nil {
		return dv
	}
	if dv.Type().Flags&FlagDict == 0 {
		return t.TypeErrorf("%s.__dict__ is not a dictionary", a[0].Type().Name)
	}
	d := To[Dict](dv)
	if f := d.GetStr(nameDirSlot); f.P != nil {
		return t.CallArgs(f)
	}
	return Of(NewList(d.keyList()))
}

// Annotations of modules.

func (t *Thread) moduleDict(v Value) *Dict { return InstanceDict(v) }

func moduleAnnotate(t *Thread, v Value) Value {
	d := t.moduleDict(v)
	x := d.GetStr(nameAnnotate)
	if x.P == nil {
		d.SetStr(nameAnnotate, None)
		return None
	}
	return x
}

func setModuleAnnotate(t *Thread, v, x Value) bool {
	switch {
	case x.P == nil:
		t.TypeErrorf("cannot delete __annotate__ attribute")
		return false
	case !x.IsNone() && x.Type().Call == nil:
		t.TypeErrorf("__annotate__ must be callable or None")
		return false
	}
	d := t.moduleDict(v)
	d.SetStr(nameAnnotate, x)
	if !x.IsNone() {
		d.DelStr(nameAnnotations)
	}
	return true
}

func moduleAnnotations(t *Thread, v Value) Value {
	d := t.moduleDict(v)
	if x := d.GetStr(nameAnnotations); x.P != nil {
		return x
	}
	a := t.callAnnotate(d.GetStr(nameAnnotate))
	// While the module runs, not all annotations may be there yet.
	if a.P != nil && !t.truthOf(t.attrOf(d.GetStr(nameSpec), nameInitializing)) {
		d.SetStr(nameAnnotations, a)
	}
	return a
}

func setModuleAnnotations(t *Thread, v, x Value) bool {
	d := t.moduleDict(v)
	if x.P != nil {
		d.SetStr(nameAnnotations, x)
	} else if !d.DelStr(nameAnnotations) {
		t.attributeError(v, nameAnnotations, "__annotations__")
		return false
	}
	d.DelStr(nameAnnotate)
	return true
}
