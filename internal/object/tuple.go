package object

import (
	"math/bits"
	"reflect"
	"unsafe"
)

// Tuple is a tuple: its items follow it in the same allocation, so that the collector meets one object without
// pointers to itself.
type Tuple struct {
	Head
	// n is the number of items; off says where they begin, in bytes from the Head: 0 if there are none, as an address
	// behind an allocation is another's.
	n, off uint32
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
		_ [3]Value
	}
	tuple4 struct {
		Tuple
		_ [4]Value
	}
)

// TupleItems is where the items of a tuple whose type is TupleType begin, in bytes from its Head. MakeTuple needs that it
// is the size of a Value.
const TupleItems = unsafe.Sizeof(Value{})

var _ [0]struct{} = [unsafe.Sizeof(Tuple{}) - TupleItems]struct{}{}

var emptyTuple = Tuple{Head: Head{&TupleType}}

// EmptyTuple is ().
var EmptyTuple = &emptyTuple

// Items returns the items themselves, not copies: nobody changes them once the tuple is seen by a program.
func (x *Tuple) Items() []Value {
	return (*[1 << 32]Value)(unsafe.Add(unsafe.Pointer(x), x.off))[:x.n:x.n]
}

// At is the place of item i, which must be one.
func (x *Tuple) At(i int) *Value {
	return (*Value)(unsafe.Add(unsafe.Pointer(x), uintptr(x.off)+uintptr(i)*unsafe.Sizeof(Value{})))
}

// Len is the number of items.
func (x *Tuple) Len() int { return int(x.n) }

// init makes x, which is part of another allocation, a tuple of one item.
func (x *tuple1) init(item Value) {
	x.Type, x.n, x.off = &TupleType, 1, uint32(TupleItems)
	x.a[0] = item
}

// init makes x, which is part of another allocation, a tuple of two items.
func (x *tuple2) init(first, second Value) {
	x.Type, x.n, x.off = &TupleType, 2, uint32(TupleItems)
	x.a[0], x.a[1] = first, second
}

// MakeTuple returns a tuple of n empty places, which the caller fills before anyone sees it.
func MakeTuple(n int) *Tuple {
	var x *Tuple
	switch n {
	case 0:
		return EmptyTuple
	case 1:
		x = &new(tuple1).Tuple
	case 2:
		x = &new(tuple2).Tuple
	case 3:
		x = &new(tuple3).Tuple
	case 4:
		x = &new(tuple4).Tuple
	default:
		// The head has the shape of a Value, a pointer and a number, so that a slice of one more serves.
		x = (*Tuple)(unsafe.Pointer(unsafe.SliceData(make([]Value, n+1))))
	}
	x.Type, x.n, x.off = &TupleType, uint32(n), uint32(TupleItems)
	return x
}

// MakePair returns (a, b).
func MakePair(a, b Value) *Tuple {
	var p *tuple2
	if isTag(a.P) && isTag(b.P) {
		// Two numbers, as in coordinates: nothing that the collector has to know of, as a tuple does not change. It is often a key, and many of
		// them live long.
		p = newRaw[tuple2]()
	} else {
		p = &tuple2{}
	}
	p.Type, p.n, p.off = &TupleType, 2, uint32(TupleItems)
	p.a[0], p.a[1] = a, b
	return &p.Tuple
}

// newPair is MakePair for pairs that mostly live for a moment.
func newPair(a, b Value) *Tuple {
	p := &tuple2{}
	p.init(a, b)
	return &p.Tuple
}

// NewTuple returns a tuple with copies of the items.
func NewTuple(items ...Value) *Tuple {
	x := MakeTuple(len(items))
	copy(x.Items(), items)
	return x
}

// hashedItems is where the items begin of an instance of a subclass without attributes, as named tuples are. The payload of the place before has
// their hash, or 0: states of a search, made of named tuples in named tuples, are looked for in dicts again and again. Exact tuples have no room for
// that: most are not hashed, and pairs of numbers would take a third more.
const hashedItems = uint32(2 * TupleItems)

// hashPlace returns where the hash of the tuple is kept; nil: nowhere.
func (x *Tuple) hashPlace() *uint64 {
	if x.off != hashedItems || x.Type.AttrOffset != 0 {
		return nil
	}
	return &(*Value)(unsafe.Add(unsafe.Pointer(x), TupleItems)).B
}

// tupleSub is an instance of a subclass of tuple that has attributes. Its items follow.
type tupleSub struct {
	Tuple
	Attrs
}

