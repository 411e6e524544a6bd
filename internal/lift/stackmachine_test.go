package lift

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// stackMachine runs bytecode, going by the stack pictures of package opcode.
type stackMachine struct {
	*world
	locals  []term
	stack   []term
	unit    int // of the instruction that runs, or comes next
	entries []code.ExceptionEntry
}

func newStackMachine(w *world) *stackMachine {
	m := &stackMachine{world: w, locals: frameTerms(w.o)}
	m.entries, _ = w.o.ExceptionEntries()
	return m
}

// run runs until the code returns or enough has happened.
func (m *stackMachine) run() error {
	table := opcode.For(pyver.Py314)
	text := m.o.Code.S
	u := m.unit
	for !m.done() {
		m.step++
		if m.note {
			m.units = append(m.units, u)
		}
		arg := 0
		for text[2*u] == table.ExtendedArg {
			arg = (arg | int(text[2*u+1])) << 8
			u++
		}
		arg |= int(text[2*u+1])
		info := table.Info(text[2*u])
		if !info.Has(opcode.HasArg) {
			arg = 0
		}
		m.unit = u
		next := u + 1 + int(info.Caches)
		jump, exc, err := m.instruction(info, arg, next)
		if err != nil {
			return fmt.Errorf("%s at %d: %w", info.Name, u, err)
		}
		switch {
		case exc != null:
			if u = m.unwind(exc); u < 0 {
				return nil
			}
		case jump == stop:
			return nil
		case jump >= 0:
			u = jump
		default:
			u = next
		}
	}
	return nil
}

const (
	goOn = -1
	stop = -2
)

// unwind returns the unit of the handler for an exception, -1 for none.
func (m *stackMachine) unwind(exc term) int {
	for _, e := range m.entries {
		if 2*m.unit < e.Start || 2*m.unit >= e.End {
			continue
		}
		m.stack = m.stack[:e.Depth]
		if e.Lasti {
			m.stack = append(m.stack, intTerm(int64(2*m.unit)))
		}
		m.stack = append(m.stack, exc)
		m.effect("HANDLER", len(m.stack), 0, m.shown(), m.stack)
		return e.Target / 2
	}
	m.effect("UNCAUGHT", 0, m.unit, m.shown(), []term{exc})
	return -1
}

func (m *stackMachine) shown() []term {
	if len(m.locals) <= 40 {
		return m.locals
	}
	return show(len(m.locals), func(i int) term { return m.locals[i] })
}

func (m *stackMachine) pop() term {
	v := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	return v
}

func (m *stackMachine) push(v ...term) { m.stack = append(m.stack, v...) }

// do notes an effect of the instruction.
func (m *stackMachine) do(name string, arg int, operands ...term) term {
	m.effect(name, arg, m.unit, m.shown(), operands)
	return m.raises(name)
}

