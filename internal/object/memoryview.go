package object

import (
	"runtime"
)

// MemoryView is a memoryview: a part of a buffer, seen in some form. Slices and casts share the buffer.
type MemoryView struct {
	Head
	// m is nil once the view is released.
	m        *managedBuffer
	Bytes    []byte
	Offset   int
	ReadOnly bool
	Format   string
	ItemSize int
	Shape    []int
	Strides  []int
	// Exports counts the views of this view.
	Exports Exports
	hash    int64
	hashed  bool
}

// managedBuffer is a buffer that several views share.
type managedBuffer struct {
	buf   *Buffer
	views int // not released
	// guard gives the buffer up when nobody can reach the views any more.
	guard   runtime.Cleanup
	guarded bool
}

func newManaged(b *Buffer) *managedBuffer {
	m := &managedBuffer{buf: b}
	if e := b.exports; e != nil {
		m.guard = runtime.AddCleanup(m, func(e *Exports) { e.n.Add(-1) }, e)
		m.guarded = true
	}
	return m
}

// add returns a new view of the same kind as v.
func (m *managedBuffer) add(v *MemoryView) *MemoryView {
	m.views++
	return &MemoryView{Head: Head{&MemoryViewType}, m: m, Bytes: v.Bytes, Offset: v.Offset, ReadOnly: v.ReadOnly,
		Format: v.Format, ItemSize: v.ItemSize, Shape: v.Shape, Strides: v.Strides}
}

// drop gives one view up.
func (m *managedBuffer) drop(t *Thread) {
	if m.views--; m.views == 0 {
		if m.guarded {
			m.guard.Stop()
		}
		m.buf.Release(t)
	}
}

// NewMemoryView is memoryview(v).
func (t *Thread) NewMemoryView(v Value) Value {
	if v.Type() == &MemoryViewType {
		o := To[MemoryView](v)
		if !o.live(t) {
			return Value{}
		}
		return Of(o.m.add(o))
	}
	if v.Type().Buffer == nil {
		return t.TypeErrorf("memoryview: a bytes-like object is required, not '%s'", v.Type().Name)
	}
	b, ok := v.Type().Buffer(t, v, false)
	if !ok {
		return Value{}
	}
	return ViewOf(b)
}

// ViewOf returns a memoryview of a buffer, which it owns.
func ViewOf(b *Buffer) Value {
	m := newManaged(b)
	m.views = 1
	v := &MemoryView{Head: Head{&MemoryViewType}, m: m, Bytes: b.Bytes, Offset: b.Offset, ReadOnly: b.ReadOnly, Format: b.Format,
		ItemSize: b.ItemSize, Shape: b.Shape, Strides: b.Strides}
	if v.Format == "" {
		v.Format = "B"
	}
	if v.Shape == nil {
		one := &[2]int{len(b.Bytes) / max(b.ItemSize, 1), b.ItemSize}
		v.Shape, v.Strides = one[:1:1], one[1:]
	} else if v.Strides == nil {
		v.Strides = contiguousStrides(v.Shape, v.ItemSize)
	}
	return Of(v)
}

func contiguousStrides(shape []int, itemSize int) []int {
	s := make([]int, len(shape))
	for i := len(shape) - 1; i >= 0; i-- {
		s[i] = itemSize
		itemSize *= shape[i]
	}
	return s
}

// live raises ValueError if the view is released.
func (v *MemoryView) live(t *Thread) bool {
	if v.m == nil {
		t.ValueErrorf("operation forbidden on released memoryview object")
		return false
	}
	return true
}

// release gives the view up.
func (v *MemoryView) release(t *Thread) bool {
	if v.m == nil {
		return true
	}
	if n := v.Exports.n.Load(); n > 0 && v.Exports.Any(t) {
		n = v.Exports.n.Load()
		t.Raisef(&BufferErrorType, "memoryview has %d exported buffer%s", n, plural(int(n)))
		return false
	}
	m := v.m
	v.m = nil
	m.drop(t)
	return true
}

// buffer returns the view as a buffer.
func (v *MemoryView) buffer() *Buffer {
	owner := Of(v)
	return &Buffer{Bytes: v.Bytes, Offset: v.Offset, ReadOnly: v.ReadOnly, Owner: owner, Format: v.Format, ItemSize: v.ItemSize,
		Shape: v.Shape, Strides: v.Strides}
}

func memoryBuffer(t *Thread, x Value, writable bool) (*Buffer, bool) {
	v := To[MemoryView](x)
	if !v.live(t) {
		return nil, false
	}
	if writable && v.ReadOnly {
		t.Raisef(&BufferErrorType, "memoryview: underlying buffer is not writable")
		return nil, false
	}
	b := v.buffer()
	if b.Contiguous() {
		// Those who only want bytes find them at once.
		b.Bytes, b.Offset = v.Bytes[v.Offset:v.Offset+v.nbytes()], 0
	}
	b.OnRelease(&v.Exports, nil)
	return b, true
}

// isRun reports whether the view is one of items in a row, one after the other, and not released.
func (v *MemoryView) isRun() bool {
	return v.m != nil && len(v.Shape) == 1 && v.Strides[0] == v.ItemSize
}

