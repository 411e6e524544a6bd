// Package threadmod is module _thread: goroutines as threads, locks, and values of each thread's own.
package threadmod

import (
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is the definition of _thread.
var Module = object.ModuleDef{
	Name:  "_thread",
	Setup: setup,
	Doc:   "This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface.",
	Methods: []object.MethodDef{
		{Name: "start_new_thread", Raw: startNew, Doc: "Start a new thread and return its identifier."},
		{Name: "start_new", Raw: startNew, Doc: "An obsolete synonym of start_new_thread()."},
		{Name: "start_joinable_thread", Sig: "(function, handle=None, daemon=True)", Fn: startJoinable, Doc: "*For internal use only*: start a new thread."},
		{Name: "daemon_threads_allowed", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.True }},
		{Name: "allocate_lock", Sig: "()", Fn: func(t *Thread, a []Value) Value { return newLock() }, Doc: "Create a new lock object."},
		{Name: "allocate", Sig: "()", Fn: func(t *Thread, a []Value) Value { return newLock() }, Doc: "An obsolete synonym of allocate_lock()."},
		{Name: "exit_thread", Sig: "()", Fn: exitThread},
		{Name: "exit", Sig: "()", Fn: exitThread, Doc: "This is synonymous to ``raise SystemExit''."},
		{Name: "interrupt_main", Sig: "(signum=2, /)", Fn: interruptMain, Doc: "Simulate the arrival of the given signal in the main thread."},
		{Name: "get_ident", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(t.ID) }, Doc: "Return a non-zero integer that uniquely identifies the current thread."},
		{Name: "get_native_id", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(t.ID) }},
		{Name: "_get_main_thread_ident", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(t.Interp.Main.ID) }},
		{Name: "_is_main_interpreter", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.True }},
		{Name: "_count", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(int64(len(t.Interp.Threads()) - 1)) }},
		{Name: "stack_size", Sig: "(size=0, /)", Fn: stackSize, Doc: "Return the thread stack size used when creating new threads."},
		{Name: "_excepthook", Sig: "(exc_info, /)", Fn: excepthook, Doc: "Handle uncaught Thread.run() exception."},
		{Name: "_make_thread_handle", Sig: "(ident, /)", Fn: makeHandle},
		{Name: "_get_name", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.EmptyStr }},
		{Name: "set_name", Sig: "(name)", Fn: func(t *Thread, a []Value) Value { return object.None }},
		{Name: "_shutdown", Sig: "()", Fn: shutdown},
	},
	Types: []*object.Type{&LockType, &RLockType, &localType, &handleType},
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "LockType", object.Of(&LockType))
		m.Set(t, "error", object.Of(&object.RuntimeErrorType))
		m.Set(t, "TIMEOUT_MAX", object.MakeFloat(timeoutMax))
		m.Set(t, "_NAME_MAXLEN", object.MakeInt(15))
		m.Set(t, "_ExceptHookArgs", object.Of(hookArgsType.Type()))
		return true
	},
}

var hookArgsType = object.StructSeq{Name: "_thread._ExceptHookArgs", Fields: []string{"exc_type", "exc_value", "exc_traceback", "thread"}}

// handle is a thread that can be joined.
type handle struct {
	object.Head
	ident   int64
	started bool
	done    chan struct{}
	isDone  atomic.Bool
}

var handleType, localType object.Type

func newHandle() *handle {
	return &handle{Head: object.Head{Type: &handleType}, done: make(chan struct{})}
}

func (h *handle) finish() {
	if h.isDone.CompareAndSwap(false, true) {
		close(h.done)
	}
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	defineLocks()
	object.Define(&handleType, object.TypeSpec{Name: "_ThreadHandle", Module: "_thread",
		Slots: object.Slots{New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
			return object.Of(newHandle())
		},
			Repr: func(t *Thread, v Value) Value {
				return object.MakeStr(fmt.Sprintf("<_thread._ThreadHandle object: ident=%d>", object.To[handle](v).ident))
			}},
		Methods: []object.MethodDef{
			{Name: "is_done", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeBool(object.To[handle](a[0]).isDone.Load()) }},
			{Name: "_set_done", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				h := object.To[handle](a[0])
				if !h.started {
					return t.RuntimeErrorf("thread not started")
				}
				h.finish()
				return object.None
			}},
			{Name: "join", Sig: "($self, timeout=None, /)", Fn: join},
		},
		GetSets: []object.GetSetDef{{Name: "ident", Get: func(t *Thread, v Value) Value { return object.MakeInt(object.To[handle](v).ident) }}},
	})
	defineLocal()
}

