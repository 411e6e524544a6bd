package verify

import "github.com/krait-py/krait/opcode"

// path returns a shortest way from the entry to an offset, as
// [Finding.Path] describes it.
func (a *analysis) path(offset int) []int {
	if offset < 0 || offset >= len(a.at) || !a.linked {
		return nil
	}
	goal := -1
	for i := range a.ins {
		if int(a.ins[i].offset) == offset {
			goal = i
			break
		}
	}
	if goal < 0 {
		return nil
	}
	from := make([]int32, len(a.ins)) // where each was reached from, plus 1
	queue := []int32{0}
	from[0] = -1
	reach := func(i, to int32) {
		if int(to) < len(a.ins) && from[to] == 0 {
			from[to] = i + 1
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 && from[goal] == 0 {
		i := queue[0]
		queue = queue[1:]
		in := &a.ins[i]
		info := a.m.ops[in.op].info
		if !info.Has(opcode.NoFallThrough) {
			reach(i, i+1)
		}
		if in.target >= 0 && (info.Operand.IsJump() || info.Has(opcode.Handler)) {
			reach(i, in.target)
		}
		if in.handler >= 0 {
			reach(i, a.handlers[in.handler].target)
		}
	}
	if from[goal] == 0 {
		return nil
	}
	var back []int
	back = append(back, a.offset(goal))
	for i := int32(goal); from[i] > 0; {
		j := from[i] - 1
		if j != i-1 {
			// Control went astray here: both ends are worth a mention.
			if at := a.offset(int(i)); back[len(back)-1] != at {
				back = append(back, at)
			}
			back = append(back, a.offset(int(j)))
		}
		i = j
	}
	if back[len(back)-1] != a.offset(0) {
		back = append(back, a.offset(0))
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}
