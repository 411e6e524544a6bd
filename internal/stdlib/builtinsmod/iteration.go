package builtinsmod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// truths takes items that are true, or false, and whose truth needs no Python code.
type truths bool

// Take implements [object.Sink].
func (want truths) Take(t *Thread, x Value) bool {
	switch x.Type() {
	case &object.BoolType, &object.IntType, &object.NoneType, &object.StrType, &object.ListType, &object.TupleType, &object.DictType:
		b, _ := t.IsTrue(x)
		return b == bool(want)
	}
	return false
}

func all(t *Thread, a []Value) Value {
	res := true
	if !t.EachInto(a[0], truths(true), func(x Value) bool {
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
	if !t.EachInto(a[0], truths(false), func(x Value) bool {
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
	if n > 1 {
		if def.P != nil {
			return t.TypeErrorf("Cannot specify a default for %s() with multiple positional arguments", fn)
		}
		e := extremum{op: op, key: key}
		for _, x := range args[:n] {
			if !e.consider(t, x) {
				return Value{}
			}
		}
		return e.best
	}
	var best Value
	var ok bool
	if object.MayDrain(args[0]) {
		e, _ := t.SpareSink(object.SpareExtreme).(*extremum)
		if e == nil {
			e = &extremum{}
		}
		e.op, e.key = op, key
		ok = t.EachInto(args[0], e, func(x Value) bool { return e.consider(t, x) })
		best = e.best
		*e = extremum{}
		t.KeepSink(object.SpareExtreme, e)
	} else {
		e := extremum{op: op, key: key} // takes no memory: it is no sink
		ok = t.Each(args[0], func(x Value) bool { return e.consider(t, x) })
		best = e.best
	}
	switch {
	case !ok:
		return Value{}
	case best.P != nil:
		return best
	case def.P != nil:
		return def
	}
	return t.ValueErrorf("%s() iterable argument is empty", fn)
}

// extremum is the least or greatest item so far, and what it is compared by.
type extremum struct {
	op            object.CompareOp
	key           Value // no value: items are compared themselves
	best, bestKey Value
}

// Take implements [object.Sink].
func (e *extremum) Take(t *Thread, x Value) bool {
	if e.key.P != nil || e.best.P != nil && x.Type() != e.best.Type() {
		return false
	}
	switch x.Type() {
	case &object.IntType, &object.FloatType, &object.StrType:
		return e.consider(t, x)
	}
	return false
}

// consider takes an item. False: an exception is set.
func (e *extremum) consider(t *Thread, x Value) bool {
	k := x
	if e.key.P != nil {
		if k = t.CallArgs(e.key, x); k.P == nil {
			return false
		}
	}
	if e.best.P != nil {
		var better bool
		if k.IsInt() && e.bestKey.IsInt() {
			if better = k.Int() < e.bestKey.Int(); e.op == object.CmpGt {
				better = k.Int() > e.bestKey.Int()
			}
		} else {
			var ok bool
			if better, ok = t.CompareBool(k, e.bestKey, e.op); !ok {
				return false
			}
		}
		if !better {
			return true
		}
	}
	e.best, e.bestKey = x, k
	return true
}

// sorted passes its keyword arguments on to list.sort, which errors name.
func sorted(t *Thread, args []Value, names *object.Tuple) Value {
	n := len(args) - object.NameCount(names)
	if !t.ArgCount("sorted", n, 1, 1) {
		return Value{}
	}
	l, ok := t.ListOf(args[0]), true
	if l == nil {
		return Value{}
	}
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
