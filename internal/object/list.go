package object

// List is a list.
type List struct {
	Head
	V []Value
}

// NewList returns a list that owns the slice.
func NewList(items []Value) *List { return &List{Head{&ListType}, items} }
