package vmtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// kind is what a random program knows of a value on the stack: roughly what the verifier will.
type kind uint8

const (
	object_  kind = iota // any object
	null                 // no value
	maybe                // an object or no value
	iterator             // what GET_ITER leaves
	caught               // what a handler gets
	previous             // what PUSH_EXC_INFO saved
	lasti                // where an exception came from
	list                 // made by the program
	set
	dict
	tuple
	boolean
	template // an interpolation
	function
)

// kindNames are the names in stack pictures that stand for more than an object.
var kindNames = map[string]kind{
	"null": null, "iter": iterator, "exc": caught, "prev_exc": previous, "lasti": lasti, "list": list, "set": set, "dict": dict,
	"tuple": tuple, "keys": tuple, "names": tuple, "bool": boolean, "cond": boolean, "interpolation": template, "func": function,
	"value_or_null": maybe, "self_or_null": maybe, "kwargs_or_null": maybe, "kwargs": dict, "interpolations": tuple, "strings": tuple,
}

// random makes one code object.
type random struct {
	*rand.Rand
	text    []byte
	stack   []kind
	most    int // height that the stack has had
	floor   int // what lies below is somebody's
	entries []code.ExceptionEntry
	labels  []label
	room    int // how many instructions may come
	nesting int
	regions int
	region  []int // the protected ranges and handlers that the instruction is in

	vars      []string
	kinds     []code.Kind
	args      int
	consts    []code.Value
	generator bool
	level     int // of functions in each other
}

// label is a place to jump back to.
type label struct {
	at     int
	stack  []kind
	region []int
}

var table = opcode.For(pyver.Py314)

// plain are the instructions that need no more than values on the stack.
var plain = func() (ops []*opcode.Info) {
	skip := strings.Fields(`CACHE RESERVED EXTENDED_ARG RESUME RETURN_VALUE RERAISE RAISE_VARARGS COPY_FREE_VARS RETURN_GENERATOR YIELD_VALUE MAKE_CELL SEND END_SEND
		CLEANUP_THROW END_ASYNC_FOR END_FOR ENTER_EXECUTOR INTERPRETER_EXIT EXIT_INIT_CHECK MAKE_FUNCTION SET_FUNCTION_ATTRIBUTE CALL_KW BUILD_TEMPLATE
		PUSH_EXC_INFO POP_EXCEPT CHECK_EXC_MATCH CHECK_EG_MATCH WITH_EXCEPT_START POP_ITER FOR_ITER UNARY_NOT JUMP_FORWARD JUMP_BACKWARD
		JUMP_BACKWARD_NO_INTERRUPT POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE BUILD_STRING BUILD_INTERPOLATION
		LOAD_FAST LOAD_FAST_BORROW LOAD_FAST_LOAD_FAST LOAD_FAST_BORROW_LOAD_FAST_BORROW LOAD_FAST_AND_CLEAR STORE_FAST STORE_FAST_LOAD_FAST STORE_FAST_STORE_FAST
		DELETE_FAST LOAD_FAST_CHECK LOAD_DEREF STORE_DEREF DELETE_DEREF LOAD_FROM_DICT_OR_DEREF MATCH_KEYS MATCH_CLASS DICT_MERGE CALL_INTRINSIC_1 CALL_INTRINSIC_2
		SETUP_ANNOTATIONS CALL_FUNCTION_EX`)
	for info := range table.All() {
		if info.Number < 256 && !info.Has(opcode.Specialized|opcode.Instrumented) && !slices.Contains(skip, info.Name) {
			ops = append(ops, info)
		}
	}
	return ops
}()

// accepts reports whether an instruction that wants an item of a name can have a value.
func accepts(name string, k kind) bool {
	want, special := kindNames[name]
	switch {
	case strings.HasPrefix(name, "unused"), name == "bottom", name == "top":
		return true
	case !special:
		return k != null && k != maybe && k != lasti
	case want == maybe:
		return k == null || k == object_ || k == maybe && name == "value_or_null"
	}
	return k == want
}

