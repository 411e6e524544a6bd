package assemble

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/krait-py/krait/source"
)

// TestWriteLocations: entries that are made without a branch are those that are made one
// after another.
func TestWriteLocations(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var a Assembler
	for range 2000 {
		n := r.IntN(20)
		a.runs, a.ran = make([]run, n), n
		line, at := int32(7), int32(0)
		var want []byte
		for i := range n {
			p := source.Span{Line: line + []int32{0, 0, 0, 1, 2, 3, -1}[r.IntN(7)], Col: int32(r.IntN(130) - 1)}
			p.EndLine, p.EndCol = p.Line+int32(r.IntN(8)/7), p.Col+int32(r.IntN(19)-1)
			if r.IntN(9) == 0 {
				p = source.Span{Line: -1, Col: -1, EndLine: -1, EndCol: -1}
			}
			units := int32(r.IntN(20))
			at += units
			a.runs[i] = run{start(&p), end(&p), at}
			want, line = appendPlace(want, units, line, &p)
		}
		if !a.writeLocations(7) || !bytes.Equal(a.tables, want) {
			t.Fatalf("got %x, want %x", a.tables, want)
		}
	}
}
