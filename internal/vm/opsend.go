package vm

import (
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

func opSend(t *Thread, fp ptr, w uint64) bool {
	a := regA(fp, w)
	recv, v := *a, *next(a)
	if isGen(recv) {
		g := object.To[Generator](recv)
		switch g.state {
		case genSuspended:
			if !g.started && !v.IsNone() {
				t.TypeErrorf("can't send non-None value to a just-started %s", recv.Type().Name)
				return false
			}
			return g.resumeChain(t, v)
		case genRunning:
			t.ValueErrorf("%s already executing", recv.Type().Name)
			return false
		}
		if recv.Type() == &object.CoroutineType {
			t.RuntimeErrorf("cannot reuse already awaited coroutine")
			return false
		}
		*next(a) = object.None
		return jump(t, immC(w))
	}
	if recv.Type() == &asyncSendType {
		if g := object.To[asyncSend](recv).begin(t, &v); g != nil {
			return g.resume(t, v, 0)
		}
	}
	if send := recv.Type().Send; send != nil {
		r, done := send(t, recv, v)
		if r.P == nil {
			return false
		}
		*next(a) = r
		return !done || jump(t, immC(w))
	}
	r := sendOther(t, recv, v)
	if r.P != nil {
		*next(a) = r
		return true
	}
	if t.Exc == nil {
		*next(a) = object.None
		return jump(t, immC(w))
	}
	e := endOfIteration(t, fp)
	if e == nil {
		return false
	}
	*next(a) = e.Field(0)
	return jump(t, immC(w))
}

// resumeChain resumes a generator that yield from or await sends v to. If that waits for another, the value goes down the whole chain here.
func (g *Generator) resumeChain(t *Thread, v Value) bool {
	for {
		if !g.resume(t, v, 0) {
			g.owned = false // code made by hand may catch the exception and keep the generator
			return false
		}
		if watched(t) {
			return true
		}
		if g = g.awaits(t); g == nil {
			return true
		}
	}
}

// awaits returns the generator to which the one that has just been resumed is about to send what it got, and sets the instruction pointer behind
// that; nil: it does something else.
func (g *Generator) awaits(t *Thread) *Generator {
	ip := ipOf(t)
	if y := word(ip); lift.Op(y) != lift.Yield || fieldX(y) != 1 {
		return nil
	}
	back := *(*uint64)(ip)
	if lift.Op(back) != lift.JumpBack || fieldX(back) == 0 {
		return nil // but one that is not to be interrupted
	}
	ip = skip(ip, 1+immC(back))
	w := *(*uint64)(ip)
	if lift.Op(w) != lift.Send {
		return nil
	}
	a := regA(g.fp(), w)
	if !isGen(*a) || next(a) != regA(g.fp(), word(ipOf(t))) {
		return nil
	}
	inner := object.To[Generator](*a)
	if inner.state != genSuspended || !inner.started {
		return nil
	}
	t.IP = uintptr(ip) + wordSize
	return inner
}

func opGetYieldFromIter(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	switch v.Type() {
	case &object.GeneratorType:
		return put(fp, w, v)
	case &object.CoroutineType:
		if codeOf(fp).Obj.Flags&(code.Coroutine|code.IterableCoroutine) == 0 {
			t.TypeErrorf("cannot 'yield from' a coroutine object in a non-coroutine generator")
			return false
		}
		return put(fp, w, v)
	}
	if g := generatorBy(t, v, nameIter); g != nil {
		g.owned = sentTo(unsafe.Add(ipOf(t), -wordSize), regOf(w))
		*regA(fp, w) = object.Of(g)
		return true
	}
	return put(fp, w, t.Iter(v))
}

// awaitable returns the iterator that awaiting v sends to.
func awaitable(t *Thread, v Value) Value {
	if v.Is(&object.CoroutineType) || v.Is(&object.GeneratorType) && object.To[Generator](v).code.Obj.Flags&code.IterableCoroutine != 0 {
		return v
	}
	f := v.Type().Await
	if f == nil {
		return t.TypeErrorf("'%s' object can't be awaited", v.Type().Name)
	}
	it := f(t, v)
	if it.P == nil {
		return it
	}
	if it.Is(&object.CoroutineType) || it.Is(&object.GeneratorType) && object.To[Generator](it).code.Obj.Flags&code.IterableCoroutine != 0 {
		return t.TypeErrorf("__await__() returned a coroutine")
	}
	if it.Type().Next == nil {
		return t.TypeErrorf("__await__() returned non-iterator of type '%s'", it.Type().Name)
	}
	return it
}

// generatorBy calls the special method name of v, if that is a generator function of Python: the frequent case of methods that give iterators.
func generatorBy(t *Thread, v Value, name *object.Str) *Generator {
	f := method(t, v.Type(), name)
	if f != nil && f.Code.Words == nil && !prepare(t, f.Code) {
		t.Exc = nil
		return nil // the call itself fails
	}
	if f == nil || f.Code.MakeArgs != 1 || f.Code.Obj.Flags&(code.AsyncGenerator|code.Coroutine|code.IterableCoroutine) != 0 {
		return nil
	}
	g := generatorOf(t, f)
	*(*Value)(g.fp()) = v
	if !g.begin(t) {
		t.Exc = nil
		return nil // the call itself fails
	}
	return g
}

func opGetAwaitable(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	if g := generatorBy(t, v, nameAwait); g != nil {
		g.owned = sentTo(unsafe.Add(ipOf(t), -wordSize), regOf(w))
		*regA(fp, w) = object.Of(g)
		return true
	}
	it := awaitable(t, v)
	if it.P == nil {
		if v.Type().Await == nil {
			switch fieldC(w) {
			case 1:
				t.Exc = nil
				t.TypeErrorf("'async with' received an object from __aenter__ that does not implement __await__: %s", v.Type().Name)
			case 2:
				t.Exc = nil
				t.TypeErrorf("'async with' received an object from __aexit__ that does not implement __await__: %s", v.Type().Name)
			}
		}
		return false
	}
	if it.Is(&object.CoroutineType) && object.To[Generator](it).awaiting() {
		t.RuntimeErrorf("coroutine is being awaited already")
		return false
	}
	*regA(fp, w) = it
	return true
}

// awaiting reports whether a suspended coroutine waits for another in yield from or await.
func (g *Generator) awaiting() bool { return g.yieldFrom().P != nil }

// yieldFrom returns what a suspended generator sends to, or no value. The caller may do anything with that.
func (g *Generator) yieldFrom() Value {
	if g.state != genSuspended || !g.started {
		return Value{}
	}
	fp := g.fp()
	w := *(*uint64)(unsafe.Add(*(*ptr)(ptr(&g.ip)), -wordSize))
	if lift.Op(w) == lift.Yield && fieldX(w) == 1 {
		// In yield from the receiver lies just below the value that is yielded.
		v := *prev(regA(fp, w))
		switch v.Type() {
		case &object.GeneratorType, &object.CoroutineType:
			object.To[Generator](v).owned = false
		case &asyncSendType:
			object.To[asyncSend](v).owned = false
		}
		return v
	}
	return Value{}
}

func opGetAiter(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	f := v.Type().AIter
	if f == nil {
		t.TypeErrorf("'async for' requires an object with __aiter__ method, got %s", v.Type().Name)
		return false
	}
	it := f(t, v)
	if it.P == nil {
		return false
	}
	if it.Type().ANext == nil {
		t.TypeErrorf("'async for' received an object from __aiter__ that does not implement __anext__: %s", it.Type().Name)
		return false
	}
	*regA(fp, w) = it
	return true
}

func opGetAnext(t *Thread, fp ptr, w uint64) bool {
	v := *regB(fp, w)
	f := v.Type().ANext
	if f == nil {
		t.TypeErrorf("'async for' requires an iterator with __anext__ method, got %s", v.Type().Name)
		return false
	}
	if v.Is(&object.AsyncGenType) {
		x := nextAwaited(t, v, sentTo(unsafe.Add(ipOf(t), -wordSize), regOf(w)))
		*regA(fp, w) = x
		return x.P != nil
	}
	x := f(t, v)
	if x.P == nil {
		return false
	}
	it := awaitable(t, x)
	if it.P == nil {
		cause := t.Exc
		t.Exc = nil
		t.TypeErrorf("'async for' received an invalid object from __anext__: %s", x.Type().Name)
		if t.Exc != nil {
			t.Exc.Cause, t.Exc.Suppress = cause, true
		}
		return false
	}
	*regA(fp, w) = it
	return true
}
