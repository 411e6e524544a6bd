package tokenizer_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

// TestNamesOfAllLengths: names are what their text says, however long they are, whatever stands
// behind them and however near the end of the file is.
func TestNamesOfAllLengths(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	letters := "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789é"
	words := []string{"if", "None", "nonlocal", "continue", "continued", "continue_"}
	for range 300 {
		w := []rune{rune(letters[r.IntN(53)])}
		for range r.IntN(40) {
			w = append(w, []rune(letters)[r.IntN(64)])
		}
		words = append(words, string(w))
	}
	for range 200 {
		var b strings.Builder
		var want []string
		for range 1 + r.IntN(30) {
			w := words[r.IntN(len(words))]
			want = append(want, w)
			b.WriteString(w + []string{" ", "  ", ".", ",", "+=", "- ", ":=", " = ", ";", "\\\n"}[r.IntN(10)])
		}
		tok := tokenizer.New(source.NewFile("x.py", b.String()+want[0]), tokenizer.Options{})
		tokens, err := tok.Scan(nil)
		if err != nil {
			t.Fatalf("%q: %v", b.String(), err.Message)
		}
		var got []string
		for _, k := range tokens {
			if k.Kind != token.NAME && !k.Kind.IsKeyword() {
				continue
			}
			name := tok.Names().Text(k.Name)
			if k.Kind != token.Keyword(name) {
				t.Errorf("%q is of kind %d, want %d", name, k.Kind, token.Keyword(name))
			}
			got = append(got, name)
		}
		if g, w := strings.Join(got, " "), strings.Join(append(want, want[0]), " "); g != w {
			t.Errorf("in %q there are\n%s, want\n%s", b.String(), g, w)
		}
	}
}

// TestPlainStrings: a string that needs no decoding has the number of its quotes as its name.
func TestPlainStrings(t *testing.T) {
	for text, want := range map[string]token.NameID{
		`'a'`: 1, `"é"`: 1, `''`: 1, `""""""`: 3, "'''a\n'b'''": 3,
		`'\\'`: 0, "'a\\\nb'": 0, `"""\""""`: 0, `r'a'`: 0, `u"""a"""`: 0, `b''`: 0,
	} {
		tokens, err := tokenizer.New(source.NewFile("x.py", "x\n"+text+"\n"), tokenizer.Options{}).Scan(nil)
		if err != nil || len(tokens) < 3 || tokens[2].Kind != token.STRING || tokens[2].Name != want {
			t.Errorf("%s: tokens %+v, %v, want a string with the name %d", text, tokens, err, want)
		}
	}
}

// TestLongDocstring: the time that a string takes is in proportion to its length, whatever is
// in it.
func TestLongDocstring(t *testing.T) {
	for _, part := range []string{`\a`, `\"`, `"x`, "x\n", "\\\n"} {
		text := `"""` + strings.Repeat(part, 2<<20) + `"""` + "\n"
		start := time.Now()
		tokens, err := tokenizer.New(source.NewFile("x.py", text), tokenizer.Options{}).Scan(nil)
		if err != nil || len(tokens) != 3 {
			t.Fatalf("%q: %d tokens, %v", part, len(tokens), err)
		}
		if lines := 1 + strings.Count(text, "\n") - 1; int(tokens[0].EndLine) != lines || tokens[0].EndCol != tokens[0].End-int32(strings.LastIndexByte(text[:len(text)-1], '\n')+1) {
			t.Errorf("%q: ends in line %d, column %d", part, tokens[0].EndLine, tokens[0].EndCol)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q: took %v", part, d)
		}
	}
}
