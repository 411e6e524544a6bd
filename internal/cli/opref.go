package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// printReferences writes what is known of each named instruction.
func printReferences(w io.Writer, o *options, names []string) error {
	// Look all of them up first: nothing is printed when one is wrong.
	var tables []*opcode.Table
	var infos []*opcode.Info
	for _, name := range names {
		t, info, err := findOpcode(name, pyver.Version(o.python))
		if err != nil {
			return err
		}
		tables, infos = append(tables, t), append(infos, info)
	}
	for i, info := range infos {
		if o.json() {
			if err := writeJSON(w, newOpcodesJSON(tables[i], []*opcode.Info{info})); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			io.WriteString(w, "\n")
		}
		printReference(w, tables[i], info)
	}
	return nil
}

// findOpcode finds an instruction by name, in any case, or by number: that of
// version v, or for a zero v that of the latest version that has it, but of
// the default version rather than of one not released yet.
func findOpcode(name string, v pyver.Version) (*opcode.Table, *opcode.Info, error) {
	versions := []pyver.Version{v}
	if v == 0 {
		versions = pyver.All()
		slices.Reverse(versions)
		i := slices.Index(versions, defaultPython)
		versions = append(append([]pyver.Version{defaultPython}, versions[i+1:]...), versions[:i]...)
	}
	if n, err := strconv.ParseUint(name, 0, 8); err == nil {
		t := opcode.For(versions[0])
		if info := t.Info(byte(n)); info.Op != 0 {
			return t, info, nil
		}
		return nil, nil, fmt.Errorf("no instruction of Python %v has number %d", t.Version, n)
	}
	upper := strings.ToUpper(name)
	for _, v := range versions {
		t := opcode.For(v)
		if info, ok := t.Lookup(upper); ok {
			return t, info, nil
		}
	}
	if have := haveOpcode(upper); have != "" {
		return nil, nil, hintf(fmt.Errorf("no instruction of Python %v is called %s", v, upper), "these have: %s", have)
	}
	var all []string
	for _, v := range versions {
		all = append(all, opcodeNames(v)...)
	}
	return nil, nil, suggest(fmt.Errorf("no Python has an instruction %q", name), upper, all)
}

// haveOpcode returns the versions that have the instruction called name, in
// runs: "2.7, 3.0 to 3.10".
func haveOpcode(name string) string {
	var runs []string
	all := pyver.All()
	for i := 0; i < len(all); i++ {
		first := i
		for i < len(all) && hasOpcode(all[i], name) {
			i++
		}
		switch n := i - first; {
		case n == 1:
			runs = append(runs, all[first].String())
		case n > 1:
			runs = append(runs, all[first].String()+" to "+all[i-1].String())
		}
	}
	return strings.Join(runs, ", ")
}

func hasOpcode(v pyver.Version, name string) bool {
	_, ok := opcode.For(v).Lookup(name)
	return ok
}

func printReference(w io.Writer, t *opcode.Table, info *opcode.Info) {
	fmt.Fprintf(w, "%s (Python %v)\n\n", info.Name, t.Version)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%-10s%s\n", name, fmt.Sprintf(format, args...))
	}
	if m := meaning(info.Op); m != "" {
		row("meaning", "%s", m)
	}
	row("number", "%d", info.Number)
	if info.Operand == opcode.NoOperand {
		row("operand", "none")
	} else {
		row("operand", "%s: %s", info.Operand, operandText(info.Operand))
		for _, line := range operandValues(t, info.Operand) {
			row("", "%s", line)
		}
		if info.Operand == opcode.Compare && t.Version >= pyver.Py313 {
			row("", "plus 16 to turn the result into a bool")
		}
	}
	if info.Caches > 0 {
		var fields []string
		for _, c := range info.CacheFields() {
			fields = append(fields, fmt.Sprintf("%s %d", c.Name, c.Entries))
		}
		text := count(int(info.Caches), "code unit")
		if len(fields) > 0 {
			text += ": " + strings.Join(fields, ", ")
		}
		row("cache", "%s", text)
	}
	stack, jump := info.Stack().String(), info.JumpStack().String()
	row("stack", "%s", stack)
	if jump != stack {
		row("", "%s  (when it jumps)", jump)
	}
	row("control", "%s", controlText(info))
	switch {
	case info.Has(opcode.Specialized):
		row("kind", "specialized form of %v; the interpreter writes it, files do not have it", info.Base)
	case info.Has(opcode.Instrumented):
		row("kind", "instrumented form of %v; sys.monitoring writes it, files do not have it", info.Base)
	case info.Has(opcode.Pseudo):
		row("kind", "pseudo-instruction; the compiler replaces it, files do not have it")
	}
	if family := specialized(t, info.Op); len(family) > 0 {
		row("family", "%s", family[0])
		for _, name := range family[1:] {
			row("", "%s", name)
		}
	}
	row("in", "Python %s", haveOpcode(info.Name))
}

