package pycdiff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

// body compares what two code objects of one version do and say.
func (c *comparison) body(a, b *code.Object, where string) {
	if a.Flags != b.Flags {
		c.add(Flags, where, "flags -%s +%s", none((a.Flags &^ b.Flags).Names(c.va)), none((b.Flags &^ a.Flags).Names(c.va)))
	}
	if a.StackSize != b.StackSize {
		c.add(StackSize, where, "stack size %d => %d", a.StackSize, b.StackSize)
	}
	c.constants(a, b, where)

	before := len(c.findings)
	la, lb := c.listing(a, &c.da), c.listing(b, &c.db)
	p := pairing(la, lb)
	same := p.same()
	if !same {
		c.add(Code, where, "%s", p.summary()).Diff = p.diff()
	}
	if x, y := p.handlers(la, true), p.handlers(lb, false); !slices.Equal(x, y) {
		f := c.add(Handlers, where, "%s => %d", plural(len(x), "handler"), len(y))
		f.Diff = diffLines(x, y)
	}
	c.positions(a, b, p, same, where)
	if len(c.findings) > before {
		return
	}
	// Whatever differs now says the same.
	ordered := slices.Equal(a.GlobalNames(), b.GlobalNames()) && c.da.of(tupleOf(a.Consts)) == c.db.of(tupleOf(b.Consts)) &&
		slices.Equal(a.Locals(), b.Locals())
	if bytesOf(a.Code) != bytesOf(b.Code) && (ordered || len(bytesOf(a.Code)) != len(bytesOf(b.Code))) {
		c.add(Encoding, where, "the same instructions in %d bytes => %d bytes (EXTENDED_ARG, inline caches)", len(bytesOf(a.Code)), len(bytesOf(b.Code)))
	}
	if len(bytesOf(a.Code)) != len(bytesOf(b.Code)) {
		return // the tables are about other offsets
	}
	if x, y := bytesOf(a.LineTable), bytesOf(b.LineTable); x != y {
		c.add(Encoding, where, "the same positions in a line table of %d bytes => %d bytes", len(x), len(y))
	}
	if x, y := bytesOf(a.ExceptionTable), bytesOf(b.ExceptionTable); x != y {
		c.add(Encoding, where, "the same handlers in an exception table of %d bytes => %d bytes", len(x), len(y))
	}
}

func none(s string) string {
	if s == "" || s == "0x0" {
		return "none"
	}
	return s
}

func tupleOf(t *code.Tuple) *code.Tuple {
	if t == nil {
		return &code.Tuple{}
	}
	return t
}

// constants compares the constants that are no code objects, as bags.
func (c *comparison) constants(a, b *code.Object, where string) {
	texts := map[string]string{}
	keys := func(o *code.Object, d *digester) []string {
		var list []string
		for i := range o.Consts.Len() {
			v := o.Consts.Items[i]
			key := "code object"
			if _, ok := v.(*code.Object); !ok {
				sum := d.of(v)
				key = string(sum[:])
				if _, ok := texts[key]; !ok {
					texts[key] = c.short(v)
				}
			}
			list = append(list, key)
		}
		return list
	}
	ka, kb := keys(a, &c.da), keys(b, &c.db)
	isCode := func(s string) bool { return s == "code object" }
	if gone, come := bags(slices.DeleteFunc(slices.Clone(ka), isCode), slices.DeleteFunc(slices.Clone(kb), isCode)); len(gone)+len(come) > 0 {
		// A function more or less is said elsewhere.
		ka, kb = slices.DeleteFunc(ka, isCode), slices.DeleteFunc(kb, isCode)
	} else if len(ka) != len(kb) {
		return
	}
	c.lists(Constants, where, "constants", ka, kb, func(key string) string { return texts[key] })
}

// shortText is how much of a constant is shown, in bytes.
const shortText = 60

// short returns the beginning of a value's repr; sets show their members in
// the order of their text.
func (c *comparison) short(v code.Value) string {
	switch v := v.(type) {
	case *code.Object:
		return "code object " + c.text(v.NameText())
	case *code.Set:
		if len(v.Items) > 20 {
			return fmt.Sprintf("%s of %d", code.TypeName(v, c.va), len(v.Items))
		}
		var list []string
		for _, item := range v.Items {
			text := ""
			if inner, ok := item.(*code.Set); ok {
				text = fmt.Sprintf("%s of %d", code.TypeName(inner, c.va), len(inner.Items))
			} else {
				text = c.short(item)
			}
			list = append(list, text)
		}
		slices.Sort(list)
		text := code.TypeName(v, c.va) + "({" + strings.Join(list, ", ") + "})"
		if len(text) > 4*shortText {
			text = text[:4*shortText] + "..."
		}
		return strings.ToValidUTF8(text, "?")
	}
	b, err := pyrepr.Append(nil, v, pyrepr.Options{Version: c.va, Limit: shortText})
	if err != nil {
		b = append(b[:min(len(b), shortText)], "..."...)
	}
	return strings.ToValidUTF8(string(b), "?")
}

// positions compares where in the source instructions are from: those that
// are paired.
func (c *comparison) positions(a, b *code.Object, p *pairs, same bool, where string) {
	lines, columns, paired := 0, 0, 0
	shift, uniform, unshifted := 0, true, false
	if shift = b.FirstLine - a.FirstLine; shift != 0 {
		lines = 1
	}
	first := ""
	for i, j := range p.partner {
		if j < 0 {
			continue
		}
		paired++
		x, y := p.a.list[i], p.b.list[j]
		if x.pos.Line == y.pos.Line {
			unshifted = unshifted || x.pos.Line >= 0
			if x.pos != y.pos {
				columns++
			}
			continue
		}
		if lines == 0 {
			shift = y.pos.Line - x.pos.Line
		}
		uniform = uniform && y.pos.Line-x.pos.Line == shift && x.pos.Line >= 0 && y.pos.Line >= 0
		if first == "" {
			first = fmt.Sprintf("line %s => %s", lineText(x.pos.Line), lineText(y.pos.Line))
		}
		lines++
	}
	switch {
	case lines == 1 && first == "":
		c.add(Lines, where, "first line %d => %d", a.FirstLine, b.FirstLine)
	case lines > 0 && uniform && !unshifted:
		c.add(Lines, where, "all lines %+d", shift)
	case lines > 1 && uniform:
		c.add(Lines, where, "%+d, first %s, %d of %d instructions", shift, first, lines, paired)
	case lines > 0:
		c.add(Lines, where, "first %s, %d of %d instructions", first, lines, paired)
	}
	if columns > 0 {
		c.add(Columns, where, "of %d of %d instructions", columns, paired)
	}
	if lines+columns > 0 || !same || len(bytesOf(a.Code)) != len(bytesOf(b.Code)) {
		return
	}
	// Caches and EXTENDED_ARGs have positions, too.
	if a.Version >= pyver.Py311 {
		if !slices.Equal(slices.Collect(a.Positions()), slices.Collect(b.Positions())) {
			c.add(Columns, where, "of inline caches or behind the end")
		}
	} else if !slices.Equal(slices.Collect(a.Lines()), slices.Collect(b.Lines())) {
		c.add(Lines, where, "between instructions or behind the end")
	}
}

func lineText(n int) string {
	if n < 0 {
		return "none"
	}
	return fmt.Sprint(n)
}
