package decimalmod

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// install puts all methods that are here into the class.
func (c *classes) install(t *thread) bool {
	return c.lazy(t) && c.installNew(t) && c.installErrors(t) && c.installArithmetic(t) && c.installRounding(t) && c.installCompare(t) && c.installText(t)
}

// result makes the Decimal that a function has found, and raises its flags.
func (c *classes) result(t *thread, ctx value, x number, f flags, ok bool) (value, bool) {
	if !ok || !c.signal(t, ctx, f) {
		return value{}, false
	}
	return c.put(x), true
}

// start reads the context of an operation.
func (c *classes) start(t *thread, given value, k *rules) (ctx value, ok bool) {
	if ctx, ok = c.contextOf(t, given); ok {
		ok = c.rules(ctx, k)
	}
	return ctx, ok
}

func (c *classes) installNew(t *thread) bool {
	key := t.Interp.Intern("__new__")
	old := c.decimal.Dict().GetStr(key)
	if old.P == nil || !old.Is(&object.StaticMethodType) {
		return true
	}
	slow := object.To[object.StaticMethod](old).Func
	if slow.Type() != &object.FuncType {
		return true
	}
	def := &object.MethodDef{Name: "__new__", Doc: docOf(t, slow), Raw: func(t *thread, args []value, names *object.Tuple) value {
		if names == nil && len(args) == 2 && args[0] == object.Of(c.decimal) {
			if v := c.fromAny(t, args[1]); v.P != nil {
				return v
			}
		}
		if len(args) > 0 && !c.checkNew(t, args, names) {
			return value{}
		}
		return library.Call(t, c.decimal, "__new__", slow, args, names)
	}}
	return t.SetAttr(object.Of(c.decimal), key, object.NewBuiltin(def, value{}, value{}))
}

// fromAny makes a Decimal of an object; no value: it is for the library.
func (c *classes) fromAny(t *thread, v value) value {
	var x number
	switch {
	case v.IsInt() || v.IsBool():
		c.other(v, &x)
		return c.put(x)
	case v.IsFloat():
		f := v.Float()
		if math.IsInf(f, 0) || math.IsNaN(f) {
			return value{}
		}
		ctx, ok := c.contextOf(t, value{})
		if !ok || !c.raise(t, ctx, c.floatOp) {
			return value{}
		}
		return c.fromFloat(f)
	}
	switch v.Type() {
	case &object.IntType:
		// The limit of digits is for int's conversions, not for this one.
		b := object.AsBig(v)
		return c.long(b.Sign() < 0, new(big.Int).Abs(b), 0)
	case &object.StrType:
		if neg, digits, exp, ok := parseText(v.Str().S); ok {
			return c.make(neg, digits, exp)
		}
	case c.decimal:
		n := object.NewInstance(c.decimal)
		copy(object.InlineSlots(n), object.InlineSlots(v))
		return n
	}
	return value{}
}

// fromFloat makes a Decimal that is exactly a finite float.
func (c *classes) fromFloat(f float64) value {
	b := math.Float64bits(f)
	m, e := int64(b&(1<<52-1)), int(b>>52&0x7FF)
	if e == 0 {
		e = 1
	} else {
		m |= 1 << 52
	}
	e -= 1075
	if m == 0 {
		return c.make(math.Signbit(f), object.MakeInt(0), 0)
	}
	k := bits.TrailingZeros64(uint64(m))
	if m, e = m>>k, e+k; e >= 0 {
		z := big.NewInt(m)
		return c.long(f < 0, z.Lsh(z, uint(e)), 0)
	}
	z := new(big.Int).Exp(big.NewInt(5), big.NewInt(int64(-e)), nil)
	return c.long(f < 0, z.Mul(z, big.NewInt(m)), int64(e))
}

// long is make for a coefficient of any length.
func (c *classes) long(neg bool, coeff *big.Int, exp int64) value {
	return c.make(neg, object.Of(object.NewASCII(coeff.String())), exp)
}

