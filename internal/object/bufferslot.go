package object

// Flags of requests for buffers, as __buffer__ gets them.
const (
	bufWritable = 1
	bufFullRO   = 0x11C
	bufFull     = bufFullRO | bufWritable
)

var (
	nameBuffer        = StaticName("__buffer__")
	nameReleaseBuffer = StaticName("__release_buffer__")
)

// addBufferSlot adds __buffer__, which fills the slot Buffer of classes.
func addBufferSlot(add func(SlotDef), group *int) {
	*group++
	d := SlotDef{Name: "__buffer__", Sig: "($self, flags, /)", Doc: "Return a buffer object that exposes the underlying memory of the object.", group: *group,
		has: func(s *Type) bool { return s.Buffer != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			flags, ok := t.AsCInt(a[0])
			if !ok {
				return Value{}
			}
			return t.viewWithSlot(o, self, flags)
		},
		copy: func(d, s *Type) { d.Buffer = s.Buffer }, generic: func(d *Type) { d.Buffer = slotBuffer }}
	add(d)
	d.Name, d.Sig, d.Doc = "__release_buffer__", "($self, buffer, /)", "Release the buffer object that exposes the underlying memory of the object."
	d.has = func(s *Type) bool { return s.Buffer != nil && s != &BytesType }
	d.call = func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
		return releaseBuffer(t, []Value{self, a[0]})
	}
	d.copy, d.generic = func(d, s *Type) {}, func(d *Type) {}
	add(d)
}

// viewWith returns a memoryview of an object, asked for with flags.
func (t *Thread) viewWith(v Value, flags int) Value {
	if v.Type().Buffer == nil {
		return t.TypeErrorf("memoryview: a bytes-like object is required, not '%s'", v.Type().Name)
	}
	if v.Type() == &MemoryViewType {
		return t.NewMemoryView(v)
	}
	return t.viewWithSlot(v.Type(), v, flags)
}

func (t *Thread) viewWithSlot(o *Type, v Value, flags int) Value {
	b, ok := o.Buffer(t, v, flags&bufWritable != 0)
	if !ok {
		return Value{}
	}
	return ViewOf(b)
}

// releaseBuffer is __release_buffer__ of types whose buffers are to be released.
func releaseBuffer(t *Thread, a []Value) Value {
	if !a[1].Is(&MemoryViewType) {
		return t.TypeErrorf("expected a memoryview object")
	}
	v := To[MemoryView](a[1])
	if v.m == nil {
		return t.ValueErrorf("operation forbidden on released memoryview object")
	}
	if v.m.buf.Owner != a[0] {
		return t.ValueErrorf("memoryview's buffer is not this object")
	}
	return t.noneIf(v.release(t))
}

// slotBuffer is the slot of classes that define __buffer__.
func slotBuffer(t *Thread, v Value, writable bool) (*Buffer, bool) {
	flags := bufFullRO
	if writable {
		flags = bufFull
	}
	r, found := t.CallSpecial(v, nameBuffer, MakeInt(int64(flags)))
	if !found {
		t.TypeErrorf("a bytes-like object is required, not '%s'", v.Type().Name)
		return nil, false
	}
	if r.P == nil {
		return nil, false
	}
	if r.Type() != &MemoryViewType {
		t.TypeErrorf("__buffer__ returned non-memoryview object")
		return nil, false
	}
	b, ok := memoryBuffer(t, r, writable)
	if !ok {
		return nil, false
	}
	b.Owner = v
	inner := b.exports
	b.release = func(t *Thread) {
		if inner != nil {
			inner.n.Add(-1)
		}
		exc := t.Exc
		t.Exc = nil
		if v.Type().Lookup(t, nameReleaseBuffer).P != nil {
			x, _ := t.CallSpecial(v, nameReleaseBuffer, r)
			if x.P == nil && t.Exc != nil {
				if f := t.Interp.Hooks.Unraisable; f != nil {
					f(t, sprintf("Exception ignored in __release_buffer__ of %s", v.Type().Name), v)
				}
				t.Exc = nil
			}
		}
		To[MemoryView](r).release(t)
		t.Exc = exc
	}
	b.exports = nil
	return b, true
}
