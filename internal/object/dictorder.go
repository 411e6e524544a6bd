package object

// Operations on the order of a dict's items, which OrderedDict needs.

// Find returns the index in Entries of key k, or -1.
func (d *Dict) Find(t *Thread, k Value) (x int, ok bool) {
	h, ok := t.hashDictKey(k)
	if !ok {
		return -1, false
	}
	return d.find(t, k, h)
}

// First returns the index in Entries of the first item, or -1.
func (d *Dict) First() int {
	for int(d.first) < len(d.Entries) {
		if d.Entries[d.first].Used() {
			return int(d.first)
		}
		d.first++
	}
	return -1
}

// Last returns the index in Entries of the last item, or -1.
func (d *Dict) Last() int {
	d.trim()
	return len(d.Entries) - 1
}

// RemoveAt deletes the item at an index in Entries.
func (d *Dict) RemoveAt(x int) { d.remove(x) }

// MoveLast makes the item at index x the last one.
func (d *Dict) MoveLast(x int) {
	if x == d.Last() {
		return
	}
	e := d.Entries[x]
	d.remove(x)
	d.insert(e.Key(), e.Hash(), e.Value)
}

// MoveFirst makes the item at index x the first one. Now and then it takes time for each item, to make room in front.
func (d *Dict) MoveFirst(x int) {
	first := d.First()
	if x == first {
		return
	}
	e := d.Entries[x]
	if first > 0 {
		// There is a free place in front.
		d.first = int32(first) - 1
		d.Entries[d.first] = e
		if d.bits != 0 {
			d.renameSlot(e.Hash(), x, int(d.first))
		}
		d.Entries[x] = Entry{}
		d.changed()
		return
	}
	// Free places for more of its kind, none where items have been deleted: else entries that go to and fro would need ever more.
	gap := int(d.used)/2 + 8
	entries := make([]Entry, gap+1, 2*(gap+int(d.used)/2))
	entries[gap] = e
	for i := first; i < len(d.Entries); i++ {
		if i != x && d.Entries[i].Used() {
			entries = append(entries, d.Entries[i])
		}
	}
	d.Entries, d.first, d.raw = entries, int32(gap), false
	d.reindex(max(d.bits, bitsFor(len(entries))))
}

// CountAll adds 1 to the value of each item of an iterable, which is 0 where it is not there: the loop of Counter.
func (d *Dict) CountAll(t *Thread, v Value) bool {
	if v.Type() == &ListType {
		l := To[List](v)
		for i := 0; i < len(l.V); i++ {
			k := l.V[i]
			if d.Full() && i > 0 {
				d.expect(k, MakeInt(1), i, len(l.V)-i)
			}
			if !d.increment(t, k) {
				return false
			}
		}
		d.trimRoom()
		return true
	}
	return t.EachInto(v, (*countSink)(d), func(k Value) bool { return d.increment(t, k) })
}

func (d *Dict) increment(t *Thread, k Value) bool {
	x, slot, h, known := d.quick(k)
	if !known {
		var ok bool
		if h, ok = t.hashKey(k); !ok {
			return false
		}
		if x, slot, ok = d.search(t, k, h); !ok {
			return false
		}
	}
	if d.incrementAt(k, h, x, slot) {
		return true
	}
	v := t.BinaryOp(d.Entries[x].Value, MakeInt(1), OpAdd)
	return v.P != nil && d.setHashed(t, k, h, v)
}

// incrementAt adds 1 to the value of k, which is at place x or missing; false: that is not an int of this size.
func (d *Dict) incrementAt(k Value, h uint64, x int, slot uint64) bool {
	if x < 0 {
		d.insertAt(k, h, MakeInt(1), slot)
		return true
	}
	p := &d.Entries[x].Value
	if p.IsInt() && p.Int() != 1<<63-1 {
		p.B++
		return true
	}
	return false
}

// SetDefault returns the value of k, which is set to v if it is not there.
func (d *Dict) SetDefault(t *Thread, k, v Value) Value {
	x, slot, h, ok := d.place(t, k)
	if !ok {
		return Value{}
	}
	if x >= 0 {
		return d.Entries[x].Value
	}
	d.insertAt(k, h, v, slot)
	return v
}

// UpdateArgs updates the dict with the arguments of a constructor or method called name, as dict() does.
func (d *Dict) UpdateArgs(t *Thread, name string, args []Value, names *Tuple) bool {
	return d.updateArgs(t, name, args, names)
}

// Equal reports whether two dicts have equal items, in whatever order.
func (d *Dict) Equal(t *Thread, o *Dict) (eq, ok bool) { return d.equal(t, o) }

// HashKey is hash(k) as dicts want it, quickly for common types.
func (t *Thread) HashKey(k Value) (uint64, bool) { return t.hashKey(k) }

// FindHashed is Find for a key with a known hash.
func (d *Dict) FindHashed(t *Thread, k Value, h uint64) (x int, ok bool) { return d.find(t, k, h) }

// SetHashed is Set for a key with a known hash.
func (d *Dict) SetHashed(t *Thread, k Value, h uint64, v Value) bool { return d.setHashed(t, k, h, v) }
