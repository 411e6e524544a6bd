package lift

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
)

// wordMachine runs what bytecode has been lifted to.
type wordMachine struct {
	*world
	c      *Code
	regs   []term
	caller int               // how often registers have been overwritten by calls
	until  func(ip int) bool // if set, run ends before a word that it wants
	ip     int
}

func newWordMachine(w *world, c *Code) *wordMachine {
	m := &wordMachine{world: w, c: c, regs: make([]term, c.MaxSlots)}
	m.overwrite(0)
	locals := frameTerms(w.o)
	for i, v := range locals {
		if s := c.Slot(i); v != null {
			m.regs[s] = v
		} else if s >= c.ClearFrom && s < c.ClearTo || w.o.KindOf(i)&code.KindFree != 0 {
			m.regs[s] = null // COPY_FREE_VARS comes first
		}
	}
	return m
}

// overwrite puts rubbish in the registers from a slot on.
func (m *wordMachine) overwrite(from int) {
	m.caller++
	to := m.c.MaxSlots
	if from > 0 && m.c.Alone() {
		to = m.c.StackBase + m.o.StackSize + 4
	}
	for i := from; i < to; i++ {
		m.regs[i] = mixAll(99, term(i), term(m.caller))
	}
}

func (m *wordMachine) variable(i int) term { return m.regs[m.c.Slot(i)] }

func (m *wordMachine) locals() []term {
	if n := m.c.NLocals; n <= 40 && m.c.near == n {
		return m.regs[:n]
	}
	return show(m.c.NLocals, m.variable)
}

func (m *wordMachine) unit() int { return int(m.c.Units[m.ip]) }

// after returns the unit of the instruction behind the one at a unit.
func (m *wordMachine) after(unit int) int {
	for ins := range m.o.Instructions() {
		if ins.Offset/2 > unit {
			return ins.Offset / 2
		}
	}
	return -1
}

// do notes an effect of the word.
func (m *wordMachine) do(name string, arg int, operands ...term) term {
	m.effect(name, arg, m.unit(), m.locals(), operands)
	exc := m.raises(name)
	if exc != null && opFlags[Op(m.c.Words[m.ip])]&Raises == 0 {
		panic(fmt.Sprint(Op(m.c.Words[m.ip]), " raises"))
	}
	return exc
}

func (m *wordMachine) run() error {
	for !m.done() {
		m.step++
		if m.ip < 0 || m.ip >= len(m.c.Words) {
			return fmt.Errorf("word %d", m.ip)
		}
		if m.until != nil && m.until(m.ip) {
			return nil
		}
		w := m.c.Words[m.ip]
		jump, exc, err := m.word(w)
		if err != nil {
			return fmt.Errorf("%s at %d: %w", FormatWord(w, m.ip), m.ip, err)
		}
		switch {
		case exc != null:
			h, ok := m.c.Handler(m.ip)
			if !ok {
				m.effect("UNCAUGHT", 0, m.unit(), m.locals(), []term{exc})
				return nil
			}
			s := int(h.Slot)
			if h.Lasti {
				m.regs[s] = intTerm(int64(2 * m.unit()))
				s++
			}
			m.regs[s] = exc
			stack := m.regs[m.c.StackBase : s+1]
			p, ok := m.c.PointAt(int(h.Target))
			if !ok || int(p.Depth) > len(stack) {
				return fmt.Errorf("handler %d is no point", h.Target)
			}
			m.effect("HANDLER", len(stack), 0, m.locals(), stack)
			m.ip = int(h.Target)
		case jump == stop:
			return nil
		default:
			m.ip++
			if jump != goOn {
				far := int(int16(fieldC(w)))
				if Op(w) == JumpFar {
					far = int(int32(w >> 32))
				}
				m.ip += far
			}
		}
	}
	return nil
}

// taken is the jump of a word that jumps.
const taken = 1

func jumpIf2(yes bool) int {
	if yes {
		return taken
	}
	return goOn
}

