//go:build linux || darwin

package posixmod

import (
	"strconv"
	"strings"
	"syscall"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/stdlib/resourcemod"
)

const spawnSig = "(path, argv, env, /, *, file_actions=(),\n            setpgroup=None, resetids=False, setsid=False,\n            setsigmask=(), setsigdef=(), scheduler=None)"

var processMethods = []object.MethodDef{
	{Name: "fork", Sig: "()", Fn: noFork, Doc: "Fork a child process: not possible here, where a process has many threads of its own.\n\nAlways raises OSError."},
	{Name: "forkpty", Sig: "()", Fn: noFork, Doc: "Fork a new process with a new pseudo-terminal as controlling tty: not possible here.\n\nAlways raises OSError."},
	{Name: "abort", Sig: "()", Fn: func(t *Thread, a []Value) Value {
		if s := system(t); s != nil {
			s.Abort()
		}
		return Value{}
	}, Doc: "Abort the interpreter immediately."},
	{Name: "execv", Sig: "(path, argv, /)", Fn: func(t *Thread, a []Value) Value { return exec(t, "execv", a[0], a[1], Value{}) }, Doc: "Execute an executable path with arguments, replacing current process."},
	{Name: "execve", Sig: "(path, argv, env)", Fn: func(t *Thread, a []Value) Value { return exec(t, "execve", a[0], a[1], a[2]) }, Doc: "Execute an executable path with arguments, replacing current process."},
	{Name: "posix_spawn", Sig: spawnSig, Fn: func(t *Thread, a []Value) Value { return spawn(t, "posix_spawn", a, false) }, Doc: "Execute the program specified by path in a new process."},
	{Name: "posix_spawnp", Sig: spawnSig, Fn: func(t *Thread, a []Value) Value { return spawn(t, "posix_spawnp", a, true) }, Doc: "Execute the program specified by path in a new process, looking for it in PATH."},
	{Name: "system", Sig: "(command)", Fn: shell, Doc: "Execute the command in a subshell."},
	{Name: "wait3", Sig: "(options)", Fn: func(t *Thread, a []Value) Value {
		return waitUsage(t, object.MakeInt(-1), a[0])
	}, Doc: "Wait for completion of a child process.\n\nReturns a tuple of information about the child process:\n  (pid, status, rusage)"},
	{Name: "wait4", Sig: "(pid, options)", Fn: func(t *Thread, a []Value) Value { return waitUsage(t, a[0], a[1]) }, Doc: "Wait for completion of a specific child process.\n\nReturns a tuple of information about the child process:\n  (pid, status, rusage)"},
	{Name: "nice", Sig: "(increment, /)", Fn: query(func(s *host.System, n int) (int, error) {
		old, err := s.Priority(0, 0)
		if err == nil {
			err = s.SetPriority(0, 0, old+n)
		}
		if err != nil {
			return 0, err
		}
		return s.Priority(0, 0)
	}), Doc: "Add increment to the priority of process and return the new priority."},
	{Name: "getpriority", Sig: "(which, who)", Fn: func(t *Thread, a []Value) Value {
		which, ok := t.AsCInt(a[0])
		if !ok {
			return Value{}
		}
		return query(func(s *host.System, n int) (int, error) { return s.Priority(which, n) })(t, a[1:])
	}, Doc: "Return program scheduling priority."},
	{Name: "setpriority", Sig: "(which, who, priority)", Fn: action(func(s *host.System, n []int) error { return s.SetPriority(n[0], n[1], n[2]) }), Doc: "Set program scheduling priority."},
	{Name: "setgroups", Sig: "(groups, /)", Fn: setgroups, Doc: "Set the groups of the current process to list."},
	{Name: "sync", Sig: "()", Fn: func(t *Thread, a []Value) Value {
		if s := system(t); s != nil {
			t.Unlock()
			s.SyncAll()
			t.Lock()
			return object.None
		}
		return Value{}
	}, Doc: "Force write of everything to disk."},
	{Name: "ctermid", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeStr("/dev/tty") }, Doc: "Return the name of the controlling terminal for this process."},
	{Name: "tcgetpgrp", Sig: "(fd, /)", Fn: query((*host.System).ForegroundGroup), Doc: "Return the process group associated with the terminal specified by fd."},
	{Name: "tcsetpgrp", Sig: "(fd, pgid, /)", Fn: action(func(s *host.System, n []int) error { return s.SetForegroundGroup(n[0], n[1]) }), Doc: "Set the process group associated with the terminal specified by fd."},
	{Name: "chown", Sig: "(path, uid, gid, *, dir_fd=None, follow_symlinks=True)", Fn: func(t *Thread, a []Value) Value { return chown(t, "chown", a[0], a[1], a[2], a[3], a[4]) }, Doc: "Change the owner and group id of path to the numeric uid and gid."},
	{Name: "lchown", Sig: "(path, uid, gid)", Fn: func(t *Thread, a []Value) Value {
		return chown(t, "lchown", a[0], a[1], a[2], Value{}, object.False)
	}, Doc: "Change the owner and group id of path to the numeric uid and gid.\n\nThis function will not follow symbolic links."},
	{Name: "fchown", Sig: "(fd, uid, gid)", Fn: func(t *Thread, a []Value) Value { return chown(t, "fchown", a[0], a[1], a[2], Value{}, Value{}) }, Doc: "Change the owner and group id of the file specified by file descriptor."},
	{Name: "chroot", Sig: "(path)", Fn: func(t *Thread, a []Value) Value {
		p, ok := native.PathArg(t, a[0], "chroot", "path", false, false)
		if !ok {
			return Value{}
		}
		s := system(t)
		if s == nil {
			return Value{}
		}
		if err := s.Chroot(p.Name); err != nil {
			return native.OSError(t, err, p.Value)
		}
		return object.None
	}, Doc: "Change root directory to path."},
	{Name: "pread", Sig: "(fd, length, offset, /)", Fn: pread, Doc: "Read a number of bytes from a file descriptor starting at a particular offset."},
	{Name: "pwrite", Sig: "(fd, buffer, offset, /)", Fn: pwrite, Doc: "Write bytes to a file descriptor starting at a particular offset."},
	{Name: "readv", Sig: "(fd, buffers, /)", Fn: readv, Doc: "Read from a file descriptor fd into an iterable of buffers."},
	{Name: "writev", Sig: "(fd, buffers, /)", Fn: writev, Doc: "Iterate over buffers, and write the contents of each to a file descriptor."},
	{Name: "lockf", Sig: "(fd, command, length, /)", Fn: lockf, Doc: "Apply, test or remove a POSIX lock on an open file descriptor."},
}

