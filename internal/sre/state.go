package sre

import (
	"errors"
	"sync/atomic"
	"unsafe"
)

// ErrMemory is the error of a match that needs more memory than it may have.
var ErrMemory = errors.New("regular expression match needs too much memory")

// defaultStack is how many bytes backtracking may take if State does not say.
const defaultStack = 1 << 30

// keepStack is how many frames a State keeps between matches.
const keepStack = 1 << 14

// Program is a compiled pattern. Any number of threads may use it at once.
type Program struct {
	tree         *tree
	narrow, wide atomic.Pointer[program]
}

// Compile returns the program for the codes of a pattern with so many groups. The error
// is ErrCode for codes that the re package does not make.
func Compile(code []uint32, groups int) (*Program, error) {
	t, err := parse(code, groups)
	if err != nil {
		return nil, err
	}
	return &Program{tree: t}, nil
}

// program returns the translation for a sort of subject.
func (p *Program) program(wide bool) *program {
	at := &p.narrow
	if wide {
		at = &p.wide
	}
	q := at.Load()
	if q == nil {
		q = p.tree.emit(wide)
		at.Store(q)
	}
	return q
}

// State is a subject being matched, and what has been found. Its memory serves any number
// of subjects and programs, one at a time.
type State struct {
	// Start and End are the bounds of the match.
	Start, End int
	// LastIndex is the number of the group that was closed last, -1 if none was.
	LastIndex int
	// From is the offset where the next match or search begins. Next moves it.
	From int
	// MustAdvance refuses an empty match at From.
	MustAdvance bool
	// Poll is called now and then. An error from it ends the match.
	Poll func() error
	// MaxStack is how many bytes the stack of frames may take, 0 for the default.
	MaxStack int

	program *program
	text    string
	limit   int
	// What has been marked, the highest mark that is set, and former values of marks.
	marks    []int
	lastMark int
	trail    []overwritten
	slots    []slot
	// The stack of frames, of which sp are in use.
	stack []frame
	sp    int
	// The loop's view of instructions and frames: their beginnings and the last frame, which
	// stays unused.
	code, frames unsafe.Pointer
	last         *frame
	// Where the matcher is, and where the attempt began.
	pos, pc, start int
	// ahead is how far a run has been found to go that slow is to go on with.
	ahead int
	// skip is where a search goes on at the earliest.
	skip int
	// search and full say what is looked for. strict says that an accepting match has to be
	// looked at: the first attempt of a search, and any other way of matching.
	search, full, strict bool
	steps                uint32
	err                  error
}

// slot is memory of a repeat, an assertion or an atomic group that is being matched.
type slot struct {
	count int // of complete iterations
	last  int // where the latest began, or where an assertion stands
	base  int // height of the stack at the beginning
	trail int // length of the trail at the beginning
}

// frame is a way that has not been taken yet, or something to put back.
type frame struct {
	pc       int32 // of the instruction that made it
	lastMark int32
	index    int32 // LastIndex
	trail    int32 // length
	pos      int
	a, b     int // as the instruction likes
}

// overwritten is a former value of a mark.
type overwritten struct {
	mark int
	pos  int
}

// Reset prepares for matching p from one offset of text to another, both of them between 0 and len(text).
// The text is bytes if wide is false, and generalised UTF-8 otherwise, with offsets at
// beginnings of characters. It must not change before the next Reset.
func (st *State) Reset(p *Program, text string, wide bool, from, limit int) {
	st.program = p.program(wide)
	st.text, st.From, st.limit = text, from, limit
	st.MustAdvance = false
	st.lastMark, st.LastIndex = -1, -1
	q := st.program
	if cap(st.marks) < q.marks {
		st.marks = make([]int, q.marks)
	}
	st.marks = st.marks[:q.marks]
	if cap(st.slots) < q.slots {
		st.slots = make([]slot, q.slots)
	}
	st.slots = st.slots[:q.slots]
}

// ResetBytes is Reset for bytes.
func (st *State) ResetBytes(p *Program, text []byte, from, limit int) {
	st.Reset(p, unsafe.String(unsafe.SliceData(text), len(text)), false, from, limit)
}

