// Package footprint keeps the memory of a process that runs a program small. [Pace] sets how often the collector runs,
// [Split] and [TrimSoon] how much of the program's file is resident: its pages count as the process's own.
package footprint

import "time"

// TrimSoon gives back, when the program has run for some time, what only the start needed. The time is that of a short program: giving
// back takes about 0.5 ms, on another processor, and what is over before does not pay for it. Imports are the start of a longer program:
// so it is done again a few times.
func TrimSoon() { trimAfter(4 * time.Millisecond) }

func trimAfter(d time.Duration) {
	time.AfterFunc(d, func() {
		trim()
		if d < time.Second {
			trimAfter(4 * d)
		}
	})
}
