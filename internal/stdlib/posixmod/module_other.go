//go:build !linux && !darwin

package posixmod

import (
	"runtime"

	"github.com/krait-py/krait/internal/object"
)

var (
	haveFunctions                      []string
	platformConstants, systemConstants []constant
)

var platformMethods = []object.MethodDef{
	{Name: "getpid", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(1) }, Doc: "Return the current process id."},
	{Name: "umask", Sig: "(mask, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(0) }, Doc: "Set the current numeric umask and return the previous umask."},
	{Name: "uname", Sig: "()", Fn: func(t *Thread, a []Value) Value {
		return object.MakeStructSeq(&unameType, object.MakeStr(runtime.GOOS), object.MakeStr("localhost"), object.MakeStr(""), object.MakeStr(""), object.MakeStr(runtime.GOARCH))
	}, Doc: "Return an object identifying the current operating system."},
}

func platformExec(t *Thread, m *object.Module) bool { return true }

// setupPlatform adds to the module what the platform has.
func setupPlatform(d *object.ModuleDef) { d.Methods = append(d.Methods, platformMethods...) }