// Group returns the bounds of group i, counted from 1; -1 for both if it has not matched.
func (st *State) Group(i int) (start, end int) {
	i = 2*i - 2
	if i+1 <= st.lastMark && st.marks[i] >= 0 && st.marks[i+1] >= 0 {
		return st.marks[i], st.marks[i+1]
	}
	return -1, -1
}

// Match looks for a match that begins at From.
func (st *State) Match() (bool, error) { return st.run(false, false) }

// FullMatch looks for a match from From to the limit.
func (st *State) FullMatch() (bool, error) { return st.run(false, true) }

// Search looks for the first match that begins at From or behind.
func (st *State) Search() (bool, error) {
	p := st.program
	if st.From > st.limit {
		return false, nil
	}
	if p.search.whole {
		st.lastMark, st.LastIndex = -1, -1
		i := p.search.indexText(st.text[:st.limit], st.From)
		st.Start, st.End = i, i+len(p.search.text)
		return i >= 0, nil
	}
	return st.run(true, false)
}

// Next is Search for the match behind the one found last: it moves From there.
func (st *State) Next() (bool, error) {
	ok, err := st.Search()
	if ok {
		st.Advance()
	}
	return ok, err
}

// Advance sets out for the match behind the one found last.
func (st *State) Advance() {
	st.From, st.MustAdvance = st.End, st.End == st.Start
}

// Release lets go of subject and program, until the next Reset.
func (st *State) Release() {
	st.program, st.text, st.code = nil, "", nil
}

// bound returns how many things of a size memory may hold.
func (st *State) bound(size uintptr) int {
	if st.MaxStack == 0 {
		return defaultStack / int(size)
	}
	return st.MaxStack / int(size)
}

// grow makes room for more frames. It fails with an error in st.
//
//go:noinline
func (st *State) grow() bool {
	n := min(2*len(st.stack), st.bound(unsafe.Sizeof(frame{})))
	if n <= len(st.stack) {
		st.err = ErrMemory
		return false
	}
	stack := make([]frame, n)
	copy(stack, st.stack)
	st.stack = stack
	st.frames, st.last = unsafe.Pointer(&stack[0]), &stack[n-1]
	return true
}

// push puts a frame for the current instruction on the stack.
func (st *State) push(pos, a int) bool {
	if st.sp == len(st.stack)-1 && !st.grow() {
		return false
	}
	st.stack[st.sp] = frame{
		pc: int32(st.pc), lastMark: int32(st.lastMark), index: int32(st.LastIndex), trail: int32(len(st.trail)),
		pos: pos, a: a,
	}
	st.sp++
	return true
}

// growTrail makes room for overwritten marks. It fails with an error in st.
func (st *State) growTrail() bool {
	if len(st.trail) >= st.bound(unsafe.Sizeof(overwritten{})) {
		st.err = ErrMemory
		return false
	}
	st.trail = append(st.trail, overwritten{})[:len(st.trail)]
	return true
}

// maxTrail is how much longer than at its beginning a repeat without a way back lets the trail
// grow, beside two entries a mark.
const maxTrail = 1 << 12

// compact drops from the trail behind n what never will be put back, because no frame is
// left that would put back only some of it: all but the first former value of each mark.
func (st *State) compact(n int) {
	seen := make([]bool, len(st.marks))
	kept := st.trail[:n]
	for _, o := range st.trail[n:] {
		if !seen[o.mark] {
			seen[o.mark] = true
			kept = append(kept, o)
		}
	}
	st.trail = kept
}

// undo puts back the marks overwritten since the trail had length n.
func (st *State) undo(n int) {
	for i := len(st.trail) - 1; i >= n; i-- {
		st.marks[st.trail[i].mark] = st.trail[i].pos
		st.trail = st.trail[:i]
	}
}

// group returns the bounds of the group with number i, counted from 0, as references see them: it must
// be complete. They are -1 if it has not matched.
func (st *State) group(i int) (from, to int) {
	i *= 2
	if i < st.lastMark && st.marks[i] >= 0 && st.marks[i+1] >= st.marks[i] {
		return st.marks[i], st.marks[i+1]
	}
	return -1, -1
}

// poll asks the caller whether to go on. It fails with an error in st.
//
//go:noinline
func (st *State) poll() bool {
	st.err = st.Poll()
	return st.err == nil
}
