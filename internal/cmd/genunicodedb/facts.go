package main

import (
	"fmt"
	"strconv"
	"strings"
)

const codePoints = 0x110000

// facts are what record.py found out.
type facts struct {
	// types, props and old have the facts of each code point as they stand in
	// the record.
	types, props, old [codePoints]string
	decomps           []decomp
	pairs             []pair
	corrections       []correction
}

// decomp is the decomposition of a character: its tag ("-" for canonical ones),
// the mapping of the database, and its full canonical and compatible forms.
type decomp struct {
	code                   rune
	tag                    string
	raw, canonical, compat string
}

// pair says that NFC makes code of a and b.
type pair struct{ a, b, code rune }

// correction is a canonical decomposition that was another one in Unicode 3.2.
type correction struct {
	code rune
	was  string
}

func parse(text string) (*facts, error) {
	f := new(facts)
	for line := range strings.Lines(text) {
		if err := f.line(strings.TrimSuffix(line, "\n")); err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
	}
	for code := range codePoints {
		if f.types[code] == "" || f.props[code] == "" || f.old[code] == "" {
			return nil, fmt.Errorf("U+%04X: facts are missing", code)
		}
	}
	return f, nil
}

func (f *facts) line(line string) error {
	kind, rest, _ := strings.Cut(line, " ")
	code, rest, ok := strings.Cut(rest, " ")
	first, err := codePoint(code)
	if err != nil || !ok {
		return fmt.Errorf("code point %q", code)
	}
	var of *[codePoints]string
	switch kind {
	case "t":
		of = &f.types
	case "p":
		of = &f.props
	case "o":
		of = &f.old
	case "d":
		part := strings.Split(rest, " ")
		if len(part) != 4 {
			return fmt.Errorf("%d fields", len(part))
		}
		d := decomp{code: first, tag: part[0]}
		for i, to := range []*string{&d.raw, &d.canonical, &d.compat} {
			if *to, err = characters(part[i+1]); err != nil {
				return err
			}
		}
		f.decomps = append(f.decomps, d)
		return nil
	case "m":
		s, err := characters(rest)
		r := []rune(s)
		if err != nil || len(r) != 2 {
			return fmt.Errorf("no pair: %q", rest)
		}
		f.pairs = append(f.pairs, pair{r[0], r[1], first})
		return nil
	case "c":
		s, err := characters(rest)
		f.corrections = append(f.corrections, correction{first, s})
		return err
	default:
		return fmt.Errorf("kind %q", kind)
	}
	code, rest, _ = strings.Cut(rest, " ")
	last, err := codePoint(code)
	for c := first; c <= last; c++ {
		of[c] = rest
	}
	return err
}

func codePoint(hex string) (rune, error) {
	c, err := strconv.ParseUint(hex, 16, 32)
	if err == nil && c >= codePoints {
		err = fmt.Errorf("%s is no code point", hex)
	}
	return rune(c), err
}

// characters reads code points with dots between them.
func characters(list string) (string, error) {
	var b strings.Builder
	for hex := range strings.SplitSeq(list, ".") {
		c, err := codePoint(hex)
		if err != nil {
			return "", err
		}
		b.WriteRune(c)
	}
	return b.String(), nil
}
