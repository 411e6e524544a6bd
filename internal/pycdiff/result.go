package pycdiff

import (
	"fmt"
	"slices"
	"strings"
)

// Level says what kind of thing differs.
type Level string

// The levels, from what matters least.
const (
	Header    Level = "header"    // any field of the header
	Trailing  Level = "trailing"  // bytes behind the code object
	Refs      Level = "refs"      // reference flags, type codes, sharing, interning
	Order     Level = "order"     // of constants, names and variables
	Encoding  Level = "encoding"  // of bytecode and tables that say the same
	Filenames Level = "filenames" // co_filename
	Columns   Level = "columns"   // positions, but no line numbers
	Lines     Level = "lines"     // line numbers
	StackSize Level = "stacksize" // co_stacksize
	Flags     Level = "flags"     // co_flags
	Version   Level = "version"   // of Python; then bytecode is not compared
	Names     Level = "names"     // of code objects, variables and globals
	Signature Level = "signature" // parameters
	Constants Level = "constants" // constants that only one of them has
	Handlers  Level = "handlers"  // exception handlers (3.11 and later)
	Code      Level = "code"      // instructions
	Functions Level = "functions" // code objects that only one of them has
)

// Levels lists all levels, what matters least first.
func Levels() []Level {
	return []Level{Header, Trailing, Refs, Order, Encoding, Filenames, Columns, Lines, StackSize, Flags,
		Version, Names, Signature, Constants, Handlers, Code, Functions}
}

var words = map[Level]string{
	Header:    "the header",
	Trailing:  "what follows the code",
	Refs:      "reference flags and marshal forms",
	Order:     "the order of constants and names",
	Encoding:  "the encoding of bytecode and tables",
	Filenames: "file names",
	Columns:   "columns",
	Lines:     "line numbers",
	StackSize: "stack sizes",
	Flags:     "flags",
	Version:   "the version of Python",
	Names:     "names",
	Signature: "parameters",
	Constants: "constants",
	Handlers:  "exception handlers",
	Code:      "instructions",
	Functions: "functions",
}

// Finding is one thing that differs.
type Finding struct {
	Level Level
	// Where is the qualified name of the code object, empty for the file.
	Where string
	// Text says what differs, in one line.
	Text string
	// Diff are the lines of a unified diff, where there is one.
	Diff []string
}

// Result is what there is to say about two files.
type Result struct {
	// Identical is set when the files have the same bytes.
	Identical bool
	Findings  []Finding
	// Ignored lists the levels of findings that were left out.
	Ignored []Level
}

// Same reports whether nothing differs but what was ignored.
func (r *Result) Same() bool { return len(r.Findings) == 0 }

// Ignore leaves out the findings of the levels given.
func (r *Result) Ignore(levels []Level) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f Finding) bool {
		if !slices.Contains(levels, f.Level) {
			return false
		}
		if !slices.Contains(r.Ignored, f.Level) {
			r.Ignored = append(r.Ignored, f.Level)
		}
		return true
	})
}

// Found lists the levels of the findings, what matters most first.
func (r *Result) Found() []Level {
	found := []Level{}
	for _, l := range slices.Backward(Levels()) {
		if slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Level == l }) {
			found = append(found, l)
		}
	}
	return found
}

// Summary says in one line what kinds of things differ.
func (r *Result) Summary() string {
	found := r.Found()
	switch {
	case r.Identical:
		return "identical"
	case len(found) == 0:
		return "same but for " + list(r.Ignored)
	case len(found) == 1:
		return "differ in " + list(found) + " only" + r.places(found[0])
	}
	return "differ in " + list(found)
}

// places says in how many code objects findings of level l are.
func (r *Result) places(l Level) string {
	var where []string
	for _, f := range r.Findings {
		if f.Level == l && f.Where != "" && !slices.Contains(where, f.Where) {
			where = append(where, f.Where)
		}
	}
	switch len(where) {
	case 0:
		return ""
	case 1:
		return ", of " + where[0]
	}
	return fmt.Sprintf(", of %d code objects", len(where))
}

func list(levels []Level) string {
	var names []string
	for _, l := range levels {
		names = append(names, words[l])
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