func join(t *Thread, a []Value) Value {
	h := object.To[handle](a[0])
	if !h.started {
		return t.RuntimeErrorf("thread not started")
	}
	if h.ident == t.ID && !h.isDone.Load() {
		return t.RuntimeErrorf("Cannot join current thread")
	}
	var limit Value
	if a[1].P != nil && !a[1].IsNone() {
		limit = a[1]
	}
	d, ok := timeout(t, Value{}, limit)
	if !ok {
		if t.Catch(&object.ValueErrorType) == nil {
			return Value{}
		}
		d = -1
	}
	if limit.P == nil {
		d = -1
	}
	if _, ok := receive(t, h.done, d); !ok {
		return Value{}
	}
	return object.None
}

func makeHandle(t *Thread, a []Value) Value {
	n, ok := object.AsInt64(a[0])
	if !ok {
		return t.TypeErrorf("ident must be an integer")
	}
	h := newHandle()
	h.ident, h.started = n, true
	return object.Of(h)
}

// spawn starts a thread that calls f.
func spawn(t *Thread, h *handle, f Value, args []Value, names *object.Tuple) {
	if f := t.Interp.MoreThreads; f != nil {
		t.Interp.MoreThreads = nil
		f()
	}
	n := t.Interp.NewThread()
	n.Context = object.Value{}
	h.ident, h.started = n.ID, true
	go func() {
		n.Lock()
		end := func(n *Thread) {
			n.Interp.EndThread(n)
			h.finish()
			n.Unlock()
		}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			// A bug of krait. The thread is lost, since nobody knows what it was about, but others can go on.
			if n.Interp.Current() == n {
				n.Unlock()
			}
			m := n.Interp.NewThread()
			m.Lock()
			n.Interp.EndThread(n)
			m.SystemErrorf("internal error: %v\n%s", p, debug.Stack())
			unraisable(m, f)
			end(m)
		}()
		if !strings(names) {
			n.TypeErrorf("keywords must be strings")
			unraisable(n, f)
		} else if n.Call(f, args, names).P == nil {
			unraisable(n, f)
		}
		end(n)
	}()
}

// strings reports whether all names of keywords are strings.
func strings(names *object.Tuple) bool {
	if names != nil {
		for _, n := range names.Items() {
			if !n.IsStr() {
				return false
			}
		}
	}
	return true
}

// unraisable reports the exception that has ended a thread.
func unraisable(n *Thread, f Value) {
	e := n.Exc
	n.Exc = nil
	if u := n.Interp.Hooks.Unraisable; e != nil && !e.Type.IsSubtype(&object.SystemExitType) && u != nil {
		text := "Exception ignored in thread started by " + f.Type().Name
		if s := n.Repr(f); s != nil {
			text = "Exception ignored in thread started by " + s.S
		}
		n.Exc = e
		u(n, text, Value{})
	}
	n.Exc = nil
}

// least is the least size of a thread's stack that is taken. Goroutines need none, but programs ask.
const least = 53248

func stackSize(t *Thread, a []Value) Value {
	n := 0
	if a[0].P != nil {
		var ok bool
		if n, ok = t.AsSize(a[0]); !ok {
			return Value{}
		}
	}
	s := state(t)
	old := s.stackSize
	if n != 0 && n < least {
		return t.ValueErrorf("size must be at least %d bytes", least)
	}
	if a[0].P != nil {
		s.stackSize = n
	}
	return object.MakeInt(int64(old))
}

func startNew(t *Thread, args []Value, names *object.Tuple) Value {
	switch {
	case names != nil && names.Len() > 0:
		return t.TypeErrorf("_thread.start_new_thread() takes no keyword arguments")
	case len(args) < 2:
		return t.TypeErrorf("start_new_thread expected at least 2 arguments, got %d", len(args))
	case len(args) > 3:
		return t.TypeErrorf("start_new_thread expected at most 3 arguments, got %d", len(args))
	}
	if args[0].Type().Call == nil {
		return t.TypeErrorf("first arg must be callable")
	}
	if args[1].Type().Flags&object.FlagTuple == 0 {
		return t.TypeErrorf("2nd arg must be a tuple")
	}
	call := append([]Value(nil), object.To[object.Tuple](args[1]).Items()...)
	var kw *object.Tuple
	if len(args) == 3 {
		if args[2].Type().Flags&object.FlagDict == 0 {
			return t.TypeErrorf("optional 3rd arg must be a dictionary")
		}
		var ns []Value
		for k, v := range object.To[object.Dict](args[2]).All {
			ns = append(ns, k)
			call = append(call, v)
		}
		if ns != nil {
			kw = object.NewTuple(ns...)
		}
	}
	if !mayStart(t) {
		return Value{}
	}
	h := newHandle()
	spawn(t, h, args[0], call, kw)
	return object.MakeInt(h.ident)
}

