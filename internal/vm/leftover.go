package vm

import "github.com/krait-py/krait/internal/lift"

// ClearLeftovers drops the values that the running frame has on its evaluation stack from instructions that are over:
// nothing else refers to some of them. It is for a builtin function that no longer needs its arguments.
func ClearLeftovers(t *Thread) {
	if t.FP == 0 {
		return
	}
	fp := fpOf(t)
	if f := funcOf(fp); f == nil || f.Code.Real != nil || f.Code.Lifted == nil || lifted(f.Code).Generator {
		return
	}
	c := codeOf(fp)
	l := lifted(c)
	loc, ok := place(fp, c, wordIndex(c, t.IP)+1)
	if !ok {
		return
	}
	stack := span(slotAt(fp, l.StackBase), int(c.FrameBytes/valueSize)-l.StackBase)
	used := make([]bool, len(stack))
	for _, s := range loc.Stack {
		if i := s.Index - l.StackBase; s.Kind == lift.FromSlot && i >= 0 && i < len(used) {
			used[i] = true
		}
	}
	for i := range l.NLocals {
		// In very large frames variables may lie behind the stack.
		if i := l.Slot(i) - l.StackBase; i >= 0 && i < len(used) {
			used[i] = true
		}
	}
	for i := range stack {
		if !used[i] {
			stack[i] = Value{}
		}
	}
}
