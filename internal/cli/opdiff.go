package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// diffJSON is the document of krait opcodes --diff; see docs/json.md.
type diffJSON struct {
	Schema  string       `json:"schema"`
	From    string       `json:"from"`
	To      string       `json:"to"`
	Added   []opcodeJSON `json:"added"`
	Removed []opcodeJSON `json:"removed"`
	Changed []changeJSON `json:"changed"`
	// Renumbered counts the instructions with another number, which Changed
	// lists with --all only.
	Renumbered int `json:"renumbered"`
}

type changeJSON struct {
	Name    string        `json:"name"`
	Changes []fieldChange `json:"changes"`
}

// fieldChange is a field of opcodeJSON with its values before and after, as
// text.
type fieldChange struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// newDiff compares two tables. Without all, it leaves out the instructions
// that no file has, and changes of numbers.
func newDiff(from, to *opcode.Table, all bool) diffJSON {
	doc := diffJSON{
		Schema: "krait.opcodes-diff/1", From: from.Version.String(), To: to.Version.String(),
		Added: []opcodeJSON{}, Removed: []opcodeJSON{}, Changed: []changeJSON{},
	}
	wanted := func(i *opcode.Info) bool { return all || !i.Has(derived) }
	diff := opcode.Diff(from, to)
	for _, info := range diff.Added {
		if wanted(info) {
			doc.Added = append(doc.Added, newOpcodeJSON(info))
		}
	}
	for _, info := range diff.Removed {
		if wanted(info) {
			doc.Removed = append(doc.Removed, newOpcodeJSON(info))
		}
	}
	for _, c := range diff.Changed {
		if !wanted(c.Old) && !wanted(c.New) {
			continue
		}
		if c.Number {
			doc.Renumbered++
		}
		if all || !c.OnlyNumber() {
			doc.Changed = append(doc.Changed, changeJSON{c.New.Name, changes(c, all)})
		}
	}
	return doc
}

// changes lists what differs, field by field.
func changes(c opcode.Change, numbers bool) []fieldChange {
	var list []fieldChange
	before, after := newOpcodeJSON(c.Old), newOpcodeJSON(c.New)
	add := func(differs bool, field, from, to string) {
		if differs && from != to {
			list = append(list, fieldChange{field, from, to})
		}
	}
	add(numbers, "number", strconv.Itoa(int(c.Old.Number)), strconv.Itoa(int(c.New.Number)))
	add(c.Operand, "operand", before.Operand, after.Operand)
	add(c.Caches, "caches", strconv.Itoa(int(before.Caches)), strconv.Itoa(int(after.Caches)))
	add(before.Caches == after.Caches, "cache", cacheText(c.Old), cacheText(c.New))
	add(c.Stack, "stack", before.Stack, after.Stack)
	if before.JumpStack != "" || after.JumpStack != "" {
		add(c.Stack, "jump_stack", cmp.Or(before.JumpStack, before.Stack), cmp.Or(after.JumpStack, after.Stack))
	}
	if c.Effect && before.Stack == after.Stack {
		from, to := effects(c.Old, c.New)
		add(true, "effect", from, to)
	}
	add(c.Flags, "flags", c.Old.Flags.String(), c.New.Flags.String())
	add(c.Flags, "base", before.Base, after.Base)
	return list
}

// cacheText lists the parts of an inline cache: "counter 1, descr 4".
func cacheText(info *opcode.Info) string {
	var fields []string
	for _, c := range info.CacheFields() {
		fields = append(fields, fmt.Sprintf("%s %d", c.Name, c.Entries))
	}
	return strings.Join(fields, ", ")
}

// effects returns the first stack effects of a and b that differ, in words.
// The compiler's account of an instruction can change while the stack picture
// stays.
func effects(a, b *opcode.Info) (from, to string) {
	for jump, when := range []string{"", ", without jump", ", with jump"} {
		for oparg := range 300 {
			x, err1 := a.StackEffect(oparg, opcode.Jump(jump))
			y, err2 := b.StackEffect(oparg, opcode.Jump(jump))
			if x == y && (err1 == nil) == (err2 == nil) {
				continue
			}
			text := func(n int, err error) string {
				if err != nil {
					return "invalid"
				}
				return strconv.Itoa(n)
			}
			return fmt.Sprintf("%s (argument %d%s)", text(x, err1), oparg, when), text(y, err2)
		}
	}
	return "", "another"
}

func printDiff(w io.Writer, o *options, from, to pyver.Version, all bool) error {
	doc := newDiff(opcode.For(from), opcode.For(to), all)
	if o.json() {
		return writeJSON(w, doc)
	}
	fmt.Fprintf(w, "Python %s to %s: %d added, %d removed, %d changed\n",
		doc.From, doc.To, len(doc.Added), len(doc.Removed), len(doc.Changed))
	width := 0
	for _, op := range slices.Concat(doc.Added, doc.Removed) {
		width = max(width, len(op.Name))
	}
	for _, c := range doc.Changed {
		width = max(width, len(c.Name))
	}
	section := func(title string, list []opcodeJSON) {
		if len(list) == 0 {
			return
		}
		fmt.Fprintf(w, "\n%s\n", title)
		for _, op := range list {
			fmt.Fprintf(w, "  %-*s  %s\n", width, op.Name, op.Stack)
		}
	}
	section("Added", doc.Added)
	section("Removed", doc.Removed)
	if len(doc.Changed) > 0 {
		fmt.Fprintf(w, "\nChanged\n")
	}
	for _, c := range doc.Changed {
		name := c.Name
		for _, f := range c.Changes {
			from, to := orNone(f.From), orNone(f.To)
			arrow := "  =>  "
			if width+len(from)+len(to) > 80 {
				arrow = fmt.Sprintf("\n%*s  =>  ", width+10, "")
			}
			fmt.Fprintf(w, "  %-*s  %-10s  %s%s%s\n", width, name, f.Field, from, arrow, to)
			name = ""
		}
	}
	if doc.Renumbered > 0 && !all {
		fmt.Fprintf(w, "\n%s got another number (--all shows them)\n", count(doc.Renumbered, "instruction"))
	}
	return nil
}

func orNone(s string) string {
	if s == "" || s == "--" {
		return "none"
	}
	return s
}
