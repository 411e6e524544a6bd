package vm

import (
	"github.com/krait-py/krait/internal/object"
	"sync/atomic"
)

func init() {
	object.OnFirst(defineGenerators)
	object.OnFirst(defineAsyncGenerators)
}

func defineGenerators() {
	named := func(kind string) []object.GetSetDef {
		return []object.GetSetDef{
			{Name: "__name__", Get: func(t *Thread, v Value) Value { return object.To[Generator](v).nameOf() }, Set: setGenName("__name__"), Doc: "name of the " + kind},
			{Name: "__qualname__", Get: func(t *Thread, v Value) Value { return object.To[Generator](v).qualnameOf() }, Set: setGenName("__qualname__"), Doc: "qualified name of the " + kind},
		}
	}
	methods := func(kind string) []object.MethodDef {
		return []object.MethodDef{
			{Name: "send", Sig: "($self, object, /)", Fn: genSend, Doc: "Send a value into " + kind + ".\n\nReturn next yielded value or raise StopIteration."},
			{Name: "throw", Raw: genThrowMethod, Doc: "Raise exception in " + kind + ", return next yielded value or raise StopIteration."},
			{Name: "close", Sig: "($self, /)", Fn: genCloseMethod, Doc: "Raise GeneratorExit inside " + kind + "."},
			{Name: "__sizeof__", Sig: "($self, /)", Fn: genSizeof, Doc: "Return the size of the " + kind + " in memory."},
		}
	}
	object.Define(&object.GeneratorType, object.TypeSpec{
		Name: "generator", HasWeak: true, Flags: object.FlagNoNew,
		Slots: object.Slots{
			Repr: genRepr, Next: genNext, Del: finalizeGenerator,
			Iter: func(t *Thread, v Value) Value { return v },
		},
		Methods: append(methods("generator"), object.MethodDef{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "See PEP 585"}),
		GetSets: append(named("generator"),
			object.GetSetDef{Name: "gi_yieldfrom", Get: genYieldFrom, Doc: "object being iterated by yield from, or None"},
			object.GetSetDef{Name: "gi_running", Get: genRunningAttr},
			object.GetSetDef{Name: "gi_frame", Get: genFrame},
			object.GetSetDef{Name: "gi_suspended", Get: genSuspendedAttr},
			object.GetSetDef{Name: "gi_code", Get: genCode},
		),
	})
	object.Define(&object.CoroutineType, object.TypeSpec{
		Name: "coroutine", HasWeak: true, Flags: object.FlagNoNew,
		Slots: object.Slots{
			Repr:  genRepr,
			Del:   finalizeGenerator,
			Await: func(t *Thread, v Value) Value { return object.Of(&coroWrapper{object.Head{Type: &coroWrapperType}, v}) },
		},
		Methods: append(methods("coroutine"), object.MethodDef{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "See PEP 585"}),
		GetSets: append(named("coroutine"),
			object.GetSetDef{Name: "cr_await", Get: genYieldFrom, Doc: "object being awaited on, or None"},
			object.GetSetDef{Name: "cr_running", Get: genRunningAttr},
			object.GetSetDef{Name: "cr_frame", Get: genFrame},
			object.GetSetDef{Name: "cr_suspended", Get: genSuspendedAttr},
			object.GetSetDef{Name: "cr_code", Get: genCode},
			object.GetSetDef{Name: "cr_origin", Member: true, Get: func(t *Thread, v Value) Value { return object.To[Generator](v).origin() }},
		),
	})
	sendDef, coroSendDef = methodOf(&object.GeneratorType, "send"), methodOf(&object.CoroutineType, "send")
	object.Define(&coroWrapperType, object.TypeSpec{
		Name: "coroutine_wrapper", Flags: object.FlagNoNew, Doc: "What __await__ of a coroutine returns.",
		Slots: object.Slots{
			Iter: func(t *Thread, v Value) Value { return v },
			Next: func(t *Thread, v Value) Value { return genNext(t, object.To[coroWrapper](v).coro) },
		},
		Methods: []object.MethodDef{
			{Name: "send", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				return sendTo(t, object.To[coroWrapper](a[0]).coro, a[1])
			}, Doc: "Send a value into the coroutine."},
			{Name: "throw", Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
				return throwArgs(t, object.To[coroWrapper](args[0]).coro, args[1:], names)
			}, Doc: "Raise an exception in the coroutine."},
			{Name: "close", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return closeGen(t, object.To[Generator](object.To[coroWrapper](a[0]).coro))
			}, Doc: "Raise GeneratorExit inside the coroutine."},
		},
	})
}

