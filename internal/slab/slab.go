// Package slab hands out values and strings from blocks of memory, since one
// allocation for each would cost more than what is done with them. The blocks can be
// taken back and used again, which leaves the garbage collector without work and
// the processor's caches warm.
package slab

import "unsafe"

// Slab hands out zero values of a type. The zero Slab is ready for use.
type Slab[T any] struct {
	free   []T // what is left of the current block
	blocks [][]T
	used   int // of blocks, handed out from
}

const (
	smallest = 16 // values of the first block
	largest  = 256
)

// Next returns a zero value.
func (s *Slab[T]) Next() *T {
	if len(s.free) == 0 {
		s.grow(1)
	}
	v := &s.free[0]
	s.free = s.free[1:]
	// What was there before goes now and not in Recycle, when it is in no cache of the
	// processor any more.
	var zero T
	*v = zero
	return v
}

// Take returns n values in a row, whatever they are, and no room behind them.
func (s *Slab[T]) Take(n int) []T {
	if n > len(s.free) {
		if n > largest/2 {
			return make([]T, n)
		}
		s.grow(n)
	}
	v := s.free[:n:n]
	s.free = s.free[n:]
	return v
}

// grow makes another block the current one, of at least n values.
func (s *Slab[T]) grow(n int) {
	for s.used < len(s.blocks) {
		s.free = s.blocks[s.used]
		s.used++
		if n <= len(s.free) {
			return
		}
	}
	s.free = make([]T, max(n, min(smallest<<s.used, largest)))
	s.blocks = append(s.blocks, s.free)
	s.used++
}

// Leave leaves what was handed out, and not taken back, to its owners.
func (s *Slab[T]) Leave() { s.blocks, s.used = s.blocks[s.used:], 0 }

// Recycle takes back what was handed out: nobody may use it any more.
func (s *Slab[T]) Recycle() { s.free, s.used = nil, 0 }

// Address returns the address that an interface of type T holds, of a value that is a
// pointer: its second word. What is on the heap stays there, so that the address tells such
// values apart for as long as something else keeps them alive.
func Address[T any](v *T) uintptr { return (*[2]uintptr)(unsafe.Pointer(v))[1] }

// Text hands out strings. The zero Text is ready for use.
type Text struct {
	free   []byte
	blocks [][]byte
	used   int
}

const textBlock = 16 << 10

// String returns a string of the bytes of b.
func (t *Text) String(b []byte) string { return t.Strings(b, nil) }

// Strings returns a string of the bytes of a and, behind them, b.
func (t *Text) Strings(a, b []byte) string {
	n := len(a) + len(b)
	if n > len(t.free) {
		if n > textBlock/4 {
			return string(a) + string(b)
		}
		if t.used == len(t.blocks) {
			t.blocks = append(t.blocks, make([]byte, textBlock))
		}
		t.free = t.blocks[t.used]
		t.used++
	}
	if n == 0 {
		return ""
	}
	// The bytes stay as they are until Recycle, which is what a string needs.
	s := unsafe.String(&t.free[0], n)
	copy(t.free, a)
	copy(t.free[len(a):], b)
	t.free = t.free[n:]
	return s
}

// Leave leaves what was handed out, and not taken back, to its owners.
func (t *Text) Leave() { t.blocks, t.used = t.blocks[t.used:], 0 }

// Recycle takes back what was handed out: nobody may use it any more.
func (t *Text) Recycle() { t.free, t.used = nil, 0 }
