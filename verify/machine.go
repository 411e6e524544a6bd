package verify

import (
	"strings"
	"sync"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// machine is the instruction set of one version, made ready for checking.
type machine struct {
	version pyver.Version
	table   *opcode.Table
	ops     [256]operation
}

// operation is an instruction with its stack pictures.
type operation struct {
	info  *opcode.Info
	op    opcode.Op
	quick uint8 // stepQuick can interpret it
	plain bool  // decoding it takes no further look
	valid bool  // may stand in a code object
	// special: stepSpecial has something to do.
	special bool
	blocks  bool  // stepBlock interprets it
	aims    bool  // its operand names an offset
	check   uint8 // what decode checks of the operand
	jumps   bool  // control may go to its target right away
	silent  bool  // never raises
	// keeps: a.taken is needed, to apply the picture or in after.
	keeps bool
	stops bool // control does not go on to the next instruction
	// differs: the picture is another one when the instruction jumps.
	differs     bool
	stack, jump picture
}

// picture is a stack picture, as kinds.
type picture struct {
	in, out []slot
	// kept is the number of leading items that are the same before and after:
	// the instruction leaves them alone, also when it raises.
	kept int
	// popped and pushed are how many values there are if no item is variable.
	popped, pushed int
	variable       bool
}

// slot is an item of a picture.
type slot struct {
	kind kind
	// variable: the number of values depends on the oparg, and Len tells it.
	variable bool
	// source is the item of the same name before, or -1: it is the same value.
	source int8
	item   opcode.Item
}

func (s *slot) len(oparg int) int {
	if s.variable {
		return s.item.Len(oparg)
	}
	return 1
}

// machines has the machine of each version, made when it is asked for. A machine is 44 KB full of pointers: those that nobody asks for are not there,
// or each collection would look through them.
var machines [pyver.Py315 - pyver.Py30 + 2]struct {
	once sync.Once
	m    *machine
}

// machineOf returns the instruction set of o, nil if its version is unknown.
func machineOf(object *code.Object) *machine {
	v := object.Version
	if !v.Known() {
		return nil
	}
	if object.Table != nil {
		m := &machine{}
		m.fill(v, object.Table)
		return m
	}
	i := 0
	if v >= pyver.Py30 {
		i = int(v-pyver.Py30) + 1
	}
	e := &machines[i]
	e.once.Do(func() {
		e.m = &machine{}
		e.m.fill(v, opcode.For(v))
	})
	return e.m
}

func (m *machine) fill(v pyver.Version, t *opcode.Table) {
	m.version, m.table = v, t
	for i := range m.ops {
		info := m.table.Info(byte(i))
		o := &m.ops[i]
		o.info, o.op = info, info.Op
		o.valid = info.Op != 0 && !info.Has(opcode.Specialized|opcode.Instrumented) && !internalOp(info.Op)
		if !o.valid {
			continue
		}
		o.blocks = isBlockOp(v, info.Op)
		o.jumps = info.Operand.IsJump() && !info.Has(opcode.Handler)
		o.aims = info.Has(opcode.HasJRel | opcode.HasJAbs)
		o.check = quickCheck(info)
		if v >= pyver.Py312 {
			switch info.Op {
			case opcode.LOAD_FAST, opcode.LOAD_FAST_BORROW:
				o.quick = quickLoad
			case opcode.STORE_FAST:
				o.quick = quickStore
			case opcode.LOAD_CONST:
				o.quick = quickConst
			}
		}
		o.plain = !o.aims && info.Caches == 0 && info.Op != opcode.EXTENDED_ARG
		o.special, o.silent = isSpecial(info), silent(info.Op)
		stack, jump := info.Stack(), info.JumpStack()
		o.differs = stack.String() != jump.String()
		o.stops = info.Has(opcode.NoFallThrough)
		o.stack.fill(m, info.Op, stack)
		o.jump.fill(m, info.Op, jump)
		o.keeps = o.special || o.differs || o.jumps
		for n := o.stack.kept; n < len(o.stack.out); n++ {
			o.keeps = o.keeps || o.stack.out[n].source >= 0
		}
	}
}

// internalOp reports whether only the interpreter itself writes op.
func internalOp(op opcode.Op) bool {
	switch op {
	case opcode.CACHE, opcode.RESERVED, opcode.INTERPRETER_EXIT, opcode.EXIT_INIT_CHECK,
		opcode.ENTER_EXECUTOR, opcode.TRACE_RECORD, opcode.STOP_CODE:
		return true
	}
	return false
}

func (p *picture) fill(m *machine, op opcode.Op, pic opcode.Picture) {
	for _, it := range pic.In {
		passes := false
		for _, out := range pic.Out {
			passes = passes || out.Name == it.Name
		}
		p.in = append(p.in, m.slot(op, it, true, passes))
	}
	for _, it := range pic.Out {
		s := m.slot(op, it, false, false)
		for i, in := range pic.In {
			if in.Name == it.Name {
				s.source = int8(i)
				s.kind = p.in[i].kind
			}
		}
		p.out = append(p.out, s)
	}
	for p.kept < min(len(pic.In), len(pic.Out)) && pic.In[p.kept] == pic.Out[p.kept] {
		p.kept++
	}
	for i := range p.in {
		p.variable = p.variable || p.in[i].variable
		p.popped++
	}
	for i := range p.out {
		p.variable = p.variable || p.out[i].variable
		p.pushed++
	}
}

func (m *machine) slot(op opcode.Op, it opcode.Item, in, passes bool) slot {
	s := slot{kind: kObject, variable: it.Variable(), item: it, source: -1}
	array := strings.HasSuffix(it.String(), "]")
	if k := kindOf(it.Name, m.version); !array || k == kAny {
		s.kind = k
	}
	switch {
	case array && passes:
		s.kind = kAny // an array that an instruction takes and leaves
	case !in && s.kind == kIter|kReceiver:
		s.kind = kReceiver // not always an iterator
	case op == opcode.POP_TOP:
		s.kind |= kLasti
		if m.version >= pyver.Py314 {
			s.kind |= kNull | kIndex // what was NULL is not told apart any more
		}
	case it.Name == "func" && op == opcode.SET_FUNCTION_ATTRIBUTE:
		s.kind |= kRaw | kHidden
	case in && calls(op) && (it.Name == "callable" || it.Name == "method_or_null" || it.Name == "self_or_callable"):
		s.kind |= kHidden
	}
	return s
}

// calls reports whether op calls a function with plain arguments.
func calls(op opcode.Op) bool {
	switch op {
	case opcode.CALL, opcode.CALL_FUNCTION, opcode.CALL_METHOD:
		return true
	}
	return false
}

// counts returns how many values the picture takes and leaves, and how many of
// them it only looks at.
func (p *picture) counts(oparg int) (popped, pushed, kept int) {
	for i := range p.in {
		popped += p.in[i].len(oparg)
		if i+1 == p.kept {
			kept = popped
		}
	}
	for i := range p.out {
		pushed += p.out[i].len(oparg)
	}
	return popped, pushed, kept
}

// The instructions that stepQuick knows.
const (
	quickLoad = 1 + iota
	quickStore
	quickConst
)

// The checks of an operand that decode makes itself; for the rest, and to
// report what is wrong, it calls checkOparg.
const (
	checkRest = iota
	checkNothing
	checkConst // below the number of constants
	checkLocal // below the number of variables
	checkName  // below the number of names
)

func quickCheck(info *opcode.Info) uint8 {
	switch info.Op {
	case opcode.LOAD_CONST, opcode.RETURN_CONST:
		return checkConst
	case opcode.LOAD_FAST, opcode.STORE_FAST, opcode.LOAD_FAST_BORROW, opcode.LOAD_FAST_CHECK:
		return checkLocal
	case opcode.LOAD_NAME, opcode.STORE_NAME, opcode.STORE_ATTR:
		return checkName
	case opcode.POP_TOP, opcode.NOP, opcode.CALL, opcode.RETURN_VALUE, opcode.PUSH_NULL, opcode.NOT_TAKEN,
		opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.JUMP_FORWARD, opcode.JUMP_BACKWARD:
		return checkNothing
	}
	return checkRest
}
