package timemod

import (
	"fmt"
	"math"
	"time"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var structTime = object.StructSeq{Name: "time.struct_time",
	Doc:    "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 integers.",
	Fields: []string{"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"}, Visible: 9}

// broken is a time in its parts, as C's struct tm has them but for the year and the month, which are what they are.
type broken struct {
	year, month, day, hour, min, sec int
	wday, yday                       int // Sunday and January 1 are 0
	dst                              int
	zone                             string
	hasZone                          bool
	off                              int
}

// breakTime takes a time apart.
func breakTime(sec int64, zone *time.Location) broken {
	x := time.Unix(sec, 0).In(zone)
	b := broken{year: x.Year(), month: int(x.Month()), day: x.Day(), hour: x.Hour(), min: x.Minute(), sec: x.Second(),
		wday: int(x.Weekday()), yday: x.YearDay() - 1, hasZone: true}
	b.zone, b.off = x.Zone()
	if x.IsDST() {
		b.dst = 1
	}
	return b
}

// value is the struct_time of a time.
func (b *broken) value() Value {
	num := func(n int) Value { return object.MakeInt(int64(n)) }
	return object.MakeStructSeq(&structTime, num(int(int32(int32(b.year-1900)+1900))), num(b.month), num(b.day), num(b.hour), num(b.min), num(b.sec),
		num((b.wday+6)%7), num(b.yday+1), num(b.dst), object.MakeStr(b.zone), num(b.off))
}

// timeArg converts an optional number of seconds; the present if it is absent or None.
func timeArg(t *Thread, fn string, args []Value, names *object.Tuple) (int64, bool) {
	if !maxArgs(t, fn, args, names, 0, 1) {
		return 0, false
	}
	if len(args) == 0 || args[0].IsNone() {
		c := clock(t)
		if c == nil {
			return 0, false
		}
		n := c.Now()
		return (n - mod(n, 1e9)) / 1e9, true
	}
	v := args[0]
	if v.Type().Flags&object.FlagFloat != 0 {
		f, _ := object.AsFloat(v)
		if math.IsNaN(f) {
			t.ValueErrorf("Invalid value NaN (not a number)")
			return 0, false
		}
		if f = math.Floor(f); !(f >= -(1<<63) && f < 1<<63) {
			t.OverflowErrorf("timestamp out of range for platform time_t")
			return 0, false
		}
		return int64(f), true
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	if !ok {
		t.OverflowErrorf("timestamp out of range for platform time_t")
	}
	return n, ok
}

func mod(n, m int64) int64 { return ((n % m) + m) % m }

// maxSeconds is where years do not fit into a C int any more.
const maxSeconds = 67768036191676799

func breakArg(t *Thread, fn string, args []Value, names *object.Tuple, zone *time.Location) (b broken, ok bool) {
	sec, ok := timeArg(t, fn, args, names)
	if !ok {
		return b, false
	}
	if sec > maxSeconds || sec < -maxSeconds {
		native.OSErrorCode(t, 75)
		return b, false
	}
	return breakTime(sec, zone), true
}

func gmtime(t *Thread, args []Value, names *object.Tuple) Value {
	b, ok := breakArg(t, "gmtime", args, names, time.UTC)
	if !ok {
		return Value{}
	}
	b.zone = "GMT"
	return b.value()
}

func localtime(t *Thread, args []Value, names *object.Tuple) Value {
	b, ok := breakArg(t, "localtime", args, names, stateOf(t).zone)
	if !ok {
		return Value{}
	}
	return b.value()
}

// tupleArg takes a time tuple apart.
func tupleArg(t *Thread, v Value, fn string) (b broken, ok bool) {
	if v.Type().Flags&object.FlagTuple == 0 {
		t.TypeErrorf("Tuple or struct_time argument required")
		return b, false
	}
	items := object.To[object.Tuple](v).Items()
	if len(items) != 9 {
		t.TypeErrorf("%s(): illegal time tuple argument", fn)
		return b, false
	}
	var n [9]int
	for i, x := range items {
		if n[i], ok = native.Int32(t, x); !ok {
			return b, false
		}
	}
	if n[0] < math.MinInt32+1900 {
		t.OverflowErrorf("year out of range")
		return b, false
	}
	b = broken{year: n[0], month: n[1], day: n[2], hour: n[3], min: n[4], sec: n[5], wday: (n[6] + 1) % 7, yday: n[7] - 1, dst: n[8]}
	if v.Is(structTime.Type()) {
		z := t.GetAttr(v, nameZone)
		if z.P == nil {
			return b, false
		}
		if z.IsStr() {
			b.zone, b.hasZone = z.Str().S, true
		}
		o := t.GetAttr(v, nameOff)
		if o.P == nil {
			return b, false
		}
		if !o.IsNone() {
			off, ok := native.Int64(t, o)
			if !ok {
				return b, false
			}
			b.off = int(off)
		}
	}
	return b, true
}

var (
	nameZone = object.StaticName("tm_zone")
	nameOff  = object.StaticName("tm_gmtoff")
)

// check raises ValueError for parts that are out of range. Month, day and day of the year may be 0, which means 1.
func (b *broken) check(t *Thread) bool {
	if b.month == 0 {
		b.month = 1
	}
	if b.day == 0 {
		b.day = 1
	}
	if b.yday == -1 {
		b.yday = 0
	}
	switch {
	case b.month < 1 || b.month > 12:
		t.ValueErrorf("month out of range")
	case b.day < 1 || b.day > 31:
		t.ValueErrorf("day of month out of range")
	case b.hour < 0 || b.hour > 23:
		t.ValueErrorf("hour out of range")
	case b.min < 0 || b.min > 59:
		t.ValueErrorf("minute out of range")
	case b.sec < 0 || b.sec > 61:
		t.ValueErrorf("seconds out of range")
	case b.wday < 0:
		t.ValueErrorf("day of week out of range")
	case b.yday < 0 || b.yday > 365:
		t.ValueErrorf("day of year out of range")
	default:
		return true
	}
	return false
}

func (b *broken) asctime() Value {
	return object.MakeStr(fmt.Sprintf("%s %s%3d %.2d:%.2d:%.2d %d", days[b.wday][:3], months[b.month-1][:3], b.day, b.hour, b.min, b.sec, b.year))
}

func asctime(t *Thread, args []Value, names *object.Tuple) Value {
	if object.NameCount(names) > 0 {
		return t.TypeErrorf("time.asctime() takes no keyword arguments")
	}
	if !t.ArgCount("asctime", len(args), 0, 1) {
		return Value{}
	}
	var b broken
	ok := false
	if len(args) == 0 {
		b, ok = breakArg(t, "asctime", nil, nil, stateOf(t).zone)
	} else if b, ok = tupleArg(t, args[0], "asctime"); ok {
		ok = b.check(t)
	}
	if !ok {
		return Value{}
	}
	return b.asctime()
}

func ctime(t *Thread, args []Value, names *object.Tuple) Value {
	b, ok := breakArg(t, "ctime", args, names, stateOf(t).zone)
	if !ok {
		return Value{}
	}
	return b.asctime()
}

func mktime(t *Thread, a []Value) Value {
	b, ok := tupleArg(t, a[0], "mktime")
	if !ok {
		return Value{}
	}
	sec := b.seconds(stateOf(t).zone)
	if sec > maxSeconds || sec < -maxSeconds {
		return t.OverflowErrorf("mktime argument out of range")
	}
	return object.MakeFloat(float64(sec))
}

// seconds is mktime: parts beyond their ranges carry over.
func (b *broken) seconds(zone *time.Location) int64 {
	utc := time.Date(b.year, time.Month(b.month), b.day, b.hour, b.min, b.sec, 0, time.UTC).Unix()
	at := func(sec int64) (off int64, dst int) {
		x := time.Unix(sec, 0).In(zone)
		_, o := x.Zone()
		if x.IsDST() {
			dst = 1
		}
		return int64(o), dst
	}
	before, _ := at(utc - 86400)
	after, _ := at(utc + 86400)
	want := min(max(b.dst, -1), 1)
	found, best := false, utc-before
	for _, off := range [...]int64{before, after} {
		sec := utc - off
		if o, dst := at(sec); o == off {
			if dst == want {
				return sec
			}
			if !found {
				found, best = true, sec
			}
		}
	}
	if want < 0 {
		return best
	}
	if _, dst := at(best); dst == want {
		return best
	}
	// The nearest time when the clock is as the program says.
	const step = 601200
	for d := int64(step); d < 536454000; d += step {
		for _, x := range [...]int64{best - d, best + d} {
			if off, dst := at(x); dst == want {
				return utc - off
			}
		}
	}
	// There is none: daylight saving time would be an hour.
	if want == 1 {
		return best - 3600
	}
	return best + 3600
}