// run returns the memory of a view that isRun.
func (v *MemoryView) run() []byte { return v.Bytes[v.Offset : v.Offset+v.Shape[0]*v.ItemSize] }

// count is the number of bytes of all items.
func (v *MemoryView) nbytes() int {
	n := v.ItemSize
	for _, x := range v.Shape {
		n *= x
	}
	return n
}

// contiguous reports whether the items lie one after the other, the last index changing fastest, or for fortran the first.
func (v *MemoryView) contiguous(fortran bool) bool {
	if len(v.Shape) == 1 {
		return v.Shape[0] == 1 || v.Strides[0] == v.ItemSize
	}
	if v.nbytes() == 0 {
		return true
	}
	n := v.ItemSize
	for i := range v.Shape {
		if !fortran {
			i = len(v.Shape) - 1 - i
		}
		if v.Shape[i] > 1 && v.Strides[i] != n {
			return false
		}
		n *= v.Shape[i]
	}
	return true
}

// tobytes appends all items, the last index changing fastest, or for fortran the first.
func (v *MemoryView) tobytes(dst []byte, fortran bool) []byte {
	if !fortran || len(v.Shape) <= 1 {
		if v.contiguous(false) {
			return append(dst, v.Bytes[v.Offset:v.Offset+v.nbytes()]...)
		}
		b := v.buffer()
		return b.appendItems(dst, v.Offset, 0)
	}
	r := MemoryView{Bytes: v.Bytes, Offset: v.Offset, ItemSize: v.ItemSize}
	for i := range v.Shape {
		r.Shape = append(r.Shape, v.Shape[len(v.Shape)-1-i])
		r.Strides = append(r.Strides, v.Strides[len(v.Shape)-1-i])
	}
	return r.tobytes(dst, false)
}

const memoryViewDoc = "Create a new memoryview object which references the given object."

func setupMemoryView() {
	setupMemoryIter()
	Define(&MemoryViewType, TypeSpec{
		Name: "memoryview", Sig: "(object)", Doc: memoryViewDoc, HasWeak: true, Flags: FlagSequence,
		Slots: Slots{
			New: Constructor("memoryview", "(object)", func(t *Thread, cls *Type, a []Value) Value { return t.NewMemoryView(a[0]) }),
			Repr: func(t *Thread, x Value) Value {
				if To[MemoryView](x).m == nil {
					return MakeStr(sprintf("<released memory at %#x>", ID(x)))
				}
				return MakeStr(sprintf("<memory at %#x>", ID(x)))
			},
			Hash: memoryHash, Compare: memoryCompare, Iter: memoryIter, Len: memoryLen,
			GetItem: memoryGetItem, SetItem: memorySetItem, Buffer: memoryBuffer,
		},
		Methods: memoryMethods,
		GetSets: memoryGetSets,
	})
}

func memoryLen(t *Thread, x Value) (int, bool) {
	v := To[MemoryView](x)
	if !v.live(t) {
		return 0, false
	}
	if len(v.Shape) == 0 {
		t.TypeErrorf("0-dim memory has no length")
		return 0, false
	}
	return v.Shape[0], true
}

func memoryHash(t *Thread, x Value) (int64, bool) {
	v := To[MemoryView](x)
	if v.hashed {
		return v.hash, true
	}
	if !v.live(t) {
		return 0, false
	}
	if !v.ReadOnly {
		t.ValueErrorf("cannot hash writable memoryview object")
		return 0, false
	}
	if c := nativeCode(v.Format); c != 'B' && c != 'b' && c != 'c' {
		t.ValueErrorf("memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
		return 0, false
	}
	if owner := v.m.buf.Owner; owner.P != nil {
		if _, ok := t.Hash(owner); !ok {
			return 0, false
		}
	}
	v.hash, v.hashed = int64(hashBytes(textOf(v.tobytes(nil, false)))), true
	return v.hash, true
}

// MemoryIter iterates over a memoryview of one dimension. View is nil once it is exhausted.
type MemoryIter struct {
	Head
	View  *MemoryView
	Index int
}

// MemoryIterType is the type of a memoryview's iterator.
var MemoryIterType Type

func setupMemoryIter() {
	Define(&MemoryIterType, TypeSpec{Name: "memory_iterator", Flags: FlagNoNew, Slots: Slots{Iter: selfIter, Next: memoryIterNext}})
}

func memoryIter(t *Thread, x Value) Value {
	v := To[MemoryView](x)
	if !v.live(t) {
		return Value{}
	}
	switch len(v.Shape) {
	case 0:
		return t.TypeErrorf("invalid indexing of 0-dim memory")
	case 1:
	default:
		return t.Raisef(&NotImplementedErrorType, "multi-dimensional sub-views are not implemented")
	}
	if nativeCode(v.Format) == 0 {
		return v.unsupported(t)
	}
	return Of(&MemoryIter{Head{&MemoryIterType}, v, 0})
}

func memoryIterNext(t *Thread, x Value) Value {
	it := To[MemoryIter](x)
	v := it.View
	if v == nil {
		return Value{}
	}
	if !v.live(t) {
		return Value{}
	}
	if it.Index >= v.Shape[0] {
		it.View = nil
		return Value{}
	}
	it.Index++
	return v.item(t, v.Offset+(it.Index-1)*v.Strides[0])
}
