package vm

import "github.com/krait-py/krait/internal/object"

// asyncValue wraps what an asynchronous generator yields, so that it differs from what awaiting passes through.
type asyncValue struct {
	object.Head
	v Value
}

// asyncSend is what __anext__ and asend return; asyncThrow what athrow and aclose return.
type asyncSend struct {
	object.Head
	gen   *Generator
	value Value
	state awaitState
	// owned says that nothing knows it but the async for that it was made for.
	owned bool
	pledge
}

type asyncThrow struct {
	object.Head
	gen   *Generator
	args  []Value // nil: aclose
	state awaitState
	pledge
}

type asyncMarks uint8

const (
	asyncHooked asyncMarks = 1 << iota // its hooks have been called
	asyncClosed
)

type awaitState uint8

const (
	awaitInit awaitState = iota
	awaitIter
	awaitClosed
)

var asyncValueType, asyncSendType, asyncThrowType object.Type

// wrapAsync is for the instruction before a yield. Where the value is awaited it is unwrapped at once, mostly, and the wrapper is there for the next one.
func wrapAsync(t *Thread, v Value) Value {
	if x := aux(t).wrapped; x != nil {
		aux(t).wrapped = nil
		x.v = v
		return object.Of(x)
	}
	return object.Of(&asyncValue{object.Head{Type: &asyncValueType}, v})
}

func self(t *Thread, v Value) Value { return v }

func defineAsyncGenerators() {
	object.Define(&asyncValueType, object.TypeSpec{Name: "async_generator_wrapped_value", Flags: object.FlagNoNew})
	object.Define(&object.AsyncGenType, object.TypeSpec{
		Name: "async_generator", HasWeak: true, Flags: object.FlagNoNew,
		Slots: object.Slots{
			Repr:  genRepr,
			Del:   finalizeGenerator,
			AIter: self,
			ANext: func(t *Thread, v Value) Value { return newAsyncSend(t, v, object.None) },
		},
		Methods: []object.MethodDef{
			{Name: "asend", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value { return newAsyncSend(t, a[0], a[1]) }, Doc: "Send a value into the generator."},
			{Name: "athrow", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
				if len(args) < 2 || len(args) > 4 {
					return t.TypeErrorf("athrow expected at least 1 argument, got %d", len(args)-1)
				}
				if len(args) > 2 && !t.Warn(&object.DeprecationWarningType, 1, "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.") {
					return Value{}
				}
				return newAsyncThrow(t, args[0], append([]Value(nil), args[1:]...))
			}, Doc: "Raise an exception in the generator."},
			{Name: "aclose", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return newAsyncThrow(t, a[0], nil) }, Doc: "Raise GeneratorExit inside the generator."},
			{Name: "__sizeof__", Sig: "($self, /)", Fn: genSizeof, Doc: "Return the size of the generator in memory."},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "See PEP 585"},
		},
		GetSets: []object.GetSetDef{
			{Name: "__name__", Get: func(t *Thread, v Value) Value { return object.To[Generator](v).nameOf() }, Set: setGenName("__name__"), Doc: "name of the async generator"},
			{Name: "__qualname__", Get: func(t *Thread, v Value) Value { return object.To[Generator](v).qualnameOf() }, Set: setGenName("__qualname__"), Doc: "qualified name of the async generator"},
			{Name: "ag_await", Get: genYieldFrom, Doc: "object being awaited on, or None"},
			{Name: "ag_frame", Get: genFrame},
			{Name: "ag_running", Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[Generator](v).runningAsync) }, Member: true},
			{Name: "ag_code", Get: genCode},
			{Name: "ag_suspended", Get: genSuspendedAttr},
		},
	})
	object.Define(&asyncSendType, object.TypeSpec{
		Name: "async_generator_asend", Flags: object.FlagNoNew,
		Slots: object.Slots{Del: settled, Await: self, Iter: self, Next: func(t *Thread, v Value) Value { return object.To[asyncSend](v).send(t, object.None) }},
		Methods: []object.MethodDef{
			{Name: "send", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value { return object.To[asyncSend](a[0]).send(t, a[1]) }, Doc: "Send a value into the generator that is waited for."},
			{Name: "throw", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
				return object.To[asyncSend](args[0]).throw(t, args[1:])
			}, Doc: "Raise an exception in the generator that is waited for."},
			{Name: "close", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.To[asyncSend](a[0]).close(t) }, Doc: "Give up waiting for the generator."},
		},
	})
	object.Define(&asyncThrowType, object.TypeSpec{
		Name: "async_generator_athrow", Flags: object.FlagNoNew,
		Slots: object.Slots{Del: settled, Await: self, Iter: self, Next: func(t *Thread, v Value) Value { return object.To[asyncThrow](v).send(t, object.None) }},
		Methods: []object.MethodDef{
			{Name: "send", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value { return object.To[asyncThrow](a[0]).send(t, a[1]) }, Doc: "Send a value into the generator that is waited for."},
			{Name: "throw", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
				return object.To[asyncThrow](args[0]).throw(t, args[1:])
			}, Doc: "Raise an exception in the generator that is waited for."},
			{Name: "close", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.To[asyncThrow](a[0]).close(t) }, Doc: "Give up waiting for the generator."},
		},
	})
}

