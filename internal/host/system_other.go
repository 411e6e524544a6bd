//go:build !linux && !darwin

package host

import "os"

// Pid is the number of the process.
func (*System) Pid() int { return os.Getpid() }
