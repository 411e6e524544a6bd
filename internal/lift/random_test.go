package lift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// program makes random bytecode in which all stacks fit.
type program struct {
	*rand.Rand
	text    []byte
	blocks  []progBlock
	jumps   []progJump
	entries []code.ExceptionEntry
	far     bool // there are too many variables for one word
	few     int  // variables that are used
	locals  int
	size    int // of the stack
	bulk    int // words per block that only take room
	depth   int
	floor   int // what the handler wants on the stack
}

type progBlock struct {
	depth   int
	loopEnd bool // it begins behind an END_FOR
	start   int  // code unit
	handler int  // the block that handles exceptions, or -1
}

// progJump is a jump to be filled in, of two code units.
type progJump struct{ at, block int }

var table314 = opcode.For(pyver.Py314)

func (p *program) op(op opcode.Op, arg int) {
	info, _ := table314.ByOp(op)
	for shift := 24; shift > 0; shift -= 8 {
		if arg>>shift != 0 {
			p.text = append(p.text, table314.ExtendedArg, byte(arg>>shift))
		}
	}
	p.text = append(p.text, byte(info.Number), byte(arg))
	p.text = append(p.text, make([]byte, 2*int(info.Caches))...)
	s := info.Stack()
	p.depth += s.Pushed(arg) - s.Popped(arg)
}

// jump emits a jump to a block.
func (p *program) jump(op opcode.Op, block int) {
	p.jumps = append(p.jumps, progJump{len(p.text) / 2, block})
	p.text = append(p.text, table314.ExtendedArg, 0, table314.ExtendedArg, 0)
	p.op(op, 0)
}

// variable returns a local variable.
func (p *program) variable() int {
	if p.far && p.IntN(2) == 0 {
		return p.locals - 1 - p.IntN(4)
	}
	return p.IntN(min(p.few, p.locals))
}

// adjust makes the stack as high as depth.
func (p *program) adjust(depth int) {
	for p.depth > depth {
		p.op(opcode.POP_TOP, 0)
	}
	for p.depth < depth {
		p.something()
	}
}

// something pushes something that is easily had.
func (p *program) something() {
	switch p.IntN(6) {
	case 0:
		p.op(opcode.LOAD_SMALL_INT, p.IntN(3))
	case 1:
		p.op(opcode.LOAD_CONST, p.IntN(4))
	case 2:
		p.op(opcode.PUSH_NULL, 0)
	case 3:
		if p.depth > 0 {
			p.op(opcode.COPY, 1+p.IntN(p.depth))
			return
		}
		fallthrough
	default:
		p.op(opcode.LOAD_FAST, p.variable())
	}
}

// plainOps has the instructions that programs are made of: those that go on with the
// next one, and whose operands are easily chosen.
var plainOps = func() (ops []*opcode.Info) {
	setRules()
	for info := range table314.All() {
		r := rules[byte(info.Number)]
		if info.Number > 255 || r.do == refuse || r.do == extend || r.jump != 0 || r.ends || r.do == copyFree || r.do == returnGen {
			continue
		}
		if info.Op == opcode.END_FOR || info.Op == opcode.UNARY_NOT || info.Op == opcode.UNPACK_EX {
			continue
		}
		ops = append(ops, info)
	}
	return ops
}()

