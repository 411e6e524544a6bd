// Package sysconfigmod is module _sysconfig: what is known of the build when the program runs.
package sysconfigmod

import "github.com/krait-py/krait/internal/object"

// Module is the module.
var Module = object.ModuleDef{
	Name: "_sysconfig",
	Doc:  "A helper for the sysconfig module.",
	Methods: []object.MethodDef{{
		Name: "config_vars", Sig: "()", Doc: "Returns a dictionary containing build variables intended to be exposed by sysconfig.",
		Fn: func(t *object.Thread, a []object.Value) object.Value {
			d := object.NewDict()
			d.SetName(t, "Py_GIL_DISABLED", object.MakeInt(0))
			d.SetName(t, "Py_DEBUG", object.MakeInt(0))
			return object.Of(d)
		},
	}},
}
