package tokenizer

import (
	"strings"
	"testing"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// FuzzScan checks what must hold of the tokens of any text.
func FuzzScan(f *testing.F) {
	for _, c := range allCases() {
		f.Add([]byte(c))
	}
	for _, c := range typeCommentCases {
		f.Add([]byte(c))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, o := range []Options{{}, {TypeComments: true}} {
			checkTokens(t, source.NewFile("f.py", string(data)), o)
			if file, d := source.Decode("f.py", data); d == nil {
				checkTokens(t, file, o)
			}
		}
		raw, d := source.DecodeLenient("f.py", data)
		if d != nil {
			raw = source.NewRaw("f.py", string(data))
		}
		checkTokens(t, raw, Options{Extra: true})
	})
}

func checkTokens(t *testing.T, f *source.File, o Options) {
	z := New(f, o)
	tokens, d := z.Scan(nil)
	if d == nil && (len(tokens) == 0 || tokens[len(tokens)-1].Kind != token.ENDMARKER) {
		t.Fatal("no error and no ENDMARKER")
	}
	if d != nil && (d.Message == "" || d.Type == "" || d.Line < 0 || d.Line > 1+strings.Count(f.Text, "\n")) {
		t.Fatalf("odd error %+v", d)
	}
	end, indent := int32(0), 0
	for i, k := range tokens {
		if k.Start < end && k.Kind != token.TYPECOMMENT || k.End < k.Start || int(k.End) > len(f.Text) {
			t.Fatalf("token %d, %+v, starts before %d or ends behind the text", i, k, end)
		}
		end = k.End
		if k.EndLine < k.Line || k.Col < -1 || k.Line < 0 {
			t.Fatalf("token %d is at %+v", i, k)
		}
		switch k.Kind {
		case token.INDENT:
			indent++
		case token.DEDENT:
			indent--
		}
		if indent < 0 {
			t.Fatalf("token %d dedents too far", i)
		}
		if s := k.Kind.Spelling(); s != "" && f.Text[k.Start:k.End] != s && f.Text[k.Start:k.End] != "<>" &&
			!strings.HasPrefix(f.Text[k.Start:k.End], "\r") && f.Text[k.Start] != '#' {
			t.Fatalf("token %d is %q, want %q", i, f.Text[k.Start:k.End], s)
		}
		keyword := token.Keyword(f.Text[k.Start:k.End]) != token.NAME
		if k.Kind.IsKeyword() != keyword && (k.Kind == token.NAME || k.Kind.IsKeyword()) {
			t.Fatalf("token %d, %q, is of kind %d", i, f.Text[k.Start:k.End], k.Kind)
		}
		if k.Kind == token.NAME {
			Identifier(f.Text[k.Start:k.End])
		}
	}
	if d == nil && indent != 0 {
		t.Fatalf("%d blocks are not closed", indent)
	}
	for range Entries(f, tokens) {
	}
	if d == nil {
		return
	}
	// What was found does not depend on what is found later.
	z.Reset(f, o)
	if again, d2 := z.Scan(nil); d2 == nil || *d2 != *d || len(again) != len(tokens) {
		t.Fatal("a second scan differs")
	}
}

func TestFieldText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"x", "x"},
		{" x = ", " x = "},
		{"x # c\n", "x \n"},
		{"x # c", "x "},
		{"'#' # c\n+ 1", "'#' \n+ 1"},
		{"'''a#b'''", "'''a#b'''"},
		{`"\"#"`, `"\"#"`},
	} {
		if got := FieldText(c.text); got != c.want {
			t.Errorf("FieldText(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
