package itertoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

type pairwise struct {
	object.Head
	it, old value
	object.Attrs
}

type batched struct {
	object.Head
	it     value // no value: at the end
	n      int
	strict bool
	object.Attrs
}

var pairwiseType, batchedType class

func setupWindow() {
	define(&pairwiseType, "pairwise", "(iterable, /)", "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...",
		unsafe.Offsetof(pairwise{}.Attrs), pairwiseNext, plain(&pairwiseType, 1, func(t *thread, cls *class, a []value) value {
			it := t.Iter(a[0])
			if it.P == nil {
				return it
			}
			x := &pairwise{it: it}
			return finish(cls, &x.Head)
		}))
	pairwiseType.NextPair = pairwisePair
	define(&batchedType, "batched", "(iterable, n, *, strict=False)", "Batch data into tuples of length n. The last batch may be shorter than n.\n\nLoops over the input iterable and accumulates data into tuples\nup to size n.",
		unsafe.Offsetof(batched{}.Attrs), batchedNext, object.Constructor("batched", "(iterable, n, *, strict=False)", func(t *thread, cls *class, a []value) value {
			x := &batched{}
			var ok bool
			if x.n, ok = t.AsSize(a[1]); !ok {
				return value{}
			}
			if a[2].P != nil {
				if x.strict, ok = t.IsTrue(a[2]); !ok {
					return value{}
				}
			}
			if x.n < 1 {
				return t.ValueErrorf("n must be at least one")
			}
			if x.it = t.Iter(a[0]); x.it.P == nil {
				return value{}
			}
			return finish(cls, &x.Head)
		}))
}

func pairwisePair(t *thread, v value) (old, x value, found bool) {
	p := object.To[pairwise](v)
	it := p.it
	if it.P == nil {
		return value{}, value{}, true
	}
	if p.old.P == nil {
		old = step(t, it)
		if old.P == nil {
			p.it = value{}
			return old, old, true
		}
		p.old = old
		if it = p.it; it.P == nil {
			p.old = value{}
			return value{}, value{}, true
		}
	}
	old = p.old
	if x = t.Step(it); x.P == nil {
		p.it, p.old = value{}, value{}
		return x, x, true
	}
	p.old = x
	return old, x, true
}

func pairwiseNext(t *thread, v value) value {
	old, x, _ := pairwisePair(t, v)
	if x.P == nil {
		return x
	}
	r := object.MakeTuple(2)
	r.Items()[0], r.Items()[1] = old, x
	return object.Of(r)
}

func batchedNext(t *thread, v value) value {
	b := object.To[batched](v)
	if b.it.P == nil {
		return value{}
	}
	it := b.it // stays, even if stepping it steps b
	var items []value
	if b.n <= 32 {
		// A tuple that is made too large for the last batch is no loss.
		r := object.MakeTuple(b.n)
		for i := range r.Items() {
			x := t.Step(it)
			if x.P == nil {
				return b.last(t, r.Items()[:i])
			}
			r.Items()[i] = x
		}
		return object.Of(r)
	}
	// n says little of how many there are: batches are often larger than what is to be batched.
	items = make([]value, 0, 64)
	for len(items) < b.n {
		x := t.Step(it)
		if x.P == nil {
			return b.last(t, items)
		}
		items = append(items, x)
	}
	return object.Of(object.NewTuple(items...))
}

// last is the batch that the end of the iterable leaves.
func (b *batched) last(t *thread, items []value) value {
	if t.Exc != nil && !ended(t) {
		b.it = value{}
		return value{}
	}
	b.it = value{}
	if len(items) == 0 {
		return value{}
	}
	if b.strict {
		return t.ValueErrorf("batched(): incomplete batch")
	}
	return object.Of(object.NewTuple(items...))
}
