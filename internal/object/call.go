package object

import "unsafe"

// Call calls f with positional arguments args and, behind them in args, the values
// of the keywords that names lists; names may be nil.
func (t *Thread) Call(f Value, args []Value, names *Tuple) Value {
	c := f.Type().Call
	if c == nil {
		return t.notCallable(f)
	}
	if t.Depth++; t.Depth > maxGoDepth {
		t.Depth--
		return t.Raisef(&RecursionErrorType, "maximum recursion depth exceeded")
	}
	v := c(t, f, args, names)
	t.Depth--
	return v
}

// notCallable raises the TypeError for a call of f. A module may have been meant for what is in it.
func (t *Thread) notCallable(f Value) Value {
	if f.IsA(&ModuleType) {
		if name := To[Module](f).Dict().GetStr(nameName); name.P != nil && name.IsStr() {
			x, ok := t.FindAttr(f, t.Interp.Intern(name.Str().S))
			if !ok {
				return Value{}
			}
			if x.P != nil && x.Type().Call != nil {
				return t.TypeErrorf("'%s' object is not callable. Did you mean: '%s.%s(...)'?", f.Type().Name, name.Str().S, name.Str().S)
			}
		}
	}
	return t.TypeErrorf("'%s' object is not callable", f.Type().Name)
}

// CallArgs calls f with positional arguments only.
func (t *Thread) CallArgs(f Value, args ...Value) Value { return t.callWith(f, Value{}, args) }

// CallMethod calls the method of obj with the given name.
func (t *Thread) CallMethod(obj Value, name *Str, args ...Value) Value {
	f, self := t.LoadMethod(obj, name)
	if f.P == nil {
		return Value{}
	}
	return t.callWith(f, self, args)
}

// callWith calls f with self in front of args, unless self is no value.
func (t *Thread) callWith(f, self Value, args []Value) Value {
	// Arguments go on one by one: to copy a slice of whatever length is a call of the runtime's.
	var x, y, z Value
	n := len(args)
	if self.P == nil {
		switch n {
		case 3:
			z = args[2]
			fallthrough
		case 2:
			y = args[1]
			fallthrough
		case 1:
			x = args[0]
		}
	} else {
		switch n {
		case 2:
			z = args[1]
			fallthrough
		case 1:
			y = args[0]
		}
		x = self
		n++
	}
	if n <= 3 {
		return t.callFew(f, n, x, y, z)
	}
	mark := t.Scratch
	a := t.Push(n)
	if self.P != nil {
		a[0] = self
	}
	copy(a[n-len(args):], args)
	v := t.Call(f, a, nil)
	t.Pop(mark, a)
	return v
}

// callFew calls f with the first n of three arguments: what is called most often goes to its function without more ado, and the arguments of all else
// are put on the slab without what Push and Pop do for any number.
func (t *Thread) callFew(f Value, n int, x, y, z Value) Value {
	const few = 4 // with what is optional
	var fn func(t *Thread, a []Value) Value
	var first Value // what goes in front of them
	values := 0
	switch f.Type() {
	case &FuncType:
		if v, done := t.Interp.CallPlain(t, To[Func](f), n, x, y, z); done {
			return v
		}
	case &MethodType:
		m := To[BoundMethod](f)
		if n < 3 && m.Func.Type() == &FuncType {
			if v, done := t.Interp.CallPlain(t, To[Func](m.Func), n+1, m.Self, x, y); done {
				return v
			}
		}
	case &BuiltinType:
		b := To[Builtin](f)
		if !b.Bound {
			fn, values = b.Def.Direct(n)
		} else if fn, values = b.Def.Direct(n + 1); fn != nil {
			first = b.Self
		}
	case &MethodDescrType:
		if d := To[MethodDescr](f); n > 0 && x.Is(d.Owner) {
			fn, values = d.Def.Direct(n)
		}
	default:
		if c := f.Type().CallOne; c != nil && n == 1 && t.Depth < maxGoDepth {
			t.Depth++
			v := c(t, f, x)
			t.Depth--
			return v
		}
	}
	top, base := t.top(), unsafe.Pointer(unsafe.SliceData(t.Slab))
	if values > few || t.Depth >= maxGoDepth || top+(few+1)*unsafe.Sizeof(Value{}) > t.SlabLimit {
		mark := t.Scratch
		a := t.Push(n)
		copy(a, []Value{x, y, z}[:n])
		v := t.Call(f, a, nil)
		t.Pop(mark, a)
		return v
	}
	a := (*[few]Value)(unsafe.Add(base, top-uintptr(base)))
	if first.P == nil {
		a[0], a[1], a[2], a[3] = x, y, z, Value{}
	} else {
		a[0], a[1], a[2], a[3] = first, x, y, z
	}
	mark := t.Scratch
	t.Scratch = top + few*unsafe.Sizeof(Value{})
	var v Value
	if fn != nil {
		t.Depth++
		v = fn(t, a[:values])
		t.Depth--
	} else {
		v = t.Call(f, a[:n], nil)
	}
	t.Scratch = mark
	return v
}

