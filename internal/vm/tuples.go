package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// Methods compare and hash objects by making tuples of their attributes: (a.x, a.y) < (b.x, b.y), hash((self.x, self.y)). Nobody else sees these
// tuples, as the lifter says in the words that make them. Those that are compared are a thread's, to be used again; for hash none is made.

// lentTuples are a thread's tuples of up to so many items. Those of comparisons that came to nothing, because of an exception, seem to be in
// use until all of their length are.
type lentTuples [5][4]struct {
	tuple *object.Tuple
	busy  bool
}

// take returns a tuple with the items.
func (l *lentTuples) take(items []Value) *object.Tuple {
	if len(items) == 0 || len(items) >= len(l) {
		return object.NewTuple(items...)
	}
	row := &l[len(items)]
	for i := range row {
		if x := &row[i]; !x.busy {
			if x.tuple == nil {
				x.tuple = object.MakeTuple(len(items))
			}
			x.busy = true
			for i := range items { // there are so few that a loop takes less than copy
				*x.tuple.At(i) = items[i]
			}
			return x.tuple
		}
	}
	clear(row[:])
	return l.take(items)
}

// drop takes back a tuple, if it is one of these.
func (l *lentTuples) drop(p *object.Tuple) {
	n := p.Len()
	if n >= len(l) {
		return
	}
	row := &l[n]
	for i := range row {
		if x := &row[i]; x.tuple == p && x.busy {
			for j := range n {
				*p.At(j) = Value{}
			}
			x.busy = false
			return
		}
	}
}

// compareTuple compares a tuple with something. The elements' methods see elements only, so that tuples that have been made for this are free then.
func compareTuple(t *Thread, a, b Value, op object.CompareOp) Value {
	if b.Type() != &object.TupleType {
		return t.Compare(a, b, op)
	}
	x, y := object.To[object.Tuple](a), object.To[object.Tuple](b)
	v := t.CompareTuples(x, y, op)
	l := &aux(t).tuples
	l.drop(x)
	l.drop(y)
	return v
}

// lookUp does the next word, which looks for a tuple of the items, or in it if searched says so. Where it is looked for in a dict or a set, or is what is
// looked through, nobody can have kept the tuple if no exception has been raised and no method in Python called: then it serves the next time.
func lookUp(t *Thread, fp ptr, w uint64, searched bool, items []Value) (done, ok bool) {
	next := *(*uint64)(ipOf(t))
	var in, key int
	switch lift.Op(next) {
	case lift.Subscr:
		in, key = fieldB(next), fieldC(next)
	case lift.Contains:
		in, key = fieldC(next), fieldB(next)
	case lift.JumpIn, lift.JumpNotIn:
		in, key = fieldB(next), regOf(next)
	default:
		return false, false
	}
	n := len(items)
	keys := &aux(t).keys
	if n >= len(keys) {
		return false, false
	}
	if searched {
		if in != regOf(w) {
			return false, false
		}
	} else if cls := (*Value)(unsafe.Add(fp, in)).Type(); key != regOf(w) || cls != &object.DictType && cls != &object.SetType && cls != &object.FrozenSetType {
		return false, false
	}
	p := keys[n]
	if keys[n] = nil; p == nil {
		p = object.MakeTuple(n)
	}
	for i := range items {
		*p.At(i) = items[i]
	}
	*regA(fp, w) = object.Of(p)
	t.IP += wordSize
	runs := t.Runs
	if ok = slow[uint8(next)](t, fp, next); ok && t.Runs == runs {
		for i := range n {
			*p.At(i) = Value{}
		}
		keys[n] = p
	}
	return true, ok
}

