package collectionsmod

import "github.com/krait-py/krait/internal/object"

var dequeMethods = []object.MethodDef{
	{Name: "append", Sig: "($self, item, /)", Doc: "Add an element to the right side of the deque.", Fn: func(t *thread, a []value) value {
		self(a[0]).push(a[1])
		return object.None
	}},
	{Name: "appendleft", Sig: "($self, item, /)", Doc: "Add an element to the left side of the deque.", Fn: func(t *thread, a []value) value {
		self(a[0]).pushLeft(a[1])
		return object.None
	}},
	{Name: "clear", Sig: "($self, /)", Doc: "Remove all elements from the deque.", Fn: func(t *thread, a []value) value {
		self(a[0]).clear()
		return object.None
	}},
	{Name: "__copy__", Sig: "($self, /)", Doc: "Return a shallow copy of a deque.", Fn: func(t *thread, a []value) value { return copyDeque(t, a[0]) }},
	{Name: "copy", Sig: "($self, /)", Doc: "Return a shallow copy of a deque.", Fn: func(t *thread, a []value) value { return copyDeque(t, a[0]) }},
	{Name: "count", Sig: "($self, value, /)", Doc: "Return number of occurrences of value.", Fn: dequeCount},
	{Name: "extend", Sig: "($self, iterable, /)", Doc: "Extend the right side of the deque with elements from the iterable.", Fn: func(t *thread, a []value) value {
		return noneIf(self(a[0]).extend(t, a[1], false))
	}},
	{Name: "extendleft", Sig: "($self, iterable, /)", Doc: "Extend the left side of the deque with elements from the iterable.", Fn: func(t *thread, a []value) value {
		return noneIf(self(a[0]).extend(t, a[1], true))
	}},
	{Name: "index", Sig: "($self, value, start=0, stop=sys.maxsize, /)", Doc: "Return first index of value.\n\nRaises ValueError if the value is not present.", Fn: dequeIndex},
	{Name: "insert", Sig: "($self, index, value, /)", Doc: "Insert value before index.", Fn: dequeInsert},
	{Name: "pop", Sig: "($self, /)", Doc: "Remove and return the rightmost element.", Fn: func(t *thread, a []value) value {
		if d := self(a[0]); d.n > 0 {
			return d.dropLast()
		}
		return t.IndexErrorf("pop from an empty deque")
	}},
	{Name: "popleft", Sig: "($self, /)", Doc: "Remove and return the leftmost element.", Fn: func(t *thread, a []value) value {
		if d := self(a[0]); d.n > 0 {
			return d.dropFirst()
		}
		return t.IndexErrorf("pop from an empty deque")
	}},
	{Name: "__reduce__", Sig: "($self, /)", Doc: reduceDoc, Fn: dequeReduce},
	{Name: "remove", Sig: "($self, value, /)", Doc: "Remove first occurrence of value.", Fn: func(t *thread, a []value) value {
		d := self(a[0])
		i, ok := d.find(t, a[1], 0, 1<<62, func() { t.IndexErrorf("deque mutated during remove().") })
		if !ok {
			return value{}
		}
		if i < 0 {
			return t.ValueErrorf("deque.remove(x): x not in deque")
		}
		d.remove(i)
		return object.None
	}},
	{Name: "__reversed__", Sig: "($self, /)", Doc: "Return a reverse iterator over the deque.", Fn: func(t *thread, a []value) value {
		d := self(a[0])
		return object.Of(&dequeIterator{object.Head{Type: &dequeReverseType}, d, 0, d.n, d.state})
	}},
	{Name: "reverse", Sig: "($self, /)", Doc: "Reverse *IN PLACE*.", Fn: func(t *thread, a []value) value {
		d := self(a[0])
		for i, j := 0, d.n-1; i < j; i, j = i+1, j-1 {
			p, q := d.at(i), d.at(j)
			*p, *q = *q, *p
		}
		return object.None
	}},
	{Name: "rotate", Sig: "($self, n=1, /)", Doc: "Rotate the deque n steps to the right.  If n is negative, rotates left.", Fn: dequeRotate},
	{Name: "__sizeof__", Sig: "($self, /)", Doc: "Return the size of the deque in memory, in bytes.", Fn: func(t *thread, a []value) value {
		// CPython keeps blocks of 64 items.
		d := self(a[0])
		return object.MakeInt(int64(216 + 528*(d.n/64+1)))
	}},
	{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "deques are generic over the type of their contents", Fn: object.ClassGetItem},
}

func dequeCount(t *thread, a []value) value {
	d := self(a[0])
	n := int64(0)
	for i := 0; ; n++ {
		k, ok := d.find(t, a[1], i, 1<<62, mutated(t))
		if !ok {
			return value{}
		}
		if k < 0 {
			return object.MakeInt(n)
		}
		i = k + 1
	}
}

// bound converts an argument of index.
func bound(t *thread, v value, n int) (int, bool) {
	if v.Type().Index == nil {
		t.TypeErrorf("slice indices must be integers or have an __index__ method")
		return 0, false
	}
	i, ok := t.AsIndexErr(v, nil)
	if i < 0 {
		i = max(i+n, 0)
	}
	return i, ok
}

