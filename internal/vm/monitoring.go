package vm

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// event is a kind of event of sys.monitoring, in the order of the bits in sys.monitoring.events.
type event uint8

// The events. Those up to localEvents belong to instructions, and can be asked for in single code objects and disabled at
// single instructions.
const (
	evStart event = iota
	evResume
	evReturn
	evYield
	evCall
	evLine
	evInstruction
	evJump
	evLeft
	evRight
	evStop

	evRaise
	evHandled
	evUnwind
	evThrow
	evReraise

	evCReturn
	evCRaise
	evBranch
	numEvents = iota

	localEvents = int(evRaise)
	setEvents   = int(evCReturn) // those that have tools of their own
	noEvent     = event(0xff)
)

var eventNames = [numEvents]string{"PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD", "CALL", "LINE", "INSTRUCTION", "JUMP", "BRANCH_LEFT", "BRANCH_RIGHT",
	"STOP_ITERATION", "RAISE", "EXCEPTION_HANDLED", "PY_UNWIND", "PY_THROW", "RERAISE", "C_RETURN", "C_RAISE", "BRANCH"}

// The tools: six for programs, then those behind sys.setprofile and sys.settrace.
const (
	userTools   = 6
	toolProfile = 6
	toolTrace   = 7
	numTools    = 8
)

// monitor is the state of sys.monitoring in an interpreter.
type monitor struct {
	names     [userTools]Value
	callbacks [userTools][numEvents]callback
	// events has the tools that want an event everywhere.
	events [setEvents]uint8
	// version changes when what is watched changes; restart is the version of the last restart_events. A tool's version changes when it is cleared.
	version, restart uint32
	toolVersions     [numTools]uint32
	// local says that some code object has events of its own, and code has been watched for them since the last time that nothing was.
	local bool
	// What sys.monitoring.DISABLE and MISSING are.
	disable, missing Value
}

// callback is what a tool has registered for an event. For the two sides of a branch it may have been registered for both at once.
type callback struct {
	f      Value
	branch bool
}

func monitorOf(t *Thread) *monitor { return aux(t).mon }

// newMonitor returns the state of an interpreter in which nothing is watched.
func newMonitor() *monitor {
	return &monitor{version: 1, disable: object.NewInstance(&object.ObjectType), missing: object.NewInstance(&object.ObjectType)}
}

// codeMonitor is what is watched in a code object.
type codeMonitor struct {
	version uint32 // of the monitor, when the following was right
	// local has the tools that want an event in this code; active those that want it here, for whatever reason.
	local, active [localEvents]uint8
	toolVersions  [numTools]uint32
	// own, line and inst have, by code unit, the tools that still want the event of the instruction itself, LINE and INSTRUCTION there.
	own, line, inst []uint8
	units           []unitInfo
	// tools are all that are in these.
	tools uint8
}

// bring makes a code object's monitoring agree with what is wanted.
func (m *monitor) bring(c *object.Code) *codeMonitor {
	s := stateOf(c)
	cm := s.mon
	if cm == nil {
		cm = &codeMonitor{}
		s.mon = cm
	}
	if cm.version != m.version {
		cm.update(m, c)
	}
	return cm
}

// update is bring when something has changed.
func (cm *codeMonitor) update(m *monitor, c *object.Code) {
	for tool, v := range m.toolVersions {
		if cm.toolVersions[tool] != v {
			cm.toolVersions[tool] = v
			for e := range cm.local {
				cm.local[e] &^= 1 << tool
			}
		}
	}
	var want, gone, come [localEvents]uint8
	changed := uint8(0)
	for e := range want {
		want[e] = m.events[e] | cm.local[e]
		if m.restart > cm.version {
			gone[e], come[e] = cm.active[e], want[e]
		} else {
			gone[e], come[e] = cm.active[e]&^want[e], want[e]&^cm.active[e]
		}
		changed |= gone[e] | come[e]
	}
	cm.active, cm.version = want, m.version
	if changed == 0 {
		return
	}
	if cm.units == nil {
		cm.units = unitsOf(c)
		n := len(cm.units)
		tools := make([]uint8, 3*n)
		cm.own, cm.line, cm.inst = tools[:n:n], tools[n:2*n:2*n], tools[2*n:]
	}
	cm.tools = 0
	for u := range cm.units {
		info := &cm.units[u]
		if !info.traceable {
			continue
		}
		if e := info.event; e != noEvent {
			cm.own[u] = cm.own[u]&^gone[e] | come[e]
		}
		if info.starts {
			cm.line[u] = cm.line[u]&^gone[evLine] | come[evLine]
		}
		if op := info.op; op != opcode.RESUME && op != opcode.END_FOR {
			cm.inst[u] = cm.inst[u]&^gone[evInstruction] | come[evInstruction]
		}
		cm.tools |= cm.own[u] | cm.line[u] | cm.inst[u]
	}
}