// can reports whether the values for an instruction are there.
func (p *random) can(info *opcode.Info, arg int) bool {
	at := len(p.stack)
	in := info.Stack().In
	for i := len(in) - 1; i >= 0; i-- {
		for range in[i].Len(arg) {
			at--
			if at < 0 || !accepts(in[i].Name, p.stack[at]) {
				return false
			}
			if at < p.floor && !p.stays(info, i) {
				return false
			}
		}
	}
	return len(p.stack)+4 < 200
}

// stays reports whether an instruction leaves its item i where it is.
func (p *random) stays(info *opcode.Info, i int) bool {
	s := info.Stack()
	return i < len(s.Out) && s.Out[i].Name == s.In[i].Name && info.Op != opcode.SWAP
}

// op emits an instruction.
func (p *random) op(op opcode.Op, arg int) {
	info, _ := table.ByOp(op)
	for shift := 24; shift > 0; shift -= 8 {
		if arg>>shift != 0 {
			p.text = append(p.text, table.ExtendedArg, byte(arg>>shift))
		}
	}
	p.text = append(p.text, byte(info.Number), byte(arg))
	p.text = append(p.text, make([]byte, 2*int(info.Caches))...)
	p.room--
	switch op {
	case opcode.SWAP:
		n := len(p.stack)
		p.stack[n-1], p.stack[n-arg] = p.stack[n-arg], p.stack[n-1]
		return
	case opcode.COPY:
		p.push(p.stack[len(p.stack)-arg])
		return
	}
	s := info.Stack()
	had := map[string][]kind{}
	at := len(p.stack) - s.Popped(arg)
	for i, n := 0, at; i < len(s.In); i++ {
		k := s.In[i].Len(arg)
		had[s.In[i].Name] = slices.Clone(p.stack[n : n+k])
		n += k
	}
	p.stack = p.stack[:at]
	for _, item := range s.Out {
		for i := range item.Len(arg) {
			switch old := had[item.Name]; {
			case i < len(old):
				p.push(old[i])
			default:
				p.push(kindNames[item.Name])
			}
		}
	}
}

func (p *random) push(k kind) {
	p.stack = append(p.stack, k)
	p.most = max(p.most, len(p.stack))
}

// jump emits a jump ahead; land is called where it goes to.
func (p *random) jump(op opcode.Op) (land func()) {
	p.text = append(p.text, table.ExtendedArg, 0)
	at := len(p.text)
	p.op(op, 0)
	from := len(p.text)
	return func() {
		n := (len(p.text) - from) / 2
		p.text[at-1], p.text[at+1] = byte(n>>8), byte(n)
	}
}

// back emits a jump back.
func (p *random) back(op opcode.Op, to int) {
	info, _ := table.ByOp(op)
	n := (len(p.text) + 4 + 2*int(info.Caches) - to) / 2
	p.text = append(p.text, table.ExtendedArg, byte(n>>8), byte(info.Number), byte(n))
	p.text = append(p.text, make([]byte, 2*int(info.Caches))...)
	p.room--
}

// value pushes an object.
func (p *random) value() {
	switch p.IntN(9) {
	case 0:
		p.op(opcode.LOAD_SMALL_INT, p.IntN(5))
	case 1, 2:
		p.op(opcode.LOAD_CONST, p.IntN(7))
	case 3:
		p.op(opcode.LOAD_GLOBAL, p.IntN(8)<<1)
	case 4:
		if v, ok := p.variable(code.KindCell | code.KindFree); ok {
			p.op(opcode.LOAD_DEREF, v)
			return
		}
		fallthrough
	case 5, 6:
		p.op(opcode.LOAD_FAST, p.IntN(p.args))
	default:
		if v, ok := p.variable(code.KindLocal); ok {
			p.op(opcode.LOAD_FAST_CHECK, v)
		} else {
			p.op(opcode.LOAD_CONST, 0)
		}
	}
}