// sendDef and coroSendDef are the methods send: calls of them resume the generator in the caller's loop.
var sendDef, coroSendDef *object.MethodDef

// NextDef is the builtin function next, whose calls with a generator are treated likewise. Set while packages are initialised.
var NextDef *object.MethodDef

// LenDef is the builtin function len. Set while packages are initialised.
var LenDef *object.MethodDef

// HashDef is the builtin function hash, which gets the items of a tuple that is made for it. Set while packages are initialised.
var HashDef *object.MethodDef

// IsInstanceDef is the builtin function isinstance, which gets the items, too. Set while packages are initialised.
var IsInstanceDef *object.MethodDef

func (g *Generator) nameOf() Value {
	if g.rare == nil || g.rare.name.P == nil {
		return g.fn().Name()
	}
	return g.rare.name
}

func (g *Generator) qualnameOf() Value {
	if g.rare == nil || g.rare.qualname.P == nil {
		return g.fn().Qualname()
	}
	return g.rare.qualname
}

func (g *Generator) origin() Value {
	if g.rare == nil || g.rare.origin.P == nil {
		return object.None
	}
	return g.rare.origin
}

// coroWrapper is what __await__ of a coroutine returns.
type coroWrapper struct {
	object.Head
	coro Value
}

var coroWrapperType object.Type

func methodOf(s *object.Type, name string) *object.MethodDef {
	return object.To[object.MethodDescr](s.Dict().GetName(name)).Def
}

func classGetItem(t *Thread, a []Value) Value { return object.NewGenericAlias(t, a[0], a[1]) }

func genSizeof(t *Thread, a []Value) Value {
	return object.MakeInt(int64(200 + int(object.To[Generator](a[0]).code.FrameBytes)))
}

func setGenName(what string) func(t *Thread, v, x Value) bool {
	return func(t *Thread, v, x Value) bool {
		if x.P == nil || !x.IsStr() {
			t.TypeErrorf("%s must be set to a string object", what)
			return false
		}
		if what == "__name__" {
			object.To[Generator](v).rarely().name = x
		} else {
			object.To[Generator](v).rarely().qualname = x
		}
		return true
	}
}

func genRepr(t *Thread, v Value) Value {
	return object.MakeStr("<" + v.Type().Name + " object " + text(object.To[Generator](v).qualnameOf()) + " at " + hexAddr(v) + ">")
}

func genYieldFrom(t *Thread, v Value) Value {
	if y := object.To[Generator](v).yieldFrom(); y.P != nil {
		return y
	}
	return object.None
}

func genRunningAttr(t *Thread, v Value) Value {
	return object.MakeBool(object.To[Generator](v).state == genRunning)
}

func genSuspendedAttr(t *Thread, v Value) Value {
	g := object.To[Generator](v)
	return object.MakeBool(g.state == genSuspended && g.started)
}

func genCode(t *Thread, v Value) Value { return object.Of(realCode(object.To[Generator](v).code)) }

func genFrame(t *Thread, v Value) Value {
	g := object.To[Generator](v)
	if g.state == genDone {
		return object.None
	}
	return object.Of(g.frameObject())
}

func genNext(t *Thread, v Value) Value {
	g := object.To[Generator](v)
	if !g.ready(t, v) {
		return Value{}
	}
	if g.state == genDone {
		return Value{}
	}
	r, done := g.send(t, object.None, 0)
	if !done {
		return r
	}
	if r.IsNone() {
		return Value{}
	}
	return t.RaiseNew(&object.StopIterationType, r)
}

// ready reports whether the generator can be resumed or is done; if it runs already an exception is set.
func (g *Generator) ready(t *Thread, v Value) bool {
	switch {
	case g.state == genRunning:
		kind := "generator"
		if v.Is(&object.CoroutineType) {
			kind = "coroutine"
		} else if v.Is(&object.AsyncGenType) {
			kind = "async generator"
		}
		t.ValueErrorf("%s already executing", kind)
		return false
	case g.state == genDone && v.Is(&object.CoroutineType):
		t.RuntimeErrorf("cannot reuse already awaited coroutine")
		return false
	}
	return true
}

func genSend(t *Thread, a []Value) Value { return sendTo(t, a[0], a[1]) }

