package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// benchLines is the length of the source whose .pyc is disassembled.
const benchLines = 6000

// bench compares krait's speed with CPython 3.14's and prints the figures:
// whole processes that disassemble one .pyc, run in turns; reading the value in
// it; writing its text.
func bench(ctx context.Context, w io.Writer) error {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		return err
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	source := benchSource(benchLines)
	data, err := s.Compile([]byte(source), "bench.py", 0)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "krait-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(w, "source of %d lines, .pyc of %d bytes, python %s\n", strings.Count(source, "\n"), len(data), in.Release)
	if err := benchProcesses(ctx, w, in, dir, data); err != nil {
		return err
	}
	return benchInside(w, s, data)
}

// benchProcesses runs both commands in turns and prints their median times.
func benchProcesses(ctx context.Context, w io.Writer, in *oracle.Interpreter, dir string, data []byte) error {
	file := filepath.Join(dir, "bench.pyc")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return err
	}
	krait := filepath.Join(dir, "krait.exe")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", krait, "github.com/krait-py/krait/cmd/krait")
	build.Stderr = os.Stderr
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	const program = `import dis, marshal, sys
with open(sys.argv[1], "rb") as f:
    dis.dis(marshal.loads(f.read()[16:]))`
	commands := [][]string{
		{in.Path, "-S", "-c", program, file},
		{krait, "dis", file},
	}
	const rounds = 15
	times := make([][]time.Duration, len(commands))
	for round := range rounds + 1 {
		for i, args := range commands {
			if err := ctx.Err(); err != nil {
				return err
			}
			cmd := exec.CommandContext(ctx, args[0], args[1:]...)
			cmd.Stderr = os.Stderr
			start := time.Now()
			if err := cmd.Run(); err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if round > 0 { // the first brings the files into memory
				times[i] = append(times[i], time.Since(start))
			}
		}
	}
	median := func(d []time.Duration) time.Duration {
		slices.Sort(d)
		return d[len(d)/2]
	}
	python, ours := median(times[0]), median(times[1])
	fmt.Fprintf(w, "whole process, median of %d runs in turns: python %v, krait dis %v: ratio %.3f\n",
		rounds, python.Round(100*time.Microsecond), ours.Round(100*time.Microsecond), float64(ours)/float64(python))
	return nil
}

// benchInside compares marshal.loads with marshal.Read, by the fastest run of
// each, and measures the writing of dis's text.
func benchInside(w io.Writer, s *oracle.Session, data []byte) error {
	const within = time.Second
	body := data[16:]
	python, err := s.LoadsTime(body, within)
	if err != nil {
		return err
	}
	fastest := func(f func() error) (time.Duration, error) {
		best := time.Duration(-1)
		for end := time.Now().Add(within); time.Now().Before(end); {
			start := time.Now()
			if err := f(); err != nil {
				return 0, err
			}
			if d := time.Since(start); best < 0 || d < best {
				best = d
			}
		}
		return best, nil
	}
	ours, err := fastest(func() error {
		_, _, err := marshal.Read(body, marshal.Options{Version: pyver.Py314})
		return err
	})
	if err != nil {
		return err
	}
	rate := func(bytes int, d time.Duration) float64 { return float64(bytes) / 1e6 / d.Seconds() }
	fmt.Fprintf(w, "unmarshal, fastest: python %.0f MB/s, krait %.0f MB/s: %.2f times\n",
		rate(len(body), python), rate(len(body), ours), float64(python)/float64(ours))
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		return err
	}
	var n counter
	if err := dis.Fprint(&n, f.Code, dis.Options{}); err != nil {
		return err
	}
	text, err := fastest(func() error { return dis.Fprint(io.Discard, f.Code, dis.Options{}) })
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "dis, fastest: %.1f MB of text at %.0f MB/s\n", float64(n)/1e6, rate(int(n), text))
	return nil
}

// counter counts the bytes written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// benchSource returns a Python program of about so many lines that looks like
// ordinary code: classes, methods, loops, handlers, comprehensions.
func benchSource(lines int) string {
	rnd := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	n := 0
	line := func(format string, args ...any) {
		fmt.Fprintf(&b, format+"\n", args...)
		n++
	}
	word := func() string {
		return []string{"value", "name", "item", "result", "count", "path", "options", "total", "state", "cache"}[rnd.IntN(10)]
	}
	line(`"""A program made for measuring."""`)
	line("import os, sys, re, collections")
	for c := 0; n < lines; c++ {
		line("")
		line("class Class%d(object):", c)
		line("    \"\"\"Class number %d.\"\"\"", c)
		line("    %s = %d", word(), rnd.IntN(1000))
		for m := range 5 + rnd.IntN(6) {
			line("")
			a, d := word(), word()
			line("    def method%d(self, first, second=%d, *args, **kwargs):", m, rnd.IntN(100))
			line("        \"\"\"Return the %s of %s.\"\"\"", a, d)
			line("        %s = self.%s + first * %d", a, d, rnd.IntN(50))
			line("        data = {'%s': first, \"%s\": [second, %d], 'key%d': None}", a, d, rnd.IntN(9999), m)
			line("        for index, element in enumerate(args):")
			line("            if element is None or element.%s < %d:", d, rnd.IntN(300))
			line("                continue")
			line("            elif element in ('%s', '%s', %.3f):", word(), word(), rnd.Float64()*10)
			line("                data[index] = element.%s(first, key=second)", a)
			line("            else:")
			line("                self.%s += len(element) %% %d", d, 1+rnd.IntN(9))
			line("        try:")
			line("            with open(os.path.join(first, '%s.txt')) as stream:", d)
			line("                found = [line.strip() for line in stream if line.startswith('%s')]", a)
			line("        except (OSError, ValueError) as error:")
			line("            raise RuntimeError(f'cannot read {first!r}: {error} (%s)') from error", d)
			line("        finally:")
			line("            self.%s = %s", a, a)
			line("        key = lambda pair: (pair[1], -pair[0])")
			line("        while second and found[second - 1:second + %d]:", rnd.IntN(5))
			line("            second -= 1")
			line("        return sorted(data.items(), key=key)[:%d], found, sum(x * x for x in range(second))", rnd.IntN(20))
		}
	}
	return b.String()
}