// handed does the next word, which returns or yields a tuple of the items, and the caller's, if that is to take the tuple apart: then there is none.
// In between nothing runs that could see it.
func handed(t *Thread, fp ptr, reg int, items []Value) bool {
	w := *(*uint64)(ipOf(t))
	if watched(t) || len(items) > maxHanded {
		return false
	}
	r := (*object.Record)(unsafe.Add(asPtr(&t.Frame), -int(recordSize)))
	ip := asPtr(&r.IP)
	back := word(ip)
	switch {
	case lift.Op(w) == lift.Return && regOf(w) == reg:
		if *flagsOf(fp) != 0 || !takes(*(*uint64)(ip), lift.UnpackSole, regOf(back), len(items)) {
			return false
		}
	case lift.Op(w) == lift.Yield && fieldB(w) == reg && *flagsOf(fp) == flagGen:
		g := genOf(fp)
		if g.exc.Prev != nil || fieldC(w) != 0 && g.young == 0 {
			return false
		}
		switch lift.Op(back) {
		case lift.ForIterBack:
			ip = skip(ip, immC(back))
		case lift.ForIter:
		default:
			return false
		}
		if !takes(*(*uint64)(ip), lift.UnpackLooped, regOf(back), len(items)) {
			return false
		}
		g.ip = t.IP + wordSize
		g.state = genSuspended
	default:
		return false
	}
	// The callee's frame may lie where the caller wants the items.
	var kept [maxHanded]Value
	items = kept[:copy(kept[:], items)]
	t.Frame -= recordSize
	t.IP, t.FP = uintptr(skip(ip, 1)), r.FP
	fp = fpOf(t)
	switch w = *(*uint64)(ip); lift.Op(w) {
	case lift.Unpack2:
		*regA(fp, w), *regB(fp, w) = items[0], items[1]
	case lift.UnpackTo:
		spread(t, fp, w, items)
	default:
		unpack(regA(fp, w), items)
	}
	return true
}

// maxHanded is how many items handed takes.
const maxHanded = 8

// takes reports whether a word takes n items apart that are in a register, of which known is known.
func takes(w uint64, known uint, reg, n int) bool {
	if fieldX(w) != known {
		return false
	}
	switch lift.Op(w) {
	case lift.Unpack2:
		return n == 2 && fieldC(w) == reg
	case lift.UnpackTo, lift.Unpack:
		return n == fieldC(w) && n > 0 && fieldB(w) == reg
	}
	return false
}

// maxClasses is how many classes isinstance asks without a tuple of them.
const maxClasses = 8

// tupleFor does what is to be done for a tuple of the items whose use is known. Not done: the tuple has to be made.
func tupleFor(t *Thread, fp ptr, w uint64, use uint, items []Value) (done, ok bool) {
	if use == lift.TupleCompared {
		*regA(fp, w) = object.Of(aux(t).tuples.take(items))
		return true, true
	}
	if use == lift.TupleKey || use == lift.TupleSearched {
		return lookUp(t, fp, w, use == lift.TupleSearched, items)
	}
	if use == lift.TupleHanded {
		return handed(t, fp, regOf(w), items), true
	}
	call := *(*uint64)(ipOf(t))
	if op := lift.Op(call); op != lift.Call && op != lift.CallGen {
		return false, false
	}
	f := regB(fp, call)
	if f.Type() != &object.BuiltinType {
		return false, false
	}
	b := object.To[object.Builtin](*f)
	switch def := b.Def; {
	case use == lift.TupleCalled && def == HashDef:
		t.IP += wordSize // it is the call that fails, if an item has no hash
		h, ok := t.HashItems(items)
		if ok {
			*regA(fp, call) = object.MakeInt(h)
		}
		return true, ok
	case use == lift.TupleSecond && def == IsInstanceDef && len(items) <= maxClasses:
		t.IP += wordSize
		// What is asked may be a class's method in Python, whose frame lies where these temporaries are.
		var classes [maxClasses]Value
		is, ok := t.InstanceOfAny(*next(f), classes[:copy(classes[:], items)])
		if ok {
			*regA(fp, call) = object.MakeBool(is)
		}
		return true, ok
	case use == lift.TupleSecond:
		if v := object.TupleByNew(b, *next(f), items); v.P != nil {
			t.IP += wordSize
			*regA(fp, call) = v
			return true, true
		}
	}
	return false, false
}
