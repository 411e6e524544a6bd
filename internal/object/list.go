package object

import "unsafe"

// List is a list.
type List struct {
	Head
	V []Value
}

// listSub is an instance of a subclass of list.
type listSub struct {
	List
	Attrs
}

type (
	list1 struct {
		List
		a [1]Value
	}
	list2 struct {
		List
		a [2]Value
	}
	list3 struct {
		List
		a [3]Value
	}
	list4 struct {
		List
		a [4]Value
	}
	list6 struct {
		List
		a [6]Value
	}
	list8 struct {
		List
		a [8]Value
	}
	list10 struct {
		List
		a [10]Value
	}
	list12 struct {
		List
		a [12]Value
	}
	list16 struct {
		List
		a [16]Value
	}
)

// NewList returns a list that owns the slice.
func NewList(items []Value) *List { return &List{Head{&ListType}, items} }

// MakeList returns a list of n empty places, which the caller fills before anyone sees it. Small ones are one allocation
// together with their items, which stay with the list when it grows out of them; most such lists never grow.
func MakeList(n int) *List {
	switch n {
	case 0:
		return &List{Head: Head{&ListType}}
	case 1:
		x := &list1{}
		x.Type, x.V = &ListType, x.a[:]
		return &x.List
	case 2:
		x := &list2{}
		x.Type, x.V = &ListType, x.a[:]
		return &x.List
	case 3:
		x := &list3{}
		x.Type, x.V = &ListType, x.a[:]
		return &x.List
	case 4:
		x := &list4{}
		x.Type, x.V = &ListType, x.a[:]
		return &x.List
	case 5, 6:
		x := &list6{}
		x.Type, x.V = &ListType, x.a[:n:n]
		return &x.List
	case 7, 8:
		x := &list8{}
		x.Type, x.V = &ListType, x.a[:n:n]
		return &x.List
	case 9, 10:
		x := &list10{}
		x.Type, x.V = &ListType, x.a[:n:n]
		return &x.List
	case 11, 12:
		x := &list12{}
		x.Type, x.V = &ListType, x.a[:n:n]
		return &x.List
	case 13, 14, 15, 16:
		x := &list16{}
		x.Type, x.V = &ListType, x.a[:n:n]
		return &x.List
	}
	return &List{Head{&ListType}, make([]Value, n)}
}

// CopyList returns a list with copies of the items.
func CopyList(items []Value) *List {
	x := MakeList(len(items))
	copy(x.V, items)
	return x
}

// Append appends v.
func (l *List) Append(v Value) {
	if len(l.V) == cap(l.V) {
		l.grow(1)
	}
	l.V = append(l.V, v)
}

// Reserve makes room for n items altogether.
func (l *List) Reserve(n int) {
	if n > cap(l.V) {
		v := make([]Value, len(l.V), n)
		copy(v, l.V)
		l.V = v
	}
}

// grow makes room for n more items. It doubles the room longer than append does: taking memory costs more than having it, until that is
// a megabyte.
func (l *List) grow(n int) {
	size := len(l.V) * 2
	if len(l.V) >= 1<<16 {
		size = len(l.V) + len(l.V)/2
	}
	v := make([]Value, len(l.V), max(size, len(l.V)+n, 4))
	copy(v, l.V)
	l.V = v
}

// ListIter iterates over a list. List is nil once it is exhausted.
type ListIter struct {
	Head
	List  *List
	Index int
}

func listAlloc(t *Thread, cls *Type) Value {
	if cls.AttrOffset == 0 {
		p := &List{}
		p.Type = cls
		return Of(p)
	}
	p := &listSub{}
	p.Type = cls
	return InitAttrs(cls, Of(p))
}

func setupList() {
	Define(&ListType, TypeSpec{
		Name: "list", Sig: "(iterable=(), /)", Flags: FlagBase | FlagList | FlagSequence | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(listSub{}.Attrs), Make: listMake,
		Doc: "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.",
		Slots: Slots{
			Alloc: listAlloc,
			New:   func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return listAlloc(t, cls) },
			Init:  listInit, Repr: listRepr, Compare: listCompare, Iter: listIter, Len: listLen,
			GetItem: listGetItem, SetItem: listSetItem, Contains: listContains,
			Concat: listConcat, Repeat: listRepeat, InConcat: listInConcat, InRepeat: listInRepeat,
		},
		Methods: listMethods,
	})
}

