package csvmod

import (
	"github.com/krait-py/krait/internal/object"
)

type readState uint8

const (
	startRecord readState = iota
	startField
	escapedChar
	inField
	inQuoted
	escapeInQuoted
	quoteInQuoted
	eatNewline
	afterEscapedNewline
)

var readerType object.Type

// reader is a reader object.
type reader struct {
	object.Head
	d      *dialect
	lines  Value // iterator
	number int64 // of the line

	state    readState
	limit    int64        // of characters in a field
	list     *object.List // of the row that is read; nil: none is
	row      []Value
	parts    object.Pieces // makes the fields of the row
	width    int           // fields of the row before
	field    []byte
	points   int // characters of field
	unquoted bool
	plain    [256]bool // bytes that mean nothing special inside fields
}

func newReader(t *Thread, args []Value, names *object.Tuple) Value {
	lines, rest, ok := split(t, "reader", args, names)
	if !ok {
		return Value{}
	}
	r := &reader{Head: object.Head{Type: &readerType}, lines: t.Iter(lines)}
	if r.lines.P == nil {
		return Value{}
	}
	d := t.Call(object.Of(&dialectType), rest, names)
	if d.P == nil {
		return d
	}
	r.d = object.To[dialect](d)
	for i := range r.plain {
		r.plain[i] = true
	}
	for _, s := range [...]string{"\n", "\r", r.d.delimiter, r.d.quote, r.d.escape} {
		if s != "" {
			r.plain[s[0]] = false
		}
	}
	return object.Of(r)
}

// char returns the length of the character that s begins with.
func char(s string) int {
	n := 1
	switch c := s[0]; {
	case c >= 0xf0:
		n = 4
	case c >= 0xe0:
		n = 3
	case c >= 0xc0:
		n = 2
	}
	return min(n, len(s))
}

// add adds text of so many characters to the field.
func (r *reader) add(t *Thread, s string, points int) bool {
	if int64(r.points+points) > r.limit {
		fail(t, "field larger than field limit (%d)", r.limit)
		return false
	}
	r.field = append(r.field, s...)
	r.points += points
	return true
}

// save ends the field.
func (r *reader) save(t *Thread) bool {
	var v Value
	switch {
	case r.unquoted && r.points == 0 && (r.d.quoting == quoteNotNull || r.d.quoting == quoteStrings):
		v = object.None
	default:
		v = r.parts.Copy(r.field, r.points, r.width-len(r.row)-1)
		if r.unquoted && r.points > 0 && (r.d.quoting == quoteNonnumeric || r.d.quoting == quoteStrings) {
			if v = t.ToFloat(v); v.P == nil {
				return false
			}
		}
	}
	r.row = append(r.row, v)
	r.field, r.points = r.field[:0], 0
	return true
}

// line reads a line of text.
func (r *reader) line(t *Thread, s string) bool {
	for len(s) > 0 {
		if r.state <= startField && r.plain[s[0]] && (s[0] != ' ' || !r.d.skipSpace) {
			r.unquoted, r.state = true, inField
		}
		if r.state == inField || r.state == inQuoted {
			n, points := 0, 0
			for n < len(s) && r.plain[s[n]] {
				if s[n]&0xc0 != 0x80 {
					points++
				}
				n++
			}
			if n > 0 {
				if !r.add(t, s[:n], points) {
					return false
				}
				if s = s[n:]; s == "" {
					return true
				}
			}
		}
		if c := r.d.delimiter; r.state == inField && len(c) == 1 && s[0] == c[0] && c != r.d.escape {
			// As step does.
			r.state = startField
			if !r.save(t) {
				return false
			}
			s = s[1:]
			continue
		}
		n := char(s)
		if !r.step(t, s[:n]) {
			return false
		}
		s = s[n:]
	}
	return true
}

