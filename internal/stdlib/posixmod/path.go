package posixmod

import (
	"strings"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// Functions on the text of paths; os.path has them from here.

// pathText returns the text of a path: str or bytes. Unlike paths for the system, it may have null characters.
func pathText(t *Thread, v Value, fn, arg string) (s string, isBytes, ok bool) {
	if !v.IsStr() && v.Type().Flags&object.FlagBytes == 0 {
		p, found := t.CallSpecial(v, nameFspath)
		if !found {
			t.TypeErrorf("%s: %s should be string, bytes or os.PathLike, not %s", fn, arg, v.Type().Name)
			return "", false, false
		}
		if p.P == nil {
			return "", false, false
		}
		if !p.IsStr() && p.Type().Flags&object.FlagBytes == 0 {
			t.TypeErrorf("expected %s.__fspath__() to return str or bytes, not %s", v.Type().Name, p.Type().Name)
			return "", false, false
		}
		v = p
	}
	if v.IsStr() {
		return v.Str().S, false, true
	}
	return object.To[object.Bytes](v).S, true, true
}

var nameFspath = object.StaticName("__fspath__")

func textValue(s string, isBytes bool) Value {
	if isBytes {
		return object.MakeBytes(s)
	}
	return object.MakeStr(s)
}

// pathNormpath is os.path.normpath.
func pathNormpath(t *Thread, a []Value) Value {
	s, isBytes, ok := pathText(t, a[0], "_path_normpath", "path")
	if !ok {
		return Value{}
	}
	return textValue(normpath(s), isBytes)
}

func normpath(s string) string {
	if s == "" {
		return "."
	}
	_, root, rest := splitroot(s)
	out := make([]byte, 0, len(s))
	out = append(out, root...)
	base := len(out)
	depth := 0 // components that .. can take back
	for len(rest) > 0 {
		part := rest
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			part, rest = rest[:i], rest[i+1:]
		} else {
			rest = ""
		}
		switch part {
		case "", ".":
			continue
		case "..":
			if depth > 0 {
				depth--
				i := len(out) - 1
				for i > base && out[i] != '/' {
					i--
				}
				out = out[:max(i, base)]
				continue
			}
			if root != "" {
				continue
			}
		default:
			depth++
		}
		if len(out) > base {
			out = append(out, '/')
		}
		out = append(out, part...)
	}
	if len(out) == 0 {
		return "."
	}
	return string(out)
}

// splitroot splits a path as os.path.splitroot does. Two slashes at the start mean something of their own, three do not.
func splitroot(s string) (drive, root, tail string) {
	switch {
	case s == "" || s[0] != '/':
		return "", "", s
	case len(s) >= 2 && s[1] == '/' && (len(s) == 2 || s[2] != '/'):
		return "", "//", s[2:]
	}
	return "", "/", s[1:]
}

func pathSplitrootEx(t *Thread, a []Value) Value {
	s, isBytes, ok := pathText(t, a[0], "_path_splitroot_ex", "path")
	if !ok {
		return Value{}
	}
	drive, root, tail := splitroot(s)
	return object.Of(object.NewTuple(textValue(drive, isBytes), textValue(root, isBytes), textValue(tail, isBytes)))
}

func fspath(t *Thread, a []Value) Value { return native.Fspath(t, a[0]) }

// statOf is stat for functions that answer with a bool.
func statOf(t *Thread, p *native.Path, dir int, follow bool, st *host.Stat) error {
	f := native.Files(t)
	if f == nil {
		return errNotGranted
	}
	t.Unlock()
	var err error
	if p.IsFD {
		err = f.Fstat(p.FD, st)
	} else {
		err = f.Stat(dir, p.Name, follow, st)
	}
	t.Lock()
	return err
}