// listMake is list(x), of a list that x cannot see while it grows.
func listMake(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	switch len(args) {
	case 0:
		return Of(&List{Head: Head{cls}})
	case 1:
		if l := t.ListOf(args[0]); l != nil {
			return Of(l)
		}
		return Value{}
	}
	t.argCount("list", len(args), 0, 1)
	return Value{}
}

func listInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if cls := self.Type(); nameCount(names) > 0 && cls.lookupSlow(nameNew) != ListType.Dict().GetStr(nameNew) {
		// A subclass with a __new__ of its own may take keywords: they are its.
		args, names = args[:len(args)-nameCount(names)], nil
	} else if nameCount(names) > 0 {
		t.TypeErrorf("list() takes no keyword arguments")
		return false
	}
	x, ok := t.oneArg(&ListType, self.Type(), args, names)
	if !ok {
		return false
	}
	l := To[List](self)
	if len(l.V) > 0 {
		clear(l.V)
		l.V = nil
	}
	return x.P == nil || l.extend(t, x)
}

func listRepr(t *Thread, v Value) Value {
	l := To[List](v)
	if len(l.V) == 0 {
		return Of(NewASCII("[]"))
	}
	if t.EnterRepr(v) {
		return Of(NewASCII("[...]"))
	}
	defer t.LeaveRepr()
	b := append(t.takeText(), '[')
	ok := true
	for i := 0; i < len(l.V); i++ {
		if i > 0 {
			b = append(b, ", "...)
		}
		if b, ok = t.AppendReprOf(b, l.V[i]); !ok {
			return Value{}
		}
	}
	return t.giveNew(append(b, ']'))
}

func listCompare(t *Thread, a, b Value, op CompareOp) Value {
	if a.Type().Flags&FlagList == 0 || b.Type().Flags&FlagList == 0 {
		return NotImplemented
	}
	return t.compareSeqs(&To[List](a).V, &To[List](b).V, op)
}

func listIter(t *Thread, v Value) Value {
	return Of(&ListIter{Head{&ListIterType}, To[List](v), 0})
}

func listLen(t *Thread, v Value) (int, bool) { return len(To[List](v).V), true }

func listGetItem(t *Thread, v, k Value) Value {
	l := To[List](v)
	i := 0
	switch {
	case k.IsInt():
		i = int(k.Int())
	case k.Type().Index != nil:
		var ok bool
		if i, ok = t.AsIndex(k); !ok {
			return Value{}
		}
	case k.Is(&SliceType):
		start, step, n, ok := To[Slice](k).IndicesIn(t, func() int { return len(l.V) })
		if !ok {
			return Value{}
		}
		if step == 1 {
			return Of(CopyList(l.V[start : start+n]))
		}
		r := MakeList(n)
		for j := range r.V {
			r.V[j] = l.V[start]
			start += step
		}
		return Of(r)
	default:
		return t.TypeErrorf("list indices must be integers or slices, not %s", k.Type().Name)
	}
	if i < 0 {
		i += len(l.V)
	}
	if uint(i) >= uint(len(l.V)) {
		return t.IndexErrorf("list index out of range")
	}
	return l.V[i]
}

func listSetItem(t *Thread, v, k, x Value) bool {
	l := To[List](v)
	i := 0
	switch {
	case k.IsInt():
		i = int(k.Int())
	case k.Type().Index != nil:
		var ok bool
		if i, ok = t.AsIndex(k); !ok {
			return false
		}
	case k.Is(&SliceType):
		return l.setSlice(t, To[Slice](k), x)
	default:
		t.TypeErrorf("list indices must be integers or slices, not %s", k.Type().Name)
		return false
	}
	if i < 0 {
		i += len(l.V)
	}
	if uint(i) >= uint(len(l.V)) {
		t.IndexErrorf("list assignment index out of range")
		return false
	}
	if x.P == nil {
		l.remove(i)
		return true
	}
	l.V[i] = x
	return true
}

// remove deletes item i.
func (l *List) remove(i int) {
	n := len(l.V) - 1
	copy(l.V[i:], l.V[i+1:])
	l.V[n] = Value{}
	l.V = l.V[:n]
}

