package native

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// FSText is os.fsencode of an argument that must not contain a null byte.
func FSText(t *Thread, v Value) (string, bool) {
	x := Fspath(t, v)
	if x.P == nil {
		return "", false
	}
	var s string
	if x.IsStr() {
		var ok bool
		if s, ok = Encode(t, x.Str()); !ok {
			return "", false
		}
	} else {
		s = object.To[object.Bytes](x).S
	}
	if strings.IndexByte(s, 0) >= 0 {
		t.ValueErrorf("embedded null byte")
		return "", false
	}
	return s, true
}

// UserID converts the number of a user or a group; kind is "uid" or "gid". -1 stands for none.
func UserID(t *Thread, v Value, kind string) (int, bool) {
	if v.Type().Index == nil {
		t.TypeErrorf("%s should be integer, not %s", kind, v.Type().Name)
		return 0, false
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	switch {
	case !ok && object.AsBig(x).Sign() > 0:
		t.OverflowErrorf("%s is greater than maximum", kind)
		return 0, false
	case !ok || n < -1 || n > 1<<32-1:
		t.OverflowErrorf("%s is less than minimum", kind)
		return 0, false
	case n == 1<<32-1:
		n = -1
	}
	return int(n), true
}

// failedKey is where an interpreter counts the children that could not be started and that nobody has waited for.
const failedKey = "posix.failed"

// FailedChild notes a child that failed before it could run a program. Where the reference has a process that ends with
// status 255 there is none here: the result stands for it in waitpid.
func FailedChild(t *Thread) int {
	n, _ := t.Interp.State[failedKey].(int)
	t.Interp.State[failedKey] = n + 1
	s := Host(t).System
	return s.Pid()
}

// AwaitFailed reports whether pid stands for a child that FailedChild has noted, and forgets it.
func AwaitFailed(t *Thread, pid int) bool {
	n, _ := t.Interp.State[failedKey].(int)
	if s := Host(t).System; n == 0 || s == nil || pid != s.Pid() {
		return false
	}
	t.Interp.State[failedKey] = n - 1
	return true
}
