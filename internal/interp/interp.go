package interp

import (
	"context"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// New returns an interpreter that has builtins and sys, and nothing imported yet.
func New() *object.Interp {
	in := object.NewInterp()
	vm.Setup(in)
	for _, m := range modules {
		in.BuiltinModules[m.Name] = m
	}
	return in
}

// RunSource compiles a program and runs it as __main__.
func RunSource(in *object.Interp, name string, src []byte) object.Value {
	t := in.Main
	o, diags := compile.Source(context.Background(), src, compile.Options{Filename: name})
	if o == nil {
		d := diags[len(diags)-1]
		return t.Raisef(&object.SyntaxErrorType, "%s", d.Message)
	}
	main := object.NewModule(t, "__main__", "")
	main.Set(t, "__builtins__", object.Of(in.Builtins))
	in.Modules.SetName(t, "__main__", object.Of(main))
	return vm.RunCode(t, vm.NewCode(t, o, true), main.Dict(), object.Of(main.Dict()), nil)
}
