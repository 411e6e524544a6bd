package symtable

// slab hands out values and slices of a type from blocks that it keeps: reset makes
// all of them free again, so that one file after the other is worked on in the same
// memory.
type slab[T any] struct {
	blocks [][]T
	block  int // index of the current one
	used   int // of the current one
}

const slabBlock = 256

// next returns a zero value.
func (s *slab[T]) next() *T {
	if s.block < len(s.blocks) && s.used < len(s.blocks[s.block]) {
		v := &s.blocks[s.block][s.used]
		s.used++
		var zero T
		*v = zero
		return v
	}
	return &s.take(1)[0]
}

// take returns n zero values in a row.
func (s *slab[T]) take(n int) []T {
	for s.block < len(s.blocks) {
		if b := s.blocks[s.block]; s.used+n <= len(b) {
			v := b[s.used : s.used+n : s.used+n]
			s.used += n
			clear(v) // not in reset, when it is in no cache of the processor any more
			return v
		}
		s.block++
		s.used = 0
	}
	// The first block is small, as most files are.
	size := max(n, min(32<<len(s.blocks), slabBlock))
	b := make([]T, size)
	s.blocks = append(s.blocks, b)
	s.block, s.used = len(s.blocks)-1, n
	return b[:n:n]
}

// reset takes back what was handed out, which nobody may use any more.
func (s *slab[T]) reset() { s.block, s.used = 0, 0 }
