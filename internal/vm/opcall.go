package vm

import (
	"sync/atomic"
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// call calls f, whose arguments lie at args, and stores the result in the word's register a. Python functions get a
// frame; it returns when they begin. The register before args is free, for bound methods the one before it, too.
func call(t *Thread, fp ptr, w uint64, f Value, args *Value, n int, names *object.Tuple) bool {
	switch f.Type() {
	case &object.FuncType:
		fn := object.To[object.Func](f)
		c := fn.Code
		if names == nil && c.Args == n && t.Frame < atomic.LoadUintptr(&t.FrameLimit) {
			at := ptr(args)
			if codeOf(fp).Alone {
				at = top(t)
			}
			if uintptr(at)+c.FrameBytes < t.SlabLimit {
				if at != ptr(args) {
					for i := range n {
						*nth((*Value)(at), i) = *nth(args, i)
					}
				}
				enterFrame(t, fn, at, 0)
				return true
			}
		}
		if c.Obj.Flags&code.Optimized == 0 {
			break
		}
		if c.Words == nil && !prepare(t, c) {
			return false
		}
		if c.Makes {
			v := makeGenerator(t, fn, span(args, n), names)
			if v.P == nil {
				return false
			}
			if isGen(v) {
				g := object.To[Generator](v)
				g.owned = usedOnce(t, fp, w)
				g.private = fieldX(w)&lift.CallMade != 0
				g.lent = g.private && n == 1 && aux(t).iters.gives(*args)
				if dropsResult(w) {
					forgotten(t, g)
				}
			}
			*regA(fp, w) = v
			return true
		}
		nfp := ptr(args)
		if codeOf(fp).Alone {
			nfp = top(t)
		} else if names == nil && c.Args > n && enterDefaults(t, fn, args, n) {
			return true
		}
		return placed(t, fn, nfp, span(args, n), names, 0)
	case &object.MethodDescrType:
		d := object.To[object.MethodDescr](f)
		if n == 0 || names != nil {
			break
		}
		if (d.Def == sendDef || d.Def == coroSendDef) && args.Type() == d.Owner {
			if g := object.To[Generator](*args); n == 2 && g.state == genSuspended && (g.started || next(args).IsNone()) {
				return g.resume(t, *next(args), 0)
			}
		}
		if ok, done := callMethod(t, fp, w, d, args, n); done {
			return ok
		}
	case &object.BuiltinType:
		b := object.To[object.Builtin](f)
		if names == nil {
			return callBuiltin(t, fp, w, b, args, n)
		}
		if b.Def.MakesList && !b.Bound && mayLend(t, w) {
			return listCall(t, fp, w, b.Def, span(args, n), names)
		}
	case &object.TypeType:
		cls := object.To[object.Type](f)
		if t.MakerOf(cls) {
			return construct(t, fp, w, cls, args, n, names)
		}
		if cls.Flags&object.FlagException != 0 && raisedNext(t, w) {
			v := t.Call(f, span(args, n), names)
			if v.P != nil && v.Type() == cls && t.MakesAlone(cls) {
				object.To[object.Exc](v).Unseen = true
			}
			return put(fp, w, v)
		}
		if cls.Make != nil && names == nil {
			if cls == &object.RangeType && rangeLoop(t, fp, w, span(args, n)) {
				return true
			}
			if cls == &object.SetType && fieldX(w)&lift.CallGiven != 0 {
				return makeToldSet(t, fp, w, span(args, n))
			}
			if cls == &object.ListType && mayLend(t, w) {
				return listCall(t, fp, w, nil, span(args, n), nil)
			}
			v := cls.Make(t, cls, span(args, n), nil)
			if v.P != nil && cls.Flags&object.FlagHeap == 0 && takenWhole(t, fp, w) {
				object.OwnIter(v)
			}
			return put(fp, w, v)
		}
	case &object.MethodType:
		m := object.To[object.BoundMethod](f)
		if names == nil && enterBound(t, fp, m, prev(args), n) {
			return true
		}
		if m.Func.Type() != &object.FuncType || object.To[object.Func](m.Func).Code.Obj.Flags&code.Optimized == 0 {
			break
		}
		fn := object.To[object.Func](m.Func)
		c := fn.Code
		if c.Words == nil && !prepare(t, c) {
			return false
		}
		// Self goes where the method or NULL was, and the function below: the call takes both off the stack.
		self := prev(args)
		if codeOf(fp).Alone {
			self = (*Value)(top(t))
			if uintptr(ptr(self))+uintptr(n+8)*valueSize > t.SlabLimit {
				break
			}
			copy(span(next(self), n), span(args, n))
		}
		*self = m.Self
		return placed(t, fn, ptr(self), span(self, n+1), names, 0)
	default:
		if m := method(t, f.Type(), nameCall); m != nil {
			nargs := (*Value)(top(t))
			if uintptr(ptr(nargs))+uintptr(n+8)*valueSize > t.SlabLimit || m.Code.Obj.Flags&code.Optimized == 0 {
				break
			}
			if c := m.Code; c.Words == nil && !prepare(t, c) {
				return false
			}
			if m.Code.Makes {
				break
			}
			copy(span(next(nargs), n), span(args, n))
			*nargs = f
			return placed(t, m, ptr(nargs), span(nargs, n+1), names, 0)
		}
		if f.Type().Flags&object.FlagType != 0 && f.Type().PlainMeta(t) {
			if cls := object.To[object.Type](f); t.MakerOf(cls) {
				return construct(t, fp, w, cls, args, n, names)
			}
		}
	}
	return put(fp, w, t.Call(f, span(args, n), names))
}

// callBuiltin is call for a builtin function or bound method without arguments by keyword.
func callBuiltin(t *Thread, fp ptr, w uint64, b *object.Builtin, args *Value, n int) bool {
	if b.Bound {
		// Self goes where the function or NULL was, which the call takes off the stack.
		args, n = prev(args), n+1
	} else if b.Def == NextDef && (n == 1 || n == 2 && defaulted(t, w)) && args.Type() == &object.GeneratorType {
		if g := object.To[Generator](*args); g.state == genSuspended {
			return g.resume(t, object.None, 0)
		}
	}
	if b.Def.MakesList && !b.Bound && mayLend(t, w) {
		return listCall(t, fp, w, b.Def, span(args, n), nil)
	}
	fn, m := b.Def.DirectKnown(n)
	if fn == nil {
		fn, m = b.Def.Direct(n)
	}
	if fn == nil || m != n && !hasRoom(t, fp, args, m) {
		if b.Bound {
			return put(fp, w, t.Call(object.Of(b), span(next(args), n-1), nil))
		}
		return put(fp, w, b.Def.Call(t, span(args, n), nil))
	}
	if b.Bound {
		*args = b.Self
	}
	if n == m {
		return put(fp, w, fn(t, span(args, n)))
	}
	return put(fp, w, direct(t, fp, fn, args, n, m))
}

// isNext reports whether f is the builtin function next.
func isNext(f Value) bool {
	return f.Is(&object.BuiltinType) && object.To[object.Builtin](f).Def == NextDef
}

// defaulted reports whether a word that calls next with two arguments may resume a generator in its own loop: deliverResult finds the default then.
func defaulted(t *Thread, w uint64) bool {
	op := lift.Op(w)
	return (op == lift.Call || op == lift.CallGen) && !watched(t)
}

// callMethod calls a method of a builtin type with n arguments, the first of which is what it is a method of. It does nothing, and done is false, if
// there is more to do.
func callMethod(t *Thread, fp ptr, w uint64, d *object.MethodDescr, args *Value, n int) (ok, done bool) {
	if cls := args.Type(); cls != d.Owner && !cls.IsSubtype(d.Owner) {
		return false, false
	}
	fn, m := d.Def.Direct(n)
	switch {
	case fn == nil:
		return false, false
	case n == m:
		return put(fp, w, fn(t, span(args, n))), true
	case hasRoom(t, fp, args, m):
		return put(fp, w, direct(t, fp, fn, args, n, m)), true
	}
	return false, false
}

// enterBound makes the frame of a bound method's function run whose n arguments lie behind the place for self. It does nothing that matters if anything
// else is to be done.
func enterBound(t *Thread, fp ptr, m *object.BoundMethod, self *Value, n int) bool {
	if !isFunc(m.Func) || codeOf(fp).Alone {
		return false
	}
	f := object.To[object.Func](m.Func)
	c := f.Code
	if c.Args <= n {
		return false
	}
	*self = m.Self
	if c.Args > n+1 {
		return enterDefaults(t, f, self, n+1)
	}
	if t.Frame >= atomic.LoadUintptr(&t.FrameLimit) || uintptr(ptr(self))+c.FrameBytes > t.SlabLimit {
		return false
	}
	enterFrame(t, f, ptr(self), 0)
	return true
}

// enterDefaults makes the frame of f run whose first n arguments lie in it already, and the others have defaults. It does nothing if anything else is to
// be done.
func enterDefaults(t *Thread, f *object.Func, args *Value, n int) bool {
	c, d := f.Code, f.Defaults
	if d == nil || t.Frame >= atomic.LoadUintptr(&t.FrameLimit) || uintptr(ptr(args))+c.FrameBytes > t.SlabLimit {
		return false
	}
	from := d.Len() - (c.Args - n)
	if from < 0 {
		return false
	}
	for i, v := range d.Items()[from:] {
		*nth(args, n+i) = v
	}
	enterFrame(t, f, ptr(args), 0)
	return true
}

// hasRoom reports whether m values may lie at args: on the frame's evaluation stack, or above the frame on the slab.
func hasRoom(t *Thread, fp ptr, args *Value, m int) bool {
	end, c := uintptr(ptr(nth(args, m))), codeOf(fp)
	return end <= uintptr(fp)+c.StackBytes || !c.Alone && end <= t.SlabLimit
}

// direct calls a builtin function with its n arguments where they lie, and as many empty values behind them as make m. Nothing lives above the
// arguments of a call; frames of what the function calls begin behind the values.
func direct(t *Thread, fp ptr, fn func(*Thread, []Value) Value, args *Value, n, m int) Value {
	if n == m {
		return fn(t, span(args, n))
	}
	for i := n; i < m; i++ {
		*nth(args, i) = Value{} // there are one or two, for which clear takes longer
	}
	end := uintptr(ptr(nth(args, m)))
	if end <= uintptr(fp)+codeOf(fp).StackBytes {
		return fn(t, span(args, m))
	}
	mark := t.Scratch
	t.Scratch = end
	v := fn(t, span(args, m))
	t.Scratch = mark
	return v
}

// construct calls a class as its Maker says; an __init__ in Python gets a frame. The instance is kept before the function,
// and is the result when __init__ returns.
func construct(t *Thread, fp ptr, w uint64, cls *object.Type, args *Value, n int, names *object.Tuple) bool {
	init := cls.Maker.Init
	if cls.Maker.Create != nil {
		return constructNew(t, fp, w, cls, args, n, names)
	}
	if init == nil {
		if n > 0 {
			return put(fp, w, t.Call(object.Of(cls), span(args, n), names))
		}
		*regA(fp, w) = object.NewInstance(cls)
		return true
	}
	c := init.Code
	if c.Words == nil && !prepare(t, c) {
		return false
	}
	if c.Obj.Flags&code.Optimized == 0 || names != nil && odd(names) {
		return put(fp, w, t.Call(object.Of(cls), span(args, n), names))
	}
	var v Value
	if cls.Maker.New == nil {
		v = object.NewInstance(cls)
	} else if v = cls.Maker.New(t, cls, span(args, n), names); v.P == nil {
		return false
	} else if v.Type() != cls || !t.MakerOf(cls) || cls.Maker.Init != init {
		return t.InitNew(cls, v, span(args, n), names) && put(fp, w, v)
	}
	at := unsafe.Add(top(t), 2*valueSize) // behind the instance and the function
	if uintptr(at)+uintptr(n+8)*valueSize > t.SlabLimit {
		return t.InitNew(cls, v, span(args, n), names) && put(fp, w, v)
	}
	dst := (*Value)(at)
	copy(span(next(dst), n), span(args, n))
	*dst = v
	nfp, more := room(t, c, at)
	if c.Args == n+1 && more == 0 && names == nil {
		*(*Value)(unsafe.Add(nfp, -2*int(valueSize))) = v
		return enter(t, init, nfp, flagInit)
	}
	*(*Value)(unsafe.Add(nfp, -2*int(valueSize))) = v
	if bind(t, init, nfp, span(dst, n+1), names) && enter(t, init, nfp, flagInit|more) {
		return true
	}
	if more != 0 {
		dropSlab(t)
	}
	return false
}

func opCall(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := regB(fp, w)
	if fieldX(w)&(lift.CallOwned|lift.CallTold) != 0 {
		return callOwned(t, fp, w, *b, next(b), plainCall)
	}
	return plainCall(t, fp, w, b)
}

// plainCall calls what is in b with the arguments behind it.
func plainCall(t *Thread, fp ptr, w uint64, b *Value) bool {
	if b.Type() == &object.BuiltinType {
		return callBuiltin(t, fp, w, object.To[object.Builtin](*b), next(b), fieldC(w))
	}
	return call(t, fp, w, *b, next(b), fieldC(w), nil)
}

func opCallMethod(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := regB(fp, w)
	if fieldX(w)&(lift.CallOwned|lift.CallTold) != 0 {
		return callOwned(t, fp, w, *b, nth(b, 2), methodCall)
	}
	if self := next(b); self.P != nil && b.Type() == &object.MethodDescrType {
		// What methodCall comes to most often. To get there takes as long as many a method.
		d := (*object.MethodDescr)(b.P)
		if def := d.Def; self.Type() == d.Owner && !def.MakesList && def != sendDef && def != coroSendDef {
			n := fieldC(w) + 1
			fn, m := def.DirectKnown(n)
			if fn != nil && uintptr(ptr(nth(self, m))) <= uintptr(fp)+codeOf(fp).StackBytes {
				for i := n; i < m; i++ {
					*nth(self, i) = Value{} // as direct does
				}
				return put(fp, w, fn(t, span(self, m)))
			}
		}
	}
	return methodCall(t, fp, w, b)
}

// methodCall calls what is in b with the value behind it, if that is one, as self.
func methodCall(t *Thread, fp ptr, w uint64, b *Value) bool {
	self := next(b)
	n := fieldC(w)
	if self.P == nil {
		if b.Type() == &object.BuiltinType {
			return callBuiltin(t, fp, w, object.To[object.Builtin](*b), nth(b, 2), n)
		}
		return call(t, fp, w, *b, nth(b, 2), n, nil)
	}
	if b.Type() == &object.MethodDescrType {
		// The methods send of generators and coroutines take the other way: see call.
		if d := object.To[object.MethodDescr](*b); d.Def != sendDef && d.Def != coroSendDef {
			if d.Def.MakesList && mayLend(t, w) {
				if ok, done := listMethod(t, fp, w, d, self, n+1); done {
					return ok
				}
			} else if ok, done := callMethod(t, fp, w, d, self, n+1); done {
				return ok
			}
		}
	}
	return callSelf(t, fp, w, *b, self, n+1, nil)
}

func opCallKw(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := regB(fp, w)
	n := fieldC(w)
	return call(t, fp, w, *b, next(b), n, object.To[object.Tuple](*nth(b, 1+n)))
}

func opCallMethodKw(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := regB(fp, w)
	self := next(b)
	n := fieldC(w)
	names := object.To[object.Tuple](*nth(b, 2+n))
	if self.P == nil {
		return call(t, fp, w, *b, nth(b, 2), n, names)
	}
	return callSelf(t, fp, w, *b, self, n+1, names)
}

// callSelf is call with self in front of the arguments. Then f is no bound method, except in code by hand, for which there is no register free.
func callSelf(t *Thread, fp ptr, w uint64, f Value, args *Value, n int, names *object.Tuple) bool {
	if f.Type() == &object.MethodType {
		return put(fp, w, t.Call(f, span(args, n), names))
	}
	return call(t, fp, w, f, args, n, names)
}

// exArgs returns the register with the arguments of a CallEx, behind which are those with keywords.
func exArgs(fp ptr, w uint64) *Value { return nth(regB(fp, w), 1+fieldC(w)) }

func opCallEx(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := regB(fp, w)
	var self Value
	if fieldC(w) != 0 {
		self = *next(b)
	}
	args := exArgs(fp, w)
	f, av, kv := *b, *args, *next(args)
	if av.Type() == &object.ListType && kv.P == nil && aux(t).args.owns(object.To[object.List](av)) {
		return callItems(t, fp, w, f, self, object.To[object.List](av).V, nil, object.To[object.List](av))
	}
	var items []Value
	var from *object.List
	if av.Type().Flags&object.FlagTuple != 0 {
		items = object.To[object.Tuple](av).Items()
	} else {
		if av.Type().Iter == nil && av.Type().GetItem == nil {
			t.TypeErrorf("%s argument after * must be an iterable, not %s", funcText(t, f), av.Type().Name)
			return false
		}
		lists := &aux(t).args
		from = lists.take()
		if !object.ListFill(t, from, av) {
			lists.drop(from)
			return false
		}
		items = from.V
	}
	var d *object.Dict
	if kv.P != nil {
		if kv.Type().Flags&object.FlagDict == 0 {
			d := object.NewDict()
			if !object.DictUpdate(t, d, kv) {
				if t.Catch(&object.AttributeErrorType) != nil {
					t.TypeErrorf("%s argument after ** must be a mapping, not %s", funcText(t, f), kv.Type().Name)
				}
				return false
			}
			kv = object.Of(d)
		}
		d = object.To[object.Dict](kv)
	}
	return callItems(t, fp, w, f, self, items, d, from)
}

// callItems calls f with self, if that is a value, items and what is in a dict, which may be nil. The items may be those of one of the thread's lists for arguments, which is
// given back as soon as they have been copied.
func callItems(t *Thread, fp ptr, w uint64, f, self Value, items []Value, d *object.Dict, from *object.List) bool {
	more := 0
	if d != nil {
		more = d.Len()
	}
	if more == 0 && f.Type() == &object.FuncType && self.P == nil {
		if fn := object.To[object.Func](f); fn.Code.Obj.Flags&code.Optimized != 0 {
			ok := push(t, fn, items, nil, 0)
			aux(t).args.drop(from)
			return ok
		}
	}
	// The arguments lie on the slab while the call is prepared. A Python function's frame may begin right there.
	mark := t.Scratch
	pushed := t.Push(3 + len(items) + more) // the first two are those that call needs, the third is for self
	args := pushed[3:]
	copy(args, items)
	aux(t).args.drop(from)
	var names *object.Tuple
	if more > 0 {
		names = keywordNames(t, f, more)
		i := 0
		for k, v := range d.All {
			if !k.IsStr() {
				t.Pop(mark, pushed)
				t.TypeErrorf("keywords must be strings")
				return false
			}
			if !k.Is(&object.StrType) {
				names = object.NewTuple(names.Items()...) // binding runs their methods
			}
			names.Items()[i], args[len(items)+i] = k, v
			i++
		}
	}
	if self.P != nil {
		args = pushed[2:]
		args[0] = self
	}
	if t.Scratch == mark {
		return put(fp, w, t.Call(f, args, names)) // they are so many that they lie elsewhere
	}
	var ok bool
	if self.P != nil {
		ok = callUnbound(t, fp, w, f, args, names)
	} else {
		ok = call(t, fp, w, f, unsafe.SliceData(args), len(args), names)
	}
	t.Scratch = mark
	return ok
}

// callUnbound is call of a method with self in front of the arguments. One of a builtin type complains about them as if it were bound: it names the type
// of self.
func callUnbound(t *Thread, fp ptr, w uint64, f Value, args []Value, names *object.Tuple) bool {
	if f.Type() == &object.MethodDescrType {
		d := object.To[object.MethodDescr](f)
		if d.Def != sendDef && d.Def != coroSendDef && args[0].IsA(d.Owner) {
			if names == nil {
				if ok, done := callMethod(t, fp, w, d, unsafe.SliceData(args), len(args)); done {
					return ok
				}
			}
			return put(fp, w, d.CallBound(t, args, names))
		}
		f, args = d.Bind(args[0]), args[1:]
		return call(t, fp, w, f, unsafe.SliceData(args), len(args), names)
	}
	return callSelf(t, fp, w, f, unsafe.SliceData(args), len(args), names)
}

// keywordNames returns a tuple for n names of keywords. What binds arguments to the parameters of a Python function looks at the names, runs nothing when they are exact
// strs, and keeps no tuple: so it can be one of the thread's.
func keywordNames(t *Thread, f Value, n int) *object.Tuple {
	names := &aux(t).names
	if n >= len(names) || !isFunc(f) || object.To[object.Func](f).Code.Obj.Flags&code.Optimized == 0 {
		return object.MakeTuple(n)
	}
	if names[n] == nil {
		names[n] = object.MakeTuple(n)
	}
	return names[n]
}

// funcText is how messages about arguments name a callable.
func funcText(t *Thread, f Value) string {
	q, ok := t.FindAttr(f, nameQualname)
	if !ok || q.P == nil || !q.IsStr() {
		t.Exc = nil
		if s := t.Str(f); s != nil {
			return s.S
		}
		t.Exc = nil
		return "?"
	}
	m, ok := t.FindAttr(f, nameModule)
	if ok && m.P != nil && m.IsStr() && m.Str().S != "builtins" {
		return m.Str().S + "." + q.Str().S + "()"
	}
	t.Exc = nil
	return q.Str().S + "()"
}

var (
	nameQualname = object.StaticName("__qualname__")
	nameModule   = object.StaticName("__module__")
)

// mergeKeywords adds the items of a mapping to the keywords of a call.
func mergeKeywords(t *Thread, d *object.Dict, m, f Value) bool {
	twice := func(k Value) bool {
		if name := t.Str(k); name != nil {
			t.TypeErrorf("%s got multiple values for keyword argument '%s'", funcText(t, f), name.S)
		}
		return false
	}
	add := func(k, v Value) bool {
		old, ok := d.Get(t, k)
		if !ok {
			return false
		}
		if old.P != nil {
			return twice(k)
		}
		return d.Set(t, k, v)
	}
	if t.MergesPlainly(m) {
		had, ok := d.MergeNew(t, object.To[object.Dict](m))
		return ok && (had.P == nil || twice(had))
	}
	keys := t.GetAttrName(m, "keys")
	if keys.P == nil {
		if t.Catch(&object.AttributeErrorType) != nil {
			t.TypeErrorf("%s argument after ** must be a mapping, not %s", funcText(t, f), m.Type().Name)
		}
		return false
	}
	ks := t.CallArgs(keys)
	if ks.P == nil {
		return false
	}
	return t.Each(ks, func(k Value) bool {
		v := t.GetItem(m, k)
		return v.P != nil && add(k, v)
	})
}

func opMakeFunction(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	c := object.To[object.Code](*regB(fp, w))
	if f := spentFunc(t, c, funcOf(fp), nil); f != nil {
		*regA(fp, w) = object.Of(f)
		return true
	}
	*regA(fp, w) = object.Of(t.NewFunc(c, funcOf(fp).Globals))
	return true
}

func opMakeClosure(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	c := object.To[object.Code](constAt(fp, fieldB(w)/int(valueSize)))
	cells := span(regC(fp, w), int(fieldX(w)))
	if f := spentFunc(t, c, funcOf(fp), cells); f != nil {
		*regA(fp, w) = object.Of(f)
		return true
	}
	*regA(fp, w) = object.Of(t.NewClosure(c, funcOf(fp).Globals, cells))
	return true
}

// The attributes SET_FUNCTION_ATTRIBUTE sets.
const (
	attrDefaults    = 1
	attrKwDefaults  = 2
	attrAnnotations = 4
	attrClosure     = 8
	attrAnnotate    = 16
)

func opSetFuncAttr(t *Thread, fp ptr, w uint64) bool {
	f := object.To[object.Func](*regA(fp, w))
	v := *regB(fp, w)
	switch fieldX(w) {
	case attrDefaults:
		f.Defaults = object.To[object.Tuple](v)
	case attrKwDefaults:
		f.KwDefaults = object.To[object.Dict](v)
	case attrAnnotations:
		f.SetAnnotations(t, v)
	case attrClosure:
		f.Closure = object.To[object.Tuple](v)
	case attrAnnotate:
		f.More().Annotate = v
	}
	return true
}

// finish returns v from the frame whose flags are not 0. A value: eval is left with it. Otherwise it goes on at the registers in t, or an
// exception is set.
func finish(t *Thread, v Value) Value {
	fp := fpOf(t)
	flags := *flagsOf(fp)
	if flags&flagGen != 0 {
		return finishGen(t, fp, v)
	}
	if flags&flagInit != 0 {
		if !v.IsNone() {
			t.TypeErrorf("__init__() should return None, not '%s'", v.Type().Name)
			return Value{}
		}
		v = *(*Value)(unsafe.Add(fp, -2*int(valueSize)))
	}
	if flags&flagNew != 0 && !(object.Of(v.Type()) == *(*Value)(unsafe.Add(fp, -2*int(valueSize))) && v.Type().Maker.Version == v.Type().Version) {
		return finishNew(t, fp, v)
	}
	if leave(t, fp) {
		return v
	}
	if flags&flagThen != 0 {
		if !proceed(t, v, flags&flagElse != 0) {
			return Value{}
		}
	} else if flags&flagNone == 0 {
		*regA(fpOf(t), word(ipOf(t))) = v
	}
	if flags&flagWatched != 0 {
		retrace(t)
	}
	return Value{}
}

// tail calls a Python function with a few arguments in a frame of its own; its result is that of the word that runs.
func tail(t *Thread, fp ptr, w uint64, f *object.Func, args ...Value) bool {
	if enterPlain(t, f, 0, args...) {
		return true
	}
	c := f.Code
	if c.Words == nil && !prepare(t, c) {
		return false
	}
	if c.Obj.Flags&code.Optimized == 0 || c.Makes {
		return put(fp, w, CallFunc(t, f, args, nil))
	}
	return placed(t, f, top(t), args, nil, 0)
}

// tailNone is tail for a word without a result.
func tailNone(t *Thread, f *object.Func, args ...Value) bool {
	if enterPlain(t, f, flagNone, args...) {
		return true
	}
	c := f.Code
	if c.Words == nil && !prepare(t, c) {
		return false
	}
	if c.Obj.Flags&code.Optimized == 0 || c.Makes {
		return CallFunc(t, f, args, nil).P != nil
	}
	return placed(t, f, top(t), args, nil, flagNone)
}

var (
	nameGet     = object.StaticName("__get__")
	nameSet     = object.StaticName("__set__")
	nameSetAttr = object.StaticName("__setattr__")
	nameSetItem = object.StaticName("__setitem__")
	nameGetItem = object.StaticName("__getitem__")
	nameCall    = object.StaticName("__call__")
)

// method returns the Python function that the special method name of a class is, or nil.
func method(t *Thread, cls *object.Type, name *object.Str) *object.Func {
	if cls.Flags&object.FlagHeap == 0 {
		return nil
	}
	if f := cls.Lookup(t, name); f.P != nil && f.Type() == &object.FuncType {
		return object.To[object.Func](f)
	}
	return nil
}
