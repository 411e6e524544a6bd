package verify

import (
	"fmt"
	"sync"

	"github.com/krait-py/krait/code"
)

// Object verifies o and all code objects below it.
func Object(o *code.Object) *Report {
	r := &Report{}
	a := analyses.Get().(*analysis)
	for nested := range o.All() {
		a.one(r, nested)
	}
	a.free()
	return r
}

// Module verifies o as the code of a file, and all code objects below it.
func Module(o *code.Object) *Report {
	r := Object(o)
	r.Findings = append(r.Findings, CheckModule(o)...)
	return r
}

// CheckModule returns what keeps o from being run as the code of a file, even if
// it is safe as that of a function: free variables, since the interpreter
// copies their cells from a closure that files do not have.
func CheckModule(o *code.Object) []Finding {
	n := frees(o)
	if n == 0 {
		return nil
	}
	return []Finding{{Object: o, Offset: -1, Rule: Closure,
		Message: "the code of a file has free variables", Found: fmt.Sprint(n), Want: "none"}}
}

// One verifies o alone; of nested code objects it only looks at what o needs
// to know of them.
func One(o *code.Object) *Report {
	r := &Report{}
	a := analyses.Get().(*analysis)
	a.one(r, o)
	a.free()
	return r
}

// analyses keeps the memory of analyses that are done.
var analyses = sync.Pool{New: func() any { return new(analysis) }}

// maxReused is how many values on stacks may be kept from one code object to
// the next.
const maxReused = 1 << 16

// free lets another verification use the memory of a, unless it is much.
func (a *analysis) free() {
	if len(a.at) > 1<<20 || cap(a.states) > 1<<16 || a.stored > maxReused {
		return
	}
	a.o, a.report, a.explain, a.told, a.iterating, a.assumed = nil, nil, nil, nil, nil, nil
	analyses.Put(a)
}

// one verifies o with the memory that a already has.
func (a *analysis) one(r *Report, o *code.Object) {
	r.Objects++
	if o.Code != nil {
		r.Size += len(o.Code.S)
	}
	if a.stored > maxReused {
		a.states = nil
	}
	*a = analysis{
		o: o, report: r, m: machineOf(o),
		ins: a.ins[:0], at: a.at[:0], jumps: a.jumps[:0], handlers: a.handlers[:0], leaders: a.leaders[:0],
		states: a.states[:0], pending: a.pending[:0], cur: a.cur, other: a.other,
		saved: a.saved[:0], taken: a.taken[:0], changed: a.changed[:0],
		iterating: a.iterating, assumed: a.assumed,
	}
	a.verify()
}

// analysis is the verification of one code object, or of one after the other.
type analysis struct {
	o      *code.Object
	m      *machine
	report *Report
	faults int            // findings about o
	told   map[fault]bool // what has been reported, once each

	ins      []instr
	at       []int32 // by offset: index of the instruction that starts there, plus 1
	jumps    []jump
	handlers []handler
	linked   bool    // targets of jumps are known
	leaders  []int32 // index of the instruction of each leader
	states   []state // of the leaders
	vars     variables

	iterating map[*code.Object]bool // what iterates found out
	assumed   map[*code.Object]kind // what defaults found out
	setName   int                   // index of conditionalAnnotations among the names, or -1

	// While the abstract interpreter runs.
	cur       state
	pending   []uint64 // a set of leaders to go on from
	work      int      // what is left of the budget
	stored    int      // values in the stacks of states
	raised    bool     // the current state has been joined into its handler (to 3.10)
	raisedLow int
	other     state // for unwinding
	reasons   [][]alternative
	reasonAt  map[string]int32 // encoded alternatives to their index in reasons
	saved     []value
	dug       bool    // the last instruction took what a handler has
	taken     []value // what the instruction took off the stack
	changed   []int32 // locals that the last instructions changed
	closures  [][]int32
	closureAt map[int]int32 // BUILD_TUPLE to its index in closures
	alias     [3]value      // what the last BUILD_TUPLE 3 took
	explain   func(i int, s *state)
}

type fault struct {
	offset int
	rule   Rule
}

func (a *analysis) verify() {
	if a.m == nil {
		a.whole(Limit, fmt.Sprintf("Python %v is not known", a.o.Version), "", "")
		return
	}
	a.checkTables()
	if a.checkShape() && a.decode() {
		a.run()
	}
}

// whole reports something about the code object as a whole.
func (a *analysis) whole(rule Rule, msg, found, want string) { a.fault(-1, rule, msg, found, want) }

// fault reports something about the instruction at an offset.
func (a *analysis) fault(offset int, rule Rule, msg, found, want string) {
	key := fault{offset, rule}
	if a.faults >= maxFindings || offset >= 0 && a.told[key] {
		return
	}
	if a.told == nil {
		a.told = map[fault]bool{}
	}
	a.told[key] = true
	a.faults++
	a.report.Findings = append(a.report.Findings, Finding{
		Object: a.o, Offset: offset, Rule: rule, Message: msg, Found: found, Want: want,
		Path: a.path(offset),
	})
}
