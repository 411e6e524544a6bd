package vm

import (
	"math"

	"github.com/krait-py/krait/internal/object"
)

func init() { object.OnFirst(defineTraceback) }

func tracebackOf(v Value) *object.Traceback { return object.To[object.Traceback](v) }

var tracebackDef = object.MethodDef{Name: "traceback", Sig: "(tb_next, tb_frame, tb_lasti, tb_lineno)", Fn: newTraceback}

func defineTraceback() {
	object.Define(&object.TracebackType, object.TypeSpec{
		Name: "traceback", Sig: "(tb_next, tb_frame, tb_lasti, tb_lineno)", Doc: "Create a new traceback object.",
		Slots: object.Slots{New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
			return tracebackDef.Call(t, args, names)
		}},
		Methods: []object.MethodDef{{Name: "__dir__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			var names []Value
			for _, n := range []string{"tb_frame", "tb_next", "tb_lasti", "tb_lineno"} {
				names = append(names, object.Of(t.Interp.Intern(n)))
			}
			return object.Of(object.NewList(names))
		}}},
		GetSets: []object.GetSetDef{
			{Name: "tb_next", Get: func(t *Thread, v Value) Value {
				if n := tracebackOf(v).Next; n != nil {
					return object.Of(n)
				}
				return object.None
			}, Set: setTracebackNext},
			{Name: "tb_frame", Member: true, Get: func(t *Thread, v Value) Value { return object.Of(tracebackOf(v).Frame) }},
			{Name: "tb_lasti", Member: true, Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(tracebackOf(v).Lasti)) }},
			{Name: "tb_lineno", Get: func(t *Thread, v Value) Value {
				if line, ok := tracebackLine(tracebackOf(v)); ok {
					return object.MakeInt(int64(line))
				}
				return object.None
			}},
		},
	})
}

// tracebackLine returns the line of a traceback entry.
func tracebackLine(tb *object.Traceback) (int, bool) {
	if tb.Line != 0 {
		return int(tb.Line - 1), true
	}
	line, ok := lineOf(frameCode(tb.Frame), int(tb.Lasti))
	if ok {
		tb.Line = int32(line) + 1
	}
	return line, ok
}

// TracebackPlace returns the file, function and line of a traceback entry; known is false if it has no line.
func TracebackPlace(tb *object.Traceback) (file, name string, line int, known bool) {
	c := frameCode(tb.Frame)
	line, known = tracebackLine(tb)
	return text(c.Filename), text(c.Name), line, known
}

func setTracebackNext(t *Thread, v, x Value) bool {
	switch {
	case x.P == nil:
		t.TypeErrorf("can't delete tb_next attribute")
		return false
	case x.IsNone():
		tracebackOf(v).Next = nil
		return true
	case !x.Is(&object.TracebackType):
		t.TypeErrorf("expected traceback object, got '%s'", x.Type().Name)
		return false
	}
	for n := tracebackOf(x); n != nil; n = n.Next {
		if n == tracebackOf(v) {
			t.ValueErrorf("traceback loop detected")
			return false
		}
	}
	tracebackOf(v).Next = tracebackOf(x)
	return true
}

func newTraceback(t *Thread, a []Value) Value {
	if !a[1].Is(&object.FrameType) {
		return t.TypeErrorf("traceback() argument 'tb_frame' must be frame, not %s", argType(a[1]))
	}
	lasti, ok := cInt(t, a[2])
	if !ok {
		return Value{}
	}
	line, ok := cInt(t, a[3])
	if !ok {
		return Value{}
	}
	tb := &object.Traceback{Head: object.Head{Type: &object.TracebackType}, Frame: frameOf(a[1]), Lasti: int32(lasti), Line: int32(line) + 1}
	switch {
	case a[0].IsNone():
	case a[0].Is(&object.TracebackType):
		tb.Next = tracebackOf(a[0])
	default:
		return t.TypeErrorf("expected traceback object or None, got '%s'", a[0].Type().Name)
	}
	return object.Of(tb)
}

// argType is how messages about arguments call the type of a value.
func argType(v Value) string {
	if v.IsNone() {
		return "None"
	}
	return v.Type().Name
}

// cInt returns an argument that has to be an integer of 32 bits.
func cInt(t *Thread, v Value) (int, bool) {
	n := t.Index(v)
	if n.P == nil {
		return 0, false
	}
	if x, ok := object.AsInt64(n); ok && x >= math.MinInt32 && x <= math.MaxInt32 {
		return int(x), true
	}
	t.OverflowErrorf("Python int too large to convert to C int")
	return 0, false
}
