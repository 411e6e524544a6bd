package vm

import "github.com/krait-py/krait/internal/object"

// asyncValue wraps what an asynchronous generator yields, so that it differs from what awaiting passes through.
type asyncValue struct {
	object.Head
	v Value
}

var asyncValueType object.Type

func wrapAsync(v Value) Value {
	return object.Of(&asyncValue{object.Head{Type: &asyncValueType}, v})
}
