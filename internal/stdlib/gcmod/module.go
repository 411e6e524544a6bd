// Package gcmod is module gc. Objects are collected by Go's collector: what programs set here is remembered and has no
// effect, and collect calls the finalizers of what has become garbage.
package gcmod

import (
	"slices"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/vm"
)

type (
	thread = object.Thread
	value  = object.Value
)

// state is what an interpreter's module remembers.
type state struct {
	disabled   bool
	debug      int64
	thresholds [3]int64
	runs       [3]int64
	collected  [3]int64
	callbacks  *object.List
}

const stateName = "gc"

func stateOf(t *thread) *state {
	s, _ := t.Interp.State[stateName].(*state)
	if s == nil {
		s = &state{thresholds: [3]int64{2000, 10, 10}, callbacks: object.NewList(nil)}
		t.Interp.State[stateName] = s
	}
	return s
}

const generations = 3

// Module is the module.
var Module = object.ModuleDef{
	Name: "gc",
	Doc:  "This module provides access to the garbage collector for reference cycles.",
	Methods: []object.MethodDef{
		{Name: "enable", Sig: "()", Doc: "Enable automatic garbage collection.", Fn: func(t *thread, a []value) value { stateOf(t).disabled = false; return object.None }},
		{Name: "disable", Sig: "()", Doc: "Disable automatic garbage collection.", Fn: func(t *thread, a []value) value { stateOf(t).disabled = true; return object.None }},
		{Name: "isenabled", Sig: "()", Doc: "Returns true if automatic garbage collection is enabled.", Fn: func(t *thread, a []value) value { return object.MakeBool(!stateOf(t).disabled) }},
		{Name: "set_debug", Sig: "(flags, /)", Doc: "Set the garbage collection debugging flags.", Fn: func(t *thread, a []value) value {
			n, ok := t.AsCInt(a[0])
			if !ok {
				return value{}
			}
			stateOf(t).debug = int64(n)
			return object.None
		}},
		{Name: "get_debug", Sig: "()", Doc: "Get the garbage collection debugging flags.", Fn: func(t *thread, a []value) value { return object.MakeInt(stateOf(t).debug) }},
		{Name: "get_count", Sig: "()", Doc: "Return a three-tuple of the current collection counts.", Fn: func(t *thread, a []value) value { return triple([3]int64{}) }},
		{Name: "set_threshold", Raw: setThreshold, Doc: "set_threshold(threshold0, [threshold1, [threshold2]])\nSet the collection thresholds (the collection frequency)."},
		{Name: "get_threshold", Sig: "()", Doc: "Return the current collection thresholds.", Fn: func(t *thread, a []value) value { return triple(stateOf(t).thresholds) }},
		{Name: "collect", Sig: "(generation=2)", Doc: "Run the garbage collector.", Fn: collect},
		{Name: "get_objects", Sig: "(generation=None)", Doc: "Return a list of objects tracked by the collector: none.", Fn: getObjects},
		{Name: "get_stats", Sig: "()", Doc: "Return a list of dictionaries containing per-generation statistics.", Fn: getStats},
		{Name: "is_tracked", Sig: "(obj, /)", Doc: "Returns true if the object is tracked by the garbage collector.", Fn: isTracked},
		{Name: "is_finalized", Sig: "(obj, /)", Doc: "Returns true if the object has been already finalized by the GC.", Fn: func(t *thread, a []value) value { return object.False }},
		{Name: "get_referrers", Sig: "(*objs)", Doc: "Return the list of objects that directly refer to any of 'objs': unknown.", Fn: func(t *thread, a []value) value { return object.Of(object.NewList(nil)) }},
		{Name: "get_referents", Sig: "(*objs)", Doc: "Return the list of objects that are directly referred to by 'objs'.", Fn: getReferents},
		{Name: "freeze", Sig: "()", Doc: "Freeze all current tracked objects: no effect.", Fn: nothing},
		{Name: "unfreeze", Sig: "()", Doc: "Unfreeze all objects in the permanent generation: no effect.", Fn: nothing},
		{Name: "get_freeze_count", Sig: "()", Doc: "Return the number of objects in the permanent generation.", Fn: func(t *thread, a []value) value { return object.MakeInt(0) }},
	},
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "garbage", object.Of(object.NewList(nil)))
		m.Set(t, "callbacks", object.Of(stateOf(t).callbacks))
		for _, d := range []struct {
			name string
			v    int64
		}{{"DEBUG_STATS", 1}, {"DEBUG_COLLECTABLE", 2}, {"DEBUG_UNCOLLECTABLE", 4}, {"DEBUG_SAVEALL", 32}, {"DEBUG_LEAK", 38}} {
			m.Set(t, d.name, object.MakeInt(d.v))
		}
		return true
	},
}

func nothing(t *thread, a []value) value { return object.None }

func triple(n [3]int64) value {
	return object.Of(object.NewTuple(object.MakeInt(n[0]), object.MakeInt(n[1]), object.MakeInt(n[2])))
}

