package vm

import (
	"math/bits"

	"github.com/krait-py/krait/internal/object"
)

// NewMonitoring makes sys.monitoring.
func NewMonitoring(t *Thread) *object.Module { return monitoringModule.Create(t) }

var monitoringModule = object.ModuleDef{
	Name: "sys.monitoring",
	Methods: []object.MethodDef{
		{Name: "use_tool_id", Sig: "(tool_id, name, /)", Fn: func(t *Thread, a []Value) Value {
			m := monitorOf(t)
			tool, ok := toolID(t, a[0])
			switch {
			case !ok:
				return Value{}
			case !a[1].IsStr():
				return t.ValueErrorf("tool name must be a str")
			case m.names[tool].P != nil:
				return t.ValueErrorf("tool %d is already in use", tool)
			}
			m.names[tool] = a[1]
			return object.None
		}},
		{Name: "clear_tool_id", Sig: "(tool_id, /)", Fn: func(t *Thread, a []Value) Value {
			m := monitorOf(t)
			tool, ok := toolID(t, a[0])
			if !ok {
				return Value{}
			}
			if m.names[tool].P != nil {
				m.clearTool(t.Interp, tool)
			}
			return object.None
		}},
		{Name: "free_tool_id", Sig: "(tool_id, /)", Fn: func(t *Thread, a []Value) Value {
			m := monitorOf(t)
			tool, ok := toolID(t, a[0])
			if !ok {
				return Value{}
			}
			if m.names[tool].P != nil {
				m.clearTool(t.Interp, tool)
			}
			m.names[tool] = Value{}
			return object.None
		}},
		{Name: "get_tool", Sig: "(tool_id, /)", Fn: func(t *Thread, a []Value) Value {
			tool, ok := toolID(t, a[0])
			if !ok {
				return Value{}
			}
			return orNoneValue(monitorOf(t).names[tool])
		}},
		{Name: "register_callback", Sig: "(tool_id, event, func, /)", Fn: registerCallback},
		{Name: "get_events", Sig: "(tool_id, /)", Fn: func(t *Thread, a []Value) Value {
			tool, ok := toolID(t, a[0])
			if !ok {
				return Value{}
			}
			return object.MakeInt(int64(monitorOf(t).set(tool)))
		}},
		{Name: "set_events", Sig: "(tool_id, event_set, /)", Fn: func(t *Thread, a []Value) Value {
			m := monitorOf(t)
			tool, ok := toolID(t, a[0])
			if !ok {
				return Value{}
			}
			n, ok := cInt(t, a[1])
			if !ok {
				return Value{}
			}
			if n < 0 || n >= 1<<numEvents {
				return t.ValueErrorf("invalid event set 0x%x", uint32(n))
			}
			set, ok := plainSet(t, n)
			if !ok || !inUse(t, m, tool) {
				return Value{}
			}
			m.setTool(t.Interp, tool, set)
			return object.None
		}},
		{Name: "get_local_events", Sig: "(tool_id, code, /)", Fn: func(t *Thread, a []Value) Value {
			n, ok := cInt(t, a[0])
			if !ok {
				return Value{}
			}
			if !a[1].Is(&object.CodeType) {
				return t.TypeErrorf("code must be a code object")
			}
			tool, ok := validTool(t, n)
			if !ok {
				return Value{}
			}
			monitorOf(t).bring(asCode(a[1]))
			return object.MakeInt(int64(localSet(asCode(a[1]), tool)))
		}},
		{Name: "set_local_events", Sig: "(tool_id, code, event_set, /)", Fn: func(t *Thread, a []Value) Value {
			m := monitorOf(t)
			id, ok := cInt(t, a[0])
			if !ok {
				return Value{}
			}
			n, ok := cInt(t, a[2])
			if !ok {
				return Value{}
			}
			if !a[1].Is(&object.CodeType) {
				return t.TypeErrorf("code must be a code object")
			}
			tool, ok := validTool(t, id)
			if !ok {
				return Value{}
			}
			set, ok := plainSet(t, n)
			if !ok {
				return Value{}
			}
			if n < 0 || set >= 1<<localEvents {
				return t.ValueErrorf("invalid local event set 0x%x", set)
			}
			if !inUse(t, m, tool) {
				return Value{}
			}
			m.setLocal(t.Interp, tool, asCode(a[1]), set)
			return object.None
		}},
		{Name: "restart_events", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			m := monitorOf(t)
			m.restart = m.version + 1
			m.version += 2
			m.rewatch(t.Interp)
			return object.None
		}},
		{Name: "_all_events", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			d := object.NewDict()
			for e, tools := range monitorOf(t).events {
				if tools != 0 {
					d.SetName(t, eventNames[e], object.MakeInt(int64(tools)))
				}
			}
			return object.Of(d)
		}},
	},
	Exec: func(t *Thread, mod *object.Module) bool {
		m := monitorOf(t)
		mod.Set(t, "DISABLE", m.disable)
		mod.Set(t, "MISSING", m.missing)
		events := object.NewNamespace(t)
		for e, name := range eventNames {
			if !t.SetAttr(events, t.Interp.Intern(name), object.MakeInt(1<<e)) {
				return false
			}
		}
		if !t.SetAttr(events, t.Interp.Intern("NO_EVENTS"), object.MakeInt(0)) {
			return false
		}
		mod.Set(t, "events", events)
		for _, id := range []struct {
			name string
			tool int
		}{{"DEBUGGER_ID", 0}, {"COVERAGE_ID", 1}, {"PROFILER_ID", 2}, {"OPTIMIZER_ID", 5}} {
			mod.Set(t, id.name, object.MakeInt(int64(id.tool)))
		}
		return true
	},
}

