package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"

	"github.com/krait-py/krait/internal/cli"
	"github.com/krait-py/krait/internal/oracle"
)

// side is a copy of the library and of what is to run.
type side struct {
	in     *oracle.Interpreter
	root   string // PYTHONHOME
	hidden int    // sources that were compiled and taken away
	left   int    // sources that neither compiler takes: data of tests
}

func (s *side) lib() string      { return filepath.Join(s.root, "lib", "python3.14") }
func (s *side) programs() string { return filepath.Join(s.root, "programs") }

// copy copies library, tests and programs.
func (s *side) copy(o options) error {
	lib, err := s.in.Stdlib()
	if err != nil {
		return err
	}
	if err := copyTree(s.lib(), lib, "test", "site-packages"); err != nil {
		return err
	}
	if o.tests != "" {
		if err := copyTree(filepath.Join(s.lib(), "test"), os.DirFS(o.tests)); err != nil {
			return err
		}
	}
	return copyTree(s.programs(), os.DirFS(o.programs), "py2")
}

// copyTree copies the files of a tree but for folders of bytecode and those named at
// its top.
func copyTree(to string, from fs.FS, without ...string) error {
	return fs.WalkDir(from, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		full := filepath.Join(to, filepath.FromSlash(path))
		if d.IsDir() {
			for _, name := range without {
				if path == name {
					return fs.SkipDir
				}
			}
			if d.Name() == "__pycache__" {
				return fs.SkipDir
			}
			return os.MkdirAll(full, 0o755)
		}
		in, err := from.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a link that leads nowhere
		}
		if err != nil {
			return err
		}
		defer in.Close()
		st, err := in.Stat()
		if err != nil || !st.Mode().IsRegular() {
			return err
		}
		out, err := os.OpenFile(full, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, st.Mode().Perm()|0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		return errors.Join(err, out.Close())
	})
}

// compileKrait compiles the tree with krait. Some data of tests is refused.
func compileKrait(_ context.Context, s *side) error {
	var stderr bytes.Buffer
	status := cli.Run([]string{"compileall", "-q", "-q", "-b", "-f", "--invalidation-mode", "unchecked-hash", s.root},
		cli.Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr})
	if status > 1 {
		return fmt.Errorf("krait compileall: exit status %d\n%s", status, stderr.Bytes())
	}
	return nil
}

// compilePython compiles the tree with the interpreter.
func compilePython(ctx context.Context, s *side) error {
	cmd := exec.CommandContext(ctx, s.in.Path, "-P", "-W", "ignore", "-m", "compileall", "-q", "-q", "-b", "-f",
		"--invalidation-mode", "unchecked-hash", s.root)
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("compileall: %w\n%s", err, out)
	}
	return nil
}

// hideSources removes the sources that were compiled.
func (s *side) hideSources() error {
	return filepath.WalkDir(s.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".py") {
			return err
		}
		if _, err := os.Stat(path + "c"); err != nil {
			s.left++
			return nil
		}
		s.hidden++
		return os.Remove(path)
	})
}

// result is what became of an item.
type result struct {
	status  int // -1: it was killed
	timeout bool
	text    string
	test    bool
}

func (r *result) passed() bool { return r.status == 0 && !r.timeout }

// verdict says it in a few words.
func (r *result) verdict() string {
	switch {
	case r.timeout:
		return "timeout"
	case r.test && r.status == 0:
		return "pass " + strings.TrimPrefix(lastLine(r.text), "Total tests: ")
	case r.test:
		return fmt.Sprintf("fail (%d) %s", r.status, strings.TrimPrefix(lastLine(r.text), "Total tests: "))
	case r.status == 0:
		return "pass"
	}
	return fmt.Sprintf("exit status %d", r.status)
}

func (r *result) same(q *result) bool {
	return r.timeout && q.timeout || r.status == q.status && r.timeout == q.timeout && r.text == q.text
}

func lastLine(s string) string {
	s = strings.TrimRight(s, "\n")
	return s[strings.LastIndexByte(s, '\n')+1:]
}

// run runs an item.
func (s *side) run(ctx context.Context, it *item, timeout time.Duration) result {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	dir, err := os.MkdirTemp(s.root, "run")
	if err != nil {
		return result{status: -1, text: err.Error()}
	}
	defer os.RemoveAll(dir)
	args := []string{"-X", "frozen_modules=off", "-s", "-P"}
	if it.program != "" {
		args = append(args, filepath.Join(s.programs(), it.program))
	}
	cmd := exec.CommandContext(ctx, s.in.Path, append(args, it.args...)...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(it.stdin)
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = []string{"PYTHONHOME=" + s.root, "PYTHONDONTWRITEBYTECODE=1", "PYTHONHASHSEED=0", "LC_ALL=C.UTF-8",
		"HOME=" + dir, "TMPDIR=" + dir, "PATH=" + os.Getenv("PATH"), "PYTHON_COLORS=0"}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	r := result{status: cmd.ProcessState.ExitCode(), timeout: ctx.Err() != nil, test: it.kind == tests}
	if cmd.ProcessState == nil {
		return result{status: -1, text: err.Error()}
	}
	r.text = strings.ReplaceAll(strings.ReplaceAll(out.String(), dir, "DIR"), s.root, "ROOT")
	r.text = address.ReplaceAllString(r.text, "at 0x0")
	if r.test {
		r.text = summary(r.text)
	}
	return r
}

var (
	address = regexp.MustCompile(`at 0x[0-9a-f]+`)
	failed  = regexp.MustCompile(`(?m)^(FAIL|ERROR): .*$|^test .* (crashed|failed).*$|^.*[Ff]atal.*error.*$`)
	total   = regexp.MustCompile(`(?m)^Total tests: .*$`)
)

// summary keeps of a test's output what must be the same in two runs: which tests
// failed, and how many there were.
func summary(text string) string {
	lines := failed.FindAllString(text, -1)
	sort.Strings(lines)
	if m := total.FindString(text); m != "" {
		return strings.Join(append(lines, m), "\n")
	}
	// The runner itself did not get through.
	return strings.Join(append(lines, lastLine(text)), "\n")
}
