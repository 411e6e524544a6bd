package csvmod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

var writerType object.Type

// writer is a writer object.
type writer struct {
	object.Head
	d     *dialect
	write Value
	row   []byte
	plain [256]bool // bytes that need neither quotes nor escapes
}

var nameWrite = object.StaticName("write")

func newWriter(t *Thread, args []Value, names *object.Tuple) Value {
	file, rest, ok := split(t, "writer", args, names)
	if !ok {
		return Value{}
	}
	d := t.Call(object.Of(&dialectType), rest, names)
	if d.P == nil {
		return d
	}
	w := &writer{Head: object.Head{Type: &writerType}, d: object.To[dialect](d)}
	if w.write, ok = t.FindAttr(file, nameWrite); !ok {
		return Value{}
	}
	if w.write.P == nil || w.write.Type().Call == nil {
		return t.TypeErrorf("argument 1 must have a \"write\" method")
	}
	for i := range w.plain {
		w.plain[i] = true
	}
	for _, s := range [...]string{"\n", "\r", w.d.delimiter, w.d.quote, w.d.escape} {
		if s != "" {
			w.plain[s[0]] = false
		}
	}
	for i := range len(w.d.terminator) {
		w.plain[w.d.terminator[i]] = false
	}
	return object.Of(w)
}

// add writes a field, the n-th of the row. null says that it stands for None.
func (w *writer) add(t *Thread, s string, n int, quoted, null bool) bool {
	d := w.d
	if s == "" && d.delimiter == " " && d.skipSpace {
		if d.quoting == quoteNone || null && (d.quoting == quoteStrings || d.quoting == quoteNotNull) {
			fail(t, "empty field must be quoted if delimiter is a space and skipinitialspace is true")
			return false
		}
		quoted = true
	}
	if n > 0 {
		w.row = append(w.row, d.delimiter...)
	}
	start := len(w.row)
	for s != "" {
		k := 0
		for k < len(s) && w.plain[s[k]] {
			k++
		}
		w.row = append(w.row, s[:k]...)
		if s = s[k:]; s == "" {
			break
		}
		c := s[:char(s)]
		s = s[len(c):]
		if c == d.delimiter || c == d.escape || c == d.quote || c == "\n" || c == "\r" || strings.Contains(d.terminator, c) {
			escape := d.quoting == quoteNone
			if !escape {
				switch c {
				case d.quote:
					if d.doubleQuote {
						w.row = append(w.row, c...)
					} else {
						escape = true
					}
				case d.escape:
					escape = true
				}
				quoted = quoted || !escape
			}
			if escape {
				if d.escape == "" {
					fail(t, "need to escape, but no escapechar set")
					return false
				}
				w.row = append(w.row, d.escape...)
			}
		}
		w.row = append(w.row, c...)
	}
	if quoted {
		w.row = append(w.row, d.quote...)
		w.row = append(w.row, d.quote...)
		copy(w.row[start+len(d.quote):], w.row[start:len(w.row)-2*len(d.quote)])
		copy(w.row[start:], d.quote)
		copy(w.row[len(w.row)-len(d.quote):], d.quote)
	}
	return true
}

// isNumber is what C calls a number: something that can be made an int or a float.
func isNumber(v Value) bool {
	s := v.Type()
	return s.Index != nil || s.Int != nil || s.Float != nil || s.IsSubtype(&object.ComplexType)
}

func writeRow(t *Thread, a []Value) Value {
	w := object.To[writer](a[0])
	d := w.d
	it := t.Iter(a[1])
	if it.P == nil {
		if t.Catch(&object.TypeErrorType) != nil {
			return fail(t, "iterable expected, not %s", a[1].Type().Name)
		}
		return it
	}
	w.row = w.row[:0]
	n, null := 0, false
	for {
		v := t.Next(it)
		if v.P == nil {
			if t.Exc != nil {
				return v
			}
			break
		}
		quoted := false
		switch d.quoting {
		case quoteNonnumeric:
			quoted = !isNumber(v)
		case quoteAll:
			quoted = true
		case quoteStrings:
			quoted = v.IsStr()
		case quoteNotNull:
			quoted = !v.IsNone()
		}
		text := ""
		null = v.IsNone()
		switch {
		case v.IsStr():
			text = v.Str().S
		case null:
		default:
			s := t.Str(v)
			if s == nil {
				return Value{}
			}
			text = s.S
		}
		if !w.add(t, text, n, quoted, null) {
			return Value{}
		}
		n++
	}
	if n > 0 && len(w.row) == 0 {
		if d.quoting == quoteNone || null && (d.quoting == quoteStrings || d.quoting == quoteNotNull) {
			return fail(t, "single empty field record must be quoted")
		}
		if !w.add(t, "", n-1, true, null) {
			return Value{}
		}
	}
	w.row = append(w.row, d.terminator...)
	return t.CallArgs(w.write, object.MakeStr(string(w.row)))
}

func writeRows(t *Thread, a []Value) Value {
	it := t.Iter(a[1])
	if it.P == nil {
		return it
	}
	for {
		row := t.Next(it)
		if row.P == nil {
			if t.Exc != nil {
				return row
			}
			return object.None
		}
		if v := writeRow(t, []Value{a[0], row}); v.P == nil {
			return v
		}
	}
}

// setupWriter defines types of the module.
func setupWriter() {
	object.Define(&writerType, object.TypeSpec{Name: "writer", Module: "_csv", Doc: "CSV writer\n\nWriter objects are responsible for generating tabular data\nin CSV format from sequence input.\n",
		Slots: object.Slots{New: refuse("_csv.writer")},
		Methods: []object.MethodDef{
			{Name: "writerow", Sig: "($self, row, /)", Fn: writeRow, Doc: "Construct and write a CSV record from an iterable of fields.\n\nNon-string elements will be converted to string."},
			{Name: "writerows", Sig: "($self, rows, /)", Fn: writeRows, Doc: "Construct and write a series of iterables to a csv file.\n\nNon-string elements will be converted to string."},
		},
		GetSets: []object.GetSetDef{
			{Name: "dialect", Member: true, Get: func(t *Thread, v Value) Value { return object.Of(object.To[writer](v).d) }},
		}})
}