// step reads a character, or the end of a line: "".
func (r *reader) step(t *Thread, c string) bool {
	d := r.d
	newline := c == "\n" || c == "\r"
	ends := newline || c == ""
	after := func() {
		r.state = eatNewline
		if c == "" {
			r.state = startRecord
		}
	}
	switch r.state {
	case startRecord:
		if c == "" {
			return true
		}
		if newline {
			r.state = eatNewline
			return true
		}
		r.state = startField
		fallthrough
	case startField:
		r.unquoted = true
		switch {
		case ends:
			after()
			return r.save(t)
		case c == d.quote && d.quoting != quoteNone:
			r.unquoted, r.state = false, inQuoted
		case c == d.escape:
			r.state = escapedChar
		case c == " " && d.skipSpace:
		case c == d.delimiter:
			return r.save(t)
		default:
			r.state = inField
			return r.add(t, c, 1)
		}
	case escapedChar:
		if newline {
			r.state = afterEscapedNewline
			return r.add(t, c, 1)
		}
		r.state = inField
		if c == "" {
			c = "\n"
		}
		return r.add(t, c, 1)
	case afterEscapedNewline:
		if c == "" {
			return true
		}
		fallthrough
	case inField:
		switch {
		case ends:
			after()
			return r.save(t)
		case c == d.escape:
			r.state = escapedChar
		case c == d.delimiter:
			r.state = startField
			return r.save(t)
		default:
			r.state = inField
			return r.add(t, c, 1)
		}
	case inQuoted:
		switch {
		case c == "":
		case c == d.escape:
			r.state = escapeInQuoted
		case c == d.quote && d.quoting != quoteNone:
			r.state = inField
			if d.doubleQuote {
				r.state = quoteInQuoted
			}
		default:
			return r.add(t, c, 1)
		}
	case escapeInQuoted:
		r.state = inQuoted
		if c == "" {
			c = "\n"
		}
		return r.add(t, c, 1)
	case quoteInQuoted:
		switch {
		case d.quoting != quoteNone && c == d.quote && c != "":
			r.state = inQuoted
			return r.add(t, c, 1)
		case c == d.delimiter:
			r.state = startField
			return r.save(t)
		case ends:
			after()
			return r.save(t)
		case !d.strict:
			r.state = inField
			return r.add(t, c, 1)
		}
		fail(t, "'%s' expected after '%s'", d.delimiter, d.quote)
		return false
	case eatNewline:
		switch {
		case newline:
		case c == "":
			r.state = startRecord
		default:
			fail(t, "new-line character seen in unquoted field - do you need to open the file with newline=''?")
			return false
		}
	}
	return true
}

const advanced = "iterator has already advanced the reader"

func readerNext(t *Thread, v Value) Value {
	r := object.To[reader](v)
	r.list = object.MakeList(min(r.width, 64))
	r.row, r.parts, r.state, r.unquoted = r.list.V[:0], object.Pieces{}, startRecord, false
	r.field, r.points = r.field[:0], 0
	for {
		line := t.Next(r.lines)
		if line.P == nil {
			if t.Exc == nil && (r.points > 0 || r.state == inQuoted) {
				if r.list == nil {
					return fail(t, advanced)
				}
				if r.d.strict {
					return fail(t, "unexpected end of data")
				}
				if r.save(t) {
					break
				}
			}
			return Value{}
		}
		if !line.IsStr() {
			return fail(t, "iterator should return strings, not %s (the file should be opened in text mode)", line.Type().Name)
		}
		if r.list == nil {
			return fail(t, advanced)
		}
		r.number++
		r.limit = stateOf(t).limit
		if !r.line(t, line.Str().S) || !r.step(t, "") {
			return Value{}
		}
		if r.state == startRecord {
			break
		}
	}
	list := r.list
	list.V = r.row
	r.list, r.row, r.parts, r.width = nil, nil, object.Pieces{}, len(list.V)
	return object.Of(list)
}

func refuse(name string) object.NewFunc {
	return func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
		return t.TypeErrorf("cannot create '%s' instances", name)
	}
}

// setupReader defines types of the module.
func setupReader() {
	object.Define(&readerType, object.TypeSpec{Name: "reader", Module: "_csv", Doc: "CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.\n",
		Slots: object.Slots{Iter: object.SelfIter, Next: readerNext, New: refuse("_csv.reader")},
		GetSets: []object.GetSetDef{
			{Name: "dialect", Member: true, Get: func(t *Thread, v Value) Value { return object.Of(object.To[reader](v).d) }},
			{Name: "line_num", Member: true, Get: func(t *Thread, v Value) Value { return object.MakeInt(object.To[reader](v).number) }},
		}})
}
