package ast

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

// DumpOptions says how [Fprint] writes a tree. The zero value is what ast.dump
// does without arguments.
type DumpOptions struct {
	// Positional leaves out the names of fields where that is unambiguous:
	// annotate_fields=False.
	Positional bool
	// Attributes shows positions: include_attributes.
	Attributes bool
	// Indent is what a level is indented by; Multiline breaks lines even if it is
	// empty: indent=0.
	Indent    string
	Multiline bool
	// ShowEmpty shows empty lists too: show_empty.
	ShowEmpty bool
}

// maxDumpDepth is how deep the nodes may nest that are printed. ast.dump gives
// up at about 500.
const maxDumpDepth = 100_000

// ErrTooDeep is the error of Fprint for trees that nest too deep.
var ErrTooDeep = errors.New("ast: the tree is nested too deeply")

// Dump returns what ast.dump(n) returns in Python 3.14.
func Dump(n Node) string {
	var b strings.Builder
	// The only error is that of too deep a tree; its text shows where it ends.
	_ = Fprint(&b, n, DumpOptions{})
	return b.String()
}

// Fprint writes n as ast.dump of Python 3.14 does. Characters that UTF-8 cannot
// express do not occur: repr escapes them.
func Fprint(w io.Writer, n Node, o DumpOptions) error {
	d := dumper{w: w, o: o, lines: o.Multiline || o.Indent != ""}
	d.node(n, 0)
	d.flush()
	return d.err
}

// errDigits is the ValueError of Python for integers whose repr would be too
// long. Only literals that are not decimal lead to it.
const errDigits = valueError("Exceeds the limit (4300 digits) for integer string conversion; " +
	"use sys.set_int_max_str_digits() to increase the limit")

// valueError is an error with Python's words.
type valueError string

func (e valueError) Error() string { return string(e) }

// tooManyDigits reports whether v is an integer that Python does not convert to
// decimal digits.
func tooManyDigits(v code.Value) bool {
	n, ok := v.(*code.Int)
	if !ok || n.Big == nil || n.Big.BitLen() < 14280 { // 10**4299 has as many bits
		return false
	}
	return n.Big.BitLen() > 14300 || len(strings.TrimPrefix(n.Big.Text(10), "-")) > 4300
}

// dumpBuffer is how much text is written at once.
const dumpBuffer = 32 << 10

type dumper struct {
	w     io.Writer
	o     DumpOptions
	lines bool
	buf   []byte
	err   error

	// fields has the fields of the nodes that are being written, innermost last.
	fields []Field
}

// flush writes what is there.
func (d *dumper) flush() {
	if d.err == nil {
		_, d.err = d.w.Write(d.buf)
	}
	d.buf = d.buf[:0]
}

func (d *dumper) put(s string) { d.buf = append(d.buf, s...) }

// indent begins a line of the level given.
func (d *dumper) indent(level int) {
	d.buf = append(d.buf, '\n')
	for range level {
		d.buf = append(d.buf, d.o.Indent...)
	}
	if len(d.buf) > dumpBuffer {
		d.flush()
	}
}

// shown appends the fields of n that are written, those that have a name first
// to have one marked by named: the names of the others are left out.
func (d *dumper) shown(n Node) (list []Field, named int) {
	mark := len(d.fields)
	d.fields = appendFields(d.fields, n)
	all := d.fields[mark:]
	names := !d.o.Positional
	named = len(all)
	if names {
		named = 0
	}
	out, waiting := 0, 0
	for i := range all {
		f := &all[i]
		if f.Optional && (f.Kind == NodeField && f.Node == nil || f.Kind == StringField && f.Text == "") {
			if !names {
				names, named = true, out
			}
			waiting = 0
			continue
		}
		empty := f.Kind == ListField && len(f.List) == 0 ||
			(f.Kind == StringsField || f.Kind == EnumsField) && len(f.Texts) == 0
		if empty && !d.o.ShowEmpty {
			// Without names an empty list holds the place of those behind it.
			if !names {
				waiting++
			}
			continue
		}
		if waiting > 0 && !names {
			for range waiting {
				// The values of the lists that wait are all alike.
				all[out] = Field{Kind: ListField}
				out++
			}
		}
		waiting = 0
		all[out] = *f
		out++
	}
	clear(all[out:])
	d.fields = d.fields[:mark+out]
	return d.fields[mark:], min(named, out)
}

