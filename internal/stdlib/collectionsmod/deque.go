package collectionsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// Deque is a deque: a ring of items.
type Deque struct {
	object.Head
	ring  []value // its length is a power of two, or 0
	head  int     // where the first item is
	n     int
	max   int    // maxlen; -1: none
	state uint64 // changes with each change of the length
	object.Attrs
}

// The types of deques and their iterators.
var DequeType, dequeIterType, dequeReverseType object.Type

func newDeque(cls *object.Type) *Deque {
	d := &Deque{max: -1}
	d.Type = cls
	object.InitAttrs(cls, object.Of(d))
	return d
}

// at returns item i, which must exist.
func (d *Deque) at(i int) *value { return &d.ring[(d.head+i)&(len(d.ring)-1)] }

// grow makes room for one more item.
func (d *Deque) grow() {
	ring := make([]value, max(len(d.ring)*2, 8))
	k := copy(ring, d.ring[d.head:])
	copy(ring[k:], d.ring[:d.head])
	d.ring, d.head = ring, 0
}

// push appends on the right.
func (d *Deque) push(v value) {
	if d.n == d.max {
		if d.n == 0 {
			return
		}
		d.dropFirst()
	}
	if d.n == len(d.ring) {
		d.grow()
	}
	d.ring[(d.head+d.n)&(len(d.ring)-1)] = v
	d.n++
	d.state++
}

// pushLeft appends on the left.
func (d *Deque) pushLeft(v value) {
	if d.n == d.max {
		if d.n == 0 {
			return
		}
		d.dropLast()
	}
	if d.n == len(d.ring) {
		d.grow()
	}
	d.head = (d.head - 1) & (len(d.ring) - 1)
	d.ring[d.head] = v
	d.n++
	d.state++
}

// dropFirst removes the first item, which must exist.
func (d *Deque) dropFirst() value {
	p := &d.ring[d.head]
	v := *p
	*p = value{}
	d.head = (d.head + 1) & (len(d.ring) - 1)
	d.n--
	d.state++
	return v
}

// dropLast removes the last item, which must exist.
func (d *Deque) dropLast() value {
	d.n--
	p := d.at(d.n)
	v := *p
	*p = value{}
	d.state++
	return v
}

func (d *Deque) clear() {
	d.ring, d.head, d.n = nil, 0, 0
	d.state++
}

// items returns a copy of the items.
func (d *Deque) items() []value {
	r := make([]value, d.n)
	for i := range r {
		r[i] = *d.at(i)
	}
	return r
}

func self(v value) *Deque { return object.To[Deque](v) }

func isDeque(v value) bool { return v.IsA(&DequeType) }

func (d *Deque) extend(t *thread, v value, left bool) bool {
	if v == object.Of(d) {
		v = object.Of(object.NewList(d.items()))
	}
	if left {
		return t.Each(v, func(x value) bool {
			d.pushLeft(x)
			return true
		})
	}
	return t.EachInto(v, (*dequeSink)(d), func(x value) bool {
		d.push(x)
		return true
	})
}

// dequeSink is a deque that items are appended to.
type dequeSink Deque

// Take implements [object.Sink].
func (d *dequeSink) Take(t *thread, x value) bool {
	(*Deque)(d).push(x)
	return true
}

func setupDeque() {
	define := object.Define
	define(&DequeType, object.TypeSpec{
		Name: "deque", Module: "collections", Sig: "([iterable[, maxlen]])", Flags: object.FlagBase | object.FlagSequence, HasWeak: true,
		SubOffset: unsafe.Offsetof(Deque{}.Attrs),
		Doc:       "A list-like sequence optimized for data accesses near its endpoints.",
		Slots: object.Slots{
			New: func(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
				return object.Of(newDeque(cls))
			},
			Init: dequeInit, Repr: dequeRepr, Compare: dequeCompare, Iter: dequeIter,
			Len:     func(t *thread, v value) (int, bool) { return self(v).n, true },
			GetItem: dequeGetItem, SetItem: dequeSetItem, Contains: dequeContains,
			Concat: dequeConcat, Repeat: dequeRepeat,
			InConcat: func(t *thread, a, b value) value {
				if !self(a).extend(t, b, false) {
					return value{}
				}
				return a
			},
			InRepeat: func(t *thread, v value, n int) value {
				if !self(v).repeat(t, n) {
					return value{}
				}
				return v
			},
		},
		Methods: dequeMethods,
		GetSets: []object.GetSetDef{{Name: "maxlen", Doc: "maximum size of a deque or None if unbounded", Get: func(t *thread, v value) value {
			if d := self(v); d.max >= 0 {
				return object.MakeInt(int64(d.max))
			}
			return object.None
		}}},
	})
	setupDequeIters()
}

var dequeArgs = object.MethodDef{Name: "deque", Sig: "($self, iterable=(), maxlen=None)", Fn: func(t *thread, a []value) value {
	d := self(a[0])
	max := -1
	if a[2].P != nil && !a[2].IsNone() {
		if a[2].Type().Flags&object.FlagInt == 0 {
			return t.TypeErrorf("an integer is required")
		}
		var ok bool
		if max, ok = t.AsSize(a[2]); !ok {
			return value{}
		}
		if max < 0 {
			return t.ValueErrorf("maxlen must be non-negative")
		}
	}
	d.max = max
	if d.n > 0 {
		d.clear()
	}
	if a[1].P != nil && !d.extend(t, a[1], false) {
		return value{}
	}
	return object.None
}}

func dequeInit(t *thread, v value, args []value, names *object.Tuple) bool {
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = v
	copy(a[1:], args)
	r := dequeArgs.Call(t, a, names)
	t.Pop(mark, a)
	return r.P != nil
}

