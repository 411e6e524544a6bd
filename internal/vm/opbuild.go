package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

func opBuildTuple(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	items := span(regB(fp, w), fieldC(w))
	if x := fieldX(w); x != 0 {
		if done, ok := tupleFor(t, fp, w, x, items); done {
			return ok
		}
	}
	*regA(fp, w) = object.Of(object.NewTuple(items...))
	return true
}

func opTuple2(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b, c := *regB(fp, w), *regC(fp, w)
	if x := fieldX(w); x != 0 {
		items := [2]Value{b, c}
		if done, ok := tupleFor(t, fp, w, x, items[:]); done {
			return ok
		}
	}
	*regA(fp, w) = object.Of(object.MakePair(b, c))
	return true
}

func opBuildList(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	if fieldX(w) == lift.BuiltForTuple || forArguments(ipOf(t), regOf(w)) {
		l := aux(t).args.take()
		l.V = append(l.V, span(regB(fp, w), fieldC(w))...)
		*regA(fp, w) = object.Of(l)
		return true
	}
	items := span(regB(fp, w), fieldC(w))
	if fieldX(w)&lift.Own != 0 {
		l := aux(t).collections.list(len(items))
		l.V = append(l.V, items...)
		if fieldX(w)&lift.Lone != 0 {
			aux(t).lone.note(ptr(l))
		}
		*regA(fp, w) = object.Of(l)
		return true
	}
	*regA(fp, w) = object.Of(object.CopyList(items))
	return true
}

func opBuildSet(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	if fieldX(w)&lift.Own != 0 {
		s := aux(t).collections.set()
		for _, x := range span(regB(fp, w), fieldC(w)) {
			if !s.Add(t, x) {
				return false
			}
		}
		if fieldX(w)&lift.Lone != 0 {
			aux(t).lone.note(ptr(s))
		}
		*regA(fp, w) = object.Of(s)
		return true
	}
	return put(fp, w, object.MakeSet(t, span(regB(fp, w), fieldC(w)), false))
}

func opBuildMap(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	n := fieldC(w)
	if n == 0 && mergedForCall(t, regA(fp, w), fp) {
		*regA(fp, w) = noKeywords
		return true
	}
	if n == 0 && displayed(t, regA(fp, w), fp) {
		return true
	}
	d := object.MakeDict(t, span(regB(fp, w), 2*n))
	if d == nil {
		return false
	}
	*regA(fp, w) = object.Of(d)
	return true
}

// displayed makes the dict of a display that begins with another one, {**d, 'k': x}: a copy of that, and skips the word that would add its items. It does nothing, and
// returns false, elsewhere. What comes behind **d is a dict of its own, as it was: {**d, **(m := {'k': x})} keeps it.
func displayed(t *Thread, a *Value, fp ptr) bool {
	w := *(*uint64)(ipOf(t))
	if lift.Op(w) != lift.DictUpdate {
		return false
	}
	from := regB(fp, w)
	if regA(fp, w) != a || from == a || !from.Is(&object.DictType) {
		return false // code by hand may add the new dict to itself
	}
	*a = object.Of(object.To[object.Dict](*from).Copy())
	t.IP += wordSize
	return true
}

func opBuildString(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	parts := span(regB(fp, w), fieldC(w))
	for i, p := range parts {
		if !p.IsStr() && !object.IsPart(p) {
			t.TypeErrorf("sequence item %d: expected str instance, %s found", i, p.Type().Name)
			return false
		}
	}
	if fieldX(w)&lift.Fleeting != 0 {
		return put(fp, w, t.FleetingParts(parts))
	}
	return put(fp, w, object.JoinParts(t, parts))
}

func opBuildInterpolation(t *Thread, fp ptr, w uint64) bool {
	b, x := regB(fp, w), fieldX(w)
	spec := object.EmptyStr
	if x&1 != 0 {
		spec = *nth(b, 2)
	}
	conv := object.None
	switch x >> 2 {
	case 1:
		conv = object.MakeChar('s')
	case 2:
		conv = object.MakeChar('r')
	case 3:
		conv = object.MakeChar('a')
	}
	return put(fp, w, object.NewInterpolation(*b, *next(b), conv, spec))
}

