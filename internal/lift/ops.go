package lift

// Op is the operation of a word, its lowest byte. The operations up to
// [NumOps] are those the lifter emits; the interpreter may put its own,
// specialized ones behind them and write them over these.
type Op uint8

// The operations. Row i of opTable says what operation i does with the
// fields of its word; R[a] is the register that field a names, K[c] a constant.
//
// First come the operations that stand for one instruction of the bytecode.
const (
	Nop Op = iota

	// Moves, constants, local variables.
	Move
	MoveClear
	LoadK
	LoadInt
	LoadNull
	LoadCommon
	LoadBuildClass
	LoadLocals
	LoadFar
	StoreFar
	CheckBound
	DeleteFast

	// Cells.
	MakeCell
	CopyFreeVars
	LoadDeref
	StoreDeref
	DeleteDeref
	LoadDictOrDeref

	// Names.
	LoadName
	StoreName
	DeleteName
	LoadGlobal
	StoreGlobal
	DeleteGlobal
	LoadDictOrGlobal
	SetupAnnotations
	ImportName
	ImportFrom

	// Attributes.
	LoadAttr
	LoadMethod
	StoreAttr
	DeleteAttr
	SuperAttr
	LoadSpecial

	// Arithmetic. x is the oparg of BINARY_OP, so that a slow path can tell
	// a += b from a + b; Binary is for operators without an operation.
	Binary
	Add
	Sub
	Mul
	TrueDiv
	FloorDiv
	Mod
	Pow
	And
	Or
	Xor
	Lshift
	Rshift
	Subscr
	Neg
	Invert
	Not
	ToBool

	// Comparisons.
	Lt
	Le
	Eq
	Ne
	Gt
	Ge
	Is
	Contains

	// Items and slices.
	StoreSubscr
	DeleteSubscr
	Slice
	StoreSlice

	// Displays, unpacking, formatting.
	BuildTuple
	BuildList
	SizedList
	BuildSet
	BuildMap
	BuildString
	BuildSlice
	BuildInterpolation
	BuildTemplate
	ListAppend
	ListExtend
	SetAdd
	SetUpdate
	MapAdd
	DictUpdate
	DictMerge
	Unpack
	UnpackEx
	ConvertValue
	FormatSimple
	FormatSpec

	// Functions and calls. Call has its callable directly before the
	// arguments; CallMethod has self or no value between the two. The Gen
	// forms stand in code whose arguments have to be copied, see Code.Alone.
	MakeFunction
	MakeClosure
	SetFuncAttr
	Call
	CallMethod
	CallGen
	CallMethodGen
	CallKw
	CallMethodKw
	CallEx
	Intrinsic1
	Intrinsic2
	Return
	ReturnK
	ReturnInt

	// Jumps. Distances count from the word behind.
	Jump
	JumpBack
	JumpFar
	JumpTrue
	JumpFalse
	JumpNone
	JumpNotNone

	// Iteration.
	GetIter
	ForIter
	ForIterBack
	DropIter

	// Generators and coroutines.
	ReturnGen
	Yield
	Send
	GetYieldFromIter
	GetAwaitable
	GetAiter
	GetAnext
	EndAsyncFor
	CleanupThrow

	// Exceptions.
	PushExc
	PopExcept
	ExcMatch
	EgMatch
	Reraise
	Raise
	WithExceptStart

	// Pattern matching.
	GetLen
	MatchMapping
	MatchSequence
	MatchKeys
	MatchClass

	// Where verified code never gets.
	Trap

	// The faithful lift only.
	Event
	Resume

	// Operations for more than one instruction. With an immediate integer:
	AddI
	SubI
	ISub
	MulI
	TrueDivI
	FloorDivI
	ModI
	PowI
	AndI
	OrI
	XorI
	LshiftI
	ILshift
	RshiftI
	SubscrI
	StoreSubscrI

	// With a constant:
	AddK
	SubK
	MulK
	TrueDivK
	SubscrK
	StoreSubscrK
	ContainsK

	// From and to registers anywhere. Words of Into belong to the UnpackTo before:
	Tuple2
	Unpack2
	UnpackTo
	Into

	// Comparison and branch. JumpNotLt is not JumpGe: values may be
	// unordered, and methods differ.
	JumpLt
	JumpNotLt
	JumpLe
	JumpNotLe
	JumpEq
	JumpNotEq
	JumpNe
	JumpNotNe
	JumpGt
	JumpNotGt
	JumpGe
	JumpNotGe
	JumpLtI
	JumpNotLtI
	JumpLeI
	JumpNotLeI
	JumpEqI
	JumpNotEqI
	JumpNeI
	JumpNotNeI
	JumpGtI
	JumpNotGtI
	JumpGeI
	JumpNotGeI
	JumpEqK
	JumpNotEqK
	JumpNeK
	JumpNotNeK
	JumpIs
	JumpNotIs
	JumpIn
	JumpNotIn
	JumpInK
	JumpNotInK
	JumpExc
	JumpNotExc

	// Loop ends: branches back that poll when taken.
	LoopTrue
	LoopFalse
	LoopNotNone
	LoopLt
	LoopLe
	LoopEq
	LoopNe
	LoopGt
	LoopGe
	LoopLtI
	LoopLeI
	LoopEqI
	LoopNeI
	LoopGtI
	LoopGeI

	// NumOps is the number of operations.
	NumOps int = iota
)

