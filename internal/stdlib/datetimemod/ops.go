package datetimemod

import (
	"math"

	"github.com/krait-py/krait/internal/object"
)

var (
	spanNames  = []string{"days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"}
	spanMicros = [7]float64{daySeconds * second, second, 1, 1000, 60 * second, 3600 * second, 7 * daySeconds * second}
	spanOrder  = [7]int{2, 3, 1, 4, 5, 0, 6} // in which they are added
	dayNames   = []string{"year", "month", "day"}
	clockNames = []string{"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"}
)

// install puts all methods that are here into the classes.
func (c *classes) install(t *thread) bool {
	return c.installDelta(t) && c.installDate(t) && c.installDatetime(t) && c.installHash(t)
}

// compare adds the six comparisons. order says how two objects compare, if it knows.
func compare(t *thread, cls *object.Type, order func(a, b value) (r int, ok bool)) bool {
	for _, op := range []object.CompareOp{object.CmpEq, object.CmpLt, object.CmpLe, object.CmpGt, object.CmpGe} {
		if !replace(t, cls, op.Method().S, "($self, value, /)", func(t *thread, a []value) (value, bool) {
			r, ok := order(a[0], a[1])
			return object.MakeBool(op.Holds(r)), ok
		}, func(def *object.MethodDef) { def.Order = order }) {
			return false
		}
	}
	return true
}

// orderFields compares two objects by fields that count less and less, up to the first that differs; false: one is no small int.
func orderFields(a, b []value, from []int) (r int, ok bool) {
	for _, k := range from {
		x, y := a[k], b[k]
		if !x.IsInt() || !y.IsInt() {
			return 0, false
		}
		if i, j := x.Int(), y.Int(); i != j {
			if i < j {
				return -1, true
			}
			return 1, true
		}
	}
	return 0, true
}

// twoDeltas returns the fields of two timedeltas.
func (c *classes) twoDeltas(a, b value) (x, y [3]int64, ok bool) {
	x, ok = ints3(a, c.delta, &c.span)
	if ok {
		y, ok = ints3(b, c.delta, &c.span)
	}
	return x, y, ok
}

// micros is a timedelta in microseconds, if that is a small number.
func micros(d [3]int64) (int64, bool) {
	return (d[0]*daySeconds+d[1])*second + d[2], d[0] < 1<<15 && d[0] > -1<<15
}

