//go:build amd64 && !race

package vm

import (
	"bufio"
	"bytes"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// goTool returns the go command, with which the tests of this file build what they read.
func goTool(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command on the path: the machine code of the loop is not looked at: ", err)
	}
	return path
}

// TestDispatchHead reads the compiled evaluation loop: between the load of a word and the jump to its
// operation nothing may be stored on Go's stack. Such a store means that some variable lives across a call somewhere in
// the loop, and is paid for by every operation.
func TestDispatchHead(t *testing.T) {
	goTool := goTool(t)
	// Binaries of tests have no symbols, so the package is compiled by itself, with the profile that krait is built with.
	archive := filepath.Join(t.TempDir(), "vm.a")
	build := exec.Command(goTool, "build", "-pgo=../../cmd/krait/default.pgo", "-o", archive, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	out, err := exec.Command(goTool, "tool", "objdump", "-s", `vm\.eval$`, archive).Output()
	if err != nil {
		t.Fatalf("go tool objdump: %v", err)
	}
	var head []string
	dispatch := regexp.MustCompile(`JMP 0\(.*\*8\)`)
	label := regexp.MustCompile(`\tJMP 0x`)
	spill := regexp.MustCompile(`MOV[A-Z]* [A-Z0-9]+, (0x[0-9a-f]+)?\(SP\)`)
	for sc := bufio.NewScanner(bytes.NewReader(out)); sc.Scan(); {
		line := sc.Text()
		if label.MatchString(line) {
			head = head[:0]
			continue
		}
		head = append(head, line)
		if !dispatch.MatchString(line) {
			continue
		}
		if n := len(head); n > 16 {
			t.Errorf("%d instructions from a jump's target to the dispatch", n)
		}
		for _, l := range head {
			if spill.MatchString(l) {
				t.Errorf("spill at the dispatch: %s", l)
			}
		}
		return
	}
	t.Fatal("no dispatch found in the compiled loop")
}

// TestLine checks that the evaluation loop begins a line of the cache in the program: see package line. If it does not, the
// functions that Go places before the loop in package vm (those of initialisation) have changed by an odd number of 32 bytes:
// then let line.Take be 32 bytes longer, or no longer so.
func TestLine(t *testing.T) {
	goTool := goTool(t)
	program := filepath.Join(t.TempDir(), "krait")
	if out, err := exec.Command(goTool, "build", "-o", program, "../../cmd/krait").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	out, err := exec.Command(goTool, "tool", "nm", program).Output()
	if err != nil {
		t.Fatalf("go tool nm: %v", err)
	}
	place := regexp.MustCompile(`(?m)^ *([0-9a-f]+) T .*internal/vm\.eval$`).FindSubmatch(out)
	if place == nil {
		t.Fatal("no loop found in the program")
	}
	const line = 64
	if n, err := strconv.ParseUint(string(place[1]), 16, 64); err != nil || n%line != 0 {
		t.Errorf("the loop is at %s, which does not begin a line", place[1])
	}
}
