package object

// Sink is what gets the values of a generator while that goes on running: a builtin that uses up an iterable has no need to suspend the generator,
// leave the evaluation loop and enter it again for each item, as long as nothing can tell the difference.
type Sink interface {
	// Take takes an item. False: taking it may run Python code, which would find the generator running, or fails, or no more items are wanted. Then it has
	// done nothing, and the generator is suspended before somebody else sees to the item.
	Take(t *Thread, x Value) bool
}

// The kinds of sinks that threads keep.
const (
	SpareSum = iota
	SpareExtreme
	SpareKinds
)

// maxSpareSinks is how many sinks of a kind a thread keeps: as many as are in use at once inside each other, mostly.
const maxSpareSinks = 8

// SpareSink takes a sink of a kind that is not in use; nil: there is none.
func (t *Thread) SpareSink(kind int) Sink {
	s := t.Spare[kind]
	if len(s) == 0 {
		return nil
	}
	t.Spare[kind] = s[:len(s)-1]
	return s[len(s)-1]
}

// KeepSink gives back a sink, which is empty.
func (t *Thread) KeepSink(kind int, s Sink) {
	if len(t.Spare[kind]) < maxSpareSinks {
		t.Spare[kind] = append(t.Spare[kind], s)
	}
}

// MayDrain reports whether items of an iterable may come from a generator that a sink can be given to: from the iterable itself or from an instance's
// method __iter__.
func MayDrain(v Value) bool { return v.Type() == &GeneratorType || v.Type().Flags&FlagHeap != 0 }

// NextInto is Next for an iterator whose items go to a sink, as far as it takes them from a generator: it returns the first item that has not been taken.
func (t *Thread) NextInto(it Value, sink Sink) Value {
	if sink == nil || it.Type() != &GeneratorType {
		return t.Next(it)
	}
	if t.Depth++; t.Depth > maxGoDepth {
		t.Depth--
		return t.Raisef(&RecursionErrorType, "maximum recursion depth exceeded")
	}
	v := t.Interp.Drain(t, it, sink)
	t.Depth--
	if v.P == nil && t.Exc != nil && t.Exc.Type.IsSubtype(&StopIterationType) {
		t.Exc = nil
	}
	return v
}

// Harmless reports whether hashing a value, and comparing it with others for which that is true, runs no Python code and does not fail.
func Harmless(v Value) bool {
	if isTag(v.P) {
		return true
	}
	switch v.Type() {
	case &StrType, &IntType, &BytesType:
		return true
	case &TupleType:
		for _, x := range To[Tuple](v).Items() {
			if !isTag(x.P) && x.Type() != &StrType {
				return false
			}
		}
		return true
	}
	return false
}

// quietKeys reports whether two keys may be compared. While Thread.quiet is set, only those are that need no Python code for it.
func (t *Thread) quietKeys(a, b Value) bool { return !t.quiet || Harmless(a) && Harmless(b) }

// setSink is a set that items are added to.
type setSink Set

// Take implements [Sink].
func (s *setSink) Take(t *Thread, x Value) bool {
	if !Harmless(x) {
		return false
	}
	t.quiet = true
	ok := (*Set)(s).Add(t, x)
	t.quiet = false
	return ok
}

// pairSink is a dict that gets pairs of keys and values.
type pairSink struct {
	d *Dict
	n int // how many there have been
}

// Take implements [Sink].
func (p *pairSink) Take(t *Thread, x Value) bool {
	if x.Type() != &TupleType || To[Tuple](x).Len() != 2 {
		return false
	}
	pair := To[Tuple](x).Items()
	if !Harmless(pair[0]) {
		return false
	}
	t.quiet = true
	ok := p.d.Set(t, pair[0], pair[1])
	t.quiet = false
	if ok {
		p.n++
	}
	return ok
}

// countSink is a dict that counts items.
type countSink Dict

// Take implements [Sink].
func (d *countSink) Take(t *Thread, x Value) bool {
	if !Harmless(x) {
		return false
	}
	t.quiet = true
	h, _ := t.hashKey(x)
	i, slot, ok := (*Dict)(d).search(t, x, h)
	t.quiet = false
	return ok && (*Dict)(d).incrementAt(x, h, i, slot)
}

// listSink is a list that items are appended to.
type listSink List

// Take implements [Sink].
func (l *listSink) Take(t *Thread, x Value) bool {
	(*List)(l).Append(x)
	return true
}
