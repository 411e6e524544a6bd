// Package unicodedatamod is module unicodedata.
package unicodedatamod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/strs"
	"github.com/krait-py/krait/internal/unicodedb"
	"github.com/krait-py/krait/internal/uniname"
)

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module. Its functions tell of Unicode 16; the methods of ucd_3_2_0 are
// the same for Unicode 3.2.
var Module = object.ModuleDef{
	Name:    "unicodedata",
	Setup:   setup,
	Doc:     "This module provides access to the Unicode Character Database, version\n16.0.0, which defines character properties for all Unicode characters.",
	Methods: methods(unicodedb.V16, "(", 0),
	Types:   []*object.Type{&ucdType},
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "unidata_version", object.MakeStr(unicodedb.V16.String()))
		m.Set(t, "ucd_3_2_0", object.Of(&object.Head{Type: &ucdType}))
		return true
	},
}

// ucdType is the type of ucd_3_2_0.
var ucdType object.Type

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&ucdType, object.TypeSpec{
		Name: "UCD", Module: "unicodedata", Flags: object.FlagNoNew,
		Methods: methods(unicodedb.V32, "($self, ", 1),
		GetSets: []object.GetSetDef{{Name: "unidata_version", Member: true, Get: func(t *thread, v value) value {
			return object.MakeStr(unicodedb.V32.String())
		}}},
	})
}

// methods are the functions for a version; their arguments begin at index at.
func methods(v unicodedb.Version, open string, at int) []object.MethodDef {
	var defs []object.MethodDef
	one := func(name, doc string, f func(r rune) value) {
		defs = append(defs, object.MethodDef{Name: name, Sig: open + "chr, /)", Doc: doc, Fn: func(t *thread, a []value) value {
			r, ok := char(t, a[at], name, "")
			if !ok {
				return value{}
			}
			return f(r)
		}})
	}
	// The result is no value if there is none, and then the default.
	def := func(name, missing, doc string, f func(r rune) value) {
		defs = append(defs, object.MethodDef{Name: name, Sig: open + "chr, default=<unrepresentable>, /)", Doc: doc, Fn: func(t *thread, a []value) value {
			r, ok := char(t, a[at], name, " 1")
			if !ok {
				return value{}
			}
			if x := f(r); x.P != nil {
				return x
			}
			if a[at+1].P == nil {
				return t.ValueErrorf("%s", missing)
			}
			return a[at+1]
		}})
	}
	digit := func(f func(r rune) int) func(r rune) value {
		return func(r rune) value {
			if d := f(r); d >= 0 {
				return object.MakeInt(int64(d))
			}
			return value{}
		}
	}
	def("decimal", "not a decimal", "Converts a Unicode character into its equivalent decimal value.", digit(v.Decimal))
	def("digit", "not a digit", "Converts a Unicode character into its equivalent digit value.", digit(v.Digit))
	def("numeric", "not a numeric character", "Converts a Unicode character into its equivalent numeric value.", func(r rune) value {
		if x, ok := v.Numeric(r); ok {
			return object.MakeFloat(x)
		}
		return value{}
	})
	def("name", "no such name", "Returns the name assigned to the character chr as a string.", func(r rune) value {
		if v == unicodedb.V32 && v.Category(r) == "Cn" {
			return value{}
		}
		if name, ok := uniname.Name(r); ok {
			return object.MakeStr(name)
		}
		return value{}
	})
	text := func(f func(r rune) string) func(r rune) value {
		return func(r rune) value { return object.MakeStr(f(r)) }
	}
	one("category", "Returns the general category assigned to the character chr as string.", text(v.Category))
	one("bidirectional", "Returns the bidirectional class assigned to the character chr as string.", text(v.Bidirectional))
	one("east_asian_width", "Returns the east asian width assigned to the character chr as string.", text(v.EastAsianWidth))
	one("decomposition", "Returns the character decomposition mapping assigned to the character chr as string.", text(v.Decomposition))
	one("combining", "Returns the canonical combining class assigned to the character chr as integer.", func(r rune) value {
		return object.MakeInt(int64(v.Combining(r)))
	})
	one("mirrored", "Returns the mirrored property assigned to the character chr as integer.", func(r rune) value {
		if v.Mirrored(r) {
			return object.MakeInt(1)
		}
		return object.MakeInt(0)
	})
	return append(defs,
		object.MethodDef{Name: "lookup", Sig: open + "name, /)", Doc: "Look up character by name.", Fn: func(t *thread, a []value) value {
			return lookup(t, v, a[at])
		}},
		object.MethodDef{Name: "normalize", Sig: open + "form, unistr, /)", Doc: "Return the normal form 'form' for the Unicode string unistr.", Fn: func(t *thread, a []value) value {
			return normalize(t, v, a[at], a[at+1])
		}},
		object.MethodDef{Name: "is_normalized", Sig: open + "form, unistr, /)", Doc: "Return whether the Unicode string unistr is in the normal form 'form'.", Fn: func(t *thread, a []value) value {
			return isNormalized(t, v, a[at], a[at+1])
		}},
	)
}

