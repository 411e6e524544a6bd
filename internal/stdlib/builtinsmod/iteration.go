package builtinsmod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

func all(t *Thread, a []Value) Value {
	res := true
	if !t.Each(a[0], func(x Value) bool {
		b, ok := t.IsTrue(x)
		res = b
		return ok && b
	}) {
		return Value{}
	}
	return object.MakeBool(res)
}

func anyFn(t *Thread, a []Value) Value {
	res := false
	if !t.Each(a[0], func(x Value) bool {
		b, ok := t.IsTrue(x)
		res = b
		return ok && !b
	}) {
		return Value{}
	}
	return object.MakeBool(res)
}

func length(t *Thread, a []Value) Value {
	n, ok := t.Len(a[0])
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}

func iter(t *Thread, args []Value, names *object.Tuple) Value {
	if !positional(t, "iter", args, names, 1, 2) {
		return Value{}
	}
	if len(args) == 1 {
		return t.Iter(args[0])
	}
	if args[0].Type().Call == nil {
		return t.TypeErrorf("iter(v, w): v must be callable")
	}
	return object.NewCallIter(args[0], args[1])
}

func nextFn(t *Thread, args []Value, names *object.Tuple) Value {
	if !positional(t, "next", args, names, 1, 2) {
		return Value{}
	}
	it := args[0]
	if it.Type().Next == nil {
		return t.TypeErrorf("'%s' object is not an iterator", it.Type().Name)
	}
	var def Value
	if len(args) == 2 {
		def = args[1]
	}
	// Not Thread.Next: a StopIteration that the iterator raised keeps its value.
	v := t.Step(it)
	if v.P != nil {
		return v
	}
	if t.Exc == nil {
		if def.P != nil {
			return def
		}
		return t.RaiseNew(&object.StopIterationType)
	}
	if def.P != nil && t.Catch(&object.StopIterationType) != nil {
		return def
	}
	return Value{}
}

func aiter(t *Thread, a []Value) Value {
	f := a[0].Type().AIter
	if f == nil {
		return t.TypeErrorf("'%s' object is not an async iterable", a[0].Type().Name)
	}
	it := f(t, a[0])
	if it.P != nil && it.Type().ANext == nil {
		return t.TypeErrorf("aiter() returned not an async iterator of type '%s'", it.Type().Name)
	}
	return it
}

func anext(t *Thread, a []Value) Value {
	f := a[0].Type().ANext
	if f == nil {
		return t.TypeErrorf("'%s' object is not an async iterator", a[0].Type().Name)
	}
	v := f(t, a[0])
	if v.P == nil || a[1].P == nil {
		return v
	}
	return vm.AnextDefault(t, v, a[1])
}

func maxFn(t *Thread, args []Value, names *object.Tuple) Value {
	return extreme(t, "max", object.CmpGt, args, names)
}

func minFn(t *Thread, args []Value, names *object.Tuple) Value {
	return extreme(t, "min", object.CmpLt, args, names)
}

func extreme(t *Thread, fn string, op object.CompareOp, args []Value, names *object.Tuple) Value {
	n := len(args)
	var key, def Value
	if n -= object.NameCount(names); n == 0 {
		return t.TypeErrorf("%s expected at least 1 argument, got 0", fn)
	}
	for i := n; i < len(args); i++ {
		switch names.Items()[i-n].Str().S {
		case "key":
			key = args[i]
		case "default":
			def = args[i]
		default:
			return t.KeywordError(fn, names, "key", "default")
		}
	}
	if key.P != nil && key.IsNone() {
		key = Value{}
	}
	var best, bestKey Value
	consider := func(x Value) bool {
		k := x
		if key.P != nil {
			if k = t.CallArgs(key, x); k.P == nil {
				return false
			}
		}
		if best.P != nil {
			var better bool
			if k.IsInt() && bestKey.IsInt() {
				if better = k.Int() < bestKey.Int(); op == object.CmpGt {
					better = k.Int() > bestKey.Int()
				}
			} else {
				var ok bool
				if better, ok = t.CompareBool(k, bestKey, op); !ok {
					return false
				}
			}
			if !better {
				return true
			}
		}
		best, bestKey = x, k
		return true
	}
	if n > 1 {
		if def.P != nil {
			return t.TypeErrorf("Cannot specify a default for %s() with multiple positional arguments", fn)
		}
		for i := 0; i < n; i++ {
			if !consider(args[i]) {
				return Value{}
			}
		}
		return best
	}
	if !t.Each(args[0], consider) {
		return Value{}
	}
	if best.P == nil {
		if def.P != nil {
			return def
		}
		return t.ValueErrorf("%s() iterable argument is empty", fn)
	}
	return best
}

// sorted passes its keyword arguments on to list.sort, which errors name.
func sorted(t *Thread, args []Value, names *object.Tuple) Value {
	n := len(args) - object.NameCount(names)
	if !t.ArgCount("sorted", n, 1, 1) {
		return Value{}
	}
	items, ok := t.CollectList(args[0])
	if !ok {
		return Value{}
	}
	l := object.NewList(items)
	key, reverse := object.None, false
	for i := n; i < len(args); i++ {
		switch names.Items()[i-n].Str().S {
		case "key":
			key = args[i]
		case "reverse":
			if reverse, ok = t.IsTrue(args[i]); !ok {
				return Value{}
			}
		default:
			return t.KeywordError("sort", names, "key", "reverse")
		}
	}
	if !object.Sort(t, l, key, reverse) {
		return Value{}
	}
	return object.Of(l)
}
