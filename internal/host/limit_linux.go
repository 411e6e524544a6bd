package host

import "golang.org/x/sys/unix"

func setLimit(resource int, r *unix.Rlimit) error { return unix.Setrlimit(resource, r) }

// ProcessLimit is Limit for another process.
func (*System) ProcessLimit(pid, resource int, set *[2]int64) (old [2]int64, err error) {
	var was unix.Rlimit
	var new *unix.Rlimit
	if set != nil {
		new = &unix.Rlimit{Cur: uint64(set[0]), Max: uint64(set[1])}
	}
	err = unix.Prlimit(pid, resource, new, &was)
	return [2]int64{limitNumber(was.Cur), limitNumber(was.Max)}, err
}
