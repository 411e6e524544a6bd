package object

import "unsafe"

// intersect is the intersection of s and the items of v: its elements come from the smaller of two sets.
func (s *Set) intersect(t *Thread, v Value) *Set {
	r := t.newSetLike(s)
	if Of(s) == v {
		r.merge(t, s)
		return r
	}
	if IsSet(v) {
		o := To[Set](v)
		if o.used > s.used {
			s, o = o, s
		}
		n := 0
		for e, i := o.next(0); e != nil; e, i = o.next(i) {
			k, h := *e, e.hash()
			// The comparison may change the set that is walked.
			has, ok := s.has(t, k.value(), h)
			if !ok {
				return nil
			}
			if has {
				r.addSome(k, h, n, int(o.used)-n)
			}
			n++
		}
		return r
	}
	ok := t.Each(v, func(x Value) bool {
		h, ok := t.hashKey(x)
		if !ok {
			return false
		}
		has, ok := s.has(t, x, h)
		if !ok || has && !r.insert(t, x, h) {
			return false
		}
		return !has || r.used < s.used
	})
	if !ok {
		return nil
	}
	return r
}

// removeAll removes the items of v.
func (s *Set) removeAll(t *Thread, v Value) bool {
	if Of(s) == v {
		s.Clear()
		return true
	}
	if IsSet(v) {
		o := To[Set](v)
		if o.used>>3 > s.used {
			if o = s.intersect(t, v); o == nil {
				return false
			}
		}
		for e, i := o.next(0); e != nil; e, i = o.next(i) {
			if _, ok := s.discard(t, e.value(), e.hash()); !ok {
				return false
			}
		}
	} else if !t.Each(v, func(x Value) bool { _, ok := s.Discard(t, x); return ok }) {
		return false
	}
	if uint32(s.fill-s.used) > s.mask/4 {
		s.resize(s.grown())
	}
	return true
}

// subtract is s without the items of v.
func (s *Set) subtract(t *Thread, v Value) *Set {
	var n int
	switch {
	case IsSet(v):
		n = int(To[Set](v).used)
	case v.Is(&DictType):
		n = int(To[Dict](v).used)
	default:
		n = -1
	}
	if n < 0 || int(s.used)>>2 > n {
		r := s.copySet(t)
		if !r.removeAll(t, v) {
			return nil
		}
		return r
	}
	r := t.newSetLike(s)
	n = 0
	for e, i := s.next(0); e != nil; e, i = s.next(i) {
		k, h := *e, e.hash()
		var has, ok bool
		if v.Is(&DictType) {
			var x int
			x, ok = To[Dict](v).find(t, k.value(), h)
			has = x >= 0
		} else {
			has, ok = To[Set](v).has(t, k.value(), h)
		}
		if !ok {
			return nil
		}
		if !has {
			r.addSome(k, h, n, int(s.used)-n)
		}
		n++
	}
	return r
}

// toggle removes x or, if it is not there, adds it.
func (s *Set) toggle(t *Thread, x Value, h uint64) bool {
	if x.P != unsafe.Pointer(&Tags.Float) {
		if e, slot, known := s.near(makeHashedKey(x, h), h); known {
			if e != nil {
				s.drop(e, slot)
			} else {
				s.put(x, h, slot)
			}
			return true
		}
	}
	found, ok := s.discard(t, x, h)
	return ok && (found || s.insert(t, x, h))
}

// toggleAll leaves in s what is either in s or in v.
func (s *Set) toggleAll(t *Thread, v Value) bool {
	var o *Set
	switch {
	case Of(s) == v:
		s.Clear()
		return true
	case v.Is(&DictType):
		d := To[Dict](v)
		for i := 0; i < len(d.Entries); i++ {
			if e := d.Entries[i]; e.Used() && !s.toggle(t, e.Key(), e.Hash()) {
				return false
			}
		}
		return true
	case IsSet(v):
		o = To[Set](v)
	default:
		o = newSet(setBase(s.Type))
		if !o.update(t, v) {
			return false
		}
	}
	for e, i := o.next(0); e != nil; e, i = o.next(i) {
		if !s.toggle(t, e.value(), e.hash()) {
			return false
		}
	}
	return true
}

// symmetric is what is either in s or in v.
func (s *Set) symmetric(t *Thread, v Value) *Set {
	n := 0
	if IsSet(v) {
		n = int(To[Set](v).used) + int(s.used)
	}
	r := newSetFor(setBase(s.Type), fewFor(n))
	if !r.update(t, v) || !r.toggleAll(t, Of(s)) {
		return nil
	}
	return r
}

