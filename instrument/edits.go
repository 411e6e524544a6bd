package instrument

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// places says where in a list labels stand.
type places map[*rewrite.Label]int

func placesOf(f *rewrite.Func) places {
	p := places{}
	for i := range f.Code {
		if l := f.Code[i].Label; l != nil {
			p[l] = i
		}
	}
	return p
}

// of returns the index of a label, or -1.
func (p places) of(l *rewrite.Label) int {
	if i, ok := p[l]; ok {
		return i
	}
	return -1
}

// edits are insertions that are made all at once, so that indexes stay what
// they are until then, and many cost no more than one.
type edits struct {
	f        *rewrite.Func
	places   places
	inserted map[int][]rewrite.Instr // by what they stand before
	targets  map[int]*rewrite.Label  // of jumps that are to lead elsewhere
	tail     []rewrite.Instr
	handlers []rewrite.Handler
	covered  []int32 // for each instruction its handler, plus 1; made when needed
}

func newEdits(f *rewrite.Func) *edits {
	return &edits{f: f, places: placesOf(f), inserted: map[int][]rewrite.Instr{}, targets: map[int]*rewrite.Label{}}
}

// insert puts instructions before what stands at index i, behind those that
// have been put there before.
func (e *edits) insert(i int, list ...rewrite.Instr) {
	e.inserted[i] = append(e.inserted[i], list...)
}

// before has s run before what stands at index i.
func (e *edits) before(i int, s Snippet) error {
	list, err := e.f.Snippet(s)
	if err != nil {
		return err
	}
	e.insert(i, list...)
	return nil
}

// fixed is before for who cannot begin anew when a new local variable of s
// changes the instructions.
func (e *edits) fixed(i int, s Snippet) error {
	before := len(e.f.Code)
	if err := e.before(i, s); err != nil {
		return err
	}
	if len(e.f.Code) != before {
		return errSplit
	}
	return nil
}

// onJump has s run when jump i is taken, and only then: it gets a place of its
// own behind the end, from which a jump leads on. A FOR_ITER that must lead
// where it leads has it behind the instructions there.
func (e *edits) onJump(i int, s Snippet) error {
	f := e.f
	in := f.Code[i]
	if at, ok := e.loopEnd(i); ok {
		return e.before(at, s)
	}
	list, err := f.Snippet(s)
	if err != nil {
		return err
	}
	detour := f.NewLabel()
	from, to := f.NewLabel(), f.NewLabel()
	e.tail = append(e.tail, label(from), label(detour))
	for _, add := range list {
		if add.Pos == (code.Position{}) {
			add.Pos = in.Pos
		}
		e.tail = append(e.tail, add)
	}
	e.tail = append(e.tail, rewrite.Instr{Op: opcode.JUMP_FORWARD, Target: in.Target, Pos: in.Pos}, label(to))
	e.targets[i] = detour
	if h, ok := e.handlerOf(i); ok {
		// What the snippet raises is raised where the jump is.
		h.Start, h.End = from, to
		e.handlers = append(e.handlers, h)
	}
	return nil
}

// loopEnd returns what stands behind the instructions that a FOR_ITER leads to
// when its loop ends, from 3.12 on. They clean up, FOR_ITER may skip them, and
// nothing else leads to them.
func (e *edits) loopEnd(i int) (int, bool) {
	f := e.f
	if f.Code[i].Op != opcode.FOR_ITER || f.Version() < pyver.Py312 {
		return 0, false
	}
	at := e.places.of(f.Code[i].Target)
	for at >= 0 && at < len(f.Code) && f.Code[at].Label != nil {
		at++
	}
	if at++; f.Version() >= pyver.Py313 { // END_FOR, and POP_TOP or POP_ITER
		at++
	}
	return min(at, len(f.Code)), true
}

// handlerOf returns the handler for instruction i, the first that has it.
func (e *edits) handlerOf(i int) (rewrite.Handler, bool) {
	f := e.f
	if e.covered == nil && len(f.Handlers) > 0 {
		e.covered = make([]int32, len(f.Code))
		for n, h := range f.Handlers {
			for k, end := max(e.places.of(h.Start), 0), e.places.of(h.End); k < end; k++ {
				if e.covered[k] == 0 {
					e.covered[k] = int32(n) + 1
				}
			}
		}
	}
	if i >= len(e.covered) || e.covered[i] == 0 {
		return rewrite.Handler{}, false
	}
	return f.Handlers[e.covered[i]-1], true
}

// apply makes the insertions. As with [rewrite.Func.Insert], what has the zero
// Position gets that of the instruction that follows, or of the last one.
func (e *edits) apply() error {
	e.merge()
	return shield(e.f)
}

func (e *edits) merge() {
	f := e.f
	n := len(f.Code) + len(e.tail)
	for _, list := range e.inserted {
		n += len(list)
	}
	all := make([]rewrite.Instr, 0, n)
	for i := range f.Code {
		all = append(all, e.inserted[i]...)
		if l := e.targets[i]; l != nil {
			f.Code[i].Target = l
		}
		all = append(all, f.Code[i])
	}
	all = append(append(all, e.inserted[len(f.Code)]...), e.tail...)
	placeAll(all)
	f.Code = all
	f.Handlers = append(f.Handlers, e.handlers...)
}

// placeAll gives positions to the instructions that have the zero Position.
func placeAll(all []rewrite.Instr) {
	last := code.NoPosition
	for i := range all {
		if in := &all[i]; in.Label == nil && in.Pos != (code.Position{}) {
			last = in.Pos
		}
	}
	next := last
	for i := len(all) - 1; i >= 0; i-- {
		in := &all[i]
		switch {
		case in.Label != nil:
			in.Pos = code.NoPosition
		case in.Pos == (code.Position{}):
			in.Pos = next
		default:
			next = in.Pos
		}
	}
}
