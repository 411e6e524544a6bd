package flowgraph

import (
	"math"
	"strings"

	"github.com/krait-py/krait/code"
)

// sequenceOp returns a op b where one at least is no number: sums and products of
// str, bytes and tuples.
func sequenceOp(op int32, a, b code.Value) code.Value {
	switch op {
	case opAdd:
		switch a := a.(type) {
		case *code.Str:
			if b, ok := b.(*code.Str); ok {
				return &code.Str{S: a.S + b.S}
			}
		case *code.Bytes:
			if b, ok := b.(*code.Bytes); ok {
				return &code.Bytes{S: a.S + b.S}
			}
		case *code.Tuple:
			if b, ok := b.(*code.Tuple); ok {
				return &code.Tuple{Items: append(append([]code.Value(nil), a.Items...), b.Items...)}
			}
		}
	case opMultiply:
		if rank(a) == rankInt {
			return repeat(b, intOf(a))
		}
		if rank(b) == rankInt {
			return repeat(a, intOf(b))
		}
	}
	return nil
}

// repeat returns v * n.
func repeat(v code.Value, n *code.Int) code.Value {
	times := n.V
	if n.Big != nil {
		return nil // there are no sizes like that
	}
	fits := func(size, most int) bool { return size == 0 || 0 <= times && times <= int64(most/size) }
	switch v := v.(type) {
	case *code.Str:
		if !fits(runes(v.S), maxText) {
			return nil
		}
		return &code.Str{S: repeatText(v.S, times)}
	case *code.Bytes:
		if !fits(len(v.S), maxText) {
			return nil
		}
		return &code.Bytes{S: repeatText(v.S, times)}
	case *code.Tuple:
		size := len(v.Items)
		if !fits(size, maxRepeat) || size > 0 && times > 0 && itemsLeft(v, maxItems/int(times)) < 0 {
			return nil
		}
		if size == 0 {
			return v
		}
		items := make([]code.Value, 0, size*int(times))
		for range times {
			items = append(items, v.Items...)
		}
		return &code.Tuple{Items: items}
	}
	return nil
}

func repeatText(s string, n int64) string {
	if s == "" || n <= 0 {
		return ""
	}
	return strings.Repeat(s, int(n))
}

// itemsLeft takes the number of items of v, a tuple or not, and of all tuples in
// it from left; it stops when that is negative.
func itemsLeft(v code.Value, left int) int {
	t, ok := v.(*code.Tuple)
	if !ok {
		return left
	}
	left -= len(t.Items)
	for _, item := range t.Items {
		if left < 0 {
			break
		}
		left = itemsLeft(item, left)
	}
	return left
}

// runes returns the number of characters of s, in which lone surrogates have
// three bytes each.
func runes(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// starts returns the offsets of the characters of s, and its length.
func starts(s string) []int {
	at := make([]int, 0, len(s)+1)
	for i := range len(s) {
		if s[i]&0xc0 != 0x80 {
			at = append(at, i)
		}
	}
	return append(at, len(s))
}

// subscript returns v[key].
func subscript(v, key code.Value) code.Value {
	if slice, ok := key.(*code.Slice); ok {
		return subsequence(v, slice)
	}
	if rank(key) != rankInt {
		return nil
	}
	n := intOf(key)
	if n.Big != nil {
		return nil
	}
	i := n.V
	within := func(size int) bool {
		if i < 0 {
			i += int64(size)
		}
		return 0 <= i && i < int64(size)
	}
	switch v := v.(type) {
	case *code.Str:
		if at := starts(v.S); within(len(at) - 1) {
			return &code.Str{S: v.S[at[i]:at[i+1]]}
		}
	case *code.Bytes:
		if within(len(v.S)) {
			return &code.Int{V: int64(v.S[i])}
		}
	case *code.Tuple:
		if within(len(v.Items)) {
			return v.Items[i]
		}
	}
	return nil
}

// subsequence returns v[slice].
func subsequence(v code.Value, slice *code.Slice) code.Value {
	switch v := v.(type) {
	case *code.Str:
		at := starts(v.S)
		start, step, n, ok := indices(slice, len(at)-1)
		if !ok {
			return nil
		}
		var b strings.Builder
		for k := range n {
			i := start + k*step
			b.WriteString(v.S[at[i]:at[i+1]])
		}
		return &code.Str{S: b.String()}
	case *code.Bytes:
		start, step, n, ok := indices(slice, len(v.S))
		if !ok {
			return nil
		}
		b := make([]byte, n)
		for k := range b {
			b[k] = v.S[start+k*step]
		}
		return &code.Bytes{S: string(b)}
	case *code.Tuple:
		start, step, n, ok := indices(slice, len(v.Items))
		if !ok {
			return nil
		}
		items := make([]code.Value, n)
		for k := range items {
			items[k] = v.Items[start+k*step]
		}
		return &code.Tuple{Items: items}
	}
	return nil
}

// indices returns the first index, the step and the number of indices that a slice
// selects from a sequence of that size; false if it is not made of integers or has
// step 0.
func indices(slice *code.Slice, size int) (start, step, n int, ok bool) {
	const most = math.MaxInt32 // as good as any number beyond a constant's size
	index := func(v code.Value, none int) (int, bool) {
		if _, ok := v.(*code.NoneType); ok {
			return none, true
		}
		if rank(v) != rankInt {
			return 0, false
		}
		i := intOf(v)
		switch {
		case i.Big != nil && isNegative(i):
			return -most, true
		case i.Big != nil:
			return most, true
		}
		return int(max(-most, min(i.V, most))), true
	}
	step, ok = index(slice.Step, 1)
	if !ok || step == 0 {
		return 0, 0, 0, false
	}
	low, high := 0, size // what the ends are held to
	first, last := 0, most
	if step < 0 {
		low, high = -1, size-1
		first, last = most, -most
	}
	start, ok1 := index(slice.Start, first)
	stop, ok2 := index(slice.Stop, last)
	if !ok1 || !ok2 {
		return 0, 0, 0, false
	}
	for _, end := range [2]*int{&start, &stop} {
		if *end < 0 {
			*end += size
		}
		*end = max(low, min(*end, high))
	}
	switch {
	case step > 0 && start < stop:
		n = (stop-start-1)/step + 1
	case step < 0 && stop < start:
		n = (start-stop-1)/-step + 1
	}
	return start, step, n, true
}
