package interp

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// zipHook stands for zipimport.zipimporter in sys.path_hooks until an entry of sys.path is a file: few programs import from
// archives, so that the module is imported only then.
var zipHook = object.MethodDef{Name: zipHookName, Sig: "(path)", Fn: zipImporter}

const zipHookName = "zipimporter"

// addZipHook puts the hook in front of sys.path_hooks.
func addZipHook(t *Thread) {
	hooks := t.Interp.Sys.GetName("path_hooks")
	if hooks.P == nil || !hooks.IsA(&object.ListType) {
		return
	}
	l := object.To[object.List](hooks)
	l.V = append([]Value{object.NewBuiltin(&zipHook, object.None, object.MakeStr("zipimport"))}, l.V...)
}

func zipImporter(t *Thread, a []Value) Value {
	if a[0].IsStr() && isDir(t, a[0].Str()) {
		s := t.Repr(a[0])
		if s == nil {
			return Value{}
		}
		return t.Raisef(&object.ImportErrorType, "not a Zip file: %s", s.S)
	}
	m := t.Interp.Hooks.Import(t, t.Interp.Intern("zipimport"), object.None, object.None, object.None, 0)
	if m.P == nil {
		return m
	}
	cls := t.GetAttrName(m, "zipimporter")
	if cls.P == nil {
		return cls
	}
	if hooks := t.Interp.Sys.GetName("path_hooks"); hooks.P != nil && hooks.IsA(&object.ListType) {
		for i, h := range object.To[object.List](hooks).V {
			if h.Is(&object.BuiltinType) && object.To[object.Builtin](h).Def.Name == zipHookName {
				object.To[object.List](hooks).V[i] = cls
			}
		}
	}
	return t.CallArgs(cls, a[0])
}

// isDir reports whether path is a directory, or nothing: no archive in any case.
func isDir(t *Thread, path *object.Str) bool {
	h, _ := t.Interp.Host.(*host.Host)
	name, ok := native.Encode(t, path)
	if !ok || h == nil || h.Files == nil {
		t.Exc = nil
		return false
	}
	if name == "" {
		return true
	}
	var st host.Stat
	return h.Files.Stat(host.CWD, name, true, &st) == nil && st.Mode&host.ModeType == host.ModeDir
}
