package vm

import (
	"math"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// clearDead drops the values that frames have left on their evaluation stacks above what is still to be used: leftovers of operations that
// have ended. It also drops what their inline caches hold, which may be an attribute that a class no longer has. It is for the moments when a program
// wants to know what is garbage.
func clearDead(t *Thread) {
	for _, o := range t.Interp.Threads() {
		clear(aux(o).spare)
		aux(o).forget()
		o.DropSpent()
		for fp, ip := range callers(o) {
			c := codeOf(fp)
			if c.Lifted == nil {
				continue
			}
			for i := range c.Caches {
				ic := &c.Caches[i]
				*ic = object.Cache{Version: noVersion, Name: ic.Name, Turns: ic.Turns}
			}
			l := lifted(c)
			n, ok := stackDepth(c, unitAt(c, ip))
			if !ok {
				continue
			}
			n += hashed(c, ip)
			// The frame that was entered from here, if any, begins where the arguments of the call lie.
			from, to, callee := l.StackBase+n, l.MaxSlots, math.MaxInt
			if *flagsOf(fp)&flagGen == 0 {
				callee = above(o, fp)
				to = min(to, callee)
			}
			if c.Alone {
				to = min(to, l.MaxSlots-l.NLocals) // variables may lie behind
			}
			for ; from < to; from++ {
				*slotAt(fp, from) = Value{}
			}
			// Of a bound method that has been called, the function is there now.
			if s := unused(c, l, ip, n); s >= 0 && s < callee {
				*slotAt(fp, s) = Value{}
			}
		}
	}
}

// hashed returns how many values the call that runs takes from where the word before has left them: the items of a tuple that is not made, since only
// hash wants it.
func hashed(c *object.Code, ip uintptr) int {
	i := wordIndex(c, ip)
	if i <= 0 {
		return 0
	}
	if w := c.Words[i-1]; lift.Op(w) == lift.BuildTuple && fieldX(w) == lift.TupleCalled {
		return fieldC(w)
	}
	return 0
}

// unused returns the slot below the called object where a NULL would lie that no operation has put there; -1: there is none.
func unused(c *object.Code, l *lift.Code, ip uintptr, depth int) int {
	w := c.Words[max(wordIndex(c, ip), 0)]
	n := fieldC(w) + 2
	switch lift.Op(w) {
	case lift.Call, lift.CallGen:
	case lift.CallKw:
		n++
	default:
		return -1
	}
	if s := l.StackBase + depth - n; s >= l.StackBase && fieldB(w) == (s+1)*lift.RegSize {
		return s
	}
	return -1
}

// stackDepth returns how many values of the evaluation stack the instruction at a code unit may use.
func stackDepth(c *object.Code, unit int) (int, bool) {
	t := twinCode(realCode(c))
	l := lifted(t)
	w, ok := l.WordAt(unit)
	if !ok {
		return 0, false
	}
	p, ok := l.PointAt(w)
	if !ok {
		return 0, false
	}
	n := int(p.Depth)
	if text := realCode(c).Obj; 2*unit < len(text.Code.S) {
		switch text.Opcodes().Info(text.Code.S[2*unit]).Op {
		case opcode.CALL, opcode.CALL_KW, opcode.CALL_FUNCTION_EX:
		default:
			n += fusedDepth // operands of an instruction before, which has become one operation with this
		}
	}
	return n, true
}

// fusedDepth is how many more values an operation may use than the last of the instructions it has been made of.
const fusedDepth = 4

// above returns how many slots lie between a frame and the next one on its slab, whose function may lie in the first slot of one without variables.
func above(t *Thread, fp ptr) int {
	end := uintptr(math.MaxInt)
	for o := range callers(t) {
		if *flagsOf(o)&flagGen != 0 {
			continue
		}
		if at := uintptr(o) - valueSize; at >= uintptr(fp) && at < end {
			end = at
		}
	}
	return int((end - uintptr(fp)) / valueSize)
}
