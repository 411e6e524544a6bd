package opcode_test

import (
	"testing"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Positional defaults came above those of keyword-only parameters until 3.4
// evaluated them first (CPython: magic number 3250).
func TestDefaultsOrder(t *testing.T) {
	for v, want := range map[pyver.Version]string{
		pyver.Py30: "kwdefaults", pyver.Py33: "kwdefaults", pyver.Py34: "defaults", pyver.Py35: "defaults", pyver.Py36: "defaults",
	} {
		info, ok := opcode.For(v).ByOp(opcode.MAKE_FUNCTION)
		if !ok {
			t.Fatalf("%v has no MAKE_FUNCTION", v)
		}
		if got := info.Stack().In[0].Name; got != want {
			t.Errorf("%v: deepest are the %s, want the %s", v, got, want)
		}
	}
}
