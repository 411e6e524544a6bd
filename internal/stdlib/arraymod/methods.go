package arraymod

import (
	"slices"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

var methods = []object.MethodDef{
	{Name: "__copy__", Sig: "($self, /)", Fn: copyArray, Doc: "Return a copy of the array."},
	{Name: "__deepcopy__", Sig: "($self, unused, /)", Fn: copyArray, Doc: "Return a copy of the array."},
	{Name: "__reduce_ex__", Sig: "($self, value, /)", Fn: reduceEx, Doc: "Return state information for pickling."},
	{Name: "__sizeof__", Sig: "($self, /)", Fn: func(t *thread, a []value) value { return object.MakeInt(64 + int64(len(toArray(a[0]).b))) }, Doc: "Size of the array in memory, in bytes."},
	{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "Arrays are generic over the type of their elements"},
	{Name: "append", Sig: "($self, v, /)", Fn: func(t *thread, a []value) value { return none(toArray(a[0]).append(t, a[1])) }, Doc: "Append new value v to the end of the array."},
	{Name: "buffer_info", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
		x := toArray(a[0])
		at := uint64(uintptr(unsafe.Pointer(unsafe.SliceData(x.b))))
		return object.Of(object.NewTuple(object.MakeUint(at), object.MakeInt(int64(x.len()))))
	}, Doc: "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents."},
	{Name: "byteswap", Sig: "($self, /)", Fn: byteSwap, Doc: "Byteswap all items of the array.\n\nIf the items in the array are not 1, 2, 4, or 8 bytes in size, RuntimeError is\nraised."},
	{Name: "clear", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
		x := toArray(a[0])
		return none(x.splice(t, 0, len(x.b), nil))
	}, Doc: "Remove all items from the array."},
	{Name: "count", Sig: "($self, v, /)", Fn: count, Doc: "Return number of occurrences of v in the array."},
	{Name: "extend", Sig: "($self, bb, /)", Fn: func(t *thread, a []value) value { return none(toArray(a[0]).extend(t, a[1])) }, Doc: "Append items to the end of the array."},
	{Name: "frombytes", Sig: "($self, buffer, /)", Fn: func(t *thread, a []value) value { return none(toArray(a[0]).fromBytes(t, a[1])) }, Doc: "Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method."},
	{Name: "fromfile", Sig: "($self, f, n, /)", Fn: fromFile, Doc: "Read n objects from the file object f and append them to the end of the array."},
	{Name: "fromlist", Sig: "($self, list, /)", Fn: fromList, Doc: "Append items to array from list."},
	{Name: "fromunicode", Sig: "($self, ustr, /)", Fn: fromUnicode, Doc: "Extends this array with data from the unicode string ustr.\n\nThe array must be a unicode type array; otherwise a ValueError is raised."},
	{Name: "index", Sig: "($self, v, start=0, stop=sys.maxsize, /)", Fn: index, Doc: "Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present."},
	{Name: "insert", Sig: "($self, i, v, /)", Fn: insert, Doc: "Insert a new item v into the array before position i."},
	{Name: "pop", Sig: "($self, i=-1, /)", Fn: pop, Doc: "Return the i-th element and delete it from the array.\n\ni defaults to -1."},
	{Name: "remove", Sig: "($self, v, /)", Fn: remove, Doc: "Remove the first occurrence of v in the array."},
	{Name: "reverse", Sig: "($self, /)", Fn: reverse, Doc: "Reverse the order of the items in the array."},
	{Name: "tobytes", Sig: "($self, /)", Fn: func(t *thread, a []value) value { return object.CopyBytes(toArray(a[0]).b) }, Doc: "Convert the array to an array of machine values and return the bytes representation."},
	{Name: "tofile", Sig: "($self, f, /)", Fn: toFile, Doc: "Write all items (as machine values) to the file object f."},
	{Name: "tolist", Sig: "($self, /)", Fn: func(t *thread, a []value) value { return toArray(a[0]).list(t) }, Doc: "Convert array to an ordinary list with the same items."},
	{Name: "tounicode", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
		x := toArray(a[0])
		if !x.kind.isText() {
			return t.ValueErrorf("tounicode() may only be called on unicode type arrays ('u' or 'w')")
		}
		return x.text(t)
	}, Doc: "Extends this array with data from the unicode string ustr.\n\nConvert the array to a unicode string.  The array must be a unicode type array;\notherwise a ValueError is raised."},
}

func none(ok bool) value {
	if !ok {
		return value{}
	}
	return object.None
}

func copyArray(t *thread, a []value) value {
	x := toArray(a[0])
	return object.Of(newArray(x.kind, slices.Clone(x.b)))
}

func byteSwap(t *thread, a []value) value {
	x := toArray(a[0])
	if n := x.kind.size; n > 1 {
		for b := x.b; len(b) > 0; b = b[n:] {
			slices.Reverse(b[:n])
		}
	}
	return object.None
}

func reverse(t *thread, a []value) value {
	x := toArray(a[0])
	slices.Reverse(x.b)
	byteSwap(t, a)
	return object.None
}

