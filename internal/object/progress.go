package object

// Progress returns how many items an iterator has yielded and how many it has left, as far as that can be told without running any code: of
// builtin iterators, and of those that stand on such ones. It may be wrong when what is iterated over changes; it is for guesses of how much room a
// collection needs.
func Progress(it Value) (done, left int, ok bool) { return progress(it, 4) }

// progress looks at no more iterators below each other than depth.
func progress(it Value, depth int) (done, left int, ok bool) {
	switch it.Type() {
	case &ListIterType:
		if x := To[ListIter](it); x.List != nil {
			done, left = x.Index, len(x.List.V)-x.Index
		}
	case &TupleIterType:
		if x := To[TupleIter](it); x.Tuple != nil {
			done, left = x.Index, x.Tuple.Len()-x.Index
		}
	case &RangeIterType:
		x := To[RangeIter](it)
		done, left = int(x.Len-x.Left), int(x.Left)
	case &StrASCIIIterType, &StrIterType:
		if x := To[StrIter](it); x.Str != nil {
			done, left = x.Index, x.Str.Len()-x.Index
		}
	case &SetIterType:
		x := To[SetIter](it)
		done, left = x.Used-x.Left, x.Left
	case &DictKeyIterType, &DictValueIterType, &DictItemIterType:
		x := To[DictIter](it)
		done, left = x.Used-x.Left, x.Left
	case &EnumerateType:
		if depth > 0 {
			return progress(To[Enumerate](it).Iter, depth-1)
		}
	case &ZipType:
		if x := To[Zip](it); depth > 0 && len(x.Iters) > 0 {
			for i, y := range x.Iters {
				d, l, ok := progress(y, depth-1)
				if !ok {
					return 0, 0, false
				}
				if i == 0 || l < left {
					done, left = d, l
				}
			}
		}
	}
	return done, left, done >= 0 && left >= 0 && done+left > 0
}
