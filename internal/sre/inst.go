package sre

// opcode is an operation of the matcher. What is said of "here" means the current
// position; "fails" means that the latest frame of the stack is taken up again.
type opcode uint8

const (
	opFail    opcode = iota
	opAccept         // the match ends here, if the way of matching allows it
	opByte           // the byte here is c
	opNotByte        // the byte here is not c
	opTable          // tab has the byte here
	opClass          // tab has the byte here, or class has the character
	opAnyWide        // there is a character here
	opString         // text is here
	opFold           // text is here when ASCII letters are in lower case

	opMark // mark n is here

	opBegin       // here is the beginning
	opBeginLine   // ... or a newline is before
	opEnd         // here is the end, or the last newline
	opEndLine     // here is the end or a newline
	opEndText     // here is the end
	opBoundary    // tab has one of the bytes before and after, or, with no set, both or none
	opBoundaryUni // the same, of characters

	opJump    // goes on at x
	opBranch  // goes on at those of lists that the byte here allows
	opRun     // repeats a byte, greedily
	opRunWide // repeats a character, greedily
	opLazy
	opLazyWide
	opTake // repeats a byte without a way back
	opTakeWide

	opRepeat   // begins a counted repeat, whose end is at x
	opMaxUntil // ends the body at x of a counted greedy repeat
	opMinUntil // ... of a counted lazy repeat
	opMaxLoop  // ends the body at x of a greedy repeat without limits
	opMinLoop  // ... of a lazy one

	opLook     // begins an assertion of what stands min characters before; x is behind it
	opLookEnd  // the assertion has matched
	opLookByte // tab has the byte n before
	opLookText // text is n bytes before
	opLookWide // class has the character here, or the one before

	opAtomic         // begins an atomic group
	opAtomicEnd      // ends it
	opPossessive     // begins a repeat without a way back
	opPossessiveTest // goes round once more, or on at x
	opPossessiveEnd  // ends the body of the repeat with the test at x

	opRef        // group n again
	opRefIgnore  // ... in any case of ASCII letters
	opRefUnicode // ... in any case
	opCond       // if group n has not matched, goes on at x

	opBottom // never runs: its frame is the lowest
)

// shape says how a run finds how often its item stands somewhere.
type shape uint8

const (
	shapeTable   shape = iota // bytes that tab has
	shapeNotByte              // bytes other than c
	shapeAll                  // all
	shapeClass                // characters that tab or class has
	shapeText                 // characters: ASCII that tab has, and all others
)

// inst is an instruction. Which fields mean something depends on op. It has 64 bytes, so
// that finding one takes no multiplication.
type inst struct {
	op    opcode
	shape shape
	c     byte
	// full says that failing back to it puts back the values of marks; otherwise
	// only those above the then highest mark are forgotten. Of opMark it
	// says that there are instructions that put back.
	full bool
	// not turns an assertion round.
	not bool
	// free says that nothing is known of what follows a run or repeat; otherwise
	// bit 1 of tab's elements tells. bodyFree says the same of a repeat's body and bit 0.
	free, bodyFree bool
	// only says that of all ways of a run only the first can lead on.
	only bool
	// lead says that when a match cannot begin with this run, it cannot begin inside of it.
	lead bool
	n    int32
	x    int32
	min  uint32
	max  int
	// tab has facts about bytes, and at 256 about the end of the subject: bit 0
	// that the item accepts it, or that the body may begin with it; bit 1 that the
	// rest may begin with it.
	tab    *table
	class  *class
	branch *ways
	text   *string
}

// ways are the alternatives of a branch.
type ways struct {
	// by has for each byte, and for the end at 256, where in targets the list
	// of possible ways begins. A list ends with -1.
	by      [257]int32
	targets []int32
}

// table has facts about bytes, and at 256 about the end of the subject.
type table [257]uint8

const (
	bitItem = 1
	bitRest = 2
)

// program is the translation of a tree for one sort of subject.
type program struct {
	code   []inst
	wide   bool
	loops  bool // there are full frames, so overwritten marks go to the trail
	marks  int
	slots  int // of repeats and groups that need memory beside the stack
	width  int
	search search
}
