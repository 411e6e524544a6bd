package compile_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/source"
)

// TestRecycle compiles programs one after another in memory that is taken back, or not,
// and wants the code objects that a new compiler makes; those that were not taken back
// must stay as they are.
func TestRecycle(t *testing.T) {
	files, err := filepath.Glob("testdata/programs/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	stream := func(c *compile.Compiler, name string, data []byte) ([]byte, func() []byte) {
		object, found := c.Source(data, compile.Options{Filename: name})
		if object == nil {
			t.Fatalf("%s: %v", name, found)
		}
		again := func() []byte {
			b, err := new(marshal.Fresh).Append(nil, object)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return b
		}
		return again(), again
	}
	var c compile.Compiler
	type kept struct {
		name  string
		again func() []byte
		want  []byte
	}
	var list []kept
	for round := range 2 {
		for i, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := stream(new(compile.Compiler), name, data)
			got, again := stream(&c, name, data)
			if !bytes.Equal(got, want) {
				t.Errorf("round %d: %s: code object in used memory differs from one in new memory", round, name)
			}
			if i%3 == 0 {
				list = append(list, kept{name, again, want})
			} else {
				c.Recycle()
			}
		}
	}
	for _, k := range list {
		if !bytes.Equal(k.again(), k.want) {
			t.Errorf("%s: code object that was not taken back has changed", k.name)
		}
	}
}

// TestRecycleDiagnostics: diagnostics outlive what is taken back.
func TestRecycleDiagnostics(t *testing.T) {
	const text = "x = '\\d' # first\ny = x is 1 # second\nz = [1](2)\n"
	_, want := compile.Source(context.Background(), []byte(text), compile.Options{})
	var c compile.Compiler
	c.Recycle()
	_, found := c.Source([]byte(text), compile.Options{})
	var got []source.Diagnostic
	c.Recycle()
	c.Source(bytes.Repeat([]byte("#"), len(text)), compile.Options{})
	for _, d := range found {
		got = append(got, *d)
	}
	if len(got) != len(want) || len(want) != 3 {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}
