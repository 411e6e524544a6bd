package object

import (
	"time"
	"unsafe"
	"weak"

	"github.com/krait-py/krait/internal/pyfmt"
)

// Interp is an interpreter: all that its threads share. Nothing in it may be touched without its lock.
type Interp struct {
	lock interpLock

	// Builtins is the dict of module builtins; Modules is sys.modules; Sys is the dict of module sys.
	Builtins *Dict
	Modules  *Dict
	Sys      *Dict
	// BuiltinModules has the modules written in Go, by name.
	BuiltinModules map[string]*ModuleDef
	// parts are those of f-strings, made when the first one is met.
	parts *textParts
	// Eval runs frames: package vm sets it. See Thread.CallFunc.
	CallFunc func(t *Thread, f *Func, args []Value, names *Tuple) Value
	// CallPlain is CallFunc for a function that takes just the first n of three arguments. Not done: it is another, or there is more to do.
	CallPlain func(t *Thread, f *Func, n int, x, y, z Value) (v Value, done bool)
	// Settle completes an exception that is handled by a thread, and that somebody sees now.
	Settle func(t *Thread, e *Exc)
	// Drain resumes a generator until it yields what the sink does not take: that is returned. No value: it has ended, or an exception is set.
	Drain func(t *Thread, gen Value, sink Sink) Value
	// DevMode says that names of error handlers are looked up even where no handler is wanted.
	DevMode bool
	// NoColumns hides the columns of code: -X no_debug_ranges.
	NoColumns bool
	// Finalizing is set when the interpreter ends: no more threads begin then.
	Finalizing bool
	// IntMaxStrDigits is the limit of sys.set_int_max_str_digits; 0: none.
	IntMaxStrDigits int
	// Hooks are what packages above give to those below.
	Hooks Hooks
	// DefaultImport is builtins.__import__ as it was at the start: import statements that find it there call Hooks.Import.
	DefaultImport Value
	// Main is the first thread.
	Main *Thread
	// State is for modules that keep something per interpreter: one entry a module, by its name. Those that often look use StateAt.
	State map[string]any
	// Host is what modules may use of the machine: a *host.Host.
	Host any
	// MarkWait is for how long a thread waits at most for Go's collector to mark. The lock is held meanwhile.
	MarkWait time.Duration
	// Room reports whether the process can have so many bytes, for requests of many; nil: nobody knows.
	Room func(bytes int) bool
	// MoreThreads is called before a thread other than Main begins, once, if it is not nil.
	MoreThreads func()

	states      []any // by StateKey
	interned    internTable
	methods     [methodCacheSize]methodCacheEntry
	lastVersion uint64
	subclasses  map[*Type][]weak.Pointer[Type] // of builtin types; others have Type.subs
	weak        weakTable
	aging       agingTable
	threads     map[*Thread]struct{}
	nextID      int64
}

// Hooks are functions that higher packages provide to the object model.
type Hooks struct {
	// Compile compiles source for exec, eval and compile.
	Compile func(t *Thread, c CompileArgs) Value
	// Warn issues a warning through module _warnings; false: it became an exception.
	Warn func(t *Thread, category *Type, message string, stackLevel int) bool
	// Unraisable reports the exception in t, which nobody can catch, and clears it.
	Unraisable func(t *Thread, message string, obj Value)
	// Encode and Decode are str.encode and bytes.decode for codecs that are not built in.
	Encode func(t *Thread, s Value, encoding, errors string) Value
	Decode func(t *Thread, b Value, encoding, errors string) Value
	// Import is __import__ as import statements see it.
	Import func(t *Thread, name *Str, globals, locals, fromlist Value, level int) Value
	// Break does what waits when a thread's Breaker is set. False: an exception is set.
	Break func(t *Thread) bool
	// Signal notes a signal for the main thread: module _signal sets it.
	Signal func(in *Interp, number int)
	// Recode is called before a function gets other code.
	Recode func(t *Thread, f *Func)
	// ClearDead drops what frames have left behind that nobody will use.
	ClearDead func(t *Thread)
	// NewThread prepares a new thread for running code.
	NewThread func(t *Thread)
}

