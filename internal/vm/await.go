package vm

import "github.com/krait-py/krait/internal/object"

// Send sends v to an iterator that is awaited: a coroutine, or anything else. It returns what the iterator yields or, with done set, what it
// returns. No value: an exception is set.
func Send(t *Thread, it, v Value) (res Value, done bool) {
	if isGen(it) {
		g := object.To[Generator](it)
		if g.state == genSuspended && (g.started || v.IsNone()) {
			return g.send(t, v, 0)
		}
		if g.state == genDone && it.Type() == &object.GeneratorType {
			return object.None, true
		}
		return sendTo(t, it, v), false // raises
	}
	if send := it.Type().Send; send != nil {
		return send(t, it, v)
	}
	return yielded(t, sendOther(t, it, v))
}

// Throw raises an exception in an iterator that is awaited. It returns what Send does.
func Throw(t *Thread, it, exc Value) (res Value, done bool) {
	if isGen(it) {
		return yielded(t, throw(t, it, exc, Value{}, Value{}))
	}
	return yielded(t, t.CallMethod(it, nameThrow, exc))
}

// sendOther sends a value to an iterator that is no generator. No value without an exception: it has ended.
func sendOther(t *Thread, it, v Value) Value {
	if v.IsNone() && it.Type().Next != nil {
		return t.Step(it)
	}
	return t.CallMethod(it, nameSend, v)
}

// yielded sorts what a step of an iterator has left: StopIteration, or nothing at all, means that it has returned.
func yielded(t *Thread, r Value) (res Value, done bool) {
	switch {
	case r.P != nil:
		return r, false
	case t.Exc == nil:
		return object.None, true
	}
	e := t.Catch(&object.StopIterationType)
	if e == nil {
		return Value{}, false
	}
	return e.Field(0), true
}

// Ghost returns a coroutine that looks like another one that waits, and stands where that does, but has nothing in its frame and cannot be resumed:
// it seems to be running. It is for what is to be said about a coroutine that is gone. No value: coro is no such coroutine.
func Ghost(t *Thread, coro Value) Value {
	if coro.P == nil || !isGen(coro) || object.To[Generator](coro).state != genSuspended {
		return Value{}
	}
	g := object.To[Generator](coro)
	f := g.fun.Copy()
	f.Code, f.Closure = g.code, nil
	n := generatorOf(t, f)
	n.ip, n.state, n.started = g.ip, genRunning, true
	if g.rare != nil {
		n.rare = &rareGen{name: g.rare.name, qualname: g.rare.qualname}
	}
	return object.Of(n)
}

// Follow moves a ghost to where the coroutine stands now.
func Follow(ghost, coro Value) {
	if ghost.P != nil && coro.P != nil && isGen(coro) {
		object.To[Generator](ghost).ip = object.To[Generator](coro).ip
	}
}
