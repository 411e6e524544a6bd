package vm

import (
	"math/bits"

	"github.com/krait-py/krait/internal/object"
)

// Collections that one word alone sees, as in len({x for x in y}) or max([a, b, c]): package lift says so (lift.CallOwned). A builtin that does not keep what it
// gets, and has run no Python code, leaves them to nobody: then the next such collection has their memory.

const (
	// maxListClass is the class of the longest lists that are kept: those of class i have room for 1<<i items or more, but not twice as many.
	maxListClass = 8
	// maxSpare is how many lists of a class, or sets, a thread keeps.
	maxSpare = 4
	// firstClass is the class that lists are looked for in first if nobody knows how many items there will be.
	firstClass = 3
)

// spareCollections are a thread's lists and sets to be used again. All are empty.
type spareCollections struct {
	lists [maxListClass + 1][maxSpare]*object.List
	sets  [maxSpare]*object.Set
	// counts are how many lists of a class there are, classes has a bit for each that has some.
	counts  [maxListClass + 1]uint8
	classes uint32
	nsets   int
}

// list returns an empty list with room for n items, or some room if n is 0.
func (c *spareCollections) list(n int) *object.List {
	least := firstClass
	if n > 0 {
		least = bits.Len(uint(n - 1))
	}
	if least > maxListClass {
		return emptyList(n)
	}
	have := c.classes >> least << least
	if have == 0 {
		return emptyList(1 << least) // which is the room that the next one may need
	}
	i := bits.TrailingZeros32(have)
	k := c.counts[i] - 1
	l := c.lists[i][k]
	c.lists[i][k] = nil // else it would outlive its use here
	c.counts[i] = k
	if k == 0 {
		c.classes &^= 1 << i
	}
	return l
}

// emptyList returns a new list with room for n items.
func emptyList(n int) *object.List {
	l := object.MakeList(n)
	l.V = l.V[:0]
	return l
}

// set returns an empty set; nil: there is none.
func (c *spareCollections) set() *object.Set {
	if c.nsets == 0 {
		return nil
	}
	c.nsets--
	s := c.sets[c.nsets]
	c.sets[c.nsets] = nil
	return s
}

// drop takes a collection that nobody knows any more.
func (c *spareCollections) drop(v Value) {
	switch v.Type() {
	case &object.ListType:
		l := object.To[object.List](v)
		i := bits.Len(uint(cap(l.V))) - 1
		if i < 0 || i > maxListClass || c.counts[i] == maxSpare {
			return
		}
		clear(l.V)
		l.V = l.V[:0]
		c.lists[i][c.counts[i]] = l
		c.counts[i]++
		c.classes |= 1 << i
	case &object.SetType:
		if s := object.To[object.Set](v); c.nsets < maxSpare && s.Reuse() {
			c.sets[c.nsets] = s
			c.nsets++
		}
	}
}

// callOwned does a call by a word that gets nothing but a collection that nobody else knows, in arg.
func callOwned(t *Thread, fp ptr, w uint64, f Value, arg *Value, call func(*Thread, ptr, uint64, *Value) bool) bool {
	if !forgets(f) {
		return call(t, fp, w, regB(fp, w))
	}
	v, runs := *arg, t.Runs
	if !call(t, fp, w, regB(fp, w)) {
		return false
	}
	if t.Runs == runs {
		aux(t).collections.drop(v)
	}
	return true
}

// forgets reports whether f is a builtin that does not know its only argument, a list or a set, any more when it has returned, nor returns it.
func forgets(f Value) bool {
	return f.Type() == &object.BuiltinType && object.To[object.Builtin](f).Def == LenDef || usesUp(f)
}
