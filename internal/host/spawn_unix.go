//go:build linux || darwin

package host

import (
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// Child says how a new process begins.
type Child struct {
	// Paths are tried one after the other, until one can be executed.
	Paths []string
	Args  []string
	Env   []string // nil: that of the process
	Dir   string
	// Files has what becomes descriptor 0, 1, 2...: -1 is a closed one.
	Files []int
	// Keep are descriptors that stay open under their numbers, inheritable or not.
	Keep []int
	// CloseOthers closes all that is in neither Files nor Keep; otherwise descriptors that are inheritable stay open.
	CloseOthers bool
	// Setsid makes a session; Setpgid a process group, or enters the group Pgid.
	Setsid, Setpgid bool
	Pgid            int
	// UID, GID and Groups change the user if they are not nil.
	UID, GID *int
	Groups   []int
	Umask    int // -1: as it is
	// Ignore are signals that the child ignores.
	Ignore []int
}

// Spawn starts a process and returns its number. chdir tells that it was the directory that could not be entered.
func (*System) Spawn(c *Child) (pid int, chdir bool, err error) {
	env := c.Env
	if env == nil {
		env = syscall.Environ()
	}
	cred, err := c.credential()
	if err != nil {
		return 0, false, err
	}
	attr := &syscall.ProcAttr{Dir: c.Dir, Env: env, Files: c.files(),
		Sys: &syscall.SysProcAttr{Setsid: c.Setsid, Setpgid: c.Setpgid, Pgid: c.Pgid, Credential: cred}}
	if c.Umask >= 0 {
		old := unix.Umask(c.Umask)
		defer unix.Umask(old)
	}
	for _, sig := range c.Ignore {
		if !signal.Ignored(syscall.Signal(sig)) {
			signal.Ignore(syscall.Signal(sig))
			defer heed(syscall.Signal(sig))
		}
	}
	err = syscall.ENOENT
	for _, p := range c.Paths {
		pid, e := syscall.ForkExec(p, c.Args, attr)
		if e == nil {
			return pid, false, nil
		}
		// A better reason than that there is no such file stays.
		if e != syscall.ENOENT && e != syscall.ENOTDIR {
			err = e
		} else if err == syscall.ENOENT {
			err = e
		}
	}
	if c.Dir != "" {
		if e := enterable(c.Dir); e != nil {
			return 0, true, e
		}
	}
	return 0, false, err
}

// enterable tells why a directory cannot be entered.
func enterable(dir string) error {
	var st unix.Stat_t
	if err := unix.Stat(dir, &st); err != nil {
		return err
	}
	if st.Mode&ModeType != ModeDir {
		return syscall.ENOTDIR
	}
	return unix.Faccessat(unix.AT_FDCWD, dir, 1, unix.AT_EACCESS)
}

func (c *Child) credential() (*syscall.Credential, error) {
	if c.UID == nil && c.GID == nil && c.Groups == nil {
		return nil, nil
	}
	cred := &syscall.Credential{Uid: uint32(syscall.Getuid()), Gid: uint32(syscall.Getgid()), NoSetGroups: c.Groups == nil}
	if c.UID != nil {
		cred.Uid = uint32(*c.UID)
	}
	if c.GID != nil {
		cred.Gid = uint32(*c.GID)
	}
	for _, g := range c.Groups {
		cred.Groups = append(cred.Groups, uint32(g))
	}
	return cred, nil
}

// files makes the table of the child's descriptors. What a table does not reach is open in the child if it is inheritable.
func (c *Child) files() []uintptr {
	const closed = ^uintptr(0)
	var out []uintptr
	put := func(at int, fd uintptr) {
		for len(out) <= at {
			n := len(out)
			if c.CloseOthers || !inheritable(n) {
				out = append(out, closed)
			} else {
				out = append(out, uintptr(n))
			}
		}
		out[at] = fd
	}
	for i, fd := range c.Files {
		if fd < 0 || !isOpen(fd) {
			put(i, closed)
		} else {
			put(i, uintptr(fd))
		}
	}
	for _, fd := range c.Keep {
		if fd >= len(c.Files) && isOpen(fd) {
			put(fd, uintptr(fd))
		}
	}
	if c.CloseOthers {
		for _, fd := range openFiles() {
			if fd >= len(out) && inheritable(fd) {
				put(fd, closed)
			}
		}
	}
	return out
}

func isOpen(fd int) bool {
	_, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	return err == nil
}

func inheritable(fd int) bool {
	f, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	return err == nil && f&unix.FD_CLOEXEC == 0
}

// openFiles returns the open descriptors, or numbers among which they are.
func openFiles() []int {
	for _, dir := range [...]string{"/proc/self/fd", "/dev/fd"} {
		list, err := (unixFiles{}).ReadDir(dir, -1)
		if err != nil {
			continue
		}
		var out []int
		for _, e := range list {
			n := 0
			for _, ch := range e.Name {
				n = n*10 + int(ch-'0')
			}
			out = append(out, n)
		}
		return out
	}
	out := make([]int, 256)
	for i := range out {
		out[i] = i
	}
	return out
}
