package threadmod

import (
	"fmt"
	"math"
	"time"

	"github.com/krait-py/krait/internal/object"
)

// lock is a lock.
type lock struct {
	object.Head
	token
}

// rlock is a lock that its owner may take again.
type rlock struct {
	object.Head
	token
	owner int64
	count int
}

// LockType and RLockType are _thread.lock and _thread.RLock.
var LockType, RLockType object.Type

// timeoutMax is TIMEOUT_MAX in seconds.
const timeoutMax = float64(math.MaxInt64 / int64(time.Second))

// timeout turns acquire's arguments into how long to wait: 0 not at all, negative for ever.
func timeout(t *Thread, blocking, limit Value) (time.Duration, bool) {
	wait := true
	if blocking.P != nil {
		var ok bool
		if wait, ok = t.IsTrue(blocking); !ok {
			return 0, false
		}
	}
	secs := -1.0
	if limit.P != nil {
		f, ok := object.AsFloat(limit)
		if !ok {
			n, ok := object.AsInt64(limit)
			if !ok && object.AsBig(limit) != nil {
				t.OverflowErrorf("timestamp too large to convert to C PyTime_t")
				return 0, false
			}
			if !ok {
				t.TypeErrorf("'%s' object cannot be interpreted as an integer or float", limit.Type().Name)
				return 0, false
			}
			f = float64(n)
		}
		secs = f
	}
	switch {
	case !wait && secs != -1:
		t.ValueErrorf("can't specify a timeout for a non-blocking call")
		return 0, false
	case secs < 0 && secs != -1:
		t.ValueErrorf("timeout value must be a non-negative number")
		return 0, false
	case secs != secs:
		t.ValueErrorf("Invalid value NaN (not a number)")
		return 0, false
	case secs > math.MaxInt64:
		t.OverflowErrorf("timestamp out of range for platform time_t")
		return 0, false
	case secs > timeoutMax:
		t.OverflowErrorf("timeout value is too large")
		return 0, false
	case !wait:
		return 0, true
	case secs < 0:
		return -1, true
	}
	return time.Duration(secs * float64(time.Second)), true
}

func lockAcquire(t *Thread, a []Value) Value {
	d, ok := timeout(t, a[1], a[2])
	if !ok {
		return Value{}
	}
	return acquire(t, object.To[lock](a[0]), d)
}

func acquire(t *Thread, l *lock, d time.Duration) Value {
	got, ok := l.take(t, d)
	if !ok {
		return Value{}
	}
	return object.MakeBool(got)
}

func lockRelease(t *Thread, a []Value) Value {
	if !object.To[lock](a[0]).give() {
		return t.RuntimeErrorf("release unlocked lock")
	}
	return object.None
}

func lockLocked(t *Thread, a []Value) Value {
	return object.MakeBool(!object.To[lock](a[0]).free())
}

func newLock() Value { return object.Of(&lock{Head: object.Head{Type: &LockType}}) }

