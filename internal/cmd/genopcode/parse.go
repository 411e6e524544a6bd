package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/krait-py/krait/pyver"
)

// specs is everything that opcode/spec holds.
type specs struct {
	versions []*spec
	meanings []meaning
}

// meaning is what an instruction does, in words.
type meaning struct{ name, text string }

// spec is one VERSION.ops file.
type spec struct {
	version      pyver.Version
	source       string
	haveArgument uint8
	extendedArg  uint8
	argByNumber  bool // opcodes from haveArgument on take an argument, defined or not
	compareShift uint8
	checked      bool // stack effects are computed with checks for overflow
	tables       map[string][][]string
	caches       map[string][]cacheField
	rows         []*row
}

type cacheField struct {
	name    string
	entries int
}

// row is one instruction.
type row struct {
	line    int
	number  int
	name    string
	operand string
	caches  int
	flags   []string
	base    string
	stack   *picture
	jump    *picture // nil: as stack
	effect  string   // an expression, "invalid", or empty: what the pictures say

	effectMax bool // effect is for MaxOfBoth only
}

func (s *spec) row(name string) *row {
	for _, r := range s.rows {
		if r.name == name {
			return r
		}
	}
	return nil
}

// operands and flagBits give the words of the format their Go names.
var operands = map[string]string{
	"none": "NoOperand", "raw": "Raw", "const": "Const", "name": "Name",
	"nameflag": "NameFlag", "namesuper": "NameSuper", "nameimport": "NameImport",
	"local": "Local", "localpair": "LocalPair", "free": "Free",
	"jumprel": "JumpRel", "jumpback": "JumpBackward", "jumpabs": "JumpAbs", "origin": "Origin",
	"compare": "Compare", "binaryop": "BinaryOp",
	"intrinsic1": "Intrinsic1", "intrinsic2": "Intrinsic2",
	"commonconst": "CommonConst", "special": "SpecialMethod",
	"convert": "ConvertValue", "format": "FormatValue",
	"makeflags": "MakeFlags", "makecounts": "MakeCounts", "funcattr": "FunctionAttr",
	"callflags": "CallFlags", "callcounts": "CallCounts",
	"invert": "Invert", "smallint": "SmallInt", "count": "Count", "depth": "Depth",
	"unpackex": "UnpackCounts", "resume": "ResumePoint", "extended": "Extension",
}

var flagNames = map[string]string{
	"arg": "HasArg", "const": "HasConst", "name": "HasName", "local": "HasLocal",
	"free": "HasFree", "jrel": "HasJRel", "jabs": "HasJAbs", "compare": "HasCompare",
	"exc": "HasExc", "nofall": "NoFallThrough", "cond": "Conditional",
	"handler": "Handler", "specialized": "Specialized",
	"instrumented": "Instrumented", "pseudo": "Pseudo",
}

// tableColumns gives the tables of a spec and the strings per entry.
var tableColumns = map[string]int{
	"compare": 1, "binaryop": 2, "intrinsic1": 1, "intrinsic2": 1, "special": 1,
	"commonconst": 1, "convert": 1, "function": 1, "codeflags": 1, "caches": 1,
}

// lineError is an error at a line of a file.
func lineError(path string, line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", path, line, fmt.Sprintf(format, args...))
}

