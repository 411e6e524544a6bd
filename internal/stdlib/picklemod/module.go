// Package picklemod is module _pickle: what pickle.dumps, loads, dump and load do, for the protocols and instructions that programs use
// today. Older ones, and arguments that are seldom given, are left to the library's own functions in Python, which read and write the same
// format; so are the classes Pickler and Unpickler, which programs derive their own from.
package picklemod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
)

const (
	highest = 5         // the protocol that is written unless another is asked for
	framed  = 4         // the first protocol with frames, and the first that is written here
	target  = 64 * 1024 // a frame of this size is closed
	batch   = 1000      // items that are added to a container at once
)

// Module is the module.
var Module = object.ModuleDef{
	Name: "_pickle",
	Doc:  "Optimized implementation for the Python pickle module.",
	Methods: []object.MethodDef{
		{Name: "dump", Sig: "(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)", Fn: dump, Doc: "Write a pickled representation of obj to the open file object file."},
		{Name: "dumps", Sig: "(obj, protocol=None, *, fix_imports=True, buffer_callback=None)", Fn: dumps, Doc: "Return the pickled representation of the object as a bytes object."},
		{Name: "load", Sig: "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", Fn: load, Doc: "Read and return an object from the pickle data stored in a file."},
		{Name: "loads", Sig: "(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", Fn: loads, Doc: "Read and return an object from the given pickle data."},
		{Name: "__getattr__", Sig: "(name, /)", Fn: fromLibrary},
	},
	Exec: func(t *thread, m *object.Module) bool {
		base := t.NewExcClass("_pickle", "PickleError", "", &object.ExceptionType)
		if base == nil {
			return false
		}
		m.Set(t, "PickleError", object.Of(base))
		m.Set(t, "PicklingError", object.Of(t.NewExcClass("_pickle", "PicklingError", "", base)))
		m.Set(t, "UnpicklingError", object.Of(t.NewExcClass("_pickle", "UnpicklingError", "", base)))
		return true
	},
}

var (
	nameSelf    = object.StaticName("_pickle")
	namePickle  = object.StaticName("pickle")
	nameCopyreg = object.StaticName("copyreg")
)

// library are the names of what the module has from the library, and what it is called there.
var library = map[string]string{
	"Pickler": "_Pickler", "Unpickler": "_Unpickler",
}

// fromLibrary is the module's __getattr__. Module pickle imports this one twice, at its beginning and at its end, so it is not asked for before
// somebody wants something of it.
func fromLibrary(t *thread, a []value) value {
	if a[0].IsStr() {
		if name, ok := library[a[0].Str().S]; ok {
			return fromModule(t, namePickle, name)
		}
		return t.Raisef(&object.AttributeErrorType, "module '_pickle' has no attribute '%s'", a[0].Str().S)
	}
	return t.TypeErrorf("attribute name must be string, not '%s'", a[0].Type().Name)
}

func fromModule(t *thread, module *object.Str, name string) value {
	m := t.ImportModule(module)
	if m.P == nil {
		return m
	}
	return t.GetAttrName(m, name)
}

// inPython calls the library's function with the first arguments by position and those that are given of the others by name.
func inPython(t *thread, name string, a []value, names ...string) value {
	f := fromModule(t, namePickle, name)
	if f.P == nil {
		return f
	}
	pos := len(a) - len(names)
	args := append([]value(nil), a[:pos]...)
	var given []value
	for i, v := range a[pos:] {
		if v.P != nil {
			args, given = append(args, v), append(given, object.Of(t.Interp.Intern(names[i])))
		}
	}
	if given == nil {
		return t.Call(f, args, nil)
	}
	return t.Call(f, args, object.NewTuple(given...))
}

// fail raises one of the module's exceptions.
func fail(t *thread, class, message string) bool {
	cls := fromModule(t, nameSelf, class)
	if cls.P == nil {
		return false
	}
	e := t.CallArgs(cls, object.MakeStr(message))
	if e.P != nil {
		t.RaiseValue(e)
	}
	return false
}

// protocolOf returns the protocol that is asked for, if it is one that is written here. An exception may be set.
func protocolOf(t *thread, v value) (proto int, ok bool) {
	if v.P == nil || v.IsNone() {
		return highest, true
	}
	switch v = t.Index(v); {
	case v.P == nil || !v.IsInt():
		return 0, false
	case v.Int() < 0:
		return highest, true
	}
	return int(v.Int()), v.Int() >= framed && v.Int() <= highest
}

func dumps(t *thread, a []value) value {
	if p := newPickler(t, a[1], a[3]); p != nil {
		if !p.dump(a[0]) {
			return value{}
		}
		return object.MakeBytes(string(p.out))
	}
	if t.Exc != nil {
		return value{}
	}
	return inPython(t, "_dumps", a, "protocol", "fix_imports", "buffer_callback")
}

func dump(t *thread, a []value) value {
	p := newPickler(t, a[2], a[4])
	if p == nil {
		if t.Exc != nil {
			return value{}
		}
		return inPython(t, "_dump", a, "protocol", "fix_imports", "buffer_callback")
	}
	write, ok := t.FindAttr(a[1], object.StaticName("write"))
	if !ok {
		return value{}
	}
	if write.P == nil {
		return t.TypeErrorf("file must have a 'write' attribute")
	}
	if !p.dump(a[0]) || t.CallArgs(write, object.MakeBytes(string(p.out))).P == nil {
		return value{}
	}
	return object.None
}
