package instrument_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/krait-py/krait/asm"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/instrument"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
	"github.com/krait-py/krait/verify"
)

// greeting returns the code object of
//
//	def greeting(name):
//	    return len(name) + 21
func greeting() *code.Object {
	b := rewrite.NewBuilder(pyver.Py314, "greeting", code.Parameters{Pos: []string{"name"}})
	b.FirstLine(1).Line(2).LoadGlobal("len", true).LoadFast("name").Call(1).LoadConst(21).BinaryOp("+").Return()
	o, err := b.Code()
	if err != nil {
		panic(err)
	}
	return o
}

func show(o *code.Object, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	if r := verify.Object(o); !r.OK() {
		fmt.Println(r.Findings)
	}
	dis.Fprint(os.Stdout, o, dis.Options{})
}

func ExampleConstants() {
	double := func(v code.Value) code.Value {
		if n, ok := v.(*code.Int); ok && n.Big == nil {
			return &code.Int{V: 2 * n.V}
		}
		return v
	}
	o, err := instrument.Apply(greeting(), instrument.Constants(double))
	show(o, err)
	// Output:
	// 1           RESUME                   0
	//
	//   2           LOAD_GLOBAL              1 (len + NULL)
	//               LOAD_FAST                0 (name)
	//               CALL                     1
	//               LOAD_SMALL_INT          42
	//               BINARY_OP                0 (+)
	//               RETURN_VALUE
}

func ExampleRedirect() {
	o, err := instrument.Apply(greeting(), instrument.Redirect("len", "fake_len"))
	show(o, err)
	// Output:
	// 1           RESUME                   0
	//
	//   2           LOAD_GLOBAL              3 (fake_len + NULL)
	//               LOAD_FAST                0 (name)
	//               CALL                     1
	//               LOAD_SMALL_INT          21
	//               BINARY_OP                0 (+)
	//               RETURN_VALUE
}

func ExampleLines() {
	count := func(b *rewrite.Builder, line int) {
		b.LoadGlobal("count", true).LoadConst(line).Call(1).Pop()
	}
	o, err := instrument.Apply(greeting(), instrument.Lines(count))
	show(o, err)
	// Output:
	// 1           RESUME                   0
	//
	//   2           LOAD_GLOBAL              3 (count + NULL)
	//               LOAD_SMALL_INT           2
	//               CALL                     1
	//               POP_TOP
	//               LOAD_GLOBAL              1 (len + NULL)
	//               LOAD_FAST                0 (name)
	//               CALL                     1
	//               LOAD_SMALL_INT          21
	//               BINARY_OP                0 (+)
	//               RETURN_VALUE
}

func ExamplePass() {
	addToSubtract := func(f *rewrite.Func) error {
		for i := range f.Find(opcode.BINARY_OP) {
			v := f.Operand(i)
			if v.Text == "+" {
				v.Text = "-"
			}
			if err := f.SetOperand(i, v); err != nil {
				return err
			}
		}
		return nil
	}
	o, err := instrument.Apply(greeting(), addToSubtract)
	show(o, err)
	// Output:
	// 1           RESUME                   0
	//
	//   2           LOAD_GLOBAL              1 (len + NULL)
	//               LOAD_FAST                0 (name)
	//               CALL                     1
	//               LOAD_SMALL_INT          21
	//               BINARY_OP               10 (-)
	//               RETURN_VALUE
}

func Example_byHand() {
	f, err := rewrite.Decode(greeting())
	if err != nil {
		fmt.Println(err)
		return
	}
	hello, err := f.Snippet(func(b *rewrite.Builder) {
		b.LoadGlobal("print", true).LoadConst("hello").LoadFast("name").Call(2).Pop()
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	f.Insert(1, hello...) // behind RESUME
	o, err := f.Encode()
	show(o, err)
	// Output:
	// 1           RESUME                   0
	//
	//   2           LOAD_GLOBAL              3 (print + NULL)
	//               LOAD_CONST               0 ('hello')
	//               LOAD_FAST_CHECK          0 (name)
	//               CALL                     2
	//               POP_TOP
	//               LOAD_GLOBAL              1 (len + NULL)
	//               LOAD_FAST                0 (name)
	//               CALL                     1
	//               LOAD_SMALL_INT          21
	//               BINARY_OP                0 (+)
	//               RETURN_VALUE
}

func Example_callAttr() {
	table, err := opcode.For(pyver.Py314).With(`
220  CALL_ATTR  name  0  arg,name  ( owner -- res )
`)
	if err != nil {
		fmt.Println(err)
		return
	}

	f, problems := asm.Parse("shout.pyasm", []byte(`
python 3.14
code shout(text)
    RESUME       0
    LOAD_FAST    text
    CALL_ATTR    upper
    RETURN_VALUE
end
`), asm.Options{Table: table})
	if problems != nil {
		fmt.Println(problems)
		return
	}

	fmt.Println(verify.Object(f.Code).OK())
	dis.Fprint(os.Stdout, f.Code, dis.Options{})
	// Output:
	// true
	//   4           RESUME                   0
	//
	//   5           LOAD_FAST                0 (text)
	//
	//   6           CALL_ATTR                0 (upper)
	//
	//   7           RETURN_VALUE
}

// TestDocs looks for the Go code of the documents in this file, where the
// Examples run it.
func TestDocs(t *testing.T) {
	source, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	plain := func(s string) string {
		var b strings.Builder
		for line := range strings.Lines(s) {
			b.WriteString(strings.TrimSpace(line) + "\n")
		}
		return b.String()
	}
	have := plain(string(source))
	for _, name := range []string{"change-bytecode.md", "add-an-instruction.md"} {
		text, err := os.ReadFile("../docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		blocks := strings.Split(string(text), "```go\n")[1:]
		if len(blocks) == 0 {
			t.Errorf("%s has no Go code", name)
		}
		for _, block := range blocks {
			block, _, _ = strings.Cut(block, "```")
			if !strings.Contains(have, plain(block)) {
				t.Errorf("%s: not in example_test.go:\n%s", name, block)
			}
		}
	}
}
