package flowgraph

import "github.com/krait-py/krait/opcode"

// shortenSwaps replaces the run of swaps and NOPs from index i on by the fewest
// swaps that do the same, and returns the index of the last instruction of the
// run.
func (g *Graph) shortenSwaps(ins []Instr, i int) int {
	depth, end, more := int32(0), i, false
	for ; end < len(ins); end++ {
		if ins[end].Op == opcode.SWAP {
			depth = max(depth, ins[end].Arg)
			more = more || end > i
		} else if ins[end].Op != opcode.NOP {
			break
		}
	}
	if !more || depth > maxSwap {
		return i
	}
	// What each place of the stack holds after the run, the top first.
	g.ints = grow(g.ints, int(depth))
	stack := g.ints
	for k := range stack {
		stack[k] = int32(k)
	}
	for k := i; k < end; k++ {
		if in := &ins[k]; in.Op == opcode.SWAP && in.Arg >= 1 {
			stack[0], stack[in.Arg-1] = stack[in.Arg-1], stack[0]
		}
	}
	// A permutation is a set of cycles. Only the top can be swapped, so a cycle
	// through the top takes one swap less than it has places, any other one more.
	// Swaps are written from the last to the first.
	const seen = -1
	at := end - 1
	for k := range stack {
		if stack[k] == seen || stack[k] == int32(k) {
			continue
		}
		for j := int32(k); ; {
			if j != 0 {
				if at < i {
					return end - 1
				}
				ins[at].Op, ins[at].Arg = opcode.SWAP, j+1
				at--
			}
			if stack[j] == seen {
				break
			}
			stack[j], j = seen, stack[j]
		}
	}
	for ; at >= i; at-- {
		ins[at].Nop()
	}
	return end - 1
}

// maxSwap keeps odd opargs from taking memory; no stack is as deep.
const maxSwap = 1 << 20

// swappable reports whether op does nothing but take the top of the stack: it
// cannot jump, raise or run code other than finalizers.
func swappable(op opcode.Op) bool {
	return op == opcode.STORE_FAST || op == opcode.STORE_FAST_MAYBE_NULL || op == opcode.POP_TOP
}

// storesTo returns the local that in stores to, -1 for none.
func storesTo(in *Instr) int32 {
	if in.Op == opcode.STORE_FAST || in.Op == opcode.STORE_FAST_MAYBE_NULL {
		return in.Arg
	}
	return -1
}

// nextSwappable returns the index of the next instruction behind i but NOPs if it
// is swappable and, for a line of at least 0, on that line; otherwise -1.
func nextSwappable(ins []Instr, i int, line int32) int {
	for i++; i < len(ins); i++ {
		in := &ins[i]
		if line >= 0 && in.Line != line {
			return -1
		}
		if in.Op == opcode.NOP {
			continue
		}
		if swappable(in.Op) {
			return i
		}
		break
	}
	return -1
}

// applySwaps exchanges instructions instead of values: SWAP 2, POP_TOP,
// STORE_FAST x is STORE_FAST x, POP_TOP. It looks at the swaps up to index i.
func applySwaps(ins []Instr, i int) {
	for ; i >= 0; i-- {
		swap := &ins[i]
		if swap.Op != opcode.SWAP {
			if swap.Op == opcode.NOP || swappable(swap.Op) {
				continue
			}
			return
		}
		j := nextSwappable(ins, i, -1)
		if j < 0 {
			return
		}
		k, line := j, ins[j].Line
		for n := swap.Arg - 1; n > 0; n-- {
			if k = nextSwappable(ins, k, line); k < 0 {
				return
			}
		}
		// Both store, or one does; what is between must not store to the same.
		first, second := storesTo(&ins[j]), storesTo(&ins[k])
		if first >= 0 || second >= 0 {
			if first == second {
				return
			}
			for m := j + 1; m < k; m++ {
				if s := storesTo(&ins[m]); s >= 0 && (s == first || s == second) {
					return
				}
			}
		}
		swap.Nop()
		ins[j], ins[k] = ins[k], ins[j]
	}
}
