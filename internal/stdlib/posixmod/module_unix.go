//go:build linux || darwin

package posixmod

import (
	"slices"
	"sort"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/stdlib/signalmod"
)

// system returns the host's System; nil with PermissionError set if it is not granted.
func system(t *Thread) *host.System {
	s := native.Host(t).System
	if s == nil {
		native.OSErrorCode(t, 1)
	}
	return s
}

// number makes a function without arguments that returns an int.
func number(get func(s *host.System) int) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		s := system(t)
		if s == nil {
			return Value{}
		}
		return object.MakeInt(int64(get(s)))
	}
}

// action makes a function of ints that returns None.
func action(do func(s *host.System, n []int) error) func(t *Thread, a []Value) Value {
	return actionOf((*Thread).AsCInt, do)
}

// become makes a function of numbers of users (kind is "uid") or groups ("gid") that returns None.
func become(kind string, do func(s *host.System, n []int) error) func(t *Thread, a []Value) Value {
	return actionOf(func(t *Thread, v Value) (int, bool) { return native.UserID(t, v, kind) }, do)
}

func actionOf(arg func(t *Thread, v Value) (int, bool), do func(s *host.System, n []int) error) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		var n [4]int
		for i := range a {
			var ok bool
			if n[i], ok = arg(t, a[i]); !ok {
				return Value{}
			}
		}
		s := system(t)
		if s == nil {
			return Value{}
		}
		if err := do(s, n[:len(a)]); err != nil {
			return native.OSError(t, err)
		}
		return object.None
	}
}

// kill sends a signal. One that the process sends itself has arrived when kill returns: it does not go through the system, which would hand it to
// any thread at any time.
func kill(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	pid := in.Int(0)
	sig := in.Int(1)
	if in.Failed() {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if pid == s.Pid() {
		if handled, ok := signalmod.Raise(t, sig); !ok {
			return Value{}
		} else if handled {
			return object.None
		}
	}
	if err := s.Kill(pid, sig); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

// query makes a function of one int that returns one.
func query(get func(s *host.System, n int) (int, error)) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		n := 0
		if len(a) > 0 {
			var ok bool
			if n, ok = t.AsCInt(a[0]); !ok {
				return Value{}
			}
		}
		s := system(t)
		if s == nil {
			return Value{}
		}
		r, err := get(s, n)
		if err != nil {
			return native.OSError(t, err)
		}
		return object.MakeInt(int64(r))
	}
}

// status makes a function that takes the status of a child apart.
func status(bool_ bool, get func(ws syscall.WaitStatus) int) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		n, ok := t.AsCInt(a[0])
		if !ok {
			return Value{}
		}
		r := get(syscall.WaitStatus(n))
		if bool_ {
			return object.MakeBool(r != 0)
		}
		return object.MakeInt(int64(r))
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

