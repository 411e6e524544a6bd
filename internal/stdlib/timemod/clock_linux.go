package timemod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var clockIDs = []clockID{{"CLOCK_REALTIME", 0}, {"CLOCK_MONOTONIC", 1}, {"CLOCK_MONOTONIC_RAW", 4}, {"CLOCK_PROCESS_CPUTIME_ID", 2},
	{"CLOCK_THREAD_CPUTIME_ID", 3}, {"CLOCK_BOOTTIME", 7}}

var platformMethods = []object.MethodDef{
	{Name: "clock_getres", Raw: clockGetres, Doc: "clock_getres(clk_id) -> floating-point number\n\nReturn the resolution (precision) of the specified clock clk_id."},
	{Name: "clock_settime", Raw: clockSettime(false), Doc: "clock_settime(clk_id, time)\n\nSet the time of the specified clock clk_id."},
	{Name: "clock_settime_ns", Raw: clockSettime(true), Doc: "clock_settime_ns(clk_id, time)\n\nSet the time of the specified clock clk_id with nanoseconds."},
	{Name: "pthread_getcpuclockid", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
		if !maxArgs(t, "pthread_getcpuclockid", args, names, 1, 1) {
			return Value{}
		}
		if _, ok := t.AsSize(args[0]); !ok {
			return Value{}
		}
		return object.MakeInt(3) // threads of the interpreter have no clocks of their own
	}, Doc: "pthread_getcpuclockid(thread_id) -> int\n\nReturn the clk_id of a thread's CPU time clock."},
}

func clockGetres(t *Thread, args []Value, names *object.Tuple) Value {
	if !maxArgs(t, "clock_getres", args, names, 1, 1) {
		return Value{}
	}
	id, ok := t.AsCInt(args[0])
	if !ok {
		return Value{}
	}
	s := native.Host(t).System
	if s == nil {
		return native.OSErrorCode(t, 1)
	}
	ns, err := s.ClockStep(id)
	if err != nil {
		return native.OSError(t, err)
	}
	return seconds(ns)
}

func clockSettime(nanos bool) func(t *Thread, args []Value, names *object.Tuple) Value {
	fn := "clock_settime"
	if nanos {
		fn += "_ns"
	}
	return func(t *Thread, args []Value, names *object.Tuple) Value {
		if !maxArgs(t, fn, args, names, 2, 2) {
			return Value{}
		}
		id, ok := t.AsCInt(args[0])
		if !ok {
			return Value{}
		}
		var ns int64
		if nanos {
			ns, ok = native.Int64(t, args[1])
		} else {
			ns, ok = nanoseconds(t, args[1], roundFloor)
		}
		if !ok {
			return Value{}
		}
		s := native.Host(t).System
		if s == nil {
			return native.OSErrorCode(t, 1)
		}
		if err := s.SetClock(id, ns); err != nil {
			return native.OSError(t, err)
		}
		return object.None
	}
}
