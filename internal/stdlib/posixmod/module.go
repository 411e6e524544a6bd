package posixmod

import (
	"slices"
	"syscall"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

const errNoEntry = syscall.ENOENT

// Module is the definition of posix. Platforms add what they have.
var Module = object.ModuleDef{
	Name: "posix",
	Setup: func(d *object.ModuleDef) {
		setupScandir()
		setupPlatform(d)
	},
	Doc: "This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard (a thinly\ndisguised Unix interface).  Refer to the library manual and\ncorresponding Unix manual entries for more information on calls.",
	Methods: []object.MethodDef{
		{Name: "stat", Sig: "(path, *, dir_fd=None, follow_symlinks=True)", Fn: stat, Doc: "Perform a stat system call on the given path."},
		{Name: "lstat", Sig: "(path, *, dir_fd=None)", Fn: lstat, Doc: "Perform a stat system call on the given path, without following symbolic links."},
		{Name: "fstat", Sig: "(fd)", Fn: fstat, Doc: "Perform a stat system call on the given file descriptor."},
		{Name: "access", Sig: "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", Fn: access, Doc: "Use the real uid/gid to test for access to a path."},
		{Name: "listdir", Sig: "(path=None)", Fn: listdir, Doc: "Return a list containing the names of the files in the directory."},
		{Name: "scandir", Sig: "(path=None)", Fn: scandir, Doc: "Return an iterator of DirEntry objects for given path."},
		{Name: "mkdir", Sig: "(path, mode=511, *, dir_fd=None)", Fn: mkdir, Doc: "Create a directory."},
		{Name: "rmdir", Sig: "(path, *, dir_fd=None)", Fn: pathCall("rmdir", func(f host.Files, dir int, name string) error { return f.Remove(dir, name, true) }), Doc: "Remove a directory."},
		{Name: "remove", Sig: "(path, *, dir_fd=None)", Fn: pathCall("remove", func(f host.Files, dir int, name string) error { return f.Remove(dir, name, false) }), Doc: "Remove a file (same as unlink())."},
		{Name: "unlink", Sig: "(path, *, dir_fd=None)", Fn: pathCall("unlink", func(f host.Files, dir int, name string) error { return f.Remove(dir, name, false) }), Doc: "Remove a file (same as remove())."},
		{Name: "rename", Sig: "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", Fn: rename("rename", host.Files.Rename), Doc: "Rename a file or directory."},
		{Name: "replace", Sig: "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", Fn: rename("replace", host.Files.Rename), Doc: "Rename a file or directory, overwriting the destination."},
		{Name: "link", Sig: "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=(os.name != 'nt'))", Fn: link, Doc: "Create a hard link to a file."},
		{Name: "symlink", Sig: "(src, dst, target_is_directory=False, *, dir_fd=None)", Fn: symlink, Doc: "Create a symbolic link pointing to src named dst."},
		{Name: "readlink", Sig: "(path, *, dir_fd=None)", Fn: readlink, Doc: "Return a string representing the path to which the symbolic link points."},
		{Name: "chmod", Sig: "(path, mode, *, dir_fd=None, follow_symlinks=(os.name != 'nt'))", Fn: chmod, Doc: "Change the access permissions of a file."},
		{Name: "fchmod", Sig: "(fd, mode)", Fn: fchmod, Doc: "Change the access permissions of the file given by file descriptor fd."},
		{Name: "utime", Sig: "(path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)", Fn: utime, Doc: "Set the access and modified time of path."},
		{Name: "chdir", Sig: "(path)", Fn: chdir, Doc: "Change the current working directory to the specified path."},
		{Name: "fchdir", Sig: "(fd)", Fn: fchdir, Doc: "Change to the directory of the given file descriptor."},
		{Name: "getcwd", Sig: "()", Fn: getcwd(false), Doc: "Return a unicode string representing the current working directory."},
		{Name: "getcwdb", Sig: "()", Fn: getcwd(true), Doc: "Return a bytes string representing the current working directory."},

		{Name: "open", Sig: "(path, flags, mode=511, *, dir_fd=None)", Fn: open, Doc: "Open a file for low level IO.  Returns a file descriptor (integer)."},
		{Name: "close", Sig: "(fd)", Fn: fdCall(true, false, func(f host.Files, fd int) error { return f.Close(fd) }), Doc: "Close a file descriptor."},
		{Name: "closerange", Sig: "(fd_low, fd_high, /)", Fn: closerange, Doc: "Closes all file descriptors in [fd_low, fd_high), ignoring errors."},
		{Name: "read", Sig: "(fd, length, /)", Fn: read, Doc: "Read from a file descriptor.  Returns a bytes object."},
		{Name: "readinto", Sig: "(fd, buffer, /)", Fn: readinto, Doc: "Read into a buffer object from a file descriptor."},
		{Name: "write", Sig: "(fd, data, /)", Fn: write, Doc: "Write a bytes object to a file descriptor."},
		{Name: "lseek", Sig: "(fd, position, whence, /)", Fn: lseek, Doc: "Set the position of a file descriptor.  Return the new position."},
		{Name: "truncate", Sig: "(path, length)", Fn: truncate, Doc: "Truncate a file, specified by path, to a specific length."},
		{Name: "ftruncate", Sig: "(fd, length, /)", Fn: ftruncate, Doc: "Truncate a file, specified by file descriptor, to a specific length."},
		{Name: "fsync", Sig: "(fd)", Fn: fdCall(true, true, func(f host.Files, fd int) error { return f.Sync(fd) }), Doc: "Force write of fd to disk."},
		{Name: "fdatasync", Sig: "(fd)", Fn: fdCall(true, true, func(f host.Files, fd int) error { return f.Sync(fd) }), Doc: "Force write of fd to disk without forcing update of metadata."},
		{Name: "dup", Sig: "(fd, /)", Fn: dup, Doc: "Return a duplicate of a file descriptor."},
		{Name: "dup2", Sig: "(fd, fd2, inheritable=True)", Fn: dup2, Doc: "Duplicate file descriptor."},
		{Name: "pipe", Sig: "()", Fn: pipe, Doc: "Create a pipe."},
		{Name: "isatty", Sig: "(fd, /)", Fn: isatty, Doc: "Return True if the fd is connected to a terminal."},
		{Name: "device_encoding", Sig: "(fd)", Fn: deviceEncoding, Doc: "Return a string describing the encoding of a terminal's file descriptor."},

		{Name: "fspath", Sig: "(path)", Fn: fspath, Doc: "Return the file system path representation of the object."},
		{Name: "_path_normpath", Sig: "(path)", Fn: pathNormpath, Doc: "Normalize path, eliminating double slashes, etc."},
		{Name: "_path_splitroot_ex", Sig: "(path)", Fn: pathSplitrootEx, Doc: "Split a pathname into drive, root and tail."},
		{Name: "putenv", Sig: "(name, value, /)", Fn: putenv, Doc: "Change or add an environment variable."},
		{Name: "unsetenv", Sig: "(name, /)", Fn: unsetenv, Doc: "Delete an environment variable."},
		{Name: "_create_environ", Sig: "()", Fn: func(t *Thread, a []Value) Value { return environ(t) }, Doc: "Create the environment dictionary."},
		{Name: "urandom", Sig: "(size, /)", Fn: urandom, Doc: "Return a bytes object containing random bytes suitable for cryptographic use."},
		{Name: "cpu_count", Sig: "()", Fn: cpuCount, Doc: "Return the number of logical CPUs in the system."},
		{Name: "strerror", Sig: "(code, /)", Fn: strerror, Doc: "Translate an error code to a message string."},
		{Name: "register_at_fork", Sig: "(*, before=<unrepresentable>, after_in_child=<unrepresentable>, after_in_parent=<unrepresentable>)", Fn: registerAtFork, Doc: "Register callables to be called when forking a new process."},
		{Name: "_inputhook", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(0) }},
		{Name: "_is_inputhook_installed", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.False }},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		env := environ(t)
		if env.P == nil {
			return false
		}
		m.Set(t, "environ", env)
		m.Set(t, "error", object.Of(&object.OSErrorType))
		for _, s := range []struct {
			name string
			v    *object.Type
		}{{"stat_result", statResultType.Type()}, {"DirEntry", &dirEntryType}, {"terminal_size", terminalSizeType.Type()}, {"uname_result", unameType.Type()}, {"times_result", timesType.Type()}} {
			m.Set(t, s.name, object.Of(s.v))
		}
		for _, c := range slices.Concat(constants, platformConstants, systemConstants) {
			m.Set(t, c.name, object.MakeInt(c.value))
		}
		var have []Value
		for _, n := range haveFunctions {
			have = append(have, object.MakeStr(n))
		}
		m.Set(t, "_have_functions", object.Of(object.NewList(have)))
		return platformExec(t, m)
	},
}

