package instrument

import (
	"errors"
	"slices"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/rewrite"
)

// unknown stands for a value that comes from several places.
const unknown = -1

// follow calls visit for each instruction that can be reached, with the
// instructions that its inputs come from, deepest first. Values that only
// change their place, such as by SWAP, come from where they came from before.
func follow(f *rewrite.Func, visit func(i int, inputs []int)) error {
	w, err := walk(f)
	if err != nil {
		return err
	}
	for i, inputs := range w.inputs {
		visit(i, inputs)
	}
	return nil
}

// walk follows values through all of f.
func walk(f *rewrite.Func) (*follower, error) {
	w := &follower{f: f, t: table(f), at: map[*rewrite.Label][]int{}, index: map[*rewrite.Label]int{}, left: budget(len(f.Code)), heights: map[int]int{}}
	for i := range f.Code {
		if f.Code[i].Label != nil {
			w.index[f.Code[i].Label] = i
		}
	}
	w.run(0, nil)
	for _, h := range f.Handlers {
		n := max(h.Depth, 0) + 1
		if h.Lasti {
			n++
		}
		if !w.spend(n) {
			return nil, ErrEntangled
		}
		stack := slices.Repeat([]int{unknown}, n)
		w.reach(h.Target, stack)
	}
	for len(w.todo) > 0 {
		l := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		if w.spend(len(w.at[l])) {
			w.run(w.index[l]+1, slices.Clone(w.at[l]))
		}
	}
	if w.left == 0 {
		return nil, ErrEntangled
	}
	return w, nil
}

type follower struct {
	f      *rewrite.Func
	t      *opcode.Table
	at     map[*rewrite.Label][]int
	index  map[*rewrite.Label]int
	todo   []*rewrite.Label
	inputs map[int][]int
	// heights are those of the stack before instructions.
	heights map[int]int
	left    int   // of the budget
	out     []int // scratch of step
}

// budget bounds the work on a function of n instructions, in values moved: oparg
// can say anything, and a file can have jumps from anywhere to anywhere. Compilers'
// code takes a few values for each instruction.
func budget(n int) int { return min(1<<18+1<<10*n, 1<<26) }

// ErrEntangled says that a function is too large or too entangled for its
// calls to be found.
var ErrEntangled = errors.New("instrument: too entangled to find where values come from")

// spend takes n off the budget and reports whether that much was left.
func (w *follower) spend(n int) bool {
	if n < 0 || n >= w.left {
		w.left = 0
		return false
	}
	w.left -= n
	return true
}

// reach says that control can get to l with that stack. A stack can only
// become less known, one value at a time, so this comes to an end.
func (w *follower) reach(l *rewrite.Label, stack []int) {
	have, ok := w.at[l]
	if !w.spend(len(stack) + 1) {
		return
	}
	if !ok {
		w.at[l] = slices.Clone(stack)
		w.todo = append(w.todo, l)
		return
	}
	changed := false
	// Where the heights differ, which compilers' do not, the tops count.
	n := min(len(have), len(stack))
	for i := 1; i <= n; i++ {
		if h := &have[len(have)-i]; *h != stack[len(stack)-i] && *h != unknown {
			*h, changed = unknown, true
		}
	}
	if changed {
		w.todo = append(w.todo, l)
	}
}

func (w *follower) run(i int, stack []int) {
	for ; i < len(w.f.Code) && w.left > 0; i++ {
		in := &w.f.Code[i]
		if in.Label != nil {
			w.reach(in.Label, stack)
			return
		}
		info, ok := w.t.ByOp(in.Op)
		if !ok {
			return
		}
		w.heights[i] = len(stack)
		if n := info.Stack().Popped(in.Arg); n <= len(stack) && w.spend(n+1) {
			if w.inputs == nil {
				w.inputs = map[int][]int{}
			}
			w.inputs[i] = slices.Clone(stack[len(stack)-n:])
		}
		if in.Target != nil && info.Operand.IsJump() && w.spend(len(stack)) {
			w.reach(in.Target, w.step(slices.Clone(stack), i, in.Arg, info.JumpStack()))
		}
		if info.Has(opcode.NoFallThrough) {
			return
		}
		stack = w.step(stack, i, in.Arg, info.Stack())
	}
}

// step returns the stack behind instruction i. It changes the one given.
func (w *follower) step(stack []int, i, arg int, p opcode.Picture) []int {
	popped, pushed := p.Popped(arg), p.Pushed(arg)
	if !w.spend(pushed) {
		return nil
	}
	base := max(len(stack)-popped, 0)
	known := len(stack) >= popped // otherwise what goes in is not known
	w.out = w.out[:0]
	for _, item := range p.Out {
		n, at := item.Len(arg), base
		same := false
		for _, in := range p.In {
			k := in.Len(arg)
			if known && in.Name == item.Name && k == n {
				w.out = append(w.out, stack[at:at+n]...)
				same = true
				break
			}
			at += k
		}
		for ; !same && n > 0; n-- {
			w.out = append(w.out, i)
		}
	}
	return append(stack[:base], w.out...)
}
