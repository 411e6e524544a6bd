package selectmod

import (
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var platformConstants = []constant{
	{"POLLWRNORM", 0x100}, {"POLLWRBAND", 0x200}, {"POLLMSG", 0x400}, {"POLLRDHUP", 0x2000}, {"PIPE_BUF", 4096},
	{"EPOLLIN", 1}, {"EPOLLPRI", 2}, {"EPOLLOUT", 4}, {"EPOLLERR", 8}, {"EPOLLHUP", 0x10}, {"EPOLLRDNORM", 0x40}, {"EPOLLRDBAND", 0x80}, {"EPOLLWRNORM", 0x100},
	{"EPOLLWRBAND", 0x200}, {"EPOLLMSG", 0x400}, {"EPOLLRDHUP", 0x2000}, {"EPOLLEXCLUSIVE", 1 << 28}, {"EPOLLWAKEUP", 1 << 29}, {"EPOLLONESHOT", 1 << 30},
	{"EPOLLET", 1 << 31}, {"EPOLL_CLOEXEC", unix.EPOLL_CLOEXEC},
}

func platformExec(t *Thread, m *object.Module) bool {
	m.Set(t, "epoll", object.Of(&epollType))
	return true
}

var epollType object.Type

// epoll is an epoll object; fd is -1 once it is closed.
type epoll struct {
	object.Head
	fd int
}

type epollSub struct {
	epoll
	object.Attrs
}

// systemOf returns what the host grants of the system; nil with PermissionError set if that is nothing.
func systemOf(t *Thread) *host.System {
	s := native.Host(t).System
	if s == nil {
		native.OSErrorCode(t, 1)
	}
	return s
}

func makeEpoll(t *Thread, cls *object.Type, fd int) Value {
	var v Value
	if cls == &epollType {
		v = object.Of(&epoll{Head: object.Head{Type: cls}, fd: fd})
	} else {
		p := &epollSub{}
		p.Head.Type, p.fd = cls, fd
		v = object.InitAttrs(cls, object.Of(p))
	}
	t.Finalize(v)
	return v
}

func closedEpoll(t *Thread) Value {
	return t.ValueErrorf("I/O operation on closed epoll object")
}

func epollNew(t *Thread, cls *object.Type, a []Value) Value {
	size, flags, ok := -1, 0, true
	if a[0].P != nil {
		if size, ok = t.AsCInt(a[0]); !ok {
			return Value{}
		}
	}
	if a[1].P != nil {
		if flags, ok = t.AsCInt(a[1]); !ok {
			return Value{}
		}
	}
	if size != -1 && size <= 0 {
		return t.ValueErrorf("sizehint must be positive or -1")
	}
	if flags&^unix.EPOLL_CLOEXEC != 0 {
		return t.RaiseNew(&object.OSErrorType, object.MakeStr("invalid flags"))
	}
	s := systemOf(t)
	if s == nil {
		return Value{}
	}
	fd, err := s.EpollCreate(unix.EPOLL_CLOEXEC)
	if err != nil {
		return native.OSError(t, err)
	}
	return makeEpoll(t, cls, fd)
}

func epollFromFD(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	return makeEpoll(t, object.To[object.Type](a[0]), fd)
}

func (e *epoll) close(t *Thread) error {
	fd := e.fd
	e.fd = -1
	f := native.Host(t).Files
	if fd < 0 || f == nil {
		return nil
	}
	t.Unlock()
	err := f.Close(fd)
	t.Lock()
	return err
}

func epollClose(t *Thread, a []Value) Value {
	if err := object.To[epoll](a[0]).close(t); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

// epollCtl makes a method that changes the object.
func epollCtl(op int) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		e := object.To[epoll](a[0])
		if e.fd < 0 {
			return closedEpoll(t)
		}
		fd, ok := native.Fileno(t, a[1])
		if !ok {
			return Value{}
		}
		mask := uint32(unix.EPOLLIN | unix.EPOLLPRI | unix.EPOLLOUT)
		if len(a) > 2 && a[2].P != nil {
			x := t.Index(a[2])
			if x.P == nil {
				return x
			}
			n, ok := object.AsInt64(x)
			switch {
			case !ok && object.AsBig(x).Sign() < 0 || ok && n < 0:
				return t.ValueErrorf("value must be positive")
			case !ok:
				return t.OverflowErrorf("Python int too large to convert to C unsigned long")
			case n > 1<<32-1:
				return t.OverflowErrorf("Python int too large for C unsigned int")
			}
			mask = uint32(n)
		}
		s := systemOf(t)
		if s == nil {
			return Value{}
		}
		if err := s.EpollCtl(e.fd, op, fd, mask); err != nil {
			return native.OSError(t, err)
		}
		return object.None
	}
}

