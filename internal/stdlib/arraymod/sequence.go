package arraymod

import (
	"bytes"
	"slices"

	"github.com/krait-py/krait/internal/object"
)

func compare(t *thread, x, y value, op object.CompareOp) value {
	if !isArray(x) || !isArray(y) {
		return object.NotImplemented
	}
	a, b := toArray(x), toArray(y)
	if (op == object.CmpEq || op == object.CmpNe) && a.len() != b.len() {
		return object.MakeBool(op == object.CmpNe)
	}
	if a.kind == b.kind && !a.kind.float && (op == object.CmpEq || op == object.CmpNe) {
		return object.MakeBool(bytes.Equal(a.b, b.b) == (op == object.CmpEq))
	}
	for i := 0; i < a.len() && i < b.len(); i++ {
		p, q := a.item(t, i), b.item(t, i)
		if p.P == nil || q.P == nil {
			return value{}
		}
		eq, ok := t.CompareBool(p, q, object.CmpEq)
		if !ok {
			return value{}
		}
		if !eq {
			switch op {
			case object.CmpEq:
				return object.False
			case object.CmpNe:
				return object.True
			}
			return t.Compare(p, q, op)
		}
	}
	n, m := a.len(), b.len()
	switch op {
	case object.CmpLt:
		return object.MakeBool(n < m)
	case object.CmpLe:
		return object.MakeBool(n <= m)
	case object.CmpGt:
		return object.MakeBool(n > m)
	case object.CmpGe:
		return object.MakeBool(n >= m)
	}
	return object.MakeBool((n == m) == (op == object.CmpEq))
}

func getItem(t *thread, v, k value) value {
	a := toArray(v)
	i := 0
	switch {
	case k.IsInt():
		i = int(k.Int())
	case k.Is(&object.SliceType):
		start, step, n, ok := object.To[object.Slice](k).IndicesIn(t, a.len)
		if !ok {
			return value{}
		}
		return object.Of(newArray(a.kind, a.sliced(start, step, n)))
	case k.Type().Index != nil:
		var ok bool
		if i, ok = t.AsIndex(k); !ok {
			return value{}
		}
	default:
		return t.TypeErrorf("array indices must be integers")
	}
	if i < 0 {
		i += a.len()
	}
	if uint(i) >= uint(a.len()) {
		return t.IndexErrorf("array index out of range")
	}
	return a.item(t, i)
}

// sliced returns a copy of n items from start on.
func (a *array) sliced(start, step, n int) []byte {
	size := a.kind.size
	if step == 1 {
		return slices.Clone(a.b[start*size : (start+n)*size])
	}
	b := make([]byte, 0, n*size)
	for range n {
		b = append(b, a.b[start*size:(start+1)*size]...)
		start += step
	}
	return b
}

func setItem(t *thread, v, k, x value) bool {
	a := toArray(v)
	switch {
	case k.Is(&object.SliceType):
		return a.setSlice(t, object.To[object.Slice](k), x)
	case k.Type().Index == nil:
		t.TypeErrorf("array indices must be integers")
		return false
	}
	i, ok := t.AsIndex(k)
	if !ok {
		return false
	}
	if i < 0 {
		i += a.len()
	}
	if uint(i) >= uint(a.len()) {
		t.IndexErrorf("array assignment index out of range")
		return false
	}
	size := a.kind.size
	if x.P == nil {
		return a.splice(t, i*size, size, nil)
	}
	var space [8]byte
	b, ok := a.kind.store(t, space[:0], x)
	if !ok {
		return false
	}
	// Converting x may have run code that changed the array.
	if i >= a.len() {
		t.IndexErrorf("array assignment index out of range")
		return false
	}
	copy(a.b[i*size:], b)
	return true
}

