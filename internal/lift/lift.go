package lift

import (
	"sync"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/verify"
)

// Error says why a code object cannot be lifted: it has not been verified, or
// it is too large for the fields of words.
type Error struct {
	Name   string // of the code object
	Reason string
}

func (e *Error) Error() string { return "lift: " + e.Name + ": " + e.Reason }

// Lift returns the words for the instructions of o, which must have been
// verified (package verify). The code objects among its constants are left
// alone. The error is an [*Error].
func Lift(o *code.Object) (*Code, error) { return lift(o, false) }

// Faithful returns words that do what each instruction of o does, one after
// the other, with every value in its place in between, and an Event before each.
func Faithful(o *code.Object) (*Code, error) { return lift(o, true) }

func lift(o *code.Object, faithful bool) (*Code, error) {
	l := lifters.Get().(*lifter)
	defer l.free()
	l.try(o, faithful, -1)
	if l.failed != nil {
		return nil, l.failed
	}
	return l.code(), nil
}

// try lifts o. watch is the word that Locate wants to know of.
func (l *lifter) try(o *code.Object, faithful bool, watch int) {
	l.watch, l.depths, l.boxed, l.shared = watch, nil, faithful, faithful
	for {
		l.reset(o, faithful)
		l.run()
		switch {
		case l.conflict && l.depths == nil:
			// Control never takes some of the ways: those behind an instruction that always raises, for one. Verifying the code tells which.
			if l.depths = verify.Depths(o); l.depths == nil {
				l.refuse("not verified")
				return
			}
		case l.observed && !l.boxed:
			l.boxed = true
		case l.mixed && !l.shared:
			l.shared = true
		default:
			return
		}
	}
}

// lifters keeps memory for code that is lifted later.
var lifters = sync.Pool{New: func() any {
	setRules()
	return new(lifter)
}}

// maxKept is how many code units' worth of memory is kept.
const maxKept = 1 << 16

func (l *lifter) free() {
	l.o, l.failed, l.farCaches, l.depths = nil, nil, nil, nil
	if cap(l.units) <= maxKept {
		lifters.Put(l)
	}
}

// lifter lifts one code object after the other.
type lifter struct {
	o        *code.Object
	text     string // bytecode
	n        int    // code units
	faithful bool
	failed   *Error
	trapped  bool // the instruction at hand is none
	conflict bool // ways lead to one place with stacks of different heights
	// depths has how high the stack is before each instruction, -1 where control never comes; nil: not asked for.
	depths []int

	units   []unit
	entries []code.ExceptionEntry // in code units
	seeded  []bool                // by entry: something in the range can raise

	// The frame.
	locals  int // variables in localsplus
	near    int // those of them in slots of their own number
	base    int // slot of the lowest entry of the stack
	limit   int // entries of the stack at most
	scratch int // the first slot of the lifter's own
	slots   int

	// The instruction being lifted.
	start, at, next int // code units: first EXTENDED_ARG, opcode, next instruction
	arg             int
	silent          bool // it never raises an exception
	here            int  // how far the bytecode has been gone through
	live            bool
	rangeStart      int // where entry begins to hold
	rangeEnd        int // where it ends to
	entry           int // entry of the exception table, or -1

	// The evaluation stack, and how many entries stand for a slot without
	// being there canonically.
	stack []entry
	refs  []uint16
	low   int // entries below it are in place
	busy  []int
	def   int // the word that made what is on top, if it is the last one
	// iters has a bit for each of the lowest 64 entries: it is what a loop walks along, see iterators.go.
	iters    uint64
	called   uint64 // those of iters that calls have made right before the loop; only a hint behind jumps
	observed bool   // such an entry is used for something else
	boxed    bool   // make no such entries
	// own has a bit for each of the lowest 64 entries: it is a new collection that nothing else knows, made at ownUnit; see owned.go.
	own     uint64
	lone    uint64 // those of iters that may be Lone; only a hint behind jumps
	ownUnit [64]uint32
	mixed   bool // such an entry comes to where another kind has come
	shared  bool // there are no such entries
	// parts are entries that may be parts of an f-string, the lowest first: see texts.go.
	parts []part

	words   []uint64
	origin  []uint32 // units of words
	fixups  []fixup
	points  []Point
	late    []int    // leaders met too late
	held    []uint64 // words that others are to be put before
	copies  []copied
	remap   []uint32
	caches  []Cache
	globals []int32 // by name: 1 + cache of LoadGlobal, of LoadName
	names   []int32

	farCaches map[Cache]int

	// For Locate.
	watch   int
	seen    bool
	resumed bool // what is seen first counts
	located Location
}

