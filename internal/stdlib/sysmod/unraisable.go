package sysmod

import (
	"strconv"
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/vm"
)

// Unraisable reports an exception that nobody can catch through sys.unraisablehook.
func Unraisable(t *Thread, message string, obj Value) {
	e := t.Exc
	if e == nil {
		return
	}
	t.Exc = nil
	if obj.P == nil {
		obj = object.None
	}
	hook := get(t, "unraisablehook")
	if hook.P == nil || hook.IsNone() {
		printUnraisable(t, object.Of(e), message, obj)
		return
	}
	tb := object.None
	if e.TB != nil {
		tb = object.Of(e.TB)
	}
	msg := object.None
	if message != "" {
		msg = object.MakeStr(message)
	}
	if t.CallArgs(hook, object.MakeStructSeq(&unraisableType, object.Of(e.Type), object.Of(e), tb, msg, obj)).P == nil {
		e = t.Exc
		t.Exc = nil
		printUnraisable(t, object.Of(e), "Exception ignored in sys.unraisablehook", hook)
	}
}

// unraisablehook is what sys.unraisablehook is at first.
func unraisablehook(t *Thread, a []Value) Value {
	if !a[0].Is(unraisableType.Type()) {
		return t.TypeErrorf("sys.unraisablehook argument type must be UnraisableHookArgs")
	}
	f := object.To[object.Tuple](a[0]).Items()
	msg := ""
	if !f[3].IsNone() {
		s := t.Str(f[3])
		if s == nil {
			return Value{}
		}
		msg = s.S
	}
	printUnraisable(t, f[1], msg, f[4])
	return object.None
}

// printUnraisable prints an exception that nobody can catch to sys.stderr, plainly: without carets, notes and causes, and without calling
// more of the library than has to be, since that may be what fails.
func printUnraisable(t *Thread, exc Value, msg string, obj Value) {
	var b strings.Builder
	switch {
	case !obj.IsNone():
		if msg == "" {
			msg = "Exception ignored in"
		}
		b.WriteString(msg + ": ")
		if r := t.Repr(obj); r != nil {
			b.WriteString(r.S)
		} else {
			t.Exc = nil
			b.WriteString("<object repr() failed>")
		}
		b.WriteByte('\n')
	case msg != "":
		b.WriteString(msg + ":\n")
	}
	if exc.Type().Flags&object.FlagException != 0 {
		e := object.To[object.Exc](exc)
		PlainTraceback(t, &b, e.TB)
		b.WriteString(plainName(t, e.Type) + ": ")
		if s := t.Str(exc); s != nil {
			b.WriteString(s.S)
		} else {
			t.Exc = nil
			b.WriteString("<exception str() failed>")
		}
		b.WriteByte('\n')
	}
	write(t, "stderr", b.String())
	if f := get(t, "stderr"); f.P != nil && !f.IsNone() && t.CallMethod(f, t.Interp.Intern("flush")).P == nil {
		t.Exc = nil
	}
}

// plainName is what an exception's type is called by.
func plainName(t *Thread, c *object.Type) string {
	name := object.Of(c)
	q := t.GetAttrName(name, "__qualname__")
	if q.P == nil || !q.IsStr() {
		t.Exc = nil
		return "<unknown>"
	}
	m := t.GetAttrName(name, "__module__")
	if m.P == nil || !m.IsStr() {
		t.Exc = nil
		return "<unknown>." + q.Str().S
	}
	if s := m.Str().S; s != "builtins" && s != "__main__" {
		return s + "." + q.Str().S
	}
	return q.Str().S
}

// repeatShown is how often lines that repeat are shown.
const repeatShown = 3

// PlainTraceback writes the lines of a traceback, without carets.
func PlainTraceback(t *Thread, b *strings.Builder, tb *object.Traceback) {
	limit := 1000
	if v := get(t, "tracebacklimit"); v.P != nil && v.Is(&object.IntType) {
		if n, ok := object.AsInt64(v); !ok || n < int64(limit) {
			limit = max(int(n), 0)
		}
	}
	if tb == nil || limit == 0 {
		return
	}
	b.WriteString("Traceback (most recent call last):\n")
	depth := 0
	for x := tb; x != nil; x = x.Next {
		depth++
	}
	for ; depth > limit; depth-- {
		tb = tb.Next
	}
	last, count := "", 0
	repeated := func() {
		if n := count - repeatShown; n > 0 {
			b.WriteString("  [Previous line repeated " + strconv.Itoa(n) + " more time")
			if n > 1 {
				b.WriteByte('s')
			}
			b.WriteString("]\n")
		}
	}
	for ; tb != nil; tb = tb.Next {
		file, name, line, known := vm.TracebackPlace(tb)
		where := "?"
		if known {
			where = strconv.Itoa(line)
		}
		text := "  File \"" + file + "\", line " + where + ", in " + name + "\n"
		if text != last {
			repeated()
			last, count = text, 0
		}
		if count++; count > repeatShown {
			continue
		}
		b.WriteString(text)
		if known {
			if text := native.SourceLine(t, file, line); text != "" {
				b.WriteString("    " + text + "\n")
			}
		}
	}
	repeated()
}
