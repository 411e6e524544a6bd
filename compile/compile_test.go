package compile_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
)

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	object, found := compile.Source(ctx, []byte("x = 1\n"), compile.Options{Filename: "x.py"})
	if object != nil || len(found) != 1 || found[0].Type != "KeyboardInterrupt" || found[0].Filename != "x.py" {
		t.Errorf("got %v, %v, want a KeyboardInterrupt", object, found)
	}
}

// TestCancelledUnderWay cancels when the first stages are done.
func TestCancelledUnderWay(t *testing.T) {
	for _, at := range []compile.StageName{compile.Tokens, compile.Parsed, compile.Preprocessed} {
		ctx, cancel := context.WithCancel(context.Background())
		later := false
		object, found := compile.Source(ctx, []byte("'\\d'\nx = 1\n"), compile.Options{Observe: func(s compile.Stage) {
			switch s.Name {
			case at:
				cancel()
			case compile.Generated:
				later = true
			}
		}})
		cancel()
		if object != nil || later || len(found) == 0 || found[len(found)-1].Type != "KeyboardInterrupt" {
			t.Errorf("cancelled at %s: got %v, %v, code generated: %v", at, object, found, later)
		}
	}
}

// TestWarnings: warnings come in the order of the stages, beside the code object, and
// before the error if there is one.
func TestWarnings(t *testing.T) {
	const text = "x = '\\d'\nx is 1\nassert (x, 1)\n"
	object, found := compile.Source(context.Background(), []byte(text), compile.Options{})
	if object == nil || len(found) != 3 {
		t.Fatalf("got %v, %v, want three warnings", object, found)
	}
	for i, line := range []int{1, 2, 3} {
		if d := found[i]; d.Type != "SyntaxWarning" || d.Severity != source.Warning || d.Line != line || d.Filename != "<string>" {
			t.Errorf("%d: got %+v", i, d)
		}
	}
	object, found = compile.Source(context.Background(), []byte(text+"return\n"), compile.Options{})
	if object != nil || len(found) == 0 || found[len(found)-1].Severity == source.Warning || found[len(found)-1].Message != "'return' outside function" {
		t.Errorf("got %v, %v, want warnings and the error", object, found)
	}
}

// TestStages: every stage is observed, in order, inner functions before outer ones.
func TestStages(t *testing.T) {
	var got []string
	compile.Source(context.Background(), []byte("def f():\n    def g(): pass\n"), compile.Options{Observe: func(s compile.Stage) {
		name := string(s.Name)
		if s.Unit != nil {
			name += " " + s.Unit.QualName
		}
		if len(got) == 0 || got[len(got)-1] != name {
			got = append(got, name)
		}
	}})
	want := "tokens ast preprocessed symtable"
	for _, unit := range []string{"f.<locals>.g", "f", "<module>"} {
		want += " codegen " + unit + " flowgraph " + unit + " final " + unit
	}
	if s := strings.Join(got, " "); s != strings.ReplaceAll(want, "<module>", moduleName(got)) {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// moduleName returns what the last stage calls its unit.
func moduleName(stages []string) string {
	_, name, _ := strings.Cut(stages[len(stages)-1], " ")
	return name
}

// TestModes compiles what is no module.
func TestModes(t *testing.T) {
	for _, tt := range []struct {
		mode parser.Mode
		text string
		ok   bool
	}{
		{parser.Eval, "1 + x", true},
		{parser.Eval, "x = 1", false},
		{parser.Single, "x = 1\n", true},
		{parser.Single, "x = 1\ny = 2\n", false},
		{parser.Exec, "", true},
	} {
		object, found := compile.Source(context.Background(), []byte(tt.text), compile.Options{Mode: tt.mode})
		if (object != nil) != tt.ok {
			t.Errorf("mode %v, %q: got %v, %v, want ok %v", tt.mode, tt.text, object, found, tt.ok)
		}
	}
}

// TestFlags: flags of __future__ imports in force change code, and stand in it.
func TestFlags(t *testing.T) {
	const text = "def f(x: undefined + 1): pass\n"
	object, _ := compile.Source(context.Background(), []byte(text), compile.Options{Flags: code.FutureAnnotations})
	if object == nil || object.Flags&code.FutureAnnotations == 0 {
		t.Fatalf("got %v", object)
	}
	found := false
	for o := range object.All() {
		for _, v := range o.Consts.Items {
			s, ok := v.(*code.Str)
			found = found || ok && s.S == "undefined + 1"
		}
	}
	if !found {
		t.Error("the annotation has not become a string")
	}
	if object, _ := compile.Source(context.Background(), []byte("1 <> 2\n"), compile.Options{Flags: code.FutureBarryAsFLUFL}); object == nil {
		t.Error("<> is refused")
	}
	if object, _ := compile.Source(context.Background(), []byte("await x\n"), compile.Options{TopLevelAwait: true}); object == nil || object.Flags&code.Coroutine == 0 {
		t.Errorf("await at the top: got %v", object)
	}
}

// TestCompilerAgain: what a Compiler has compiled before, or failed to, does not show.
func TestCompilerAgain(t *testing.T) {
	var c compile.Compiler
	var w marshal.Fresh
	all := programs(t)
	first := make([][]byte, len(all))
	for round := range 2 {
		for i := range all {
			if round == 1 {
				i = len(all) - 1 - i
			}
			object, _ := c.Source(all[i].text, compile.Options{Filename: all[i].name})
			if object == nil {
				continue
			}
			b, err := w.Append(nil, object)
			if err != nil {
				t.Fatalf("%s: %v", all[i].name, err)
			}
			if round == 0 {
				first[i] = b
			} else if !bytes.Equal(first[i], b) {
				t.Errorf("%s: not the same after other files", all[i].name)
			}
		}
	}
}
