package rewrite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Operand is an oparg with its meaning: which fields are of use depends on
// Kind. In a made Operand, Kind may be left zero, which stands for the
// instruction's own.
type Operand struct {
	Kind opcode.Operand

	// Arg is the oparg that the view was made from. SetOperand takes it if
	// the other fields still say what it says, and makes another otherwise.
	Arg int

	// Target is where the instruction leads: opcode.JumpRel, JumpBackward,
	// JumpAbs, Origin.
	Target *Label
	// Const is the constant: opcode.Const. Nil if there is none.
	Const code.Value
	// Name is the name of a global, an attribute, a module or a variable:
	// opcode.Name, NameFlag, NameSuper, NameImport, Local, Free, and the
	// first of a LocalPair.
	Name string
	// Second is the second name of a LocalPair.
	Second string
	// Text is what the version's table has for the oparg: "<=" of
	// opcode.Compare, "+=" of BinaryOp, "INTRINSIC_PRINT" of Intrinsic1 and
	// Intrinsic2, "AssertionError" of CommonConst, "__enter__" of
	// SpecialMethod, "repr" of ConvertValue and FormatValue. Empty if there
	// is none.
	Text string
	// N is the number for all other kinds, and the index when it is Missing.
	N int
	// Missing says that the tuple or table has no entry N.
	Missing bool

	// Null says that an instruction also pushes what a call needs beside the
	// callable: LOAD_GLOBAL's NULL, the method bit of LOAD_ATTR and
	// LOAD_SUPER_ATTR.
	Null bool
	// TwoArgs says that LOAD_SUPER_ATTR stands for a super() with arguments.
	TwoArgs bool
	// Lazy and Eager are the flags of 3.15's IMPORT_NAME.
	Lazy, Eager bool
	// Bool says that COMPARE_OP makes a bool of its result (3.13 and later).
	Bool bool
	// Invert says that IS_OP and CONTAINS_OP mean the opposite.
	Invert bool
	// Spec says that FORMAT_VALUE takes a format specification too.
	Spec bool
	// Mask has the bits below the operator of COMPARE_OP but Bool, from 3.12
	// on: the outcomes that are true. SetOperand sets it where Text is new.
	Mask int
}

// Operand returns the view of the oparg of instruction i. It is the zero
// Operand for a label, and for instructions that the version does not have.
func (f *Func) Operand(i int) Operand {
	if i < 0 || i >= len(f.Code) || f.Code[i].Label != nil {
		return Operand{}
	}
	t := f.Object.Opcodes()
	if t == nil {
		return Operand{}
	}
	in := &f.Code[i]
	info, ok := t.ByOp(in.Op)
	if !ok {
		return Operand{Kind: opcode.JumpRel, Target: in.Target}
	}
	if isPlace(info) {
		return Operand{Kind: info.Operand, Target: in.Target}
	}
	return f.view(t, info, in.Arg)
}

