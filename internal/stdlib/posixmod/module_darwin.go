package posixmod

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
)

var systemConstants = []constant{
	{"SCHED_OTHER", 1}, {"SCHED_FIFO", 4}, {"SCHED_RR", 2}, {"RTLD_LAZY", 1}, {"RTLD_NOW", 2}, {"RTLD_LOCAL", 4}, {"RTLD_GLOBAL", 8},
}

// awaitChild leaves the waiting to the call that follows.
func awaitChild(t *Thread, s *host.System, pid, options int) bool { return true }

// systemMethods are what macOS has and others do not.
var systemMethods []object.MethodDef
