package interp

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
)

// report shows the exception that has ended the program through sys.excepthook, or takes the exit status from SystemExit.
func (p *program) report() Exit {
	t := p.t
	e := t.Exc
	t.Exc = nil
	if e == nil {
		return Exit{Status: 1}
	}
	if e.Type.IsSubtype(&object.SystemExitType) {
		return Exit{Status: p.exitStatus(e)}
	}
	sys := t.Interp.Sys
	tb := object.None
	if e.TB != nil {
		tb = object.Of(e.TB)
	}
	v := object.Of(e)
	sys.SetName(t, "last_exc", v)
	sys.SetName(t, "last_type", object.Of(e.Type))
	sys.SetName(t, "last_value", v)
	sys.SetName(t, "last_traceback", tb)
	exit := Exit{Status: 1, Interrupted: e.Type.IsSubtype(&object.KeyboardInterruptType)}
	if exit.Interrupted {
		exit.Status = 128 + 2
	}
	p.im.registerTyped(t)
	hook := sys.GetName("excepthook")
	if hook.P == nil {
		p.write("sys.excepthook is missing\n")
		sysmod.PrintException(t, v)
		return exit
	}
	if t.CallArgs(hook, object.Of(e.Type), v, tb).P != nil {
		return exit
	}
	other := t.Exc
	t.Exc = nil
	if other.Type.IsSubtype(&object.SystemExitType) {
		return Exit{Status: p.exitStatus(other)}
	}
	p.write("Error in sys.excepthook:\n")
	sysmod.PrintException(t, object.Of(other))
	p.write("\nOriginal exception was:\n")
	sysmod.PrintException(t, v)
	return exit
}

// write writes to sys.stderr, as far as possible.
func (p *program) write(text string) {
	t := p.t
	if f := t.Interp.Sys.GetName("stderr"); f.P != nil && !f.IsNone() {
		if t.CallMethod(f, t.Interp.Intern("write"), object.MakeStr(text)).P == nil {
			t.Exc = nil
		}
	}
}

// exitStatus returns the status that SystemExit asks for. What is neither None nor a number is printed.
func (p *program) exitStatus(e *object.Exc) int {
	t := p.t
	v := t.GetAttrName(object.Of(e), "code")
	if v.P == nil {
		t.Exc = nil
		v = object.Of(e)
	}
	switch {
	case v.IsNone():
		return 0
	case v.IsA(&object.IntType):
		n, ok := object.AsInt64(v)
		if !ok {
			n = -1
		}
		return int(n & 0xff)
	}
	s := t.Str(v)
	if s == nil {
		t.Exc = nil
	} else {
		p.write(s.S)
	}
	p.write("\n")
	return 1
}
