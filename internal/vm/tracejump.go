package vm

import (
	"math"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/verify"
)

// stackKind is what is known of a value on the evaluation stack, to tell where a frame may go on when f_lineno is set.
type stackKind uint8

const (
	kindIterator stackKind = 1 + iota
	kindExcept
	kindObject
	kindNull
	kindLasti
)

// stackModel is an evaluation stack: three bits for each value, the top lowest. Deep stacks are not modelled.
type stackModel int64

const (
	stackUnknown stackModel = -2 // never reached
	stackTooDeep stackModel = -1
	stackBits               = 3
	maxModel                = 63 / stackBits
)

func (s stackModel) push(k stackKind) stackModel {
	if uint64(s) >= 1<<((maxModel-1)*stackBits) {
		return stackTooDeep
	}
	return s<<stackBits | stackModel(k)
}

func (s stackModel) pop() stackModel { return s >> stackBits }

// peek returns entry n, the top one being 1.
func (s stackModel) peek(n int) stackKind {
	return stackKind(s>>(stackBits*(n-1))) & (1<<stackBits - 1)
}

func (s stackModel) swap(n int) stackModel {
	a, b := s.peek(1), s.peek(n)
	shift := stackBits * (n - 1)
	s = s&^(7<<shift) | stackModel(a)<<shift
	return s&^7 | stackModel(b)
}

// cut drops all but the lowest entries.
func (s stackModel) cut(level int) stackModel {
	if level == 0 {
		return 0
	}
	for s > 7<<((level-1)*stackBits) {
		s = s.pop()
	}
	return s
}

// leadsTo reports whether the values of s, some of the top ones dropped, may be taken for those of to.
func (s stackModel) leadsTo(to stackModel) bool {
	if s < 0 || to < 0 {
		return false
	}
	for s > to {
		s = s.pop()
	}
	for s != 0 {
		from, want := s.peek(1), to.peek(1)
		switch {
		case want == 0, want == kindObject && from == kindNull, want != kindObject && want != kindNull && from != want:
			return false
		}
		s, to = s.pop(), to.pop()
	}
	return to == 0
}

// whyNot says why a frame cannot go on with a stack.
func (s stackModel) whyNot() string {
	switch s {
	case stackTooDeep:
		return "stack is too deep to analyze"
	case stackUnknown:
		return "can't jump into an exception handler, or code may be unreachable"
	}
	switch s.peek(1) {
	case kindExcept:
		return "can't jump into an 'except' block as there's no exception"
	case kindLasti:
		return "can't jump into a re-raising block as there's no location"
	case kindIterator:
		return "can't jump into the body of a for loop"
	}
	return "incompatible stacks"
}

// stacksOf returns the stack before each instruction, by code unit.
func stacksOf(o *code.Object) []stackModel {
	var ins []code.Instr
	for in := range o.Instructions() {
		ins = append(ins, in)
	}
	n := len(o.Code.S) / 2
	stacks := make([]stackModel, n+1)
	for i := range stacks {
		stacks[i] = stackUnknown
	}
	set := func(u int, s stackModel) {
		if u >= 0 && u < len(stacks) {
			stacks[u] = s
		}
	}
	stacks[0] = 0
	entries, _ := o.ExceptionEntries()
	table := o.Opcodes()
	for again := true; again; {
		again = false
		for _, in := range ins {
			s := stacks[in.Start/2]
			for u := in.Start / 2; u <= in.Offset/2 && u < n; u++ {
				stacks[u] = s
			}
			if s == stackUnknown {
				continue
			}
			info := table.Info(in.Op)
			next := in.End / 2
			switch info.Op {
			case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE:
				s = s.pop()
				set(next+in.Arg, s)
				set(next, s)
			case opcode.SEND:
				set(next+in.Arg, s)
				set(next, s)
			case opcode.JUMP_FORWARD:
				set(next+in.Arg, s)
			case opcode.JUMP_BACKWARD, opcode.JUMP_BACKWARD_NO_INTERRUPT:
				to := next - in.Arg
				if to >= 0 && stacks[to] == stackUnknown && to < in.Offset/2 {
					again = true
				}
				set(to, s)
			case opcode.GET_ITER, opcode.GET_AITER:
				set(next, s.pop().push(kindIterator))
			case opcode.FOR_ITER:
				s = s.push(kindObject)
				set(next, s)
				set(next+in.Arg, s)
			case opcode.END_ASYNC_FOR:
				set(next, s.pop().pop())
			case opcode.PUSH_EXC_INFO:
				set(next, s.push(kindExcept))
			case opcode.POP_EXCEPT:
				set(next, s.pop())
			case opcode.RETURN_VALUE, opcode.RAISE_VARARGS, opcode.RERAISE:
			case opcode.PUSH_NULL:
				set(next, s.push(kindNull))
			case opcode.LOAD_GLOBAL:
				if s = s.push(kindObject); in.Arg&1 != 0 {
					s = s.push(kindNull)
				}
				set(next, s)
			case opcode.LOAD_ATTR:
				if in.Arg&1 != 0 {
					s = s.pop().push(kindObject).push(kindNull)
				}
				set(next, s)
			case opcode.SWAP:
				set(next, s.swap(in.Arg))
			case opcode.COPY:
				set(next, s.push(s.peek(in.Arg)))
			default:
				d, err := info.StackEffect(in.Arg, opcode.MaxOfBoth)
				if err != nil {
					continue
				}
				for ; d < 0; d++ {
					s = s.pop()
				}
				for ; d > 0; d-- {
					s = s.push(kindObject)
				}
				set(next, s)
			}
		}
		for _, e := range entries {
			from, to := e.Start/2, e.Target/2
			if from >= n || to >= n || stacks[from] == stackUnknown || stacks[to] != stackUnknown {
				continue
			}
			again = true
			s := stacks[from].cut(e.Depth)
			if e.Lasti {
				s = s.push(kindLasti)
			}
			stacks[to] = s.push(kindExcept)
		}
	}
	return stacks
}