// variable returns a variable of a kind that is no argument's, if there is one.
func (p *random) variable(k code.Kind) (int, bool) {
	for range 8 {
		if i := p.IntN(len(p.vars)); i >= p.args && p.kinds[i]&k != 0 && (k&code.KindLocal == 0 || p.kinds[i]&code.KindCell == 0) {
			return i, true
		}
	}
	return 0, false
}

// free returns a number of values that may be taken off.
func (p *random) free() int { return len(p.stack) - p.floor }

// some emits about n instructions that leave the stack as it is.
func (p *random) some(n int) {
	floor := p.floor
	p.floor = len(p.stack)
	for range n {
		if p.room <= 0 {
			break
		}
		p.instruction()
	}
	p.settle(p.floor)
	p.floor = floor
}

// settle pops what is above a height.
func (p *random) settle(height int) {
	for len(p.stack) > height {
		switch p.stack[len(p.stack)-1] {
		case iterator:
			p.op(opcode.POP_ITER, 0)
		case maybe:
			if v, ok := p.variable(code.KindLocal); ok {
				p.op(opcode.STORE_FAST, v)
				break
			}
			fallthrough
		default:
			p.pop()
		}
	}
}

// raw emits an instruction without following what it does to the stack.
func (p *random) raw(op opcode.Op, arg byte) {
	info, _ := table.ByOp(op)
	p.text = append(p.text, byte(info.Number), arg)
	p.text = append(p.text, make([]byte, 2*int(info.Caches))...)
	p.room--
}

// pop emits POP_TOP for anything.
func (p *random) pop() {
	p.raw(opcode.POP_TOP, 0)
	p.stack = p.stack[:len(p.stack)-1]
}

// instruction emits one or several instructions.
func (p *random) instruction() {
	if p.nesting < 4 && p.room > 12 {
		switch p.IntN(40) {
		case 0, 1:
			p.condition()
			return
		case 2, 3:
			p.loop()
			return
		case 4, 5:
			p.protected()
			return
		case 6:
			p.endless()
			return
		case 7:
			p.nested()
			return
		case 8:
			p.finally()
			return
		}
	}
	switch p.IntN(24) {
	case 0, 1, 2, 3, 4, 5:
		p.value()
		return
	case 6:
		if n := p.free(); n >= 2 {
			p.op(opcode.SWAP, 2+p.IntN(n-1))
		}
		return
	case 7:
		if n := len(p.stack); n > 0 {
			if i := 1 + p.IntN(n); p.stack[n-i] != null && p.stack[n-i] != maybe && p.stack[n-i] != lasti {
				p.op(opcode.COPY, i)
			}
		}
		return
	case 8, 9:
		if p.free() > 0 {
			p.store()
		}
		return
	case 10:
		p.value()
		p.op(opcode.PUSH_NULL, 0)
		n := p.IntN(4)
		for range n {
			p.value()
		}
		p.op(opcode.CALL, n)
		return
	case 11:
		p.again()
		return
	case 12:
		if p.generator && p.free() > 0 && p.top() != null && p.top() != maybe && p.top() != lasti {
			p.op(opcode.YIELD_VALUE, 0)
			p.op(opcode.RESUME, 1)
			return
		}
	case 13:
		if v, ok := p.variable(code.KindLocal); ok && p.free() < 20 {
			p.op(opcode.LOAD_FAST_AND_CLEAR, v)
			return
		}
	case 14:
		p.special()
		return
	}
	info := plain[p.IntN(len(plain))]
	arg := p.operand(info)
	if p.can(info, arg) {
		p.op(info.Op, arg)
	}
}

func (p *random) top() kind { return p.stack[len(p.stack)-1] }

// store takes a value off.
func (p *random) store() {
	k := p.top()
	if v, ok := p.variable(code.KindLocal); ok && p.IntN(4) > 0 {
		if k == maybe || k != null && k != lasti {
			p.op(opcode.STORE_FAST, v)
			return
		}
	}
	switch {
	case k == maybe || k == null || k == lasti:
		p.pop()
	case p.IntN(3) == 0:
		if v, ok := p.variable(code.KindCell | code.KindFree); ok {
			p.op(opcode.STORE_DEREF, v)
			return
		}
		fallthrough
	case p.IntN(3) == 0:
		p.op(opcode.STORE_FAST, p.IntN(p.args))
	default:
		p.op(opcode.POP_TOP, 0)
	}
}

