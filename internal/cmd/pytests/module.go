package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/krait-py/krait/internal/subject"
)

//go:embed driver.py
var driver string

// The outcomes of a method.
const (
	pass = "pass"
	fail = "fail"
	skip = "skip"
)

// result is what became of a method.
type result struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
}

// moduleResult is what became of a module: its methods in their order, and each one's
// result.
type moduleResult struct {
	IDs     []string          `json:"ids"`
	Results map[string]result `json:"results"`
	// Import says why the module could not be imported; there are no methods then.
	Import  string        `json:"import,omitempty"`
	Crashes int           `json:"crashes,omitempty"` // processes that ended or were ended early
	Time    time.Duration `json:"time"`
}

// interpreter runs tests.
type interpreter struct {
	command []string // the program and its first arguments
	root    string   // what has the package test
	bytes   string   // where it keeps its bytecode
	timeout time.Duration
	// budget bounds the time of a module.
	budget time.Duration
}

// record is a line of the driver.
type record struct {
	Kind, ID, Outcome, Reason string
	IDs                       []string
}

// runModule runs the methods of a module, or of those only the ones named by only if that is
// not nil. A method that ends the process or takes too long costs itself alone: another
// process goes on behind it.
func (in *interpreter) runModule(ctx context.Context, module string, only []string) (*moduleResult, error) {
	start := time.Now()
	m := &moduleResult{Results: map[string]result{}}
	var fixtures []record
	for ctx.Err() == nil {
		before := len(m.Results)
		c, err := in.child(ctx, module, m, only, &fixtures, start.Add(in.budget))
		if err != nil {
			return nil, err
		}
		if c.ended || m.Import != "" {
			break
		}
		m.Crashes++
		switch {
		case c.running != "":
			m.Results[c.running] = result{fail, c.reason}
		case m.IDs == nil:
			m.Import = c.reason
		}
		if m.Import != "" {
			break
		}
		if time.Since(start) > in.budget || len(m.Results) == before {
			// It ended between methods and would do so again.
			m.fillIn(only, nil, result{fail, c.reason})
			break
		}
	}
	m.fillIn(only, fixtures, result{fail, "not run"})
	m.Time = time.Since(start).Round(time.Millisecond)
	return m, ctx.Err()
}

// fillIn gives the methods that nothing is known of a result: that of the class or module whose
// fixture failed, or the one given.
func (m *moduleResult) fillIn(only []string, fixtures []record, otherwise result) {
	ids := m.IDs
	if only != nil {
		ids = only
	}
	for _, id := range ids {
		if _, ok := m.Results[id]; ok {
			continue
		}
		r := otherwise
		for _, f := range fixtures {
			if f.covers(id) {
				r = result{f.Outcome, f.Reason}
				if f.Outcome == fail {
					r.Reason = f.ID + ": " + f.Reason
				}
				break
			}
		}
		m.Results[id] = r
	}
}

var fixtureName = regexp.MustCompile(`^setUp(Class|Module) \(test\.test_\w+\.?(.*)\)$`)

// covers reports whether a fixture's failure keeps a method from being run.
func (f record) covers(id string) bool {
	m := fixtureName.FindStringSubmatch(f.ID)
	return m != nil && (m[1] == "Module" || strings.HasPrefix(id, m[2]+"."))
}

// childEnd is how a process of the driver ended.
type childEnd struct {
	ended   bool   // it did all that it had to
	running string // the method during which it did not
	reason  string // why not
}

