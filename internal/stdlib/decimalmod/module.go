// Package decimalmod is module _decimal: the classes of decimal as Python's library has them in Python, under the name of the
// module that has them in C elsewhere, with the methods that are called most in Go.
package decimalmod

import (
	"github.com/krait-py/krait/internal/object"
)

// Module is the module.
var Module = object.ModuleDef{
	Name: "_decimal",
	Exec: func(t *object.Thread, m *object.Module) bool {
		from := t.ImportModule(t.Interp.Intern("_pydecimal"))
		if from.P == nil {
			return false
		}
		all := t.GetAttrName(from, "__all__")
		if all.P == nil || all.Type() != &object.ListType {
			return false
		}
		for _, name := range object.To[object.List](all).V {
			if !name.IsStr() {
				continue
			}
			if !m.Take(t, from, name.Str().S) {
				return false
			}
		}
		if !m.Take(t, from, "__doc__", "__version__", "__libmpdec_version__") {
			return false
		}
		c := &classes{}
		if c.find(t, from) && !c.install(t) {
			return false
		}
		t.Exc = nil
		return true
	},
}