// settled is __del__ of what asend and athrow return: notes of their own say what was never awaited; see awaitNote.
func settled(t *Thread, v Value) {}

// AsyncgenHooks are sys.get_asyncgen_hooks(); no value stands for None.
func AsyncgenHooks(t *Thread) (firstIter, finalizer *Value) {
	return &aux(t).firstIter, &aux(t).finalizer
}

// firstIteration calls the hooks when an asynchronous generator is iterated for the first time.
func firstIteration(t *Thread, gv Value) bool {
	g := object.To[Generator](gv)
	if g.async&asyncHooked != 0 {
		return true
	}
	g.async |= asyncHooked
	if f := aux(t).finalizer; f.P != nil && !f.IsNone() {
		g.rarely().finalizer = f
		g.watch(t)
	}
	if f := aux(t).firstIter; f.P != nil && !f.IsNone() {
		return t.CallArgs(f, gv).P != nil
	}
	return true
}

func newAsyncSend(t *Thread, gv, v Value) Value {
	if !firstIteration(t, gv) {
		return Value{}
	}
	s := &asyncSend{Head: object.Head{Type: &asyncSendType}, gen: object.To[Generator](gv), value: v}
	s.young = t.Watch(s)
	return object.Of(s)
}

// nextAwaited is newAsyncSend for a loop, which awaits it at once. owned: nothing else knows it.
func nextAwaited(t *Thread, gv Value, owned bool) Value {
	if !firstIteration(t, gv) {
		return Value{}
	}
	g := object.To[Generator](gv)
	if k := len(aux(t).asends) - 1; owned && k >= 0 {
		s := aux(t).asends[k]
		aux(t).asends[k] = nil
		aux(t).asends = aux(t).asends[:k]
		s.gen, s.state, s.owned = g, awaitInit, true
		return object.Of(s)
	}
	return object.Of(&asyncSend{Head: object.Head{Type: &asyncSendType}, gen: g, value: object.None, owned: owned})
}

func newAsyncThrow(t *Thread, gv Value, args []Value) Value {
	if !firstIteration(t, gv) {
		return Value{}
	}
	s := &asyncThrow{Head: object.Head{Type: &asyncThrowType}, gen: object.To[Generator](gv), args: args}
	s.young = t.Watch(s)
	return object.Of(s)
}

// pledge is what something needs that ought to be awaited: its place among those who get a note if they live long enough, or the note.
type pledge struct {
	young uint16
	note  *awaitNote
}

// kept notes that it is awaited.
func (p *pledge) kept(t *Thread) {
	if p.young != 0 {
		t.Unwatch(p.young)
		p.young = 0
	}
	p.note.settle()
}

// Aged implements [object.Aging].
func (s *asyncSend) Aged(t *Thread) {
	s.pledge = pledge{note: noteAwait(t, s, s.gen.qualnameOf(), "asend")}
}

