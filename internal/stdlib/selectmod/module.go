//go:build linux || darwin

package selectmod

import (
	"syscall"
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

// Module is the definition of select. Platforms add what they have.
var Module = object.ModuleDef{
	Name: "select",
	Setup: func(*object.ModuleDef) {
		setupPoll()
		setupPlatform()
	},
	Doc: "This module supports asynchronous I/O on multiple file descriptors.\n\n*** IMPORTANT NOTICE ***\nOn Windows, only sockets are supported; on Unix, all file descriptors.",
	Methods: []object.MethodDef{
		{Name: "select", Sig: "(rlist, wlist, xlist, timeout=None, /)", Fn: selectFDs, Doc: "Wait until one or more file descriptors are ready for some kind of I/O.\n\nThe first three arguments are iterables of file descriptors to be waited for:\nrlist -- wait until ready for reading\nwlist -- wait until ready for writing\nxlist -- wait for an \"exceptional condition\"\nA timeout in seconds may be a float; without one select() never times out.\n\nThe return value is a tuple of three lists, subsets of the arguments, that\nare ready; all empty when the time is over."},
		{Name: "poll", Sig: "()", Fn: newPoll, Doc: "Returns a polling object.\n\nThis object supports registering and unregistering file descriptors, and then\npolling them for I/O events."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "error", object.Of(&object.OSErrorType))
		for _, c := range constants {
			m.Set(t, c.name, object.MakeInt(c.n))
		}
		return platformExec(t, m)
	},
}

type constant struct {
	name string
	n    int64
}

var constants = append([]constant{
	{"POLLIN", 1}, {"POLLPRI", 2}, {"POLLOUT", 4}, {"POLLERR", 8}, {"POLLHUP", 0x10}, {"POLLNVAL", 0x20}, {"POLLRDNORM", 0x40}, {"POLLRDBAND", 0x80},
}, platformConstants...)

// setSize is how many descriptors select can have, and where their numbers end.
const setSize = 1024

// What select asks of poll, and what it makes of the answer.
const (
	readEvents  = host.PollIn | 0x40 | 0x80 | host.PollHup | host.PollErr
	writeEvents = host.PollOut | host.PollErr
)

func selectFDs(t *Thread, a []Value) Value {
	limit := time.Duration(-1)
	if a[3].P != nil && !a[3].IsNone() {
		d, ok := native.Timeout(t, a[3], time.Second)
		if !ok {
			if t.Exc == nil {
				t.TypeErrorf("timeout must be a float or None")
			}
			return Value{}
		}
		if d < 0 {
			return t.ValueErrorf("timeout must be non-negative")
		}
		limit = d
	}
	var sets [3]set
	n := 0
	for i := range sets {
		if !sets[i].fill(t, a[i]) {
			return Value{}
		}
		n += len(sets[i].fds)
	}
	polled := make([]host.PollFD, 0, n+1)
	for i, events := range [...]int16{host.PollIn, host.PollOut, host.PollPri} {
		for _, fd := range sets[i].fds {
			polled = append(polled, host.PollFD{Fd: int32(fd), Events: events})
		}
	}
	limit, end := limit, native.Now(t)+limit
	for {
		if _, ok := native.Poll(t, polled, limit); !ok {
			return Value{}
		}
		var out [3]Value
		some, at := false, 0
		for i, want := range [...]int16{readEvents, writeEvents, host.PollPri} {
			var ready []Value
			for j := range sets[i].fds {
				got := polled[at].Revents
				if got&host.PollNval != 0 {
					return native.OSError(t, syscall.EBADF)
				}
				if got&want != 0 {
					ready = append(ready, sets[i].objs[j])
				}
				at++
			}
			some = some || len(ready) > 0
			out[i] = object.Of(object.NewList(ready))
		}
		// poll also wakes for what select does not report.
		if some || limit >= 0 && native.Now(t) >= end {
			return object.Of(object.NewTuple(out[:]...))
		}
		if limit > 0 {
			limit = max(end-native.Now(t), 0)
		}
	}
}

// set is one list of select's descriptors.
type set struct {
	objs []Value
	fds  []int
}

func (s *set) fill(t *Thread, v Value) bool {
	if v.Type().Iter == nil && v.Type().GetItem == nil {
		t.TypeErrorf("arguments 1-3 must be sequences")
		return false
	}
	// fileno() may change a list.
	var list *object.List
	if v.Type().Flags&object.FlagList != 0 {
		list = object.To[object.List](v)
	} else {
		objs, ok := t.Collect(v)
		if !ok {
			return false
		}
		list = object.NewList(objs)
	}
	for i := 0; i < len(list.V); i++ {
		x := list.V[i]
		fd, ok := native.Fileno(t, x)
		if !ok {
			return false
		}
		if fd >= setSize {
			t.ValueErrorf("filedescriptor out of range in select()")
			return false
		}
		if len(s.fds) == setSize {
			t.ValueErrorf("too many file descriptors in select()")
			return false
		}
		s.objs, s.fds = append(s.objs, x), append(s.fds, fd)
	}
	return true
}
