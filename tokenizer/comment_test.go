package tokenizer

import (
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// typeCommentsPy finds in the trees of programs the type comments and the lines
// with ignored types.
const typeCommentsPy = `
import ast

def show(text):
    try:
        tree = ast.parse(text, type_comments=True)
    except SyntaxError:
        return "error"
    found = ["ignore %d %r" % (i.lineno, i.tag) for i in tree.type_ignores]
    for node in ast.walk(tree):
        if getattr(node, "type_comment", None) is not None:
            found.append("comment %r" % node.type_comment)
    return " ".join(sorted(found))

result = "\n".join(show(bytes.fromhex(h).decode()) for h in CASES.split(","))
`

// shownTypeComments returns the type comments of a program in the form of
// typeCommentsPy.
func shownTypeComments(text string) string {
	f := source.NewFile("f.py", text)
	tokens, d := New(f, Options{TypeComments: true}).Scan(nil)
	if d != nil {
		return "error"
	}
	var ignores, comments []string
	for _, k := range tokens {
		switch s := f.Text[k.Start:k.End]; k.Kind {
		case token.TYPEIGNORE:
			ignores = append(ignores, fmt.Sprintf("ignore %d %s", k.Line, repr(s)))
		case token.TYPECOMMENT:
			comments = append(comments, "comment "+repr(s))
		}
	}
	slices.Sort(comments)
	return strings.Join(append(comments, ignores...), " ")
}

const typeGolden = "testdata/typecomments.golden"

// TestTypeComments compares with what CPython 3.14.6's ast.parse finds.
func TestTypeComments(t *testing.T) {
	if *update {
		in, err := oracle.Find(pyver.Py314)
		if err != nil {
			t.Skip(err)
		}
		s := in.Start(oracle.Config{})
		defer s.Close()
		var hexes []string
		for _, c := range typeCommentCases {
			hexes = append(hexes, hex.EncodeToString([]byte(c)))
		}
		answer, err := s.Exec("CASES = '" + strings.Join(hexes, ",") + "'\n" + typeCommentsPy)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		b.WriteString("# CPython 3.14.6: ast.parse(type_comments=True) of each program of typeCommentCases;\n# go test ./tokenizer -run TypeComments -update\n")
		for i, line := range strings.Split(answer, "\n") {
			fmt.Fprintf(&b, "%q\n\t%s\n", typeCommentCases[i], line)
		}
		if err := os.WriteFile(typeGolden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(typeGolden)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")[2:]
	if len(lines) != 2*len(typeCommentCases) {
		t.Fatalf("%s has %d lines, want %d: run with -update", typeGolden, len(lines), 2*len(typeCommentCases))
	}
	for i, c := range typeCommentCases {
		want := strings.TrimPrefix(lines[2*i+1], "\t")
		if want == "error" {
			continue // the comment stands where the grammar has none
		}
		if got := shownTypeComments(c); got != want {
			t.Errorf("%q: got %s, want %s", c, got, want)
		}
	}
}
