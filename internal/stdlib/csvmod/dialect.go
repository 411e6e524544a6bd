package csvmod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// The ways of quoting.
const (
	quoteMinimal = iota
	quoteAll
	quoteNonnumeric
	quoteNone
	quoteStrings
	quoteNotNull
)

var dialectType object.Type

// dialect is a Dialect. Characters are strings of one character; "" is none.
type dialect struct {
	object.Head
	delimiter, quote, escape, terminator string
	end                                  Value // the terminator as it was given
	quoting                              int
	doubleQuote, skipSpace, strict       bool
}

// fields are the settings in the order of the constructor's arguments.
var fields = [...]*object.Str{object.StaticName("delimiter"), object.StaticName("doublequote"), object.StaticName("escapechar"), object.StaticName("lineterminator"),
	object.StaticName("quotechar"), object.StaticName("quoting"), object.StaticName("skipinitialspace"), object.StaticName("strict")}

const (
	atDelimiter = iota
	atDoubleQuote
	atEscape
	atTerminator
	atQuote
	atQuoting
	atSkipSpace
	atStrict
)

func newDialect(t *Thread, cls *object.Type, a []Value) Value {
	base := a[0]
	var set [len(fields)]Value
	copy(set[:], a[1:])
	if base.P != nil && !base.IsNone() {
		if base.IsStr() {
			if base = getDialect(t, base); base.P == nil {
				return base
			}
		}
		given := false
		for _, v := range set {
			given = given || v.P != nil
		}
		if cls == &dialectType && base.Is(&dialectType) && !given {
			return base
		}
		for i := range set {
			if set[i].P != nil {
				continue
			}
			v, ok := t.FindAttr(base, fields[i])
			if !ok {
				if t.Exc == nil || t.Catch(&object.ExceptionType) == nil {
					return Value{}
				}
			}
			set[i] = v
		}
	}
	d := &dialect{Head: object.Head{Type: cls}, doubleQuote: true}
	if !d.read(t, set[:]) || !d.check(t, set[:]) {
		return Value{}
	}
	return object.Of(d)
}

// read converts the settings.
func (d *dialect) read(t *Thread, set []Value) bool {
	flag := func(v Value, to *bool) bool {
		if v.P == nil {
			return true
		}
		var ok bool
		*to, ok = t.IsTrue(v)
		return ok
	}
	char := func(at int, def string, none bool, to *string) bool {
		v := set[at]
		switch {
		case v.P == nil:
			*to = def
			return true
		case none && v.IsNone():
			return true
		}
		or := ""
		if none {
			or = " or None"
		}
		if !v.IsStr() {
			t.TypeErrorf("\"%s\" must be a unicode character%s, not %s", fields[at].S, or, v.Type().Name)
			return false
		}
		if n := v.Str().Len(); n != 1 {
			t.TypeErrorf("\"%s\" must be a unicode character%s, not a string of length %d", fields[at].S, or, n)
			return false
		}
		*to = v.Str().S
		return true
	}
	if !char(atDelimiter, ",", false, &d.delimiter) || !flag(set[atDoubleQuote], &d.doubleQuote) || !char(atEscape, "", true, &d.escape) {
		return false
	}
	d.terminator, d.end = "\r\n", set[atTerminator]
	if d.end.P == nil {
		d.end = object.MakeStr("\r\n")
	} else if !d.end.IsStr() {
		t.TypeErrorf("\"lineterminator\" must be a string, not %s", d.end.Type().Name)
		return false
	}
	d.terminator = d.end.Str().S
	if !char(atQuote, "\"", true, &d.quote) {
		return false
	}
	if v := set[atQuoting]; v.P != nil {
		if !v.Is(&object.IntType) {
			t.TypeErrorf("\"quoting\" must be an integer, not %s", v.Type().Name)
			return false
		}
		n, ok := t.AsCInt(v)
		if !ok {
			return false
		}
		d.quoting = n
	}
	return flag(set[atSkipSpace], &d.skipSpace) && flag(set[atStrict], &d.strict)
}

// check finds settings that make no sense.
func (d *dialect) check(t *Thread, set []Value) bool {
	if d.quoting < 0 || d.quoting > quoteNotNull {
		t.TypeErrorf("bad \"quoting\" value")
		return false
	}
	if set[atQuote].P != nil && set[atQuote].IsNone() && set[atQuoting].P == nil {
		d.quoting = quoteNone
	}
	if d.quoting != quoteNone && d.quote == "" {
		t.TypeErrorf("quotechar must be set if quoting enabled")
		return false
	}
	chars := [...]struct {
		name, c string
		space   bool
	}{{"delimiter", d.delimiter, true}, {"escapechar", d.escape, !d.skipSpace}, {"quotechar", d.quote, !d.skipSpace}}
	for _, x := range chars {
		if x.c == "\n" || x.c == "\r" || x.c == " " && !x.space {
			t.ValueErrorf("bad %s value", x.name)
			return false
		}
		if x.c != "" && strings.Contains(d.terminator, x.c) {
			t.ValueErrorf("bad %s or lineterminator value", x.name)
			return false
		}
	}
	for i, x := range chars {
		for _, y := range chars[i+1:] {
			if x.c != "" && x.c == y.c {
				t.ValueErrorf("bad %s or %s value", x.name, y.name)
				return false
			}
		}
	}
	return true
}

func noPickle(t *Thread, a []Value) Value { return t.TypeErrorf("cannot pickle 'Dialect' instances") }

// setupDialect defines types of the module.
func setupDialect() {
	orNone := func(s string) Value {
		if s == "" {
			return object.None
		}
		return object.MakeStr(s)
	}
	get := func(name string, member bool, f func(d *dialect) Value) object.GetSetDef {
		return object.GetSetDef{Name: name, Member: member, Get: func(t *Thread, v Value) Value { return f(object.To[dialect](v)) }}
	}
	object.Define(&dialectType, object.TypeSpec{Name: "Dialect", Module: "_csv", Doc: "CSV dialect\n\nThe Dialect type records CSV parsing and generation options.\n",
		Slots: object.Slots{New: object.Constructor("Dialect", "(dialect=None, delimiter=',', doublequote=True, escapechar=None, lineterminator='\\r\\n', quotechar='\"', quoting=0, skipinitialspace=False, strict=False)", newDialect)},
		Methods: []object.MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: noPickle, Doc: "raises an exception to avoid pickling"},
			{Name: "__reduce_ex__", Sig: "($self, protocol=0, /)", Fn: noPickle, Doc: "raises an exception to avoid pickling"},
		},
		GetSets: []object.GetSetDef{
			get("skipinitialspace", true, func(d *dialect) Value { return object.MakeBool(d.skipSpace) }),
			get("doublequote", true, func(d *dialect) Value { return object.MakeBool(d.doubleQuote) }),
			get("strict", true, func(d *dialect) Value { return object.MakeBool(d.strict) }),
			get("delimiter", false, func(d *dialect) Value { return orNone(d.delimiter) }),
			get("escapechar", false, func(d *dialect) Value { return orNone(d.escape) }),
			get("lineterminator", false, func(d *dialect) Value { return d.end }),
			get("quotechar", false, func(d *dialect) Value { return orNone(d.quote) }),
			get("quoting", false, func(d *dialect) Value { return object.MakeInt(int64(d.quoting)) }),
		}})
}