// operand chooses an operand.
func (p *random) operand(info *opcode.Info) int {
	switch info.Op {
	case opcode.BUILD_SLICE:
		return 2 + p.IntN(2)
	case opcode.GET_AWAITABLE:
		return p.IntN(3)
	case opcode.SWAP:
		return 2 + p.IntN(4)
	case opcode.UNPACK_EX:
		return p.IntN(3) | p.IntN(3)<<8
	case opcode.LOAD_CONST:
		return p.IntN(7)
	}
	switch info.Operand {
	case opcode.Invert:
		return p.IntN(2)
	case opcode.Depth:
		return 1 + p.IntN(4)
	case opcode.Name, opcode.NameImport:
		return p.IntN(8)
	case opcode.NameFlag:
		return p.IntN(16)
	case opcode.NameSuper:
		return p.IntN(32)
	case opcode.Compare:
		return p.IntN(6)<<5 | p.IntN(2)<<4
	case opcode.BinaryOp:
		return p.IntN(27)
	case opcode.SmallInt:
		return p.IntN(256)
	case opcode.ConvertValue:
		return 1 + p.IntN(3)
	case opcode.CommonConst:
		return p.IntN(5)
	case opcode.SpecialMethod:
		return p.IntN(4)
	}
	return p.IntN(4)
}

// special emits what needs certain values.
func (p *random) special() {
	switch p.IntN(9) {
	case 0:
		p.value()
		p.op(opcode.TO_BOOL, 0)
		p.op(opcode.UNARY_NOT, 0)
	case 1:
		n := p.IntN(3)
		for range n {
			p.value()
			p.op(opcode.FORMAT_SIMPLE, 0)
		}
		if n > 0 {
			p.op(opcode.BUILD_STRING, n)
		}
	case 2: // f(*args, **kwargs)
		p.value()
		p.op(opcode.PUSH_NULL, 0)
		p.value()
		if p.IntN(2) == 0 {
			p.op(opcode.PUSH_NULL, 0)
		} else {
			p.op(opcode.BUILD_MAP, 0)
			p.value()
			p.op(opcode.DICT_MERGE, 1)
		}
		p.op(opcode.CALL_FUNCTION_EX, 0)
	case 3: // f(x, spam=y)
		p.value()
		p.op(opcode.PUSH_NULL, 0)
		p.value()
		p.value()
		p.op(opcode.LOAD_CONST, 7)
		p.stack[len(p.stack)-1] = tuple
		p.op(opcode.CALL_KW, 2)
	case 4:
		p.value()
		p.op(opcode.CALL_INTRINSIC_1, []int{1, 5, 5, 5}[p.IntN(4)])
	case 5:
		p.op(opcode.BUILD_LIST, 0)
		p.value()
		p.op(opcode.LIST_APPEND, 1)
		p.op(opcode.CALL_INTRINSIC_1, 6)
	case 6: // case Thing(x, y=z)
		p.value()
		p.value()
		p.op(opcode.LOAD_CONST, 7)
		p.stack[len(p.stack)-1] = tuple
		p.op(opcode.MATCH_CLASS, p.IntN(2))
	case 7: // case {k: v}
		p.value()
		p.value()
		p.op(opcode.BUILD_TUPLE, 1)
		p.op(opcode.MATCH_KEYS, 0)
	case 8:
		if v, ok := p.variable(code.KindCell | code.KindFree); ok {
			p.op(opcode.DELETE_DEREF, v)
		}
	}
}

