package testcapimod

import (
	"strings"
	"syscall"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
)

// addExceptions adds the exceptions of _testcapi.
func addExceptions(t *Thread, m *object.Module) bool {
	failed := t.NewExcClass("_testcapi", "error", "", &object.ExceptionType)
	endless := t.NewExcClass("_testcapi", "RecursingInfinitelyError", "Instantiating this exception starts infinite recursion.", &object.ExceptionType)
	if failed == nil || endless == nil {
		return false
	}
	m.Set(t, "error", object.Of(failed))
	m.Set(t, "RecursingInfinitelyError", object.Of(endless))
	return t.SetAttr(object.Of(endless), t.Interp.Intern("__init__"), object.NewBuiltin(againDef(endless), object.Of(endless), object.None))
}

// againDef is __init__ of RecursingInfinitelyError.
func againDef(endless *object.Type) *object.MethodDef {
	return &object.MethodDef{Name: "__init__", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
		return t.CallArgs(object.Of(endless))
	}}
}

func exceptionPrint(t *Thread, a []Value) Value {
	sysmod.DisplayException(t, a[0])
	return object.None
}

func tracebackPrint(t *Thread, a []Value) Value {
	if !a[0].Is(&object.TracebackType) {
		return t.TypeErrorf("raise_exception() argument 1 must be traceback, not %s", a[0].Type().Name)
	}
	var b strings.Builder
	sysmod.PlainTraceback(t, &b, object.To[object.Traceback](a[0]))
	if t.CallMethod(a[1], t.Interp.Intern("write"), object.MakeStr(b.String())).P == nil {
		return Value{}
	}
	return object.None
}

// raiseException raises a class with so many numbers for arguments.
func raiseException(t *Thread, a []Value) Value {
	n, ok := t.AsIndexErr(a[1], &object.OverflowErrorType)
	if !ok {
		return Value{}
	}
	if a[0].Type().Flags&object.FlagType == 0 || object.To[object.Type](a[0]).Flags&object.FlagException == 0 {
		s := t.Repr(a[0])
		if s == nil {
			return Value{}
		}
		return t.SystemErrorf("_PyErr_SetObject: exception %s is not a BaseException subclass", s.S)
	}
	args := make([]Value, max(n, 0))
	for i := range args {
		args[i] = object.MakeInt(int64(i))
	}
	e := t.CallArgs(a[0], args...)
	if e.P == nil {
		return e
	}
	return t.RaiseValue(e)
}

func makeException(t *Thread, a []Value) Value {
	if !a[0].IsStr() {
		return t.TypeErrorf("make_exception_with_doc() argument 1 must be str, not %s", a[0].Type().Name)
	}
	module, name, ok := cutLast(a[0].Str().S)
	if !ok {
		return t.SystemErrorf("PyErr_NewException: name must be module.class")
	}
	base, d := a[2], object.NewDict()
	switch {
	case base.P == nil || base.IsNone():
		base = object.Of(object.NewTuple(object.Of(&object.ExceptionType)))
	case !base.Is(&object.TupleType):
		base = object.Of(object.NewTuple(base))
	}
	if a[3].P != nil && !a[3].IsNone() && !d.UpdateArgs(t, "update", []Value{a[3]}, nil) {
		return Value{}
	}
	d.SetName(t, "__module__", object.MakeStr(module))
	if a[1].P != nil && !a[1].IsNone() {
		d.SetName(t, "__doc__", a[1])
	}
	return t.CallArgs(object.Of(&object.TypeType), object.MakeStr(name), base, object.Of(d))
}

func cutLast(s string) (module, name string, ok bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

// unraisable reports an exception that cannot be caught; without one nothing is said.
func unraisable(t *Thread, exc Value, msg string, obj Value) Value {
	if exc.Type().Flags&object.FlagException != 0 {
		t.Exc = object.To[object.Exc](exc)
		t.Interp.Hooks.Unraisable(t, msg, obj)
	}
	return object.None
}

// formatUnraisable knows %R only.
func formatUnraisable(t *Thread, a []Value) Value {
	msg := ""
	if !a[1].IsNone() {
		if !a[1].IsStr() {
			return t.TypeErrorf("err_formatunraisable() argument 2 must be str, not %s", a[1].Type().Name)
		}
		args := object.To[object.Tuple](a[2]).Items()
		parts := strings.Split(a[1].Str().S, "%R")
		msg = parts[0]
		for i, p := range parts[1:] {
			if i < len(args) {
				r := t.Repr(args[i])
				if r == nil {
					return Value{}
				}
				msg += r.S
			}
			msg += p
		}
	}
	return unraisable(t, a[0], msg, Value{})
}

// interruptAndSend makes a generator go on while a signal waits.
func interruptAndSend(t *Thread, a []Value) Value {
	t.Interp.Hooks.Signal(t.Interp, int(syscall.SIGINT))
	return t.CallMethod(a[0], t.Interp.Intern("send"), object.None)
}
