//go:build linux || darwin

package posixmod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var confMethods = []object.MethodDef{
	{Name: "sysconf", Sig: "(name, /)", Fn: sysconf, Doc: "Return an integer-valued system configuration variable."},
	{Name: "confstr", Sig: "(name, /)", Fn: confstr, Doc: "Return a string-valued system configuration variable."},
	{Name: "pathconf", Sig: "(path, name)", Fn: pathconf, Doc: "Return the configuration limit name for the file or directory path.\n\nIf there is no limit, return -1."},
	{Name: "fpathconf", Sig: "(fd, name, /)", Fn: fpathconf, Doc: "Return the configuration limit name for the file descriptor fd.\n\nIf there is no limit, return -1."},
}

// confName converts the name of a variable: a str or a number.
func confName(t *Thread, v Value, names map[string]int) (int, bool) {
	switch {
	case v.Type().Index != nil:
		return t.AsCInt(v)
	case !v.IsStr():
		t.TypeErrorf("configuration names must be strings or integers")
		return 0, false
	}
	n, ok := names[v.Str().S]
	if !ok {
		t.ValueErrorf("unrecognized configuration name")
	}
	return n, ok
}

func sysconf(t *Thread, a []Value) Value {
	n, ok := confName(t, a[0], sysconfNames())
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	x, err := s.Sysconf(n)
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(x)
}

func confstr(t *Thread, a []Value) Value {
	n, ok := confName(t, a[0], confstrNames())
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	x, ok, err := s.Confstr(n)
	switch {
	case err != nil:
		return native.OSError(t, err)
	case !ok:
		return object.None
	}
	return native.Decode(x)
}

func pathconf(t *Thread, a []Value) Value {
	p, ok := native.PathArg(t, a[0], "pathconf", "path", true, false)
	if !ok {
		return Value{}
	}
	n, ok := confName(t, a[1], pathconfNames())
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
	x, err := s.Pathconf(p.Name, fd, n)
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.MakeInt(x)
}

func fpathconf(t *Thread, a []Value) Value {
	fd, ok := native.Fileno(t, a[0])
	if !ok {
		return Value{}
	}
	n, ok := confName(t, a[1], pathconfNames())
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	x, err := s.Pathconf("", fd, n)
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(x)
}