// lineStarts returns by code unit the line that begins there, or -1.
func lineStarts(o *code.Object) []int {
	lines := make([]int, len(o.Code.S)/2)
	for i := range lines {
		lines[i] = -1
	}
	last := -1
	for r := range o.Lines() {
		if r.Line != last && r.Line >= 0 && r.Start/2 < len(lines) {
			lines[r.Start/2] = r.Line
			last = r.Line
		}
	}
	return lines
}

// setFrameLine is assignment to f_lineno: a trace function makes the frame it is called for go on with another line.
func setFrameLine(t *Thread, v, x Value) bool {
	fail := func(format string, args ...any) bool {
		t.ValueErrorf(format, args...)
		return false
	}
	if x.P == nil {
		t.Raisef(&object.AttributeErrorType, "cannot delete attribute")
		return false
	}
	if !x.Is(&object.IntType) {
		return fail("lineno must be an integer")
	}
	a := aux(t)
	f := frameOf(v)
	switch event(a.what) {
	case evResume, evJump, evLeft, evRight, evLine, evYield:
	case evStart:
		return fail("can't jump from the 'call' trace event of a new frame")
	case evCall, evCReturn:
		return fail("can't jump during a call")
	case evReturn, evUnwind, evThrow, evRaise, evCRaise, evInstruction, evHandled, evStop, evReraise:
		return fail("can only jump from a 'line' trace event")
	default:
		return fail("f_lineno can only be set in a trace function")
	}
	n, ok := object.AsInt64(x)
	if !ok || n > math.MaxInt32 || n < math.MinInt32 {
		return fail("lineno out of range")
	}
	c := f.Code
	o := c.Obj
	if int(n) < o.FirstLine {
		return fail("line %d comes before the current code block", n)
	}
	lines := lineStarts(o)
	line := math.MaxInt
	for _, l := range lines {
		if l >= int(n) {
			line = min(line, l)
		}
	}
	if line == math.MaxInt {
		return fail("line %d comes after the current code block", n)
	}
	if f.FP == 0 || c.Real == nil || f.FP != a.eventFP {
		return fail("f_lineno can only be set in a trace function")
	}
	stacks := stacksOf(o)
	at := frameUnit(t, f)
	from := stacks[at]
	places := verify.PlacesOf(wholeObject(c))
	best, unit := stackTooDeep, -1
	why, explained := "cannot find bytecode for specified line", false
	for u, l := range lines {
		if l != line {
			continue
		}
		to := stacks[u]
		switch {
		case from.leadsTo(to) && (places == nil || !places.Leads(2*at, 2*u)):
			if unit < 0 && !explained {
				why, explained = "incompatible stacks", true
			}
		case from.leadsTo(to):
			if to > best {
				best, unit = to, u
			}
		case unit >= 0 || explained:
		case from == stackTooDeep:
			why = "stack to deep to analyze"
		case from == stackUnknown:
			why = "can't jump from unreachable code"
		default:
			why, explained = to.whyNot(), true
		}
	}
	if unit < 0 {
		return fail("%s", why)
	}
	fp := asPtr(&f.FP)
	l := lifted(c)
	unbound := 0
	for i := range c.Localsplus {
		if slotAt(fp, l.Slot(i)).P == nil {
			unbound++
		}
	}
	if unbound > 0 {
		if !t.Warn(&object.RuntimeWarningType, 0, "assigning None to %d unbound local%s", unbound, plural(unbound)) {
			return false
		}
		for i := range c.Localsplus {
			if p := slotAt(fp, l.Slot(i)); p.P == nil {
				*p = object.None
			}
		}
	}
	for i := range places.Cells(2 * unit) {
		if p := slotAt(fp, l.Slot(i)); !p.Is(&object.CellType) {
			*p = object.Of(object.NewCell(*p))
		}
	}
	// Exceptions that were being handled in what is left are no longer.
	depth := 0
	for s := from; s != 0; s = s.pop() {
		depth++
	}
	for ; from > best; from = from.pop() {
		depth--
		if from.peek(1) == kindExcept {
			if e := *slotAt(fp, l.StackBase+depth); e.P == nil || e.IsNone() {
				t.Handled.Exc = nil
			} else {
				t.Handled.Exc = object.To[object.Exc](e)
			}
		}
	}
	if f.Ext != nil {
		f.Ext.Line = 0
	}
	a.jump.fp, a.jump.unit = f.FP, unit
	return true
}
