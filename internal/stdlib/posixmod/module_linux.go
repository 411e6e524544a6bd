package posixmod

import (
	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/host"
)

var systemConstants = []constant{
	{"O_DIRECT", unix.O_DIRECT}, {"O_FSYNC", unix.O_SYNC}, {"O_RSYNC", unix.O_SYNC}, {"O_LARGEFILE", 0}, {"O_NOATIME", unix.O_NOATIME}, {"O_PATH", unix.O_PATH},
	{"O_TMPFILE", unix.O_TMPFILE}, {"SEEK_DATA", unix.SEEK_DATA}, {"SEEK_HOLE", unix.SEEK_HOLE}, {"P_PIDFD", unix.P_PIDFD},
	{"WEXITED", unix.WEXITED}, {"WSTOPPED", unix.WSTOPPED}, {"WNOWAIT", unix.WNOWAIT},
	{"CLONE_FILES", unix.CLONE_FILES}, {"CLONE_FS", unix.CLONE_FS}, {"CLONE_NEWIPC", unix.CLONE_NEWIPC}, {"CLONE_NEWNET", unix.CLONE_NEWNET},
	{"CLONE_NEWNS", unix.CLONE_NEWNS}, {"CLONE_NEWPID", unix.CLONE_NEWPID}, {"CLONE_NEWUSER", unix.CLONE_NEWUSER}, {"CLONE_NEWUTS", unix.CLONE_NEWUTS},
	{"CLONE_SIGHAND", unix.CLONE_SIGHAND}, {"CLONE_SYSVSEM", unix.CLONE_SYSVSEM}, {"CLONE_THREAD", unix.CLONE_THREAD}, {"CLONE_VM", unix.CLONE_VM},
	{"EFD_CLOEXEC", unix.EFD_CLOEXEC}, {"EFD_NONBLOCK", unix.EFD_NONBLOCK}, {"EFD_SEMAPHORE", unix.EFD_SEMAPHORE},
	{"POSIX_FADV_NORMAL", 0}, {"POSIX_FADV_RANDOM", 1}, {"POSIX_FADV_SEQUENTIAL", 2}, {"POSIX_FADV_WILLNEED", 3}, {"POSIX_FADV_DONTNEED", 4}, {"POSIX_FADV_NOREUSE", 5},
	{"RTLD_LAZY", 1}, {"RTLD_NOW", 2}, {"RTLD_GLOBAL", 256}, {"RTLD_LOCAL", 0}, {"RTLD_NODELETE", 4096}, {"RTLD_NOLOAD", 4}, {"RTLD_DEEPBIND", 8},
	{"SCHED_OTHER", 0}, {"SCHED_NORMAL", 0}, {"SCHED_FIFO", 1}, {"SCHED_RR", 2}, {"SCHED_BATCH", 3}, {"SCHED_IDLE", 5}, {"SCHED_DEADLINE", 6}, {"SCHED_RESET_ON_FORK", 0x40000000},
	{"SPLICE_F_MOVE", 1}, {"SPLICE_F_NONBLOCK", 2}, {"SPLICE_F_MORE", 4},
	{"ST_NODEV", 4}, {"ST_NOEXEC", 8}, {"ST_SYNCHRONOUS", 16}, {"ST_MANDLOCK", 64}, {"ST_WRITE", 128}, {"ST_APPEND", 256}, {"ST_NOATIME", 1024}, {"ST_NODIRATIME", 2048}, {"ST_RELATIME", 4096},
	{"TFD_CLOEXEC", unix.TFD_CLOEXEC}, {"TFD_NONBLOCK", unix.TFD_NONBLOCK}, {"TFD_TIMER_ABSTIME", 1},
	{"XATTR_CREATE", 1}, {"XATTR_REPLACE", 2}, {"XATTR_SIZE_MAX", 65536},
}

// awaitChild waits until a child has something to tell, without taking it, or until a signal's handler has raised an exception:
// then it is false.
func awaitChild(t *Thread, s *host.System, pid, options int) bool {
	if hostOf(t).Waker() == nil {
		return true
	}
	done := make(chan struct{})
	go func() {
		s.AwaitChild(pid, options)
		close(done)
	}()
	return awaitDone(t, done)
}
