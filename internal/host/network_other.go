//go:build !linux && !darwin

package host

// Network is the network of the machine; programs have none on this platform.
type Network struct{}
