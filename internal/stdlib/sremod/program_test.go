package sremod_test

import (
	"bytes"
	"context"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "ask CPython 3.14 for testdata/objects.out")

const (
	programPath = "testdata/objects.py"
	outputPath  = "testdata/objects.out"
)

func python(t *testing.T) *oracle.Interpreter {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	return in
}

func golden(t *testing.T) string {
	t.Helper()
	want, err := os.ReadFile(outputPath)
	if err != nil {
		t.Fatal(err)
	}
	return string(want)
}

// TestProgramLive checks the golden output of the program.
func TestProgramLive(t *testing.T) {
	out, err := exec.Command(python(t).Path, "-I", "-B", "-X", "utf8", programPath).Output()
	if err != nil {
		t.Fatal(err)
	}
	out = bytes.ReplaceAll(out, []byte("\r\n"), []byte("\n"))
	if *update {
		if err := os.WriteFile(outputPath, out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	compareLines(t, string(out), golden(t))
}

// TestProgram compares with the golden output, on any machine: the library comes with the Go module of the interpreter. It runs the program with the package re of the standard library.
func TestProgram(t *testing.T) {
	lib, err := python(t).Stdlib()
	if err != nil {
		t.Skip(err)
	}
	source, err := os.ReadFile(programPath)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	in, err := interp.New(interp.Config{Stdout: &out, Stderr: &out})
	if err != nil {
		t.Fatal(err)
	}
	in.Hooks.Import = importer{lib}.imports
	if th := in.Main; interp.RunSource(in, programPath, source).IsNil() {
		e := th.Exc
		th.Exc = nil
		t.Fatalf("%s: %s", e.Type.Name, th.Str(object.Of(e)).S)
	}
	compareLines(t, out.String(), golden(t))
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("line %d: %s\nwant %s", i+1, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		t.Errorf("%d lines; want %d", len(g), len(w))
	}
}

// importer imports modules written in Go and sources of the library, without all that importlib needs.
type importer struct {
	lib fs.FS
}

func (im importer) imports(t *object.Thread, name *object.Str, globals, locals, fromlist object.Value, level int) object.Value {
	full := name.S
	if level > 0 {
		// No module here is deeper than a package.
		full = strings.TrimSuffix(object.To[object.Dict](globals).GetName("__package__").Str().S+"."+full, ".")
	}
	m := im.load(t, full)
	if m.IsNil() || fromlist.P == nil || fromlist.IsNone() {
		return m
	}
	t.Each(fromlist, func(v object.Value) bool {
		n := v.Str()
		if x, _ := t.FindAttr(m, n); x.IsNil() && n.S != "*" && im.load(t, full+"."+n.S).IsNil() {
			t.Exc = nil
		}
		return true
	})
	return m
}

func (im importer) load(t *object.Thread, name string) object.Value {
	in := t.Interp
	if m := in.Modules.GetName(name); !m.IsNil() {
		return m
	}
	if d := in.BuiltinModules[name]; d != nil {
		m := d.Create(t)
		if m == nil {
			return object.Value{}
		}
		in.Modules.SetName(t, name, object.Of(m))
		return object.Of(m)
	}
	path := strings.ReplaceAll(name, ".", "/")
	pkg, last := "", name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		pkg, last = name[:i], name[i+1:]
	}
	source, err := fs.ReadFile(im.lib, path+".py")
	if err != nil {
		pkg = name
		if source, err = fs.ReadFile(im.lib, path+"/__init__.py"); err != nil {
			return t.Raisef(&object.ModuleNotFoundErrorType, "No module named '%s'", name)
		}
	}
	o, diags := compile.Source(context.Background(), source, compile.Options{Filename: path})
	if o == nil {
		return t.Raisef(&object.SyntaxErrorType, "%s", diags[len(diags)-1].Message)
	}
	m := object.NewModule(t, name, "")
	m.Set(t, "__builtins__", in.Modules.GetName("builtins"))
	m.Set(t, "__package__", object.MakeStr(pkg))
	in.Modules.SetName(t, name, object.Of(m))
	if vm.RunCode(t, vm.NewCode(t, o, true), m.Dict(), object.Of(m.Dict()), nil).IsNil() {
		return object.Value{}
	}
	if last != name {
		object.To[object.Module](in.Modules.GetName(pkg)).Set(t, last, object.Of(m))
	}
	return object.Of(m)
}
