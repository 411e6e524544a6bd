package flowgraph

import (
	"testing"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// What effect says of instructions that are not odd is what their stack pictures say, for every oparg that has a meaning.
func TestEffects(t *testing.T) {
	table := ops()
	for info := range opcode.For(pyver.Py314).All() {
		if int(info.Op) >= len(table.facts) {
			continue
		}
		f := &table.facts[info.Op]
		p := info.Stack()
		first, last := 2, 1000
		switch {
		case f.mask == 1:
			first = 0
		case f.mask == 0:
			last = 2
		}
		for arg := first; arg <= last && !f.odd(int32(arg)); arg++ {
			of := arg
			if f.mask == 1 {
				of &= 1
			}
			if n, m := f.effect(int32(arg)); n != p.Popped(of) || m != p.Pushed(of) {
				t.Errorf("%s %d: %d, %d; its picture says %d, %d", info.Name, arg, n, m, p.Popped(of), p.Pushed(of))
				break
			}
		}
	}
}
