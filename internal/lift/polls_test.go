package lift

import (
	"math/rand/v2"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/verify"
)

// unpolled returns the words of a way round that has no poll, nil if there is none. Branches poll when they are taken, handlers where
// they lead back.
func unpolled(c *Code) []int {
	const (
		unseen = iota
		open   // on the way to the word that is looked at
		done
	)
	state := make([]uint8, len(c.Words))
	type step struct {
		word int
		next []int
	}
	for first := range c.Words {
		if state[first] != unseen {
			continue
		}
		state[first] = open
		way := []step{{first, ahead(c, first)}}
		for len(way) > 0 {
			s := &way[len(way)-1]
			if len(s.next) == 0 {
				state[s.word] = done
				way = way[:len(way)-1]
				continue
			}
			to := s.next[0]
			s.next = s.next[1:]
			switch state[to] {
			case open:
				var round []int
				for _, s := range way {
					if len(round) > 0 || s.word == to {
						round = append(round, s.word)
					}
				}
				return round
			case unseen:
				state[to] = open
				way = append(way, step{to, ahead(c, to)})
			}
		}
	}
	return nil
}

// ahead returns where control can go from word w without a poll.
func ahead(c *Code, w int) []int {
	var next []int
	word := c.Words[w]
	op := Op(word)
	if !op.Has(Ends) && w+1 < len(c.Words) {
		next = append(next, w+1)
	}
	if op.Has(Jumps) && !(op.Has(Polls) && (op != JumpFar || fieldX(word) != 0)) {
		far := int(int16(fieldC(word)))
		if op == JumpFar {
			far = int(int32(word >> 32))
		}
		next = append(next, w+1+far)
	}
	if op.Has(Raises) {
		for _, h := range c.Handlers {
			if to := int(h.Target); int(h.Start) <= w && w < int(h.End) && !c.LeadsBack(to, w) {
				next = append(next, to)
			}
		}
	}
	return next
}

// TestPolls gives functions handlers at random places. Code that never asks whether it is to be interrupted could not be.
func TestPolls(t *testing.T) {
	n := uint64(60000)
	if testing.Short() {
		n = 6000
	}
	compiled := shortObjects(t)
	verified := 0
	for seed := range n {
		r := rand.New(rand.NewPCG(seed, 3))
		o := *compiled[r.IntN(len(compiled))]
		var starts []int // of instructions
		for in := range o.Instructions() {
			starts = append(starts, in.Offset)
		}
		if r.IntN(2) == 0 {
			text := []byte(o.Code.S)
			at := starts[r.IntN(len(starts))]
			if info := table314.Info(text[at]); info.Has(opcode.HasJRel | opcode.HasJAbs) {
				text[at+1] = byte(r.IntN(len(text) / 2))
				o.Code = &code.Bytes{S: string(text)}
			}
		}
		var table []code.ExceptionEntry
		for range 1 + r.IntN(2) {
			i := r.IntN(len(starts))
			if len(table) > 0 && starts[i] < table[0].End {
				continue
			}
			e := code.ExceptionEntry{Start: starts[i], End: len(o.Code.S), Target: starts[r.IntN(len(starts))], Depth: r.IntN(3)}
			if k := i + 1 + r.IntN(5); k < len(starts) {
				e.End = starts[k]
			}
			table = append(table, e)
		}
		encoded, err := code.EncodeExceptionTable(table)
		if err != nil {
			t.Fatal("seed", seed, err)
		}
		o.ExceptionTable = &code.Bytes{S: string(encoded)}
		o.StackSize += 2
		if !verify.One(&o).OK() {
			continue
		}
		verified++
		for _, f := range []func(*code.Object) (*Code, error){Lift, Faithful} {
			c, err := f(&o)
			if err != nil {
				t.Fatal("seed", seed, err)
			}
			if round := unpolled(c); round != nil {
				t.Fatalf("seed %d, faithful %v: words %d go round without a poll:\n%s", seed, c.Faithful, round, Dump(c, &o))
			}
		}
	}
	if t.Log(verified, "verified"); verified < int(n/100) {
		t.Error("too few are verified")
	}
}
