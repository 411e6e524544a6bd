//go:build linux || darwin

package subprocmod

import (
	"strconv"
	"strings"
	"syscall"

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

const doc = "A POSIX helper for the subprocess module."

// Module is the definition of _posixsubprocess.
var Module = object.ModuleDef{
	Name: "_posixsubprocess",
	Doc:  doc,
	Methods: []object.MethodDef{
		{Name: "fork_exec", Sig: "(args, executable_list, close_fds, pass_fds, cwd,\n          env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,\n          errpipe_read, errpipe_write, restore_signals, call_setsid,\n          pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn,\n          /)",
			Fn: forkExec, Doc: "Spawn a fresh new child process.\n\nDescriptors are moved to 0, 1 and 2; with close_fds true all others are closed, except those in\nthe sorted tuple pass_fds. A program that cannot be started is reported through errpipe_write, as\nmodule subprocess expects it.\n\nReturns: the child process's PID.\n\npreexec_fn must be None: no Python code runs between fork and exec."},
	},
}

// The arguments of fork_exec.
const (
	argArgs = iota
	argExecutables
	argCloseFDs
	argPassFDs
	argDir
	argEnv
	argP2CRead
	argP2CWrite
	argC2PRead
	argC2PWrite
	argErrRead
	argErrWrite
	argErrPipeRead
	argErrPipeWrite
	argRestoreSignals
	argSetsid
	argPgid
	argGID
	argGroups
	argUID
	argUmask
	argPreexec
)

func forkExec(t *Thread, a []Value) Value {
	c := &host.Child{Umask: -1}
	closeFDs, ok := t.IsTrue(a[argCloseFDs])
	if !ok {
		return Value{}
	}
	c.CloseOthers = closeFDs
	var fds [8]int
	for i := range fds {
		if fds[i], ok = t.AsCInt(a[argP2CRead+i]); !ok {
			return Value{}
		}
	}
	errPipe := fds[argErrPipeWrite-argP2CRead]
	if closeFDs && errPipe < 3 {
		return t.ValueErrorf("errpipe_write must be >= 3")
	}
	restore, ok := t.IsTrue(a[argRestoreSignals])
	if !ok {
		return Value{}
	}
	if !restore {
		c.Ignore = []int{int(syscall.SIGPIPE), int(syscall.SIGXFSZ)}
	}
	if c.Setsid, ok = t.IsTrue(a[argSetsid]); !ok {
		return Value{}
	}
	pgid, ok := t.AsCInt(a[argPgid])
	if !ok {
		return Value{}
	}
	c.Setpgid, c.Pgid = pgid >= 0, pgid
	if c.Umask, ok = t.AsCInt(a[argUmask]); !ok {
		return Value{}
	}
	if !a[argPreexec].IsNone() {
		return t.RuntimeErrorf("preexec_fn is not supported: no Python code can run between fork and exec")
	}
	if c.Keep, ok = passFDs(t, a[argPassFDs]); !ok {
		return Value{}
	}
	if c.Paths, ok = texts(t, a[argExecutables], "executable_list"); !ok {
		return Value{}
	}
	list, ok := t.Collect(a[argArgs])
	if !ok {
		return Value{}
	}
	for _, v := range list {
		s, ok := native.FSText(t, v)
		if !ok {
			return Value{}
		}
		c.Args = append(c.Args, s)
	}
	if !a[argEnv].IsNone() {
		if c.Env, ok = texts(t, a[argEnv], "env"); !ok {
			return Value{}
		}
		if c.Env == nil {
			c.Env = []string{}
		}
	}
	if !a[argDir].IsNone() {
		if c.Dir, ok = native.FSText(t, a[argDir]); !ok {
			return Value{}
		}
	}
	if c.Groups, c.GID, c.UID, ok = user(t, a); !ok {
		return Value{}
	}
	c.Files = make([]int, 3)
	for i, at := range [...]int{argP2CRead, argC2PWrite, argErrWrite} {
		if c.Files[i] = fds[at-argP2CRead]; c.Files[i] < 0 {
			c.Files[i] = i
		}
	}
	return start(t, c, errPipe)
}

// start spawns the child; an error goes where a forked child would have written it.
func start(t *Thread, c *host.Child, errPipe int) Value {
	s := native.Host(t).System
	if s == nil {
		return native.OSErrorCode(t, 1)
	}
	// Descriptors must not change meanwhile: the lock stays.
	keep := c.Keep[:0:0]
	for _, fd := range c.Keep {
		if fd != errPipe {
			keep = append(keep, fd)
		}
	}
	c.Keep = keep
	pid, chdir, err := s.Spawn(c)
	if err == nil {
		return object.MakeInt(int64(pid))
	}
	f := native.Files(t)
	if f == nil {
		return Value{}
	}
	code, _ := native.Errno(err)
	text := "OSError:" + strings.ToUpper(strconv.FormatInt(int64(code), 16)) + ":"
	if chdir {
		text += "noexec:chdir"
	}
	if _, err := f.Write(errPipe, []byte(text)); err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(int64(native.FailedChild(t)))
}

// passFDs converts the tuple of descriptors that stay open.
func passFDs(t *Thread, v Value) ([]int, bool) {
	if v.Type().Flags&object.FlagTuple == 0 {
		t.TypeErrorf("fork_exec() argument 4 must be tuple, not %s", v.Type().Name)
		return nil, false
	}
	var out []int
	last := int64(-1)
	for _, x := range object.To[object.Tuple](v).Items() {
		n, ok := object.AsInt64(x)
		if x.Type().Flags&object.FlagInt == 0 || !ok || n < 0 || n <= last || n > 1<<31-1 {
			t.ValueErrorf("bad value(s) in fds_to_keep")
			return nil, false
		}
		last = n
		out = append(out, int(n))
	}
	return out, true
}

// texts converts a sequence of bytes.
func texts(t *Thread, v Value, what string) ([]string, bool) {
	list, ok := t.Collect(v)
	if !ok {
		return nil, false
	}
	var out []string
	for _, x := range list {
		if x.Type().Flags&object.FlagBytes == 0 {
			t.TypeErrorf("expected bytes, %s found", x.Type().Name)
			return nil, false
		}
		s := object.To[object.Bytes](x).S
		if strings.IndexByte(s, 0) >= 0 {
			t.ValueErrorf("embedded null byte")
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

// user converts the arguments that change the user of the child.
func user(t *Thread, a []Value) (groups []int, gid, uid *int, ok bool) {
	if v := a[argGroups]; !v.IsNone() {
		if v.Type().Flags&object.FlagList == 0 {
			t.TypeErrorf("setgroups argument must be a sequence")
			return nil, nil, nil, false
		}
		list, ok := t.Collect(v)
		if !ok {
			return nil, nil, nil, false
		}
		if len(list) > 65536 {
			t.ValueErrorf("too many extra_groups")
			return nil, nil, nil, false
		}
		groups = []int{}
		for _, x := range list {
			if x.Type().Flags&object.FlagInt == 0 {
				t.TypeErrorf("extra_groups must be integers")
				return nil, nil, nil, false
			}
			n, ok := native.UserID(t, x, "gid")
			if !ok {
				return nil, nil, nil, false
			}
			groups = append(groups, n)
		}
	}
	for _, x := range [...]struct {
		at   int
		name string
		to   **int
	}{{argGID, "gid", &gid}, {argUID, "uid", &uid}} {
		v := a[x.at]
		if v.IsNone() {
			continue
		}
		n, ok := native.UserID(t, v, x.name)
		if !ok {
			return nil, nil, nil, false
		}
		*x.to = &n
	}
	return groups, gid, uid, true
}
