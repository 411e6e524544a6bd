package decimalmod

import (
	"strconv"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/contextvarsmod"
)

type (
	thread = object.Thread
	value  = object.Value
)

// The library's classes do everything, and do it slowly: a sum makes six objects and calls as many functions as a dozen. What programs do most is done here for
// instances of the very classes, if they are finite and of at most maxDigits digits; all else goes to the library's function that was there before, as does
// every result for which a context has a signal but that it was rounded.

// classes are the classes of one interpreter, with where their instances have their fields.
type classes struct {
	decimal, context, work     *object.Type
	exp, digits, sign, special int // slots

	getcontext, current value // the function, and the variable it asks
	rounded, inexact    value // signals
	floatOp             value
	names               [numFields]*object.Str
	shape               *object.Shape // of the context that was seen last, with its slots
	at                  [numFields]int
}

// The fields of contexts.
const (
	fPrec = iota
	fRounding
	fEmin
	fEmax
	fCapitals
	fClamp
	fFlags
	fTraps
	fIgnored
	numFields
)

var fieldNames = [numFields]string{"prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps", "_ignored_flags"}

// The digits of a Decimal that has been made here are a number, if they are few: most are never asked for as text. _int makes that of them.

// maxShort is how many digits such a number has at most.
const maxShort = 18

// lazy makes _int of the class a descriptor that knows numbers. Those of derived classes have text: the library makes them.
func (c *classes) lazy(t *thread) bool {
	key := t.Interp.Intern("_int")
	slot := c.decimal.Dict().GetStr(key)
	def := &object.GetSetDef{Name: key.S, Get: func(t *thread, v value) value {
		if v.Type() == c.decimal {
			if d := &object.InlineSlots(v)[c.digits]; d.IsInt() {
				*d = digitsOf(uint64(d.Int()))
			}
		}
		return object.MemberDescrType.DescrGet(t, slot, v, object.Of(v.Type()))
	}, Set: func(t *thread, v, x value) bool {
		if x.P != nil && x.IsInt() {
			x = object.MakeStr(strconv.FormatInt(x.Int(), 10)) // numbers there are those of make
		}
		return object.MemberDescrType.DescrSet(t, slot, v, x)
	}}
	d := &object.GetSetDescr{Head: object.Head{Type: &object.GetSetDescrType}, Def: def, Owner: c.decimal}
	return t.SetAttr(object.Of(c.decimal), key, object.Of(d))
}

func digitsOf(n uint64) value {
	if n < 10 {
		return object.ASCIIChar(byte('0' + n))
	}
	var b [20]byte
	return object.Of(object.NewASCII(string(strconv.AppendUint(b[:0], n, 10))))
}

// find fills in the classes. It returns false if they are not as they are known to be.
func (c *classes) find(t *thread, from value) bool {
	for _, x := range []struct {
		to   *value
		name string
	}{{&c.getcontext, "getcontext"}, {&c.current, "_current_context_var"}, {&c.rounded, "Rounded"}, {&c.inexact, "Inexact"}, {&c.floatOp, "FloatOperation"}} {
		if *x.to = t.GetAttrName(from, x.name); x.to.P == nil {
			return false
		}
	}
	for _, x := range []struct {
		to   **object.Type
		name string
	}{{&c.decimal, "Decimal"}, {&c.context, "Context"}, {&c.work, "_WorkRep"}} {
		v := t.GetAttrName(from, x.name)
		if v.P == nil || v.Type() != &object.TypeType {
			return false
		}
		*x.to = object.To[object.Type](v)
	}
	for _, x := range []struct {
		to   *int
		name string
	}{{&c.exp, "_exp"}, {&c.digits, "_int"}, {&c.sign, "_sign"}, {&c.special, "_is_special"}} {
		m, ok := object.AsMember(c.decimal.Lookup(t, t.Interp.Intern(x.name)))
		if !ok || m.Slot >= c.decimal.Inline {
			return false
		}
		*x.to = m.Slot
	}
	for i, n := range fieldNames {
		c.names[i] = t.Interp.Intern(n)
	}
	return contextvarsmod.IsVariable(c.current)
}

// field returns a field of a context.
func (c *classes) field(ctx value, i int) value {
	a := object.AttrsOf(ctx)
	if a.Shape == object.DictShape {
		return object.InstanceAttr(ctx, c.names[i])
	}
	if a.Shape != c.shape {
		var at [numFields]int
		for j, n := range c.names {
			if at[j] = a.Shape.Find(n); at[j] < 0 {
				return object.InstanceAttr(ctx, c.names[i])
			}
		}
		c.shape, c.at = a.Shape, at
	}
	return *a.Slot(c.at[i])
}

// contextOf returns the context that an operation is given, or else that of the thread.
func (c *classes) contextOf(t *thread, given value) (ctx value, ok bool) {
	if ctx = given; ctx.P == nil || ctx.IsNone() {
		if ctx = contextvarsmod.ValueOf(t, c.current); ctx.P == nil {
			if ctx = t.CallArgs(c.getcontext); ctx.P == nil {
				t.Exc = nil
				return ctx, false
			}
		}
	}
	return ctx, ctx.Type() == c.context
}

// rules returns what a context says.
func (c *classes) rules(ctx value, k *rules) bool {
	prec, emin, emax, clamp := c.field(ctx, fPrec), c.field(ctx, fEmin), c.field(ctx, fEmax), c.field(ctx, fClamp)
	if prec.P == nil || emin.P == nil || emax.P == nil || clamp.P == nil || !prec.IsInt() || !emin.IsInt() || !emax.IsInt() || !clamp.IsInt() {
		return false
	}
	*k = rules{prec: prec.Int(), emin: emin.Int(), emax: emax.Int(), clamp: clamp.Int() != 0}
	if k.prec > maxExp || k.emax > maxExp || k.emin < -maxExp {
		return false
	}
	k.mode = halfEven
	return c.mode(c.field(ctx, fRounding), &k.mode)
}