// unitInfo says what there is to know of an instruction. EXTENDED_ARG is an instruction here.
type unitInfo struct {
	op        opcode.Op
	event     event // its own one
	traceable bool  // an instruction, not before the first RESUME
	starts    bool  // it begins a line
	line      int32 // -1: none
	arg       int32 // with what EXTENDED_ARGs before it contribute
	next      int32 // the unit behind it
}

// eventOf returns the event that belongs to an instruction, or noEvent.
func eventOf(op opcode.Op, arg int) event {
	switch op {
	case opcode.RETURN_VALUE:
		return evReturn
	case opcode.CALL, opcode.CALL_KW, opcode.CALL_FUNCTION_EX, opcode.LOAD_SUPER_ATTR:
		return evCall
	case opcode.RESUME:
		if arg != 0 {
			return evResume
		}
		return evStart
	case opcode.YIELD_VALUE:
		return evYield
	case opcode.JUMP_FORWARD, opcode.JUMP_BACKWARD:
		return evJump
	case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE, opcode.POP_ITER, opcode.END_ASYNC_FOR:
		return evRight
	case opcode.FOR_ITER, opcode.NOT_TAKEN:
		return evLeft
	case opcode.END_FOR, opcode.END_SEND:
		return evStop
	}
	return noEvent
}

// unitsOf returns what is to be known of the instructions of a code object, by code unit.
func unitsOf(c *object.Code) []unitInfo {
	o := c.Obj
	text, table := o.Code.S, o.Opcodes()
	n := len(text) / 2
	units := make([]unitInfo, n)
	for i := range units {
		units[i].event, units[i].line = noEvent, -1
	}
	for r := range o.Lines() {
		for u := r.Start / 2; u < min(r.End/2, n); u++ {
			units[u].line = int32(r.Line)
		}
	}
	first := firstResume(o)
	arg, current := 0, int32(-1)
	var targets []int
	for u := 0; u < n; {
		info := &units[u]
		in := table.Info(text[2*u])
		info.op = in.Op
		arg = arg<<8 | int(text[2*u+1])
		info.arg, info.next = int32(arg), int32(min(u+1+int(in.Caches), n))
		info.traceable = u >= first
		next := int(info.next)
		if in.Op != opcode.EXTENDED_ARG {
			info.event = eventOf(in.Op, int(text[2*u+1]))
			switch in.Op {
			case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE, opcode.JUMP_FORWARD:
				targets = append(targets, next+arg)
			case opcode.FOR_ITER, opcode.SEND:
				targets = append(targets, next+arg+1)
			case opcode.JUMP_BACKWARD, opcode.JUMP_BACKWARD_NO_INTERRUPT:
				targets = append(targets, next-arg)
			}
			arg = 0
		}
		if u >= first {
			switch in.Op {
			case opcode.END_ASYNC_FOR, opcode.END_FOR, opcode.END_SEND, opcode.RESUME, opcode.POP_ITER:
			default:
				info.starts = info.line != current && info.line >= 0
				current = info.line
			}
		}
		u = next
	}
	for _, u := range targets {
		if u >= 0 && u < n && units[u].line >= 0 && units[u].op != opcode.POP_ITER {
			units[u].starts = true
		}
	}
	entries, _ := o.ExceptionEntries()
	for _, e := range entries {
		if u := e.Target / 2; u < n && units[u].line >= 0 && units[u].op != opcode.END_ASYNC_FOR {
			units[u].starts = true
		}
	}
	return units
}

