package marshal

import "github.com/krait-py/krait/code"

// chunks hand out nodes from chunks, because one allocation for each of the
// many small values of a stream would cost more than reading it. Chunks grow from
// minChunk to maxChunk, but are no larger than the rest of an ordinary file of
// that length would fill, so that small files stay cheap.
type chunks struct {
	strs   []code.Str
	bytess []code.Bytes
	tuples []code.Tuple
	ints   []code.Int
	items  []code.Value
	chunk  int // nodes of the last chunk
}

// The largest chunk, in nodes; the first one is minChunk.
const (
	minChunk = 16
	maxChunk = 256
)

// grow returns the number of nodes to allocate at once, when the rest of an
// ordinary file holds want of them.
func (p *reader) grow(want int) int {
	p.chunk = max(minChunk, min(p.chunk+p.chunk/2, maxChunk))
	return min(p.chunk, want)
}

func (p *reader) newStr() *code.Str {
	if len(p.strs) == 0 {
		p.strs = make([]code.Str, p.grow(4+p.left()/24))
	}
	v := &p.strs[0]
	p.strs = p.strs[1:]
	return v
}

func (p *reader) newBytes() *code.Bytes {
	if len(p.bytess) == 0 {
		p.bytess = make([]code.Bytes, p.grow(4+p.left()/48))
	}
	v := &p.bytess[0]
	p.bytess = p.bytess[1:]
	return v
}

func (p *reader) newTuple() *code.Tuple {
	if len(p.tuples) == 0 {
		p.tuples = make([]code.Tuple, p.grow(4+p.left()/48))
	}
	v := &p.tuples[0]
	p.tuples = p.tuples[1:]
	return v
}

func (p *reader) int(n int64, c byte) *code.Int {
	if len(p.ints) == 0 {
		p.ints = make([]code.Int, p.grow(4+p.left()/48))
	}
	v := &p.ints[0]
	p.ints = p.ints[1:]
	v.V, v.Form = n, code.Form(c)
	return v
}

// newItems returns n nil values. Large ones are their own allocation; so are
// those that would waste the rest of a chunk.
func (p *reader) newItems(n int) []code.Value {
	if n == 0 {
		return nil
	}
	if n > len(p.items) {
		if n > maxChunk/4 {
			return make([]code.Value, n)
		}
		p.items = make([]code.Value, max(n, min(2*maxChunk, 8+p.left()/16)))
	}
	v := p.items[:n:n]
	p.items = p.items[n:]
	return v
}
