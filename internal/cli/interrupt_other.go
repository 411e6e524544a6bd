//go:build !unix

package cli

// dieInterrupted does nothing where processes do not die by signals.
func dieInterrupted() {}
