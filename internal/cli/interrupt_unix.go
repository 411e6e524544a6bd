//go:build unix

package cli

import (
	"os/signal"
	"syscall"
	"time"
)

// dieInterrupted ends the process by SIGINT, so that who started it can tell. It returns if that fails.
func dieInterrupted() {
	signal.Reset(syscall.SIGINT)
	if syscall.Kill(syscall.Getpid(), syscall.SIGINT) == nil {
		time.Sleep(time.Second)
	}
}
