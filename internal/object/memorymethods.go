package object

var memoryMethods = []MethodDef{
	{Name: "release", Sig: sigNone, Fn: func(t *Thread, a []Value) Value { return t.noneIf(To[MemoryView](a[0]).release(t)) }, Doc: "Release the underlying buffer exposed by the memoryview object."},
	{Name: "tobytes", Sig: "($self, /, order='C')", Fn: memoryToBytes, Doc: "Return the data in the buffer as a byte string.\n\nOrder can be {'C', 'F', 'A'}. When order is 'C' or 'F', the data of the\noriginal array is converted to C or Fortran order. For contiguous views,\n'A' returns an exact copy of the physical memory."},
	{Name: "hex", Sig: "($self, /, sep=<unrepresentable>, bytes_per_sep=1)", Fn: func(t *Thread, a []Value) Value {
		v := To[MemoryView](a[0])
		if !v.live(t) {
			return Value{}
		}
		if v.contiguous(false) {
			return t.hexOf(textOf(v.Bytes[v.Offset:v.Offset+v.nbytes()]), a[1], a[2])
		}
		return t.hexOf(textOf(v.tobytes(nil, false)), a[1], a[2])
	}, Doc: "Return the data in the buffer as a str of hexadecimal numbers.\n\n  sep\n    An optional single character or byte to separate hex bytes.\n  bytes_per_sep\n    How many bytes between separators. Positive values count from the\n    right, negative values count from the left.\n\n>>> memoryview(b'\\xb9\\x01\\xef').hex(':')\n'b9:01:ef'"},
	{Name: "tolist", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
		v := To[MemoryView](a[0])
		if !v.live(t) {
			return Value{}
		}
		if nativeCode(v.Format) == 0 {
			return v.unsupported(t)
		}
		return v.tolist(v.Offset, 0)
	}, Doc: "Return the data in the buffer as a list of elements."},
	{Name: "cast", Sig: "($self, /, format, shape=<unrepresentable>)", Fn: memoryCast, Doc: "Cast a memoryview to a new format or shape."},
	{Name: "toreadonly", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
		v := To[MemoryView](a[0])
		if !v.live(t) {
			return Value{}
		}
		r := v.m.add(v)
		r.ReadOnly = true
		return Of(r)
	}, Doc: "Return a readonly version of the memoryview."},
	{Name: "_from_flags", Sig: "($type, /, object, flags)", Fn: func(t *Thread, a []Value) Value {
		flags, ok := t.AsCInt(a[2])
		if !ok {
			return Value{}
		}
		return t.viewWith(a[1], flags)
	}, Doc: "Create a new memoryview object which references the given object."},
	{Name: "count", Sig: "($self, value, /)", Fn: memoryCount, Doc: "Count the number of occurrences of a value."},
	{Name: "index", Sig: "($self, value, start=0, stop=sys.maxsize, /)", Fn: memoryIndex, Doc: "Return the index of the first occurrence of a value.\n\nRaises ValueError if the value is not present."},
	{Name: "__enter__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
		if !To[MemoryView](a[0]).live(t) {
			return Value{}
		}
		return a[0]
	}},
	{Name: "__exit__", Sig: "($self, /, *exc_info)", Fn: func(t *Thread, a []Value) Value { return t.noneIf(To[MemoryView](a[0]).release(t)) }, Doc: "Release the underlying buffer exposed by the memoryview object."},
	{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "See PEP 585"},
}

