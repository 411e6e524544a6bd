//go:build !linux

package signalmod

import "github.com/krait-py/krait/internal/object"

// The ways of changing a mask of signals.
const (
	maskBlock   = 1
	maskUnblock = 2
	maskSet     = 3
)

// signals are those that all systems but Linux number alike.
var signals = []signalName{
	{"SIGHUP", "Hangup", 1}, {"SIGINT", "Interrupt", 2}, {"SIGQUIT", "Quit", 3}, {"SIGILL", "Illegal instruction", 4}, {"SIGTRAP", "Trace/BPT trap", 5},
	{"SIGABRT", "Abort trap", 6}, {"SIGFPE", "Floating point exception", 8}, {"SIGKILL", "Killed", 9}, {"SIGBUS", "Bus error", 10},
	{"SIGSEGV", "Segmentation fault", 11}, {"SIGSYS", "Bad system call", 12}, {"SIGPIPE", "Broken pipe", 13}, {"SIGALRM", "Alarm clock", 14},
	{"SIGTERM", "Terminated", 15}, {"SIGURG", "Urgent I/O condition", 16}, {"SIGSTOP", "Suspended (signal)", 17}, {"SIGTSTP", "Suspended", 18},
	{"SIGCONT", "Continued", 19}, {"SIGCHLD", "Child exited", 20}, {"SIGTTIN", "Stopped (tty input)", 21}, {"SIGTTOU", "Stopped (tty output)", 22},
	{"SIGIO", "I/O possible", 23}, {"SIGXCPU", "Cputime limit exceeded", 24}, {"SIGXFSZ", "Filesize limit exceeded", 25},
	{"SIGVTALRM", "Virtual timer expired", 26}, {"SIGPROF", "Profiling timer expired", 27}, {"SIGWINCH", "Window size changes", 28},
	{"SIGUSR1", "User defined signal 1", 30}, {"SIGUSR2", "User defined signal 2", 31},
}

func realTimeText(n int) Value { return object.None }
