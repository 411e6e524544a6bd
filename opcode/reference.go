package opcode

import "github.com/krait-py/krait/pyver"

// Reference is what there is to say about one instruction of one version, for
// those who show it.
type Reference struct {
	Info     *Info
	Version  pyver.Version
	Meaning  string          // see [Info.Meaning]
	Operand  string          // what oparg means, see [Operand.Meaning]
	Caches   []CacheField    // the inline cache behind the instruction
	Stack    string          // stack picture
	Jump     string          // stack picture when it jumps; empty when it is no other
	Versions []pyver.Version // those that have it, oldest first: never empty
}

// Reference returns what there is to say about op in the table's version.
func (t *Table) Reference(op Op) (Reference, bool) {
	info, ok := t.ByOp(op)
	if !ok {
		return Reference{}, false
	}
	r := Reference{
		Info:     info,
		Version:  t.Version,
		Meaning:  info.Meaning(),
		Operand:  info.Operand.Meaning(),
		Caches:   info.CacheFields(),
		Stack:    info.Stack().String(),
		Versions: op.Versions(),
	}
	if info.jump != info.stack || info.own != nil && info.Operand.IsJump() {
		r.Jump = info.JumpStack().String()
	}
	return r, true
}

// Versions returns the versions that have the instruction, oldest first.
func (op Op) Versions() []pyver.Version {
	if int(op) >= len(opVersions) {
		return nil
	}
	var out []pyver.Version
	for i, v := range pyver.All() {
		if opVersions[op]>>i&1 != 0 {
			out = append(out, v)
		}
	}
	return out
}

// Meaning returns in one line what the instruction does, in the words of the
// stack picture. It is empty where there is no instruction.
func (i *Info) Meaning() string {
	switch {
	case i.own != nil:
		return ""
	case i.Base == 0:
		return meanings[i.Op]
	case i.Has(Instrumented):
		return "as " + i.Base.String() + ", reporting the event to sys.monitoring"
	}
	return "as " + i.Base.String() + ", for the case its inline cache was filled for"
}

var operandMeanings = [...]string{
	NoOperand:     "",
	Raw:           "a number of the instruction's own",
	Const:         "index into co_consts",
	Name:          "index into co_names",
	NameFlag:      "index into co_names << 1 | 1 to push what a call needs",
	NameSuper:     "index into co_names << 2 | 2 for super() with arguments | 1 to push what a call needs",
	NameImport:    "index into co_names << 2 | 2 for an eager import | 1 for a lazy one",
	Local:         "local variable",
	LocalPair:     "two local variables: the first << 4 | the second",
	Free:          "cell or free variable",
	JumpRel:       "distance forward to the target",
	JumpBackward:  "distance back to the target",
	JumpAbs:       "target",
	Origin:        "distance back to where control came from",
	Compare:       "index into the comparisons, above flags from 3.12 on",
	BinaryOp:      "index into the binary operators",
	Intrinsic1:    "index into the functions of one argument",
	Intrinsic2:    "index into the functions of two arguments",
	CommonConst:   "index into the common constants",
	SpecialMethod: "index into the special methods",
	ConvertValue:  "conversion: 1 str, 2 repr, 3 ascii",
	FormatValue:   "conversion: 0 none, 1 str, 2 repr, 3 ascii; 4 for a format specification",
	MakeFlags:     "what is on the stack: 1 defaults, 2 keyword defaults, 4 annotations, 8 closure",
	MakeCounts:    "defaults | keyword defaults << 8 | annotations and their names << 16",
	FunctionAttr:  "what is set: 1 defaults, 2 keyword defaults, 4 annotations, 8 closure, 16 annotate function",
	CallFlags:     "1 for a mapping of keyword arguments on the stack",
	CallCounts:    "positional arguments | keyword arguments << 8",
	Invert:        "1 for the opposite",
	SmallInt:      "the integer",
	Count:         "number of values",
	Depth:         "depth on the stack, 1 being the top",
	UnpackCounts:  "names before the starred one | names behind it << 8",
	ResumePoint:   "0 start, 1 after yield, 2 after yield from, 3 after await",
	Extension:     "bits above the next instruction's argument",
}

// Meaning returns what an oparg of that kind means, in words; empty for
// NoOperand.
func (o Operand) Meaning() string {
	if int(o) < len(operandMeanings) {
		return operandMeanings[o]
	}
	return ""
}
