package object

// Where CPython itself has NotImplementedError, for parts of views of several dimensions, so has this, in its words: programs try
// and catch them.

// at returns the offset of item i in one dimension, checking the index. dim is its number for messages.
func (v *MemoryView) at(t *Thread, at, dim, i int) (int, bool) {
	n := v.Shape[dim]
	if i < 0 {
		i += n
	}
	if uint(i) >= uint(n) {
		t.IndexErrorf("index out of bounds on dimension %d", dim+1)
		return 0, false
	}
	return at + i*v.Strides[dim], true
}

// multiIndex returns the offset of an item by a tuple with an index per dimension.
func (v *MemoryView) multiIndex(t *Thread, k *Tuple) (int, bool) {
	switch n := len(v.Shape); {
	case n < k.Len():
		t.TypeErrorf("cannot index %d-dimension view with %d-element tuple", n, k.Len())
		return 0, false
	case n > k.Len():
		t.Raisef(&NotImplementedErrorType, "sub-views are not implemented")
		return 0, false
	}
	at := v.Offset
	for dim, x := range k.Items() {
		i, ok := t.AsIndex(x)
		if !ok {
			return 0, false
		}
		if at, ok = v.at(t, at, dim, i); !ok {
			return 0, false
		}
	}
	return at, true
}

// allIndices reports whether a key is a tuple of indices, allSlices whether it is one of slices.
func allIndices(k Value) bool {
	if k.Type().Flags&FlagTuple == 0 {
		return false
	}
	for _, x := range To[Tuple](k).Items() {
		if x.Type().Index == nil {
			return false
		}
	}
	return true
}

func allSlices(k Value) bool {
	if k.Type().Flags&FlagTuple == 0 || len(To[Tuple](k).Items()) == 0 {
		return false
	}
	for _, x := range To[Tuple](k).Items() {
		if !x.Is(&SliceType) {
			return false
		}
	}
	return true
}

func isEmptyTuple(k Value) bool {
	return k.Type().Flags&FlagTuple != 0 && len(To[Tuple](k).Items()) == 0
}

func memoryGetItem(t *Thread, x, k Value) Value {
	v := To[MemoryView](x)
	if !v.live(t) {
		return Value{}
	}
	if k.IsInt() && len(v.Shape) == 1 {
		at, ok := v.at(t, v.Offset, 0, int(k.Int()))
		if !ok {
			return Value{}
		}
		if v.Format == "B" {
			return MakeInt(int64(v.Bytes[at]))
		}
		return v.item(t, at)
	}
	if len(v.Shape) == 0 {
		switch {
		case isEmptyTuple(k):
			return v.item(t, v.Offset)
		case k == Ellipsis:
			return x
		}
		return t.TypeErrorf("invalid indexing of 0-dim memory")
	}
	switch {
	case k.Type().Index != nil:
		i, ok := t.AsIndex(k)
		if !ok {
			return Value{}
		}
		if len(v.Shape) > 1 {
			return t.Raisef(&NotImplementedErrorType, "multi-dimensional sub-views are not implemented")
		}
		if !v.live(t) {
			return Value{}
		}
		at, ok := v.at(t, v.Offset, 0, i)
		if !ok {
			return Value{}
		}
		return v.item(t, at)
	case k.Is(&SliceType):
		// The slice is a view before its bounds are converted: that may release v.
		r := v.m.add(v)
		start, step, n, ok := To[Slice](k).Indices(t, v.Shape[0])
		if !ok {
			r.release(t)
			return Value{}
		}
		r.slice(start, step, n)
		return Of(r)
	case allIndices(k):
		at, ok := v.multiIndex(t, To[Tuple](k))
		if !ok {
			return Value{}
		}
		if !v.live(t) {
			return Value{}
		}
		return v.item(t, at)
	case allSlices(k):
		return t.Raisef(&NotImplementedErrorType, "multi-dimensional slicing is not implemented")
	}
	return t.TypeErrorf("memoryview: invalid slice key")
}

