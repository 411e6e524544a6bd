// Package timemod is module time.
package timemod

import (
	"math"
	"runtime"
	"time"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// state is what an interpreter keeps for the module.
type state struct {
	module *object.Module
	zone   *time.Location
	names  [2]string // of the zone: standard, and daylight saving
}

func stateOf(t *Thread) *state {
	s, _ := t.Interp.State["time"].(*state)
	if s == nil {
		s = &state{zone: time.UTC, names: [2]string{"UTC", "UTC"}}
		t.Interp.State["time"] = s
	}
	return s
}

// clock returns the host's clock, or nil with PermissionError set.
func clock(t *Thread) host.Clock {
	c := native.Host(t).Clock
	if c == nil {
		native.OSErrorCode(t, 1)
	}
	return c
}

// seconds is a number of nanoseconds as a float of seconds.
func seconds(ns int64) Value {
	if ns%1e9 == 0 {
		return object.MakeFloat(float64(ns / 1e9))
	}
	return object.MakeFloat(float64(ns) / 1e9)
}

// reads makes the two functions of a clock: in seconds and in nanoseconds.
func reads(f func(c host.Clock) int64) (secs, nanos func(t *Thread, a []Value) Value) {
	secs = func(t *Thread, a []Value) Value {
		c := clock(t)
		if c == nil {
			return Value{}
		}
		return seconds(f(c))
	}
	nanos = func(t *Thread, a []Value) Value {
		c := clock(t)
		if c == nil {
			return Value{}
		}
		return object.MakeInt(f(c))
	}
	return secs, nanos
}

var (
	now, nowNs             = reads(host.Clock.Now)
	monotonic, monotonicNs = reads(host.Clock.Monotonic)
	process, processNs     = reads(func(c host.Clock) int64 { return c.CPU(false) })
	thread, threadNs       = reads(func(c host.Clock) int64 { return c.CPU(true) })
)

// Module is the definition of time.
var Module = object.ModuleDef{
	Name:  "time",
	Setup: func(d *object.ModuleDef) { d.Methods = append(d.Methods, platformMethods...) },
	Doc:   "This module provides various functions to manipulate time values.\n\nTimes are seconds since the Epoch, January 1, 1970 in UTC, or tuples of nine\nintegers: year, month, day, hours, minutes, seconds, weekday, day in the\nyear, and whether it is daylight saving time.",
	Methods: []object.MethodDef{
		{Name: "time", Sig: "()", Fn: now, Doc: "time() -> floating-point number\n\nReturn the current time in seconds since the Epoch."},
		{Name: "time_ns", Sig: "()", Fn: nowNs, Doc: "time_ns() -> int\n\nReturn the current time in nanoseconds since the Epoch."},
		{Name: "monotonic", Sig: "()", Fn: monotonic, Doc: "monotonic() -> float\n\nMonotonic clock, cannot go backward."},
		{Name: "monotonic_ns", Sig: "()", Fn: monotonicNs, Doc: "monotonic_ns() -> int\n\nMonotonic clock, cannot go backward, as nanoseconds."},
		{Name: "perf_counter", Sig: "()", Fn: monotonic, Doc: "perf_counter() -> float\n\nPerformance counter for benchmarking."},
		{Name: "perf_counter_ns", Sig: "()", Fn: monotonicNs, Doc: "perf_counter_ns() -> int\n\nPerformance counter for benchmarking as nanoseconds."},
		{Name: "process_time", Sig: "()", Fn: process, Doc: "process_time() -> float\n\nProcess time for profiling: sum of the kernel and user-space CPU time."},
		{Name: "process_time_ns", Sig: "()", Fn: processNs, Doc: "process_time() -> int\n\nProcess time for profiling as nanoseconds."},
		{Name: "thread_time", Sig: "()", Fn: thread, Doc: "thread_time() -> float\n\nThread time for profiling: sum of the kernel and user-space CPU time."},
		{Name: "thread_time_ns", Sig: "()", Fn: threadNs, Doc: "thread_time() -> int\n\nThread time for profiling as nanoseconds."},
		{Name: "sleep", Sig: "(seconds, /)", Fn: sleep, Doc: "sleep(seconds)\n\nDelay execution for a given number of seconds.  The argument may be\na floating-point number for subsecond precision."},
		{Name: "gmtime", Raw: gmtime, Doc: "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n                       tm_sec, tm_wday, tm_yday, tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing UTC."},
		{Name: "localtime", Raw: localtime, Doc: "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n                          tm_sec,tm_wday,tm_yday,tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing local time."},
		{Name: "asctime", Raw: asctime, Doc: "asctime([tuple]) -> string\n\nConvert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'."},
		{Name: "ctime", Raw: ctime, Doc: "ctime(seconds) -> string\n\nConvert a time in seconds since the Epoch to a string in local time."},
		{Name: "mktime", Sig: "(time_tuple, /)", Fn: mktime, Doc: "mktime(tuple) -> floating-point number\n\nConvert a time tuple in local time to seconds since the Epoch."},
		{Name: "strftime", Raw: strftime, Doc: "strftime(format[, tuple]) -> string\n\nConvert a time tuple to a string according to a format specification."},
		{Name: "strptime", Raw: strptime, Doc: "strptime(string, format) -> struct_time\n\nParse a string to a time tuple according to a format specification."},
		{Name: "tzset", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			if !setZone(t) {
				return Value{}
			}
			return object.None
		}, Doc: "tzset()\n\nInitialize, or reinitialize, the local timezone to the value stored in\nos.environ['TZ']."},
		{Name: "get_clock_info", Raw: clockInfo, Doc: "get_clock_info(name: str) -> dict\n\nGet information of the specified clock."},
		{Name: "clock_gettime", Sig: "(clk_id, /)", Fn: clockGettime(false), Doc: "Return the time of the specified clock clk_id as a float."},
		{Name: "clock_gettime_ns", Sig: "(clk_id, /)", Fn: clockGettime(true), Doc: "Return the time of the specified clock clk_id as nanoseconds (int)."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		stateOf(t).module = m
		m.Set(t, "struct_time", object.Of(structTime.Type()))
		m.Set(t, "_STRUCT_TM_ITEMS", object.MakeInt(11))
		for _, c := range clockIDs {
			m.Set(t, c.name, object.MakeInt(c.id))
		}
		return setZone(t)
	},
}

type clockID struct {
	name string
	id   int64
}

// rounding says how a time in seconds becomes nanoseconds.
type rounding uint8

const (
	roundFloor rounding = iota
	roundUp             // away from zero: a timeout never ends early
)

// nanoseconds converts an int or float of seconds.
func nanoseconds(t *Thread, v Value, r rounding) (int64, bool) {
	if v.Type().Flags&object.FlagFloat != 0 {
		f, _ := object.AsFloat(v)
		if math.IsNaN(f) {
			t.ValueErrorf("Invalid value NaN (not a number)")
			return 0, false
		}
		f *= 1e9
		switch {
		case r == roundFloor || f < 0:
			f = math.Floor(f)
		default:
			f = math.Ceil(f)
		}
		if !(f >= -(1<<63) && f < 1<<63) {
			t.OverflowErrorf("timestamp out of range for platform time_t")
			return 0, false
		}
		return int64(f), true
	}
	if v.Type().Index == nil {
		t.TypeErrorf("'%s' object cannot be interpreted as an integer or float", v.Type().Name)
		return 0, false
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	if !ok || n > math.MaxInt64/1000000000 || n < math.MinInt64/1000000000 {
		t.OverflowErrorf("timestamp too large to convert to C PyTime_t")
		return 0, false
	}
	return n * 1e9, true
}

func sleep(t *Thread, a []Value) Value {
	ns, ok := nanoseconds(t, a[0], roundUp)
	if !ok {
		return Value{}
	}
	if ns < 0 {
		return t.ValueErrorf("sleep length must be non-negative")
	}
	if ns == 0 {
		t.Unlock()
		runtime.Gosched()
		t.Lock()
		return object.None
	}
	timer := time.NewTimer(time.Duration(ns))
	defer timer.Stop()
	for {
		done := false
		t.Unlock()
		select {
		case <-timer.C:
			done = true
		case <-t.Wake:
		}
		t.Lock()
		if done {
			return object.None
		}
		if !native.Interrupts(t) {
			return Value{}
		}
	}
}

// maxArgs checks the number of arguments of functions that take them as C does.
func maxArgs(t *Thread, fn string, args []Value, names *object.Tuple, least, most int) bool {
	if object.NameCount(names) > 0 {
		t.TypeErrorf("time.%s() takes no keyword arguments", fn)
		return false
	}
	if n := len(args); n < least || n > most {
		word, want := "at most", most
		switch {
		case least == most:
			word = "exactly"
		case n < least:
			word, want = "at least", least
		}
		s := "s"
		if want == 1 {
			s = ""
		}
		t.TypeErrorf("%s() takes %s %d argument%s (%d given)", fn, word, want, s, n)
		return false
	}
	return true
}

func strptime(t *Thread, args []Value, names *object.Tuple) Value {
	m := t.Interp.Hooks.Import(t, t.Interp.Intern("_strptime"), object.None, object.None, object.Of(object.NewTuple(object.MakeStr("*"))), 0)
	if m.P == nil {
		return m
	}
	f := t.GetAttrName(m, "_strptime_time")
	if f.P == nil {
		return f
	}
	return t.Call(f, append([]Value(nil), args...), names)
}

func clockInfo(t *Thread, args []Value, names *object.Tuple) Value {
	if !maxArgs(t, "get_clock_info", args, names, 1, 1) {
		return Value{}
	}
	if !args[0].IsStr() {
		return t.TypeErrorf("get_clock_info() argument 1 must be str, not %s", object.ArgName(args[0]))
	}
	id, monotonic := "", true
	switch args[0].Str().S {
	case "time":
		id, monotonic = "REALTIME", false
	case "monotonic", "perf_counter":
		id = "MONOTONIC"
	case "process_time":
		id = "PROCESS_CPUTIME_ID"
	case "thread_time":
		id = "THREAD_CPUTIME_ID"
	default:
		return t.ValueErrorf("unknown clock")
	}
	ns := object.NewNamespace(t)
	d := object.InstanceDict(ns)
	d.SetName(t, "implementation", object.MakeStr("clock_gettime(CLOCK_"+id+")"))
	d.SetName(t, "monotonic", object.MakeBool(monotonic))
	d.SetName(t, "adjustable", object.MakeBool(!monotonic))
	d.SetName(t, "resolution", object.MakeFloat(1e-9))
	return ns
}

// clockNumber converts the argument clk_id.
func clockNumber(t *Thread, v Value) (int, bool) {
	if v.Type().Index == nil {
		t.TypeErrorf("clk_id should be integer, not %s", v.Type().Name)
		return 0, false
	}
	return t.AsCInt(v)
}

func clockGettime(nanos bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		id, ok := clockNumber(t, a[0])
		if !ok {
			return Value{}
		}
		ns, err := systemClock(t, id)
		if err != nil {
			return native.OSError(t, err)
		}
		if nanos {
			return object.MakeInt(ns)
		}
		return seconds(ns)
	}
}

// setZone takes the local time zone from the environment, and sets what the module says of it.
func setZone(t *Thread) bool {
	s := stateOf(t)
	h := native.Host(t)
	if h.Clock != nil {
		tz, set := "", false
		if h.Env != nil {
			for _, e := range h.Env.Environ() {
				if len(e) >= 3 && e[:3] == "TZ=" {
					tz, set = e[3:], true
				}
			}
		}
		s.zone = h.Clock.Zone(tz, set)
	}
	// One time in winter, one in summer.
	const year = (365*24 + 6) * 3600
	start := int64(0)
	if h.Clock != nil {
		start = h.Clock.Now() / 1e9 / year * year
	}
	jan, janOff := time.Unix(start, 0).In(s.zone).Zone()
	jul, julOff := time.Unix(start+year/2, 0).In(s.zone).Zone()
	if janOff > julOff { // the southern hemisphere
		jan, julOff, jul, janOff = jul, janOff, jan, julOff
	}
	s.names = [2]string{jan, jul}
	s.module.Set(t, "timezone", object.MakeInt(int64(-janOff)))
	s.module.Set(t, "altzone", object.MakeInt(int64(-julOff)))
	daylight := int64(0)
	if janOff != julOff {
		daylight = 1
	}
	s.module.Set(t, "daylight", object.MakeInt(daylight))
	s.module.Set(t, "tzname", object.Of(object.NewTuple(object.MakeStr(jan), object.MakeStr(jul))))
	return true
}