func opBuildTemplate(t *Thread, fp ptr, w uint64) bool {
	return put(fp, w, object.NewTemplate(*regB(fp, w), *regC(fp, w)))
}

func opListExtend(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := *regB(fp, w)
	l := object.To[object.List](*regA(fp, w))
	if b.Type().Iter == nil && b.Type().GetItem == nil {
		t.TypeErrorf("Value after * must be an iterable, not %s", b.Type().Name)
		return false
	}
	if cap(l.V) == 0 {
		if n, ok := plainLen(b); ok {
			if more := moreItems(t, fp, regOf(w)); more > 0 {
				l.Reserve(n + more)
			}
		}
	}
	return object.ListExtend(t, l, b)
}

// moreItems guesses how many more items the list in a register gets by the next two words, as in [*x, y].
func moreItems(t *Thread, fp ptr, reg int) int {
	c := codeOf(fp)
	i := wordIndex(c, t.IP) + 1 // of the next word, which may be the last one
	for k, w := range c.Words[i:min(i+2, len(c.Words))] {
		if op := lift.Op(w); (op == lift.ListAppend || op == lift.ListExtend) && regOf(w) == reg {
			n := 2
			if op == lift.ListExtend && k == 0 {
				n, _ = plainLen(*regB(fp, w))
			}
			return n
		}
	}
	return 0
}

// plainLen returns how many items a list or a tuple has.
func plainLen(v Value) (int, bool) {
	switch v.Type() {
	case &object.ListType, &object.TupleType:
		return len(walkItems(v)), true
	}
	return 0, false
}

func opSetAdd(t *Thread, fp ptr, w uint64) bool {
	a, x := regA(fp, w), *regB(fp, w)
	if s := object.To[object.Set](*a); s.Full() {
		if room := roomFor(s.Len(), span(next(a), fieldC(w))); room > 0 {
			s.Reserve(room, x)
		}
	}
	return object.SetAdd(t, *a, x)
}

func opSetUpdate(t *Thread, fp ptr, w uint64) bool {
	return object.SetUpdate(t, *regA(fp, w), *regB(fp, w))
}

func opMapAdd(t *Thread, fp ptr, w uint64) bool {
	a, k, v := regA(fp, w), *regB(fp, w), *regC(fp, w)
	d := object.To[object.Dict](*a)
	if d.Full() {
		if room := roomFor(d.Len(), span(next(a), int(fieldX(w)))); room > 0 {
			d.Reserve(room, k, v)
		}
	}
	return d.Set(t, k, v)
}

func opDictUpdate(t *Thread, fp ptr, w uint64) bool {
	d := object.To[object.Dict](*regA(fp, w))
	if !object.DictUpdate(t, d, *regB(fp, w)) {
		if e := t.Catch(&object.AttributeErrorType); e != nil {
			t.TypeErrorf("'%s' object is not a mapping", regB(fp, w).Type().Name)
		}
		return false
	}
	return true
}

func opDictMerge(t *Thread, fp ptr, w uint64) bool {
	a, b := regA(fp, w), regB(fp, w)
	d := object.To[object.Dict](*a)
	if d.Len() == 0 && b.Is(&object.DictType) {
		// The call f(*a, **d) is next, and only reads d. Without a tuple for a it would run code in between.
		if n := *(*uint64)(ipOf(t)); callsWith(fp, n, a) && exArgs(fp, n).Is(&object.TupleType) {
			*a = *b
			return true
		}
	}
	if *a == noKeywords {
		d = object.NewDict()
		*a = object.Of(d)
	}
	return mergeKeywords(t, d, *b, *regC(fp, w))
}

// mergedForCall reports whether the empty dict that the word before is to make gets the items of another one for a call, and that is all: f(**d).
func mergedForCall(t *Thread, a *Value, fp ptr) bool {
	ip := ipOf(t)
	w := *(*uint64)(ip)
	for lift.Op(w) == lift.Move {
		ip = skip(ip, 1)
		w = *(*uint64)(ip)
	}
	return lift.Op(w) == lift.DictMerge && regA(fp, w) == a && callsWith(fp, *(*uint64)(skip(ip, 1)), a)
}

