package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// A campaign runs batches in child processes.
type run struct {
	config
	mu      sync.Mutex
	done    int
	found   int
	began   time.Time
	printed time.Time
	// terminal says that standard error is one.
	terminal bool
	seen     map[string]int
}

// silence is how long a child process may say nothing. It ends hanging programs itself; this is for when it cannot.
const silence = 2 * time.Minute

func campaign(c config) (status int, err error) {
	x := &run{config: c, began: time.Now(), seen: map[string]int{}, terminal: term.IsTerminal(int(os.Stderr.Fd()))}
	next := make(chan int)
	errs := make(chan error, c.jobs)
	var wg sync.WaitGroup
	for range c.jobs {
		wg.Go(func() {
			for first := range next {
				if err := x.runBatch(first); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	failed := error(nil)
loop:
	for first := 0; first < c.n; first += c.batch {
		select {
		case next <- first:
		case failed = <-errs:
			break loop
		}
	}
	close(next)
	wg.Wait()
	if failed == nil && len(errs) > 0 {
		failed = <-errs
	}
	x.progress(true)
	fmt.Printf("%d verified programs ran, %d findings, seed %d, %v\n", x.done, x.found, c.seed, time.Since(x.began).Round(time.Second))
	if x.found > 0 {
		status = 1
	}
	return status, failed
}

// batchSeed is the seed of the batch whose first program has a number.
func (x *run) batchSeed(first int) uint64 { return x.seed<<32 + uint64(first/x.batch) }

// runBatch runs a batch until each program has had its turn.
func (x *run) runBatch(first int) error {
	seed, size := x.batchSeed(first), min(x.batch, x.n-first)
	for from := 0; from < size; {
		dump := ""
		if x.methods {
			if err := os.MkdirAll(x.out, 0o777); err != nil {
				return err
			}
			dump = filepath.Join(x.out, fmt.Sprintf("%d.last", seed))
		}
		finished, died, err := x.runPart(seed, from, size, dump)
		if err != nil {
			return err
		}
		from += finished
		if died == "" {
			continue
		}
		if x.methods {
			last, _ := os.ReadFile(dump)
			f := finding{Index: from, Kind: "death", What: firstLine(died), Stack: died, Origin: strings.TrimSpace(string(last))}
			if err := x.report(seed, f); err != nil {
				return err
			}
			from++
			continue
		}
		// The one that killed: alone, it is written to a file first.
		dump = filepath.Join(x.out, fmt.Sprintf("%d-%d.json", seed, from))
		if err := os.MkdirAll(x.out, 0o777); err != nil {
			return err
		}
		_, again, err := x.runPart(seed, from, from+1, dump)
		if err != nil {
			return err
		}
		var f finding
		if data, err := os.ReadFile(dump); err == nil {
			json.Unmarshal(data, &f)
			os.Remove(dump)
		}
		f.Index, f.Kind, f.What, f.Stack = from, "death", firstLine(died), died
		if again == "" {
			f.Kind = "death, not when run again"
		}
		if err := x.report(seed, f); err != nil {
			return err
		}
		from++
	}
	return nil
}

// runPart runs programs in a child process and returns how many ended, and what the process said when it died.
func (x *run) runPart(seed uint64, from, to int, dump string) (finished int, died string, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, "", err
	}
	cmd := exec.Command(self, "-child", "-seed", fmt.Sprint(seed), "-from", fmt.Sprint(from), "-to", fmt.Sprint(to),
		"-lib", x.lib, "-methods="+fmt.Sprint(x.methods), "-dump", dump, "-patience", x.patience.String())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, "", err
	}
	if err := cmd.Start(); err != nil {
		return 0, "", err
	}
	killed := false
	watch := time.AfterFunc(silence, func() { killed = true; cmd.Process.Kill() })
	lines := bufio.NewReader(out)
	hung := false
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		watch.Reset(silence)
		if line[0] == '.' {
			finished++
			x.count()
			continue
		}
		var f finding
		if err := json.Unmarshal(line, &f); err != nil {
			return finished, "", fmt.Errorf("a child process says %q: %v", line, err)
		}
		if err := x.report(seed, f); err != nil {
			return finished, "", err
		}
		if f.Kind == "hang" {
			hung = true
			finished++
			x.count()
		}
	}
	err = cmd.Wait()
	watch.Stop()
	switch {
	case hung || finished == to-from:
		return finished, "", nil
	case killed:
		return finished, "silent: " + silence.String() + "\n" + stderr.String(), nil
	case err == nil:
		return finished, "", fmt.Errorf("a child process ended after %d of %d programs: %s", finished, to-from, &stderr)
	case strings.HasPrefix(stderr.String(), "vmfuzz: "):
		return finished, "", fmt.Errorf("a child process failed: %s", &stderr)
	}
	return finished, fmt.Sprintf("%v: %s", err, &stderr), nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// keep is how many findings of a kind that say the same are kept.
const keep = 3

// report keeps a finding.
func (x *run) report(seed uint64, f finding) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.found++
	key := f.Kind + firstLine(f.What)
	if f.Kind == "panic" {
		key += where(f.Stack)
	}
	x.seen[key]++
	x.clear()
	fmt.Fprintf(os.Stderr, "%s: %s %s", f.Kind, firstLine(f.What), where(f.Stack))
	if x.methods {
		fmt.Fprint(os.Stderr, " in ", f.Origin)
	}
	fmt.Fprintln(os.Stderr)
	if x.seen[key] > keep {
		return nil
	}
	if err := os.MkdirAll(x.out, 0o777); err != nil {
		return err
	}
	name := filepath.Join(x.out, fmt.Sprintf("%d-%d", seed, f.Index))
	text := fmt.Sprintf("%s: %s\norigin: %s, mode %#x\nchanges:\n  %s\n\n%s\n%s\n", f.Kind, f.What, f.Origin, int(f.Mode), strings.Join(f.Changes, "\n  "), f.Dis, f.Stack)
	if err := os.WriteFile(name+".txt", []byte(text), 0o666); err != nil {
		return err
	}
	if x.methods {
		return nil
	}
	return os.WriteFile(name+".pyc", f.Pyc, 0o666)
}

// where returns the place of a panic in the machine: the first function below those of the runtime.
func where(stack string) string {
	_, below, ok := strings.Cut(stack, "panic(")
	if !ok {
		return ""
	}
	for line := range strings.Lines(below) {
		if i := strings.Index(line, ".go:"); i > 0 && !strings.Contains("/"+line, "/runtime/") {
			line, _, _ = strings.Cut(strings.TrimSpace(line), " ")
			return filepath.Base(filepath.Dir(line)) + "/" + filepath.Base(line)
		}
	}
	return ""
}

func (x *run) count() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.done++
	x.progress(false)
}

// clear takes the bar away.
func (x *run) clear() {
	if x.terminal {
		fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
}

// progress draws the bar, on a terminal; elsewhere it writes the last line only.
func (x *run) progress(last bool) {
	if !last && (!x.terminal || time.Since(x.printed) < time.Second) {
		return
	}
	x.printed = time.Now()
	const width = 30
	full := width * x.done / max(x.n, 1)
	took := time.Since(x.began)
	rate := float64(x.done) / took.Seconds()
	left := ""
	if !last && rate > 0 {
		left = " " + time.Duration(float64(x.n-x.done)/rate*float64(time.Second)).Round(time.Second).String() + " left"
	}
	x.clear()
	fmt.Fprintf(os.Stderr, "[%s%s] %d/%d %.0f/s%s, %d findings", strings.Repeat("#", full), strings.Repeat(".", width-full), x.done, x.n, rate, left, x.found)
	if last {
		fmt.Fprintln(os.Stderr)
	}
}
