package host

import "golang.org/x/sys/unix"

func setLimit(resource int, r *unix.Rlimit) error { return unix.Setrlimit(resource, r) }
