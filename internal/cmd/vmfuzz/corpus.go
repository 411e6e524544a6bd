package main

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand"
	randv2 "math/rand/v2"
	"os"
	"path/filepath"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/mutant"
	"github.com/krait-py/krait/internal/vmtest"
	"github.com/krait-py/krait/verify"
)

// corpus makes the programs of a batch. The same seed gives the same programs.
type corpus struct {
	seed      uint64
	functions []*code.Object
}

// filesPerBatch is how many files of the library a batch has functions of.
const filesPerBatch = 30

func newCorpus(seed uint64, lib string) (*corpus, error) {
	c := &corpus{seed: seed}
	files, err := filepath.Glob(filepath.Join(mutant.Sources(), "*.py"))
	if err != nil {
		return nil, err
	}
	if lib != "" {
		var all []string
		err := filepath.WalkDir(lib, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && (d.Name() == "site-packages" || d.Name() == "test") {
				return fs.SkipDir
			}
			if err == nil && filepath.Ext(path) == ".py" {
				all = append(all, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		r := rand.New(rand.NewSource(int64(seed)))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		files = append(files, all[:min(filesPerBatch, len(all))]...)
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		o, _ := compile.Source(context.Background(), src, compile.Options{Filename: filepath.Base(name)})
		if o == nil {
			continue // meant for other versions
		}
		for f := range o.All() {
			if mutant.Callable(f, 6000) {
				c.functions = append(c.functions, f)
			}
		}
	}
	if len(c.functions) == 0 {
		return nil, fmt.Errorf("no functions to change: run it in the repository, or give -lib")
	}
	return c, nil
}

// program is what is run: a function that the verifier accepts.
type program struct {
	*mutant.Mutant
	origin string
}

func (p *program) changes() (what []string) {
	for _, c := range p.Changes {
		what = append(what, c.What)
	}
	return what
}

// program returns the program of a number.
func (c *corpus) program(i int) *program {
	r := randv2.New(randv2.NewPCG(c.seed, uint64(i)))
	old := rand.New(rand.NewSource(int64(r.Uint64() >> 1)))
	for {
		p := &program{}
		switch n := r.IntN(100); {
		case n < 4:
			p.origin = "real"
			p.Mutant = &mutant.Mutant{Original: c.functions[r.IntN(len(c.functions))]}
		case n < 60:
			p.origin = "changed"
			p.Mutant = mutant.New(old, c.functions)
		case n < 85:
			p.origin = "random"
			p.Mutant = &mutant.Mutant{Original: vmtest.RandomCode(r)}
		default:
			p.origin = "random, changed"
			o := vmtest.RandomCode(r)
			p.Mutant = mutant.New(old, []*code.Object{o})
		}
		if p.Mutant != nil && verify.Object(p.Object()).OK() {
			return p
		}
	}
}
