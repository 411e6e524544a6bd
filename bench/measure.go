package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/krait-py/krait/internal/subject"
)

// usage is what a run of a process took.
type usage struct {
	CPU  time.Duration `json:"cpu_ns"` // user and system
	Wall time.Duration `json:"wall_ns"`
	RSS  int64         `json:"rss_bytes"` // the peak; 0 where the system does not say
}

// least takes the smaller of each, where there is an earlier one.
func (u *usage) least(v usage) {
	if *u == (usage{}) {
		*u = v
		return
	}
	u.CPU, u.Wall, u.RSS = min(u.CPU, v.CPU), min(u.Wall, v.Wall), min(u.RSS, v.RSS)
}

// outcome is how a measured process ended.
type outcome struct {
	usage
	Failure string `json:"failure,omitempty"` // "exit status 1", "signal: killed", "no end within 1m0s"
}

// measureArg makes this program the parent of a measured process instead. Linux
// counts what a parent had in memory when it started a process as that process's own
// peak, so the parent had better be a small one that has done nothing else.
const measureArg = "measure-a-process"

// maxReason bounds why a program failed.
const maxReason = 160

// side is an interpreter to be measured.
type side struct {
	command []string // the program and its first arguments
	env     []string
	scratch string // directory for files of its own
}

// run runs the interpreter with arguments and returns what it printed. The error is one of
// this program; a failure of the interpreter is part of the outcome, with the line of its standard
// error that says why.
func (s *side) run(timeout time.Duration, args ...string) (string, outcome, error) {
	var o outcome
	self, err := os.Executable()
	if err != nil {
		return "", o, err
	}
	report := filepath.Join(s.scratch, "usage.json")
	os.Remove(report)
	cmd := exec.Command(self, append([]string{measureArg, report, strconv.FormatInt(int64(timeout), 10)}, append(s.command, args...)...)...)
	cmd.Env = s.env
	cmd.Dir = s.scratch
	var out, errOut subject.Tail
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		return "", o, fmt.Errorf("measuring %s: %w: %s", s.command[0], err, errOut.Why(maxReason))
	}
	data, err := os.ReadFile(report)
	if err != nil {
		return "", o, err
	}
	if err := json.Unmarshal(data, &o); err != nil {
		return "", o, fmt.Errorf("%s: %w", report, err)
	}
	if o.Failure != "" {
		if why := errOut.Why(maxReason); why != "" {
			o.Failure = why
		}
	}
	return out.String(), o, nil
}

// measure is the other side of run: its arguments are the file to write the outcome
// to, the time limit, and a command.
func measure(args []string) error {
	if len(args) < 3 {
		return errors.New("measure: a file, a time and a command wanted")
	}
	limit, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return err
	}
	cmd := exec.Command(args[2], args[3:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	timer := time.AfterFunc(time.Duration(limit), func() { cmd.Process.Kill() })
	err = cmd.Wait()
	o := outcome{usage: usage{Wall: time.Since(start)}}
	switch late := !timer.Stop(); {
	case late:
		o.Failure = fmt.Sprintf("no end within %v", time.Duration(limit))
	case err != nil:
		o.Failure = err.Error()
	}
	state := cmd.ProcessState
	o.CPU = state.UserTime() + state.SystemTime()
	o.RSS = peak(state)
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], data, 0o644)
}
