package footprint

import "runtime"

// processors is how many processors Go uses while a program has one thread: one for the program, one for the collector. Of a heap of some megabytes each
// more marks a part with cold caches, and looks for work before and after.
const processors = 2

// OneThread makes Go use two processors at most, and returns what gives it all of them, which is called before a program begins another thread.
func OneThread() (more func()) {
	if runtime.GOMAXPROCS(0) <= processors {
		return func() {}
	}
	runtime.GOMAXPROCS(processors)
	return runtime.SetDefaultGOMAXPROCS
}