func epollPoll(t *Thread, a []Value) Value {
	e := object.To[epoll](a[0])
	if e.fd < 0 {
		return closedEpoll(t)
	}
	limit, ok := pollLimit(t, a[1], time.Second)
	if !ok {
		return Value{}
	}
	most := -1
	if a[2].P != nil {
		if most, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	if most == -1 {
		most = setSize - 1
	} else if most < 1 {
		return t.ValueErrorf("maxevents must be greater than 0, got %d", most)
	}
	s := systemOf(t)
	if s == nil {
		return Value{}
	}
	var few [64]host.EpollEvent
	events := few[:min(most, len(few))]
	if most > len(few) {
		events = make([]host.EpollEvent, min(most, 1<<16))
	}
	end := native.Now(t) + limit
	for {
		n, err := s.EpollReady(e.fd, events)
		if err != nil && !host.Is(err, syscall.EINTR) {
			return native.OSError(t, err)
		}
		if n > 0 || limit == 0 {
			out := make([]Value, max(n, 0))
			for i := range out {
				out[i] = object.Of(object.NewTuple(object.MakeInt(int64(events[i].Fd)), object.MakeInt(int64(events[i].Events))))
			}
			return object.Of(object.NewList(out))
		}
		// The object itself can be read when it has something to tell.
		if _, ok := native.AwaitFD(t, e.fd, false, limit); !ok {
			return Value{}
		}
		if limit > 0 {
			limit = max(end-native.Now(t), 0)
		}
		if e.fd < 0 {
			return closedEpoll(t)
		}
	}
}

// setupPlatform defines the types that the platform has.
func setupPlatform() {
	object.Define(&epollType, object.TypeSpec{Name: "epoll", Module: "select", Flags: object.FlagBase, SubOffset: unsafe.Offsetof(epollSub{}.Attrs),
		Doc: "select.epoll(sizehint=-1, flags=0)\n\nReturns an epolling object\n\nsizehint must be a positive integer or -1 for the default size. The\nsizehint is used to optimize internal data structures. It doesn't limit\nthe maximum number of monitored events.",
		Slots: object.Slots{
			New: object.Constructor("epoll", "(sizehint=-1, flags=0)", epollNew),
			Del: func(t *Thread, v Value) { object.To[epoll](v).close(t) },
		},
		Methods: []object.MethodDef{
			{Name: "fromfd", Sig: "($type, fd, /)", Fn: epollFromFD, Doc: "Create an epoll object from a given control fd."},
			{Name: "close", Sig: "($self, /)", Fn: epollClose, Doc: "Close the epoll control file descriptor.\n\nFurther operations on the epoll object will raise an exception."},
			{Name: "fileno", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				e := object.To[epoll](a[0])
				if e.fd < 0 {
					return closedEpoll(t)
				}
				return object.MakeInt(int64(e.fd))
			}, Doc: "Return the epoll control file descriptor."},
			{Name: "modify", Sig: "($self, /, fd, eventmask)", Fn: epollCtl(unix.EPOLL_CTL_MOD), Doc: "Modify event mask for a registered file descriptor."},
			{Name: "register", Sig: "($self, /, fd,\n         eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)", Fn: epollCtl(unix.EPOLL_CTL_ADD), Doc: "Registers a new fd or raises an OSError if the fd is already registered."},
			{Name: "unregister", Sig: "($self, /, fd)", Fn: epollCtl(unix.EPOLL_CTL_DEL), Doc: "Remove a registered file descriptor from the epoll object."},
			{Name: "poll", Sig: "($self, /, timeout=None, maxevents=-1)", Fn: epollPoll, Doc: "Wait for events on the epoll file descriptor.\n\nReturns a list containing any descriptors that have events to report,\nas a list of (fd, events) 2-tuples."},
			{Name: "__enter__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				if object.To[epoll](a[0]).fd < 0 {
					return closedEpoll(t)
				}
				return a[0]
			}},
			{Name: "__exit__", Sig: "($self, exc_type=None, exc_value=None, exc_tb=None, /)", Fn: func(t *Thread, a []Value) Value { return epollClose(t, a[:1]) }},
		},
		GetSets: []object.GetSetDef{{Name: "closed", Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[epoll](v).fd < 0) }, Doc: "True if the epoll handler is closed"}},
	})
}
