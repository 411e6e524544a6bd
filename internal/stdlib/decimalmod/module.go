// Package decimalmod is module _decimal: the classes of decimal as Python's library has them in Python, under the name of the
// module that has them in C elsewhere, with the methods that are called most in Go.
package decimalmod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// Module is the module.
var Module = object.ModuleDef{
	Name: "_decimal",
	Exec: func(t *object.Thread, m *object.Module) bool {
		from := native.Own(t, "_pydecimal")
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
		if c.find(t, from) {
			if !c.install(t) || !library.Wrap(t, c.decimal) || !library.Wrap(t, c.context) || !c.orderSignals(t, from) {
				return false
			}
			c.functions(t, m, from)
		}
		t.Exc = nil
		return true
	},
}
