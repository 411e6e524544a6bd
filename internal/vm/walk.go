package vm

import "github.com/krait-py/krait/internal/object"

// Lists and tuples that loops walk along without an iterator: the payload of the loop's register, which objects do not use, is the index of the next
// item. Package lift sees to it that only the words of loops look at such a register.

// walked is the index when a list has come to its end: items that are added later are not looked at.
const walked = 1<<64 - 1

// walkable reports whether a loop over v needs no iterator.
func walkable(v Value) bool { return v.Is(&object.ListType) || v.Is(&object.TupleType) }

// walk returns the next item, or no value.
func walk(r *Value) (v Value) {
	items := walkItems(*r)
	if i := r.B; i < uint64(len(items)) {
		r.B++
		return items[i]
	}
	r.B = walked
	return Value{}
}

func walkItems(v Value) []Value {
	if v.Is(&object.ListType) {
		return object.To[object.List](v).V
	}
	return object.To[object.Tuple](v).Items()
}

// progress is object.Progress of what is in the register of a loop.
func progress(v Value) (done, left int, ok bool) {
	if !walkable(v) {
		return object.Progress(v)
	}
	n := len(walkItems(v))
	done = int(min(v.B, uint64(n)))
	return done, n - done, n > 0
}
