package interp

import (
	"fmt"
	"io"
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyopts"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
	"github.com/krait-py/krait/internal/vm"
)

// isSession reports whether there is no program but an interactive session: standard input is a terminal, or -i says so.
func (p *program) isSession() bool {
	if o := p.c.Options; o.Kind != pyopts.Stdin {
		return false
	} else if o.Interactive > 0 {
		return true
	}
	t := p.t
	f := t.Interp.Sys.GetName("stdin")
	if f.P == nil || f.IsNone() {
		return false
	}
	v := t.CallMethod(f, t.Interp.Intern("isatty"))
	t.Exc = nil
	return v == object.True
}

// session is an interactive session: behind a program, or instead of one. Module code has most of it.
func (p *program) session() Exit {
	t := p.t
	if p.isSession() && p.c.Options.Quiet == 0 {
		io.WriteString(p.c.Stderr, "Python "+sysmod.Version(p.c.Build)+" on "+sysmod.Platform()+"\n")
		if !p.c.Options.NoSite {
			io.WriteString(p.c.Stderr, "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n")
		}
	}
	m := p.im.named(t, "code")
	if m.P == nil {
		return p.report()
	}
	cls := t.GetAttrName(m, "InteractiveConsole")
	if cls.P == nil {
		return p.report()
	}
	c := t.CallArgs(cls, object.Of(p.main.Dict()), object.MakeStr("<stdin>"))
	if c.P == nil || !t.SetAttr(c, t.Interp.Intern("raw_input"), object.NewBuiltin(&readLine, object.None, object.None)) {
		return p.report()
	}
	if compiler := t.GetAttrName(c, "compile"); compiler.P == nil || !t.SetAttr(c, t.Interp.Intern("compile"), remembering(compiler)) {
		return p.report()
	}
	f := t.GetAttrName(c, "interact")
	if f.P == nil || t.CallArgs(f, object.EmptyStr, object.EmptyStr).P == nil {
		return p.report()
	}
	return Exit{}
}

// remembering returns a compiler for a session's statements that gives each file a name of its own, by which linecache knows its
// text: so tracebacks show the lines.
func remembering(compiler Value) Value {
	n := 0
	return object.NewBuiltin(&object.MethodDef{Name: "compile", Sig: "(source, filename, symbol)", Fn: func(t *Thread, a []Value) Value {
		c := t.CallArgs(compiler, a...)
		if c.P == nil || !c.Is(&object.CodeType) {
			return c
		}
		vm.SetFilename(object.To[object.Code](c), object.MakeStr(fmt.Sprintf("<stdin-%d>", n)))
		n++
		if m := t.Interp.Modules.GetName("linecache"); m.P != nil {
			f, _ := t.FindAttr(m, nameRegister)
			if f.P == nil || t.CallArgs(f, c, a[0], a[1]).P == nil {
				t.Exc = nil
			}
		}
		return c
	}}, object.None, object.None)
}

// readLine is InteractiveConsole.raw_input: prompts go to standard error, lines come from sys.stdin as they are.
var readLine = object.MethodDef{Name: "raw_input", Sig: "(prompt='', /)", Fn: func(t *Thread, a []Value) Value {
	for _, name := range []string{"stdout", "stderr"} {
		f := t.Interp.Sys.GetName(name)
		if f.P == nil || f.IsNone() {
			continue
		}
		if name == "stderr" && a[0].P != nil && t.CallMethod(f, t.Interp.Intern("write"), a[0]).P == nil {
			return Value{}
		}
		if t.CallMethod(f, nameFlush).P == nil {
			return Value{}
		}
	}
	f := t.Interp.Sys.GetName("stdin")
	if f.P == nil || f.IsNone() {
		return t.Raisef(&object.EOFErrorType, "")
	}
	line := t.CallMethod(f, t.Interp.Intern("readline"))
	if line.P == nil || !line.IsStr() {
		return line
	}
	if line.Str().Len() == 0 {
		return t.RaiseNew(&object.EOFErrorType)
	}
	return object.MakeStr(strings.TrimSuffix(line.Str().S, "\n"))
}}
