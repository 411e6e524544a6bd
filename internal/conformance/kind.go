package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/krait-py/krait/pyver"
)

// Kind names one comparison. Those of .pyc files are "roundtrip", "rewrite", "asm",
// "stacksize", "show", "lines", "positions", "dis", and "dis-" with letters of
// dis's flags in the order COPS ("dis-CS"); those of sources are [SourceKinds].
type Kind string

// The kinds that are not dis.
const (
	// RoundTrip compares a file with what krait writes after reading it.
	RoundTrip Kind = "roundtrip"
	// Rewrite compares a file with what krait writes after taking all its
	// code objects apart and putting them together again.
	Rewrite Kind = "rewrite"
	// Asm compares a file with what krait assembles from its exact text.
	Asm Kind = "asm"
	// StackSize compares a file with one whose stack sizes krait computed
	// (3.10 and later: before, compilers count more than they need).
	StackSize Kind = "stacksize"
	// Show compares show_code of all code objects of a file.
	Show Kind = "show"
	// Lines compares co_lines (3.10 and later) or dis.findlinestarts.
	Lines Kind = "lines"
	// Positions compares co_positions.
	Positions Kind = "positions"
	// Dis compares dis without flags.
	Dis Kind = "dis"
)

// Bytes reports whether k compares the bytes of the file itself.
func (k Kind) Bytes() bool { return k == RoundTrip || k == Rewrite || k == Asm || k == StackSize }

// Flags returns the flag letters of a kind of dis, and whether k is one.
func (k Kind) Flags() (string, bool) {
	if k == Dis {
		return "", true
	}
	return strings.CutPrefix(string(k), "dis-")
}

// disKind is the inverse of [Kind.Flags].
func disKind(flags string) Kind {
	if flags == "" {
		return Dis
	}
	return Kind("dis-" + flags)
}

// DisFlags returns the letters of the flags that dis of version v has.
func DisFlags(v pyver.Version) string {
	switch {
	case v >= pyver.Py314:
		return "COPS"
	case v >= pyver.Py313:
		return "COS"
	case v >= pyver.Py311:
		return "CS"
	}
	return ""
}

// Supports reports whether version v has the kind: its interpreter can be
// asked for it.
func (k Kind) Supports(v pyver.Version) bool {
	if k.Source() {
		return v == pyver.Py314
	}
	switch k {
	case RoundTrip, Rewrite, Asm, Lines:
		return true
	case StackSize:
		return v >= pyver.Py310
	case Show:
		return v > pyver.Py27
	case Positions:
		return v >= pyver.Py311
	}
	flags, ok := k.Flags()
	return ok && strings.Trim(flags, DisFlags(v)) == ""
}

// EveryKind lists all the kinds that version v supports and that begin with a
// .pyc, every combination of dis's flags included.
func EveryKind(v pyver.Version) []Kind {
	kinds := []Kind{RoundTrip, Rewrite, Asm, StackSize, Show, Lines, Positions}
	letters := DisFlags(v)
	for set := range 1 << len(letters) {
		var flags []byte
		for i := range len(letters) {
			if set&(1<<i) != 0 {
				flags = append(flags, letters[i])
			}
		}
		kinds = append(kinds, disKind(string(flags)))
	}
	return slices.DeleteFunc(kinds, func(k Kind) bool { return !k.Supports(v) })
}

// ParseKinds reads a list of kinds for version v: names separated by commas,
// where "all" stands for all but combinations of some of dis's flags, and
// "every" for [EveryKind], and "source" for [SourceKinds]. Kinds that v does not support are left out.
func ParseKinds(list string, v pyver.Version) ([]Kind, error) {
	var kinds []Kind
	for name := range strings.SplitSeq(list, ",") {
		k := Kind(strings.TrimSpace(name))
		switch {
		case k == "source":
			for _, k := range SourceKinds() {
				if k.Supports(v) {
					kinds = append(kinds, k)
				}
			}
		case k == "every":
			kinds = append(kinds, EveryKind(v)...)
		case k == "all":
			for _, k := range EveryKind(v) {
				if f, isDis := k.Flags(); !isDis || len(f) <= 1 || f == DisFlags(v) {
					kinds = append(kinds, k)
				}
			}
		case !known(k):
			return nil, fmt.Errorf("unknown kind %q: want roundtrip, rewrite, asm, show, lines, positions, dis, dis-COPS (some of the letters), all, every, ast, tokens, compile, compile-O, compile-OO or source", k)
		case k.Supports(v):
			kinds = append(kinds, k)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds), nil
}

// known reports whether some version supports k.
func known(k Kind) bool {
	return k.Source() || slices.Contains(EveryKind(pyver.Py314), k)
}
