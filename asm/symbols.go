package asm

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// symbols are the words and signs that stand for opargs in one version, by
// oparg, empty where there is none.
type symbols struct {
	compare, binary, common, special []string
	intrinsics1, intrinsics2         []string
	convert, functionFlags           []string
	// instructions are those of the version that can stand in bytecode.
	instructions map[string]*opcode.Info
}

// symbolsOf returns the symbols of a table.
func symbolsOf(t *opcode.Table) *symbols {
	if t == opcode.For(t.Version) {
		return symbolTables()[t.Version]
	}
	return newSymbols(t)
}

var symbolTables = sync.OnceValue(func() map[pyver.Version]*symbols {
	m := make(map[pyver.Version]*symbols)
	for _, v := range pyver.All() {
		m[v] = newSymbols(opcode.For(v))
	}
	return m
})

func newSymbols(t *opcode.Table) *symbols {
	s := &symbols{
		compare:       t.CmpOps,
		special:       t.SpecialMethods,
		intrinsics1:   withoutPrefix(t.Intrinsics1, "INTRINSIC_"),
		intrinsics2:   withoutPrefix(t.Intrinsics2, "INTRINSIC_"),
		functionFlags: t.FunctionFlags,
	}
	s.instructions = make(map[string]*opcode.Info)
	for info := range t.All() {
		if !info.Has(opcode.Pseudo) && info.Operand != opcode.Extension {
			s.instructions[info.Name] = info
		}
	}
	for _, op := range t.BinaryOps {
		s.binary = append(s.binary, op.Symbol)
	}
	for _, c := range t.CommonConstants {
		c = strings.TrimSuffix(strings.TrimPrefix(c, "<built-in function "), ">")
		s.common = append(s.common, c)
	}
	if len(t.Conversions) > 0 {
		s.convert = append([]string{"none"}, t.Conversions[1:]...)
	}
	return s
}

func withoutPrefix(names []string, prefix string) []string {
	var short []string
	for _, n := range names {
		short = append(short, strings.TrimPrefix(n, prefix))
	}
	return short
}

// of returns the symbols for the opargs of a kind of operand.
func (s *symbols) of(kind opcode.Operand) []string {
	switch kind {
	case opcode.BinaryOp:
		return s.binary
	case opcode.Intrinsic1:
		return s.intrinsics1
	case opcode.Intrinsic2:
		return s.intrinsics2
	case opcode.CommonConst:
		return s.common
	case opcode.SpecialMethod:
		return s.special
	case opcode.ConvertValue:
		return s.convert
	}
	return nil
}

// invertWords are the opargs of IS_OP and CONTAINS_OP.
func invertWords(op opcode.Op) []string {
	if op == opcode.IS_OP {
		return []string{"is", "is not"}
	}
	return []string{"in", "not in"}
}

// symbol returns the longest of the symbols that comes next, as its index.
// Behind it has to be the end of a word.
func (p *parser) symbol(list []string) (int, bool) {
	p.spaces()
	best := -1
	rest := p.src[p.pos:]
	for i, s := range list {
		if s == "" || !strings.HasPrefix(rest, s) || best >= 0 && len(list[best]) >= len(s) {
			continue
		}
		if len(rest) > len(s) {
			if c := rest[len(s)]; c > ' ' && c != ')' && c != ',' && c != '#' {
				continue
			}
		}
		best = i
	}
	if best >= 0 {
		p.pos += len(list[best])
	}
	return best, best >= 0
}

// oneOf describes symbols for a message.
func oneOf(list []string) string {
	var words []string
	for _, s := range list {
		if s != "" {
			words = append(words, s)
		}
	}
	return "one of " + strings.Join(words, " ")
}

// compareMask is the low bits of a COMPARE_OP's oparg that the compiler of
// 3.12 and later gives with each operator: which outcomes of a comparison
// make it true (unordered 1, less 2, greater 4, equal 8).
var compareMask = [...]int{2, 2 | 8, 8, 1 | 2 | 4, 4, 4 | 8}

// compareBool is the bit that asks COMPARE_OP for a bool, from 3.13 on.
const compareBool = 16

// splitCompare takes the oparg of COMPARE_OP apart. It reports false for what
// no compiler writes.
func splitCompare(t *opcode.Table, oparg int) (index int, toBool, ok bool) {
	index = oparg >> t.CompareShift
	if index < 0 || index >= len(t.CmpOps) {
		return 0, false, false
	}
	if t.CompareShift == 0 {
		return index, false, true
	}
	low := oparg & (1<<t.CompareShift - 1)
	if t.CompareShift > 4 {
		toBool = low&compareBool != 0
		low &^= compareBool
	}
	return index, toBool, index < len(compareMask) && low == compareMask[index]
}

// joinCompare is the inverse of splitCompare.
func joinCompare(t *opcode.Table, index int, toBool bool) int {
	if t.CompareShift == 0 {
		return index
	}
	oparg := index<<t.CompareShift | compareMask[index]
	if toBool {
		oparg |= compareBool
	}
	return oparg
}

// appendFlags writes flags by their names, separated by commas.
func appendFlags(b []byte, f code.Flags, v pyver.Version) []byte {
	if f == 0 {
		return append(b, '0')
	}
	t := opcode.For(max(v, pyver.Py32))
	sep := ""
	for bit := range 32 {
		flag := uint32(f) & (1 << bit)
		if flag == 0 {
			continue
		}
		b = append(b, sep...)
		sep = ", "
		name := ""
		for _, known := range t.CodeFlags {
			if known.Bit == flag {
				name = known.Name
			}
		}
		if name == "" {
			b = strconv.AppendUint(append(b, "0x"...), uint64(flag), 16)
		} else {
			b = append(b, name...)
		}
	}
	return b
}

// flags reads what appendFlags writes.
func (p *parser) flags() (code.Flags, bool) {
	t := opcode.For(max(p.version, pyver.Py32))
	var f code.Flags
next:
	for {
		p.spaces()
		start := p.pos
		if c := p.peek(); c-'0' < 10 {
			n, ok := p.number(32, "flags")
			if !ok {
				return 0, false
			}
			f |= code.Flags(n)
		} else {
			w := p.word()
			found := false
			for _, known := range t.CodeFlags {
				if known.Name == w {
					f |= code.Flags(known.Bit)
					found = true
				}
			}
			if !found {
				p.pos = start
				var names []string
				for _, known := range t.CodeFlags {
					names = append(names, known.Name)
				}
				return 0, p.failHere(fmt.Sprintf("a number or a flag of %v: %s", p.version, strings.Join(names, " ")))
			}
		}
		if p.accept(',') {
			continue next
		}
		return f, true
	}
}
