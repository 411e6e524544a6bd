package builtinsmod

import (
	"math/big"
	"strconv"

	"github.com/krait-py/krait/internal/object"
)

func abs(t *Thread, a []Value) Value {
	if f := a[0].Type().Abs; f != nil {
		return f(t, a[0])
	}
	return t.TypeErrorf("bad operand type for abs(): '%s'", a[0].Type().Name)
}

// inBase returns an int with a prefix, in base 2, 8 or 16.
func inBase(t *Thread, v Value, base int, prefix string) Value {
	x := t.Index(v)
	if x.P == nil {
		return x
	}
	if x.IsInt() {
		var room [1 + 2 + 64]byte // sign, prefix, digits
		n, digits := x.Int(), room[:0]
		if n < 0 {
			digits = append(digits, '-')
		}
		digits = strconv.AppendUint(append(digits, prefix...), uint64(max(n, -n)), base)
		return object.Of(object.NewASCII(string(digits)))
	}
	b := object.AsBig(x)
	s := b.Text(base)
	if b.Sign() < 0 {
		return object.Of(object.NewASCII("-" + prefix + s[1:]))
	}
	return object.Of(object.NewASCII(prefix + s))
}

func bin(t *Thread, a []Value) Value { return inBase(t, a[0], 2, "0b") }
func oct(t *Thread, a []Value) Value { return inBase(t, a[0], 8, "0o") }
func hex(t *Thread, a []Value) Value { return inBase(t, a[0], 16, "0x") }

func chr(t *Thread, a []Value) Value {
	x := t.Index(a[0])
	if x.P == nil {
		return x
	}
	if !x.IsInt() || x.Int() < 0 || x.Int() > 0x10FFFF {
		return t.ValueErrorf("chr() arg not in range(0x110000)")
	}
	return object.MakeChar(rune(x.Int()))
}

func ord(t *Thread, a []Value) Value {
	v := a[0]
	n := 0
	switch {
	case v.IsStr():
		if n = v.Str().Len(); n == 1 {
			r, _ := object.DecodePoint(v.Str().S)
			return object.MakeInt(int64(r))
		}
		return t.TypeErrorf("ord() expected a character, but string of length %d found", n)
	case v.Type().Flags&object.FlagBytes != 0 || v.IsA(&object.ByteArrayType):
		b, ok := v.Type().Buffer(t, v, false)
		if !ok {
			return Value{}
		}
		if n = len(b.Bytes); n == 1 {
			return object.MakeInt(int64(b.Bytes[0]))
		}
		return t.TypeErrorf("ord() expected a character, but string of length %d found", n)
	}
	return t.TypeErrorf("ord() expected string of length 1, but %s found", v.Type().Name)
}

func divmod(t *Thread, a []Value) Value { return t.BinaryOp(a[0], a[1], object.OpDivmod) }

func pow(t *Thread, a []Value) Value {
	if a[2].P == nil || a[2].IsNone() {
		return t.BinaryOp(a[0], a[1], object.OpPower)
	}
	return t.Power(a[0], a[1], a[2])
}

var nameRound = object.StaticName("__round__")

func round(t *Thread, a []Value) Value {
	var v Value
	var found bool
	if a[1].P == nil || a[1].IsNone() {
		v, found = t.CallSpecial(a[0], nameRound)
	} else {
		v, found = t.CallSpecial(a[0], nameRound, a[1])
	}
	if !found {
		return t.TypeErrorf("type %s doesn't define __round__ method", a[0].Type().Name)
	}
	return v
}

// sum adds ints and floats without boxing or dispatch, floats with compensation as CPython does since 3.12.
func sum(t *Thread, a []Value) Value {
	acc := a[1]
	if acc.P == nil {
		acc = object.MakeInt(0)
	}
	switch {
	case acc.IsStr():
		return t.TypeErrorf("sum() can't sum strings [use ''.join(seq) instead]")
	case acc.IsA(&object.BytesType):
		return t.TypeErrorf("sum() can't sum bytes [use b''.join(seq) instead]")
	case acc.IsA(&object.ByteArrayType):
		return t.TypeErrorf("sum() can't sum bytearray [use b''.join(seq) instead]")
	}
	if s, ok := object.ByteItems(a[0]); ok && acc.IsInt() {
		n := int64(0)
		for i := range len(s) {
			n += int64(s[i])
		}
		return t.BinaryOp(acc, object.MakeInt(n), object.OpAdd)
	}
	if object.MayDrain(a[0]) {
		total, _ := t.SpareSink(object.SpareSum).(*accumulator)
		if total == nil {
			total = &accumulator{}
		}
		total.acc = acc
		v := total.result(t.EachInto(a[0], total, func(x Value) bool { return total.add(t, x) }))
		*total = accumulator{}
		t.KeepSink(object.SpareSum, total)
		return v
	}
	total := accumulator{acc: acc} // takes no memory: it is no sink
	return total.result(t.Each(a[0], func(x Value) bool { return total.add(t, x) }))
}

// accumulator is a sum, and what has been lost of it if it is of floats.
type accumulator struct {
	acc         Value
	comp        float64
	compensated bool
}

// add adds anything. False: an exception is set.
func (s *accumulator) add(t *Thread, x Value) bool {
	if s.Take(t, x) {
		return true
	}
	s.flush()
	s.acc = t.BinaryOp(s.acc, x, object.OpAdd)
	return s.acc.P != nil
}

// result returns the sum; no value if it is not ok.
func (s *accumulator) result(ok bool) Value {
	if !ok {
		return Value{}
	}
	s.flush()
	return s.acc
}

// Take implements [object.Sink]: it adds ints and floats.
func (s *accumulator) Take(t *Thread, x Value) bool {
	switch {
	case s.acc.IsInt() && (x.IsInt() || x.IsBool()):
		p, q := s.acc.Int(), x.Int()
		r := p + q
		if (p^r)&(q^r) < 0 {
			s.acc = object.MakeBig(new(big.Int).Add(big.NewInt(p), big.NewInt(q)))
			break
		}
		s.acc = object.MakeInt(r)
	case s.acc.IsFloat() && x.IsFloat():
		a, v := s.acc.Float(), x.Float()
		n := a + v
		if absf(a) >= absf(v) {
			s.comp += (a - n) + v
		} else {
			s.comp += (v - n) + a
		}
		s.acc, s.compensated = object.MakeFloat(n), true
	case s.acc.IsFloat() && x.IsInt():
		s.acc = object.MakeFloat(s.acc.Float() + float64(x.Int()))
	default:
		return false
	}
	return true
}

// flush adds what has been lost.
func (s *accumulator) flush() {
	if s.compensated {
		if x := s.acc.Float(); s.comp != 0 && !isInf(x) && s.comp == s.comp {
			s.acc = object.MakeFloat(x + s.comp)
		}
		s.comp, s.compensated = 0, false
	}
}

func absf(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

func isInf(x float64) bool { return x-x != 0 }
