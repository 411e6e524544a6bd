package vm

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// sys.settrace and sys.setprofile are two more tools of sys.monitoring, with these events.
const (
	traceEvents = 1<<evStart | 1<<evResume | 1<<evReturn | 1<<evYield | 1<<evRaise | 1<<evLine | 1<<evJump | 1<<evUnwind | 1<<evThrow | 1<<evStop
	profEvents  = 1<<evStart | 1<<evResume | 1<<evReturn | 1<<evYield | 1<<evCall | 1<<evUnwind | 1<<evThrow
)

// The names that trace functions know events by.
var (
	whatCall       = object.StaticName("call")
	whatLine       = object.StaticName("line")
	whatReturn     = object.StaticName("return")
	whatException  = object.StaticName("exception")
	whatOpcode     = object.StaticName("opcode")
	whatCCall      = object.StaticName("c_call")
	whatCReturn    = object.StaticName("c_return")
	whatCException = object.StaticName("c_exception")
)

// SetTrace makes f the trace function of a thread; no value: it has none.
func SetTrace(t *Thread, f Value) {
	a := aux(t)
	a.traceFunc = f
	m := a.mon
	set := uint32(0)
	for _, o := range t.Interp.Threads() {
		if aux(o).traceFunc.P != nil {
			set = traceEvents
		}
	}
	if f.P != nil && t.FP != 0 {
		if fr := existingFrame(t, fpOf(t)); fr != nil && fr.Ext != nil && fr.Ext.Opcodes {
			m.traceOpcodes(t, frameCode(fr), true)
		}
	}
	m.setTool(t.Interp, toolTrace, set)
}

// SetProfile makes f the profile function of a thread; no value: it has none.
func SetProfile(t *Thread, f Value) {
	aux(t).profileFunc = f
	set := uint32(0)
	for _, o := range t.Interp.Threads() {
		if aux(o).profileFunc.P != nil {
			set = profEvents
		}
	}
	monitorOf(t).setTool(t.Interp, toolProfile, set)
}

// TraceFunc and ProfileFunc return a thread's functions, or None.
func TraceFunc(t *Thread) Value   { return orNoneValue(aux(t).traceFunc) }
func ProfileFunc(t *Thread) Value { return orNoneValue(aux(t).profileFunc) }

func orNoneValue(v Value) Value {
	if v.P == nil {
		return object.None
	}
	return v
}

// CallTracing calls f as if no trace function ran.
func CallTracing(t *Thread, f Value, args []Value) Value {
	a := aux(t)
	in, what := a.inCallback, a.what
	a.inCallback, a.what = 0, -1
	v := t.Call(f, args, nil)
	a.inCallback, a.what = in, what
	return v
}

// traceOpcodes makes sys.settrace see the instructions of a code object, or not.
func (m *monitor) traceOpcodes(t *Thread, c *object.Code, on bool) {
	set := localSet(c, toolTrace)
	if on {
		set |= 1 << evInstruction
	} else {
		set &^= 1 << evInstruction
	}
	m.setLocal(t.Interp, toolTrace, c, set)
}