// CallSpecial calls a special method of obj: one that is looked up in the type. found is
// false if the type has none, which is no error.
func (t *Thread) CallSpecial(obj Value, name *Str, args ...Value) (v Value, found bool) {
	f := obj.Type().Lookup(t, name)
	if f.P == nil {
		return Value{}, false
	}
	ft := f.Type()
	if ft.Flags&FlagMethodDescriptor != 0 {
		return t.callWith(f, obj, args), true
	}
	if ft.DescrGet != nil {
		f = ft.DescrGet(t, f, obj, Of(obj.Type()))
		if f.P == nil {
			return Value{}, true
		}
	}
	return t.callWith(f, Value{}, args), true
}

// top returns the address of the first free slot of the slab.
func (t *Thread) top() uintptr {
	lo := uintptr(unsafe.Pointer(unsafe.SliceData(t.Slab)))
	hi := lo + uintptr(len(t.Slab))*unsafe.Sizeof(Value{})
	top := lo + unsafe.Sizeof(Value{})
	fp := t.FP
	for r := t.Frame; fp != 0; {
		if fp > lo && fp < hi {
			f := (*Value)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(t.Slab)), fp-lo-unsafe.Sizeof(Value{})))
			if f.P != nil {
				if e := fp + (*Func)(f.P).Code.FrameBytes; e > top {
					top = e
				}
			}
			break
		}
		// A generator's frame lies elsewhere: look at who resumed it.
		r -= unsafe.Sizeof(Record{})
		if r < uintptr(unsafe.Pointer(unsafe.SliceData(t.Records))) {
			break
		}
		fp = t.recordAt(r).FP
	}
	if t.Scratch > top && t.Scratch <= hi {
		top = t.Scratch
	}
	return top
}

func (t *Thread) recordAt(r uintptr) *Record {
	base := unsafe.Pointer(unsafe.SliceData(t.Records))
	return (*Record)(unsafe.Add(base, r-uintptr(base)))
}

// Push returns n empty slots above all that the slab holds. Pop gives them back: mark is what
// t.Scratch was before.
func (t *Thread) Push(n int) []Value {
	top := t.top()
	base := unsafe.Pointer(unsafe.SliceData(t.Slab))
	if top+uintptr(n+1)*unsafe.Sizeof(Value{}) > t.SlabLimit {
		// More arguments than the slab has room for: they get memory of their own.
		return make([]Value, n, n+1)
	}
	a := unsafe.Slice((*Value)(unsafe.Add(base, top-uintptr(base))), n+1)[: n : n+1]
	clear(a)
	t.Scratch = top + uintptr(n)*unsafe.Sizeof(Value{})
	return a
}

// Pop gives back what Push returned.
func (t *Thread) Pop(mark uintptr, a []Value) {
	clear(a)
	t.Scratch = mark
}
