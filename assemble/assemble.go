package assemble

import (
	"errors"

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
	places []place // by block
	jumps  []jump  // in the order of the bytecode
	runs   []run   // as long as there may be runs
	ran    int     // how many of them there are
	guards []guard
	units  int32      // size of the bytecode
	code   []codeUnit // the bytecode; all zero between units, and as long as it may be
	tables []byte     // what else is bytes
	items  []code.Value
}

var (
	errJump  = errors.New("assemble: jump to where nothing is")
	errSize  = errors.New("assemble: bytecode is too long")
	errOp    = errors.New("assemble: pseudo-instruction is left")
	errDepth = errors.New("assemble: handler at no depth")
)

// Reserve makes room for units of files of up to size bytes, before there are any.
func (a *Assembler) Reserve(size int) {
	a.graph.Reserve(size / 16)
	a.code, a.tables = make([]codeUnit, size), make([]byte, size)
	a.runs = make([]run, size/16)
}

// Unit returns the code object of u. The unit stays as it is but for its cache, unless it is spent.
func Unit(u *instruction.Unit) (*code.Object, error) { return new(Assembler).Unit(u) }

// Unit returns the code object of u. The unit stays as it is but for its cache, unless it is spent.
func (a *Assembler) Unit(u *instruction.Unit) (*code.Object, error) {
	if u.Cache == nil {
		u.Cache = new(instruction.Cache)
	}
	if err := a.graph.Optimize(u, a.Hook); err != nil {
		return nil, err
	}
	if err := a.write(u.FirstLine); err != nil {
		a.code = nil // whatever is written there
		return nil, err
	}
	locationsEnd := len(a.tables)
	if err := a.writeExceptions(); err != nil {
		a.code = nil
		return nil, err
	}
	exceptionsEnd := len(a.tables)
	names, kinds := a.variables(u)
	c := u.Cache
	// All byte strings of the object are parts of one.
	codeEnd := 2 * a.units
	text := c.Strings(a.bytecode(), a.tables)
	clear(a.code[:a.units])
	tables := text[codeEnd:]
	o := c.NewObject()
	o.Code.S = text[:codeEnd]
	o.Version, o.Flags = pyver.Py314, u.Flags
	o.ArgCount = u.PosOnlyArgCount + u.ArgCount
	o.PosOnlyArgCount, o.KwOnlyArgCount = u.PosOnlyArgCount, u.KwOnlyArgCount
	o.NLocals = len(u.VarNames.List)
	o.StackSize = max(a.graph.StackSize, 1)
	o.FirstLine = int(u.FirstLine)
	o.LineTable = c.Bytes(tables[:locationsEnd])
	o.ExceptionTable = c.Bytes(tables[locationsEnd:exceptionsEnd])
	o.LocalsPlusNames = names
	if kinds == 0 {
		o.LocalsPlusKinds = c.Bytes("")
	} else {
		o.LocalsPlusKinds.S = tables[exceptionsEnd:]
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
