package lift

import "github.com/krait-py/krait/code"

// Location is the state of the stack machine before a word of the register machine.
type Location struct {
	Unit  int      // code unit of the instruction that comes next
	Stack []Source // the evaluation stack
}

// Source says where an entry of the evaluation stack is.
type Source struct {
	Kind  SourceKind
	Index int // slot, index of the constant, value of the integer, oparg of LOAD_COMMON_CONSTANT
}

// SourceKind is the kind of a Source.
type SourceKind uint8

// The kinds of sources.
const (
	FromSlot SourceKind = iota
	FromConst
	FromInt
	FromNull
	FromCommon
)

// Locate returns the state before word of what [Lift] returns for o, if that
// lies between two instructions: then execution can go over to faithful code
// there, once the sources have been moved to their places. (They may have to be
// moved all at once: one's source may be another's place.) Locate lifts o
// again; it is for the rare moment when tracing begins.
func Locate(o *code.Object, word int) (Location, bool) { return locate(o, word, false) }

// LocateResumed is Locate for the word behind a [Yield]: the state right behind YIELD_VALUE, even where the Yield does what the
// instructions behind that do, too, as in x = yield. The value that has been sent is where the Yield has put it, whatever the source says.
func LocateResumed(o *code.Object, word int) (Location, bool) { return locate(o, word, true) }

func locate(o *code.Object, word int, resumed bool) (Location, bool) {
	l := lifters.Get().(*lifter)
	defer l.free()
	l.resumed = resumed
	l.try(o, false, -1)
	if l.failed != nil || word < 0 || word >= len(l.words) {
		return Location{}, false
	}
	if l.remap != nil {
		found := false
		for from, to := range l.remap {
			if int(to) == word {
				word, found = from, true
				break
			}
		}
		if !found {
			return Location{}, false
		}
	}
	for _, c := range l.copies {
		// The state behind a word is the same behind its copy.
		if word > c.to && word <= c.to+c.n {
			word += c.from - c.to
			break
		}
	}
	l.try(o, false, word)
	if l.failed != nil || !l.seen {
		return Location{}, false
	}
	return l.located, true
}

// locate notes the state before the instruction at hand.
func (l *lifter) locate() {
	l.seen = true
	l.located = Location{Unit: l.start, Stack: make([]Source, len(l.stack))}
	for i, e := range l.stack {
		l.located.Stack[i] = Source{SourceKind(e.kind), int(e.v)}
	}
}
