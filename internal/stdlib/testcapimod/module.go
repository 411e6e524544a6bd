package testcapimod

import (
	"math"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Thread is short for object.Thread.
	Thread = object.Thread
	// Value is short for object.Value.
	Value = object.Value
)

// Modules are the definitions of the modules.
var Modules = []*object.ModuleDef{&capi, &limited, &internals, &singlePhase}

// anyDef is the function that create_cfunction makes an object of.
var anyDef = object.MethodDef{Name: "create_cfunction", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.None }}

var capi = object.ModuleDef{
	Name: "_testcapi",
	Setup: func(*object.ModuleDef) {
		setupFrames()
		setupTypes()
	},
	Methods: []object.MethodDef{
		{Name: "pyobject_fastcalldict", Sig: "(func, func_args, kwargs, /)", Fn: fastCallDict},
		{Name: "pyobject_vectorcall", Sig: "(func, func_args, kwnames, /)", Fn: vectorcall},
		{Name: "pyvectorcall_call", Sig: "(func, args, kwargs=None, /)", Fn: fastCallDict},
		{Name: "pycfunction_call", Sig: "(func, args, kwargs=None, /)", Fn: fastCallDict},
		{Name: "has_vectorcall_flag", Sig: "(type, /)", Fn: func(t *Thread, a []Value) Value {
			return object.MakeBool(a[0].IsA(&object.TypeType) && object.To[object.Type](a[0]).DirectCall())
		}},
		{Name: "bad_get", Sig: "(self, obj, cls, /)", Fn: func(t *Thread, a []Value) Value {
			if t.Call(a[2], nil, nil).P == nil {
				return Value{}
			}
			return strValue(t.Repr(a[0]))
		}},
		{Name: "create_cfunction", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.NewBuiltin(&anyDef, object.None, object.None) }},
		{Name: "raise_memoryerror", Sig: "()", Fn: func(t *Thread, a []Value) Value { return t.RaiseNew(&object.MemoryErrorType) }},
		{Name: "exception_print", Sig: "(exc, legacy=False, /)", Fn: exceptionPrint},
		{Name: "traceback_print", Sig: "(traceback, file, /)", Fn: tracebackPrint},
		attribute("frame_getlocals", "f_locals"), attribute("frame_getglobals", "f_globals"),
		attribute("frame_getbuiltins", "f_builtins"), attribute("frame_getlasti", "f_lasti"),
		attribute("frame_getgenerator", "f_generator"),
		{Name: "frame_getvar", Sig: "(frame, name, /)", Fn: frameVar},
		{Name: "frame_getvarstring", Sig: "(frame, name, /)", Fn: frameVarString},
		{Name: "frame_new", Sig: "(code, globals, locals, /)", Fn: newFrame},
		{Name: "settrace_to_record", Sig: "(events, /)", Fn: func(t *Thread, a []Value) Value { return settrace(t, recorder(a[0])) }},
		{Name: "settrace_to_error", Sig: "(events, /)", Fn: func(t *Thread, a []Value) Value {
			return settrace(t, object.NewBuiltin(&failDef, object.None, object.None))
		}},
		{Name: "raise_exception", Sig: "(exception, num_args, /)", Fn: raiseException},
		{Name: "raise_SIGINT_then_send_None", Sig: "(gen, /)", Fn: interruptAndSend},
		{Name: "make_exception_with_doc", Sig: "(name, doc=None, base=None, dict=None)", Fn: makeException},
		{Name: "err_writeunraisable", Sig: "(exc, obj, /)", Fn: func(t *Thread, a []Value) Value { return unraisable(t, a[0], "", a[1]) }},
		{Name: "err_formatunraisable", Sig: "(exc, fmt, *args)", Fn: formatUnraisable},
	},
	Types: []*object.Type{&instanceType, &classType, &staticType, &descriptorType, &derivedType, &plainType, &secondType,
		&genericType, &genericAliasType, &awaitType},
	Exec: func(t *Thread, m *object.Module) bool {
		for i := range bound {
			m.Set(t, bound[i].Name, object.Of(&object.Builtin{Head: object.Head{Type: &object.BuiltinType}, Def: &bound[i], Self: object.Of(m),
				Module: object.MakeStr(m.Name), Bound: true}))
		}
		for _, c := range []struct {
			name string
			v    int64
		}{
			{"CHAR_MAX", math.MaxInt8}, {"CHAR_MIN", math.MinInt8}, {"UCHAR_MAX", math.MaxUint8},
			{"SHRT_MAX", math.MaxInt16}, {"SHRT_MIN", math.MinInt16}, {"USHRT_MAX", math.MaxUint16},
			{"INT_MAX", math.MaxInt32}, {"INT_MIN", math.MinInt32}, {"UINT_MAX", math.MaxUint32},
			{"LONG_MAX", math.MaxInt64}, {"LONG_MIN", math.MinInt64}, {"LLONG_MAX", math.MaxInt64}, {"LLONG_MIN", math.MinInt64},
			{"PY_SSIZE_T_MAX", math.MaxInt64}, {"PY_SSIZE_T_MIN", math.MinInt64},
			{"WITH_PYMALLOC", 0}, {"WITH_MIMALLOC", 0}, {"SIZEOF_TIME_T", 8}, {"SIZEOF_WCHAR_T", 4}, {"SIZEOF_VOID_P", 8},
		} {
			m.Set(t, c.name, object.MakeInt(c.v))
		}
		for _, name := range []string{"ULONG_MAX", "ULLONG_MAX", "SIZE_MAX"} {
			m.Set(t, name, object.MakeUint(math.MaxUint64))
		}
		for _, c := range []struct {
			name string
			v    float64
		}{
			{"FLT_MAX", math.MaxFloat32}, {"FLT_MIN", 0x1p-126}, {"DBL_MAX", math.MaxFloat64}, {"DBL_MIN", 0x1p-1022},
		} {
			m.Set(t, c.name, object.MakeFloat(c.v))
		}
		return addExceptions(t, m)
	},
}