// condition emits if and else.
func (p *random) condition() {
	p.nesting++
	p.value()
	op := []opcode.Op{opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE}[p.IntN(4)]
	switch {
	case op == opcode.POP_JUMP_IF_NONE || op == opcode.POP_JUMP_IF_NOT_NONE:
	case p.IntN(2) == 0:
		p.op(opcode.TO_BOOL, 0)
	default:
		p.value()
		switch p.IntN(3) {
		case 0:
			p.op(opcode.COMPARE_OP, p.IntN(6)<<5|16)
		case 1:
			p.op(opcode.IS_OP, p.IntN(2))
		default:
			p.op(opcode.CONTAINS_OP, p.IntN(2))
		}
	}
	land := p.jump(op)
	stack := slices.Clone(p.stack)
	p.some(p.IntN(6))
	if p.IntN(2) == 0 {
		end := p.jump(opcode.JUMP_FORWARD)
		land()
		p.stack = slices.Clone(stack)
		p.some(p.IntN(5))
		land = end
	}
	land()
	p.nesting--
}

// loop emits a for loop.
func (p *random) loop() {
	p.nesting++
	p.value()
	p.op(opcode.GET_ITER, 0)
	head := len(p.text)
	land := p.jump(opcode.FOR_ITER)
	p.store()
	if len(p.stack) > 0 && p.top() != iterator {
		p.pop()
	}
	p.some(p.IntN(7))
	if p.IntN(3) == 0 {
		p.value()
		p.op(opcode.TO_BOOL, 0)
		out := p.jump(opcode.POP_JUMP_IF_FALSE)
		p.back(opcode.JUMP_BACKWARD, head)
		out()
	}
	p.back(opcode.JUMP_BACKWARD, head)
	land()
	p.raw(opcode.END_FOR, 0)
	p.op(opcode.POP_ITER, 0)
	p.nesting--
}

// endless emits a loop that ends by its condition, if ever.
func (p *random) endless() {
	p.nesting++
	head := len(p.text)
	p.value()
	p.op(opcode.TO_BOOL, 0)
	out := p.jump(opcode.POP_JUMP_IF_FALSE)
	p.tick()
	p.some(p.IntN(6))
	p.back([]opcode.Op{opcode.JUMP_BACKWARD, opcode.JUMP_BACKWARD, opcode.JUMP_BACKWARD_NO_INTERRUPT}[p.IntN(3)], head)
	out()
	p.nesting--
}

// tick calls a global function that ends the program sooner or later.
func (p *random) tick() {
	p.op(opcode.LOAD_GLOBAL, 7<<1|1)
	p.op(opcode.CALL, 0)
	p.op(opcode.POP_TOP, 0)
}

// again emits a conditional jump back to a label, or makes one.
func (p *random) again() {
	if len(p.labels) > 0 && p.IntN(3) > 0 {
		l := p.labels[p.IntN(len(p.labels))]
		if len(l.stack) <= len(p.stack) && slices.Equal(l.stack, p.stack[:len(l.stack)]) && slices.Equal(l.region, p.region) && len(p.text)-l.at < 1000 {
			p.tick()
			p.value()
			out := p.jump(opcode.POP_JUMP_IF_NONE)
			stack := slices.Clone(p.stack)
			p.settle(len(l.stack))
			p.back(opcode.JUMP_BACKWARD, l.at)
			p.stack = stack
			out()
		}
		return
	}
	p.labels = append(p.labels, label{len(p.text), slices.Clone(p.stack), slices.Clone(p.region)})
}

// enter begins a range or handler that labels outside are not reached from.
func (p *random) enter() (leave func()) {
	p.regions++
	p.region = append(p.region, p.regions)
	return func() { p.region = p.region[:len(p.region)-1] }
}