func (c *classes) installDelta(t *thread) bool {
	sum := func(sign int64) func(t *thread, a, b value) (value, bool) {
		return func(t *thread, a, b value) (value, bool) {
			days, secs, micros, ok := three(a, c.delta, &c.span)
			days2, secs2, micros2, ok2 := three(b, c.delta, &c.span)
			if !ok || !ok2 {
				return value{}, false
			}
			return c.newDelta(t, days+sign*days2, secs+sign*secs2, micros+sign*micros2), true
		}
	}
	times := func(t *thread, a, b value) (value, bool) {
		if !b.IsInt() || b.Int() > small || b.Int() < -small {
			return value{}, false
		}
		days, secs, micros, ok := three(a, c.delta, &c.span)
		k := b.Int()
		if !ok {
			return value{}, false
		}
		return c.newDelta(t, days*k, secs*k, micros*k), true
	}
	return replaceNamed(t, c.delta, "__new__", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		var v [7]value
		if len(args) == 0 || args[0] != object.Of(c.delta) || !bind(v[:], args[1:], names, spanNames) {
			return value{}, false
		}
		// Fractions become microseconds, and what is left of all of them is rounded once.
		var n [7]int64
		left, more := 0.0, int64(0)
		for _, i := range spanOrder {
			switch x := v[i]; {
			case x.P == nil:
			case x.IsInt() && x.Int() <= small && x.Int() >= -small:
				n[i] = x.Int()
			case x.IsFloat() && x.Float() <= small && x.Float() >= -small:
				whole, part := math.Modf(x.Float())
				whole2, part := math.Modf(part * spanMicros[i])
				n[i], more, left = int64(whole), more+int64(whole2), left+part
			default:
				return value{}, false
			}
		}
		micros := n[2] + n[3]*1000 + more
		if left != 0 {
			odd := float64(micros & 1)
			micros += int64(math.RoundToEven(left+odd) - odd)
		}
		return c.newDelta(t, n[0]+n[6]*7, n[1]+n[4]*60+n[5]*3600, micros), true
	}) && operator(t, c.delta, "__add__", sum(1)) && operator(t, c.delta, "__radd__", sum(1)) &&
		operator(t, c.delta, "__sub__", sum(-1)) &&
		operator(t, c.delta, "__mul__", times) && operator(t, c.delta, "__rmul__", times) &&
		replace(t, c.delta, "__neg__", "($self, /)", func(t *thread, a []value) (value, bool) {
			x, ok := ints3(a[0], c.delta, &c.span)
			if !ok {
				return value{}, false
			}
			return c.newDelta(t, -x[0], -x[1], -x[2]), true
		}) && replace(t, c.delta, "__bool__", "($self, /)", func(t *thread, a []value) (value, bool) {
		x, ok := ints3(a[0], c.delta, &c.span)
		return object.MakeBool(x != [3]int64{}), ok
	}) && operator(t, c.delta, "__floordiv__", func(t *thread, a, b value) (value, bool) {
		x, y, ok := c.twoDeltas(a, b)
		p, ok1 := micros(x)
		q, ok2 := micros(y)
		if !ok || !ok1 || !ok2 || q == 0 {
			return value{}, false
		}
		if q < 0 {
			p, q = -p, -q
		}
		n, _ := divide(p, q)
		return object.MakeInt(n), true
	}) && operator(t, c.delta, "__truediv__", func(t *thread, a, b value) (value, bool) {
		// Numbers below 2**53 are floats, whose quotient is right.
		x, y, ok := c.twoDeltas(a, b)
		p, ok1 := micros(x)
		q, ok2 := micros(y)
		if !ok || !ok1 || !ok2 || q == 0 {
			return value{}, false
		}
		return object.MakeFloat(float64(p) / float64(q)), true
	}) && replace(t, c.delta, "total_seconds", "($self, /)", func(t *thread, a []value) (value, bool) {
		x, ok := ints3(a[0], c.delta, &c.span)
		p, ok1 := micros(x)
		return object.MakeFloat(float64(p) / second), ok && ok1
	}) && compare(t, c.delta, func(a, b value) (int, bool) {
		if a.Type() != c.delta || b.Type() != c.delta {
			return 0, false
		}
		return orderFields(slots(a), slots(b), c.span[:])
	})
}

// moved makes a day one that is some days later. OverflowError says that there is none.
func moved(t *thread, day *[3]int64, days int64) bool {
	if d := day[2] + days; d >= 1 && d <= 28 {
		day[2] = d // every month has such a day
		return true
	}
	n := ordinal(day) + days
	if n < 1 || n > maxOrdinal {
		t.OverflowErrorf("date value out of range")
		return false
	}
	dayOf(n, day)
	return true
}

