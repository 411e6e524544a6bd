// Package operatormod is the module _operator: operators as functions, and the
// callables attrgetter, itemgetter and methodcaller.
package operatormod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "_operator",
	Setup: setup,
	Doc: "Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\n" +
		"to the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent to the expression x+y.",
	Types: []*object.Type{&AttrGetterType, &ItemGetterType, &MethodCallerType},
}

func truth(b, ok bool) value {
	if !ok {
		return value{}
	}
	return object.MakeBool(b)
}

func noneIf(ok bool) value {
	if !ok {
		return value{}
	}
	return object.None
}

func methods() []object.MethodDef {
	const one, two = "(a, /)", "(a, b, /)"
	var defs []object.MethodDef
	add := func(name, sig, doc string, f func(t *thread, a []value) value) {
		defs = append(defs, object.MethodDef{Name: name, Sig: sig, Fn: f, Doc: doc})
	}
	add("truth", one, "Return True if a is true, False otherwise.", func(t *thread, a []value) value { return truth(t.IsTrue(a[0])) })
	add("contains", two, "Same as b in a (note reversed operands).", func(t *thread, a []value) value { return truth(t.Contains(a[0], a[1])) })
	add("indexOf", two, "Return the first index of b in a.", indexOf)
	add("countOf", two, "Return the number of items in a which are, or which equal, b.", countOf)
	add("is_", two, "Same as a is b.", func(t *thread, a []value) value { return object.MakeBool(a[0] == a[1]) })
	add("is_not", two, "Same as a is not b.", func(t *thread, a []value) value { return object.MakeBool(a[0] != a[1]) })
	add("is_none", one, "Same as a is None.", func(t *thread, a []value) value { return object.MakeBool(a[0].IsNone()) })
	add("is_not_none", one, "Same as a is not None.", func(t *thread, a []value) value { return object.MakeBool(!a[0].IsNone()) })
	add("index", one, "Same as a.__index__()", func(t *thread, a []value) value { return t.Index(a[0]) })
	add("neg", one, "Same as -a.", func(t *thread, a []value) value { return t.Negative(a[0]) })
	add("pos", one, "Same as +a.", func(t *thread, a []value) value { return t.Positive(a[0]) })
	add("abs", one, "Same as abs(a).", func(t *thread, a []value) value { return t.Absolute(a[0]) })
	add("inv", one, "Same as ~a.", func(t *thread, a []value) value { return t.Invert(a[0]) })
	add("invert", one, "Same as ~a.", func(t *thread, a []value) value { return t.Invert(a[0]) })
	add("not_", one, "Same as not a.", func(t *thread, a []value) value {
		b, ok := t.IsTrue(a[0])
		return truth(!b, ok)
	})
	for _, o := range []struct {
		name, sign string
		op         object.BinaryOp
	}{
		{"add", "+", object.OpAdd}, {"sub", "-", object.OpSubtract}, {"mul", "*", object.OpMultiply}, {"matmul", "@", object.OpMatrixMultiply},
		{"floordiv", "//", object.OpFloorDivide}, {"truediv", "/", object.OpTrueDivide}, {"mod", "%", object.OpRemainder},
		{"lshift", "<<", object.OpLshift}, {"rshift", ">>", object.OpRshift}, {"and_", "&", object.OpAnd}, {"xor", "^", object.OpXor},
		{"or_", "|", object.OpOr}, {"pow", "**", object.OpPower},
	} {
		op := o.op
		add(o.name, two, "Same as a "+o.sign+" b.", func(t *thread, a []value) value { return t.BinaryOp(a[0], a[1], op) })
		in := "i" + o.name
		if in[len(in)-1] == '_' {
			in = in[:len(in)-1]
		}
		add(in, two, "Same as a "+o.sign+"= b.", func(t *thread, a []value) value { return t.InplaceOp(a[0], a[1], op) })
	}
	add("concat", two, "Same as a + b, for a and b sequences.", func(t *thread, a []value) value { return concat(t, a, false) })
	add("iconcat", two, "Same as a += b, for a and b sequences.", func(t *thread, a []value) value { return concat(t, a, true) })
	add("getitem", two, "Same as a[b].", func(t *thread, a []value) value { return t.GetItem(a[0], a[1]) })
	add("setitem", "(a, b, c, /)", "Same as a[b] = c.", func(t *thread, a []value) value { return noneIf(t.SetItem(a[0], a[1], a[2])) })
	add("delitem", two, "Same as del a[b].", func(t *thread, a []value) value { return noneIf(t.SetItem(a[0], a[1], value{})) })
	for _, c := range []struct {
		name, sign string
		op         object.CompareOp
	}{{"eq", "==", object.CmpEq}, {"ne", "!=", object.CmpNe}, {"lt", "<", object.CmpLt}, {"le", "<=", object.CmpLe}, {"gt", ">", object.CmpGt}, {"ge", ">=", object.CmpGe}} {
		op := c.op
		add(c.name, two, "Same as a "+c.sign+" b.", func(t *thread, a []value) value { return t.Compare(a[0], a[1], op) })
	}
	add("_compare_digest", two, "Return 'a == b'.\n\nThis function uses an approach designed to prevent\ntiming analysis, making it appropriate for cryptography.", compareDigest)
	add("length_hint", "(obj, default=0, /)", "Return an estimate of the number of items in obj.", lengthHint)
	defs = append(defs, object.MethodDef{Name: "call", Sig: "(obj, /, *args, **kwargs)", Doc: "Same as obj(*args, **kwargs).", Raw: call})
	return defs
}

