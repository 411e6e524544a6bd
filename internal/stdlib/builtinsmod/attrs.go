package builtinsmod

import (
	"math/big"

	"github.com/krait-py/krait/internal/object"
)

// name returns the interned attribute name, or nil with TypeError set.
func name(t *Thread, v Value) *object.Str {
	if !v.IsStr() {
		t.TypeErrorf("attribute name must be string, not '%s'", v.Type().Name)
		return nil
	}
	return t.Interp.InternStr(v.Str())
}

// positional checks the number of arguments of a function that takes no keywords.
func positional(t *Thread, fn string, args []Value, names *object.Tuple, least, most int) bool {
	if names != nil && names.Len() > 0 {
		t.TypeErrorf("%s() takes no keyword arguments", fn)
		return false
	}
	s := func(n int) string {
		if n == 1 {
			return ""
		}
		return "s"
	}
	if len(args) < least {
		t.TypeErrorf("%s expected at least %d argument%s, got %d", fn, least, s(least), len(args))
		return false
	}
	if len(args) > most {
		t.TypeErrorf("%s expected at most %d argument%s, got %d", fn, most, s(most), len(args))
		return false
	}
	return true
}

func getattr(t *Thread, args []Value, names *object.Tuple) Value {
	if !positional(t, "getattr", args, names, 2, 3) {
		return Value{}
	}
	n := name(t, args[1])
	if n == nil {
		return Value{}
	}
	if len(args) == 2 {
		return t.GetAttr(args[0], n)
	}
	def := args[2]
	v, ok := t.FindAttr(args[0], n)
	if ok && v.P == nil {
		return def
	}
	return v
}

func hasattr(t *Thread, a []Value) Value {
	n := name(t, a[1])
	if n == nil {
		return Value{}
	}
	v, ok := t.FindAttr(a[0], n)
	if !ok {
		return Value{}
	}
	return object.MakeBool(v.P != nil)
}

func setattr(t *Thread, a []Value) Value {
	n := name(t, a[1])
	if n == nil || !t.SetAttr(a[0], n, a[2]) {
		return Value{}
	}
	return object.None
}

func delattr(t *Thread, a []Value) Value {
	n := name(t, a[1])
	if n == nil || !t.SetAttr(a[0], n, Value{}) {
		return Value{}
	}
	return object.None
}

func callable(t *Thread, a []Value) Value { return object.MakeBool(a[0].Type().Call != nil) }

func isinstance(t *Thread, a []Value) Value {
	r, ok := t.IsInstance(a[0], a[1])
	if !ok {
		return Value{}
	}
	return object.MakeBool(r)
}

func issubclass(t *Thread, a []Value) Value {
	r, ok := t.IsSubclass(a[0], a[1])
	if !ok {
		return Value{}
	}
	return object.MakeBool(r)
}

// id is the address of an object. Numbers have none: theirs are made of their values, and are odd, so that they are nobody's address, since programs keep
// objects of all kinds by their ids.
func id(t *Thread, a []Value) Value {
	v, kind := a[0], uint64(1)
	switch {
	case v.IsInt():
	case v.IsFloat():
		kind = 3
	case v.IsBool():
		kind = 5
	default:
		return object.MakeInt(int64(object.ID(v)))
	}
	if v.B < 1<<58 {
		return object.MakeInt(int64(v.B<<4 | kind))
	}
	z := new(big.Int).SetUint64(v.B)
	return object.MakeBig(z.Or(z.Lsh(z, 4), new(big.Int).SetUint64(kind)))
}

func hash(t *Thread, a []Value) Value {
	h, ok := t.Hash(a[0])
	if !ok {
		return Value{}
	}
	return object.MakeInt(h)
}

func repr(t *Thread, a []Value) Value { return strOr(t.Repr(a[0])) }

func ascii(t *Thread, a []Value) Value { return strOr(t.ASCII(a[0])) }

func strOr(s *object.Str) Value {
	if s == nil {
		return Value{}
	}
	return object.Of(s)
}

func format(t *Thread, a []Value) Value {
	spec := a[1]
	if spec.P == nil {
		spec = object.EmptyStr
	}
	if !spec.IsStr() {
		return t.TypeErrorf("format() argument 2 must be str, not %s", object.ArgName(spec))
	}
	return t.Format(a[0], spec)
}

var (
	nameDir  = object.StaticName("__dir__")
	nameDict = object.StaticName("__dict__")
)

func dir(t *Thread, args []Value, names *object.Tuple) Value {
	if !positional(t, "dir", args, names, 0, 1) {
		return Value{}
	}
	var list Value
	if len(args) == 0 {
		l := currentLocals(t)
		if l.P == nil {
			return l
		}
		list = t.CallMethod(l, t.Interp.Intern("keys"))
	} else {
		v, found := t.CallSpecial(args[0], nameDir)
		if !found {
			return t.TypeErrorf("object does not provide __dir__")
		}
		list = v
	}
	if list.P == nil {
		return list
	}
	items, ok := t.Collect(list)
	if !ok {
		return Value{}
	}
	l := object.NewList(items)
	if !object.Sort(t, l, object.None, false) {
		return Value{}
	}
	return object.Of(l)
}

func vars(t *Thread, args []Value, names *object.Tuple) Value {
	if !positional(t, "vars", args, names, 0, 1) {
		return Value{}
	}
	if len(args) == 0 {
		return currentLocals(t)
	}
	d, ok := t.FindAttr(args[0], nameDict)
	if ok && d.P == nil {
		return t.TypeErrorf("vars() argument must have __dict__ attribute")
	}
	return d
}
