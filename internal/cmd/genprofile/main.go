// Command genprofile runs the programs of bench/ under Go's CPU profiler and writes what it saw to a file, from which
// the go command builds krait: cmd/krait/default.pgo.
//
//	go run ./internal/cmd/genprofile cmd/krait/default.pgo
//
// Two runs never see the same, so unlike other generated files this one is not compared with what its generator writes. A profile that is
// older than the code costs some speed and nothing else: functions are found by their names, calls by their lines within them.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"strings"

	"github.com/google/pprof/profile"

	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/internal/cli"
)

const (
	// recordArg makes the program be krait with a profiler: genprofile -record FILE COMMAND...
	recordArg = "-record"
	// loop is the function that is compiled without a profile, so its stacks end there: what is inlined into it is chosen by hand, else
	// its frame doubles and operations spill more.
	loop = "github.com/krait-py/krait/internal/vm.eval"
)

func main() {
	if len(os.Args) > 3 && os.Args[1] == recordArg {
		status, err := record(os.Args[2], os.Args[3:])
		if err != nil {
			fmt.Fprintln(os.Stderr, "genprofile:", err)
			status = 1
		}
		os.Exit(status)
	}
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: genprofile OUT")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "genprofile:", err)
		os.Exit(1)
	}
}

// record is krait with the arguments args, profiled.
func record(file string, args []string) (status int, err error) {
	f, err := os.Create(file)
	if err != nil {
		return 0, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	status = cli.Main(append([]string{"krait"}, args...), cli.OSEnv())
	pprof.StopCPUProfile()
	return status, f.Close()
}

// run profiles one program after the other and writes the sum.
func run(ctx context.Context, out string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	programs, err := filepath.Glob("bench/programs/*.py")
	if err != nil {
		return err
	}
	if len(programs) == 0 {
		return errors.New("no programs in bench/programs: run this at the top of the repository")
	}
	dir, err := os.MkdirTemp("", "genprofile")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var all []*profile.Profile
	for i, program := range programs {
		fmt.Fprintf(os.Stderr, "%d of %d: %s\n", i+1, len(programs), program)
		file := filepath.Join(dir, "profile")
		cmd := exec.CommandContext(ctx, self, recordArg, file, "run", "-I", program)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", program, err)
		}
		p, err := read(file)
		if err != nil {
			return fmt.Errorf("%s: %w", program, err)
		}
		all = append(all, p)
	}
	sum, err := profile.Merge(all)
	if err != nil {
		return err
	}
	sum.TimeNanos = 0
	cut(sum, loop)
	var b strings.Builder
	if err := sum.Compact().Write(&b); err != nil {
		return err
	}
	return atomicfile.Write(out, []byte(b.String()))
}

func read(file string) (*profile.Profile, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return profile.Parse(f)
}

// cut takes the function of that name, and what called it, from all stacks that it is not the top of.
func cut(p *profile.Profile, name string) {
	for _, s := range p.Sample {
		for i, l := range s.Location {
			if i > 0 && within(l, name) {
				s.Location = s.Location[:i]
				break
			}
		}
	}
}

// within reports whether the place is in the function, or in what was inlined into it.
func within(l *profile.Location, name string) bool {
	for _, line := range l.Line {
		if line.Function.Name == name {
			return true
		}
	}
	return false
}
