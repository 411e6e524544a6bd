package object

import "unsafe"

// Tuple is a tuple.
type Tuple struct {
	Head
	V []Value
}

type (
	tuple1 struct {
		Tuple
		a [1]Value
	}
	tuple2 struct {
		Tuple
		a [2]Value
	}
	tuple3 struct {
		Tuple
		a [3]Value
	}
	tuple4 struct {
		Tuple
		a [4]Value
	}
	tuple6 struct {
		Tuple
		a [6]Value
	}
	tuple8 struct {
		Tuple
		a [8]Value
	}
)

var emptyTuple = Tuple{Head: Head{&TupleType}}

// EmptyTuple is ().
var EmptyTuple = &emptyTuple

// MakeTuple returns a tuple of n empty places, which the caller fills before anyone sees it. Small ones are
// one allocation together with their items.
func MakeTuple(n int) *Tuple {
	switch n {
	case 0:
		return EmptyTuple
	case 1:
		x := &tuple1{}
		x.Type, x.V = &TupleType, x.a[:]
		return &x.Tuple
	case 2:
		x := &tuple2{}
		x.Type, x.V = &TupleType, x.a[:]
		return &x.Tuple
	case 3:
		x := &tuple3{}
		x.Type, x.V = &TupleType, x.a[:]
		return &x.Tuple
	case 4:
		x := &tuple4{}
		x.Type, x.V = &TupleType, x.a[:]
		return &x.Tuple
	case 5, 6:
		x := &tuple6{}
		x.Type, x.V = &TupleType, x.a[:n:n]
		return &x.Tuple
	case 7, 8:
		x := &tuple8{}
		x.Type, x.V = &TupleType, x.a[:n:n]
		return &x.Tuple
	}
	return &Tuple{Head{&TupleType}, make([]Value, n)}
}

// NewTuple returns a tuple with copies of the items.
func NewTuple(items ...Value) *Tuple {
	x := MakeTuple(len(items))
	copy(x.V, items)
	return x
}

// TupleOf returns a tuple that owns the slice.
func TupleOf(items []Value) *Tuple {
	if len(items) == 0 {
		return EmptyTuple
	}
	return &Tuple{Head{&TupleType}, items}
}

// tupleSub is an instance of a subclass of tuple.
type tupleSub struct {
	Tuple
	Attrs
}

// MakeTupleOf returns an instance of cls, tuple or a subclass, with the given items, which it owns.
func MakeTupleOf(cls *Type, items []Value) Value {
	if cls.AttrOffset == 0 {
		return Of(&Tuple{Head{cls}, items})
	}
	p := &tupleSub{}
	p.Type, p.V = cls, items
	return InitAttrs(cls, Of(p))
}

// TupleIter iterates over a tuple. Tuple is nil once it is exhausted.
type TupleIter struct {
	Head
	Tuple *Tuple
	Index int
}

func setupTuple() {
	Define(&TupleType, TypeSpec{
		Name: "tuple", Sig: "(iterable=(), /)", Flags: FlagBase | FlagTuple | FlagSequence | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(tupleSub{}.Attrs),
		Doc:       "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
		Slots: Slots{
			New: tupleNew, Repr: tupleRepr, Hash: tupleHash, Compare: tupleCompare, Iter: tupleIter, Len: tupleLen,
			GetItem: tupleGetItem, Contains: tupleContains, Concat: tupleConcat, Repeat: tupleRepeat,
		},
		Methods: []MethodDef{
			{Name: "__getnewargs__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return Of(NewTuple(Of(NewTuple(To[Tuple](a[0]).V...)))) }},
			{Name: "index", Sig: "($self, value, start=0, stop=sys.maxsize, /)", Fn: func(t *Thread, a []Value) Value {
				return t.seqIndex(&To[Tuple](a[0]).V, a, "tuple")
			}, Doc: "Return first index of value.\n\nRaises ValueError if the value is not present."},
			{Name: "count", Sig: "($self, value, /)", Fn: func(t *Thread, a []Value) Value { return t.seqCount(&To[Tuple](a[0]).V, a[1]) }, Doc: "Return number of occurrences of value."},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "Tuples are generic over the types of their contents."},
		},
	})
}

func tupleNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	x, ok := t.oneArg(&TupleType, cls, args, names)
	if !ok {
		return Value{}
	}
	if cls == &TupleType {
		if x.P == nil {
			return Of(EmptyTuple)
		}
		r := t.ToTuple(x)
		if r == nil {
			return Value{}
		}
		return Of(r)
	}
	var items []Value
	if x.P != nil {
		if items, ok = t.collectTuple(x); !ok {
			return Value{}
		}
	}
	return MakeTupleOf(cls, items)
}

