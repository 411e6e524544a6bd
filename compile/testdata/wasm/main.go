// Command wasm compiles the Python source on standard input to a .pyc file on
// standard output. A test runs it as WebAssembly.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/marshal"
)

func main() {
	data, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	object, found := compile.Source(context.Background(), data, compile.Options{Filename: "program.py"})
	if object == nil {
		fmt.Fprintln(os.Stderr, &found[len(found)-1])
		os.Exit(1)
	}
	var w marshal.Fresh
	b, err := w.Append(nil, object)
	if err == nil {
		_, err = os.Stdout.Write(b)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
