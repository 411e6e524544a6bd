package object

import "slices"

var nameBytes = StaticName("__bytes__")

var bytesConstructor = Constructor("bytes", "(source=b'', encoding='utf-8', errors='strict')", func(t *Thread, cls *Type, a []Value) Value {
	x := a[0]
	var v Value
	switch {
	case a[1].P != nil || a[2].P != nil || x.P != nil && x.Is(&StrType):
		s, ok := t.encodedSource("bytes", a)
		if !ok {
			return Value{}
		}
		v = s
	case x.P == nil:
		v = EmptyBytes
	default:
		v = t.ToBytes(x)
	}
	if v.P == nil || cls == &BytesType {
		return v
	}
	r := bytesAlloc(t, cls)
	To[Bytes](r).S = To[Bytes](v).S
	return r
})

func bytesNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if len(args) == 1 && names == nil && cls == &BytesType && args[0].Type().Flags&FlagBytes == 0 && !args[0].IsStr() {
		return t.ToBytes(args[0])
	}
	return bytesConstructor(t, cls, args, names)
}

// encodedSource is what bytes and bytearray make of a text, or of arguments that are for texts only.
func (t *Thread) encodedSource(name string, a []Value) (Value, bool) {
	encoding, ok := t.codecArg(a[1], name, "encoding", "")
	if !ok {
		return Value{}, false
	}
	errors, ok := t.codecArg(a[2], name, "errors", "strict")
	if !ok {
		return Value{}, false
	}
	switch {
	case a[0].P == nil || !a[0].IsStr():
		if a[1].P != nil {
			t.TypeErrorf("encoding without a string argument")
		} else {
			t.TypeErrorf("errors without a string argument")
		}
		return Value{}, false
	case a[1].P == nil:
		t.TypeErrorf("string argument without an encoding")
		return Value{}, false
	}
	v := t.Encode(a[0].Str(), encoding, errors)
	return v, v.P != nil
}

// ToBytes is bytes(v) for what is no str.
func (t *Thread) ToBytes(v Value) Value {
	if v.Is(&BytesType) {
		return v
	}
	if r, found := t.CallSpecial(v, nameBytes); found {
		if r.P != nil && r.Type().Flags&FlagBytes == 0 {
			return t.TypeErrorf("__bytes__ returned non-bytes (type %s)", r.Type().Name)
		}
		return r
	}
	if v.IsStr() {
		return t.TypeErrorf("string argument without an encoding")
	}
	b, ok := t.collectBytes(v, "bytes", "bytes must be in range(0, 256)")
	if !ok {
		return Value{}
	}
	return MakeBytes(textOf(b))
}

// collectBytes makes bytes of a count, an object with a buffer or an iterable of ints.
func (t *Thread) collectBytes(v Value, name, rangeMessage string) ([]byte, bool) {
	cls := v.Type()
	if cls.Index != nil {
		n, ok := t.AsIndexErr(v, &OverflowErrorType)
		switch {
		case !ok:
			if t.Catch(&TypeErrorType) == nil {
				return nil, false
			}
		case n < 0:
			t.ValueErrorf("negative count")
			return nil, false
		case n > maxBytes:
			t.RaiseNew(&MemoryErrorType)
			return nil, false
		case !t.HasRoom(n):
			return nil, false
		default:
			return make([]byte, n), true
		}
	}
	if cls.Buffer != nil {
		s, ok := t.AllBytes(v)
		return []byte(s), ok
	}
	return t.bytesOfInts(v, name == "bytes", rangeMessage, func() {
		t.TypeErrorf("cannot convert '%s' object to %s", cls.Name, name)
	})
}

// bytesOfInts returns the items of an iterable of ints as bytes; with hint it is asked how many there are. notIterable raises what is to be raised if v is none.
func (t *Thread) bytesOfInts(v Value, hint bool, rangeMessage string, notIterable func()) ([]byte, bool) {
	var b []byte
	add := func(x Value) bool {
		if x.IsInt() && uint64(x.Int()) < 256 {
			b = append(b, byte(x.Int()))
			return true
		}
		i := t.Index(x)
		if i.P == nil {
			return false
		}
		if !i.IsInt() || uint64(i.Int()) > 255 {
			t.ValueErrorf("%s", rangeMessage)
			return false
		}
		b = append(b, byte(i.Int()))
		return true
	}
	switch v.Type() {
	case &ListType:
		// Conversions of the items may change the list.
		l := To[List](v)
		b = slices.Grow(b, len(l.V))
		for i := 0; i < len(l.V); i++ {
			if !add(l.V[i]) {
				return nil, false
			}
		}
		return b, true
	case &TupleType:
		items := To[Tuple](v).Items()
		b = slices.Grow(b, len(items))
		for _, x := range items {
			if !add(x) {
				return nil, false
			}
		}
		return b, true
	default:
		it := t.Iter(v)
		if it.P == nil {
			if t.Catch(&TypeErrorType) != nil {
				notIterable()
			}
			return nil, false
		}
		if hint {
			n, ok := t.LengthHint(v, 0)
			if !ok {
				return nil, false
			}
			b = make([]byte, 0, min(n, maxHint))
		}
		for {
			x := t.Next(it)
			if x.P == nil {
				return b, t.Exc == nil
			}
			if !add(x) {
				return nil, false
			}
		}
	}
}

// bytesWarning issues BytesWarning if the interpreter is to; false: it became an exception.
func (t *Thread) bytesWarning(message string, v Value) bool { return true }
