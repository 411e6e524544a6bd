package interp

import (
	"context"
	"fmt"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
	"github.com/krait-py/krait/internal/vm"
)

// RunSource compiles a program and runs it as __main__. The exception that ended it, if any, is left in the thread.
func RunSource(in *object.Interp, name string, src []byte) Value {
	t := in.Main
	o, diags := compile.Source(context.Background(), src, compile.Options{Filename: name})
	if o == nil {
		raiseDiagnostic(t, diags[len(diags)-1])
		return Value{}
	}
	main := object.NewModule(t, "__main__", "")
	main.Set(t, "__builtins__", in.Modules.GetName("builtins"))
	main.Set(t, "__file__", object.MakeStr(name))
	in.Modules.SetName(t, "__main__", object.Of(main))
	return vm.RunCode(t, vm.NewCode(t, o, true), main.Dict(), object.Of(main.Dict()), nil)
}

// Run runs a program and returns its exit status.
func Run(c Config, name string, src []byte) int {
	in, err := New(c)
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return 1
	}
	status := 0
	if RunSource(in, name, src).IsNil() {
		status = report(in.Main)
	}
	for _, s := range []string{"stdout", "stderr"} {
		if f := in.Sys.GetName(s); !f.IsNil() && !f.IsNone() {
			if in.Main.CallMethod(f, in.Intern("flush")).IsNil() {
				in.Main.Exc = nil
			}
		}
	}
	return status
}

// report prints the exception in t, or takes the exit status from SystemExit.
func report(t *Thread) int {
	e := t.Exc
	t.Exc = nil
	if e.Type.IsSubtype(&object.SystemExitType) {
		v := t.GetAttrName(object.Of(e), "code")
		switch {
		case v.IsNil() || v.IsNone():
			t.Exc = nil
			return 0
		case v.IsInt():
			return int(v.Int()) & 0xff
		case v.IsBool():
			return int(v.Int())
		}
		if s := t.Str(v); s != nil {
			if f := t.Interp.Sys.GetName("stderr"); !f.IsNil() {
				t.CallMethod(f, t.Interp.Intern("write"), object.MakeStr(s.S+"\n"))
			}
		}
		t.Exc = nil
		return 1
	}
	sysmod.PrintException(t, object.Of(e))
	return 1
}
