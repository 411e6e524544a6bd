package decimalmod

import (
	"math/big"
	"math/bits"
)

// wide is a coefficient: an unsigned number of 128 bits. What has more than maxDigits digits is left to the library.
type wide struct{ hi, lo uint64 }

// maxDigits is how many digits every number of as many digits may have to be a wide.
const maxDigits = 38

// tens are the powers of ten, the last of them of maxDigits+1 digits.
var tens = func() (r [maxDigits + 1]wide) {
	r[0].lo = 1
	for i := 1; i < len(r); i++ {
		r[i], _ = r[i-1].times(wide{lo: 10})
	}
	return r
}()

// tens19 is the largest power of ten in a word.
const tens19 = 1e19

func (x wide) zero() bool { return x.hi|x.lo == 0 }

func (x wide) compare(y wide) int {
	switch {
	case x == y:
		return 0
	case x.hi < y.hi || x.hi == y.hi && x.lo < y.lo:
		return -1
	}
	return 1
}

// plus and minus are those of numbers that are known to have room.
func (x wide) plus(y wide) wide {
	lo, c := bits.Add64(x.lo, y.lo, 0)
	hi, _ := bits.Add64(x.hi, y.hi, c)
	return wide{hi, lo}
}

func (x wide) minus(y wide) wide {
	lo, c := bits.Sub64(x.lo, y.lo, 0)
	hi, _ := bits.Sub64(x.hi, y.hi, c)
	return wide{hi, lo}
}

// times returns the product; false: it has no room.
func (x wide) times(y wide) (wide, bool) {
	if x.hi != 0 {
		x, y = y, x
	}
	hi, lo := bits.Mul64(x.lo, y.lo)
	over, more := bits.Mul64(x.lo, y.hi)
	hi, c := bits.Add64(hi, more, 0)
	return wide{hi, lo}, x.hi == 0 && over == 0 && c == 0
}

// divide returns quotient and remainder. y is not 0.
func (x wide) divide(y wide) (q, r wide) {
	if y.hi == 0 {
		q.hi = x.hi / y.lo
		q.lo, r.lo = bits.Div64(x.hi%y.lo, x.lo, y.lo)
		return q, r
	}
	// The first word of y, with its first bit set, and half of x give a quotient that is right or one too large.
	n := uint(bits.LeadingZeros64(y.hi))
	top := y.hi<<n | y.lo>>1>>(63-n)
	q.lo, _ = bits.Div64(x.hi>>1, x.hi<<63|x.lo>>1, top)
	q.lo >>= 63 - n
	if q.lo != 0 {
		q.lo--
	}
	p, _ := y.times(q)
	if r = x.minus(p); r.compare(y) >= 0 {
		q.lo++
		r = r.minus(y)
	}
	return q, r
}

// digits returns the number of digits, 1 for zero.
func (x wide) digits() int {
	n := bits.Len64(x.lo)
	if x.hi != 0 {
		n = 64 + bits.Len64(x.hi)
	}
	n = n * 1233 >> 12 // that by the logarithm of 2, or one less
	if n < len(tens) && x.compare(tens[n]) >= 0 {
		n++
	}
	return max(n, 1)
}

// shifted returns the number with n zeros behind it.
func (x wide) shifted(n int64) (wide, bool) {
	if x.zero() || n == 0 {
		return x, true
	}
	if n < 0 || n > maxDigits {
		return x, false
	}
	return x.times(tens[n])
}

// parse reads digits.
func parse(s string) (x wide, ok bool) {
	if len(s) == 0 || len(s) > maxDigits {
		return x, false
	}
	word := func(s string) (n uint64) {
		for i := 0; i < len(s); i++ {
			d := s[i] - '0'
			if d > 9 {
				ok = false
			}
			n = n*10 + uint64(d)
		}
		return n
	}
	ok = true
	if len(s) <= 19 {
		x.lo = word(s)
		return x, ok
	}
	k := len(s) - 19
	x, _ = wide{lo: word(s[:k])}.times(wide{lo: tens19})
	return x.plus(wide{lo: word(s[k:])}), ok
}

// appendDigits writes the number.
func (x wide) appendDigits(b []byte) []byte {
	var d [40]byte
	at := len(d)
	put := func(n uint64, least int) {
		for ; n != 0 || least > 0; least-- {
			at--
			d[at] = byte('0' + n%10)
			n /= 10
		}
	}
	if x.hi == 0 {
		put(x.lo, 1)
	} else {
		q, r := x.divide(wide{lo: tens19})
		put(r.lo, 19)
		if q.hi != 0 { // a number of 39 digits
			var r wide
			q, r = q.divide(wide{lo: tens19})
			put(r.lo, 19)
		}
		put(q.lo, 1)
	}
	return append(b, d[at:]...)
}

func (x wide) String() string { return string(x.appendDigits(nil)) }

// long returns the number as one of any size.
func (x wide) long() *big.Int {
	z := new(big.Int).SetUint64(x.hi)
	return z.Lsh(z, 64).Or(z, new(big.Int).SetUint64(x.lo))
}

// short is the other way round.
func short(z *big.Int) (wide, bool) {
	if z.BitLen() > 128 {
		return wide{}, false
	}
	return wide{new(big.Int).Rsh(z, 64).Uint64(), new(big.Int).And(z, new(big.Int).SetUint64(1<<64-1)).Uint64()}, true
}
