package asm_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/krait-py/krait/asm"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/verify"
)

// The programs of the repository, and of the language's description, are safe
// and do in CPython 3.14 what they say.
func TestRun(t *testing.T) {
	docs, err := os.ReadFile("../docs/asm.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(docs), "```pyasm\n")
	byHand, err := os.ReadFile("../docs/write-bytecode.md")
	if err != nil {
		t.Fatal(err)
	}
	_, swap, _ := strings.Cut(string(byHand), "```pyasm\n")
	tests := []struct{ name, text, program, want string }{
		{"hello", blocks[1], "import io, contextlib\nf = io.StringIO()\nwith contextlib.redirect_stdout(f): exec(code, {})\nresult = f.getvalue()", "Hello, world!\n"},
		{"total", blocks[2], "m = {}\nexec(code, m)\nresult = '%r %s' % (m['total']([1, 2, 'x', 4], start=10), m['total'].__doc__)", "17 Add up what can be added up."},
		{"swap", swap, "m = {}\nexec(code, m)\nclass P: pass\np = P(); p.x, p.y = 1, 2\nm['swap'](p)\nresult = '%d %d' % (p.x, p.y)", "2 1"},
	}
	var session *oracle.Session
	if in, err := oracle.Find(pyver.Py314); err == nil {
		session = in.Start(oracle.Config{})
		defer session.Close()
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, _, _ := strings.Cut(tt.text, "```")
			f, diags := asm.Parse(tt.name, []byte(text), asm.Options{})
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			if r := verify.Object(f.Code); len(r.Findings) > 0 {
				t.Errorf("not proven: %v", r.Findings)
			}
			if session == nil {
				t.Skip("no CPython 3.14 here")
			}
			data, err := marshal.Write(f.Code, marshal.Options{})
			if err != nil {
				t.Fatal(err)
			}
			got, err := session.Exec(fmt.Sprintf("import marshal\ncode = marshal.loads(bytes.fromhex('%x'))\n", data) + tt.program)
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}
