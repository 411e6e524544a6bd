package host

import (
	"golang.org/x/sys/unix"
)

// EpollEvent is a descriptor of an epoll object and its events.
type EpollEvent = unix.EpollEvent

// EpollCreate makes an epoll object.
func (*System) EpollCreate(flags int) (int, error) { return unix.EpollCreate1(flags) }

// EpollCtl changes an epoll object.
func (*System) EpollCtl(epfd, op, fd int, events uint32) error {
	return unix.EpollCtl(epfd, op, fd, &unix.EpollEvent{Events: events, Fd: int32(fd)})
}

// EpollReady returns what has happened, without waiting.
func (*System) EpollReady(epfd int, events []EpollEvent) (int, error) {
	return unix.EpollWait(epfd, events, 0)
}
