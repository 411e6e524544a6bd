package datetimemod

import (
	"github.com/krait-py/krait/internal/object"
)

type (
	thread = object.Thread
	value  = object.Value
)

// The library's classes do everything, and do it slowly: a sum of a datetime and a timedelta makes six objects. What programs do most is done here for
// instances of the very classes; all else, derived classes and whatever is wrong among it, goes to the library's function that was there before.

// classes are the classes of one interpreter, with where their instances have their fields.
type classes struct {
	delta, date, datetime, tzinfo *object.Type

	// The slots of fields.
	span  [3]int // days, seconds, microseconds
	day   [3]int // year, month, day
	clock [4]int // hour, minute, second, microsecond
	zone  int
	fold  int
	hash  [3]int // of delta, date, datetime
}

const (
	maxDelta   = 999999999
	maxOrdinal = 3652059
	daySeconds = 24 * 60 * 60
	second     = 1000000
	// small bounds numbers that can be multiplied by the seconds of a day, and fractions of them that are floats.
	small = 1 << 33
)

// find fills in the classes. It returns false if they are not as they are known to be.
func (c *classes) find(t *thread, from value) bool {
	for _, x := range []struct {
		to   **object.Type
		name string
	}{{&c.delta, "timedelta"}, {&c.date, "date"}, {&c.datetime, "datetime"}, {&c.tzinfo, "tzinfo"}} {
		v := t.GetAttrName(from, x.name)
		if v.P == nil || v.Type() != &object.TypeType {
			return false
		}
		*x.to = object.To[object.Type](v)
	}
	for _, x := range []struct {
		cls  *object.Type
		to   *int
		name string
	}{
		{c.delta, &c.span[0], "_days"}, {c.delta, &c.span[1], "_seconds"}, {c.delta, &c.span[2], "_microseconds"}, {c.delta, &c.hash[0], "_hashcode"},
		{c.date, &c.day[0], "_year"}, {c.date, &c.day[1], "_month"}, {c.date, &c.day[2], "_day"}, {c.date, &c.hash[1], "_hashcode"},
		{c.datetime, &c.clock[0], "_hour"}, {c.datetime, &c.clock[1], "_minute"}, {c.datetime, &c.clock[2], "_second"},
		{c.datetime, &c.clock[3], "_microsecond"}, {c.datetime, &c.zone, "_tzinfo"}, {c.datetime, &c.fold, "_fold"}, {c.datetime, &c.hash[2], "_hashcode"},
	} {
		m, ok := object.AsMember(x.cls.Lookup(t, t.Interp.Intern(x.name)))
		if !ok || m.Slot >= x.cls.Inline {
			return false
		}
		*x.to = m.Slot
	}
	return true
}

// slots returns the slots of an object, which is of one of the very classes.
func slots(v value) []value { return object.InlineSlots(v) }

// ints puts fields into a slice; false: one is no small int.
func ints(to []int64, s []value, from []int) bool {
	for i, k := range from {
		x := s[k]
		if !x.IsInt() {
			return false
		}
		to[i] = x.Int()
	}
	return true
}

// three returns the three fields of an object of the very class cls, a timedelta or a date; false: one is no small int. They are three results because
// an array would be copied in larger pieces than it has just been written in, for which processors wait.
func three(v value, cls *object.Type, from *[3]int) (x, y, z int64, ok bool) {
	if v.Type() != cls {
		return 0, 0, 0, false
	}
	s := slots(v)
	a, b, c := &s[from[0]], &s[from[1]], &s[from[2]]
	if !a.IsInt() || !b.IsInt() || !c.IsInt() {
		return 0, 0, 0, false
	}
	return a.Int(), b.Int(), c.Int(), true
}

// ints3 is three for who needs an array.
func ints3(v value, cls *object.Type, from *[3]int) (r [3]int64, ok bool) {
	r[0], r[1], r[2], ok = three(v, cls, from)
	return r, ok
}

