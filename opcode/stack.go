package opcode

import (
	"fmt"
	"strings"
)

// Item is one value of a stack picture, or an array of them.
type Item struct {
	Name string
	size uint8 // of evalSize; 0: exactly one
	cond bool  // there or not, rather than an array
}

// Len returns how many values the item stands for with that oparg.
func (i Item) Len(oparg int) int {
	if i.size == 0 {
		return 1
	}
	return max(evalSize(i.size, oparg), 0)
}

// Variable reports whether Len depends on oparg.
func (i Item) Variable() bool { return i.size != 0 }

// String returns the item as the specifications write it: "value",
// "args[oparg]" or "null if (oparg & 1)".
func (i Item) String() string {
	switch {
	case i.size == 0:
		return i.Name
	case i.cond:
		return i.Name + " if (" + sizeTexts[i.size] + ")"
	}
	return i.Name + "[" + sizeTexts[i.size] + "]"
}

// Picture says which values an instruction takes off the evaluation stack and
// which it leaves, the top last. Names mean the same everywhere: null is no
// value, iter an iterator, self_or_null what a call takes before its
// arguments. The slices must not be changed.
type Picture struct{ In, Out []Item }

// Popped returns the number of values taken.
func (p Picture) Popped(oparg int) int { return sum(p.In, oparg) }

// Pushed returns the number of values left.
func (p Picture) Pushed(oparg int) int { return sum(p.Out, oparg) }

func sum(items []Item, oparg int) int {
	n := 0
	for _, i := range items {
		n += i.Len(oparg)
	}
	return n
}

// String returns the picture as "lhs, rhs -- res".
func (p Picture) String() string {
	var b strings.Builder
	for i, item := range p.In {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(item.String())
	}
	b.WriteString(" --")
	for i, item := range p.Out {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(" " + item.String())
	}
	return strings.TrimLeft(b.String(), " ")
}

// picture is a Picture and its effect as far as it is the same for every
// oparg.
type picture struct {
	in, out  []Item
	fixed    int8
	variable bool
}

func (p *picture) effect(oparg int) int {
	n := int(p.fixed)
	if p.variable {
		for _, i := range p.out {
			if i.size != 0 {
				n += i.Len(oparg)
			}
		}
		for _, i := range p.in {
			if i.size != 0 {
				n -= i.Len(oparg)
			}
		}
	}
	return n
}

// Stack returns the stack picture for the case that control goes on with the
// next instruction, and for an unconditional jump.
func (i *Info) Stack() Picture {
	p := &pictures[i.stack]
	return Picture{p.in, p.out}
}

// JumpStack returns the stack picture for the case that the jump is taken; for
// a block's set-up, the stack at its handler.
func (i *Info) JumpStack() Picture {
	p := &pictures[i.jump]
	return Picture{p.in, p.out}
}

// Jump says which way control goes, for stack effects.
type Jump uint8

// The values of dis.stack_effect's parameter jump: None, False and True.
const (
	MaxOfBoth Jump = iota
	NoJump
	Jumped
)

// StackEffectError is asked-for stack effect of something that has none.
type StackEffectError struct{ Name string }

func (e *StackEffectError) Error() string {
	return fmt.Sprintf("opcode: %s has no stack effect", e.Name)
}

const noEffect = 255

// StackEffect returns by how much the instruction changes the height of the
// stack. It is what the version's own dis.stack_effect returns, which is the
// compiler's account: for a few instructions of old versions that differs from
// the stack pictures. A [*StackEffectError] is returned where dis.stack_effect
// raises ValueError: undefined opcodes and, from 3.12 on, specialized ones.
// Instructions without operand ignore oparg.
func (i *Info) StackEffect(oparg int, jump Jump) (int, error) {
	if i.effect != 0 {
		if i.effect == noEffect {
			return 0, &StackEffectError{i.Name}
		}
		return evalSize(i.effect, oparg), nil
	}
	if jump == Jumped {
		return pictures[i.jump].effect(oparg), nil
	}
	n := pictures[i.stack].effect(oparg)
	if jump == MaxOfBoth && i.jump != i.stack {
		n = max(n, pictures[i.jump].effect(oparg))
	}
	return n, nil
}

// count is 1 for true: the number of values a condition stands for.
func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
