package native

import (
	"strings"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/strs"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Host returns the host of the thread's interpreter, which is never nil: one that grants nothing if none was given.
func Host(t *Thread) *host.Host {
	h, _ := t.Interp.Host.(*host.Host)
	if h == nil {
		return &nothing
	}
	return h
}

var nothing host.Host

// Files returns the files that the interpreter may use; nil with PermissionError set if there are none.
func Files(t *Thread) host.Files {
	f := Host(t).Files
	if f == nil {
		OSErrorCode(t, 1)
	}
	return f
}

// OSErrorCode raises the OSError of an error number, with names of files that may be no value.
func OSErrorCode(t *Thread, code int, names ...Value) Value {
	return raise(t, code, host.Strerror(code), names)
}

// OSError raises the OSError for an error of the host.
func OSError(t *Thread, err error, names ...Value) Value {
	code, text := host.Code(err)
	return raise(t, code, text, names)
}

func raise(t *Thread, code int, text string, names []Value) Value {
	args := [5]Value{object.MakeInt(int64(code)), object.MakeStr(text), object.None, object.None, object.None}
	n := 2
	if len(names) > 0 && names[0].P != nil {
		args[2], n = names[0], 3
		if len(names) > 1 && names[1].P != nil {
			args[4], n = names[1], 5
		}
	}
	return t.RaiseNew(&object.OSErrorType, args[:n]...)
}

// Encode is os.fsencode of a str's text: a surrogate that stands for a byte becomes it. False: UnicodeEncodeError is set.
func Encode(t *Thread, s *object.Str) (string, bool) {
	if s.IsASCII() {
		return s.S, true
	}
	b, err := strs.UTF8.Encode(s.S, strs.SurrogateEscape, nil)
	if err == nil {
		return b, true
	}
	if e, ok := err.(*strs.CodecError); ok {
		t.RaiseNew(&object.UnicodeEncodeErrorType, object.MakeStr("utf-8"), object.Of(s), object.MakeInt(int64(e.Start)), object.MakeInt(int64(e.End)), object.MakeStr(e.Reason))
	}
	return "", false
}

// Decode is os.fsdecode of bytes: those that are no UTF-8 become surrogates.
func Decode(s string) Value {
	n, ok := strs.ValidUTF8(s)
	if ok {
		return object.Of(object.NewStrN(s, n))
	}
	d, err := strs.UTF8.Decode(s, true, strs.SurrogateEscape, nil)
	if err != nil {
		return object.MakeStr(strings.ToValidUTF8(s, "\uFFFD"))
	}
	return object.Of(object.NewStrN(d.Text, d.Points))
}

// Path is a name of a file that a program gave, or a descriptor in its place.
type Path struct {
	Name string // as the system takes it
	// Value is what messages show: the str or bytes given or made by __fspath__.
	Value   Value
	IsBytes bool
	IsFD    bool
	FD      int
}

// Decoded returns a name read from the system in the kind that the path has: str or bytes.
func (p *Path) Decoded(name string) Value {
	if p.IsBytes {
		return object.MakeBytes(name)
	}
	return Decode(name)
}

var nameFspath = object.StaticName("__fspath__")

// PathArg converts the argument arg of function fn to a path. With fd, an int is taken for a descriptor; with none, None stands for ".".
func PathArg(t *Thread, v Value, fn, arg string, fd, none bool) (p Path, ok bool) {
	if v.IsStr() {
		return strPath(t, v, fn, arg)
	}
	cls := v.Type()
	switch {
	case cls.Flags&object.FlagBytes != 0:
		return bytesPath(t, v, fn, arg)
	case none && v.IsNone():
		return Path{Name: ".", Value: object.None}, true
	case fd && cls.Index != nil:
		n, ok := dirFD(t, v)
		return Path{Value: v, IsFD: true, FD: n}, ok
	}
	x, found := t.CallSpecial(v, nameFspath)
	if !found {
		kinds := "string, bytes or os.PathLike"
		switch {
		case fd && none:
			kinds = "string, bytes, os.PathLike, integer or None"
		case fd:
			kinds = "string, bytes, os.PathLike or integer"
		case none:
			kinds = "string, bytes, os.PathLike or None"
		}
		t.TypeErrorf("%s: %s should be %s, not %s", fn, arg, kinds, cls.ShortName())
		return p, false
	}
	switch {
	case x.P == nil:
		return p, false
	case x.IsStr():
		return strPath(t, x, fn, arg)
	case x.Type().Flags&object.FlagBytes != 0:
		return bytesPath(t, x, fn, arg)
	}
	t.TypeErrorf("expected %s.__fspath__() to return str or bytes, not %s", cls.Name, x.Type().Name)
	return p, false
}

func strPath(t *Thread, v Value, fn, arg string) (p Path, ok bool) {
	s, ok := Encode(t, v.Str())
	if !ok {
		return p, false
	}
	if strings.IndexByte(s, 0) >= 0 {
		t.ValueErrorf("%s: embedded null character in %s", fn, arg)
		return p, false
	}
	return Path{Name: s, Value: v}, true
}

func bytesPath(t *Thread, v Value, fn, arg string) (p Path, ok bool) {
	s := object.To[object.Bytes](v).S
	if strings.IndexByte(s, 0) >= 0 {
		t.ValueErrorf("%s: embedded null character in %s", fn, arg)
		return p, false
	}
	return Path{Name: s, Value: v, IsBytes: true}, true
}

// Fspath is os.fspath: a str or bytes, or no value with TypeError set.
func Fspath(t *Thread, v Value) Value {
	if v.IsStr() || v.Type().Flags&object.FlagBytes != 0 {
		return v
	}
	x, found := t.CallSpecial(v, nameFspath)
	switch {
	case !found:
		return t.TypeErrorf("expected str, bytes or os.PathLike object, not %s", v.Type().ShortName())
	case x.P == nil || x.IsStr() || x.Type().Flags&object.FlagBytes != 0:
		return x
	}
	return t.TypeErrorf("expected %s.__fspath__() to return str or bytes, not %s", v.Type().Name, x.Type().Name)
}

// FD converts an int to a descriptor.
func FD(t *Thread, v Value) (int, bool) {
	if v.IsBool() && !t.Warn(&object.RuntimeWarningType, 1, "bool is used as a file descriptor") {
		return 0, false
	}
	return t.AsCInt(v)
}

// dirFD is FD with the messages that paths and directories have.
func dirFD(t *Thread, v Value) (int, bool) {
	if v.IsBool() && !t.Warn(&object.RuntimeWarningType, 1, "bool is used as a file descriptor") {
		return 0, false
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	switch {
	case !ok && object.AsBig(x).Sign() > 0 || ok && n > 1<<31-1:
		t.OverflowErrorf("fd is greater than maximum")
		return 0, false
	case !ok || n < -1<<31:
		t.OverflowErrorf("fd is less than minimum")
		return 0, false
	}
	return int(n), true
}

// DirFD converts an argument dir_fd: no value and None stand for the current directory.
func DirFD(t *Thread, v Value) (int, bool) {
	if v.P == nil || v.IsNone() {
		return host.CWD, true
	}
	if v.Type().Index == nil {
		t.TypeErrorf("argument should be integer or None, not %s", v.Type().Name)
		return 0, false
	}
	return dirFD(t, v)
}

// Flag converts an optional argument that is true or false.
func Flag(t *Thread, v Value, def bool) (res, ok bool) {
	if v.P == nil {
		return def, true
	}
	return t.IsTrue(v)
}

// Int32 converts v to a C int with the errors that arguments have which C functions parse by a format; most others: Thread.AsCInt.
func Int32(t *Thread, v Value) (int, bool) {
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	if !ok {
		t.OverflowErrorf("Python int too large to convert to C int")
		return 0, false
	}
	switch {
	case n > 1<<31-1:
		t.OverflowErrorf("signed integer is greater than maximum")
		return 0, false
	case n < -1<<31:
		t.OverflowErrorf("signed integer is less than minimum")
		return 0, false
	}
	return int(n), true
}

// Int64 converts v to a C long.
func Int64(t *Thread, v Value) (int64, bool) {
	if v.IsInt() {
		return v.Int(), true
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	if !ok {
		t.OverflowErrorf("Python int too large to convert to C long")
	}
	return n, ok
}

var nameFileno = object.StaticName("fileno")

// Fileno returns the descriptor of an int or of an object with fileno().
func Fileno(t *Thread, v Value) (int, bool) {
	if v.Type().Flags&object.FlagInt != 0 {
		if v.IsBool() && !t.Warn(&object.RuntimeWarningType, 1, "bool is used as a file descriptor") {
			return 0, false
		}
		n, ok := t.AsCInt(v)
		return checkFD(t, n, ok)
	}
	f, ok := t.FindAttr(v, nameFileno)
	if !ok {
		return 0, false
	}
	if f.P == nil {
		t.TypeErrorf("argument must be an int, or have a fileno() method.")
		return 0, false
	}
	x := t.CallArgs(f)
	if x.P == nil {
		return 0, false
	}
	if x.Type().Flags&object.FlagInt == 0 {
		t.TypeErrorf("fileno() returned a non-integer")
		return 0, false
	}
	n, ok := t.AsCInt(x)
	return checkFD(t, n, ok)
}

func checkFD(t *Thread, n int, ok bool) (int, bool) {
	if ok && n < 0 {
		t.ValueErrorf("file descriptor cannot be a negative integer (%d)", n)
		return 0, false
	}
	return n, ok
}

// Errno returns the number and the text of an error of the host.
func Errno(err error) (code int, text string) { return host.Code(err) }
