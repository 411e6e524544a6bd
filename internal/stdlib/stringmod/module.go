// Package stringmod is module _string: the parser of str.format for string.Formatter.
package stringmod

import (
	"errors"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyfmt"
)

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "_string",
	Setup: setup,
	Doc:   "string helper module",
	Methods: []object.MethodDef{
		{Name: "formatter_field_name_split", Sig: "(object, /)", Fn: splitField, Doc: "split the argument as a field name"},
		{Name: "formatter_parser", Sig: "(object, /)", Fn: parse, Doc: "parse the argument as a format string"},
	},
}

// formatIter yields what a format consists of.
type formatIter struct {
	object.Head
	template pyfmt.Template
}

// fieldIter yields the attributes and items that a field name asks for.
type fieldIter struct {
	object.Head
	path pyfmt.FieldPath
}

var formatIterType, fieldIterType object.Type

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	self := func(t *thread, v value) value { return v }
	object.Define(&formatIterType, object.TypeSpec{
		Name: "formatteriterator", Flags: object.FlagNoNew,
		Slots: object.Slots{Iter: self, Next: nextPiece},
	})
	object.Define(&fieldIterType, object.TypeSpec{
		Name: "fieldnameiterator", Flags: object.FlagNoNew,
		Slots: object.Slots{Iter: self, Next: nextAccessor},
	})
}

func text(t *thread, v value) (string, bool) {
	if !v.IsStr() {
		t.TypeErrorf("expected str, got %s", v.Type().Name)
		return "", false
	}
	return v.Str().S, true
}

// raise raises what package pyfmt reports.
func raise(t *thread, err error) value {
	var e *pyfmt.Error
	if errors.As(err, &e) {
		return t.ValueErrorf("%s", e.Text)
	}
	return t.SystemErrorf("%v", err)
}

func parse(t *thread, a []value) value {
	s, ok := text(t, a[0])
	if !ok {
		return value{}
	}
	return object.Of(&formatIter{object.Head{Type: &formatIterType}, pyfmt.Template{Rest: s}})
}

func nextPiece(t *thread, v value) value {
	var f pyfmt.Field
	more, err := object.To[formatIter](v).template.Next(&f)
	if err != nil {
		return raise(t, err)
	}
	if !more {
		return value{}
	}
	x := object.NewTuple(object.MakeStr(f.Literal), object.None, object.None, object.None)
	if f.Present {
		x.Items()[1], x.Items()[2] = object.MakeStr(f.Name), object.MakeStr(f.Spec)
	}
	if f.Conversion != 0 {
		x.Items()[3] = object.MakeChar(f.Conversion)
	}
	return object.Of(x)
}

func splitField(t *thread, a []value) value {
	s, ok := text(t, a[0])
	if !ok {
		return value{}
	}
	first, index, path, err := pyfmt.SplitField(s)
	if err != nil {
		return raise(t, err)
	}
	v := object.MakeInt(int64(index))
	if index < 0 {
		v = object.MakeStr(first)
	}
	return object.Of(object.NewTuple(v, object.Of(&fieldIter{object.Head{Type: &fieldIterType}, path})))
}

func nextAccessor(t *thread, v value) value {
	var a pyfmt.Accessor
	more, err := object.To[fieldIter](v).path.Next(&a)
	if err != nil {
		return raise(t, err)
	}
	if !more {
		return value{}
	}
	key := object.MakeStr(a.Name)
	if a.Index >= 0 {
		key = object.MakeInt(int64(a.Index))
	}
	return object.Of(object.NewTuple(object.MakeBool(a.Attr), key))
}
