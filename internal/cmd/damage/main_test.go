package main

import (
	"os"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// TestAgreement damages the project's own programs, and wants krait to say of
// them what the interpreter says.
func TestAgreement(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	*count = 400
	if testing.Short() {
		*count = 100
	}
	files, err := collect([]string{"../../../testdata/py"}, in)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := damageAll(files, t.TempDir())
	if err != nil || len(cases) < *count {
		t.Fatalf("%d files, error %v", len(cases), err)
	}
	want, err := ask(in, cases)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range cases {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if want[i].later() {
			continue
		}
		if got := krait(name, data); got.String() != want[i].String() {
			t.Errorf("got  %v\nwant %v\n%s", got, want[i], data)
		}
	}
}
