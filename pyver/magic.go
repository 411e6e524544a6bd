package pyver

import (
	"iter"
	"slices"
)

// Magic is a magic number: the first two bytes of a .pyc file, which CR and LF
// follow. CPython changes it whenever a compiler's output may mean something
// else to an older interpreter, so most of them belong to alphas and betas.
type Magic struct {
	Number uint16
	// Version is the feature release, which krait may be unable to read: the
	// numbers go back to 1.5.
	Version Version
	// Release names the releases that write the number: the version itself
	// ("3.9"), the patch releases, or the first pre-release ("3.9a2").
	Release string
	// Final is set for the numbers that final releases write.
	Final bool
	// Table is set when the instructions are those of the version's table:
	// for final numbers, and for those pre-releases from which only the
	// compiler's choice of instructions changed.
	Table bool
	// Unicode is set for the number that 2.x writes under its -U option,
	// where all string literals are unicode.
	Unicode bool
}

// Token returns the first four bytes of a .pyc file as a little-endian number,
// which is also the key of the source hashes of PEP 552.
func (m Magic) Token() uint32 { return uint32(m.Number) | '\r'<<16 | '\n'<<24 }

// Readable reports whether files with the magic number can be read as files of
// its Version.
func (m Magic) Readable() bool { return m.Table && m.Version.Known() }

// Magics yields every known magic number, oldest release first, without those
// of -U.
func Magics() iter.Seq[Magic] {
	return func(yield func(Magic) bool) {
		for _, r := range magics {
			if !yield(r.magic()) {
				return
			}
		}
	}
}

// MagicOf returns the magic number that the latest releases of v write. The
// one of a version that has no final release yet is the latest known.
func MagicOf(v Version) (Magic, bool) {
	for _, r := range slices.Backward(magics) {
		if r.version == v && r.state != pre {
			return r.magic(), true
		}
	}
	return Magic{}, false
}

// ByMagic returns what is known of a magic number. Numbers of 2.x plus one are
// those of -U.
func ByMagic(n uint16) (Magic, bool) {
	for _, r := range magics {
		if r.number == n {
			return r.magic(), true
		}
	}
	for _, r := range magics {
		if r.version.Major() == 2 && r.number == n-1 {
			m := r.magic()
			m.Number, m.Unicode = n, true
			m.Release += " -U"
			return m, true
		}
	}
	return Magic{}, false
}

// Nearest returns the known magic numbers next to n: the highest one below and
// the lowest one above, where there are such, and n itself when it is known.
func Nearest(n uint16) []Magic {
	if m, ok := ByMagic(n); ok {
		return []Magic{m}
	}
	var below, above []Magic
	for m := range Magics() {
		switch {
		case m.Number < n && (below == nil || m.Number > below[0].Number):
			below = []Magic{m}
		case m.Number > n && (above == nil || m.Number < above[0].Number):
			above = []Magic{m}
		}
	}
	return append(below, above...)
}

type magicState uint8

const (
	pre   magicState = iota // a pre-release with instructions of its own
	same                    // a pre-release with the version's instructions
	final                   // a final release
)

type magicRow struct {
	number  uint16
	version Version
	release string
	state   magicState
}

func (r magicRow) magic() Magic {
	return Magic{
		Number:  r.number,
		Version: r.version,
		Release: r.release,
		Final:   r.state == final,
		Table:   r.state != pre,
	}
}
