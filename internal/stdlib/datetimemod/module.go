// Package datetimemod is module _datetime: the classes of datetime as Python's library has them in Python, under the name of the
// module that has them in C elsewhere, with the methods that are called most in Go.
package datetimemod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/stdlib/typesmod"
)

// Module is the module.
var Module = object.ModuleDef{
	Name: "_datetime",
	Exec: func(t *object.Thread, m *object.Module) bool {
		from := native.Own(t, "_pydatetime")
		if from.P == nil {
			return false
		}
		if !m.Take(t, from, "__doc__", "date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC") {
			return false
		}
		c := &classes{}
		if c.find(t, from) && !c.install(t) {
			return false
		}
		t.Exc = nil
		for _, name := range []string{"date", "datetime", "time", "timedelta", "timezone", "tzinfo"} {
			if v := t.GetAttrName(from, name); v.P != nil && v.Type() == &object.TypeType && !library.Wrap(t, object.To[object.Type](v)) {
				return false
			}
		}
		t.Exc = nil
		typesmod.Module.Ready()
		m.Set(t, "datetime_CAPI", typesmod.NewCapsule("datetime.datetime_CAPI"))
		return true
	},
}
