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

// recordDef is a trace function that appends what happens to the list that is its self.
var recordDef object.MethodDef

func init() {
	recordDef = object.MethodDef{Name: "record", Sig: "($self, frame, what, arg, /)", Fn: record}
}

func record(t *Thread, a []Value) Value {
	line := t.GetAttrName(a[1], "f_lineno")
	if line.P == nil {
		return line
	}
	e := object.NewTuple(object.MakeInt(eventNumbers[a[2].Str().S]), line, a[3])
	if t.CallMethod(a[0], t.Interp.Intern("append"), object.Of(e)).P == nil {
		return Value{}
	}
	return object.NewBuiltin(&recordDef, a[0], object.None)
}

// failDef is a trace function that raises an exception.
var failDef = object.MethodDef{Name: "fail", Sig: "($self, frame, what, arg, /)", Fn: func(t *Thread, a []Value) Value {
	return t.RaiseNew(&object.ExceptionType, object.None)
}}
