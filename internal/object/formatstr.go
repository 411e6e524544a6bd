package object

import "github.com/krait-py/krait/internal/pyfmt"

// formatter is one call of str.format or str.format_map.
type formatter struct {
	t       *Thread
	args    []Value
	names   *Tuple  // of keyword arguments
	values  []Value // of these
	mapping Value   // of format_map
	auto    pyfmt.AutoNumber
}

func strFormatMethod(t *Thread, args []Value, names *Tuple) Value {
	if len(args) == 0 {
		return t.TypeErrorf("unbound method str.format() needs an argument")
	}
	n := len(args) - nameCount(names)
	f := formatter{t: t, args: args[1:n], names: names, values: args[n:]}
	return f.format(args[0].Str())
}

// single formats a text that is nothing but one field, or that has none: the result is what the field makes of its value.
func (f *formatter) single(s *Str) (v Value, done bool) {
	tpl := pyfmt.Template{Rest: s.S}
	var fd pyfmt.Field
	if more, err := tpl.Next(&fd); err != nil || !more || tpl.Rest != "" {
		return Value{}, false
	}
	if !fd.Present {
		if len(fd.Literal) == len(s.S) {
			return s.exact(), true
		}
		return Value{}, false
	}
	if fd.Literal != "" || fd.Nested {
		return Value{}, false
	}
	if v = f.fieldValue(&fd); v.P == nil {
		return v, true
	}
	if fd.Spec == "" {
		return f.t.Format(v, EmptyStr), true
	}
	return f.t.Format(v, MakeStr(fd.Spec)), true
}

func strFormatMap(t *Thread, a []Value) Value {
	f := formatter{t: t, mapping: a[1]}
	return f.format(a[0].Str())
}

func (f *formatter) format(s *Str) Value {
	if v, done := f.single(s); done {
		return v
	}
	b, ok := f.append(f.t.takeText(), s.S, 2)
	if !ok {
		return Value{}
	}
	return f.t.giveText(b, CountPoints(textOf(b)))
}

// append formats text; specs may have fields as long as depth allows.
func (f *formatter) append(b []byte, text string, depth int) ([]byte, bool) {
	if depth == 0 {
		f.t.ValueErrorf("Max string recursion exceeded")
		return b, false
	}
	tpl := pyfmt.Template{Rest: text}
	var fd pyfmt.Field
	for {
		more, err := tpl.Next(&fd)
		if err != nil {
			f.t.raiseFmt(err)
			return b, false
		}
		if !more {
			return b, true
		}
		b = append(b, fd.Literal...)
		if !fd.Present {
			continue
		}
		var ok bool
		if b, ok = f.field(b, &fd, depth); !ok {
			return b, false
		}
		if len(b) > maxBytes {
			f.t.RaiseNew(&MemoryErrorType)
			return b, false
		}
	}
}

func (f *formatter) field(b []byte, fd *pyfmt.Field, depth int) ([]byte, bool) {
	v := f.fieldValue(fd)
	if v.P == nil {
		return b, false
	}
	spec := fd.Spec
	if fd.Nested {
		x, ok := f.append(nil, spec, depth-1)
		if !ok {
			return b, false
		}
		spec = textOf(x)
	}
	return f.t.appendFormatted(b, v, spec)
}

// fieldValue gets the value of a field and converts it.
func (f *formatter) fieldValue(fd *pyfmt.Field) Value {
	t := f.t
	v := f.value(fd.Name)
	if v.P == nil || fd.Conversion == 0 {
		return v
	}
	switch fd.Conversion {
	case 'r':
		return strOrNil(t.Repr(v))
	case 's':
		return strOrNil(t.Str(v))
	case 'a':
		return strOrNil(t.ASCII(v))
	}
	return t.raiseFmt(pyfmt.ConversionError(fd.Conversion))
}

// value gets what the name of a field stands for.
func (f *formatter) value(name string) Value {
	t := f.t
	first, index, path, err := pyfmt.SplitField(name)
	if err == nil {
		if f.mapping.P != nil && (index >= 0 || first == "") {
			return t.ValueErrorf("Format string contains positional fields")
		}
		index, err = f.auto.Index(first, index)
	}
	if err != nil {
		return t.raiseFmt(err)
	}
	var v Value
	switch {
	case index >= 0:
		if index >= len(f.args) {
			return t.IndexErrorf("Replacement index %d out of range for positional args tuple", index)
		}
		v = f.args[index]
	case f.mapping.P != nil:
		v = t.GetItem(f.mapping, MakeStr(first))
	default:
		if v = f.keyword(first); v.P == nil {
			return t.KeyError(MakeStr(first))
		}
	}
	if path.Rest == "" {
		return v
	}
	var a pyfmt.Accessor
	for v.P != nil {
		more, err := path.Next(&a)
		if err != nil {
			return t.raiseFmt(err)
		}
		if !more {
			break
		}
		switch {
		case a.Attr:
			v = t.GetAttrName(v, a.Name)
		case a.Index >= 0:
			v = t.GetItem(v, MakeInt(int64(a.Index)))
		default:
			v = t.GetItem(v, MakeStr(a.Name))
		}
	}
	return v
}

func (f *formatter) keyword(name string) Value {
	if f.names != nil {
		for i, n := range f.names.Items() {
			if n.Str().S == name {
				return f.values[i]
			}
		}
	}
	return Value{}
}
