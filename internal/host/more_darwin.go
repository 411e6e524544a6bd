package host

import "golang.org/x/sys/unix"

func getPriority(which, who int) (int, error) { return unix.Getpriority(which, who) }
