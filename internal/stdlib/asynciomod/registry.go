package asynciomod

import (
	"runtime"
	"weak"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// registry has the tasks that are not done. A task is forgotten if nobody else knows it, but most are done soon: weak references are made only
// to those that have outlived a collection (object.Aging).
type registry struct {
	first, last *task // a list of the young ones
	waiting     bool  // for the next collection
	old         map[*oldTask]struct{}
}

// place is a task's place in the registry.
type place struct {
	prev, next *task
	listed     bool
	old        *oldTask
}

// oldTask is an old task as the registry knows it, and what is left of it if it is forgotten. It keeps neither the task nor the loop: a task that
// waits for something is part of a ring, in which there could be no finalizer.
type oldTask struct {
	task        weak.Pointer[task]
	loop        weak.Pointer[object.Head]
	name        Value
	coro        vm.Ghost
	sourceTrace Value
	log         bool
	cleanup     runtime.Cleanup
}

// add does nothing for a task that is there already.
func (r *registry) add(t *Thread, k *task) {
	if k.listed || k.old != nil {
		return
	}
	k.listed = true
	k.prev = r.last
	if r.last != nil {
		r.last.next = k
	} else {
		r.first = k
	}
	r.last = k
	if !r.waiting {
		r.waiting = true
		t.Watch(r)
	}
}

// remove does nothing for a task that is not there.
func (r *registry) remove(k *task) {
	if k.old != nil {
		k.old.cleanup.Stop()
		delete(r.old, k.old)
	}
	if k.listed {
		if k.prev != nil {
			k.prev.next = k.next
		} else {
			r.first = k.next
		}
		if k.next != nil {
			k.next.prev = k.prev
		} else {
			r.last = k.prev
		}
	}
	k.place = place{}
}

// Aged makes all young tasks old ones.
func (r *registry) Aged(t *Thread) {
	k := r.first
	r.first, r.last, r.waiting = nil, nil, false
	for k != nil {
		next := k.next
		k.place = place{old: r.addOld(t, k)}
		k = next
	}
}

// forgotten is what the cleanup of an old task gets.
type forgotten struct {
	in  weak.Pointer[object.Interp]
	old *oldTask
}

func (r *registry) addOld(t *Thread, k *task) *oldTask {
	o := &oldTask{task: weak.Make(k), name: k.name, coro: vm.GhostOf(k.coro), log: k.logDestroy}
	if k.loop.P != nil {
		o.loop = weak.Make((*object.Head)(k.loop.P))
	}
	if k.rare != nil {
		o.sourceTrace = k.rare.sourceTrace
	}
	o.cleanup = runtime.AddCleanup(k, func(f forgotten) {
		if in := f.in.Value(); in != nil {
			in.Later(f.old.gone)
		}
	}, forgotten{weak.Make(t.Interp), o})
	if r.old == nil {
		r.old = map[*oldTask]struct{}{}
	}
	r.old[o] = struct{}{}
	return o
}

// gone says that a task was forgotten before it was done. The task in the report is another, made of what is left.
func (o *oldTask) gone(t *Thread) {
	delete(of(t).scheduled.old, o)
	loop := o.loop.Value()
	if loop == nil {
		return
	}
	k := &task{coro: o.coro.Seen(t), name: o.name, logDestroy: o.log}
	k.Type, k.Shape, k.loop = &TaskType, TaskType.Root, object.Of(loop)
	if o.sourceTrace.P != nil {
		k.rarely().sourceTrace = o.sourceTrace
	}
	finalizeTask(t, object.Of(k))
}

// all returns the tasks.
func (r *registry) all() []Value {
	var tasks []Value
	for k := r.first; k != nil; k = k.next {
		tasks = append(tasks, object.Of(k))
	}
	for o := range r.old {
		if k := o.task.Value(); k != nil {
			tasks = append(tasks, object.Of(k))
		}
	}
	return tasks
}
