package assemble

import (
	"sync"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// shape is what it takes to write an instruction down.
type shape struct {
	number uint8
	units  uint8 // with caches
	kind   kind
}

type kind uint8

const (
	isJump         kind = 1 << iota
	isOrigin            // END_ASYNC_FOR says where the SEND of its loop is
	endsBlock           // a jump, or it leaves the function
	isPseudo            // there is no such instruction
	eitherWay           // a jump forward that becomes JUMP_BACKWARD if it leads back
	eitherWayQuiet      // the same, and JUMP_BACKWARD_NO_INTERRUPT
)

// extendedArg is the number of EXTENDED_ARG, which is written without being in the graph.
const extendedArg = 69

var shapes = sync.OnceValue(func() *[512]shape {
	t := new([512]shape)
	for i := range t {
		t[i].kind = isPseudo
	}
	for info := range opcode.For(pyver.Py314).All() {
		if int(info.Op) >= len(t) {
			continue
		}
		s := &t[info.Op]
		*s = shape{number: uint8(info.Number), units: 1 + info.Caches}
		if info.Has(opcode.Pseudo) {
			s.kind |= isPseudo
		}
		if info.Has(opcode.HasJRel | opcode.HasJAbs) {
			s.kind |= isJump | endsBlock
		}
	}
	t[opcode.END_ASYNC_FOR].kind |= isOrigin
	for _, op := range [...]opcode.Op{opcode.RETURN_VALUE, opcode.RAISE_VARARGS, opcode.RERAISE} {
		t[op].kind |= endsBlock
	}
	forth := t[opcode.JUMP_FORWARD]
	t[opcode.JUMP], t[opcode.JUMP_NO_INTERRUPT] = forth, forth
	t[opcode.JUMP].kind |= eitherWay
	t[opcode.JUMP_NO_INTERRUPT].kind |= eitherWayQuiet
	return t
})
