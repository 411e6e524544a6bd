package pycdump

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

// contents makes rows of what a byte string holds, behind its length.
func (d *dumper) contents(s marshal.Span, at place) {
	if o := at.owner; o != nil {
		switch at.field {
		case "co_code":
			d.bytecode(o, s)
		case "co_localspluskinds":
			d.kinds(o, s)
		case "co_lnotab":
			d.lnotab(s)
		case "co_linetable":
			if d.version >= pyver.Py311 {
				d.locations(o, s)
			} else {
				d.lnotab(s)
			}
		case "co_exceptiontable":
			d.exceptions(o, s)
		}
	}
	d.row(Value, s.Depth+1, s.End-d.pos, "%s", d.repr(s.Value))
}

// bytecode makes a row of each instruction and each inline cache.
func (d *dumper) bytecode(o *code.Object, s marshal.Span) {
	base, size := d.pos, s.End-d.pos
	upTo := func(off int, format string, args ...any) {
		d.row(Bytecode, s.Depth+1, min(off, size)-(d.pos-base), format, args...)
	}
	caches := ""
	for in := range dis.Instructions(o, dis.Options{}) {
		upTo(in.Offset, "inline cache%s", caches)
		end := in.Offset + 2
		if d.version < pyver.Py36 {
			if end = in.Offset + 1; in.HasArg {
				end += 2
			}
		}
		text := in.OpName
		if in.HasArg {
			text += fmt.Sprintf(" %d", in.Arg)
		}
		switch {
		case in.IsJump:
			text += fmt.Sprintf(" (to %d)", in.Target)
		case in.Const != nil:
			text += " (" + d.repr(in.Const) + ")"
		case in.Repr != "" && in.Repr != fmt.Sprint(in.Arg):
			text += " (" + shorten(in.Repr) + ")"
		}
		upTo(end, "%d: %s", in.Offset, text)
		caches = ""
		for _, c := range in.Caches {
			caches += fmt.Sprintf(", %s %d", c.Name, c.Size)
		}
		caches = strings.Replace(caches, ",", ":", 1)
	}
	upTo(size, "inline cache%s", caches)
}

func shorten(s string) string {
	if len(s) > maxText {
		return strings.ToValidUTF8(s[:maxText], "") + "..."
	}
	return s
}

// kinds makes a row for each variable.
func (d *dumper) kinds(o *code.Object, s marshal.Span) {
	names := []struct {
		bit  code.Kind
		name string
	}{
		{code.KindArgPos, "positional argument"}, {code.KindArgKw, "keyword argument"}, {code.KindArgVar, "variable argument"},
		{code.KindHidden, "hidden"}, {code.KindLocal, "local"}, {code.KindCell, "cell"}, {code.KindFree, "free"},
	}
	for i := 0; d.pos < s.End; i++ {
		k := code.Kind(d.data[d.pos])
		var words []string
		for _, n := range names {
			if k&n.bit != 0 {
				words = append(words, n.name)
				k &^= n.bit
			}
		}
		if k != 0 {
			words = append(words, fmt.Sprintf("%#x", uint8(k)))
		}
		name, _ := o.LocalName(i)
		if name == "" && i < o.LocalsPlusNames.Len() {
			name = code.Text(o.LocalsPlusNames.Items[i])
		}
		d.row(Kinds, s.Depth+1, 1, "%s: %s", d.repr(&code.Str{S: name}), strings.Join(words, ", "))
	}
}

// lnotab makes a row of each pair of lnotab, or of the line table of 3.10.
func (d *dumper) lnotab(s marshal.Span) {
	for d.pos+2 <= s.End {
		size, line := int(d.data[d.pos]), int(d.data[d.pos+1])
		if d.version >= pyver.Py36 {
			line = int(int8(line))
		}
		switch {
		case d.version < pyver.Py310:
			d.row(Lines, s.Depth+1, 2, "%s on: line %+d", bytesText(size), line)
		case line == -128:
			d.row(Lines, s.Depth+1, 2, "%s without a line", bytesText(size))
		default:
			d.row(Lines, s.Depth+1, 2, "line %+d, for %s", line, bytesText(size))
		}
	}
}

func bytesText(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

// entry returns the length of the table entry at pos: up to the next byte whose
// highest bit is set.
func (d *dumper) entry(end int) int {
	n := 1
	for d.pos+n < end && d.data[d.pos+n] < 0x80 {
		n++
	}
	return n
}

// locations makes a row of each entry of a location table.
func (d *dumper) locations(o *code.Object, s marshal.Span) {
	for l := range o.Locations() {
		if d.pos >= s.End {
			return
		}
		first := d.data[d.pos]
		d.row(Lines, s.Depth+1, d.entry(s.End), "%s: %d-%d: %s", locationForm(first), l.Start, l.End, positionText(l.Position))
	}
	d.row(Lines, s.Depth+1, s.End-d.pos, "not a location")
}

// locationForm names the form of an entry, which is in bits 3 to 6 of its
// first byte (CPython: _PyCodeLocationInfoKind).
func locationForm(first byte) string {
	switch form := first >> 3 & 15; {
	case form < 10:
		return "short"
	case form < 13:
		return fmt.Sprintf("one line, %+d", form-10)
	case form == 13:
		return "no columns"
	case form == 14:
		return "long"
	}
	return "no location"
}

func positionText(p code.Position) string {
	if p.Line < 0 {
		return "none"
	}
	text := fmt.Sprintf("line %d", p.Line)
	if p.EndLine >= 0 && p.EndLine != p.Line {
		text = fmt.Sprintf("lines %d-%d", p.Line, p.EndLine)
	}
	if p.Col >= 0 {
		text += fmt.Sprintf(", columns %d-%d", p.Col, p.EndCol)
	}
	return text
}

// exceptions makes a row of each entry of an exception table.
func (d *dumper) exceptions(o *code.Object, s marshal.Span) {
	entries, _ := o.ExceptionEntries() // those before the damage, if there is any
	for _, e := range entries {
		if d.pos >= s.End {
			return
		}
		lasti := ""
		if e.Lasti {
			lasti = ", push the offset"
		}
		d.row(Exceptions, s.Depth+1, d.entry(s.End), "%d-%d: to %d, stack depth %d%s", e.Start, e.End, e.Target, e.Depth, lasti)
	}
	d.row(Exceptions, s.Depth+1, s.End-d.pos, "not an entry")
}
