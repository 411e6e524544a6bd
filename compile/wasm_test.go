package compile_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/marshal"
)

// TestWebAssembly compiles our programs with the compiler built for js/wasm and run
// by node: the bytes must be those that it gives here, and so must errors.
func TestWebAssembly(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip(err)
	}
	runner := filepath.Join(string(bytes.TrimSpace(root)), "lib", "wasm", "wasm_exec_node.js")
	if _, err := os.Stat(runner); err != nil {
		t.Skip(err)
	}
	binary := filepath.Join(t.TempDir(), "program.wasm")
	build := exec.Command("go", "build", "-o", binary, "./testdata/wasm")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sources := []program{{"refused", []byte("def f(:\n")}}
	for _, name := range []string{"sharing", "folding", "blocks", "strings", "wide"} {
		text, err := os.ReadFile("testdata/programs/" + name + ".py")
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, program{name, text})
	}
	for _, p := range sources {
		cmd := exec.Command(node, "--stack-size=4000", runner, binary)
		cmd.Stdin = bytes.NewReader(p.text)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err := cmd.Run()
		object, found := compile.Source(context.Background(), p.text, compile.Options{Filename: "program.py"})
		if object == nil {
			var exit *exec.ExitError
			if want := found[len(found)-1].Error() + "\n"; !errors.As(err, &exit) || exit.ExitCode() != 1 || stderr.String() != want {
				t.Errorf("%s: got %v, %q, want exit status 1, %q", p.name, err, stderr.String(), want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", p.name, err, stderr.Bytes())
			continue
		}
		var w marshal.Fresh
		want, err := w.Append(nil, object)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(stdout.Bytes(), want) {
			t.Errorf("%s: %d bytes that are not the %d wanted", p.name, stdout.Len(), len(want))
		}
	}
}
