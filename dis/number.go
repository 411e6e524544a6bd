package dis

import "github.com/krait-py/krait/code"

// numbers stand in for the addresses of code objects: 1 for the outermost, and
// on in the order in which they are nested.
type numbers map[*code.Object]uint64

// number numbers o and every code object nested in it, each once.
func number(o *code.Object) numbers {
	n := numbers{}
	for inner := range o.All() {
		n[inner] = uint64(len(n) + 1)
	}
	return n
}

// of returns o's number, a new one if it has none yet.
func (n numbers) of(o *code.Object) uint64 {
	if _, ok := n[o]; !ok {
		n[o] = uint64(len(n) + 1)
	}
	return n[o]
}