// memoryGetSets are attributes that a released view does not have.
var memoryGetSets = func() []GetSetDef {
	attr := func(name, doc string, get func(t *Thread, v *MemoryView) Value) GetSetDef {
		return GetSetDef{Name: name, Doc: doc, Get: func(t *Thread, x Value) Value {
			v := To[MemoryView](x)
			if !v.live(t) {
				return Value{}
			}
			return get(t, v)
		}}
	}
	ints := func(x []int) Value {
		r := MakeTuple(len(x))
		for i, n := range x {
			r.Items()[i] = MakeInt(int64(n))
		}
		return Of(r)
	}
	return []GetSetDef{
		attr("obj", "The underlying object of the memoryview.", func(t *Thread, v *MemoryView) Value { return fill(v.m.buf.Owner) }),
		attr("nbytes", "The amount of space in bytes that the array would use in\n a contiguous representation.", func(t *Thread, v *MemoryView) Value { return MakeInt(int64(v.nbytes())) }),
		attr("readonly", "A bool indicating whether the memory is read only.", func(t *Thread, v *MemoryView) Value { return MakeBool(v.ReadOnly) }),
		attr("itemsize", "The size in bytes of each element of the memoryview.", func(t *Thread, v *MemoryView) Value { return MakeInt(int64(v.ItemSize)) }),
		attr("format", "A string containing the format (in struct module style)\n for each element in the view.", func(t *Thread, v *MemoryView) Value { return MakeStr(v.Format) }),
		attr("ndim", "An integer indicating how many dimensions of a multi-dimensional\n array the memory represents.", func(t *Thread, v *MemoryView) Value { return MakeInt(int64(len(v.Shape))) }),
		attr("shape", "A tuple of ndim integers giving the shape of the memory\n as an N-dimensional array.", func(t *Thread, v *MemoryView) Value { return ints(v.Shape) }),
		attr("strides", "A tuple of ndim integers giving the size in bytes to access\n each element for each dimension of the array.", func(t *Thread, v *MemoryView) Value { return ints(v.Strides) }),
		attr("suboffsets", "A tuple of integers used internally for PIL-style arrays.", func(t *Thread, v *MemoryView) Value { return Of(EmptyTuple) }),
		attr("c_contiguous", "A bool indicating whether the memory is C contiguous.", func(t *Thread, v *MemoryView) Value { return MakeBool(v.contiguous(false)) }),
		attr("f_contiguous", "A bool indicating whether the memory is Fortran contiguous.", func(t *Thread, v *MemoryView) Value { return MakeBool(v.contiguous(true)) }),
		attr("contiguous", "A bool indicating whether the memory is contiguous.", func(t *Thread, v *MemoryView) Value {
			return MakeBool(v.contiguous(false) || v.contiguous(true))
		}),
	}
}()

func memoryToBytes(t *Thread, a []Value) Value {
	v := To[MemoryView](a[0])
	order := "C"
	if a[1].P != nil && !a[1].IsNone() {
		if !a[1].IsStr() {
			return t.TypeErrorf("tobytes() argument 'order' must be str or None, not %s", a[1].Type().Name)
		}
		order = a[1].Str().S
	}
	if !v.live(t) {
		return Value{}
	}
	fortran := false
	switch order {
	case "C":
	case "F":
		fortran = true
	case "A":
		fortran = !v.contiguous(false) && v.contiguous(true)
	default:
		return t.ValueErrorf("order must be 'C', 'F' or 'A'")
	}
	if len(v.Shape) <= 1 && v.contiguous(false) {
		return CopyBytes(v.Bytes[v.Offset : v.Offset+v.nbytes()])
	}
	return MakeBytes(textOf(v.tobytes(nil, fortran)))
}

// tolist returns a list of the items of a dimension, or lists of those of the next.
func (v *MemoryView) tolist(at, dim int) Value {
	if dim == len(v.Shape) {
		return UnpackNative(nativeCode(v.Format), v.Bytes[at:at+v.ItemSize])
	}
	items := make([]Value, v.Shape[dim])
	c := nativeCode(v.Format)
	last := dim == len(v.Shape)-1
	for i := range items {
		switch {
		case !last:
			items[i] = v.tolist(at, dim+1)
		case c == 'B':
			items[i] = MakeInt(int64(v.Bytes[at]))
		default:
			items[i] = UnpackNative(c, v.Bytes[at:at+v.ItemSize])
		}
		at += v.Strides[dim]
	}
	return Of(NewList(items))
}

const maxDimensions = 64

