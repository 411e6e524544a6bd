package rewrite

import (
	"fmt"
	"slices"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Op adds an instruction with its oparg as it stands in bytecode. Inline caches
// and EXTENDED_ARG come by themselves; jumps need [Builder.OpJump].
func (b *Builder) Op(op opcode.Op, oparg int) *Builder {
	b.begin("Op", op, oparg)
	b.emit(op, oparg)
	return b
}

// OpName adds an instruction whose operand is a name: of a variable, a global
// or an attribute. Flags that share the oparg with the name are 0.
func (b *Builder) OpName(op opcode.Op, name string) *Builder {
	b.begin("OpName", op, name)
	if b.table == nil {
		return b
	}
	info, _ := b.table.ByOp(op)
	switch {
	case info == nil:
		b.emit(op, 0)
	case info.Operand == opcode.Local:
		b.put(built{Instr: Instr{Op: op}, use: otherLocal, name: name})
	case info.Operand == opcode.Free:
		b.put(built{Instr: Instr{Op: op}, use: otherDeref, name: name})
	case info.Operand == opcode.NameFlag:
		b.emit(op, b.nameIndex(name)<<1)
	case info.Operand == opcode.NameSuper, info.Operand == opcode.NameImport:
		b.emit(op, b.nameIndex(name)<<2)
	case info.Operand == opcode.Name:
		b.emit(op, b.nameIndex(name))
	default:
		b.fail(op.String(), "an instruction with a name")
	}
	return b
}

// OpConst adds an instruction whose operand is a constant, which is given as
// for [Builder.LoadConst].
func (b *Builder) OpConst(op opcode.Op, v any) *Builder {
	b.begin("OpConst", op, v)
	if b.table == nil {
		return b
	}
	if info, ok := b.table.ByOp(op); ok && info.Operand != opcode.Const {
		b.fail(op.String(), "an instruction with a constant")
		return b
	}
	b.constant(op, v)
	return b
}

func (b *Builder) constant(op opcode.Op, v any) {
	value, err := constant(v, b.version)
	if err != nil {
		b.fail(err.Error(), "nil, a bool, number, string, []byte, tuple or code.Value")
		return
	}
	b.put(built{Instr: Instr{Op: op}, value: value})
}

// OpJump adds an instruction that leads to a label.
func (b *Builder) OpJump(op opcode.Op, l *Label) *Builder {
	b.begin("OpJump", op, l)
	b.jumpTo(op, l)
	return b
}

// LoadConst pushes a constant: nil (None), a bool, int, int64, *big.Int,
// float64, complex128, string (the version's str), []byte, []string or []any
// (a tuple of such values), or any code.Value.
func (b *Builder) LoadConst(v any) *Builder {
	b.begin("LoadConst", v)
	b.loadConst(v)
	return b
}

func (b *Builder) loadConst(v any) {
	if n, ok := v.(int); ok && n >= 0 && n < 256 && b.has(opcode.LOAD_SMALL_INT) {
		b.emit(opcode.LOAD_SMALL_INT, n)
		return
	}
	b.constant(opcode.LOAD_CONST, v)
}

func (b *Builder) variable(op opcode.Op, u use, name string) *Builder {
	if b.module && (u == loadLocal || u == storeLocal || u == deleteLocal) {
		b.fail("a local variable of a module", "LoadName and its like")
		return b
	}
	b.put(built{Instr: Instr{Op: op}, use: u, name: name})
	return b
}

// LoadFast pushes a local variable. If functions inside of b share the
// variable, that becomes LOAD_DEREF by itself; from 3.12 on, LOAD_FAST_CHECK
// where the variable may be unbound.
func (b *Builder) LoadFast(name string) *Builder {
	b.begin("LoadFast", name)
	return b.variable(opcode.LOAD_FAST, loadLocal, name)
}

// StoreFast pops a value into a local variable, with a cell or without.
func (b *Builder) StoreFast(name string) *Builder {
	b.begin("StoreFast", name)
	return b.variable(opcode.STORE_FAST, storeLocal, name)
}

// DeleteFast unbinds a local variable.
func (b *Builder) DeleteFast(name string) *Builder {
	b.begin("DeleteFast", name)
	return b.variable(opcode.DELETE_FAST, deleteLocal, name)
}

// LoadDeref pushes a variable that lives in a cell: one of the function
// around, or one of b's own that functions inside of it share.
func (b *Builder) LoadDeref(name string) *Builder {
	b.begin("LoadDeref", name)
	return b.variable(opcode.LOAD_DEREF, loadDeref, name)
}

// StoreDeref pops a value into a variable like that of [Builder.LoadDeref].
func (b *Builder) StoreDeref(name string) *Builder {
	b.begin("StoreDeref", name)
	return b.variable(opcode.STORE_DEREF, storeDeref, name)
}

// LoadName pushes a variable of a module or class body. With pushNull it is
// one that will be called; see [Builder.Call].
func (b *Builder) LoadName(name string, pushNull bool) *Builder {
	b.begin("LoadName", name, pushNull)
	if !b.module {
		// The interpreter looks into a dict that functions have not got.
		b.fail("LOAD_NAME in a function", "LoadGlobal or LoadFast")
		return b
	}
	early := pushNull && (b.version == pyver.Py311 || b.version == pyver.Py312)
	if early {
		b.emit(opcode.PUSH_NULL, 0)
	}
	b.emit(opcode.LOAD_NAME, b.nameIndex(name))
	if pushNull && !early {
		b.pushNull()
	}
	return b
}

// StoreName pops a value into a variable of a module or class body.
func (b *Builder) StoreName(name string) *Builder {
	b.begin("StoreName", name)
	if !b.module {
		b.fail("STORE_NAME in a function", "StoreGlobal or StoreFast")
		return b
	}
	b.emit(opcode.STORE_NAME, b.nameIndex(name))
	return b
}

// LoadGlobal pushes a global variable or built-in. With pushNull it is one
// that will be called; see [Builder.Call].
func (b *Builder) LoadGlobal(name string, pushNull bool) *Builder {
	b.begin("LoadGlobal", name, pushNull)
	arg := b.nameIndex(name)
	if b.version >= pyver.Py311 {
		arg <<= 1
		if pushNull {
			arg |= 1
		}
	}
	b.emit(opcode.LOAD_GLOBAL, arg)
	return b
}

// StoreGlobal pops a value into a global variable.
func (b *Builder) StoreGlobal(name string) *Builder {
	b.begin("StoreGlobal", name)
	b.emit(opcode.STORE_GLOBAL, b.nameIndex(name))
	return b
}

// LoadAttr replaces an object by its attribute.
func (b *Builder) LoadAttr(name string) *Builder {
	b.begin("LoadAttr", name)
	b.loadAttr(name)
	return b
}

func (b *Builder) loadAttr(name string) {
	arg := b.nameIndex(name)
	if b.version >= pyver.Py312 {
		arg <<= 1
	}
	b.emit(opcode.LOAD_ATTR, arg)
}

// StoreAttr sets the attribute of an object, the top, to the value below it.
func (b *Builder) StoreAttr(name string) *Builder {
	b.begin("StoreAttr", name)
	b.emit(opcode.STORE_ATTR, b.nameIndex(name))
	return b
}

// PushNull makes the object on the top the one that the next [Builder.Call]
// calls. It comes before the arguments. Up to 3.10 it does nothing.
func (b *Builder) PushNull() *Builder {
	b.begin("PushNull")
	b.pushNull()
	return b
}

func (b *Builder) pushNull() {
	if b.version < pyver.Py311 {
		return
	}
	b.emit(opcode.PUSH_NULL, 0)
	if b.version < pyver.Py313 {
		b.emit(opcode.SWAP, 2) // there NULL is below
	}
}

// Call calls an object with n arguments. The object was pushed with pushNull
// set, or followed by [Builder.PushNull]; then came the arguments.
func (b *Builder) Call(n int) *Builder {
	b.begin("Call", n)
	switch {
	case n < 0:
		b.fail(fmt.Sprint(n), "a number of arguments")
	case b.version < pyver.Py311:
		b.emit(opcode.CALL_FUNCTION, n)
	default:
		b.call311(n)
	}
	return b
}

func (b *Builder) call311(n int) {
	if b.has(opcode.PRECALL) {
		b.emit(opcode.PRECALL, n)
	}
	b.emit(opcode.CALL, n)
}

// CallKw is Call for n arguments of which the last have the keywords given.
// 2.7 has no such call: there each keyword is pushed before its value.
func (b *Builder) CallKw(n int, keywords ...string) *Builder {
	b.begin("CallKw", n, keywords)
	switch {
	case n < len(keywords):
		b.fail(fmt.Sprintf("%d arguments", n), fmt.Sprintf("at least the %d with keywords", len(keywords)))
	case b.version < pyver.Py36:
		b.fail("keywords at the end", "each before its value in "+b.version.String())
	case b.version >= pyver.Py313:
		b.constant(opcode.LOAD_CONST, keywords)
		b.emit(opcode.CALL_KW, n)
	case b.version >= pyver.Py311:
		b.constant(opcode.KW_NAMES, keywords)
		b.call311(n)
	default:
		b.constant(opcode.LOAD_CONST, keywords)
		b.emit(opcode.CALL_FUNCTION_KW, n)
	}
	return b
}

// LoadMethod replaces an object by its method, for [Builder.CallMethod].
func (b *Builder) LoadMethod(name string) *Builder {
	b.begin("LoadMethod", name)
	switch {
	case b.version >= pyver.Py312:
		b.emit(opcode.LOAD_ATTR, b.nameIndex(name)<<1|1)
	case b.version >= pyver.Py37:
		b.emit(opcode.LOAD_METHOD, b.nameIndex(name))
	default:
		b.loadAttr(name)
	}
	return b
}

// CallMethod calls what LoadMethod left, with the n arguments pushed since.
func (b *Builder) CallMethod(n int) *Builder {
	b.begin("CallMethod", n)
	switch {
	case n < 0:
		b.fail(fmt.Sprint(n), "a number of arguments")
	case b.version >= pyver.Py311:
		b.call311(n)
	case b.version >= pyver.Py37:
		b.emit(opcode.CALL_METHOD, n)
	default:
		b.emit(opcode.CALL_FUNCTION, n)
	}
	return b
}

// binaryOps has the instructions for binary operators up to 3.10.
var binaryOps = map[string][2]opcode.Op{
	"+":  {opcode.BINARY_ADD, opcode.INPLACE_ADD},
	"-":  {opcode.BINARY_SUBTRACT, opcode.INPLACE_SUBTRACT},
	"*":  {opcode.BINARY_MULTIPLY, opcode.INPLACE_MULTIPLY},
	"/":  {opcode.BINARY_TRUE_DIVIDE, opcode.INPLACE_TRUE_DIVIDE},
	"//": {opcode.BINARY_FLOOR_DIVIDE, opcode.INPLACE_FLOOR_DIVIDE},
	"%":  {opcode.BINARY_MODULO, opcode.INPLACE_MODULO},
	"**": {opcode.BINARY_POWER, opcode.INPLACE_POWER},
	"@":  {opcode.BINARY_MATRIX_MULTIPLY, opcode.INPLACE_MATRIX_MULTIPLY},
	"<<": {opcode.BINARY_LSHIFT, opcode.INPLACE_LSHIFT},
	">>": {opcode.BINARY_RSHIFT, opcode.INPLACE_RSHIFT},
	"&":  {opcode.BINARY_AND, opcode.INPLACE_AND},
	"|":  {opcode.BINARY_OR, opcode.INPLACE_OR},
	"^":  {opcode.BINARY_XOR, opcode.INPLACE_XOR},
}

// BinaryOp applies an operator to two values: those of Python, with = behind
// for the in-place kind, and [] for a subscript. "/" is true division in 2.7
// as well.
func (b *Builder) BinaryOp(symbol string) *Builder {
	b.begin("BinaryOp", symbol)
	if b.table == nil {
		return b
	}
	i := slices.IndexFunc(b.table.BinaryOps, func(o opcode.BinaryOperator) bool { return o.Symbol == symbol })
	if i >= 0 {
		b.emit(opcode.BINARY_OP, i)
		return b
	}
	if symbol == "[]" {
		b.emit(opcode.BINARY_SUBSCR, 0)
		return b
	}
	plain, inplace := symbol, 0
	if n := len(symbol) - 1; n > 0 && symbol[n] == '=' {
		plain, inplace = symbol[:n], 1
	}
	ops, ok := binaryOps[plain]
	if !ok || b.version >= pyver.Py311 {
		b.fail("no operator", "one of Python's, such as + or +=")
		return b
	}
	b.emit(ops[inplace], 0)
	return b
}

// UnaryOp applies one of the operators - + ~ and not.
func (b *Builder) UnaryOp(symbol string) *Builder {
	b.begin("UnaryOp", symbol)
	switch symbol {
	case "-":
		b.emit(opcode.UNARY_NEGATIVE, 0)
	case "~":
		b.emit(opcode.UNARY_INVERT, 0)
	case "+":
		if b.version >= pyver.Py312 {
			b.emit(opcode.CALL_INTRINSIC_1, slices.Index(b.table.Intrinsics1, "INTRINSIC_UNARY_POSITIVE"))
		} else {
			b.emit(opcode.UNARY_POSITIVE, 0)
		}
	case "not":
		b.toBool()
		b.emit(opcode.UNARY_NOT, 0)
	default:
		b.fail("no operator", "-, +, ~ or not")
	}
	return b
}

// Compare compares two values: < <= == != > >= in, not in, is, is not.
func (b *Builder) Compare(symbol string) *Builder {
	b.begin("Compare", symbol)
	if b.table == nil {
		return b
	}
	negated := 0
	switch symbol {
	case "is not", "not in":
		negated = 1
		fallthrough
	case "is", "in":
		op := opcode.CONTAINS_OP
		if symbol[:2] == "is" {
			op = opcode.IS_OP
		}
		if b.has(op) {
			b.emit(op, negated)
			return b
		}
	}
	i := slices.Index(b.table.CmpOps, symbol)
	if i < 0 || symbol == "exception match" || symbol == "BAD" {
		b.fail("no operator", "one of Python's, such as < or not in")
		return b
	}
	arg := i << b.table.CompareShift
	if b.table.CompareShift > 0 {
		arg |= compareMasks[i]
	}
	b.emit(opcode.COMPARE_OP, arg)
	return b
}

// toBool makes the top a bool where the instructions that use it want one.
func (b *Builder) toBool() {
	if !b.has(opcode.TO_BOOL) {
		return
	}
	if p := b.previous(); p != nil {
		switch p.Op {
		case opcode.COMPARE_OP:
			p.Arg |= boolBit(b.table)
			return
		case opcode.IS_OP, opcode.CONTAINS_OP, opcode.UNARY_NOT, opcode.TO_BOOL, opcode.CHECK_EXC_MATCH:
			return
		}
	}
	b.emit(opcode.TO_BOOL, 0)
}

// Pop drops the top.
func (b *Builder) Pop() *Builder {
	b.begin("Pop")
	b.emit(opcode.POP_TOP, 0)
	return b
}

// Dup pushes the top once more.
func (b *Builder) Dup() *Builder {
	b.begin("Dup")
	b.dup()
	return b
}

func (b *Builder) dup() {
	if b.version >= pyver.Py311 {
		b.emit(opcode.COPY, 1)
	} else {
		b.emit(opcode.DUP_TOP, 0)
	}
}

// Swap exchanges the two topmost values.
func (b *Builder) Swap() *Builder {
	b.begin("Swap")
	b.swap()
	return b
}

func (b *Builder) swap() {
	if b.version >= pyver.Py311 {
		b.emit(opcode.SWAP, 2)
	} else {
		b.emit(opcode.ROT_TWO, 0)
	}
}

// Raise raises the exception on the top.
func (b *Builder) Raise() *Builder {
	b.begin("Raise")
	b.emit(opcode.RAISE_VARARGS, 1)
	return b
}

// MakeFunction pushes a function: the code of in, the closure that it needs,
// and as defaults of the last parameters the n values on the top. What in does
// may still change; it counts when b.Code is called.
func (b *Builder) MakeFunction(in *Builder, n int) *Builder {
	b.begin("MakeFunction", in, n)
	switch {
	case in.version != b.version:
		b.fail("a function of "+in.version.String(), "one of "+b.version.String())
		return b
	case in.module:
		b.fail("a module", "a function")
		return b
	case n < 0 || n > len(in.params.PosOnly)+len(in.params.Pos):
		b.fail(fmt.Sprintf("%d defaults", n), fmt.Sprintf("at most %d", len(in.params.PosOnly)+len(in.params.Pos)))
		return b
	}
	if n > 0 && b.version.Major() > 2 {
		b.emit(opcode.BUILD_TUPLE, n)
	}
	b.put(built{Instr: Instr{Op: opcode.MAKE_FUNCTION, Arg: n}, function: in})
	return b
}

// Yield gives the top to whoever goes through the generator and pushes what is
// sent back. It makes the function a generator.
func (b *Builder) Yield() *Builder {
	b.begin("Yield")
	if b.module {
		b.fail("a yield in a module", "it in a function")
		return b
	}
	b.generator = true
	nested := b.open != nil
	arg := 0
	if b.version == pyver.Py312 {
		// The number of handlers around, that of the whole body included,
		// which lets close end a generator without waking it.
		arg = 1
		for blk := b.open; blk != nil; blk = blk.parent {
			arg++
		}
	}
	b.emit(opcode.YIELD_VALUE, arg)
	if b.version >= pyver.Py311 {
		resume := 1
		if b.version >= pyver.Py313 && !nested {
			resume |= resumeDepth1
			if b.version >= pyver.Py315 {
				resume += resumeDepth1 // one bit higher
			}
		}
		b.emit(opcode.RESUME, resume)
	}
	return b
}

// resumeDepth1 says that only the handler of the whole body is around
// (CPython 3.13: RESUME_OPARG_DEPTH1_MASK in pycore_opcode_utils.h).
const resumeDepth1 = 4
