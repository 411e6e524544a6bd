package testcapimod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// awaitType is the type of awaitables whose iterator is what they have been made with.
var awaitType object.Type

type awaited struct {
	object.Head
	it Value
}

var awaitDef = object.MethodDef{Name: "awaitType", Sig: "(it, /)", Fn: func(t *Thread, a []Value) Value {
	return object.Of(&awaited{object.Head{Type: &awaitType}, a[0]})
}}

// setupFrames defines types of the module.
func setupFrames() {
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
