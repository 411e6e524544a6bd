package interp

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/iomod"
	"github.com/krait-py/krait/internal/vm"
)

// finish does what there is to do when the program has ended: it waits for threads, calls what atexit knows and __del__ of what is left,
// and writes what streams have kept. False: that failed.
func (p *program) finish() bool {
	if p.c.Ended != nil {
		p.c.Ended()
	}
	t := p.t
	if m := t.Interp.Modules.GetName("threading"); m.P != nil {
		f := t.GetAttrName(m, "_shutdown")
		if f.P == nil || t.CallArgs(f).P == nil {
			t.Interp.Hooks.Unraisable(t, "Exception ignored on threading shutdown", m)
		}
	}
	if m := t.Interp.BuiltinModules["atexit"]; m != nil {
		if run, ok := t.Interp.State["atexit"].(interface{ Run(t *Thread) }); ok {
			run.Run(t)
		}
	}
	out, errs := p.flush("stdout"), p.flush("stderr")
	vm.WarnUnawaited(t)
	t.Interp.Finalizing = true
	t.FinalizeAll()
	iomod.Flush(t)
	return p.flush("stdout") && p.flush("stderr") && out && errs
}

// flushBoth flushes the standard streams where a program read from a file ends, before an exception is shown. Errors do not count.
func (p *program) flushBoth() {
	t := p.t
	e := t.Exc
	for _, name := range [...]string{"stderr", "stdout"} {
		t.Exc = nil
		if f := t.Interp.Sys.GetName(name); f.P != nil && !f.IsNone() {
			t.CallMethod(f, nameFlush)
		}
	}
	t.Exc = e
}

// flush flushes a stream of sys.
func (p *program) flush(name string) bool {
	t := p.t
	f := t.Interp.Sys.GetName(name)
	if f.P == nil || f.IsNone() {
		return true
	}
	if closed, found := t.FindAttr(f, nameClosed); found && closed.P != nil {
		if yes, ok := t.IsTrue(closed); ok && yes {
			return true
		}
	}
	t.Exc = nil
	if t.CallMethod(f, nameFlush).P != nil {
		return true
	}
	if name == "stderr" {
		t.Exc = nil
	} else {
		t.Interp.Hooks.Unraisable(t, "Exception ignored while flushing sys."+name, Value{})
	}
	return false
}

var (
	nameClosed = object.StaticName("closed")
	nameFlush  = object.StaticName("flush")
)
