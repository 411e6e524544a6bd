package asm

import (
	"bytes"
	"os"
	"testing"

	"github.com/krait-py/krait/pyc"
)

// Whatever a text says, Parse does not panic, and what it makes of a good one
// has a text that gives the same again.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"../examples/hello.pyasm", "testdata/values.pyasm"} {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(data)
		}
	}
	for _, name := range pycFiles(f) {
		file, err := pyc.Read(readFile(f, name), pyc.Options{})
		if err == nil {
			f.Add([]byte(print(f, file, Options{})))
			f.Add([]byte(print(f, file, Options{Exact: true})))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, diags := Parse("fuzz.pyasm", src, Options{})
		for _, d := range diags {
			d.Text()
		}
		if len(diags) > 0 {
			return
		}
		checkText(t, file)
	})
}

// Whatever a file holds, its exact text gives its bytes.
func FuzzExact(f *testing.F) {
	for _, name := range pycFiles(f) {
		f.Add(readFile(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := pyc.Read(data, pyc.Options{})
		if err != nil {
			return
		}
		text := print(t, file, Options{Exact: true})
		got, diags := Parse("fuzz.pyasm", []byte(text), Options{Exact: true})
		if len(diags) > 0 {
			t.Fatalf("%v\n%.2000s", diags, text)
		}
		if again := fileBytes(t, got); !bytes.Equal(again, data) {
			t.Fatalf("other bytes:\n%x\nwant\n%x\n%.2000s", again, data, text)
		}
		checkText(t, file)
	})
}

// checkText checks that the text of a file with all its tables gives a file
// with the same text.
func checkText(t *testing.T, file *pyc.File) {
	t.Helper()
	opts := Options{Positions: true}
	text := print(t, file, opts)
	again, diags := Parse("fuzz.pyasm", []byte(text), Options{})
	if len(diags) > 0 {
		t.Fatalf("%v\n%.2000s", diags, text)
	}
	if diff := firstDiff(print(t, again, opts), text); diff != "" {
		t.Fatalf("text of the text: %s\n%.2000s", diff, text)
	}
}
