package posixmod

import (
	"syscall"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// errNotGranted is the error of all that the host does not grant.
const errNotGranted = syscall.EPERM

// statResultType is os.stat_result. The times are items as ints and attributes as floats.
var statResultType = object.StructSeq{Name: "os.stat_result",
	Doc: "stat_result: Result from stat, fstat, or lstat.\n\nThis object may be accessed either as a tuple of\n  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\nor via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.",
	Fields: []string{"st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "", "", "",
		"st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"},
	Visible: 10}

func seconds(s host.Timespec) Value {
	return object.MakeFloat(float64(s.Sec) + 1e-9*float64(s.Nsec))
}

func nanos(s host.Timespec) Value {
	if s.Sec > -9e9 && s.Sec < 9e9 {
		return object.MakeInt(s.Nanos())
	}
	return nanosBig(s)
}

// StatResult returns what os.stat returns for a file.
func StatResult(st *host.Stat) Value {
	return object.MakeStructSeq(&statResultType,
		object.MakeInt(int64(st.Mode)), object.MakeUint(st.Ino), object.MakeUint(st.Dev), object.MakeUint(st.Nlink),
		object.MakeInt(int64(st.UID)), object.MakeInt(int64(st.GID)), object.MakeInt(st.Size),
		object.MakeInt(st.Atime.Sec), object.MakeInt(st.Mtime.Sec), object.MakeInt(st.Ctime.Sec),
		seconds(st.Atime), seconds(st.Mtime), seconds(st.Ctime), nanos(st.Atime), nanos(st.Mtime), nanos(st.Ctime),
		object.MakeInt(st.Blksize), object.MakeInt(st.Blocks), object.MakeUint(st.Rdev))
}

func stat(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "stat", "path", true)
	dir := in.DirFD(1)
	follow := in.Flag(2, true)
	if in.Failed() {
		return Value{}
	}
	return doStat(t, &p, "stat", dir, follow)
}

func lstat(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "lstat", "path", false)
	dir := in.DirFD(1)
	if in.Failed() {
		return Value{}
	}
	return doStat(t, &p, "lstat", dir, false)
}

// fdConflict raises ValueError if a descriptor was given together with what only names go with.
func fdConflict(t *Thread, p *native.Path, fn string, dir int, follow bool) bool {
	if !p.IsFD {
		return true
	}
	if dir != host.CWD {
		t.ValueErrorf("%s: can't specify dir_fd without matching path", fn)
		return false
	}
	if !follow {
		t.ValueErrorf("%s: cannot use fd and follow_symlinks together", fn)
		return false
	}
	return true
}

func doStat(t *Thread, p *native.Path, fn string, dir int, follow bool) Value {
	if !fdConflict(t, p, fn, dir, follow) {
		return Value{}
	}
	var st host.Stat
	if p.IsFD && p.FD == -1 {
		return native.OSErrorCode(t, 14, p.Value)
	}
	if err := statOf(t, p, dir, follow, &st); err != nil {
		return native.OSError(t, err, p.Value)
	}
	return StatResult(&st)
}

func fstat(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	var st host.Stat
	if err := f.Fstat(fd, &st); err != nil {
		return native.OSError(t, err)
	}
	return StatResult(&st)
}

func access(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "access", "path", false)
	mode := in.Int(1)
	dir := in.DirFD(2)
	effective := in.Flag(3, false)
	follow := in.Flag(4, true)
	if in.Failed() {
		return Value{}
	}
	f := native.Host(t).Files
	if f == nil {
		return object.False
	}
	t.Unlock()
	err := f.Access(dir, p.Name, uint32(mode), effective, follow)
	t.Lock()
	return object.MakeBool(err == nil)
}
