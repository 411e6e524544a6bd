package code

import "iter"

// Objects yields the code objects among the constants, in their order, one
// that is there several times that often. These are what dis descends into.
func (o *Object) Objects() iter.Seq[*Object] {
	return func(yield func(*Object) bool) { o.objects(yield) }
}

func (o *Object) objects(yield func(*Object) bool) {
	for i := range o.Consts.Len() {
		if inner, ok := o.Consts.Items[i].(*Object); ok && inner != nil && !yield(inner) {
			return
		}
	}
}

// All yields o and all the code objects below it, outer before inner ones and
// otherwise in the order of the constants. It looks into containers as well,
// and yields each object once, however often and in whatever circles it is
// referred to.
func (o *Object) All() iter.Seq[*Object] {
	return func(yield func(*Object) bool) { o.all(yield) }
}

func (o *Object) all(yield func(*Object) bool) {
	// Whatever can hold values is pushed once, so the stack and the set grow
	// with the values that exist, not with the paths that lead to them.
	seen := map[Value]bool{}
	stack := []Value{o}
	push := func(items ...Value) {
		for i := len(items) - 1; i >= 0; i-- {
			switch v := items[i].(type) {
			case *Object, *Tuple, *List, *Set, *Dict, *Slice:
				stack = append(stack, v)
			}
		}
	}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[v] {
			continue
		}
		seen[v] = true
		switch v := v.(type) {
		case *Object:
			if v == nil {
				continue
			}
			if !yield(v) {
				return
			}
			if v.Consts != nil {
				push(v.Consts)
			}
		case *Tuple:
			push(v.Items...)
		case *List:
			push(v.Items...)
		case *Set:
			push(v.Items...)
		case *Dict:
			push(v.Values...)
			push(v.Keys...)
		case *Slice:
			push(v.Start, v.Stop, v.Step)
		}
	}
}