// divide returns quotient and remainder of a floor division.
func divide(a, b int64) (q, r int64) {
	if q, r = a/b, a%b; r < 0 {
		q, r = q-1, r+b
	}
	return q, r
}

// newDelta makes a timedelta.
func (c *classes) newDelta(t *thread, days, secs, micros int64) value {
	k, micros := divide(micros, second)
	days2, secs := divide(secs+k, daySeconds)
	if days += days2; days > maxDelta || days < -maxDelta {
		return t.OverflowErrorf("days=%d; must have magnitude <= %d", days, maxDelta)
	}
	v := object.NewInstance(c.delta)
	s := slots(v)
	s[c.span[0]], s[c.span[1]], s[c.span[2]], s[c.hash[0]] = object.MakeInt(days), object.MakeInt(secs), object.MakeInt(micros), object.MakeInt(-1)
	return v
}

func (c *classes) newDate(year, month, day int64) value {
	v := object.NewInstance(c.date)
	s := slots(v)
	s[c.day[0]], s[c.day[1]], s[c.day[2]], s[c.hash[1]] = object.MakeInt(year), object.MakeInt(month), object.MakeInt(day), object.MakeInt(-1)
	return v
}

// moment is what a datetime says without its zone.
type moment struct {
	day   [3]int64
	clock [4]int64
}

func (c *classes) newDatetime(m *moment, zone, fold value) value {
	v := object.NewInstance(c.datetime)
	s := slots(v)
	for i, x := range m.day {
		s[c.day[i]] = object.MakeInt(x)
	}
	for i, x := range m.clock {
		s[c.clock[i]] = object.MakeInt(x)
	}
	s[c.zone], s[c.fold], s[c.hash[2]] = zone, fold, object.MakeInt(-1)
	return v
}

// read puts what a datetime of that very class says into m, which is not copied: see three.
func (c *classes) read(v value, m *moment) (ok bool) {
	if v.Type() != c.datetime {
		return false
	}
	s := slots(v)
	return ints(m.day[:], s, c.day[:]) && ints(m.clock[:], s, c.clock[:])
}

// zoneOf returns the zone of a datetime of that very class.
func (c *classes) zoneOf(v value) value { return slots(v)[c.zone] }

// seconds and microseconds since the beginning of the day.
func (m *moment) time() (secs, micros int64) {
	return (m.clock[0]*60+m.clock[1])*60 + m.clock[2], m.clock[3]
}

// valid reports whether there is such a day, and such a time of it.
func (m *moment) valid() bool {
	return validDay(m.day) && uint64(m.clock[0]) < 24 && uint64(m.clock[1]) < 60 && uint64(m.clock[2]) < 60 && uint64(m.clock[3]) < second
}

