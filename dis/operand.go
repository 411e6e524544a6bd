package dis

import (
	"strconv"

	"github.com/krait-py/krait/opcode"
)

// appendArgRepr appends what dis prints in parentheses behind the oparg of in,
// nothing if it prints no parentheses.
//
// The order of the cases is CPython's: an instruction that is in two of its
// lists (a super-instruction is in haslocal, too) reads as the first says.
func (d *Decoder) appendArgRepr(dst []byte, in *Instruction) []byte {
	if in.cache != nil {
		dst = append(dst, in.cache.Name...)
		dst = append(dst, ": "...)
		return strconv.AppendUint(dst, in.cache.Value, 10)
	}
	if !in.HasArg || in.info == nil {
		return dst
	}
	t, arg := d.table, in.Arg
	if in.IsJump {
		return d.appendTarget(dst, in)
	}
	switch in.info.Operand {
	case opcode.Const:
		if d.m.onlyLoads && in.BaseOp != opcode.LOAD_CONST {
			return dst
		}
		if c, ok := d.o.Const(arg); ok {
			return d.appendConst(dst, c)
		}
		return appendMissing(dst, "constant", arg)
	case opcode.Name, opcode.NameFlag, opcode.NameSuper, opcode.NameImport:
		return d.appendNameOperand(dst, in)
	case opcode.LocalPair:
		dst = d.appendLocal(dst, arg>>4)
		dst = append(dst, ", "...)
		return d.appendLocal(dst, arg&15)
	case opcode.Local:
		return d.appendLocal(dst, arg)
	case opcode.Free:
		return d.appendFree(dst, arg)
	case opcode.Compare:
		return d.appendCompare(dst, arg)
	case opcode.FormatValue:
		dst = appendEntry(dst, t.Conversions, arg&3)
		if arg&4 != 0 {
			if arg&3 != 0 {
				dst = append(dst, ", "...)
			}
			dst = append(dst, "with format"...)
		}
		return dst
	case opcode.ConvertValue:
		return appendEntry(dst, t.Conversions, arg)
	case opcode.MakeFlags:
		if d.m.funcFlags {
			return appendSet(dst, t.FunctionFlags, arg)
		}
	case opcode.FunctionAttr:
		return appendSet(dst, t.FunctionFlags, arg)
	case opcode.BinaryOp:
		if arg < 0 || arg >= len(t.BinaryOps) {
			return appendMissing(dst, "operator", arg)
		}
		return append(dst, t.BinaryOps[arg].Symbol...)
	case opcode.Intrinsic1:
		return appendEntry(dst, t.Intrinsics1, arg)
	case opcode.Intrinsic2:
		return appendEntry(dst, t.Intrinsics2, arg)
	case opcode.CommonConst:
		return appendEntry(dst, t.CommonConstants, arg)
	case opcode.SpecialMethod:
		return appendEntry(dst, t.SpecialMethods, arg)
	case opcode.Invert:
		switch {
		case !d.m.isNames:
		case in.BaseOp == opcode.IS_OP:
			return append(dst, either(arg != 0, "is not", "is")...)
		case in.BaseOp == opcode.CONTAINS_OP:
			return append(dst, either(arg != 0, "not in", "in")...)
		}
	}
	return dst
}

// isName reports whether the operand of in names something.
func isName(in *Instruction) bool {
	return in.info != nil && in.info.Has(opcode.HasName|opcode.HasLocal|opcode.HasFree)
}

func either(cond bool, yes, no string) string {
	if cond {
		return yes
	}
	return no
}

// appendNameOperand appends a name with what the low bits of the oparg say.
func (d *Decoder) appendNameOperand(dst []byte, in *Instruction) []byte {
	kind, arg := in.info.Operand, in.Arg
	note := ""
	switch {
	case kind == opcode.NameImport && arg&1 != 0:
		note = "lazy"
	case kind == opcode.NameImport && arg&2 != 0:
		note = "eager"
	case kind == opcode.NameFlag && arg&1 != 0 && in.BaseOp == opcode.LOAD_GLOBAL:
		note = "NULL"
	case kind == opcode.NameFlag && arg&1 != 0:
		note = "NULL|self"
	case kind == opcode.NameSuper && arg&1 != 0:
		note = "NULL|self"
	}
	i := kind.NameIndex(arg)
	name, ok := d.o.GlobalName(i)
	if !ok {
		return appendMissing(dst, "name", i)
	}
	if note == "" || name == "" {
		return appendName(dst, name)
	}
	if !d.m.nullBehind {
		dst = append(dst, note...)
		dst = append(dst, " + "...)
		return appendName(dst, name)
	}
	dst = appendName(dst, name)
	dst = append(dst, " + "...)
	return append(dst, note...)
}

// appendTarget appends where a jump leads.
func (d *Decoder) appendTarget(dst []byte, in *Instruction) []byte {
	m := d.m
	if m.labels {
		dst = append(dst, either(in.BaseOp == opcode.END_ASYNC_FOR, "from ", "to ")...)
		return d.appendLabel(dst, in.Target)
	}
	if in.info.Flags&opcode.HasJAbs != 0 && !m.absTargets {
		return dst
	}
	dst = append(dst, "to "...)
	dst = strconv.AppendInt(dst, int64(in.Target), 10)
	if m.longArgs && in.extended {
		dst = append(dst, 'L')
	}
	return dst
}

// appendCompare appends a comparison operator.
func (d *Decoder) appendCompare(dst []byte, arg int) []byte {
	asBool := d.m.labels && arg&16 != 0
	if asBool {
		dst = append(dst, "bool("...)
	}
	dst = appendEntry(dst, d.table.CmpOps, arg>>d.table.CompareShift)
	if asBool {
		dst = append(dst, ')')
	}
	return dst
}

func (d *Decoder) appendLocal(dst []byte, i int) []byte {
	name, ok := d.o.LocalName(i)
	if !ok {
		return appendMissing(dst, "local", i)
	}
	return appendName(dst, name)
}

func (d *Decoder) appendFree(dst []byte, i int) []byte {
	name, ok := d.o.DerefName(i)
	if !ok {
		return appendMissing(dst, "cell", i)
	}
	return appendName(dst, name)
}

// appendMissing appends what stands for an operand that points nowhere.
func appendMissing(dst []byte, what string, i int) []byte {
	dst = append(dst, "<no "...)
	dst = append(dst, what...)
	dst = append(dst, ' ')
	dst = strconv.AppendInt(dst, int64(i), 10)
	return append(dst, '>')
}

// appendEntry appends names[i].
func appendEntry(dst []byte, names []string, i int) []byte {
	if i < 0 || i >= len(names) {
		return appendMissing(dst, "entry", i)
	}
	return append(dst, names[i]...)
}

// appendSet appends those of names whose bit is set in arg.
func appendSet(dst []byte, names []string, arg int) []byte {
	sep := ""
	for i, name := range names {
		if arg&(1<<i) != 0 {
			dst = append(dst, sep...)
			dst = append(dst, name...)
			sep = ", "
		}
	}
	return dst
}
