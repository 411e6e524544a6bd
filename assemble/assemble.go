package assemble

import (
	"errors"
	"math"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// Assembler makes code objects of units, one after another. Its memory is used
// again for each; it belongs to one goroutine. The zero Assembler is ready for use.
type Assembler struct {
	// Hook, if set, is called after each pass over the graph of a unit.
	Hook flowgraph.Hook

	graph flowgraph.Graph
	lines []line
	jumps []int32 // indices into lines
	first []int32 // index into lines of a block's first instruction, by block
	units int     // size of the bytecode
	items []code.Value
	bytes []byte
}

// line is an instruction in its place.
type line struct {
	source.Span
	arg    int32
	target int32 // the block, later the index of the instruction that a jump leads to
	offset int32 // code units
	except flowgraph.BlockID
	op     uint8
	caches uint8
	kind   kind
	size   uint8 // code units, with EXTENDED_ARGs and caches
}

// originOffset is the distance in code units from the SEND of an asynchronous loop
// to the END_SEND behind it, which monitoring wants to find.
const originOffset = 5

var (
	errJump  = errors.New("assemble: jump to where nothing is")
	errSize  = errors.New("assemble: bytecode is too long")
	errOp    = errors.New("assemble: pseudo-instruction is left")
	errDepth = errors.New("assemble: handler at no depth")
)

// Unit returns the code object of u. The unit stays as it is but for its cache.
func Unit(u *instruction.Unit) (*code.Object, error) { return new(Assembler).Unit(u) }

// Unit returns the code object of u. The unit stays as it is but for its cache.
func (a *Assembler) Unit(u *instruction.Unit) (*code.Object, error) {
	if u.Cache == nil {
		u.Cache = new(instruction.Cache)
	}
	if err := a.graph.Optimize(u, a.Hook); err != nil {
		return nil, err
	}
	if err := a.layOut(); err != nil {
		return nil, err
	}
	if err := a.resolveJumps(); err != nil {
		return nil, err
	}
	// All byte strings of the object are parts of one.
	a.writeCode()
	codeEnd := len(a.bytes)
	a.writeLocations(u.FirstLine)
	locationsEnd := len(a.bytes)
	if err := a.writeExceptions(); err != nil {
		return nil, err
	}
	exceptionsEnd := len(a.bytes)
	names, kinds := a.variables(u)
	text := string(a.bytes)

	c := u.Cache
	made := new(object)
	o := &made.Object
	made.code.S = text[:codeEnd]
	o.Version, o.Flags = pyver.Py314, u.Flags
	o.ArgCount = u.PosOnlyArgCount + u.ArgCount
	o.PosOnlyArgCount, o.KwOnlyArgCount = u.PosOnlyArgCount, u.KwOnlyArgCount
	o.NLocals = len(u.VarNames.List)
	o.StackSize = max(a.graph.StackSize, 1)
	o.FirstLine = int(u.FirstLine)
	o.Code = &made.code
	o.LineTable = c.Bytes(text[codeEnd:locationsEnd])
	o.ExceptionTable = c.Bytes(text[locationsEnd:exceptionsEnd])
	o.LocalsPlusNames = names
	if kinds == 0 {
		o.LocalsPlusKinds = c.Bytes("")
	} else {
		made.kinds.S = text[exceptionsEnd:]
		o.LocalsPlusKinds = &made.kinds
	}
	for _, v := range a.graph.Consts {
		intern(v)
	}
	consts, isNew := c.AddTuple(a.graph.Consts)
	if isNew {
		ownSets(consts, u.Cache)
	}
	o.Consts = consts
	a.items = u.Names.AppendStrings(a.items[:0], c)
	o.Names = c.Tuple(a.items)
	o.Filename = u.Filename
	o.Name = c.Name(u.Name)
	o.QualName = qualName(u)
	return o, nil
}

// object is a code object and those of its parts that are always its own.
type object struct {
	code.Object
	code, kinds code.Bytes
}

// layOut puts the instructions of all blocks in a row.
func (a *Assembler) layOut() error {
	g, t := &a.graph, shapes()
	if n := g.Len(); cap(a.first) < n {
		a.first = make([]int32, n, 2*n)
	} else {
		a.first = a.first[:n]
	}
	n := 0
	for id := g.Entry(); id != 0; {
		b := g.Block(id)
		n += len(b.Instrs)
		id = b.Next
	}
	if cap(a.lines) < n {
		a.lines = make([]line, n, n+n/2)
	}
	a.lines = a.lines[:n]
	a.jumps = a.jumps[:0]
	n = 0
	kinds, next := kind(0), false
	for id := g.Entry(); id != 0; {
		b := g.Block(id)
		a.first[id] = int32(n)
		lines := a.lines[n : n+len(b.Instrs)]
		for i := range b.Instrs {
			in, l := &b.Instrs[i], &lines[i]
			s := t[in.Op&511]
			l.Span, l.arg, l.target, l.except = in.Span, in.Arg, int32(in.Target), in.Except
			l.op, l.caches, l.kind = s.number, s.caches, s.kind
			kinds |= s.kind
			next = next || in.Line < noLine
			if s.kind&isJump != 0 {
				a.jumps = append(a.jumps, int32(n+i))
			}
		}
		n += len(b.Instrs)
		id = b.Next
	}
	if kinds&isPseudo != 0 {
		return errOp
	}
	if next {
		a.passNext()
	}
	return nil
}

// noLine is the line of what has none; what wants that of the next instruction has
// one below.
const noLine = -1

// passNext gives instructions that want the position of the next one that.
func (a *Assembler) passNext() {
	for i := len(a.lines) - 1; i >= 0; i-- {
		l := &a.lines[i]
		if l.Span != instruction.NextLocation {
			continue
		}
		if l.kind&endsBlock != 0 || i+1 == len(a.lines) {
			l.Span = instruction.NoLocation
		} else {
			l.Span = a.lines[i+1].Span
		}
	}
}

// units returns the size of l in code units.
func (l *line) units() int32 {
	n := 1 + int32(l.caches)
	if l.arg > 0xff {
		n++
		if l.arg > 0xffff {
			n++
			if l.arg > 0xffffff {
				n++
			}
		}
	}
	return n
}

// maxRounds bounds the search for distances; each round but odd ones only makes
// instructions longer.
const maxRounds = 1000

// resolveJumps gives jumps their directions and distances, and all instructions
// their offsets.
func (a *Assembler) resolveJumps() error {
	for _, i := range a.jumps {
		l := &a.lines[i]
		if uint32(l.target) >= uint32(len(a.first)) || int(a.first[l.target]) >= len(a.lines) {
			return errJump
		}
		l.target = a.first[l.target]
		// Sizes start out as if indices were distances, as those of CPython do;
		// it is seldom that it shows.
		l.arg = l.target
		if l.target <= i {
			switch l.kind & (eitherWay | eitherWayQuiet) {
			case eitherWay:
				l.op, l.caches = jumpBackward, jumpBackwardCaches
			case eitherWayQuiet:
				l.op = jumpBackwardQuiet
			}
		}
	}
	for range maxRounds {
		offset := int32(0)
		for i := range a.lines {
			l := &a.lines[i]
			l.offset = offset
			l.size = uint8(l.units())
			offset += int32(l.size)
		}
		if offset < 0 || offset > math.MaxInt32/4 {
			return errSize
		}
		again := false
		for _, i := range a.jumps {
			l := &a.lines[i]
			from, to := l.offset+int32(l.size), a.lines[l.target].offset
			switch {
			case l.kind&isOrigin != 0:
				l.arg = from - to - originOffset
			case to < from:
				l.arg = from - to
			default:
				l.arg = to - from
			}
			if l.arg < 0 {
				return errJump
			}
			again = again || l.units() != int32(l.size)
		}
		if !again {
			a.units = int(offset)
			return nil
		}
	}
	return errSize
}

// writeCode writes the bytecode.
func (a *Assembler) writeCode() {
	n := 2 * a.units
	if cap(a.bytes) < n {
		a.bytes = make([]byte, n, 4*n+1024)
	} else {
		a.bytes = a.bytes[:n]
		clear(a.bytes) // caches are zero
	}
	b := a.bytes
	for i := range a.lines {
		l := &a.lines[i]
		at := b[2*l.offset:]
		if l.arg > 0xff {
			if l.arg > 0xffff {
				if l.arg > 0xffffff {
					at[0], at[1] = extendedArg, byte(l.arg>>24)
					at = at[2:]
				}
				at[0], at[1] = extendedArg, byte(l.arg>>16)
				at = at[2:]
			}
			at[0], at[1] = extendedArg, byte(l.arg>>8)
			at = at[2:]
		}
		at[0], at[1] = l.op, byte(l.arg)
	}
}