func defineLocks() {
	// What __exit__ gets is of no interest: no tuple is made of it.
	exit := func(release func(t *Thread, a []Value) Value) func(t *Thread, args []Value, names *object.Tuple) Value {
		return func(t *Thread, args []Value, names *object.Tuple) Value {
			if object.NameCount(names) > 0 {
				return t.TypeErrorf("%s.__exit__() takes no keyword arguments", args[0].Type().ShortName())
			}
			if release(t, args[:1]).P == nil {
				return Value{}
			}
			return object.None
		}
	}
	const acquireSig = "($self, /, blocking=True, timeout=-1)"
	const acquireDoc = "Lock the lock."
	reinit := func(t *Thread, a []Value) Value {
		object.To[lock](a[0]).token = token{}
		return object.None
	}
	object.Define(&LockType, object.TypeSpec{Name: "lock", Module: "_thread", Sig: "()", HasWeak: true, Doc: "A lock is a synchronization primitive.",
		Slots: object.Slots{
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				if len(args) > 0 {
					return t.TypeErrorf("lock expected 0 arguments, got %d", len(args))
				}
				if names != nil {
					return t.TypeErrorf("lock() takes no keyword arguments")
				}
				return newLock()
			},
			Repr: func(t *Thread, v Value) Value {
				s := "unlocked"
				if !object.To[lock](v).free() {
					s = "locked"
				}
				return object.MakeStr(fmt.Sprintf("<%s %s object at %#x>", s, t.QualName(v.Type()), uintptr(v.P)))
			},
		},
		Methods: []object.MethodDef{
			{Name: "acquire", Sig: acquireSig, Fn: lockAcquire, Doc: acquireDoc},
			{Name: "acquire_lock", Sig: acquireSig, Fn: lockAcquire, Doc: acquireDoc},
			{Name: "release", Sig: "($self, /)", Fn: lockRelease, Doc: "Release the lock."},
			{Name: "release_lock", Sig: "($self, /)", Fn: lockRelease, Doc: "Release the lock."},
			{Name: "locked", Sig: "($self, /)", Fn: lockLocked, Doc: "Return whether the lock is in the locked state."},
			{Name: "locked_lock", Sig: "($self, /)", Fn: lockLocked, Doc: "Return whether the lock is in the locked state."},
			{Name: "__enter__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return acquire(t, object.To[lock](a[0]), -1) }, Doc: acquireDoc},
			{Name: "__exit__", Sig: "($self, /, *exc_info)", Raw: exit(lockRelease), Doc: "Release the lock."},
			{Name: "_at_fork_reinit", Sig: "($self, /)", Fn: reinit},
		},
	})
	object.Define(&RLockType, object.TypeSpec{Name: "RLock", Module: "_thread", HasWeak: true, Flags: object.FlagBase,
		SubOffset: rlockSubOffset,
		Slots: object.Slots{
			Alloc: func(t *Thread, cls *object.Type) Value { return allocRLock(cls) },
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				return allocRLock(cls)
			},
			Repr: func(t *Thread, v Value) Value {
				r := object.To[rlock](v)
				s := "unlocked"
				if r.count > 0 {
					s = "locked"
				}
				return object.MakeStr(fmt.Sprintf("<%s %s object owner=%d count=%d at %#x>", s, t.QualName(v.Type()), r.owner, r.count, uintptr(v.P)))
			},
		},
		Methods: []object.MethodDef{
			{Name: "acquire", Sig: acquireSig, Fn: rlockAcquire, Doc: acquireDoc},
			{Name: "release", Sig: "($self, /)", Fn: rlockRelease, Doc: "Release the lock."},
			{Name: "locked", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeBool(object.To[rlock](a[0]).count > 0) },
				Doc: "Return whether some thread has the lock."},
			{Name: "__enter__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return acquireR(t, object.To[rlock](a[0]), -1) }, Doc: acquireDoc},
			{Name: "__exit__", Sig: "($self, /, *exc_info)", Raw: exit(rlockRelease), Doc: "Release the lock."},
			{Name: "_is_owned", Sig: "($self, /)", Doc: "For internal use by `threading.Condition`.", Fn: func(t *Thread, a []Value) Value {
				r := object.To[rlock](a[0])
				return object.MakeBool(r.count > 0 && r.owner == t.ID)
			}},
			{Name: "_recursion_count", Sig: "($self, /)", Doc: "For internal use by reentrancy checks.", Fn: func(t *Thread, a []Value) Value {
				if r := object.To[rlock](a[0]); r.owner == t.ID {
					return object.MakeInt(int64(r.count))
				}
				return object.MakeInt(0)
			}},
			{Name: "_release_save", Sig: "($self, /)", Doc: "For internal use by `threading.Condition`.", Fn: func(t *Thread, a []Value) Value {
				r := object.To[rlock](a[0])
				if r.count == 0 {
					return t.RuntimeErrorf("cannot release un-acquired lock")
				}
				saved := object.NewTuple(object.MakeInt(int64(r.count)), object.MakeInt(r.owner))
				r.count, r.owner = 0, 0
				r.give()
				return object.Of(saved)
			}},
			{Name: "_acquire_restore", Sig: "($self, state, /)", Doc: "For internal use by `threading.Condition`.", Fn: func(t *Thread, a []Value) Value {
				r := object.To[rlock](a[0])
				if a[1].Type().Flags&object.FlagTuple == 0 {
					return t.TypeErrorf("_acquire_restore() argument 1 must be 2-item tuple, not %s", a[1].Type().Name)
				}
				s := object.To[object.Tuple](a[1]).Items()
				if len(s) != 2 {
					return t.TypeErrorf("_acquire_restore() argument 1 must be tuple of length 2, not %d", len(s))
				}
				count, ok := t.AsIndex(s[0])
				if !ok {
					return Value{}
				}
				owner, ok := t.AsIndex(s[1])
				if !ok {
					return Value{}
				}
				if _, ok := r.take(t, -1); !ok {
					return Value{}
				}
				r.count, r.owner = count, int64(owner)
				return object.None
			}},
			{Name: "_at_fork_reinit", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				r := object.To[rlock](a[0])
				r.token, r.count, r.owner = token{}, 0, 0
				return object.None
			}},
		},
	})
}

func rlockAcquire(t *Thread, a []Value) Value {
	d, ok := timeout(t, a[1], a[2])
	if !ok {
		return Value{}
	}
	return acquireR(t, object.To[rlock](a[0]), d)
}

func acquireR(t *Thread, r *rlock, d time.Duration) Value {
	if r.count > 0 && r.owner == t.ID {
		r.count++
		return object.True
	}
	got, ok := r.take(t, d)
	if !ok {
		return Value{}
	}
	if got {
		r.owner, r.count = t.ID, 1
	}
	return object.MakeBool(got)
}

func rlockRelease(t *Thread, a []Value) Value {
	r := object.To[rlock](a[0])
	if r.count == 0 || r.owner != t.ID {
		return t.RuntimeErrorf("cannot release un-acquired lock")
	}
	if r.count--; r.count == 0 {
		r.owner = 0
		r.give()
	}
	return object.None
}
