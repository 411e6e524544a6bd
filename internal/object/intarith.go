package object

import (
	"math/big"
	"math/bits"
)

// intAdd is int.__add__; like its siblings below it has a path for unboxed ints and
// one for all kinds.
func intAdd(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if p == nil && q == nil {
		s := x + y
		if (x^s)&(y^s) >= 0 {
			return MakeInt(s)
		}
		return make128(t, x>>63+y>>63+carry(x, y), uint64(s))
	}
	return bigAdd(t, x, p, y, q, false)
}

// carry is the carry of the unsigned sum of x and y.
func carry(x, y int64) int64 {
	_, c := bits.Add64(uint64(x), uint64(y), 0)
	return int64(c)
}

func intSub(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if p == nil && q == nil {
		s := x - y
		if (x^y)&(x^s) >= 0 {
			return MakeInt(s)
		}
		_, c := bits.Sub64(uint64(x), uint64(y), 0)
		return make128(t, x>>63-y>>63-int64(c), uint64(s))
	}
	return bigAdd(t, x, p, y, q, true)
}

// bigAdd returns p + q or p - q; x and y stand for operands that are nil.
func bigAdd(t *Thread, x int64, p *big.Int, y int64, q *big.Int, sub bool) Value {
	if a, ok := magOf(x, p); ok {
		if b, ok := magOf(y, q); ok {
			b.neg = b.neg != sub
			if r := addMags(t, a, b); r.P != nil {
				return r
			}
		}
	}
	if p == nil {
		p = big.NewInt(x)
	}
	if q == nil {
		q = big.NewInt(y)
	}
	r := t.reuseBig(max(words(p), words(q)) + 1)
	if sub {
		r.V.Sub(p, q)
	} else {
		r.V.Add(p, q)
	}
	return r.finish(t)
}

func intMul(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if p == nil && q == nil {
		hi, lo := bits.Mul64(uint64(x), uint64(y))
		return make128(t, int64(hi)-x>>63&y-y>>63&x, lo)
	}
	if a, ok := magOf(x, p); ok {
		if b, ok := magOf(y, q); ok {
			if r := mulMags(t, a, b); r.P != nil {
				return r
			}
		}
	}
	if p == nil {
		p = big.NewInt(x)
	}
	if q == nil {
		q = big.NewInt(y)
	}
	n := words(p) + words(q)
	if n > maxWords {
		return t.RaiseNew(&MemoryErrorType)
	}
	if !t.HasRoom(int(n) * 32) { // Karatsuba's rooms beside the result
		return Value{}
	}
	var r *Int
	if len(p.Bits()) == 1 || len(q.Bits()) == 1 {
		r = t.reuseBig(n)
	} else {
		r = t.newBig(n) // math/big multiplies in place by one word only
	}
	r.V.Mul(p, q)
	return r.finish(t)
}

// maxWords bounds results of operations that could make an int larger than memory.
const maxWords = 1 << 28

func intNeg(t *Thread, v Value) Value {
	x, p, _ := intParts(v)
	if p == nil {
		if x != -x || x == 0 {
			return MakeInt(-x)
		}
		return make128(t, 0, uint64(x))
	}
	r := t.newBig(words(p))
	r.V.Neg(p)
	return r.finish(t)
}

func intPos(t *Thread, v Value) Value { return ExactInt(v) }

func intAbs(t *Thread, v Value) Value {
	x, p, _ := intParts(v)
	if x < 0 || p != nil && p.Sign() < 0 {
		return intNeg(t, v)
	}
	return ExactInt(v)
}

func intInvert(t *Thread, v Value) Value {
	x, p, _ := intParts(v)
	if p == nil {
		return MakeInt(^x)
	}
	r := t.newBig(words(p))
	r.V.Not(p)
	return r.finish(t)
}

func intBool(t *Thread, v Value) (res, ok bool) {
	x, p, _ := intParts(v)
	return x != 0 || p != nil, true
}

func intAnd(t *Thread, a, b Value) Value { return intBits(t, a, b, '&') }
func intOr(t *Thread, a, b Value) Value  { return intBits(t, a, b, '|') }
func intXor(t *Thread, a, b Value) Value { return intBits(t, a, b, '^') }