// protected emits try, and except with or without a condition.
func (p *random) protected() {
	p.nesting++
	height := len(p.stack)
	keep := height // what the handler finds
	if height > p.floor && p.IntN(4) == 0 {
		keep = p.floor
	}
	withLasti := p.IntN(3) == 0
	stack := slices.Clone(p.stack)
	start := len(p.text)
	leave := p.enter()
	p.some(1 + p.IntN(7))
	leave()
	end := len(p.text)
	out := p.jump(opcode.JUMP_FORWARD)
	handler := len(p.text)
	if end > start {
		p.entries = append(p.entries, code.ExceptionEntry{Start: start, End: end, Target: handler, Depth: keep, Lasti: withLasti})
	}
	p.stack = slices.Clone(stack[:keep])
	if withLasti {
		p.push(lasti)
	}
	p.push(caught)
	floor := p.floor
	p.floor = min(p.floor, keep)
	leave = p.enter()
	switch p.IntN(6) {
	case 0: // only raises it again
		if withLasti {
			p.raw(opcode.RERAISE, 1)
		} else {
			p.raw(opcode.RERAISE, 0)
		}
	default:
		p.op(opcode.PUSH_EXC_INFO, 0)
		inner := len(p.text)
		var next func()
		if p.IntN(2) == 0 {
			p.op(opcode.LOAD_GLOBAL, 6<<1)
			p.op(opcode.CHECK_EXC_MATCH, 0)
			next = p.jump(opcode.POP_JUMP_IF_FALSE)
		}
		after := slices.Clone(p.stack)
		if p.IntN(3) == 0 {
			p.store()
			if len(p.stack) == len(after) {
				p.pop()
			}
		} else {
			p.pop()
		}
		p.some(p.IntN(5))
		if p.IntN(8) == 0 {
			p.raw(opcode.RAISE_VARARGS, 0)
		} else {
			p.op(opcode.POP_EXCEPT, 0)
			if withLasti {
				p.pop()
			}
			p.stack = p.stack[:keep]
			for len(p.stack) < height {
				// Values of other kinds than an object cannot be had again.
				p.another(stack[len(p.stack)])
			}
			done := p.jump(opcode.JUMP_FORWARD)
			first := out
			out = func() { first(); done() }
		}
		if next != nil {
			next()
			p.stack = after
			p.raw(opcode.RERAISE, 0)
		}
		stop := len(p.text)
		// What a handler's own failure does.
		if p.IntN(3) > 0 {
			at := len(p.text)
			d := keep
			if withLasti {
				d++
			}
			p.entries = append(p.entries, code.ExceptionEntry{Start: inner, End: stop, Target: at, Depth: d + 1, Lasti: true})
			p.most = max(p.most, d+4)
			p.raw(opcode.COPY, 3)
			p.raw(opcode.POP_EXCEPT, 0)
			p.raw(opcode.RERAISE, 1)
		}
	}
	leave()
	p.floor = floor
	p.stack = stack
	out()
	p.nesting--
}

// another pushes a value of a kind.
func (p *random) another(k kind) {
	switch k {
	case list:
		p.op(opcode.BUILD_LIST, 0)
	case set:
		p.op(opcode.BUILD_SET, 0)
	case dict:
		p.op(opcode.BUILD_MAP, 0)
	case tuple:
		p.op(opcode.BUILD_TUPLE, 0)
	case iterator:
		p.op(opcode.BUILD_TUPLE, 0)
		p.op(opcode.GET_ITER, 0)
	case boolean:
		p.value()
		p.op(opcode.TO_BOOL, 0)
	case null, maybe:
		p.op(opcode.PUSH_NULL, 0)
		p.stack[len(p.stack)-1] = k
	default:
		p.value()
		p.stack[len(p.stack)-1] = k
	}
}

// finally emits try and finally: instructions that come twice, the second time before RERAISE.
func (p *random) finally() {
	p.nesting++
	stack := slices.Clone(p.stack)
	start := len(p.text)
	leave := p.enter()
	p.some(1 + p.IntN(5))
	leave()
	end := len(p.text)
	p.some(p.IntN(3))
	out := p.jump(opcode.JUMP_FORWARD)
	if end > start {
		p.entries = append(p.entries, code.ExceptionEntry{Start: start, End: end, Target: len(p.text), Depth: len(stack)})
	}
	p.push(caught)
	leave = p.enter()
	if p.IntN(2) == 0 {
		p.op(opcode.PUSH_EXC_INFO, 0)
		p.some(p.IntN(3))
		if p.IntN(2) == 0 {
			p.op(opcode.SWAP, 2)
			p.op(opcode.POP_EXCEPT, 0)
		}
	} else {
		p.some(p.IntN(3))
	}
	p.raw(opcode.RERAISE, 0)
	leave()
	p.stack = stack
	out()
	p.nesting--
}

