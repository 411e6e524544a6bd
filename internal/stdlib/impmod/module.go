// Package impmod is module _imp: what importlib needs of the machine.
package impmod

import (
	"github.com/krait-py/krait/internal/importer"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// State is what the interpreter keeps for the module, as Interp.State["_imp"].
type State struct {
	Lib *importer.Lib
	// Compiled keeps code of the library, if it is not nil.
	Compiled *vm.Compiled
	// CheckHashPycs is "always", "default" or "never"; empty is "default".
	CheckHashPycs string
	// NoFrozen says that modules that importing can do without are read from the library.
	NoFrozen bool

	lock     importLock
	override int // of NoFrozen: 1 if frozen modules are used, -1 if they are not
	images   *vm.Images
}

// module returns the frozen module of that name, nil if there is none or it is not to be used.
func (s *State) module(name string) *importer.FrozenModule {
	m := importer.FindFrozen(name)
	if s == nil || s.Lib == nil || m == nil || m.Kind != importer.FrozenBootstrap && (s.override < 0 || s.override == 0 && s.NoFrozen) {
		return nil
	}
	return m
}

func state(t *Thread) *State {
	s, _ := t.Interp.State["_imp"].(*State)
	return s
}

// Frozen returns the code of a frozen module.
func (s *State) Frozen(t *Thread, m *importer.FrozenModule) (*object.Code, error) {
	if s.images == nil && s.Lib.Image != nil {
		s.images = vm.NewImages(t.Interp, s.Lib.Image)
	}
	if s.images != nil {
		if c := s.images.Code(m.Name); c != nil {
			return c, nil
		}
	}
	o, trusted, err := s.Lib.Frozen(m)
	if err != nil {
		return nil, err
	}
	c := vm.NewCode(t, o, trusted)
	vm.SetFilename(c, object.MakeStr(m.File()))
	return c, nil
}

// Module is the definition of _imp.
var Module = object.ModuleDef{
	Name: "_imp",
	Doc:  "(Extremely) low-level import machinery bits as used by importlib.",
	Methods: []object.MethodDef{
		{Name: "extension_suffixes", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.Of(object.NewList(nil)) }, Doc: "Returns the list of file suffixes used to identify extension modules."},
		{Name: "lock_held", Sig: "()", Fn: lockHeld, Doc: "Return True if the import lock is currently held, else False."},
		{Name: "acquire_lock", Sig: "()", Fn: acquire, Doc: "Acquires the interpreter's import lock for the current thread."},
		{Name: "release_lock", Sig: "()", Fn: release, Doc: "Release the interpreter's import lock."},
		{Name: "_frozen_module_names", Sig: "()", Fn: frozenNames, Doc: "Returns the list of available frozen modules."},
		{Name: "find_frozen", Sig: "(name, /, *, withdata=False)", Fn: findFrozen, Doc: "Return info about the corresponding frozen module (if there is one) or None."},
		{Name: "get_frozen_object", Sig: "(name, data=None, /)", Fn: frozenObject, Doc: "Create a code object for a frozen module."},
		{Name: "init_frozen", Sig: "(name, /)", Fn: none, Doc: "Initializes a frozen module."},
		{Name: "is_frozen_package", Sig: "(name, /)", Fn: isFrozenPackage, Doc: "Returns True if the module name is of a frozen package."},
		{Name: "is_builtin", Sig: "(name, /)", Fn: isBuiltin, Doc: "Returns True if the module name corresponds to a built-in module."},
		{Name: "is_frozen", Sig: "(name, /)", Fn: func(t *Thread, a []Value) Value {
			return object.MakeBool(a[0].IsStr() && state(t).module(a[0].Str().S) != nil)
		}, Doc: "Returns True if the module name corresponds to a frozen module."},
		{Name: "create_builtin", Sig: "(spec, /)", Fn: createBuiltin, Doc: "Create an extension module."},
		{Name: "exec_builtin", Sig: "(mod, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(0) }, Doc: "Initialize a built-in module."},
		{Name: "create_dynamic", Sig: "(spec, file=<unrepresentable>, /)", Fn: noDynamic, Doc: "Create an extension module."},
		{Name: "exec_dynamic", Sig: "(mod, /)", Fn: noDynamic, Doc: "Initialize an extension module."},
		{Name: "source_hash", Sig: "(key, source)", Fn: sourceHash},
		{Name: "_fix_co_filename", Sig: "(code, path, /)", Fn: fixFilename, Doc: "Changes code.co_filename to specify the passed-in file path."},
		{Name: "_override_frozen_modules_for_tests", Sig: "(override, /)", Fn: overrideFrozen,
			Doc: "(internal-only) Override PyConfig.use_frozen_modules.\n\n(-1: \"off\", 1: \"on\", 0: no override)\nSee frozen_modules() in Lib/test/support/import_helper.py."},
		{Name: "_override_multi_interp_extensions_check", Sig: "(override, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(0) }},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		check := "default"
		if s := state(t); s != nil && s.CheckHashPycs != "" {
			check = s.CheckHashPycs
		}
		m.Set(t, "check_hash_based_pycs", object.MakeStr(check))
		m.Set(t, "pyc_magic_number_token", object.MakeInt(3627|0x0a0d<<16))
		return true
	},
}

func none(t *Thread, a []Value) Value { return object.None }

func noDynamic(t *Thread, a []Value) Value {
	return t.Raisef(&object.ImportErrorType, "extension modules written in C cannot be loaded")
}

func frozenNames(t *Thread, a []Value) Value {
	var out []Value
	for _, m := range importer.FrozenModules() {
		out = append(out, object.MakeStr(m.Name))
	}
	return object.Of(object.NewList(out))
}

func overrideFrozen(t *Thread, a []Value) Value {
	n, ok := t.AsIndex(a[0])
	if !ok {
		return Value{}
	}
	if s := state(t); s != nil {
		s.override = n
	}
	return object.None
}

func name(t *Thread, v Value) (string, bool) {
	if !v.IsStr() {
		t.TypeErrorf("argument must be str, not %s", v.Type().Name)
		return "", false
	}
	return v.Str().S, true
}

func findFrozen(t *Thread, a []Value) Value {
	n, ok := name(t, a[0])
	if !ok {
		return Value{}
	}
	s := state(t)
	m := s.module(n)
	if m == nil {
		return object.None
	}
	data, origin := object.None, object.None
	if m.Origin != "" {
		origin = object.MakeStr(m.Origin)
	}
	if a[1].P != nil {
		with, ok := t.IsTrue(a[1])
		if !ok {
			return Value{}
		}
		if with {
			if data = frozenData(t, s, m); data.P == nil {
				return data
			}
		}
	}
	return object.Of(object.NewTuple(data, object.MakeBool(m.Package), origin))
}

// frozenData returns a memoryview of the marshalled code.
func frozenData(t *Thread, s *State, m *importer.FrozenModule) Value {
	c, err := s.Frozen(t, m)
	if err != nil {
		return t.Raisef(&object.ImportErrorType, "%v", err)
	}
	dumps := t.Interp.Hooks.Import(t, t.Interp.Intern("marshal"), object.None, object.None, object.None, 0)
	if dumps.P == nil {
		return dumps
	}
	b := t.CallMethod(dumps, t.Interp.Intern("dumps"), object.Of(c))
	if b.P == nil {
		return b
	}
	return t.CallArgs(object.Of(&object.MemoryViewType), b)
}

// noFrozen raises ImportError.
func noFrozen(t *Thread, n string, v Value) Value {
	e := t.Raisef(&object.ImportErrorType, "No such frozen object named %s", n)
	if t.Exc != nil {
		t.Exc.SetField(object.ImportErrorName, v)
	}
	return e
}

func frozenObject(t *Thread, a []Value) Value {
	n, ok := name(t, a[0])
	if !ok {
		return Value{}
	}
	if a[1].P != nil && !a[1].IsNone() {
		m := t.Interp.Hooks.Import(t, t.Interp.Intern("marshal"), object.None, object.None, object.None, 0)
		if m.P == nil {
			return m
		}
		v := t.CallMethod(m, t.Interp.Intern("loads"), a[1])
		if v.P == nil && t.Exc.Type.IsSubtype(&object.ExceptionType) {
			t.Exc = nil
			name := t.Repr(a[0])
			if name == nil {
				return Value{}
			}
			e := t.Raisef(&object.ImportErrorType, "Frozen object named %s is invalid", name.S)
			t.Exc.SetField(object.ImportErrorName, a[0])
			return e
		}
		if v.P != nil && !v.Is(&object.CodeType) {
			return t.TypeErrorf("frozen object '%s' is not a code object", n)
		}
		return v
	}
	s := state(t)
	m := s.module(n)
	if m == nil {
		return noFrozen(t, n, a[0])
	}
	c, err := s.Frozen(t, m)
	if err != nil {
		return t.Raisef(&object.ImportErrorType, "%v", err)
	}
	return object.Of(c)
}

func isFrozenPackage(t *Thread, a []Value) Value {
	n, ok := name(t, a[0])
	if !ok {
		return Value{}
	}
	m := state(t).module(n)
	if m == nil {
		return noFrozen(t, n, a[0])
	}
	return object.MakeBool(m.Package)
}

func isBuiltin(t *Thread, a []Value) Value {
	n, ok := name(t, a[0])
	if !ok {
		return Value{}
	}
	switch {
	case n == "sys" || n == "builtins":
		return object.MakeInt(-1)
	case t.Interp.BuiltinModules[n] != nil:
		return object.MakeInt(1)
	}
	return object.MakeInt(0)
}

func createBuiltin(t *Thread, a []Value) Value {
	nv := t.GetAttrName(a[0], "name")
	if nv.P == nil {
		return nv
	}
	n, ok := name(t, nv)
	if !ok {
		return Value{}
	}
	if m := t.Interp.Modules.GetName(n); m.P != nil && (n == "sys" || n == "builtins") {
		return m
	}
	d := t.Interp.BuiltinModules[n]
	if d == nil {
		return object.None
	}
	m := d.Create(t)
	if m == nil {
		return Value{}
	}
	return object.Of(m)
}

func sourceHash(t *Thread, a []Value) Value {
	if a[1].Type().Buffer == nil {
		return t.TypeErrorf("a bytes-like object is required, not '%s'", a[1].Type().Name)
	}
	b, ok := a[1].Type().Buffer(t, a[1], false)
	if !ok {
		return Value{}
	}
	h := pyc.SourceHash(pyver.Py314, b.Bytes)
	return object.MakeBytes(string(h[:]))
}

func fixFilename(t *Thread, a []Value) Value {
	if !a[0].Is(&object.CodeType) {
		return t.TypeErrorf("_fix_co_filename() argument 1 must be code, not %s", a[0].Type().Name)
	}
	c := object.To[object.Code](a[0])
	vm.SetFilename(c, a[1])
	if s := state(t); s != nil && a[1].IsStr() {
		s.Compiled.Keep(c, a[1].Str().S)
	}
	return object.None
}
