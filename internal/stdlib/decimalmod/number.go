package decimalmod

// number is a finite decimal.
type number struct {
	neg   bool
	coeff wide
	exp   int64
}

// maxExp bounds exponents here, so that sums of some of them have room.
const maxExp = 1 << 40

type mode uint8

const (
	halfEven mode = iota
	halfUp
	halfDown
	down
	up
	ceiling
	floor
	zeroFiveUp
)

var modes = map[string]mode{
	"ROUND_HALF_EVEN": halfEven, "ROUND_HALF_UP": halfUp, "ROUND_HALF_DOWN": halfDown, "ROUND_DOWN": down, "ROUND_UP": up,
	"ROUND_CEILING": ceiling, "ROUND_FLOOR": floor, "ROUND_05UP": zeroFiveUp,
}

// rules are what a context says of results.
type rules struct {
	prec       int64
	emin, emax int64
	mode       mode
	clamp      bool
}

// flags are signals that are raised and that are not errors of their own: results beyond the exponents are the library's.
type flags uint8

const (
	rounded flags = 1 << iota
	inexact
)

// drop returns a coefficient without its last n digits, rounded, and whether that is another number. more: the number had something behind its last digit.
func drop(c wide, n int64, more, neg bool, m mode) (q wide, changed bool) {
	half := -1 // how what is dropped compares with a half
	if n > maxDigits {
		changed = more || !c.zero()
	} else {
		var r wide
		q, r = c.divide(tens[n])
		if changed = more || !r.zero(); changed && n > 0 {
			if half = r.compare(tens[n].minus(r)); half == 0 && more {
				half = 1
			}
		}
	}
	if !changed {
		return q, false
	}
	var away bool
	switch m {
	case halfEven:
		away = half > 0 || half == 0 && q.lo&1 == 1
	case halfUp:
		away = half >= 0
	case halfDown:
		away = half > 0
	case up:
		away = true
	case ceiling:
		away = !neg
	case floor:
		away = neg
	case zeroFiveUp:
		_, r := q.divide(wide{lo: 5})
		away = r.zero()
	}
	if away {
		q = q.plus(wide{lo: 1})
	}
	return q, true
}

// fix rounds a result to the precision. ok is false if it is beyond the exponents, in any way.
func (x number) fix(k *rules, more bool) (number, flags, bool) {
	top := k.emax
	if k.clamp {
		top -= k.prec - 1
	}
	if x.coeff.zero() {
		return x, 0, x.exp >= k.emin-k.prec+1 && x.exp <= top
	}
	n := int64(x.coeff.digits())
	if a := n - 1 + x.exp; a < k.emin || a > k.emax {
		return x, 0, false
	}
	var f flags
	if n > k.prec {
		var changed bool
		x.coeff, changed = drop(x.coeff, n-k.prec, more, x.neg, k.mode)
		x.exp += n - k.prec
		if f = rounded; changed {
			f |= inexact
		}
		if k.prec <= maxDigits && x.coeff == tens[k.prec] { // all nines
			x.coeff, x.exp = tens[k.prec-1], x.exp+1
		}
	} else if more {
		return x, 0, false
	}
	return x, f, x.exp <= k.emax-k.prec+1 || !k.clamp && x.exp+int64(x.coeff.digits())-1 <= k.emax
}

// align gives two numbers the lesser of their exponents.
func align(x, y number) (a, b number, ok bool) {
	switch {
	case x.exp > y.exp:
		x.coeff, ok = x.coeff.shifted(x.exp - y.exp)
		x.exp = y.exp
	case y.exp > x.exp:
		y.coeff, ok = y.coeff.shifted(y.exp - x.exp)
		y.exp = x.exp
	default:
		ok = true
	}
	// A sum of two must have room.
	return x, y, ok && x.coeff.hi < 1<<62 && y.coeff.hi < 1<<62
}

func add(x, y number, k *rules) (number, flags, bool) {
	x, y, ok := align(x, y)
	if !ok {
		return x, 0, false
	}
	if x.neg == y.neg {
		x.coeff = x.coeff.plus(y.coeff)
		return x.fix(k, false)
	}
	switch x.coeff.compare(y.coeff) {
	case 0:
		x.neg, x.coeff = k.mode == floor, wide{}
	case 1:
		x.coeff = x.coeff.minus(y.coeff)
	default:
		x.neg, x.coeff = y.neg, y.coeff.minus(x.coeff)
	}
	return x.fix(k, false)
}

