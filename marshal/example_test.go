package marshal_test

import (
	"errors"
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

func Example() {
	// marshal.dumps(("spam", 7)) of Python 3.12.
	data := []byte(")\x02\xfa\x04spam\xe9\x07\x00\x00\x00")
	v, n, err := marshal.Read(data, marshal.Options{Version: pyver.Py312})
	if err != nil {
		fmt.Println(err)
		return
	}
	t := v.(*code.Tuple)
	fmt.Println(n, code.Text(t.Items[0]), t.Items[1].(*code.Int).V)

	t.Items[1].(*code.Int).V = 8
	out, _ := marshal.Write(t, marshal.Options{Version: pyver.Py312})
	fmt.Printf("%q\n", out)
	// Output:
	// 13 spam 7
	// ")\x02\xfa\x04spam\xe9\b\x00\x00\x00"
}

func ExampleError() {
	_, _, err := marshal.Read([]byte("[\x02\x00\x00\x00NNN(\xff\xff\xff\x7f"), marshal.Options{})
	fmt.Println(err)
	_, _, err = marshal.Read([]byte("(\xff\xff\xff\x7fNNN"), marshal.Options{})
	fmt.Println(err, errors.Is(err, marshal.ErrTruncated))
	// Output:
	// <nil>
	// marshal: offset 0: tuple of 2147483647 items, but 3 bytes are left true
}
