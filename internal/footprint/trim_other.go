//go:build !linux

package footprint

// Split does nothing where a process cannot say how its file is mapped.
func Split() {}

// trim gives nothing back where a process has no way to.
func trim() {}
