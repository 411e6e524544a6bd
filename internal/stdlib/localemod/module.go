// Package localemod is module _locale: the locales C and C.UTF-8, the only ones there are.
package localemod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// The categories, numbered as Linux does.
var categories = []struct {
	name string
	n    int64
}{{"LC_CTYPE", 0}, {"LC_NUMERIC", 1}, {"LC_TIME", 2}, {"LC_COLLATE", 3}, {"LC_MONETARY", 4}, {"LC_MESSAGES", 5}, {"LC_ALL", 6}}

// items are what nl_langinfo knows.
var items = []struct {
	name string
	key  int64
	text string
}{
	{"ABDAY_1", 131072, "Sun"}, {"ABDAY_2", 131073, "Mon"}, {"ABDAY_3", 131074, "Tue"}, {"ABDAY_4", 131075, "Wed"}, {"ABDAY_5", 131076, "Thu"},
	{"ABDAY_6", 131077, "Fri"}, {"ABDAY_7", 131078, "Sat"}, {"DAY_1", 131079, "Sunday"}, {"DAY_2", 131080, "Monday"}, {"DAY_3", 131081, "Tuesday"},
	{"DAY_4", 131082, "Wednesday"}, {"DAY_5", 131083, "Thursday"}, {"DAY_6", 131084, "Friday"}, {"DAY_7", 131085, "Saturday"},
	{"ABMON_1", 131086, "Jan"}, {"ABMON_2", 131087, "Feb"}, {"ABMON_3", 131088, "Mar"}, {"ABMON_4", 131089, "Apr"}, {"ABMON_5", 131090, "May"},
	{"ABMON_6", 131091, "Jun"}, {"ABMON_7", 131092, "Jul"}, {"ABMON_8", 131093, "Aug"}, {"ABMON_9", 131094, "Sep"}, {"ABMON_10", 131095, "Oct"},
	{"ABMON_11", 131096, "Nov"}, {"ABMON_12", 131097, "Dec"}, {"MON_1", 131098, "January"}, {"MON_2", 131099, "February"}, {"MON_3", 131100, "March"},
	{"MON_4", 131101, "April"}, {"MON_5", 131102, "May"}, {"MON_6", 131103, "June"}, {"MON_7", 131104, "July"}, {"MON_8", 131105, "August"},
	{"MON_9", 131106, "September"}, {"MON_10", 131107, "October"}, {"MON_11", 131108, "November"}, {"MON_12", 131109, "December"},
	{"AM_STR", 131110, "AM"}, {"PM_STR", 131111, "PM"}, {"D_T_FMT", 131112, "%a %b %e %H:%M:%S %Y"}, {"D_FMT", 131113, "%m/%d/%y"},
	{"T_FMT", 131114, "%H:%M:%S"}, {"T_FMT_AMPM", 131115, "%I:%M:%S %p"}, {"ERA", 131116, ""}, {"ERA_D_FMT", 131118, ""}, {"ALT_DIGITS", 131119, ""},
	{"ERA_D_T_FMT", 131120, ""}, {"ERA_T_FMT", 131121, ""}, {"CODESET", 14, "UTF-8"}, {"CRNCYSTR", 262159, "-"}, {"RADIXCHAR", 65536, "."},
	{"THOUSEP", 65537, ""}, {"YESEXPR", 327680, "^[yY]"}, {"NOEXPR", 327681, "^[nN]"},
}

type state struct {
	set    [6]string // the locale of each category
	domain string
	err    *object.Type
}

func stateOf(t *Thread) *state {
	s, _ := t.Interp.State["_locale"].(*state)
	if s == nil {
		s = &state{domain: "messages"}
		for i := range s.set {
			s.set[i] = "C"
		}
		s.set[0] = "C.UTF-8"
		t.Interp.State["_locale"] = s
	}
	return s
}

func fail(t *Thread, msg string) Value {
	cls := object.Of(stateOf(t).err)
	e := t.CallArgs(cls, object.MakeStr(msg))
	if e.P == nil {
		return e
	}
	return t.RaiseValue(e)
}

// name returns the name that a locale is known by, or "" if there is no such locale.
func name(s string) string {
	switch s {
	case "C", "POSIX":
		return "C"
	case "", "C.UTF-8", "C.utf8", "C.UTF8", "C.utf-8":
		return "C.UTF-8"
	}
	return ""
}

func setlocale(t *Thread, a []Value) Value {
	cat, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	s := stateOf(t)
	if cat < 0 || cat > 6 {
		return fail(t, "invalid locale category")
	}
	if a[1].P != nil && !a[1].IsNone() {
		if !a[1].IsStr() {
			return t.TypeErrorf("setlocale() argument 2 must be str or None, not %s", a[1].Type().Name)
		}
		want := a[1].Str().S
		set := s.set
		if parts := strings.Split(want, ";"); cat == 6 && len(parts) > 1 {
			for _, p := range parts {
				k, v, _ := strings.Cut(p, "=")
				for i := range set {
					if categories[i].name == k {
						if set[i] = name(v); set[i] == "" {
							return fail(t, "unsupported locale setting")
						}
					}
				}
			}
		} else {
			n := name(want)
			if n == "" {
				return fail(t, "unsupported locale setting")
			}
			for i := range set {
				if cat == 6 || cat == i {
					set[i] = n
				}
			}
		}
		s.set = set
	}
	if cat < 6 {
		return object.MakeStr(s.set[cat])
	}
	same := true
	var all []string
	for i, n := range s.set {
		same = same && n == s.set[0]
		all = append(all, categories[i].name+"="+n)
	}
	if same {
		return object.MakeStr(s.set[0])
	}
	return object.MakeStr(strings.Join(all, ";"))
}