func noFork(t *Thread, a []Value) Value {
	code, _ := native.Errno(syscall.ENOSYS)
	return t.RaiseNew(&object.OSErrorType, object.MakeInt(int64(code)), object.MakeStr("a process with threads of its own cannot fork; see posix_spawn and module subprocess"))
}

// argvName is what messages of a function call its list of arguments.
func argvName(function string) string {
	if function == "execv" {
		return "() arg 2"
	}
	return ": argv"
}

// argv converts the arguments of a program.
func argv(t *Thread, function string, v Value) ([]string, bool) {
	if v.Type().Flags&(object.FlagList|object.FlagTuple) == 0 {
		t.TypeErrorf("%s%s must be a tuple or list", function, argvName(function))
		return nil, false
	}
	items, ok := t.Collect(v)
	if !ok {
		return nil, false
	}
	if len(items) == 0 {
		t.ValueErrorf("%s%s must not be empty", function, argvName(function))
		return nil, false
	}
	var out []string
	for _, x := range items {
		s, ok := native.FSText(t, x)
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	if out[0] == "" {
		t.ValueErrorf("%s%s first element cannot be empty", function, argvName(function))
		return nil, false
	}
	return out, true
}

// envp converts the environment of a program.
func envp(t *Thread, function string, v Value) ([]string, bool) {
	out := []string{}
	if v.Type().GetItem == nil || v.IsStr() || v.Type().Flags&(object.FlagList|object.FlagTuple) != 0 {
		t.TypeErrorf("%s: environment must be a mapping object", function)
		return nil, false
	}
	keys := t.Keys(v)
	if keys.P == nil {
		return nil, false
	}
	names, ok := t.Collect(keys)
	if !ok {
		return nil, false
	}
	for _, k := range names {
		x := t.GetItem(v, k)
		if x.P == nil {
			return nil, false
		}
		name, ok := native.FSText(t, k)
		if !ok {
			return nil, false
		}
		value, ok := native.FSText(t, x)
		if !ok {
			return nil, false
		}
		if name == "" || strings.IndexByte(name[1:], '=') >= 0 {
			t.ValueErrorf("illegal environment variable name")
			return nil, false
		}
		out = append(out, name+"="+value)
	}
	return out, true
}

// environOf is the environment of the process as the host has it.
func environOf(t *Thread) []string {
	if e := native.Host(t).Env; e != nil {
		return e.Environ()
	}
	return []string{}
}

func exec(t *Thread, function string, path, args, env Value) Value {
	p, ok := native.PathArg(t, path, function, "path", function == "execve", false)
	if !ok {
		return Value{}
	}
	list, ok := argv(t, function, args)
	if !ok {
		return Value{}
	}
	vars := environOf(t)
	if env.P != nil {
		if vars, ok = envp(t, function, env); !ok {
			return Value{}
		}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	name := p.Name
	if p.IsFD {
		name = "/dev/fd/" + strconv.Itoa(p.FD)
	}
	return native.OSError(t, s.Exec(name, list, vars), p.Value)
}

// spawn is posix_spawn and posix_spawnp.
func spawn(t *Thread, function string, a []Value, search bool) Value {
	p, ok := native.PathArg(t, a[0], function, "path", false, false)
	if !ok {
		return Value{}
	}
	c := &host.Child{Umask: -1, Env: environOf(t)}
	if c.Args, ok = argv(t, function, a[1]); !ok {
		return Value{}
	}
	if !a[2].IsNone() {
		if c.Env, ok = envp(t, function, a[2]); !ok {
			return Value{}
		}
	}
	if v := a[4]; v.P != nil && !v.IsNone() {
		if c.Pgid, ok = t.AsCInt(v); !ok {
			return Value{}
		}
		c.Setpgid = true
	}
	if _, ok = native.Flag(t, a[5], false); !ok {
		return Value{}
	}
	if c.Setsid, ok = native.Flag(t, a[6], false); !ok {
		return Value{}
	}
	c.Files = []int{0, 1, 2}
	var opened []int
	f := native.Files(t)
	if f == nil {
		return Value{}
	}
	defer func() {
		for _, fd := range opened {
			f.Close(fd)
		}
	}()
	if v := a[3]; v.P != nil && !v.IsNone() {
		if opened, ok = fileActions(t, c, f, v); !ok {
			return Value{}
		}
	}
	c.Paths = []string{p.Name}
	if search && !strings.Contains(p.Name, "/") {
		c.Paths = nil
		for _, e := range environOf(t) {
			if dirs, ok := strings.CutPrefix(e, "PATH="); ok {
				for dir := range strings.SplitSeq(dirs, ":") {
					if dir == "" {
						dir = "."
					}
					c.Paths = append(c.Paths, dir+"/"+p.Name)
				}
			}
		}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	pid, _, err := s.Spawn(c)
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.MakeInt(int64(pid))
}

// fileActions does to the child's table of descriptors what a program asks for. opened are descriptors to close afterwards.
func fileActions(t *Thread, c *host.Child, f host.Files, v Value) (opened []int, ok bool) {
	items, ok := t.Collect(v)
	if !ok {
		t.Exc = nil
		t.TypeErrorf("file_actions must be a sequence or None")
		return nil, false
	}
	at := func(fd int) int {
		if fd < len(c.Files) {
			return c.Files[fd]
		}
		return fd
	}
	set := func(fd, to int) {
		for len(c.Files) <= fd {
			c.Files = append(c.Files, len(c.Files))
		}
		c.Files[fd] = to
	}
	for _, x := range items {
		bad := func() ([]int, bool) {
			if t.Exc == nil {
				t.TypeErrorf("Each file_actions element must be a non-empty tuple")
			}
			return opened, false
		}
		if x.Type().Flags&object.FlagTuple == 0 || len(object.To[object.Tuple](x).Items()) == 0 {
			return bad()
		}
		part := object.To[object.Tuple](x).Items()
		var n [5]int
		for i, y := range part[:min(len(part), 5)] {
			if i == 2 && n[0] == 0 {
				continue
			}
			if n[i], ok = t.AsCInt(y); !ok {
				return bad()
			}
		}
		switch {
		case n[0] == 0 && len(part) == 5:
			name, ok := native.FSText(t, part[2])
			if !ok {
				return bad()
			}
			fd, err := f.Open(host.CWD, name, n[3], uint32(n[4]))
			if err != nil {
				native.OSError(t, err, part[2])
				return opened, false
			}
			opened = append(opened, fd)
			set(n[1], fd)
		case n[0] == 1 && len(part) == 2:
			set(n[1], -1)
		case n[0] == 2 && len(part) == 3:
			set(n[2], at(n[1]))
		case n[0] >= 0 && n[0] <= 2:
			t.TypeErrorf("A file_actions element has the wrong number of items")
			return opened, false
		default:
			t.TypeErrorf("Unknown file_actions identifier")
			return opened, false
		}
	}
	return opened, true
}

func shell(t *Thread, a []Value) Value {
	cmd, ok := native.FSText(t, a[0])
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	pid, _, err := s.Spawn(&host.Child{Umask: -1, Paths: []string{"/bin/sh"}, Args: []string{"sh", "-c", cmd}, Env: environOf(t), Files: []int{0, 1, 2}})
	if err != nil {
		return native.OSError(t, err)
	}
	_, status, ok := wait4(t, pid, 0, nil)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(status))
}

func waitUsage(t *Thread, pid, options Value) Value {
	n, ok := t.AsCInt(pid)
	if !ok {
		return Value{}
	}
	o, ok := t.AsCInt(options)
	if !ok {
		return Value{}
	}
	var ru host.Rusage
	child, status, ok := wait4(t, n, o, &ru)
	if !ok {
		return Value{}
	}
	return object.Of(object.NewTuple(object.MakeInt(int64(child)), object.MakeInt(int64(status)), resourcemod.Usage(&ru)))
}

func setgroups(t *Thread, a []Value) Value {
	items, ok := t.Collect(a[0])
	if !ok {
		return Value{}
	}
	var list []int
	for _, x := range items {
		if x.Type().Flags&object.FlagInt == 0 {
			return t.TypeErrorf("groups must be integers")
		}
		n, ok := native.UserID(t, x, "gid")
		if !ok {
			return Value{}
		}
		list = append(list, n)
	}
	if len(list) > 65536 {
		return t.ValueErrorf("too many groups")
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if err := s.Setgroups(list); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func chown(t *Thread, function string, path, user, group, dirFD, followArg Value) Value {
	var p native.Path
	var ok bool
	if function == "fchown" {
		p.IsFD = true
		p.FD, ok = t.AsCInt(path)
	} else {
		p, ok = native.PathArg(t, path, function, "path", function == "chown", false)
	}
	if !ok {
		return Value{}
	}
	uid, ok := native.UserID(t, user, "uid")
	if !ok {
		return Value{}
	}
	gid, ok := native.UserID(t, group, "gid")
	if !ok {
		return Value{}
	}
	dir, ok := native.DirFD(t, dirFD)
	if !ok {
		return Value{}
	}
	follow, ok := native.Flag(t, followArg, true)
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	var err error
	t.Unlock()
	if p.IsFD {
		err = s.Fchown(p.FD, uid, gid)
	} else {
		err = s.Chown(dir, p.Name, uid, gid, follow)
	}
	t.Lock()
	if err != nil {
		if function == "fchown" {
			return native.OSError(t, err)
		}
		return native.OSError(t, err, p.Value)
	}
	return object.None
}