// parseText reads a finite number as most are written: in ASCII, and without underscores.
func parseText(s string) (neg bool, digits value, exp int64, ok bool) {
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\n') {
		s = s[:len(s)-1]
	}
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		neg, s = s[0] == '-', s[1:]
	}
	i, n, point := 0, 0, -1
	number := uint64(0) // what the digits are, if they are few
	for ; i < len(s); i++ {
		if d := uint64(s[i] - '0'); d <= 9 {
			number = number*10 + d
			n++
		} else if s[i] == '.' && point < 0 {
			point = i
		} else {
			break
		}
	}
	if point >= 0 {
		exp = -int64(i - point - 1)
	}
	// Ints of more digits than this are read from text only when that is allowed.
	if n == 0 || n > 600 {
		return neg, value{}, 0, false
	}
	text := s[:i]
	if i < len(s) {
		e := s[i+1:]
		if s[i] != 'e' && s[i] != 'E' || len(e) == 0 || len(e) > 9 {
			return neg, value{}, 0, false
		}
		n, err := strconv.ParseInt(e, 10, 64)
		if err != nil {
			return neg, value{}, 0, false
		}
		exp += n
	}
	if n <= maxShort {
		return neg, object.MakeInt(int64(number)), exp, true
	}
	if point >= 0 {
		text = text[:point] + text[point+1:]
	}
	for len(text) > 1 && text[0] == '0' {
		text = text[1:]
	}
	return neg, object.Of(object.NewASCII(text)), exp, true
}

type operation func(x, y number, k *rules) (number, flags, bool)

// operands reads the arguments of a method of two numbers and a context.
func (c *classes) operands(t *thread, a, b, given value, x, y *number, k *rules) (ctx value, ok bool) {
	if !c.read(a, x) || !c.other(b, y) {
		return value{}, false
	}
	return c.start(t, given, k)
}

func (c *classes) installArithmetic(t *thread) bool {
	const two, one = "($self, other, context=None)", "($self, context=None)"
	binary := func(op operation, turned bool) func(t *thread, a, b, given value) (value, bool) {
		return func(t *thread, a, b, given value) (value, bool) {
			var x, y number
			var k rules
			ctx, ok := c.operands(t, a, b, given, &x, &y, &k)
			if !ok {
				return value{}, false
			}
			if turned {
				x, y = y, x
			}
			r, f, ok := op(x, y, &k)
			return c.result(t, ctx, r, f, ok)
		}
	}
	unary := func(op func(x number, k *rules) (number, flags, bool)) func(t *thread, a []value) (value, bool) {
		return func(t *thread, a []value) (value, bool) {
			var x number
			var k rules
			if !c.read(a[0], &x) {
				return value{}, false
			}
			ctx, ok := c.start(t, a[1], &k)
			if !ok {
				return value{}, false
			}
			r, f, ok := op(x, &k)
			return c.result(t, ctx, r, f, ok)
		}
	}
	sub := func(x, y number, k *rules) (number, flags, bool) {
		y.neg = !y.neg
		return add(x, y, k)
	}
	floordiv := func(x, y number, k *rules) (number, flags, bool) {
		q, _, ok := quotient(x, y, k)
		return q, 0, ok
	}
	mod := func(x, y number, k *rules) (number, flags, bool) {
		_, r, ok := quotient(x, y, k)
		if !ok {
			return r, 0, false
		}
		return r.fix(k, false)
	}
	for _, x := range []struct {
		name   string
		op     operation
		turned bool
	}{
		{"__add__", add, false}, {"__radd__", add, false}, {"__sub__", sub, false}, {"__rsub__", sub, true}, {"__mul__", multiply, false}, {"__rmul__", multiply, false},
		{"__truediv__", divide, false}, {"__rtruediv__", divide, true}, {"__floordiv__", floordiv, false}, {"__rfloordiv__", floordiv, true},
		{"__mod__", mod, false}, {"__rmod__", mod, true},
	} {
		do := binary(x.op, x.turned)
		if !c.replace(t, x.name, two, func(t *thread, a []value) (value, bool) { return do(t, a[0], a[1], a[2]) }, func(def *object.MethodDef) {
			if !x.turned {
				def.Operator = func(t *thread, a, b value) (value, bool) { return do(t, a, b, value{}) }
			}
		}) {
			return false
		}
	}
	// A zero has no sign but when rounding goes down.
	plus := func(x number, k *rules) (number, flags, bool) {
		if x.coeff.zero() && k.mode != floor {
			x.neg = false
		}
		return x.fix(k, false)
	}
	neg := func(x number, k *rules) (number, flags, bool) {
		x.neg = !x.neg
		return plus(x, k)
	}
	return c.replace(t, "__pos__", one, unary(plus)) && c.replace(t, "__neg__", one, unary(neg)) &&
		c.replace(t, "__abs__", "($self, round=True, context=None)", func(t *thread, a []value) (value, bool) {
			if a[1].P == nil {
				a[1] = object.True // also for the library, which takes None for no
			}
			if a[1] != object.True {
				return value{}, false
			}
			return unary(func(x number, k *rules) (number, flags, bool) {
				if x.neg {
					return neg(x, k)
				}
				return plus(x, k)
			})(t, []value{a[0], a[2]})
		}) && c.replace(t, "__divmod__", two, func(t *thread, a []value) (value, bool) {
		var x, y number
		var k rules
		ctx, ok := c.operands(t, a[0], a[1], a[2], &x, &y, &k)
		if !ok {
			return value{}, false
		}
		q, r, ok := quotient(x, y, &k)
		if !ok {
			return value{}, false
		}
		r, f, ok := r.fix(&k, false)
		rest, ok := c.result(t, ctx, r, f, ok)
		if !ok {
			return value{}, false
		}
		return object.Of(object.NewTuple(c.put(q), rest)), true
	}) && c.replace(t, "normalize", one, unary(func(x number, k *rules) (number, flags, bool) {
		x, f, ok := x.fix(k, false)
		if !ok || x.coeff.zero() {
			return number{neg: x.neg}, f, ok
		}
		top := k.emax
		if k.clamp {
			top -= k.prec - 1
		}
		return x.strip(top), f, true
	}))
}

