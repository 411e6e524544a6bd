package asm

import (
	"strings"
	"testing"
)

// Every pyasm block of the documents is assembled, and its text
// gives the same again.
func TestDocs(t *testing.T) {
	blocks := strings.Split(string(readFile(t, "../docs/asm.md")), "```pyasm\n")[1:]
	if len(blocks) < 3 {
		t.Fatalf("%d examples, want at least 3", len(blocks))
	}
	byHand := strings.Split(string(readFile(t, "../docs/write-bytecode.md")), "```pyasm\n")[1:]
	if len(byHand) == 0 {
		t.Error("no example in write-bytecode.md")
	}
	for _, block := range append(blocks, byHand...) {
		text, _, _ := strings.Cut(block, "```")
		f := parse(t, text, Options{Exact: true})
		checkText(t, f)
		fileBytes(t, f)
	}
	hello := string(readFile(t, "../examples/hello.pyasm"))
	if !strings.Contains(blocks[0], hello) {
		t.Error("the first example is not examples/hello.pyasm")
	}
}
