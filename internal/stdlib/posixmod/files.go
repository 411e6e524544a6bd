package posixmod

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// pathCall describes a function of one path and maybe a dir_fd.
func pathCall(fn string, f func(f host.Files, dir int, name string) error) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		in := native.ArgsOf(t, a)
		p := in.Path(0, fn, "path", false)
		dir := host.CWD
		if len(a) > 1 {
			dir = in.DirFD(1)
		}
		fs := in.Files()
		if fs == nil {
			return Value{}
		}
		t.Unlock()
		err := f(fs, dir, p.Name)
		t.Lock()
		if err != nil {
			return native.OSError(t, err, p.Value)
		}
		return object.None
	}
}

func mkdir(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "mkdir", "path", false)
	mode := in.IntOr(1, 0o777)
	dir := in.DirFD(2)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	err := f.Mkdir(dir, p.Name, uint32(mode))
	t.Lock()
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.None
}

// rename makes rename, replace and link: functions of two paths.
func rename(fn string, do func(f host.Files, dir int, name string, newDir int, newName string) error) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		in := native.ArgsOf(t, a)
		src := in.Path(0, fn, "src", false)
		dst := in.Path(1, fn, "dst", false)
		dir := in.DirFD(2)
		newDir := in.DirFD(3)
		f := in.Files()
		if f == nil {
			return Value{}
		}
		t.Unlock()
		err := do(f, dir, src.Name, newDir, dst.Name)
		t.Lock()
		if err != nil {
			return native.OSError(t, err, src.Value, dst.Value)
		}
		return object.None
	}
}

func link(t *Thread, a []Value) Value {
	follow, ok := native.Flag(t, a[4], true)
	if !ok {
		return Value{}
	}
	return rename("link", func(f host.Files, dir int, name string, newDir int, newName string) error {
		return f.Link(dir, name, newDir, newName, follow)
	})(t, a[:4])
}

func symlink(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	src := in.Path(0, "symlink", "src", false)
	dst := in.Path(1, "symlink", "dst", false)
	dir := in.DirFD(3)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	if src.IsBytes != dst.IsBytes {
		return t.ValueErrorf("symlink: src and dst must be the same type")
	}
	t.Unlock()
	err := f.Symlink(src.Name, dir, dst.Name)
	t.Lock()
	if err != nil {
		return native.OSError(t, err, src.Value, dst.Value)
	}
	return object.None
}

func readlink(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "readlink", "path", false)
	dir := in.DirFD(1)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	s, err := f.Readlink(dir, p.Name)
	t.Lock()
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return p.Decoded(s)
}

func chmod(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "chmod", "path", true)
	mode := in.Int(1)
	dir := in.DirFD(2)
	follow := in.Flag(3, true)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	var err error
	if p.IsFD {
		err = host.FdChmod(f, p.FD, uint32(mode))
	} else {
		err = f.Chmod(dir, p.Name, uint32(mode), follow)
	}
	t.Lock()
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.None
}

func fchmod(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	mode := in.Int(1)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	if err := host.FdChmod(f, fd, uint32(mode)); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func chdir(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "chdir", "path", true)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	var err error
	if p.IsFD {
		err = f.Fchdir(p.FD)
	} else {
		err = f.Chdir(p.Name)
	}
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.None
}

func fchdir(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Fileno(0)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	if err := f.Fchdir(fd); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func getcwd(bytes bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		f := native.Files(t)
		if f == nil {
			return Value{}
		}
		s, err := f.Getwd()
		if err != nil {
			return native.OSError(t, err)
		}
		if bytes {
			return object.MakeBytes(s)
		}
		return native.Decode(s)
	}
}
