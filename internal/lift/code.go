package lift

import "slices"

// RegSize is the size of a register in bytes: fields that name registers and
// constants are scaled by it.
const RegSize = 16

// maxSlot is the last slot that a field can name.
const maxSlot = 0xffff / RegSize

// Code is a code object as a register machine runs it. It is not changed after
// it has been made, except by the interpreter that owns it.
type Code struct {
	// Words are the operations: see the package comment for their fields.
	Words []uint64
	// Units has for each word the code unit of the instruction it belongs to:
	// what f_lasti is while it runs (in bytes, twice as much), and where an
	// exception that it raises comes from.
	Units []uint32
	// Handlers are sorted by Start; no two overlap.
	Handlers []Handler
	// Caches say what the inline caches are for, by number.
	Caches []Cache
	// Points are the words at which everything is in its canonical place, by
	// word: the targets of jumps. For others see [Locate].
	Points []Point

	// NLocals is the number of variables in localsplus. Variable i is in slot
	// i, but see Slot.
	NLocals int
	// StackBase is the slot of the lowest entry of the evaluation stack; entry i
	// has slot StackBase + i.
	StackBase int
	// MaxSlots is the number of slots of a frame.
	MaxSlots int
	// ClearFrom and ClearTo are the slots (from, to before) that have to be made
	// NULL before the code runs: those of the variables that neither arguments
	// nor CopyFreeVars set.
	ClearFrom, ClearTo int

	// Generator says that the code is that of a generator, coroutine or
	// asynchronous generator.
	Generator bool
	// Faithful says that the code was made by [Faithful].
	Faithful bool

	near int // variables in slots of their own number
}

// Slot returns the slot of variable i of localsplus: i, except in code with too
// many slots for a word to name; there, variables that are no arguments may
// lie behind the evaluation stack.
func (c *Code) Slot(i int) int {
	if i >= c.near {
		return c.MaxSlots - c.NLocals + i
	}
	return i
}

// Alone reports whether frames have to be alone: the arguments of calls must be
// copied, because a generator's frame is no wider than MaxSlots, or variables lie
// behind the evaluation stack. Such code has CallGen and CallMethodGen instead of
// Call and CallMethod.
func (c *Code) Alone() bool { return c.Generator || c.near < c.NLocals }

// LeadsBack reports whether a handler at word to, for what word w raises, is not behind the instruction that w stands for. It has to poll,
// as jumps back do: all ways round then have a poll. Words are not in the order of their units where blocks have been put behind the rest, and
// where the test of a loop is repeated in place of the jump at the loop's end. But from one point to the next they run one after another.
func (c *Code) LeadsBack(to, w int) bool {
	var from Point
	if i := lowest(len(c.Points), func(i int) bool { return int(c.Points[i].Word) > w }); i > 0 {
		from = c.Points[i-1]
	}
	return c.Units[to] <= max(from.Unit, slices.Max(c.Units[from.Word:w+1]))
}

// Handler says where an exception goes that a word raises: the frame's slot
// Slot gets it (with Lasti: that slot gets the raising instruction's offset in
// bytes as an int, the next one the exception), and word Target runs next.
// Drops says that there may be a clause that takes the exception off the stack
// without looking at it.
type Handler struct {
	Start, End uint32 // words, End exclusive
	Target     uint32 // word
	Slot       uint32
	Lasti      bool
	Drops      bool
}

// Handler returns the handler for exceptions that word raises.
func (c *Code) Handler(word int) (Handler, bool) {
	i := lowest(len(c.Handlers), func(i int) bool { return int(c.Handlers[i].End) > word })
	if i < len(c.Handlers) && int(c.Handlers[i].Start) <= word {
		return c.Handlers[i], true
	}
	return Handler{}, false
}

// Cache says what an inline cache is for.
type Cache struct {
	Op   Op    // of the words that use it, all of them
	Name int32 // index into co_names; of LoadSpecial the method's number
}

// Point is a word where an instruction begins and every value is in its
// canonical place: variables in theirs, entry i of the evaluation stack in slot
// StackBase + i. Execution can go over from one code of the same code object to
// another at such points.
type Point struct {
	Word, Unit uint32
	Depth      uint32 // of the evaluation stack
}

// PointAt returns the point at a word; of several, between which nothing
// happens, the last.
func (c *Code) PointAt(word int) (Point, bool) {
	i := lowest(len(c.Points), func(i int) bool { return int(c.Points[i].Word) > word }) - 1
	if i >= 0 && int(c.Points[i].Word) == word {
		return c.Points[i], true
	}
	return Point{}, false
}

// WordAt returns the word at which execution of the instruction at a code unit
// begins, if there is a point. In faithful code there is one for each
// instruction that can be reached: its Event.
func (c *Code) WordAt(unit int) (int, bool) {
	// Most points are in the order of units, too.
	i := lowest(len(c.Points), func(i int) bool { return int(c.Points[i].Unit) >= unit })
	if i < len(c.Points) && int(c.Points[i].Unit) == unit {
		return int(c.Points[i].Word), true
	}
	for _, p := range c.Points {
		if int(p.Unit) == unit {
			return int(p.Word), true
		}
	}
	return 0, false
}

// lowest returns the first of n indices that f holds for, as it does for all
// behind; n for none.
func lowest(n int, f func(int) bool) int {
	lo, hi := 0, n
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); f(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
