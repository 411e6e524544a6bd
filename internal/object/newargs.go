package object

// nameCount is the number of keyword arguments that names stands for.
func nameCount(names *Tuple) int {
	if names == nil {
		return 0
	}
	return names.Len()
}

// noKeywords raises TypeError if a constructor without keyword parameters has got some. Subclasses with an
// __init__ of their own may take them.
func (t *Thread) noKeywords(base, cls *Type, names *Tuple) bool {
	if nameCount(names) == 0 || cls != base && cls.lookupSlow(nameInit) != base.lookupSlow(nameInit) {
		return true
	}
	t.TypeErrorf("%s() takes no keyword arguments", base.ShortName())
	return false
}

// argCount raises TypeError unless n, the number of positional arguments, is between lo and hi.
func (t *Thread) argCount(name string, n, lo, hi int) bool {
	if n >= lo && n <= hi {
		return true
	}
	word, want := "", lo
	if lo != hi {
		word = "at least "
		if n > hi {
			word, want = "at most ", hi
		}
	}
	t.TypeErrorf("%s expected %s%d argument%s, got %d", name, word, want, plural(want), n)
	return false
}

// oneArg is what constructors like list(iterable=(), /) take: at most one argument, no keywords.
func (t *Thread) oneArg(base, cls *Type, args []Value, names *Tuple) (x Value, ok bool) {
	if names == nil && len(args) == 1 {
		return args[0], true
	}
	n := len(args) - nameCount(names)
	if !t.noKeywords(base, cls, names) || !t.argCount(base.ShortName(), n, 0, 1) {
		return Value{}, false
	}
	if n == 1 {
		x = args[0]
	}
	return x, true
}

// fill makes None of no value: what an optional argument that is absent stands for.
func fill(v Value) Value {
	if v.P == nil {
		return None
	}
	return v
}

// NoKeywords raises TypeError if the constructor of base has got keyword arguments for cls; see oneArg.
func (t *Thread) NoKeywords(base, cls *Type, names *Tuple) bool {
	return t.noKeywords(base, cls, names)
}

// ArgCount raises TypeError unless n, the number of positional arguments of the function name, is between lo and hi.
func (t *Thread) ArgCount(name string, n, lo, hi int) bool { return t.argCount(name, n, lo, hi) }

// NameCount is the number of keyword arguments that names stands for; names may be nil.
func NameCount(names *Tuple) int { return nameCount(names) }

// OrNone is v, or None for no value: what an optional argument that is absent stands for.
func OrNone(v Value) Value { return fill(v) }

// ClassGetItem is __class_getitem__ of generic types.
func ClassGetItem(t *Thread, a []Value) Value { return classGetItem(t, a) }

// Constructor returns the New of a type whose arguments the signature sig describes, as MethodDef.Sig does but without
// a parameter for the class. f gets a value per parameter.
func Constructor(name, sig string, f func(t *Thread, cls *Type, a []Value) Value) NewFunc {
	inner := ""
	if sig != "()" {
		inner = ", " + sig[1:len(sig)-1]
	}
	d := &MethodDef{Name: name, Sig: "($type" + inner + ")", Fn: func(t *Thread, a []Value) Value {
		return f(t, To[Type](a[0]), a[1:])
	}}
	return func(t *Thread, cls *Type, args []Value, names *Tuple) Value {
		return d.callFor(t, Of(cls), args, names)
	}
}

// callFor is Call with self in front of the arguments.
func (d *MethodDef) callFor(t *Thread, self Value, args []Value, names *Tuple) Value {
	mark := t.Scratch
	size := len(args) + 1
	var fn func(*Thread, []Value) Value
	if names == nil {
		if f, n := d.Direct(size); f != nil {
			fn, size = f, n // with those that are absent, nothing is to be bound
		}
	}
	a := t.Push(size)
	a[0] = self
	copy(a[1:], args)
	var v Value
	if fn != nil {
		v = fn(t, a)
	} else {
		v = d.Call(t, a, names)
	}
	t.Pop(mark, a)
	return v
}

// Initializer returns the Init of a type whose arguments the signature sig describes. f gets the object and a value per
// parameter.
func Initializer(name, sig string, f func(t *Thread, a []Value) bool) InitFunc {
	inner := ""
	if sig != "()" {
		inner = ", " + sig[1:len(sig)-1]
	}
	d := &MethodDef{Name: name, Sig: "($self" + inner + ")", Fn: func(t *Thread, a []Value) Value {
		if !f(t, a) {
			return Value{}
		}
		return None
	}}
	d.parsed() // once for all interpreters
	return func(t *Thread, self Value, args []Value, names *Tuple) bool {
		return d.callFor(t, self, args, names).P != nil
	}
}

// SetRepr gives a builtin type that has no __repr__ of its own one; only while packages are initialised.
func (s *Type) SetRepr(f UnaryFunc) {
	s.Repr = f
	d := slotByName["__repr__"]
	s.Dict().SetStr(StaticName(d.Name), Of(&SlotWrapper{Head{&SlotWrapperType}, d, s}))
}