// char returns the character that an argument is.
func char(t *thread, v value, name, number string) (rune, bool) {
	if !v.IsStr() {
		t.TypeErrorf("%s() argument%s must be a unicode character, not %s", name, number, v.Type().Name)
		return 0, false
	}
	s := v.Str()
	if s.Len() != 1 {
		t.TypeErrorf("%s(): argument%s must be a unicode character, not a string of length %d", name, number, s.Len())
		return 0, false
	}
	r, _ := strs.Decode(s.S)
	return r, true
}

// maxName is how long a name may be that is looked up.
const maxName = 256

func lookup(t *thread, v unicodedb.Version, arg value) value {
	name := ""
	switch {
	case arg.IsStr():
		name = arg.Str().S
	case arg.Type().Buffer != nil:
		b, ok := arg.Type().Buffer(t, arg, false)
		if !ok {
			return value{}
		}
		if !b.ReadOnly {
			return t.TypeErrorf("lookup() argument must be read-only bytes-like object, not %s", arg.Type().Name)
		}
		name = string(b.Bytes)
	default:
		return t.TypeErrorf("a bytes-like object is required, not '%s'", arg.Type().Name)
	}
	if len(name) > maxName {
		return t.KeyError(object.MakeStr("name too long"))
	}
	if v == unicodedb.V32 {
		if r, ok := uniname.Rune(name); ok && !uniname.IsAlias(name) {
			return object.MakeChar(r)
		}
	} else if text, ok := uniname.Lookup(name); ok {
		return object.MakeStr(text)
	}
	return t.KeyError(object.MakeStr("undefined character name '" + name + "'"))
}

// formArgs checks the arguments of the functions for normal forms. There is a form if
// the text is not empty.
func formArgs(t *thread, name string, form, text value) (f unicodedb.Form, ok bool) {
	for i, v := range []value{form, text} {
		if !v.IsStr() {
			t.TypeErrorf("%s() argument %d must be str, not %s", name, i+1, object.ArgName(v))
			return 0, false
		}
	}
	f, ok = unicodedb.FormOf(form.Str().S)
	if !ok && text.Str().Len() != 0 {
		t.ValueErrorf("invalid normalization form")
		return 0, false
	}
	return f, true
}

func normalize(t *thread, v unicodedb.Version, form, text value) value {
	f, ok := formArgs(t, "normalize", form, text)
	if !ok {
		return value{}
	}
	s := text.Str()
	res := v.Normalize(f, s.S)
	if res == s.S && text.Is(&object.StrType) {
		return text
	}
	return object.MakeStr(res)
}

func isNormalized(t *thread, v unicodedb.Version, form, text value) value {
	f, ok := formArgs(t, "is_normalized", form, text)
	if !ok {
		return value{}
	}
	return object.MakeBool(text.Str().Len() == 0 || v.IsNormalized(f, text.Str().S))
}