// simple has the words that stand for an instruction of the same operands:
// its name, and how they follow from the fields.
var simple = map[Op]struct {
	name     string
	operands string // fields that are operands, in the order of the stack
	arg      byte   // the field that is the oparg
	results  string // fields that are results
}{
	LoadBuildClass: {"LOAD_BUILD_CLASS", "", 0, "a"}, LoadLocals: {"LOAD_LOCALS", "", 0, "a"},
	LoadDictOrDeref: {"LOAD_FROM_DICT_OR_DEREF", "b", 'c', "a"},
	LoadName:        {"LOAD_NAME", "", 'i', "a"}, StoreName: {"STORE_NAME", "a", 'i', ""}, DeleteName: {"DELETE_NAME", "", 'w', ""},
	LoadGlobal: {"LOAD_GLOBAL", "", 'i', "a"}, StoreGlobal: {"STORE_GLOBAL", "a", 'i', ""}, DeleteGlobal: {"DELETE_GLOBAL", "", 'w', ""},
	LoadDictOrGlobal: {"LOAD_FROM_DICT_OR_GLOBALS", "b", 'n', "a"},
	SetupAnnotations: {"SETUP_ANNOTATIONS", "", 0, ""},
	ImportName:       {"IMPORT_NAME", "bB", 'n', "a"}, ImportFrom: {"IMPORT_FROM", "b", 'n', "a"},
	StoreAttr: {"STORE_ATTR", "ba", 'j', ""}, DeleteAttr: {"DELETE_ATTR", "a", 'w', ""},
	Neg: {"UNARY_NEGATIVE", "b", 0, "a"}, Invert: {"UNARY_INVERT", "b", 0, "a"},
	StoreSubscr: {"STORE_SUBSCR", "cab", 0, ""}, DeleteSubscr: {"DELETE_SUBSCR", "ab", 0, ""},
	StoreSubscrI: {"STORE_SUBSCR", "cai", 0, ""}, StoreSubscrK: {"STORE_SUBSCR", "cak", 0, ""},
	Slice: {"BINARY_SLICE", "bcC", 0, "a"}, StoreSlice: {"STORE_SLICE", "bacC", 0, ""},
	BuildTemplate: {"BUILD_TEMPLATE", "bc", 0, "a"}, ListAppend: {"LIST_APPEND", "ab", 0, ""}, ListExtend: {"LIST_EXTEND", "ab", 0, ""},
	SetAdd: {"SET_ADD", "ab", 0, ""}, SetUpdate: {"SET_UPDATE", "ab", 0, ""}, MapAdd: {"MAP_ADD", "abc", 0, ""},
	DictUpdate: {"DICT_UPDATE", "ab", 0, ""}, DictMerge: {"DICT_MERGE", "abc", 0, ""},
	ConvertValue: {"CONVERT_VALUE", "b", 'x', "a"}, FormatSimple: {"FORMAT_SIMPLE", "b", 0, "a"}, FormatSpec: {"FORMAT_WITH_SPEC", "bc", 0, "a"},
	MakeFunction: {"MAKE_FUNCTION", "b", 0, "a"}, SetFuncAttr: {"SET_FUNCTION_ATTRIBUTE", "ba", 'x', ""},
	Intrinsic1: {"CALL_INTRINSIC_1", "b", 'x', "a"}, Intrinsic2: {"CALL_INTRINSIC_2", "bc", 'x', "a"},
	GetIter: {"GET_ITER", "b", 0, "a"}, ReturnGen: {"RETURN_GENERATOR", "", 0, "a"}, Yield: {"YIELD_VALUE", "b", 'x', "a"},
	GetYieldFromIter: {"GET_YIELD_FROM_ITER", "b", 0, "a"}, GetAwaitable: {"GET_AWAITABLE", "b", 'c', "a"},
	GetAiter: {"GET_AITER", "b", 0, "a"}, GetAnext: {"GET_ANEXT", "b", 0, "a"}, EndAsyncFor: {"END_ASYNC_FOR", "ab", 0, ""},
	PopExcept: {"POP_EXCEPT", "a", 0, ""}, EgMatch: {"CHECK_EG_MATCH", "bc", 0, "aA"},
	GetLen: {"GET_LEN", "b", 0, "a"}, MatchKeys: {"MATCH_KEYS", "bc", 0, "a"}, Tuple2: {"BUILD_TUPLE", "bc", '2', "a"},
}

