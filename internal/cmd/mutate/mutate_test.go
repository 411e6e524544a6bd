package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/mutant"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/verify"
)

// Of a few accepted mutants none kills CPython 3.14.
func TestMutants(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if errors.Is(err, oracle.ErrNotFound) {
		t.Skip("no CPython 3.14: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c := config{in: in, n: 400, seed: 42, batch: 100, out: &out}
	res, err := run(c)
	if err != nil {
		t.Fatal(err)
	}
	if res.accepted < 20 || res.finished+res.stuck < res.accepted {
		t.Errorf("%d of %d accepted mutants ran, want all of at least 20", res.finished, res.accepted)
	}
	if len(res.killers) > 0 {
		res.print(c)
		t.Error(out.String())
	}
}

// A child that dies is noticed: the verifier refuses this mutant, and the
// interpreter does not survive it.
func TestKiller(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if errors.Is(err, oracle.ErrNotFound) {
		t.Skip("no CPython 3.14: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := config{in: in}
	functions, err := load(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range functions {
		if len(o.Code.S) < 20 {
			continue
		}
		// NULL is returned.
		m := &mutant.Mutant{Original: o, Changes: []mutant.Change{mutant.Patch("", 0, 0x80, 0, 33, 0, 35, 0)}}
		if o.Flags&(code.Generator|code.Coroutine|code.AsyncGenerator) != 0 || verify.Object(m.Object()).OK() {
			continue
		}
		got, err := runChild(c, []*mutant.Mutant{m})
		if err != nil {
			t.Fatal(err)
		}
		if got.signal == "" {
			t.Errorf("%s: returning NULL went unnoticed: %+v", o.QualNameText(), got)
		}
		return
	}
	t.Fatal("no function to try it on")
}
