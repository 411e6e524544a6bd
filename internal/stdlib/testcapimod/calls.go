package testcapimod

import "github.com/krait-py/krait/internal/object"

// conventions returns functions that take their arguments in all the ways there are and return them behind self.
// self is how their signatures begin: "$self", "$type", or "" for static methods, which have no self.
func conventions(self string) []object.MethodDef {
	sig := func(rest string) string {
		if self == "" {
			return "(" + rest + ")"
		}
		if rest == "" {
			return "(" + self + ", /)"
		}
		return "(" + self + ", " + rest + ")"
	}
	named := func(name, rest string, f func(t *Thread, self Value, a []Value) Value) object.MethodDef {
		return object.MethodDef{Name: name, Sig: sig(rest), Static: self == "", Fn: func(t *Thread, a []Value) Value {
			if self == "" {
				return f(t, object.None, a)
			}
			return f(t, a[0], a[1:])
		}}
	}
	positional := func(t *Thread, self Value, a []Value) Value { return object.Of(object.NewTuple(self, a[0])) }
	keywords := func(t *Thread, self Value, a []Value) Value { return object.Of(object.NewTuple(self, a[0], a[1])) }
	return []object.MethodDef{
		named("meth_varargs", "*args", positional),
		named("meth_varargs_keywords", "*args, **kwargs", keywords),
		named("meth_o", "arg, /", positional),
		named("meth_noargs", "", func(t *Thread, self Value, a []Value) Value { return self }),
		named("meth_fastcall", "*args", positional),
		named("meth_fastcall_keywords", "*args, **kwargs", keywords),
	}
}

// bound are the functions of the module, which get it as self.
var bound = conventions("$self")

// arguments returns what a call gets: args is a tuple or None.
func arguments(t *Thread, args Value) ([]Value, bool) {
	if args.IsNone() {
		return nil, true
	}
	if !args.IsA(&object.TupleType) {
		t.TypeErrorf("args must be None or a tuple")
		return nil, false
	}
	return append([]Value(nil), object.To[object.Tuple](args).Items()...), true
}

func fastCallDict(t *Thread, a []Value) Value {
	args, ok := arguments(t, a[1])
	if !ok {
		return Value{}
	}
	if a[2].P == nil || a[2].IsNone() {
		return t.Call(a[0], args, nil)
	}
	if !a[2].IsA(&object.DictType) {
		return t.TypeErrorf("kwnames must be None or a dict")
	}
	var names []Value
	for k, v := range object.To[object.Dict](a[2]).All {
		names = append(names, k)
		args = append(args, v)
	}
	return t.Call(a[0], args, object.NewTuple(names...))
}

func vectorcall(t *Thread, a []Value) Value {
	args, ok := arguments(t, a[1])
	if !ok {
		return Value{}
	}
	if a[2].IsNone() {
		return t.Call(a[0], args, nil)
	}
	if !a[2].IsA(&object.TupleType) {
		return t.TypeErrorf("kwnames must be None or a tuple")
	}
	names := object.To[object.Tuple](a[2])
	if names.Len() > len(args) {
		return t.ValueErrorf("kwnames longer than args")
	}
	return t.Call(a[0], args, names)
}

func callFooBar(t *Thread, f Value) Value {
	return t.Call(f, []Value{object.MakeStr("foo"), object.MakeStr("bar")}, object.NewTuple(object.Of(t.Interp.Intern("baz"))))
}

func strValue(s *object.Str) Value {
	if s == nil {
		return Value{}
	}
	return object.Of(s)
}

// attribute is a function that returns an attribute of its argument.
func attribute(name, attr string) object.MethodDef {
	return object.MethodDef{Name: name, Sig: "(frame, /)", Fn: func(t *Thread, a []Value) Value { return t.GetAttrName(a[0], attr) }}
}

// frameVar returns a variable of a frame.
func frameVar(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("name must be str, not %s", a[1].Type().Name)
	}
	locals := t.GetAttrName(a[0], "f_locals")
	if locals.P == nil {
		return locals
	}
	v := t.GetItem(locals, a[1])
	if v.P == nil && t.Catch(&object.KeyErrorType) != nil {
		s := t.Repr(a[1])
		if s == nil {
			return Value{}
		}
		return t.Raisef(&object.NameErrorType, "variable %s does not exist", s.S)
	}
	return v
}

func frameVarString(t *Thread, a []Value) Value {
	if !a[1].Is(&object.BytesType) {
		return t.TypeErrorf("a bytes-like object is required, not '%s'", a[1].Type().Name)
	}
	return frameVar(t, []Value{a[0], object.MakeStr(object.To[object.Bytes](a[1]).S)})
}