// callsWith reports whether a word is a call whose dict of keywords is in a register.
func callsWith(fp ptr, w uint64, a *Value) bool {
	return lift.Op(w) == lift.CallEx && next(exArgs(fp, w)) == a
}

// unpack puts the items into consecutive registers, the first one last.
func unpack(a *Value, items []Value) {
	for i, v := range items {
		*nth(a, len(items)-1-i) = v
	}
}

// exactly collects exactly n values of v, or raises the error of unpacking. As soon as they have been copied, unpacked is to be called.
func exactly(t *Thread, v Value, n int) ([]Value, bool) {
	var items []Value
	switch v.Type() {
	case &object.TupleType:
		items = object.To[object.Tuple](v).Items()
	case &object.ListType:
		items = object.To[object.List](v).V
	default:
		if own, ok := t.OwnItems(v); ok && len(own) == n {
			return own, true
		}
		return unpackIter(t, v, n)
	}
	if len(items) != n {
		if len(items) > n {
			t.ValueErrorf("too many values to unpack (expected %d, got %d)", n, len(items))
		} else {
			t.ValueErrorf("not enough values to unpack (expected %d, got %d)", n, len(items))
		}
		return nil, false
	}
	return items, true
}

func unpackIter(t *Thread, v Value, n int) ([]Value, bool) {
	if v.Type().Iter == nil && v.Type().GetItem == nil {
		t.TypeErrorf("cannot unpack non-iterable %s object", v.Type().Name)
		return nil, false
	}
	it := t.Iter(v)
	if it.P == nil {
		return nil, false
	}
	s := aux(t).sink(n)
	items, ok := s.fill(t, it, v, n)
	if !ok {
		s.drop()
	}
	return items, ok
}

// fill takes exactly n items from an iterator of v.
func (s *nSink) fill(t *Thread, it, v Value, n int) ([]Value, bool) {
	x := t.NextInto(it, s)
	for x.P != nil && s.Take(t, x) {
		x = t.NextInto(it, s)
	}
	switch {
	case x.P != nil:
		if v.Is(&object.DictType) {
			if m, ok := t.Len(v); ok {
				t.ValueErrorf("too many values to unpack (expected %d, got %d)", n, m)
				return nil, false
			}
			t.Exc = nil
		}
		t.ValueErrorf("too many values to unpack (expected %d)", n)
		return nil, false
	case t.Exc != nil:
		return nil, false
	case len(s.items) < n:
		t.ValueErrorf("not enough values to unpack (expected %d, got %d)", n, len(s.items))
		return nil, false
	}
	return s.items, true
}

// nSink takes as many items as it has room for.
type nSink struct {
	items []Value
	// The thread's has room for more. It is busy as long as its items are in use.
	room []Value
	busy bool
}

// maxUnpacked is how many items a thread's sink has room for.
const maxUnpacked = 16

// sink returns an empty sink with room for n items, the thread's if nobody is using it: what is taken apart may take something apart itself.
func (a *auxState) sink(n int) *nSink {
	s := &a.sunk
	if s.busy || n > maxUnpacked {
		return &nSink{items: make([]Value, 0, n)}
	}
	if s.room == nil {
		s.room = make([]Value, maxUnpacked)
	}
	s.busy = true
	s.items = s.room[:0:n]
	return s
}

// unpacked makes the thread's sink forget its items, if it is these.
func (a *auxState) unpacked(items []Value) {
	if s := &a.sunk; s.busy && unsafe.SliceData(items) == unsafe.SliceData(s.room) {
		s.drop()
	}
}

// drop makes a sink forget its items.
func (s *nSink) drop() {
	if s.busy {
		clear(s.items)
		s.items, s.busy = nil, false
	}
}

// Take implements [object.Sink].
func (s *nSink) Take(t *Thread, x Value) bool {
	if len(s.items) == cap(s.items) {
		return false
	}
	s.items = append(s.items, x)
	return true
}

func opUnpack(t *Thread, fp ptr, w uint64) bool {
	items, ok := exactly(t, *regB(fp, w), fieldC(w))
	if ok {
		unpack(regA(fp, w), items)
		aux(t).unpacked(items)
	}
	return ok
}

