package posixmod

import (
	"crypto/rand"
	"runtime"
	"strings"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
)

// environ makes posix.environ: a dict of bytes.
func environ(t *Thread) Value {
	d := object.NewDict()
	env := native.Host(t).Env
	if env == nil {
		return object.Of(d)
	}
	for _, s := range env.Environ() {
		// Names may begin with "=" on some systems.
		i := strings.IndexByte(s[min(1, len(s)):], '=') + 1
		if i <= 0 || len(s) == 0 {
			continue
		}
		k := object.MakeBytes(s[:i])
		if old, ok := d.Get(t, k); !ok || old.P != nil {
			if !ok {
				return Value{}
			}
			continue
		}
		if !d.Set(t, k, object.MakeBytes(s[i+1:])) {
			return Value{}
		}
	}
	return object.Of(d)
}

func putenv(t *Thread, a []Value) Value {
	name, ok := native.FSText(t, a[0])
	if !ok {
		return Value{}
	}
	value, ok := native.FSText(t, a[1])
	if !ok {
		return Value{}
	}
	if strings.IndexByte(name, '=') >= 0 {
		return t.ValueErrorf("illegal environment variable name")
	}
	env := native.Host(t).Env
	if env == nil {
		return native.OSErrorCode(t, 1)
	}
	if name == "" {
		return native.OSErrorCode(t, 22)
	}
	if err := env.Set(name, value); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func unsetenv(t *Thread, a []Value) Value {
	name, ok := native.FSText(t, a[0])
	if !ok {
		return Value{}
	}
	env := native.Host(t).Env
	if env == nil {
		return native.OSErrorCode(t, 1)
	}
	if name == "" || strings.IndexByte(name, '=') >= 0 {
		return native.OSErrorCode(t, 22)
	}
	if err := env.Unset(name); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func urandom(t *Thread, a []Value) Value {
	n, ok := t.AsSize(a[0])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return t.ValueErrorf("negative argument not allowed")
	}
	if n > maxRead {
		return t.Raisef(&object.MemoryErrorType, "")
	}
	b := make([]byte, n)
	rand.Read(b)
	return native.MakeBytes(b)
}

func cpuCount(t *Thread, a []Value) Value {
	if n := sysmod.CPUCount(t); n > 0 {
		return object.MakeInt(int64(n))
	}
	return object.MakeInt(int64(runtime.NumCPU()))
}

func strerror(t *Thread, a []Value) Value {
	n, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	return object.MakeStr(host.Strerror(n))
}

var unameType = object.StructSeq{Name: "posix.uname_result", Fields: []string{"sysname", "nodename", "release", "version", "machine"},
	Doc: "uname_result: Result from os.uname().\n\nThis object may be accessed either as a tuple of\n  (sysname, nodename, release, version, machine),\nor via the attributes sysname, nodename, release, version, and machine."}

var terminalSizeType = object.StructSeq{Name: "os.terminal_size", Fields: []string{"columns", "lines"},
	Doc: "A tuple of (columns, lines) for holding terminal window size"}

var timesType = object.StructSeq{Name: "posix.times_result", Fields: []string{"user", "system", "children_user", "children_system", "elapsed"},
	Doc: "times_result: Result from os.times().\n\nThis object may be accessed either as a tuple of\n  (user, system, children_user, children_system, elapsed),\nor via the attributes user, system, children_user, children_system,\nand elapsed."}

// hostOf returns the interpreter's host.
func hostOf(t *Thread) *host.Host { return native.Host(t) }

// awaitDone waits for a channel without holding the lock; false: the handler of a signal has raised an exception.
func awaitDone(t *Thread, done <-chan struct{}) bool {
	for {
		finished := false
		t.Unlock()
		select {
		case <-done:
			finished = true
		case <-t.Wake:
		}
		t.Lock()
		if finished {
			return true
		}
		if !native.Interrupts(t) {
			return false
		}
	}
}