// Aged implements [object.Aging].
func (s *asyncThrow) Aged(t *Thread) {
	method := "athrow"
	if s.args == nil {
		method = "aclose"
	}
	s.pledge = pledge{note: noteAwait(t, s, s.gen.qualnameOf(), method)}
}

// unwrap turns what the generator gave into what awaiting sees: a wrapped value is the result, so it
// ends the await; anything else is passed to the event loop.
func unwrap(t *Thread, g *Generator, r Value) Value {
	if r.P == nil {
		if t.Exc == nil {
			t.RaiseNew(&object.StopAsyncIterationType)
		}
		if t.Exc.Type.IsSubtype(&object.StopAsyncIterationType) || t.Exc.Type.IsSubtype(&object.GeneratorExitType) {
			g.async |= asyncClosed
		}
		g.runningAsync = false
		return r
	}
	if r.Is(&asyncValueType) {
		g.runningAsync = false
		return t.RaiseNew(&object.StopIterationType, object.To[asyncValue](r).v)
	}
	return r
}

// begin prepares that await resumes the asynchronous generator in its own loop, with v; nil: it must go through send.
func (s *asyncSend) begin(t *Thread, v *Value) *Generator {
	g := s.gen
	if s.state == awaitClosed || g.state != genSuspended {
		return nil
	}
	if s.state == awaitInit {
		s.pledge.kept(t)
		if g.runningAsync || !g.started && !(v.IsNone() && s.value.IsNone()) {
			return nil
		}
		if v.IsNone() {
			*v = s.value
		}
		s.state = awaitIter
	}
	g.runningAsync = true
	return g
}

// end notes that the generator has yielded or ended.
func (s *asyncSend) end(t *Thread) {
	s.gen.runningAsync = false
	s.state = awaitClosed
	if s.owned && len(aux(t).asends) < maxAsends {
		s.owned, s.gen = false, nil // the generator may be forgotten before this one is used again
		aux(t).asends = append(aux(t).asends, s)
	}
}

// maxAsends is how many awaitables of async for a thread keeps.
const maxAsends = 16

func (s *asyncSend) send(t *Thread, v Value) Value {
	s.pledge.kept(t)
	if s.state == awaitClosed {
		return t.RuntimeErrorf("cannot reuse already awaited __anext__()/asend()")
	}
	if s.state == awaitInit {
		if s.gen.runningAsync {
			s.state = awaitClosed
			return t.RuntimeErrorf("anext(): asynchronous generator is already running")
		}
		if v.IsNone() {
			v = s.value
		}
		s.state = awaitIter
	}
	s.gen.runningAsync = true
	r := unwrap(t, s.gen, sendTo(t, object.Of(s.gen), v))
	if r.P == nil {
		s.state = awaitClosed
	}
	return r
}

func (s *asyncSend) throw(t *Thread, args []Value) Value {
	s.pledge.kept(t)
	if s.state == awaitClosed {
		return t.RuntimeErrorf("cannot reuse already awaited __anext__()/asend()")
	}
	if s.state == awaitInit {
		if s.gen.runningAsync {
			s.state = awaitClosed
			return t.RuntimeErrorf("anext(): asynchronous generator is already running")
		}
		s.state = awaitIter
		s.gen.runningAsync = true
	}
	r := unwrap(t, s.gen, throwArgs(t, object.Of(s.gen), args, nil))
	if r.P == nil {
		s.state = awaitClosed
	}
	return r
}

// closeAwait throws GeneratorExit into something that is being awaited.
func closeAwait(t *Thread, closed bool, throw func() Value) Value {
	if closed {
		return object.None
	}
	r := throw()
	if r.P != nil {
		return t.RuntimeErrorf("coroutine ignored GeneratorExit")
	}
	if t.Catch(&object.StopIterationType) != nil || t.Catch(&object.StopAsyncIterationType) != nil || t.Catch(&object.GeneratorExitType) != nil {
		return object.None
	}
	return Value{}
}

