package rewrite

import (
	"fmt"
	"math"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// StackSize returns the size of the evaluation stack that f needs: what the
// compilers of 3.12 to 3.14 give the same instructions, and in the other
// versions, whose compilers guess higher in places, what the interpreter
// needs at most.
//
// It follows the stack effects of the instructions along all paths from the
// start. Code that takes more from the stack than there is, or joins paths with
// different heights, is not refused here: below nothing is nothing, and the
// higher of the two counts. A stack that grows with each turn of a loop is an
// [*EncodeError].
func (f *Func) StackSize() (int, error) {
	if f.Object == nil {
		return 0, &EncodeError{Object: "code object", Index: -1, Found: "no Object", Want: "one"}
	}
	t := f.Object.Opcodes()
	if t == nil {
		return 0, f.fail(-1, "version "+f.Object.Version.String(), "2.7, or 3.0 to 3.15")
	}
	s := stackWalk{f: f, table: t, places: f.places(), heights: make([]int32, len(f.Code)+1), lows: make([]int32, len(f.Code)+1), visits: make([]uint8, len(f.Code)+1), seen: make([]bool, len(f.Code))}
	for i := range s.heights {
		s.heights[i] = -1
	}
	if len(f.Handlers) > 0 {
		s.handlers = f.handlerOf(s.places)
		s.raised = make([]bool, len(f.Handlers))
	}
	start := 0
	if v := f.Object.Version; v >= pyver.Py310 && v <= pyver.Py312 && f.Object.Flags&(code.Generator|code.Coroutine|code.AsyncGenerator) != 0 {
		// What is sent to start the generator is on the stack, though in 3.11
		// and 3.12 only RETURN_GENERATOR's stack effect knows.
		start = 1
	}
	if err := s.push(0, start, start); err != nil {
		return 0, err
	}
	if err := s.run(); err != nil {
		return 0, err
	}
	// Compilers leave the handlers of empty try blocks in the code, and count
	// them. What is known of them is the stack where they have handlers of
	// their own.
	for h := range f.Handlers {
		if s.raised[h] {
			continue
		}
		if place, ok := s.places[f.Handlers[h].Start]; ok {
			if err := s.push(place, f.Handlers[h].Depth, f.Handlers[h].Depth); err != nil {
				return 0, err
			}
		}
		if err := s.run(); err != nil {
			return 0, err
		}
	}
	if err := s.dead(); err != nil {
		return 0, err
	}
	if f.Object.Version >= pyver.Py313 {
		s.most = max(s.most, 1)
	}
	return s.most, nil
}

func (s *stackWalk) run() error {
	for len(s.todo) > 0 {
		i := s.todo[len(s.todo)-1]
		s.todo = s.todo[:len(s.todo)-1]
		if err := s.walk(i); err != nil {
			return err
		}
	}
	return nil
}

// maxStackVisits is how often a label may turn out to have a higher stack than
// thought. In sound code that happens where finally blocks are entered with
// one value normally and six by an exception.
const maxStackVisits = 100

type stackWalk struct {
	f        *Func
	table    *opcode.Table
	places   map[*Label]int
	handlers []int32 // index into f.Handlers for each of f.Code, -1 for none
	raised   []bool  // which of them have been reached
	heights  []int32 // the highest, at places where walks start
	lows     []int32 // the lowest
	seen     []bool  // which of f.Code have been walked over
	visits   []uint8
	todo     []int
	most     int
}

func (f *Func) fail(index int, found, want string) error {
	e := &EncodeError{Index: index, Found: found, Want: want}
	if f.Object != nil {
		e.Object = f.Object.QualNameText()
	}
	if index >= 0 && index < len(f.Code) {
		e.Op = f.Code[index].Op
	}
	return e
}

// places returns where in the list labels stand.
func (f *Func) places() map[*Label]int {
	n := 0
	for i := range f.Code {
		if f.Code[i].Label != nil {
			n++
		}
	}
	places := make(map[*Label]int, n)
	for i := range f.Code {
		if l := f.Code[i].Label; l != nil {
			places[l] = i
		}
	}
	return places
}

// handlerOf returns for each place in the list which handler exceptions raised
// there go to, as index into f.Handlers, or -1. The first that covers a place
// counts, as in the interpreter.
func (f *Func) handlerOf(places map[*Label]int) []int32 {
	of := make([]int32, len(f.Code))
	// next[i] leads towards the first place from i on that has none yet, so
	// that overlapping ranges do not cost their product.
	next := make([]int32, len(f.Code)+1)
	for i := range of {
		of[i], next[i] = -1, int32(i)
	}
	next[len(of)] = int32(len(of))
	free := func(i int32) int32 {
		for next[i] != i {
			next[i] = next[next[i]]
			i = next[i]
		}
		return i
	}
	for h := range f.Handlers {
		start, ok1 := places[f.Handlers[h].Start]
		end, ok2 := places[f.Handlers[h].End]
		if !ok1 || !ok2 {
			continue
		}
		for i := free(int32(start)); int(i) < end; i = free(i) {
			of[i] = int32(h)
			next[i] = i + 1
		}
	}
	return of
}

// push notes that control reaches a place with a stack of that height: between
// low and height, where the end of a finally block can tell (up to 3.6).
func (s *stackWalk) push(place, low, height int) error {
	low, height = max(low, 0), max(height, 0)
	if height > math.MaxInt32/2 {
		return s.f.fail(place, fmt.Sprintf("a stack of %d", height), "a smaller one")
	}
	if have := int(s.heights[place]); have >= 0 {
		low, height = min(low, int(s.lows[place])), max(height, have)
		if height == have && (low == int(s.lows[place]) || s.f.Object.Version >= pyver.Py37) {
			return nil
		}
	}
	if s.visits[place]++; s.visits[place] > maxStackVisits {
		return s.f.fail(place, "a stack that grows in a loop", "one that does not")
	}
	s.heights[place], s.lows[place] = int32(height), int32(low)
	s.todo = append(s.todo, place)
	return nil
}

// walk follows the instructions from a place on up to the next label.
func (s *stackWalk) walk(place int) error {
	v := s.f.Object.Version
	low, height := int(s.lows[place]), int(s.heights[place])
	for i := place; i < len(s.f.Code); i++ {
		in := &s.f.Code[i]
		if in.Label != nil {
			if i > place {
				return s.push(i, low, height)
			}
			continue
		}
		if s.handlers != nil {
			if h := s.handlers[i]; h >= 0 && !s.raised[h] {
				s.raised[h] = true
				if err := s.raise(&s.f.Handlers[h]); err != nil {
					return err
				}
			}
		}
		s.most = max(s.most, height)
		s.seen[i] = true
		info, ok := s.table.ByOp(in.Op)
		if !ok {
			if in.Op != opcode.JUMP {
				return s.f.fail(i, in.Op.String(), "an instruction that "+v.String()+" has")
			}
			return s.jump(in, low, height)
		}
		if in.Target != nil && info.Operand != opcode.Origin {
			effect := s.effect(info, in.Arg, opcode.Jumped)
			if v < pyver.Py313 {
				s.most = max(s.most, height+effect)
			}
			if err := s.jump(in, low+effect, height+effect); err != nil {
				return err
			}
		}
		effect := s.effect(info, in.Arg, opcode.NoJump)
		if in.Op == opcode.END_FINALLY && v < pyver.Py37 {
			// Behind it no exception was raised, and it took one value only.
			height = min(low-1, height+effect)
			low, effect = height, 0
		}
		low, height = max(low+effect, 0), max(height+effect, 0)
		if v < pyver.Py313 {
			s.most = max(s.most, height)
		}
		if info.Has(opcode.NoFallThrough) {
			return nil
		}
	}
	return nil
}

// dead walks over what nothing has led to and that leads to where the stack is
// known: what is left of an empty "except* X as name" block.
func (s *stackWalk) dead() error {
	start, height := -1, 0
	for i := range s.f.Code {
		in := &s.f.Code[i]
		if in.Label != nil || s.seen[i] {
			if start >= 0 && s.heights[i] >= 0 {
				if err := s.deadAt(start, int(s.heights[i])-height); err != nil {
					return err
				}
				start = -1
			}
			if s.seen[i] {
				start = -1
			}
			continue
		}
		if start < 0 {
			start, height = i, 0
		}
		info, ok := s.table.ByOp(in.Op)
		if !ok {
			start = -1
			continue
		}
		if place, ok := s.places[in.Target]; ok && info.Operand != opcode.Origin && s.heights[place] >= 0 {
			effect := s.effect(info, in.Arg, opcode.Jumped)
			if err := s.deadAt(start, int(s.heights[place])-height-effect); err != nil {
				return err
			}
			start = -1
			continue
		}
		effect := s.effect(info, in.Arg, opcode.NoJump)
		height += effect
		if info.Has(opcode.NoFallThrough) {
			start = -1
		}
	}
	return nil
}

func (s *stackWalk) deadAt(place, height int) error {
	if err := s.push(place, height, height); err != nil {
		return err
	}
	return s.run()
}

func (s *stackWalk) jump(in *Instr, low, height int) error {
	place, ok := s.places[in.Target]
	if !ok || in.Op == opcode.CONTINUE_LOOP && s.heights[place] >= 0 {
		return nil // CONTINUE_LOOP unwinds to the height that is known there
	}
	return s.push(place, low, height)
}

// raise enters a handler: the exception is on the stack, above the place it
// was raised at if the handler asks for it.
func (s *stackWalk) raise(h *Handler) error {
	height := h.Depth + 1
	if h.Lasti {
		height++
	}
	if place, ok := s.places[h.Target]; ok {
		return s.push(place, height, height)
	}
	return nil
}

// effect returns by how much an instruction changes the height of the stack.
func (s *stackWalk) effect(info *opcode.Info, oparg int, jump opcode.Jump) int {
	v := s.f.Object.Version
	if base, ok := s.table.ByOp(info.Family()); ok {
		info = base
	}
	if v < pyver.Py37 {
		// The pictures are more exact than those compilers' account. But the
		// end of a finally block takes what an exception brought, if that is
		// what the stack was counted with, and __exit__ is called above all
		// of it.
		switch {
		case info.Op == opcode.END_FINALLY && v == pyver.Py27:
			return -3
		case v == pyver.Py27:
		case info.Op == opcode.END_FINALLY:
			return -6
		case info.Op == opcode.WITH_CLEANUP_START:
			return 2
		case info.Op == opcode.WITH_CLEANUP_FINISH:
			return -3
		}
		return pictured(info, oparg, jump)
	}
	n, err := info.StackEffect(oparg, jump)
	if err != nil { // there is none, which goes for NOP up to 3.7
		return pictured(info, oparg, jump)
	}
	return n
}

// pictured returns the stack effect as the stack pictures have it.
func pictured(info *opcode.Info, oparg int, jump opcode.Jump) int {
	p := info.Stack()
	if jump == opcode.Jumped {
		p = info.JumpStack()
	}
	return p.Pushed(oparg) - p.Popped(oparg)
}
