package object

import "sync/atomic"

// Buffer is a view of an object's memory. It must be released, unless it is asked for and dropped without
// Python code running in between.
type Buffer struct {
	// Bytes is the memory, from the first item to the end of the last, as far as strides are positive.
	Bytes []byte
	// Offset is where the first item begins.
	Offset   int
	ReadOnly bool
	Owner    Value
	// Format is that of module struct for one item; "" is "B". ItemSize is the size of an item.
	Format   string
	ItemSize int
	// Shape and Strides are those of the dimensions. Both are nil for one dimension of items without gaps; no
	// dimensions at all are empty slices.
	Shape, Strides []int

	exports *Exports // of the owner, until the buffer is released; nil if it does not care
	// release is called once when the buffer is released.
	release func(t *Thread)
}

// Exports counts the views of an object's memory that are not released: as long as there are any, the object must not
// change its size.
type Exports struct{ n atomic.Int32 }

// Any reports whether there are views. Those that nobody can reach any more are given up for that, as CPython's reference
// counts do at once.
func (e *Exports) Any(t *Thread) bool {
	if e.n.Load() == 0 {
		return false
	}
	t.CollectGarbage()
	return e.n.Load() != 0
}

// BytesBuffer returns a buffer of single bytes. exports counts the views that keep owner from changing its size; it may
// be nil.
func BytesBuffer(owner Value, b []byte, readOnly bool, exports *Exports) *Buffer {
	if exports != nil {
		exports.n.Add(1)
	}
	return &Buffer{Bytes: b, ReadOnly: readOnly, Owner: owner, ItemSize: 1, exports: exports}
}

// OnRelease says what is to be done when the buffer is released.
func (b *Buffer) OnRelease(exports *Exports, f func(t *Thread)) {
	if exports != nil {
		exports.n.Add(1)
	}
	b.exports, b.release = exports, f
}

// Release gives the view up; nothing happens the second time.
func (b *Buffer) Release(t *Thread) {
	if b.exports != nil {
		b.exports.n.Add(-1)
		b.exports = nil
	}
	if f := b.release; f != nil {
		b.release = nil
		f(t)
	}
}

// Contiguous reports whether the items lie one after the other in C order, so that Text is all there is.
func (b *Buffer) Contiguous() bool {
	if b.Strides == nil {
		return true
	}
	if len(b.Shape) == 1 {
		return b.Strides[0] == b.ItemSize || b.Shape[0] == 1
	}
	n := b.ItemSize
	for i := len(b.Shape) - 1; i >= 0; i-- {
		if b.Shape[i] > 1 && b.Strides[i] != n {
			return b.Len() == 0
		}
		n *= b.Shape[i]
	}
	return true
}

// Len returns the number of bytes that the items have.
func (b *Buffer) Len() int {
	if b.Shape == nil {
		return len(b.Bytes)
	}
	n := b.ItemSize
	for _, x := range b.Shape {
		n *= x
	}
	return n
}

// Flat returns the bytes of all items in C order; they are the memory itself if the buffer is contiguous.
func (b *Buffer) Flat() []byte {
	if b.Contiguous() {
		return b.Bytes[b.Offset : b.Offset+b.Len()]
	}
	return b.appendItems(make([]byte, 0, b.Len()), b.Offset, 0)
}

func (b *Buffer) appendItems(dst []byte, at, dim int) []byte {
	if dim == len(b.Shape) {
		return append(dst, b.Bytes[at:at+b.ItemSize]...)
	}
	for range b.Shape[dim] {
		dst = b.appendItems(dst, at, dim+1)
		at += b.Strides[dim]
	}
	return dst
}

// AsBuffer returns a view of v's memory, or false with TypeError if it has none.
func (t *Thread) AsBuffer(v Value, writable bool) (*Buffer, bool) {
	f := v.Type().Buffer
	if f == nil {
		if writable {
			t.TypeErrorf("a read-write bytes-like object is required, not '%s'", v.Type().Name)
		} else {
			t.TypeErrorf("a bytes-like object is required, not '%s'", v.Type().Name)
		}
		return nil, false
	}
	return f(t, v, writable)
}

// BytesLike returns the bytes of an object with a buffer, to be looked at before Python code runs again: they may be
// memory that then changes. TypeError says that it has none.
func (t *Thread) BytesLike(v Value) (string, bool) {
	switch v.Type() {
	case &BytesType:
		return To[Bytes](v).S, true
	case &ByteArrayType:
		return textOf(To[ByteArray](v).V), true
	case &MemoryViewType:
		if x := To[MemoryView](v); x.isRun() {
			return textOf(x.run()), true
		}
	}
	if v.Type().Flags&FlagBytes != 0 {
		return To[Bytes](v).S, true
	}
	b, ok := t.AsBuffer(v, false)
	if !ok {
		return "", false
	}
	if !b.Contiguous() {
		b.Release(t)
		t.Raisef(&BufferErrorType, "memoryview: underlying buffer is not C-contiguous")
		return "", false
	}
	s := textOf(b.Flat())
	b.Release(t)
	return s, true
}

// ByteItems returns what iterating over v yields, for iterables of ints that are bytes: to be looked at before Python code runs
// again, as with BytesLike. ok is false for all others.
func ByteItems(v Value) (s string, ok bool) {
	switch v.Type() {
	case &BytesType:
		return To[Bytes](v).S, true
	case &ByteArrayType:
		return textOf(To[ByteArray](v).V), true
	case &MemoryViewType:
		if x := To[MemoryView](v); x.Format == "B" && x.isRun() {
			return textOf(x.run()), true
		}
	}
	return "", false
}

// AllBytes is BytesLike that also takes items with gaps between them.
func (t *Thread) AllBytes(v Value) (string, bool) {
	if v.Type() != &MemoryViewType || To[MemoryView](v).isRun() {
		return t.BytesLike(v)
	}
	b, ok := t.AsBuffer(v, false)
	if !ok {
		return "", false
	}
	s := textOf(b.Flat())
	b.Release(t)
	return s, true
}
