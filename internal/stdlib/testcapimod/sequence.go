package testcapimod

import (
	"github.com/krait-py/krait/internal/object"
)

// sequence is a sequence of instructions, with labels for arguments of jumps.
type sequence struct {
	object.Head
	ops    []instr
	labels []int // where each label is; -1: nowhere yet
	nested []Value
}

type instr struct {
	op, arg int64
	place   [4]Value // line, end line, column, end column
}

var sequenceType object.Type

// setupSequence defines types of the module.
func setupSequence() {
	self := func(a []Value) *sequence { return object.To[sequence](a[0]) }
	object.Define(&sequenceType, object.TypeSpec{
		Name: "InstructionSequence", Flags: object.FlagNoNew,
		Methods: []object.MethodDef{
			{Name: "new_label", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				s := self(a)
				s.labels = append(s.labels, -1)
				return object.MakeInt(int64(len(s.labels)))
			}},
			{Name: "use_label", Sig: "($self, /, label)", Fn: func(t *Thread, a []Value) Value {
				s := self(a)
				n, ok := t.AsIndexErr(a[1], &object.OverflowErrorType)
				if !ok {
					return Value{}
				}
				if n < 1 || n > len(s.labels) {
					return t.ValueErrorf("label out of range")
				}
				s.labels[n-1] = len(s.ops)
				return object.None
			}},
			{Name: "addop", Sig: "($self, /, opcode, oparg, lineno, col_offset, end_lineno, end_col_offset)", Fn: func(t *Thread, a []Value) Value {
				op, ok := t.AsIndexErr(a[1], &object.OverflowErrorType)
				if !ok {
					return Value{}
				}
				arg, ok := t.AsIndexErr(a[2], &object.OverflowErrorType)
				if !ok {
					return Value{}
				}
				s := self(a)
				s.ops = append(s.ops, instr{int64(op), int64(arg), [4]Value{a[3], a[5], a[4], a[6]}})
				return object.None
			}},
			{Name: "add_nested", Sig: "($self, nested, /)", Fn: func(t *Thread, a []Value) Value {
				if !a[1].Is(&sequenceType) {
					return t.TypeErrorf("expected an instruction sequence, not %s", a[1].Type().Name)
				}
				self(a).nested = append(self(a).nested, a[1])
				return object.None
			}},
			{Name: "get_nested", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return object.Of(object.NewList(append([]Value(nil), self(a).nested...)))
			}},
			{Name: "get_instructions", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return self(a).list(t) }},
		},
	})
}

// list returns the instructions with the places of labels in place of these.
func (s *sequence) list(t *Thread) Value {
	m := t.Interp.Hooks.Import(t, t.Interp.Intern("_opcode"), object.None, object.None, object.None, 0)
	if m.P == nil {
		return m
	}
	has := func(what string, op int64) (yes, ok bool) {
		r := t.CallMethod(m, t.Interp.Intern(what), object.MakeInt(op))
		if r.P == nil {
			return false, false
		}
		return t.IsTrue(r)
	}
	out := make([]Value, len(s.ops))
	for i, in := range s.ops {
		arg := object.None
		hasArg, ok := has("has_arg", in.op)
		if !ok {
			return Value{}
		}
		if hasArg {
			jumps, ok := has("has_jump", in.op)
			if !ok {
				return Value{}
			}
			if n := in.arg; jumps && n >= 1 && n <= int64(len(s.labels)) {
				in.arg = int64(s.labels[n-1])
			}
			arg = object.MakeInt(in.arg)
		}
		out[i] = object.Of(object.NewTuple(object.MakeInt(in.op), arg, in.place[0], in.place[1], in.place[2], in.place[3]))
	}
	return object.Of(object.NewList(out))
}