func (c *classes) installDate(t *thread) bool {
	// Most of these are methods of datetimes, too.
	plain := func(v value) ([3]int64, bool) {
		d, ok := ints3(v, c.date, &c.day)
		return d, ok
	}
	sum := func(sign int64) func(t *thread, a, b value) (value, bool) {
		return func(t *thread, a, b value) (value, bool) {
			d, ok := plain(a)
			if !ok {
				return value{}, false
			}
			if b.Type() == c.delta {
				days := slots(b)[c.span[0]]
				if !days.IsInt() {
					return value{}, false
				}
				if !moved(t, &d, sign*days.Int()) {
					return value{}, true
				}
				return c.newDate(d[0], d[1], d[2]), true
			}
			if e, ok := plain(b); ok && sign < 0 {
				return c.newDelta(t, ordinal(&d)-ordinal(&e), 0, 0), true
			}
			if b.IsA(c.datetime) {
				return object.NotImplemented, true // C does not take a datetime for a date here
			}
			return value{}, false
		}
	}
	number := func(f func(n int64) int64) func(t *thread, a []value) (value, bool) {
		return func(t *thread, a []value) (value, bool) {
			if s := a[0].Type(); s != c.date && s != c.datetime {
				return value{}, false
			}
			d, ok := ints3(a[0], a[0].Type(), &c.day)
			if !ok {
				return value{}, false
			}
			return object.MakeInt(f(ordinal(&d))), true
		}
	}
	const one = "($self, /)"
	return replaceNamed(t, c.date, "__new__", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		var v [3]value
		var d [3]int64
		if len(args) == 0 || args[0] != object.Of(c.date) || !bind(v[:], args[1:], names, dayNames) {
			return value{}, false
		}
		for i, x := range v {
			if x.P == nil || !x.IsInt() {
				return value{}, false
			}
			d[i] = x.Int()
		}
		if !validDay(d) {
			return value{}, false
		}
		return c.newDate(d[0], d[1], d[2]), true
	}) && replaceNamed(t, c.date, "fromordinal", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		if names != nil || len(args) != 2 || args[0] != object.Of(c.date) || !args[1].IsInt() || args[1].Int() < 1 || args[1].Int() > maxOrdinal {
			return value{}, false
		}
		var d [3]int64
		dayOf(args[1].Int(), &d)
		return c.newDate(d[0], d[1], d[2]), true
	}) && replaceNamed(t, c.date, "fromisoformat", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		if names != nil || len(args) != 2 || args[0] != object.Of(c.date) || !args[1].Is(&object.StrType) {
			return value{}, false
		}
		m, ok := parseISO(args[1].Str().S)
		if !ok || len(args[1].Str().S) != 10 {
			return value{}, false
		}
		return c.newDate(m.day[0], m.day[1], m.day[2]), true
	}) && operator(t, c.date, "__add__", sum(1)) && operator(t, c.date, "__radd__", sum(1)) && operator(t, c.date, "__sub__", sum(-1)) &&
		replace(t, c.date, "toordinal", one, number(func(n int64) int64 { return n })) &&
		replace(t, c.date, "weekday", one, number(func(n int64) int64 { return (n + 6) % 7 })) &&
		replace(t, c.date, "isoweekday", one, number(func(n int64) int64 { return (n+6)%7 + 1 })) &&
		compare(t, c.date, func(a, b value) (int, bool) {
			if a.Type() != c.date || b.Type() != c.date {
				return 0, false
			}
			return orderFields(slots(a), slots(b), c.day[:])
		})
}

