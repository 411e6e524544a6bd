package randommod

import (
	"math/big"
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/modtest"
)

// TestRandom: the numbers and messages are CPython's.
func TestRandom(t *testing.T) {
	m := modtest.New(t, &Module)
	r := m.Make("Random", 5)
	huge := new(big.Int).Lsh(big.NewInt(1), 70)
	ints := func(n int, each object.Value, last object.Value) object.Value {
		x := object.MakeTuple(n)
		for i := range x.Items() {
			x.Items()[i] = each
		}
		x.Items()[n-1] = last
		return object.Of(x)
	}
	one := object.MakeInt(1)
	for _, c := range []struct {
		method string
		arg    any
		want   string
	}{
		{"random", noArg, "0.6229016948897019"}, {"getrandbits", 100, "934511512723165091752237711513"}, {"getrandbits", 0, "0"}, {"getrandbits", true, "1"},
		{"getrandbits", -1, "ValueError: Cannot convert negative int"}, {"getrandbits", 1.5, "TypeError: 'float' object cannot be interpreted as an integer"},
		{"getrandbits", huge, "OverflowError: Python int too large for C uint64_t"}, {"getrandbits", 1 << 40, "MemoryError: "},
		{"setstate", 1, "TypeError: state vector must be a tuple"}, {"setstate", ints(1, one, one), "ValueError: state vector is the wrong size"},
		{"setstate", ints(625, one, object.MakeInt(-1)), "ValueError: invalid state"}, {"setstate", ints(625, one, object.MakeInt(625)), "ValueError: invalid state"},
		{"setstate", ints(625, object.MakeInt(-1), one), "OverflowError: can't convert negative value to unsigned int"},
		{"setstate", ints(625, object.MakeBig(huge), one), "OverflowError: Python int too large to convert to C unsigned long"},
		{"setstate", ints(625, one, object.MakeBig(huge)), "OverflowError: Python int too large to convert to C long"},
		{"setstate", ints(625, object.MakeFloat(1), one), "TypeError: an integer is required"},
		{"setstate", ints(625, one, one), "None"}, {"random", noArg, "0.0009765923095985674"},
		{"seed", -5, "None"}, {"random", noArg, "0.6229016948897019"},
		{"seed", 1.5, "None"}, {"random", noArg, "0.551763726942059"},
		{"seed", nil, "None"},
	} {
		args := []any{c.arg}
		if c.arg == noArg {
			args = nil
		}
		if got := m.CallMethod(r, c.method, args...); got != c.want {
			t.Errorf("%s: got %s, want %s", c.method, got, c.want)
		}
	}
	state := m.CallMethod(r, "getstate")
	if a, b := m.CallMethod(m.Make("Random"), "random"), m.CallMethod(m.Make("Random"), "random"); a == b {
		t.Errorf("generators without a seed are alike: %s", a)
	}
	if state == m.CallMethod(m.Make("Random"), "getstate") {
		t.Error("states are alike")
	}
	if got := m.Call("Random", 1, 2); got != "TypeError: Random expected at most 1 argument, got 2" {
		t.Errorf("got %s", got)
	}
}

// noArg stands for no argument.
var noArg = new(any)
