package sre

import (
	"errors"
	"strings"
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

	program  *program
	text     string
	limit    int
	lastMark int
	marks    []int
	slots    []slot
	stack    []frame
	trail    []overwritten
	steps    uint32
}

// slot is memory of a repeat, an assertion or an atomic group that is being matched.
type slot struct {
	count int // of complete iterations
	last  int // where the latest began, or where an assertion stands
	base  int // height of the stack at the beginning
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
	if p.whole {
		st.lastMark, st.LastIndex = -1, -1
		s := st.text[st.From:st.limit]
		i := -1
		if p.find == findChar {
			i = strings.IndexByte(s, p.findByte)
		} else {
			i = strings.Index(s, p.findText)
		}
		st.Start = st.From + i
		st.End = st.Start + len(p.findText)
		return i >= 0, nil
	}
	return st.run(true, false)
}

// Next is Search for the match behind the one found last: it moves From there.
func (st *State) Next() (bool, error) {
	ok, err := st.Search()
	if ok {
		st.From, st.MustAdvance = st.End, st.End == st.Start
	}
	return ok, err
}

// candidate returns the first offset from i on where a match may begin; -1 if there is none.
func (p *program) candidate(s string, i int) int {
	if len(s)-i < p.width {
		return -1
	}
	switch p.find {
	case findHere:
		if i > 0 {
			return -1
		}
	case findLine:
		if i > 0 && s[i-1] != '\n' {
			k := strings.IndexByte(s[i:], '\n')
			if k < 0 {
				return -1
			}
			i += k + 1
		}
	case findChar:
		k := strings.IndexByte(s[i:], p.findByte)
		if k < 0 {
			return -1
		}
		i += k
	case findPlain:
		k := strings.Index(s[i:], p.findText)
		if k < 0 {
			return -1
		}
		i += k
	case findTable:
		tab := p.findTab
		for ; i < len(s); i++ {
			if tab[s[i]] != 0 {
				return i
			}
		}
		return -1
	}
	return i
}

// grow makes room for more frames behind the first sp.
func (st *State) grow(sp int) bool {
	most := st.MaxStack
	if most == 0 {
		most = defaultStack
	}
	most /= int(unsafe.Sizeof(frame{}))
	n := min(2*sp, most)
	if n <= sp {
		return false
	}
	stack := make([]frame, n)
	copy(stack, st.stack[:sp])
	st.stack = stack
	return true
}

// overwrite remembers the value of a mark that gets a new one.
func (st *State) overwrite(mark int) bool {
	if len(st.trail) == cap(st.trail) {
		most := st.MaxStack
		if most == 0 {
			most = defaultStack
		}
		if len(st.trail) >= most/int(unsafe.Sizeof(overwritten{})) {
			return false
		}
	}
	st.trail = append(st.trail, overwritten{mark, st.marks[mark]})
	return true
}

// undo puts back the marks overwritten since the trail had length n.
func (st *State) undo(n int) {
	for i := len(st.trail) - 1; i >= n; i-- {
		st.marks[st.trail[i].mark] = st.trail[i].pos
	}
	st.trail = st.trail[:n]
}