func (c *classes) installDatetime(t *thread) bool {
	sum := func(sign int64) func(t *thread, a, b value) (value, bool) {
		return func(t *thread, a, b value) (value, bool) {
			var m moment
			if !c.read(a, &m) {
				return value{}, false
			}
			secs, micros := m.time()
			if days2, secs2, micros2, ok := three(b, c.delta, &c.span); ok {
				k, micros := divide(micros+sign*micros2, second)
				days, secs := divide(secs+sign*secs2+k, daySeconds)
				if !moved(t, &m.day, sign*days2+days) {
					return value{}, true
				}
				m.clock[0], m.clock[1], m.clock[2], m.clock[3] = secs/3600, secs/60%60, secs%60, micros
				return c.newDatetime(&m, c.zoneOf(a), object.MakeInt(0)), true
			}
			if sign > 0 || b.Type() != c.datetime || c.zoneOf(a) != c.zoneOf(b) {
				return value{}, false
			}
			var n moment
			if !c.read(b, &n) {
				return value{}, false
			}
			secs2, micros2 := n.time()
			return c.newDelta(t, ordinal(&m.day)-ordinal(&n.day), secs-secs2, micros-micros2), true
		}
	}
	// made makes a datetime of what a call has given, the rest is that of from, if there is one.
	made := func(v *[9]value, from value) (value, bool) {
		var m moment
		zone, fold := object.None, object.MakeInt(0)
		if from.P != nil {
			if !c.read(from, &m) {
				return value{}, false
			}
			zone, fold = c.zoneOf(from), slots(from)[c.fold]
		}
		for i, x := range v[:7] {
			switch {
			case x.P == nil && (i >= 3 || from.P != nil):
			case x.P == nil || !x.IsInt():
				return value{}, false
			case i < 3:
				m.day[i] = x.Int()
			default:
				m.clock[i-3] = x.Int()
			}
		}
		if z := v[7]; z.P != nil {
			if zone = z; !z.IsNone() && !z.IsA(c.tzinfo) {
				return value{}, false
			}
		}
		if f := v[8]; f.P != nil {
			if fold = f; !f.IsInt() || uint64(f.Int()) > 1 {
				return value{}, false
			}
		}
		if !m.valid() {
			return value{}, false
		}
		return c.newDatetime(&m, zone, fold), true
	}
	naive := func(v value, m *moment) bool {
		return c.read(v, m) && c.zoneOf(v).IsNone()
	}
	return replaceNamed(t, c.datetime, "__new__", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		var v [9]value
		// The fold is given by name only.
		if len(args) == 0 || args[0] != object.Of(c.datetime) || len(args)-object.NameCount(names) > 9 || !bind(v[:], args[1:], names, clockNames) {
			return value{}, false
		}
		return made(&v, value{})
	}) && replaceNamed(t, c.datetime, "replace", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		var v [9]value
		if len(args) == 0 || args[0].Type() != c.datetime || len(args)-object.NameCount(names) > 9 || !bind(v[:], args[1:], names, clockNames) {
			return value{}, false
		}
		return made(&v, args[0])
	}) && replaceNamed(t, c.datetime, "fromisoformat", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		if names != nil || len(args) != 2 || args[0] != object.Of(c.datetime) || !args[1].Is(&object.StrType) {
			return value{}, false
		}
		m, ok := parseISO(args[1].Str().S)
		if !ok {
			return value{}, false
		}
		return c.newDatetime(&m, object.None, object.MakeInt(0)), true
	}) && operator(t, c.datetime, "__add__", sum(1)) && operator(t, c.datetime, "__radd__", sum(1)) && operator(t, c.datetime, "__sub__", sum(-1)) &&
		replace(t, c.datetime, "date", "($self, /)", func(t *thread, a []value) (value, bool) {
			var m moment
			if !c.read(a[0], &m) {
				return value{}, false
			}
			return c.newDate(m.day[0], m.day[1], m.day[2]), true
		}) && replaceNamed(t, c.datetime, "isoformat", func(t *thread, args []value, names *object.Tuple) (value, bool) {
		if len(args) != 1 {
			return value{}, false
		}
		var m moment
		if !naive(args[0], &m) {
			return value{}, false
		}
		return object.MakeStr(m.text('T')), true
	}) && replace(t, c.datetime, "__str__", "($self, /)", func(t *thread, a []value) (value, bool) {
		var m moment
		if !naive(a[0], &m) {
			return value{}, false
		}
		return object.MakeStr(m.text(' ')), true
	}) && compare(t, c.datetime, func(a, b value) (int, bool) {
		if a.Type() != c.datetime || b.Type() != c.datetime {
			return 0, false
		}
		x, y := slots(a), slots(b)
		if x[c.zone] != y[c.zone] {
			return 0, false
		}
		if r, ok := orderFields(x, y, c.day[:]); r != 0 || !ok {
			return r, ok
		}
		return orderFields(x, y, c.clock[:])
	})
}

