package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/mutant"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/verify"
)

type config struct {
	in      *oracle.Interpreter
	n       int
	seed    int64
	tree    string
	batch   int
	verbose bool
	out     io.Writer
}

// result counts what became of the mutants.
type result struct {
	functions, made, accepted, finished, stuck int
	refused                                    map[verify.Rule]int
	killers                                    []killer
}

// killer is a mutant that killed the interpreter, and with what signal.
type killer struct {
	*mutant.Mutant
	signal string
}

func (r *result) print(c config) {
	fmt.Fprintf(c.out, "python %s: %d functions, %d mutants, %d accepted, %d ran, %d stuck, %d killed the interpreter\n",
		c.in.Release, r.functions, r.made, r.accepted, r.finished, r.stuck, len(r.killers))
	if c.verbose {
		var rules []string
		for rule, n := range r.refused {
			rules = append(rules, fmt.Sprintf("%7d %s", n, rule))
		}
		sort.Sort(sort.Reverse(sort.StringSlice(rules)))
		fmt.Fprintln(c.out, strings.Join(rules, "\n"))
	}
	for _, m := range r.killers {
		fmt.Fprintf(c.out, "\n%s kills with %s:\n", m.Original.QualNameText(), m.signal)
		for _, ch := range m.Changes {
			fmt.Fprintf(c.out, "  %s\n", ch.What)
		}
		dis.Fprint(c.out, m.Object(), dis.Options{ShowOffsets: true, NoRecurse: true})
	}
}

func run(c config) (*result, error) {
	functions, err := load(c)
	if err != nil {
		return nil, err
	}
	if len(functions) == 0 {
		return nil, fmt.Errorf("no functions to change: run it in the root of the repository, or give -tree")
	}
	r := rand.New(rand.NewSource(c.seed))
	res := &result{functions: len(functions), refused: map[verify.Rule]int{}}
	var batch []*mutant.Mutant
	flush := func() error {
		err := runBatch(c, batch, res)
		batch = batch[:0]
		return err
	}
	for res.made < c.n {
		m := mutant.New(r, functions)
		if m == nil {
			continue
		}
		res.made++
		if rep := verify.Object(m.Object()); !rep.OK() {
			res.refused[rep.Findings[0].Rule]++
			continue
		}
		res.accepted++
		batch = append(batch, m)
		if len(batch) == c.batch {
			if err := flush(); err != nil {
				return res, err
			}
		}
	}
	return res, flush()
}

// load returns the functions to change.
func load(c config) ([]*code.Object, error) {
	var list []*code.Object
	add := func(data []byte) {
		f, err := pyc.Read(data, pyc.Options{})
		if err != nil || f.Code == nil || f.Code.Version != c.in.Version {
			return
		}
		for o := range f.Code.All() {
			if mutant.Callable(o, 4000) && verify.One(o).OK() {
				list = append(list, o)
			}
		}
	}
	if c.tree != "" {
		err := filepath.WalkDir(c.tree, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".pyc" {
				return err
			}
			data, err := os.ReadFile(path)
			if err == nil {
				add(data)
			}
			return err
		})
		return list, err
	}
	names, err := filepath.Glob(filepath.Join(mutant.Sources(), "*.py"))
	if err != nil {
		return nil, err
	}
	s := c.in.Start(oracle.Config{})
	defer s.Close()
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if data, err := s.Compile(src, filepath.Base(name), 0); err == nil {
			add(data)
		}
	}
	return list, nil
}

// runBatch runs mutants in child processes until each has had its turn.
func runBatch(c config, batch []*mutant.Mutant, res *result) error {
	for len(batch) > 0 {
		done, err := runChild(c, batch)
		if err != nil {
			return err
		}
		res.finished += done.finished
		if done.finished == len(batch) {
			return nil
		}
		m := batch[done.finished]
		batch = batch[done.finished+1:]
		if done.signal == "" {
			res.stuck++
			continue
		}
		// Alone it tells whether it was the one.
		if again, err := runChild(c, []*mutant.Mutant{m}); err != nil || again.signal == "" {
			fmt.Fprintf(c.out, "%s: %s, but not when run alone\n", m.Original.QualNameText(), done.signal)
			for _, ch := range m.Changes {
				fmt.Fprintf(c.out, "  %s\n", ch.What)
			}
			if err != nil {
				return err
			}
		}
		res.killers = append(res.killers, shrink(c, m, done.signal))
	}
	return nil
}

// shrink takes back changes as long as the mutant is accepted and kills.
func shrink(c config, m *mutant.Mutant, signal string) killer {
	less := m.Shrink(func(less *mutant.Mutant) bool {
		if !verify.Object(less.Object()).OK() {
			return false
		}
		got, err := runChild(c, []*mutant.Mutant{less})
		if err != nil || got.signal == "" {
			return false
		}
		signal = got.signal
		return true
	})
	return killer{less, signal}
}

// marshalled returns the mutant as a stream for the child.
func marshalled(m *mutant.Mutant) ([]byte, error) {
	var b bytes.Buffer
	data, err := marshal.Write(m.Object(), marshal.Options{Version: m.Original.Version})
	b.Write(data)
	return b.Bytes(), err
}