func (s *asyncSend) close(t *Thread) Value {
	return closeAwait(t, s.state == awaitClosed, func() Value {
		return s.throw(t, []Value{object.Of(&object.GeneratorExitType)})
	})
}

func (s *asyncThrow) send(t *Thread, v Value) Value {
	s.pledge.kept(t)
	g := s.gen
	gv := object.Of(g)
	if s.state == awaitClosed {
		return t.RuntimeErrorf("cannot reuse already awaited aclose()/athrow()")
	}
	if g.state == genDone {
		s.state = awaitClosed
		return t.RaiseNew(&object.StopIterationType)
	}
	if s.state == awaitInit {
		if g.runningAsync {
			s.state = awaitClosed
			if s.args == nil {
				return t.RuntimeErrorf("aclose(): asynchronous generator is already running")
			}
			return t.RuntimeErrorf("athrow(): asynchronous generator is already running")
		}
		if g.async&asyncClosed != 0 {
			s.state = awaitClosed
			return t.RaiseNew(&object.StopAsyncIterationType)
		}
		if !v.IsNone() {
			return t.RuntimeErrorf("can't send non-None value to a just-started coroutine")
		}
		s.state = awaitIter
		g.runningAsync = true
		if s.args == nil {
			g.async |= asyncClosed
			r := throw(t, gv, object.Of(&object.GeneratorExitType), Value{}, Value{})
			if r.P != nil && r.Is(&asyncValueType) {
				g.runningAsync = false
				s.state = awaitClosed
				return t.RuntimeErrorf("async generator ignored GeneratorExit")
			}
			return s.check(t, r)
		}
		r := throwArgs2(t, gv, s.args)
		r = unwrap(t, g, r)
		return s.check(t, r)
	}
	r := sendTo(t, gv, v)
	if s.args != nil {
		return s.check(t, unwrap(t, g, r))
	}
	if r.P != nil && r.Is(&asyncValueType) {
		g.runningAsync = false
		s.state = awaitClosed
		return t.RuntimeErrorf("async generator ignored GeneratorExit")
	}
	return s.check(t, r)
}

func throwArgs2(t *Thread, gv Value, args []Value) Value {
	var val, tb Value
	if len(args) > 1 {
		val = args[1]
	}
	if len(args) > 2 {
		tb = args[2]
	}
	return throw(t, gv, args[0], val, tb)
}

// check ends the await when the generator has failed; for aclose the expected exceptions are success.
func (s *asyncThrow) check(t *Thread, r Value) Value {
	if r.P != nil {
		return r
	}
	s.gen.runningAsync = false
	s.state = awaitClosed
	if s.args == nil && (t.Catch(&object.StopAsyncIterationType) != nil || t.Catch(&object.GeneratorExitType) != nil) {
		return t.RaiseNew(&object.StopIterationType)
	}
	return r
}

func (s *asyncThrow) throw(t *Thread, args []Value) Value {
	s.pledge.kept(t)
	if s.state == awaitClosed {
		return t.RuntimeErrorf("cannot reuse already awaited aclose()/athrow()")
	}
	if s.state == awaitInit {
		if s.gen.runningAsync {
			s.state = awaitClosed
			if s.args == nil {
				return t.RuntimeErrorf("aclose(): asynchronous generator is already running")
			}
			return t.RuntimeErrorf("athrow(): asynchronous generator is already running")
		}
		s.state = awaitIter
		s.gen.runningAsync = true
	}
	r := throwArgs(t, object.Of(s.gen), args, nil)
	if s.args != nil {
		r = unwrap(t, s.gen, r)
		if r.P == nil {
			s.state = awaitClosed
		}
		return r
	}
	if r.P != nil && r.Is(&asyncValueType) {
		s.gen.runningAsync = false
		s.state = awaitClosed
		return t.RuntimeErrorf("async generator ignored GeneratorExit")
	}
	return s.check(t, r)
}

func (s *asyncThrow) close(t *Thread) Value {
	return closeAwait(t, s.state == awaitClosed, func() Value {
		return s.throw(t, []Value{object.Of(&object.GeneratorExitType)})
	})
}