func (m *wordMachine) word(w uint64) (jump int, exc term, err error) {
	op := Op(w)
	x, c := int(fieldX(w)), int(fieldC(w))
	bc := int(uint32(w >> 32))
	a, b, cr := &m.regs[fieldA(w)/RegSize], &null2, &null2
	rb, rc := int(fieldB(w))/RegSize, int(fieldC(w))/RegSize
	if rb < len(m.regs) {
		b = &m.regs[rb]
	}
	if rc < len(m.regs) {
		cr = &m.regs[rc]
	}
	imm := intTerm(int64(int16(c)))
	row := op.Info()
	for _, f := range []struct {
		k Kind
		v uint16
	}{{row.A, fieldA(w)}, {row.B, fieldB(w)}, {row.C, fieldC(w)}} {
		switch f.k {
		case Reg, Dest, Both, Regs, Dests, Place:
			if f.v%RegSize != 0 {
				return 0, 0, fmt.Errorf("register %d", f.v)
			}
		}
	}
	if s, ok := simple[op]; ok {
		arg := 0
		switch s.arg {
		case 'x':
			arg = x
		case 'c':
			arg = c
		case 'i':
			arg = int(m.c.Caches[bc].Name)
		case 'j':
			arg = int(m.c.Caches[c].Name)
		case 'w':
			arg = bc
		case 'n':
			arg = c | x<<16
		case '2':
			arg = 2
		}
		field := func(f rune) *term {
			switch f {
			case 'a':
				return a
			case 'A':
				return &m.regs[fieldA(w)/RegSize+1]
			case 'b':
				return b
			case 'B':
				return &m.regs[rb+1]
			case 'c':
				return cr
			case 'C':
				return &m.regs[rc+1]
			case 'i':
				v := intTerm(int64(int16(fieldB(w))))
				return &v
			}
			v := m.konst(int(fieldB(w)) / RegSize)
			return &v
		}
		var operands []term
		for _, f := range s.operands {
			operands = append(operands, *field(f))
		}
		if exc := m.do(s.name, arg, operands...); exc != null {
			return goOn, exc, nil
		}
		for i, f := range s.results {
			*field(f) = m.value(i)
		}
		return goOn, null, nil
	}
	if strings.HasPrefix(row.Name, "Jump") || strings.HasPrefix(row.Name, "Loop") {
		return m.branch(w)
	}
	switch op {
	case Trap:
		return 0, 0, fmt.Errorf("reached")
	case Nop, Event, Resume:
		if op == Event && m.note {
			m.units = append(m.units, bc)
		}
	case Move:
		*a = *b
	case MoveClear:
		*a = *b
		*b = null
	case LoadK:
		*a = m.konst(bc / RegSize)
	case LoadInt:
		*a = intTerm(int64(int32(bc)))
	case LoadNull:
		*a = null
	case LoadCommon:
		*a = mix(14, term(c))
	case LoadFar:
		*a = m.regs[bc]
	case StoreFar:
		m.regs[bc] = *a
	case CheckBound, DeleteFast:
		if *a == null {
			m.effect("UNBOUND", bc, m.unit(), m.locals(), nil)
			return goOn, m.value(0), nil
		}
		if op == DeleteFast {
			*a = null
		}
	case MakeCell:
		m.do("MAKE_CELL", m.variableAt(int(fieldA(w))/RegSize))
		*a = m.newCell(*a)
	case CopyFreeVars:
		m.do("COPY_FREE_VARS", int(fieldA(w)))
		for i := range int(fieldA(w)) {
			m.regs[bc+i] = m.newCell(mix(15, term(i)))
		}
	case LoadDeref:
		v := m.cells[*b]
		if v == null {
			m.effect("EMPTY", c, m.unit(), m.locals(), nil)
			return goOn, m.value(0), nil
		}
		*a = v
	case StoreDeref:
		m.do("STORE_DEREF", 0, *a, *b)
		m.cells[*a] = *b
	case DeleteDeref:
		if m.cells[*a] == null {
			m.effect("EMPTY", c, m.unit(), m.locals(), nil)
			return goOn, m.value(0), nil
		}
		m.cells[*a] = null
	case LoadAttr, LoadMethod, LoadSpecial, SuperAttr:
		name, operands := "LOAD_ATTR", []term{*b}
		arg := int(m.c.Caches[c].Name) << 1
		two := op != LoadAttr
		unbound := m.o.Code.S[2*m.unit()+1]&1 == 0 // the word does what a PUSH_NULL behind does, too, if it makes a method
		switch op {
		case LoadMethod:
			if !unbound {
				arg |= 1
			}
		case LoadSpecial:
			name, arg = "LOAD_SPECIAL", x
		case SuperAttr:
			name, arg, operands = "LOAD_SUPER_ATTR", int(m.c.Caches[c].Name)<<2|x, m.regs[rb:rb+3]
			if two = x&1 != 0; two && unbound {
				arg--
			}
		}
		if m.c.Caches[c].Op != op {
			return 0, 0, fmt.Errorf("cache of %v", m.c.Caches[c].Op)
		}
		if exc := m.do(name, arg, operands...); exc != null {
			return goOn, exc, nil
		}
		*a = m.value(0)
		switch {
		case two && unbound && op != LoadSpecial:
			m.regs[fieldA(w)/RegSize+1] = null
		case two:
			m.regs[fieldA(w)/RegSize+1] = m.self()
		}
	case Binary, Add, Sub, Mul, TrueDiv, FloorDiv, Mod, Pow, And, Or, Xor, Lshift, Rshift, Subscr:
		return m.effect1(a, "BINARY_OP", x&Operator, *b, *cr)
	case AddI, SubI, ISub, MulI, TrueDivI, FloorDivI, ModI, PowI, AndI, OrI, XorI, LshiftI, ILshift, RshiftI, SubscrI:
		if x&reversed != 0 {
			return m.effect1(a, "BINARY_OP", x&Operator, imm, *b)
		}
		return m.effect1(a, "BINARY_OP", x&Operator, *b, imm)
	case AddK, SubK, MulK, TrueDivK, SubscrK:
		return m.effect1(a, "BINARY_OP", x&Operator, *b, m.konst(c/RegSize))
	case Lt, Le, Eq, Ne, Gt, Ge:
		if exc := m.do("COMPARE_OP", int(op-Lt)*2|x, *b, *cr); exc != null {
			return goOn, exc, nil
		}
		if *a = m.value(0); x == 1 {
			*a = m.flag()
		}
	case Is, Contains, ContainsK:
		name, right := "CONTAINS_OP", *cr
		switch op {
		case Is:
			name = "IS_OP"
		case ContainsK:
			right = m.konst(c / RegSize)
		}
		if exc := m.do(name, 0, *b, right); exc != null {
			return goOn, exc, nil
		}
		*a = truth((m.flag() == termTrue) != (x == 1))
	case ExcMatch:
		if exc := m.do("CHECK_EXC_MATCH", 0, *b, *cr); exc != null {
			return goOn, exc, nil
		}
		*a = m.flag()
	case MatchMapping, MatchSequence:
		m.do(map[Op]string{MatchMapping: "MATCH_MAPPING", MatchSequence: "MATCH_SEQUENCE"}[op], 0, *b)
		*a = m.flag()
	case Not, ToBool:
		v, exc := m.boolean(*b, m.unit(), m.locals())
		if exc != null {
			return goOn, exc, nil
		}
		if op == Not {
			v = truth(v == termFalse)
		}
		*a = v
	case SizedList:
		if empty["BUILD_LIST"] {
			m.effect("BUILD_LIST", 0, m.unit(), m.locals(), nil)
			*a = m.value(0)
			return goOn, null, nil
		}
		return m.effect1(a, "BUILD_LIST", 0)
	case BuildTuple, BuildList, BuildSet, BuildMap, BuildString, BuildSlice:
		name := map[Op]string{BuildTuple: "BUILD_TUPLE", BuildList: "BUILD_LIST", BuildSet: "BUILD_SET", BuildMap: "BUILD_MAP",
			BuildString: "BUILD_STRING", BuildSlice: "BUILD_SLICE"}[op]
		n := c
		if op == BuildMap {
			n *= 2
		}
		if n == 0 && empty[name] {
			m.effect(name, 0, m.unit(), m.locals(), nil)
			*a = m.value(0)
			return goOn, null, nil
		}
		return m.effect1(a, name, c, m.regs[rb:rb+n]...)
	case MakeClosure:
		// Three instructions, and LOAD_CONST behind the first.
		unit := m.unit()
		m.effect("BUILD_TUPLE", x, unit, m.locals(), m.regs[rc:rc+x])
		closure := m.value(0)
		unit = m.after(m.after(unit))
		m.effect("MAKE_FUNCTION", 0, unit, m.locals(), []term{m.konst(rb)})
		function := m.value(0)
		m.effect("SET_FUNCTION_ATTRIBUTE", closureAttr, m.after(unit), m.locals(), []term{closure, function})
		*a = function
	case BuildInterpolation:
		return m.effect1(a, "BUILD_INTERPOLATION", x, m.regs[rb:rb+2+x&1]...)
	case Unpack2:
		if exc := m.do("UNPACK_SEQUENCE", 2, *cr); exc != null {
			return goOn, exc, nil
		}
		*a = m.value(1)
		*b = m.value(0)
	case UnpackTo:
		if exc := m.do("UNPACK_SEQUENCE", c, *b); exc != null {
			return goOn, exc, nil
		}
		*a = m.value(c - 1)
		for i := 1; i < c; i += maxInto {
			m.ip++
			w := m.c.Words[m.ip]
			if n := min(c-i, maxInto); Op(w) != Into || int(fieldX(w)) != n {
				return 0, 0, fmt.Errorf("no word for %d registers", n)
			}
			for j := range fieldX(w) {
				r := uint16(w >> (16 + 16*j))
				if r%RegSize != 0 {
					return 0, 0, fmt.Errorf("register %d", r)
				}
				m.regs[r/RegSize] = m.value(c - 1 - i - int(j))
			}
		}
	case Unpack, UnpackEx:
		name, arg, n := "UNPACK_SEQUENCE", c, c
		if op == UnpackEx {
			arg = c | x<<16
			name, n = "UNPACK_EX", arg&0xff+1+arg>>8
		}
		if exc := m.do(name, arg, *b); exc != null {
			return goOn, exc, nil
		}
		for i := range n {
			m.regs[int(fieldA(w))/RegSize+i] = m.value(i)
		}
	case Call, CallGen, CallKw, CallMethod, CallMethodGen, CallMethodKw, CallEx:
		return m.call(w, rb, c)
	case Return, ReturnK, ReturnInt:
		v := *a
		switch op {
		case ReturnK:
			v = m.konst(bc / RegSize)
		case ReturnInt:
			v = intTerm(int64(int32(bc)))
		}
		m.do("RETURN_VALUE", 0, v)
		return stop, null, nil
	case DropIter: // nothing but what POP_TOP does
		return goOn, null, nil
	case ForIter, ForIterBack:
		if exc := m.do("FOR_ITER", 0, *b); exc != null {
			return goOn, exc, nil
		}
		if m.chance(4, 4) == 0 {
			return jumpIf2(op == ForIter), null, nil
		}
		*a = m.value(0)
		return jumpIf2(op == ForIterBack), null, nil
	case Send:
		second := &m.regs[fieldA(w)/RegSize+1]
		if exc := m.do("SEND", 0, *a, *second); exc != null {
			return goOn, exc, nil
		}
		*second = m.value(0)
		return jumpIf2(m.chance(4, 2) == 0), null, nil
	case CleanupThrow:
		r := m.regs[fieldA(w)/RegSize:]
		if exc := m.do("CLEANUP_THROW", 0, r[2]); exc != null {
			return goOn, exc, nil
		}
		r[0], r[1] = termNone, m.value(0)
	case PushExc:
		m.do("PUSH_EXC_INFO", 0, *a)
		m.regs[fieldA(w)/RegSize+1] = *a
		*a = m.value(0)
	case Reraise:
		operands := []term{*a}
		if x == 1 {
			operands = append(operands, *b)
		}
		m.effect("RERAISE", 0, m.unit(), m.locals(), operands)
		return goOn, mix(*a, 1), nil
	case Raise:
		m.effect("RAISE_VARARGS", x, m.unit(), m.locals(), []term{*a, *b}[:x])
		return goOn, m.value(0), nil
	case WithExceptStart:
		return m.effect1(a, "WITH_EXCEPT_START", 0, m.regs[rb:rb+5]...)
	case MatchClass:
		return m.effect1(a, "MATCH_CLASS", c, m.regs[rb:rb+3]...)
	default:
		return 0, 0, fmt.Errorf("unknown")
	}
	return goOn, null, nil
}