// sendTo is gen.send(v).
func sendTo(t *Thread, gv, v Value) Value {
	g := object.To[Generator](gv)
	if !g.ready(t, gv) {
		return Value{}
	}
	if g.state == genDone {
		if gv.Is(&object.AsyncGenType) {
			return t.RaiseNew(&object.StopAsyncIterationType)
		}
		return t.RaiseNew(&object.StopIterationType)
	}
	if !g.started && !v.IsNone() {
		kind := map[*object.Type]string{&object.CoroutineType: "coroutine", &object.AsyncGenType: "async generator"}[gv.Type()]
		if kind == "" {
			kind = "generator"
		}
		return t.TypeErrorf("can't send non-None value to a just-started %s", kind)
	}
	r, done := g.send(t, v, 0)
	if !done {
		return r
	}
	return returned(t, gv, r)
}

// returned raises what the caller of send or throw sees when a generator returns v.
func returned(t *Thread, gv, v Value) Value {
	switch {
	case gv.Is(&object.AsyncGenType):
		return t.RaiseNew(&object.StopAsyncIterationType)
	case v.IsNone():
		return t.RaiseNew(&object.StopIterationType)
	}
	return t.RaiseNew(&object.StopIterationType, v)
}

// raiseIn resumes a suspended generator by raising the exception in t where it is suspended. If it returns then, that is StopIteration for the caller.
func (g *Generator) raiseIn(t *Thread, gv Value) Value {
	r, done := g.resumeWith(t)
	if done {
		return returned(t, gv, r)
	}
	return r
}

// resumeWith resumes a suspended generator by raising the exception in t where it is suspended. done: it has returned res.
func (g *Generator) resumeWith(t *Thread) (res Value, done bool) {
	e := t.Exc
	if g.state == genDone {
		return Value{}, false
	}
	ip, fp := t.IP, t.FP
	t.Exc = nil
	fresh := !g.started
	if !g.pushFrame(t, flagEntry) {
		return Value{}, false
	}
	if fresh {
		// A handler may look at what the first value sent would be. Where a yield wants its value is left alone.
		*regA(g.fp(), word(ipOf(t))) = object.None
	}
	t.Exc = e
	if g.exc.Exc != nil {
		t.RaiseValue(object.Of(e))
	}
	aux(t).thrown = true
	if watched(t) {
		watchedThrow(t)
	}
	if unwind(t) {
		res = run(t)
	}
	t.IP, t.FP = ip, fp
	done = aux(t).returned && res.P != nil
	aux(t).returned = false
	return res, done
}

func genThrowMethod(t *Thread, args []Value, names *object.Tuple) Value {
	return throwArgs(t, args[0], args[1:], names)
}

// throwArgs is gen.throw(type[, value[, traceback]]).
func throwArgs(t *Thread, gv Value, args []Value, names *object.Tuple) Value {
	if names != nil && names.Len() > 0 {
		return t.TypeErrorf("%s.throw() takes no keyword arguments", gv.Type().Name)
	}
	if len(args) < 1 || len(args) > 3 {
		word, s := "at least 1", ""
		if len(args) > 3 {
			word, s = "at most 3", "s"
		}
		return t.TypeErrorf("throw expected %s argument%s, got %d", word, s, len(args))
	}
	if len(args) > 1 && !t.Warn(&object.DeprecationWarningType, 1, "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.") {
		return Value{}
	}
	var val, tb Value
	if len(args) > 1 {
		val = args[1]
	}
	if len(args) > 2 {
		tb = args[2]
	}
	return throw(t, gv, args[0], val, tb)
}

// normalise makes the exception instance that throw raises. If making it fails, the generator gets what has been raised instead.
func normalise(t *Thread, typ, val, tb Value) *object.Exc {
	if tb.P != nil && tb.IsNone() {
		tb = Value{}
	}
	if tb.P != nil && !tb.Is(&object.TracebackType) {
		t.TypeErrorf("throw() third argument must be a traceback object")
		return nil
	}
	var e *object.Exc
	switch {
	case isExcClass(typ):
		var x Value
		switch {
		case val.P == nil || val.IsNone():
			x = t.CallArgs(typ)
		case val.Type().Flags&object.FlagException != 0 && val.Type().IsSubtype(object.To[object.Type](typ)):
			x = val
		case val.Type().Flags&object.FlagTuple != 0:
			x = t.Call(typ, append([]Value(nil), object.To[object.Tuple](val).Items()...), nil)
		default:
			x = t.CallArgs(typ, val)
		}
		if x.P != nil && x.Type().Flags&object.FlagException == 0 {
			if s := t.Repr(typ); s != nil {
				t.TypeErrorf("calling %s should have returned an instance of BaseException, not %s", s.S, x.Type().Name)
			}
			x = Value{}
		}
		if x.P != nil {
			e = object.To[object.Exc](x)
		} else {
			e, t.Exc = t.Exc, nil
		}
	case typ.Type().Flags&object.FlagException != 0:
		if val.P != nil && !val.IsNone() {
			t.TypeErrorf("instance exception may not have a separate value")
			return nil
		}
		e = object.To[object.Exc](typ)
	default:
		t.TypeErrorf("exceptions must be classes or instances deriving from BaseException, not %s", typ.Type().Name)
		return nil
	}
	if tb.P != nil {
		e.TB = object.To[object.Traceback](tb)
	}
	return e
}

