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
	if op, ok := opcode.Parse(upper); ok {
		return nil, nil, hintf(fmt.Errorf("no instruction of Python %v is called %s", v, upper), "these have: %s", haveOpcode(op))
	}
	var all []string
	for _, v := range versions {
		all = append(all, opcodeNames(v)...)
	}
	return nil, nil, suggest(fmt.Errorf("no Python has an instruction %q", name), upper, all)
}

// haveOpcode returns the versions that have op, in runs: "2.7, 3.0 to 3.10".
func haveOpcode(op opcode.Op) string {
	have := op.Versions()
	var runs []string
	first := -1
	for i, v := range pyver.All() {
		in := slices.Contains(have, v)
		if in && first < 0 {
			first = i
		}
		last := i
		if !in {
			last--
		} else if i < len(pyver.All())-1 {
			continue
		}
		if first >= 0 {
			run := pyver.All()[first].String()
			if last > first {
				run += " to " + pyver.All()[last].String()
			}
			runs = append(runs, run)
			first = -1
		}
	}
	return strings.Join(runs, ", ")
}

func printReference(w io.Writer, t *opcode.Table, info *opcode.Info) {
	fmt.Fprintf(w, "%s (Python %v)\n\n", info.Name, t.Version)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%-10s%s\n", name, fmt.Sprintf(format, args...))
	}
	if m := info.Meaning(); m != "" {
		row("meaning", "%s", m)
	}
	row("number", "%d", info.Number)
	if info.Operand == opcode.NoOperand {
		row("operand", "none")
	} else {
		row("operand", "%s: %s", info.Operand, info.Operand.Meaning())
		for _, line := range operandValues(t, info.Operand) {
			row("", "%s", line)
		}
	}
	if info.Caches > 0 {
		row("cache", "%s: %s", count(int(info.Caches), "code unit"), cacheText(info))
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
	row("in", "Python %s", haveOpcode(info.Op))
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
