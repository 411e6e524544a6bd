package object

func memoryCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe || a.Type() != &MemoryViewType {
		return NotImplemented
	}
	v := To[MemoryView](a)
	same := false
	switch {
	case v.m == nil:
		same = a == b
	case b.Type() == &MemoryViewType && To[MemoryView](b).m == nil:
	case b.Type().Buffer == nil:
		return NotImplemented
	default:
		var w *MemoryView
		if b.Type() == &MemoryViewType {
			w = To[MemoryView](b)
		} else {
			buf, ok := b.Type().Buffer(t, b, false)
			if !ok {
				t.Exc = nil
				return NotImplemented
			}
			x := ViewOf(buf)
			w = To[MemoryView](x)
			defer w.release(t)
		}
		var ok bool
		if same, ok = v.equal(t, w); !ok {
			return Value{}
		}
	}
	return MakeBool(same == (op == CmpEq))
}

// equal reports whether two views have the same shape and equal items.
func (v *MemoryView) equal(t *Thread, w *MemoryView) (same, ok bool) {
	if len(v.Shape) != len(w.Shape) {
		return false, true
	}
	for i := range v.Shape {
		if v.Shape[i] != w.Shape[i] {
			return false, true
		}
		if v.Shape[i] == 0 {
			break
		}
	}
	p, q := itemReader{v: v}, itemReader{v: w}
	for _, r := range [...]*itemReader{&p, &q} {
		if r.code = nativeCode(r.v.Format); r.code == 0 {
			unpack, ok := t.structUnpacker(r.v.Format)
			if !ok {
				return false, false
			}
			if unpack.P == nil {
				return false, true // a format that nobody knows equals nothing
			}
			r.unpack = unpack
		}
	}
	if p.code == q.code && p.code != 0 && isExact(p.code) && v.contiguous(false) && w.contiguous(false) {
		n := v.nbytes()
		return textOf(v.Bytes[v.Offset:v.Offset+n]) == textOf(w.Bytes[w.Offset:w.Offset+n]), true
	}
	return equalItems(t, &p, &q, v.Offset, w.Offset, 0)
}

// isExact reports whether items of a format are equal just when their bytes are.
func isExact(c byte) bool {
	switch c {
	case 'e', 'f', 'd', 'F', 'D', '?':
		return false
	}
	return true
}

// itemReader gets items of a view by its native format or with module struct.
type itemReader struct {
	v      *MemoryView
	code   byte
	unpack Value
}

func (r *itemReader) item(t *Thread, at int) Value {
	if r.code != 0 {
		return UnpackNative(r.code, r.v.Bytes[at:at+r.v.ItemSize])
	}
	x := t.CallArgs(r.unpack, CopyBytes(r.v.Bytes[at:at+r.v.ItemSize]))
	if x.P != nil && x.Type().Flags&FlagTuple != 0 && len(To[Tuple](x).Items()) == 1 {
		return To[Tuple](x).Items()[0]
	}
	return x
}

func equalItems(t *Thread, p, q *itemReader, i, j, dim int) (same, ok bool) {
	if dim == len(p.v.Shape) {
		x := p.item(t, i)
		if x.P == nil {
			return false, false
		}
		y := q.item(t, j)
		if y.P == nil {
			return false, false
		}
		if x.IsFloat() && y.IsFloat() {
			return x.Float() == y.Float(), true
		}
		return t.CompareBool(x, y, CmpEq)
	}
	for range p.v.Shape[dim] {
		if same, ok := equalItems(t, p, q, i, j, dim+1); !same || !ok {
			return false, ok
		}
		i += p.v.Strides[dim]
		j += q.v.Strides[dim]
	}
	return true, true
}

// structUnpacker returns the unpack method of struct.Struct(format); no value if there is no such format.
func (t *Thread) structUnpacker(format string) (unpack Value, ok bool) {
	imp := t.Interp.Hooks.Import
	if imp == nil {
		return Value{}, true
	}
	m := imp(t, t.Interp.Intern("struct"), Of(NewDict()), None, None, 0)
	if m.P == nil {
		return m, false
	}
	s := t.GetAttrName(m, "Struct")
	if s.P == nil {
		return s, false
	}
	r := t.CallArgs(s, MakeStr(format))
	if r.P == nil {
		e := t.GetAttrName(m, "error")
		if e.P != nil && t.Exc != nil && ExcMatches(t.Exc.Type, e) {
			t.Exc = nil
			return Value{}, true
		}
		return r, false
	}
	r = t.GetAttrName(r, "unpack_from")
	return r, r.P != nil
}
