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

// timesOver returns a product without its last n digits, and whether one of them was not 0; ok is false if that has no room.
func (x wide) timesOver(y wide, n int) (q wide, more, ok bool) {
	var w [4]uint64 // the last word first
	w[1], w[0] = bits.Mul64(x.lo, y.lo)
	for _, p := range [2][2]uint64{{x.hi, y.lo}, {x.lo, y.hi}} {
		hi, lo := bits.Mul64(p[0], p[1])
		var c uint64
		w[1], c = bits.Add64(w[1], lo, 0)
		w[2], c = bits.Add64(w[2], hi, c)
		w[3] += c
	}
	hi, lo := bits.Mul64(x.hi, y.hi)
	w[2], lo = bits.Add64(w[2], lo, 0)
	w[3] += hi + lo
	for n > 0 {
		k := min(n, 19) // as many as a word has
		n -= k
		rest := uint64(0)
		for i := 3; i >= 0; i-- {
			w[i], rest = bits.Div64(rest, w[i], tens[k].lo)
		}
		more = more || rest != 0
	}
	return wide{w[1], w[0]}, more, w[2]|w[3] == 0
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
	k := max(len(s)-19, 0)
	if x.lo, ok = word(s[k:]); k == 0 || !ok {
		return x, ok
	}
	top, ok := word(s[:k])
	y, _ := wide{lo: top}.times(wide{lo: tens19})
	return x.plus(y), ok
}

// word reads at most 19 digits.
func word(s string) (n uint64, ok bool) {
	for i := 0; i < len(s); i++ {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + uint64(d)
	}
	return n, true
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

func (x wide) String() string {
	var room [40]byte
	return string(x.appendDigits(room[:0]))
}

// long returns the number as one of any size.
func (x wide) long() *big.Int {
	z := new(big.Int).SetUint64(x.hi)
	return z.Lsh(z, 64).Or(z, new(big.Int).SetUint64(x.lo))
}
