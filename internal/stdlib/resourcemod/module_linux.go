package resourcemod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// limits is how many limits there are.
const limits = 16

var constants = []constant{
	{"RLIMIT_CPU", 0}, {"RLIMIT_FSIZE", 1}, {"RLIMIT_DATA", 2}, {"RLIMIT_STACK", 3}, {"RLIMIT_CORE", 4}, {"RLIMIT_RSS", 5}, {"RLIMIT_NPROC", 6}, {"RLIMIT_NOFILE", 7},
	{"RLIMIT_OFILE", 7}, {"RLIMIT_MEMLOCK", 8}, {"RLIMIT_AS", 9}, {"RLIMIT_SIGPENDING", 11}, {"RLIMIT_MSGQUEUE", 12}, {"RLIMIT_NICE", 13}, {"RLIMIT_RTPRIO", 14},
	{"RLIMIT_RTTIME", 15}, {"RLIM_INFINITY", -1}, {"RUSAGE_SELF", 0}, {"RUSAGE_CHILDREN", -1}, {"RUSAGE_THREAD", 1},
}

var platformMethods = []object.MethodDef{{Name: "prlimit", Sig: "(pid, resource, limits=None, /)", Fn: prlimit}}

func prlimit(t *Thread, a []Value) Value {
	pid, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	n, ok := resourceArg(t, a[1])
	if !ok {
		return Value{}
	}
	var set *[2]int64
	if a[2].P != nil && !a[2].IsNone() {
		p, ok := pair(t, a[2])
		if !ok {
			return Value{}
		}
		set = &p
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	old, err := s.ProcessLimit(pid, n, set)
	if err != nil {
		if set != nil {
			return limitError(t, err)
		}
		return native.OSError(t, err)
	}
	return limitPair(old)
}