func listContains(t *Thread, v, x Value) (res, ok bool) {
	l := To[List](v)
	i, ok := t.indexOf(&l.V, x, 0, 1<<63-1)
	return i >= 0, ok
}

func listConcat(t *Thread, a, b Value) Value {
	if b.Type().Flags&FlagList == 0 {
		return t.TypeErrorf("can only concatenate list (not \"%s\") to list", b.Type().Name)
	}
	x, y := To[List](a).V, To[List](b).V
	if !t.HasItems(len(x) + len(y)) {
		return Value{}
	}
	r := MakeList(len(x) + len(y))
	copy(r.V, x)
	copy(r.V[len(x):], y)
	return Of(r)
}

func listRepeat(t *Thread, v Value, n int) Value {
	items := To[List](v).V
	n, ok := t.repeatedLen(items, n)
	if !ok {
		return Value{}
	}
	r := MakeList(n)
	repeat(r.V, items)
	return Of(r)
}

func listInConcat(t *Thread, a, b Value) Value {
	if !To[List](a).extend(t, b) {
		return Value{}
	}
	return a
}

func listInRepeat(t *Thread, v Value, n int) Value {
	l := To[List](v)
	if n == 1 || len(l.V) == 0 {
		return v
	}
	r, ok := t.repeated(l.V, n)
	if !ok {
		return Value{}
	}
	clear(l.V)
	l.V = r
	return v
}

// setSlice assigns the items of x to a slice, or deletes it if x is no value.
func (l *List) setSlice(t *Thread, s *Slice, x Value) bool {
	start, stop, step, ok := s.unpack(t)
	if !ok {
		return false
	}
	if step == 1 {
		var items []Value
		if x.P != nil {
			if items, ok = t.sliceItems(l, x); !ok {
				return false
			}
		}
		start, stop, _ = AdjustSlice(len(l.V), start, stop, step)
		l.splice(start, max(start, stop), items)
		return true
	}
	if x.P == nil {
		start, _, n := AdjustSlice(len(l.V), start, stop, step)
		l.removeStepped(start, step, n)
		return true
	}
	items, ok := t.sliceItems(l, x)
	if !ok {
		return false
	}
	start, _, n := AdjustSlice(len(l.V), start, stop, step)
	if len(items) != n {
		t.ValueErrorf("attempt to assign sequence of size %d to extended slice of size %d", len(items), n)
		return false
	}
	for i := range items {
		l.V[start] = items[i]
		start += step
	}
	return true
}

// sliceItems returns the items of what is assigned to a slice of l. They do not change when l does.
func (t *Thread) sliceItems(l *List, x Value) ([]Value, bool) {
	switch {
	case x == Of(l):
		return append([]Value(nil), l.V...), true
	case x.Is(&ListType):
		return To[List](x).V, true
	case x.Is(&TupleType):
		return To[Tuple](x).Items(), true
	}
	if x.Type().Iter == nil && x.Type().GetItem == nil {
		t.TypeErrorf("must assign iterable to extended slice")
		return nil, false
	}
	items, ok := t.Collect(x)
	return items, ok
}

// splice replaces the items from start to stop.
func (l *List) splice(start, stop int, items []Value) {
	old := len(l.V)
	d := len(items) - (stop - start)
	switch {
	case d < 0:
		copy(l.V[stop+d:], l.V[stop:])
		clear(l.V[old+d:])
		l.V = l.V[:old+d]
	case d > 0:
		if old+d > cap(l.V) {
			v := make([]Value, old+d, old+d+(old+d)>>2)
			copy(v, l.V[:start])
			copy(v[stop+d:], l.V[stop:])
			l.V = v
		} else {
			l.V = l.V[:old+d]
			copy(l.V[stop+d:], l.V[stop:old])
		}
	}
	copy(l.V[start:], items)
}

// removeStepped deletes the n items from start on by step.
func (l *List) removeStepped(start, step, n int) {
	if n == 0 {
		return
	}
	if step < 0 {
		start += step * (n - 1)
		step = -step
	}
	to := start
	for i := 0; i < n; i++ {
		from := start + i*step + 1
		end := from + step - 1
		if i == n-1 {
			end = len(l.V)
		}
		to += copy(l.V[to:], l.V[from:end])
	}
	clear(l.V[to:])
	l.V = l.V[:to]
}
