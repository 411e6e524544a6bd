package interp

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyopts"
)

// streamText is how the standard streams encode text.
type streamText struct {
	encoding, errors string
}

// textOf returns the encoding of the standard streams: UTF-8 in every locale, unless PYTHONIOENCODING says otherwise.
func textOf(o *pyopts.Options, getenv func(string) string) streamText {
	s := streamText{o.IOEncoding, o.IOErrors}
	if s.errors == "" {
		s.errors = "strict"
		if s.encoding == "" {
			// Bytes that are no UTF-8 pass through where nobody promised that there are none.
			if _, lenient := pyopts.CLocale(getenv); lenient || o.UTF8 {
				s.errors = "surrogateescape"
			}
		}
	}
	if s.encoding == "" {
		s.encoding = "utf-8"
	}
	return s
}

// streams makes sys.stdin, stdout and stderr.
func (im *importer) streams(t *Thread, c *Config) error {
	m := im.named(t, "_io")
	if m.P == nil {
		return failure(t, "_io")
	}
	b := t.Interp.Builtins
	b.SetName(t, "open", t.GetAttrName(m, "open"))
	text := textOf(c.Options, environ(t))
	for fd, name := range []string{"stdin", "stdout", "stderr"} {
		if fd == 2 {
			text.errors = "backslashreplace"
		}
		f, ok := im.stream(t, m, c.Options, fd, "<"+name+">", text)
		if !ok {
			return failure(t, "sys."+name)
		}
		t.Interp.Sys.SetName(t, name, f)
		t.Interp.Sys.SetName(t, "__"+name+"__", f)
	}
	return nil
}

// stream makes the file object of a descriptor, or None where the descriptor is closed.
func (im *importer) stream(t *Thread, m Value, o *pyopts.Options, fd int, name string, text streamText) (Value, bool) {
	if h, _ := t.Interp.Host.(*host.Host); h == nil || h.Files == nil || h.Files.Fstat(fd, new(host.Stat)) != nil {
		return object.None, true
	}
	open, wrap := t.GetAttrName(m, "open"), t.GetAttrName(m, "TextIOWrapper")
	if open.P == nil || wrap.P == nil {
		return Value{}, false
	}
	mode, buffering := "wb", -1
	if fd == 0 {
		mode = "rb"
	} else if o.Unbuffered {
		buffering = 0
	}
	buf := t.Call(open, []Value{object.MakeInt(int64(fd)), object.MakeStr(mode), object.MakeInt(int64(buffering)), object.False}, names("buffering", "closefd"))
	if buf.P == nil {
		return Value{}, false
	}
	raw := buf
	if buffering != 0 {
		if raw = t.GetAttrName(buf, "raw"); raw.P == nil {
			return Value{}, false
		}
	}
	tty := t.CallMethod(raw, t.Interp.Intern("isatty"))
	if tty.P == nil || !t.SetAttr(raw, t.Interp.Intern("name"), object.MakeStr(name)) {
		return Value{}, false
	}
	newline := object.MakeStr("\n")
	if windows {
		newline = object.None
	}
	line := o.Interactive > 0 || !o.Unbuffered && (tty == object.True || fd == 2)
	f := t.Call(wrap, []Value{buf, object.MakeStr(text.encoding), object.MakeStr(text.errors), newline, object.MakeBool(line), object.MakeBool(o.Unbuffered && fd > 0)},
		names("encoding", "errors", "newline", "line_buffering", "write_through"))
	if f.P == nil || !t.SetAttr(f, t.Interp.Intern("mode"), object.MakeStr(mode[:1])) {
		return Value{}, false
	}
	return f, true
}

// names returns the names of keyword arguments.
func names(ns ...string) *object.Tuple {
	vs := make([]Value, len(ns))
	for i, n := range ns {
		vs[i] = object.MakeStr(n)
	}
	return object.NewTuple(vs...)
}

// environ returns a lookup of the environment that the interpreter may see.
func environ(t *Thread) func(string) string {
	h, _ := t.Interp.Host.(*host.Host)
	if h == nil || h.Env == nil {
		return func(string) string { return "" }
	}
	env := h.Env.Environ()
	return func(name string) string {
		for _, e := range env {
			if len(e) > len(name) && e[len(name)] == '=' && e[:len(name)] == name {
				return e[len(name)+1:]
			}
		}
		return ""
	}
}
