# Modules fcntl and resource.
import errno
import fcntl
import posix
import resource

r, w = posix.pipe()
print(fcntl.fcntl(r, fcntl.F_GETFD) & fcntl.FD_CLOEXEC)
flags = fcntl.fcntl(r, fcntl.F_GETFL)
print(fcntl.fcntl(r, fcntl.F_SETFL, flags | posix.O_NONBLOCK), fcntl.fcntl(r, fcntl.F_GETFL) & posix.O_NONBLOCK != 0)
try:
    posix.read(r, 1)
except BlockingIOError as e:
    print(e.errno == errno.EAGAIN)
copy = fcntl.fcntl(w, fcntl.F_DUPFD, 50)
print(copy >= 50, posix.write(copy, b"abc"), posix.read(r, 9))
posix.close(copy)
try:
    fcntl.fcntl(copy, fcntl.F_GETFD)
except OSError as e:
    print(e.errno == errno.EBADF)

name = "krait-test-lock"
f = posix.open(name, posix.O_RDWR | posix.O_CREAT, 0o600)
g = posix.open(name, posix.O_RDWR)
posix.unlink(name)
print(fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB))
try:
    fcntl.flock(g, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError as e:
    print(e.errno in (errno.EAGAIN, errno.EACCES))
print(fcntl.flock(f, fcntl.LOCK_UN), fcntl.flock(g, fcntl.LOCK_SH), fcntl.flock(f, fcntl.LOCK_SH))
print(fcntl.lockf(f, fcntl.LOCK_EX, 10, 5, 0), fcntl.lockf(f, fcntl.LOCK_UN, 10, 5))
for fd in f, g, r, w:
    posix.close(fd)


def wrong(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, *(() if isinstance(e, OSError) and e.errno else (e,)))


wrong(fcntl.fcntl, -1, 1)
wrong(fcntl.fcntl, "a", 1)
wrong(fcntl.flock, 0)
wrong(fcntl.lockf, 0, 99)
wrong(fcntl.fcntl, 0, fcntl.F_GETFL, b"x" * 2000)

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
print(soft > 0, type(hard).__name__, resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)))
u = resource.getrusage(resource.RUSAGE_SELF)
print(type(u).__module__, type(u).__name__, len(u), u.ru_utime >= 0, u[2] == u.ru_maxrss > 0)
print(resource.getpagesize() % 4096, resource.RLIM_INFINITY)
wrong(resource.getrlimit, -1)
wrong(resource.getrlimit, 1000)
wrong(resource.getrusage, 99)
wrong(resource.setrlimit, resource.RLIMIT_NOFILE, (1,))
wrong(resource.setrlimit, resource.RLIMIT_NOFILE, ("a", 1))