var null2 term

// variableAt returns the variable in a slot; for one of the lifter's own, that
// of the instruction.
func (m *wordMachine) variableAt(slot int) int {
	far := -1
	for i := range m.c.NLocals {
		if m.c.Slot(i) == slot {
			return i
		}
		if uint64(m.c.Slot(i)) == m.c.Words[m.ip+1]>>32 {
			far = i
		}
	}
	return far
}

// effect1 is an effect with one result.
func (m *wordMachine) effect1(a *term, name string, arg int, operands ...term) (int, term, error) {
	if exc := m.do(name, arg, operands...); exc != null {
		return goOn, exc, nil
	}
	*a = m.value(0)
	return goOn, null, nil
}

// call leaves rubbish where the frame of the callee is.
func (m *wordMachine) call(w uint64, b, n int) (int, term, error) {
	switch Op(w) {
	case Call, CallMethod:
		if m.c.Alone() {
			return 0, 0, fmt.Errorf("arguments are not copied")
		}
	}
	name, arg := "CALL", n
	operands := []term{m.regs[b], null}
	rest := m.regs[b+1:]
	switch op := Op(w); op {
	case CallMethod, CallMethodGen, CallMethodKw:
		operands[1] = m.regs[b+1]
		rest = m.regs[b+2:]
		if op == CallMethodKw {
			name, n = "CALL_KW", n+1
		}
	case CallKw:
		name, n = "CALL_KW", n+1
	case CallEx:
		name, n = "CALL_FUNCTION_EX", 2
		arg, rest = 0, m.regs[b+1+int(fieldC(w)):]
	}
	operands = append(operands, rest[:n]...)
	exc := m.do(name, arg, operands...)
	m.overwrite(b)
	if exc != null {
		return goOn, exc, nil
	}
	m.regs[fieldA(w)/RegSize] = m.value(0)
	return goOn, null, nil
}

