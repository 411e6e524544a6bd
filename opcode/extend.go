package opcode

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// RowError says what is wrong with a row of a specification.
type RowError struct {
	Line   int    // from 1
	Row    string // the row
	Reason string
}

// Error returns "opcode: line 1: REASON (ROW)".
func (e *RowError) Error() string {
	return fmt.Sprintf("opcode: line %d: %s (%.80q)", e.Line, e.Reason, e.Row)
}

// With returns a table that has more instructions than t, for interpreters
// with an instruction set of their own. rows are rows of a specification, as
// in spec/VERSION.ops, one a line; empty lines and comments (#) are left out:
//
//	220  CALL_ATTR  name  0  arg,name  ( owner -- res )
//
// What a row says is all there is to say: the sizes of items are those that
// specifications use (oparg, oparg - 1, oparg & 1 ...), an instruction has a
// free number below 256, and no stack effect but that of its pictures. t stays
// as it is. Errors are of type [*RowError].
//
// A name that no version has becomes an [Op] with the first table that has it,
// and stays one: [Parse] and [Op.String] know it from then on.
func (t *Table) With(rows string) (*Table, error) {
	n := *t
	infos := *t.infos
	n.infos = &infos
	n.added = maps.Clone(t.added)
	if n.added == nil {
		n.added = map[Op]uint8{}
	}
	for i, row := range strings.Split(rows, "\n") {
		row = strings.TrimSpace(row)
		if row == "" || row[0] == '#' {
			continue
		}
		info, err := n.parseRow(row)
		if err != nil {
			return nil, &RowError{i + 1, row, err.Error()}
		}
		infos[info.Number] = info
		n.added[info.Op] = uint8(info.Number)
	}
	return &n, nil
}

// Extended reports whether the table was made by [Table.With].
func (t *Table) Extended() bool { return t.added != nil }

// own is what an instruction of an extended table has in place of entries of
// the generated lists.
type own struct {
	stack, jump picture
	caches      []CacheField
}

func (t *Table) parseRow(row string) (Info, error) {
	head, pictures, ok := strings.Cut(row, "(")
	fields := strings.Fields(head)
	if !ok || len(fields) != 5 {
		return Info{}, fmt.Errorf("want number, name, operand, cache entries, flags, and a stack picture in parentheses")
	}
	number, err := strconv.ParseUint(fields[0], 10, 8)
	if err != nil {
		return Info{}, fmt.Errorf("number %s, want 0 to 255", fields[0])
	}
	if have := &t.infos[number]; have.Op != 0 {
		return Info{}, fmt.Errorf("number %d is that of %s", number, have.Name)
	}
	name := fields[1]
	if !validName(name) {
		return Info{}, fmt.Errorf("name %q, want capital letters, digits and underscores", name)
	}
	if _, taken := t.Lookup(name); taken {
		return Info{}, fmt.Errorf("name %s is taken", name)
	}
	operand := slices.Index(operandNames[:], fields[2])
	if operand < 0 {
		return Info{}, fmt.Errorf("operand %q, want one of %s", fields[2], strings.Join(operandNames[:], " "))
	}
	caches, err := strconv.ParseUint(fields[3], 10, 4)
	if err != nil {
		return Info{}, fmt.Errorf("cache entries %s, want 0 to 15", fields[3])
	}
	flags, err := parseFlags(fields[4])
	if err != nil {
		return Info{}, err
	}
	if byNumber := t.infos[t.HaveArgument].Has(HasArg) && t.infos[255].Has(HasArg); byNumber && flags&HasArg != 0 != (uint8(number) >= t.HaveArgument) {
		return Info{}, fmt.Errorf("flag arg, want it from number %d on", t.HaveArgument)
	}
	if (operand == int(NoOperand)) == (flags&HasArg != 0) {
		return Info{}, fmt.Errorf("operand %s with flags %s: flag arg is for instructions with an operand", fields[2], fields[4])
	}
	o := &own{}
	if caches > 0 {
		o.caches = []CacheField{{"cache", int(caches)}}
	}
	normal, jump, jumps := strings.Cut(pictures, "jump")
	if o.stack, err = parsePicture(normal); err != nil {
		return Info{}, err
	}
	o.jump = o.stack
	if jumps {
		if o.jump, err = parsePicture(strings.TrimPrefix(strings.TrimSpace(jump), "(")); err != nil {
			return Info{}, err
		}
	}
	op, err := intern(name)
	if err != nil {
		return Info{}, err
	}
	return Info{
		Op: op, Number: uint16(number), Name: name, Operand: Operand(operand), Caches: uint8(caches), Flags: flags, own: o,
	}, nil
}

