package object

import (
	"runtime"
	"testing"
)

func newTestClass(t *testing.T, th *Thread, name string, dict map[string]Value) *Type {
	t.Helper()
	d := NewDict()
	for k, v := range dict {
		d.SetStr(th.Interp.Intern(k), v)
	}
	c := th.CallArgs(Of(&TypeType), MakeStr(name), Of(EmptyTuple), Of(d))
	if c.P == nil {
		t.Fatalf("no class: %v", th.Exc.Args.Items())
	}
	return To[Type](c)
}

func TestWeakref(t *testing.T) {
	th := NewInterp().Main
	cls := newTestClass(t, th, "C", nil)
	obj := th.CallArgs(Of(cls))
	r := th.NewWeakref(&WeakrefType, obj, Value{})
	if th.NewWeakref(&WeakrefType, obj, Value{}) != r {
		t.Error("a second reference without callback is another object")
	}
	called := 0
	def := &MethodDef{Name: "f", Sig: "(r, /)", Fn: func(t *Thread, a []Value) Value { called++; return None }}
	cb := th.NewWeakref(&WeakrefType, obj, NewBuiltin(def, None, None))
	if got := To[Weakref](r).Referent(); got != obj {
		t.Errorf("the referent is %v, want %v", got, obj)
	}
	if n := len(th.Weakrefs(obj)); n != 2 {
		t.Errorf("%d references, want 2", n)
	}
	runtime.KeepAlive(obj)
	obj = Value{}
	th.CollectGarbage()
	if got := To[Weakref](r).Referent(); got.P != nil {
		t.Error("the object is alive after a collection")
	}
	if called != 1 {
		t.Errorf("the callback was called %d times, want once", called)
	}
	runtime.KeepAlive(cb)
	// Builtin types have no memory that could be freed.
	if r := th.NewWeakref(&WeakrefType, Of(&IntType), Value{}); r.P == nil || To[Weakref](r).Referent() != Of(&IntType) {
		t.Error("no reference to int")
	}
	if r := th.NewWeakref(&WeakrefType, MakeInt(1), Value{}); r.P != nil || th.Exc == nil {
		t.Error("a reference to 1")
	}
}

func TestFinalizer(t *testing.T) {
	th := NewInterp().Main
	called := 0
	def := &MethodDef{Name: "__del__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { called++; return None }}
	cls := newTestClass(t, th, "C", map[string]Value{"__del__": Of(&MethodDescr{Head{&MethodDescrType}, def, &ObjectType})})
	for range 3 {
		th.CallArgs(Of(cls))
	}
	th.CollectGarbage()
	if called != 3 {
		t.Errorf("__del__ was called %d times, want 3", called)
	}
}
