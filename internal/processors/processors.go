// Package processors sets on how many processors Go runs the program: on one while it starts, until a command knows what it needs.
//
// A start has nothing to do in parallel. But with more processors Go begins a thread for each goroutine that it finds or packages
// begin while they are initialised, each takes 50 to 100 us and then looks for more in vain, and the start itself moves between
// processors; what it leaves in the allocator's cache of one, has to be given back when a command wants no more than one.
// So this package imports nothing and is initialised before nearly all others.
package processors

import "runtime"

// number is how many processors the program may use.
var number = runtime.GOMAXPROCS(1)

// Number returns how many processors the program may use. They may be more than it uses.
func Number() int { return number }

// Use makes Go use n processors, or as many as there are, and returns how many that is.
func Use(n int) int {
	n = max(min(n, number), 1)
	if runtime.GOMAXPROCS(0) != n {
		runtime.GOMAXPROCS(n)
	}
	return n
}

// oneThread is how many processors Go uses while a program of Python's has one thread: one for the program, one for the collector. Of a heap of some megabytes
// each more marks a part with cold caches, and looks for work before and after.
const oneThread = 2

// OneThread makes Go use two processors at most, and returns what gives it all of them, which is called before a program begins another thread.
func OneThread() (more func()) {
	Use(oneThread)
	if number <= oneThread {
		return func() {}
	}
	return runtime.SetDefaultGOMAXPROCS
}
