package object

import (
	"math/big"
	"unsafe"
)

// Memory for ints outside the range of int64. What an expression like a*b % m makes on the way is garbage as soon as it is used. The lifter knows
// of such results that one register has them and the next operator takes them from there (lift.Fleeting): the memory of these ints is used again, by that
// operator's result or by a later one. So what programs allocate is what they keep.

// intBox is the allocation of an int together with its words, as long as these are few. The others are for more or less of them. They fill sizes that
// Go allocates.
type (
	intBox2 struct {
		Int
		w [2]big.Word
	}
	intBox struct {
		Int
		w [6]big.Word
	}
	intBox10 struct {
		Int
		w [10]big.Word
	}
	intBox18 struct {
		Int
		w [boxedWords]big.Word
	}
)

// boxedWords is how many words an int has at most in its own allocation.
const boxedWords = 18

// intRoom is what a thread has for ints.
type intRoom struct {
	// operands are those of the operator at work that nothing else has: its result may lie in their memory.
	operands [2]*Int
	// spare are ints nobody has any more: two that have their words in their own allocation, two larger ones.
	spare [2][2]*Int
}

// maxSpare is how many words a spare int may have.
const maxSpare = 1 << 16

// room returns for how many words x has memory.
func (x *Int) room() int { return cap(x.V.Bits()) }

// fits reports whether x has memory for n words, and not far more.
func (x *Int) fits(n int) bool { return x != nil && x.room() >= n && x.room() <= 2*n+8 }

// newBig returns an Int to compute a result in that takes about n words; what it holds is arbitrary. finish makes it a value.
func (t *Thread) newBig(n int) *Int {
	s := &t.ints.spare[boolInt(n > boxedWords)]
	for i, x := range s {
		if x.fits(n) {
			s[i] = nil
			return x
		}
	}
	return allocBig(n)
}

func allocBig(n int) *Int {
	var x *Int
	var w []big.Word
	switch {
	case n <= 2:
		b := &intBox2{}
		x, w = &b.Int, b.w[:0]
	case n <= 6:
		b := &intBox{}
		x, w = &b.Int, b.w[:0]
	case n <= 10:
		b := &intBox10{}
		x, w = &b.Int, b.w[:0]
	case n <= boxedWords:
		b := &intBox18{}
		x, w = &b.Int, b.w[:0]
	default:
		const size = int(unsafe.Sizeof(big.Word(0)))
		b := rawText(n * size)
		x, w = &Int{}, unsafe.Slice((*big.Word)(unsafe.Pointer(unsafe.SliceData(b))), cap(b)/size)[:0]
	}
	x.Type = &IntType
	x.V.SetBits(w)
	return x
}

// reuseBig is newBig for operators whose result may lie where an operand does.
func (t *Thread) reuseBig(n int) *Int {
	for i, x := range t.ints.operands {
		if x.fits(n) {
			t.ints.operands[i] = nil
			return x
		}
	}
	return t.newBig(n)
}

// dropBig takes an Int that nobody has any more.
func (t *Thread) dropBig(x *Int) {
	n := x.room()
	if n > maxSpare {
		return
	}
	x.fleeting = false
	s := &t.ints.spare[boolInt(n > boxedWords)]
	s[0], s[1] = x, s[0]
}

// finish returns the value of a result made in an Int of newBig.
func (x *Int) finish(t *Thread) Value {
	if x.V.IsInt64() {
		v := MakeInt(x.V.Int64())
		t.dropBig(x)
		return v
	}
	return Of(x)
}

// IsBig reports whether v is an exact int outside the range of int64.
func IsBig(v Value) bool { return v.Type() == &IntType && !v.IsInt() }

// fleetingInt returns v's Int if nothing but the register it comes from has it.
func fleetingInt(v Value) *Int {
	if !IsBig(v) || !To[Int](v).fleeting {
		return nil
	}
	return To[Int](v)
}

// IntOp is a op b for exact ints. Operands that are fleeting are used up. fleeting says that the result is taken by another operator,
// from the only register that will have it: IntOp, or Settle, has to be called with it.
func (t *Thread) IntOp(a, b Value, op BinaryOp, fleeting bool) Value {
	r := &t.ints
	r.operands = [2]*Int{fleetingInt(a), fleetingInt(b)}
	v := IntType.Binary[op](t, a, b)
	for i, x := range r.operands {
		if x != nil {
			t.dropBig(x)
			r.operands[i] = nil
		}
	}
	if v.P != nil && IsBig(v) {
		To[Int](v).fleeting = fleeting
	}
	return v
}

// Settle is called with an operand that others than IntOp and AddStrs are going to see.
func Settle(v Value) {
	switch v.Type() {
	case &IntType:
		if !v.IsInt() {
			To[Int](v).fleeting = false
		}
	case &StrType:
		if s := v.Str(); s.grown == isFleeting {
			s.grown = 0
		}
	}
}
