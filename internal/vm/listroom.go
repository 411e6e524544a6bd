package vm

import (
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// The room of lists, sets and dicts that comprehensions make. Their iterators mostly know how many items they have left.

const (
	// maxSized is for how many items a list gets room at once.
	maxSized = 1 << 14
	// firstRoom is the room of a list that has got its first item, if nothing is known: most lists that grow become longer than one or two.
	firstRoom = 8
	// minFirst is the least room that a list gets unless it cannot need it, maxFirst the most that one item and what is known of the iterators give a
	// list, maxGrowth how many times as much as it has a list gets later: what has been left out so far does not say much about what will be.
	minFirst  = 4
	maxFirst  = 16
	maxGrowth = 8
)

// opSizedList makes a list that will have an item for each that an iterator has left.
func opSizedList(t *Thread, fp ptr, w uint64) bool {
	_, left, _ := progress(*regB(fp, w))
	if fieldX(w)&lift.Own != 0 {
		x := aux(t).collections.list(min(left, maxSized))
		if fieldX(w)&lift.Lone != 0 {
			aux(t).lone.note(ptr(x))
		}
		*regA(fp, w) = object.Of(x)
		return true
	}
	x := object.MakeList(min(left, maxSized))
	x.V = x.V[:0]
	*regA(fp, w) = object.Of(x)
	return true
}

func opListAppend(t *Thread, fp ptr, w uint64) bool {
	a := regA(fp, w)
	l := object.To[object.List](*a)
	if n := len(l.V); n == cap(l.V) {
		if room := roomFor(n, span(next(a), fieldC(w))); room > 0 {
			l.Reserve(room)
		} else if n == 0 {
			l.Reserve(firstRoom)
		}
	}
	l.Append(*regB(fp, w))
	return true
}

// roomFor returns how much room to give a list that has n items and gets one more, to which the iterators of nested loops, the outermost first, have
// led. It is 0 if they do not tell how far they are.
func roomFor(n int, iters []Value) int {
	if n == 0 && len(iters) == 1 && iters[0].P != nil {
		if d, left, ok := progress(iters[0]); ok && d == 1 {
			return min(1+left, maxFirst) // what comes out below, without dividing
		}
	}
	part, done, all := 1.0, 0.0, 1.0 // done is the part of all steps that have been made
	for i, it := range iters {
		if it.P == nil {
			return 0
		}
		d, left, ok := progress(it)
		if !ok || d == 0 {
			return 0
		}
		total := float64(d + left)
		if i < len(iters)-1 {
			d-- // what is done with this one goes on
		}
		all *= total
		part /= total
		done += part * float64(d)
	}
	if len(iters) == 0 {
		return 0
	}
	most := float64(n+1) + all*(1-done)
	likely := float64(n+1) / done
	if n > 0 {
		likely += likely / 8
	}
	limit := max(maxFirst, maxGrowth*n)
	if n > maxSized/maxGrowth {
		limit = 2 * n
	}
	return max(int(min(max(likely, minFirst), most, float64(limit))+0.5), n+1)
}
