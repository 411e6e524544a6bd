package assemble

import (
	"errors"
	"math"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Assembler makes code objects of units, one after another. Its memory is used
// again for each; it belongs to one goroutine. The zero Assembler is ready for use.
type Assembler struct {
	// Hook, if set, is called after each pass over the graph of a unit.
	Hook flowgraph.Hook

	graph  flowgraph.Graph
	places []place
	jumps  []jump  // in the order of the bytecode
	first  []int32 // index into places by block, -1 if it is nowhere
	units  int     // size of the bytecode
	guards []guard
	items  []code.Value
	bytes  []byte
	lines  []byte // the location table
}

// place is a block in its place.
type place struct {
	instrs []flowgraph.Instr
	index  int32 // of its first instruction, among all
	offset int32 // code units
	size   int32 // code units, without its jump
	jump   int32 // number of jumps up to its end
}

// jump is what becomes of a jump. A block has one at most.
type jump struct {
	place  int32 // it stands there
	target int32 // and leads there, both indices into places
	own    int32 // index of the instruction, among all
	before int32 // code units between the top of its block and itself
	arg    int32
	units  int32 // with EXTENDED_ARGs and caches
	shape
}

// guard says which handler is in force from an instruction on.
type guard struct {
	offset  int32
	handler flowgraph.BlockID
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

// Reserve makes room for units of files of up to size bytes, before there are any.
func (a *Assembler) Reserve(size int) {
	a.graph.Reserve(size / 16)
	a.bytes, a.lines = make([]byte, 0, size), make([]byte, 0, size)
}

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
	if err := a.writeCode(); err != nil {
		return nil, err
	}
	codeEnd := len(a.bytes)
	a.writeLocations(u.FirstLine)
	a.bytes = append(a.bytes, a.lines...)
	locationsEnd := len(a.bytes)
	a.findGuards()
	if err := a.writeExceptions(); err != nil {
		return nil, err
	}
	exceptionsEnd := len(a.bytes)
	names, kinds := a.variables(u)
	c := u.Cache
	text := c.String(a.bytes)
	o := c.NewObject()
	o.Code.S = text[:codeEnd]
	o.Version, o.Flags = pyver.Py314, u.Flags
	o.ArgCount = u.PosOnlyArgCount + u.ArgCount
	o.PosOnlyArgCount, o.KwOnlyArgCount = u.PosOnlyArgCount, u.KwOnlyArgCount
	o.NLocals = len(u.VarNames.List)
	o.StackSize = max(a.graph.StackSize, 1)
	o.FirstLine = int(u.FirstLine)
	o.LineTable = c.Bytes(text[codeEnd:locationsEnd])
	o.ExceptionTable = c.Bytes(text[locationsEnd:exceptionsEnd])
	o.LocalsPlusNames = names
	if kinds == 0 {
		o.LocalsPlusKinds = c.Bytes("")
	} else {
		o.LocalsPlusKinds.S = text[exceptionsEnd:]
	}
	for _, v := range a.graph.Consts {
		intern(v, u.Cache)
	}
	consts, isNew := c.AddTuple(a.graph.Consts)
	if isNew {
		ownSets(consts, u.Cache)
	}
	o.Consts = consts
	a.items = u.Names.AppendStrings(a.items[:0], c)
	o.Names = c.Tuple(a.items)
	o.Filename = u.Filename
	name := c.NameNum(u.Name, u.NameNum)
	o.Name, o.QualName = name, name
	if u.QualName != u.Name {
		o.QualName = qualName(u)
	}
	return o, nil
}

// layOut puts the blocks in a row and measures them.
func (a *Assembler) layOut() error {
	g, t := &a.graph, shapes()
	if n := g.Len(); cap(a.first) < n {
		a.first = make([]int32, n, 2*n)
	} else {
		a.first = a.first[:n]
	}
	for i := range a.first {
		a.first[i] = -1
	}
	places, jumps := a.places[:0], a.jumps[:0]
	index := int32(0)
	for id := g.Entry(); id != 0; {
		b := g.Block(id)
		ins := b.Instrs
		at := int32(len(places))
		a.first[id] = at
		// A jump is the last one or has only NOT_TAKEN behind it. Up to there nothing is
		// asked that a processor would have to guess.
		units, i := int32(0), 0
		for n := len(ins) - 2; i < n; i++ {
			in := &ins[i]
			s := &t[in.Op&511]
			if s.kind&isJump != 0 || in.Arg > 0xff {
				break
			}
			units += int32(s.units)
		}
		for had := len(jumps); i < len(ins); i++ {
			in := &ins[i]
			s := &t[in.Op&511]
			if s.kind&isJump == 0 {
				units += int32(s.units) + extended(in.Arg)
				continue
			}
			if len(jumps) > had {
				return errJump
			}
			jumps = more(jumps)
			j := &jumps[len(jumps)-1] // the target is that by block for now
			j.place, j.target, j.own, j.before, j.shape = at, int32(in.Target), index+int32(i), units, *s
		}
		places = more(places)
		p := &places[at]
		p.instrs, p.index, p.size, p.jump = ins, index, units, int32(len(jumps))
		index += int32(len(ins))
		id = b.Next
	}
	a.places, a.jumps = places, jumps
	return nil
}

// more makes room for an element, whose fields are then set one by one: a literal would
// be made elsewhere and copied.
func more[T any](list []T) []T {
	if n := len(list); n < cap(list) {
		return list[:n+1]
	}
	var zero T
	return append(list, zero)
}

// extended returns how many EXTENDED_ARGs an oparg takes.
func extended(arg int32) int32 {
	switch {
	case arg <= 0xff:
		return 0
	case arg <= 0xffff:
		return 1
	case arg <= 0xffffff:
		return 2
	}
	return 3
}

// maxRounds bounds the search for distances; each round but odd ones only makes
// instructions longer.
const maxRounds = 1000

// instr returns the instruction that is the jump.
func (a *Assembler) instr(j *jump) *flowgraph.Instr {
	p := &a.places[j.place]
	return &p.instrs[j.own-p.index]
}

// resolveJumps gives jumps their directions and distances, and all blocks their
// offsets.
func (a *Assembler) resolveJumps() error {
	places, t := a.places, shapes()
	for i := range a.jumps {
		j := &a.jumps[i]
		if uint32(j.target) >= uint32(len(a.first)) || a.first[j.target] < 0 {
			return errJump
		}
		j.target = a.first[j.target]
		// Sizes start out as if indices were distances, as those of CPython do;
		// it is seldom that it shows.
		j.arg = places[j.target].index
		if j.arg <= j.own {
			switch in := a.instr(j); {
			case j.kind&eitherWay != 0:
				in.Op = opcode.JUMP_BACKWARD
				j.shape = t[in.Op]
			case j.kind&eitherWayQuiet != 0:
				in.Op = opcode.JUMP_BACKWARD_NO_INTERRUPT
				j.shape = t[in.Op]
			}
		}
	}
	for range maxRounds {
		offset, done := int32(0), 0
		for i := range places {
			p := &places[i]
			p.offset = offset
			offset += p.size
			if done < int(p.jump) {
				j := &a.jumps[done]
				j.units = int32(j.shape.units) + extended(j.arg)
				offset += j.units
				done++
			}
		}
		if offset < 0 || offset > math.MaxInt32/4 {
			return errSize
		}
		again := false
		for i := range a.jumps {
			j := &a.jumps[i]
			from, to := places[j.place].offset+j.before+j.units, places[j.target].offset
			switch {
			case j.kind&isOrigin != 0:
				j.arg = from - to - originOffset
			case to < from:
				j.arg = from - to
			default:
				j.arg = to - from
			}
			if j.arg < 0 || to == offset {
				return errJump
			}
			again = again || int32(j.shape.units)+extended(j.arg) != j.units
		}
		if !again {
			a.units = int(offset)
			for i := range a.jumps {
				j := &a.jumps[i]
				a.instr(j).Arg = j.arg
			}
			return nil
		}
	}
	return errSize
}
