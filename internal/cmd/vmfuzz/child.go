package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/vmtest"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/verify"
)

// finding is what a child process says of a program that broke something.
type finding struct {
	Index   int
	Kind    string
	What    string
	Stack   string
	Origin  string
	Mode    vmtest.Mode
	Changes []string
	Pyc     []byte
	Dis     string
}

// runChild runs the programs [from, to) of a batch. It prints a line "." for each, and a line of JSON for each finding.
func runChild(c config) error {
	limitMemory()
	debug.SetGCPercent(400) // the heap is small
	if c.methods {
		return attackMethods(c)
	}
	programs, err := newCorpus(c.seed, c.lib)
	if err != nil {
		return err
	}
	r, err := newRunner(c)
	if err != nil {
		return err
	}
	defer func() { r.Close() }()
	var now finding
	stuck := func(what string) {
		f := now
		f.Kind, f.What, f.Stack = "hang", what, goroutines()
		say(f)
		os.Exit(3)
	}
	r.Stuck = stuck
	for i := c.from; i < c.to; i++ {
		p := programs.program(i)
		o := p.Object()
		now = finding{Index: i, Origin: p.origin, Changes: p.changes(), Pyc: packed(o)}
		if c.dump != "" {
			now.Dis = listing(o)
			f := now
			line, _ := json.Marshal(f)
			if err := os.WriteFile(c.dump, line, 0o666); err != nil {
				return err
			}
		}
		if f := try(r, o, modes(c.seed, i), func(m vmtest.Mode) { now.Mode = m }); f != nil {
			what := *f
			if f.Kind == "panic" || f.Kind == "differs" {
				same := func(o *code.Object) bool {
					g := try(r, o, []vmtest.Mode{now.Mode}, func(vmtest.Mode) {})
					return g != nil && g.Kind == what.Kind && g.What == what.What
				}
				if same(o) {
					o = shrink(p, same)
				} else {
					what.Kind += ", not when run again"
				}
			}
			g := now
			g.Changes, g.Kind, g.What, g.Stack, g.Pyc, g.Dis = p.changes(), what.Kind, what.What, what.Stack, packed(o), listing(o)
			say(g)
			r.Close()
			if r, err = newRunner(c); err != nil {
				return err
			}
			r.Stuck = stuck
		}
		os.Stdout.Write([]byte(".\n"))
	}
	return nil
}

// say prints a finding.
func say(f finding) {
	line, _ := json.Marshal(f)
	os.Stdout.Write(append(line, '\n'))
}

// callsPerProgram is how many calls count as a program with -methods.
const callsPerProgram = 200

// attackMethods is runChild for -methods. What is called is written to the file c.dump before.
func attackMethods(c config) error {
	var last string
	dump, err := os.Create(c.dump)
	if err != nil {
		return err
	}
	defer dump.Close()
	var line [400]byte
	note := func(what string) {
		last = what
		n := copy(line[:], what)
		for ; n < len(line); n++ {
			line[n] = ' '
		}
		dump.WriteAt(line[:], 0)
	}
	var now finding
	newOne := func() (*vmtest.Runner, error) {
		r, err := vmtest.NewRunner()
		if err == nil {
			r.Patience, r.Memory = 3*time.Second, 2<<30
			r.Stuck = func(what string) {
				now.Kind, now.What, now.Stack, now.Origin = "hang", what, goroutines(), last
				say(now)
				os.Exit(3)
			}
		}
		return r, err
	}
	r, err := newOne()
	if err != nil {
		return err
	}
	for i := c.from; i < c.to; i++ {
		now = finding{Index: i}
		err := r.Attack(int64(c.seed>>1)<<16+int64(i), callsPerProgram, note)
		if f := new(vmtest.Finding); errors.As(err, &f) {
			now.Kind, now.What, now.Stack, now.Origin = f.Kind, f.What, f.Stack, last
			say(now)
			r.Close()
			if r, err = newOne(); err != nil {
				return err
			}
		}
		os.Stdout.Write([]byte(".\n"))
	}
	return nil
}

func newRunner(c config) (*vmtest.Runner, error) {
	r, err := vmtest.NewRunner()
	if err == nil {
		r.Patience = c.patience
	}
	return r, err
}

