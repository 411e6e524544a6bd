package sysmod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

func get(t *Thread, name string) Value { return t.Interp.Sys.GetName(name) }

// write writes text to a stream of sys; failures are ignored.
func write(t *Thread, stream, text string) {
	f := get(t, stream)
	if f.P == nil || f.IsNone() {
		return
	}
	if t.CallMethod(f, t.Interp.Intern("write"), object.MakeStr(text)).P == nil {
		t.Exc = nil
	}
}

func displayhook(t *Thread, a []Value) Value {
	if a[0].IsNone() {
		return object.None
	}
	b := t.Interp.Builtins
	b.SetName(t, "_", object.None)
	out := get(t, "stdout")
	if out.P == nil || out.IsNone() {
		return t.RuntimeErrorf("lost sys.stdout")
	}
	r := t.Repr(a[0])
	if r == nil {
		return Value{}
	}
	if t.CallMethod(out, t.Interp.Intern("write"), object.Of(r)).P == nil {
		if t.Catch(&object.UnicodeEncodeErrorType) == nil {
			return Value{}
		}
		if !writeEscaped(t, out, r) {
			return Value{}
		}
	}
	if t.CallMethod(out, t.Interp.Intern("write"), object.MakeChar('\n')).P == nil {
		return Value{}
	}
	b.SetName(t, "_", a[0])
	return object.None
}

// writeEscaped writes text that a stream cannot encode with escapes for what it cannot.
func writeEscaped(t *Thread, out Value, text *object.Str) bool {
	encoding := t.GetAttrName(out, "encoding")
	if encoding.P == nil {
		return false
	}
	b := t.CallMethod(object.Of(text), t.Interp.Intern("encode"), encoding, str("backslashreplace"))
	if b.P == nil {
		return false
	}
	buffer, ok := t.FindAttr(out, t.Interp.Intern("buffer"))
	if !ok {
		return false
	}
	if buffer.P != nil {
		return t.CallMethod(buffer, t.Interp.Intern("write"), b).P != nil
	}
	s := t.CallMethod(b, t.Interp.Intern("decode"), encoding, str("strict"))
	return s.P != nil && t.CallMethod(out, t.Interp.Intern("write"), s).P != nil
}

// excepthook prints an exception through module traceback, which knows CPython's form.
func excepthook(t *Thread, a []Value) Value {
	DisplayException(t, a[1])
	return object.None
}

// DisplayException prints an exception to sys.stderr, or that v is none.
func DisplayException(t *Thread, v Value) {
	if v.Type().Flags&object.FlagException == 0 {
		write(t, "stderr", "TypeError: print_exception(): Exception expected for value, "+v.Type().Name+" found\n")
		return
	}
	PrintException(t, v)
}

// PrintException prints an exception with its traceback to sys.stderr.
func PrintException(t *Thread, e Value) {
	saved := t.Exc
	t.Exc = nil
	defer func() { t.Exc = saved }()
	file := get(t, "stderr")
	if file.P == nil || file.IsNone() {
		return
	}
	m := t.Interp.Hooks.Import(t, t.Interp.Intern("traceback"), object.None, object.None, object.Of(object.NewTuple(object.MakeStr("*"))), 0)
	if m.P != nil {
		if f := t.GetAttrName(m, "_print_exception_bltin"); f.P != nil && t.CallArgs(f, e).P != nil {
			return
		}
	}
	// The library is not there or broken.
	t.Exc = nil
	var b strings.Builder
	plainChain(t, &b, object.To[object.Exc](e))
	write(t, "stderr", b.String())
	if t.CallMethod(file, t.Interp.Intern("flush")).P == nil {
		t.Exc = nil
	}
}

// plainChain writes an exception behind those that have led to it, in the form that CPython has for the case that module traceback
// fails: without carets, notes and the members of groups.
func plainChain(t *Thread, b *strings.Builder, e *object.Exc) {
	type link struct {
		e   *object.Exc
		why string // what is said before the next one
	}
	chain := []link{{e: e}}
	seen := map[*object.Exc]bool{e: true}
	for {
		next := link{e.Cause, "\nThe above exception was the direct cause of the following exception:\n\n"}
		if next.e == nil && !e.Suppress {
			next = link{e.Context, "\nDuring handling of the above exception, another exception occurred:\n\n"}
		}
		if e = next.e; e == nil || seen[e] {
			break
		}
		seen[e] = true
		chain = append(chain, next)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		plainException(t, b, chain[i].e)
		b.WriteString(chain[i].why)
	}
}

// plainException writes one exception with its traceback.
func plainException(t *Thread, b *strings.Builder, e *object.Exc) {
	PlainTraceback(t, b, e.TB)
	v := object.Of(e)
	if e.Type.IsSubtype(&object.SyntaxErrorType) {
		file, line := t.GetAttrName(v, "filename"), t.GetAttrName(v, "lineno")
		if !line.IsNil() && !file.IsNil() && line.Is(&object.IntType) && file.IsStr() {
			b.WriteString("  File \"" + file.Str().S + "\", line " + t.Repr(line).S + "\n")
		}
		t.Exc = nil
	}
	b.WriteString(plainName(t, e.Type))
	if s := t.Str(v); s == nil {
		t.Exc = nil
		b.WriteString(": <exception str() failed>")
	} else if s.Len() > 0 {
		b.WriteString(": " + s.S)
	}
	b.WriteByte('\n')
}

// breakpointhook calls what $PYTHONBREAKPOINT names, or pdb.set_trace.
func breakpointhook(t *Thread, args []Value, names *object.Tuple) Value {
	target := environment(t, "PYTHONBREAKPOINT")
	switch target {
	case "0":
		return object.None
	case "":
		target = "pdb.set_trace"
	}
	module, name := "builtins", target
	if i := strings.LastIndexByte(target, '.'); i >= 0 {
		module, name = target[:i], target[i+1:]
	}
	if module == "" {
		return unimportable(t, target)
	}
	m := t.Interp.Hooks.Import(t, t.Interp.Intern(module), object.None, object.None, object.Of(object.NewTuple(object.MakeStr(name))), 0)
	if m.P == nil {
		if t.Catch(&object.ImportErrorType) != nil {
			return unimportable(t, target)
		}
		return m
	}
	f := t.GetAttrName(m, name)
	if f.P == nil {
		if t.Catch(&object.AttributeErrorType) != nil {
			return unimportable(t, target)
		}
		return f
	}
	return t.Call(f, append([]Value(nil), args...), names)
}

func unimportable(t *Thread, target string) Value {
	if !t.Warn(&object.RuntimeWarningType, 0, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"", target) {
		return Value{}
	}
	return object.None
}

// environment returns the value of an environment variable, "" if it is not set or to be ignored.
func environment(t *Thread, name string) string {
	flags := t.Interp.Sys.GetName("flags")
	if flags.P != nil {
		if v := t.GetAttrName(flags, "ignore_environment"); v.P == nil {
			t.Exc = nil
		} else if n, ok := object.AsInt64(v); ok && n != 0 {
			return ""
		}
	}
	env := native.Host(t).Env
	if env == nil {
		return ""
	}
	for _, s := range env.Environ() {
		if v, ok := strings.CutPrefix(s, name+"="); ok {
			return v
		}
	}
	return ""
}
