package object

import (
	"strings"
	"unsafe"
)

// Texts and bytes that are not long lie behind their header, in one allocation. What such an object points to is itself
// and its type, which is a variable: so the collector need not know of these pointers, and the memory is allocated as
// numbers. That makes it cheaper to get, to mark and to free. The headers below are those of Str and Bytes with numbers
// for pointers.

// rawStr is a Str that the collector does not scan.
type rawStr struct {
	cls   uintptr
	hash  uint64
	text  uintptr
	size  int
	n     uint32
	flags [4]byte
}

// rawBytes is a Bytes that the collector does not scan.
type rawBytes struct {
	cls  uintptr
	text uintptr
	size int
	hash uint64
}

// These constants do not compile unless the headers agree.
const (
	_ = -(unsafe.Sizeof(rawStr{}) ^ unsafe.Sizeof(Str{}))
	_ = -(unsafe.Offsetof(rawStr{}.text) ^ unsafe.Offsetof(Str{}.S))
	_ = -(unsafe.Offsetof(rawStr{}.n) ^ unsafe.Offsetof(Str{}.n))
	_ = -(unsafe.Sizeof(rawBytes{}) ^ unsafe.Sizeof(Bytes{}))
	_ = -(unsafe.Offsetof(rawBytes{}.text) ^ unsafe.Offsetof(Bytes{}.S))
)

// maxBehind is the length up to which a text lies behind its header. Longer ones often have the size of a buffer, and the
// header would move them to the next of the sizes that Go allocates.
const maxBehind = 1000

// rawBlock returns size bytes, zeroed, that the collector does not scan.
func rawBlock(size uintptr) unsafe.Pointer {
	return unsafe.Pointer(unsafe.SliceData(make([]uint64, (size+7)/8)))
}

// newRaw returns a zeroed T that the collector does not scan: all it will ever point to are variables, such as builtin types and Tags.
func newRaw[T any]() *T { return (*T)(rawBlock(unsafe.Sizeof(*new(T)))) }

// RawSlice returns n zeroed values, n at least 1, that the collector does not scan: what they point to must be kept by others, or be themselves.
func RawSlice[T any](n int) []T {
	return unsafe.Slice((*T)(rawBlock(uintptr(n)*unsafe.Sizeof(*new(T)))), n)
}

// makeStrBuf returns a str of size bytes and n code points whose text the caller writes into the slice before anyone
// sees the str. What the slice holds is arbitrary. An empty text gets a byte, too: its pointer must not be one to what is
// next in memory.
func makeStrBuf(size, n int) (*Str, []byte) {
	if size > maxBehind || size != n && size > maxSkip {
		b := rawText(size)
		return NewStrN(textOf(b), n), b
	}
	return rawStrAt(rawBlock(unsafe.Sizeof(rawStr{})+uintptr(max(size, 1))), size, n)
}

// rawStrAt makes a str of size bytes and n code points in the zeroed block at p, and returns the memory for its text.
func rawStrAt(p unsafe.Pointer, size, n int) (*Str, []byte) {
	x, text := (*rawStr)(p), (*byte)(unsafe.Add(p, unsafe.Sizeof(rawStr{})))
	x.cls, x.text, x.size, x.n = uintptr(unsafe.Pointer(&StrType)), uintptr(unsafe.Pointer(text)), size, uint32(n)
	return (*Str)(p), unsafe.Slice(text, size)
}

const (
	// maxPiece is the length up to which a part of a text is copied: it takes no more memory than a header of its own, or
	// little more, and does not keep the text.
	maxPiece = 24
	// maxPieces is the size of the blocks that Pieces are taken from: so much can be kept by one of them.
	maxPieces = 320
)

// Pieces makes short strings that become visible together, several in one block.
type Pieces struct {
	block unsafe.Pointer
	left  uintptr // bytes of the block
	made  int
}

// add returns a str with the given text of n code points and at most maxPiece bytes. rest is how many more there will be, about.
func (x *Pieces) add(text string, n, rest int) *Str {
	size := unsafe.Sizeof(rawStr{}) + uintptr(len(text)+7)&^7
	if size > x.left {
		x.left = max(size, min(uintptr(rest+1)*size, maxPieces))
		x.block = rawBlock(x.left)
	}
	s, b := rawStrAt(x.block, len(text), n)
	copy(b, text)
	if x.left -= size; x.left > 0 {
		x.block = unsafe.Add(x.block, size)
	}
	return s
}

// makeBytesBuf returns a bytes object whose contents the caller writes into the slice before anyone sees it. What the
// slice holds is arbitrary.
func makeBytesBuf(size int) (*Bytes, []byte) {
	if size > maxBehind {
		b := rawText(size)
		return NewBytes(textOf(b)), b
	}
	x := (*rawBytes)(rawBlock(unsafe.Sizeof(rawBytes{}) + uintptr(max(size, 1))))
	p := (*byte)(unsafe.Add(unsafe.Pointer(x), unsafe.Sizeof(rawBytes{})))
	x.cls, x.text, x.size = uintptr(unsafe.Pointer(&BytesType)), uintptr(unsafe.Pointer(p)), size
	return (*Bytes)(unsafe.Pointer(x)), unsafe.Slice(p, size)
}

// rawText returns n bytes, at least one, of memory that has not been cleared; its capacity is that of the allocation.
func rawText(n int) []byte {
	var b strings.Builder
	b.Grow(n)
	size := b.Cap()
	b.WriteByte(0)
	return unsafe.Slice(unsafe.StringData(b.String()), size)[:n]
}
