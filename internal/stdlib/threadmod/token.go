package threadmod

import "time"

// token is what the owner of a lock has. Who holds the interpreter's lock may touch it. Nearly all locks are free when they are asked for: then there is
// nothing to do but to note that. A channel would do as well, for three times as much.
type token struct {
	taken bool
	queue *queue // of those who wait; nil: nobody has yet
}

// queue is where threads wait for a token. Who gives it up while some wait leaves it in the channel, so that one of them gets it before the thread that has
// given it up can have it again, if they are quick enough.
type queue struct {
	waiting int
	passed  chan struct{}
}

// free reports whether nobody has the token.
func (k *token) free() bool { return !k.taken || k.queue != nil && len(k.queue.passed) > 0 }

// try takes the token if nobody has it.
func (k *token) try() bool {
	if !k.taken {
		k.taken = true
		return true
	}
	if k.queue != nil {
		select {
		case <-k.queue.passed:
			return true
		default:
		}
	}
	return false
}

// give gives the token up. It returns false if nobody has it.
func (k *token) give() bool {
	switch q := k.queue; {
	case !k.taken:
		return false
	case q == nil || q.waiting == 0:
		k.taken = false
		return true
	default:
		select {
		case q.passed <- struct{}{}:
			return true
		default:
			return false
		}
	}
}

// take waits for the token without holding the interpreter's lock, for ever if d is negative. ok is false when a signal handler has raised an exception.
func (k *token) take(t *Thread, d time.Duration) (got, ok bool) {
	if k.try() {
		return true, true
	}
	if d == 0 {
		return false, true
	}
	if k.queue == nil {
		k.queue = &queue{passed: make(chan struct{}, 1)}
	}
	q := k.queue
	q.waiting++
	got, ok = receive(t, q.passed, d)
	k.leave(q)
	return got, ok
}

// leave takes a thread off a queue. If it was the last one, a token that is left there is free again.
func (k *token) leave(q *queue) {
	if q.waiting--; q.waiting > 0 || k.queue != q {
		return
	}
	select {
	case <-q.passed:
		k.taken = false
	default:
	}
}

// receive waits for something from a channel, or its end, without holding the interpreter's lock; see take.
func receive(t *Thread, c chan struct{}, d time.Duration) (got, ok bool) {
	select {
	case <-c:
		return true, true
	default:
	}
	if d == 0 {
		return false, true
	}
	var timer <-chan time.Time
	if d > 0 {
		tm := time.NewTimer(d)
		defer tm.Stop()
		timer = tm.C
	}
	for {
		t.Unlock()
		select {
		case <-c:
			got = true
		case <-timer:
			t.Lock()
			return false, true
		case <-t.Wake:
		}
		t.Lock()
		if got {
			return true, true
		}
		if f := t.Interp.Hooks.Break; f != nil && !f(t) {
			return false, false
		}
	}
}