func dequeRepr(t *thread, v value) value {
	if t.EnterRepr(v) {
		return object.MakeStr("[...]")
	}
	defer t.LeaveRepr()
	d := self(v)
	s := t.Repr(object.Of(object.NewList(d.items())))
	if s == nil {
		return value{}
	}
	r := d.Type.ShortName() + "(" + s.S
	if d.max >= 0 {
		m := t.Repr(object.MakeInt(int64(d.max)))
		r += ", maxlen=" + m.S
	}
	return object.MakeStr(r + ")")
}

func dequeCompare(t *thread, a, b value, op object.CompareOp) value {
	if !isDeque(a) || !isDeque(b) {
		return object.NotImplemented
	}
	x, y := self(a), self(b)
	if a == b || x.n != y.n {
		switch {
		case op == object.CmpEq:
			return object.MakeBool(a == b)
		case op == object.CmpNe:
			return object.MakeBool(a != b)
		}
	}
	for i := 0; i < x.n && i < y.n; i++ {
		p, q := *x.at(i), *y.at(i)
		sx, sy := x.state, y.state
		eq, ok := t.Equal(p, q)
		if !ok {
			return value{}
		}
		if x.state != sx || y.state != sy {
			return t.RuntimeErrorf("deque mutated during iteration")
		}
		if !eq {
			switch op {
			case object.CmpEq:
				return object.False
			case object.CmpNe:
				return object.True
			}
			return t.Compare(p, q, op)
		}
	}
	return t.Compare(object.MakeInt(int64(x.n)), object.MakeInt(int64(y.n)), op)
}

// index converts a subscript.
func (d *Deque) index(t *thread, k value) (int, bool) {
	if k.Type().Index == nil {
		t.TypeErrorf("sequence index must be integer, not '%s'", k.Type().Name)
		return 0, false
	}
	i, ok := t.AsIndex(k)
	if !ok {
		return 0, false
	}
	if i < 0 {
		i += d.n
	}
	if uint(i) >= uint(d.n) {
		t.IndexErrorf("deque index out of range")
		return 0, false
	}
	return i, true
}

func dequeGetItem(t *thread, v, k value) value {
	i, ok := self(v).index(t, k)
	if !ok {
		return value{}
	}
	return *self(v).at(i)
}

func dequeSetItem(t *thread, v, k, x value) bool {
	d := self(v)
	i, ok := d.index(t, k)
	if !ok {
		return false
	}
	if x.P == nil {
		d.remove(i)
	} else {
		*d.at(i) = x
	}
	return true
}

// remove deletes item i, moving the shorter side.
func (d *Deque) remove(i int) {
	if i < d.n/2 {
		for ; i > 0; i-- {
			*d.at(i) = *d.at(i - 1)
		}
		d.dropFirst()
		return
	}
	for ; i < d.n-1; i++ {
		*d.at(i) = *d.at(i + 1)
	}
	d.dropLast()
}

// find returns the index of the first item from start to stop that is equal to x, or -1. mutated raises the exception
// for a change meanwhile.
func (d *Deque) find(t *thread, x value, start, stop int, mutated func()) (int, bool) {
	for i := start; i < stop && i < d.n; i++ {
		state := d.state
		eq, ok := t.Equal(*d.at(i), x)
		if !ok {
			return -1, false
		}
		if d.state != state {
			mutated()
			return -1, false
		}
		if eq {
			return i, true
		}
	}
	return -1, true
}

func mutated(t *thread) func() {
	return func() { t.RuntimeErrorf("deque mutated during iteration") }
}

func dequeContains(t *thread, v, x value) (res, ok bool) {
	i, ok := self(v).find(t, x, 0, 1<<62, mutated(t))
	return i >= 0, ok
}

// copyDeque makes a deque of the same type: by calling the type, if it is a subclass.
func copyDeque(t *thread, v value) value {
	d := self(v)
	if v.Is(&DequeType) {
		c := newDeque(&DequeType)
		c.max = d.max
		for i := range d.n {
			c.push(*d.at(i))
		}
		return object.Of(c)
	}
	var r value
	if d.max < 0 {
		r = t.CallArgs(object.Of(d.Type), v)
	} else {
		r = t.CallArgs(object.Of(d.Type), v, object.MakeInt(int64(d.max)))
	}
	if r.P != nil && !isDeque(r) {
		return t.TypeErrorf("%s() must return a deque, not %s", d.Type.ShortName(), r.Type().Name)
	}
	return r
}

func dequeConcat(t *thread, a, b value) value {
	if !isDeque(b) {
		return t.TypeErrorf("can only concatenate deque (not \"%s\") to deque", b.Type().Name)
	}
	r := copyDeque(t, a)
	if r.P == nil || !self(r).extend(t, b, false) {
		return value{}
	}
	return r
}

// repeat makes the items n times theirs.
func (d *Deque) repeat(t *thread, n int) bool {
	switch {
	case d.n == 0:
		return true
	case n <= 0:
		d.clear()
		return true
	case d.max < 0 && n > 1<<40/d.n:
		t.RaiseNew(&object.MemoryErrorType)
		return false
	}
	if d.max >= 0 && n*d.n > d.max+d.n {
		n = (d.max + d.n - 1) / d.n
	}
	items := d.items()
	for i := 1; i < n; i++ {
		for _, x := range items {
			d.push(x)
		}
	}
	return true
}

func dequeRepeat(t *thread, v value, n int) value {
	r := copyDeque(t, v)
	if r.P == nil || !self(r).repeat(t, n) {
		return value{}
	}
	return r
}
