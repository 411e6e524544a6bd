package vm

import (
	"github.com/krait-py/krait/internal/object"
)

// Step is a moment before an instruction.
type Step struct {
	Func *object.Func // with the code that programs see
	Code *object.Code
	// Offset is that of the instruction in bytes; of its first EXTENDED_ARG, if it has any.
	Offset int
	// Stack is the evaluation stack, the top last. No value: NULL. It is valid until the call returns.
	Stack []Value
	// Handling is the exception that is being handled, or nil.
	Handling *object.Exc
	// Depth is the number of frames.
	Depth int
}

// OnStep makes f be called before each instruction that any thread of an interpreter executes from now on. What f calls is not followed.
func OnStep(in *object.Interp, f func(t *Thread, s *Step)) {
	var s Step
	step := func(t *Thread, fp ptr, unit int) {
		c := codeOf(fp)
		l := lifted(c)
		s = Step{
			Func: original(funcOf(fp)), Code: realCode(c), Offset: unit * 2, Handling: t.HandledExc(), Depth: t.FrameDepth(),
			Stack: span(slotAt(fp, l.StackBase), lastDepth(c, unit)),
		}
		a := aux(t)
		a.inCallback++
		f(t, &s)
		a.inCallback--
	}
	begin := in.Hooks.NewThread
	in.Hooks.NewThread = func(t *Thread) {
		begin(t)
		aux(t).step = step
		aux(t).mon.rewatch(in)
	}
	for _, t := range in.Threads() {
		aux(t).step = step
	}
	aux(in.Main).mon.rewatch(in)
}