// view returns the view of an oparg that is no place.
func (f *Func) view(t *opcode.Table, info *opcode.Info, arg int) Operand {
	o := f.Object
	v := Operand{Kind: info.Operand, Arg: arg}
	named := func(name string, ok bool, i int) {
		if v.Name = name; !ok {
			v.N, v.Missing = i, true
		}
	}
	listed := func(table []string, i int) {
		if i >= 0 && i < len(table) {
			v.Text = table[i]
		} else {
			v.N, v.Missing = i, true
		}
	}
	switch info.Operand {
	case opcode.NoOperand:
	case opcode.Const:
		c, ok := o.Const(arg)
		if v.Const = c; !ok {
			v.N, v.Missing = arg, true
		}
	case opcode.Name, opcode.NameFlag, opcode.NameSuper, opcode.NameImport:
		i := info.Operand.NameIndex(arg)
		name, ok := o.GlobalName(i)
		named(name, ok, i)
		switch info.Operand {
		case opcode.NameFlag:
			v.Null = arg&1 != 0
		case opcode.NameSuper:
			v.Null, v.TwoArgs = arg&1 != 0, arg&2 != 0
		case opcode.NameImport:
			v.Lazy, v.Eager = arg&1 != 0, arg&2 != 0
		}
	case opcode.Local:
		name, ok := o.LocalName(arg)
		named(name, ok, arg)
	case opcode.Free:
		name, ok := o.DerefName(arg)
		named(name, ok, arg)
	case opcode.LocalPair:
		first, ok1 := o.LocalName(arg >> 4)
		second, ok2 := o.LocalName(arg & 15)
		if !ok1 || !ok2 {
			v.N, v.Missing = arg, true
			return v
		}
		v.Name, v.Second = first, second
	case opcode.Compare:
		low := arg & (1<<t.CompareShift - 1)
		if bit := boolBit(t); bit != 0 && low&bit != 0 {
			v.Bool = true
			low &^= bit
		}
		v.Mask = low
		listed(t.CmpOps, arg>>t.CompareShift)
	case opcode.BinaryOp:
		if arg >= 0 && arg < len(t.BinaryOps) {
			v.Text = t.BinaryOps[arg].Symbol
		} else {
			v.N, v.Missing = arg, true
		}
	case opcode.Intrinsic1:
		listed(t.Intrinsics1, arg)
	case opcode.Intrinsic2:
		listed(t.Intrinsics2, arg)
	case opcode.CommonConst:
		listed(t.CommonConstants, arg)
	case opcode.SpecialMethod:
		listed(t.SpecialMethods, arg)
	case opcode.ConvertValue:
		listed(t.Conversions, arg)
	case opcode.FormatValue:
		v.Spec = arg&4 != 0
		if arg>>3 != 0 {
			v.N, v.Missing = arg, true
		} else {
			listed(t.Conversions, arg&3)
		}
	case opcode.Invert:
		if v.Invert = arg == 1; arg>>1 != 0 {
			v.N, v.Missing = arg, true
		}
	default:
		v.N = arg
	}
	return v
}

// boolBit returns the bit of COMPARE_OP's oparg that asks for a bool.
func boolBit(t *opcode.Table) int {
	if t.Version >= pyver.Py313 {
		return 16
	}
	return 0
}

// compareMasks has for the comparisons <, <=, ==, !=, > and >= which outcomes
// are true: 1 unordered, 2 less, 4 greater, 8 equal (CPython 3.12:
// Include/internal/pycore_code.h).
var compareMasks = [...]int{2, 10, 8, 7, 4, 12}

// SetOperand gives instruction i the operand v. Names, variables and constants
// that the code object does not have yet are added to it; a free variable has
// to be there, since only its own function can say which of them it is.
//
// SetOperand(i, f.Operand(i)) changes nothing. Errors are of type
// [*EncodeError]: an operand of another kind than the instruction's, an
// unknown name where a table lists them, a number that is too large, a pair of
// locals of which one is not among the first 16.
func (f *Func) SetOperand(i int, v Operand) error {
	if i < 0 || i >= len(f.Code) {
		return f.fail(-1, fmt.Sprintf("no instruction %d", i), "an index into Code")
	}
	in := &f.Code[i]
	t := f.Object.Opcodes()
	if in.Label != nil || t == nil {
		return f.fail(i, "a label", "an instruction")
	}
	info, ok := t.ByOp(in.Op)
	if !ok && in.Op != opcode.JUMP {
		return f.fail(i, in.Op.String(), "an instruction that "+t.Version.String()+" has")
	}
	if !ok || isPlace(info) {
		if v.Kind != 0 && !v.Kind.IsJump() && v.Kind != opcode.Origin {
			return f.fail(i, "an operand of kind "+v.Kind.String(), "a target")
		}
		if v.Target == nil {
			return f.fail(i, "no target", "a label")
		}
		in.Target = v.Target
		return nil
	}
	if v.Kind == 0 {
		v.Kind = info.Operand
	}
	if v.Kind != info.Operand {
		return f.fail(i, "an operand of kind "+v.Kind.String(), info.Operand.String())
	}
	if f.view(t, info, v.Arg) == v {
		in.Arg = v.Arg
		return nil
	}
	// A new local may split instructions before this one.
	n, mark := len(f.Code), &Label{}
	in.Target = mark
	arg, err := f.oparg(i, t, v)
	if len(f.Code) != n {
		i = slices.IndexFunc(f.Code, func(in Instr) bool { return in.Target == mark })
	}
	f.Code[i].Target = nil
	if err == nil {
		f.Code[i].Arg = arg
	}
	return err
}

