// Package modtest calls the functions of modules written in Go from tests.
package modtest

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/object"
)

// Module is a module in an interpreter of its own.
type Module struct {
	t      testing.TB
	Thread *object.Thread
	Module *object.Module
}

// New makes the module.
func New(t testing.TB, d *object.ModuleDef) *Module {
	t.Helper()
	th := object.NewInterp().Main
	m := d.Create(th)
	if m == nil {
		t.Fatalf("%s: %s", d.Name, outcome(th, object.Value{}))
	}
	return &Module{t, th, m}
}

// Get returns an attribute of the module, or of what a path of names leads to.
func (m *Module) Get(path string) object.Value {
	m.t.Helper()
	v := object.Of(m.Module)
	for name := range strings.SplitSeq(path, ".") {
		if v = m.Thread.GetAttrName(v, name); v.IsNil() {
			m.t.Fatalf("%s: %s", path, outcome(m.Thread, v))
		}
	}
	return v
}

// Call calls what is at a path with int, *big.Int, float64, string, []byte, bool, nil and
// values as arguments. It returns the result as repr() has it, more or less, or the
// exception.
func (m *Module) Call(path string, args ...any) string {
	m.t.Helper()
	return outcome(m.Thread, m.Thread.CallArgs(m.Get(path), m.values(args)...))
}

// CallMethod is Call for a method of a value.
func (m *Module) CallMethod(v object.Value, name string, args ...any) string {
	m.t.Helper()
	return outcome(m.Thread, m.Thread.CallMethod(v, m.Thread.Interp.Intern(name), m.values(args)...))
}

// Make calls what is at a path and returns the result, which must be no exception.
func (m *Module) Make(path string, args ...any) object.Value {
	m.t.Helper()
	v := m.Thread.CallArgs(m.Get(path), m.values(args)...)
	if v.IsNil() {
		m.t.Fatalf("%s: %s", path, outcome(m.Thread, v))
	}
	return v
}

func (m *Module) values(args []any) []object.Value {
	m.t.Helper()
	var vs []object.Value
	for _, a := range args {
		switch a := a.(type) {
		case int:
			vs = append(vs, object.MakeInt(int64(a)))
		case *big.Int:
			vs = append(vs, object.MakeBig(a))
		case float64:
			vs = append(vs, object.MakeFloat(a))
		case string:
			vs = append(vs, object.MakeStr(a))
		case []byte:
			vs = append(vs, object.MakeBytes(string(a)))
		case bool:
			vs = append(vs, object.MakeBool(a))
		case nil:
			vs = append(vs, object.None)
		case object.Value:
			vs = append(vs, a)
		default:
			m.t.Fatalf("no value for %T", a)
		}
	}
	return vs
}

// outcome writes a value, or the exception in the thread, which it clears.
func outcome(t *object.Thread, v object.Value) string {
	if !v.IsNil() {
		return text(t, v)
	}
	e := t.Exc
	t.Exc = nil
	if e == nil {
		return "no value"
	}
	var args []string
	for _, x := range e.Args.Items() {
		if x.IsStr() {
			args = append(args, x.Str().S)
		} else {
			args = append(args, text(t, x))
		}
	}
	return e.Type.Name + ": " + strings.Join(args, ", ")
}

func text(t *object.Thread, v object.Value) string {
	switch {
	case v.IsStr():
		return fmt.Sprintf("%q", v.Str().S)
	case v.Is(&object.TupleType):
		var items []string
		for _, x := range object.To[object.Tuple](v).Items() {
			items = append(items, text(t, x))
		}
		return "(" + strings.Join(items, ", ") + ")"
	}
	if b := object.AsBig(v); b != nil && !v.IsBool() {
		return b.String()
	}
	if s := t.Repr(v); s != nil {
		return s.S
	}
	return outcome(t, object.Value{})
}

// Items are the items of an iterable, as Call has them, and the exception that ends it.
func (m *Module) Items(v object.Value) []string {
	it := m.Thread.Iter(v)
	if it.IsNil() {
		return []string{outcome(m.Thread, it)}
	}
	var items []string
	for {
		x := it.Type().Next(m.Thread, it)
		if x.IsNil() {
			if m.Thread.Exc != nil {
				items = append(items, outcome(m.Thread, x))
			}
			return items
		}
		items = append(items, text(m.Thread, x))
	}
}
