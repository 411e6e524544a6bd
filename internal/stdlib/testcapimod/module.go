// Package testcapimod has the modules _testcapi and _testinternalcapi, as far as they have a meaning here. In CPython they
// give tests written in Python access to the C API. Here they give it to what stands in its place, so that the same tests can be run; what is about
// memory or the layout of C structures is left out, and tests that need it say so.
package testcapimod

import (
	"strings"
	"syscall"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is _testcapi.
var Module = object.ModuleDef{
	Name:  "_testcapi",
	Types: []*object.Type{&awaitType},
	Methods: []object.MethodDef{
		{Name: "exception_print", Sig: "(exc, legacy=0, /)", Fn: func(t *Thread, a []Value) Value {
			sysmod.DisplayException(t, a[0])
			return object.None
		}},
		{Name: "traceback_print", Sig: "(traceback, file, /)", Fn: printTraceback},
		{Name: "raise_exception", Sig: "(exception, num_args, /)", Fn: raiseException},
		{Name: "raise_memoryerror", Sig: "()", Fn: func(t *Thread, a []Value) Value { return t.RaiseNew(&object.MemoryErrorType) }},
		{Name: "make_exception_with_doc", Sig: "(name, doc=None, base=None, dict=None)", Fn: makeException},
		{Name: "err_writeunraisable", Sig: "(exc, obj, /)", Fn: func(t *Thread, a []Value) Value {
			return unraisable(t, a[0], "", a[1])
		}},
		{Name: "err_formatunraisable", Sig: "(exc, fmt, *args)", Fn: formatUnraisable},
		{Name: "raise_SIGINT_then_send_None", Sig: "(gen, /)", Fn: func(t *Thread, a []Value) Value {
			t.Interp.Hooks.Signal(t.Interp, int(syscall.SIGINT))
			return t.CallMethod(a[0], t.Interp.Intern("send"), object.None)
		}},
		{Name: "frame_getlocals", Sig: "(frame, /)", Fn: frameAttr("f_locals")},
		{Name: "frame_getglobals", Sig: "(frame, /)", Fn: frameAttr("f_globals")},
		{Name: "frame_getbuiltins", Sig: "(frame, /)", Fn: frameAttr("f_builtins")},
		{Name: "frame_getlasti", Sig: "(frame, /)", Fn: frameAttr("f_lasti")},
		{Name: "frame_getgenerator", Sig: "(frame, /)", Fn: frameAttr("f_generator")},
		{Name: "frame_getvar", Sig: "(frame, name, /)", Fn: func(t *Thread, a []Value) Value {
			if !a[1].IsStr() {
				return t.TypeErrorf("name must be str, not %s", a[1].Type().Name)
			}
			return frameVar(t, a[0], a[1])
		}},
		{Name: "frame_getvarstring", Sig: "(frame, name, /)", Fn: func(t *Thread, a []Value) Value {
			if !a[1].Is(&object.BytesType) {
				return t.TypeErrorf("a bytes-like object is required, not '%s'", a[1].Type().Name)
			}
			return frameVar(t, a[0], object.MakeStr(object.To[object.Bytes](a[1]).S))
		}},
		{Name: "frame_new", Sig: "(code, globals, locals, /)", Fn: newFrame},
		{Name: "settrace_to_record", Sig: "(events, /)", Fn: func(t *Thread, a []Value) Value {
			return settrace(t, recorder(a[0]))
		}},
		{Name: "settrace_to_error", Sig: "(events, /)", Fn: func(t *Thread, a []Value) Value {
			return settrace(t, object.NewBuiltin(&failDef, object.None, object.None))
		}},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		for _, l := range limits {
			m.Set(t, l.name, object.MakeInt(l.v))
		}
		failed := t.NewExcClass("_testcapi", "error", "", &object.ExceptionType)
		endless := t.NewExcClass("_testcapi", "RecursingInfinitelyError", "Instantiating this exception starts infinite recursion.", &object.ExceptionType)
		if failed == nil || endless == nil {
			return false
		}
		m.Set(t, "error", object.Of(failed))
		m.Set(t, "RecursingInfinitelyError", object.Of(endless))
		return t.SetAttr(object.Of(endless), t.Interp.Intern("__init__"), object.NewBuiltin(&againDef, object.Of(endless), object.None))
	},
}

// limits are those of C's integer types.
var limits = []struct {
	name string
	v    int64
}{
	{"CHAR_MAX", 127}, {"CHAR_MIN", -128}, {"UCHAR_MAX", 255}, {"SHRT_MAX", 1<<15 - 1}, {"SHRT_MIN", -1 << 15}, {"USHRT_MAX", 1<<16 - 1},
	{"INT_MAX", 1<<31 - 1}, {"INT_MIN", -1 << 31}, {"UINT_MAX", 1<<32 - 1}, {"LONG_MAX", 1<<63 - 1}, {"LONG_MIN", -1 << 63},
	{"LLONG_MAX", 1<<63 - 1}, {"LLONG_MIN", -1 << 63}, {"PY_SSIZE_T_MAX", 1<<63 - 1}, {"PY_SSIZE_T_MIN", -1 << 63},
}

// againDef is __init__ of RecursingInfinitelyError.
var againDef = object.MethodDef{Name: "__init__", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
	return t.CallArgs(args[0])
}}

// awaitType is the type of awaitables whose iterator is what they have been made with.
var awaitType object.Type

type awaited struct {
	object.Head
	it Value
}

var awaitDef = object.MethodDef{Name: "awaitType", Sig: "(it, /)", Fn: func(t *Thread, a []Value) Value {
	return object.Of(&awaited{object.Head{Type: &awaitType}, a[0]})
}}

func init() {
	object.Define(&awaitType, object.TypeSpec{
		Name: "awaitType", Module: "_testcapi",
		Slots: object.Slots{
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				return awaitDef.Call(t, args, names)
			},
			Await: func(t *Thread, v Value) Value { return object.To[awaited](v).it },
		},
	})
}

func printTraceback(t *Thread, a []Value) Value {
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
		return t.SystemErrorf("_PyErr_SetObject: exception %s is not a BaseException subclass", t.Repr(a[0]).S)
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
		args := object.To[object.Tuple](a[2]).V
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
