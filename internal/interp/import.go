package interp

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

var (
	nameName         = object.StaticName("__name__")
	namePackage      = object.StaticName("__package__")
	nameSpec         = object.StaticName("__spec__")
	namePath         = object.StaticName("__path__")
	nameParent       = object.StaticName("parent")
	nameInitializing = object.StaticName("_initializing")
	nameFindAndLoad  = object.StaticName("_find_and_load")
	nameFromlist     = object.StaticName("_handle_fromlist")
	nameUnlock       = object.StaticName("_lock_unlock_module")
	nameRegister     = object.StaticName("_register_code")
)

// importer is the part of importing that is done here: what is in sys.modules already. The rest is importlib's.
type importer struct {
	lib      *object.Dict // namespace of _frozen_importlib
	external *object.Dict // and of _frozen_importlib_external
	typed    *typed
	verbose  bool // -v
	timing   timing
}

// typed is the code of -c, which tracebacks show although it is in no file.
type typed struct {
	code       *object.Code
	name, text string
}

// registerTyped gives the text of -c to linecache, once that has been imported: most programs never do.
func (im *importer) registerTyped(t *Thread) {
	m := t.Interp.Modules.GetName("linecache")
	if im.typed == nil || m.P == nil {
		return
	}
	f, _ := t.FindAttr(m, nameRegister)
	if f.P == nil {
		t.Exc = nil
		return
	}
	c := im.typed
	im.typed = nil
	if t.CallArgs(f, object.Of(c.code), object.MakeStr(c.text), object.MakeStr(c.name)).P == nil {
		t.Exc = nil
	}
}

// imports is Hooks.Import: __import__ without the checks of its arguments.
func (im *importer) imports(t *Thread, name *object.Str, globals, locals, fromlist Value, level int) Value {
	m := im.module(t, name, globals, locals, fromlist, level)
	if m.P == nil && t.Exc != nil && !im.verbose {
		trim(t.Exc)
	}
	return m
}

// trim removes importlib's frames from the traceback of an exception: all of an ImportError, of others those that lead to the code of a module
// being executed. Nobody looks for their mistakes there.
func trim(e *object.Exc) {
	all := e.Type.IsSubtype(&object.ImportErrorType)
	link, outer := &e.TB, &e.TB
	in := false
	for tb := e.TB; tb != nil; tb = tb.Next {
		was := in
		c := tb.Frame.Code
		if in = ofImportlib(c.Filename); in && !was {
			outer = link // of the first of these in a row
		}
		if in && (all || c.Name.IsStr() && c.Name.Str().S == "_call_with_frames_removed") {
			*outer, link = tb.Next, outer
		} else {
			link = &tb.Next
		}
	}
}

func ofImportlib(file Value) bool {
	return file.IsStr() && (file.Str().S == "<frozen importlib._bootstrap>" || file.Str().S == "<frozen importlib._bootstrap_external>")
}

// builtinModule imports a module written in Go while there is no importlib.
func builtinModule(t *Thread, name *object.Str) Value {
	d := t.Interp.BuiltinModules[name.S]
	if d == nil {
		return t.Raisef(&object.ImportErrorType, "import of %s before importlib is there", name.S)
	}
	m := d.Create(t)
	if m == nil {
		return Value{}
	}
	t.Interp.Modules.SetStr(name, object.Of(m))
	return object.Of(m)
}

// module is imports with all frames in the traceback.
func (im *importer) module(t *Thread, name *object.Str, globals, locals, fromlist Value, level int) Value {
	if name.Len() == 0 && level == 0 {
		return t.ValueErrorf("Empty module name")
	}
	if level < 0 {
		return t.ValueErrorf("level must be >= 0")
	}
	abs := name
	if level > 0 {
		if abs = im.resolve(t, name, globals, level); abs == nil {
			return Value{}
		}
	}
	m := t.Interp.Modules.GetStr(abs)
	if m.P != nil && !m.IsNone() {
		if im.timing.mode > 1 {
			im.timing.there(abs.S)
		}
		if !im.ready(t, m, abs) {
			return Value{}
		}
	} else {
		// What importlib imports on the way, parents of a name above all, goes through __import__, which looks for the first part of a name again.
		switch {
		case im.lib == nil:
			m = builtinModule(t, abs)
		case im.timing.mode > 0:
			x := im.timing.begin()
			m = im.call(t, nameFindAndLoad, object.Of(abs), t.Interp.DefaultImport)
			im.timing.end(x, abs.S)
		default:
			m = im.call(t, nameFindAndLoad, object.Of(abs), t.Interp.DefaultImport)
		}
		if m.P == nil {
			return m
		}
		if im.typed != nil {
			im.registerTyped(t)
		}
	}
	has := false
	if fromlist.P != nil && !fromlist.IsNone() {
		var ok bool
		if has, ok = t.IsTrue(fromlist); !ok {
			return Value{}
		}
	}
	if has {
		p, ok := t.FindAttr(m, namePath)
		if !ok {
			return Value{}
		}
		if p.P == nil || p.IsNone() {
			return m
		}
		return im.call(t, nameFromlist, m, fromlist, t.Interp.DefaultImport)
	}
	// import a.b.c gives a.
	dot := strings.IndexByte(name.S, '.')
	if dot < 0 {
		if level == 0 || name.Len() > 0 {
			return m
		}
	}
	if level == 0 {
		return im.imports(t, t.Interp.Intern(name.S[:dot]), globals, locals, object.None, 0)
	}
	if dot < 0 {
		return m
	}
	// The name of the first part, as long as what resolving put in front lets it be.
	front := abs.S[:len(abs.S)-(len(name.S)-dot)]
	v := t.Interp.Modules.GetStr(t.Interp.Intern(front))
	if v.P == nil {
		return t.Raisef(&object.KeyErrorType, "%s not in sys.modules as expected", "'"+front+"'")
	}
	return v
}