// oparg returns the oparg that says what v says.
func (f *Func) oparg(i int, t *opcode.Table, v Operand) (int, error) {
	bit := func(b bool, n int) int {
		if b {
			return n
		}
		return 0
	}
	listed := func(table []string) (int, error) {
		if n := slices.Index(table, v.Text); n >= 0 && !v.Missing {
			return n, nil
		}
		if v.Text == "" {
			return v.N, nil
		}
		return 0, f.fail(i, fmt.Sprintf("%q", v.Text), "one of "+strings.Join(table, ", "))
	}
	name := func() int {
		if v.Missing {
			return v.N
		}
		return f.AddName(v.Name)
	}
	switch v.Kind {
	case opcode.NoOperand:
		return v.Arg, nil
	case opcode.Const:
		if v.Const == nil {
			return v.N, nil
		}
		return f.AddConst(v.Const), nil
	case opcode.Name:
		return name(), nil
	case opcode.NameFlag:
		return name()<<1 | bit(v.Null, 1), nil
	case opcode.NameSuper:
		return name()<<2 | bit(v.TwoArgs, 2) | bit(v.Null, 1), nil
	case opcode.NameImport:
		return name()<<2 | bit(v.Eager, 2) | bit(v.Lazy, 1), nil
	case opcode.Local:
		if v.Missing {
			return v.N, nil
		}
		return f.AddLocal(v.Name), nil
	case opcode.LocalPair:
		if v.Missing {
			return v.N, nil
		}
		for _, name := range []string{v.Name, v.Second} {
			if n, _ := f.local(name); n > 15 {
				return 0, f.fail(i, fmt.Sprintf("%q, local %d", name, n), "one of the first 16")
			}
		}
		f.Code[i].Arg = 0 // what is there goes, so it need not fit
		first, second := f.AddLocal(v.Name), f.AddLocal(v.Second)
		if first > 15 || second > 15 { // both are new
			return 0, f.fail(i, fmt.Sprintf("locals %d and %d", first, second), "two of the first 16")
		}
		return first<<4 | second, nil
	case opcode.Free:
		if v.Missing {
			return v.N, nil
		}
		n, ok := f.deref(v.Name)
		if !ok {
			return 0, f.fail(i, fmt.Sprintf("%q", v.Name), "a cell or free variable of the code object")
		}
		return n, nil
	case opcode.Compare:
		n, err := listed(t.CmpOps)
		mask := v.Mask
		if t.CompareShift > 0 && n < len(compareMasks) && v.Text != f.compareText(t, v.Arg) {
			mask = compareMasks[n]
		}
		return n<<t.CompareShift | bit(v.Bool, boolBit(t)) | mask, err
	case opcode.BinaryOp:
		if v.Text == "" {
			return v.N, nil
		}
		for n, op := range t.BinaryOps {
			if op.Symbol == v.Text || op.Name == v.Text {
				return n, nil
			}
		}
		return 0, f.fail(i, fmt.Sprintf("%q", v.Text), "a binary operator")
	case opcode.Intrinsic1:
		return listed(t.Intrinsics1)
	case opcode.Intrinsic2:
		return listed(t.Intrinsics2)
	case opcode.CommonConst:
		return listed(t.CommonConstants)
	case opcode.SpecialMethod:
		return listed(t.SpecialMethods)
	case opcode.ConvertValue:
		return listed(t.Conversions)
	case opcode.FormatValue:
		if v.Missing {
			return v.N, nil
		}
		n, err := listed(t.Conversions)
		return n | bit(v.Spec, 4), err
	case opcode.Invert:
		if v.Missing {
			return v.N, nil
		}
		return bit(v.Invert, 1), nil
	}
	return v.N, nil
}

// compareText returns the operator of a COMPARE_OP's oparg, or "" if its mask
// is not the operator's or nothing at all.
func (f *Func) compareText(t *opcode.Table, arg int) string {
	if n := arg >> t.CompareShift; arg > 0 && n < len(t.CmpOps) {
		return t.CmpOps[n]
	}
	return ""
}
