package unidata

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

//go:embed testdata/isprintable.py
var isprintablePy string

// TestLive asks every interpreter found here about every character.
func TestLive(t *testing.T) {
	for _, v := range pyver.All() {
		if v < pyver.Py36 {
			continue
		}
		t.Run(v.String(), func(t *testing.T) {
			if testing.Short() && v == pyver.Py315 {
				t.Skip("starting pyodide takes seconds")
			}
			in, err := oracle.Find(v)
			if err != nil {
				t.Skip(err)
			}
			s := in.Start(oracle.Config{})
			defer s.Close()
			want, err := s.Exec("import sys; sys.argv = ['']\n" + isprintablePy +
				"\nresult = hashlib.sha256(bytes(bits)).hexdigest()\n")
			if err != nil {
				t.Fatal(err)
			}
			h := sha256.Sum256(bitString(v))
			if got := hex.EncodeToString(h[:]); got != want {
				t.Errorf("sum of all characters is %s, %s says %s", got, in.Release, want)
			}
		})
	}
}
