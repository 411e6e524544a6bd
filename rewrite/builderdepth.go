package rewrite

import (
	"fmt"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// depths follows the stack through the instructions of a Builder, to find its
// greatest depth and those that handlers unwind to, and mistakes on the way.
type depths struct {
	f     *finisher
	at    map[*Label]int // depth at labels that can be reached
	place map[*Label]int // index of labels in the list
	todo  []*Label
	most  int
}

// handlerDepth returns what a block's handler unwinds to, if control can get
// to the block at all.
func (d *depths) handlerDepth(blk *block) (int, bool) {
	if blk == nil {
		return 0, false
	}
	n, ok := d.at[blk.start]
	return n + blk.extra, ok
}

func (d *depths) run() int {
	d.place = make(map[*Label]int)
	list := d.f.list
	for i := range list {
		if list[i].Label != nil {
			d.place[list[i].Label] = i
		}
	}
	depth := 0
	if len(list) > 0 && list[0].Op == opcode.GEN_START {
		depth = 1
	}
	d.walk(0, depth)
	for len(d.todo) > 0 && len(d.f.errs) == 0 {
		l := d.todo[len(d.todo)-1]
		d.todo = d.todo[:len(d.todo)-1]
		d.walk(d.place[l]+1, d.at[l])
	}
	return d.most
}

// reach says that control can get to a label with so much on the stack.
func (d *depths) reach(l *Label, depth int, from *built) bool {
	d.most = max(d.most, depth)
	have, ok := d.at[l]
	switch {
	case !ok:
		d.at[l] = depth
		d.todo = append(d.todo, l)
	case have != depth:
		d.f.fail(from, fmt.Sprintf("%d values on the stack at a label", depth), fmt.Sprintf("the %d it has on another way", have), nil)
		return false
	}
	return true
}

// walk follows the instructions from place i on, up to a label.
func (d *depths) walk(i, depth int) {
	t := d.f.b.table
	for ; i < len(d.f.list); i++ {
		in := &d.f.list[i]
		if in.Label != nil {
			d.reach(in.Label, depth, in)
			return
		}
		if in.block != nil && d.f.b.handlers() {
			if n, ok := d.handlerDepth(in.block); ok {
				n++ // the exception
				if in.block.lasti {
					n++
				}
				if !d.reach(in.block.target, n, in) {
					return
				}
			}
		}
		info, ok := t.ByOp(in.Op)
		if !ok {
			return // Encode will say so
		}
		d.most = max(d.most, depth)
		if in.Target != nil && info.Operand.IsJump() {
			p := info.JumpStack()
			if n := depth - p.Popped(in.Arg) + p.Pushed(in.Arg); !d.enough(in, depth, p) || !d.reach(in.Target, n, in) {
				return
			}
		}
		p := info.Stack()
		if !d.enough(in, depth, p) {
			return
		}
		if info.Has(opcode.NoFallThrough) {
			return
		}
		depth += p.Pushed(in.Arg) - p.Popped(in.Arg)
		d.most = max(d.most, depth)
	}
	d.f.fail(nil, "control that runs off the end", "a return", nil)
}

func (d *depths) enough(in *built, depth int, p opcode.Picture) bool {
	if n := p.Popped(in.Arg); n > depth {
		d.f.fail(in, fmt.Sprintf("%d values on the stack", depth), fmt.Sprint(n), nil)
		return false
	}
	return true
}

// handlers reports whether handlers are ranges rather than blocks.
func (b *Builder) handlers() bool { return b.version >= pyver.Py311 }
