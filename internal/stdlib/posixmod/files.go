package posixmod

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// pathCall describes a function of one path and maybe a dir_fd.
func pathCall(fn string, f func(f host.Files, dir int, name string) error) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		p, ok := native.PathArg(t, a[0], fn, "path", false, false)
		if !ok {
			return Value{}
		}
		dir := host.CWD
		if len(a) > 1 {
			if dir, ok = native.DirFD(t, a[1]); !ok {
				return Value{}
			}
		}
		fs := native.Files(t)
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
	mode := 0o777
	if a[1].P != nil {
		n, ok := t.AsCInt(a[1])
		if !ok {
			return Value{}
		}
		mode = n
	}
	return pathCall("mkdir", func(f host.Files, dir int, name string) error {
		return f.Mkdir(dir, name, uint32(mode))
	})(t, []Value{a[0], a[2]})
}

// rename makes rename, replace and link: functions of two paths.
func rename(fn string, do func(f host.Files, dir int, name string, newDir int, newName string) error) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		src, ok := native.PathArg(t, a[0], fn, "src", false, false)
		if !ok {
			return Value{}
		}
		dst, ok := native.PathArg(t, a[1], fn, "dst", false, false)
		if !ok {
			return Value{}
		}
		dir, ok := native.DirFD(t, a[2])
		if !ok {
			return Value{}
		}
		newDir, ok := native.DirFD(t, a[3])
		if !ok {
			return Value{}
		}
		f := native.Files(t)
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
	src, ok := native.PathArg(t, a[0], "symlink", "src", false, false)
	if !ok {
		return Value{}
	}
	dst, ok := native.PathArg(t, a[1], "symlink", "dst", false, false)
	if !ok {
		return Value{}
	}
	dir, ok := native.DirFD(t, a[3])
	if !ok {
		return Value{}
	}
	f := native.Files(t)
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
	p, ok := native.PathArg(t, a[0], "readlink", "path", false, false)
	if !ok {
		return Value{}
	}
	dir, ok := native.DirFD(t, a[1])
	if !ok {
		return Value{}
	}
	f := native.Files(t)
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
	p, ok := native.PathArg(t, a[0], "chmod", "path", true, false)
	if !ok {
		return Value{}
	}
	mode, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	dir, ok := native.DirFD(t, a[2])
	if !ok {
		return Value{}
	}
	follow, ok := native.Flag(t, a[3], true)
	if !ok {
		return Value{}
	}
	f := native.Files(t)
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
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	mode, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	f := native.Files(t)
	if f == nil {
		return Value{}
	}
	if err := host.FdChmod(f, fd, uint32(mode)); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func chdir(t *Thread, a []Value) Value {
	p, ok := native.PathArg(t, a[0], "chdir", "path", true, false)
	if !ok {
		return Value{}
	}
	f := native.Files(t)
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
	fd, ok := native.Fileno(t, a[0])
	if !ok {
		return Value{}
	}
	f := native.Files(t)
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
			return object.Of(object.NewBytes(s))
		}
		return native.Decode(s)
	}
}
