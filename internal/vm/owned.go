package vm

import (
	"math/bits"

	"github.com/krait-py/krait/internal/lift"
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
	// usual is how many items the list had that a method made last.
	usual int
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

// set returns an empty set.
func (c *spareCollections) set() *object.Set {
	if c.nsets == 0 {
		return object.NewSet()
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

// loneCollections are those that are noted to be seen by one word only, an operator or a loop, because they are new and package lift says so, those noted last
// at the end. What an exception has kept from that word stays until others take its place: nobody knows it.
type loneCollections struct {
	known [8]ptr
	n     int
	// told is a new collection that the word at hand has made for the next one, a call of a builtin that forgets it, which always takes it; else nil.
	told ptr
}

// note notes a collection.
func (c *loneCollections) note(p ptr) {
	if c.n == len(c.known) {
		copy(c.known[:], c.known[1:])
		c.n--
	}
	c.known[c.n] = p
	c.n++
}

// take reports whether v is noted, and forgets that, and those that have been noted later.
func (c *loneCollections) take(v Value) bool {
	for i := c.n - 1; i >= 0; i-- {
		if c.known[i] == v.P {
			clear(c.known[i:c.n])
			c.n = i
			return true
		}
	}
	return false
}

// operateOwned does a word that is an operator with a list or a set. Operands that nobody else knows are given back.
func operateOwned(t *Thread, fp ptr, w uint64, a, b Value, x uint) bool {
	s := aux(t)
	var dropA, dropB bool
	if s.lone.n > 0 {
		dropB = s.lone.take(b) // it is the later one
		dropA = s.lone.take(a)
	}
	if x == uint(object.OpAdd) && a.Type() == &object.ListType && b.Type() == &object.ListType {
		p, q := object.To[object.List](a).V, object.To[object.List](b).V
		if !t.HasItems(len(p) + len(q)) {
			return false
		}
		var l *object.List
		if fieldX(w)&lift.Fleeting != 0 {
			l = s.collections.list(len(p) + len(q))
			l.V = append(append(l.V, p...), q...)
			s.lone.note(ptr(l))
		} else {
			l = object.MakeList(len(p) + len(q))
			copy(l.V[copy(l.V, p):], q)
		}
		if dropA {
			s.collections.drop(a)
		}
		if dropB {
			s.collections.drop(b)
		}
		*regA(fp, w) = object.Of(l)
		return true
	}
	// Where an operand is a number or a constant in the word, this bit of x says something else: see swapBit.
	told := fieldX(w)&lift.Told != 0 && rightOf[uint8(w)] == 0 && x < inplace && forgets(getter(t, fp))
	if !dropA && !dropB && !told {
		return enterBinary(t, a, b, x) || put(fp, w, binary(t, a, b, x))
	}
	runs := t.Runs
	if enterBinary(t, a, b, x) {
		return true
	}
	lendSet(t, told)
	v := binary(t, a, b, x)
	takeBackSet(t)
	if v.P == nil {
		return false
	}
	if told && isCollection(v) && v.P != a.P && v.P != b.P && isCollection(a) && isCollection(b) {
		s.lone.told = v.P
	}
	*regA(fp, w) = v
	if t.Runs == runs && plainOperand(a) && plainOperand(b) {
		if dropA && v.P != a.P {
			s.collections.drop(a)
		}
		if dropB && v.P != b.P {
			s.collections.drop(b)
		}
	}
	return true
}

// lendSet gives a set that is used again to what makes a set next, if wanted.
func lendSet(t *Thread, wanted bool) {
	if wanted {
		t.LentSet = aux(t).collections.set()
	}
}

// takeBackSet takes it back if nothing has used it.
func takeBackSet(t *Thread) {
	if s := t.LentSet; s != nil {
		t.LentSet = nil
		aux(t).collections.drop(object.Of(s))
	}
}

// makeToldSet calls set for the next word, a call that gets the set alone.
func makeToldSet(t *Thread, fp ptr, w uint64, args []Value) bool {
	told := forgets(getter(t, fp))
	lendSet(t, told)
	v := object.SetType.Make(t, &object.SetType, args, nil)
	takeBackSet(t)
	if v.P != nil && told {
		aux(t).lone.told = v.P
	}
	return put(fp, w, v)
}

// isCollection reports whether v is a list or a set, which may be used again.
func isCollection(v Value) bool { return v.Type() == &object.ListType || v.Type() == &object.SetType }

// plainOperand reports whether operators of v keep neither operand.
func plainOperand(v Value) bool {
	switch v.Type() {
	case &object.ListType, &object.TupleType, &object.SetType, &object.FrozenSetType, &object.IntType:
		return true
	}
	return false
}

// callOwned does a call by a word that gets nothing but a collection that nobody else knows, in arg.
func callOwned(t *Thread, fp ptr, w uint64, f Value, arg *Value, call func(*Thread, ptr, uint64, *Value) bool) bool {
	told := aux(t).lone.told
	aux(t).lone.told = nil
	if fieldX(w)&lift.CallOwned == 0 && told != arg.P || !forgets(f) {
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
