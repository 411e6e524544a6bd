package signalmod

import (
	"strconv"

	"github.com/krait-py/krait/internal/object"
)

// The ways of changing a mask of signals.
const (
	maskBlock   = 0
	maskUnblock = 1
	maskSet     = 2
)

// signals are those of Linux. Of several names for a number the first has the text.
var signals = []signalName{
	{"SIGHUP", "Hangup", 1}, {"SIGINT", "Interrupt", 2}, {"SIGQUIT", "Quit", 3}, {"SIGILL", "Illegal instruction", 4}, {"SIGTRAP", "Trace/breakpoint trap", 5},
	{"SIGABRT", "Aborted", 6}, {"SIGIOT", "", 6}, {"SIGBUS", "Bus error", 7}, {"SIGFPE", "Floating point exception", 8}, {"SIGKILL", "Killed", 9},
	{"SIGUSR1", "User defined signal 1", 10}, {"SIGSEGV", "Segmentation fault", 11}, {"SIGUSR2", "User defined signal 2", 12}, {"SIGPIPE", "Broken pipe", 13},
	{"SIGALRM", "Alarm clock", 14}, {"SIGTERM", "Terminated", 15}, {"SIGSTKFLT", "Stack fault", 16}, {"SIGCHLD", "Child exited", 17}, {"SIGCLD", "", 17},
	{"SIGCONT", "Continued", 18}, {"SIGSTOP", "Stopped (signal)", 19}, {"SIGTSTP", "Stopped", 20}, {"SIGTTIN", "Stopped (tty input)", 21},
	{"SIGTTOU", "Stopped (tty output)", 22}, {"SIGURG", "Urgent I/O condition", 23}, {"SIGXCPU", "CPU time limit exceeded", 24},
	{"SIGXFSZ", "File size limit exceeded", 25}, {"SIGVTALRM", "Virtual timer expired", 26}, {"SIGPROF", "Profiling timer expired", 27},
	{"SIGWINCH", "Window changed", 28}, {"SIGIO", "I/O possible", 29}, {"SIGPOLL", "", 29}, {"SIGPWR", "Power failure", 30}, {"SIGSYS", "Bad system call", 31},
	{"SIGRTMIN", "", 34}, {"SIGRTMAX", "", 64},
}

func realTimeText(n int) Value {
	if n < 34 {
		return object.None
	}
	return object.MakeStr("Real-time signal " + strconv.Itoa(n-34))
}
