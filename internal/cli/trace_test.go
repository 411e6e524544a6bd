package cli

import (
	"bufio"
	"io"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/vm"
)

const tracedProgram = `def f(x):
    try:
        return 1 / x
    except ZeroDivisionError:
        return (yield x)
for y in f(0): pass
`

const wantTrace = `
<module>  t.py
   0     0  RESUME 0                               []
   1     2  LOAD_CONST 0 (<code object f at 0x7f0000000002, file "t.py", line 1>) []
         4  MAKE_FUNCTION                          [<code f>]
         6  STORE_NAME 0 (f)                       [<function f>]
   6     8  LOAD_NAME 0 (f)                        []
        10  PUSH_NULL                              [<function f>]
        12  LOAD_SMALL_INT 0                       [<function f>, NULL]
        14  CALL 1                                 [<function f>, NULL, 0]
        22  GET_ITER                               [<generator>]
        24  FOR_ITER 3 (to L2)                     [<generator>]

<module> > f  t.py
   1     2  POP_TOP                                [None]
         4  RESUME 0                               [] -> 68
   2     6  NOP                                    []
   3     8  LOAD_SMALL_INT 1                       [] -> 26 -> 62 -> 68
        10  LOAD_FAST_BORROW 0 (x)                 [1] -> 26 -> 62 -> 68
        12  BINARY_OP 11 (/)                       [1, 0] -> 26 -> 62 -> 68
        26  PUSH_EXC_INFO                          [<ZeroDivisionError>] -> 62 -> 68
   4    28  LOAD_GLOBAL 0 (ZeroDivisionError)      [None, <ZeroDivisionError>] -> 62 -> 68 handling ZeroDivisionError
        38  CHECK_EXC_MATCH                        [None, <ZeroDivisionError>, <class ZeroDivisionError>] -> 62 -> 68 handling ZeroDivisionError
        40  POP_JUMP_IF_FALSE 8 (to L7)            [None, <ZeroDivisionError>, True] -> 62 -> 68 handling ZeroDivisionError
        44  NOT_TAKEN                              [None, <ZeroDivisionError>] -> 62 -> 68 handling ZeroDivisionError
        46  POP_TOP                                [None, <ZeroDivisionError>] -> 62 -> 68 handling ZeroDivisionError
   5    48  LOAD_FAST 0 (x)                        [None] -> 62 -> 68 handling ZeroDivisionError
        50  YIELD_VALUE 0                          [None, 0] -> 62 -> 68 handling ZeroDivisionError

<module>  t.py
   6    28  STORE_NAME 1 (y)                       [<generator>, 0]
`

func TestTrace(t *testing.T) {
	in, err := interp.New(interp.Config{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	tr := &tracer{out: bufio.NewWriter(&b), code: map[*code.Object]*tracedCode{}}
	vm.OnStep(in, tr.step)
	if interp.RunSource(in, "t.py", []byte(tracedProgram)).P == nil {
		t.Fatal("the program has failed")
	}
	tr.out.Flush()
	if got := b.String(); !strings.HasPrefix(got, wantTrace) {
		t.Errorf("got\n%s\nwant first\n%s", got, wantTrace)
	}
}
