package symtable_test

import (
	"fmt"
	"os"

	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

func ExampleFprint() {
	f := source.NewFile("counter.py", `
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
`)
	root, _ := parser.Parse(f, parser.Options{})
	table, err := symtable.Build(root, f, symtable.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	symtable.Fprint(os.Stdout, table)
	// Output:
	// module top
	//     counter  local            assigned
	//     annotation __annotate__, line 2
	//         parameters: .format
	//         .format  local            parameter, used
	//     function counter, line 2: returns a value
	//         cells: n
	//         n     cell             assigned
	//         step  local            assigned, used
	//         annotation __annotate__, line 4: nested
	//             parameters: .format
	//             .format  local            parameter, used
	//         function step, line 4: nested, returns a value
	//             free: n
	//             n  free             nonlocal, assigned, used
}
