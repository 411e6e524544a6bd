package object

// nameCount is the number of keyword arguments that names stands for.
func nameCount(names *Tuple) int {
	if names == nil {
		return 0
	}
	return len(names.V)
}

// noKeywords raises TypeError if a constructor without keyword parameters has got some. Subclasses with an
// __init__ of their own may take them.
func (t *Thread) noKeywords(base, cls *Type, names *Tuple) bool {
	if nameCount(names) == 0 || cls != base && cls.lookupSlow(nameInit) != base.lookupSlow(nameInit) {
		return true
	}
	t.TypeErrorf("%s() takes no keyword arguments", base.Name)
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
	if !t.noKeywords(base, cls, names) || !t.argCount(base.Name, n, 0, 1) {
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