// slice makes v, which nobody has seen yet, a view of n of its items, or rows, from start on.
func (v *MemoryView) slice(start, step, n int) {
	stride := v.Strides[0]
	if len(v.Shape) == 1 {
		one := &[2]int{n, stride * step}
		v.Shape, v.Strides = one[:1:1], one[1:]
	} else {
		v.Shape = append([]int{n}, v.Shape[1:]...)
		v.Strides = append([]int{stride * step}, v.Strides[1:]...)
	}
	v.Offset += start * stride
	if n == 0 {
		// Nothing is there, and the offset might lie outside.
		v.Offset = min(max(v.Offset, 0), len(v.Bytes))
	}
}

func memorySetItem(t *Thread, x, k, item Value) bool {
	v := To[MemoryView](x)
	if !v.live(t) {
		return false
	}
	if nativeCode(v.Format) == 0 {
		v.unsupported(t)
		return false
	}
	switch {
	case v.ReadOnly:
		t.TypeErrorf("cannot modify read-only memory")
		return false
	case item.P == nil:
		t.TypeErrorf("cannot delete memory")
		return false
	case len(v.Shape) == 0:
		if k == Ellipsis || isEmptyTuple(k) {
			return v.setItem(t, v.Offset, item)
		}
		t.TypeErrorf("invalid indexing of 0-dim memory")
		return false
	case k.Type().Index != nil:
		if len(v.Shape) > 1 {
			t.Raisef(&NotImplementedErrorType, "sub-views are not implemented")
			return false
		}
		i, ok := t.AsIndex(k)
		if !ok {
			return false
		}
		at, ok := v.at(t, v.Offset, 0, i)
		return ok && v.setItem(t, at, item)
	case k.Is(&SliceType) && len(v.Shape) == 1:
		return v.setSlice(t, To[Slice](k), item)
	case allIndices(k):
		at, ok := v.multiIndex(t, To[Tuple](k))
		return ok && v.setItem(t, at, item)
	case k.Is(&SliceType) || allSlices(k):
		t.Raisef(&NotImplementedErrorType, "memoryview slice assignments are currently restricted to ndim = 1")
		return false
	}
	t.TypeErrorf("memoryview: invalid slice key")
	return false
}

// setSlice copies the items of an object with a buffer of the same structure.
func (v *MemoryView) setSlice(t *Thread, k *Slice, x Value) bool {
	if x.Type().Buffer == nil {
		t.TypeErrorf("a bytes-like object is required, not '%s'", x.Type().Name)
		return false
	}
	b, ok := x.Type().Buffer(t, x, false)
	if !ok {
		return false
	}
	defer b.Release(t)
	start, step, n, ok := k.Indices(t, v.Shape[0])
	if !ok || !v.live(t) {
		return false
	}
	format := b.Format
	if format == "" {
		format = "B"
	}
	count := len(b.Bytes) / max(b.ItemSize, 1)
	if b.Shape != nil {
		count = -1
		if len(b.Shape) == 1 {
			count = b.Shape[0]
		}
	}
	if format[len(format)-1:] != v.Format[len(v.Format)-1:] || nativeCode(format) == 0 || count != n {
		t.ValueErrorf("memoryview assignment: lvalue and rvalue have different structures")
		return false
	}
	if n == 0 {
		return true
	}
	src := b.Flat()
	size := v.ItemSize
	at, stride := v.Offset+start*v.Strides[0], v.Strides[0]*step
	if stride == size {
		copy(v.Bytes[at:at+n*size], src)
		return true
	}
	if len(src) > 0 && b.Contiguous() {
		// The source may be the same memory.
		src = append([]byte(nil), src...)
	}
	for i := range n {
		copy(v.Bytes[at:at+size], src[i*size:(i+1)*size])
		at += stride
	}
	return true
}
