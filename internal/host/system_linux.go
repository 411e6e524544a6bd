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

// ClockStep returns how exact a clock of the system is, in nanoseconds.
func (*System) ClockStep(id int) (int64, error) {
	var ts unix.Timespec
	err := unix.ClockGetres(int32(id), &ts)
	return ts.Nano(), err
}

// SetClock sets a clock of the system.
func (*System) SetClock(id int, ns int64) error {
	ts := unix.NsecToTimespec(ns)
	return unix.ClockSettime(int32(id), &ts)
}

func setTimer(which int, it unix.Itimerval) (unix.Itimerval, error) {
	return unix.Setitimer(unix.ItimerWhich(which), it)
}

func getTimer(which int) (unix.Itimerval, error) { return unix.Getitimer(unix.ItimerWhich(which)) }
