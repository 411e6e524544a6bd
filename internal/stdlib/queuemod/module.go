// Package queuemod is module _queue: SimpleQueue.
package queuemod

import (
	"math"
	"time"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// emptyKey is where an interpreter keeps the class Empty.
const emptyKey = "_queue.Empty"

// Module is the definition of _queue.
var Module = object.ModuleDef{
	Name:  "_queue",
	Setup: setup,
	Doc:   "C implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly.",
	Types: []*object.Type{&SimpleQueueType},
	Exec: func(t *Thread, m *object.Module) bool {
		empty := t.NewExcClass("_queue", "Empty", "Exception raised by Queue.get(block=0)/get_nowait().", &object.ExceptionType)
		if empty == nil {
			return false
		}
		t.Interp.State[emptyKey] = empty
		m.Set(t, "Empty", object.Of(empty))
		return true
	},
}

var nameInit = object.StaticName("__init__")

// SimpleQueueType is _queue.SimpleQueue.
var SimpleQueueType object.Type

// queue is a SimpleQueue. The interpreter's lock guards it.
type queue struct {
	object.Head
	items []Value // a ring
	first int
	n     int
	// waiting are the threads in get, the one that came first first.
	waiting []chan struct{}
}

type queueSub struct {
	queue
	object.Attrs
}

func (q *queue) put(v Value) {
	if q.n == len(q.items) {
		items := make([]Value, max(8, 2*q.n))
		k := copy(items, q.items[q.first:])
		copy(items[k:], q.items[:q.first])
		q.items, q.first = items, 0
	}
	q.items[(q.first+q.n)&(len(q.items)-1)] = v
	q.n++
	q.wake()
}

// wake lets one waiting thread look.
func (q *queue) wake() {
	if len(q.waiting) > 0 {
		close(q.waiting[0])
		q.waiting = q.waiting[1:]
	}
}

func (q *queue) get() Value {
	v := q.items[q.first]
	q.items[q.first] = Value{}
	q.first = (q.first + 1) & (len(q.items) - 1)
	if q.n--; q.n == 0 && len(q.items) > 1024 {
		q.items, q.first = nil, 0
	}
	return v
}

// forget ends waiting; what woke c up in the meantime goes to another thread.
func (q *queue) forget(c chan struct{}) {
	for i, w := range q.waiting {
		if w == c {
			q.waiting = append(q.waiting[:i:i], q.waiting[i+1:]...)
			return
		}
	}
	if q.n > 0 {
		q.wake()
	}
}

func raiseEmpty(t *Thread) Value {
	cls, _ := t.Interp.State[emptyKey].(*object.Type)
	if cls == nil {
		cls = &object.ExceptionType
	}
	if e := t.CallArgs(object.Of(cls)); e.P != nil {
		return t.RaiseValue(e)
	}
	return Value{}
}

// limit converts a timeout: negative for none.
func limit(t *Thread, v Value) (time.Duration, bool) {
	if v.P == nil || v.IsNone() {
		return -1, true
	}
	f, ok := object.AsFloat(v)
	if ok && f != f {
		t.ValueErrorf("Invalid value NaN (not a number)")
		return 0, false
	}
	if !ok {
		if v.Type().Index == nil {
			t.TypeErrorf("'%s' object cannot be interpreted as an integer or float", v.Type().Name)
			return 0, false
		}
		if v = t.Index(v); v.P == nil {
			return 0, false
		}
		if f, ok = object.AsFloat(t.ToFloat(v)); !ok {
			t.Exc = nil
			f = math.Inf(1)
		}
	}
	switch secs := f; {
	case secs < 0:
		t.ValueErrorf("'timeout' must be a non-negative number")
		return 0, false
	case secs >= math.MaxInt64:
		t.OverflowErrorf("timestamp out of range for platform time_t")
		return 0, false
	case secs >= float64(math.MaxInt64/int64(time.Second)):
		t.OverflowErrorf("timeout value is too large")
		return 0, false
	default:
		return time.Duration(math.Ceil(secs * float64(time.Second))), true
	}
}

func get(t *Thread, a []Value) Value {
	q := object.To[queue](a[0])
	block, ok := native.Flag(t, a[1], true)
	if !ok {
		return Value{}
	}
	d := time.Duration(-1)
	if block {
		if d, ok = limit(t, a[2]); !ok {
			return Value{}
		}
	}
	if q.n > 0 {
		return q.get()
	}
	if !block || d == 0 {
		return raiseEmpty(t)
	}
	return wait(t, q, d)
}

// wait waits for an item without holding the interpreter's lock.
func wait(t *Thread, q *queue, d time.Duration) Value {
	var timer <-chan time.Time
	if d > 0 {
		tm := time.NewTimer(d)
		defer tm.Stop()
		timer = tm.C
	}
	late := false
	for q.n == 0 {
		if late {
			return raiseEmpty(t)
		}
		c := make(chan struct{})
		q.waiting = append(q.waiting, c)
		t.Unlock()
		select {
		case <-c:
		case <-timer:
			late = true
		case <-t.Wake:
		}
		t.Lock()
		if q.n > 0 {
			v := q.get()
			q.forget(c)
			return v
		}
		q.forget(c)
		if f := t.Interp.Hooks.Break; f != nil && !f(t) {
			return Value{}
		}
	}
	return q.get()
}

func put(t *Thread, a []Value) Value {
	object.To[queue](a[0]).put(a[1])
	return object.None
}

func alloc(t *Thread, cls *object.Type) Value {
	if cls == &SimpleQueueType {
		return object.Of(&queue{Head: object.Head{Type: cls}})
	}
	p := &queueSub{}
	p.Head.Type = cls
	return object.InitAttrs(cls, object.Of(p))
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&SimpleQueueType, object.TypeSpec{Name: "SimpleQueue", Module: "_queue", Sig: "()", Flags: object.FlagBase, HasWeak: true,
		Doc:       "Simple, unbounded, reentrant FIFO queue.",
		SubOffset: unsafe.Offsetof(queueSub{}.Attrs),
		Slots: object.Slots{
			Alloc: alloc,
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				if cls.Lookup(t, nameInit) == object.ObjectType.Lookup(t, nameInit) {
					switch kw := object.NameCount(names); {
					case kw > 0:
						return t.TypeErrorf("SimpleQueue() takes no keyword arguments")
					case len(args) > 0:
						return t.TypeErrorf("SimpleQueue() takes no positional arguments")
					}
				}
				return alloc(t, cls)
			},
		},
		Methods: []object.MethodDef{
			{Name: "empty", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return object.MakeBool(object.To[queue](a[0]).n == 0)
			}, Doc: "Return True if the queue is empty, False otherwise (not reliable!)."},
			{Name: "get", Sig: "($self, /, block=True, timeout=None)", Fn: get, Doc: "Remove and return an item from the queue.\n\nWithout one, wait if block is true, at most timeout seconds if that is not None,\nand raise Empty in the end."},
			{Name: "get_nowait", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				if q := object.To[queue](a[0]); q.n > 0 {
					return q.get()
				}
				return raiseEmpty(t)
			}, Doc: "Remove and return an item from the queue without blocking.\n\nRaise Empty if there is none."},
			{Name: "put", Sig: "($self, /, item, block=True, timeout=None)", Fn: put, Doc: "Put the item on the queue.\n\nThat never blocks: block and timeout are there for compatibility with Queue."},
			{Name: "put_nowait", Sig: "($self, /, item)", Fn: put, Doc: "Put an item into the queue without blocking."},
			{Name: "qsize", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return object.MakeInt(int64(object.To[queue](a[0]).n))
			}, Doc: "Return the approximate size of the queue (not reliable!)."},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "SimpleQueues are generic over the type of their contents"},
		},
	})
}