// nested makes a function of nested code and calls it, perhaps.
func (p *random) nested() {
	if p.level > 1 || len(p.consts) > 30 {
		return
	}
	q := &random{Rand: p.Rand, level: p.level + 1, room: 5 + p.IntN(40), generator: p.IntN(3) == 0}
	var cells []int
	for i, k := range p.kinds {
		if k&(code.KindCell|code.KindFree) != 0 && i >= p.args && p.IntN(2) == 0 {
			cells = append(cells, i)
		}
	}
	var frees []string
	for _, c := range cells {
		frees = append(frees, p.vars[c])
	}
	o := q.function(fmt.Sprint("inner", len(p.consts)), frees)
	p.consts = append(p.consts, o)
	if len(cells) > 0 {
		for _, c := range cells {
			p.op(opcode.LOAD_FAST, c)
		}
		p.op(opcode.BUILD_TUPLE, len(cells))
	}
	p.op(opcode.LOAD_CONST, len(p.consts)-1)
	p.op(opcode.MAKE_FUNCTION, 0)
	if len(cells) > 0 {
		p.op(opcode.SET_FUNCTION_ATTRIBUTE, 8)
	}
	if p.IntN(4) == 0 {
		p.value()
		p.op(opcode.BUILD_TUPLE, 1)
		p.op(opcode.SWAP, 2)
		p.op(opcode.SET_FUNCTION_ATTRIBUTE, 1)
	}
	p.stack[len(p.stack)-1] = object_
	if p.IntN(2) == 0 {
		return
	}
	p.op(opcode.PUSH_NULL, 0)
	n := o.ArgCount
	if p.IntN(4) == 0 {
		n = p.IntN(4)
	}
	for range n {
		p.value()
	}
	p.op(opcode.CALL, n)
}

// function makes the code object of a function with some free variables.
func (p *random) function(name string, frees []string) *code.Object {
	p.args = 1 + p.IntN(4)
	locals, cells := p.args+1+p.IntN(4), p.IntN(3)
	for i := range locals + cells {
		p.vars = append(p.vars, fmt.Sprintf("v%d_%d", p.level, i))
		k := code.KindLocal
		switch {
		case i < p.args:
			k |= code.KindArgPos | code.KindArgKw
		case i >= locals:
			k = code.KindCell
		}
		p.kinds = append(p.kinds, k)
	}
	for _, f := range frees {
		p.vars, p.kinds = append(p.vars, f), append(p.kinds, code.KindFree)
	}
	p.consts = []code.Value{code.None, code.True, &code.Int{V: 1000}, &code.Str{S: "spam"}, &code.Float{V: 2.5},
		&code.Tuple{Items: []code.Value{&code.Int{V: 1}, &code.Str{S: "two"}}}, &code.Bytes{S: "eggs"}, &code.Tuple{Items: []code.Value{&code.Str{S: "x"}}}}
	if len(frees) > 0 {
		p.op(opcode.COPY_FREE_VARS, len(frees))
	}
	if p.generator {
		p.op(opcode.RETURN_GENERATOR, 0)
		p.op(opcode.POP_TOP, 0)
	}
	for i, k := range p.kinds {
		if k == code.KindCell {
			p.op(opcode.MAKE_CELL, i)
		}
	}
	p.op(opcode.RESUME, 0)
	start := len(p.text)
	for p.room > 0 {
		n := len(p.text)
		p.instruction()
		if len(p.text) == n {
			p.room--
		}
		if p.IntN(60) == 0 {
			break
		}
	}
	end := len(p.text)
	if len(p.stack) == 0 || p.IntN(4) == 0 {
		p.value()
	}
	for len(p.stack) > 1 || p.top() == null || p.top() == maybe || p.top() == lasti {
		p.pop()
		if len(p.stack) == 0 {
			p.value()
		}
	}
	p.op(opcode.RETURN_VALUE, 0)
	if p.generator {
		// As compilers do it: a StopIteration becomes a RuntimeError.
		p.entries = append(p.entries, gaps(p.entries, start, end, len(p.text))...)
		p.stack = []kind{lasti, caught}
		p.most = max(p.most, 3)
		p.raw(opcode.CALL_INTRINSIC_1, 3)
		p.raw(opcode.RERAISE, 1)
	}
	slices.SortFunc(p.entries, func(a, b code.ExceptionEntry) int { return a.Start - b.Start })
	return p.object(name)
}