// Kind says what a field of a word holds.
type Kind uint8

// The kinds of fields. Registers are byte offsets from the frame's local 0:
// slot * RegSize.
const (
	None     Kind = iota
	Reg           // a register that is read
	Dest          // a register that gets the result, when nothing can fail any more
	Both          // a register that is read and written
	Regs          // the first of consecutive registers that are read
	Dests         // the first of consecutive registers that get results
	Place         // the first of consecutive registers that are read, then written
	Imm           // a signed number
	Count         // an unsigned number
	Konst         // a constant: index * RegSize
	Cached        // the number of a cache
	Distance      // a signed number of words, from the next word on

	// Of b and c together, b being the low half:
	Imm32      // a signed number
	Count32    // an unsigned number
	Konst32    // a constant: index * RegSize
	Cached32   // the number of a cache
	Name32     // an index into co_names
	Distance32 // a signed number of words, from the next word on
	Slot32     // a slot, not scaled
	High       // the other half

	// Of c and x together, c being the low half:
	Name24  // an index into co_names
	Count24 // an unsigned number
)

// Flags says what else is known of an operation.
type Flags uint8

// The flags of operations.
const (
	Jumps  Flags = 1 << iota // goes to the distance in c, or in b and c, if not on
	Ends                     // never goes on with the next word
	Raises                   // can raise an exception
	Calls                    // has a path that makes the frame of a Python function run, its result being the operation's
	Caches                   // has an inline cache
	Polls                    // looks at the eval breaker when it jumps
)

// Row describes an operation.
type Row struct {
	Name       string
	A, B, C, X Kind
	Flags      Flags
	Meaning    string // in terms of registers; v! is a value that must be bound
}

// Info returns the description of op, an empty one for none of the lifter's.
func (op Op) Info() Row {
	if int(op) < len(opTable) {
		return opTable[op]
	}
	return Row{}
}

// String returns the name of the operation.
func (op Op) String() string {
	if int(op) < len(opTable) {
		return opTable[op].Name
	}
	return "Op?"
}

// Has reports whether the operation has one of the flags.
func (op Op) Has(f Flags) bool { return int(op) < len(opTable) && opTable[op].Flags&f != 0 }

// Shorter names for the table's columns.
const (
	jump  = Jumps
	ends  = Ends
	exc   = Raises
	slow  = Raises | Calls // operations on values, which may have methods in Python
	cache = Raises | Calls | Caches
	poll  = Jumps | Polls | Raises
)

