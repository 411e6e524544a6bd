package object

// What package vm calls and is not written yet: each goes to the file of its type.

func NewAnextDefault(t *Thread, v, def Value) Value { return v }
