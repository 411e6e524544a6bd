package code

import (
	"iter"

	"github.com/krait-py/krait/pyver"
)

// Instr is an instruction as it stands in the bytecode. Offsets are in bytes.
//
//	Start            Offset                          End
//	| EXTENDED_ARG … | Op  low byte(s) of Arg | caches |
//
// If the bytecode breaks off inside of an instruction, End lies behind the end
// of the bytecode all the same, and bytes of Arg that are missing count as 0.
type Instr struct {
	Start  int // of the first EXTENDED_ARG that belongs to it, otherwise Offset
	Offset int // of the opcode
	End    int // where the next instruction starts: behind the inline caches
	Arg    int // the oparg with its EXTENDED_ARGs; 0 without HasArg
	Op     byte
	HasArg bool
	Caches uint8 // inline cache entries behind it, in code units
	jump   jumpBits
}

// Next returns the offset behind the instruction proper, where its inline
// caches start if it has any.
func (in Instr) Next() int { return in.End - 2*int(in.Caches) }

// JumpTarget returns the offset that a jump leads to, and whether the
// instruction is one: what dis takes for one in the version in question, loop
// heads and block set-ups included. Hostile bytecode may have targets outside
// of itself.
func (in Instr) JumpTarget() (int, bool) {
	if in.jump&(jumpRelative|jumpAbsolute) == 0 || !in.HasArg {
		return 0, false
	}
	arg := in.Arg
	if in.jump&jumpUnits != 0 {
		arg *= 2
	}
	switch {
	case in.jump&jumpAbsolute != 0:
		return arg, true
	case in.jump&jumpBackward != 0:
		return in.End - arg, true
	}
	return in.End + arg, true
}

// Instructions yields the instructions of o as the interpreter meets them:
// EXTENDED_ARG belongs to the instruction behind it, inline caches to the one
// before, and Arg has 32 bits with a sign. An EXTENDED_ARG that nothing
// follows comes as an instruction of its own.
func (o *Object) Instructions() iter.Seq[Instr] {
	return func(yield func(Instr) bool) { o.instructions(yield) }
}

func (o *Object) instructions(yield func(Instr) bool) {
	r := newReader(o)
	start, arg := -1, 0
	for r.next() {
		if start < 0 {
			start = r.in.Offset
		}
		if r.in.HasArg {
			r.in.Arg |= arg << r.argBits
		}
		if r.extended && r.in.End < len(r.code) {
			arg = r.in.Arg
			continue
		}
		r.in.Start = start
		r.in.Arg = int(int32(r.in.Arg))
		if !yield(r.in) {
			return
		}
		start, arg = -1, 0
	}
}

// RawInstructions yields the instructions of o in the way dis lists them:
// EXTENDED_ARG is an instruction of its own, and Arg is what dis makes of
// it in the version in question, with these oddities:
//
//   - up to 3.9, EXTENDED_ARG skips over instructions without argument;
//   - up to 3.10, Arg is not bound to 32 bits (here to 64); later versions let
//     an EXTENDED_ARG of 31 bits and more turn negative;
//   - instructions written by sys.monitoring have no inline caches.
//
// Start is set as in 3.13 and later, where dis shows it.
func (o *Object) RawInstructions() iter.Seq[Instr] {
	return func(yield func(Instr) bool) { o.rawInstructions(yield) }
}

func (o *Object) rawInstructions(yield func(Instr) bool) {
	r := newReader(o)
	r.raw = true
	start, arg := -1, 0
	for r.next() {
		r.in.Start = r.in.Offset
		if r.in.HasArg {
			r.in.Arg |= arg
			arg = 0
		} else if o.Version >= pyver.Py310 {
			arg = 0
		}
		if r.extended {
			if start < 0 {
				start = r.in.Offset
			}
			arg = r.in.Arg << r.argBits
			if o.Version >= pyver.Py311 && int64(arg) >= 1<<31 {
				arg = int(int64(arg) - 1<<32)
			}
		} else if start >= 0 {
			r.in.Start = start
			start = -1
		}
		if !yield(r.in) {
			return
		}
	}
}

// Labels returns what dis.findlabels returns: the targets of jumps, each once,
// in the order of the first jump that leads there. It shares the functions'
// oversights: that of 2.7 does not look at EXTENDED_ARG, that of 3.11 misses
// specialized jumps.
func (o *Object) Labels() []int {
	var labels []int
	size := len(o.Code.text())
	// One bit an offset; what lies outside of the bytecode, which only
	// damaged files do, is kept apart.
	seen := make([]uint64, size/64+1)
	var outside map[int]bool
	for in := range o.RawInstructions() {
		if in.Next() > size {
			break
		}
		if o.Version == pyver.Py27 {
			in.Arg &= 0xffff
		}
		at, ok := in.JumpTarget()
		if !ok || in.jump&jumpUnlisted != 0 {
			continue
		}
		if at < 0 || at > size {
			if outside[at] {
				continue
			}
			if outside == nil {
				outside = map[int]bool{}
			}
			outside[at] = true
		} else {
			if seen[at/64]&(1<<(at%64)) != 0 {
				continue
			}
			seen[at/64] |= 1 << (at % 64)
		}
		labels = append(labels, at)
	}
	return labels
}

// reader reads instructions one by one, without regard to EXTENDED_ARG.
type reader struct {
	code     string
	ops      *shapes
	wide     bool // 2 bytes an instruction; otherwise 1, or 3 with argument
	raw      bool // as dis sees it
	argBits  uint8
	extended bool // in is an EXTENDED_ARG
	in       Instr
}

func newReader(o *Object) reader {
	r := reader{code: o.Code.text(), ops: o.shapes(), argBits: 16}
	if o.Version >= pyver.Py36 {
		r.wide, r.argBits = true, 8
	}
	return r
}

func (r *reader) next() bool {
	at := r.in.End
	if at >= len(r.code) {
		return false
	}
	op := r.code[at]
	s := r.ops[op]
	if r.raw && s.bits&shapeInstrumented != 0 {
		s.caches = 0
	}
	r.extended = s.bits&shapeExtended != 0
	r.in = Instr{
		Offset: at,
		Op:     op,
		HasArg: s.bits&shapeHasArg != 0,
		Caches: s.caches,
		jump:   s.jump,
	}
	if r.wide {
		r.in.End = at + 2 + 2*int(s.caches)
		if r.in.HasArg && at+1 < len(r.code) {
			r.in.Arg = int(r.code[at+1])
		}
		return true
	}
	r.in.End = at + 1
	if r.in.HasArg {
		r.in.End = at + 3
		if at+1 < len(r.code) {
			r.in.Arg = int(r.code[at+1])
		}
		if at+2 < len(r.code) {
			r.in.Arg |= int(r.code[at+2]) << 8
		}
	}
	return true
}