type constant struct {
	name  string
	value int64
}

// constants are the integers that all platforms have; platforms add theirs.
var constants = []constant{
	{"F_OK", 0}, {"R_OK", 4}, {"W_OK", 2}, {"X_OK", 1}, {"TMP_MAX", 238328}, {"NGROUPS_MAX", 65536},
	{"EX_OK", 0}, {"EX_USAGE", 64}, {"EX_DATAERR", 65}, {"EX_NOINPUT", 66}, {"EX_NOUSER", 67}, {"EX_NOHOST", 68}, {"EX_UNAVAILABLE", 69},
	{"EX_SOFTWARE", 70}, {"EX_OSERR", 71}, {"EX_OSFILE", 72}, {"EX_CANTCREAT", 73}, {"EX_IOERR", 74}, {"EX_TEMPFAIL", 75}, {"EX_PROTOCOL", 76},
	{"EX_NOPERM", 77}, {"EX_CONFIG", 78},
	{"O_RDONLY", host.OpenRead}, {"O_WRONLY", host.OpenWrite}, {"O_RDWR", host.OpenReadWrite}, {"O_CREAT", host.OpenCreate}, {"O_EXCL", host.OpenExclusive},
	{"O_TRUNC", host.OpenTruncate}, {"O_APPEND", host.OpenAppend}, {"O_CLOEXEC", host.CloseOnExec},
}

// registerAtFork accepts functions that are never called: there is no fork.
func registerAtFork(t *Thread, a []Value) Value {
	given := false
	for i, n := range [...]string{"before", "after_in_child", "after_in_parent"} {
		if a[i].P == nil {
			continue
		}
		given = true
		if a[i].Type().Call == nil {
			return t.TypeErrorf("'%s' must be callable, not %s", n, a[i].Type().Name)
		}
	}
	if !given {
		return t.TypeErrorf("At least one argument is required.")
	}
	return object.None
}