func (a *array) setSlice(t *thread, k *object.Slice, x value) bool {
	start, step, n, ok := k.IndicesIn(t, a.len)
	if !ok {
		return false
	}
	var src []byte
	size := a.kind.size
	if x.P != nil {
		if !isArray(x) {
			t.TypeErrorf("can only assign array (not \"%s\") to array slice", x.Type().Name)
			return false
		}
		o := toArray(x)
		if o.kind != a.kind {
			t.TypeErrorf("bad argument type for built-in operation")
			return false
		}
		src = o.b
		if o == a {
			src = slices.Clone(src)
		}
	}
	if step == 1 {
		return a.splice(t, start*size, n*size, src)
	}
	if x.P == nil {
		if n == 0 {
			return true
		}
		if !a.resizable(t) {
			return false
		}
		if step < 0 {
			start, step = start+(n-1)*step, -step
		}
		to := start * size
		for i := start; i < a.len(); i++ {
			if d := i - start; d%step == 0 && d/step < n {
				continue
			}
			to += copy(a.b[to:to+size], a.b[i*size:])
		}
		a.b = a.b[:to]
		return true
	}
	if len(src) != n*size {
		t.ValueErrorf("attempt to assign array of size %d to extended slice of size %d", len(src)/size, n)
		return false
	}
	for range n {
		copy(a.b[start*size:], src[:size])
		src = src[size:]
		start += step
	}
	return true
}

// find returns the first index of x from start up to stop, or -1.
func (a *array) find(t *thread, x value, start, stop int) (int, bool) {
	for i := start; i < stop && i < a.len(); i++ {
		y := a.item(t, i)
		if y.P == nil {
			return -1, false
		}
		eq, ok := t.CompareBool(y, x, object.CmpEq)
		if !ok {
			return -1, false
		}
		if eq {
			return i, true
		}
	}
	return -1, true
}

func contains(t *thread, v, x value) (res, ok bool) {
	i, ok := toArray(v).find(t, x, 0, 1<<63-1)
	return i >= 0, ok
}

func concat(t *thread, x, y value) value {
	if !isArray(y) {
		return t.TypeErrorf("can only append array (not \"%s\") to array", y.Type().Name)
	}
	a, b := toArray(x), toArray(y)
	if a.kind != b.kind {
		return t.TypeErrorf("bad argument type for built-in operation")
	}
	if len(a.b)+len(b.b) > maxBytes {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	return object.Of(newArray(a.kind, slices.Concat(a.b, b.b)))
}

func repeat(t *thread, v value, n int) value {
	a := toArray(v)
	n = max(n, 0)
	if len(a.b) > 0 && n > maxBytes/len(a.b) {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	return object.Of(newArray(a.kind, bytes.Repeat(a.b, n)))
}

func inConcat(t *thread, x, y value) value {
	if !isArray(y) {
		return t.TypeErrorf("can only extend array with array (not \"%s\")", y.Type().Name)
	}
	if !toArray(x).extend(t, y) {
		return value{}
	}
	return x
}

func inRepeat(t *thread, v value, n int) value {
	a := toArray(v)
	n = max(n, 0)
	if len(a.b) == 0 || n == 1 {
		return v
	}
	if !a.resizable(t) {
		return value{}
	}
	if n > maxBytes/len(a.b) {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	a.b = bytes.Repeat(a.b, n)
	return v
}

// extend appends the items of an iterable.
func (a *array) extend(t *thread, v value) bool {
	if isArray(v) {
		o := toArray(v)
		if o.kind != a.kind {
			t.TypeErrorf("can only extend with array of same kind")
			return false
		}
		if len(o.b) == 0 {
			return true
		}
		if !a.resizable(t) {
			return false
		}
		if len(a.b)+len(o.b) > maxBytes {
			t.RaiseNew(&object.MemoryErrorType)
			return false
		}
		a.b = append(a.b, o.b...)
		return true
	}
	// Items that come before one that is wrong stay.
	it := t.Iter(v)
	if it.P == nil {
		return false
	}
	for {
		x := t.Next(it)
		if x.P == nil {
			return t.Exc == nil
		}
		if !a.append(t, x) {
			return false
		}
	}
}

func (a *array) append(t *thread, x value) bool {
	var space [8]byte
	b, ok := a.kind.store(t, space[:0], x)
	if !ok || !a.resizable(t) {
		return false
	}
	a.b = append(a.b, b...)
	return true
}
