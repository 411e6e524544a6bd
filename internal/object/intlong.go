package object

import (
	"math/big"
	"math/bits"
)

// Long division of ints of a few words, which math/big begins with more than it then computes. Words have 64 bits.

const (
	// longDivisor and longDividend are how many words operands may have: for longer ones, math/big's loops are faster.
	longDivisor, longDividend = 16, 2*longDivisor + 1
)

// reciprocal is a divisor, shifted so that its highest bit is set, and what it takes to divide by it with a multiplication instead of a division
// (Moeller and Granlund, Improved Division by Invariant Integers).
type reciprocal struct {
	d, inverse uint64
	shift      uint
}

func reciprocalOf(d uint64) (r reciprocal) {
	r.shift = uint(bits.LeadingZeros64(d))
	r.d = d << r.shift
	r.inverse, _ = bits.Div64(^r.d, ^uint64(0), r.d)
	return r
}

// div divides hi<<64 + lo, where hi is less than r.d, by it.
func (r *reciprocal) div(hi, lo uint64) (quo, rem uint64) {
	qh, ql := bits.Mul64(hi, r.inverse)
	ql, c := bits.Add64(ql, lo, 0)
	qh, _ = bits.Add64(qh, hi+1, c)
	rem = lo - qh*r.d
	if rem > ql {
		qh--
		rem += r.d
	}
	if rem >= r.d {
		qh++
		rem -= r.d
	}
	return qh, rem
}

// divShort divides the magnitude u by a word. The quotient, if it is wanted, is written into q, which is as long as u; q may be u.
func divShort(q, u []big.Word, d uint64) (rem uint64) {
	r := reciprocalOf(d)
	// u is shifted as the divisor is, word by word.
	above := uint64(u[len(u)-1])
	rem = above >> 1 >> (63 - r.shift)
	for i := len(u) - 1; i >= 0; i-- {
		below := uint64(0)
		if i > 0 {
			below = uint64(u[i-1])
		}
		var x uint64
		x, rem = r.div(rem, above<<r.shift|below>>1>>(63-r.shift))
		if q != nil {
			q[i] = big.Word(x)
		}
		above = below
	}
	return rem >> r.shift
}

// divLong divides the magnitude u by v, which has two words at least and no more than u. It writes the quotient into q, of len(u)-len(v)+1 words, and the remainder
// into rem, which is as long as v.
func divLong(q, rem, u, v []big.Word) {
	n, m := len(v), len(u)-len(v)
	// The operands, shifted so that the divisor's highest bit is set.
	var us [longDividend + 1]uint64
	var vs [longDivisor]uint64
	shift := uint(bits.LeadingZeros64(uint64(v[n-1])))
	shiftWords(us[:len(u)+1], u, shift)
	shiftWords(vs[:n], v, shift)
	// Each word of the quotient is estimated by the divisor's first two words.
	r, second := reciprocalOf(vs[n-1]), vs[n-2]
	for j := m; j >= 0; j-- {
		w := us[j : j+n+1]
		var x uint64
		if w[n] >= r.d {
			x = ^uint64(0) // too large by two at most, as below by one: what is left shows it
		} else {
			var left uint64
			x, left = r.div(w[n], w[n-1])
			hi, lo := bits.Mul64(x, second)
			for hi > left || hi == left && lo > w[n-2] {
				x--
				var c uint64
				lo, c = bits.Sub64(lo, second, 0)
				hi -= c
				if left += r.d; left < r.d {
					break // beyond a word: nothing is larger
				}
			}
		}
		if x == 0 {
			q[j] = 0
			continue
		}
		var carry, borrow uint64
		for i, d := range vs[:n] {
			hi, lo := bits.Mul64(x, d)
			var c uint64
			lo, c = bits.Add64(lo, carry, 0)
			carry = hi + c
			w[i], borrow = bits.Sub64(w[i], lo, borrow)
		}
		w[n], borrow = bits.Sub64(w[n], carry, borrow)
		for borrow != 0 {
			x--
			c := uint64(0)
			for i, d := range vs[:n] {
				w[i], c = bits.Add64(w[i], d, c)
			}
			w[n], c = bits.Add64(w[n], 0, c)
			borrow -= c
		}
		q[j] = big.Word(x)
	}
	for i := range rem {
		rem[i] = big.Word(us[i]>>shift | us[i+1]<<1<<(63-shift))
	}
}

// shiftWords writes w << shift into to, as far as there is room.
func shiftWords(to []uint64, w []big.Word, shift uint) {
	below := uint64(0)
	for i := range to {
		x := uint64(0)
		if i < len(w) {
			x = uint64(w[i])
		}
		to[i] = x<<shift | below>>1>>(63-shift)
		below = x
	}
}

// quoRem is quo, rem = p/q, p%q, cut towards zero. q is not 0.
func quoRem(t *Thread, p, q *big.Int, wantDiv bool) (quo, rem *Int) {
	u, v := p.Bits(), q.Bits()
	m, n := len(u), len(v)
	if bits.UintSize != 64 || m < n || n > longDivisor || n > 1 && m > longDividend {
		quo, rem = t.newBig(max(m-n+1, 1)), t.newBig(m+1) // in rem math/big shifts p
		quo.V.QuoRem(p, q, &rem.V)
		return quo, rem
	}
	rem = t.newBig(n)
	w := rem.V.Bits()[:n]
	if n > 1 || wantDiv {
		quo = t.newBig(m - n + 1)
		k := quo.V.Bits()[:m-n+1]
		if n == 1 {
			w[0] = big.Word(divShort(k, u, uint64(v[0])))
		} else {
			divLong(k, w, u, v)
		}
		setWords(&quo.V, k, p.Sign() != q.Sign())
	} else {
		w[0] = big.Word(divShort(nil, u, uint64(v[0])))
	}
	setWords(&rem.V, w, p.Sign() < 0)
	return quo, rem
}

// setWords makes z the int of that magnitude.
func setWords(z *big.Int, w []big.Word, neg bool) {
	z.SetBits(w) // which drops words that are 0
	if neg {
		z.Neg(z)
	}
}
