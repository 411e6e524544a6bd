package sysmod

import (
	"math"
	"time"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// Module is the definition of sys; Create adds what depends on the interpreter.
var Module = object.ModuleDef{
	Name:  "sys",
	Setup: setup,
	Doc:   "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.",
	Methods: []object.MethodDef{
		{Name: "addaudithook", Sig: "(hook)", Fn: none, Doc: "Adds a new audit hook callback."},
		{Name: "audit", Raw: func(t *Thread, args []Value, names *object.Tuple) Value { return object.None }, Doc: "Passes the event to any hooks that are attached."},
		{Name: "breakpointhook", Raw: breakpointhook, Doc: "This hook function is called by built-in breakpoint()."},
		{Name: "_clear_type_cache", Sig: "()", Fn: none, Doc: "Clear the internal type lookup cache."},
		{Name: "_clear_internal_caches", Sig: "()", Fn: none, Doc: "Clear all internal performance-related caches."},
		{Name: "_clear_type_descriptors", Sig: "(type, /)", Fn: clearTypeDescriptors, Doc: "Private function for clearing certain descriptors from a type's dictionary"},
		{Name: "displayhook", Sig: "(object, /)", Fn: displayhook, Doc: "Print an object to sys.stdout and also save it in builtins._"},
		{Name: "exception", Sig: "()", Fn: exception, Doc: "Return the current exception."},
		{Name: "exc_info", Sig: "()", Fn: excInfo, Doc: "Return current exception information: (type, value, traceback)."},
		{Name: "excepthook", Sig: "(exctype, value, traceback, /)", Fn: excepthook, Doc: "Handle an exception by displaying it with a traceback on sys.stderr."},
		{Name: "exit", Sig: "(status=None, /)", Fn: exit, Doc: "Exit the interpreter by raising SystemExit(status)."},
		{Name: "getdefaultencoding", Sig: "()", Fn: constant("utf-8"), Doc: "Return the current default encoding used by the Unicode implementation."},
		{Name: "getfilesystemencoding", Sig: "()", Fn: constant("utf-8"), Doc: "Return the encoding used to convert Unicode filenames to OS filenames."},
		{Name: "getfilesystemencodeerrors", Sig: "()", Fn: constant("surrogateescape"), Doc: "Return the error mode used for Unicode to OS filename conversion."},
		{Name: "getallocatedblocks", Sig: "()", Fn: func(t *Thread, a []Value) Value { return num(0) }},
		{Name: "getunicodeinternedsize", Sig: "(*, _only_immortal=False)", Fn: func(t *Thread, a []Value) Value { return num(0) }},
		{Name: "getrefcount", Sig: "(object, /)", Fn: func(t *Thread, a []Value) Value { return num(2) }, Doc: "Return the reference count of object."},
		{Name: "getrecursionlimit", Sig: "()", Fn: func(t *Thread, a []Value) Value { return num(t.Limit) }, Doc: "Return the current value of the recursion limit."},
		{Name: "setrecursionlimit", Sig: "(limit, /)", Fn: setrecursionlimit, Doc: "Set the maximum depth of the Python interpreter stack to n."},
		{Name: "getsizeof", Sig: "(object, default=<unrepresentable>)", Fn: getsizeof, Doc: "Return the size of object in bytes."},
		{Name: "_getframe", Sig: "(depth=0, /)", Fn: getframe, Doc: "Return a frame object from the call stack."},
		{Name: "_getframemodulename", Sig: "(depth=0)", Fn: getframemodulename, Doc: "Return the name of the module for a calling frame."},
		{Name: "_is_immortal", Sig: "(op, /)", Fn: func(t *Thread, a []Value) Value { return object.False }},
		{Name: "intern", Sig: "(string, /)", Fn: intern, Doc: "``Intern'' the given string."},
		{Name: "_is_interned", Sig: "(string, /)", Fn: isInterned},
		{Name: "is_finalizing", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeBool(t.Interp.Finalizing) }, Doc: "Return True if Python is exiting."},
		{Name: "setswitchinterval", Sig: "(interval, /)", Fn: setswitchinterval, Doc: "Set the ideal thread switching delay inside the Python interpreter."},
		{Name: "getswitchinterval", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeFloat(state(t).interval) }, Doc: "Return the current thread switch interval; see sys.setswitchinterval()."},
		{Name: "set_coroutine_origin_tracking_depth", Sig: "(depth)", Fn: setOriginDepth},
		{Name: "get_coroutine_origin_tracking_depth", Sig: "()", Fn: func(t *Thread, a []Value) Value { return num(*vm.OriginDepth(t)) }},
		{Name: "set_asyncgen_hooks", Sig: "(firstiter=None, finalizer=None)", Fn: setAsyncgenHooks, Doc: "Set a finalizer for async generators objects."},
		{Name: "get_asyncgen_hooks", Sig: "()", Fn: getAsyncgenHooks, Doc: "Return the installed asynchronous generators hooks."},
		{Name: "unraisablehook", Sig: "(unraisable, /)", Fn: unraisablehook, Doc: "Handle an unraisable exception."},
		{Name: "get_int_max_str_digits", Sig: "()", Fn: func(t *Thread, a []Value) Value { return num(t.Interp.IntMaxStrDigits) }, Doc: "Return the maximum string digits limit for non-binary int<->str conversions."},
		{Name: "set_int_max_str_digits", Sig: "(maxdigits)", Fn: setIntMaxStrDigits, Doc: "Set the maximum string digits limit for non-binary int<->str conversions."},
		{Name: "_is_gil_enabled", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.True }},
		{Name: "_get_cpu_count_config", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			if n := CPUCount(t); n > 0 {
				return num(n)
			}
			return num(-1)
		}},
		{Name: "is_stack_trampoline_active", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.False }},
		{Name: "is_remote_debug_enabled", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.False }},
		{Name: "getdlopenflags", Sig: "()", Fn: func(t *Thread, a []Value) Value { return num(2) }},
		{Name: "setdlopenflags", Sig: "(flags, /)", Fn: none},
	},
}

