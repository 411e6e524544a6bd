package object

import "sort"

func listSort(t *Thread, a []Value) Value {
	reverse := false
	if a[2].P != nil {
		var ok bool
		if reverse, ok = t.IsTrue(a[2]); !ok {
			return Value{}
		}
	}
	return t.noneIf(Sort(t, To[List](a[0]), fill(a[1]), reverse))
}

// Sort sorts a list in place by a key function, or None.
func Sort(t *Thread, l *List, key Value, reversed bool) bool {
	type item struct{ k, v Value }
	items := make([]item, len(l.V))
	for i, v := range l.V {
		k := v
		if !key.IsNone() {
			if k = t.CallArgs(key, v); k.P == nil {
				return false
			}
		}
		items[i] = item{k, v}
	}
	ok := true
	sort.SliceStable(items, func(i, j int) bool {
		if !ok {
			return false
		}
		if reversed {
			i, j = j, i
		}
		lt, good := t.CompareBool(items[i].k, items[j].k, CmpLt)
		ok = ok && good
		return lt
	})
	for i := range items {
		l.V[i] = items[i].v
	}
	return ok
}
