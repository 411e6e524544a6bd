package opcode

import (
	"iter"
	"sync/atomic"

	"github.com/krait-py/krait/pyver"
)

// Table is the instruction set of one version, with the names that its dis
// module prints for operands. Lists a version does not have are nil. Tables are
// shared: nobody may change them.
type Table struct {
	Version      pyver.Version
	Source       string // where the specification was taken from
	HaveArgument uint8  // dis.HAVE_ARGUMENT
	ExtendedArg  uint8  // the number of EXTENDED_ARG
	CompareShift uint8  // bits below the CmpOps index in the operand of COMPARE_OP

	CmpOps          []string         // COMPARE_OP
	BinaryOps       []BinaryOperator // BINARY_OP, 3.11 on
	Intrinsics1     []string         // CALL_INTRINSIC_1, 3.12 on
	Intrinsics2     []string         // CALL_INTRINSIC_2, 3.12 on
	CommonConstants []string         // LOAD_COMMON_CONSTANT, 3.14 on, as dis prints them
	SpecialMethods  []string         // LOAD_SPECIAL, 3.14 on
	Conversions     []string         // FORMAT_VALUE, CONVERT_VALUE, 3.6 on; 0 is none
	FunctionFlags   []string         // MAKE_FUNCTION, SET_FUNCTION_ATTRIBUTE, 3.6 on; bit i is entry i
	CodeFlags       []CodeFlag       // dis.COMPILER_FLAG_NAMES, by bit

	infos  *[256]Info
	pseudo []Info
	byOp   *[numOps]uint16 // 1 + number, or 257 + place in pseudo; 0: not there
	added  map[Op]uint8    // numbers of the instructions that With added; nil for none
}

// BinaryOperator is an operand of BINARY_OP.
type BinaryOperator struct {
	Name   string // NB_INPLACE_ADD
	Symbol string // +=
}

// CodeFlag is a named bit of co_flags.
type CodeFlag struct {
	Bit  uint32
	Name string
}

// For returns the instruction set of v, nil when krait does not know v.
func For(v pyver.Version) *Table {
	if !v.Known() {
		return nil
	}
	i := 0
	if v != pyver.Py27 {
		i = 1 + v.Minor()
	}
	if t := tables[i].Load(); t != nil {
		return t
	}
	tables[i].CompareAndSwap(nil, newTables[i]())
	return tables[i].Load()
}

// tables has the tables that somebody has asked for. Most programs need one: the others are memory that the collector
// would look through each time.
var tables [len(newTables)]atomic.Pointer[Table]

// Info returns what opcode byte b is. It is never nil; where the version
// defines no instruction, Op is 0 and Name is dis.opname's "<44>".
func (t *Table) Info(b byte) *Info { return &t.infos[b] }

// ByOp returns the version's instruction op.
func (t *Table) ByOp(op Op) (*Info, bool) {
	if t.added != nil {
		if n, ok := t.added[op]; ok {
			return &t.infos[n], true
		}
	}
	if int(op) >= len(t.byOp) {
		return nil, false
	}
	n := int(t.byOp[op])
	switch {
	case n == 0:
		return nil, false
	case n > len(t.infos):
		return &t.pseudo[n-len(t.infos)-1], true
	}
	return &t.infos[n-1], true
}

// Lookup returns the version's instruction called name.
func (t *Table) Lookup(name string) (*Info, bool) {
	op, ok := Parse(name)
	if !ok {
		return nil, false
	}
	return t.ByOp(op)
}

// All yields the instructions by number, pseudo-instructions last; numbers
// without instruction are left out.
func (t *Table) All() iter.Seq[*Info] {
	return func(yield func(*Info) bool) {
		for i := range t.infos {
			if t.infos[i].Op != 0 && !yield(&t.infos[i]) {
				return
			}
		}
		for i := range t.pseudo {
			if !yield(&t.pseudo[i]) {
				return
			}
		}
	}
}
