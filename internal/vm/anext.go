package vm

import "github.com/krait-py/krait/internal/object"

// anextDefault is what anext returns if it is given a default: awaiting it awaits another awaitable, and the default is the
// result if that ends by StopAsyncIteration.
type anextDefault struct {
	object.Head
	awaitable, def Value
}

var anextDefaultType object.Type

// AnextDefault is anext for an awaitable that __anext__ has returned, with a default.
func AnextDefault(t *Thread, awaitable, def Value) Value {
	return object.Of(&anextDefault{object.Head{Type: &anextDefaultType}, awaitable, def})
}

func init() { object.OnFirst(defineAnext) }

func defineAnext() {
	anextOf := func(v Value) *anextDefault { return object.To[anextDefault](v) }
	object.Define(&anextDefaultType, object.TypeSpec{
		Name: "anext_awaitable", Flags: object.FlagNoNew,
		Slots: object.Slots{Await: self, Iter: self, Next: func(t *Thread, v Value) Value {
			it := anextOf(v).iter(t)
			if it.P == nil {
				return it
			}
			return anextOf(v).result(t, it.Type().Next(t, it))
		}},
		Methods: []object.MethodDef{
			{Name: "send", Sig: "($self, object, /)", Doc: "Send a value into what is awaited.", Fn: func(t *Thread, a []Value) Value {
				return anextOf(a[0]).pass(t, nameSend, a[1:])
			}},
			{Name: "throw", Doc: "Raise an exception in what is awaited.", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
				return anextOf(args[0]).pass(t, nameThrow, args[1:])
			}},
			{Name: "close", Sig: "($self, /)", Doc: "Raise GeneratorExit in what is awaited.", Fn: func(t *Thread, a []Value) Value {
				return anextOf(a[0]).pass(t, nameClose, nil)
			}},
		},
	})
}

// iter returns the iterator of what is awaited, which has a slot Next.
func (a *anextDefault) iter(t *Thread) Value {
	it := awaitable(t, a.awaitable)
	if it.P == nil || it.Type().Next != nil {
		return it
	}
	from := it.Type() // a coroutine
	if it = from.Await(t, it); it.P != nil && it.Type().Next == nil {
		return t.TypeErrorf("%s.__await__() must return an iterable, not %s", from.Name, it.Type().Name)
	}
	return it
}

// pass calls a method of the iterator.
func (a *anextDefault) pass(t *Thread, method *object.Str, args []Value) Value {
	it := a.iter(t)
	if it.P == nil {
		return it
	}
	return a.result(t, t.CallMethod(it, method, args...))
}

// result is r, which a step of the iterator has returned, unless that has ended by StopAsyncIteration.
func (a *anextDefault) result(t *Thread, r Value) Value {
	if r.P == nil && t.Exc != nil && t.Catch(&object.StopAsyncIterationType) != nil {
		return t.RaiseNew(&object.StopIterationType, a.def)
	}
	return r
}
