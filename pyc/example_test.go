package pyc_test

import (
	"fmt"
	"os"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyc"
)

func ExampleRead() {
	data, err := os.ReadFile("testdata/3.12.pyc")
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Header.Version, f.Header.SourceSize, code.Text(f.Code.Filename))
	// Output: 3.12 534 sample.py
}

func ExampleHeader_Stale() {
	data, err := os.ReadFile("testdata/3.14-checked.pyc")
	if err != nil {
		fmt.Println(err)
		return
	}
	h, err := pyc.ReadHeader(data, pyc.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	why, stale := h.Stale(pyc.Source{Data: []byte("print('changed')\n")})
	fmt.Println(stale, why.Reason == pyc.StaleHash)
	// Output: true true
}
