package compile_test

import (
	"context"
	"fmt"
	"os"

	"github.com/krait-py/krait/assemble"
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/codegen"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/tokenizer"
)

func ExampleSource() {
	text := []byte("def area(r):\n    return 2 * 3.14159 * r\n")
	object, found := compile.Source(context.Background(), text, compile.Options{Filename: "area.py"})
	for _, d := range found {
		fmt.Println(d.Error()) // warnings, and last the error if object is nil
	}
	for _, f := range dis.Find(object, "area") {
		dis.Fprint(os.Stdout, f, dis.Options{})
	}
	// Output:
	//   1           RESUME                   0
	//
	//   2           LOAD_CONST               1 (6.28318)
	//               LOAD_FAST_BORROW         0 (r)
	//               BINARY_OP                5 (*)
	//               RETURN_VALUE
}

// What is wrong comes as CPython says it.
func ExampleSource_refused() {
	_, found := compile.Source(context.Background(), []byte("if x\n    y\n"), compile.Options{Filename: "bad.py"})
	d := found[len(found)-1]
	fmt.Println(&d)
	fmt.Println(d.Type, d.Line, d.Col, d.EndLine, d.EndCol)
	// Output:
	// bad.py:1:5: SyntaxError: expected ':'
	// SyntaxError 1 5 1 6
}

// A Compiler and a marshal.Fresh keep their memory from file to file.
func ExampleCompiler() {
	var c compile.Compiler
	var w marshal.Fresh
	for _, text := range []string{"x = 1\n", "print('hello')\n"} {
		object, _ := c.Source([]byte(text), compile.Options{Filename: "x.py", Optimize: 2})
		b, err := w.Append(nil, object) // what follows the 16 bytes of a .pyc's header
		fmt.Println(len(b), err)
	}
	// Output:
	// 101 <nil>
	// 121 <nil>
}

// Each stage alone: source and tokenizer.
func Example_tokens() {
	file, bad := source.Decode("x.py", []byte("x = y + 1\n"))
	if bad != nil {
		fmt.Println(bad)
		return
	}
	tokens, _ := tokenizer.New(file, tokenizer.Options{}).Scan(nil)
	for _, t := range tokens {
		fmt.Printf("%v %q\n", t.Kind, file.Text[t.Start:t.End])
	}
	// Output:
	// NAME "x"
	// EQUAL "="
	// NAME "y"
	// PLUS "+"
	// NUMBER "1"
	// NEWLINE ""
	// ENDMARKER ""
}

// Each stage alone: parser and ast.
func Example_tree() {
	file := source.NewFile("x.py", "x = y + 1\n")
	root, _ := parser.Parse(file, parser.Options{})
	ast.Fprint(os.Stdout, root, ast.DumpOptions{})
	// Output:
	// Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=BinOp(left=Name(id='y', ctx=Load()), op=Add(), right=Constant(value=1)))])
}

// Each stage alone: preprocessing and symtable.
func Example_symbols() {
	file := source.NewFile("x.py", "def f(y):\n    x = lambda: x + y\n")
	root, _ := parser.Parse(file, parser.Options{})
	future, _ := symtable.ParseFuture(root, file)
	ast.Preprocess(root, file, ast.PreprocessOptions{})
	table, _ := symtable.Build(root, file, symtable.Options{Future: future})
	symtable.Fprint(os.Stdout, table)
	// Output:
	// module top
	//     f  local            assigned
	//     annotation __annotate__, line 1
	//         parameters: .format
	//         .format  local            parameter, used
	//     function f, line 1
	//         parameters: y
	//         cells: x, y
	//         y  cell             parameter
	//         x  cell             assigned
	//         function lambda, line 2: nested
	//             free: x, y
	//             x  free             used
	//             y  free             used
}

// Each stage alone: codegen, flowgraph and assemble, which the first calls for each
// function.
func Example_code() {
	file := source.NewFile("x.py", "x = (y + 1) if 1 else z\n")
	root, _ := parser.Parse(file, parser.Options{})
	future, _ := symtable.ParseFuture(root, file)
	ast.Preprocess(root, file, ast.PreprocessOptions{})
	table, _ := symtable.Build(root, file, symtable.Options{Future: future})
	finish := func(u *instruction.Unit) (*code.Object, error) {
		fmt.Println(u.Code.Len(), "pseudo-instructions")
		var g flowgraph.Graph
		if err := g.Optimize(u, nil); err != nil {
			return nil, err
		}
		fmt.Print(&g)
		return assemble.Unit(u)
	}
	object, _, _ := codegen.Module(root, table, file, codegen.Options{Finish: finish})
	fmt.Println(len(object.Code.S), "bytes, stack", object.StackSize)
	// Output:
	// 13 pseudo-instructions
	// B1: 1 way here
	//   0:0-1:0        RESUME 0
	// B2: 1 way here
	//   1:5-1:6        LOAD_NAME 0 (y)
	//   1:9-1:10       LOAD_SMALL_INT 1
	//   1:5-1:10       BINARY_OP 0
	//   1:0-1:1        STORE_NAME 2 (x)
	//   1:0-1:1        LOAD_CONST 1 (None)
	//   1:0-1:1        RETURN_VALUE
	// B3: labelled
	// B4: labelled
	// 24 bytes, stack 2
}
