package posixmod

import (
	"strings"

	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var statvfsType = object.StructSeq{Name: "os.statvfs_result", Visible: 10,
	Fields: []string{"f_bsize", "f_frsize", "f_blocks", "f_bfree", "f_bavail", "f_files", "f_ffree", "f_favail", "f_flag", "f_namemax", "f_fsid"},
	Doc:    "statvfs_result: Result from statvfs or fstatvfs.\n\nThis object may be accessed either as a tuple of\n  (bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax),\nor via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.\n\nSee os.statvfs for more information."}

var waitidType = object.StructSeq{Name: "posix.waitid_result", Fields: []string{"si_pid", "si_uid", "si_signo", "si_status", "si_code"},
	Doc: "waitid_result: Result from waitid.\n\nThis object may be accessed either as a tuple of\n  (si_pid, si_uid, si_signo, si_status, si_code),\nor via the attributes si_pid, si_uid, and so on.\n\nSee os.waitid for more information."}

var systemMethods = []object.MethodDef{
	{Name: "mkfifo", Sig: "(path, mode=438, *, dir_fd=None)", Fn: func(t *Thread, a []Value) Value {
		return mknod(t, "mkfifo", a[0], a[1], 0o666, host.ModeFifo, Value{}, a[2])
	}, Doc: "Create a \"fifo\" (a POSIX named pipe)."},
	{Name: "mknod", Sig: "(path, mode=384, device=0, *, dir_fd=None)", Fn: func(t *Thread, a []Value) Value { return mknod(t, "mknod", a[0], a[1], 0o600, 0, a[2], a[3]) }, Doc: "Create a node in the file system."},
	{Name: "statvfs", Sig: "(path)", Fn: func(t *Thread, a []Value) Value { return statvfs(t, a[0], "statvfs") }, Doc: "Perform a statvfs system call on the given path."},
	{Name: "fstatvfs", Sig: "(fd, /)", Fn: func(t *Thread, a []Value) Value { return statvfs(t, a[0], "fstatvfs") }, Doc: "Perform an fstatvfs system call on the given fd."},
	{Name: "sched_getaffinity", Sig: "(pid, /)", Fn: affinity, Doc: "Return the affinity of the process identified by pid (or the current process if zero)."},
	{Name: "sched_setaffinity", Sig: "(pid, mask, /)", Fn: setAffinity, Doc: "Set the CPU affinity of the process identified by pid to mask."},
	{Name: "sched_yield", Sig: "()", Fn: func(t *Thread, a []Value) Value { t.Yield(); return object.None }, Doc: "Voluntarily relinquish the CPU."},
	{Name: "sendfile", Sig: "(out_fd, in_fd, offset, count)", Fn: sendfile, Doc: "Copy count bytes from file descriptor in_fd to file descriptor out_fd."},
	{Name: "openpty", Sig: "()", Fn: func(t *Thread, a []Value) Value {
		s := system(t)
		if s == nil {
			return Value{}
		}
		c, f, err := s.Pty()
		if err != nil {
			return native.OSError(t, err)
		}
		return object.Of(object.NewTuple(object.MakeInt(int64(c)), object.MakeInt(int64(f))))
	}, Doc: "Open a pseudo-terminal.\n\nReturn a tuple of (master_fd, slave_fd) containing open file descriptors\nfor both the master and slave ends."},
	{Name: "getresuid", Sig: "()", Fn: ids(false), Doc: "Return a tuple of the current process's real, effective, and saved user ids."},
	{Name: "getresgid", Sig: "()", Fn: ids(true), Doc: "Return a tuple of the current process's real, effective, and saved group ids."},
	{Name: "waitid", Sig: "(idtype, id, options, /)", Fn: waitid, Doc: "Returns the result of waiting for a process or processes.\n\nReturns either waitid_result or None if WNOHANG is specified and there are\nno children in a waitable state."},
	{Name: "eventfd", Sig: "(initval, flags=EFD_CLOEXEC)", Fn: func(t *Thread, a []Value) Value {
		flags := unix.EFD_CLOEXEC
		if a[1].P != nil {
			var ok bool
			if flags, ok = t.AsCInt(a[1]); !ok {
				return Value{}
			}
		}
		return query(func(s *host.System, n int) (int, error) { return s.Eventfd(uint(n), flags) })(t, a[:1])
	}, Doc: "Creates and returns an event notification file descriptor."},
	{Name: "memfd_create", Sig: "(name, flags=MFD_CLOEXEC)", Fn: memfd},
	{Name: "pidfd_open", Sig: "(pid, flags=0)", Fn: func(t *Thread, a []Value) Value {
		flags, ok := 0, true
		if a[1].P != nil {
			if flags, ok = t.AsCInt(a[1]); !ok {
				return Value{}
			}
		}
		return query(func(s *host.System, n int) (int, error) { return s.PidfdOpen(n, flags) })(t, a[:1])
	}, Doc: "Return a file descriptor referring to the process *pid*."},
	{Name: "posix_fallocate", Sig: "(fd, offset, length, /)", Fn: action64(func(s *host.System, n [4]int64) error { return s.Fallocate(int(n[0]), n[1], n[2]) }), Doc: "Ensure a file has allocated at least a particular number of bytes on disk."},
	{Name: "posix_fadvise", Sig: "(fd, offset, length, advice, /)", Fn: action64(func(s *host.System, n [4]int64) error { return s.Fadvise(int(n[0]), n[1], n[2], int(n[3])) }), Doc: "Announce an intention to access data in a specific pattern."},
	{Name: "getxattr", Sig: "(path, attribute, *, follow_symlinks=True)", Fn: getxattr, Doc: "Return the value of extended attribute attribute on path."},
	{Name: "setxattr", Sig: "(path, attribute, value, flags=0, *, follow_symlinks=True)", Fn: setxattr, Doc: "Set extended attribute attribute on path to value."},
	{Name: "removexattr", Sig: "(path, attribute, *, follow_symlinks=True)", Fn: removexattr, Doc: "Remove extended attribute attribute on path."},
	{Name: "listxattr", Sig: "(path=None, *, follow_symlinks=True)", Fn: listxattr, Doc: "Return a list of extended attributes on path."},
}

func action64(do func(s *host.System, n [4]int64) error) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		var n [4]int64
		for i := range a {
			var ok bool
			if n[i], ok = native.Int64(t, a[i]); !ok {
				return Value{}
			}
		}
		s := system(t)
		if s == nil {
			return Value{}
		}
		if err := do(s, n); err != nil {
			return native.OSError(t, err)
		}
		return object.None
	}
}