func multiply(x, y number, k *rules) (number, flags, bool) {
	r := number{neg: x.neg != y.neg, exp: x.exp + y.exp}
	var ok bool
	if r.coeff, ok = x.coeff.times(y.coeff); ok {
		return r.fix(k, false)
	}
	// As many of the digits as there is room for, and whether the others are all zeros.
	n := x.coeff.digits() + y.coeff.digits() - maxDigits
	if n < 1 {
		n = 1
	}
	more := false
	r.exp += int64(n)
	if r.coeff, more, ok = x.coeff.timesOver(y.coeff, n); !ok || int64(r.coeff.digits()) <= k.prec {
		return r, 0, false
	}
	return r.fix(k, more)
}

func divide(x, y number, k *rules) (number, flags, bool) {
	r := number{neg: x.neg != y.neg, exp: x.exp - y.exp}
	if y.coeff.zero() || k.prec > maxDigits-2 {
		return r, 0, false
	}
	if x.coeff.zero() {
		return r.fix(k, false)
	}
	// Digits are found as many at a time as there is room for: most quotients that are exact have few.
	shift := int64(y.coeff.digits()-x.coeff.digits()) + k.prec + 1
	room := int64(maxDigits - y.coeff.digits())
	ideal := r.exp
	q, rest := x.coeff.divide(y.coeff)
	for shift > 0 && !rest.zero() {
		n := min(shift, room)
		if n < 1 {
			return r, 0, false
		}
		shift, r.exp = shift-n, r.exp-n
		q, _ = q.times(tens[n]) // all of them will be prec+2
		rest, _ = rest.times(tens[n])
		var d wide
		d, rest = rest.divide(y.coeff)
		q = q.plus(d)
	}
	r.coeff = q
	if rest.zero() {
		r = r.strip(ideal)
	}
	return r.fix(k, !rest.zero())
}

// strip takes zeros away while the exponent is below one.
func (x number) strip(exp int64) number {
	for x.exp < exp {
		q, r := x.coeff.divide(wide{lo: 10})
		if !r.zero() {
			break
		}
		x.coeff, x.exp = q, x.exp+1
	}
	return x
}

// quotient is the whole part of a quotient, and remainder what is left over.
func quotient(x, y number, k *rules) (q, r number, ok bool) {
	if y.coeff.zero() {
		return q, r, false
	}
	q.neg = x.neg != y.neg
	x, y, ok = align(x, y)
	r = x
	if !ok {
		return q, r, false
	}
	q.coeff, r.coeff = x.coeff.divide(y.coeff)
	return q, r, k.prec > maxDigits || q.coeff.compare(tens[k.prec]) < 0
}

// rescale gives a number an exponent.
func (x number) rescale(exp int64, m mode) (r number, changed, ok bool) {
	if exp <= x.exp {
		x.coeff, ok = x.coeff.shifted(x.exp - exp)
	} else {
		x.coeff, changed = drop(x.coeff, exp-x.exp, false, x.neg, m)
		ok = true
	}
	x.exp = exp
	return x, changed, ok
}

func quantize(x number, exp int64, m mode, k *rules) (number, flags, bool) {
	if exp < k.emin-k.prec+1 || exp > k.emax {
		return x, 0, false
	}
	r, changed, ok := x.rescale(exp, m)
	if !ok {
		return r, 0, false
	}
	if x.coeff.zero() {
		return r.fix(k, false)
	}
	if x.exp+int64(x.coeff.digits())-1 > k.emax || int64(r.coeff.digits()) > k.prec {
		return r, 0, false
	}
	var f flags
	if exp > x.exp {
		if f = rounded; changed {
			f |= inexact
		}
	}
	r, g, ok := r.fix(k, false)
	return r, f | g, ok
}

// compare returns how two numbers compare.
func compare(x, y number) (r int, ok bool) {
	one := 1
	if x.neg {
		one = -1
	}
	switch {
	case x.coeff.zero() && y.coeff.zero():
		return 0, true
	case x.coeff.zero() || y.coeff.zero() || x.neg != y.neg:
		if !x.coeff.zero() {
			return one, true
		}
		if y.neg {
			return 1, true
		}
		return -1, true
	}
	a, b := int64(x.coeff.digits())+x.exp, int64(y.coeff.digits())+y.exp
	switch {
	case a > b:
		return one, true
	case a < b:
		return -one, true
	}
	x, y, ok = align(x, y)
	return x.coeff.compare(y.coeff) * one, ok
}
