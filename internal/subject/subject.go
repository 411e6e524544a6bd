// Package subject is what the tools share that run krait as a process of its own: building
// it, and saying why a process died.
package subject

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Build builds the command krait, of the tree that the calling program is from and without
// cgo, into dir and returns the executable.
func Build(dir string) (string, error) {
	exe := filepath.Join(dir, "krait")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	cmd := exec.Command("go", "build", "-o", exe, "github.com/krait-py/krait/cmd/krait")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building krait: %w\n%s", err, bytes.TrimSpace(out))
	}
	return exe, nil
}

// tailSize is how much a [Tail] keeps of either end.
const tailSize = 1 << 16

// Tail is a writer that keeps the beginning and the end of what is written to it.
type Tail struct{ head, last bytes.Buffer }

// Write keeps p, or parts of it.
func (t *Tail) Write(p []byte) (int, error) {
	if room := tailSize - t.head.Len(); room > 0 {
		t.head.Write(p[:min(room, len(p))])
	}
	t.last.Write(p)
	if n := t.last.Len() - tailSize; n > 0 {
		t.last.Next(n)
	}
	return len(p), nil
}

// String returns the beginning.
func (t *Tail) String() string { return t.head.String() }

// deadly begins the lines that say why a process died, in front of traces.
var deadly = []string{"panic: ", "fatal error: ", "Fatal Python error: "}

// Why returns the line that says why the process died that wrote its standard error here: the
// first one of a panic, or else the last one that is not empty, which ends a Python traceback. It
// is cut after max bytes.
func (t *Tail) Why(max int) string {
	why := ""
	for line := range strings.Lines(t.last.String()) {
		if line = strings.TrimSpace(line); line != "" {
			why = line
		}
	}
	for _, text := range []string{t.last.String(), t.head.String()} {
		if line := deadlyLine(text); line != "" {
			why = line
		}
	}
	if len(why) > max {
		why = strings.ToValidUTF8(why[:max], "") + "..."
	}
	return why
}

func deadlyLine(text string) string {
	for line := range strings.Lines(text) {
		for _, start := range deadly {
			if strings.HasPrefix(line, start) {
				return strings.TrimSpace(line)
			}
		}
	}
	return ""
}
