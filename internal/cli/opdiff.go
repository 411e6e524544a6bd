package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"

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
	for before := range from.All() {
		after, ok := to.ByOp(before.Op)
		switch {
		case !wanted(before) && (!ok || !wanted(after)):
		case !ok:
			doc.Removed = append(doc.Removed, newOpcodeJSON(before))
		default:
			if before.Number != after.Number {
				doc.Renumbered++
			}
			if c := changes(before, after, all); len(c) > 0 {
				doc.Changed = append(doc.Changed, changeJSON{before.Name, c})
			}
		}
	}
	for after := range to.All() {
		if _, ok := from.ByOp(after.Op); !ok && wanted(after) {
			doc.Added = append(doc.Added, newOpcodeJSON(after))
		}
	}
	byName := func(a, b opcodeJSON) int { return cmp.Compare(a.Name, b.Name) }
	slices.SortFunc(doc.Added, byName)
	slices.SortFunc(doc.Removed, byName)
	slices.SortFunc(doc.Changed, func(a, b changeJSON) int { return cmp.Compare(a.Name, b.Name) })
	return doc
}

func changes(a, b *opcode.Info, numbers bool) []fieldChange {
	var list []fieldChange
	add := func(field, from, to string) {
		if from != to {
			list = append(list, fieldChange{field, from, to})
		}
	}
	if numbers {
		add("number", strconv.Itoa(int(a.Number)), strconv.Itoa(int(b.Number)))
	}
	add("operand", a.Operand.String(), b.Operand.String())
	add("caches", strconv.Itoa(int(a.Caches)), strconv.Itoa(int(b.Caches)))
	add("stack", a.Stack().String(), b.Stack().String())
	if ja, jb := a.JumpStack().String(), b.JumpStack().String(); ja != a.Stack().String() || jb != b.Stack().String() {
		add("jump_stack", ja, jb)
	}
	add("flags", a.Flags.String(), b.Flags.String())
	return list
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