func (m *stackMachine) instruction(info *opcode.Info, arg, next int) (jump int, exc term, err error) {
	l := m.locals
	switch info.Op {
	case opcode.NOP, opcode.NOT_TAKEN, opcode.RESUME:
	case opcode.POP_TOP, opcode.END_FOR, opcode.POP_ITER:
		m.pop()
	case opcode.COPY:
		m.push(m.stack[len(m.stack)-arg])
	case opcode.SWAP:
		i, j := len(m.stack)-1, len(m.stack)-arg
		m.stack[i], m.stack[j] = m.stack[j], m.stack[i]
	case opcode.PUSH_NULL:
		m.push(null)
	case opcode.LOAD_CONST:
		m.push(m.konst(arg))
	case opcode.LOAD_SMALL_INT:
		m.push(intTerm(int64(arg)))
	case opcode.LOAD_COMMON_CONSTANT:
		m.push(mix(14, term(arg)))
	case opcode.LOAD_FAST, opcode.LOAD_FAST_BORROW:
		m.push(l[arg])
	case opcode.LOAD_FAST_CHECK:
		if l[arg] == null {
			m.effect("UNBOUND", arg, m.unit, m.shown(), nil)
			return goOn, m.value(0), nil
		}
		m.push(l[arg])
	case opcode.LOAD_FAST_LOAD_FAST, opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
		m.push(l[arg>>4], l[arg&15])
	case opcode.LOAD_FAST_AND_CLEAR:
		m.push(l[arg])
		l[arg] = null
	case opcode.STORE_FAST:
		l[arg] = m.pop()
	case opcode.STORE_FAST_LOAD_FAST:
		l[arg>>4] = m.pop()
		m.push(l[arg&15])
	case opcode.STORE_FAST_STORE_FAST:
		l[arg>>4] = m.pop()
		l[arg&15] = m.pop()
	case opcode.DELETE_FAST:
		if l[arg] == null {
			m.effect("UNBOUND", arg, m.unit, m.shown(), nil)
			return goOn, m.value(0), nil
		}
		l[arg] = null
	case opcode.MAKE_CELL:
		m.do("MAKE_CELL", arg)
		cell := m.newCell(l[arg])
		l[arg] = cell
	case opcode.COPY_FREE_VARS:
		if arg > 0 { // none are copied from a function that may have none
			m.do("COPY_FREE_VARS", arg)
		}
		for i := range arg {
			l[len(l)-arg+i] = m.newCell(mix(15, term(i)))
		}
	case opcode.LOAD_DEREF:
		v := m.cells[l[arg]]
		if v == null {
			m.effect("EMPTY", arg, m.unit, m.shown(), nil)
			return goOn, m.value(0), nil
		}
		m.push(v)
	case opcode.STORE_DEREF:
		v := m.pop()
		m.do("STORE_DEREF", 0, l[arg], v)
		m.cells[l[arg]] = v
	case opcode.DELETE_DEREF:
		if m.cells[l[arg]] == null {
			m.effect("EMPTY", arg, m.unit, m.shown(), nil)
			return goOn, m.value(0), nil
		}
		m.cells[l[arg]] = null
	case opcode.COMPARE_OP:
		b, a := m.pop(), m.pop()
		if exc := m.do("COMPARE_OP", arg>>4, a, b); exc != null {
			return goOn, exc, nil
		}
		if arg&16 != 0 {
			m.push(m.flag())
		} else {
			m.push(m.value(0))
		}
	case opcode.CONTAINS_OP, opcode.IS_OP:
		b, a := m.pop(), m.pop()
		if exc := m.do(info.Name, 0, a, b); exc != null {
			return goOn, exc, nil
		}
		m.push(truth((m.flag() == termTrue) != (arg == 1)))
	case opcode.CHECK_EXC_MATCH:
		b := m.pop()
		if exc := m.do(info.Name, 0, m.stack[len(m.stack)-1], b); exc != null {
			return goOn, exc, nil
		}
		m.push(m.flag())
	case opcode.MATCH_MAPPING, opcode.MATCH_SEQUENCE:
		m.do(info.Name, 0, m.stack[len(m.stack)-1])
		m.push(m.flag())
	case opcode.TO_BOOL, opcode.UNARY_NOT:
		v, exc := m.boolean(m.pop(), m.unit, m.shown())
		if exc != null {
			return goOn, exc, nil
		}
		if info.Op == opcode.UNARY_NOT {
			v = truth(v == termFalse)
		}
		m.push(v)
	case opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_FALSE:
		// Comparisons in annotation functions are not made bool.
		v, exc := m.boolean(m.pop(), m.unit, m.shown())
		if exc != null {
			return goOn, exc, nil
		}
		if (v == termTrue) == (info.Op == opcode.POP_JUMP_IF_TRUE) {
			return next + arg, null, nil
		}
	case opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE:
		if (m.pop() == termNone) == (info.Op == opcode.POP_JUMP_IF_NONE) {
			return next + arg, null, nil
		}
	case opcode.JUMP_FORWARD:
		return next + arg, null, nil
	case opcode.JUMP_BACKWARD, opcode.JUMP_BACKWARD_NO_INTERRUPT:
		return next - arg, null, nil
	case opcode.FOR_ITER:
		if exc := m.do("FOR_ITER", 0, m.stack[len(m.stack)-1]); exc != null {
			return goOn, exc, nil
		}
		if m.chance(4, 4) == 0 {
			return next + arg + 1, null, nil // END_FOR is skipped
		}
		m.push(m.value(0))
	case opcode.SEND:
		v := m.pop()
		if exc := m.do("SEND", 0, m.stack[len(m.stack)-1], v); exc != null {
			return goOn, exc, nil
		}
		m.push(m.value(0))
		if m.chance(4, 2) == 0 {
			return next + arg, null, nil
		}
	case opcode.RETURN_VALUE:
		m.do("RETURN_VALUE", 0, m.pop())
		return stop, null, nil
	case opcode.RERAISE:
		exc := m.pop()
		operands := []term{exc}
		if arg > 0 {
			operands = append(operands, m.stack[len(m.stack)-arg])
		}
		m.effect("RERAISE", 0, m.unit, m.shown(), operands)
		return goOn, mix(exc, 1), nil
	case opcode.RAISE_VARARGS:
		m.effect("RAISE_VARARGS", arg, m.unit, m.shown(), m.stack[len(m.stack)-arg:])
		return goOn, m.value(0), nil
	case opcode.LOAD_GLOBAL:
		if exc := m.do("LOAD_GLOBAL", arg>>1); exc != null {
			return goOn, exc, nil
		}
		m.push(m.value(0))
		if arg&1 != 0 {
			m.push(null)
		}
	case opcode.LOAD_ATTR, opcode.LOAD_SPECIAL, opcode.LOAD_SUPER_ATTR:
		p := info.Stack()
		n := len(p.In)
		if exc := m.do(info.Name, arg, m.stack[len(m.stack)-n:]...); exc != null {
			return goOn, exc, nil
		}
		m.stack = m.stack[:len(m.stack)-n]
		m.push(m.value(0))
		if p.Pushed(arg) == 2 {
			m.push(m.self())
		}
	case opcode.END_ASYNC_FOR:
		n := len(m.stack) - 2
		if exc := m.do(info.Name, 0, m.stack[n:]...); exc != null {
			return goOn, exc, nil
		}
		m.stack = m.stack[:n]
	case opcode.DICT_MERGE:
		n := len(m.stack) - 1
		if exc := m.do(info.Name, 0, m.stack[n-arg], m.stack[n], m.stack[n-arg-3]); exc != null {
			return goOn, exc, nil
		}
		m.pop()
	case opcode.LIST_APPEND, opcode.LIST_EXTEND, opcode.SET_ADD, opcode.SET_UPDATE, opcode.DICT_UPDATE:
		n := len(m.stack) - 1
		v := m.pop()
		if exc := m.do(info.Name, 0, m.stack[n-arg], v); exc != null {
			return goOn, exc, nil
		}
	case opcode.MAP_ADD:
		n := len(m.stack) - 2
		k, v := m.stack[n], m.stack[n+1]
		m.stack = m.stack[:n]
		if exc := m.do(info.Name, 0, m.stack[n-arg], k, v); exc != null {
			return goOn, exc, nil
		}
	case opcode.END_SEND:
		v := m.pop()
		m.stack[len(m.stack)-1] = v
	case opcode.CLEANUP_THROW:
		n := len(m.stack)
		if exc := m.do(info.Name, 0, m.stack[n-1]); exc != null {
			return goOn, exc, nil
		}
		m.stack = append(m.stack[:n-3], termNone, m.value(0))
	default:
		return m.generic(info, arg)
	}
	return goOn, null, nil
}