// unit is what is known of a code unit.
type unit struct {
	word   int32  // of a leader that has been lifted: 1 + its first word
	depth  int32  // of a leader: 1 + height of the stack, if known
	iters  uint64 // of a leader: as lifter.iters
	called uint64 // of a leader: as lifter.called
	own    uint64 // of a leader: as lifter.own
	lone   uint64 // of a leader: as lifter.lone
	start  bool   // an instruction starts here
	leader bool   // control comes here from elsewhere
	bare   bool   // the stack is lower here than the handler wants: a trace function that raises leaves the frame
}

// fixup is a jump whose distance is to be filled in.
type fixup struct {
	word   int
	target int // code unit; for toWord a word
	toWord bool
}

// copied says that words were copied.
type copied struct{ from, to, n int }

// fail notes that the instruction at hand is not one that verified code has.
// Behind what always raises an exception, though, verified code may have
// anything: the instruction becomes a Trap.
func (l *lifter) fail() { l.trapped = true }

// refuse notes the first reason that the code cannot be lifted.
func (l *lifter) refuse(reason string) {
	if l.failed == nil {
		l.failed = &Error{Name: l.o.QualNameText(), Reason: reason}
	}
	l.live = false
}

// takeBack takes back words of an instruction that failed.
func (l *lifter) takeBack(words int) {
	words = min(words, len(l.words))
	l.words, l.origin = l.words[:words], l.origin[:words]
	for n := len(l.fixups); n > 0 && l.fixups[n-1].word >= words; n-- {
		l.fixups = l.fixups[:n-1]
	}
}

// trap ends a block where control never comes.
func (l *lifter) trap() {
	l.trapped = false
	l.emit(MakeWord(Trap, 0, 0, 0, 0))
	l.die()
}

// zeroed returns s with n zero elements.
func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

func (l *lifter) reset(o *code.Object, faithful bool) {
	l.o, l.faithful, l.failed, l.trapped, l.conflict = o, faithful, nil, false, false
	l.iters, l.called, l.observed, l.parts = 0, 0, false, l.parts[:0]
	l.own, l.lone, l.mixed = 0, 0, false
	l.text = ""
	if o.Code != nil {
		l.text = o.Code.S
	}
	l.n = len(l.text) / 2
	l.units = zeroed(l.units, l.n+1)
	l.entries, l.seeded = l.entries[:0], l.seeded[:0]
	l.start, l.at, l.next, l.here = -1, -1, 0, -1
	l.live, l.rangeStart, l.rangeEnd, l.entry = false, 0, 0, -1
	l.stack, l.low, l.busy, l.def = l.stack[:0], 0, l.busy[:0], -1
	l.words, l.origin = l.words[:0], l.origin[:0]
	l.fixups, l.points, l.late, l.copies, l.remap = l.fixups[:0], l.points[:0], l.late[:0], l.copies[:0], nil
	l.caches, l.farCaches = l.caches[:0], nil
	l.globals = zeroed(l.globals, o.Names.Len())
	l.names = zeroed(l.names, o.Names.Len())
	l.seen = false
}

// run lifts the whole code.
func (l *lifter) run() {
	o := l.o
	switch {
	case o.Version != pyver.Py314 || o.Opcodes() != opcode.For(pyver.Py314):
		l.refuse("not bytecode of 3.14")
	case len(l.text) == 0 || len(l.text)%2 != 0 || l.n > 1<<28:
		l.refuse("not a number of code units")
	}
	l.layout()
	l.readTable()
	l.scan()
	if l.failed != nil {
		return
	}
	l.units[0].leader, l.units[0].depth = true, 1
	l.block(0)
	// What only leads backward to where nothing has led before.
	for l.failed == nil && len(l.late) > 0 {
		u := l.late[len(l.late)-1]
		l.late = l.late[:len(l.late)-1]
		if l.units[u].word == 0 {
			l.here = l.n
			l.block(u)
		}
	}
	if l.failed == nil && l.conflict && l.depths != nil {
		l.units[l.n].word = int32(len(l.words)) + 1
		l.trap()
	}
	if l.failed == nil {
		l.link()
	}
}

// layout gives variables and stack their slots. Fields of words reach 4096
// of them; if that is too few, variables that are no arguments go behind the
// stack.
func (l *lifter) layout() {
	o := l.o
	l.locals = o.LocalsPlusNames.Len()
	args := o.ArgCount + o.KwOnlyArgCount
	if o.Flags&code.VarArgs != 0 {
		args++
	}
	if o.Flags&code.VarKeywords != 0 {
		args++
	}
	if o.StackSize < 0 || o.StackSize > maxSlot || l.locals > 0xffff || args < 0 || args > l.locals {
		l.refuse("too many variables or values on the stack")
		return
	}
	const own = 4
	l.limit = o.StackSize
	l.near = l.locals
	if l.near+l.limit+own > maxSlot+1 {
		l.near = args
	}
	l.base = l.near
	l.scratch = l.base + l.limit
	l.slots = l.scratch + own + l.locals - l.near
	if l.scratch+own > maxSlot+1 {
		l.refuse("too many arguments or values on the stack")
		return
	}
	l.refs = zeroed(l.refs, l.slots)
}