// ToTuple is tuple(v); nil: an exception.
func (t *Thread) ToTuple(v Value) *Tuple {
	switch v.Type() {
	case &TupleType:
		return To[Tuple](v)
	case &ListType:
		return NewTuple(To[List](v).V...)
	}
	items, ok := t.collectTuple(v)
	if !ok {
		return nil
	}
	if len(items) <= 4 {
		return NewTuple(items...)
	}
	return TupleOf(items)
}

func tupleRepr(t *Thread, v Value) Value {
	items := To[Tuple](v).V
	if len(items) == 0 {
		return Of(NewASCII("()"))
	}
	if t.EnterRepr(v) {
		return Of(NewASCII("(...)"))
	}
	defer t.LeaveRepr()
	b := append(t.takeText(), '(')
	ok := true
	for i, x := range items {
		if i > 0 {
			b = append(b, ", "...)
		}
		if b, ok = t.AppendReprOf(b, x); !ok {
			return Value{}
		}
	}
	if len(items) == 1 {
		b = append(b, ',')
	}
	return t.giveNew(append(b, ')'))
}

func tupleHash(t *Thread, v Value) (int64, bool) { return t.hashItems(To[Tuple](v).V) }

// hashItems is the hash of a tuple: xxHash over the items' hashes, as CPython has it, so that sets of tuples have its order.
func (t *Thread) hashItems(items []Value) (int64, bool) {
	const p1, p2, p5 = 11400714785074694791, 14029467366897019727, 2870177450012600261
	acc := uint64(p5)
	for _, x := range items {
		var h uint64
		switch {
		case x.IsInt():
			h = uint64(HashInt64(x.Int()))
		case x.Type() == &StrType:
			h = x.Str().HashOf()
		default:
			// Not hashKey, as this counts how deep tuples are nested.
			n, ok := t.Hash(x)
			if !ok {
				return 0, false
			}
			h = uint64(n)
		}
		acc += h * p2
		acc = acc<<31 | acc>>33
		acc *= p1
	}
	acc += uint64(len(items)) ^ (p5 ^ 3527539)
	if acc == 1<<64-1 {
		return 1546275796, true
	}
	return int64(acc), true
}

func tupleCompare(t *Thread, a, b Value, op CompareOp) Value {
	if a.Type().Flags&FlagTuple == 0 || b.Type().Flags&FlagTuple == 0 {
		return NotImplemented
	}
	return t.compareSeqs(&To[Tuple](a).V, &To[Tuple](b).V, op)
}

func tupleIter(t *Thread, v Value) Value {
	return Of(&TupleIter{Head{&TupleIterType}, To[Tuple](v), 0})
}

func tupleLen(t *Thread, v Value) (int, bool) { return len(To[Tuple](v).V), true }

func tupleGetItem(t *Thread, v, k Value) Value {
	items := To[Tuple](v).V
	i := 0
	switch {
	case k.IsInt():
		i = int(k.Int())
	case k.Type().Index != nil:
		var ok bool
		if i, ok = t.AsIndex(k); !ok {
			return Value{}
		}
	case k.Is(&SliceType):
		start, step, n, ok := To[Slice](k).Indices(t, len(items))
		if !ok {
			return Value{}
		}
		if n == len(items) && step == 1 && v.Is(&TupleType) {
			return v
		}
		r := MakeTuple(n)
		for j := range r.V {
			r.V[j] = items[start]
			start += step
		}
		return Of(r)
	default:
		return t.TypeErrorf("tuple indices must be integers or slices, not %s", k.Type().Name)
	}
	if i < 0 {
		i += len(items)
	}
	if uint(i) >= uint(len(items)) {
		return t.IndexErrorf("tuple index out of range")
	}
	return items[i]
}

func tupleContains(t *Thread, v, x Value) (res, ok bool) {
	i, ok := t.indexOf(&To[Tuple](v).V, x, 0, 1<<63-1)
	return i >= 0, ok
}

func tupleConcat(t *Thread, a, b Value) Value {
	x := To[Tuple](a).V
	if len(x) == 0 && b.Is(&TupleType) {
		return b
	}
	if b.Type().Flags&FlagTuple == 0 {
		return t.TypeErrorf("can only concatenate tuple (not \"%s\") to tuple", b.Type().Name)
	}
	y := To[Tuple](b).V
	if len(y) == 0 && a.Is(&TupleType) {
		return a
	}
	r := MakeTuple(len(x) + len(y))
	copy(r.V, x)
	copy(r.V[len(x):], y)
	return Of(r)
}

func tupleRepeat(t *Thread, v Value, n int) Value {
	items := To[Tuple](v).V
	if (len(items) == 0 || n == 1) && v.Is(&TupleType) {
		return v
	}
	r, ok := t.repeated(items, n)
	if !ok {
		return Value{}
	}
	return Of(TupleOf(r))
}
