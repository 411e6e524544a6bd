package symtable

// slab hands out values and slices of a type from blocks that it keeps: reset makes
// all of them free again, so that one file after the other is worked on in the same
// memory.
type slab[T any] struct {
	current []T // the block that is handed out from
	used    int // how many values of it are taken
	blocks  [][]T
	behind  int // index of the block behind the current one
}

const slabBlock = 256

// next returns a value, whatever is in it.
func (s *slab[T]) next() *T {
	if s.used == len(s.current) {
		s.grow(1)
	}
	v := &s.current[s.used]
	s.used++
	return v
}

// take returns n zero values in a row.
func (s *slab[T]) take(n int) []T {
	v := s.room(n)[:n]
	clear(v) // not in reset, when it is in no cache of the processor any more
	return v
}

// room returns an empty slice with room for n values.
func (s *slab[T]) room(n int) []T {
	if s.used+n > len(s.current) {
		s.grow(n)
	}
	at := s.used
	s.used += n
	return s.current[at:at:s.used]
}

// grow makes another block the current one, with n values at least.
//
//go:noinline
func (s *slab[T]) grow(n int) {
	s.used = 0
	for s.behind < len(s.blocks) {
		s.current = s.blocks[s.behind]
		s.behind++
		if n <= len(s.current) {
			return
		}
	}
	// The first block is small, as most files are.
	s.current = make([]T, max(n, min(32<<len(s.blocks), slabBlock)))
	s.blocks = append(s.blocks, s.current)
	s.behind = len(s.blocks)
}

// reset takes back what was handed out, which nobody may use any more.
func (s *slab[T]) reset() { s.current, s.used, s.behind = nil, 0, 0 }