// child starts a process for what m has no results of yet and adds those that it gets.
func (in *interpreter) child(ctx context.Context, module string, m *moduleResult, only []string, fixtures *[]record, deadline time.Time) (childEnd, error) {
	var end childEnd
	dir, err := os.MkdirTemp("", "pytests")
	if err != nil {
		return end, err
	}
	defer removeAll(dir)
	how, list := "skip", []string{}
	for id := range m.Results {
		list = append(list, id)
	}
	if only != nil {
		how, list = "only", nil
		for _, id := range only {
			if _, ok := m.Results[id]; !ok {
				list = append(list, id)
			}
		}
	}
	script, chosen := filepath.Join(dir, "driver.py"), filepath.Join(dir, "chosen.txt")
	if err := os.WriteFile(script, []byte(driver), 0o644); err != nil {
		return end, err
	}
	if err := os.WriteFile(chosen, []byte(strings.Join(list, "\n")), 0o644); err != nil {
		return end, err
	}
	work := filepath.Join(dir, "work")
	if err := os.Mkdir(work, 0o755); err != nil {
		return end, err
	}
	args := append([]string{}, in.command[1:]...)
	args = append(args, "-X", "pycache_prefix="+in.bytes, script, in.root, "test.test_"+module, how, chosen)
	cmd := exec.Command(in.command[0], args...)
	cmd.Dir = work
	cmd.Env = environ(dir)
	stderr := &subject.Tail{}
	cmd.Stderr = stderr
	// A process that a test leaves behind keeps the pipes open.
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	r, w, err := os.Pipe()
	if err != nil {
		return end, err
	}
	defer r.Close()
	cmd.Stdout = w
	err = cmd.Start()
	w.Close()
	if err != nil {
		return end, err
	}
	records, stop := make(chan record), make(chan struct{})
	defer close(stop)
	go readRecords(r, records, stop)
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()

	limit := in.timeout
	timer := time.NewTimer(min(limit, time.Until(deadline)))
	defer timer.Stop()
	wait := exited
	var status error
	var closing <-chan time.Time
	for {
		select {
		case rec, ok := <-records:
			if !ok {
				records = nil
				if wait == nil {
					return end.because(status, stderr), nil
				}
				// The process has closed its output; it will end.
				continue
			}
			in.take(rec, m, fixtures, &end)
			if end.ended || rec.Kind == "import" {
				killGroup(cmd)
				if wait != nil {
					<-wait
				}
				return end, nil
			}
			timer.Reset(min(limit, max(0, time.Until(deadline))))
		case status = <-wait:
			wait = nil
			if records == nil {
				return end.because(status, stderr), nil
			}
			// What it wrote last may still be in the pipe, which another process may hold.
			closing = time.After(time.Second)
		case <-closing:
			killGroup(cmd)
			return end.because(status, stderr), nil
		case <-timer.C:
			killGroup(cmd)
			if wait != nil {
				<-wait
			}
			end.reason = fmt.Sprintf("no end within %v", limit)
			if time.Now().After(deadline) {
				end.reason = fmt.Sprintf("the module has used up its %v", in.budget)
			}
			return end, nil
		case <-ctx.Done():
			killGroup(cmd)
			if wait != nil {
				<-wait
			}
			return end, ctx.Err()
		}
	}
}

// take adds what a record says.
func (in *interpreter) take(rec record, m *moduleResult, fixtures *[]record, end *childEnd) {
	switch rec.Kind {
	case "import":
		m.Import = clean(rec.Reason)
	case "tests":
		m.IDs = rec.IDs
	case "start":
		end.running = rec.ID
	case "done":
		end.running = ""
		m.Results[rec.ID] = result{rec.Outcome, clean(rec.Reason)}
	case "fixture":
		rec.Reason = clean(rec.Reason)
		*fixtures = append(*fixtures, rec)
	case "end":
		end.ended = true
	}
}

// because adds why a process that was not to end has done so.
func (e childEnd) because(status error, stderr *subject.Tail) childEnd {
	e.reason = "the process ended"
	if status != nil {
		e.reason = "the process ended with " + status.Error()
	}
	if why := stderr.Why(300); why != "" {
		e.reason += ": " + clean(why)
	}
	return e
}

// readRecords sends the driver's lines among what else is written, and closes the channel at
// the end, unless it is to stop before.
func readRecords(r io.Reader, records chan<- record, stop <-chan struct{}) {
	defer close(records)
	for b := bufio.NewReader(r); ; {
		line, err := b.ReadBytes('\n')
		if i := bytes.IndexByte(line, 0x1e); i >= 0 {
			var rec record
			if json.Unmarshal(line[i+1:], &rec) == nil {
				select {
				case records <- rec:
				case <-stop:
					return
				}
			}
		}
		if err != nil {
			return
		}
	}
}

// environ is what tests see of the environment: nothing that changes what Python does.
func environ(tmp string) []string {
	env := []string{"LC_ALL=C.UTF-8", "TMPDIR=" + tmp, "TEMP=" + tmp, "TMP=" + tmp, "TERM=dumb"}
	for _, name := range []string{"PATH", "HOME", "USER", "SYSTEMROOT", "XDG_CACHE_HOME", "LocalAppData", "LD_LIBRARY_PATH", "GOGC", "GOMAXPROCS", "GODEBUG"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// removeAll removes a directory, even if tests have made parts of it unreadable.
func removeAll(dir string) {
	if os.RemoveAll(dir) == nil {
		return
	}
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if d != nil && d.IsDir() {
			os.Chmod(path, 0o700)
		}
		return nil
	})
	os.RemoveAll(dir)
}

var (
	addresses = regexp.MustCompile(`0x[0-9a-fA-F]{6,}`)
	// directories of absolute names of files, which differ from machine to machine
	directories = regexp.MustCompile(`(^|['" (])/(?:[^/'" ]+/)+`)
	tempNames   = regexp.MustCompile(`(/tmp/|[A-Z]:\\\S*?\\)pytests\d+\S*`)
)

// clean takes out of a reason what differs from run to run.
func clean(reason string) string {
	reason = addresses.ReplaceAllString(reason, "0x...")
	reason = tempNames.ReplaceAllString(reason, "...")
	reason = directories.ReplaceAllString(reason, "$1.../")
	return strings.Join(strings.Fields(reason), " ")
}
