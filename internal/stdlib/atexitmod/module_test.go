package atexitmod

import (
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/modtest"
)

// TestOrder: functions are called in reverse, and those that they register too.
func TestOrder(t *testing.T) {
	m := modtest.New(t, &Module)
	l := object.NewList(nil)
	add := m.Thread.GetAttrName(object.Of(l), "append")
	for i := range 3 {
		m.Call("register", add, i)
	}
	m.Call("register", m.Get("register"), add, 3)
	if got := m.Call("_ncallbacks"); got != "4" {
		t.Errorf("_ncallbacks() = %s", got)
	}
	m.Call("_run_exitfuncs")
	if got := m.Thread.Repr(object.Of(l)).S; got != "[3, 2, 1, 0]" {
		t.Errorf("called %s", got)
	}
	m.Call("register", add, 4)
	m.Call("unregister", add)
	if got := m.Call("_ncallbacks"); got != "0" {
		t.Errorf("after unregister, _ncallbacks() = %s", got)
	}
	if got := m.Call("register", 1); got != "TypeError: the first argument must be callable" {
		t.Error(got)
	}
}