type sysState struct {
	interval float64
	cpus     int
}

// CPUCount returns the number of processors that programs are to see, or 0: the true one.
func CPUCount(t *Thread) int { return state(t).cpus }

func state(t *Thread) *sysState {
	s, _ := t.Interp.State["sys"].(*sysState)
	if s == nil {
		s = &sysState{interval: 0.005}
		t.Interp.State["sys"] = s
	}
	return s
}

func none(t *Thread, a []Value) Value { return object.None }

func constant(s string) func(t *Thread, a []Value) Value {
	v := object.Of(object.StaticName(s))
	return func(t *Thread, a []Value) Value { return v }
}

func exception(t *Thread, a []Value) Value {
	if e := t.HandledExc(); e != nil {
		return object.Of(e)
	}
	return object.None
}

func excInfo(t *Thread, a []Value) Value {
	e := t.HandledExc()
	if e == nil {
		return object.Of(object.NewTuple(object.None, object.None, object.None))
	}
	tb := object.None
	if e.TB != nil {
		tb = object.Of(e.TB)
	}
	return object.Of(object.NewTuple(object.Of(e.Type), object.Of(e), tb))
}

func exit(t *Thread, a []Value) Value {
	v := a[0]
	if v.P == nil {
		v = object.None
	}
	e := t.CallArgs(object.Of(&object.SystemExitType), v)
	if v.Type().Flags&object.FlagTuple != 0 {
		e = t.Call(object.Of(&object.SystemExitType), append([]Value(nil), object.To[object.Tuple](v).Items()...), nil)
	}
	if e.P == nil {
		return e
	}
	return t.RaiseValue(e)
}

func setrecursionlimit(t *Thread, a []Value) Value {
	n, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	if n <= 0 {
		return t.ValueErrorf("recursion limit must be greater or equal than 1")
	}
	if !vm.SetRecursionLimit(t, n) {
		return Value{}
	}
	return object.None
}

var nameSizeof = object.StaticName("__sizeof__")

