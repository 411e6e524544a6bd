//go:build !unix

package host

import "time"

func (c *systemClock) Monotonic() int64 { return int64(time.Since(start)) }

// CPU is the time since the process began: how much of it was spent computing, nobody tells.
func (c *systemClock) CPU(thread bool) int64 { return int64(time.Since(start)) }
