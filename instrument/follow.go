package instrument

import (
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
	w := follower{f: f, t: table(f), at: map[*rewrite.Label][]int{}, index: map[*rewrite.Label]int{}}
	for i := range f.Code {
		if f.Code[i].Label != nil {
			w.index[f.Code[i].Label] = i
		}
	}
	w.run(0, nil)
	for _, h := range f.Handlers {
		stack := slices.Repeat([]int{unknown}, min(max(h.Depth, 0), 1<<16)+2)
		if !h.Lasti {
			stack = stack[1:]
		}
		w.reach(h.Target, stack)
	}
	for len(w.todo) > 0 {
		l := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.run(w.index[l]+1, slices.Clone(w.at[l]))
	}
	for i, inputs := range w.inputs {
		visit(i, inputs)
	}
	return nil
}

type follower struct {
	f      *rewrite.Func
	t      *opcode.Table
	at     map[*rewrite.Label][]int
	index  map[*rewrite.Label]int
	todo   []*rewrite.Label
	inputs map[int][]int
}

// reach says that control can get to l with that stack. A stack can only
// become less known, one value at a time, so this comes to an end.
func (w *follower) reach(l *rewrite.Label, stack []int) {
	have, ok := w.at[l]
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
	for ; i < len(w.f.Code); i++ {
		in := &w.f.Code[i]
		if in.Label != nil {
			w.reach(in.Label, stack)
			return
		}
		info, ok := w.t.ByOp(in.Op)
		if !ok {
			return
		}
		if n := info.Stack().Popped(in.Arg); n <= len(stack) {
			if w.inputs == nil {
				w.inputs = map[int][]int{}
			}
			w.inputs[i] = slices.Clone(stack[len(stack)-n:])
		}
		if in.Target != nil && info.Operand.IsJump() {
			w.reach(in.Target, step(stack, i, in.Arg, info.JumpStack()))
		}
		if info.Has(opcode.NoFallThrough) {
			return
		}
		stack = step(stack, i, in.Arg, info.Stack())
	}
}

// maxOperands bounds how many values an instruction is followed with, since
// oparg can say anything.
const maxOperands = 1 << 16

// step returns the stack behind instruction i.
func step(stack []int, i, arg int, p opcode.Picture) []int {
	popped, pushed := p.Popped(arg), p.Pushed(arg)
	if popped > maxOperands || pushed > maxOperands {
		return nil
	}
	base := max(len(stack)-popped, 0)
	in := stack[base:]
	from := map[string][]int{}
	for at, k := 0, 0; k < len(p.In); k++ {
		n := p.In[k].Len(arg)
		if at+n <= len(in) && len(in) == popped {
			from[p.In[k].Name] = in[at : at+n]
		}
		at += n
	}
	next := slices.Clone(stack[:base])
	for _, item := range p.Out {
		n := item.Len(arg)
		if same, ok := from[item.Name]; ok && len(same) == n {
			next = append(next, same...)
			continue
		}
		for range n {
			next = append(next, i)
		}
	}
	return next
}
