package object

import "math/big"

// Range is a range object. Its numbers are ints of any size; Len is their count.
type Range struct {
	Head
	Start, Stop, Step, Len Value
	// iter is the iterator that is asked for first, which is mostly all that a range is for; without a type until then.
	iter RangeIter
}

// RangeIter iterates over a range whose numbers are int64: the next one is Cur, and Left of Len are to come.
type RangeIter struct {
	Head
	Cur, Step, Left, Len int64
}

// The types of range iterators.
var RangeIterType, LongRangeIterType Type

// longRangeIter iterates over any other range.
type longRangeIter struct {
	Head
	start, step, left Value
}

func setupRange() {
	Define(&RangeType, TypeSpec{
		Name: "range", Flags: FlagSequence,
		Doc:  "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.",
		Make: rangeNew,
		Slots: Slots{
			Repr: rangeRepr, Hash: rangeHash, Compare: rangeCompare, Iter: rangeIter, New: rangeNew,
			Bool: func(t *Thread, v Value) (res, ok bool) { return To[Range](v).Len != MakeInt(0), true },
			Len: func(t *Thread, v Value) (int, bool) {
				return t.AsIndexErr2(To[Range](v).Len, "Python int too large to convert to C ssize_t")
			},
			GetItem: rangeGetItem, Contains: rangeContains,
		},
		Methods: []MethodDef{
			{Name: "__reversed__", Sig: "($self, /)", Fn: rangeReversed, Doc: "Return a reverse iterator."},
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				r := To[Range](a[0])
				return Of(NewTuple(Of(&RangeType), Of(NewTuple(r.Start, r.Stop, r.Step))))
			}},
			{Name: "count", Sig: "($self, object, /)", Fn: rangeCount, Doc: "rangeobject.count(value) -> integer -- return number of occurrences of value"},
			{Name: "index", Sig: "($self, object, /)", Fn: rangeIndex, Doc: "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present."},
		},
		GetSets: []GetSetDef{
			{Name: "start", Get: func(t *Thread, v Value) Value { return To[Range](v).Start }, Member: true},
			{Name: "stop", Get: func(t *Thread, v Value) Value { return To[Range](v).Stop }, Member: true},
			{Name: "step", Get: func(t *Thread, v Value) Value { return To[Range](v).Step }, Member: true},
		},
	})
}

// AsIndexErr2 converts an int to a Go int; beyond that it raises OverflowError with a message.
func (t *Thread) AsIndexErr2(v Value, message string) (int, bool) {
	if v.IsInt() {
		return int(v.Int()), true
	}
	t.OverflowErrorf("%s", message)
	return 0, false
}

// NewRange returns range(start, stop, step) of exact ints; step is not 0.
func NewRange(start, stop, step Value) *Range {
	return &Range{Head: Head{&RangeType}, Start: start, Stop: stop, Step: step, Len: rangeLen(start, stop, step)}
}

func rangeLen(start, stop, step Value) Value {
	if start.IsInt() && stop.IsInt() && step.IsInt() {
		a, b, s := start.Int(), stop.Int(), step.Int()
		switch {
		case s > 0 && a < b:
			return MakeUint((uint64(b)-uint64(a)-1)/uint64(s) + 1)
		case s < 0 && a > b:
			return MakeUint((uint64(a)-uint64(b)-1)/-uint64(s) + 1)
		}
		return MakeInt(0)
	}
	lo, hi, s := AsBig(start), AsBig(stop), AsBig(step)
	if s.Sign() < 0 {
		lo, hi, s = hi, lo, new(big.Int).Neg(s)
	}
	if lo.Cmp(hi) >= 0 {
		return MakeInt(0)
	}
	d := new(big.Int).Sub(hi, lo)
	d.Sub(d, big.NewInt(1)).Quo(d, s)
	return MakeBig(d.Add(d, big.NewInt(1)))
}

func rangeNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if nameCount(names) > 0 {
		return t.TypeErrorf("range() takes no keyword arguments")
	}
	start, step := MakeInt(0), MakeInt(1)
	var stop Value
	switch len(args) {
	case 0:
		return t.TypeErrorf("range expected at least 1 argument, got 0")
	case 1:
		if stop = t.Index(args[0]); stop.P == nil {
			return stop
		}
	case 2, 3:
		if start = t.Index(args[0]); start.P == nil {
			return start
		}
		if stop = t.Index(args[1]); stop.P == nil {
			return stop
		}
		if len(args) == 3 {
			if step = t.Index(args[2]); step.P == nil {
				return step
			}
			if step == MakeInt(0) {
				return t.ValueErrorf("range() arg 3 must not be zero")
			}
		}
	default:
		return t.TypeErrorf("range expected at most 3 arguments, got %d", len(args))
	}
	return Of(NewRange(start, stop, step))
}

func rangeRepr(t *Thread, v Value) Value {
	r := To[Range](v)
	b := []byte("range(")
	var ok bool
	if b, ok = t.AppendReprOf(b, r.Start); !ok {
		return Value{}
	}
	if b, ok = t.AppendReprOf(append(b, ", "...), r.Stop); !ok {
		return Value{}
	}
	if r.Step != MakeInt(1) {
		if b, ok = t.AppendReprOf(append(b, ", "...), r.Step); !ok {
			return Value{}
		}
	}
	return Of(NewASCII(string(append(b, ')'))))
}

// key is what ranges are compared and hashed by: two are equal when they have the same numbers.
func (r *Range) key() [3]Value {
	k := [3]Value{r.Len, r.Start, r.Step}
	switch r.Len {
	case MakeInt(0):
		k[1], k[2] = None, None
	case MakeInt(1):
		k[2] = None
	}
	return k
}

func rangeHash(t *Thread, v Value) (int64, bool) {
	k := To[Range](v).key()
	return t.hashItems(k[:])
}

func rangeCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe || !b.Is(&RangeType) {
		return NotImplemented
	}
	x, y := To[Range](a).key(), To[Range](b).key()
	for i := range x {
		eq, ok := t.Equal(x[i], y[i])
		if !ok {
			return Value{}
		}
		if !eq {
			return MakeBool(op == CmpNe)
		}
	}
	return MakeBool(op == CmpEq)
}

func rangeIter(t *Thread, v Value) Value {
	r := To[Range](v)
	if r.iter.Type == nil && isSmall(r.Start) && isSmall(r.Step) && isSmall(r.Len) {
		r.iter = RangeIter{Head{&RangeIterType}, r.Start.Int(), r.Step.Int(), r.Len.Int(), r.Len.Int()}
		return Of(&r.iter)
	}
	return t.rangeIterOf(r.Start, r.Step, r.Len)
}

// isSmall reports whether v is an int so small that the product of two, and a third, can be added.
func isSmall(v Value) bool { return v.IsInt() && v.Int() >= -1<<30 && v.Int() < 1<<30 }

// rangeIterOf makes an iterator over n numbers.
func (t *Thread) rangeIterOf(start, step, n Value) Value {
	if start.IsInt() && step.IsInt() && n.IsInt() && (n.Int() == 0 || intAdd(t, start, intMul(t, step, MakeInt(n.Int()-1))).IsInt()) {
		// The sum behind the last number may wrap: nobody sees it.
		return Of(&RangeIter{Head{&RangeIterType}, start.Int(), step.Int(), n.Int(), n.Int()})
	}
	return Of(&longRangeIter{Head{&LongRangeIterType}, start, step, n})
}

func rangeReversed(t *Thread, a []Value) Value {
	r := To[Range](a[0])
	last := intAdd(t, r.Start, intMul(t, intSub(t, r.Len, MakeInt(1)), r.Step))
	if r.Len == MakeInt(0) {
		last = r.Start
	}
	return t.rangeIterOf(last, intNeg(t, r.Step), r.Len)
}

// at is number i of the range.
func (r *Range) at(t *Thread, i Value) Value { return intAdd(t, r.Start, intMul(t, i, r.Step)) }