// instruction emits a random instruction, if there is enough on the stack.
func (p *program) instruction() {
	switch p.IntN(8) {
	case 0, 1:
		if p.depth < p.size-3 {
			p.something()
		}
		return
	case 2:
		if p.depth >= 2 {
			p.op(opcode.SWAP, 2+p.IntN(p.depth-1))
			return
		}
	case 3:
		if p.depth >= 2 {
			p.op(opcode.STORE_FAST, p.variable())
			return
		}
	}
	if p.IntN(12) == 0 && p.depth+6 <= p.size && p.depth >= p.floor {
		p.something()
		p.op(opcode.PUSH_NULL, 0)
		n := p.IntN(3)
		for range n {
			p.something()
		}
		p.op(opcode.CALL, n)
		return
	}
	if p.IntN(10) == 0 && p.depth >= p.floor+3 && p.depth+6 <= p.size {
		p.idiom()
		return
	}
	info := plainOps[p.IntN(len(plainOps))]
	arg := 0
	switch info.Operand {
	case opcode.Count, opcode.Raw, opcode.Invert:
		arg = p.IntN(4)
		if info.Op == opcode.GET_AWAITABLE || info.Op == opcode.YIELD_VALUE || info.Operand == opcode.Invert {
			arg &= 1
		}
	case opcode.Depth:
		arg = 1 + p.IntN(3)
	case opcode.Local, opcode.Free:
		arg = p.variable()
	case opcode.LocalPair:
		arg = p.IntN(4)<<4 | p.IntN(4)
	case opcode.Name:
		arg = p.IntN(4)
	case opcode.NameFlag:
		arg = p.IntN(8)
	case opcode.NameSuper:
		arg = p.IntN(16)
	case opcode.Const, opcode.SmallInt:
		arg = p.IntN(4)
	case opcode.Compare:
		arg = p.IntN(6)<<5 | p.IntN(2)<<4
	case opcode.BinaryOp:
		arg = p.IntN(27)
	case opcode.Intrinsic1, opcode.Intrinsic2, opcode.ConvertValue, opcode.SpecialMethod, opcode.CommonConst:
		arg = 1 + p.IntN(3)
	case opcode.FunctionAttr:
		arg = 1 << p.IntN(4)
	}
	if info.Op == opcode.BUILD_SLICE {
		arg = 2 + arg&1
	}
	s := info.Stack()
	n := s.Popped(arg)
	low := p.depth - n
	if low < 0 || low+s.Pushed(arg) > p.size {
		return
	}
	if low < p.floor && !silent[info.Name] && !quiet[info.Op] {
		return
	}
	if info.Op == opcode.SWAP && arg < 2 {
		return
	}
	p.op(info.Op, arg)
	if s.Pushed(arg) > 0 && p.IntN(4) == 0 {
		p.op(opcode.STORE_FAST, p.variable())
	}
}

// idiom emits what the lifter looks for, or what is hard to come by.
func (p *program) idiom() {
	x := p.variable()
	switch p.IntN(6) {
	case 0: // the beginning of a with statement
		if p.IntN(2) == 0 {
			p.op(opcode.LOAD_NAME, 1)
		}
		p.op(opcode.COPY, 1)
		p.op(opcode.LOAD_SPECIAL, 1)
		p.op(opcode.SWAP, 2)
		p.op(opcode.SWAP, 3)
		p.op(opcode.LOAD_SPECIAL, 0)
	case 1: // the beginning of a comprehension
		p.op(opcode.GET_ITER, 0)
		n := 1 + p.IntN(2)
		for range n {
			p.op(opcode.LOAD_FAST_AND_CLEAR, p.variable())
		}
		p.op(opcode.SWAP, n+1)
		p.op([]opcode.Op{opcode.BUILD_LIST, opcode.BUILD_MAP}[p.IntN(2)], 0)
		p.op(opcode.SWAP, 2)
	case 2: // a value comes from farther up
		n := 2 + p.IntN(2)
		p.op(opcode.SWAP, n)
		for range n - 1 {
			p.op(opcode.POP_TOP, 0)
		}
	case 3: // a variable is stored that waits below
		p.op(opcode.LOAD_FAST, x)
		p.op(opcode.SWAP, 2)
		p.op(opcode.UNARY_NEGATIVE, 0)
		p.op(opcode.STORE_FAST, x)
	case 4: // a value is there twice, the upper one in place
		p.op(opcode.LOAD_LOCALS, 0)
		p.op(opcode.SWAP, 2)
		p.op(opcode.COPY, 2)
		p.op(opcode.SWAP, 2)
		p.op(opcode.POP_TOP, 0)
		p.op(opcode.STORE_FAST, x)
	case 5:
		p.op(opcode.LOAD_FAST, x)
		p.op(opcode.LOAD_GLOBAL, 1)
		p.op(opcode.LOAD_FAST, x)
		p.op(opcode.CALL, 1)
		p.op(opcode.STORE_FAST, x)
	}
}

