package assemble

import (
	"sync"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// shape is what it takes to write an instruction down.
type shape struct {
	number byte
	jump   jump
	ends   bool // a jump, or it leaves the function
	pseudo bool // there is no such instruction
	caches int32
	back   *shape // what a jump without a direction is if it leads back
}

type jump uint8

const (
	noJump jump = iota
	anyJump
	origin // END_ASYNC_FOR says where the SEND of its loop is
)

const extendedArg = 69

var shapes = sync.OnceValue(func() *[512]shape {
	t := new([512]shape)
	for i := range t {
		t[i].pseudo = true
	}
	for info := range opcode.For(pyver.Py314).All() {
		if int(info.Op) >= len(t) {
			continue
		}
		s := &t[info.Op]
		s.number, s.caches, s.pseudo = byte(info.Number), int32(info.Caches), info.Has(opcode.Pseudo)
		if info.Has(opcode.HasJRel | opcode.HasJAbs) {
			s.jump, s.ends = anyJump, true
		}
	}
	t[opcode.END_ASYNC_FOR].jump = origin
	for _, op := range [...]opcode.Op{opcode.RETURN_VALUE, opcode.RAISE_VARARGS, opcode.RERAISE} {
		t[op].ends = true
	}
	forth := t[opcode.JUMP_FORWARD]
	t[opcode.JUMP], t[opcode.JUMP_NO_INTERRUPT] = forth, forth
	t[opcode.JUMP].back = &t[opcode.JUMP_BACKWARD]
	t[opcode.JUMP_NO_INTERRUPT].back = &t[opcode.JUMP_BACKWARD_NO_INTERRUPT]
	return t
})
