package native

import (
	"github.com/krait-py/krait/internal/host"
)

// Args converts the arguments of a function, one after the other. Once one is wrong the exception is set, and those behind it are not looked at: the
// function asks [Args.Files] or [Args.Failed] when it has them all.
type Args struct {
	t      *Thread
	a      []Value
	failed bool
}

// ArgsOf returns what converts the arguments a.
func ArgsOf(t *Thread, a []Value) Args { return Args{t: t, a: a} }

// Failed reports whether an argument was wrong.
func (r *Args) Failed() bool { return r.failed }

// convert is what the methods do.
func convert[T any](r *Args, i int, f func(t *Thread, v Value) (T, bool)) (x T) {
	if r.failed {
		return x
	}
	x, ok := f(r.t, r.a[i])
	r.failed = !ok
	return x
}

// Int is argument i as a C int.
func (r *Args) Int(i int) int { return convert(r, i, (*Thread).AsCInt) }

// IntOr is Int for an argument that may be missing.
func (r *Args) IntOr(i, def int) int {
	if r.a[i].P == nil {
		return def
	}
	return r.Int(i)
}

// Int64 is argument i as an offset in a file.
func (r *Args) Int64(i int) int64 { return convert(r, i, Int64) }

// Fileno is argument i as a descriptor, or something with a fileno method.
func (r *Args) Fileno(i int) int { return convert(r, i, Fileno) }

// DirFD is argument i as the directory that paths start from.
func (r *Args) DirFD(i int) int { return convert(r, i, DirFD) }

// Flag is argument i as a truth value; def: if it is missing.
func (r *Args) Flag(i int, def bool) bool {
	if r.failed {
		return def
	}
	res, ok := Flag(r.t, r.a[i], def)
	r.failed = !ok
	return res
}

// Path is argument i, named arg, of function fn as a path, or as a descriptor where fd allows that.
func (r *Args) Path(i int, fn, arg string, fd bool) (p Path) {
	if r.failed {
		return p
	}
	p, ok := PathArg(r.t, r.a[i], fn, arg, fd, false)
	r.failed = !ok
	return p
}

// Files returns the files of the system; nil if an argument was wrong, or there are none, and then there is an exception.
func (r *Args) Files() host.Files {
	if r.failed {
		return nil
	}
	return Files(r.t)
}
