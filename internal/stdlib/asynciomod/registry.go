package asynciomod

import (
	"github.com/krait-py/krait/internal/object"
)

// registry has the tasks that are not done, in a list.
type registry struct{ first, last *task }

// place is a task's place in the registry.
type place struct {
	prev, next *task
	listed     bool
}

// add does nothing for a task that is there already.
func (r *registry) add(k *task) {
	if k.listed {
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
}

// remove does nothing for a task that is not there.
func (r *registry) remove(k *task) {
	if !k.listed {
		return
	}
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
	k.place = place{}
}

// all returns the tasks.
func (r *registry) all() []Value {
	var tasks []Value
	for k := r.first; k != nil; k = k.next {
		tasks = append(tasks, object.Of(k))
	}
	return tasks
}