func (c *classes) mode(v value, m *mode) (ok bool) {
	if v.P == nil || v.Type() != &object.StrType {
		return false
	}
	*m, ok = modes[v.Str().S]
	return ok
}

// raise sets flags of a context. It returns false, and has set none, if that is not all there is to do.
func (c *classes) raise(t *thread, ctx value, signals ...value) bool {
	fl, traps, ignored := c.field(ctx, fFlags), c.field(ctx, fTraps), c.field(ctx, fIgnored)
	if fl.P == nil || traps.P == nil || ignored.P == nil || fl.Type() != &object.DictType || traps.Type() != &object.DictType || ignored.Type() != &object.ListType ||
		len(object.To[object.List](ignored).V) != 0 {
		return false
	}
	var at [2]int
	f, tr := object.To[object.Dict](fl), object.To[object.Dict](traps)
	for i, s := range signals {
		h, ok := t.HashKey(s)
		if !ok {
			t.Exc = nil
			return false
		}
		x, ok := tr.FindHashed(t, s, h)
		if !ok || x < 0 {
			t.Exc = nil
			return false
		}
		if v := tr.Entries[x].Value; !(v.IsInt() || v.IsBool()) || v.Int() != 0 {
			return false
		}
		if x, ok = f.FindHashed(t, s, h); !ok || x < 0 {
			t.Exc = nil
			return false
		}
		at[i] = x
	}
	for _, x := range at[:len(signals)] {
		f.SetAt(x, object.MakeInt(1))
	}
	return true
}

func (c *classes) signal(t *thread, ctx value, f flags) bool {
	switch f {
	case 0:
		return true
	case rounded:
		return c.raise(t, ctx, c.rounded)
	}
	return c.raise(t, ctx, c.inexact, c.rounded)
}

// read returns the number that an object of the very class is.
func (c *classes) read(v value, x *number) (ok bool) {
	if v.Type() != c.decimal {
		return false
	}
	s := object.InlineSlots(v)
	exp, d, sign, special := s[c.exp], s[c.digits], s[c.sign], s[c.special]
	if exp.P == nil || d.P == nil || sign.P == nil || !exp.IsInt() || !sign.IsInt() && !sign.IsBool() || special != object.False || exp.Int() > maxExp || exp.Int() < -maxExp {
		return false
	}
	x.neg, x.exp = sign.Int() != 0, exp.Int()
	if d.IsInt() {
		x.coeff = wide{lo: uint64(d.Int())}
		return true
	}
	if d.Type() != &object.StrType {
		return false
	}
	x.coeff, ok = parse(d.Str().S)
	return ok
}

// other is read for an operand that may be an int.
func (c *classes) other(v value, x *number) bool {
	if v.IsInt() || v.IsBool() {
		n := v.Int()
		if *x = (number{neg: n < 0, coeff: wide{lo: uint64(n)}}); n < 0 {
			x.coeff.lo = -x.coeff.lo
		}
		return true
	}
	return c.read(v, x)
}

// make makes a Decimal. digits is a str, or a number of maxShort digits at most.
func (c *classes) make(neg bool, digits value, exp int64) value {
	v := object.NewInstance(c.decimal)
	s := object.InlineSlots(v)
	sign := int64(0)
	if neg {
		sign = 1
	}
	s[c.exp], s[c.digits], s[c.sign], s[c.special] = object.MakeInt(exp), digits, object.MakeInt(sign), object.False
	return v
}

func (c *classes) put(x number) value {
	if x.coeff.hi == 0 && x.coeff.lo < tens[maxShort].lo {
		return c.make(x.neg, object.MakeInt(int64(x.coeff.lo)), x.exp)
	}
	return c.make(x.neg, object.Of(object.NewASCII(x.coeff.String())), x.exp)
}

func docOf(t *thread, f value) string {
	if d := t.GetAttrName(f, "__doc__"); d.P != nil && d.IsStr() {
		return d.Str().S
	}
	t.Exc = nil
	return ""
}

// replace makes a method of Decimal a Go function, which says whether it has done it. The library's function does what it has not.
// Arguments that are absent are no values. more sets what else there is to say of the method.
func (c *classes) replace(t *thread, name, sig string, fast func(t *thread, a []value) (v value, done bool), more ...func(def *object.MethodDef)) bool {
	key := t.Interp.Intern(name)
	slow := c.decimal.Dict().GetStr(key)
	if slow.P == nil {
		return false
	}
	if slow.Type() != &object.FuncType {
		return true // the library's no more
	}
	def := &object.MethodDef{Name: name, Sig: sig, Doc: docOf(t, slow), Fn: func(t *thread, a []value) value {
		if v, done := fast(t, a); done {
			return v
		}
		for len(a) > 0 && a[len(a)-1].P == nil {
			a = a[:len(a)-1]
		}
		args := make([]value, len(a))
		for i, x := range a {
			if args[i] = x; x.P == nil {
				args[i] = object.None
			}
		}
		return library.Call(t, c.decimal, name, slow, args, nil)
	}}
	for _, f := range more {
		f(def)
	}
	d := &object.MethodDescr{Head: object.Head{Type: &object.MethodDescrType}, Def: def, Owner: c.decimal}
	return t.SetAttr(object.Of(c.decimal), key, object.Of(d))
}