// MakeTupleOf returns an instance of cls, tuple or a subclass, with copies of the items.
func MakeTupleOf(cls *Type, items []Value) Value {
	if cls == &TupleType {
		return Of(NewTuple(items...))
	}
	if cls.AttrOffset == 0 {
		if len(items) == 0 {
			return Of(&Tuple{Head: Head{cls}})
		}
		x := MakeTuple(len(items) + 1)
		x.Type, x.n, x.off = cls, uint32(len(items)), hashedItems
		copy(x.Items(), items)
		return Of(x)
	}
	p := newTupleSub(len(items))
	p.Type = cls
	if len(items) > 0 {
		p.n, p.off = uint32(len(items)), uint32(unsafe.Sizeof(*p))
		copy(p.Items(), items)
	}
	return InitAttrs(cls, Of(p))
}

// TupleByNew returns what f(cls, (*items,)) does if f is tuple.__new__ and cls is derived from tuple, as named tuples are: an instance of cls. No value: something
// else is called.
func TupleByNew(f *Builtin, cls Value, items []Value) Value {
	if f.Self.P != unsafe.Pointer(&TupleType) || f.Def.Name != "__new__" || cls.Type().Flags&FlagType == 0 {
		return Value{}
	}
	c := To[Type](cls)
	if c.Flags&FlagHeap == 0 || solidBuiltin(c) != &TupleType {
		return Value{}
	}
	return MakeTupleOf(c, items)
}

// newTupleSub allocates a tupleSub with room for n items.
func newTupleSub(n int) *tupleSub {
	switch {
	case n == 0:
		return new(tupleSub)
	case n <= 2:
		return &new(struct {
			tupleSub
			_ [2]Value
		}).tupleSub
	case n <= 4:
		return &new(struct {
			tupleSub
			_ [4]Value
		}).tupleSub
	case n <= 8:
		return &new(struct {
			tupleSub
			_ [8]Value
		}).tupleSub
	}
	// Larger ones are rare. Types that are made at run time are kept for ever, so there is one for each power of two.
	room := reflect.ArrayOf(1<<bits.Len(uint(n-1)), reflect.TypeFor[Value]())
	return (*tupleSub)(reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: "Sub", Type: reflect.TypeFor[tupleSub]()}, {Name: "Items", Type: room},
	})).UnsafePointer())
}

// TupleBuffer is a tuple of changing items, for looking up in tables: what is found may not keep it.
type TupleBuffer struct {
	Tuple
	a [8]Value
}

// Fill makes the items the buffer's, and returns it as a value; the zero Value if they are too many.
func (b *TupleBuffer) Fill(items []Value) Value {
	if len(items) > len(b.a) {
		return Value{}
	}
	b.Clear()
	copy(b.a[:], items)
	b.Type, b.n, b.off = &TupleType, uint32(len(items)), uint32(unsafe.Offsetof(b.a))
	return Of(&b.Tuple)
}

// Clear lets the items go.
func (b *TupleBuffer) Clear() { b.n, b.a = 0, [8]Value{} }

// TupleIter iterates over a tuple. Tuple is nil once it is exhausted.
type TupleIter struct {
	Head
	Tuple *Tuple
	Index int
}

