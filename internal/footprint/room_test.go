//go:build linux

package footprint

import "testing"

// TestRoom asks for what every machine has, and for what none has.
func TestRoom(t *testing.T) {
	if !Room(1 << 20) {
		t.Error("there is no megabyte")
	}
	if Room(-1) || Room(1<<60) {
		t.Error("there is room for 2^60 bytes")
	}
}
