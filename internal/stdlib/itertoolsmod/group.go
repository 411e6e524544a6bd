package itertoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// groupBy is a groupby object.
type groupBy struct {
	object.Head
	it, f   value
	target  value    // the key of the group that is the last one given
	key     value    // of the item read last; no value: none yet
	item    value    // read and not given yet, or no value
	current *grouper // of the group given last
	object.Attrs
}

// grouper iterates over one group.
type grouper struct {
	object.Head
	parent *groupBy
	target value
}

var groupByType, grouperType class

func setupGroup() {
	define(&groupByType, "groupby", "(iterable, key=None)", "make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n    Elements to divide into groups according to the key function.\n  key\n    A function for computing the group category for each element.",
		unsafe.Offsetof(groupBy{}.Attrs), groupNext, object.Constructor("groupby", "(iterable, key=None)", func(t *thread, cls *class, a []value) value {
			it := t.Iter(a[0])
			if it.P == nil {
				return it
			}
			x := &groupBy{it: it, f: object.OrNone(a[1])}
			return finish(cls, &x.Head)
		}))
	define(&grouperType, "_grouper", "", "", 0, grouperNext, plain(&grouperType, 2, func(t *thread, cls *class, a []value) value {
		if !a[0].IsA(&groupByType) {
			return t.TypeErrorf("_grouper() argument 1 must be itertools.groupby, not %s", a[0].Type().Name)
		}
		return newGrouper(object.To[groupBy](a[0]), a[1])
	}))
}

func newGrouper(g *groupBy, target value) value {
	g.current = &grouper{object.Head{Type: &grouperType}, g, target}
	return object.Of(g.current)
}

// read reads an item and its key; false: there is none.
func (g *groupBy) read(t *thread) bool {
	x := step(t, g.it)
	if x.P == nil {
		return false
	}
	k := x
	if !g.f.IsNone() {
		if k = t.CallArgs(g.f, x); k.P == nil {
			return false
		}
	}
	g.item, g.key = x, k
	return true
}

func groupNext(t *thread, v value) value {
	g := object.To[groupBy](v)
	g.current = nil
	// Pass what is left of the group before.
	for {
		if g.key.P != nil {
			if g.target.P == nil {
				break
			}
			eq, ok := t.Equal(g.target, g.key)
			if !ok {
				return value{}
			}
			if !eq {
				break
			}
		}
		if !g.read(t) {
			return value{}
		}
	}
	g.target = g.key
	return object.Of(object.NewTuple(g.key, newGrouper(g, g.target)))
}

func grouperNext(t *thread, v value) value {
	r := object.To[grouper](v)
	g := r.parent
	if g.current != r {
		return value{}
	}
	if g.item.P == nil && !g.read(t) {
		return value{}
	}
	eq, ok := t.Equal(r.target, g.key)
	if !ok || !eq {
		return value{}
	}
	x := g.item
	g.item = value{}
	return x
}