// ready waits for a module that another thread is importing.
func (im *importer) ready(t *Thread, m Value, name *object.Str) bool {
	spec, ok := t.FindAttr(m, nameSpec)
	if !ok {
		return false
	}
	if spec.P == nil || spec.IsNone() {
		return true
	}
	x, ok := t.FindAttr(spec, nameInitializing)
	if !ok {
		return false
	}
	if x.P == nil {
		return true
	}
	busy, ok := t.IsTrue(x)
	if !ok || !busy {
		return ok
	}
	return im.call(t, nameUnlock, object.Of(name)).P != nil
}

// call calls a function of importlib, which a program may have taken away.
func (im *importer) call(t *Thread, name *object.Str, args ...Value) Value {
	f := im.lib.GetStr(name)
	if f.P == nil {
		return t.Raisef(&object.AttributeErrorType, "module 'importlib._bootstrap' has no attribute '%s'", name.S)
	}
	return t.CallArgs(f, args...)
}

// agrees warns where __package__ is not what the module's spec says.
func (im *importer) agrees(t *Thread, pkg, spec Value) bool {
	parent := t.GetAttr(spec, nameParent)
	if parent.P == nil {
		return false
	}
	eq, ok := t.Equal(pkg, parent)
	if !ok {
		return false
	}
	return eq || t.Warn(&object.DeprecationWarningType, 1, "__package__ != __spec__.parent")
}

// resolve returns the absolute name of a relative import.
func (im *importer) resolve(t *Thread, name *object.Str, globals Value, level int) *object.Str {
	if !globals.Is(&object.DictType) {
		if globals.IsNone() {
			t.Raisef(&object.KeyErrorType, "'__name__' not in globals")
		} else {
			t.TypeErrorf("globals must be a dict")
		}
		return nil
	}
	d := object.To[object.Dict](globals)
	pkg, spec := d.GetStr(namePackage), d.GetStr(nameSpec)
	switch {
	case pkg.P != nil && !pkg.IsNone():
		if !pkg.IsStr() {
			t.TypeErrorf("package must be a string")
			return nil
		}
		if spec.P != nil && !spec.IsNone() && !im.agrees(t, pkg, spec) {
			return nil
		}
	case spec.P != nil && !spec.IsNone():
		if pkg = t.GetAttr(spec, nameParent); pkg.P == nil {
			return nil
		}
		if !pkg.IsStr() {
			t.TypeErrorf("__spec__.parent must be a string")
			return nil
		}
	default:
		if !t.Warn(&object.ImportWarningType, 1, "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__") {
			return nil
		}
		pkg = d.GetStr(nameName)
		if pkg.P == nil || !pkg.IsStr() {
			t.Raisef(&object.KeyErrorType, "'__name__' not in globals")
			return nil
		}
		if d.GetStr(namePath).P == nil {
			s := pkg.Str().S
			i := strings.LastIndexByte(s, '.')
			if i < 0 {
				i = 0
			}
			pkg = object.MakeStr(s[:i])
		}
	}
	base := pkg.Str().S
	if base == "" {
		t.Raisef(&object.ImportErrorType, "attempted relative import with no known parent package")
		return nil
	}
	for ; level > 1; level-- {
		i := strings.LastIndexByte(base, '.')
		if i < 0 {
			t.Raisef(&object.ImportErrorType, "attempted relative import beyond top-level package")
			return nil
		}
		base = base[:i]
	}
	if name.Len() > 0 {
		base += "." + name.S
	}
	return t.Interp.Intern(base)
}
