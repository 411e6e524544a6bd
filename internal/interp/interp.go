package interp

import (
	"context"
	"fmt"
	"io"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// Config says how an interpreter is set up and what it runs.
type Config struct {
	// Name is the file name of the main program; Source its text.
	Name   string
	Source []byte
	// Args is sys.argv.
	Args           []string
	Stdout, Stderr io.Writer
}

// New returns an interpreter that has builtins and sys, and nothing imported yet.
func New(c Config) *object.Interp {
	in := object.NewInterp()
	vm.Setup(in)
	for _, m := range modules {
		in.BuiltinModules[m.Name] = m
	}
	t := in.Main
	b := in.BuiltinModules["builtins"].Create(t)
	in.Modules.SetName(t, "builtins", object.Of(b))
	in.Sys.SetName(t, "stdout", object.Of(&plainFile{object.Head{Type: &plainFileType}, c.Stdout}))
	return in
}

// Run runs a program and returns its exit status.
func Run(c Config) int {
	in := New(c)
	t := in.Main
	if v := RunSource(in, c.Name, c.Source); v.IsNil() {
		e := t.Exc
		t.Exc = nil
		s := t.Str(object.Of(e))
		text := "?"
		if s != nil {
			text = s.S
		}
		for tb := e.TB; tb != nil; tb = tb.Next {
			fmt.Fprintf(c.Stderr, "  in %s at %d\n", tb.Frame.Func.Code.Name.Str().S, tb.Lasti)
		}
		fmt.Fprintf(c.Stderr, "%s: %s\n", e.Type.Name, text)
		return 1
	}
	return 0
}

// plainFile stands for sys.stdout until module _io makes it.
type plainFile struct {
	object.Head
	w io.Writer
}

var plainFileType object.Type

func init() {
	object.Define(&plainFileType, object.TypeSpec{Name: "plainfile", Methods: []object.MethodDef{
		{Name: "write", Sig: "($self, text, /)", Fn: func(t *object.Thread, a []object.Value) object.Value {
			io.WriteString(object.To[plainFile](a[0]).w, a[1].Str().S)
			return object.None
		}},
		{Name: "flush", Sig: "($self, /)", Fn: func(t *object.Thread, a []object.Value) object.Value { return object.None }},
	}})
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
