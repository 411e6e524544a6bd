package tokenizer_test

import (
	"fmt"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/tokenizer"
)

func ExampleTokenizer_Scan() {
	f, bad := source.Decode("hello.py", []byte("if x:\n    print(f'{x!r}')\n"))
	if bad != nil {
		fmt.Println(bad)
		return
	}
	tokens, bad := tokenizer.New(f, tokenizer.Options{}).Scan(nil)
	for _, t := range tokens {
		fmt.Printf("%d:%d %v %q\n", t.Line, t.Col, t.Kind, f.Text[t.Start:t.End])
	}
	fmt.Println(bad)
	// Output:
	// 1:0 NAME "if"
	// 1:3 NAME "x"
	// 1:4 COLON ":"
	// 1:5 NEWLINE ""
	// 2:-1 INDENT ""
	// 2:4 NAME "print"
	// 2:9 LPAR "("
	// 2:10 FSTRING_START "f'"
	// 2:12 LBRACE "{"
	// 2:13 NAME "x"
	// 2:14 EXCLAMATION "!"
	// 2:15 NAME "r"
	// 2:16 RBRACE "}"
	// 2:17 FSTRING_END "'"
	// 2:18 RPAR ")"
	// 2:19 NEWLINE ""
	// 2:-1 DEDENT ""
	// 2:-1 ENDMARKER ""
	// <nil>
}

func ExampleEntries() {
	f := source.NewRaw("hello.py", "x = 1  # one\n")
	tokens, _ := tokenizer.New(f, tokenizer.Options{Extra: true}).Scan(nil)
	for e := range tokenizer.Entries(f, tokens) {
		fmt.Printf("%d,%d-%d,%d: %v %q\n", e.Line, e.Col, e.EndLine, e.EndCol, e.Kind, e.Text)
	}
	// Output:
	// 1,0-1,1: NAME "x"
	// 1,2-1,3: OP "="
	// 1,4-1,5: NUMBER "1"
	// 1,7-1,12: COMMENT "# one"
	// 1,12-1,13: NEWLINE "\n"
	// 2,0-2,0: ENDMARKER ""
}