func getsizeof(t *Thread, a []Value) Value {
	v, found := t.CallSpecial(a[0], nameSizeof)
	if !found {
		t.TypeErrorf("Type %s doesn't define __sizeof__", a[0].Type().Name)
	}
	if v.P == nil {
		if a[1].P != nil && t.Catch(&object.TypeErrorType) != nil {
			return a[1]
		}
		return v
	}
	n, ok := t.AsIndex(v)
	if !ok {
		return Value{}
	}
	if n < 0 {
		return t.ValueErrorf("__sizeof__() should return >= 0")
	}
	if object.Collected(a[0]) {
		n += 16 // what the collector puts before an object
	}
	return num(n)
}

func depth(t *Thread, v Value) (int, bool) {
	if v.P == nil {
		return 0, true
	}
	return t.AsCInt(v)
}

func getframe(t *Thread, a []Value) Value {
	n, ok := depth(t, a[0])
	if !ok {
		return Value{}
	}
	f := vm.FrameAt(t, max(n, 0))
	if f == nil {
		return t.ValueErrorf("call stack is not deep enough")
	}
	return object.Of(f)
}

func getframemodulename(t *Thread, a []Value) Value {
	n, ok := depth(t, a[0])
	if !ok {
		return Value{}
	}
	f := vm.FuncAt(t, max(n, 0))
	if f == nil {
		return object.None
	}
	return f.Module()
}

func intern(t *Thread, a []Value) Value {
	if !a[0].IsStr() {
		return t.TypeErrorf("intern() argument must be str, not %s", object.ArgName(a[0]))
	}
	if !a[0].Is(&object.StrType) {
		return t.TypeErrorf("can't intern %s", a[0].Type().Name)
	}
	return object.Of(t.Interp.InternStr(a[0].Str()))
}

func isInterned(t *Thread, a []Value) Value {
	if !a[0].IsStr() {
		return t.TypeErrorf("_is_interned() argument must be str, not %s", object.ArgName(a[0]))
	}
	return object.MakeBool(a[0].Str().Interned)
}

func setswitchinterval(t *Thread, a []Value) Value {
	f, ok := object.AsFloat(a[0])
	if !ok {
		n, ok := object.AsInt64(a[0])
		if !ok {
			return t.TypeErrorf("must be real number, not %s", a[0].Type().Name)
		}
		f = float64(n)
	}
	if f <= 0 {
		return t.ValueErrorf("switch interval must be strictly positive")
	}
	if !(f <= math.MaxUint32) {
		f = math.MaxUint32
	}
	state(t).interval = f
	t.Interp.SetSwitchInterval(time.Duration(f * float64(time.Second)))
	return object.None
}

func setAsyncgenHooks(t *Thread, a []Value) Value {
	first, fin := vm.AsyncgenHooks(t)
	for _, h := range []struct {
		v    Value
		to   *Value
		name string
	}{{a[1], fin, "finalizer"}, {a[0], first, "firstiter"}} {
		if h.v.P == nil {
			continue
		}
		if !h.v.IsNone() && h.v.Type().Call == nil {
			return t.TypeErrorf("callable %s expected, got %s", h.name, h.v.Type().Name)
		}
		*h.to = h.v
	}
	return object.None
}

func getAsyncgenHooks(t *Thread, a []Value) Value {
	or := func(v Value) Value {
		if v.P == nil {
			return object.None
		}
		return v
	}
	first, fin := vm.AsyncgenHooks(t)
	return object.MakeStructSeq(&asyncgenHooksType, or(*first), or(*fin))
}

func setIntMaxStrDigits(t *Thread, a []Value) Value {
	n, ok := t.AsIndex(a[0])
	if !ok {
		return Value{}
	}
	if n != 0 && n < 640 {
		return t.ValueErrorf("maxdigits must be 0 or larger than 640")
	}
	t.Interp.IntMaxStrDigits = n
	return object.None
}

// clearTypeDescriptors is what dataclasses calls before it makes a class anew, with slots.
func clearTypeDescriptors(t *Thread, a []Value) Value {
	if a[0].Type().Flags&object.FlagType == 0 {
		return t.TypeErrorf("_clear_type_descriptors() argument must be type, not %s", a[0].Type().Name)
	}
	if !t.ClearDescriptors(object.To[object.Type](a[0])) {
		return Value{}
	}
	return object.None
}
