//go:build !linux && !darwin

package signalmod

import (
	"syscall"

	"github.com/krait-py/krait/internal/object"
)

var (
	platformMethods []object.MethodDef
	ignoredAtStart  []int
)

func platformExec(t *Thread, m *object.Module, itimerError Value) bool { return true }

func kill(t *Thread, sig int) error { return syscall.ENOSYS }

func blocks(t *Thread, fd int) bool { return false }
