package host

import "golang.org/x/sys/unix"

// AwaitChild waits until a child has ended, and leaves it to others to learn how.
func (*System) AwaitChild(pid, options int) error {
	kind, id := unix.P_PID, pid
	switch {
	case pid == -1:
		kind, id = unix.P_ALL, 0
	case pid == 0:
		kind = unix.P_PGID
	case pid < -1:
		kind, id = unix.P_PGID, -pid
	}
	flags := unix.WEXITED | unix.WNOWAIT
	if options&unix.WUNTRACED != 0 {
		flags |= unix.WSTOPPED
	}
	if options&unix.WCONTINUED != 0 {
		flags |= unix.WCONTINUED
	}
	for {
		if err := unix.Waitid(kind, id, nil, flags, nil); err != unix.EINTR {
			return err
		}
	}
}