// wantsCall reports whether calls of a code object are to be watched in a thread.
func wantsCall(t *Thread, c *object.Code) bool {
	a := aux(t)
	if a.step != nil {
		return true
	}
	return a.inCallback == 0 && a.interest(a.mon.bring(c).tools) != 0
}

// interest returns the tools among some that have anything to do in the thread.
func (a *auxState) interest(tools uint8) uint8 {
	if a.traceFunc.P == nil {
		tools &^= 1 << toolTrace
	}
	if a.profileFunc.P == nil {
		tools &^= 1 << toolProfile
	}
	return tools
}

// wantsFrame reports whether a frame that has been running is to be watched. sys.settrace has an interest in frames with f_trace only.
func wantsFrame(t *Thread, fp ptr) bool {
	a := aux(t)
	if a.step != nil {
		return true
	}
	if a.inCallback != 0 {
		return false
	}
	tools := a.interest(a.mon.bring(realCode(codeOf(fp))).tools)
	if tools != 1<<toolTrace {
		return tools != 0
	}
	f := existingFrame(t, fp)
	return f != nil && f.Ext != nil && f.Ext.Trace.P != nil
}

// existingFrame returns the Frame object of a running frame, if it has one.
func existingFrame(t *Thread, fp ptr) *object.Frame {
	if *flagsOf(fp)&flagFrame == 0 {
		return nil
	}
	return frameObject(t, fp)
}

// rewatch makes those threads watched that have to be.
func (m *monitor) rewatch(in *object.Interp) {
	tools := uint8(0)
	for _, e := range m.events {
		tools |= e
	}
	everyone := m.local || tools&(1<<userTools-1) != 0
	for _, t := range in.Threads() {
		a := aux(t)
		setWatched(t, everyone || a.traceFunc.P != nil || a.profileFunc.P != nil || a.step != nil)
	}
}

// setTool makes the events of a set those that a tool wants everywhere.
func (m *monitor) setTool(in *object.Interp, tool int, set uint32) {
	bit := uint8(1) << tool
	old := m.events
	for e := range m.events {
		m.events[e] &^= bit
		if set>>e&1 != 0 {
			m.events[e] |= bit
		}
	}
	if m.events != old {
		m.version++
	}
	m.rewatch(in)
}

// setLocal makes the events of a set those that a tool wants in a code object.
func (m *monitor) setLocal(in *object.Interp, tool int, c *object.Code, set uint32) {
	cm := m.bring(c)
	bit := uint8(1) << tool
	old := cm.local
	for e := range cm.local {
		cm.local[e] &^= bit
		if set>>e&1 != 0 {
			cm.local[e] |= bit
		}
	}
	if cm.local == old {
		return
	}
	cm.update(m, c)
	if set != 0 && tool < userTools {
		m.local = true
	}
	m.rewatch(in)
}

// localSet returns the events that a tool wants in a code object beside those it wants everywhere.
func localSet(c *object.Code, tool int) (set uint32) {
	if cm := stateOf(c).mon; cm != nil {
		for e, tools := range cm.local {
			set |= uint32(tools>>tool&1) << e
		}
	}
	return set
}

// set returns the events that a tool wants everywhere.
func (m *monitor) set(tool int) (set uint32) {
	for e, tools := range m.events {
		set |= uint32(tools>>tool&1) << e
	}
	return set
}

// clearTool makes a tool want nothing.
func (m *monitor) clearTool(in *object.Interp, tool int) {
	m.callbacks[tool] = [numEvents]callback{}
	m.setTool(in, tool, 0)
	m.version++
	m.toolVersions[tool] = m.version
	m.local = false
	for _, n := range m.names {
		m.local = m.local || n.P != nil && n != m.names[tool]
	}
	m.rewatch(in)
}