// modes are the ways in which a program is run: how it is compared, and one or two more.
func modes(seed uint64, i int) []vmtest.Mode {
	r := rand.New(rand.NewPCG(seed, uint64(i)+1<<40))
	all := []vmtest.Mode{vmtest.Throw, vmtest.Trace, vmtest.Monitor, vmtest.Hostile, vmtest.Hostile | vmtest.Trace, vmtest.Deep, vmtest.Recode}
	m := []vmtest.Mode{0, all[r.IntN(len(all))]}
	if r.IntN(4) == 0 {
		m[1] |= all[r.IntN(len(all))]
	}
	switch r.IntN(100) {
	case 0:
		m = append(m, vmtest.Threads)
	case 1:
		m = append(m, vmtest.Collect)
	case 2:
		m = append(m, vmtest.Threads|m[1])
	}
	return m
}

// try runs a program in some ways. Mode 0 is that in which what it does with and without tracing is compared.
func try(r *vmtest.Runner, o *code.Object, modes []vmtest.Mode, begin func(vmtest.Mode)) *vmtest.Finding {
	for _, m := range modes {
		begin(m)
		text, err := r.Run(o, m)
		if f := new(vmtest.Finding); errors.As(err, &f) {
			return f
		}
		if m != 0 || strings.HasPrefix(text, "stopped") {
			continue
		}
		for _, way := range []vmtest.Mode{vmtest.Faithful, vmtest.Tidy} {
			if f := differs(r, o, text, way, begin); f != nil {
				return f
			}
		}
	}
	return nil
}

// differs runs a program, which does what text says, in a way in which it must do the same.
func differs(r *vmtest.Runner, o *code.Object, text string, way vmtest.Mode, begin func(vmtest.Mode)) *vmtest.Finding {
	texts := [4]string{text}
	for i := 1; i < len(texts); i++ {
		mode := way
		if i == 2 {
			mode = 0
		}
		var err error
		texts[i], err = r.Run(o, mode)
		if f := new(vmtest.Finding); errors.As(err, &f) {
			begin(mode)
			return f
		}
		if i == 1 && texts[1] == texts[0] || strings.HasPrefix(texts[i], "stopped") {
			return nil
		}
	}
	if texts[0] != texts[2] || texts[1] != texts[3] {
		return nil // it does something else each time
	}
	return &vmtest.Finding{Kind: "differs", What: fmt.Sprintf("runs as\n%s\nbut in mode %#x as\n%s", texts[0], int(way), texts[1])}
}

// shrink takes back changes of a program as long as it does the same.
func shrink(p *program, same func(*code.Object) bool) *code.Object {
	for i := 0; i < len(p.Changes); {
		all := p.Changes
		p.Changes = append(all[:i:i], all[i+1:]...)
		if o := p.Object(); !verify.Object(o).OK() || !same(o) {
			p.Changes = all
			i++
		}
	}
	return p.Object()
}

// goroutines returns the stacks of all goroutines.
func goroutines() string {
	buf := make([]byte, 1<<20)
	return string(buf[:runtime.Stack(buf, true)])
}

func packed(o *code.Object) []byte {
	magic, _ := pyver.MagicOf(pyver.Py314)
	data, err := (&pyc.File{Code: o, Header: &pyc.Header{Magic: magic.Number, Version: pyver.Py314}}).Bytes()
	if err != nil {
		return nil
	}
	return data
}

func listing(o *code.Object) string {
	var b strings.Builder
	dis.Fprint(&b, o, dis.Options{ShowOffsets: true})
	return b.String()
}

// reproduce runs files in all ways.
func reproduce(c config, files []string) (status int, err error) {
	r, err := newRunner(c)
	if err != nil {
		return 2, err
	}
	r.Stuck = func(what string) {
		fmt.Println("hang:", what, "\n", goroutines())
		os.Exit(3)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return 2, err
		}
		f, err := pyc.Read(data, pyc.Options{})
		if err != nil {
			return 2, err
		}
		if rep := verify.Object(f.Code); !rep.OK() {
			fmt.Println(filepath.Base(name), "is refused:", rep.Findings[0])
			continue
		}
		var all []vmtest.Mode
		for m := vmtest.Mode(0); m < vmtest.Faithful; m++ {
			if c.mode < 0 && m&vmtest.Threads == 0 || int(m) == c.mode {
				all = append(all, m)
			}
		}
		var mode vmtest.Mode
		if g := try(r, f.Code, all, func(m vmtest.Mode) { mode = m }); g != nil {
			fmt.Printf("%s, mode %#x: %v\n", filepath.Base(name), mode, g)
			status = 1
		}
	}
	return status, nil
}