func count(t *thread, a []value) value {
	x := toArray(a[0])
	n := int64(0)
	for i := 0; ; i++ {
		var ok bool
		if i, ok = x.find(t, a[1], i, 1<<63-1); !ok {
			return value{}
		}
		if i < 0 {
			return object.MakeInt(n)
		}
		n++
	}
}

func index(t *thread, a []value) value {
	x := toArray(a[0])
	bounds := [2]int{0, 1<<63 - 1}
	for j := range bounds {
		if a[2+j].P == nil {
			continue
		}
		if a[2+j].Type().Index == nil {
			return t.TypeErrorf("slice indices must be integers or have an __index__ method")
		}
		i, ok := t.AsIndexErr(a[2+j], nil)
		if !ok {
			return value{}
		}
		if i < 0 {
			i = max(i+x.len(), 0)
		}
		bounds[j] = i
	}
	i, ok := x.find(t, a[1], bounds[0], bounds[1])
	switch {
	case !ok:
		return value{}
	case i < 0:
		return t.ValueErrorf("array.index(x): x not in array")
	}
	return object.MakeInt(int64(i))
}

func remove(t *thread, a []value) value {
	x := toArray(a[0])
	i, ok := x.find(t, a[1], 0, 1<<63-1)
	switch {
	case !ok:
		return value{}
	case i < 0:
		return t.ValueErrorf("array.remove(x): x not in array")
	}
	n := x.kind.size
	return none(x.splice(t, i*n, n, nil))
}

func insert(t *thread, a []value) value {
	i, ok := t.AsSize(a[1])
	if !ok {
		return value{}
	}
	x := toArray(a[0])
	var space [8]byte
	b, ok := x.kind.store(t, space[:0], a[2])
	if !ok {
		return value{}
	}
	if i < 0 {
		i = max(i+x.len(), 0)
	}
	return none(x.splice(t, min(i, x.len())*x.kind.size, 0, b))
}

func pop(t *thread, a []value) value {
	x := toArray(a[0])
	i := -1
	if a[1].P != nil {
		var ok bool
		if i, ok = t.AsSize(a[1]); !ok {
			return value{}
		}
	}
	if x.len() == 0 {
		return t.IndexErrorf("pop from empty array")
	}
	if i < 0 {
		i += x.len()
	}
	if uint(i) >= uint(x.len()) {
		return t.IndexErrorf("pop index out of range")
	}
	v := x.item(t, i)
	n := x.kind.size
	if v.P == nil || !x.splice(t, i*n, n, nil) {
		return value{}
	}
	return v
}

func fromList(t *thread, a []value) value {
	if a[1].Type().Flags&object.FlagList == 0 {
		return t.TypeErrorf("arg must be list")
	}
	x, l := toArray(a[0]), object.To[object.List](a[1])
	n := len(l.V)
	if n == 0 {
		return object.None
	}
	var b []byte
	for i := 0; i < n; i++ {
		var ok bool
		if b, ok = x.kind.store(t, b, l.V[i]); !ok {
			return value{}
		}
		if len(l.V) != n {
			return t.RuntimeErrorf("list changed size during iteration")
		}
	}
	return none(x.splice(t, len(x.b), 0, b))
}

func fromUnicode(t *thread, a []value) value {
	if !a[1].IsStr() {
		return t.TypeErrorf("fromunicode() argument must be str, not %s", object.ArgName(a[1]))
	}
	x := toArray(a[0])
	if !x.kind.isText() {
		return t.ValueErrorf("fromunicode() may only be called on unicode type arrays ('u' or 'w')")
	}
	if a[1].Str().S == "" {
		return object.None
	}
	return none(x.splice(t, len(x.b), 0, appendText(nil, a[1].Str().S)))
}

func toFile(t *thread, a []value) value {
	const block = 64 * 1024
	write := t.Interp.Intern("write")
	if len(toArray(a[0]).b) == 0 {
		return object.None
	}
	for at := 0; ; at += block {
		b := toArray(a[0]).b // write might change it
		if at >= len(b) {
			return object.None
		}
		if t.CallMethod(a[1], write, object.CopyBytes(b[at:min(at+block, len(b))])).P == nil {
			return value{}
		}
	}
}

func fromFile(t *thread, a []value) value {
	n, ok := t.AsSize(a[2])
	if !ok {
		return value{}
	}
	x := toArray(a[0])
	size := x.kind.size
	switch {
	case n < 0:
		return t.ValueErrorf("negative count")
	case n > (1<<63-1)/size:
		return t.RaiseNew(&object.MemoryErrorType)
	}
	b := t.CallMethod(a[1], t.Interp.Intern("read"), object.MakeInt(int64(n*size)))
	if b.P == nil {
		return b
	}
	if b.Type().Flags&object.FlagBytes == 0 {
		return t.TypeErrorf("read() didn't return bytes")
	}
	got := len(object.To[object.Bytes](b).S)
	if !x.fromBytes(t, b) {
		return value{}
	}
	if got != n*size {
		return t.Raisef(&object.EOFErrorType, "read() didn't return enough bytes")
	}
	return object.None
}