// slot returns the slot of a variable.
func (l *lifter) slot(v int) int {
	if v >= l.near {
		return l.slots - l.locals + v
	}
	return v
}

// readTable reads the exception table, in code units.
func (l *lifter) readTable() {
	if l.o.ExceptionTable == nil || l.o.ExceptionTable.S == "" || l.failed != nil {
		return
	}
	entries, err := l.o.ExceptionEntries()
	if err != nil {
		l.refuse(err.Error())
		return
	}
	end := 0
	for i := range entries {
		e := &entries[i]
		e.Start, e.End, e.Target = e.Start/2, e.End/2, e.Target/2
		extra := 1
		if e.Lasti {
			extra = 2
		}
		if e.Start < end || e.End < e.Start || e.End > l.n || e.Target >= l.n || e.Depth+extra > l.limit {
			l.refuse("wrong exception table")
			return
		}
		end = e.End
		l.units[e.Target].leader = true
	}
	l.entries = entries
	l.seeded = zeroed(l.seeded, len(entries))
}

// scan finds the leaders.
func (l *lifter) scan() {
	if l.failed != nil {
		return
	}
	text, units := l.text, l.units
	arg, first := 0, true
	for u := 0; u < l.n; {
		r := &rules[text[2*u]]
		if first {
			units[u].start = true
		}
		arg = arg<<8 | int(text[2*u+1])
		if r.do == extend {
			u++
			first = false
			continue
		}
		next := u + 1 + int(r.caches)
		if r.jump != 0 {
			target := next + int(int32(arg))*int(r.jump)
			if r.do == forIter {
				// The interpreter goes on behind END_FOR.
				if target >= 0 && target < l.n && opcode.For(pyver.Py314).Info(text[2*target]).Op == opcode.END_FOR {
					target++
				} else {
					target = -1
				}
			}
			if target < 0 || target >= l.n {
				l.refuse("jump to nowhere")
				return
			}
			units[target].leader = true
		}
		arg, first = 0, true
		u = next
	}
	for u := range units[:l.n] {
		if units[u].leader && !units[u].start {
			l.refuse("jump into an instruction")
			return
		}
	}
}

// block lifts the instructions from a leader on. From the first one on it goes
// through the whole bytecode; others end where they meet what has been lifted.
func (l *lifter) block(u int) {
	late := l.here == l.n
	for l.failed == nil {
		if u >= l.n {
			if l.live {
				l.trap()
			}
			return
		}
		info := &l.units[u]
		if info.leader {
			l.start, l.at = u, u
			if !l.lead(u, info) && late {
				return
			}
		}
		if !l.live {
			if late {
				return
			}
			u++
			l.here = u
			continue
		}
		l.decode(u)
		words := len(l.words)
		if !l.trapped {
			l.instruction()
		}
		if l.trapped {
			l.takeBack(words)
			l.trap()
		}
		if !late {
			l.here = l.next
		}
		u = l.next
	}
}

// lead begins a block at leader u, if its instructions are to be lifted now.
func (l *lifter) lead(u int, info *unit) bool {
	if l.live {
		l.relocate()
		l.flush(len(l.stack))
		if ok := l.setDepth(u, len(l.stack), len(l.stack)); !ok || l.trapped {
			l.trap()
		} else if info.word != 0 {
			l.emit(MakeWord(Jump, 0, 0, 0, 0))
			l.fix(u)
			l.die()
			return false
		}
	}
	if !l.live {
		if info.word != 0 || info.depth == 0 {
			return false
		}
		l.enter(int(info.depth)-1, info.iters)
		l.called, l.lone = info.called, info.lone
	}
	l.own = info.own
	l.skipJump(u)
	info.word = int32(len(l.words)) + 1
	l.points = append(l.points, Point{uint32(len(l.words)), uint32(u), uint32(len(l.stack))})
	l.def = -1
	l.parts = l.parts[:0]
	return true
}

// skipJump takes back a jump to u when u comes next. Behind the branch that ends a loop it stays, because it stands for the jump that the loop
// ends with: what happens when the branch polls happens there.
func (l *lifter) skipJump(u int) {
	n := len(l.words) - 1
	if len(l.fixups) == 0 || l.faithful {
		return
	}
	f := &l.fixups[len(l.fixups)-1]
	if f.word != n || f.toWord || f.target != u || Op(l.words[n]) != Jump || int(l.points[len(l.points)-1].Word) > n ||
		n > 0 && opFlags[Op(l.words[n-1])]&Polls != 0 {
		return
	}
	l.words, l.origin = l.words[:n], l.origin[:n]
	l.fixups = l.fixups[:len(l.fixups)-1]
}

