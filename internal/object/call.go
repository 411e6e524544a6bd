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
	n := 0
	if self.P != nil {
		n = 1
	}
	if f.Type() == &FuncType && n+len(args) <= 3 {
		x := [4]Value{self}
		copy(x[n:], args)
		if v, done := t.Interp.CallPlain(t, To[Func](f), n+len(args), x[0], x[1], x[2]); done {
			return v
		}
	}
	if fn, first, values := direct(f, self, args); fn != nil {
		if v, done := t.callFew(fn, first, args, values); done {
			return v
		}
	}
	mark := t.Scratch
	a := t.Push(n + len(args))
	if n == 1 {
		a[0] = self
	}
	copy(a[n:], args)
	v := t.Call(f, a, nil)
	t.Pop(mark, a)
	return v
}

// direct returns the function that a call of a builtin function or method comes to, if it can be called with the arguments as they lie: what goes
// in front of them, and how many values the function takes. fn is nil if there is more to do.
func direct(f, self Value, args []Value) (fn func(t *Thread, a []Value) Value, first Value, values int) {
	values = len(args)
	if self.P != nil {
		values++
	}
	switch f.Type() {
	case &BuiltinType:
		b := To[Builtin](f)
		if b.Bound {
			if self.P != nil {
				return nil, self, 0
			}
			self, values = b.Self, values+1
		}
		fn, values = b.Def.Direct(values)
	case &MethodDescrType:
		d := To[MethodDescr](f)
		if self.P != nil && self.Is(d.Owner) || self.P == nil && len(args) > 0 && args[0].Is(d.Owner) {
			fn, values = d.Def.Direct(values)
		}
	}
	return fn, self, values
}

// callFew calls a builtin function with self, unless it is no value, args, and what more are optional, as long as the
// values are few: then they are put on the slab without all that Push and Pop do for any number.
func (t *Thread) callFew(fn func(t *Thread, a []Value) Value, self Value, args []Value, values int) (v Value, done bool) {
	const few = 4
	top, base := t.top(), unsafe.Pointer(unsafe.SliceData(t.Slab))
	if values > few || t.Depth >= maxGoDepth || top+few*unsafe.Sizeof(Value{}) > t.SlabLimit {
		return Value{}, false
	}
	a := (*[few]Value)(unsafe.Add(base, top-uintptr(base)))
	n := 0
	if self.P != nil {
		a[0], n = self, 1
	}
	for _, x := range args {
		a[n&(few-1)] = x
		n++
	}
	for ; n < values; n++ {
		a[n&(few-1)] = Value{}
	}
	mark := t.Scratch
	t.Scratch = top + uintptr(values)*unsafe.Sizeof(Value{})
	t.Depth++
	v = fn(t, a[:values])
	t.Depth--
	t.Scratch = mark
	return v, true
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
