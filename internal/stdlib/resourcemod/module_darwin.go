package resourcemod

import "github.com/krait-py/krait/internal/object"

// limits is how many limits there are.
const limits = 9

var constants = []constant{
	{"RLIMIT_CPU", 0}, {"RLIMIT_FSIZE", 1}, {"RLIMIT_DATA", 2}, {"RLIMIT_STACK", 3}, {"RLIMIT_CORE", 4}, {"RLIMIT_AS", 5}, {"RLIMIT_RSS", 5}, {"RLIMIT_MEMLOCK", 6},
	{"RLIMIT_NPROC", 7}, {"RLIMIT_NOFILE", 8}, {"RLIM_INFINITY", 1<<63 - 1}, {"RUSAGE_SELF", 0}, {"RUSAGE_CHILDREN", -1},
}

var platformMethods []object.MethodDef