func dequeIndex(t *thread, a []value) value {
	d := self(a[0])
	start, stop := 0, d.n
	ok := true
	if a[2].P != nil {
		if start, ok = bound(t, a[2], d.n); !ok {
			return value{}
		}
	}
	if a[3].P != nil {
		if stop, ok = bound(t, a[3], d.n); !ok {
			return value{}
		}
	}
	i, ok := d.find(t, a[1], start, min(stop, d.n), mutated(t))
	if !ok {
		return value{}
	}
	if i < 0 {
		return t.ValueErrorf("deque.index(x): x not in deque")
	}
	return object.MakeInt(int64(i))
}

func dequeInsert(t *thread, a []value) value {
	d := self(a[0])
	i, ok := t.AsSize(a[1])
	if !ok {
		return value{}
	}
	if d.n == d.max {
		return t.IndexErrorf("deque already at its maximum size")
	}
	if i < 0 {
		i = max(i+d.n, 0)
	}
	i = min(i, d.n)
	if i < d.n/2 {
		d.pushLeft(a[2])
		for k := range i {
			*d.at(k) = *d.at(k + 1)
		}
	} else {
		d.push(a[2])
		for k := d.n - 1; k > i; k-- {
			*d.at(k) = *d.at(k - 1)
		}
	}
	*d.at(i) = a[2]
	return object.None
}

func dequeRotate(t *thread, a []value) value {
	n := 1
	if a[1].P != nil {
		var ok bool
		if n, ok = t.AsSize(a[1]); !ok {
			return value{}
		}
	}
	d := self(a[0])
	if d.n <= 1 {
		return object.None
	}
	if n %= d.n; n > d.n/2 {
		n -= d.n
	} else if n < -d.n/2 {
		n += d.n
	}
	if d.n == len(d.ring) {
		// A full ring only needs another begin.
		d.head = (d.head - n) & (len(d.ring) - 1)
		if n != 0 {
			d.state++
		}
		return object.None
	}
	mask := len(d.ring) - 1
	for ; n > 0; n-- {
		last := (d.head + d.n - 1) & mask
		d.head = (d.head - 1) & mask
		d.ring[d.head], d.ring[last] = d.ring[last], value{}
		d.state++
	}
	for ; n < 0; n++ {
		end := (d.head + d.n) & mask
		d.ring[end], d.ring[d.head] = d.ring[d.head], value{}
		d.head = (d.head + 1) & mask
		d.state++
	}
	return object.None
}

func dequeReduce(t *thread, a []value) value {
	d := self(a[0])
	state := t.CallMethod(a[0], nameGetState)
	if state.P == nil {
		return state
	}
	it := t.Iter(a[0])
	if it.P == nil {
		return it
	}
	args := object.EmptyTuple
	if d.max >= 0 {
		args = object.NewTuple(object.Of(object.EmptyTuple), object.MakeInt(int64(d.max)))
	}
	return object.Of(object.NewTuple(object.Of(d.Type), object.Of(args), state, it))
}

// dequeIterator iterates over a deque, forward or backward as its type says.
type dequeIterator struct {
	object.Head
	d     *Deque
	i     int // items passed
	left  int
	state uint64
}

func dequeIter(t *thread, v value) value {
	d := self(v)
	return object.Of(&dequeIterator{object.Head{Type: &dequeIterType}, d, 0, d.n, d.state})
}

func (it *dequeIterator) step(t *thread, reverse bool) value {
	if it.d.state != it.state {
		it.left = 0
		return t.RuntimeErrorf("deque mutated during iteration")
	}
	if it.left == 0 {
		return value{}
	}
	it.left--
	i := it.i
	it.i++
	if reverse {
		i = it.d.n - 1 - i
	}
	return *it.d.at(i)
}

func setupDequeIters() {
	for _, k := range []struct {
		s       *object.Type
		name    string
		reverse bool
	}{{&dequeIterType, "_deque_iterator", false}, {&dequeReverseType, "_deque_reverse_iterator", true}} {
		reverse := k.reverse
		cls := k.s
		object.Define(cls, object.TypeSpec{Name: k.name, Module: "collections", Flags: object.FlagLeafIter, Slots: object.Slots{
			Iter: object.SelfIter,
			Next: func(t *thread, v value) value { return object.To[dequeIterator](v).step(t, reverse) },
			New: object.Constructor(k.name, "(deque, index=0, /)", func(t *thread, c *object.Type, a []value) value {
				if !isDeque(a[0]) {
					return t.TypeErrorf("%s() argument 1 must be collections.deque, not %s", k.name, a[0].Type().Name)
				}
				i := 0
				if a[1].P != nil {
					var ok bool
					if i, ok = t.AsIndexErr(a[1], &object.OverflowErrorType); !ok {
						return value{}
					}
				}
				d := self(a[0])
				i = min(max(i, 0), d.n)
				return object.Of(&dequeIterator{object.Head{Type: c}, d, i, d.n - i, d.state})
			}),
		}, Methods: []object.MethodDef{
			{Name: "__length_hint__", Sig: "($self, /)", Doc: hintDoc, Fn: func(t *thread, a []value) value {
				return object.MakeInt(int64(object.To[dequeIterator](a[0]).left))
			}},
			{Name: "__reduce__", Sig: "($self, /)", Doc: reduceDoc, Fn: func(t *thread, a []value) value {
				it := object.To[dequeIterator](a[0])
				return object.Of(object.NewTuple(object.Of(it.Type), object.Of(object.NewTuple(object.Of(it.d), object.MakeInt(int64(it.d.n-it.left))))))
			}},
		}})
	}
}