func (c *classes) installRounding(t *thread) bool {
	// to gives x an exponent, as quantize does.
	to := func(t *thread, x number, exp int64, how, given value) (value, bool) {
		var k rules
		ctx, ok := c.start(t, given, &k)
		if !ok {
			return value{}, false
		}
		m := k.mode
		if how.P != nil && !how.IsNone() && !c.mode(how, &m) {
			return value{}, false
		}
		r, f, ok := quantize(x, exp, m, &k)
		return c.result(t, ctx, r, f, ok)
	}
	return c.replace(t, "quantize", "($self, exp, rounding=None, context=None)", func(t *thread, a []value) (value, bool) {
		var x, y number
		if !c.read(a[0], &x) || !c.other(a[1], &y) {
			return value{}, false
		}
		return to(t, x, y.exp, a[2], a[3])
	}) && c.replace(t, "__round__", "($self, n=None)", func(t *thread, a []value) (value, bool) {
		var x number
		if !c.read(a[0], &x) {
			return value{}, false
		}
		if a[1].P == nil {
			r, _, ok := x.rescale(0, halfEven)
			return whole(r, ok)
		}
		if !a[1].IsInt() || a[1].Int() > maxExp || a[1].Int() < -maxExp {
			return value{}, false
		}
		return to(t, x, -a[1].Int(), value{}, value{})
	}) && c.replace(t, "__int__", "($self)", func(t *thread, a []value) (value, bool) {
		var x number
		if !c.read(a[0], &x) {
			return value{}, false
		}
		r, _, ok := x.rescale(0, down)
		return whole(r, ok)
	}) && c.replace(t, "__float__", "($self)", func(t *thread, a []value) (value, bool) {
		var x number
		if !c.read(a[0], &x) || x.exp > 999999999 || x.exp < -999999999 {
			return value{}, false
		}
		b := make([]byte, 0, 64)
		if x.neg {
			b = append(b, '-')
		}
		b = strconv.AppendInt(append(x.coeff.appendDigits(b), 'e'), x.exp, 10)
		f, _ := strconv.ParseFloat(string(b), 64) // one out of range is infinite
		return object.MakeFloat(f), true
	}) && c.replace(t, "adjusted", "($self)", func(t *thread, a []value) (value, bool) {
		var x number
		ok := c.read(a[0], &x)
		return object.MakeInt(x.exp + int64(x.coeff.digits()) - 1), ok
	})
}

// whole is the int that a number with exponent 0 is.
func whole(x number, ok bool) (value, bool) {
	if !ok {
		return value{}, false
	}
	z := x.coeff.long()
	if x.neg {
		z.Neg(z)
	}
	return object.MakeBig(z), true
}

// The prime of hashes, and what 10 is multiplied by to be 1.
const (
	prime   = 1<<61 - 1
	inverse = 2075258708292324556
)

func mulmod(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	_, r := bits.Div64(hi, lo, prime)
	return r
}

func hash(x number) int64 {
	_, r := x.coeff.divide(wide{lo: prime})
	h, base, n := r.lo, uint64(10), x.exp
	if n < 0 {
		base, n = inverse, -n
	}
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			h = mulmod(h, base)
		}
		base = mulmod(base, base)
	}
	r2 := int64(h)
	if x.neg {
		r2 = -r2
	}
	if r2 == -1 {
		r2 = -2
	}
	return r2
}