func mknod(t *Thread, function string, path, modeArg Value, mode int, kind uint32, device, dirFD Value) Value {
	p, ok := native.PathArg(t, path, function, "path", false, false)
	if !ok {
		return Value{}
	}
	if modeArg.P != nil {
		if mode, ok = t.AsCInt(modeArg); !ok {
			return Value{}
		}
	}
	dev := int64(0)
	if device.P != nil {
		if dev, ok = native.Int64(t, device); !ok {
			return Value{}
		}
	}
	dir, ok := native.DirFD(t, dirFD)
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if err := s.Mknod(dir, p.Name, uint32(mode)|kind, int(dev)); err != nil {
		if function == "mkfifo" || function == "mknod" {
			return native.OSError(t, err)
		}
		return native.OSError(t, err, p.Value)
	}
	return object.None
}

func statvfs(t *Thread, v Value, function string) Value {
	var p native.Path
	var ok bool
	if function == "fstatvfs" {
		p.IsFD = true
		p.FD, ok = t.AsCInt(v)
	} else {
		p, ok = native.PathArg(t, v, function, "path", true, false)
	}
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	fd := -1
	if p.IsFD {
		fd = p.FD
	}
	t.Unlock()
	x, err := s.Statvfs(p.Name, fd)
	t.Lock()
	if err != nil {
		if function == "fstatvfs" {
			return native.OSError(t, err)
		}
		return native.OSError(t, err, p.Value)
	}
	n := object.MakeInt
	return object.MakeStructSeq(&statvfsType, n(x.Bsize), n(x.Frsize), n(x.Blocks), n(x.Bfree), n(x.Bavail), n(x.Files), n(x.Ffree), n(x.Ffree), n(x.Flag), n(x.Namemax), n(int64(x.Fsid)))
}

func affinity(t *Thread, a []Value) Value {
	pid, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	cpus, err := s.Affinity(pid)
	if err != nil {
		return native.OSError(t, err)
	}
	var out []Value
	for _, c := range cpus {
		out = append(out, object.MakeInt(int64(c)))
	}
	return object.MakeSet(t, out, false)
}