func setupTuple() {
	Define(&TupleType, TypeSpec{
		Name: "tuple", Sig: "(iterable=(), /)", Flags: FlagBase | FlagTuple | FlagSequence | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(tupleSub{}.Attrs), Make: tupleNew,
		Doc: "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
		Slots: Slots{
			New: tupleNew, Repr: tupleRepr, Hash: tupleHash, Compare: tupleCompare, Iter: tupleIter, Len: tupleLen,
			GetItem: tupleGetItem, Contains: tupleContains, Concat: tupleConcat, Repeat: tupleRepeat,
			itemsHash: true, itemsCompare: true,
		},
		Methods: []MethodDef{
			{Name: "__getnewargs__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return Of(NewTuple(Of(NewTuple(To[Tuple](a[0]).Items()...)))) }},
			{Name: "index", Sig: "($self, value, start=0, stop=sys.maxsize, /)", Fn: func(t *Thread, a []Value) Value {
				items := To[Tuple](a[0]).Items()
				return t.seqIndex(&items, a, "tuple")
			}, Doc: "Return first index of value.\n\nRaises ValueError if the value is not present."},
			{Name: "count", Sig: "($self, value, /)", Fn: func(t *Thread, a []Value) Value {
				items := To[Tuple](a[0]).Items()
				return t.seqCount(&items, a[1])
			}, Doc: "Return number of occurrences of value."},
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
	switch {
	case x.P == nil:
		return MakeTupleOf(cls, nil)
	case x.Type() == &TupleType:
		return MakeTupleOf(cls, To[Tuple](x).Items())
	}
	return t.collectTuple(cls, x)
}

// ToTuple is tuple(v); nil: an exception.
func (t *Thread) ToTuple(v Value) *Tuple {
	switch v.Type() {
	case &TupleType:
		return To[Tuple](v)
	case &ListType:
		return NewTuple(To[List](v).V...)
	}
	r := t.collectTuple(&TupleType, v)
	if r.P == nil {
		return nil
	}
	return To[Tuple](r)
}

func tupleRepr(t *Thread, v Value) Value {
	items := To[Tuple](v).Items()
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

func tupleHash(t *Thread, v Value) (int64, bool) { return t.hashTuple(To[Tuple](v)) }

// hashTuple is the hash of the items of a tuple.
func (t *Thread) hashTuple(x *Tuple) (int64, bool) {
	p := x.hashPlace()
	if p == nil {
		return t.hashItems(x.Items())
	}
	if *p == 0 {
		h, ok := t.hashItems(x.Items())
		if !ok {
			return 0, false
		}
		*p = uint64(h)
	}
	return int64(*p), true
}

// HashItems is the hash of a tuple with these items.
func (t *Thread) HashItems(items []Value) (int64, bool) { return t.hashItems(items) }

// hashItems is the hash of a tuple: xxHash over the items' hashes, as CPython has it, so that sets of tuples have its order.
func (t *Thread) hashItems(items []Value) (int64, bool) {
	acc := uint64(tuplePrime5)
	for _, x := range items {
		var h uint64
		switch {
		case x.IsInt():
			h = uint64(HashInt64(x.Int()))
		case x.Type() == &StrType:
			h = x.Str().HashOf()
		default:
			if x.Type().itemsHash {
				if p := To[Tuple](x).hashPlace(); p != nil && *p != 0 {
					h = *p
					break
				}
			}
			// Not hashKey, as this counts how deep tuples are nested.
			n, ok := t.Hash(x)
			if !ok {
				return 0, false
			}
			h = uint64(n)
		}
		acc = addHash(acc, h)
	}
	return int64(endHash(acc, len(items))), true
}

// The hash of a tuple is xxHash's, as in CPython.
const tuplePrime1, tuplePrime2, tuplePrime5 = 11400714785074694791, 14029467366897019727, 2870177450012600261

// addHash adds the hash of an item.
func addHash(acc, h uint64) uint64 { return bits.RotateLeft64(acc+h*tuplePrime2, 31) * tuplePrime1 }

// endHash makes the hash of n items.
func endHash(acc uint64, n int) uint64 {
	acc += uint64(n) ^ (tuplePrime5 ^ 3527539)
	if acc == 1<<64-1 {
		return 1546275796
	}
	return acc
}

func tupleCompare(t *Thread, a, b Value, op CompareOp) Value {
	if a.Type().Flags&FlagTuple == 0 || b.Type().Flags&FlagTuple == 0 {
		return NotImplemented
	}
	x, y := To[Tuple](a).Items(), To[Tuple](b).Items()
	return t.compareSeqs(&x, &y, op)
}

// CompareTuples is a op b.
func (t *Thread) CompareTuples(a, b *Tuple, op CompareOp) Value {
	if !t.deeper(" in comparison") {
		return Value{}
	}
	x, y := a.Items(), b.Items()
	v := t.compareSeqs(&x, &y, op)
	t.Depth--
	return v
}

func tupleIter(t *Thread, v Value) Value {
	return Of(&TupleIter{Head{&TupleIterType}, To[Tuple](v), 0})
}

func tupleLen(t *Thread, v Value) (int, bool) { return len(To[Tuple](v).Items()), true }

func tupleGetItem(t *Thread, v, k Value) Value {
	items := To[Tuple](v).Items()
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
		for j := range r.Items() {
			r.Items()[j] = items[start]
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
	items := To[Tuple](v).Items()
	i, ok := t.indexOf(&items, x, 0, 1<<63-1)
	return i >= 0, ok
}

func tupleConcat(t *Thread, a, b Value) Value {
	x := To[Tuple](a).Items()
	if len(x) == 0 && b.Is(&TupleType) {
		return b
	}
	if b.Type().Flags&FlagTuple == 0 {
		return t.TypeErrorf("can only concatenate tuple (not \"%s\") to tuple", b.Type().Name)
	}
	y := To[Tuple](b).Items()
	if len(y) == 0 && a.Is(&TupleType) {
		return a
	}
	if !t.HasItems(len(x) + len(y)) {
		return Value{}
	}
	r := MakeTuple(len(x) + len(y))
	copy(r.Items(), x)
	copy(r.Items()[len(x):], y)
	return Of(r)
}

func tupleRepeat(t *Thread, v Value, n int) Value {
	items := To[Tuple](v).Items()
	if (len(items) == 0 || n == 1) && v.Is(&TupleType) {
		return v
	}
	n, ok := t.repeatedLen(items, n)
	if !ok {
		return Value{}
	}
	r := MakeTuple(n)
	repeat(r.Items(), items)
	return Of(r)
}
