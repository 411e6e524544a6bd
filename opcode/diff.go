package opcode

import "slices"

// Changes is how one instruction set differs from another.
type Changes struct {
	Added   []*Info  // of the second table, by name
	Removed []*Info  // of the first table, by name
	Changed []Change // instructions that both have, by name
}

// Change is an instruction that differs in the ways that are true.
type Change struct {
	Old, New *Info

	Number  bool // has another number
	Operand bool // its oparg means something else
	Caches  bool // has other inline cache entries
	Flags   bool // other control flow, or on other has* lists
	Stack   bool // takes or leaves other values
	Effect  bool // StackEffect returns something else
}

// OnlyNumber reports whether nothing but the number differs.
func (c Change) OnlyNumber() bool {
	return !(c.Operand || c.Caches || c.Flags || c.Stack || c.Effect)
}

// Diff returns what changes from instruction set a to b. Specialized,
// instrumented and pseudo-instructions are among it, with flags to tell.
func Diff(a, b *Table) Changes {
	var c Changes
	for op := range Op(numOps) {
		x, inA := a.ByOp(op)
		y, inB := b.ByOp(op)
		switch {
		case inA && inB:
			if d := compare(x, y); d.Number || !d.OnlyNumber() {
				c.Changed = append(c.Changed, d)
			}
		case inA:
			c.Removed = append(c.Removed, x)
		case inB:
			c.Added = append(c.Added, y)
		}
	}
	return c
}

func compare(x, y *Info) Change {
	return Change{
		Old: x, New: y,
		Number:  x.Number != y.Number,
		Operand: x.Operand != y.Operand,
		Caches:  !slices.Equal(x.CacheFields(), y.CacheFields()),
		Flags:   x.Flags != y.Flags || x.Base != y.Base,
		Stack:   x.stack != y.stack || x.jump != y.jump,
		Effect:  effectDiffers(x, y),
	}
}

// effectDiffers compares stack effects for opargs that show every size
// expression of the specifications: all below 1024, and one per higher byte.
func effectDiffers(x, y *Info) bool {
	if x.stack == y.stack && x.jump == y.jump && x.effect == y.effect && x.mode&effectMax == y.mode&effectMax {
		return false
	}
	for jump := MaxOfBoth; jump <= Jumped; jump++ {
		for n := range 1027 {
			oparg := n
			if n >= 1024 {
				oparg = 1 << (16 + 4*(n-1024))
			}
			p, err1 := x.StackEffect(oparg, jump)
			q, err2 := y.StackEffect(oparg, jump)
			if p != q || (err1 == nil) != (err2 == nil) {
				return true
			}
		}
	}
	return false
}
