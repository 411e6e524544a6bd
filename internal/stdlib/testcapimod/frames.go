package testcapimod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// isFrame reports whether v is a frame; else TypeError is set.
func isFrame(t *Thread, v Value) bool {
	if v.Is(&object.FrameType) {
		return true
	}
	t.TypeErrorf("argument must be a frame")
	return false
}

// frameAttr returns a function that gets an attribute of a frame.
func frameAttr(name string) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		if !isFrame(t, a[0]) {
			return Value{}
		}
		return t.GetAttrName(a[0], name)
	}
}

// frameVar returns a variable of a frame.
func frameVar(t *Thread, f, name Value) Value {
	if !isFrame(t, f) {
		return Value{}
	}
	locals := t.GetAttrName(f, "f_locals")
	if locals.P == nil {
		return locals
	}
	v := t.GetItem(locals, name)
	if v.P == nil && t.Catch(&object.KeyErrorType) != nil {
		return t.Raisef(&object.NameErrorType, "variable %s does not exist", t.Repr(name).S)
	}
	return v
}

func newFrame(t *Thread, a []Value) Value {
	if !a[0].Is(&object.CodeType) {
		return t.TypeErrorf("argument must be a code object")
	}
	if !a[1].Is(&object.DictType) {
		return t.TypeErrorf("globals must be a dict")
	}
	return object.Of(vm.NewFrame(t, object.To[object.Code](a[0]), object.To[object.Dict](a[1])))
}

// eventNumbers are what C trace functions know events by.
var eventNumbers = map[string]int64{"call": 0, "exception": 1, "line": 2, "return": 3, "c_call": 4, "c_exception": 5, "c_return": 6, "opcode": 7}

// settrace makes f the trace function, and that of the running frame: functions written in C get the events of all frames.
func settrace(t *Thread, f Value) Value {
	vm.SetTrace(t, f)
	if fr := vm.FrameAt(t, 0); fr != nil && !t.SetAttr(object.Of(fr), t.Interp.Intern("f_trace"), f) {
		return Value{}
	}
	return object.None
}

// recorder returns a trace function that appends what happens to a list.
func recorder(events Value) Value {
	d := &object.MethodDef{Name: "record", Sig: "(frame, what, arg, /)"}
	f := object.NewBuiltin(d, object.None, object.None)
	d.Fn = func(t *Thread, a []Value) Value {
		line := t.GetAttrName(a[0], "f_lineno")
		if line.P == nil {
			return line
		}
		e := object.NewTuple(object.MakeInt(eventNumbers[a[1].Str().S]), line, a[2])
		if t.CallMethod(events, t.Interp.Intern("append"), object.Of(e)).P == nil {
			return Value{}
		}
		return f
	}
	return f
}

// failDef is a trace function that raises an exception.
var failDef = object.MethodDef{Name: "fail", Sig: "(frame, what, arg, /)", Fn: func(t *Thread, a []Value) Value {
	return t.RaiseNew(&object.ExceptionType, object.None)
}}