func setAffinity(t *Thread, a []Value) Value {
	pid, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	items, ok := t.Collect(a[1])
	if !ok {
		return Value{}
	}
	var cpus []int
	for _, x := range items {
		n, ok := t.AsCInt(x)
		if !ok {
			return Value{}
		}
		if n < 0 {
			return t.ValueErrorf("negative CPU number")
		}
		cpus = append(cpus, n)
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if err := s.SetAffinity(pid, cpus); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func sendfile(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	out := in.Int(0)
	from := in.Int(1)
	if in.Failed() {
		return Value{}
	}
	var at *int64
	if !a[2].IsNone() {
		n, ok := native.Int64(t, a[2])
		if !ok {
			return Value{}
		}
		at = &n
	}
	count, ok := t.AsSize(a[3])
	if !ok {
		return Value{}
	}
	if count < 0 {
		return native.OSErrorCode(t, 22)
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	t.Unlock()
	n, err := s.Sendfile(out, from, at, count)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(int64(n))
}

func ids(group bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		s := system(t)
		if s == nil {
			return Value{}
		}
		r, e, v := s.Ids(group)
		return object.Of(object.NewTuple(object.MakeInt(int64(r)), object.MakeInt(int64(e)), object.MakeInt(int64(v))))
	}
}

func waitid(t *Thread, a []Value) Value {
	var n [3]int
	for i := range n {
		var ok bool
		if n[i], ok = t.AsCInt(a[i]); !ok {
			return Value{}
		}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	for {
		t.Unlock()
		pid, uid, sig, status, code, err := s.Waitid(n[0], n[1], n[2])
		t.Lock()
		switch {
		case err == unix.EINTR:
			if !native.Interrupts(t) {
				return Value{}
			}
			continue
		case err != nil:
			return native.OSError(t, err)
		case pid == 0:
			return object.None
		}
		x := func(n int) Value { return object.MakeInt(int64(n)) }
		return object.MakeStructSeq(&waitidType, x(pid), x(uid), x(sig), x(status), x(code))
	}
}

func memfd(t *Thread, a []Value) Value {
	name, ok := native.FSText(t, a[0])
	if !ok {
		return Value{}
	}
	flags := unix.MFD_CLOEXEC
	if a[1].P != nil {
		if flags, ok = t.AsCInt(a[1]); !ok {
			return Value{}
		}
	}
	return query(func(s *host.System, n int) (int, error) { return s.MemfdCreate(name, flags) })(t, nil)
}

// attrArgs converts path, attribute and follow_symlinks of the functions on extended attributes.
func attrArgs(t *Thread, function string, path, attr, followArg Value) (p native.Path, fd int, name string, follow, ok bool) {
	none := function == "listxattr"
	if none && path.P == nil {
		path = object.None
	}
	if p, ok = native.PathArg(t, path, function, "path", true, none); !ok {
		return
	}
	fd = -1
	if p.IsFD {
		fd = p.FD
	}
	if attr.P != nil {
		if name, ok = native.FSText(t, attr); !ok {
			return
		}
	}
	follow, ok = native.Flag(t, followArg, true)
	return
}

func getxattr(t *Thread, a []Value) Value {
	p, fd, name, follow, ok := attrArgs(t, "getxattr", a[0], a[1], a[2])
	s := system(t)
	if !ok || s == nil {
		return Value{}
	}
	b, err := s.Xattr(p.Name, fd, name, follow)
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return native.MakeBytes(b)
}

func setxattr(t *Thread, a []Value) Value {
	p, fd, name, follow, ok := attrArgs(t, "setxattr", a[0], a[1], a[4])
	if !ok {
		return Value{}
	}
	v, ok := native.Readable(t, a[2])
	if !ok {
		return Value{}
	}
	defer v.Release(t)
	flags := 0
	if a[3].P != nil {
		if flags, ok = t.AsCInt(a[3]); !ok {
			return Value{}
		}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if err := s.SetXattr(p.Name, fd, name, v.Bytes, flags, follow); err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.None
}

func removexattr(t *Thread, a []Value) Value {
	p, fd, name, follow, ok := attrArgs(t, "removexattr", a[0], a[1], a[2])
	s := system(t)
	if !ok || s == nil {
		return Value{}
	}
	if err := s.RemoveXattr(p.Name, fd, name, follow); err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.None
}

func listxattr(t *Thread, a []Value) Value {
	p, fd, _, follow, ok := attrArgs(t, "listxattr", a[0], Value{}, a[1])
	s := system(t)
	if !ok || s == nil {
		return Value{}
	}
	b, err := s.ListXattr(p.Name, fd, follow)
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	var out []Value
	for name := range strings.SplitSeq(strings.TrimSuffix(string(b), "\x00"), "\x00") {
		if name != "" {
			out = append(out, native.Decode(name))
		}
	}
	return object.Of(object.NewList(out))
}
