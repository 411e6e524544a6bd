package object

var listMethods = []MethodDef{
	{Name: "__getitem__", Sig: "($self, index, /)", Fn: func(t *Thread, a []Value) Value { return listGetItem(t, a[0], a[1]) }, Doc: "Return self[index]."},
	{Name: "__reversed__", Sig: "($self, /)", Fn: listReversed, Doc: "Return a reverse iterator over the list."},
	{Name: "__sizeof__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
		return MakeInt(40 + int64(cap(To[List](a[0]).V))*8)
	}, Doc: "Return the size of the list in memory, in bytes."},
	{Name: "clear", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
		To[List](a[0]).V = nil
		return None
	}, Doc: "Remove all items from list."},
	{Name: "copy", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
		return Of(CopyList(To[List](a[0]).V))
	}, Doc: "Return a shallow copy of the list."},
	{Name: "append", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
		To[List](a[0]).Append(a[1])
		return None
	}, Doc: "Append object to the end of the list."},
	{Name: "insert", Sig: "($self, index, object, /)", Fn: listInsert, Doc: "Insert object before index."},
	{Name: "extend", UsesUp: true, Sig: "($self, iterable, /)", Fn: func(t *Thread, a []Value) Value { return t.noneIf(To[List](a[0]).extend(t, a[1])) }, Doc: "Extend list by appending elements from the iterable."},
	{Name: "pop", Sig: "($self, index=-1, /)", Fn: listPop, Doc: "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range."},
	{Name: "remove", Sig: "($self, value, /)", Fn: listRemove, Doc: "Remove first occurrence of value.\n\nRaises ValueError if the value is not present."},
	{Name: "index", Sig: "($self, value, start=0, stop=sys.maxsize, /)", Fn: func(t *Thread, a []Value) Value {
		return t.seqIndex(&To[List](a[0]).V, a, "list")
	}, Doc: "Return first index of value.\n\nRaises ValueError if the value is not present."},
	{Name: "count", Sig: "($self, value, /)", Fn: func(t *Thread, a []Value) Value { return t.seqCount(&To[List](a[0]).V, a[1]) }, Doc: "Return number of occurrences of value."},
	{Name: "reverse", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
		reverse(To[List](a[0]).V)
		return None
	}, Doc: "Reverse *IN PLACE*."},
	{Name: "sort", Sig: "($self, /, *, key=None, reverse=False)", Fn: listSort, Doc: "Sort the list in ascending order and return None.\n\nThe sort is in-place and stable."},
	{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "lists are generic over the type of their contents"},
}

// classGetItem is __class_getitem__ of generic builtin types.
func classGetItem(t *Thread, a []Value) Value { return NewGenericAlias(t, a[0], a[1]) }

func reverse(v []Value) {
	for i, j := 0, len(v)-1; i < j; i, j = i+1, j-1 {
		v[i], v[j] = v[j], v[i]
	}
}

func listInsert(t *Thread, a []Value) Value {
	i, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	To[List](a[0]).Insert(i, a[2])
	return None
}

// Insert inserts v before item i, which counts from the end if it is negative and is clipped.
func (l *List) Insert(i int, v Value) {
	if i < 0 {
		i = max(i+len(l.V), 0)
	}
	i = min(i, len(l.V))
	l.Append(Value{})
	copy(l.V[i+1:], l.V[i:])
	l.V[i] = v
}

func listPop(t *Thread, a []Value) Value {
	l := To[List](a[0])
	i := -1
	if a[1].P != nil {
		var ok bool
		if i, ok = t.AsSize(a[1]); !ok {
			return Value{}
		}
	}
	if len(l.V) == 0 {
		return t.IndexErrorf("pop from empty list")
	}
	if i < 0 {
		i += len(l.V)
	}
	if uint(i) >= uint(len(l.V)) {
		return t.IndexErrorf("pop index out of range")
	}
	v := l.V[i]
	l.remove(i)
	return v
}

func listRemove(t *Thread, a []Value) Value {
	l := To[List](a[0])
	i, ok := t.indexOf(&l.V, a[1], 0, 1<<63-1)
	if !ok {
		return Value{}
	}
	if i < 0 {
		return t.ValueErrorf("list.remove(x): x not in list")
	}
	if i < len(l.V) {
		l.remove(i)
	}
	return None
}
