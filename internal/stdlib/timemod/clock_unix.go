//go:build linux || darwin

package timemod

import (
	"syscall"

	"github.com/krait-py/krait/internal/stdlib/native"
)

func systemClock(t *Thread, id int) (int64, error) {
	s := native.Host(t).System
	if s == nil {
		return 0, syscall.EPERM
	}
	return s.ClockTime(id)
}
