package object

// Union is a union of types: int | str.
type Union struct {
	Head
	Args *Tuple
}

// UnionOf is a | b for types.
func (t *Thread) UnionOf(a, b Value) Value { return NotImplemented }
