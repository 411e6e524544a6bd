package parser

// sequence collects the items of sequences while they are parsed. Sequences nest:
// whoever collects one remembers how long the stack was before.
type sequence[T any] struct {
	stack []T
	block []T // where the finished sequences are cut from
}

// blockLen is how many items a block of finished sequences has.
const blockLen = 512

// take returns the items from mark on as a slice of their own, and removes them
// from the stack. It returns nil if there are none.
func (l *sequence[T]) take(mark int) []T {
	n := len(l.stack) - mark
	if n == 0 {
		return nil
	}
	if n > len(l.block) {
		if n > blockLen/4 {
			s := make([]T, n)
			copy(s, l.stack[mark:])
			l.stack = l.stack[:mark]
			return s
		}
		l.block = make([]T, blockLen)
	}
	s := l.block[:n:n]
	l.block = l.block[n:]
	copy(s, l.stack[mark:])
	l.stack = l.stack[:mark]
	return s
}

// one returns a sequence of just v.
func (l *sequence[T]) one(v T) []T {
	if len(l.block) == 0 {
		l.block = make([]T, blockLen)
	}
	s := l.block[:1:1]
	l.block = l.block[1:]
	s[0] = v
	return s
}
