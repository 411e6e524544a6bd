//go:build !linux && !darwin

package timemod

import (
	"syscall"

	"github.com/krait-py/krait/internal/stdlib/native"
)

func systemClock(t *Thread, id int) (int64, error) {
	c := native.Host(t).Clock
	switch {
	case c == nil:
		return 0, syscall.EPERM
	case id == 0:
		return c.Now(), nil
	case id == 6:
		return c.Monotonic(), nil
	}
	return 0, syscall.EINVAL
}
