package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

const example = "../../testdata/example/"

// run runs a command line and returns its outputs and exit status.
func run(args ...string) (stdout, stderr string, status int) {
	var out, err bytes.Buffer
	status = Run(args, Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err})
	return out.String(), err.String(), status
}

func TestExitStatus(t *testing.T) {
	for _, test := range []struct {
		args []string
		want int
	}{
		{[]string{"version"}, exitOK},
		{[]string{"dis", example + "hello.pyc"}, exitOK},
		{[]string{"dis", example + "hello.py"}, exitOK},
		{[]string{"dis", example + "broken.py"}, exitFailed},
		{[]string{"dis", example + "hello.pyc", "nope.pyc"}, exitFailed},
		{[]string{"dis", "-C", "testdata/pyc/fib.3.8.pyc"}, exitFailed},
		{[]string{"opcodes", "NO_SUCH"}, exitFailed},
		{[]string{"dis"}, exitUsage},
		{[]string{"nope"}, exitUsage},
		{[]string{"dis", "--nope"}, exitUsage},
	} {
		if _, _, got := run(test.args...); got != test.want {
			t.Errorf("krait %q: exit status %d, want %d", test.args, got, test.want)
		}
	}
}

// The examples in help texts print what they say.
func TestHelpExamples(t *testing.T) {
	t.Chdir("../..")
	ran := 0
	for _, cmd := range NewRoot(Env{}).Commands() {
		for example := range strings.SplitSeq(cmd.Example, "  $ ") {
			line, want, ok := strings.Cut(example, "\n")
			line, isKrait := strings.CutPrefix(line, "krait ")
			if !ok || !isKrait || strings.TrimSpace(want) == "" {
				continue
			}
			ran++
			stdout, stderr, status := run(strings.Fields(line)...)
			got := "  " + strings.ReplaceAll(strings.TrimSpace("x" + stdout)[1:], "\n", "\n  ")
			got = strings.ReplaceAll(got, "\n  \n", "\n\n")
			if got != strings.TrimRight(want, "\n ") || status != exitOK {
				t.Errorf("krait %s: status %d, %s\ngot:\n%s\nwant:\n%s", line, status, stderr, got, want)
			}
		}
	}
	if ran < 4 {
		t.Errorf("found %d examples with output, want at least 4", ran)
	}
}

// Inputs are worked on in parallel, but their output and errors come in order.
func TestOrder(t *testing.T) {
	dir := t.TempDir()
	hello, err := os.ReadFile(example + "hello.pyc")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"dis"}
	var want strings.Builder
	single, _, _ := run("dis", example+"hello.pyc")
	for i := range 40 {
		name := filepath.Join(dir, fmt.Sprintf("%02d.pyc", i))
		args = append(args, name)
		if i%7 == 3 {
			continue // this one is missing
		}
		if err := os.WriteFile(name, hello, 0o666); err != nil {
			t.Fatal(err)
		}
		if want.Len() > 0 {
			want.WriteString("\n")
		}
		want.WriteString("# " + name + "\n" + single)
	}
	stdout, stderr, status := run(args...)
	if stdout != want.String() {
		t.Errorf("output of %d files is not that of each in their order", len(args)-1)
	}
	if lines := strings.Split(strings.TrimSpace(stderr), "\n"); len(lines) != 6 || !slices.IsSorted(lines) {
		t.Errorf("errors are %q, want 6 in order", lines)
	}
	if status != exitFailed {
		t.Errorf("exit status %d, want %d", status, exitFailed)
	}
}

// failingWriter fails once it has taken some bytes.
type failingWriter struct {
	left int
	err  error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, w.err
	}
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	full := errors.New("disk full")
	for _, test := range []struct {
		err    error
		status int
		stderr string
	}{
		{syscall.EPIPE, exitOK, ""},
		{full, exitFailed, "krait: disk full\n"},
	} {
		for _, args := range [][]string{
			{"dis", example + "hello.pyc", "nope.pyc", example},
			{"dis", "--format", "json", example},
			{"show", example}, {"pyc", example}, {"opcodes"}, {"version"},
		} {
			var stderr bytes.Buffer
			got := Run(args, Env{Stdout: &failingWriter{10, test.err}, Stderr: &stderr})
			if got != test.status || stderr.String() != test.stderr {
				t.Errorf("%v after 10 bytes of krait %q: exit status %d, errors %q; want %d, %q",
					test.err, args, got, stderr.String(), test.status, test.stderr)
			}
		}
	}
}