// hashOf is the hash of an object of the very class cls, which is kept in its slot: that of what state makes of it, which is what the library hashes.
func hashOf(t *thread, cls *object.Type, slot int, state func(v value) (h int64, ok bool)) bool {
	hash := func(t *thread, v value) (h int64, ok bool) {
		if v.Type() != cls {
			return 0, false
		}
		kept := &slots(v)[slot]
		if kept.IsInt() && kept.Int() != -1 {
			return kept.Int(), true
		}
		if h, ok = state(v); ok {
			*kept = object.MakeInt(h)
		}
		return h, ok
	}
	return replace(t, cls, "__hash__", "($self, /)", func(t *thread, a []value) (value, bool) {
		h, ok := hash(t, a[0])
		return object.MakeInt(h), ok
	}, func(def *object.MethodDef) { def.HashOf = hash })
}

// state is the day as the bytes that are pickled.
func state(d *[3]int64) [4]byte { return [4]byte{byte(d[0] >> 8), byte(d[0]), byte(d[1]), byte(d[2])} }

func (c *classes) installHash(t *thread) bool {
	return hashOf(t, c.delta, c.hash[0], func(v value) (int64, bool) {
		d, ok := ints3(v, c.delta, &c.span)
		if !ok {
			return 0, false
		}
		return t.HashItems([]value{object.MakeInt(d[0]), object.MakeInt(d[1]), object.MakeInt(d[2])})
	}) && hashOf(t, c.date, c.hash[1], func(v value) (int64, bool) {
		d, ok := ints3(v, c.date, &c.day)
		if !ok {
			return 0, false
		}
		b := state(&d)
		return t.HashItems([]value{object.MakeBytes(string(b[:]))})
	}) && hashOf(t, c.datetime, c.hash[2], func(v value) (int64, bool) {
		var m moment
		if !c.read(v, &m) || !c.zoneOf(v).IsNone() { // a zone's offset is the library's business
			return 0, false
		}
		b := state(&m.day)
		us := m.clock[3]
		return t.Hash(object.MakeBytes(string(append(b[:], byte(m.clock[0]), byte(m.clock[1]), byte(m.clock[2]), byte(us>>16), byte(us>>8), byte(us)))))
	})
}

// text is the moment as ISO 8601 has it.
func (m *moment) text(sep byte) string {
	b := make([]byte, 0, 26)
	digits := func(x int64, n int) {
		for at, i := len(b), 0; i < n; i++ {
			b = append(b, '0')
			for j := len(b) - 1; j > at; j-- {
				b[j] = b[j-1]
			}
			b[at] = byte('0' + x%10)
			x /= 10
		}
	}
	digits(m.day[0], 4)
	for _, x := range m.day[1:] {
		b = append(b, '-')
		digits(x, 2)
	}
	b = append(b, sep)
	for i, x := range m.clock[:3] {
		if i > 0 {
			b = append(b, ':')
		}
		digits(x, 2)
	}
	if m.clock[3] != 0 {
		b = append(b, '.')
		digits(m.clock[3], 6)
	}
	return string(b)
}

// parseISO reads a day, and perhaps a time behind it, in the usual of all the ways: 2026-01-31T23:59:59.123456.
func parseISO(s string) (m moment, ok bool) {
	digits := func(from, n int) int64 {
		x := int64(0)
		for _, c := range []byte(s[from : from+n]) {
			if c < '0' || c > '9' {
				return -1
			}
			x = x*10 + int64(c-'0')
		}
		return x
	}
	n := len(s)
	if n != 10 && n != 16 && n != 19 && n != 26 || s[4] != '-' || s[7] != '-' {
		return m, false
	}
	m.day = [3]int64{digits(0, 4), digits(5, 2), digits(8, 2)}
	if n > 10 {
		if s[10] != 'T' && s[10] != ' ' || s[13] != ':' || n > 16 && s[16] != ':' || n > 19 && s[19] != '.' {
			return m, false
		}
		m.clock[0], m.clock[1] = digits(11, 2), digits(14, 2)
		if n > 16 {
			m.clock[2] = digits(17, 2)
		}
		if n > 19 {
			m.clock[3] = digits(20, 6)
		}
	}
	return m, m.valid()
}
