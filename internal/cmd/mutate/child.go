package main

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/krait-py/krait/internal/mutant"
)

//go:embed child.py
var childProgram string

// outcome is what became of a batch in one child process.
type outcome struct {
	finished int    // mutants that ran to an end
	signal   string // what the process died from
}

// patience is how long a mutant may take.
const patience = 10 * time.Second

// runChild runs mutants in one child process until one of them ends it or gets
// stuck.
func runChild(c config, batch []*mutant.Mutant) (outcome, error) {
	var in bytes.Buffer
	for _, m := range batch {
		data, err := marshalled(m)
		if err != nil {
			return outcome{}, err
		}
		binary.Write(&in, binary.BigEndian, uint32(len(data)))
		in.Write(data)
	}
	cmd := exec.Command(c.in.Path, "-c", childProgram)
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return outcome{}, err
	}
	defer os.RemoveAll(dir)
	cmd.Dir = dir
	cmd.Env = []string{"PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1"}
	cmd.Stdin = &in
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return outcome{}, err
	}
	if err := cmd.Start(); err != nil {
		return outcome{}, err
	}
	watch := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	var o outcome
	one := make([]byte, 1)
	stuck := false
	for {
		if n, err := out.Read(one); n == 0 || err != nil {
			break
		}
		if one[0] == '.' {
			o.finished++
		}
		stuck = !watch.Reset(patience)
	}
	stuck = !watch.Stop() || stuck
	err = cmd.Wait()
	var exit *exec.ExitError
	switch {
	case err == nil && o.finished < len(batch):
		return o, fmt.Errorf("the child ended after %d of %d mutants: %s", o.finished, len(batch), stderr.String())
	case errors.As(err, &exit):
		st, ok := exit.Sys().(syscall.WaitStatus)
		switch {
		case ok && st.Signaled():
			if !stuck && st.Signal() != syscall.SIGALRM {
				o.signal = st.Signal().String()
			}
		default:
			return o, fmt.Errorf("the child failed: %s", stderr.String())
		}
	case err != nil:
		return o, err
	}
	return o, nil
}
