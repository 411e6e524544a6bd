package opcode

import (
	"fmt"
	"math"
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
	return int(max(evalSize(i.size, int64(oparg)), 0))
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
	p := i.normal()
	return Picture{p.in, p.out}
}

// JumpStack returns the stack picture for the case that the jump is taken; for
// a block's set-up, the stack at its handler.
func (i *Info) JumpStack() Picture {
	p := i.jumped()
	return Picture{p.in, p.out}
}

func (i *Info) normal() *picture {
	if i.own != nil {
		return &i.own.stack
	}
	return &pictures[i.stack]
}

func (i *Info) jumped() *picture {
	if i.own != nil {
		return &i.own.jump
	}
	return &pictures[i.jump]
}

// Jump says which way control goes, for stack effects.
type Jump uint8

// The values of dis.stack_effect's parameter jump: None, False and True.
const (
	MaxOfBoth Jump = iota
	NoJump
	Jumped
)

// StackEffectError says that a stack effect was asked of something that has
// none: dis.stack_effect raises ValueError.
type StackEffectError struct {
	Name  string
	Oparg int
}

func (e *StackEffectError) Error() string {
	return fmt.Sprintf("opcode: no stack effect of %s with argument %d", e.Name, e.Oparg)
}

const noEffect = 255

// The bits of Info.mode.
const (
	// effectChecked: pushing or popping more than 2**31-1 values is an error
	// (3.12 on). Before, C's int wraps, and its greatest value is the error.
	effectChecked = 1 << iota
	// effectMax: Info.effect is for MaxOfBoth only.
	effectMax
)

// StackEffect returns by how much the instruction changes the height of the
// stack. It is what the version's own dis.stack_effect returns, which is the
// compiler's account: for a few instructions, most of them of old versions,
// that differs from the stack pictures. Versions before 3.8 have no parameter
// jump and answer to MaxOfBoth; for the other two the pictures stand in, or
// the one answer where there are no two pictures. A [*StackEffectError] is
// returned where dis.stack_effect raises ValueError for another reason than a
// superfluous or missing oparg: undefined and specialized opcodes, EXTENDED_ARG
// and NOP of some versions, impossible opargs. Instructions without operand
// ignore oparg.
func (i *Info) StackEffect(oparg int, jump Jump) (int, error) {
	if i.effect == noEffect {
		return 0, &StackEffectError{i.Name, oparg}
	}
	if i.effect != 0 && (jump == MaxOfBoth || i.mode&effectMax == 0) {
		return int(evalSize(i.effect, int64(oparg))), nil
	}
	p := i.normal()
	if jump == Jumped {
		p = i.jumped()
	}
	if uint(oparg) >= maxPlain && p.variable {
		return i.bigEffect(oparg, jump)
	}
	n := p.effect(oparg)
	if jump == MaxOfBoth && (i.jump != i.stack || i.own != nil) {
		n = max(n, i.jumped().effect(oparg))
	}
	return n, nil
}

// maxPlain is an oparg below which no size expression exceeds 2**31-1.
const maxPlain = 1 << 28

// bigEffect is StackEffect where C's int may overflow.
func (i *Info) bigEffect(oparg int, jump Jump) (int, error) {
	effect := int64(math.MinInt64)
	one := func(p *picture) bool {
		popped, pushed := count64(p.in, oparg), count64(p.out, oparg)
		if i.mode&effectChecked != 0 && max(popped, pushed) > math.MaxInt32 {
			return false
		}
		n := int64(int32(pushed - popped))
		effect = max(effect, n)
		return i.mode&effectChecked != 0 || n != math.MaxInt32
	}
	ok := oparg >= 0 && oparg <= math.MaxInt32 &&
		(jump == Jumped || one(i.normal())) &&
		(jump == NoJump || i.jump == i.stack && i.own == nil && jump == MaxOfBoth || one(i.jumped()))
	if !ok {
		return 0, &StackEffectError{i.Name, oparg}
	}
	return int(effect), nil
}

func count64(items []Item, oparg int) int64 {
	n := int64(0)
	for _, i := range items {
		if i.size == 0 {
			n++
		} else {
			n += max(evalSize(i.size, int64(oparg)), 0)
		}
	}
	return n
}

// count is 1 for true: the number of values a condition stands for.
func count(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
