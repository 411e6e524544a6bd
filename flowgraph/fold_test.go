package flowgraph

import (
	"cmp"
	"math"
	"os"
	"os/exec"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

func repr(v code.Value) string {
	if v == nil {
		return "nothing"
	}
	text, _ := pyrepr.Append(nil, v, pyrepr.Options{Version: pyver.Py314, Limit: 200})
	return string(text)
}

// TestFoldLikeInterpreter compares constant arithmetic with that of the compiler,
// bit for bit.
func TestFoldLikeInterpreter(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	out, err := exec.Command(in.Path, "testdata/fold.py", cmp.Or(os.Getenv("KRAIT_SEED"), "1"), cmp.Or(os.Getenv("KRAIT_CASES"), "60")).Output()
	if err != nil {
		t.Fatal(err)
	}
	v, _, err := marshal.Read(out, marshal.Options{Version: pyver.Py314})
	if err != nil {
		t.Fatal(err)
	}
	cases, bad, close := v.(*code.List).Items, 0, 0
	for _, c := range cases {
		f := c.(*code.Tuple).Items
		a, b := f[1], f[2]
		var got code.Value
		what := ""
		if op, ok := f[0].(*code.Str); ok {
			what = op.S + " " + repr(b)
			id, _ := opcode.Parse(op.S)
			got = unary(id, b)
		} else {
			op := int32(f[0].(*code.Int).V)
			got = binary(op, a, b)
			what = repr(a) + " " + opcode.For(pyver.Py314).BinaryOps[op].Symbol + " " + repr(b)
		}
		var want code.Value
		if f[3].(*code.Bool).V {
			want = f[4]
		}
		if got == nil && want == nil {
			continue
		}
		if got == nil || want == nil || string(instruction.AppendKey(nil, got)) != string(instruction.AppendKey(nil, want)) {
			if near(got, want) {
				close++
				continue
			}
			if bad++; bad <= 40 {
				t.Errorf("%s: got %s, want %s", what, repr(got), repr(want))
			}
		}
	}
	t.Logf("%d cases, %d differ, %d in the last bit of a power", len(cases), bad, close)
}

// near reports whether two floats are next to each other, which powers may be: C
// libraries do not promise to round right.
func near(a, b code.Value) bool {
	x, ok1 := a.(*code.Float)
	y, ok2 := b.(*code.Float)
	return ok1 && ok2 && math.Nextafter(x.V, y.V) == y.V
}
