package interp

import "github.com/krait-py/krait/internal/host"

// hostOf returns the host that an interpreter gets: the one of the configuration, or all of the process, with the
// configuration's streams for the first three descriptors.
func hostOf(c Config) *host.Host {
	h := c.Host
	if h == nil {
		h = host.Default()
	}
	if h.Files != nil {
		h.Files = host.Streams(h.Files, c.Stdin, c.Stdout, c.Stderr)
	}
	return h
}