func rangeGetItem(t *Thread, v, k Value) Value {
	r := To[Range](v)
	if k.Is(&SliceType) {
		start, stop, step, ok := To[Slice](k).bigIndices(t, r.Len)
		if !ok {
			return Value{}
		}
		return Of(NewRange(r.at(t, start), r.at(t, stop), intMul(t, r.Step, step)))
	}
	if k.Type().Index == nil {
		return t.TypeErrorf("range indices must be integers or slices, not %s", k.Type().Name)
	}
	i := t.Index(k)
	if i.P == nil {
		return i
	}
	if intSign(i) < 0 {
		i = intAdd(t, i, r.Len)
	}
	if intSign(i) < 0 || intCompare(t, i, r.Len, CmpGe) == True {
		return t.IndexErrorf("range object index out of range")
	}
	return r.at(t, i)
}

// intSign is the sign of an exact int.
func intSign(v Value) int {
	if v.IsInt() {
		return compareParts(v.Int(), nil, 0, nil)
	}
	return To[Int](v).V.Sign()
}

// find returns the index of an int in the range, or no value.
func (r *Range) find(t *Thread, x Value) Value {
	d := intSub(t, x, r.Start)
	q := intFloorDiv(t, d, r.Step)
	if intMul(t, q, r.Step) != d && intCompare(t, intMul(t, q, r.Step), d, CmpNe) == True {
		return Value{}
	}
	if intSign(q) < 0 || intCompare(t, q, r.Len, CmpGe) == True {
		return Value{}
	}
	return q
}

func rangeContains(t *Thread, v, x Value) (res, ok bool) {
	if x.Is(&IntType) || x.IsBool() {
		return To[Range](v).find(t, ExactInt(x)).P != nil, true
	}
	ok = t.Each(v, func(y Value) bool {
		eq, ok := t.Equal(y, x)
		res = eq
		return ok && !eq
	})
	return res && ok, ok
}

func rangeCount(t *Thread, a []Value) Value {
	if a[1].Is(&IntType) || a[1].IsBool() {
		return MakeInt(int64(boolInt(To[Range](a[0]).find(t, ExactInt(a[1])).P != nil)))
	}
	n := int64(0)
	if !t.Each(a[0], func(y Value) bool {
		eq, ok := t.Equal(y, a[1])
		n += int64(boolInt(eq))
		return ok
	}) {
		return Value{}
	}
	return MakeInt(n)
}

func rangeIndex(t *Thread, a []Value) Value {
	if a[1].Is(&IntType) || a[1].IsBool() {
		if i := To[Range](a[0]).find(t, ExactInt(a[1])); i.P != nil {
			return i
		}
		return t.ValueErrorf("range.index(x): x not in range")
	}
	i, found := int64(0), false
	if !t.Each(a[0], func(y Value) bool {
		eq, ok := t.Equal(y, a[1])
		found = eq
		if !eq {
			i++
		}
		return ok && !eq
	}) {
		return Value{}
	}
	if !found {
		return t.ValueErrorf("sequence.index(x): x not in sequence")
	}
	return MakeInt(i)
}

func rangeIterNext(t *Thread, v Value) Value {
	it := To[RangeIter](v)
	if it.Left <= 0 {
		return Value{}
	}
	it.Left--
	x := it.Cur
	it.Cur += it.Step
	return MakeInt(x)
}

// Begin makes an iterator over range(start, stop, step) of it. False: it is not one of small numbers.
func (it *RangeIter) Begin(start, stop, step int64) bool {
	const most = 1 << 60
	if step == 0 || start < -most || start > most || stop < -most || stop > most || step < -most || step > most {
		return false
	}
	n := int64(0)
	if step > 0 && start < stop {
		n = (stop-start-1)/step + 1
	} else if step < 0 && start > stop {
		n = (start-stop-1)/-step + 1
	}
	*it = RangeIter{Head{&RangeIterType}, start, step, n, n}
	return true
}

func longRangeNext(t *Thread, v Value) Value {
	it := To[longRangeIter](v)
	if intSign(it.left) <= 0 {
		return Value{}
	}
	x := it.start
	it.start = intAdd(t, x, it.step)
	it.left = intSub(t, it.left, MakeInt(1))
	return x
}
