//go:build linux || darwin

package resourcemod

import (
	"syscall"

	"golang.org/x/sys/unix"

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

type constant struct {
	name string
	n    int64
}

var rusageType = object.StructSeq{Name: "resource.struct_rusage", Fields: []string{"ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss",
	"ru_isrss", "ru_minflt", "ru_majflt", "ru_nswap", "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw"},
	Doc: "struct_rusage: Result from getrusage.\n\nThis object may be accessed either as a tuple of\n    (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\nor via the attributes ru_utime, ru_stime, ru_maxrss, and so on."}

// Usage makes a struct_rusage.
func Usage(r *host.Rusage) Value {
	seconds := func(tv unix.Timeval) Value { return object.MakeFloat(float64(tv.Sec) + 1e-6*float64(tv.Usec)) }
	n := func(x int64) Value { return object.MakeInt(x) }
	return object.MakeStructSeq(&rusageType, seconds(r.Utime), seconds(r.Stime), n(int64(r.Maxrss)), n(int64(r.Ixrss)), n(int64(r.Idrss)), n(int64(r.Isrss)),
		n(int64(r.Minflt)), n(int64(r.Majflt)), n(int64(r.Nswap)), n(int64(r.Inblock)), n(int64(r.Oublock)), n(int64(r.Msgsnd)), n(int64(r.Msgrcv)),
		n(int64(r.Nsignals)), n(int64(r.Nvcsw)), n(int64(r.Nivcsw)))
}

// Module is the definition of resource.
var Module = object.ModuleDef{
	Name: "resource",
	Methods: append([]object.MethodDef{
		{Name: "getrusage", Sig: "(who, /)", Fn: getrusage},
		{Name: "getrlimit", Sig: "(resource, /)", Fn: getrlimit},
		{Name: "setrlimit", Sig: "(resource, limits, /)", Fn: setrlimit},
		{Name: "getpagesize", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(int64(unix.Getpagesize())) }},
	}, platformMethods...),
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "error", object.Of(&object.OSErrorType))
		m.Set(t, "struct_rusage", object.Of(rusageType.Type()))
		for _, c := range constants {
			m.Set(t, c.name, object.MakeInt(c.n))
		}
		return true
	},
}

func system(t *Thread) *host.System {
	s := native.Host(t).System
	if s == nil {
		native.OSErrorCode(t, 1)
	}
	return s
}

func getrusage(t *Thread, a []Value) Value {
	who, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	var r host.Rusage
	if err := s.Rusage(who, &r); err != nil {
		if host.Is(err, syscall.EINVAL) {
			return t.ValueErrorf("invalid who parameter")
		}
		return native.OSError(t, err)
	}
	return Usage(&r)
}

// resourceArg converts the number of a limit.
func resourceArg(t *Thread, v Value) (int, bool) {
	n, ok := t.AsCInt(v)
	if ok && (n < 0 || n >= limits) {
		t.ValueErrorf("invalid resource specified")
		return 0, false
	}
	return n, ok
}

// pair converts the limits to set.
func pair(t *Thread, v Value) (p [2]int64, ok bool) {
	tup := t.ToTuple(v)
	if tup == nil {
		return p, false
	}
	if tup.Len() != 2 {
		t.ValueErrorf("expected a tuple of 2 integers")
		return p, false
	}
	for i, x := range tup.Items() {
		y := t.Index(x)
		if y.P == nil {
			return p, false
		}
		n, fits := object.AsInt64(y)
		if !fits {
			if object.AsBig(y).Sign() < 0 || object.AsBig(y).BitLen() > 64 {
				t.OverflowErrorf("Python int too large to convert to C rlim_t")
				return p, false
			}
			n = -1
		}
		if fits && n < -1 {
			t.ValueErrorf("Cannot convert negative int")
			return p, false
		}
		p[i] = n
	}
	return p, true
}

func limitPair(p [2]int64) Value {
	return object.Of(object.NewTuple(object.MakeInt(p[0]), object.MakeInt(p[1])))
}

func getrlimit(t *Thread, a []Value) Value {
	n, ok := resourceArg(t, a[0])
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	p, err := s.Limit(n, nil)
	if err != nil {
		return native.OSError(t, err)
	}
	return limitPair(p)
}

// limitError raises what setting a limit fails with.
func limitError(t *Thread, err error) Value {
	switch {
	case host.Is(err, syscall.EINVAL):
		return t.ValueErrorf("current limit exceeds maximum limit")
	case host.Is(err, syscall.EPERM):
		return t.ValueErrorf("not allowed to raise maximum limit")
	}
	return native.OSError(t, err)
}

func setrlimit(t *Thread, a []Value) Value {
	n, ok := resourceArg(t, a[0])
	if !ok {
		return Value{}
	}
	p, ok := pair(t, a[1])
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if _, err := s.Limit(n, &p); err != nil {
		return limitError(t, err)
	}
	return object.None
}