func localeconv(t *Thread, a []Value) Value {
	d := object.NewDict()
	for _, k := range []string{"int_curr_symbol", "currency_symbol", "mon_decimal_point", "mon_thousands_sep"} {
		d.SetName(t, k, object.EmptyStr)
	}
	d.SetName(t, "mon_grouping", object.Of(object.NewList(nil)))
	d.SetName(t, "positive_sign", object.EmptyStr)
	d.SetName(t, "negative_sign", object.EmptyStr)
	for _, k := range []string{"int_frac_digits", "frac_digits", "p_cs_precedes", "p_sep_by_space", "n_cs_precedes", "n_sep_by_space", "p_sign_posn", "n_sign_posn"} {
		d.SetName(t, k, object.MakeInt(127))
	}
	d.SetName(t, "decimal_point", object.MakeStr("."))
	d.SetName(t, "thousands_sep", object.EmptyStr)
	d.SetName(t, "grouping", object.Of(object.NewList(nil)))
	return object.Of(d)
}

func langinfo(t *Thread, a []Value) Value {
	key, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	for _, x := range items {
		if x.key == int64(key) {
			return object.MakeStr(x.text)
		}
	}
	return t.ValueErrorf("unsupported langinfo constant")
}

func text(t *Thread, v Value, fn string, arg int) (string, bool) {
	if !v.IsStr() {
		t.TypeErrorf("%s() argument %d must be str, not %s", fn, arg, object.ArgName(v))
		return "", false
	}
	return v.Str().S, true
}

func strcoll(t *Thread, a []Value) Value {
	x, ok := text(t, a[0], "strcoll", 1)
	if !ok {
		return Value{}
	}
	y, ok := text(t, a[1], "strcoll", 2)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(strings.Compare(x, y)))
}

func strxfrm(t *Thread, a []Value) Value {
	if !a[0].IsStr() {
		return t.TypeErrorf("strxfrm() argument must be str, not %s", object.ArgName(a[0]))
	}
	if strings.IndexByte(a[0].Str().S, 0) >= 0 {
		return t.ValueErrorf("embedded null character")
	}
	return a[0]
}

// message makes a function that returns its argument n, since there are no translations.
func message(n int) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value { return a[n] }
}

func textdomain(t *Thread, a []Value) Value {
	s := stateOf(t)
	if !a[0].IsNone() {
		d, ok := text(t, a[0], "textdomain", 1)
		if !ok {
			return Value{}
		}
		s.domain = d
	}
	return object.MakeStr(s.domain)
}

// Module is the definition of _locale.
var Module = object.ModuleDef{
	Name: "_locale",
	Doc:  "Support for POSIX locales.",
	Methods: []object.MethodDef{
		{Name: "setlocale", Sig: "(category, locale=<unrepresentable>, /)", Fn: setlocale, Doc: "Activates/queries locale processing."},
		{Name: "localeconv", Sig: "()", Fn: localeconv, Doc: "Returns numeric and monetary locale-specific parameters."},
		{Name: "strcoll", Sig: "(os1, os2, /)", Fn: strcoll, Doc: "Compares two strings according to the locale."},
		{Name: "strxfrm", Sig: "(string, /)", Fn: strxfrm, Doc: "Return a string that can be used as a key for locale-aware comparisons."},
		{Name: "nl_langinfo", Sig: "(key, /)", Fn: langinfo, Doc: "Return the value for the locale information associated with key."},
		{Name: "getencoding", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeStr("UTF-8") }, Doc: "Get the current locale encoding."},
		{Name: "gettext", Sig: "(msg, /)", Fn: message(0), Doc: "gettext(msg) -> string"},
		{Name: "dgettext", Sig: "(domain, msg, /)", Fn: message(1), Doc: "dgettext(domain, msg) -> string"},
		{Name: "dcgettext", Sig: "(domain, msg, category, /)", Fn: message(1), Doc: "Return translation of msg in domain and category."},
		{Name: "textdomain", Sig: "(domain, /)", Fn: textdomain, Doc: "Set the C library's textdmain to domain, returning the new domain."},
		{Name: "bindtextdomain", Sig: "(domain, dir, /)", Fn: message(1), Doc: "Bind the C library's domain to dir."},
		{Name: "bind_textdomain_codeset", Sig: "(domain, codeset, /)", Fn: message(1), Doc: "Bind the C library's domain to codeset."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		for _, c := range categories {
			m.Set(t, c.name, object.MakeInt(c.n))
		}
		for _, x := range items {
			m.Set(t, x.name, object.MakeInt(x.key))
		}
		m.Set(t, "CHAR_MAX", object.MakeInt(127))
		d := object.NewDict()
		d.SetName(t, "__module__", object.MakeStr("locale"))
		cls := t.CallArgs(object.Of(&object.TypeType), object.MakeStr("Error"), object.Of(object.NewTuple(object.Of(&object.ExceptionType))), object.Of(d))
		if cls.P == nil {
			return false
		}
		stateOf(t).err = object.To[object.Type](cls)
		m.Set(t, "Error", cls)
		return true
	},
}
