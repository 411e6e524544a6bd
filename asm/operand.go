package asm

import (
	"strconv"
	"strings"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// nullWord is how an instruction that also pushes NULL, or self, is marked.
func nullWord(op opcode.Op) string {
	switch op {
	case opcode.LOAD_GLOBAL, opcode.LOAD_GLOBAL_BUILTIN, opcode.LOAD_GLOBAL_MODULE, opcode.LOAD_GLOBAL_ADAPTIVE:
		return "NULL"
	}
	return "NULL|self"
}

// operand reads the operand of an instruction.
func (b *block) operand(in *rewrite.Instr, info *opcode.Info) bool {
	p := b.p
	p.spaces()
	if p.peek() == '[' && p.pos+1 < len(p.src) && (p.src[p.pos+1]-'0' < 10 || p.src[p.pos+1] == '-') {
		return b.rawOperand(in, info)
	}
	switch info.Operand {
	case opcode.NoOperand:
		if c := p.peek(); c == '@' || c == 'w' {
			return true
		}
		return p.failHere("the end of the line: " + info.Name + " has no operand")
	case opcode.Const:
		return b.constOperand(in)
	case opcode.Name, opcode.NameFlag, opcode.NameSuper, opcode.NameImport:
		s, ok := p.name("a name")
		if !ok {
			return false
		}
		return b.nameOperand(in, info, b.names.of(s))
	case opcode.Local:
		n, ok := b.localOperand()
		if in.Arg = n; ok && n >= cellRef {
			b.fixups = append(b.fixups, fixup{len(b.instrs) - 1, n, -1})
		}
		return ok
	case opcode.LocalPair:
		return b.pairOperand(in)
	case opcode.Free:
		return b.freeOperand(in)
	case opcode.JumpRel, opcode.JumpBackward, opcode.JumpAbs, opcode.Origin:
		l, ok := b.labelName()
		in.Target = l
		return ok
	case opcode.Compare:
		return b.compareOperand(in)
	case opcode.Invert:
		return b.symbolOperand(in, invertWords(info.Family()))
	case opcode.BinaryOp, opcode.Intrinsic1, opcode.Intrinsic2, opcode.CommonConst, opcode.SpecialMethod, opcode.ConvertValue:
		return b.symbolOperand(in, p.symbols.of(info.Operand))
	case opcode.FormatValue:
		if !b.symbolOperand(in, p.symbols.convert) {
			return false
		}
		flags, ok := b.plusWords("spec")
		in.Arg |= flags << 2
		return ok
	case opcode.MakeFlags, opcode.FunctionAttr:
		return b.functionFlags(in)
	case opcode.CallCounts:
		return b.callCounts(in)
	case opcode.UnpackCounts:
		return b.numbers(in, "values before the starred one", "after it", 0, 8)
	}
	n, ok := p.number(32, "a number")
	in.Arg = int(int32(uint32(n)))
	return ok
}

// rawOperand reads a number between brackets: the index of a name, constant or
// variable, otherwise the oparg.
func (b *block) rawOperand(in *rewrite.Instr, info *opcode.Info) bool {
	p := b.p
	n, ok := b.index()
	if !ok {
		return false
	}
	switch info.Operand {
	case opcode.NameFlag, opcode.NameSuper, opcode.NameImport:
		return b.nameOperand(in, info, n)
	case opcode.LocalPair:
		return b.pairRest(in, n)
	}
	in.Arg = n
	if info.Operand == opcode.NoOperand && p.version < pyver.Py36 && n != 0 {
		return p.fail(int(b.offsets[len(b.offsets)-1]), info.Name+" with an oparg", "none")
	}
	return true
}

// index reads a number between brackets.
func (b *block) index() (int, bool) {
	p := b.p
	p.pos++
	if p.peek() == '-' {
		p.pos++
		n, ok := p.number(32, "a number")
		if !ok {
			return 0, false
		}
		return int(int32(-uint32(n))), p.accept(']') || p.failHere("']'")
	}
	n, ok := p.number(32, "a number")
	if !ok {
		return 0, false
	}
	return int(int32(uint32(n))), p.accept(']') || p.failHere("']'")
}

// constOperand reads a constant. Its text is often one that was there before;
// then the value need not be made again.
func (b *block) constOperand(in *rewrite.Instr) bool {
	p := b.p
	start := p.pos
	if end := p.simpleValue(); end > start {
		if i, ok := b.constByKey[p.src[start:end]]; ok {
			in.Arg = i
			p.pos = end
			return true
		}
	}
	v, ok := p.value(0)
	if !ok {
		return false
	}
	text := p.src[start:p.pos]
	if i, ok := b.constByKey[text]; ok {
		in.Arg = i
		return true
	}
	key := p.key(v)
	i, ok := b.constByKey[string(key)]
	if !ok {
		i = len(b.consts)
		b.consts = append(b.consts, v)
		if string(key) == text {
			key = nil
		} else {
			b.constByKey[string(key)] = i
		}
	}
	in.Arg = i
	// What marks a value by & means another value wherever it is written.
	if key == nil || !strings.Contains(text, "&") {
		b.constByKey[text] = i
	}
	return true
}

// simpleValue returns where the value ends that comes next, if that is easy to
// tell, otherwise 0.
func (p *parser) simpleValue() int {
	i := p.pos
	for i < len(p.src) && (wordASCII[p.src[i]] || p.src[i] == '-' || p.src[i] == '+') {
		i++
	}
	if i >= len(p.src) {
		return 0
	}
	switch q := p.src[i]; q {
	case '"', '\'':
		for i++; i < len(p.src) && p.src[i] != q && p.src[i] != '\n'; i++ {
			if p.src[i] == '\\' {
				i++
			}
		}
		if i >= len(p.src) || p.src[i] != q {
			return 0
		}
		return i + 1
	case ' ', '\n', '\r', '\t':
		return i
	}
	return 0
}

// nameOperand puts the index of a name together with the flags behind it.
func (b *block) nameOperand(in *rewrite.Instr, info *opcode.Info, i int) bool {
	var flags int
	ok := true
	switch info.Operand {
	case opcode.NameFlag:
		flags, ok = b.plusWords(nullWord(in.Op))
		i = int(int32(uint32(i) << 1))
	case opcode.NameSuper:
		flags, ok = b.plusWords("NULL|self", "args")
		i = int(int32(uint32(i) << 2))
	case opcode.NameImport:
		flags, ok = b.plusWords("lazy", "eager")
		i = int(int32(uint32(i) << 2))
	}
	in.Arg = i | flags
	return ok
}

// plusWords reads words with a + before each, and returns the set of them.
func (b *block) plusWords(words ...string) (set int, ok bool) {
	p := b.p
next:
	for p.accept('+') {
		p.spaces()
		for i, w := range words {
			if strings.HasPrefix(p.src[p.pos:], w) {
				end := p.pos + len(w)
				if end == len(p.src) || !wordASCII[p.src[end]] && p.src[end] != '|' {
					set |= 1 << i
					p.pos = end
					continue next
				}
			}
		}
		return 0, p.failHere(strings.Join(words, " or "))
	}
	return set, true
}

// localOperand reads the name of a local variable, which is added if it is
// new. From 3.11 on it may also be a cell or free variable.
func (b *block) localOperand() (int, bool) {
	p := b.p
	p.spaces()
	if p.peek() == '[' {
		return b.index()
	}
	s, ok := p.name("the name of a local variable")
	if !ok {
		return 0, false
	}
	return b.local(s), true
}

func (b *block) local(s string) int {
	if i, ok := b.locals.index[s]; ok {
		return i
	}
	if len(b.cellIndex) > 0 && b.p.version >= pyver.Py311 {
		if i, ok := b.cellIndex[s]; ok {
			return cellRef + i
		}
	}
	return b.locals.of(s)
}

func (b *block) pairOperand(in *rewrite.Instr) bool {
	n, ok := b.localOperand()
	return ok && b.pairRest(in, n)
}

// pairRest reads the second variable of a pair; without one, the first is the
// oparg of both.
func (b *block) pairRest(in *rewrite.Instr, first int) bool {
	p := b.p
	if !p.accept(',') {
		return p.failHere("a comma and a second variable")
	}
	second, ok := b.localOperand()
	if !ok {
		return false
	}
	if first >= cellRef || second >= cellRef {
		b.fixups = append(b.fixups, fixup{len(b.instrs) - 1, first, second})
		return true
	}
	return b.setPair(in, len(b.instrs)-1, first, second)
}

func (b *block) setPair(in *rewrite.Instr, index, first, second int) bool {
	if second > 15 || first < 0 || second < 0 || first >= 1<<28 {
		return b.p.fail(int(b.offsets[index]), "a pair of variables "+strconv.Itoa(first)+" and "+strconv.Itoa(second),
			"the second to be one of the first 16 variables: use two instructions")
	}
	in.Arg = first<<4 | second
	return true
}

// freeOperand reads the name of a cell or free variable.
func (b *block) freeOperand(in *rewrite.Instr) bool {
	p := b.p
	start := p.pos
	s, ok := p.name("the name of a cell or free variable")
	if !ok {
		return false
	}
	i, ok := b.cellIndex[s]
	if !ok {
		return p.fail(start, s+", which is no cell or free variable here",
			"a line before the instructions: cells "+s+" (for inner functions to use) or free "+s+" (from an outer one)")
	}
	if p.version < pyver.Py311 {
		in.Arg = i
		return true
	}
	b.fixups = append(b.fixups, fixup{len(b.instrs) - 1, cellRef + i, -1})
	return true
}

func (b *block) compareOperand(in *rewrite.Instr) bool {
	p := b.p
	toBool := false
	if strings.HasPrefix(p.src[p.pos:], "bool(") && p.table.CompareShift > 4 {
		p.pos += len("bool(")
		toBool = true
	}
	i, ok := p.symbol(p.table.CmpOps)
	if !ok {
		return p.failHere(oneOf(p.table.CmpOps))
	}
	if toBool && !p.accept(')') {
		return p.failHere("')'")
	}
	in.Arg = joinCompare(p.table, i, toBool)
	return true
}

// symbolOperand reads one of the symbols, or its number.
func (b *block) symbolOperand(in *rewrite.Instr, list []string) bool {
	p := b.p
	i, ok := p.symbol(list)
	if !ok {
		return p.failHere(oneOf(list))
	}
	in.Arg = i
	return true
}

// functionFlags reads what MAKE_FUNCTION finds on the stack.
func (b *block) functionFlags(in *rewrite.Instr) bool {
	p := b.p
	if p.atEOL() || p.peek() == '@' {
		return true
	}
	for {
		i, ok := p.symbol(p.symbols.functionFlags)
		if !ok {
			return p.failHere(oneOf(p.symbols.functionFlags))
		}
		in.Arg |= 1 << i
		if !p.accept(',') {
			return true
		}
	}
}

// callCounts reads the number of positional arguments and that of keyword
// arguments: 2 + 1 kw.
func (b *block) callCounts(in *rewrite.Instr) bool {
	p := b.p
	n, ok := p.number(8, "a number of arguments up to 255")
	if !ok {
		return false
	}
	in.Arg = int(n)
	if p.accept('+') {
		n, ok := p.number(8, "a number of keyword arguments up to 255")
		if !ok {
			return false
		}
		if !p.acceptWord("kw") {
			return p.failHere("kw behind the number of keyword arguments")
		}
		in.Arg |= int(n) << 8
	}
	return true
}

// numbers reads two numbers that share an oparg.
func (b *block) numbers(in *rewrite.Instr, first, second string, shift1, shift2 int) bool {
	p := b.p
	n, ok := p.number(8, "a number of "+first)
	if !ok {
		return false
	}
	in.Arg = int(n) << shift1
	if !p.accept(',') {
		return p.failHere("a comma and the number of values " + second)
	}
	n, ok = p.number(23, "the number of values "+second)
	in.Arg |= int(n) << shift2
	return ok
}

// appendIndex writes a number between brackets.
func appendIndex(b []byte, n int) []byte {
	return append(strconv.AppendInt(append(b, '['), int64(n), 10), ']')
}

// appendSymbol writes one of the symbols, or the number of none.
func appendSymbol(b []byte, list []string, oparg int) []byte {
	if oparg >= 0 && oparg < len(list) && list[oparg] != "" {
		return append(b, list[oparg]...)
	}
	return appendIndex(b, oparg)
}

// appendFunctionFlags writes what functionFlags reads.
func appendFunctionFlags(b []byte, names []string, oparg int) []byte {
	if oparg <= 0 || oparg>>len(names) != 0 {
		return appendIndex(b, oparg)
	}
	sep := ""
	for i, name := range names {
		if oparg>>i&1 != 0 {
			b = append(append(b, sep...), name...)
			sep = ", "
		}
	}
	return b
}

// appendOperand writes the operand of an instruction that does not refer to
// the tuples of its code object, and reports whether it is one of these.
func appendOperand(b []byte, t *opcode.Table, s *symbols, info *opcode.Info, arg int) ([]byte, bool) {
	switch info.Operand {
	case opcode.NoOperand:
		if arg == 0 {
			return b, true
		}
		return appendIndex(b, arg), true
	case opcode.Compare:
		i, toBool, ok := splitCompare(t, arg)
		switch {
		case !ok:
			return appendIndex(b, arg), true
		case toBool:
			return append(append(append(b, "bool("...), t.CmpOps[i]...), ')'), true
		}
		return append(b, t.CmpOps[i]...), true
	case opcode.Invert:
		return appendSymbol(b, invertWords(info.Family()), arg), true
	case opcode.BinaryOp, opcode.Intrinsic1, opcode.Intrinsic2, opcode.CommonConst, opcode.SpecialMethod, opcode.ConvertValue:
		return appendSymbol(b, s.of(info.Operand), arg), true
	case opcode.FormatValue:
		if arg&3 >= len(s.convert) || arg>>3 != 0 {
			return appendIndex(b, arg), true
		}
		b = append(b, s.convert[arg&3]...)
		if arg&4 != 0 {
			b = append(b, " + spec"...)
		}
		return b, true
	case opcode.MakeFlags, opcode.FunctionAttr:
		if arg == 0 && info.Operand == opcode.MakeFlags {
			return b, true
		}
		return appendFunctionFlags(b, s.functionFlags, arg), true
	case opcode.CallCounts:
		if arg>>16 != 0 {
			return appendIndex(b, arg), true
		}
		b = strconv.AppendInt(b, int64(arg&0xff), 10)
		if arg>>8 != 0 {
			b = append(strconv.AppendInt(append(b, " + "...), int64(arg>>8), 10), " kw"...)
		}
		return b, true
	case opcode.UnpackCounts:
		if arg < 0 {
			return appendIndex(b, arg), true
		}
		b = strconv.AppendInt(b, int64(arg&0xff), 10)
		return strconv.AppendInt(append(b, ", "...), int64(arg>>8), 10), true
	case opcode.Const, opcode.Name, opcode.NameFlag, opcode.NameSuper, opcode.NameImport, opcode.Local, opcode.LocalPair,
		opcode.Free, opcode.JumpRel, opcode.JumpBackward, opcode.JumpAbs, opcode.Origin:
		return b, false
	}
	return strconv.AppendUint(b, uint64(uint32(arg)), 10), true
}
