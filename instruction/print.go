package instruction

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// Printer prints units and sequences. The zero Printer leaves positions out.
type Printer struct {
	// Positions asks for the position of each instruction: line and column, lines
	// from 1 and columns from 0, of the start and the end; "-" is none, "next" that
	// of the next instruction.
	Positions bool
}

// Unit prints a unit: what it is, its tables, its instructions.
//
//	f(x), line 3: OPTIMIZED, NEWLOCALS
//	constants  None, 1
//	variables  x
//	  RESUME 0 (start)
//	  LOAD_FAST 0 (x)
//	  POP_JUMP_IF_FALSE L1
//	  ...
//	L1:
//	  LOAD_CONST 0 (None)
//
// Labels are numbered by their places; those that stand nowhere and lead nowhere do
// not show.
func (p Printer) Unit(w io.Writer, u *Unit) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s, line %d", signature(u), u.FirstLine)
	if flags := u.Flags.String(); flags != "" && u.Flags != 0 {
		b.WriteString(": " + flags)
	}
	b.WriteByte('\n')
	list := func(name string, items []string) {
		if len(items) > 0 {
			fmt.Fprintf(&b, "%-10s %s\n", name, strings.Join(items, ", "))
		}
	}
	var consts []string
	for _, v := range u.Consts.List {
		consts = append(consts, shortRepr(v))
	}
	list("constants", consts)
	list("names", u.Names.List)
	list("variables", u.VarNames.List)
	list("cells", u.CellVars.List)
	list("free", u.FreeVars.List)
	p.sequence(&b, &u.Code, u)
	if u.Code.Annotations != nil {
		b.WriteString("at ANNOTATIONS_PLACEHOLDER:\n")
		p.sequence(&b, u.Code.Annotations, u)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Sequence prints instructions, one a line, with what their opargs mean in u, which
// may be nil.
func (p Printer) Sequence(w io.Writer, s *Sequence, u *Unit) error {
	var b bytes.Buffer
	p.sequence(&b, s, u)
	_, err := w.Write(b.Bytes())
	return err
}

// Operand returns what stands behind the opname of in when it is printed: the oparg
// and, in brackets, what it means in u, which may be nil. Opargs that are labels
// are numbers here.
func (in Instr) Operand(u *Unit) string {
	table := opcode.For(pyver.Py314)
	if u != nil && opcode.For(u.Version) != nil {
		table = opcode.For(u.Version)
	}
	info, ok := table.ByOp(in.Op)
	if !ok || !info.Has(opcode.HasArg) && !hasLabel(info) {
		return ""
	}
	s := fmt.Sprint(in.Arg)
	if !hasLabel(info) {
		if meaning := meaning(info, table, int(in.Arg), u); meaning != "" {
			s += " (" + meaning + ")"
		}
	}
	return s
}

// signature returns the qualified name of a unit and, of a function, its parameters.
func signature(u *Unit) string {
	if u.Flags&code.Optimized == 0 {
		return u.QualName
	}
	var params []string
	at := 0
	take := func(n int, star string) {
		for range n {
			if at < len(u.VarNames.List) {
				params = append(params, star+u.VarNames.List[at])
				at++
			}
		}
	}
	take(u.PosOnlyArgCount, "")
	if u.PosOnlyArgCount > 0 {
		params = append(params, "/")
	}
	take(u.ArgCount, "")
	keywords := at
	at += u.KwOnlyArgCount
	if u.Flags&code.VarArgs != 0 {
		take(1, "*")
	} else if u.KwOnlyArgCount > 0 {
		params = append(params, "*")
	}
	rest := at
	at = keywords
	take(u.KwOnlyArgCount, "")
	at = max(at, rest)
	if u.Flags&code.VarKeywords != 0 {
		take(1, "**")
	}
	return u.QualName + "(" + strings.Join(params, ", ") + ")"
}

func hasLabel(info *opcode.Info) bool {
	return info.Has(opcode.HasJRel | opcode.HasJAbs | opcode.Handler)
}

func (p Printer) sequence(b *bytes.Buffer, s *Sequence, u *Unit) {
	table := opcode.For(pyver.Py314)
	if u != nil && opcode.For(u.Version) != nil {
		table = opcode.For(u.Version)
	}
	list := s.Instrs()
	targets := labels(s, list, table)
	for i := 0; i <= len(list); i++ {
		if n := targets[i]; n > 0 {
			fmt.Fprintf(b, "L%d:\n", n)
		}
		if i == len(list) {
			break
		}
		in := &list[i]
		b.WriteString("  ")
		if p.Positions {
			fmt.Fprintf(b, "%-14s ", place(in.Span))
		}
		b.WriteString(in.Op.String())
		if info, ok := table.ByOp(in.Op); ok && hasLabel(info) {
			if at := s.Index(Label(in.Arg)); at >= 0 && at <= len(list) {
				fmt.Fprintf(b, " L%d", targets[at])
			} else {
				b.WriteString(" nowhere")
			}
		} else if operand := in.Operand(u); operand != "" {
			b.WriteString(" " + operand)
		}
		b.WriteByte('\n')
	}
}

// labels returns for each instruction, and for the end, the number of the label in
// front of it; zero where nothing leads to.
func labels(s *Sequence, list []Instr, table *opcode.Table) []int {
	numbers := make([]int, len(list)+1)
	for i := range list {
		in := &list[i]
		if info, ok := table.ByOp(in.Op); ok && hasLabel(info) {
			if at := s.Index(Label(in.Arg)); at >= 0 && at < len(numbers) {
				numbers[at] = 1
			}
		}
	}
	n := 0
	for i := range numbers {
		if numbers[i] > 0 {
			n++
			numbers[i] = n
		}
	}
	return numbers
}

func place(at source.Span) string {
	switch {
	case at == NoLocation:
		return "-"
	case at.Line < 0:
		return "next"
	}
	return fmt.Sprintf("%d:%d-%d:%d", at.Line, at.Col, at.EndLine, at.EndCol)
}

// meaning returns what an oparg stands for, "" if it is just a number or there is
// no such thing.
func meaning(info *opcode.Info, t *opcode.Table, arg int, u *Unit) string {
	pick := func(list []string, i int) string {
		if uint(i) < uint(len(list)) {
			return list[i]
		}
		return ""
	}
	switch info.Operand {
	case opcode.Compare:
		return pick(t.CmpOps, arg>>t.CompareShift)
	case opcode.BinaryOp:
		if uint(arg) < uint(len(t.BinaryOps)) {
			return t.BinaryOps[arg].Symbol
		}
	case opcode.Intrinsic1:
		return pick(t.Intrinsics1, arg)
	case opcode.Intrinsic2:
		return pick(t.Intrinsics2, arg)
	case opcode.CommonConst:
		return pick(t.CommonConstants, arg)
	case opcode.SpecialMethod:
		return pick(t.SpecialMethods, arg)
	case opcode.ConvertValue, opcode.FormatValue:
		return pick(t.Conversions, arg)
	case opcode.MakeFlags, opcode.FunctionAttr:
		var on []string
		for i, flag := range t.FunctionFlags {
			if arg>>i&1 != 0 {
				on = append(on, flag)
			}
		}
		return strings.Join(on, ", ")
	case opcode.ResumePoint:
		return pick([]string{"start", "after yield", "after yield from", "after await"}, arg&3)
	case opcode.Invert:
		if arg != 0 {
			return "not"
		}
	}
	if u == nil {
		return ""
	}
	switch info.Operand {
	case opcode.Const:
		if uint(arg) < uint(len(u.Consts.List)) {
			return shortRepr(u.Consts.List[arg])
		}
	case opcode.Name, opcode.NameFlag, opcode.NameSuper, opcode.NameImport:
		return pick(u.Names.List, info.Operand.NameIndex(arg))
	case opcode.Local:
		return pick(u.VarNames.List, arg)
	case opcode.LocalPair:
		return pick(u.VarNames.List, arg>>4) + ", " + pick(u.VarNames.List, arg&15)
	case opcode.Free:
		// Cells and free variables; the slots of locals come before them later.
		if n := len(u.CellVars.List); arg >= n {
			return pick(u.FreeVars.List, arg-n)
		}
		return pick(u.CellVars.List, arg)
	}
	return ""
}

// shortRepr returns repr(v), or its beginning.
func shortRepr(v code.Value) string {
	const room = 60
	if o, ok := v.(*code.Object); ok {
		return "<code " + code.Text(o.Name) + ">"
	}
	text, err := pyrepr.Append(nil, v, pyrepr.Options{Version: pyver.Py314, Limit: room})
	if err == nil && len(text) <= room {
		return string(text)
	}
	n := min(len(text), room)
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return string(text[:n]) + "..."
}