func validName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

func parseFlags(text string) (Flags, error) {
	var flags Flags
	if text == "-" {
		return 0, nil
	}
	for name := range strings.SplitSeq(text, ",") {
		i := slices.Index(flagNames[:], name)
		if i < 0 || 1<<i >= Specialized {
			return 0, fmt.Errorf("flag %q, want one of %s", name, (Specialized - 1).String())
		}
		flags |= 1 << i
	}
	return flags, nil
}

// parsePicture reads "inputs -- outputs )".
func parsePicture(text string) (picture, error) {
	body, ok := strings.CutSuffix(strings.TrimSpace(text), ")")
	in, out, ok2 := strings.Cut(body, "--")
	if !ok || !ok2 {
		return picture{}, fmt.Errorf("stack picture (%s, want ( inputs -- outputs )", strings.TrimSpace(text))
	}
	var p picture
	var err error
	if p.in, err = parseItems(in); err != nil {
		return p, err
	}
	if p.out, err = parseItems(out); err != nil {
		return p, err
	}
	fixed := 0
	for _, i := range p.out {
		fixed += count1(i)
	}
	for _, i := range p.in {
		fixed -= count1(i)
	}
	p.fixed = int8(fixed)
	p.variable = slices.ContainsFunc(slices.Concat(p.in, p.out), Item.Variable)
	return p, nil
}

// count1 is 1 for an item that is always one value.
func count1(i Item) int {
	if i.Variable() {
		return 0
	}
	return 1
}

func parseItems(text string) ([]Item, error) {
	var items []Item
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	for s := range strings.SplitSeq(text, ",") {
		s = strings.TrimSpace(s)
		item := Item{Name: s}
		size := ""
		if name, rest, ok := strings.Cut(s, "["); ok {
			item.Name, size = name, strings.TrimSuffix(rest, "]")
		} else if name, rest, ok := strings.Cut(s, " if ("); ok {
			item.Name, size, item.cond = name, strings.TrimSuffix(rest, ")"), true
		}
		if size != "" {
			i := slices.Index(sizeTexts[:], size)
			if i <= 0 {
				return nil, fmt.Errorf("size %q, want one that a specification has, such as oparg", size)
			}
			item.size = uint8(i)
		}
		if item.Name == "" || strings.Trim(item.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return nil, fmt.Errorf("item %q, want a name of small letters", s)
		}
		if len(items) == 100 {
			return nil, fmt.Errorf("more than 100 items")
		}
		items = append(items, item)
	}
	return items, nil
}

// newNames are the names of the instructions that tables made at run time have
// and no version: the first is that of Op numOps. It only grows.
var newNames struct {
	sync.Mutex
	list atomic.Pointer[[]string]
}

// intern returns the Op of a name.
func intern(name string) (Op, error) {
	newNames.Lock()
	defer newNames.Unlock()
	if op, ok := Parse(name); ok {
		return op, nil
	}
	var names []string
	if p := newNames.list.Load(); p != nil {
		names = *p
	}
	if numOps+len(names) > math.MaxUint16 {
		return 0, fmt.Errorf("more than %d names", math.MaxUint16)
	}
	names = append(slices.Clip(names), name)
	newNames.list.Store(&names)
	return Op(numOps + len(names) - 1), nil
}

// newName returns the name of an Op that no version has.
func newName(op Op) (string, bool) {
	if p := newNames.list.Load(); p != nil && int(op) >= numOps && int(op)-numOps < len(*p) {
		return (*p)[int(op)-numOps], true
	}
	return "", false
}

func parseNew(name string) (Op, bool) {
	if p := newNames.list.Load(); p != nil {
		if i := slices.Index(*p, name); i >= 0 {
			return Op(numOps + i), true
		}
	}
	return 0, false
}
