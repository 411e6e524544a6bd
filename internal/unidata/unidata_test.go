package unidata

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/krait-py/krait/pyver"
)

// bitString returns what testdata/isprintable.py writes for Python v.
func bitString(v pyver.Version) []byte {
	b := make([]byte, 0x110000/8)
	for r := range rune(0x110000) {
		if Printable(v, r) {
			b[r>>3] |= 1 << (r & 7)
		}
	}
	return b
}

// recorded returns the sum of each Python version's bit string in
// printable.txt, which are the interpreters' own answers from 3.6 on.
func recorded(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("printable.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sums := make(map[string]string)
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		rest, ok := strings.CutPrefix(sc.Text(), "database ")
		if !ok {
			continue
		}
		w := strings.Fields(rest)
		for _, py := range strings.Split(w[1], ",") {
			sums[py] = w[2]
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return sums
}

func TestSums(t *testing.T) {
	sums := recorded(t)
	for _, v := range pyver.All() {
		if v == pyver.Py27 {
			continue
		}
		h := sha256.Sum256(bitString(v))
		if got, want := hex.EncodeToString(h[:]), sums[v.String()]; got != want {
			t.Errorf("%v: sum of all characters is %s, want %s", v, got, want)
		}
	}
}

func TestPrintable(t *testing.T) {
	tests := []struct {
		v    pyver.Version
		r    rune
		want bool
	}{
		{pyver.Py27, 'a', true},
		{pyver.Py27, ' ', true},
		{pyver.Py27, '\n', false},
		{pyver.Py27, 0x7F, false},
		{pyver.Py27, 'é', false},
		{pyver.Py30, 'é', true},
		{pyver.Py314, 0xA0, false},
		{pyver.Py314, 0xAD, false},
		{pyver.Py314, 0x378, false},
		{pyver.Py314, 0xD800, false},
		{pyver.Py314, 0xE000, false},
		{pyver.Py314, 0x2028, false},
		{pyver.Py31, 0x1F600, false}, // grinning face: Unicode 6.1
		{pyver.Py33, 0x1F600, true},
		{pyver.Py310, 0x1FAE0, false}, // melting face: Unicode 14
		{pyver.Py311, 0x1FAE0, true},
		{pyver.Make(3, 99), 0x1FAE0, true},
		{pyver.Make(4, 0), 0x1FAE0, true},
		{pyver.Py315, 0x10FFFF, false},
		{pyver.Py315, 0x110000, false},
		{pyver.Py315, 0x7FFFFFFF, false},
		{pyver.Py315, -1, false},
		{0, 'a', true},
		{0, 'é', false},
	}
	for _, tt := range tests {
		if got := Printable(tt.v, tt.r); got != tt.want {
			t.Errorf("Printable(%v, %#x) = %v, want %v", tt.v, tt.r, got, tt.want)
		}
		if got := Database(tt.v).Printable(tt.r); got != tt.want {
			t.Errorf("Database(%v).Printable(%#x) = %v, want %v", tt.v, tt.r, got, tt.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for _, v := range pyver.All() {
		d := Database(v)
		for r := rune(0); r <= 0x10FFFF; {
			first, last, printable := d.Span(r)
			if first != r || last < first {
				t.Fatalf("%v: Span(%#x) is %#x to %#x", v, r, first, last)
			}
			for ; r <= last; r++ {
				if Printable(v, r) != printable {
					t.Fatalf("%v: Span says %#x: %v", v, r, printable)
				}
			}
			if f, l, p := d.Span(last); f != first || l != last || p != printable {
				t.Fatalf("%v: Span(%#x) is %#x to %#x, want from %#x", v, last, f, l, first)
			}
		}
	}
	for _, r := range []rune{-1, 0x110000} {
		if f, l, p := DB(5).Span(r); f != r || l != r || p {
			t.Errorf("Span(%#x) = %#x, %#x, %v", r, f, l, p)
		}
	}
}

func BenchmarkPrintable(b *testing.B) {
	for _, bb := range []struct {
		name string
		from rune
	}{{"ascii", ' '}, {"greek", 0x370}, {"han", 0x4E00}, {"emoji", 0x1F600}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			d := Database(pyver.Py314)
			n, i := 0, rune(0)
			for b.Loop() {
				if d.Printable(bb.from + i&63) {
					n++
				}
				i++
			}
		})
	}
}
