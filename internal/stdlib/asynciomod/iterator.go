package asynciomod

import (
	"github.com/krait-py/krait/internal/object"
)

// iterator is what awaiting a future sends to.
type iterator struct {
	object.Head
	future *future // nil: closed
}

var iteratorType object.Type

// iterate is __await__ and __iter__ of futures.
func iterate(t *Thread, v Value) Value {
	f := futureOf(v)
	if !f.alive(t) {
		return Value{}
	}
	return object.Of(&iterator{object.Head{Type: &iteratorType}, f})
}

// send yields the future until it is done.
func send(t *Thread, v, _ Value) (res Value, done bool) {
	f := object.To[iterator](v).future
	switch {
	case f == nil:
		return object.None, true
	case f.state != pending:
		return f.getResult(t), true
	case f.blocking:
		return t.RuntimeErrorf("await wasn't used with future"), false
	}
	f.blocking = true
	return object.Of(f), false
}

// next is send as __next__ sees it.
func next(t *Thread, v Value) Value {
	r, done := send(t, v, Value{})
	switch {
	case !done || r.P == nil:
		return r
	case r.IsNone():
		return Value{}
	}
	return t.RaiseNew(&object.StopIterationType, r)
}

func defineIterator() {
	object.Define(&iteratorType, object.TypeSpec{
		Name: "FutureIter", Module: "_asyncio", Flags: object.FlagNoNew,
		Slots: object.Slots{Iter: object.SelfIter, Next: next, Send: send, GetAttr: object.GenericGetAttr},
		Methods: []object.MethodDef{
			{Name: "send", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				// Nobody wants the value: next to it, there is only the result.
				r := next(t, a[0])
				if r.P == nil && t.Exc == nil {
					return t.RaiseNew(&object.StopIterationType)
				}
				return r
			}},
			{Name: "throw", Raw: throw},
			{Name: "close", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				object.To[iterator](a[0]).future = nil
				return object.None
			}},
		},
	})
}

// throw raises an exception at once: the future is not to be awaited any more.
func throw(t *Thread, args []Value, names *object.Tuple) Value {
	if object.NameCount(names) > 0 {
		return t.TypeErrorf("_asyncio.FutureIter.throw() takes no keyword arguments")
	}
	it, args := object.To[iterator](args[0]), args[1:]
	switch n := len(args); {
	case n < 1:
		return t.TypeErrorf("throw expected at least 1 argument, got 0")
	case n > 3:
		return t.TypeErrorf("throw expected at most 3 arguments, got %d", n)
	case n > 1 && !t.Warn(&object.DeprecationWarningType, 1, "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead."):
		return Value{}
	}
	exc, value, tb := args[0], object.None, object.None
	if len(args) > 1 {
		value = args[1]
	}
	if len(args) > 2 {
		tb = args[2]
	}
	if !tb.IsNone() && !tb.Is(&object.TracebackType) {
		return t.TypeErrorf("throw() third argument must be a traceback")
	}
	switch {
	case isExcClass(exc):
		if exc = instance(t, object.To[object.Type](exc), value); exc.P == nil {
			return exc
		}
	case exc.Type().Flags&object.FlagException == 0:
		return t.TypeErrorf("exceptions must be classes deriving BaseException or instances of such a class")
	case !value.IsNone():
		return t.TypeErrorf("instance exception may not have a separate value")
	}
	e := object.To[object.Exc](exc)
	if !tb.IsNone() {
		e.TB = object.To[object.Traceback](tb)
	}
	it.future = nil
	t.Exc = e
	return Value{}
}

func isExcClass(v Value) bool {
	return v.Type().Flags&object.FlagType != 0 && object.To[object.Type](v).Flags&object.FlagException != 0
}

// instance makes an exception of a class, by what has been given with it.
func instance(t *Thread, cls *object.Type, value Value) Value {
	var v Value
	switch {
	case value.IsNone():
		v = t.CallArgs(object.Of(cls))
	case value.IsA(cls):
		return value
	case value.IsA(&object.TupleType):
		v = t.CallArgs(object.Of(cls), object.To[object.Tuple](value).Items()...)
	default:
		v = t.CallArgs(object.Of(cls), value)
	}
	if v.P != nil && v.Type().Flags&object.FlagException == 0 {
		return t.TypeErrorf("calling %s should have returned an instance of BaseException, not %s", cls.Name, v.Type().Name)
	}
	return v
}
