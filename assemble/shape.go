package assemble

import (
	"sync"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// shape is what it takes to write an instruction down: its number, how many code units it
// takes with its caches, and what is special about it, a byte each but for the last.
type shape uint32

const (
	endsBlock      shape = 1 << (16 + iota) // a jump, or it leaves the function
	isJump                                  //
	isOrigin                                // END_ASYNC_FOR says where the SEND of its loop is
	isPseudo                                // there is no such instruction
	eitherWay                               // a jump forward that becomes JUMP_BACKWARD if it leads back
	eitherWayQuiet                          // the same, and JUMP_BACKWARD_NO_INTERRUPT

	// special has what is not just written down with its oparg.
	special = isJump | isPseudo
)

func (s shape) number() byte { return byte(s) }
func (s shape) units() int   { return int(uint8(s >> 8)) }

// maxCaches is how many caches an instruction has at most.
const maxCaches = 15

// extendedArg is the number of EXTENDED_ARG, which is written without being in the graph.
const extendedArg = 69

var shapes = sync.OnceValue(func() *[512]shape {
	t := new([512]shape)
	for i := range t {
		t[i] = isPseudo
	}
	for info := range opcode.For(pyver.Py314).All() {
		if int(info.Op) >= len(t) {
			continue
		}
		s := shape(uint8(info.Number)) | shape(1+info.Caches)<<8
		if info.Has(opcode.Pseudo) {
			s |= isPseudo
		}
		if info.Has(opcode.HasJRel | opcode.HasJAbs) {
			s |= isJump | endsBlock
		}
		t[info.Op] = s
	}
	t[opcode.END_ASYNC_FOR] |= isOrigin
	for _, op := range [...]opcode.Op{opcode.RETURN_VALUE, opcode.RAISE_VARARGS, opcode.RERAISE} {
		t[op] |= endsBlock
	}
	forth := t[opcode.JUMP_FORWARD]
	t[opcode.JUMP], t[opcode.JUMP_NO_INTERRUPT] = forth|eitherWay, forth|eitherWayQuiet
	return t
})