// CompileArgs are the arguments of compile(), or what exec and eval make of theirs.
type CompileArgs struct {
	Source, Filename Value
	Mode             string
	Func             string // who is asked: compile, exec or eval
	Flags            int
	DontInherit      bool
	Optimize         int
	// FeatureVersion is the minor version of the grammar wanted; 0: the newest.
	FeatureVersion int
	// Symbols gets the *symtable.Table of the source, if it is not nil; the result is its, and nothing else is compiled.
	Symbols func(table any) Value
}

// Record is a caller's place: where it goes on when the frame above it returns.
type Record struct {
	IP, FP uintptr
}

// ExcInfo is one level of exceptions being handled: the thread's own, and one of each generator that runs.
type ExcInfo struct {
	Exc  *Exc
	Prev *ExcInfo
}

// Thread is one thread of an interpreter, and the registers of its machine.
type Thread struct {
	// Breaker is not 0 when something waits to be done between instructions. Polled by the loop; set by any goroutine.
	Breaker uint32 // accessed with sync/atomic: the type atomic.Uint32 would not be inlined into the loop
	// Marking is not 0 if Go's collector was marking when the machine looked last.
	Marking uint32

	// IP and FP are the instruction and frame pointers while the evaluation loop is not running, saved before each call out of it.
	IP, FP uintptr
	// Frame points to the next free Record; Base is where the running loop began, FullLimit the end.
	Frame, Base, FullLimit uintptr
	// FrameLimit is FullLimit, or 0 while the breaker is set or the thread is watched: then calls take the slow way, which finds out why.
	FrameLimit uintptr // accessed with sync/atomic
	// SlabLimit is the end of the slab's usable part.
	SlabLimit uintptr
	// Scratch is the end of what Go code has pushed on the slab above the running frame, or 0.
	Scratch uintptr
	// text is the buffer of takeText; nil while someone has it.
	text []byte
	// ints is memory for ints.
	ints intRoom
	// texts are fleeting strs that nobody has any more.
	texts [2]*fleetingStr
	// specs are format specs that were used before.
	specs pyfmt.Specs

	// Exc is the exception being raised, or nil.
	Exc *Exc
	// Handled is the innermost level of exceptions being handled.
	Handled *ExcInfo

	Interp *Interp
	// Depth counts nested calls through Go; see Enter.
	// Runs counts the Python functions that Go code has run: who sees the same number before and after knows that there was none.
	Runs  uint64
	Depth int
	// Limit is the recursion limit.
	Limit   int
	Slab    []Value
	Records []Record
	// ID is the thread's identifier as threading sees it.
	ID int64
	// Wake gets a value when a thread that waits for something should look at its breaker.
	Wake chan struct{}
	// Watched says that the thread is traced, profiled or monitored.
	Watched bool
	// Trace is what tracing and profiling hang on: package vm's.
	Trace any
	// Context is the current contextvars context, or no value.
	Context Value
	// Asyncio is module _asyncio's own state.
	Asyncio any
	// Aux is package vm's own state.
	Aux any

	// Sink takes what the generator yields for which the running evaluation loop was entered by Interp.Drain.
	Sink Sink

	// LentSet is an empty set that what makes the next set may use for it, or nil.
	LentSet *Set

	// LentList is an empty list that what makes the next one for a method with MakesList may use for it, if it has room; or nil.
	LentList *List

	// Spare are sinks of builtins, by builtin, that are not in use: those of functions of generators are needed again soon.
	Spare [SpareKinds][]Sink

	base     ExcInfo
	messages messageCache
	repring  []Value // objects whose repr is being made
	// collectors are those not in use.
	collectors []*collector
	spent      spentIters
	// quiet says that keys are compared for a Sink.
	quiet bool
}

// slabSize is the number of values of a thread's first slab. Deeper calls get more: see package vm. The collector looks through
// all of a slab in each cycle, so the first one is small.
const slabSize = 1 << 11

// slabSlack is how many values behind the limit Go code may use without a check: padding of arguments.
const slabSlack = 1 << 6

