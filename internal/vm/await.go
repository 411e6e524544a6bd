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

// Ghost is what is left of a coroutine that waited, for what is to be said about it when it is gone. Most are never asked.
type Ghost struct {
	fun            *object.Func // nil: it was no such coroutine
	ip             uintptr
	name, qualname Value
}

// GhostOf returns the ghost of a coroutine. It does not keep anything of its frame.
func GhostOf(coro Value) Ghost {
	if coro.P == nil || !isGen(coro) || object.To[Generator](coro).state != genSuspended {
		return Ghost{}
	}
	g := object.To[Generator](coro)
	x := Ghost{fun: g.fun.Copy(), ip: g.ip}
	x.fun.Code, x.fun.Closure = g.code, nil
	if g.rare != nil {
		x.name, x.qualname = g.rare.name, g.rare.qualname
	}
	return x
}

// Follow moves the ghost to where the coroutine stands now.
func (x *Ghost) Follow(coro Value) {
	if x.fun != nil && coro.P != nil && isGen(coro) {
		x.ip = object.To[Generator](coro).ip
	}
}

// Seen returns a coroutine that looks like the one that is gone, and stands where that did, but has nothing in its frame and cannot be resumed:
// it seems to be running. No value: there was none.
func (x *Ghost) Seen(t *Thread) Value {
	if x.fun == nil {
		return Value{}
	}
	g := generatorOf(t, x.fun)
	g.ip, g.state, g.started = x.ip, genRunning, true
	if x.name.P != nil || x.qualname.P != nil {
		g.rare = &rareGen{name: x.name, qualname: x.qualname}
	}
	return object.Of(g)
}
