package object

// Slice is a slice object.
type Slice struct {
	Head
	Start, Stop, Step Value
}

// MakeSlice returns slice(start, stop, step); the values may be None, not absent.
func MakeSlice(start, stop, step Value) Value {
	return Of(&Slice{Head{&SliceType}, start, stop, step})
}

const sliceIndexMessage = "slice indices must be integers or None or have an __index__ method"

// unpack converts the parts of the slice: absent ones as the step's direction wants, large ones clipped.
func (s *Slice) unpack(t *Thread) (start, stop, step int, ok bool) {
	step = 1
	if !s.Step.IsNone() {
		if step, ok = t.sliceIndex(s.Step, sliceIndexMessage); !ok {
			return 0, 0, 0, false
		}
		if step == 0 {
			t.ValueErrorf("slice step cannot be zero")
			return 0, 0, 0, false
		}
		step = max(step, -1<<63+1) // so that it can be negated
	}
	if s.Start.IsNone() {
		if step < 0 {
			start = 1<<63 - 1
		}
	} else if start, ok = t.sliceIndex(s.Start, sliceIndexMessage); !ok {
		return 0, 0, 0, false
	}
	if s.Stop.IsNone() {
		stop = 1<<63 - 1
		if step < 0 {
			stop = -1 << 63
		}
	} else if stop, ok = t.sliceIndex(s.Stop, sliceIndexMessage); !ok {
		return 0, 0, 0, false
	}
	return start, stop, step, true
}

// AdjustSlice clips unpacked parts of a slice for a sequence of n items and returns how many items the slice has.
func AdjustSlice(n, start, stop, step int) (int, int, int) {
	low, high := 0, n
	if step < 0 {
		low, high = -1, n-1
	}
	clip := func(i int) int {
		if i < 0 {
			return max(i+n, low)
		}
		return min(i, high)
	}
	start, stop = clip(start), clip(stop)
	switch {
	case step > 0 && start < stop:
		return start, stop, (stop-start-1)/step + 1
	case step < 0 && stop < start:
		return start, stop, (start-stop-1)/-step + 1
	}
	return start, stop, 0
}

// Indices returns the first index, the step and the number of items that the slice takes of a sequence of n items.
func (s *Slice) Indices(t *Thread, n int) (start, step, count int, ok bool) {
	start, stop, step, ok := s.unpack(t)
	if !ok {
		return 0, 0, 0, false
	}
	start, _, count = AdjustSlice(n, start, stop, step)
	return start, step, count, true
}

// IndicesIn is Indices for a sequence whose length may change while __index__ of the slice's parts runs.
func (s *Slice) IndicesIn(t *Thread, length func() int) (start, step, count int, ok bool) {
	start, stop, step, ok := s.unpack(t)
	if !ok {
		return 0, 0, 0, false
	}
	start, _, count = AdjustSlice(length(), start, stop, step)
	return start, step, count, true
}

// bigIndices is indices() for a length of any size: all results are exact ints.
func (s *Slice) bigIndices(t *Thread, n Value) (start, stop, step Value, ok bool) {
	fail := func() (a, b, c Value, ok bool) { return Value{}, Value{}, Value{}, false }
	step = MakeInt(1)
	if !s.Step.IsNone() {
		if step = t.sliceInt(s.Step); step.P == nil {
			return fail()
		}
		if step == MakeInt(0) {
			t.ValueErrorf("slice step cannot be zero")
			return fail()
		}
	}
	neg := intSign(step) < 0
	low, high := MakeInt(0), n
	if neg {
		low, high = MakeInt(-1), intSub(t, n, MakeInt(1))
	}
	clip := func(v, def Value) Value {
		if v.IsNone() {
			return def
		}
		i := t.sliceInt(v)
		if i.P == nil {
			return i
		}
		if intSign(i) < 0 {
			i = intAdd(t, i, n)
			if intCompare(t, i, low, CmpLt) == True {
				return low
			}
			return i
		}
		if intCompare(t, i, high, CmpGt) == True {
			return high
		}
		return i
	}
	first, last := low, high
	if neg {
		first, last = high, low
	}
	if start = clip(s.Start, first); start.P == nil {
		return fail()
	}
	if stop = clip(s.Stop, last); stop.P == nil {
		return fail()
	}
	return start, stop, step, true
}

