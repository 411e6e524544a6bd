// Package errnomod is module errno.
package errnomod

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
)

// errnos is about how many error numbers there are.
const errnos = 140

// Module is the definition of errno.
var Module = object.ModuleDef{
	Name: "errno",
	Doc: "This module makes available standard errno system symbols.\n\nThe value of each symbol is the corresponding integer value,\ne.g., on most systems, errno.ENOENT equals the integer 2.\n\n" +
		"The dictionary errno.errorcode maps numeric codes to symbol names,\ne.g., errno.errorcode[2] could be the string 'ENOENT'.",
	Exec: func(t *object.Thread, m *object.Module) bool {
		codes := object.NewDictSize(errnos)
		m.Dict().Grow(errnos)
		ok := true
		host.Errnos(func(name string, code int) {
			s := t.Interp.Intern(name)
			m.Dict().SetStr(s, object.MakeInt(int64(code)))
			ok = ok && codes.Set(t, object.MakeInt(int64(code)), object.Of(s))
		})
		m.Set(t, "errorcode", object.Of(codes))
		return ok
	},
}
