package instrument

import (
	"slices"
	"strings"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// Call is a call in a function.
type Call struct {
	// Index is that of the instruction that calls.
	Index int
	// Callee is the index of the instruction that pushed what is called, -1
	// if that depends on the way control came.
	Callee int
	// Name is the name of what is called: of a global, or of attributes
	// reached from one ("os.path.join"). Empty if it is something else.
	Name string
}

// callOps are the instructions that call, other than those of with statements
// and decorators of old.
var callOps = []opcode.Op{
	opcode.CALL, opcode.CALL_KW, opcode.CALL_FUNCTION, opcode.CALL_FUNCTION_KW, opcode.CALL_FUNCTION_EX,
	opcode.CALL_METHOD, opcode.CALL_FUNCTION_VAR, opcode.CALL_FUNCTION_VAR_KW,
}

// Calls returns the calls of f that control can get to, in their order.
func Calls(f *rewrite.Func) ([]Call, error) {
	var calls []Call
	from := map[int][]int{}
	err := follow(f, func(i int, inputs []int) {
		from[i] = inputs
		if slices.Contains(callOps, f.Code[i].Op) && len(inputs) > 0 {
			k := 0
			if v := f.Version(); v == pyver.Py311 || v == pyver.Py312 || f.Code[i].Op == opcode.CALL_METHOD {
				// NULL or a method is below. CALL_FUNCTION_EX has nothing
				// between, but a NULL too.
				k = min(1, len(inputs)-1)
			}
			calls = append(calls, Call{Index: i, Callee: inputs[k]})
		}
	})
	slices.SortFunc(calls, func(a, b Call) int { return a.Index - b.Index })
	for i := range calls {
		calls[i].Name = dotted(f, calls[i].Callee, from)
	}
	return calls, err
}

// dotted returns the name of the value that instruction i pushes.
func dotted(f *rewrite.Func, i int, from map[int][]int) string {
	var parts []string
	for range 100 {
		if i < 0 {
			return ""
		}
		name := f.Operand(i).Name
		parts = append(parts, name)
		switch f.Code[i].Op {
		case opcode.LOAD_GLOBAL, opcode.LOAD_NAME:
			slices.Reverse(parts)
			return strings.Join(parts, ".")
		case opcode.LOAD_ATTR, opcode.LOAD_METHOD:
			if len(from[i]) != 1 {
				return ""
			}
			i = from[i][0]
		default:
			return ""
		}
	}
	return ""
}

// Redirect makes the calls of one function call another, which is what
// mocking libraries want without touching the module that the function is in.
// from is the name by which calls reach it, as in [Call]: "open",
// "os.path.join". to is the name of a global variable; it gets the same
// arguments. Other uses of from are left alone.
func Redirect(from, to string) Pass {
	return func(f *rewrite.Func) error {
		calls, err := Calls(f)
		if err != nil {
			return err
		}
		var callees []int
		for _, c := range calls {
			if c.Name == from {
				callees = append(callees, c.Callee)
			}
		}
		slices.Sort(callees)
		callees = slices.Compact(callees)
		for _, i := range slices.Backward(callees) {
			if err := redirect(f, i, to); err != nil {
				return err
			}
		}
		return nil
	}
}

func redirect(f *rewrite.Func, i int, to string) error {
	in := &f.Code[i]
	switch in.Op {
	case opcode.LOAD_GLOBAL, opcode.LOAD_NAME:
		v := f.Operand(i)
		v.Name = to
		in.Wide = 0
		return f.SetOperand(i, v)
	}
	// What the attributes are found on is still evaluated. A method comes
	// with its object, or NULL, which nothing can drop: so it has to become
	// a plain attribute first, and the call a plain call.
	method := in.Op == opcode.LOAD_METHOD || f.Operand(i).Null
	if in.Op == opcode.LOAD_METHOD {
		if f.Version() < pyver.Py311 {
			if err := plainCalls(f, i); err != nil {
				return err
			}
		}
		in.Op = opcode.LOAD_ATTR
	} else if v := f.Operand(i); v.Null {
		v.Null = false
		if err := f.SetOperand(i, v); err != nil {
			return err
		}
	}
	_, err := insert(f, i+1, func(b *rewrite.Builder) { b.Pop().LoadGlobal(to, method) })
	return err
}

// plainCalls turns the calls of the method that instruction i loads into those
// of functions (3.7 to 3.10).
func plainCalls(f *rewrite.Func, i int) error {
	calls, err := Calls(f)
	if err != nil {
		return err
	}
	for _, c := range calls {
		if c.Callee == i && f.Code[c.Index].Op == opcode.CALL_METHOD {
			f.Code[c.Index].Op = opcode.CALL_FUNCTION
		}
	}
	return nil
}

// AroundCalls inserts a snippet before and one behind each call for which match
// holds. before finds what is called and the arguments on the stack, after the
// result on the top; a call that raises an exception does not get to after.
// Either may be nil.
func AroundCalls(match func(c Call) bool, before, after func(b *rewrite.Builder, c Call)) Pass {
	return func(f *rewrite.Func) error {
		calls, err := Calls(f)
		if err != nil {
			return err
		}
		e := newEdits(f)
		for _, c := range calls {
			if !match(c) {
				continue
			}
			if before != nil {
				if err := e.fixed(callStart(f, c.Index), func(b *rewrite.Builder) { before(b, c) }); err != nil {
					return err
				}
			}
			if after != nil {
				if err := e.fixed(c.Index+1, func(b *rewrite.Builder) { after(b, c) }); err != nil {
					return err
				}
			}
		}
		return e.apply()
	}
}

// callStart returns the first of the instructions that make up a call: KW_NAMES
// and PRECALL leave something behind for CALL that is not on the stack.
func callStart(f *rewrite.Func, i int) int {
	for i > 0 && (f.Code[i-1].Op == opcode.KW_NAMES || f.Code[i-1].Op == opcode.PRECALL) {
		i--
	}
	return i
}
