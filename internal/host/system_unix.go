//go:build linux || darwin

package host

import (
	"os"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// processID is the number of the process, which never changes here, where nothing forks without another program: logging asks for each record.
var processID = sync.OnceValue(os.Getpid)

// Pid and what follows identify the process and its user.
func (*System) Pid() int  { return processID() }
func (*System) Ppid() int { return os.Getppid() }
func (*System) UID() int  { return os.Getuid() }
func (*System) EUID() int { return os.Geteuid() }
func (*System) GID() int  { return os.Getgid() }
func (*System) EGID() int { return os.Getegid() }
func (*System) Pgrp() int { return unix.Getpgrp() }

// Groups returns the supplementary groups.
func (*System) Groups() ([]int, error) { return unix.Getgroups() }

// Pgid returns the process group of a process.
func (*System) Pgid(pid int) (int, error) { return unix.Getpgid(pid) }

// Sid returns the session of a process.
func (*System) Sid(pid int) (int, error) { return unix.Getsid(pid) }

// Setsid makes a new session.
func (*System) Setsid() (int, error) { return unix.Setsid() }

// Setpgid moves a process to a group.
func (*System) Setpgid(pid, group int) error { return unix.Setpgid(pid, group) }

// Setuid and what follows change the user; Go's package syscall does so for all threads.
func (*System) Setuid(id int) error      { return syscall.Setuid(id) }
func (*System) Setgid(id int) error      { return syscall.Setgid(id) }
func (*System) Seteuid(id int) error     { return syscall.Seteuid(id) }
func (*System) Setegid(id int) error     { return syscall.Setegid(id) }
func (*System) Setreuid(r, e int) error  { return syscall.Setreuid(r, e) }
func (*System) Setregid(r, e int) error  { return syscall.Setregid(r, e) }
func (*System) Setgroups(g []int) error  { return syscall.Setgroups(g) }
func (*System) Umask(mask int) int       { return unix.Umask(mask) }
func (*System) Chroot(name string) error { return unix.Chroot(name) }

// Kill sends a signal to a process, or to the group -pid.
func (*System) Kill(pid, sig int) error { return unix.Kill(pid, syscall.Signal(sig)) }

// Rusage is what a process has used.
type Rusage = unix.Rusage

// Wait4 waits for a child.
func (*System) Wait4(pid, options int, ru *Rusage) (child, status int, err error) {
	var ws unix.WaitStatus
	child, err = unix.Wait4(pid, &ws, options, ru)
	return child, int(ws), err
}

// Rusage returns what the process (0) or its children (-1) have used.
func (*System) Rusage(who int, ru *Rusage) error { return unix.Getrusage(who, ru) }

// Uname returns the five fields of uname.
func (*System) Uname() ([5]string, error) {
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return [5]string{}, err
	}
	return [5]string{unix.ByteSliceToString(u.Sysname[:]), unix.ByteSliceToString(u.Nodename[:]), unix.ByteSliceToString(u.Release[:]),
		unix.ByteSliceToString(u.Version[:]), unix.ByteSliceToString(u.Machine[:])}, nil
}

// Fcntl is fcntl with an int for argument.
func (*System) Fcntl(fd, cmd, arg int) (int, error) { return unix.FcntlInt(uintptr(fd), cmd, arg) }

// Winsize returns columns and lines of a terminal.
func (*System) Winsize(fd int) (columns, lines int, err error) {
	w, err := unix.IoctlGetWinsize(fd, unix.TIOCGWINSZ)
	if err != nil {
		return 0, 0, err
	}
	return int(w.Col), int(w.Row), nil
}

// SetTimer sets a timer of the process, in microseconds, and returns what it was.
func (*System) SetTimer(which int, value, interval int64) (oldValue, oldInterval int64, err error) {
	it := unix.Itimerval{Interval: unix.NsecToTimeval(interval * 1000), Value: unix.NsecToTimeval(value * 1000)}
	old, err := setTimer(which, it)
	return micros(old.Value), micros(old.Interval), err
}

// Timer returns the state of a timer of the process.
func (*System) Timer(which int) (value, interval int64, err error) {
	it, err := getTimer(which)
	return micros(it.Value), micros(it.Interval), err
}

func micros(t unix.Timeval) int64 { return t.Nano() / 1000 }

// ClockTime returns what a clock of the system says, in nanoseconds.
func (*System) ClockTime(id int) (int64, error) {
	var ts unix.Timespec
	err := unix.ClockGettime(int32(id), &ts)
	return ts.Nano(), err
}

// Exit ends the process at once.
func (*System) Exit(status int) { os.Exit(status) }
