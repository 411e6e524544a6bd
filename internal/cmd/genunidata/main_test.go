package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var dir = filepath.Join("..", "..", "unidata")

func TestFresh(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(dir, "printable.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := generate(d)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "table_gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("internal/unidata/table_gen.go is stale; run go generate ./internal/unidata")
	}

	// Recording the bit strings that the facts stand for gives the facts again.
	var args []string
	files := make(map[string][]byte)
	for i, db := range d.databases {
		args = append(args, db.unicode+"="+db.unicode+".bits="+db.source+"="+strings.Join(db.pythons, ","))
		files[db.unicode+".bits"] = d.bits(i)
	}
	again, err := record(args, func(name string) ([]byte, error) { return files[name], nil })
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, text) {
		t.Error("recording the facts again changes internal/unidata/printable.txt")
	}
}

func TestParseErrors(t *testing.T) {
	const db = "database 5.1 3.0 0 test\n"
	tests := []struct{ in, want string }{
		{"", "no databases"},
		{"database 5.1 3.0\n", "line 1: "},
		{"0020 007E 5.1\n", "unknown Unicode version"},
		{db + "x\n", "line 2: "},
		{db + "0020 001F 5.1\n", "out of order"},
		{db + "0020 0030 5.1\n0030 0031 5.1\n", "line 3: "},
		{db + "0020 110000 5.1\n", "out of order"},
		{db + "0020 007E 5.1\n", "have the sum"},
	}
	for _, tt := range tests {
		_, err := parse(strings.NewReader(tt.in))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("parse(%q): got error %v, want one with %q", tt.in, err, tt.want)
		}
	}
}

func TestRecordRefusesLoss(t *testing.T) {
	older, newer := make(bitString, codePoints/8), make(bitString, codePoints/8)
	older[4] = 1
	files := map[string][]byte{"a": older, "b": newer}
	_, err := record([]string{"1=a=x=3.0", "2=b=x=3.1"}, func(name string) ([]byte, error) { return files[name], nil })
	if err == nil || !strings.Contains(err.Error(), "U+0020 is printable in Unicode 1, but not in 2") {
		t.Errorf("got error %v, want one about U+0020", err)
	}
}
