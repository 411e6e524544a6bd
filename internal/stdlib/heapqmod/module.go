// Package heapqmod is the module _heapq: heaps in lists.
package heapqmod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name: "_heapq",
	Doc:  "Heap queue algorithm (a.k.a. priority queue).\n\nHeaps are arrays for which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for\nall k, counting elements from 0.",
	Methods: []object.MethodDef{
		{Name: "heappush", Sig: "(heap, item, /)", Fn: push("heappush", least), Doc: "Push item onto heap, maintaining the heap invariant."},
		{Name: "heappushpop", Sig: "(heap, item, /)", Fn: pushPop("heappushpop", least), Doc: "Push item on the heap, then pop and return the smallest item from the heap.\n\nThe combined action runs more efficiently than heappush() followed by\na separate call to heappop()."},
		{Name: "heappop", Sig: "(heap, /)", Fn: pop("heappop", least), Doc: "Pop the smallest item off the heap, maintaining the heap invariant."},
		{Name: "heapreplace", Sig: "(heap, item, /)", Fn: replace("heapreplace", least), Doc: "Pop and return the current smallest value, and add the new item."},
		{Name: "heapify", Sig: "(heap, /)", Fn: heapify("heapify", least), Doc: "Transform list into a heap, in-place, in O(len(heap)) time."},
		{Name: "heappush_max", Sig: "(heap, item, /)", Fn: push("heappush_max", greatest), Doc: "Push item onto max heap, maintaining the heap invariant."},
		{Name: "heappushpop_max", Sig: "(heap, item, /)", Fn: pushPop("heappushpop_max", greatest), Doc: "Maxheap variant of heappushpop."},
		{Name: "heappop_max", Sig: "(heap, /)", Fn: pop("heappop_max", greatest), Doc: "Maxheap variant of heappop."},
		{Name: "heapreplace_max", Sig: "(heap, item, /)", Fn: replace("heapreplace_max", greatest), Doc: "Maxheap variant of heapreplace."},
		{Name: "heapify_max", Sig: "(heap, /)", Fn: heapify("heapify_max", greatest), Doc: "Maxheap variant of heapify."},
	},
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "__about__", object.MakeStr(about))
		return true
	},
}

const about = `Heap queues

A heap is an array in which each item is not greater than the two at twice its
index plus one and plus two, so that the least is always the first.
`

// order says which of two items comes first.
type order bool

const (
	least    order = false
	greatest order = true
)

func (o order) before(t *thread, x, y value) (res, ok bool) {
	if o == greatest {
		return t.Less(y, x)
	}
	return t.Less(x, y)
}

// heap returns the list that a function works on.
func heap(t *thread, name string, a []value) *object.List {
	if a[0].Type().Flags&object.FlagList == 0 {
		arg := "argument"
		if len(a) > 1 {
			arg = "argument 1"
		}
		t.TypeErrorf("%s() %s must be list, not %s", name, arg, a[0].Type().Name)
		return nil
	}
	return object.To[object.List](a[0])
}

func changed(t *thread) bool {
	t.RuntimeErrorf("list changed size during iteration")
	return false
}

// rise moves the item at i towards the root, at start, until its parent comes before it.
func (o order) rise(t *thread, l *object.List, start, i int) bool {
	n := len(l.V)
	x := l.V[i]
	for i > start {
		parent := (i - 1) >> 1
		p := l.V[parent]
		first, ok := o.before(t, x, p)
		if !ok {
			return false
		}
		if len(l.V) != n {
			return changed(t)
		}
		if !first {
			break
		}
		// Both stay in the list at each moment, whoever looks at it.
		l.V[parent], l.V[i] = l.V[i], l.V[parent]
		i = parent
		x = l.V[i]
	}
	return true
}

// sink moves the item at i down to a leaf, along the children that come first, and from there up to its place: it mostly
// belongs near the leaves, so that this takes fewer comparisons than looking at each step whether it is there.
func (o order) sink(t *thread, l *object.List, i int) bool {
	n := len(l.V)
	start := i
	for half := n >> 1; i < half; {
		child := 2*i + 1
		if child+1 < n {
			first, ok := o.before(t, l.V[child], l.V[child+1])
			if !ok {
				return false
			}
			if len(l.V) != n {
				return changed(t)
			}
			if !first {
				child++
			}
		}
		l.V[i], l.V[child] = l.V[child], l.V[i]
		i = child
	}
	return o.rise(t, l, start, i)
}

func push(name string, o order) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		l := heap(t, name, a)
		if l == nil {
			return value{}
		}
		l.Append(a[1])
		if !o.rise(t, l, 0, len(l.V)-1) {
			return value{}
		}
		return object.None
	}
}

func pop(name string, o order) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		l := heap(t, name, a)
		if l == nil {
			return value{}
		}
		n := len(l.V) - 1
		if n < 0 {
			return t.IndexErrorf("index out of range")
		}
		last := l.V[n]
		l.V[n] = value{}
		l.V = l.V[:n]
		if n == 0 {
			return last
		}
		r := l.V[0]
		l.V[0] = last
		if !o.sink(t, l, 0) {
			return value{}
		}
		return r
	}
}

func replace(name string, o order) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		l := heap(t, name, a)
		if l == nil {
			return value{}
		}
		if len(l.V) == 0 {
			return t.IndexErrorf("index out of range")
		}
		r := l.V[0]
		l.V[0] = a[1]
		if !o.sink(t, l, 0) {
			return value{}
		}
		return r
	}
}

func pushPop(name string, o order) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		l := heap(t, name, a)
		if l == nil {
			return value{}
		}
		if len(l.V) == 0 {
			return a[1]
		}
		first, ok := o.before(t, l.V[0], a[1])
		if !ok {
			return value{}
		}
		if !first {
			return a[1]
		}
		if len(l.V) == 0 {
			return t.IndexErrorf("index out of range")
		}
		r := l.V[0]
		l.V[0] = a[1]
		if !o.sink(t, l, 0) {
			return value{}
		}
		return r
	}
}

func heapify(name string, o order) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		l := heap(t, name, a)
		if l == nil {
			return value{}
		}
		for i := len(l.V)/2 - 1; i >= 0; i-- {
			if !o.sink(t, l, i) {
				return value{}
			}
		}
		return object.None
	}
}
