package host

import (
	"os"
	"time"
)

// start is where monotonic time is counted from.
var start = time.Now()

// systemClock is the machine's clock.
type systemClock struct{}

func (c *systemClock) Now() int64 { return time.Now().UnixNano() }

func (c *systemClock) Zone(tz string, set bool) *time.Location { return systemZone(tz, set) }

func localZone() ([]byte, error)           { return os.ReadFile("/etc/localtime") }
func zoneFile(name string) ([]byte, error) { return os.ReadFile(name) }

// processEnv is the environment of the process.
type processEnv struct{}

func (processEnv) Environ() []string            { return os.Environ() }
func (processEnv) Set(name, value string) error { return os.Setenv(name, value) }
func (processEnv) Unset(name string) error      { return os.Unsetenv(name) }

// Default returns a host that grants all that the process may do itself.
func Default() *Host {
	return &Host{Files: newFiles(), Clock: &systemClock{}, Env: processEnv{}, Signals: newSignals(), System: &System{}, Network: &Network{}}
}