// quiet has more instructions that never raise.
var quiet = map[opcode.Op]bool{
	opcode.POP_TOP: true, opcode.POP_ITER: true, opcode.SWAP: true, opcode.COPY: true, opcode.STORE_FAST: true,
	opcode.STORE_FAST_LOAD_FAST: true, opcode.STORE_FAST_STORE_FAST: true, opcode.END_SEND: true,
}

// block emits block k.
func (p *program) block(k int) {
	b := &p.blocks[k]
	if b.loopEnd {
		p.op(opcode.END_FOR, 0)
	}
	b.start = len(p.text) / 2
	p.depth = b.depth
	p.floor = 0
	start := len(p.text)
	if b.handler >= 0 {
		p.floor = p.blocks[b.handler].depth - 1 - k&1
	}
	for range p.bulk {
		if p.depth >= p.floor {
			p.op(opcode.LOAD_FAST_CHECK, 0)
			p.op(opcode.POP_TOP, 0)
		}
	}
	for range p.IntN(14) {
		p.instruction()
	}
	target := p.IntN(len(p.blocks))
	t := p.blocks[target]
	backward := target <= k
	last := k == len(p.blocks)-1
	kind := p.IntN(8)
	if last || p.blocks[k+1].loopEnd {
		kind += 8 // must not go on
	}
	if kind >= 4 && kind <= 9 && p.floor > t.depth && p.IntN(2) == 0 {
		kind = 3 + kind&8
	}
	switch {
	case kind == 0 && p.depth >= 1:
		p.adjust(p.depth)
		p.op(opcode.RETURN_VALUE, 0)
		p.close(start, b)
		return
	case kind >= 10 || kind == 8 || kind < 3 || backward && kind < 8:
	case kind >= 4 && kind < 8 && !backward:
		if t.loopEnd {
			if t.depth > 0 && t.depth >= p.floor && p.blocks[k+1].depth >= p.floor {
				p.adjust(t.depth)
				p.jump(opcode.FOR_ITER, target)
			}
			break
		}
		if t.depth+2 > p.size || t.depth < p.floor {
			break
		}
		p.adjust(t.depth)
		p.something()
		switch p.IntN(5) {
		case 0:
			p.jump(opcode.POP_JUMP_IF_NONE, target)
		case 1:
			p.jump(opcode.POP_JUMP_IF_NOT_NONE, target)
		case 2:
			p.something()
			p.op(opcode.COMPARE_OP, p.IntN(6)<<5|16)
			p.jump(opcode.POP_JUMP_IF_FALSE, target)
		case 3:
			p.op(opcode.TO_BOOL, 0)
			p.jump(opcode.POP_JUMP_IF_TRUE, target)
		case 4:
			p.something()
			p.op([]opcode.Op{opcode.IS_OP, opcode.CONTAINS_OP}[p.IntN(2)], p.IntN(2))
			p.jump(opcode.POP_JUMP_IF_FALSE, target)
		}
	}
	switch {
	case last || p.blocks[k+1].loopEnd || kind == 3:
		if t.depth >= p.floor && !t.loopEnd {
			p.adjust(t.depth)
			switch {
			case !backward:
				p.jump(opcode.JUMP_FORWARD, target)
			case p.IntN(3) == 0:
				p.jump(opcode.JUMP_BACKWARD_NO_INTERRUPT, target)
			default:
				p.jump(opcode.JUMP_BACKWARD, target)
			}
			break
		}
		if p.depth == 0 {
			p.something()
		}
		p.op(opcode.RETURN_VALUE, 0)
	default:
		p.adjust(p.blocks[k+1].depth)
	}
	p.close(start, b)
}

// close enters the block in the exception table.
func (p *program) close(start int, b *progBlock) {
	if b.handler < 0 || start == len(p.text) {
		return
	}
	e := code.ExceptionEntry{Start: start, End: len(p.text), Target: b.handler, Depth: p.floor}
	e.Lasti = p.blocks[b.handler].depth-p.floor == 2
	p.entries = append(p.entries, e)
}