func (c *classes) installCompare(t *thread) bool {
	order := func(a, b value) (int, bool) {
		var x, y number
		if !c.read(a, &x) || !c.other(b, &y) {
			return 0, false
		}
		return compare(x, y)
	}
	for _, op := range []object.CompareOp{object.CmpEq, object.CmpLt, object.CmpLe, object.CmpGt, object.CmpGe} {
		if !c.replace(t, op.Method().S, "($self, other, context=None)", func(t *thread, a []value) (value, bool) {
			r, ok := order(a[0], a[1])
			return object.MakeBool(op.Holds(r)), ok
		}, func(def *object.MethodDef) { def.Order = order }) {
			return false
		}
	}
	hashOf := func(_ *thread, v value) (int64, bool) {
		var x number
		ok := c.read(v, &x)
		return hash(x), ok
	}
	return c.replace(t, "__hash__", "($self)", func(t *thread, a []value) (value, bool) {
		h, ok := hashOf(t, a[0])
		return object.MakeInt(h), ok
	}, func(def *object.MethodDef) { def.HashOf = hashOf }) && c.replace(t, "__bool__", "($self)", func(t *thread, a []value) (value, bool) {
		var x number
		ok := c.read(a[0], &x)
		return object.MakeBool(!x.coeff.zero()), ok
	})
}

// text is how a number is written if that needs no exponent.
func (x number) text(b []byte) ([]byte, bool) {
	n := int64(x.coeff.digits())
	if x.exp > 0 || x.exp+n <= -6 {
		return b, false
	}
	return x.fixed(b, false), true
}

// fixed writes a number whose exponent is not above 0, and not far below.
func (x number) fixed(b []byte, commas bool) []byte {
	if x.neg {
		b = append(b, '-')
	}
	var room [40]byte
	d := x.coeff.appendDigits(room[:0])
	left := len(d) + int(x.exp)
	if left <= 0 {
		b = append(b, '0')
	}
	for i := 0; i < left; i++ {
		if commas && i > 0 && (left-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, d[i])
	}
	if x.exp < 0 {
		b = append(b, '.')
		for ; left < 0; left++ {
			b = append(b, '0')
		}
		b = append(b, d[left:]...)
	}
	return b
}

func (c *classes) installText(t *thread) bool {
	return c.replace(t, "__str__", "($self, eng=False, context=None)", func(t *thread, a []value) (value, bool) {
		var x number
		if a[1].P != nil && a[1] != object.False || !c.read(a[0], &x) {
			return value{}, false
		}
		b, ok := x.text(make([]byte, 0, 48))
		if !ok {
			return value{}, false
		}
		return object.Of(object.NewASCII(string(b))), true
	}) && c.replace(t, "__repr__", "($self)", func(t *thread, a []value) (value, bool) {
		var x number
		if !c.read(a[0], &x) {
			return value{}, false
		}
		b, ok := x.text(append(make([]byte, 0, 64), "Decimal('"...))
		if !ok {
			return value{}, false
		}
		return object.Of(object.NewASCII(string(append(b, "')"...)))), true
	}) && c.replace(t, "__format__", "($self, specifier, context=None, _localeconv=None)", func(t *thread, a []value) (value, bool) {
		var x number
		var k rules
		if a[1].Type() != &object.StrType || !c.read(a[0], &x) {
			return value{}, false
		}
		s, ok := parseSpec(a[1].Str().S)
		if !ok {
			return value{}, false
		}
		if _, ok = c.start(t, a[2], &k); !ok {
			return value{}, false
		}
		r, _, ok := x.rescale(-int64(s.prec), k.mode)
		if !ok {
			return value{}, false
		}
		b := r.fixed(make([]byte, 0, 64), s.commas)
		return object.Of(object.NewASCII(s.pad(string(b)))), true
	})
}

// spec is one of the simple format specifiers: [<>^][width][,].digits f.
type spec struct {
	align       byte
	width, prec int
	commas      bool
}

func parseSpec(s string) (r spec, ok bool) {
	r.align = '>'
	if len(s) > 0 && strings.IndexByte("<>^", s[0]) >= 0 {
		r.align, s = s[0], s[1:]
	}
	digits := func() (n int, ok bool) {
		i := 0
		for i < len(s) && i < 3 && s[i]-'0' <= 9 {
			n = n*10 + int(s[i]-'0')
			i++
		}
		s = s[i:]
		return n, i > 0
	}
	if len(s) > 0 && s[0] == '0' {
		return r, false
	}
	r.width, _ = digits()
	if len(s) > 0 && s[0] == ',' {
		r.commas, s = true, s[1:]
	}
	if len(s) == 0 || s[0] != '.' {
		return r, false
	}
	s = s[1:]
	r.prec, ok = digits()
	return r, ok && (s == "f" || s == "F") && r.prec <= maxDigits
}

func (s *spec) pad(text string) string {
	n := s.width - len(text)
	if n <= 0 {
		return text
	}
	left := n
	switch s.align {
	case '<':
		left = 0
	case '^':
		left = n / 2
	}
	return strings.Repeat(" ", left) + text + strings.Repeat(" ", n-left)
}