// decode reads the instruction at u.
func (l *lifter) decode(u int) {
	l.start = u
	arg := 0
	for {
		if u >= l.n {
			l.next = u
			l.fail()
			return
		}
		arg = arg<<8 | int(l.text[2*u+1])
		r := &rules[l.text[2*u]]
		if r.do != extend {
			l.at = u
			l.arg = int(int32(arg))
			l.silent = r.silent && !l.faithful // a trace function may raise before any instruction
			l.next = u + 1 + int(r.caches)
			if l.arg < 0 {
				l.fail()
			}
			break
		}
		u++
	}
	if l.at >= l.rangeEnd || l.at < l.rangeStart {
		l.findRange()
	}
}

// findRange finds the entry of the exception table for the instruction.
func (l *lifter) findRange() {
	lo, hi := 0, len(l.entries)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if l.entries[mid].End <= l.at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	l.rangeStart = 0
	if lo > 0 {
		l.rangeStart = l.entries[lo-1].End
	}
	switch {
	case lo == len(l.entries):
		l.entry, l.rangeEnd = -1, l.n
	case l.entries[lo].Start <= l.at:
		l.entry, l.rangeStart, l.rangeEnd = lo, l.entries[lo].Start, l.entries[lo].End
	default:
		l.entry, l.rangeEnd = -1, l.entries[lo].Start
	}
}

// following returns the next instruction's rule and oparg and where the one behind
// begins, if control comes there from this one only; else a rule to refuse.
func (l *lifter) following() (r *rule, arg, next int) { return l.peek(l.next) }

func (l *lifter) peek(u int) (r *rule, arg, next int) {
	if l.faithful || u >= l.n || l.units[u].leader {
		return &rules[0], 0, u
	}
	return l.look(u)
}

// look returns the rule and oparg of the instruction at unit u, and where the one behind begins.
func (l *lifter) look(u int) (r *rule, arg, next int) {
	for ; u < l.n; u++ {
		arg = arg<<8 | int(l.text[2*u+1])
		r := &rules[l.text[2*u]]
		if r.do != extend {
			return r, int(int32(arg)), u + 1 + int(r.caches)
		}
	}
	return &rules[0], 0, u
}

// emit appends a word of the instruction at hand.
func (l *lifter) emit(w uint64) {
	l.words = append(l.words, w)
	l.origin = append(l.origin, uint32(l.at))
}

// setDepth notes how high the stack is when control comes to leader u, and that the lowest entries, kept of them, are those that it has now. It fails if
// control does not come there in truth.
func (l *lifter) setDepth(u, depth, kept int) bool {
	info := &l.units[u]
	if l.depths != nil && l.depths[u] != depth {
		l.conflict = true
		return false
	}
	if info.depth == 0 {
		info.depth, info.iters, info.called = int32(depth)+1, lowest64(l.iters, kept), l.called
		info.own, info.lone = lowest64(l.own, kept), l.lone
		if u < l.here || l.here == l.n {
			l.late = append(l.late, u)
		}
	} else if int(info.depth) != depth+1 {
		l.conflict = true
		return false
	} else if info.iters != lowest64(l.iters, kept) {
		l.observed = true
	}
	l.meetOwn(info, kept)
	return true
}

// fix notes that the word just emitted jumps to leader u.
func (l *lifter) fix(u int) {
	l.fixups = append(l.fixups, fixup{word: len(l.words) - 1, target: u})
}

// cache returns the number of a cache for a name.
func (l *lifter) cache(op Op, name int) uint16 {
	c := Cache{op, int32(name)}
	n := len(l.caches)
	if n <= 0xffff {
		l.caches = append(l.caches, c)
		return uint16(n)
	}
	// The field is too narrow for more: let words share caches.
	if l.farCaches == nil {
		l.farCaches = map[Cache]int{}
		for i, c := range l.caches[:0x10000] {
			l.farCaches[c] = i
		}
	}
	n, ok := l.farCaches[c]
	if !ok {
		l.refuse("too many names of attributes")
	}
	return uint16(n)
}

// nameCache returns the number of the cache for a global name, one for all
// words that load it.
func (l *lifter) nameCache(by []int32, op Op, name int) uint32 {
	if by[name] == 0 {
		l.caches = append(l.caches, Cache{op, int32(name)})
		by[name] = int32(len(l.caches))
	}
	return uint32(by[name] - 1)
}
