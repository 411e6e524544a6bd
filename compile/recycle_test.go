package compile_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
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

// TestReserve compiles in memory that was reserved, and wants what a new compiler makes, with less memory taken
// on the way: lists that have room leave nothing behind.
func TestReserve(t *testing.T) {
	var b bytes.Buffer
	for i := range 1500 {
		fmt.Fprintf(&b, "def f%d(a, b=%d):\n    for x in a:\n        if x.y > b:\n            yield x[%d], 'text %d'\n", i, i, i, i)
	}
	for i := range 1500 {
		fmt.Fprintf(&b, "v%d = f%d([%d, 'w%d'])\n", i, i, i, i)
	}
	source := b.Bytes()
	run := func(c *compile.Compiler) (stream []byte, taken uint64) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		o, found := c.Source(source, compile.Options{Filename: "large.py"})
		runtime.ReadMemStats(&after)
		if o == nil {
			t.Fatal(found)
		}
		stream, err := new(marshal.Fresh).Append(nil, o)
		if err != nil {
			t.Fatal(err)
		}
		return stream, after.TotalAlloc - before.TotalAlloc
	}
	want, most := run(new(compile.Compiler))
	var c compile.Compiler
	c.Reserve(len(source))
	got, taken := run(&c)
	if !bytes.Equal(got, want) {
		t.Error("the code object made in memory that was reserved differs from one in new memory")
	}
	if taken > most*7/8 {
		t.Errorf("%d bytes taken with room for the file, %d without; want seven eighths at most", taken, most)
	}
	// Room is what there is at first, and no bound.
	c = compile.Compiler{}
	c.Reserve(100)
	if got, _ := run(&c); !bytes.Equal(got, want) {
		t.Error("a file that is larger than what was reserved becomes another code object")
	}
}