// parse reads one VERSION.ops file. path is for messages only.
func parse(path, text string) (*spec, error) {
	p := &reader{path: path, spec: &spec{
		tables: map[string][][]string{},
		caches: map[string][]cacheField{},
	}}
	for line := range strings.Lines(text) {
		p.line++
		line = strings.TrimRight(line, " \t\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := p.parseLine(line); err != nil {
			return nil, lineError(path, p.line, "%v", err)
		}
	}
	if p.table != "" {
		return nil, lineError(path, p.line, "table %s has no end", p.table)
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	return p.spec, nil
}

type reader struct {
	path  string
	line  int
	table string // the table the line is in
	spec  *spec
}

func (p *reader) parseLine(line string) error {
	if p.table != "" {
		if line == "end" {
			p.table = ""
			return nil
		}
		return p.parseEntry(strings.TrimSpace(line))
	}
	key, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	var err error
	switch key {
	case "version":
		p.spec.version, err = pyver.Parse(rest)
	case "source":
		p.spec.source = rest
	case "have_argument":
		p.spec.haveArgument, err = parseByte(rest)
	case "extended_arg":
		p.spec.extendedArg, err = parseByte(rest)
	case "compare_shift":
		p.spec.compareShift, err = parseByte(rest)
	case "has_argument":
		if rest != "by number" && rest != "by list" {
			return fmt.Errorf("has_argument %q: want by number or by list", rest)
		}
		p.spec.argByNumber = rest == "by number"
	case "stack_effect":
		if rest != "wraps" && rest != "checked" {
			return fmt.Errorf("stack_effect %q: want wraps or checked", rest)
		}
		p.spec.checked = rest == "checked"
	case "table":
		if tableColumns[rest] == 0 {
			return fmt.Errorf("unknown table %q", rest)
		}
		if p.spec.tables[rest] != nil {
			return fmt.Errorf("second table %s", rest)
		}
		p.table = rest
		p.spec.tables[rest] = [][]string{}
	default:
		return p.parseRow(line)
	}
	return err
}

func parseByte(s string) (uint8, error) {
	n, err := strconv.ParseUint(s, 10, 8)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number from 0 to 255", s)
	}
	return uint8(n), nil
}

// parseEntry reads a table's line: a key, then quoted strings; for the caches
// an opname, then field:entries pairs.
func (p *reader) parseEntry(line string) error {
	key, rest, _ := strings.Cut(line, "\t")
	if p.table == "caches" {
		for pair := range strings.FieldsSeq(rest) {
			name, count, _ := strings.Cut(pair, ":")
			n, err := parseByte(count)
			if err != nil || n == 0 {
				return fmt.Errorf("cache field %q: want name:entries", pair)
			}
			p.spec.caches[key] = append(p.spec.caches[key], cacheField{name, int(n)})
		}
		return nil
	}
	entries := p.spec.tables[p.table]
	index, err := strconv.ParseUint(key, 0, 32)
	if err != nil {
		return fmt.Errorf("table %s: key %q is not a number", p.table, key)
	}
	if p.table != "codeflags" && index != uint64(len(entries)) {
		return fmt.Errorf("table %s: entry %d follows entry %d", p.table, index, len(entries)-1)
	}
	var cells []string
	for cell := range strings.SplitSeq(rest, "\t") {
		s, err := strconv.Unquote(cell)
		if err != nil {
			return fmt.Errorf("table %s: %s is not a quoted string", p.table, cell)
		}
		cells = append(cells, s)
	}
	if len(cells) != tableColumns[p.table] {
		return fmt.Errorf("table %s: %d strings, want %d", p.table, len(cells), tableColumns[p.table])
	}
	if p.table == "codeflags" {
		cells = append(cells, key)
	}
	p.spec.tables[p.table] = append(entries, cells)
	return nil
}

// parseRow reads an instruction: number, name, operand, cache entries, flags,
// stack picture.
func (p *reader) parseRow(line string) error {
	var cells [5]string
	rest := line
	for i := range cells {
		rest = strings.TrimLeft(rest, " ")
		cells[i], rest, _ = strings.Cut(rest, " ")
	}
	r := &row{line: p.line, name: cells[1], operand: cells[2]}
	number, err := strconv.ParseUint(cells[0], 10, 9)
	if err != nil {
		return fmt.Errorf("unknown word %q: want an opcode number or a header line", cells[0])
	}
	r.number = int(number)
	if !validName(r.name) {
		return fmt.Errorf("opcode %d: %q is no opcode name", r.number, r.name)
	}
	if operands[r.operand] == "" {
		return fmt.Errorf("%s: unknown operand kind %q", r.name, r.operand)
	}
	caches, err := parseByte(cells[3])
	if err != nil {
		return fmt.Errorf("%s: cache entries: %v", r.name, err)
	}
	r.caches = int(caches)
	if r.flags, r.base, err = parseFlags(cells[4]); err != nil {
		return fmt.Errorf("%s: %v", r.name, err)
	}
	if err := r.parsePictures(strings.TrimSpace(rest)); err != nil {
		return fmt.Errorf("%s: %v", r.name, err)
	}
	p.spec.rows = append(p.spec.rows, r)
	return nil
}

