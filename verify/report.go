package verify

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
)

// Rule names what a finding is about.
type Rule string

// The rules.
const (
	Opcode         Rule = "opcode"          // no instruction, or one that only the interpreter itself writes
	Oparg          Rule = "oparg"           // an operand out of its range
	Jump           Rule = "jump"            // control leads to where no instruction starts
	FallsOff       Rule = "falls-off"       // control leaves the code at its end
	Underflow      Rule = "stack-underflow" // more is taken from the stack than there is
	Overflow       Rule = "stack-overflow"  // the stack becomes higher than StackSize
	Join           Rule = "stack-join"      // two ways lead to a place with different stacks
	Kind           Rule = "kind"            // a value is not of the kind that an instruction needs
	Unbound        Rule = "unbound-local"   // an instruction that does not check reads an unbound variable
	Borrow         Rule = "borrow"          // a borrowed reference may outlive its variable
	Cell           Rule = "cell"            // a variable without its cell, or a cell in the way
	Closure        Rule = "closure"         // nested code gets other cells than it has free variables
	Hidden         Rule = "hidden-argument" // compiler-made code gets what its source could not give it
	Generator      Rule = "generator"       // the generator protocol is not kept
	BlockStack     Rule = "block-stack"     // blocks are not opened and closed in order (to 3.10)
	ExceptionTable Rule = "exception-table" // the exception table is damaged (3.11 on)
	LineTable      Rule = "line-table"      // the line or location table is damaged
	Caches         Rule = "caches"          // an inline cache that is not empty
	Size           Rule = "size"            // lengths and counts that do not fit together
	Flags          Rule = "flags"           // flags that contradict each other or the code
	Names          Rule = "names"           // a name that is none, or missing
	Consts         Rule = "consts"          // a constant is missing, or is not what an instruction needs
	Limit          Rule = "limit"           // too large or too entangled to be proven
)

// Finding is something that could not be proven.
type Finding struct {
	Object *code.Object
	// Offset is where the instruction stands, in bytes; -1 when the finding is
	// about the code object as a whole.
	Offset  int
	Rule    Rule
	Message string
	// Found and Want say what there is and what there should be; both may be
	// empty.
	Found, Want string
	// Path is a shortest way from the entry to Offset, both included: the
	// offsets of the instructions after which control did not simply go on,
	// and of those that it went to. It is nil when no way leads there or the
	// finding is about the code object as a whole.
	Path []int
}

// String returns the finding as "offset 12: rule: message".
func (f *Finding) String() string {
	var b strings.Builder
	if f.Offset >= 0 {
		fmt.Fprintf(&b, "offset %d: ", f.Offset)
	}
	fmt.Fprintf(&b, "%s: %s", f.Rule, f.Message)
	if f.Found != "" {
		fmt.Fprintf(&b, ", found %s", f.Found)
	}
	if f.Want != "" {
		fmt.Fprintf(&b, ", want %s", f.Want)
	}
	return b.String()
}

// Report is the outcome of a verification.
type Report struct {
	Objects  int // code objects looked at
	Size     int // their bytecode, in bytes
	Findings []Finding
}

// OK reports whether everything is proven.
func (r *Report) OK() bool { return len(r.Findings) == 0 }

// maxFindings is how many findings one code object gets at most.
const maxFindings = 50