func setThreshold(t *thread, args []value, names *object.Tuple) value {
	if names != nil && names.Len() > 0 {
		return t.TypeErrorf("gc.set_threshold() takes no keyword arguments")
	}
	if len(args) < 1 || len(args) > 3 {
		return t.TypeErrorf("gc.set_threshold requires 1 to 3 arguments")
	}
	s := stateOf(t)
	for i, a := range args {
		n, ok := native.Int32(t, a)
		if !ok {
			return value{}
		}
		s.thresholds[i] = int64(n)
	}
	return object.None
}

func collect(t *thread, a []value) value {
	gen := generations - 1
	if a[0].P != nil {
		n, ok := t.AsCInt(a[0])
		if !ok {
			return value{}
		}
		if n < 0 || n >= generations {
			return t.ValueErrorf("invalid generation")
		}
		gen = n
	}
	s := stateOf(t)
	if !notify(t, s, "start", gen, 0) {
		return value{}
	}
	vm.ClearLeftovers(t)
	var n int64
	if gen == 0 {
		n = int64(t.CollectYoung())
	} else {
		n = int64(t.CollectGarbage())
	}
	s.runs[gen]++
	s.collected[gen] += n
	if !notify(t, s, "stop", gen, n) {
		return value{}
	}
	return object.MakeInt(n)
}

// notify calls gc.callbacks.
func notify(t *thread, s *state, phase string, gen int, n int64) bool {
	for _, f := range append([]value(nil), s.callbacks.V...) {
		d := object.NewDict()
		d.SetName(t, "generation", object.MakeInt(int64(gen)))
		d.SetName(t, "collected", object.MakeInt(n))
		d.SetName(t, "uncollectable", object.MakeInt(0))
		if t.CallArgs(f, object.MakeStr(phase), object.Of(d)).P == nil {
			t.Unraisable("Exception ignored while calling GC callback ", f)
		}
	}
	return true
}

func getObjects(t *thread, a []value) value {
	if a[0].P != nil && !a[0].IsNone() {
		n, ok := t.AsCInt(a[0])
		if !ok {
			return value{}
		}
		if n >= generations {
			return t.ValueErrorf("generation parameter must be less than the number of available generations (%d)", generations)
		}
		if n < 0 {
			return t.ValueErrorf("generation parameter cannot be negative")
		}
	}
	return object.Of(object.NewList(nil))
}

func getStats(t *thread, a []value) value {
	s := stateOf(t)
	var out []value
	for i := range s.runs {
		d := object.NewDict()
		d.SetName(t, "collections", object.MakeInt(s.runs[i]))
		d.SetName(t, "collected", object.MakeInt(s.collected[i]))
		d.SetName(t, "uncollectable", object.MakeInt(0))
		out = append(out, object.Of(d))
	}
	return object.Of(object.NewList(out))
}

// isTracked tells objects that can refer to others from those that cannot.
func isTracked(t *thread, a []value) value { return object.MakeBool(tracked(t, a[0])) }

// tracked says what CPython's collector would look at once it has run: not at what cannot be part of a cycle, such as tuples
// of numbers.
func tracked(t *thread, v value) bool {
	cls := v.Type()
	switch {
	case cls.Flags&object.FlagHeap != 0:
		return true
	case cls.Flags&object.FlagTuple != 0:
		if !t.Enter("") {
			t.Exc = nil
			return true
		}
		defer t.Leave()
		return slices.ContainsFunc(object.To[object.Tuple](v).Items(), func(x value) bool { return tracked(t, x) })
	case cls.Flags&object.FlagType != 0:
		return object.To[object.Type](v).Flags&object.FlagHeap != 0
	case cls.Flags&(object.FlagInt|object.FlagFloat|object.FlagStr|object.FlagBytes) != 0:
		return false
	}
	switch cls {
	case &object.NoneType, &object.EllipsisType, &object.NotImplementedType, &object.ComplexType, &object.ByteArrayType, &object.RangeType,
		&object.RangeIterType, &object.LongRangeIterType, &object.CodeType, &object.ObjectType:
		return false
	}
	return true
}

func getReferents(t *thread, a []value) value {
	var out []value
	for _, x := range object.To[object.Tuple](a[0]).Items() {
		switch f := x.Type().Flags; {
		case f&object.FlagList != 0:
			out = append(out, object.To[object.List](x).V...)
		case f&object.FlagTuple != 0:
			out = append(out, object.To[object.Tuple](x).Items()...)
		case f&object.FlagDict != 0:
			for k, v := range object.To[object.Dict](x).All {
				out = append(out, k, v)
			}
		default:
			if d := object.InstanceDict(x); d != nil {
				out = append(out, object.Of(d))
			}
			if x.Type().Flags&object.FlagHeap != 0 {
				out = append(out, object.Of(x.Type()))
			}
		}
	}
	return object.Of(object.NewList(out))
}