// validName accepts an opname; 2.7's SLICE+0 to DELETE_SLICE+3 hold a plus.
func validName(s string) bool {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	for _, c := range s {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '+' {
			return false
		}
	}
	return true
}

func parseFlags(cell string) (flags []string, base string, err error) {
	if cell == "-" {
		return nil, "", nil
	}
	for word := range strings.SplitSeq(cell, ",") {
		if name, ok := strings.CutPrefix(word, "base="); ok && base == "" {
			base = name
		} else if flagNames[word] == "" {
			return nil, "", fmt.Errorf("unknown flag %q", word)
		} else if slices.Contains(flags, word) {
			return nil, "", fmt.Errorf("flag %q twice", word)
		} else {
			flags = append(flags, word)
		}
	}
	return flags, base, nil
}

// check finds what no single line shows.
func (p *reader) check() error {
	s := p.spec
	if s.version == 0 || s.source == "" || s.haveArgument == 0 || s.extendedArg == 0 {
		return lineError(p.path, p.line, "want version, source, have_argument and extended_arg")
	}
	names, numbers := map[string]*row{}, map[int]*row{}
	for _, r := range s.rows {
		if o := names[r.name]; o != nil {
			return lineError(p.path, r.line, "%s: also on line %d", r.name, o.line)
		}
		if o := numbers[r.number]; o != nil {
			return lineError(p.path, r.line, "%s: number %d is %s's on line %d", r.name, r.number, o.name, o.line)
		}
		names[r.name], numbers[r.number] = r, r
	}
	for _, r := range s.rows {
		isPseudo := slices.Contains(r.flags, "pseudo")
		if isPseudo != (r.number > 255) {
			return lineError(p.path, r.line, "%s: pseudo-instructions, and only they, are numbered from 256", r.name)
		}
		family := r.name
		if r.base != "" {
			if family = r.base; names[family] == nil || names[family].base != "" {
				return lineError(p.path, r.line, "%s: base %s is no base instruction", r.name, r.base)
			}
		} else if slices.Contains(r.flags, "specialized") {
			return lineError(p.path, r.line, "%s: specialized without base", r.name)
		}
		entries := 0
		for _, f := range s.caches[family] {
			entries += f.entries
		}
		if entries != r.caches {
			return lineError(p.path, r.line, "%s: %d cache entries, table caches gives %s %d", r.name, r.caches, family, entries)
		}
	}
	for name := range s.caches {
		if names[name] == nil {
			return lineError(p.path, p.line, "table caches: no instruction %s", name)
		}
	}
	if r := numbers[int(s.extendedArg)]; r == nil || r.name != "EXTENDED_ARG" {
		return lineError(p.path, p.line, "extended_arg %d is not EXTENDED_ARG", s.extendedArg)
	}
	slices.SortFunc(s.rows, func(a, b *row) int { return a.number - b.number })
	return nil
}

// parseMeanings reads meanings.txt: an opname, white space, what it does.
func parseMeanings(path, text string) ([]meaning, error) {
	var all []meaning
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, words, _ := strings.Cut(line, " ")
		words = strings.TrimSpace(words)
		if !validName(name) || words == "" {
			return nil, lineError(path, n, "want an opcode name and its meaning")
		}
		if seen[name] {
			return nil, lineError(path, n, "%s a second time", name)
		}
		seen[name] = true
		all = append(all, meaning{name, words})
	}
	return all, nil
}
