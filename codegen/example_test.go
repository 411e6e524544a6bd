package codegen_test

import (
	"fmt"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/codegen"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// The instructions of a module before they are optimised.
func ExampleModule() {
	file := source.NewFile("example.py", "total = price * 2\n")
	root, _ := parser.Parse(file, parser.Options{})
	future, _ := symtable.ParseFuture(root, file)
	ast.Preprocess(root, file, ast.PreprocessOptions{})
	table, _ := symtable.Build(root, file, symtable.Options{Future: future})

	table314 := opcode.For(pyver.Py314)
	finish := func(u *instruction.Unit) (*code.Object, error) {
		for _, in := range u.Code.Instrs() {
			info, _ := table314.ByOp(in.Op)
			fmt.Println(in.Line, info.Name, in.Arg)
		}
		fmt.Println(u.Names.List)
		return &code.Object{}, nil // where flowgraph and assemble would go on
	}
	codegen.Module(root, table, file, codegen.Options{Finish: finish})
	// Output:
	// 0 RESUME 0
	// 0 ANNOTATIONS_PLACEHOLDER 0
	// 1 LOAD_NAME 0
	// 1 LOAD_CONST 0
	// 1 BINARY_OP 5
	// 1 STORE_NAME 1
	// -1 LOAD_CONST 1
	// -1 RETURN_VALUE 0
	// [price total]
}
