package object

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
