package instrument_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/krait-py/krait/asm"
	"github.com/krait-py/krait/instrument"
	"github.com/krait-py/krait/rewrite"
	"github.com/krait-py/krait/verify"
)

// A function of thousands of handlers, branches and returns takes a moment, not
// minutes: the test is for the patience of who runs it.
func TestLarge(t *testing.T) {
	const n = 2000
	var text strings.Builder
	text.WriteString("python 3.14\ncode f(x)\n RESUME 0\n")
	for i := range n {
		fmt.Fprintf(&text, "line %d\na%d:\n LOAD_FAST x\n TO_BOOL\n POP_JUMP_IF_FALSE b%d\n NOT_TAKEN\n LOAD_GLOBAL g + NULL\n CALL 0\n RETURN_VALUE\nb%d:\n", 2*i+1, i, i, i)
	}
	text.WriteString(" LOAD_CONST None\n RETURN_VALUE\n")
	for i := range n {
		fmt.Fprintf(&text, "h%d:\n PUSH_EXC_INFO\n POP_TOP\n POP_EXCEPT\n LOAD_CONST %d\n RETURN_VALUE\n try a%d to b%d -> h%d\n", i, i, i, i, i)
	}
	text.WriteString("end\n")
	f, diags := asm.Parse("large.pyasm", []byte(text.String()), asm.Options{})
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	call := func(b *rewrite.Builder) { b.LoadGlobal("h", true).Call(0).Pop() }
	for name, pass := range map[string]instrument.Pass{
		"Return":      instrument.Return(call),
		"Exit":        instrument.Exit(call, call),
		"Lines":       instrument.Lines(func(b *rewrite.Builder, line int) { call(b) }),
		"Branches":    instrument.Branches(func(b *rewrite.Builder, line int, taken bool) { call(b) }),
		"AroundCalls": instrument.AroundCalls(func(instrument.Call) bool { return true }, func(b *rewrite.Builder, _ instrument.Call) { call(b) }, nil),
		"BeforeEach":  instrument.BeforeEach(func(*rewrite.Func, int) bool { return true }, func(b *rewrite.Builder, _ *rewrite.Func, _ int) { call(b) }),
	} {
		t.Run(name, func(t *testing.T) {
			o, err := instrument.Apply(f.Code, pass)
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range verify.Object(o).Findings {
				t.Error(&finding)
			}
		})
	}
}