var platformMethods = []object.MethodDef{
	{Name: "getpid", Sig: "()", Fn: number((*host.System).Pid), Doc: "Return the current process id."},
	{Name: "getppid", Sig: "()", Fn: number((*host.System).Ppid), Doc: "Return the parent's process id."},
	{Name: "getuid", Sig: "()", Fn: number((*host.System).UID), Doc: "Return the current process's user id."},
	{Name: "geteuid", Sig: "()", Fn: number((*host.System).EUID), Doc: "Return the current process's effective user id."},
	{Name: "getgid", Sig: "()", Fn: number((*host.System).GID), Doc: "Return the current process's group id."},
	{Name: "getegid", Sig: "()", Fn: number((*host.System).EGID), Doc: "Return the current process's effective group id."},
	{Name: "getpgrp", Sig: "()", Fn: number((*host.System).Pgrp), Doc: "Return the current process group id."},
	{Name: "getpgid", Sig: "(pid)", Fn: query((*host.System).Pgid), Doc: "Call the system call getpgid(), and return the result."},
	{Name: "getsid", Sig: "(pid, /)", Fn: query((*host.System).Sid), Doc: "Call the system call getsid(pid) and return the result."},
	{Name: "setsid", Sig: "()", Fn: action(func(s *host.System, n []int) error { _, err := s.Setsid(); return err }), Doc: "Call the system call setsid()."},
	{Name: "setpgid", Sig: "(pid, pgrp, /)", Fn: action(func(s *host.System, n []int) error { return s.Setpgid(n[0], n[1]) }), Doc: "Call the system call setpgid(pid, pgrp)."},
	{Name: "setpgrp", Sig: "()", Fn: action(func(s *host.System, n []int) error { return s.Setpgid(0, 0) }), Doc: "Make the current process the leader of its process group."},
	{Name: "setuid", Sig: "(uid, /)", Fn: become("uid", func(s *host.System, n []int) error { return s.Setuid(n[0]) }), Doc: "Set the current process's user id."},
	{Name: "setgid", Sig: "(gid, /)", Fn: become("gid", func(s *host.System, n []int) error { return s.Setgid(n[0]) }), Doc: "Set the current process's group id."},
	{Name: "seteuid", Sig: "(euid, /)", Fn: become("uid", func(s *host.System, n []int) error { return s.Seteuid(n[0]) }), Doc: "Set the current process's effective user id."},
	{Name: "setegid", Sig: "(egid, /)", Fn: become("gid", func(s *host.System, n []int) error { return s.Setegid(n[0]) }), Doc: "Set the current process's effective group id."},
	{Name: "setreuid", Sig: "(ruid, euid, /)", Fn: become("uid", func(s *host.System, n []int) error { return s.Setreuid(n[0], n[1]) }), Doc: "Set the current process's real and effective user ids."},
	{Name: "setregid", Sig: "(rgid, egid, /)", Fn: become("gid", func(s *host.System, n []int) error { return s.Setregid(n[0], n[1]) }), Doc: "Set the current process's real and effective group ids."},
	{Name: "getgroups", Sig: "()", Fn: getgroups, Doc: "Return list of supplemental group IDs for the process."},
	{Name: "umask", Sig: "(mask, /)", Fn: query(func(s *host.System, n int) (int, error) { return s.Umask(n), nil }), Doc: "Set the current numeric umask and return the previous umask."},
	{Name: "kill", Sig: "(pid, signal, /)", Fn: kill, Doc: "Kill a process with a signal."},
	{Name: "killpg", Sig: "(pgid, signal, /)", Fn: action(func(s *host.System, n []int) error { return s.Kill(-n[0], n[1]) }), Doc: "Kill a process group with a signal."},
	{Name: "_exit", Sig: "(status)", Fn: action(func(s *host.System, n []int) error { s.Exit(n[0] & 0xff); return nil }), Doc: "Exit to the system with specified status, without normal exit processing."},
	{Name: "uname", Sig: "()", Fn: uname, Doc: "Return an object identifying the current operating system."},
	{Name: "times", Sig: "()", Fn: times, Doc: "Return a collection containing process timing information."},
	{Name: "pipe2", Sig: "(flags, /)", Fn: pipe, Doc: "Create a pipe with flags set atomically."},
	{Name: "get_inheritable", Sig: "(fd, /)", Fn: getInheritable, Doc: "Get the close-on-exe flag of the specified file descriptor."},
	{Name: "set_inheritable", Sig: "(fd, inheritable, /)", Fn: setInheritable, Doc: "Set the inheritable flag of the specified file descriptor."},
	{Name: "get_blocking", Sig: "(fd, /)", Fn: getBlocking, Doc: "Get the blocking mode of the file descriptor."},
	{Name: "set_blocking", Sig: "(fd, blocking, /)", Fn: setBlocking, Doc: "Set the blocking mode of the specified file descriptor."},
	{Name: "get_terminal_size", Sig: "(fd=<unrepresentable>, /)", Fn: terminalSize, Doc: "Return the size of the terminal window as (columns, lines)."},
	{Name: "waitpid", Sig: "(pid, options, /)", Fn: waitpid, Doc: "Wait for completion of a given child process."},
	{Name: "wait", Sig: "()", Fn: func(t *Thread, a []Value) Value {
		return waitpid(t, []Value{object.MakeInt(-1), object.MakeInt(0)})
	}, Doc: "Wait for completion of a child process."},
	{Name: "WCOREDUMP", Sig: "(status, /)", Fn: status(true, func(w syscall.WaitStatus) int { return int(w) & 0x80 }), Doc: "Return True if the process returning status was dumped to a core file."},
	{Name: "WIFCONTINUED", Sig: "(status)", Fn: status(true, func(w syscall.WaitStatus) int { return bit(w.Continued()) }), Doc: "Return True if a particular process was continued from a job control stop."},
	{Name: "WIFSTOPPED", Sig: "(status)", Fn: status(true, func(w syscall.WaitStatus) int { return bit(w&0xff == 0x7f) }), Doc: "Return True if the process returning status was stopped."},
	{Name: "WIFSIGNALED", Sig: "(status)", Fn: status(true, func(w syscall.WaitStatus) int { return bit(w&0x7f != 0 && w&0x7f != 0x7f) }), Doc: "Return True if the process returning status was terminated by a signal."},
	{Name: "WIFEXITED", Sig: "(status)", Fn: status(true, func(w syscall.WaitStatus) int { return bit(w&0x7f == 0) }), Doc: "Return True if the process returning status exited via the exit() system call."},
	{Name: "WEXITSTATUS", Sig: "(status)", Fn: status(false, func(w syscall.WaitStatus) int { return int(w>>8) & 0xff }), Doc: "Return the process return code from status."},
	{Name: "WTERMSIG", Sig: "(status)", Fn: status(false, func(w syscall.WaitStatus) int { return int(w) & 0x7f }), Doc: "Return the signal that terminated the process that provided the status value."},
	{Name: "WSTOPSIG", Sig: "(status)", Fn: status(false, func(w syscall.WaitStatus) int { return int(w>>8) & 0xff }), Doc: "Return the signal that stopped the process that provided the status value."},
	{Name: "waitstatus_to_exitcode", Sig: "(status)", Fn: exitcode, Doc: "Convert a wait status to an exit code."},
}

