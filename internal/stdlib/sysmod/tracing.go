package sysmod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// tracing are the functions for debuggers and profilers.
var tracing = []object.MethodDef{
	{Name: "settrace", Sig: "(function, /)", Fn: func(t *Thread, a []Value) Value { vm.SetTrace(t, orNil(a[0])); return object.None },
		Doc: "Set the global debug tracing function.\n\nIt will be called on each function call.  See the debugger chapter\nin the library manual."},
	{Name: "gettrace", Sig: "()", Fn: func(t *Thread, a []Value) Value { return vm.TraceFunc(t) },
		Doc: "Return the global debug tracing function set with sys.settrace.\n\nSee the debugger chapter in the library manual."},
	{Name: "setprofile", Sig: "(function, /)", Fn: func(t *Thread, a []Value) Value { vm.SetProfile(t, orNil(a[0])); return object.None },
		Doc: "Set the profiling function.\n\nIt will be called on each function call and return.  See the profiler\nchapter in the library manual."},
	{Name: "getprofile", Sig: "()", Fn: func(t *Thread, a []Value) Value { return vm.ProfileFunc(t) },
		Doc: "Return the profiling function set with sys.setprofile.\n\nSee the profiler chapter in the library manual."},
	{Name: "_settraceallthreads", Sig: "(function, /)", Fn: func(t *Thread, a []Value) Value {
		for _, o := range t.Interp.Threads() {
			vm.SetTrace(o, orNil(a[0]))
		}
		return object.None
	}, Doc: "Set the trace function of all threads that run in the interpreter."},
	{Name: "_setprofileallthreads", Sig: "(function, /)", Fn: func(t *Thread, a []Value) Value {
		for _, o := range t.Interp.Threads() {
			vm.SetProfile(o, orNil(a[0]))
		}
		return object.None
	}, Doc: "Set the profile function of all threads that run in the interpreter."},
	{Name: "call_tracing", Sig: "(func, args, /)", Fn: func(t *Thread, a []Value) Value {
		if a[1].Type().Flags&object.FlagTuple == 0 {
			return t.TypeErrorf("call_tracing() argument 2 must be tuple, not %s", typeName(a[1]))
		}
		return vm.CallTracing(t, a[0], object.To[object.Tuple](a[1]).Items())
	}, Doc: "Call func(*args), while tracing is enabled.\n\nThe tracing state is saved, and restored afterwards.  This is intended\nto be called from a debugger from a checkpoint, to recursively debug\nsome other code."},
	{Name: "_current_frames", Sig: "()", Fn: func(t *Thread, a []Value) Value { return vm.CurrentFrames(t) },
		Doc: "Return a dict mapping each thread's thread id to its current stack frame.\n\nThis function should be used for specialized purposes only."},
	{Name: "_current_exceptions", Sig: "()", Fn: func(t *Thread, a []Value) Value {
		d := object.NewDict()
		for _, o := range t.Interp.Threads() {
			v := object.None
			if e := o.HandledExc(); e != nil {
				v = object.Of(e)
			}
			d.Set(t, object.MakeInt(o.ID), v)
		}
		return object.Of(d)
	}, Doc: "Return a dict mapping each thread's identifier to its current raised exception.\n\nThis function should be used for specialized purposes only."},
}

// setup adds what the machine can see of programs.
func setup(d *object.ModuleDef) {
	d.Methods = append(d.Methods, tracing...)
	d.Exec = func(t *Thread, m *object.Module) bool {
		mon := vm.NewMonitoring(t)
		if mon == nil {
			return false
		}
		m.Set(t, "monitoring", object.Of(mon))
		return true
	}
}

func orNil(v Value) Value {
	if v.IsNone() {
		return Value{}
	}
	return v
}

func typeName(v Value) string {
	if v.IsNone() {
		return "None"
	}
	return v.Type().Name
}

func setOriginDepth(t *Thread, a []Value) Value {
	n, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return t.ValueErrorf("depth must be >= 0")
	}
	*vm.OriginDepth(t) = n
	return object.None
}
