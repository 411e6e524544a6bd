package footprint

import "testing"

// A goroutine that has asked for its stack goes on as before, and memory that takeStack does touch is its own.
func TestStack(t *testing.T) {
	x := 7
	Stack()
	if got := takeStack(0); got != 1 || x != 7 {
		t.Errorf("takeStack(0) = %d, x is %d; want 1, 7", got, x)
	}
}