// bare reports whether n is written without anything between its parentheses.
func (d *dumper) bare(n Node) bool {
	if d.o.Attributes {
		if _, ok := Position(n); ok {
			return false
		}
	}
	mark := len(d.fields)
	list, _ := d.shown(n)
	d.fields = d.fields[:mark]
	return len(list) == 0
}

// simple reports whether f can stand on a line with others.
func (d *dumper) simple(f *Field) bool {
	switch f.Kind {
	case NodeField:
		return f.Node == nil || d.bare(f.Node)
	case ListField:
		return len(f.List) == 0
	case StringsField, EnumsField:
		return len(f.Texts) == 0
	}
	return true
}

// node writes n, which stands on a line of the level given.
func (d *dumper) node(n Node, level int) {
	if level > maxDumpDepth && d.err == nil {
		d.flush()
		d.err = ErrTooDeep
	}
	if d.err != nil {
		return
	}
	level++
	mark := len(d.fields)
	list, named := d.shown(n)
	count, same := len(list), true
	span, attributes := Position(n)
	if attributes = attributes && d.o.Attributes; attributes {
		count += 4
	}
	if d.lines && count <= 3 {
		for i := range list {
			same = same && d.simple(&d.fields[mark+i])
		}
	} else if d.lines {
		same = false
	}
	d.put(n.NodeKind().String())
	d.buf = append(d.buf, '(')
	for i := range list {
		d.separate(i, level, same)
		// The slice may have moved.
		f := d.fields[mark+i]
		if i >= named {
			d.put(f.Name)
			d.buf = append(d.buf, '=')
		}
		d.value(&f, level)
	}
	if attributes {
		for i, v := range [4]int32{span.Line, span.Col, span.EndLine, span.EndCol} {
			d.separate(len(list)+i, level, same)
			d.put([4]string{"lineno=", "col_offset=", "end_lineno=", "end_col_offset="}[i])
			d.buf = strconv.AppendInt(d.buf, int64(v), 10)
		}
	}
	d.buf = append(d.buf, ')')
	clear(d.fields[mark:])
	d.fields = d.fields[:mark]
}

// separate writes what comes before item i of a node or list.
func (d *dumper) separate(i, level int, same bool) {
	switch {
	case d.lines && !same:
		if i > 0 {
			d.buf = append(d.buf, ',')
		}
		d.indent(level)
	case i > 0:
		d.put(", ")
	}
}

// value writes the value of f.
func (d *dumper) value(f *Field, level int) {
	switch f.Kind {
	case NodeField:
		if f.Node == nil {
			d.put("None")
			return
		}
		d.node(f.Node, level)
	case ListField:
		d.buf = append(d.buf, '[')
		for i, n := range f.List {
			d.separate(i, level+1, false)
			if n == nil {
				d.put("None")
			} else {
				d.node(n, level+1)
			}
		}
		d.buf = append(d.buf, ']')
	case StringField:
		if f.Text == "" && f.Optional {
			d.put("None")
			return
		}
		d.str(f.Text)
	case StringsField:
		d.buf = append(d.buf, '[')
		for i, s := range f.Texts {
			d.separate(i, level+1, false)
			d.str(s)
		}
		d.buf = append(d.buf, ']')
	case EnumField:
		d.put(f.Text)
		d.put("()")
	case EnumsField:
		d.buf = append(d.buf, '[')
		for i, s := range f.Texts {
			d.separate(i, level+1, false)
			d.put(s)
			d.put("()")
		}
		d.buf = append(d.buf, ']')
	case IntField:
		d.buf = strconv.AppendInt(d.buf, int64(f.Int), 10)
	case ValueField:
		if tooManyDigits(f.Value) && d.err == nil {
			d.flush()
			d.err = errDigits
			return
		}
		var err error
		d.buf, err = pyrepr.Append(d.buf, f.Value, pyrepr.Options{Version: pyver.Py314})
		if err != nil && d.err == nil {
			d.err = err
		}
	}
}

func (d *dumper) str(s string) { d.buf = pyrepr.AppendStr(d.buf, s, pyver.Py314) }