func getgroups(t *Thread, a []Value) Value {
	s := system(t)
	if s == nil {
		return Value{}
	}
	g, err := s.Groups()
	if err != nil {
		return native.OSError(t, err)
	}
	items := make([]Value, len(g))
	for i, x := range g {
		items[i] = object.MakeInt(int64(x))
	}
	return object.Of(object.NewList(items))
}

func uname(t *Thread, a []Value) Value {
	s := system(t)
	if s == nil {
		return Value{}
	}
	u, err := s.Uname()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeStructSeq(&unameType, native.Decode(u[0]), native.Decode(u[1]), native.Decode(u[2]), native.Decode(u[3]), native.Decode(u[4]))
}

func timeval(tv unix.Timeval) Value {
	return object.MakeFloat(float64(tv.Sec) + 1e-6*float64(tv.Usec))
}

func times(t *Thread, a []Value) Value {
	s := system(t)
	if s == nil {
		return Value{}
	}
	var own, children host.Rusage
	if err := s.Rusage(0, &own); err != nil {
		return native.OSError(t, err)
	}
	if err := s.Rusage(-1, &children); err != nil {
		return native.OSError(t, err)
	}
	elapsed := float64(0)
	if c := native.Host(t).Clock; c != nil {
		elapsed = float64(c.Monotonic()) / float64(time.Second)
	}
	return object.MakeStructSeq(&timesType, timeval(own.Utime), timeval(own.Stime), timeval(children.Utime), timeval(children.Stime), object.MakeFloat(elapsed))
}

func getInheritable(t *Thread, a []Value) Value {
	v := query(func(s *host.System, n int) (int, error) {
		f, err := s.Fcntl(n, unix.F_GETFD, 0)
		return bit(f&unix.FD_CLOEXEC == 0), err
	})(t, a)
	if v.P == nil {
		return v
	}
	return object.MakeBool(v.Int() != 0)
}

func setInheritable(t *Thread, a []Value) Value {
	on, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	return action(func(s *host.System, n []int) error {
		f, err := s.Fcntl(n[0], unix.F_GETFD, 0)
		if err != nil {
			return err
		}
		want := f | unix.FD_CLOEXEC
		if on != 0 {
			want = f &^ unix.FD_CLOEXEC
		}
		if want != f {
			_, err = s.Fcntl(n[0], unix.F_SETFD, want)
		}
		return err
	})(t, a[:1])
}

func getBlocking(t *Thread, a []Value) Value {
	v := query(func(s *host.System, n int) (int, error) {
		f, err := s.Fcntl(n, unix.F_GETFL, 0)
		return bit(f&unix.O_NONBLOCK == 0), err
	})(t, a)
	if v.P == nil {
		return v
	}
	return object.MakeBool(v.Int() != 0)
}

func setBlocking(t *Thread, a []Value) Value {
	on, ok := t.IsTrue(a[1])
	if !ok {
		return Value{}
	}
	return action(func(s *host.System, n []int) error {
		f, err := s.Fcntl(n[0], unix.F_GETFL, 0)
		if err != nil {
			return err
		}
		if on {
			f &^= unix.O_NONBLOCK
		} else {
			f |= unix.O_NONBLOCK
		}
		_, err = s.Fcntl(n[0], unix.F_SETFL, f)
		return err
	})(t, a[:1])
}

