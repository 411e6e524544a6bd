package lift

import (
	"sync"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// action is what the lifter does with an instruction.
type action uint8

const (
	refuse action = iota // no instruction, or none that code may have
	extend               // EXTENDED_ARG
	nothing
	resume
	pop
	popEnd
	copyEntry
	swapEntries
	pushNull
	pushConst
	pushInt
	pushCommon
	loadFast
	loadCheck
	loadTwo
	loadClear
	storeFast
	storeLoad
	storeTwo
	deleteFast
	makeCell
	copyFree
	loadDeref
	storeDeref
	deleteDeref
	dictOrDeref
	loadCached  // a name, with a cache
	storeCached // the same
	named       // no values, a name
	dictOrGlobal
	importName
	importFrom
	loadAttr
	storeAttr
	deleteAttr
	superAttr
	loadSpecial
	zero      // no values, makes one
	plain     // no values, makes none
	unary     // takes one value, makes one
	unaryArg  // with the oparg in x
	binary    // takes two values, makes one
	binaryArg // with the oparg in x
	peek      // makes a value from the top one, which stays
	matchKeys
	binaryOp
	compare
	isOp
	contains
	toBool
	excMatch
	egMatch
	storeSubscr
	deleteSubscr
	slice
	storeSlice
	build
	buildMap
	interpolation
	appendTo // takes a value for a collection farther down
	mapAdd
	dictMerge
	unpack
	unpackEx
	setFuncAttr
	call
	callKw
	callEx
	awaitable
	returnValue
	jumpForward
	jumpBack
	jumpQuietly
	jumpIf
	forIter
	returnGen
	yieldValue
	send
	endSend
	endAsyncFor
	cleanupThrow
	pushExc
	popExcept
	reraise
	raise
	withExcept
	matchClass
)

// rule is an instruction as the lifter sees it.
type rule struct {
	do     action
	op     Op
	caches uint8
	jump   int8 // 1: forward, -1: backward
	ends   bool // control never goes on with the next instruction
	silent bool // never raises an exception by itself
}

// rules has the rules for the opcode bytes of 3.14. Lifters find it filled: see lifters.
var rules [256]rule

// ruleSet has the rules as they are written down.
func ruleSet() map[opcode.Op]rule {
	return map[opcode.Op]rule{
		opcode.EXTENDED_ARG: {do: extend},
		opcode.NOP:          {do: nothing},
		opcode.NOT_TAKEN:    {do: nothing},
		opcode.RESUME:       {do: resume, op: Resume},

		opcode.POP_TOP:              {do: pop},
		opcode.POP_ITER:             {do: pop},
		opcode.END_FOR:              {do: popEnd},
		opcode.COPY:                 {do: copyEntry},
		opcode.SWAP:                 {do: swapEntries},
		opcode.PUSH_NULL:            {do: pushNull},
		opcode.LOAD_CONST:           {do: pushConst},
		opcode.LOAD_SMALL_INT:       {do: pushInt},
		opcode.LOAD_COMMON_CONSTANT: {do: pushCommon},
		opcode.LOAD_BUILD_CLASS:     {do: zero, op: LoadBuildClass},
		opcode.LOAD_LOCALS:          {do: zero, op: LoadLocals},

		opcode.LOAD_FAST:                         {do: loadFast},
		opcode.LOAD_FAST_BORROW:                  {do: loadFast},
		opcode.LOAD_FAST_CHECK:                   {do: loadCheck},
		opcode.LOAD_FAST_LOAD_FAST:               {do: loadTwo},
		opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW: {do: loadTwo},
		opcode.LOAD_FAST_AND_CLEAR:               {do: loadClear},
		opcode.STORE_FAST:                        {do: storeFast},
		opcode.STORE_FAST_LOAD_FAST:              {do: storeLoad},
		opcode.STORE_FAST_STORE_FAST:             {do: storeTwo},
		opcode.DELETE_FAST:                       {do: deleteFast},

		opcode.MAKE_CELL:               {do: makeCell},
		opcode.COPY_FREE_VARS:          {do: copyFree},
		opcode.LOAD_DEREF:              {do: loadDeref},
		opcode.STORE_DEREF:             {do: storeDeref},
		opcode.DELETE_DEREF:            {do: deleteDeref},
		opcode.LOAD_FROM_DICT_OR_DEREF: {do: dictOrDeref},

		opcode.LOAD_NAME:                 {do: loadCached, op: LoadName},
		opcode.STORE_NAME:                {do: storeCached, op: StoreName},
		opcode.DELETE_NAME:               {do: named, op: DeleteName},
		opcode.LOAD_GLOBAL:               {do: loadCached, op: LoadGlobal},
		opcode.STORE_GLOBAL:              {do: storeCached, op: StoreGlobal},
		opcode.DELETE_GLOBAL:             {do: named, op: DeleteGlobal},
		opcode.LOAD_FROM_DICT_OR_GLOBALS: {do: dictOrGlobal},
		opcode.SETUP_ANNOTATIONS:         {do: plain, op: SetupAnnotations},
		opcode.IMPORT_NAME:               {do: importName},
		opcode.IMPORT_FROM:               {do: importFrom},

		opcode.LOAD_ATTR:       {do: loadAttr},
		opcode.STORE_ATTR:      {do: storeAttr},
		opcode.DELETE_ATTR:     {do: deleteAttr},
		opcode.LOAD_SUPER_ATTR: {do: superAttr},
		opcode.LOAD_SPECIAL:    {do: loadSpecial},

		opcode.BINARY_OP:      {do: binaryOp},
		opcode.UNARY_NEGATIVE: {do: unary, op: Neg},
		opcode.UNARY_INVERT:   {do: unary, op: Invert},
		opcode.UNARY_NOT:      {do: unary, op: Not},
		opcode.TO_BOOL:        {do: toBool},
		opcode.COMPARE_OP:     {do: compare},
		opcode.IS_OP:          {do: isOp},
		opcode.CONTAINS_OP:    {do: contains},
		opcode.STORE_SUBSCR:   {do: storeSubscr},
		opcode.DELETE_SUBSCR:  {do: deleteSubscr},
		opcode.BINARY_SLICE:   {do: slice},
		opcode.STORE_SLICE:    {do: storeSlice},

		opcode.BUILD_TUPLE:         {do: build, op: BuildTuple},
		opcode.BUILD_LIST:          {do: build, op: BuildList},
		opcode.BUILD_SET:           {do: build, op: BuildSet},
		opcode.BUILD_STRING:        {do: build, op: BuildString},
		opcode.BUILD_SLICE:         {do: build, op: BuildSlice},
		opcode.BUILD_MAP:           {do: buildMap},
		opcode.BUILD_INTERPOLATION: {do: interpolation},
		opcode.BUILD_TEMPLATE:      {do: binary, op: BuildTemplate},
		opcode.LIST_APPEND:         {do: appendTo, op: ListAppend},
		opcode.LIST_EXTEND:         {do: appendTo, op: ListExtend},
		opcode.SET_ADD:             {do: appendTo, op: SetAdd},
		opcode.SET_UPDATE:          {do: appendTo, op: SetUpdate},
		opcode.DICT_UPDATE:         {do: appendTo, op: DictUpdate},
		opcode.MAP_ADD:             {do: mapAdd},
		opcode.DICT_MERGE:          {do: dictMerge},
		opcode.UNPACK_SEQUENCE:     {do: unpack},
		opcode.UNPACK_EX:           {do: unpackEx},
		opcode.CONVERT_VALUE:       {do: unaryArg, op: ConvertValue},
		opcode.FORMAT_SIMPLE:       {do: unary, op: FormatSimple},
		opcode.FORMAT_WITH_SPEC:    {do: binary, op: FormatSpec},

		opcode.MAKE_FUNCTION:          {do: unary, op: MakeFunction},
		opcode.SET_FUNCTION_ATTRIBUTE: {do: setFuncAttr},
		opcode.CALL:                   {do: call},
		opcode.CALL_KW:                {do: callKw},
		opcode.CALL_FUNCTION_EX:       {do: callEx},
		opcode.CALL_INTRINSIC_1:       {do: unaryArg, op: Intrinsic1},
		opcode.CALL_INTRINSIC_2:       {do: binaryArg, op: Intrinsic2},
		opcode.RETURN_VALUE:           {do: returnValue, ends: true},

		opcode.JUMP_FORWARD:               {do: jumpForward, ends: true},
		opcode.JUMP_BACKWARD:              {do: jumpBack, ends: true},
		opcode.JUMP_BACKWARD_NO_INTERRUPT: {do: jumpQuietly, ends: true},
		opcode.POP_JUMP_IF_TRUE:           {do: jumpIf, op: JumpTrue},
		opcode.POP_JUMP_IF_FALSE:          {do: jumpIf, op: JumpFalse},
		opcode.POP_JUMP_IF_NONE:           {do: jumpIf, op: JumpNone},
		opcode.POP_JUMP_IF_NOT_NONE:       {do: jumpIf, op: JumpNotNone},

		opcode.GET_ITER: {do: unary, op: GetIter},
		opcode.FOR_ITER: {do: forIter},

		opcode.RETURN_GENERATOR:    {do: returnGen},
		opcode.YIELD_VALUE:         {do: yieldValue},
		opcode.SEND:                {do: send},
		opcode.END_SEND:            {do: endSend},
		opcode.GET_YIELD_FROM_ITER: {do: unary, op: GetYieldFromIter},
		opcode.GET_AWAITABLE:       {do: awaitable},
		opcode.GET_AITER:           {do: unary, op: GetAiter},
		opcode.GET_ANEXT:           {do: peek, op: GetAnext},
		opcode.END_ASYNC_FOR:       {do: endAsyncFor},
		opcode.CLEANUP_THROW:       {do: cleanupThrow},

		opcode.PUSH_EXC_INFO:     {do: pushExc},
		opcode.POP_EXCEPT:        {do: popExcept},
		opcode.CHECK_EXC_MATCH:   {do: excMatch},
		opcode.CHECK_EG_MATCH:    {do: egMatch},
		opcode.RERAISE:           {do: reraise, ends: true},
		opcode.RAISE_VARARGS:     {do: raise, ends: true},
		opcode.WITH_EXCEPT_START: {do: withExcept},

		opcode.GET_LEN:        {do: peek, op: GetLen},
		opcode.MATCH_MAPPING:  {do: peek, op: MatchMapping},
		opcode.MATCH_SEQUENCE: {do: peek, op: MatchSequence},
		opcode.MATCH_KEYS:     {do: matchKeys},
		opcode.MATCH_CLASS:    {do: matchClass},
	}
}

// setRules orders rules by opcode byte, and adds what the table of
// instructions knows. It does so once.
var setRules = sync.OnceFunc(func() {
	by, table := ruleSet(), opcode.For(pyver.Py314)
	for b := range rules {
		info := table.Info(byte(b))
		r := by[info.Op]
		r.caches = info.Caches
		switch info.Operand {
		case opcode.JumpRel:
			r.jump = 1
		case opcode.JumpBackward:
			r.jump = -1
		}
		r.silent = isSilent(info.Op)
		rules[b] = r
	}
})

// isSilent reports whether an instruction never raises an exception by itself.
// In faithful code each may, because a trace function is called before it.
func isSilent(op opcode.Op) bool {
	switch op {
	case opcode.NOP, opcode.POP_TOP, opcode.SWAP, opcode.COPY, opcode.PUSH_NULL, opcode.STORE_FAST,
		opcode.STORE_FAST_STORE_FAST, opcode.STORE_FAST_LOAD_FAST, opcode.END_FOR, opcode.END_SEND, opcode.POP_ITER,
		opcode.LOAD_CONST, opcode.LOAD_SMALL_INT, opcode.LOAD_COMMON_CONSTANT,
		opcode.RETURN_VALUE, opcode.PUSH_EXC_INFO, opcode.POP_EXCEPT, opcode.JUMP_FORWARD:
		return true
	}
	return false
}

// opFlags are the flags of the operations, in less room than opTable.
var opFlags = func() (f [256]Flags) {
	for i := range opTable {
		f[i] = opTable[i].Flags
	}
	return f
}()

// arith says how an operator is lifted.
type arith struct {
	op    Op // both operands in registers
	right Op // the right operand is an immediate; Nop for none, here as below
	left  Op // the left operand is an immediate
	konst Op // the right operand is a constant
}

// reversed in x says that the left operand is the immediate one.
const reversed = 0x80

// Fleeting in x of an operator or of BuildString says that its result is in no other register, and that the next word that uses this register is an operator, too. [Operator] is
// what else x has.
const (
	Fleeting = 0x20
	Operator = 0x1f
)

// ariths has the operators by oparg of BINARY_OP.
var ariths = func() (a [27]arith) {
	const inPlace = 13
	for i, m := range []arith{
		0:  {Add, AddI, AddI, AddK},
		1:  {And, AndI, AndI, Nop},
		2:  {FloorDiv, FloorDivI, Nop, Nop},
		3:  {Lshift, LshiftI, ILshift, Nop},
		4:  {Binary, Nop, Nop, Nop},
		5:  {Mul, MulI, MulI, MulK},
		6:  {Mod, ModI, Nop, Nop},
		7:  {Or, OrI, OrI, Nop},
		8:  {Pow, PowI, Nop, Nop},
		9:  {Rshift, RshiftI, Nop, Nop},
		10: {Sub, SubI, ISub, SubK},
		11: {TrueDiv, TrueDivI, Nop, TrueDivK},
		12: {Xor, XorI, XorI, Nop},
	} {
		a[i], a[i+inPlace] = m, m
	}
	a[26] = arith{Subscr, SubscrI, Nop, SubscrK}
	return a
}()

// branches are the operations that fuse with a comparison: for its result
// true and false.
type branches struct{ yes, no Op }

// compares has the operators of COMPARE_OP: the comparison, then branches with
// two registers, an immediate and a constant.
var compares = [6]struct {
	op          Op
	reg, imm, k branches
}{
	{Lt, branches{JumpLt, JumpNotLt}, branches{JumpLtI, JumpNotLtI}, branches{}},
	{Le, branches{JumpLe, JumpNotLe}, branches{JumpLeI, JumpNotLeI}, branches{}},
	{Eq, branches{JumpEq, JumpNotEq}, branches{JumpEqI, JumpNotEqI}, branches{JumpEqK, JumpNotEqK}},
	{Ne, branches{JumpNe, JumpNotNe}, branches{JumpNeI, JumpNotNeI}, branches{JumpNeK, JumpNotNeK}},
	{Gt, branches{JumpGt, JumpNotGt}, branches{JumpGtI, JumpNotGtI}, branches{}},
	{Ge, branches{JumpGe, JumpNotGe}, branches{JumpGeI, JumpNotGeI}, branches{}},
}

// loops has for branches out of a loop, at its head, the branch back that goes
// on with it, at its end.
var loops = [256]Op{
	JumpFalse: LoopTrue, JumpTrue: LoopFalse, JumpNone: LoopNotNone,
	JumpNotLt: LoopLt, JumpNotLe: LoopLe, JumpNotEq: LoopEq, JumpNotNe: LoopNe, JumpNotGt: LoopGt, JumpNotGe: LoopGe,
	JumpNotLtI: LoopLtI, JumpNotLeI: LoopLeI, JumpNotEqI: LoopEqI, JumpNotNeI: LoopNeI, JumpNotGtI: LoopGtI, JumpNotGeI: LoopGeI,
}