// branch runs a word that jumps, maybe.
func (m *wordMachine) branch(w uint64) (int, term, error) {
	op := Op(w)
	name := op.String()
	_, name, _ = strings.Cut(name, name[:4])
	a := m.regs[fieldA(w)/RegSize]
	switch op {
	case Jump, JumpBack, JumpFar:
		return taken, null, nil
	case JumpTrue, JumpFalse, LoopTrue, LoopFalse:
		v, exc := m.boolean(a, m.unit(), m.locals())
		return jumpIf2((v == termTrue) == (name == "True")), exc, nil
	case JumpNone:
		return jumpIf2(a == termNone), null, nil
	case JumpNotNone, LoopNotNone:
		return jumpIf2(a != termNone), null, nil
	}
	kind := opTable[op].B
	var b term
	switch kind {
	case Imm:
		b = intTerm(int64(int16(fieldB(w))))
		name = strings.TrimSuffix(name, "I")
	case Konst:
		b = m.konst(int(fieldB(w)) / RegSize)
		name = strings.TrimSuffix(name, "K")
	default:
		b = m.regs[fieldB(w)/RegSize]
	}
	name, not := strings.CutPrefix(name, "Not")
	effect, arg := "COMPARE_OP", 0
	switch name {
	case "Lt", "Le", "Eq", "Ne", "Gt", "Ge":
		arg = strings.Index("LtLeEqNeGtGe", name) | 1
	case "Is":
		effect = "IS_OP"
	case "In":
		effect = "CONTAINS_OP"
	case "Exc":
		effect = "CHECK_EXC_MATCH"
	default:
		return 0, 0, fmt.Errorf("unknown branch")
	}
	exc := m.do(effect, arg, a, b)
	return jumpIf2((m.flag() == termTrue) != not), exc, nil
}
