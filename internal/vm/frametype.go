package vm

import (
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

func init() { object.OnFirst(defineFrame) }

// frameExt returns the part of a frame that tracing uses, making it if need be.
func frameExt(f *object.Frame) *object.FrameExt {
	if f.Ext == nil {
		f.Ext = &object.FrameExt{}
	}
	return f.Ext
}

func frameOf(v Value) *object.Frame { return object.To[object.Frame](v) }

func defineFrame() {
	object.Define(&object.FrameType, object.TypeSpec{
		Name: "frame", Flags: object.FlagNoNew,
		Slots: object.Slots{Repr: frameRepr},
		Methods: []object.MethodDef{
			{Name: "clear", Sig: "($self, /)", Fn: frameClear, Doc: "Clear all references held by the frame."},
			{Name: "__sizeof__", Sig: "($self, /)", Doc: "Return the size of the frame in memory, in bytes.", Fn: func(t *Thread, a []Value) Value {
				o := frameCode(frameOf(a[0])).Obj
				return object.MakeInt(int64(152 + 8*(len(o.LocalsPlusKinds.S)+o.StackSize)))
			}},
		},
		GetSets: []object.GetSetDef{
			{Name: "f_back", Get: func(t *Thread, v Value) Value {
				if b := frameBack(t, frameOf(v)); b != nil {
					return object.Of(b)
				}
				return object.None
			}},
			{Name: "f_locals", Get: func(t *Thread, v Value) Value { return frameLocalsOf(frameOf(v)) },
				Doc: "Return the mapping used by the frame to look up local variables."},
			{Name: "f_lineno", Get: func(t *Thread, v Value) Value {
				if line, ok := frameLine(t, frameOf(v)); ok {
					return object.MakeInt(int64(line))
				}
				return object.None
			}, Set: setFrameLine, Doc: "Return the current line number in the frame."},
			{Name: "f_trace", Get: func(t *Thread, v Value) Value {
				if e := frameOf(v).Ext; e != nil && e.Trace.P != nil {
					return e.Trace
				}
				return object.None
			}, Set: setFrameTrace, Doc: "Return the trace function for this frame, or None if no trace function is set."},
			{Name: "f_lasti", Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(frameUnit(t, frameOf(v)) * 2)) },
				Doc: "Return the index of the last attempted instruction in the frame."},
			{Name: "f_globals", Get: func(t *Thread, v Value) Value { return object.Of(frameOf(v).Func.Globals) },
				Doc: "Return the global variables in the frame."},
			{Name: "f_builtins", Get: func(t *Thread, v Value) Value { return object.BuiltinsValue(frameOf(v).Func.Builtins()) },
				Doc: "Return the built-in variables in the frame."},
			{Name: "f_code", Get: func(t *Thread, v Value) Value { return object.Of(frameCode(frameOf(v))) },
				Doc: "Return the code object being executed in this frame."},
			{Name: "f_generator", Get: func(t *Thread, v Value) Value {
				if g := liveGenerator(frameOf(v)); g != nil {
					return object.Of(g)
				}
				return object.None
			}, Doc: "Return the generator or coroutine associated with this frame, or None."},
			{Name: "f_trace_opcodes", Get: func(t *Thread, v Value) Value {
				e := frameOf(v).Ext
				return object.MakeBool(e != nil && e.Opcodes)
			}, Set: func(t *Thread, v, x Value) bool {
				if x.P == nil || !x.IsBool() {
					t.TypeErrorf("attribute value type must be bool")
					return false
				}
				f := frameOf(v)
				e := frameExt(f)
				if e.Opcodes = x == object.True; !e.Opcodes || e.Trace.P != nil {
					monitorOf(t).traceOpcodes(t, frameCode(f), e.Opcodes)
				}
				return true
			}, Doc: "Return True if opcode tracing is enabled, False otherwise."},
			{Name: "f_trace_lines", Member: true, Get: func(t *Thread, v Value) Value {
				e := frameOf(v).Ext
				return object.MakeBool(e == nil || !e.NoLines)
			}, Set: func(t *Thread, v, x Value) bool {
				if x.P == nil {
					t.TypeErrorf("can't delete numeric/char attribute")
					return false
				}
				if !x.IsBool() {
					t.TypeErrorf("attribute value type must be bool")
					return false
				}
				frameExt(frameOf(v)).NoLines = x != object.True
				return true
			}},
		},
	})
}

// liveGenerator returns the generator whose frame it is, until that ends.
func liveGenerator(f *object.Frame) *Generator {
	if f.FP == 0 {
		return nil
	}
	return (*Generator)(f.Gen)
}

func frameRepr(t *Thread, v Value) Value {
	f := frameOf(v)
	c := frameCode(f)
	line, ok := frameLine(t, f)
	if !ok {
		line = -1
	}
	file := t.Repr(c.Filename)
	if file == nil {
		return Value{}
	}
	return object.MakeStr("<frame at " + hexAddr(v) + ", file " + file.S + ", line " + strconv.Itoa(line) + ", code " + text(c.Name) + ">")
}

// frameLocalsOf is f_locals: the mapping of a module or class, or a proxy of a function's variables.
func frameLocalsOf(f *object.Frame) Value {
	if frameCode(f).Obj.Flags&code.Optimized == 0 && !hasHidden(f) {
		if m := frameMapping(f); m.P != nil {
			return m
		}
		return object.Of(object.NewDict())
	}
	return newLocalsProxy(f)
}

// hasHidden reports whether a comprehension of a module or class runs in the frame.
func hasHidden(f *object.Frame) bool {
	c := frameCode(f)
	for i := range c.Localsplus {
		if kindOf(c, i)&code.KindHidden != 0 && frameValue(f, i).P != nil {
			return true
		}
	}
	return false
}

// frameValue returns the value of variable i of a frame; no value: unbound.
func frameValue(f *object.Frame, i int) Value {
	p := frameSlot(f, i)
	if p == nil {
		return Value{}
	}
	return opened(p, frameCode(f), i)
}

func frameClear(t *Thread, a []Value) Value {
	f := frameOf(a[0])
	if f.FP != 0 {
		g := liveGenerator(f)
		switch {
		case g == nil || g.state == genRunning:
			return t.RuntimeErrorf("cannot clear an executing frame")
		case g.started:
			return t.RuntimeErrorf("cannot clear a suspended frame")
		}
		if g.young != 0 {
			g.unwatch(t)
			g.Aged(t)
		}
		if g.rare != nil && g.rare.note != nil {
			g.rare.note.warn(t)
		}
		g.drop()
	}
	if f.Locals != nil {
		clear(span(f.Locals, keeps(f.Code)))
		f.Locals = nil
	}
	if f.Ext != nil {
		f.Ext.Trace, f.Ext.Extra = Value{}, nil
	}
	return object.None
}

func setFrameTrace(t *Thread, v, x Value) bool {
	f := frameOf(v)
	if x.P == nil || x.IsNone() {
		if f.Ext != nil {
			f.Ext.Trace = Value{}
		}
		return true
	}
	e := frameExt(f)
	e.Trace = x
	if e.Opcodes {
		monitorOf(t).traceOpcodes(t, frameCode(f), true)
	}
	look(t, f)
	return true
}

// look makes a watched thread look at its frames again, since one of them has become more interesting.
func look(t *Thread, f *object.Frame) {
	if where, _, _ := findFrame(t, f); where != nil && watched(where) {
		setWatched(where, true)
	}
}