// randomCode returns a random code object.
func randomCode(seed uint64, far bool, bulk int) *code.Object {
	p := &program{Rand: rand.New(rand.NewPCG(seed, 1)), far: far, bulk: bulk, locals: 6, size: 12}
	if far {
		p.locals = 4200
	}
	if p.IntN(10) == 0 {
		p.size = 150
	}
	p.few = 2 + p.IntN(4)
	n := 2 + p.IntN(8)
	for range n {
		b := progBlock{depth: p.IntN(5), handler: -1}
		if p.IntN(20) == 0 {
			b.depth = p.IntN(p.size - 4)
		}
		p.blocks = append(p.blocks, b)
	}
	p.blocks[0].depth = 0
	for k := range p.blocks {
		b := &p.blocks[k]
		b.loopEnd = k > 0 && b.depth > 0 && p.IntN(5) == 0
		if h := p.IntN(n); p.IntN(2) == 0 && h > 0 && p.blocks[h].depth >= 1+k&1 && !p.blocks[h].loopEnd {
			b.handler = h
		}
	}
	// A handler may have become the end of a loop.
	for k := range p.blocks {
		if h := p.blocks[k].handler; h >= 0 && p.blocks[h].loopEnd {
			p.blocks[k].handler = -1
		}
	}
	for k := range p.blocks {
		p.block(k)
	}
	for _, j := range p.jumps {
		op := p.text[2*j.at+4]
		info := table314.Info(op)
		next := j.at + 3 + int(info.Caches)
		to := p.blocks[j.block].start
		arg := to - next
		switch {
		case info.Operand == opcode.JumpBackward:
			arg = -arg
		case info.Op == opcode.FOR_ITER:
			arg--
		}
		p.text[2*j.at+1], p.text[2*j.at+3], p.text[2*j.at+5] = byte(arg>>16), byte(arg>>8), byte(arg)
	}
	for i := range p.entries {
		p.entries[i].Target = 2 * p.blocks[p.entries[i].Target].start
	}
	exceptions, err := code.EncodeExceptionTable(p.entries)
	if err != nil {
		panic(err)
	}
	names := &code.Tuple{}
	kinds := make([]byte, p.locals)
	for i := range p.locals {
		names.Items = append(names.Items, &code.Str{S: fmt.Sprint("v", i)})
		kinds[i] = byte(code.KindLocal)
	}
	o := &code.Object{
		Version: pyver.Py314, ArgCount: 2, StackSize: p.size,
		Code: &code.Bytes{S: string(p.text)}, ExceptionTable: &code.Bytes{S: string(exceptions)},
		Consts:          &code.Tuple{Items: []code.Value{code.None, code.True, &code.Int{V: 1000}, &code.Str{S: "s"}}},
		Names:           &code.Tuple{Items: names.Items[:4]},
		LocalsPlusNames: names, LocalsPlusKinds: &code.Bytes{S: string(kinds)},
		QualName: &code.Str{S: fmt.Sprintf("random%d", seed)}, Filename: &code.Str{S: "random"},
	}
	if seed%5 == 0 {
		o.Flags |= code.Generator
	}
	return o
}

// TestRandomCode compares machines on bytecode that no compiler makes.
func TestRandomCode(t *testing.T) {
	n := uint64(*programs)
	if testing.Short() {
		n = min(n, 500)
	}
	for seed := range n {
		check(t, randomCode(seed, false, 0))
		if t.Failed() {
			return
		}
	}
}

// TestFarVariables has more variables than words can name.
func TestFarVariables(t *testing.T) {
	for seed := range uint64(300) {
		check(t, randomCode(seed, true, 0))
		if t.Failed() {
			return
		}
	}
}

// TestFarJumps has jumps that are too far for a field.
func TestFarJumps(t *testing.T) {
	far := 0
	for seed := range uint64(12) {
		o := randomCode(seed, false, 15000)
		check(t, o)
		if t.Failed() {
			return
		}
		c, err := Lift(o)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(c.Words, func(w uint64) bool { return Op(w) == JumpFar }) {
			far++
		}
	}
	if far == 0 {
		t.Error("no far jumps")
	}
}
