package main

import (
	"os"
	"testing"
)

// The page in the repository is the one that the command line describes now.
func TestFresh(t *testing.T) {
	got, err := os.ReadFile("../../../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != page() {
		t.Error("docs/commands.md is stale: run go run ./internal/cmd/gendocs")
	}
}

func TestManPages(t *testing.T) {
	dir := t.TempDir()
	if err := run(dir, ""); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"krait.1", "krait-dis.1", "krait-opcodes.1"} {
		if st, err := os.Stat(dir + "/" + name); err != nil || st.Size() < 200 {
			t.Errorf("%s: %v, %v; want a page", name, st, err)
		}
	}
}
