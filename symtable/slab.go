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

// reset zeroes what was handed out, which nobody may use any more.
func (s *slab[T]) reset() {
	for i, b := range s.blocks {
		if i >= s.block {
			clear(b[:min(s.used, len(b))])
			break
		}
		clear(b)
	}
	s.block, s.used = 0, 0
}
