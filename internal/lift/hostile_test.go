package lift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/verify"
)

// tryHostile lifts code that may be anything. What has been verified can be
// lifted and runs.
func tryHostile(t *testing.T, o *code.Object) (verified bool) {
	t.Helper()
	ok := verify.One(o).OK()
	for _, f := range []func(*code.Object) (*Code, error){Lift, Faithful} {
		c, err := f(o)
		if err == nil {
			Dump(c, o)
		}
		if !ok {
			continue
		}
		if err != nil {
			var b strings.Builder
			for in := range o.Instructions() {
				fmt.Fprintln(&b, in.Offset, table314.Info(in.Op).Name, in.Arg)
			}
			t.Errorf("%v, but it has been verified:\n%s", err, &b)
			return true
		}
		if round := unpolled(c); round != nil {
			t.Errorf("%s: words %d go round without a poll:\n%s", o.QualNameText(), round, Dump(c, o))
			return true
		}
		for seed := range 3 {
			if compareRun(o, c, seed, false) != nil {
				t.Errorf("%s, seed %d: %v", o.QualNameText(), seed, compareRun(o, c, seed, true))
				return true
			}
		}
	}
	if len(o.Code.S) < 100 {
		Locate(o, len(o.Code.S)/4)
	}
	return ok
}

// shortObjects returns the functions of own programs that are short enough for a change to matter.
func shortObjects(t *testing.T) (short []*code.Object) {
	for _, o := range ownObjects(t) {
		if len(o.Code.S) < 600 {
			short = append(short, o)
		}
	}
	return short
}

// TestHostileCode lifts bytecode with random changes.
func TestHostileCode(t *testing.T) {
	n := uint64(20000)
	if testing.Short() {
		n = 2000
	}
	compiled := shortObjects(t)
	verified := 0
	for seed := range n {
		r := rand.New(rand.NewPCG(seed, 2))
		o := randomCode(seed%1000, seed%50 == 0, 0)
		if seed%4 != 0 {
			changed := *compiled[r.IntN(len(compiled))]
			o = &changed
		}
		if o.ExceptionTable == nil {
			o.ExceptionTable = &code.Bytes{}
		}
		text, table := []byte(o.Code.S), []byte(o.ExceptionTable.S)
		changes := 1 + r.IntN(8)
		if seed%2 == 0 {
			changes = 1
		}
		for range changes {
			if i := r.IntN(len(text)); r.IntN(2) == 0 {
				text[i] = byte(r.Uint32())
			} else {
				text[i] = byte(r.IntN(12))
			}
		}
		if len(table) > 0 && r.IntN(3) == 0 {
			table[r.IntN(len(table))] = byte(r.Uint32())
		}
		if r.IntN(10) == 0 {
			o.StackSize = r.IntN(20)
		}
		if r.IntN(10) == 0 {
			text = text[:r.IntN(len(text))]
		}
		o.Code = &code.Bytes{S: string(text)}
		o.ExceptionTable = &code.Bytes{S: string(table)}
		if tryHostile(t, o) {
			verified++
		}
		if t.Failed() {
			t.Fatal("seed", seed)
		}
	}
	if t.Log(verified, "verified"); verified < int(n/100) {
		t.Error("too few are verified")
	}
}

// TestEmptyStack lifts code that wants a value where there is none, right behind a word that has made one.
func TestEmptyStack(t *testing.T) {
	number := func(op opcode.Op) byte {
		info, ok := table314.ByOp(op)
		if !ok {
			t.Fatal(op)
		}
		return byte(info.Number)
	}
	begin := []byte{number(opcode.RESUME), 0, number(opcode.LOAD_SMALL_INT), 1, number(opcode.FORMAT_SIMPLE), 0, number(opcode.POP_TOP), 0}
	end := []byte{number(opcode.RETURN_VALUE), 0}
	for n := range 256 {
		text := append(append(slices.Clip(begin), byte(n), 0), end...)
		o := randomCode(1, false, 0)
		o.Code, o.ExceptionTable = &code.Bytes{S: string(text)}, &code.Bytes{}
		tryHostile(t, o)
	}
}

func FuzzLift(f *testing.F) {
	for seed := range uint64(20) {
		o := randomCode(seed, false, 0)
		f.Add([]byte(o.Code.S), []byte(o.ExceptionTable.S), o.StackSize)
	}
	f.Fuzz(func(t *testing.T, text, table []byte, stack int) {
		o := randomCode(0, false, 0)
		o.Code, o.ExceptionTable, o.StackSize = &code.Bytes{S: string(text)}, &code.Bytes{S: string(table)}, stack
		tryHostile(t, o)
	})
}