func leap(year int64) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// before has the days of a year that are over when a month begins.
var before = [14]int64{0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

func validDay(d [3]int64) bool {
	if d[0] < 1 || d[0] > 9999 || d[1] < 1 || d[1] > 12 || d[2] < 1 {
		return false
	}
	days := before[d[1]+1] - before[d[1]]
	if d[1] == 2 && leap(d[0]) {
		days++
	}
	return d[2] <= days
}

// ordinal numbers the days from the first of the year 1 on, which is 1.
func ordinal(d *[3]int64) int64 {
	n := newYear(d[0]) + before[d[1]] + d[2] - 1
	if d[1] > 2 && leap(d[0]) {
		n++
	}
	return n
}

// newYear is the number of the first day of a year.
func newYear(year int64) int64 {
	y := year - 1
	return y*365 + y/4 - y/100 + y/400 + 1
}

// dayOf puts the day with a number into d.
func dayOf(n int64, d *[3]int64) {
	year := (n-1)*400/146097 + 1 // or the one before, or the one after
	for newYear(year) > n {
		year--
	}
	for newYear(year+1) <= n {
		year++
	}
	n -= newYear(year)
	month := n/32 + 1 // or the one after
	next := before[month+1]
	if month >= 2 && leap(year) {
		next++
	}
	if n >= next {
		month++
	}
	n -= before[month]
	if month > 2 && leap(year) {
		n--
	}
	d[0], d[1], d[2] = year, month, n+1
}

// replace makes methods of a class Go functions, which say whether they have done it. The library's function does what they have not.
// more sets what else there is to say of the method.
func replace(t *thread, cls *object.Type, name, sig string, fast func(t *thread, a []value) (v value, done bool), more ...func(def *object.MethodDef)) bool {
	key := t.Interp.Intern(name)
	slow := cls.Dict().GetStr(key)
	if slow.P == nil {
		return false
	}
	if slow.Type() != &object.FuncType {
		return true // of another library
	}
	def := &object.MethodDef{Name: name, Sig: sig, Doc: docOf(t, slow), Fn: func(t *thread, a []value) value {
		if v, done := fast(t, a); done {
			return v
		}
		for len(a) > 0 && a[len(a)-1].P == nil {
			a = a[:len(a)-1]
		}
		return library.Call(t, cls, name, slow, a, nil)
	}}
	for _, f := range more {
		f(def)
	}
	d := &object.MethodDescr{Head: object.Head{Type: &object.MethodDescrType}, Def: def, Owner: cls}
	return t.SetAttr(object.Of(cls), key, object.Of(d))
}

// operator is replace for a binary operator's method.
func operator(t *thread, cls *object.Type, name string, fast func(t *thread, a, b value) (v value, done bool)) bool {
	return replace(t, cls, name, "($self, value, /)", func(t *thread, a []value) (value, bool) { return fast(t, a[0], a[1]) },
		func(def *object.MethodDef) { def.Operator = fast })
}

func docOf(t *thread, f value) string {
	if d := t.GetAttrName(f, "__doc__"); d.P != nil && d.IsStr() {
		return d.Str().S
	}
	t.Exc = nil
	return ""
}

// replaceNamed does the same with __new__, class methods, and methods whose arguments may have names.
func replaceNamed(t *thread, cls *object.Type, name string, fast func(t *thread, args []value, names *object.Tuple) (v value, done bool)) bool {
	key := t.Interp.Intern(name)
	old := cls.Dict().GetStr(key)
	if old.P == nil {
		return false
	}
	method := old.Is(&object.ClassMethodType)
	slow := old
	switch {
	case method:
		slow = object.To[object.ClassMethod](old).Func
	case old.Is(&object.StaticMethodType):
		slow = object.To[object.StaticMethod](old).Func
	}
	if slow.Type() != &object.FuncType {
		return true
	}
	def := &object.MethodDef{Name: name, Doc: docOf(t, slow), Raw: func(t *thread, args []value, names *object.Tuple) value {
		if v, done := fast(t, args, names); done {
			return v
		}
		return library.Call(t, cls, name, slow, args, names)
	}}
	f := object.NewBuiltin(def, value{}, value{})
	switch {
	case method:
		f = object.Of(object.NewClassMethod(f))
	case name != "__new__":
		f = object.Of(&object.MethodDescr{Head: object.Head{Type: &object.MethodDescrType}, Def: def, Owner: cls})
	}
	return t.SetAttr(object.Of(cls), key, f)
}

// bind puts the arguments of a call, which lie behind the class, in the order of their names. Those that are absent are no value.
func bind(to []value, args []value, names *object.Tuple, params []string) bool {
	n := len(args) - object.NameCount(names)
	if n > len(to) {
		return false
	}
	copy(to, args[:n])
	for i := range object.NameCount(names) {
		k := names.Items()[i].Str().S
		at := -1
		for j, p := range params {
			if p == k {
				at = j
			}
		}
		if at < 0 || to[at].P != nil {
			return false
		}
		to[at] = args[n+i]
	}
	return true
}
