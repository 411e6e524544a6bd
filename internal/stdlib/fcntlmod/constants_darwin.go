package fcntlmod

import "golang.org/x/sys/unix"

// constants are those of macOS.
var constants = []constant{
	{"LOCK_SH", 1}, {"LOCK_EX", 2}, {"LOCK_NB", 4}, {"LOCK_UN", 8}, {"FD_CLOEXEC", unix.FD_CLOEXEC}, {"FASYNC", unix.O_ASYNC},
	{"F_DUPFD", unix.F_DUPFD}, {"F_DUPFD_CLOEXEC", unix.F_DUPFD_CLOEXEC}, {"F_GETFD", unix.F_GETFD}, {"F_SETFD", unix.F_SETFD}, {"F_GETFL", unix.F_GETFL},
	{"F_SETFL", unix.F_SETFL}, {"F_GETLK", unix.F_GETLK}, {"F_SETLK", unix.F_SETLK}, {"F_SETLKW", unix.F_SETLKW}, {"F_GETOWN", unix.F_GETOWN},
	{"F_SETOWN", unix.F_SETOWN}, {"F_RDLCK", unix.F_RDLCK}, {"F_WRLCK", unix.F_WRLCK}, {"F_UNLCK", unix.F_UNLCK}, {"F_FULLFSYNC", unix.F_FULLFSYNC},
	{"F_NOCACHE", unix.F_NOCACHE}, {"F_GETPATH", unix.F_GETPATH}, {"F_RDAHEAD", unix.F_RDAHEAD},
}
