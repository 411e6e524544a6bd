package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// usage is what one process needed.
type usage struct {
	cpu, wall time.Duration
	rss       int64 // largest resident set, in bytes; 0 where it is not known
}

// benchCompile compares krait compileall with the interpreter's over copies of a
// tree: in turns, so that the load of the machine meets both. Each run has a copy of its own, where nothing has been compiled: to replace
// files takes the kernel longer than to make them, and krait does not even write what is there already.
//
// Ext4 passes over inodes that were deleted in the last minutes one by one, for each file that is made: after
// a run that has cleaned up, the next one takes krait up to 0.1 s more, and the interpreter as much. TMPDIR can name a
// directory in memory.
func benchCompile(ctx context.Context, tree string, pairs int, w io.Writer) error {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "krait-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	sources := filepath.Join(dir, "sources")
	files, size, err := copySources(sources, os.DirFS(tree))
	if err != nil {
		return err
	}
	if files == 0 {
		return fmt.Errorf("%s: no sources", tree)
	}
	krait := filepath.Join(dir, "krait.exe")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", krait, "github.com/krait-py/krait/cmd/krait")
	build.Stderr = os.Stderr
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	commands := []struct {
		name string
		args []string
	}{
		{"python -j 1", []string{in.Path, "-P", "-W", "ignore", "-m", "compileall", "-j", "1", "-q", "-q", "-f"}},
		{"krait -j 1", []string{krait, "compileall", "-j", "1", "-q", "-q", "-f"}},
		{"krait -j 2", []string{krait, "compileall", "-j", "2", "-q", "-q", "-f"}},
	}
	fmt.Fprintf(w, "%d sources of %.1f MB, python %s, %d runs of each in turns after one that is not counted\n",
		files, float64(size)/1e6, in.Release, pairs)
	runs := make([][]usage, len(commands))
	for round := range pairs + 1 {
		for i, c := range commands {
			copied := filepath.Join(dir, fmt.Sprintf("tree%d.%d", round, i))
			if err := linkTree(copied, sources); err != nil {
				return err
			}
			u, err := measure(ctx, append(c.args, copied))
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if round > 0 {
				runs[i] = append(runs[i], u)
			}
		}
	}
	median := func(i int, of func(usage) float64) float64 {
		var all []float64
		for _, u := range runs[i] {
			all = append(all, of(u))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	cpu := func(u usage) float64 { return u.cpu.Seconds() }
	wall := func(u usage) float64 { return u.wall.Seconds() }
	rss := func(u usage) float64 { return float64(u.rss) / 1e6 }
	for i, c := range commands {
		m := median(i, cpu)
		fastest := slices.MinFunc(runs[i], func(a, b usage) int { return int(a.cpu - b.cpu) }).cpu.Seconds()
		fmt.Fprintf(w, "%-12s CPU %.3f s (fastest %.3f), %.1f MB/s; wall %.3f s; peak RSS %.0f MB\n",
			c.name, m, fastest, float64(size)/1e6/m, median(i, wall), median(i, rss))
	}
	ratios := make([]float64, pairs)
	for i := range ratios {
		ratios[i] = runs[1][i].cpu.Seconds() / runs[0][i].cpu.Seconds()
	}
	slices.Sort(ratios)
	fmt.Fprintf(w, "CPU of krait -j 1 / python -j 1: %.3f of the medians; pair by pair %.3f (from %.3f to %.3f)\n",
		median(1, cpu)/median(0, cpu), ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])
	fmt.Fprintf(w, "wall of krait -j 2 / -j 1: %.3f; CPU %.3f\n", median(2, wall)/median(1, wall), median(2, cpu)/median(1, cpu))
	return nil
}

// measure runs a command. That some file did not compile is no failure.
func measure(ctx context.Context, args []string) (usage, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	start := time.Now()
	err := cmd.Run()
	u := usage{wall: time.Since(start)}
	if exit := (*exec.ExitError)(nil); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		return u, err
	}
	u.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	u.rss = peakRSS(cmd.ProcessState)
	return u, nil
}

// linkTree makes a tree of links to the files of another.
func linkTree(to, tree string) error {
	return filepath.WalkDir(tree, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(tree, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		return os.Link(path, filepath.Join(to, rel))
	})
}

// copySources copies the .py files of a tree; it returns how many there are and how
// many bytes.
func copySources(to string, tree fs.FS) (files int, size int64, err error) {
	err = fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.HasSuffix(path, ".py") {
			return err
		}
		data, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		full := filepath.Join(to, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		files++
		size += int64(len(data))
		return os.WriteFile(full, data, 0o644)
	})
	return files, size, err
}
