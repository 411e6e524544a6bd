package mt19937

import (
	_ "embed"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/pyfmt"
	"github.com/krait-py/krait/internal/texttest"
)

//go:embed testdata/random.py
var randomPy string

func TestSource(t *testing.T) {
	texttest.Suite{
		Program: randomPy, Golden: "testdata/random.txt", Few: 10, Many: 1000,
		Got: func(f []string) string {
			n, _ := new(big.Int).SetString(f[0], 0)
			var s Source
			s.Seed(n)
			var out []string
			for i, field := range strings.Fields(f[1]) {
				k, _ := strconv.Atoi(field)
				switch {
				case k < 0:
					out = append(out, string(pyfmt.AppendHexFloat(nil, s.Float64())))
				case k <= 64 && i%2 == 0:
					out = append(out, fmt.Sprintf("%#x", s.Bits(k)))
				default:
					out = append(out, fmt.Sprintf("%#x", s.BigBits(k)))
				}
			}
			words, index := s.State()
			res := strings.Join(out[max(len(out)-60, 0):], " ")
			return res + fmt.Sprintf(" %d %d %d", words[N-2], words[N-1], index)
		},
	}.Run(t)
}

func TestSetState(t *testing.T) {
	var a, b Source
	a.Seed(big.NewInt(7))
	for range 1000 {
		a.Uint32()
	}
	words, index := a.State()
	if !b.SetState(&words, index) {
		t.Fatal("refused")
	}
	for i := range 1000 {
		if x, y := a.Uint32(), b.Uint32(); x != y {
			t.Fatalf("number %d: %d and %d", i, x, y)
		}
	}
	if b.SetState(&words, N+1) || b.SetState(&words, -1) {
		t.Error("an index out of range is taken")
	}
}

func BenchmarkFloat64(b *testing.B) {
	var s Source
	s.Seed(big.NewInt(1))
	for b.Loop() {
		s.Float64()
	}
}
