package main

import "syscall"

// limitMemory makes the system refuse what would make the machine swap.
func limitMemory() {
	const most = 6 << 30
	syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: most, Max: most})
}
