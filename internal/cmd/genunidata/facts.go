package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// codePoints is the number of code points Unicode has.
const codePoints = 0x110000

// bitString has bit c&7 of byte c>>3 set when code point c is printable.
type bitString []byte

func (b bitString) has(c int) bool { return b[c>>3]>>(c&7)&1 != 0 }

func (b bitString) sum() string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// database is one Unicode version and the Python versions that use it.
type database struct {
	unicode string
	pythons []string
	sum     string // SHA-256 of the bit string
	source  string
}

// span is a run of code points printable from the same database on.
type span struct {
	first, last int
	since       int // index into facts.databases
}

// facts is what printable.txt holds.
type facts struct {
	databases []database // oldest first
	spans     []span     // ascending, without overlap
}

const header = `# Which characters are printable (str.isprintable) in the Unicode versions that
# Python 3.0 to 3.15 use.
#
# "database U PYTHONS SUM SOURCE": the Unicode version, the Python versions that
# have it, the SHA-256 of the bit string (bit c&7 of byte c>>3 is code point c)
# and where the bits were taken from: the interpreter itself, by
# testdata/isprintable.py, or, for the versions before 3.6, the general
# categories in an npm package, by testdata/ucdbits.mjs. For 9.0 and 13.0 both
# were taken; they agree in every bit.
# Which database 3.0 to 3.5 have was not asked of an interpreter but taken from
# CPython's change history: 5.1 came in r66363, 5.2 (in no 3.x release) in
# r79065, 6.0 before 3.2 (bpo-13379), 6.1 with 3.3, 6.3 in bpo-19221, 8.0 in
# 85d49f65a410.
#
# "FIRST LAST U": these code points are printable from Unicode U on.
#
# Written by genunidata -record.
`

// record makes a file of facts from bit strings; the form of args is described
// in the package comment.
func record(args []string, read func(string) ([]byte, error)) ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString(header)
	var bits []bitString
	var names []string
	for _, arg := range args {
		f := strings.Split(arg, "=")
		if len(f) != 4 {
			return nil, fmt.Errorf("%q: want UNICODE=FILE=SOURCE=PYTHONS", arg)
		}
		b, err := read(f[1])
		if err != nil {
			return nil, err
		}
		if len(b) != codePoints/8 {
			return nil, fmt.Errorf("%s: %d bytes, want %d", f[1], len(b), codePoints/8)
		}
		bits = append(bits, b)
		names = append(names, f[0])
		fmt.Fprintf(&buf, "database %s %s %s %s\n", f[0], f[3], bitString(b).sum(), f[2])
	}
	since := func(c int) (int, error) {
		first := len(bits)
		for i, b := range bits {
			switch {
			case b.has(c):
				first = min(first, i)
			case first < i:
				return 0, fmt.Errorf("U+%04X is printable in Unicode %s, but not in %s: the table has no form for this",
					c, names[first], names[i])
			}
		}
		return first, nil
	}
	start, was := 0, len(bits)
	for c := 0; c <= codePoints; c++ {
		is := len(bits)
		if c < codePoints {
			var err error
			if is, err = since(c); err != nil {
				return nil, err
			}
		}
		if is == was {
			continue
		}
		if was < len(bits) {
			fmt.Fprintf(&buf, "%04X %04X %s\n", start, c-1, names[was])
		}
		start, was = c, is
	}
	return buf.Bytes(), nil
}

// parse reads a file of facts and checks it against its own sums.
func parse(r io.Reader) (*facts, error) {
	d := new(facts)
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		if err := d.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	if len(d.databases) == 0 {
		return nil, errors.New("no databases")
	}
	for i, db := range d.databases {
		if got := d.bits(i).sum(); got != db.sum {
			return nil, fmt.Errorf("the ranges of Unicode %s have the sum %s, want %s", db.unicode, got, db.sum)
		}
	}
	return d, nil
}

func (d *facts) line(line string) error {
	if rest, ok := strings.CutPrefix(line, "database "); ok {
		f := strings.SplitN(rest, " ", 4)
		if len(f) != 4 {
			return fmt.Errorf("%q: want database UNICODE PYTHONS SUM SOURCE", line)
		}
		d.databases = append(d.databases, database{f[0], strings.Split(f[1], ","), f[2], f[3]})
		return nil
	}
	var s span
	var u string
	if _, err := fmt.Sscanf(line, "%x %x %s", &s.first, &s.last, &u); err != nil {
		return fmt.Errorf("%q: want FIRST LAST UNICODE: %w", line, err)
	}
	s.since = slices.IndexFunc(d.databases, func(db database) bool { return db.unicode == u })
	end := -1
	if len(d.spans) > 0 {
		end = d.spans[len(d.spans)-1].last
	}
	if s.since < 0 || s.first <= end || s.last < s.first || s.last >= codePoints {
		return fmt.Errorf("%q: out of order or unknown Unicode version", line)
	}
	d.spans = append(d.spans, s)
	return nil
}

// bits returns the bit string of database i.
func (d *facts) bits(i int) bitString {
	b := make(bitString, codePoints/8)
	for _, s := range d.spans {
		if s.since > i {
			continue
		}
		for c := s.first; c <= s.last; c++ {
			b[c>>3] |= 1 << (c & 7)
		}
	}
	return b
}