func (w *world) newCell(v term) term {
	cell := mix(w.trace[len(w.trace)-1], term(len(w.cells)))
	w.cells[cell] = v
	return cell
}

// self decides whether an attribute was a method.
func (w *world) self() term {
	if w.chance(5, 2) == 0 {
		return null
	}
	return w.value(7)
}

// generic runs an instruction that does what its stack picture says.
func (m *stackMachine) generic(info *opcode.Info, arg int) (int, term, error) {
	p := info.Stack()
	n := p.Popped(arg)
	if n > len(m.stack) {
		return goOn, null, fmt.Errorf("takes %d of %d", n, len(m.stack))
	}
	in := m.stack[len(m.stack)-n:]
	operands := append([]term(nil), in...)
	if info.Op == opcode.CALL_FUNCTION_EX {
		operands[1] = null
	}
	exc := m.do(info.Name, arg, operands...)
	if exc != null && n > 0 || exc != null && !empty[info.Name] {
		return goOn, exc, nil
	}
	named := map[string]term{}
	i := 0
	for _, item := range p.In {
		if item.Len(arg) == 1 {
			named[item.Name] = operands[i]
		}
		i += item.Len(arg)
	}
	m.stack = m.stack[:len(m.stack)-n]
	made := 0
	for _, item := range p.Out {
		for range item.Len(arg) {
			if v, ok := named[item.Name]; ok && !item.Variable() {
				m.push(v)
				continue
			}
			m.push(m.value(made))
			made++
		}
	}
	return goOn, null, nil
}