func memoryCast(t *Thread, a []Value) Value {
	v := To[MemoryView](a[0])
	if !v.live(t) {
		return Value{}
	}
	if !a[1].IsStr() {
		return t.TypeErrorf("cast() argument 'format' must be str, not %s", ArgName(a[1]))
	}
	format := a[1].Str().S
	if !v.contiguous(false) {
		return t.TypeErrorf("memoryview: casts are restricted to C-contiguous views")
	}
	var dims []Value
	if s := a[2]; s.P != nil {
		switch {
		case s.Type().Flags&FlagList != 0:
			dims = To[List](s).V
		case s.Type().Flags&FlagTuple != 0:
			dims = To[Tuple](s).Items()
		default:
			return t.TypeErrorf("shape must be a list or a tuple")
		}
		if len(dims) > maxDimensions {
			return t.ValueErrorf("memoryview: number of dimensions must not exceed %d", maxDimensions)
		}
		if len(v.Shape) != 1 && len(dims) != 1 {
			return t.TypeErrorf("memoryview: cast must be 1D -> ND or ND -> 1D")
		}
	}
	if len(v.Shape) > 1 || a[2].P != nil {
		for i := range v.Shape {
			if v.Shape[i] == 0 || v.Strides[i] == 0 {
				return t.TypeErrorf("memoryview: cannot cast view with zeros in shape or strides")
			}
		}
	}
	size := v.nbytes()
	from, to := nativeCode(v.Format), nativeCode(format)
	switch {
	case from == 0:
		return t.ValueErrorf("memoryview: source format must be a native single character format prefixed with an optional '@'")
	case to == 0:
		return t.ValueErrorf("memoryview: destination format must be a native single character format prefixed with an optional '@'")
	case !isByteCode(from) && !isByteCode(to):
		return t.TypeErrorf("memoryview: cannot cast between two non-byte formats")
	case size%nativeSize(to) != 0:
		return t.TypeErrorf("memoryview: length is not a multiple of itemsize")
	}
	r := &MemoryView{Head: Head{&MemoryViewType}, Bytes: v.Bytes, Offset: v.Offset, ReadOnly: v.ReadOnly, Format: format, ItemSize: nativeSize(to)}
	r.Shape = []int{size / r.ItemSize}
	if a[2].P != nil {
		shape, ok := t.castShape(dims, r.ItemSize, size)
		if !ok {
			return Value{}
		}
		r.Shape = shape
	}
	r.Strides = contiguousStrides(r.Shape, r.ItemSize)
	r.m = v.m
	v.m.views++
	return Of(r)
}

// isByteCode reports whether a format is one of single bytes, which others may be cast to and from.
func isByteCode(c byte) bool { return c == 'b' || c == 'B' || c == 'c' }

func (t *Thread) castShape(dims []Value, itemSize, size int) ([]int, bool) {
	shape := make([]int, len(dims))
	n := itemSize
	for i, x := range dims {
		if x.Type().Flags&FlagInt == 0 {
			t.TypeErrorf("memoryview.cast(): elements of shape must be integers")
			return nil, false
		}
		d := ExactInt(x)
		switch {
		case !d.IsInt() && To[Int](d).V.Sign() > 0:
			t.OverflowErrorf("Python int too large to convert to C ssize_t")
			return nil, false
		case !d.IsInt() || d.Int() <= 0:
			t.ValueErrorf("memoryview.cast(): elements of shape must be integers > 0")
			return nil, false
		case int(d.Int()) > (1<<63-1)/n:
			t.ValueErrorf("memoryview.cast(): product(shape) > SSIZE_MAX")
			return nil, false
		}
		shape[i] = int(d.Int())
		n *= shape[i]
	}
	if n != size {
		t.TypeErrorf("memoryview: product(shape) * itemsize != buffer size")
		return nil, false
	}
	return shape, true
}

func memoryCount(t *Thread, a []Value) Value {
	it := memoryIter(t, a[0])
	if it.P == nil {
		return it
	}
	n := int64(0)
	ok := t.Each(it, func(x Value) bool {
		eq, ok := t.Equal(x, a[1])
		if eq {
			n++
		}
		return ok
	})
	if !ok {
		return Value{}
	}
	return MakeInt(n)
}

func memoryIndex(t *Thread, a []Value) Value {
	v := To[MemoryView](a[0])
	if !v.live(t) {
		return Value{}
	}
	n := 0
	if len(v.Shape) == 1 {
		n = v.Shape[0]
	}
	start, stop := 0, 1<<63-1
	var ok bool
	if a[2].P != nil {
		if start, ok = t.sliceBound(a[2], n); !ok {
			return Value{}
		}
	}
	if a[3].P != nil {
		if stop, ok = t.sliceBound(a[3], n); !ok {
			return Value{}
		}
	}
	switch len(v.Shape) {
	case 0:
		return t.TypeErrorf("invalid lookup on 0-dim memory")
	case 1:
	default:
		return t.Raisef(&NotImplementedErrorType, "multi-dimensional lookup is not implemented")
	}
	for i := start; i < min(stop, v.Shape[0]); i++ {
		if !v.live(t) {
			return Value{}
		}
		x := v.item(t, v.Offset+i*v.Strides[0])
		if x.P == nil {
			return x
		}
		eq, ok := t.Equal(x, a[1])
		if !ok {
			return Value{}
		}
		if eq {
			return MakeInt(int64(i))
		}
	}
	return t.ValueErrorf("memoryview.index(x): x not found")
}
