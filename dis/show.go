package dis

import (
	"fmt"
	"io"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// ShowCode writes what dis.show_code of o's version prints for o: names,
// counts, flags, constants and variables. 2.7, which has no such function, and
// 3.0 to 3.5 get the form of 3.6. If addresses is nil, they count from o.
func ShowCode(w io.Writer, o *code.Object, addresses *Addresses) error {
	consts := newConstants(o, Options{Addresses: addresses})
	var b []byte
	var err error // the first constant that has too long a text
	head := func(label string) { b = append(append(b, label...), blanks[:19-len(label)]...) }
	text := func(label string, v code.Value) {
		head(label)
		b = append(appendText(b, v), '\n')
	}
	count := func(label string, n int) {
		if len(label) < 19 {
			head(label)
		} else {
			b = append(append(b, label...), ' ')
		}
		b = append(appendInt(b, n), '\n')
	}
	index := func(i int) { b = append(appendRight(b, i, 4), ": "...) }
	names := func(label string, names []string) {
		if len(names) == 0 {
			return
		}
		b = append(append(b, label...), '\n')
		for i, name := range names {
			index(i)
			b = append(appendName(b, name), '\n')
		}
	}

	text("Name:", o.Name)
	text("Filename:", o.Filename)
	count("Argument count:", o.ArgCount)
	if o.Version >= pyver.Py38 {
		count("Positional-only arguments:", o.PosOnlyArgCount)
	}
	if o.Version >= pyver.Py30 {
		count("Kw-only arguments:", o.KwOnlyArgCount)
	}
	count("Number of locals:", o.LocalCount())
	count("Stack size:", o.StackSize)
	head("Flags:")
	b = append(append(b, o.Flags.Names(o.Version)...), '\n')
	if o.Consts != nil && len(o.Consts.Items) > 0 {
		b = append(b, "Constants:\n"...)
		for i, c := range o.Consts.Items {
			index(i)
			var tooLong error
			if b, tooLong = consts.append(b, c); tooLong != nil && err == nil {
				err = fmt.Errorf("dis: %s: constant %d: %w", o.NameText(), i, tooLong)
			}
			b = append(b, '\n')
			if len(b) >= flushAt {
				if _, err := w.Write(b); err != nil {
					return err
				}
				b = b[:0]
			}
		}
	}
	names("Names:", o.GlobalNames())
	names("Variable names:", o.Locals())
	names("Free variables:", o.Frees())
	names("Cell variables:", o.Cells())
	if _, err := w.Write(b); err != nil {
		return err
	}
	return err
}
