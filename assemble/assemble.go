package assemble

import (
	"errors"
	"math"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
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
	a.write(u.FirstLine)
	codeEnd := len(a.bytes)
	a.bytes = append(a.bytes, a.lines...)
	locationsEnd := len(a.bytes)
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
	kinds, line, index := kind(0), int32(0), int32(0)
	for id := g.Entry(); id != 0; {
		b := g.Block(id)
		at := int32(len(places))
		a.first[id] = at
		units, had := int32(0), len(jumps)
		for i, n := 0, len(b.Instrs); i < n; i++ {
			// A jump is the last one or has only NOT_TAKEN behind it. Up to there nothing
			// is asked that a processor would have to guess.
			for ; i < n-2; i++ {
				in := &b.Instrs[i]
				s := t[in.Op&511]
				if s.kind&isJump != 0 || in.Arg > 0xff {
					break
				}
				kinds |= s.kind
				line = min(line, in.Line)
				units += int32(s.units)
			}
			in := &b.Instrs[i]
			s := t[in.Op&511]
			kinds |= s.kind
			line = min(line, in.Line)
			if s.kind&isJump != 0 {
				if len(jumps) > had {
					return errJump
				}
				// The target is that by block for now, the oparg its own index.
				jumps = more(jumps)
				j := &jumps[len(jumps)-1]
				j.place, j.target, j.before, j.arg, j.shape = at, int32(in.Target), units, index+int32(i), s
				continue
			}
			units += int32(s.units) + extended(in.Arg)
		}
		places = more(places)
		p := &places[at]
		p.instrs, p.index, p.size, p.jump = b.Instrs, index, units, int32(len(jumps))
		index += int32(len(b.Instrs))
		id = b.Next
	}
	a.places, a.jumps = places, jumps
	if kinds&isPseudo != 0 {
		return errOp
	}
	if line < noLine {
		a.passNext()
	}
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

// noLine is the line of what has none; what wants that of the next instruction has
// one below.
const noLine = -1

// passNext gives instructions that want the position of the next one that.
func (a *Assembler) passNext() {
	t := shapes()
	next := instruction.NoLocation
	for p := len(a.places) - 1; p >= 0; p-- {
		ins := a.places[p].instrs
		for i := len(ins) - 1; i >= 0; i-- {
			in := &ins[i]
			if in.Span == instruction.NextLocation {
				if t[in.Op&511].kind&endsBlock != 0 {
					next = instruction.NoLocation
				}
				in.Span = next
			}
			next = in.Span
		}
	}
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

// resolveJumps gives jumps their directions and distances, and all blocks their
// offsets.
func (a *Assembler) resolveJumps() error {
	places := a.places
	for i := range a.jumps {
		j := &a.jumps[i]
		if uint32(j.target) >= uint32(len(a.first)) || a.first[j.target] < 0 {
			return errJump
		}
		own := j.arg
		j.target = a.first[j.target]
		// Sizes start out as if indices were distances, as those of CPython do;
		// it is seldom that it shows.
		j.arg = places[j.target].index
		if j.arg <= own {
			switch j.kind & (eitherWay | eitherWayQuiet) {
			case eitherWay:
				j.number, j.shape.units = jumpBackward, 1+jumpBackwardCaches
			case eitherWayQuiet:
				j.number = jumpBackwardQuiet
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
			return nil
		}
	}
	return errSize
}

// write writes the bytecode and the location table, which has an entry for each
// run of instructions at the same place, or as many as it takes, and notes where
// the handlers change. The first line is that of the code object.
func (a *Assembler) write(first int32) {
	n := 2 * a.units
	if cap(a.bytes) < n {
		a.bytes = make([]byte, n, 4*n+1024)
	} else {
		a.bytes = a.bytes[:n]
		clear(a.bytes) // caches are zero
	}
	a.guards = a.guards[:0]
	t := shapes()
	if cap(a.lines) < 8*a.units {
		a.lines = make([]byte, 0, 16*a.units)
	}
	code, lines := a.bytes, a.lines[:0]
	jumps := a.jumps
	at := int32(0) // code units
	except := flowgraph.BlockID(0)
	run, start := &instruction.NoLocation, int32(0) // instructions at the same place
	for p := range a.places {
		ins := a.places[p].instrs
		for i := range ins {
			in := &ins[i]
			// Positions differ half of the time, and no one can tell when: one branch
			// is better than four.
			if (in.Line^run.Line)|(in.Col^run.Col)|(in.EndLine^run.EndLine)|(in.EndCol^run.EndCol) != 0 {
				if at > start {
					units, more := at-start, run.Line-first
					// Most entries are of two kinds: a stretch of the same line, or of
					// one of the next two.
					switch width := run.EndCol - run.Col; {
					case units > 8 || run.EndLine != run.Line || run.Col < 0 || uint32(more) >= 3:
						lines, first = appendPlace(lines, units, first, run)
					case more == 0 && run.Col < 80 && uint32(width) < 16:
						lines = append(lines, byte(0x80|run.Col&^7|(units-1)), byte(run.Col&7<<4|width))
					case run.Col < 128 && uint32(run.EndCol) < 128:
						lines = append(lines, byte(0x80|(10+more)<<3|(units-1)), byte(run.Col), byte(run.EndCol))
						first = run.Line
					default:
						lines, first = appendPlace(lines, units, first, run)
					}
				}
				run, start = &in.Span, at
			}
			if in.Except != except {
				except = in.Except
				a.guards = append(a.guards, guard{at, except})
			}
			s, arg := t[in.Op&511], in.Arg
			if s.kind&isJump != 0 {
				s, arg = jumps[0].shape, jumps[0].arg
				jumps = jumps[1:]
			}
			if arg > 0xff {
				for shift := 8 * extended(arg); shift > 0; shift -= 8 {
					code[2*at], code[2*at+1] = extendedArg, byte(arg>>shift)
					at++
				}
			}
			to := code[2*at:]
			to[0], to[1] = s.number, byte(arg)
			at += int32(s.units)
		}
	}
	if at > start {
		lines, _ = appendPlace(lines, at-start, first, run)
	}
	if except != 0 {
		a.guards = append(a.guards, guard{at, 0})
	}
	a.lines = lines
}