func intBits(t *Thread, a, b Value, op byte) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if p == nil && q == nil {
		switch op {
		case '&':
			return MakeInt(x & y)
		case '|':
			return MakeInt(x | y)
		}
		return MakeInt(x ^ y)
	}
	a2, ok := magOf(x, p)
	b2, ok2 := magOf(y, q)
	if ok && ok2 {
		if r := bitMags(t, a2, b2, op); r.P != nil {
			return r
		}
	}
	if op == '&' && bits.UintSize == 64 {
		if ok && !a2.neg && a2.hi == 0 && q != nil {
			return maskBig(t, q, a2.lo)
		}
		if ok2 && !b2.neg && b2.hi == 0 && p != nil {
			return maskBig(t, p, b2.lo)
		}
	}
	if p == nil {
		p = big.NewInt(x)
	}
	if q == nil {
		q = big.NewInt(y)
	}
	r := t.reuseBig(max(words(p), words(q)) + 1)
	switch op {
	case '&':
		r.V.And(p, q)
	case '|':
		r.V.Or(p, q)
	default:
		r.V.Xor(p, q)
	}
	return r.finish(t)
}

func intLshift(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	n, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if n < 0 || q != nil && q.Sign() < 0 {
		return t.ValueErrorf("negative shift count")
	}
	if p == nil {
		if x == 0 {
			return MakeInt(0)
		}
		if q == nil && n < 64 {
			if s := x << uint(n); s>>uint(n) == x {
				return MakeInt(s)
			}
			return make128(t, x>>(64-uint(n)), uint64(x)<<uint(n))
		}
		p = big.NewInt(x)
	}
	if q != nil {
		return t.OverflowErrorf("too many digits in integer")
	}
	if m, ok := magOf(x, p); ok {
		if r := m.lshift(t, uint64(n)); r.P != nil {
			return r
		}
	}
	if n/64+int64(words(p)) > maxWords {
		return t.RaiseNew(&MemoryErrorType)
	}
	if !t.HasRoom(words(p)*8 + int(n/8)) {
		return Value{}
	}
	r := t.reuseBig(words(p) + int(n/bits.UintSize) + 1)
	r.V.Lsh(p, uint(n))
	return r.finish(t)
}

func intRshift(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	n, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if n < 0 || q != nil && q.Sign() < 0 {
		return t.ValueErrorf("negative shift count")
	}
	if p == nil {
		if q != nil || n > 63 {
			n = 63
		}
		return MakeInt(x >> uint(n))
	}
	if q != nil || n > int64(p.BitLen()) {
		if p.Sign() < 0 {
			return MakeInt(-1)
		}
		return MakeInt(0)
	}
	if m, ok := magOf(x, p); ok && !m.neg {
		return m.rshift(t, uint64(n))
	}
	r := t.reuseBig(words(p) - int(n/bits.UintSize))
	r.V.Rsh(p, uint(n))
	return r.finish(t)
}

func intCompare(t *Thread, a, b Value, op CompareOp) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	return compared(compareParts(x, p, y, q), op)
}

// compareParts orders two ints: -1, 0 or 1.
func compareParts(x int64, p *big.Int, y int64, q *big.Int) int {
	switch {
	case p == nil && q == nil:
		if x < y {
			return -1
		}
		return boolInt(x > y)
	case q == nil: // A big int is beyond all others.
		return p.Sign()
	case p == nil:
		return -q.Sign()
	}
	return p.Cmp(q)
}

// compared turns the order c into the truth of an operator.
func compared(c int, op CompareOp) Value {
	var r bool
	switch op {
	case CmpLt:
		r = c < 0
	case CmpLe:
		r = c <= 0
	case CmpEq:
		r = c == 0
	case CmpNe:
		r = c != 0
	case CmpGt:
		r = c > 0
	case CmpGe:
		r = c >= 0
	}
	return MakeBool(r)
}

// hashModulus is the prime that hashes of numbers are reduced by; hashBits its length.
const (
	hashBits    = 61
	hashModulus = 1<<hashBits - 1
)

// HashInt64 is hash(x).
func HashInt64(x int64) int64 {
	// Most ints are small, and a division is slow.
	if x > -hashModulus && x < hashModulus {
		if x == -1 {
			return -2
		}
		return x
	}
	if x %= hashModulus; x == -1 {
		return -2
	}
	return x
}

func intHash(t *Thread, v Value) (int64, bool) {
	x, p, _ := intParts(v)
	if p == nil {
		return HashInt64(x), true
	}
	return hashBig(p), true
}

// hashBig is the hash of a big int.
func hashBig(z *big.Int) int64 {
	var h uint64
	w := z.Bits()
	for i := len(w) - 1; i >= 0; i-- {
		if bits.UintSize == 32 {
			h = h<<32&hashModulus | h>>(hashBits-32)
			h += uint64(w[i])
		} else {
			// 1<<64 is 8 by the modulus.
			h = h<<3&hashModulus | h>>(hashBits-3)
			h += uint64(w[i])&hashModulus + uint64(w[i])>>hashBits
		}
		for h >= hashModulus {
			h -= hashModulus
		}
	}
	r := int64(h)
	if z.Sign() < 0 {
		r = -r
	}
	if r == -1 {
		return -2
	}
	return r
}
