package pycdump

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// Part is the part of a file that a row belongs to.
type Part string

// The parts of a file.
const (
	Header     Part = "header"
	Value      Part = "value"      // of the marshal stream, what is not one of the following
	Bytecode   Part = "bytecode"   // instructions and inline caches
	Kinds      Part = "kinds"      // of local variables
	Lines      Part = "lines"      // line or location table
	Exceptions Part = "exceptions" // exception table
	Trailing   Part = "trailing"   // what follows the value
	Damage     Part = "damage"     // from where on the file cannot be read
)

// Row is a run of bytes that mean something together.
type Row struct {
	Offset int
	Bytes  []byte
	// Depth is the number of values around what the row is about, plus one
	// for the contents of a value.
	Depth int
	Part  Part
	// Field is the field of a code object, or the index in a container, that
	// a row begins: "co_consts", "[3]".
	Field string
	Text  string
}

// Dump is a file in rows.
type Dump struct {
	Version pyver.Version
	Rows    []Row
}

// New returns the rows of a file. A damaged file has rows up to the damage, and
// one for the rest of it; New then returns both the Dump and the error. Without
// a readable header there is no Dump.
func New(data []byte, opts pyc.Options) (*Dump, error) {
	h, err := pyc.ReadHeader(data, opts)
	if err != nil {
		return nil, err
	}
	d := &dumper{data: data, version: h.Version}
	d.header(h)
	spans, err := marshal.Spans(data[h.Len():], marshal.Options{Version: h.Version})
	for i := range spans {
		spans[i].Start += h.Len()
		spans[i].End += h.Len()
	}
	d.spans = spans
	for d.next < len(d.spans) {
		d.value(place{})
	}
	if e, ok := err.(*marshal.Error); ok {
		e.Offset += h.Len()
		d.row(Damage, 0, len(data)-d.pos, "the rest of the file: %v", err)
	}
	d.row(Trailing, 0, len(data)-d.pos, "behind the value: Python ignores it")
	return &Dump{h.Version, d.rows}, err
}

// dumper makes rows; what precedes pos has one.
type dumper struct {
	data    []byte
	version pyver.Version
	spans   []marshal.Span
	next    int // of spans
	pos     int
	rows    []Row
}

// row adds a row for the next n bytes, if n is positive.
func (d *dumper) row(p Part, depth, n int, format string, args ...any) {
	if n <= 0 {
		return
	}
	d.rows = append(d.rows, Row{Offset: d.pos, Bytes: d.data[d.pos : d.pos+n], Depth: depth, Part: p, Text: fmt.Sprintf(format, args...)})
	d.pos += n
}

func (d *dumper) header(h *pyc.Header) {
	release := ""
	if m, ok := pyver.ByMagic(h.Magic); ok {
		release = ": Python " + m.Release
	}
	d.row(Header, 0, 4, "magic number %d%s, CR, LF", h.Magic, release)
	if h.Version >= pyver.Py37 {
		d.row(Header, 0, 4, "flags: %s", flagsText(h.Flags))
		if h.Flags&pyc.HashBased != 0 {
			d.row(Header, 0, 8, "hash of the source")
			return
		}
	}
	stamp := time.Unix(int64(h.ModTime), 0).UTC().Format("2006-01-02 15:04:05 UTC")
	d.row(Header, 0, 4, "source modified %s", stamp)
	if h.Version >= pyver.Py33 {
		d.row(Header, 0, 4, "source size: %d", h.SourceSize)
	}
}

func flagsText(f pyc.Flags) string {
	switch f {
	case 0:
		return "by time and size of the source"
	case pyc.HashBased:
		return "by hash, not checked on import"
	case pyc.HashBased | pyc.CheckSource:
		return "by hash, checked on import"
	}
	return "check without hash, which means nothing"
}

// Fprint writes the rows as text: the offset in hexadecimal, up to eight bytes
// to a line, and what they mean, indented by depth.
func Fprint(w io.Writer, rows []Row) error {
	var b bytes.Buffer
	for i := range rows {
		rows[i].print(&b)
		if b.Len() > 1<<16 || i == len(rows)-1 {
			if _, err := w.Write(b.Bytes()); err != nil {
				return err
			}
			b.Reset()
		}
	}
	return nil
}

const (
	perLine   = 8
	maxIndent = 24
)

func (r *Row) print(b *bytes.Buffer) {
	text := r.Text
	if r.Field != "" {
		text = r.Field + ": " + text
	}
	text = strings.Repeat("  ", min(r.Depth, maxIndent)) + text
	for i := 0; i < len(r.Bytes); i += perLine {
		line := r.Bytes[i:min(i+perLine, len(r.Bytes))]
		s := fmt.Sprintf("%06x  %-*s %s", r.Offset+i, 3*perLine, hexBytes(line), text)
		b.WriteString(strings.TrimRight(s, " ") + "\n")
		text = ""
	}
}

func hexBytes(b []byte) string {
	const hex = "0123456789abcdef"
	s := make([]byte, 0, 3*len(b))
	for _, c := range b {
		s = append(s, hex[c>>4], hex[c&15], ' ')
	}
	return string(s)
}

// word returns the four bytes at off as a signed number.
func (d *dumper) word(off int) int {
	return int(int32(binary.LittleEndian.Uint32(d.data[off:])))
}

// place says where a value stands.
type place struct {
	field string
	owner *code.Object // the code object whose field it is
}