// sliceInt converts a part of a slice to an exact int.
func (t *Thread) sliceInt(v Value) Value {
	if v.Type().Index == nil {
		return t.TypeErrorf("%s", sliceIndexMessage)
	}
	return t.Index(v)
}

func setupSlice() {
	Define(&SliceType, TypeSpec{
		Name: "slice",
		Doc:  "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.\n\nThis is used for extended slicing (e.g. a[0:10:2]).",
		Slots: Slots{
			New: sliceNew, Compare: sliceCompare,
			Repr: func(t *Thread, v Value) Value {
				s := To[Slice](v)
				b, ok := t.AppendReprOf([]byte("slice("), s.Start)
				if ok {
					b, ok = t.AppendReprOf(append(b, ", "...), s.Stop)
				}
				if ok {
					b, ok = t.AppendReprOf(append(b, ", "...), s.Step)
				}
				if !ok {
					return Value{}
				}
				return MakeStr(string(append(b, ')')))
			},
			Hash: func(t *Thread, v Value) (int64, bool) {
				s := To[Slice](v)
				return t.hashSlice([3]Value{s.Start, s.Stop, s.Step})
			},
		},
		Methods: []MethodDef{
			{Name: "indices", Sig: "($self, object, /)", Fn: sliceIndices, Doc: "S.indices(len) -> (start, stop, stride)"},
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				s := To[Slice](a[0])
				return Of(NewTuple(Of(&SliceType), Of(NewTuple(s.Start, s.Stop, s.Step))))
			}, Doc: "Return state information for pickling."},
		},
		GetSets: []GetSetDef{
			{Name: "start", Get: func(t *Thread, v Value) Value { return To[Slice](v).Start }, Member: true},
			{Name: "stop", Get: func(t *Thread, v Value) Value { return To[Slice](v).Stop }, Member: true},
			{Name: "step", Get: func(t *Thread, v Value) Value { return To[Slice](v).Step }, Member: true},
		},
	})
}

// hashSlice is the hash of a tuple but for its last step: a slice does not hash like the tuple of its parts.
func (t *Thread) hashSlice(parts [3]Value) (int64, bool) {
	acc := uint64(tuplePrime5)
	for _, x := range parts {
		h, ok := t.hashKey(x)
		if !ok {
			return 0, false
		}
		acc = addHash(acc, h)
	}
	if acc == 1<<64-1 {
		return 1546275796, true
	}
	return int64(acc), true
}

func sliceNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if nameCount(names) > 0 {
		return t.TypeErrorf("slice() takes no keyword arguments")
	}
	switch len(args) {
	case 1:
		return MakeSlice(None, args[0], None)
	case 2:
		return MakeSlice(args[0], args[1], None)
	case 3:
		return MakeSlice(args[0], args[1], args[2])
	}
	t.argCount("slice", len(args), 1, 3)
	return Value{}
}

func sliceCompare(t *Thread, a, b Value, op CompareOp) Value {
	if !a.Is(&SliceType) || !b.Is(&SliceType) {
		return NotImplemented
	}
	if a == b {
		return compared(0, op)
	}
	x, y := To[Slice](a), To[Slice](b)
	p, q := []Value{x.Start, x.Stop, x.Step}, []Value{y.Start, y.Stop, y.Step}
	return t.compareSeqs(&p, &q, op)
}

func sliceIndices(t *Thread, a []Value) Value {
	n := t.Index(a[1])
	if n.P == nil {
		return n
	}
	if intSign(n) < 0 {
		return t.ValueErrorf("length should not be negative")
	}
	start, stop, step, ok := To[Slice](a[0]).bigIndices(t, n)
	if !ok {
		return Value{}
	}
	return Of(NewTuple(start, stop, step))
}
