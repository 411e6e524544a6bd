package host

import (
	"sync"
	"syscall"
	"unsafe"
)

// sigaction is the kernel's struct.
type sigaction struct {
	handler  uintptr
	flags    uint64
	restorer uintptr
	mask     uint64
}

func rtSigaction(sig int, set, old *sigaction) bool {
	_, _, e := syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(sig), uintptr(unsafe.Pointer(set)), uintptr(unsafe.Pointer(old)), 8, 0, 0)
	return e == 0
}

// actions are the signals that Go's runtime catches although nobody has asked it to, to ignore them or to print the stacks of all
// goroutines. Programs of other languages die of them. Those that an error of the process itself can raise stay as they are. The
// actions are the process's, and so is the table.
var actions = struct {
	mu sync.Mutex
	// runtime has what the runtime had installed where the system's default stands now.
	runtime map[int]sigaction
}{runtime: map[int]sigaction{}}

func ownDefault(sig int) bool {
	switch syscall.Signal(sig) {
	case syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM, syscall.SIGVTALRM, syscall.SIGXCPU, syscall.SIGIO, syscall.SIGPWR,
		syscall.SIGSTKFLT, syscall.SIGSYS, syscall.SIGTRAP:
		return true
	}
	return sig > 34 && sig <= 64
}

// systemDefault has the system do what it does by default.
func systemDefault(sig int) {
	if !ownDefault(sig) {
		return
	}
	actions.mu.Lock()
	defer actions.mu.Unlock()
	var old sigaction
	if _, done := actions.runtime[sig]; !done && rtSigaction(sig, nil, &old) && old.handler > 1 && rtSigaction(sig, &sigaction{}, nil) {
		actions.runtime[sig] = old
	}
}

// runtimeAction undoes systemDefault.
func runtimeAction(sig int) {
	actions.mu.Lock()
	defer actions.mu.Unlock()
	if old, ok := actions.runtime[sig]; ok {
		rtSigaction(sig, &old, nil)
		delete(actions.runtime, sig)
	}
}