// opUnpackTo does the words of Into behind its own, too.
func opUnpackTo(t *Thread, fp ptr, w uint64) bool {
	n := fieldC(w)
	items, ok := exactly(t, *regB(fp, w), n)
	if ok {
		spread(t, fp, w, items)
		aux(t).unpacked(items)
	}
	return ok
}

// spread puts the items where an UnpackTo and the words behind it want them.
func spread(t *Thread, fp ptr, w uint64, items []Value) {
	*regA(fp, w) = items[0]
	ip := ipOf(t)
	for items = items[1:]; len(items) > 0; ip = skip(ip, 1) {
		w := *(*uint64)(ip)
		*regA(fp, w) = items[0]
		if len(items) < 3 {
			if len(items) == 2 {
				*regB(fp, w) = items[1]
			}
			items = nil
			continue
		}
		*regB(fp, w) = items[1]
		*regC(fp, w) = items[2]
		items = items[3:]
	}
	t.IP = uintptr(ip)
}

func opUnpack2(t *Thread, fp ptr, w uint64) bool {
	items, ok := exactly(t, *regC(fp, w), 2)
	if ok {
		x, y := items[0], items[1]
		*regA(fp, w) = x
		*regB(fp, w) = y
		aux(t).unpacked(items)
	}
	return ok
}

func opUnpackEx(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	v := *regB(fp, w)
	if v.Type().Iter == nil && v.Type().GetItem == nil {
		t.TypeErrorf("cannot unpack non-iterable %s object", v.Type().Name)
		return false
	}
	switch v.Type() {
	case &object.TupleType:
		return unpackEx(t, fp, w, object.To[object.Tuple](v).Items())
	case &object.ListType:
		return unpackEx(t, fp, w, object.To[object.List](v).V)
	}
	lists := &aux(t).args
	l := lists.take()
	ok := collectEx(t, l, v, name24(w)&255) && unpackEx(t, fp, w, l.V)
	lists.drop(l)
	return ok
}

// unpackEx gives each of the registers of a word its item, and one a list of those in between.
func unpackEx(t *Thread, fp ptr, w uint64, items []Value) bool {
	before, after := name24(w)&255, name24(w)>>8
	if len(items) < before+after {
		t.ValueErrorf("not enough values to unpack (expected at least %d, got %d)", before+after, len(items))
		return false
	}
	// What comes first goes to the highest register.
	a, end := regA(fp, w), len(items)-after
	rest := object.Of(object.CopyList(items[before:end]))
	unpack(a, items[end:])
	*nth(a, after) = rest
	unpack(nth(a, after+1), items[:before])
	return true
}

// collectEx appends to l what an iterable gives: so many items one by one, and if there are as many, the others as list() takes them.
func collectEx(t *Thread, l *object.List, v Value, before int) bool {
	if l.AppendAll(v) {
		return true
	}
	it := t.Iter(v)
	if it.P == nil {
		return false
	}
	for range before {
		x := t.Next(it)
		if x.P == nil {
			return t.Exc == nil
		}
		l.Append(x)
	}
	return object.ListExtend(t, l, it)
}

func opConvertValue(t *Thread, fp ptr, w uint64) bool {
	b := *regB(fp, w)
	var s *object.Str
	switch fieldX(w) {
	case 1:
		s = t.Str(b)
	case 2:
		s = t.Repr(b)
	default:
		s = t.ASCII(b)
	}
	if s == nil {
		return false
	}
	*regA(fp, w) = object.Of(s)
	return true
}

func opFormatSimple(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := *regB(fp, w)
	if b.Is(&object.StrType) {
		*regA(fp, w) = b
		return true
	}
	if fieldX(w) != 0 {
		if p := object.PartOf(b); p.P != nil {
			*regA(fp, w) = p
			return true
		}
	}
	return put(fp, w, t.Format(b, object.EmptyStr))
}

func opFormatSpec(t *Thread, fp ptr, w uint64) bool {
	spec := *regC(fp, w)
	if !spec.IsStr() {
		t.SystemErrorf("Format specifier must be a string, not %s", spec.Type().Name)
		return false
	}
	if fieldX(w) != 0 {
		if p := t.PartFormatted(*regB(fp, w), spec.Str()); p.P != nil {
			*regA(fp, w) = p
			return true
		}
	}
	return put(fp, w, t.Format(*regB(fp, w), spec))
}
