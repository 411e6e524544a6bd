package parser

// sequence collects the items of sequences while they are parsed. Sequences
// nest: whoever collects one remembers how long the stack was before.
type sequence[T any] struct {
	stack []T

	// Finished sequences are cut from blocks, of which used are in use; n items
	// of the current one are.
	block   []T
	n, used int
	blocks  [][]T
}

const (
	blockLen   = 512 // the most items of a block
	keptBlocks = 64  // how many blocks are used again
)

// take returns the items from mark on as a slice of their own, and removes them
// from the stack. It returns nil if there are none.
func (q *sequence[T]) take(mark int) []T {
	n := len(q.stack) - mark
	if n == 0 {
		return nil
	}
	s := q.cut(n)
	copy(s, q.stack[mark:])
	q.stack = q.stack[:mark]
	return s
}

// one returns a sequence of just v.
func (q *sequence[T]) one(v T) []T {
	s := q.cut(1)
	s[0] = v
	return s
}

// cut returns a slice of n items.
func (q *sequence[T]) cut(n int) []T {
	if q.n+n > len(q.block) {
		if n > blockLen/4 {
			return make([]T, n)
		}
		q.grow(n)
	}
	s := q.block[q.n : q.n+n : q.n+n]
	q.n += n
	return s
}

// grow makes another block the current one, which has room for n items.
func (q *sequence[T]) grow(n int) {
	size := len(q.block)
	for {
		if q.used == len(q.blocks) {
			q.blocks = append(q.blocks, make([]T, min(max(16, n, 2*size), blockLen)))
		}
		q.block, q.n = q.blocks[q.used], 0
		q.used++
		if n <= len(q.block) {
			return
		}
	}
}

// reset empties the stack. All that was cut is taken back if reuse says so,
// otherwise it is left to its owners.
func (q *sequence[T]) reset(reuse bool) {
	q.stack = q.stack[:0]
	if reuse {
		q.blocks = q.blocks[:min(len(q.blocks), keptBlocks)]
	} else {
		q.blocks = nil
	}
	q.block, q.n, q.used = nil, 0, 0
}