// NewInterp returns an interpreter with one thread, which holds its lock.
func NewInterp() *Interp {
	ready()
	in := &Interp{
		interned:        newInternTable(1 << 12),
		subclasses:      map[*Type][]weak.Pointer[Type]{},
		lastVersion:     1 << 32,
		IntMaxStrDigits: 4300,
		threads:         map[*Thread]struct{}{},
		BuiltinModules:  map[string]*ModuleDef{},
		State:           map[string]any{},
	}
	in.Builtins, in.Modules, in.Sys = NewDict(), NewDict(), NewDict()
	in.Main = in.NewThread()
	in.Main.Lock()
	return in
}

// NewThread returns a new thread of the interpreter. It does not hold the lock.
func (in *Interp) NewThread() *Thread {
	in.nextID++
	t := &Thread{Interp: in, Limit: 1000, Slab: make([]Value, slabSize), Records: make([]Record, 1000+recordSlack), ID: in.nextID, Wake: make(chan struct{}, 1)}
	t.Handled = &t.base
	t.Frame = uintptr(unsafe.Pointer(&t.Records[0]))
	t.Base = t.Frame
	t.FullLimit = uintptr(unsafe.Pointer(&t.Records[t.Limit]))
	t.FrameLimit = t.FullLimit
	t.UseSlab(t.Slab)
	in.threads[t] = struct{}{}
	if in.Hooks.NewThread != nil {
		in.Hooks.NewThread(t)
	}
	return t
}

// UseSlab makes slab the one that frames are put on.
func (t *Thread) UseSlab(slab []Value) {
	t.Slab = slab
	t.SlabLimit = uintptr(unsafe.Pointer(&slab[len(slab)-slabSlack]))
}

// SlabFor returns a new slab with room for a frame of the given bytes, larger than the one before.
func (t *Thread) SlabFor(bytes uintptr) []Value {
	n := min(len(t.Slab)*4, 1<<16)
	if need := int(bytes/unsafe.Sizeof(Value{})) + 2*slabSlack + 4; n < need {
		n = need
	}
	return make([]Value, n)
}

// recordSlack is how many records there are beyond the recursion limit, for what runs while RecursionError is handled.
const recordSlack = 64

// maxGoDepth bounds nested calls through Go code, which use Go's stack.
const maxGoDepth = 6000

// Enter counts one more nested call through Go code; where is what RecursionError says
// (" while calling a Python object"). False: the limit is reached. Each true needs a Leave.
func (t *Thread) Enter(where string) bool {
	t.Depth++
	if t.Depth > maxGoDepth || t.Depth > t.Limit && t.Depth-50 > t.Limit {
		t.Depth--
		t.Raisef(&RecursionErrorType, "maximum recursion depth exceeded%s", where)
		return false
	}
	return true
}

// deeper is Enter for operations on objects that may be made of other such objects, however deeply. The caller undoes it by
// decrementing Depth. Only Go's stack counts here: as in CPython, a recursion limit is about calls.
func (t *Thread) deeper(where string) bool {
	if t.Depth++; t.Depth <= maxGoDepth {
		return true
	}
	t.Depth--
	t.Raisef(&RecursionErrorType, "maximum recursion depth exceeded%s", where)
	return false
}

// Leave undoes Enter.
func (t *Thread) Leave() { t.Depth-- }

// EnterRepr notes that the repr of v is being made; true if it was already, in which case the caller prints "...".
func (t *Thread) EnterRepr(v Value) bool {
	for _, x := range t.repring {
		if x == v {
			return true
		}
	}
	t.repring = append(t.repring, v)
	return false
}

// LeaveRepr undoes EnterRepr.
func (t *Thread) LeaveRepr() {
	t.repring[len(t.repring)-1] = Value{}
	t.repring = t.repring[:len(t.repring)-1]
}

// FrameDepth returns the number of running frames.
func (t *Thread) FrameDepth() int {
	return int((t.Frame - uintptr(unsafe.Pointer(unsafe.SliceData(t.Records)))) / unsafe.Sizeof(Record{}))
}