// legacyTrace is what sys.settrace makes of an event.
func (a *auxState) legacyTrace(t *Thread, fp ptr, e event, c *object.Code, u int, args []Value) (off, ok bool) {
	if a.traceFunc.P == nil {
		return false, true
	}
	var what *object.Str
	arg := object.None
	line := 0
	switch e {
	case evStart, evResume, evThrow:
		what = whatCall
	case evReturn, evYield:
		what, arg = whatReturn, args[1]
	case evUnwind:
		what = whatReturn
	case evRaise, evStop:
		exc := object.To[object.Exc](args[1])
		tb := object.None
		if exc.TB != nil {
			tb = object.Of(exc.TB)
		}
		what, arg = whatException, object.Of(object.NewTuple(object.Of(exc.Type), object.Of(exc), tb))
	case evLine:
		what, line = whatLine, int(args[0].Int())
	case evJump:
		// Line events come from the target, except where a jump back stays on the line.
		from, to := int(args[0].Int())/2, int(args[1].Int())/2
		cm := stateOf(c).mon
		if to > from || to < 0 || cm.units[to].line != cm.units[from].line {
			return true, true
		}
		what, line = whatLine, int(cm.units[to].line)
	case evInstruction:
		if f := frameObject(t, fp); f.Ext == nil || !f.Ext.Opcodes {
			a.mon.traceOpcodes(t, c, false)
			return false, true
		}
		what = whatOpcode
	default:
		return false, true
	}
	f := frameObject(t, fp)
	ext := frameExt(f)
	if what == whatLine && (ext.NoLines || line < 0) {
		return false, true
	}
	callback := ext.Trace
	if what == whatCall {
		callback = a.traceFunc
	}
	if ext.Opcodes && what != whatLine && what != whatOpcode {
		a.mon.traceOpcodes(t, c, true)
	}
	if callback.P == nil {
		return false, true
	}
	ext.Line = line
	r := a.callLegacy(t, e, callback, f, what, arg)
	ext.Line = 0
	if r.P == nil {
		SetTrace(t, Value{})
		ext.Trace = Value{}
		return false, false
	}
	if !r.IsNone() {
		ext.Trace = r
	}
	return false, true
}

// legacyProfile is what sys.setprofile makes of an event.
func (a *auxState) legacyProfile(t *Thread, fp ptr, e event, args []Value) bool {
	if a.profileFunc.P == nil {
		return true
	}
	var what *object.Str
	arg := object.None
	switch e {
	case evStart, evResume, evThrow:
		what = whatCall
	case evReturn, evYield:
		what, arg = whatReturn, args[1]
	case evUnwind:
		what = whatReturn
	case evCall, evCReturn, evCRaise:
		switch e {
		case evCall:
			what = whatCCall
		case evCReturn:
			what = whatCReturn
		default:
			what = whatCException
		}
		arg = args[1]
		switch arg.Type() {
		case &object.BuiltinType:
		case &object.MethodDescrType:
			self := args[2]
			if self == a.mon.missing {
				return true
			}
			if arg = arg.Type().DescrGet(t, arg, self, object.Of(self.Type())); arg.P == nil {
				return false
			}
		default:
			return true
		}
	default:
		return true
	}
	f := frameObject(t, fp)
	r := a.callLegacy(t, e, a.profileFunc, f, what, arg)
	if r.P == nil {
		SetProfile(t, Value{})
		return false
	}
	return true
}

// callLegacy calls a trace or profile function.
func (a *auxState) callLegacy(t *Thread, e event, f Value, fr *object.Frame, what *object.Str, arg Value) Value {
	old, oldFP := a.what, a.eventFP
	a.what, a.eventFP = int(e), fr.FP
	a.inCallback++
	r := t.CallArgs(f, object.Of(fr), object.Of(what), arg)
	a.inCallback--
	a.what, a.eventFP = old, oldFP
	return r
}

// endUnit returns the unit of END_FOR or END_SEND behind a loop or wait that has ended with the instruction at u of watched code; -1: there is none.
func endUnit(cm *codeMonitor, u int) int {
	if u < 0 || u >= len(cm.units) {
		return -1
	}
	info := &cm.units[u]
	if info.op != opcode.FOR_ITER && info.op != opcode.SEND {
		return -1
	}
	end := int(info.next) + int(info.arg)
	if end >= len(cm.units) || cm.units[end].event != evStop {
		return -1
	}
	return end
}

// CurrentFrames returns the innermost frame of each thread that runs Python code, by the thread's identifier.
func CurrentFrames(t *Thread) Value {
	d := object.NewDict()
	for _, o := range t.Interp.Threads() {
		if o.FP != 0 {
			d.Set(t, object.MakeInt(o.ID), object.Of(frameObject(o, fpOf(o))))
		}
	}
	return object.Of(d)
}