// gaps returns entries for what others leave.
func gaps(entries []code.ExceptionEntry, start, end, target int) (out []code.ExceptionEntry) {
	covered := make([]bool, end)
	for _, e := range entries {
		for i := e.Start; i < e.End && i < end; i++ {
			covered[i] = true
		}
	}
	for i := start; i < end; i++ {
		if covered[i] {
			continue
		}
		j := i
		for j < end && !covered[j] {
			j++
		}
		out = append(out, code.ExceptionEntry{Start: i, End: j, Target: target, Lasti: true})
		i = j
	}
	return out
}

// innermost makes entries disjoint: where ranges lie in each other, the inner one counts.
func innermost(entries []code.ExceptionEntry, size int) (out []code.ExceptionEntry) {
	best := make([]int, size/2)
	for i := range best {
		best[i] = -1
	}
	for n, e := range entries {
		for i := e.Start / 2; i < e.End/2; i++ {
			if b := best[i]; b < 0 || e.End-e.Start < entries[b].End-entries[b].Start {
				best[i] = n
			}
		}
	}
	for i := 0; i < len(best); {
		j := i
		for j < len(best) && best[j] == best[i] {
			j++
		}
		if best[i] >= 0 {
			e := entries[best[i]]
			e.Start, e.End = 2*i, 2*j
			out = append(out, e)
		}
		i = j
	}
	return out
}

// object puts the code object together.
func (p *random) object(name string) *code.Object {
	exceptions, err := code.EncodeExceptionTable(innermost(p.entries, len(p.text)))
	if err != nil {
		exceptions = nil
	}
	names := &code.Tuple{}
	for _, n := range []string{"x", "append", "spam", "Exception", "__len__", "send", "ValueError", "tick"} {
		names.Items = append(names.Items, &code.Str{S: n, Interned: true})
	}
	vars := &code.Tuple{}
	kinds := make([]byte, len(p.vars))
	locals := 0
	for i, n := range p.vars {
		vars.Items = append(vars.Items, &code.Str{S: n, Interned: true})
		kinds[i] = byte(p.kinds[i])
		if p.kinds[i]&code.KindLocal != 0 {
			locals++
		}
	}
	str := func(s string) *code.Str { return &code.Str{S: s, Interned: true} }
	o := &code.Object{
		Version: pyver.Py314, ArgCount: p.args, NLocals: locals, StackSize: p.most + 1, FirstLine: 1,
		Flags: code.Optimized | code.NewLocals, Code: &code.Bytes{S: string(p.text)}, ExceptionTable: &code.Bytes{S: string(exceptions)},
		LineTable: &code.Bytes{}, Consts: &code.Tuple{Items: p.consts}, Names: names, LocalsPlusNames: vars, LocalsPlusKinds: &code.Bytes{S: string(kinds)},
		Name: str(name), QualName: str(name), Filename: str("random"),
	}
	if p.generator {
		o.Flags |= code.Generator
	}
	return o
}

// RandomCode returns the code object of a function that is made of random instructions. Most of them are such that the verifier accepts them.
func RandomCode(r *rand.Rand) *code.Object {
	p := &random{Rand: r, room: 5 + r.IntN(120), generator: r.IntN(4) == 0}
	if r.IntN(20) == 0 {
		p.room = 800
	}
	return p.function("random", nil)
}
