package instrument

import (
	"errors"
	"slices"
	"sort"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// Entry runs a snippet whenever the function starts, before anything else. In
// generators and coroutines that is when they are resumed for the first time.
func Entry(s Snippet) Pass {
	return func(f *rewrite.Func) error {
		_, err := insert(f, start(f), s)
		return err
	}
}

// start returns where the body of a function starts: behind what sets up the
// frame, and before all labels.
func start(f *rewrite.Func) int {
	for i, in := range f.Instructions() {
		switch {
		case in.Op == opcode.GEN_START:
			return i + 1
		case in.Op == opcode.RESUME && in.Arg&resumeWhere(f.Version()) == 0:
			return i + 1
		}
	}
	return 0
}

// Return runs a snippet whenever the function returns, by a return statement
// or at its end. It finds the value on the top of the stack and has to leave
// one there.
//
// Up to 3.7 a return in a try statement comes before its finally clause.
func Return(s Snippet) Pass {
	return func(f *rewrite.Func) error { return beforeReturns(f, s) }
}

func beforeReturns(f *rewrite.Func, s Snippet) error {
	if err := insertBeforeReturns(f, s); err != nil {
		return err
	}
	return shield(f)
}

func insertBeforeReturns(f *rewrite.Func, s Snippet) error {
	e := newEdits(f)
	for i := range f.Code {
		at, ok := e.returns(i)
		if !ok {
			continue
		}
		if err := e.fixed(at, s); err != nil {
			return err
		}
		e.finishReturn(i)
	}
	e.merge()
	return nil
}

// returns reports whether instruction i returns, and before which index what is
// to run before that belongs. A RETURN_CONST becomes a LOAD_CONST, to be
// completed by finishReturn.
func (e *edits) returns(i int) (at int, ok bool) {
	in := &e.f.Code[i]
	switch {
	case in.Label != nil:
	case in.Op == opcode.RETURN_CONST:
		in.Op = opcode.LOAD_CONST
		return i + 1, true
	case in.Op == opcode.RETURN_VALUE:
		return i, true
	}
	return 0, false
}

// finishReturn returns behind what was a RETURN_CONST.
func (e *edits) finishReturn(i int) {
	if in := &e.f.Code[i]; in.Op == opcode.LOAD_CONST {
		e.insert(i+1, rewrite.Instr{Op: opcode.RETURN_VALUE, Pos: in.Pos})
	}
}

// Raise runs a snippet whenever an exception leaves the function. It finds the
// exception on the top of the stack and has to leave it there; it is raised
// again behind it. Generators that are closed or thrown away leave by
// GeneratorExit.
func Raise(s Snippet) Pass {
	return func(f *rewrite.Func) error {
		if f.Version() < pyver.Py311 {
			return raiseByBlock(f, s)
		}
		return raiseByTable(f, s)
	}
}

// Exit is [Return] and [Raise] in one pass: whatever way control leaves the
// function, one of the two runs, and an exception in the one of a return does
// not bring the other about.
func Exit(returned, raised Snippet) Pass {
	return func(f *rewrite.Func) error {
		if err := Raise(raised)(f); err != nil {
			return err
		}
		if f.Version() >= pyver.Py311 {
			return outsideOfHandlers(f, returned)
		}
		// The block that Raise put around everything ends before a return.
		return beforeReturns(f, returned)
	}
}

// outsideOfHandlers puts a snippet before all returns, in no handler's range:
// what it raises leaves the function.
func outsideOfHandlers(f *rewrite.Func, s Snippet) error {
	e := newEdits(f)
	var cuts []cut
	for i := range f.Code {
		at, ok := e.returns(i)
		if !ok {
			continue
		}
		c := newCut(f)
		e.insert(at, label(c.from))
		if err := e.fixed(at, s); err != nil {
			return err
		}
		e.insert(at, label(c.to))
		cuts = append(cuts, c)
		e.finishReturn(i)
	}
	e.merge()
	exclude(f, cuts)
	return nil
}

// cut is a range that handlers shall not cover.
type cut struct{ from, to *rewrite.Label }

func newCut(f *rewrite.Func) cut { return cut{f.NewLabel(), f.NewLabel()} }

// exclude takes the cuts, which are in the order of the list and apart, out of
// all handlers' ranges.
func exclude(f *rewrite.Func, cuts []cut) {
	places := placesOf(f)
	var handlers []rewrite.Handler
	for _, h := range f.Handlers {
		start, end := places.of(h.Start), places.of(h.End)
		first := sort.Search(len(cuts), func(i int) bool { return places[cuts[i].to] > start })
		for _, c := range cuts[first:] {
			if places[c.from] >= end {
				break
			}
			before := h
			before.End = c.from
			handlers = append(handlers, before)
			h.Start = c.to
		}
		handlers = append(handlers, h)
	}
	f.Handlers = handlers
	dropEmpty(f, places)
}

// dropEmpty takes handlers away whose range has no instructions.
func dropEmpty(f *rewrite.Func, places places) {
	f.Handlers = slices.DeleteFunc(f.Handlers, func(h rewrite.Handler) bool {
		for i, end := max(places.of(h.Start), 0), places.of(h.End); i < end; i++ {
			if f.Code[i].Label == nil {
				return false
			}
		}
		return true
	})
}

// shield takes instructions out of the ranges of handlers that unwind to more
// than there is on the stack. From 3.15 on generator expressions have a few of
// these at their end, behind the loop whose iterator the handler counts on;
// compilers put nothing there that raises exceptions, but hooks do.
func shield(f *rewrite.Func) error {
	if f.Version() < pyver.Py315 || len(f.Handlers) == 0 {
		return nil
	}
	w, err := walk(f)
	if err != nil {
		return err
	}
	low, found := make([]bool, len(f.Code)), false
	e := newEdits(f)
	for _, h := range f.Handlers {
		below := false // until control goes elsewhere, whatever is pushed
		for i, end := max(e.places.of(h.Start), 0), e.places.of(h.End); i < end; i++ {
			t := info(f, i)
			if t == nil {
				continue
			}
			if n, ok := w.heights[i]; ok && n < h.Depth {
				below = true
			}
			if below {
				low[i], found = true, true
			}
			below = below && !t.Has(opcode.NoFallThrough)
		}
	}
	if !found {
		return nil
	}
	var cuts []cut
	for i := 0; i < len(low); i++ {
		if !low[i] {
			continue
		}
		c := newCut(f)
		e.insert(i, label(c.from))
		for i++; i < len(low) && (low[i] || f.Code[i].Label != nil); i++ {
		}
		end := i
		for f.Code[end-1].Label != nil {
			end--
		}
		e.insert(end, label(c.to))
		cuts = append(cuts, c)
	}
	e.merge()
	exclude(f, cuts)
	return nil
}

func label(l *rewrite.Label) rewrite.Instr { return rewrite.Instr{Label: l, Pos: code.NoPosition} }

// errNoHandler says why a function could get no handler.
var errNoHandler = errors.New("a handler's label is not in the list")

// raiseByTable adds a handler for all that no other handler is for.
func raiseByTable(f *rewrite.Func, s Snippet) error {
	list, err := f.Snippet(s)
	if err != nil {
		return err
	}
	at, e := start(f), newEdits(f)
	var raised []int // instructions without handler, as ranges
	covered := make([]bool, len(f.Code)+1)
	for _, h := range f.Handlers {
		from, to := e.places.of(h.Start), e.places.of(h.End)
		if from < 0 || to < 0 {
			return errNoHandler
		}
		for i := from; i < to; i++ {
			covered[i] = true
		}
	}
	for i := at; i < len(f.Code); i++ {
		if f.Code[i].Label != nil {
			continue
		}
		if !covered[i] && (len(raised) == 0 || raised[len(raised)-1] != i) {
			raised = append(raised, i, i+1)
		} else if !covered[i] {
			raised[len(raised)-1] = i + 1
		}
	}
	// A range goes on over labels between its instructions.
	target, inner, cleanup, end := f.NewLabel(), f.NewLabel(), f.NewLabel(), f.NewLabel()
	var mine []rewrite.Handler
	for k := 0; k < len(raised); k += 2 {
		h := rewrite.Handler{Start: f.NewLabel(), End: f.NewLabel(), Target: target}
		e.insert(raised[k], label(h.Start))
		e.insert(raised[k+1], label(h.End))
		mine = append(mine, h)
	}
	e.merge()
	nowhere := code.NoPosition
	tail := []rewrite.Instr{label(target), {Op: opcode.PUSH_EXC_INFO, Pos: nowhere}, label(inner)}
	for _, in := range list {
		if in.Pos == (code.Position{}) {
			in.Pos = nowhere
		}
		tail = append(tail, in)
	}
	tail = append(tail,
		rewrite.Instr{Op: opcode.RERAISE, Pos: nowhere}, label(end),
		label(cleanup),
		rewrite.Instr{Op: opcode.COPY, Arg: 3, Pos: nowhere},
		rewrite.Instr{Op: opcode.POP_EXCEPT, Pos: nowhere},
		rewrite.Instr{Op: opcode.RERAISE, Arg: 1, Pos: nowhere},
	)
	f.Insert(len(f.Code), tail...)
	f.Handlers = append(f.Handlers, mine...)
	sortHandlers(f)
	f.Handlers = append(f.Handlers, rewrite.Handler{Start: inner, End: end, Target: cleanup, Depth: 1, Lasti: true})
	deepenYields(f)
	return nil
}

// sortHandlers puts the handlers in the order of their ranges, which do not
// overlap: the interpreter searches the table by halves.
func sortHandlers(f *rewrite.Func) {
	place := make(map[*rewrite.Label]int, 2*len(f.Handlers))
	for i := range f.Code {
		if f.Code[i].Label != nil {
			place[f.Code[i].Label] = i
		}
	}
	slices.SortStableFunc(f.Handlers, func(a, b rewrite.Handler) int { return place[a.Start] - place[b.Start] })
}

// deepenYields tells the interpreter that a yield has one more handler around
// it: a generator that has none but that of its whole body is closed without
// being resumed.
func deepenYields(f *rewrite.Func) {
	for _, in := range f.Instructions() {
		switch {
		case in.Op == opcode.YIELD_VALUE && f.Version() == pyver.Py312:
			in.Arg++
		case in.Op == opcode.RESUME && f.Version() >= pyver.Py313:
			in.Arg &^= resumeWhere(f.Version()) + 1
		}
	}
}

// resumeWhere returns the bits of RESUME's oparg that say where it stands: 0 at
// the start, and in 3.15 4 before a generator expression asks for its iterator.
// The bit above says that a generator has no handler but that of its whole
// body (3.13 and later; CPython 3.13: pycore_opcode_utils.h).
func resumeWhere(v pyver.Version) int {
	if v >= pyver.Py315 {
		return 7
	}
	return 3
}

// raiseByBlock puts a block around the whole body (to 3.10).
func raiseByBlock(f *rewrite.Func, s Snippet) error {
	list, err := f.Snippet(func(b *rewrite.Builder) {
		// Three values: traceback, exception, class. The snippet gets a
		// second copy of the exception.
		if f.Version().Major() == 2 {
			b.Op(opcode.DUP_TOPX, 2)
		} else {
			b.Op(opcode.DUP_TOP_TWO, 0)
		}
		b.Pop()
		s(b)
		b.Pop()
		if f.Version() >= pyver.Py39 {
			b.Op(opcode.RERAISE, 0)
		} else {
			b.Op(opcode.END_FINALLY, 0)
		}
	})
	if err != nil {
		return err
	}
	if f.Version() >= pyver.Py38 {
		// Before that RETURN_VALUE undoes the blocks itself.
		leave := func(b *rewrite.Builder) { b.Op(opcode.POP_BLOCK, 0) }
		if err := beforeReturns(f, leave); err != nil {
			return err
		}
	}
	handler := f.NewLabel()
	setup := rewrite.Instr{Op: opcode.SETUP_FINALLY, Target: handler}
	if f.Version() < pyver.Py38 {
		setup.Op = opcode.SETUP_EXCEPT
	}
	f.Insert(start(f), setup)
	f.Insert(len(f.Code), append([]rewrite.Instr{label(handler)}, list...)...)
	if f.Version() < pyver.Py39 {
		// END_FINALLY goes on behind itself as far as its reader can see.
		tail, err := f.Snippet(func(b *rewrite.Builder) { b.LoadConst(nil).Return() })
		if err != nil {
			return err
		}
		f.Insert(len(f.Code), tail...)
	}
	return nil
}
