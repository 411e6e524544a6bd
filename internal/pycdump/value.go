package pycdump

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

// value makes rows of the next span and those in it.
func (d *dumper) value(at place) {
	s := d.spans[d.next]
	d.next++
	first := len(d.rows)
	d.own(s, at)
	if len(d.rows) > first {
		d.rows[first].Field = at.field
	}
	// What the value has in it and nobody described: the items of a container.
	for i := 0; d.inside(s); i++ {
		d.value(place{field: itemField(s.Value, i)})
	}
	// Only a value that broke off has bytes left.
	d.row(Damage, s.Depth, s.End-d.pos, "the beginning of a value that cannot be read")
}

// inside reports whether the next span lies within s.
func (d *dumper) inside(s marshal.Span) bool {
	return d.next < len(d.spans) && d.spans[d.next].Start < s.End
}

func itemField(v code.Value, i int) string {
	switch v.(type) {
	case *code.Dict:
		if i%2 == 0 {
			return "key"
		}
		return "value"
	case *code.Slice:
		if i < 3 {
			return []string{"start", "stop", "step"}[i]
		}
	}
	return fmt.Sprintf("[%d]", i)
}

// own makes rows of the bytes that belong to the value itself, which all come
// before its items, except in a code object.
func (d *dumper) own(s marshal.Span, at place) {
	data := d.data[s.Start:s.End]
	t := data[0] &^ byte(code.FlagRef)
	if s.Value == nil && t != '0' {
		return // it broke off
	}
	row := func(n int, format string, args ...any) {
		text := fmt.Sprintf(format, args...)
		if s.Ref >= 0 && !s.IsRef {
			text += fmt.Sprintf(", reference %d", s.Ref)
		} else if data[0] >= 0x80 {
			text += ", flagged in vain"
		}
		d.row(Value, s.Depth, n, "%s", text)
	}
	length := len(data) - 5
	switch t {
	case '0':
		row(1, "NULL: the end of the dict")
	case 'N', 'T', 'F', '.', 'S':
		row(1, "%s", d.repr(s.Value))
	case 'r', 'R':
		row(5, "the value with reference %d: %s", s.Ref, d.repr(s.Value))
	case 'i', 'I':
		row(len(data), "int %s", d.repr(s.Value))
	case 'l':
		row(5, "int of %d digits of 15 bits", abs(d.word(s.Start+1)))
		d.row(Value, s.Depth+1, length, "%s", d.repr(s.Value))
	case 'g', 'y', 'f', 'x':
		row(len(data), "%s %s", code.TypeName(s.Value, d.version), d.repr(s.Value))
	case 'z', 'Z':
		row(2, "%s of length %d", textKind(t), len(data)-2)
		d.row(Value, s.Depth+1, len(data)-2, "%s", d.repr(s.Value))
	case 'a', 'A', 'u', 't':
		kind := textKind(t)
		if t == 't' && d.version.Major() == 2 {
			kind = "interned str"
		}
		row(5, "%s of length %d", kind, length)
		d.row(Value, s.Depth+1, length, "%s", d.repr(s.Value))
	case 's':
		row(5, "%s of length %d", code.TypeName(s.Value, d.version), length)
		d.contents(s, at)
	case ')':
		row(2, "tuple of %d", data[1])
	case '(', '[', '<', '>':
		row(5, "%s of %d", code.TypeName(s.Value, d.version), d.word(s.Start+1))
	case '{', '}', ':':
		row(1, "%s", code.TypeName(s.Value, d.version))
	case 'c':
		row(1, "code object")
		d.object(s)
	}
}

func textKind(t byte) string {
	switch t {
	case 'z':
		return "short ASCII str"
	case 'Z':
		return "short ASCII str, interned,"
	case 'a':
		return "ASCII str"
	case 'A':
		return "ASCII str, interned,"
	case 't':
		return "str in UTF-8, interned,"
	}
	return "str in UTF-8"
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// maxText is how much of a value's repr a row shows, in bytes.
const maxText = 60

// repr returns the beginning of a value's repr.
func (d *dumper) repr(v code.Value) string {
	if o, ok := v.(*code.Object); ok {
		return "code object " + string(pyrepr.AppendStr(nil, o.NameText(), d.version))
	}
	b, err := pyrepr.Append(nil, v, pyrepr.Options{Version: d.version, Limit: maxText})
	if err != nil {
		b = append(b[:min(len(b), maxText)], "..."...)
	}
	return strings.ToValidUTF8(string(b), "?")
}

// field is a field of a code object in a stream: a number or a value.
type field struct {
	name  string
	value bool
}

// fields lists the fields of a version's code objects in the order of the
// stream, which package marshal's reader describes.
func fields(v pyver.Version) []field {
	var list []field
	numbers := func(names ...string) {
		for _, n := range names {
			list = append(list, field{n, false})
		}
	}
	values := func(names ...string) {
		for _, n := range names {
			list = append(list, field{n, true})
		}
	}
	numbers("co_argcount")
	if v >= pyver.Py38 {
		numbers("co_posonlyargcount")
	}
	if v >= pyver.Py30 {
		numbers("co_kwonlyargcount")
	}
	if v < pyver.Py311 {
		numbers("co_nlocals")
	}
	numbers("co_stacksize", "co_flags")
	values("co_code", "co_consts", "co_names")
	if v < pyver.Py311 {
		values("co_varnames", "co_freevars", "co_cellvars")
	} else {
		values("co_localsplusnames", "co_localspluskinds")
	}
	values("co_filename", "co_name")
	if v >= pyver.Py311 {
		values("co_qualname")
	}
	numbers("co_firstlineno")
	if v >= pyver.Py310 {
		values("co_linetable")
	} else {
		values("co_lnotab")
	}
	if v >= pyver.Py311 {
		values("co_exceptiontable")
	}
	return list
}

// object makes rows of the fields of a code object.
func (d *dumper) object(s marshal.Span) {
	o, _ := s.Value.(*code.Object)
	for _, f := range fields(d.version) {
		if f.value {
			if d.inside(s) {
				d.value(place{f.name, o})
			}
			continue
		}
		if s.End-d.pos < 4 {
			return
		}
		n := d.word(d.pos)
		text := fmt.Sprint(n)
		if f.name == "co_flags" {
			text = fmt.Sprintf("%#x", uint32(n))
			if n != 0 {
				text += " = " + code.Flags(n).Names(d.version)
			}
		}
		d.row(Value, s.Depth+1, 4, "%s", text)
		d.rows[len(d.rows)-1].Field = f.name
	}
}