// mayStart raises PythonFinalizationError at the end of the interpreter.
func mayStart(t *Thread) bool {
	if t.Interp.Finalizing {
		t.Raisef(&object.PythonFinalizationErrorType, "can't create new thread at interpreter shutdown")
		return false
	}
	return true
}

func startJoinable(t *Thread, a []Value) Value {
	if a[0].Type().Call == nil {
		return t.TypeErrorf("thread function must be callable")
	}
	if !mayStart(t) {
		return Value{}
	}
	h := newHandle()
	if a[1].P != nil && !a[1].IsNone() {
		if !a[1].Is(&handleType) {
			return t.TypeErrorf("'handle' must be a _ThreadHandle")
		}
		h = object.To[handle](a[1])
	}
	if h.started {
		return t.RuntimeErrorf("thread already started")
	}
	daemon := true
	if a[2].P != nil {
		var ok bool
		if daemon, ok = t.IsTrue(a[2]); !ok {
			return Value{}
		}
	}
	if !daemon {
		state(t).joined = append(state(t).joined, h)
	}
	spawn(t, h, a[0], nil, nil)
	return object.Of(h)
}

type threadState struct {
	stackSize int
	joined    []*handle // threads that the interpreter waits for at its end
}

func state(t *Thread) *threadState {
	s, _ := t.Interp.State["_thread"].(*threadState)
	if s == nil {
		s = &threadState{}
		t.Interp.State["_thread"] = s
	}
	return s
}

// shutdown waits for all threads that are not daemons.
func shutdown(t *Thread, a []Value) Value {
	s := state(t)
	for len(s.joined) > 0 {
		h := s.joined[0]
		s.joined = s.joined[1:]
		if h.ident == t.ID {
			continue
		}
		if _, ok := receive(t, h.done, -1); !ok {
			return Value{}
		}
	}
	return object.None
}

func exitThread(t *Thread, a []Value) Value { return t.RaiseNew(&object.SystemExitType) }

func interruptMain(t *Thread, a []Value) Value {
	n := 2
	if a[0].P != nil {
		var ok bool
		if n, ok = t.AsIndex(a[0]); !ok {
			return Value{}
		}
	}
	if n < 1 || n > 64 {
		return t.ValueErrorf("signal number out of range")
	}
	if f := t.Interp.Hooks.Signal; f != nil {
		f(t.Interp, n)
	}
	if t == t.Interp.Main && !t.Attend() { // the handler runs before anything else
		return Value{}
	}
	return object.None
}

func excepthook(t *Thread, a []Value) Value {
	if !a[0].Is(hookArgsType.Type()) {
		return t.TypeErrorf("_thread.excepthook argument type must be ExceptHookArgs")
	}
	f := object.To[object.Tuple](a[0]).Items()
	if f[0] == object.Of(&object.SystemExitType) {
		return object.None
	}
	w := t.Interp.Sys.GetName("stderr")
	if w.P == nil || w.IsNone() {
		return object.None
	}
	name := fmt.Sprint(t.ID)
	if !f[3].IsNone() {
		n := t.GetAttrName(f[3], "name")
		if n.P == nil {
			t.Exc = nil
		} else if s := t.Str(n); s != nil {
			name = s.S
		}
	}
	if t.CallMethod(w, t.Interp.Intern("write"), object.MakeStr("Exception in thread "+name+":\n")).P == nil {
		return Value{}
	}
	hook := t.Interp.Sys.GetName("__excepthook__")
	if hook.P == nil {
		return object.None
	}
	if t.CallArgs(hook, f[0], f[1], f[2]).P == nil || t.CallMethod(w, t.Interp.Intern("flush")).P == nil {
		return Value{}
	}
	return object.None
}

type rlockSub struct {
	rlock
	object.Attrs
}

const rlockSubOffset = unsafe.Offsetof(rlockSub{}.Attrs)

func allocRLock(cls *object.Type) Value {
	if cls == &RLockType {
		return object.Of(&rlock{Head: object.Head{Type: cls}})
	}
	p := &rlockSub{}
	p.Head.Type = cls
	return object.InitAttrs(cls, object.Of(p))
}
