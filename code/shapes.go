package code

import (
	"sync"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// shape is what it takes to find the next instruction and a jump's target: an
// extract of a row of package opcode that fits into a cache line with others.
type shape struct {
	caches uint8
	bits   shapeBits
	jump   jumpBits
}

type shapeBits uint8

const (
	shapeHasArg shapeBits = 1 << iota
	shapeExtended
	shapeInstrumented
)

type jumpBits uint8

const (
	jumpRelative jumpBits = 1 << iota
	jumpAbsolute
	jumpBackward
	jumpUnits    // the oparg counts instructions of two bytes rather than bytes
	jumpUnlisted // dis.findlabels leaves it out
)

// shapes has the shape of each opcode of a version.
type shapes [256]shape

var shapeTables [pyver.Py315 - pyver.Py30 + 2]struct {
	once sync.Once
	ops  shapes
}

// shapesOf returns the shapes of v's instructions. In versions that are not
// known nothing has an argument.
func shapesOf(v pyver.Version) *shapes {
	if !v.Known() {
		return &shapes{}
	}
	i := 0
	if v >= pyver.Py30 {
		i = int(v-pyver.Py30) + 1
	}
	t := &shapeTables[i]
	t.once.Do(func() { t.ops.fill(opcode.For(v)) })
	return &t.ops
}

// shapes returns the shapes of o's instructions.
func (o *Object) shapes() *shapes {
	if o.Table == nil {
		return shapesOf(o.Version)
	}
	// Tables of one's own are rare enough to be worked through each time.
	var ops shapes
	ops.fill(o.Table)
	return &ops
}

func (ops *shapes) fill(t *opcode.Table) {
	v := t.Version
	for b := range ops {
		info := t.Info(byte(b))
		s := &ops[b]
		s.caches = info.Caches
		if info.Has(opcode.HasArg) {
			s.bits |= shapeHasArg
		}
		if info.Has(opcode.Instrumented) {
			s.bits |= shapeInstrumented
		}
		if info.Operand == opcode.Extension {
			s.bits |= shapeExtended
		}
		switch {
		case info.Has(opcode.HasJAbs):
			s.jump = jumpAbsolute
		case info.Has(opcode.HasJRel):
			s.jump = jumpRelative
			// dis takes INSTRUMENTED_END_ASYNC_FOR for a forward jump.
			back := info.Operand == opcode.JumpBackward || info.Operand == opcode.Origin
			if back && !info.Has(opcode.Instrumented) {
				s.jump |= jumpBackward
			}
		default:
			continue
		}
		if v >= pyver.Py310 {
			s.jump |= jumpUnits
		}
		if v == pyver.Py311 && info.Has(opcode.Specialized) {
			s.jump |= jumpUnlisted
		}
	}
}
