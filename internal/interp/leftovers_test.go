package interp_test

import (
	"runtime"
	"testing"
)

// What only calls that have ended had is garbage soon, though nobody calls gc.collect and no call has been as deep since.
func TestLeftoversOfCallsAreCollected(t *testing.T) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			default:
				runtime.GC()
			}
		}
	}()
	got := python(t, `
import _weakref

class Thing:
    pass

dead = []

def deep(depth):
    a, b = Thing(), Thing()
    refs.append(_weakref.ref(b, dead.append))
    if depth:
        deep(depth - 1)
    return [a, b]

def shallow():
    n = 0
    while len(dead) < 15 and n < 20_000_000:
        n += 1
        s = [n, str(n)]

refs = []
deep(20)
shallow()
print(len(dead) >= 15) # what shallow's own frame has not reached is not looked at
`)
	close(done)
	<-ended
	if got != "True\n" {
		t.Errorf("weak references to what calls have left: at least 15 of 21 are dead: %s", got)
	}
}
