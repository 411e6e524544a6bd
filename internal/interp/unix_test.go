//go:build linux || darwin

package interp

import "testing"

// TestUnix does as TestModules with the programs of testdata/unix, about modules that other systems do not have.
func TestUnix(t *testing.T) { runPrograms(t, "testdata/unix") }