// subset reports whether all elements of s are in o.
func (s *Set) subset(t *Thread, o *Set) (res, ok bool) {
	if s.used > o.used {
		return false, true
	}
	for e, i := s.next(0); e != nil; e, i = s.next(i) {
		if has, ok := o.has(t, e.value(), e.hash()); !has || !ok {
			return false, ok
		}
	}
	return true, true
}

func setOrNil(s *Set) Value {
	if s == nil {
		return Value{}
	}
	return Of(s)
}

func setOr(t *Thread, a, b Value) Value {
	if !IsSet(a) || !IsSet(b) {
		return NotImplemented
	}
	x, y := To[Set](a), To[Set](b)
	var r *Set
	if n := int(x.used) + int(y.used); x.used > 0 && y.used > 0 && fewFor(n) > 0 {
		r = newSetFor(setBase(x.Type), n) // which needs no more memory when y's elements come
		r.merge(t, x)
	} else {
		r = x.copySet(t)
	}
	if a != b && !r.merge(t, y) {
		return Value{}
	}
	return Of(r)
}

func setAnd(t *Thread, a, b Value) Value {
	if !IsSet(a) || !IsSet(b) {
		return NotImplemented
	}
	return setOrNil(To[Set](a).intersect(t, b))
}

func setSub2(t *Thread, a, b Value) Value {
	if !IsSet(a) || !IsSet(b) {
		return NotImplemented
	}
	return setOrNil(To[Set](a).subtract(t, b))
}

func setXor(t *Thread, a, b Value) Value {
	if !IsSet(a) || !IsSet(b) {
		return NotImplemented
	}
	return setOrNil(To[Set](a).symmetric(t, b))
}

func setInOr(t *Thread, a, b Value) Value {
	if !IsSet(b) {
		return NotImplemented
	}
	if !To[Set](a).merge(t, To[Set](b)) {
		return Value{}
	}
	return a
}

func setInAnd(t *Thread, a, b Value) Value {
	if !IsSet(b) {
		return NotImplemented
	}
	r := To[Set](a).intersect(t, b)
	if r == nil {
		return Value{}
	}
	To[Set](a).take(r)
	return a
}

func setInSub(t *Thread, a, b Value) Value {
	if !IsSet(b) {
		return NotImplemented
	}
	if !To[Set](a).removeAll(t, b) {
		return Value{}
	}
	return a
}

func setInXor(t *Thread, a, b Value) Value {
	if !IsSet(b) {
		return NotImplemented
	}
	if !To[Set](a).toggleAll(t, b) {
		return Value{}
	}
	return a
}

func setCompare(t *Thread, a, b Value, op CompareOp) Value {
	if !IsSet(a) || !IsSet(b) {
		return NotImplemented
	}
	x, y := To[Set](a), To[Set](b)
	var res, ok bool
	switch op {
	case CmpEq, CmpNe:
		hashed := x.Type == &FrozenSetType && y.Type == &FrozenSetType && x.more != 0 && y.more != 0
		if ok = true; x.used == y.used && !(hashed && x.more != y.more) {
			res, ok = x.subset(t, y)
		}
		res = res == (op == CmpEq)
	case CmpLe:
		res, ok = x.subset(t, y)
	case CmpGe:
		res, ok = y.subset(t, x)
	case CmpLt:
		if ok = true; x.used < y.used {
			res, ok = x.subset(t, y)
		}
	case CmpGt:
		if ok = true; x.used > y.used {
			res, ok = y.subset(t, x)
		}
	}
	if !ok {
		return Value{}
	}
	return MakeBool(res)
}

// hashValue is the hash of the elements, in whatever order; it is CPython's.
func (s *Set) hashValue() int64 {
	var h uint64
	for e, i := s.next(0); e != nil; e, i = s.next(i) {
		x := e.hash()
		h ^= (x ^ 89869747 ^ x<<16) * 3644798167
	}
	h ^= (uint64(s.used) + 1) * 1927868237
	h ^= h>>11 ^ h>>25
	h = h*69069 + 907133923
	if h == 1<<64-1 {
		h = 590923713
	}
	return int64(h)
}

func frozenSetHash(t *Thread, v Value) (int64, bool) {
	s := To[Set](v)
	if s.more == 0 {
		s.more = uint64(s.hashValue())
	}
	return int64(s.more), true
}
