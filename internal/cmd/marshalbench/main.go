// Marshalbench compares reading of .pyc files with CPython's marshal.loads in
// C, on the same files and in turn:
//
//	go run ./internal/cmd/marshalbench -python python3.14 DIR
//
// DIR holds .pyc files that the interpreter itself can load; files of other
// versions are left out. Both sides read all files into memory first, then
// unmarshal each of them -n times; the best round counts.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
)

// script is what the interpreter does: the names of files come on standard
// input.
const script = `
import gc, marshal, sys, time
skip, rounds = int(sys.argv[1]), int(sys.argv[2])
data = [open(p, 'rb').read()[skip:] for p in sys.stdin.read().splitlines()]
size = sum(len(d) for d in data)
def run():
    t = time.perf_counter()
    for d in data:
        marshal.loads(d)
    return time.perf_counter() - t
on = min(run() for _ in range(rounds))
gc.disable()
off = min(run() for _ in range(rounds))
print('%s: %.1f MB/s, %.1f MB/s without its collector' % (
    sys.version.split()[0], size / on / 1e6, size / off / 1e6))
`

func main() {
	python := flag.String("python", "python3", "interpreter to compare with")
	rounds := flag.Int("n", 10, "rounds")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: marshalbench [-python PROGRAM] [-n ROUNDS] DIR")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *python, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "marshalbench:", err)
		os.Exit(1)
	}
}

type input struct {
	body []byte
	opts marshal.Options
}

func run(dir, python string, rounds int) error {
	magic, err := exec.Command(python, "-c", "import importlib.util as u; print(int.from_bytes(u.MAGIC_NUMBER[:2], 'little'))").Output()
	if err != nil {
		return fmt.Errorf("asking %s for its magic number: %w", python, err)
	}
	var inputs []input
	var names []string
	size, skip := 0, 0
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".pyc" {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		h, err := pyc.ReadHeader(data, pyc.Options{})
		if err != nil || fmt.Sprint(h.Magic) != strings.TrimSpace(string(magic)) {
			return nil
		}
		inputs = append(inputs, input{data[h.Len():], marshal.Options{Version: h.Version}})
		names = append(names, p)
		size += len(data) - h.Len()
		skip = h.Len()
		return nil
	})
	if err != nil {
		return err
	}
	if len(inputs) == 0 {
		return fmt.Errorf("%s holds no .pyc file of %s", dir, python)
	}
	fmt.Printf("%d files, %.1f MB\n", len(inputs), float64(size)/1e6)

	read, write := time.Hour, time.Hour
	for range rounds {
		runtime.GC()
		start := time.Now()
		for _, in := range inputs {
			if _, _, err := marshal.Read(in.body, in.opts); err != nil {
				return err
			}
		}
		read = min(read, time.Since(start))
	}
	for range rounds {
		var spent time.Duration
		for _, in := range inputs {
			v, _, err := marshal.Read(in.body, in.opts)
			if err != nil {
				return err
			}
			start := time.Now()
			if _, err := marshal.Write(v, in.opts); err != nil {
				return err
			}
			spent += time.Since(start)
		}
		write = min(write, spent)
	}
	mbs := func(d time.Duration) float64 { return float64(size) / d.Seconds() / 1e6 }
	fmt.Printf("krait: %.1f MB/s read, %.1f MB/s written\n", mbs(read), mbs(write))

	cmd := exec.Command(python, "-c", script, fmt.Sprint(skip), fmt.Sprint(rounds))
	cmd.Stdin = strings.NewReader(strings.Join(names, "\n"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	fmt.Print(string(out))
	return err
}
