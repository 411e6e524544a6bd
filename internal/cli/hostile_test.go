package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// Files whose values refer to each other so that a naive walk would never end
// still end, in every command, with output not much larger than the file.
func TestHostileSharing(t *testing.T) {
	data, err := os.ReadFile(example + "hello.pyc")
	if err != nil {
		t.Fatal(err)
	}
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	object := func(name string, consts ...code.Value) *code.Object {
		o := *f.Code
		o.Form = 'c' | code.FlagRef
		o.Name = &code.Str{S: name, Form: 'z'}
		o.Consts = &code.Tuple{Items: consts}
		return &o
	}
	twice := object("leaf", code.None)
	for i := range 60 {
		twice = object(fmt.Sprintf("n%d", i), twice, twice)
	}
	deep := object("leaf", code.None)
	for i := range 300 {
		deep = object(fmt.Sprintf("n%d", i), object("side", code.None), deep)
	}
	tuple := &code.Tuple{Form: ')' | code.FlagRef}
	for range 60 {
		tuple = &code.Tuple{Items: []code.Value{tuple, tuple}, Form: ')' | code.FlagRef}
	}
	for name, o := range map[string]*code.Object{"twice": twice, "deep": deep, "tuple": object("m", tuple)} {
		body, err := marshal.Append(bytes.Clone(data[:16]), o, marshal.Options{Version: pyver.Py314})
		if err != nil {
			t.Fatal(name, err)
		}
		path := filepath.Join(t.TempDir(), name+".pyc")
		if err := os.WriteFile(path, body, 0o666); err != nil {
			t.Fatal(err)
		}
		commands := [][]string{
			{"pyc", path}, {"show", "--all", "--format", "json", path}, {"show", "--all", path},
			{"dis", path}, {"dis", "--format", "json", path}, {"dis", "--name", "leaf", path}, {"dis", "--name", "nope", path},
		}
		if name == "tuple" {
			commands = commands[:1] // see below and package dis for the others
		}
		for _, args := range commands {
			stdout, stderr, _ := run(args...)
			if limit := 1<<20 + 100*len(body); len(stdout) > limit {
				t.Errorf("%s: krait %q prints %d bytes for a file of %d", name, args[:len(args)-1], len(stdout), len(body))
			}
			t.Logf("%s: krait %q: file %d, output %d, errors %.200q", name, args[:len(args)-1], len(body), len(stdout), stderr)
		}
	}
	const limit = 1 << 20
	list := nodes([]*code.Object{object("m", tuple, tuple)}, -1)
	doc, err := newShowJSON(&input{}, list, limit)
	if err == nil || doc.Code[0].Error == "" {
		t.Errorf("constants without end: error %v, in the document %q; want some", err, doc.Code[0].Error)
	}
	for i, c := range doc.Code[0].Consts {
		if len(c.Repr) > limit+100 {
			t.Errorf("constant %d has a text of %d bytes, want at most about %d", i, len(c.Repr), limit)
		}
	}
}