// opTable has the operations in their order. Results are written last, when
// nothing can fail any more, and operands are read before: a result may go to the
// register of an operand. NULL is no value.
var opTable = [NumOps]Row{
	Nop: {"Nop", None, None, None, None, 0, ""},

	Move:           {"Move", Dest, Reg, None, None, 0, "R[a] = R[b], which may be NULL"},
	MoveClear:      {"MoveClear", Dest, Both, None, None, 0, "R[a] = R[b]; R[b] = NULL"},
	LoadK:          {"LoadK", Dest, Konst32, High, None, 0, "R[a] = K[bc]"},
	LoadInt:        {"LoadInt", Dest, Imm32, High, None, 0, "R[a] = int bc"},
	LoadNull:       {"LoadNull", Dest, None, None, None, 0, "R[a] = NULL"},
	LoadCommon:     {"LoadCommon", Dest, None, Count, None, 0, "R[a] = common constant c (LOAD_COMMON_CONSTANT)"},
	LoadBuildClass: {"LoadBuildClass", Dest, None, None, None, exc, "R[a] = builtins.__build_class__"},
	LoadLocals:     {"LoadLocals", Dest, None, None, None, exc, "R[a] = the frame's locals mapping"},
	LoadFar:        {"LoadFar", Dest, Slot32, High, None, 0, "R[a] = slot bc, which may be NULL"},
	StoreFar:       {"StoreFar", Reg, Slot32, High, None, 0, "slot bc = R[a], which may be NULL"},
	CheckBound:     {"CheckBound", Reg, Count32, High, None, exc, "UnboundLocalError for localsplus bc unless R[a] is bound"},
	DeleteFast:     {"DeleteFast", Both, Count32, High, None, exc, "UnboundLocalError for localsplus bc unless R[a] is bound; R[a] = NULL"},

	MakeCell:        {"MakeCell", Both, None, None, None, 0, "R[a] = new cell holding R[a], which may be NULL"},
	CopyFreeVars:    {"CopyFreeVars", Count, Slot32, High, None, 0, "slots bc, … (a of them) = the closure of the running function"},
	LoadDeref:       {"LoadDeref", Dest, Reg, Count, None, exc, "R[a] = contents of cell R[b]; NameError or UnboundLocalError for localsplus c if empty"},
	StoreDeref:      {"StoreDeref", Reg, Reg, None, None, 0, "contents of cell R[a] = R[b]"},
	DeleteDeref:     {"DeleteDeref", Reg, None, Count, None, exc, "empty cell R[a]; error for localsplus c if it is"},
	LoadDictOrDeref: {"LoadDictOrDeref", Dest, Reg, Count, None, slow, "R[a] = R[b][name of localsplus c], or the contents of the cell there as LoadDeref"},

	LoadName:         {"LoadName", Dest, Cached32, High, None, cache, "R[a] = locals, globals or builtins[name of cache bc]"},
	StoreName:        {"StoreName", Reg, Cached32, High, None, cache, "locals[name of cache bc] = R[a]"},
	DeleteName:       {"DeleteName", None, Name32, High, None, slow, "del locals[name bc]"},
	LoadGlobal:       {"LoadGlobal", Dest, Cached32, High, None, cache, "R[a] = globals or builtins[name of cache bc]"},
	StoreGlobal:      {"StoreGlobal", Reg, Cached32, High, None, exc | Caches, "globals[name of cache bc] = R[a]"},
	DeleteGlobal:     {"DeleteGlobal", None, Name32, High, None, exc, "del globals[name bc]"},
	LoadDictOrGlobal: {"LoadDictOrGlobal", Dest, Reg, Name24, Name24, slow, "R[a] = R[b], globals or builtins[name xc]"},
	SetupAnnotations: {"SetupAnnotations", None, None, None, None, slow, "make locals['__annotations__'] if there is none"},
	ImportName:       {"ImportName", Dest, Regs, Name24, Name24, slow, "R[a] = __import__(name xc, level R[b], fromlist R[b+1])"},
	ImportFrom:       {"ImportFrom", Dest, Reg, Name24, Name24, slow, "R[a] = from module R[b] import name xc"},

	LoadAttr:    {"LoadAttr", Dest, Reg, Cached, None, cache, "R[a] = R[b].name"},
	LoadMethod:  {"LoadMethod", Dests, Reg, Cached, None, cache, "R[a], R[a+1] = function, R[b] if R[b].name is a method, else R[b].name, NULL"},
	StoreAttr:   {"StoreAttr", Reg, Reg, Cached, None, cache, "R[a].name = R[b]"},
	DeleteAttr:  {"DeleteAttr", Reg, Name32, High, None, slow, "del R[a].name"},
	SuperAttr:   {"SuperAttr", Dests, Regs, Cached, Count, cache, "super R[b], class R[b+1], self R[b+2]: R[a] = attribute; if x&1 as LoadMethod to R[a], R[a+1]; x&2: super was called with arguments"},
	LoadSpecial: {"LoadSpecial", Dests, Reg, Cached, Count, cache, "as LoadMethod, special method x of R[b]'s type; R[a], R[a+1]"},

	Binary:   {"Binary", Dest, Reg, Reg, Count, slow, "R[a] = R[b] operator x R[c]"},
	Add:      {"Add", Dest, Reg, Reg, Count, slow, "R[a] = R[b] + R[c]"},
	Sub:      {"Sub", Dest, Reg, Reg, Count, slow, "R[a] = R[b] - R[c]"},
	Mul:      {"Mul", Dest, Reg, Reg, Count, slow, "R[a] = R[b] * R[c]"},
	TrueDiv:  {"TrueDiv", Dest, Reg, Reg, Count, slow, "R[a] = R[b] / R[c]"},
	FloorDiv: {"FloorDiv", Dest, Reg, Reg, Count, slow, "R[a] = R[b] // R[c]"},
	Mod:      {"Mod", Dest, Reg, Reg, Count, slow, "R[a] = R[b] % R[c]"},
	Pow:      {"Pow", Dest, Reg, Reg, Count, slow, "R[a] = R[b] ** R[c]"},
	And:      {"And", Dest, Reg, Reg, Count, slow, "R[a] = R[b] & R[c]"},
	Or:       {"Or", Dest, Reg, Reg, Count, slow, "R[a] = R[b] | R[c]"},
	Xor:      {"Xor", Dest, Reg, Reg, Count, slow, "R[a] = R[b] ^ R[c]"},
	Lshift:   {"Lshift", Dest, Reg, Reg, Count, slow, "R[a] = R[b] << R[c]"},
	Rshift:   {"Rshift", Dest, Reg, Reg, Count, slow, "R[a] = R[b] >> R[c]"},
	Subscr:   {"Subscr", Dest, Reg, Reg, Count, slow, "R[a] = R[b][R[c]]; x: see Spent"},
	Neg:      {"Neg", Dest, Reg, None, None, slow, "R[a] = -R[b]"},
	Invert:   {"Invert", Dest, Reg, None, None, slow, "R[a] = ~R[b]"},
	Not:      {"Not", Dest, Reg, None, None, slow, "R[a] = not R[b], of any value"},
	ToBool:   {"ToBool", Dest, Reg, None, None, slow, "R[a] = bool(R[b])"},

	Lt:       {"Lt", Dest, Reg, Reg, Count, slow, "R[a] = R[b] < R[c], made a bool if x is 1"},
	Le:       {"Le", Dest, Reg, Reg, Count, slow, "R[a] = R[b] <= R[c], made a bool if x is 1"},
	Eq:       {"Eq", Dest, Reg, Reg, Count, slow, "R[a] = R[b] == R[c], made a bool if x is 1"},
	Ne:       {"Ne", Dest, Reg, Reg, Count, slow, "R[a] = R[b] != R[c], made a bool if x is 1"},
	Gt:       {"Gt", Dest, Reg, Reg, Count, slow, "R[a] = R[b] > R[c], made a bool if x is 1"},
	Ge:       {"Ge", Dest, Reg, Reg, Count, slow, "R[a] = R[b] >= R[c], made a bool if x is 1"},
	Is:       {"Is", Dest, Reg, Reg, Count, 0, "R[a] = R[b] is R[c]; is not if x is 1"},
	Contains: {"Contains", Dest, Reg, Reg, Count, slow, "R[a] = R[b] in R[c]; not in if x is 1"},

	StoreSubscr:  {"StoreSubscr", Reg, Reg, Reg, None, slow, "R[a][R[b]] = R[c]"},
	DeleteSubscr: {"DeleteSubscr", Reg, Reg, None, None, slow, "del R[a][R[b]]"},
	Slice:        {"Slice", Dest, Reg, Regs, Count, slow, "R[a] = R[b][R[c]:R[c+1]]; x: see Lone"},
	StoreSlice:   {"StoreSlice", Reg, Reg, Regs, None, slow, "R[a][R[c]:R[c+1]] = R[b]"},

	BuildTuple:         {"BuildTuple", Dest, Regs, Count, Count, 0, "R[a] = (R[b], … c of them); x: see TupleCompared"},
	BuildList:          {"BuildList", Dest, Regs, Count, Count, 0, "R[a] = [R[b], … c of them]; x: see BuiltForTuple, Own, Lone"},
	SizedList:          {"SizedList", Dest, Reg, None, Count, 0, "R[a] = [], with room for what the iterator R[b] has left; x: see Own, Lone"},
	BuildSet:           {"BuildSet", Dest, Regs, Count, Count, slow, "R[a] = {R[b], … c of them}; x: see Own, Lone"},
	BuildMap:           {"BuildMap", Dest, Regs, Count, None, slow, "R[a] = {R[b]: R[b+1], … c pairs}"},
	BuildString:        {"BuildString", Dest, Regs, Count, Count, exc, "R[a] = ''.join(R[b], … c of them), all str or what FormatSimple and FormatSpec make for it; x may be Fleeting"},
	BuildSlice:         {"BuildSlice", Dest, Regs, Count, Count, 0, "R[a] = slice(R[b], … c of them); x: see TupleKey"},
	BuildInterpolation: {"BuildInterpolation", Dest, Regs, None, Count, exc, "R[a] = Interpolation(R[b], R[b+1], format R[b+2] if x&1, conversion x>>2)"},
	BuildTemplate:      {"BuildTemplate", Dest, Reg, Reg, None, exc, "R[a] = Template(strings R[b], interpolations R[c])"},
	ListAppend:         {"ListAppend", Reg, Reg, Count, None, 0, "list R[a].append(R[b]); c iterators of a comprehension are behind R[a], as far as is known"},
	ListExtend:         {"ListExtend", Reg, Reg, None, None, slow, "list R[a].extend(R[b])"},
	SetAdd:             {"SetAdd", Reg, Reg, Count, None, slow, "set R[a].add(R[b]); c: see ListAppend"},
	SetUpdate:          {"SetUpdate", Reg, Reg, None, None, slow, "set R[a].update(R[b])"},
	MapAdd:             {"MapAdd", Reg, Reg, Reg, Count, slow, "dict R[a][R[b]] = R[c]; x is what c is for ListAppend"},
	DictUpdate:         {"DictUpdate", Reg, Reg, None, None, slow, "dict R[a].update(R[b])"},
	DictMerge:          {"DictMerge", Reg, Reg, Reg, None, slow, "as DictUpdate, TypeError for double keys; R[c] is the callable to name in it"},
	Unpack:             {"Unpack", Dests, Reg, Count, Count, slow, "R[a+c-1], … R[a] = R[b], exactly c values, the first one last; x: see UnpackLooped"},
	UnpackEx:           {"UnpackEx", Dests, Reg, Count24, Count24, slow, "n = xc&255 values of R[b], a list, then xc>>8 values, the first of all to the highest register, the last to R[a]"},
	ConvertValue:       {"ConvertValue", Dest, Reg, None, Count, slow, "R[a] = str, repr or ascii (x is 1, 2 or 3) of R[b]"},
	FormatSimple:       {"FormatSimple", Dest, Reg, None, Count, slow, "R[a] = format(R[b]); x is 1 if it is only for BuildString"},
	FormatSpec:         {"FormatSpec", Dest, Reg, Reg, Count, slow, "R[a] = format(R[b], R[c]); x is 1 if it is only for BuildString, and R[c] a constant"},

	MakeFunction:  {"MakeFunction", Dest, Reg, None, None, 0, "R[a] = function of code R[b]"},
	MakeClosure:   {"MakeClosure", Dest, Konst, Regs, Count, 0, "R[a] = function of code K[b] with the closure (R[c], … x of them)"},
	SetFuncAttr:   {"SetFuncAttr", Reg, Reg, None, Count, 0, "set attribute x (oparg of SET_FUNCTION_ATTRIBUTE) of function R[a] to R[b]"},
	Call:          {"Call", Dest, Regs, Count, Count, slow, "R[a] = R[b](R[b+1], … c arguments); x: see CallLooped"},
	CallMethod:    {"CallMethod", Dest, Regs, Count, Count, slow, "R[a] = R[b](R[b+1] unless NULL, R[b+2], … c arguments without self)"},
	CallGen:       {"CallGen", Dest, Regs, Count, Count, slow, "Call in code whose frames are alone"},
	CallMethodGen: {"CallMethodGen", Dest, Regs, Count, Count, slow, "CallMethod in code whose frames are alone"},
	CallKw:        {"CallKw", Dest, Regs, Count, None, slow, "as Call; the last arguments have the names of the tuple behind, R[b+1+c]"},
	CallMethodKw:  {"CallMethodKw", Dest, Regs, Count, None, slow, "as CallMethod; the last arguments have the names of the tuple behind, R[b+2+c]"},
	CallEx:        {"CallEx", Dest, Regs, Count, None, slow, "R[a] = R[b](*R[b+1], **R[b+2] unless NULL); if c is 1, R[b](R[b+1] unless NULL, *R[b+2], **R[b+3] unless NULL)"},
	Intrinsic1:    {"Intrinsic1", Dest, Reg, None, Count, slow, "R[a] = intrinsic x of R[b]"},
	Intrinsic2:    {"Intrinsic2", Dest, Reg, Reg, Count, slow, "R[a] = intrinsic x of R[b], R[c]"},
	Return:        {"Return", Reg, None, None, None, ends, "return R[a]"},
	ReturnK:       {"ReturnK", None, Konst32, High, None, ends, "return K[bc]"},
	ReturnInt:     {"ReturnInt", None, Imm32, High, None, ends, "return int bc"},

	Jump:        {"Jump", None, None, Distance, None, jump | ends, "go c"},
	JumpBack:    {"JumpBack", None, None, Distance, Count, poll | ends, "go c; poll, but not at once if x is 1"},
	JumpFar:     {"JumpFar", None, Distance32, High, Count, poll | ends, "go bc; poll if x is 1, not at once if x is 2"},
	JumpTrue:    {"JumpTrue", Reg, None, Distance, None, slow | jump, "if R[a] go c; R[a] is any value"},
	JumpFalse:   {"JumpFalse", Reg, None, Distance, None, slow | jump, "if not R[a] go c; R[a] is any value"},
	JumpNone:    {"JumpNone", Reg, None, Distance, None, jump, "if R[a] is None go c"},
	JumpNotNone: {"JumpNotNone", Reg, None, Distance, None, jump, "if R[a] is not None go c"},

	GetIter:     {"GetIter", Dest, Reg, None, Count, slow, "R[a] = iter(R[b]); x: see Walks"},
	ForIter:     {"ForIter", Dest, Reg, Distance, None, slow | jump, "R[a] = next(R[b]); if exhausted go c"},
	ForIterBack: {"ForIterBack", Dest, Reg, Distance, None, slow | poll, "R[a] = next(R[b]), go c, poll; on if exhausted"},
	DropIter:    {"DropIter", Reg, None, None, Count, 0, "the loop that walks along R[a] is left before its end; x: see LoopLone"},

	ReturnGen:        {"ReturnGen", Dest, None, None, None, exc | ends, "return a new generator (coroutine…) that goes on behind; R[a] = the first value sent, None before throw() raises"},
	Yield:            {"Yield", Dest, Reg, None, Count, exc, "yield R[b], R[a] = the value sent; x is the oparg: 1 in yield from and await"},
	Send:             {"Send", Place, None, Distance, Count, slow | jump, "R[a+1] = R[a].send(R[a+1]); when R[a] returns, that value in R[a+1] and go c; x is 1 if R[a] is dropped there"},
	GetYieldFromIter: {"GetYieldFromIter", Dest, Reg, None, None, slow, "R[a] = what yield from R[b] sends to"},
	GetAwaitable:     {"GetAwaitable", Dest, Reg, Count, None, slow, "R[a] = what await R[b] sends to; c is the oparg: 1 for __aenter__, 2 for __aexit__"},
	GetAiter:         {"GetAiter", Dest, Reg, None, None, slow, "R[a] = aiter(R[b])"},
	GetAnext:         {"GetAnext", Dest, Reg, None, None, slow, "R[a] = awaitable of anext(R[b])"},
	EndAsyncFor:      {"EndAsyncFor", Reg, Reg, None, None, exc, "aiter R[a], exception R[b]: raise it again unless StopAsyncIteration"},
	CleanupThrow:     {"CleanupThrow", Place, None, None, None, exc, "exception R[a+2]: if StopIteration, R[a] = None, R[a+1] = its value; else raise it again"},

	PushExc:         {"PushExc", Place, None, None, None, 0, "R[a], R[a+1] = the handled exception or None, R[a]; the latter is handled now; x is 1: it is taken off next"},
	PopExcept:       {"PopExcept", Reg, None, None, None, 0, "the handled exception is R[a], or none if that is None"},
	ExcMatch:        {"ExcMatch", Dest, Reg, Reg, None, exc, "R[a] = exception R[b] matches R[c]"},
	EgMatch:         {"EgMatch", Dests, Reg, Reg, None, slow, "R[a], R[a+1] = rest, match of exception R[b] by except* R[c]"},
	Reraise:         {"Reraise", Reg, Reg, None, Count, exc | ends, "raise R[a] again; x is 1: as from the instruction at R[b] (an int)"},
	Raise:           {"Raise", Reg, Reg, None, Count, slow | ends, "x is 0: raise again; 1: raise R[a]; 2: raise R[a] from R[b]"},
	WithExceptStart: {"WithExceptStart", Dest, Regs, None, None, slow, "exit function R[b], self or NULL R[b+1], exception R[b+4]: R[a] = exit(type, exception, traceback)"},

	GetLen:        {"GetLen", Dest, Reg, None, None, slow, "R[a] = len(R[b])"},
	MatchMapping:  {"MatchMapping", Dest, Reg, None, None, 0, "R[a] = R[b]'s type is a mapping"},
	MatchSequence: {"MatchSequence", Dest, Reg, None, None, 0, "R[a] = R[b]'s type is a sequence"},
	MatchKeys:     {"MatchKeys", Dest, Reg, Reg, None, slow, "R[a] = tuple of the values of keys R[c] in R[b], or None"},
	MatchClass:    {"MatchClass", Dest, Regs, Count, None, slow, "subject R[b], class R[b+1], names R[b+2], c positional: R[a] = tuple of attributes or None"},

	Trap: {"Trap", None, None, None, None, exc | ends, "SystemError: a place that verified code never gets to"},

	Event:  {"Event", None, Count32, High, None, slow, "the instruction at code unit bc comes next: deliver events of lines, instructions, jumps"},
	Resume: {"Resume", None, None, None, Count, slow, "deliver the event of a start or resumption; x is the oparg of RESUME"},

	AddI:         {"AddI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] + c; c + R[b] if x&128"},
	SubI:         {"SubI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] - c"},
	ISub:         {"ISub", Dest, Reg, Imm, Count, slow, "R[a] = c - R[b]; x&128 is set"},
	MulI:         {"MulI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] * c; c * R[b] if x&128"},
	TrueDivI:     {"TrueDivI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] / c"},
	FloorDivI:    {"FloorDivI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] // c"},
	ModI:         {"ModI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] % c"},
	PowI:         {"PowI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] ** c"},
	AndI:         {"AndI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] & c; c & R[b] if x&128"},
	OrI:          {"OrI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] | c; c | R[b] if x&128"},
	XorI:         {"XorI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] ^ c; c ^ R[b] if x&128"},
	LshiftI:      {"LshiftI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] << c"},
	ILshift:      {"ILshift", Dest, Reg, Imm, Count, slow, "R[a] = c << R[b]; x&128 is set"},
	RshiftI:      {"RshiftI", Dest, Reg, Imm, Count, slow, "R[a] = R[b] >> c"},
	SubscrI:      {"SubscrI", Dest, Reg, Imm, Count, slow, "R[a] = R[b][c]; x: see Spent"},
	StoreSubscrI: {"StoreSubscrI", Reg, Imm, Reg, None, slow, "R[a][b] = R[c]"},

	AddK:         {"AddK", Dest, Reg, Konst, Count, slow, "R[a] = R[b] + K[c]"},
	SubK:         {"SubK", Dest, Reg, Konst, Count, slow, "R[a] = R[b] - K[c]"},
	MulK:         {"MulK", Dest, Reg, Konst, Count, slow, "R[a] = R[b] * K[c]"},
	TrueDivK:     {"TrueDivK", Dest, Reg, Konst, Count, slow, "R[a] = R[b] / K[c]"},
	SubscrK:      {"SubscrK", Dest, Reg, Konst, Count, slow, "R[a] = R[b][K[c]]"},
	StoreSubscrK: {"StoreSubscrK", Reg, Konst, Reg, None, slow, "R[a][K[b]] = R[c]"},
	ContainsK:    {"ContainsK", Dest, Reg, Konst, Count, slow, "R[a] = R[b] in K[c]; not in if x is 1"},

	Tuple2:   {"Tuple2", Dest, Reg, Reg, Count, 0, "R[a] = (R[b], R[c]); x: see TupleCompared"},
	Unpack2:  {"Unpack2", Dest, Dest, Reg, Count, slow, "R[a], R[b] = R[c], exactly two values; both are got before R[a], then R[b] are written; x: see UnpackLooped"},
	UnpackTo: {"UnpackTo", Dest, Reg, Count, Count, slow, "R[a] and the registers of the words of Into behind = R[b], exactly c values; all are got before the registers are written, in their order; x: see UnpackLooped"},
	Into:     {"Into", Dest, Dest, Dest, Count, 0, "the next x registers of the UnpackTo before"},

	JumpLt:     {"JumpLt", Reg, Reg, Distance, None, slow | jump, "if R[a] < R[b] go c"},
	JumpNotLt:  {"JumpNotLt", Reg, Reg, Distance, None, slow | jump, "if not R[a] < R[b] go c"},
	JumpLe:     {"JumpLe", Reg, Reg, Distance, None, slow | jump, "if R[a] <= R[b] go c"},
	JumpNotLe:  {"JumpNotLe", Reg, Reg, Distance, None, slow | jump, "if not R[a] <= R[b] go c"},
	JumpEq:     {"JumpEq", Reg, Reg, Distance, None, slow | jump, "if R[a] == R[b] go c"},
	JumpNotEq:  {"JumpNotEq", Reg, Reg, Distance, None, slow | jump, "if not R[a] == R[b] go c"},
	JumpNe:     {"JumpNe", Reg, Reg, Distance, None, slow | jump, "if R[a] != R[b] go c"},
	JumpNotNe:  {"JumpNotNe", Reg, Reg, Distance, None, slow | jump, "if not R[a] != R[b] go c"},
	JumpGt:     {"JumpGt", Reg, Reg, Distance, None, slow | jump, "if R[a] > R[b] go c"},
	JumpNotGt:  {"JumpNotGt", Reg, Reg, Distance, None, slow | jump, "if not R[a] > R[b] go c"},
	JumpGe:     {"JumpGe", Reg, Reg, Distance, None, slow | jump, "if R[a] >= R[b] go c"},
	JumpNotGe:  {"JumpNotGe", Reg, Reg, Distance, None, slow | jump, "if not R[a] >= R[b] go c"},
	JumpLtI:    {"JumpLtI", Reg, Imm, Distance, None, slow | jump, "if R[a] < b go c"},
	JumpNotLtI: {"JumpNotLtI", Reg, Imm, Distance, None, slow | jump, "if not R[a] < b go c"},
	JumpLeI:    {"JumpLeI", Reg, Imm, Distance, None, slow | jump, "if R[a] <= b go c"},
	JumpNotLeI: {"JumpNotLeI", Reg, Imm, Distance, None, slow | jump, "if not R[a] <= b go c"},
	JumpEqI:    {"JumpEqI", Reg, Imm, Distance, None, slow | jump, "if R[a] == b go c"},
	JumpNotEqI: {"JumpNotEqI", Reg, Imm, Distance, None, slow | jump, "if not R[a] == b go c"},
	JumpNeI:    {"JumpNeI", Reg, Imm, Distance, None, slow | jump, "if R[a] != b go c"},
	JumpNotNeI: {"JumpNotNeI", Reg, Imm, Distance, None, slow | jump, "if not R[a] != b go c"},
	JumpGtI:    {"JumpGtI", Reg, Imm, Distance, None, slow | jump, "if R[a] > b go c"},
	JumpNotGtI: {"JumpNotGtI", Reg, Imm, Distance, None, slow | jump, "if not R[a] > b go c"},
	JumpGeI:    {"JumpGeI", Reg, Imm, Distance, None, slow | jump, "if R[a] >= b go c"},
	JumpNotGeI: {"JumpNotGeI", Reg, Imm, Distance, None, slow | jump, "if not R[a] >= b go c"},
	JumpEqK:    {"JumpEqK", Reg, Konst, Distance, None, slow | jump, "if R[a] == K[b] go c"},
	JumpNotEqK: {"JumpNotEqK", Reg, Konst, Distance, None, slow | jump, "if not R[a] == K[b] go c"},
	JumpNeK:    {"JumpNeK", Reg, Konst, Distance, None, slow | jump, "if R[a] != K[b] go c"},
	JumpNotNeK: {"JumpNotNeK", Reg, Konst, Distance, None, slow | jump, "if not R[a] != K[b] go c"},
	JumpIs:     {"JumpIs", Reg, Reg, Distance, None, jump, "if R[a] is R[b] go c"},
	JumpNotIs:  {"JumpNotIs", Reg, Reg, Distance, None, jump, "if R[a] is not R[b] go c"},
	JumpIn:     {"JumpIn", Reg, Reg, Distance, None, slow | jump, "if R[a] in R[b] go c"},
	JumpNotIn:  {"JumpNotIn", Reg, Reg, Distance, None, slow | jump, "if R[a] not in R[b] go c"},
	JumpInK:    {"JumpInK", Reg, Konst, Distance, None, slow | jump, "if R[a] in K[b] go c"},
	JumpNotInK: {"JumpNotInK", Reg, Konst, Distance, None, slow | jump, "if R[a] not in K[b] go c"},
	JumpExc:    {"JumpExc", Reg, Reg, Distance, None, exc | jump, "if exception R[a] matches R[b] go c"},
	JumpNotExc: {"JumpNotExc", Reg, Reg, Distance, None, exc | jump, "if exception R[a] does not match R[b] go c"},

	LoopTrue:    {"LoopTrue", Reg, None, Distance, None, slow | poll, "if R[a] go c, poll; R[a] is any value"},
	LoopFalse:   {"LoopFalse", Reg, None, Distance, None, slow | poll, "if not R[a] go c, poll; R[a] is any value"},
	LoopNotNone: {"LoopNotNone", Reg, None, Distance, None, poll, "if R[a] is not None go c, poll"},
	LoopLt:      {"LoopLt", Reg, Reg, Distance, None, slow | poll, "if R[a] < R[b] go c, poll"},
	LoopLe:      {"LoopLe", Reg, Reg, Distance, None, slow | poll, "if R[a] <= R[b] go c, poll"},
	LoopEq:      {"LoopEq", Reg, Reg, Distance, None, slow | poll, "if R[a] == R[b] go c, poll"},
	LoopNe:      {"LoopNe", Reg, Reg, Distance, None, slow | poll, "if R[a] != R[b] go c, poll"},
	LoopGt:      {"LoopGt", Reg, Reg, Distance, None, slow | poll, "if R[a] > R[b] go c, poll"},
	LoopGe:      {"LoopGe", Reg, Reg, Distance, None, slow | poll, "if R[a] >= R[b] go c, poll"},
	LoopLtI:     {"LoopLtI", Reg, Imm, Distance, None, slow | poll, "if R[a] < b go c, poll"},
	LoopLeI:     {"LoopLeI", Reg, Imm, Distance, None, slow | poll, "if R[a] <= b go c, poll"},
	LoopEqI:     {"LoopEqI", Reg, Imm, Distance, None, slow | poll, "if R[a] == b go c, poll"},
	LoopNeI:     {"LoopNeI", Reg, Imm, Distance, None, slow | poll, "if R[a] != b go c, poll"},
	LoopGtI:     {"LoopGtI", Reg, Imm, Distance, None, slow | poll, "if R[a] > b go c, poll"},
	LoopGeI:     {"LoopGeI", Reg, Imm, Distance, None, slow | poll, "if R[a] >= b go c, poll"},
}
