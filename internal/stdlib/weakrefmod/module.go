// Package weakrefmod is module _weakref: weak references and proxies, which package object has.
package weakrefmod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name: "_weakref",
	Doc:  "Weak-reference support module.",
	Methods: []object.MethodDef{
		{Name: "getweakrefcount", Sig: "(object, /)", Doc: "Return the number of weak references to 'object'.",
			Fn: func(t *thread, a []value) value { return object.MakeInt(int64(len(t.Weakrefs(a[0])))) }},
		{Name: "_remove_dead_weakref", Sig: "(dct, key, /)", Doc: "Atomically remove key from dict if it points to a dead weakref.", Fn: removeDead},
		{Name: "getweakrefs", Sig: "(object, /)", Doc: "Return a list of all weak reference objects pointing to 'object'.",
			Fn: func(t *thread, a []value) value { return object.Of(object.NewList(t.Weakrefs(a[0]))) }},
		{Name: "proxy", Sig: "(object, callback=None, /)", Doc: "Create a proxy object that weakly references 'object'.\n\n'callback', if given, is called with the proxy when 'object' is gone.",
			Fn: func(t *thread, a []value) value { return t.NewProxy(a[0], a[1]) }},
	},
	Types: []*object.Type{&object.WeakrefType, &object.ProxyType, &object.CallableProxyType},
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "ref", object.Of(&object.WeakrefType))
		return true
	},
}

func removeDead(t *thread, a []value) value {
	if a[0].Type().Flags&object.FlagDict == 0 {
		return t.TypeErrorf("_remove_dead_weakref() argument 1 must be dict, not %s", a[0].Type().Name)
	}
	d := object.To[object.Dict](a[0])
	v, ok := d.Get(t, a[1])
	if !ok {
		return value{}
	}
	if v.P == nil {
		return object.None
	}
	if !v.IsA(&object.WeakrefType) {
		return t.TypeErrorf("not a weakref")
	}
	if object.To[object.Weakref](v).Referent().P == nil {
		if _, ok := d.Delete(t, a[1]); !ok {
			return value{}
		}
	}
	return object.None
}
