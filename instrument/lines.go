package instrument

import (
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/rewrite"
)

// Lines runs a snippet whenever a line begins, in the sense of sys.settrace:
// control comes from an instruction of another line or of none, or jumps back
// within the line, or goes on after a yield. The instruction and all that the
// line does follow.
//
// The rules are those of 3.12 and later (CPython 3.14: Python/instrumentation.c,
// initialize_lines, and Python/legacy_tracing.c, sys_trace_jump_func), applied to
// the instructions as they are, whatever their version.
func Lines(s func(b *rewrite.Builder, line int)) Pass {
	return func(f *rewrite.Func) error {
		// All variables that snippets need are there before indexes count.
		for {
			before := len(f.Code)
			l := liner{f: f, e: newEdits(f), first: start(f)}
			if err := l.run(s); err != nil {
				return err
			}
			if len(f.Code) == before {
				return l.e.apply()
			}
		}
	}
}

type liner struct {
	f     *rewrite.Func
	e     *edits
	first int // index of what is traced first
}

// arrivals are the ways to an instruction with labels.
type arrivals struct {
	jumps      []int // indexes of jumps
	exceptions bool  // what is raised in other lines leads there
	handled    bool  // some exception leads there
}

func (l *liner) run(s func(b *rewrite.Builder, line int)) error {
	f := l.f
	arriving := l.arrivals()
	previous := -1    // the instruction before
	current := -1     // its line, as far as it can start one
	group := -1       // first of the labels directly before
	var ways arrivals // to these labels
	for i := range f.Code {
		in := &f.Code[i]
		if in.Label != nil {
			if group < 0 {
				group = i
			}
			if a := arriving[in.Label]; a != nil {
				ways.jumps = append(ways.jumps, a.jumps...)
				ways.exceptions = ways.exceptions || a.exceptions
				ways.handled = ways.handled || a.handled
			}
			continue
		}
		line, from := in.Pos.Line, previous
		at := i
		if group >= 0 {
			at = group
		}
		w := ways
		previous, group, ways = i, -1, arrivals{}
		switch in.Op {
		case opcode.RESUME, opcode.END_FOR, opcode.END_SEND, opcode.END_ASYNC_FOR:
			continue // cannot start a line
		}
		if i < l.first {
			continue
		}
		starts := line != current
		current = line
		if line < 0 || !starts && len(w.jumps) == 0 && !w.handled {
			continue
		}
		if err := l.arrive(i, at, from, &w, func(b *rewrite.Builder) { s(b, line) }); err != nil {
			return err
		}
	}
	return nil
}

// arrive has s run before instruction i, which starts a line, on the ways that
// come from elsewhere. at is where its labels are, from the instruction before.
func (l *liner) arrive(i, at, from int, w *arrivals, s Snippet) error {
	f := l.f
	line := f.Code[i].Pos.Line
	falls, fires := true, true // there is a way from before; it counts
	if from >= l.first {
		t := info(f, from)
		falls = t == nil || !t.Has(opcode.NoFallThrough)
		fires = f.Code[from].Pos.Line != line || f.Code[from].Op == opcode.RESUME
	}
	var firing []int
	for _, j := range w.jumps {
		if f.Code[j].Pos.Line != line || j > i && f.Code[j].Op != opcode.JUMP_BACKWARD_NO_INTERRUPT {
			firing = append(firing, j)
		}
	}
	if f.Code[i].Op == opcode.PUSH_EXC_INFO {
		// Handlers of handlers take for granted that it has run.
		if w.exceptions {
			return l.e.before(i+1, s)
		}
		return nil
	}
	switch {
	case (!falls || fires) && len(firing) == len(w.jumps) && (!w.handled || w.exceptions):
		return l.e.before(i, s)
	case falls && fires:
		if err := l.e.before(at, s); err != nil {
			return err
		}
	}
	for _, j := range firing {
		if err := l.e.onJump(j, s); err != nil {
			return err
		}
	}
	return nil
}

// arrivals finds the ways to labels, except for falling into them.
func (l *liner) arrivals() map[*rewrite.Label]*arrivals {
	f, places := l.f, l.e.places
	all := map[*rewrite.Label]*arrivals{}
	at := func(label *rewrite.Label) *arrivals {
		if all[label] == nil {
			all[label] = &arrivals{}
		}
		return all[label]
	}
	for i, in := range f.Instructions() {
		t := info(f, i)
		switch {
		case in.Target == nil || t == nil || !t.Operand.IsJump():
		case t.Has(opcode.Handler):
			at(in.Target).exceptions, at(in.Target).handled = true, true
		default:
			a := at(in.Target)
			a.jumps = append(a.jumps, i)
		}
	}
	for _, h := range f.Handlers {
		a := at(h.Target)
		a.handled = true
		line := -1
		if k := places.of(h.Target); k >= 0 {
			for ; k < len(f.Code) && f.Code[k].Label != nil; k++ {
			}
			if k < len(f.Code) {
				line = f.Code[k].Pos.Line
			}
		}
		for k, end := max(places.of(h.Start), 0), places.of(h.End); k < end && !a.exceptions; k++ {
			a.exceptions = f.Code[k].Label == nil && f.Code[k].Pos.Line != line
		}
	}
	return all
}