var limited = object.ModuleDef{
	Name:  "_testlimitedcapi",
	Setup: func(*object.ModuleDef) { setupLimited() },
	Methods: []object.MethodDef{
		{Name: "call_vectorcall", Sig: "(callable, /)", Fn: func(t *Thread, a []Value) Value { return callFooBar(t, a[0]) }},
		{Name: "call_vectorcall_method", Sig: "(obj, /)", Fn: func(t *Thread, a []Value) Value {
			f := t.GetAttrName(a[0], "f")
			if f.P == nil {
				return f
			}
			return callFooBar(t, f)
		}},
	},
	Types: []*object.Type{&limitedType},
}

var internals = object.ModuleDef{
	Name:  "_testinternalcapi",
	Setup: func(*object.ModuleDef) { setupSequence() },
	Methods: []object.MethodDef{
		{Name: "has_inline_values", Sig: "(obj, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeBool(object.OwnAttrs(a[0])) }},
		{Name: "get_recursion_depth", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(int64(t.FrameDepth())) }},
		{Name: "get_immortalize_deferred", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.False }},
		{Name: "new_instruction_sequence", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			return object.Of(&sequence{Head: object.Head{Type: &sequenceType}})
		}},
		{Name: "suppress_immortalization", Sig: "(suppress, /)", Fn: func(t *Thread, a []Value) Value { return object.None }},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "SIZEOF_PYGC_HEAD", object.MakeInt(16))
		m.Set(t, "SIZEOF_PYOBJECT", object.MakeInt(16))
		m.Set(t, "SIZEOF_MANAGED_PRE_HEADER", object.MakeInt(16))
		return true
	},
}

// singlePhase is a module for tests of imports; modules here know one way only in which they are made.
var singlePhase = object.ModuleDef{
	Name: "_testsinglephase",
	Doc:  "Test module _testsinglephase",
	Methods: []object.MethodDef{
		{Name: "sum", Sig: "(i, j, /)", Doc: "Return i + j.", Fn: func(t *Thread, a []Value) Value { return t.BinaryOp(a[0], a[1], object.OpAdd) }},
	},
}