func toolID(t *Thread, v Value) (int, bool) {
	n, ok := cInt(t, v)
	if !ok {
		return 0, false
	}
	return validTool(t, n)
}

func validTool(t *Thread, n int) (int, bool) {
	if n < 0 || n >= userTools {
		t.ValueErrorf("invalid tool %d (must be between 0 and 5)", n)
		return 0, false
	}
	return n, true
}

func inUse(t *Thread, m *monitor, tool int) bool {
	if m.names[tool].P == nil {
		t.ValueErrorf("tool %d is not in use", tool)
		return false
	}
	return true
}

// plainSet returns a set of events without those that go with others.
func plainSet(t *Thread, n int) (uint32, bool) {
	const returns, calls = 1<<evCReturn | 1<<evCRaise, 1 << evCall
	set := uint32(n)
	if set&returns != 0 && set&(returns|calls) != returns|calls {
		t.ValueErrorf("cannot set C_RETURN or C_RAISE events independently")
		return 0, false
	}
	set &^= returns
	if set&(1<<evBranch) != 0 {
		set = set&^(1<<evBranch) | 1<<evLeft | 1<<evRight
	}
	return set, true
}

func registerCallback(t *Thread, a []Value) Value {
	m := monitorOf(t)
	tool, ok := cInt(t, a[0])
	if !ok {
		return Value{}
	}
	set, ok := cInt(t, a[1])
	if !ok {
		return Value{}
	}
	if tool, ok = validTool(t, tool); !ok {
		return Value{}
	}
	if bits.OnesCount32(uint32(set)) != 1 {
		return t.ValueErrorf("The callback can only be set for one event at a time")
	}
	e := event(bits.TrailingZeros32(uint32(set)))
	if int(e) >= numEvents {
		return t.ValueErrorf("invalid event %d", set)
	}
	f := a[2]
	if f.IsNone() {
		f = Value{}
	}
	c := &m.callbacks[tool]
	var old callback
	if e == evBranch {
		old = c[evLeft]
		c[evLeft], c[evRight] = callback{f, true}, callback{f, true}
	} else {
		old = c[e]
		c[e] = callback{f, false}
	}
	return orNoneValue(old.f)
}
