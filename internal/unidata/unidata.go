package unidata

import "github.com/krait-py/krait/pyver"

// Printable reports whether str.isprintable of Python v is true for the
// character r. Surrogates and numbers that are no code points are not
// printable.
//
// Python 2 has no such notion; its repr() escapes all but ASCII, and Printable
// answers accordingly. Versions later than those krait knows use the newest
// database there is.
func Printable(v pyver.Version, r rune) bool {
	if uint32(r) < 0x7F {
		return r >= 0x20
	}
	if v < pyver.Py30 {
		return false
	}
	if uint32(r) < 0x100 {
		// All of Latin-1 but the C1 controls, the no-break space and the soft
		// hyphen, in every version.
		return r > 0xA0 && r != 0xAD
	}
	return printable(Database(v), uint32(r))
}

// A DB identifies a Unicode version that some Python uses: its place among
// them, oldest first, counted from one. Who asks for many characters of one
// Python version gets the DB once and asks it.
type DB uint8

// Database returns the Unicode database of Python v: zero, in which only ASCII
// is printable, for Python 2, and the newest one for versions later than those
// krait knows.
func Database(v pyver.Version) DB {
	switch {
	case v < pyver.Py30:
		return 0
	case v.Major() > 3 || v.Minor() >= len(databases):
		return databases[len(databases)-1]
	}
	return databases[v.Minor()]
}

// Printable is the function [Printable] for the Python versions that use d.
func (d DB) Printable(r rune) bool {
	if uint32(r) < 0x7F {
		return r >= 0x20
	}
	if uint32(r) < 0x100 {
		return d != 0 && r > 0xA0 && r != 0xAD
	}
	return printable(d, uint32(r))
}

// Span returns a range of characters around r, both ends included, in which
// all are printable like r, or are not like r. Who asks for the characters of
// a text one by one keeps the range, since neighbours are often in the same
// one. The range of a number that is no code point is that number.
func (d DB) Span(r rune) (first, last rune, printable bool) {
	if uint32(r) > 0x10FFFF {
		return r, r, false
	}
	i := find(uint32(r))
	first, last = rune(runs[i]>>8), 0x10FFFF
	if i+1 < len(runs) {
		last = rune(runs[i+1]>>8) - 1
	}
	since := DB(runs[i])
	if d == 0 {
		// Only ASCII, of which the table says that all versions print it.
		return first, last, first == 0x20
	}
	return first, last, since != 0 && since <= d
}

// printable is Printable beyond Latin-1.
func printable(d DB, r uint32) bool {
	if r > 0x10FFFF {
		return false
	}
	since := DB(runs[find(r)])
	return since != 0 && since <= d
}

// find returns the index of the run that the code point r is in. Element i of
// runs describes the code points from runs[i]>>8 up to the next element's: its
// low byte is the first DB in which they are printable, 0 for never. pages[i]
// is the index of the run that the code point i<<8 is in, so that the search
// starts among a few runs.
func find(r uint32) int {
	lo, hi := int(pages[len(pages)-1]), len(runs)
	if p := r >> 8; p < uint32(len(pages)-1) {
		lo, hi = int(pages[p]), int(pages[p+1])+1
	}
	// Invariant: runs[lo] starts at or before r; runs[hi], if any, behind it.
	for hi-lo > 1 {
		m := int(uint(lo+hi) >> 1)
		if runs[m]>>8 <= r {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}
