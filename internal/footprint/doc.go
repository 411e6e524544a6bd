// Package footprint keeps the memory of a process that runs a program small. [Pace] sets how often the collector runs,
// [TrimSoon] gives back what only the start needed.
package footprint

import "time"

// TrimSoon gives back, when the program has run for some time, what only the start needed. The time is that of a short program: giving
// back takes about 0.7 ms, on another processor, and what is over before does not pay for it.
func TrimSoon() { time.AfterFunc(4*time.Millisecond, trim) }
