// Package csvmod is module _csv: readers and writers of comma separated values.
package csvmod

import (
	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// state is what an interpreter's module has.
type state struct {
	err      *object.Type
	dialects *object.Dict
	limit    int64 // of the length of a field
}

var stateKey = object.NewStateKey()

func stateOf(t *Thread) *state {
	s, _ := t.Interp.StateAt(stateKey).(*state)
	if s == nil {
		s = &state{&object.ExceptionType, object.NewDict(), 128 << 10}
		t.Interp.SetStateAt(stateKey, s)
	}
	return s
}

// Module is the definition of _csv.
var Module = object.ModuleDef{
	Setup: func(*object.ModuleDef) {
		setupReader()
		setupDialect()
		setupWriter()
	},
	Name: "_csv",
	Doc:  "CSV parsing and writing.\n",
	Methods: []object.MethodDef{
		{Name: "reader", Sig: "(iterable, /, dialect='excel', **fmtparams)", Raw: newReader, Doc: "Return a reader object that will process lines from the given iterable.\n\nThe \"iterable\" argument can be any object that returns a line\nof input for each iteration, such as a file object or a list.  The\noptional \"dialect\" argument defines a CSV dialect.  The function\nalso accepts optional keyword arguments which override settings\nprovided by the dialect.\n\nThe returned object is an iterator.  Each iteration returns a row\nof the CSV file (which can span multiple input lines)."},
		{Name: "writer", Sig: "(fileobj, /, dialect='excel', **fmtparams)", Raw: newWriter, Doc: "Return a writer object that will write user data on the given file object.\n\nThe \"fileobj\" argument can be any object that supports the file API.\nThe optional \"dialect\" argument defines a CSV dialect.  The function\nalso accepts optional keyword arguments which override settings\nprovided by the dialect."},
		{Name: "list_dialects", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			names, ok := t.Collect(object.Of(stateOf(t).dialects))
			if !ok {
				return Value{}
			}
			return object.Of(object.NewList(names))
		}, Doc: "Return a list of all known dialect names."},
		{Name: "register_dialect", Sig: "(name, /, dialect='excel', **fmtparams)", Raw: register, Doc: "Create a mapping from a string name to a CVS dialect.\n\nThe optional \"dialect\" argument specifies the base dialect instance\nor the name of the registered dialect.  The function also accepts\noptional keyword arguments which override settings provided by the\ndialect."},
		{Name: "unregister_dialect", Sig: "(name)", Fn: func(t *Thread, a []Value) Value {
			found, ok := stateOf(t).dialects.Delete(t, a[0])
			switch {
			case !ok:
				return Value{}
			case !found:
				return fail(t, "unknown dialect")
			}
			return object.None
		}, Doc: "Delete the name/dialect mapping associated with a string name."},
		{Name: "get_dialect", Sig: "(name)", Fn: func(t *Thread, a []Value) Value { return getDialect(t, a[0]) }, Doc: "Return the dialect instance associated with name."},
		{Name: "field_size_limit", Sig: "(new_limit=<unrepresentable>)", Fn: fieldSizeLimit, Doc: "Sets an upper limit on parsed fields.\n\nReturns old limit. If limit is not given, no new limit is set and\nthe old limit is returned"},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		s := stateOf(t)
		s.err = t.NewExcClass("_csv", "Error", "", &object.ExceptionType)
		if s.err == nil {
			return false
		}
		m.Set(t, "Error", object.Of(s.err))
		m.Set(t, "_dialects", object.Of(s.dialects))
		m.Set(t, "Dialect", object.Of(&dialectType))
		m.Set(t, "Reader", object.Of(&readerType))
		m.Set(t, "Writer", object.Of(&writerType))
		m.Set(t, "__version__", object.MakeStr("1.0"))
		for i, n := range [...]string{"QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL"} {
			m.Set(t, n, object.MakeInt(int64(i)))
		}
		return true
	},
}

// fail raises _csv.Error.
func fail(t *Thread, format string, args ...any) Value {
	return t.Raisef(stateOf(t).err, format, args...)
}

func getDialect(t *Thread, name Value) Value {
	v, ok := stateOf(t).dialects.Get(t, name)
	if ok && v.P == nil {
		return fail(t, "unknown dialect")
	}
	return v
}

// split separates (first, dialect, **settings) of reader, writer and register_dialect: what the dialect is made of comes back as arguments for it.
func split(t *Thread, function string, args []Value, names *object.Tuple) (first Value, rest []Value, ok bool) {
	n := len(args) - object.NameCount(names)
	if n < 1 {
		t.TypeErrorf("%s expected at least 1 argument, got %d", function, n)
		return first, nil, false
	}
	if n > 2 {
		t.TypeErrorf("%s expected at most 2 arguments, got %d", function, n)
		return first, nil, false
	}
	return args[0], args[1:], true
}

func register(t *Thread, args []Value, names *object.Tuple) Value {
	name, rest, ok := split(t, "register_dialect", args, names)
	if !ok {
		return Value{}
	}
	if !name.IsStr() {
		return t.TypeErrorf("dialect name must be a string")
	}
	d := t.Call(object.Of(&dialectType), rest, names)
	if d.P == nil || !stateOf(t).dialects.Set(t, name, d) {
		return Value{}
	}
	return object.None
}

func fieldSizeLimit(t *Thread, a []Value) Value {
	s := stateOf(t)
	old := s.limit
	if a[0].P != nil {
		if !a[0].Is(&object.IntType) {
			return t.TypeErrorf("limit must be an integer")
		}
		n, ok := object.AsInt64(a[0])
		if !ok {
			return t.OverflowErrorf("Python int too large to convert to C long")
		}
		s.limit = n
	}
	return object.MakeInt(old)
}
