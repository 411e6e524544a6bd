package threadmod

import "testing"

// TestToken goes through all that a token may be: free, taken, left for those who wait, and forgotten by them.
func TestToken(t *testing.T) {
	var k token
	step := func(what string, got, want bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	step("give of a free one", k.give(), false)
	step("try", k.try(), true)
	step("second try", k.try(), false)
	step("free", k.free(), false)
	step("give", k.give(), true)
	step("free", k.free(), true)

	k.try()
	q := &queue{waiting: 2, passed: make(chan struct{}, 1)}
	k.queue = q
	step("give while some wait", k.give(), true)
	step("free before it is received", k.free(), true)
	step("give before it is received", k.give(), false)
	step("try before it is received", k.try(), true)
	step("free", k.free(), false)
	k.give()
	k.leave(q)
	step("free with one left", k.free(), true)
	step("taken with one left", k.taken, true)
	k.leave(q) // nobody has received it
	step("taken with none left", k.taken, false)
	step("try", k.try(), true)
	step("give", k.give(), true)

	// As after _at_fork_reinit: who waits for the one before must not change the new one.
	q.waiting = 1
	k = token{}
	k.try()
	q.passed <- struct{}{}
	k.leave(q)
	step("taken", k.taken, true)
}