// A panic is a failure of one input, not the end of the others.
func TestPanic(t *testing.T) {
	var out, stderr bytes.Buffer
	o := newOptions(&Env{Stdout: &out, Stderr: &stderr})
	args := []string{"testdata/pyc/fib.2.7.pyc", "testdata/pyc/fib.3.6.pyc"}
	err := forEach(o, args, "", func(r *runner, in *input, _ []byte) error {
		if strings.Contains(in.name, "2.7") {
			panic("ouch")
		}
		r.begin(in)
		return nil
	})
	if !errors.Is(err, errFailed) || out.String() != "# testdata/pyc/fib.3.6.pyc\n" ||
		!strings.HasPrefix(stderr.String(), "krait: testdata/pyc/fib.2.7.pyc: internal error: ouch\n") {
		t.Errorf("got %v, output %q, errors %q", err, out.String(), stderr.String())
	}
}

func TestByteSize(t *testing.T) {
	for _, test := range []struct {
		in   string
		want byteSize
		text string
	}{
		{"1", 1, "1"}, {"4096", 4096, "4KiB"}, {"5000", 5000, "5000"}, {"64k", 64 << 10, "64KiB"},
		{"3MB", 3 << 20, "3MiB"}, {"1GiB", 1 << 30, "1GiB"}, {"2T", 2 << 40, "2TiB"}, {"7b", 7, "7"},
	} {
		var got byteSize
		if err := got.Set(test.in); err != nil || got != test.want || got.String() != test.text {
			t.Errorf("Set(%q): %d %v, %v; want %d %s", test.in, int64(got), got, err, int64(test.want), test.text)
		}
	}
	for _, in := range []string{"", "0", "-1", "K", "1X", "1KK", "9999999999G", "1.5G", "KMG"} {
		var got byteSize
		if err := got.Set(in); err == nil {
			t.Errorf("Set(%q): no error, value %d", in, int64(got))
		}
	}
}

func TestAppendText(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", `""`},
		{"plain, ümlaut, 🐍", `"plain, ümlaut, 🐍"`},
		{"a\"b\\c\n\t\x00\x1b\x7f", `"a\"b\\c\n\t\u0000\u001b\u007f"`},
		{"\u0085\u2028", `"\u0085\u2028"`},
		{"\xed\xa0\xbd!", `"\ud83d!"`},
		{"\xed\xb2\x80", `"\udc80"`},
		{"\xff\xed", `"\udcff\udced"`},
		{"\ufffd", "\"\ufffd\""},
	} {
		if got := string(appendText(nil, test.in)); got != test.want {
			t.Errorf("appendText(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

func TestVisible(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"a b/ü.pyc", "a b/ü.pyc"},
		{"a\nb\tc", `a\nb\tc`},
		{"\x1b[31m\x9b\u009b", `\x1b[31m\x9b\x9b`},
		{"\u202egnp\U000e0001", `\u202egnp\U000e0001`},
	} {
		if got := visible(test.in); got != test.want {
			t.Errorf("visible(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

func TestSourceOf(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"m.pyc", "m.py"},
		{"a/m.pyo", "a/m.py"},
		{"a/m.x.pyc", "a/m.x.py"},
		{"a/__pycache__/m.cpython-314.pyc", "a/m.py"},
		{"a/__pycache__/m.cpython-39.opt-2.pyc", "a/m.py"},
		{"__pycache__/m.pypy310.pyc", "m.py"},
	} {
		if got := filepath.ToSlash(sourceOf(filepath.FromSlash(test.in))); got != test.want {
			t.Errorf("sourceOf(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"Greeter.greet", "count", "LOAD_FAST", "load_fast", "LOAD_CONST"}
	for _, test := range []struct {
		in   string
		want []string
	}{
		{"gret", []string{"Greeter.greet"}},
		{"cuont", []string{"count"}},
		{"zzz", nil},
		{"coun", []string{"count"}},
		{"LOADFAST", []string{"LOAD_FAST", "load_fast"}},
		{strings.Repeat("x", 1000), nil},
	} {
		if got := nearest(test.in, words); !slices.Equal(got, test.want) {
			t.Errorf("nearest(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestProgressLine(t *testing.T) {
	p := &progress{width: 60, total: 10}
	const name = "a/very/long/path/to/a/file/that/does/not/fit.pyc"
	got := p.line(5, name)
	if want := "[============            ] 5/10 .../does/not/fit.pyc"; len(got) != 59 || !strings.HasPrefix(got, want[:31]) || !strings.HasSuffix(got, "not/fit.pyc") {
		t.Errorf("line is %q (%d columns), want 59 columns like %q", got, len(got), want)
	}
	p.width = 10
	if got := p.line(5, name); len(got) > 9 {
		t.Errorf("line is %q, too long for 10 columns", got)
	}
}

func BenchmarkDis(b *testing.B) {
	var out bytes.Buffer
	env := Env{Stdout: &out, Stderr: &out}
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if status := Run([]string{"dis", example + "hello.pyc"}, env); status != exitOK {
			b.Fatal(status, out.String())
		}
	}
	b.SetBytes(int64(out.Len()))
}
