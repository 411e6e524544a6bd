//go:build unix

package host

import (
	"time"

	"golang.org/x/sys/unix"
)

// monotonicBase is what the system's monotonic clock said at start.
var monotonicBase = func() int64 {
	var ts unix.Timespec
	if unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts) != nil {
		return 0
	}
	return ts.Nano() - int64(time.Since(start))
}()

func (c *systemClock) Monotonic() int64 { return monotonicBase + int64(time.Since(start)) }

func (c *systemClock) CPU(thread bool) int64 {
	id := int32(unix.CLOCK_PROCESS_CPUTIME_ID)
	if thread {
		id = unix.CLOCK_THREAD_CPUTIME_ID
	}
	var ts unix.Timespec
	if unix.ClockGettime(id, &ts) != nil {
		return int64(time.Since(start))
	}
	return ts.Nano()
}
