package asm

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/krait-py/krait/pyc"
)

var mutants = flag.Int("mutants", 1000, "how many damaged files and texts to try")

// Files with bytes changed at random that still read as files go through text
// unchanged: damaged bytecode, tables, names, values and references.
func TestMutantFiles(t *testing.T) {
	files := pycFiles(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for i := range *mutants {
		data := bytes.Clone(readFile(t, files[i%len(files)]))
		for range 1 + rnd.IntN(3) {
			at := 8 + rnd.IntN(len(data)-8)
			switch rnd.IntN(3) {
			case 0:
				data[at] ^= 1 << rnd.IntN(8)
			case 1:
				data[at] = byte(rnd.IntN(256))
			case 2:
				data[at] = data[8+rnd.IntN(len(data)-8)]
			}
		}
		f, err := pyc.Read(data, pyc.Options{})
		if err != nil {
			continue
		}
		accepted++
		text := print(t, f, Options{Exact: true})
		got, diags := Parse("mutant.pyasm", []byte(text), Options{Exact: true})
		if len(diags) > 0 {
			t.Fatalf("mutant %d: %v\n%s", i, diags, diags[0].Text())
		}
		if again := fileBytes(t, got); !bytes.Equal(again, data) {
			t.Fatalf("mutant %d of %s: other bytes", i, files[i%len(files)])
		}
		checkText(t, f)
	}
	t.Logf("%d of %d mutants can be read", accepted, *mutants)
}

// Texts with pieces changed at random never make Parse panic, and what it
// still takes has a text.
func TestMutantTexts(t *testing.T) {
	var texts [][]byte
	for _, name := range pycFiles(t) {
		f, err := pyc.Read(readFile(t, name), pyc.Options{})
		if err != nil {
			continue
		}
		texts = append(texts, []byte(print(t, f, Options{})), []byte(print(t, f, Options{Exact: true})))
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	accepted := 0
	for i := range *mutants {
		src := bytes.Clone(texts[i%len(texts)])
		for range 1 + rnd.IntN(3) {
			a, b := rnd.IntN(len(src)), rnd.IntN(len(src))
			n := min(1+rnd.IntN(20), len(src)-a, len(src)-b)
			switch rnd.IntN(4) {
			case 0:
				src[a] = byte(rnd.IntN(128))
			case 1:
				copy(src[a:a+n], src[b:b+n])
			case 2:
				src = append(src[:a], src[a+n:]...)
			case 3:
				src = append(src[:a:a], append(bytes.Clone(src[b:b+n]), src[a:]...)...)
			}
		}
		f, diags := Parse("mutant.pyasm", src, Options{Exact: i%2 == 0})
		for _, d := range diags {
			d.Text()
		}
		if len(diags) == 0 {
			accepted++
			checkText(t, f)
		}
	}
	t.Logf("%d of %d mutants are texts", accepted, *mutants)
}