func indexOf(t *thread, a []value) value {
	i, found := int64(0), false
	if !each(t, a[0], func(x value) bool {
		eq, ok := t.Equal(x, a[1])
		if found = eq && ok; !eq {
			i++
		}
		return ok && !eq
	}) {
		return value{}
	}
	if !found {
		return t.ValueErrorf("sequence.index(x): x not in sequence")
	}
	return object.MakeInt(i)
}

// each is Thread.Each with the words that sequence functions have for what is no iterable.
func each(t *thread, v value, f func(x value) bool) bool {
	if v.Type().Iter == nil && v.Type().GetItem == nil {
		t.TypeErrorf("argument of type '%s' is not iterable", v.Type().Name)
		return false
	}
	return t.Each(v, f)
}

func countOf(t *thread, a []value) value {
	n := int64(0)
	if !each(t, a[0], func(x value) bool {
		eq, ok := t.Equal(x, a[1])
		if eq {
			n++
		}
		return ok
	}) {
		return value{}
	}
	return object.MakeInt(n)
}

// concat wants sequences, but lets their number slots decide where they have no others.
func concat(t *thread, a []value, inplace bool) value {
	x, y := a[0].Type(), a[1].Type()
	if inplace && x.InConcat != nil {
		return x.InConcat(t, a[0], a[1])
	}
	if x.Concat != nil {
		return x.Concat(t, a[0], a[1])
	}
	if isSequence(x) && isSequence(y) {
		if inplace {
			if f := x.Inplace[object.OpAdd]; f != nil {
				if r := f(t, a[0], a[1]); r != object.NotImplemented {
					return r
				}
			}
		}
		if f := x.Binary[object.OpAdd]; f != nil {
			if r := f(t, a[0], a[1]); r != object.NotImplemented {
				return r
			}
		}
	}
	return t.TypeErrorf("'%s' object can't be concatenated", x.Name)
}

func isSequence(s *object.Type) bool { return s.GetItem != nil && s.Flags&object.FlagDict == 0 }

func compareDigest(t *thread, a []value) value {
	if a[0].IsStr() && a[1].IsStr() {
		x, y := a[0].Str(), a[1].Str()
		if !x.IsASCII() || !y.IsASCII() {
			return t.TypeErrorf("comparing strings with non-ASCII characters is not supported")
		}
		return object.MakeBool(x.S == y.S)
	}
	f, g := a[0].Type().Buffer, a[1].Type().Buffer
	if f == nil || g == nil || a[0].IsStr() || a[1].IsStr() {
		return t.TypeErrorf("unsupported operand types(s) or combination of types: '%s' and '%s'", a[0].Type().Name, a[1].Type().Name)
	}
	x, ok := f(t, a[0], false)
	if !ok {
		return value{}
	}
	y, ok := g(t, a[1], false)
	if !ok {
		return value{}
	}
	return object.MakeBool(string(x.Bytes) == string(y.Bytes))
}

func lengthHint(t *thread, a []value) value {
	def := 0
	if a[1].P != nil {
		if a[1].Type().Flags&object.FlagInt == 0 {
			return t.TypeErrorf("'%s' object cannot be interpreted as an integer", a[1].Type().Name)
		}
		var ok bool
		if def, ok = t.AsSize(a[1]); !ok {
			return value{}
		}
	}
	n, ok := t.LengthHint(a[0], def)
	if !ok {
		return value{}
	}
	return object.MakeInt(int64(n))
}

func call(t *thread, args []value, names *object.Tuple) value {
	if len(args) == object.NameCount(names) {
		return t.TypeErrorf("call expected at least 1 argument, got 0")
	}
	return t.Call(args[0], args[1:], names)
}