// throw raises an exception in a generator; if that waits for another in yield from, there first.
func throw(t *Thread, gv, typ, val, tb Value) Value {
	g := object.To[Generator](gv)
	if y := g.yieldFrom(); y.P != nil {
		isExit := isExcClass(typ) && object.To[object.Type](typ).IsSubtype(&object.GeneratorExitType) ||
			typ.Type().IsSubtype(&object.GeneratorExitType)
		if isExit {
			// Close what is waited for, then raise here.
			g.state = genRunning
			ok := closeIter(t, y)
			g.state = genSuspended
			if !ok {
				return g.raiseIn(t, gv)
			}
		} else {
			var r Value
			delegated := true
			if isGen(y) {
				if !g.lend(t) {
					return Value{}
				}
				r = throw(t, y, typ, val, tb)
				g.unlend(t)
			} else if m, ok := t.FindAttr(y, nameThrow); !ok {
				return Value{}
			} else if m.P == nil {
				delegated = false
			} else {
				args := []Value{typ}
				if val.P != nil {
					args = append(args, val)
				}
				if tb.P != nil {
					args = append(args, tb)
				}
				if !g.lend(t) {
					return Value{}
				}
				r = t.CallArgs(m, args...)
				g.unlend(t)
			}
			if delegated {
				if r.P != nil {
					return r
				}
				return g.raiseIn(t, gv)
			}
		}
	}
	e := normalise(t, typ, val, tb)
	if e == nil {
		return Value{}
	}
	if !g.ready(t, gv) {
		return Value{}
	}
	t.Exc = e
	return g.raiseIn(t, gv)
}

// lend makes the frame of a suspended generator the running one while something is thrown into what it waits for: it shows in the stack.
func (g *Generator) lend(t *Thread) bool {
	if t.Frame >= atomic.LoadUintptr(&t.FrameLimit) && full(t) {
		return false
	}
	r := record(t)
	r.IP, r.FP = t.IP, t.FP
	t.Frame += recordSize
	g.state = genRunning
	t.IP, t.FP = g.ip, uintptr(g.fp())
	return true
}

// unlend is the end of lend.
func (g *Generator) unlend(t *Thread) {
	t.Frame -= recordSize
	r := record(t)
	t.IP, t.FP = r.IP, r.FP
	g.state = genSuspended
}

// closeIter closes what a generator waits for in yield from.
func closeIter(t *Thread, y Value) bool {
	if isGen(y) {
		return closeGen(t, object.To[Generator](y)).P != nil
	}
	m, ok := t.FindAttr(y, nameClose)
	if !ok {
		t.Unraisable("Exception ignored while closing generator ", y)
		return true
	}
	return m.P == nil || t.CallArgs(m).P != nil
}

func genCloseMethod(t *Thread, a []Value) Value { return closeGen(t, object.To[Generator](a[0])) }

// closeGen is gen.close().
func closeGen(t *Thread, g *Generator) Value {
	gv := object.Of(g)
	switch {
	case g.state == genDone:
		return object.None
	case g.state == genRunning:
		g.ready(t, gv)
		return Value{}
	case !g.started:
		g.drop()
		return object.None
	case g.idle() && g.theFrame() == nil && !watched(t):
		g.end(t)
		return object.None
	}
	failed := false
	if y := g.yieldFrom(); y.P != nil {
		g.state = genRunning
		failed = !closeIter(t, y)
		g.state = genSuspended
	}
	if !failed {
		t.RaiseNew(&object.GeneratorExitType)
	}
	r, done := g.resumeWith(t)
	if done {
		return r
	}
	if r.P != nil {
		kind := "generator"
		if gv.Is(&object.CoroutineType) {
			kind = "coroutine"
		} else if gv.Is(&object.AsyncGenType) {
			kind = "async generator"
		}
		return t.RuntimeErrorf("%s ignored GeneratorExit", kind)
	}
	if e := t.Catch(&object.StopIterationType); e != nil {
		return e.Field(0)
	}
	if t.Catch(&object.GeneratorExitType) != nil || t.Catch(&object.StopAsyncIterationType) != nil {
		return object.None
	}
	return Value{}
}