func terminalSize(t *Thread, a []Value) Value {
	fd := 1
	if a[0].P != nil {
		var ok bool
		if fd, ok = t.AsCInt(a[0]); !ok {
			return Value{}
		}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	c, l, err := s.Winsize(fd)
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeStructSeq(&terminalSizeType, object.MakeInt(int64(c)), object.MakeInt(int64(l)))
}

// wait4 waits for a child without holding the lock; signals for the main thread are handled meanwhile.
func wait4(t *Thread, pid, options int, ru *host.Rusage) (child, status int, ok bool) {
	s := system(t)
	if s == nil {
		return 0, 0, false
	}
	for {
		var err error
		if native.AwaitFailed(t, pid) {
			return pid, 0xff00, true
		}
		if t == t.Interp.Main && options&unix.WNOHANG == 0 && !awaitChild(t, s, pid, options) {
			return 0, 0, false
		}
		t.Unlock()
		child, status, err = s.Wait4(pid, options, ru)
		t.Lock()
		if err == nil {
			return child, status, true
		}
		if !host.Is(err, syscall.EINTR) {
			native.OSError(t, err)
			return 0, 0, false
		}
		if !native.Interrupts(t) {
			return 0, 0, false
		}
	}
}

func waitpid(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	pid := in.Int(0)
	options := in.Int(1)
	if in.Failed() {
		return Value{}
	}
	child, st, ok := wait4(t, pid, options, nil)
	if !ok {
		return Value{}
	}
	return object.Of(object.NewTuple(object.MakeInt(int64(child)), object.MakeInt(int64(st))))
}

func exitcode(t *Thread, a []Value) Value {
	n, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	switch ws := syscall.WaitStatus(n); {
	case n&0x7f == 0:
		return object.MakeInt(int64(n >> 8 & 0xff))
	case n&0xff != 0x7f:
		return object.MakeInt(-int64(n & 0x7f))
	case ws&0xff == 0x7f:
		return t.ValueErrorf("process stopped by delivery of signal %d", n>>8&0xff)
	}
	return t.ValueErrorf("invalid wait status: %d", n)
}

var haveFunctions = []string{"HAVE_FACCESSAT", "HAVE_FCHDIR", "HAVE_FCHMOD", "HAVE_FCHMODAT", "HAVE_FCHOWN", "HAVE_FCHOWNAT", "HAVE_FDOPENDIR",
	"HAVE_FPATHCONF", "HAVE_FSTATAT", "HAVE_FSTATVFS", "HAVE_FTRUNCATE", "HAVE_FUTIMENS", "HAVE_FUTIMES", "HAVE_LINKAT", "HAVE_LCHOWN", "HAVE_LSTAT",
	"HAVE_LUTIMES", "HAVE_MKDIRAT", "HAVE_MKFIFOAT", "HAVE_MKNODAT", "HAVE_OPENAT", "HAVE_READLINKAT", "HAVE_RENAMEAT", "HAVE_SYMLINKAT",
	"HAVE_UNLINKAT", "HAVE_UTIMENSAT", "HAVE_PTSNAME_R"}

var platformConstants = []constant{
	{"O_NONBLOCK", unix.O_NONBLOCK}, {"O_NDELAY", unix.O_NONBLOCK}, {"O_NOCTTY", unix.O_NOCTTY}, {"O_SYNC", unix.O_SYNC}, {"O_DSYNC", unix.O_DSYNC},
	{"O_ASYNC", unix.O_ASYNC}, {"O_DIRECTORY", unix.O_DIRECTORY}, {"O_NOFOLLOW", unix.O_NOFOLLOW}, {"O_ACCMODE", unix.O_ACCMODE},
	{"WNOHANG", unix.WNOHANG}, {"WUNTRACED", unix.WUNTRACED}, {"WCONTINUED", unix.WCONTINUED},
	{"PRIO_PROCESS", unix.PRIO_PROCESS}, {"PRIO_PGRP", unix.PRIO_PGRP}, {"PRIO_USER", unix.PRIO_USER},
	{"F_LOCK", 1}, {"F_TEST", 3}, {"F_TLOCK", 2}, {"F_ULOCK", 0},
	{"ST_RDONLY", 1}, {"ST_NOSUID", 2}, {"P_ALL", 0}, {"P_PID", 1}, {"P_PGID", 2},
	{"CLD_EXITED", 1}, {"CLD_KILLED", 2}, {"CLD_DUMPED", 3}, {"CLD_TRAPPED", 4}, {"CLD_STOPPED", 5}, {"CLD_CONTINUED", 6},
	{"POSIX_SPAWN_OPEN", 0}, {"POSIX_SPAWN_CLOSE", 1}, {"POSIX_SPAWN_DUP2", 2},
}

func platformExec(t *Thread, m *object.Module) bool {
	for name, table := range map[string]map[string]int{"pathconf_names": pathconfNames(), "confstr_names": confstrNames(), "sysconf_names": sysconfNames()} {
		keys := make([]string, 0, len(table))
		for k := range table {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		d := object.NewDict()
		for _, k := range keys {
			d.SetName(t, k, object.MakeInt(int64(table[k])))
		}
		m.Set(t, name, object.Of(d))
	}
	return true
}

// setupPlatform adds to the module what Unix has.
func setupPlatform(d *object.ModuleDef) {
	d.Methods = slices.Concat(d.Methods, platformMethods, processMethods, confMethods, systemMethods)
}
