package object_test

import (
	"testing"

	"github.com/krait-py/krait/internal/object"
)

// Made while packages are initialised, as names of other packages are.
var earlyNames = []*object.Str{object.StaticName("q"), object.StaticName("\u00e9")}

// There is one string of each character of Latin-1, however early a name of one is made.
func TestEarlyNames(t *testing.T) {
	for _, n := range earlyNames {
		for _, r := range n.S {
			if object.To[object.Str](object.MakeChar(r)) != n {
				t.Errorf("%q is two strings", n.S)
			}
		}
	}
}