// specialized returns the names of the specialized forms of op.
func specialized(t *opcode.Table, op opcode.Op) []string {
	var names []string
	for info := range t.All() {
		if info.Base == op && info.Has(opcode.Specialized) {
			names = append(names, info.Name)
		}
	}
	return names
}

// meaning returns what an instruction does, in a sentence, or "".
func meaning(opcode.Op) string { return "" }

func controlText(info *opcode.Info) string {
	switch {
	case info.Operand.IsJump() && info.Has(opcode.Conditional):
		return "jumps or goes on"
	case info.Operand.IsJump() && info.Has(opcode.NoFallThrough):
		return "jumps always"
	case info.Has(opcode.Handler):
		return "goes on; the operand is where a handler or a block's end is"
	case info.Operand.IsJump():
		return "jumps"
	case info.Has(opcode.NoFallThrough):
		return "does not go on: returns or raises"
	}
	return "goes on with the next instruction"
}

// operandTexts says what each kind of operand means.
var operandTexts = [...]string{
	opcode.NoOperand:     "none",
	opcode.Raw:           "a number with a meaning of the instruction's own",
	opcode.Const:         "index into co_consts",
	opcode.Name:          "index into co_names",
	opcode.NameFlag:      "index into co_names, times 2; the lowest bit asks for NULL or self, too",
	opcode.NameSuper:     "index into co_names, times 4; bit 0 for a method, bit 1 for two-argument super()",
	opcode.NameImport:    "index into co_names, times 4; bit 0 for a lazy import, bit 1 for an eager one",
	opcode.Local:         "index into co_varnames",
	opcode.LocalPair:     "two indexes into co_varnames, four bits each, the first one higher",
	opcode.Free:          "number of a cell or free variable; from 3.11 on, index among all variables",
	opcode.JumpRel:       "distance forward, from the next instruction",
	opcode.JumpBackward:  "distance backward, from the next instruction",
	opcode.JumpAbs:       "offset in the code",
	opcode.Origin:        "distance backward to where control came from; no jump",
	opcode.Compare:       "comparison",
	opcode.BinaryOp:      "operator",
	opcode.Intrinsic1:    "function of one argument",
	opcode.Intrinsic2:    "function of two arguments",
	opcode.CommonConst:   "one of the interpreter's own constants",
	opcode.SpecialMethod: "special method",
	opcode.ConvertValue:  "conversion",
	opcode.FormatValue:   "conversion; bit 2 says that a format specification is on the stack",
	opcode.MakeFlags:     "bit set: what is on the stack for the function",
	opcode.MakeCounts:    "numbers of defaults, keyword defaults (times 256) and annotations (times 65536)",
	opcode.FunctionAttr:  "bit: the attribute to set",
	opcode.CallFlags:     "bit 0: a mapping of keyword arguments is on the stack",
	opcode.CallCounts:    "number of positional arguments, and of keyword arguments times 256",
	opcode.Invert:        "1 negates the test",
	opcode.SmallInt:      "the integer itself",
	opcode.Count:         "number of values",
	opcode.Depth:         "place on the stack, 1 for the top",
	opcode.UnpackCounts:  "number of values before the starred one, and of those behind it times 256",
	opcode.ResumePoint:   "where: 0 start of a function, 1 after yield, 2 after yield from, 3 after await",
	opcode.Extension:     "bits to put above the next instruction's operand",
}

func operandText(k opcode.Operand) string {
	if int(k) < len(operandTexts) {
		return operandTexts[k]
	}
	return ""
}

// operandValues lists the values of an operand that has names for them, a few
// to a line.
func operandValues(t *opcode.Table, k opcode.Operand) []string {
	var names []string
	bits := false
	shift := 0
	switch k {
	case opcode.Compare:
		names, shift = t.CmpOps, int(t.CompareShift)
	case opcode.BinaryOp:
		for _, op := range t.BinaryOps {
			names = append(names, op.Symbol)
		}
	case opcode.Intrinsic1:
		names = t.Intrinsics1
	case opcode.Intrinsic2:
		names = t.Intrinsics2
	case opcode.CommonConst:
		names = t.CommonConstants
	case opcode.SpecialMethod:
		names = t.SpecialMethods
	case opcode.ConvertValue, opcode.FormatValue:
		names = t.Conversions
	case opcode.MakeFlags, opcode.FunctionAttr:
		names, bits = t.FunctionFlags, true
	}
	var lines []string
	line := ""
	for i, name := range names {
		n := i << shift
		if bits {
			n = 1 << i
		}
		if name == "" {
			name = "none"
		}
		entry := fmt.Sprintf("%d %s", n, name)
		if line != "" && len(line)+2+len(entry) > 66 {
			lines = append(lines, line+",")
			line = ""
		}
		if line != "" {
			line += ", "
		}
		line += entry
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
