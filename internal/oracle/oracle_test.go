package oracle

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/pyver"
)

// each runs f with a session of every interpreter that is found here.
func each(t *testing.T, f func(t *testing.T, s *Session)) {
	t.Helper()
	for _, v := range pyver.All() {
		if v > pyver.Py27 && v < pyver.Py36 {
			continue
		}
		t.Run(v.String(), func(t *testing.T) {
			if testing.Short() && v == pyver.Py315 {
				t.Skip("starting pyodide takes seconds")
			}
			in, err := Find(v)
			if err != nil {
				t.Skip(err)
			}
			s := in.Start(Config{})
			defer s.Close()
			f(t, s)
		})
	}
}

func TestAnswers(t *testing.T) {
	each(t, func(t *testing.T, s *Session) {
		v := s.Interpreter.Version
		if !strings.HasPrefix(s.Interpreter.Release, v.String()+".") {
			t.Errorf("release %q of version %v", s.Interpreter.Release, v)
		}
		if got, err := s.Eval("6 * 7"); err != nil || got != "42" {
			t.Errorf("6 * 7 = %q, %v", got, err)
		}
		pyc, err := s.Compile([]byte("def f(x):\n    assert x in {3, 1, 2}\n"), "a/b.py", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(pyc[:4]); got != s.Interpreter.Magic {
			t.Errorf("pyc starts with %q, want %q", got, s.Interpreter.Magic)
		}
		texts, err := s.Dis(pyc, "", "")
		if err != nil || len(texts) != 2 {
			t.Fatalf("dis: %d texts, %v", len(texts), err)
		}
		for _, want := range []string{"\nDisassembly of <code object f at 0x", "RAISE_VARARGS", `file "a/b.py", line 1>`} {
			if !strings.Contains(texts[0], want) {
				t.Errorf("dis has no %q:\n%s", want, texts[0])
			}
		}
		if v > pyver.Py27 && !strings.Contains(texts[0], "frozenset({1, 2, 3})") {
			t.Errorf("dis has no sorted set:\n%s", texts[0])
		}
		show, err := s.Show(pyc)
		switch {
		case v == pyver.Py27:
			if !errors.Is(err, ErrUnsupported) {
				t.Errorf("show_code: %v, want ErrUnsupported", err)
			}
		case err != nil || !strings.Contains(show, "\n\nName:              f\n"):
			t.Errorf("show: %v\n%s", err, show)
		}
		if lines, err := s.Lines(pyc); err != nil || !strings.Contains(lines, "f:\n") {
			t.Errorf("lines: %v\n%s", err, lines)
		}
		if v >= pyver.Py311 {
			if p, err := s.Positions(pyc); err != nil || !strings.Contains(p, "f:\n") {
				t.Errorf("positions: %v\n%s", err, p)
			}
		}
		if v > pyver.Py27 {
			e, err := s.StackEffects([]Effect{{Opcode: 1, NoArg: true, Jump: -1}, {Opcode: 9999, NoArg: true, Jump: -1}})
			if err != nil || len(e) != 2 || e[1] != nil {
				t.Errorf("stack effects: %v, %v", e, err)
			}
		}
		opt, err := s.Compile([]byte("def f(x):\n    assert x in {3, 1, 2}\n"), "a/b.py", 1)
		if err != nil || strings.Contains(string(opt), "AssertionError") || len(opt) >= len(pyc) {
			t.Errorf("level 1 keeps the assertion (%v)", err)
		}
	})
}

func TestErrors(t *testing.T) {
	each(t, func(t *testing.T, s *Session) {
		var e *Error
		if _, err := s.Compile([]byte("a b\n"), "x", 0); !errors.As(err, &e) || e.Kind != "SyntaxError" {
			t.Errorf("compile: %v, want a SyntaxError", err)
		}
		if s.Interpreter.pyodide {
			return // cannot die of os._exit, and takes long to start
		}
		if _, err := s.Exec("import os, sys; sys.stderr.write('oops'); sys.stderr.flush(); os._exit(3)"); err == nil || !strings.Contains(err.Error(), "oops") {
			t.Errorf("a dead process: %v, want what it wrote", err)
		}
		s.timeout = 200 * time.Millisecond
		if _, err := s.Exec("import time; time.sleep(60)"); err == nil || !strings.Contains(err.Error(), "no answer") {
			t.Errorf("a slow process: %v, want a timeout", err)
		}
		s.timeout = time.Minute
		if got, err := s.Eval("1"); err != nil || got != "1" {
			t.Errorf("after that: %q, %v", got, err)
		}
	})
}

func TestUnpackFields(t *testing.T) {
	want := []string{"", "a", "bcd"}
	got, err := unpackFields(packFields(want))
	if err != nil || strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, %v", got, err)
	}
	for _, bad := range []string{"\x00", "\x00\x00\x00\x05abc", "\xff\xff\xff\xffabc"} {
		if f, err := unpackFields([]byte(bad)); err == nil {
			t.Errorf("%q: got %q, want an error", bad, f)
		}
	}
}
