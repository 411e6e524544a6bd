package object

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
	"weak"
)

// Weakref is a weak reference or, by its type, a weak proxy.
type Weakref struct {
	Head
	obj      weak.Pointer[Head]
	callback Value // no value: none
	hash     int64
	hashed   bool
	Attrs
}

// The types of module _weakref.
var (
	WeakrefType, ProxyType, CallableProxyType Type
)

// weakTable finds the weak references to an object by its address.
type weakTable struct {
	entries map[uintptr]*weakEntry
	self    weak.Pointer[Interp]
	// mortals are the instances of classes with __del__, and generators that are armed, oldest first; those that are gone are dropped when the list grows.
	mortals []*mortal

	mu    sync.Mutex // guards what follows, which any goroutine may touch
	queue []pendingItem
}

// weakEntry has the references to one object. It must not keep the object alive, nor the references.
type weakEntry struct {
	addr       uintptr
	obj        weak.Pointer[Head]
	ref, proxy weak.Pointer[Weakref]   // those without callback, one each
	others     []weak.Pointer[Weakref] // oldest first
}

// pendingItem is an object that is gone, one whose __del__ is to be called, or something else that has to be done.
type pendingItem struct {
	entry *weakEntry
	del   Value
	f     func(t *Thread)
}

// mortal is an object, mostly an instance of a class with __del__, whose finalizer has not run. Until then the object is there, although nothing here keeps
// it alive; a weak pointer would cost more than all else that making such an object does.
type mortal struct {
	addr uintptr
	gone atomic.Bool
}

// push queues an item and makes a thread look. It runs in goroutines of Go's runtime.
func (w *weakTable) push(in *Interp, x pendingItem) {
	w.mu.Lock()
	w.queue = append(w.queue, x)
	w.mu.Unlock()
	if t := in.Current(); t != nil {
		t.Break(BreakPending)
	}
	in.Main.Break(BreakPending)
}

// Later makes a thread call f between two instructions. Any goroutine may call it.
func (in *Interp) Later(f func(t *Thread)) { in.weak.push(in, pendingItem{f: f}) }

// weakArg is what the cleanup of an object gets: the interpreter must not be kept by it.
type weakArg struct {
	in    weak.Pointer[Interp]
	entry *weakEntry
}

func objectGone(a weakArg) {
	if in := a.in.Value(); in != nil {
		in.weak.push(in, pendingItem{entry: a.entry})
	}
}

func (in *Interp) weakSelf() weak.Pointer[Interp] {
	if in.weak.self == (weak.Pointer[Interp]{}) {
		in.weak.self = weak.Make(in)
	}
	return in.weak.self
}

// entryOf returns the entry of an object, made if make is set; nil if there is none.
func (in *Interp) entryOf(v Value, make_ bool) *weakEntry {
	h := (*Head)(v.P)
	addr := uintptr(v.P)
	p := weak.Make(h)
	if e := in.weak.entries[addr]; e != nil && e.obj == p {
		return e
	}
	if !make_ {
		return nil
	}
	e := &weakEntry{addr: addr, obj: p}
	if in.weak.entries == nil {
		in.weak.entries = map[uintptr]*weakEntry{}
	}
	in.weak.entries[addr] = e
	if !isStatic(v) {
		runtime.AddCleanup(h, objectGone, weakArg{in.weakSelf(), e})
	}
	return e
}

// isStatic reports whether a value is a builtin type or constant, which is never collected.
func isStatic(v Value) bool {
	return v.Type().Flags&FlagType != 0 && To[Type](v).Flags&FlagHeap == 0
}

// weakable reports whether there can be weak references to v.
func weakable(v Value) bool {
	switch v.Type() {
	case &IntType, &FloatType, &BoolType, &NoneType:
		return false
	}
	return v.Type().HasWeak
}

// NewWeakref returns a weak reference to obj of type cls, or a proxy: the one there is, if it may be shared. callback may be no value.
func (t *Thread) NewWeakref(cls *Type, obj, callback Value) Value {
	if !weakable(obj) {
		return t.TypeErrorf("cannot create weak reference to '%s' object", obj.Type().Name)
	}
	if callback.P != nil && callback.IsNone() {
		callback = Value{}
	}
	e := t.Interp.entryOf(obj, true)
	var place *weak.Pointer[Weakref]
	if callback.P == nil {
		switch cls {
		case &WeakrefType:
			place = &e.ref
		case &ProxyType, &CallableProxyType:
			place = &e.proxy
		}
	}
	if place != nil {
		if r := place.Value(); r != nil {
			return Of(r)
		}
	}
	r := &Weakref{Head: Head{cls}, obj: e.obj, callback: callback}
	InitAttrs(cls, Of(r))
	if place != nil {
		*place = weak.Make(r)
	} else {
		e.others = append(e.others, weak.Make(r))
	}
	return Of(r)
}

// NewProxy returns a weak proxy of obj.
func (t *Thread) NewProxy(obj, callback Value) Value {
	if obj.Type().Call != nil {
		return t.NewWeakref(&CallableProxyType, obj, callback)
	}
	return t.NewWeakref(&ProxyType, obj, callback)
}

// Weakrefs returns the weak references to an object that are alive.
func (t *Thread) Weakrefs(obj Value) []Value {
	if !weakable(obj) {
		return nil
	}
	e := t.Interp.entryOf(obj, false)
	if e == nil {
		return nil
	}
	return e.alive()
}

func (e *weakEntry) alive() []Value {
	var out []Value
	for _, p := range [...]weak.Pointer[Weakref]{e.ref, e.proxy} {
		if r := p.Value(); r != nil {
			out = append(out, Of(r))
		}
	}
	for i := len(e.others) - 1; i >= 0; i-- {
		if r := e.others[i].Value(); r != nil {
			out = append(out, Of(r))
		}
	}
	return out
}

// Referent returns the object that a weak reference or proxy is for, or no value if it is gone.
func (r *Weakref) Referent() Value { return Value{P: unsafe.Pointer(r.obj.Value())} }

// RunPending calls the finalizers and callbacks of objects that have become garbage. It returns how many objects there were.
func (t *Thread) RunPending() int {
	n, _ := t.runPending()
	return n
}

// runPending is RunPending that tells how many of the objects had finalizers, too.
func (t *Thread) runPending() (n, finalized int) {
	w := &t.Interp.weak
	for {
		w.mu.Lock()
		q := w.queue
		w.queue = nil
		w.mu.Unlock()
		if len(q) == 0 {
			return n, finalized
		}
		n += len(q)
		exc := t.Exc
		t.Exc = nil
		for _, x := range q {
			if x.f != nil {
				x.f(t)
				continue
			}
			if x.entry == nil {
				if del := x.del.Type().Del; del != nil {
					del(t, x.del)
					finalized++
				}
				continue
			}
			if w.entries[x.entry.addr] == x.entry {
				delete(w.entries, x.entry.addr)
			}
			x.entry.callbacks(t)
		}
		t.Exc = exc
	}
}

// callbacks calls what references to an object that is gone want called.
func (e *weakEntry) callbacks(t *Thread) {
	for i := len(e.others) - 1; i >= 0; i-- {
		r := e.others[i].Value()
		if r == nil || r.callback.P == nil {
			continue
		}
		f := r.callback
		r.callback = Value{}
		if t.CallArgs(f, Of(r)).P == nil {
			t.Unraisable("Exception ignored while calling weakref callback ", f)
		}
	}
}

// finalize arranges that __del__ of v is called once it is garbage. It may be called again.
func (t *Thread) finalize(v Value) { t.Interp.finalize(v) }

func (in *Interp) finalize(v Value) {
	if cls := v.Type(); cls.Flags&FlagHeap == 0 || cls.ownDel() {
		in.finalizeAs(v, nil)
	} else {
		in.finalizeAs(v, in.weak.remember((*Head)(v.P)))
	}
}

// finalizeAs is finalize for an object that is remembered as m, or is not.
func (in *Interp) finalizeAs(v Value, m *mortal) {
	self := in.weakSelf()
	h := (*Head)(v.P)
	runtime.SetFinalizer(h, nil)
	runtime.SetFinalizer(h, func(h *Head) {
		m.forget()
		if in := self.Value(); in != nil {
			in.weak.push(in, pendingItem{del: Value{P: unsafe.Pointer(h)}})
		}
	})
}

func setupWeakref() {
	parse := func(t *Thread, what string, args []Value) (obj, callback Value, ok bool) {
		switch {
		case len(args) < 1:
			t.TypeErrorf("%s expected at least 1 argument, got 0", what)
			return
		case len(args) > 2:
			t.TypeErrorf("%s expected at most 2 arguments, got %d", what, len(args))
			return
		case len(args) == 2:
			callback = args[1]
		}
		return args[0], callback, true
	}
	Define(&WeakrefType, TypeSpec{
		Name: "ReferenceType", Module: "weakref", Flags: FlagBase, SubOffset: unsafe.Offsetof(Weakref{}.Attrs),
		Slots: Slots{
			New: func(t *Thread, cls *Type, args []Value, names *Tuple) Value {
				if names != nil && names.Len() > 0 {
					if cls == &WeakrefType {
						return t.TypeErrorf("ref() takes no keyword arguments")
					}
					args = args[:len(args)-names.Len()]
				}
				if len(args) > 2 && cls != &WeakrefType {
					args = args[:2] // the rest is for the subclass's __init__
				}
				obj, callback, ok := parse(t, "__new__", args)
				if !ok {
					return Value{}
				}
				return t.NewWeakref(cls, obj, callback)
			},
			Init: func(t *Thread, self Value, args []Value, names *Tuple) bool {
				if names != nil && names.Len() > 0 {
					t.TypeErrorf("ref() takes no keyword arguments")
					return false
				}
				_, _, ok := parse(t, "__init__", args)
				return ok
			},
			Call: func(t *Thread, f Value, args []Value, names *Tuple) Value {
				if len(args) > 0 {
					if names != nil && names.Len() > 0 {
						return t.TypeErrorf("weakref() takes no keyword arguments")
					}
					return t.TypeErrorf("weakref expected 0 arguments, got %d", len(args))
				}
				return valueOrNone(To[Weakref](f).Referent())
			},
			Hash: func(t *Thread, v Value) (int64, bool) {
				r := To[Weakref](v)
				if r.hashed {
					return r.hash, true
				}
				obj := r.Referent()
				if obj.P == nil {
					t.TypeErrorf("weak object has gone away")
					return 0, false
				}
				h, ok := t.Hash(obj)
				if ok {
					r.hash, r.hashed = h, true
				}
				return h, ok
			},
			Repr: weakrefRepr,
			Compare: func(t *Thread, a, b Value, op CompareOp) Value {
				if op != CmpEq && op != CmpNe || !a.IsA(&WeakrefType) || !b.IsA(&WeakrefType) {
					return NotImplemented
				}
				x, y := To[Weakref](a).Referent(), To[Weakref](b).Referent()
				if x.P == nil || y.P == nil {
					return MakeBool((a == b) == (op == CmpEq))
				}
				return t.Compare(x, y, op)
			},
		},
		Methods: []MethodDef{{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "Weakrefs are generic over the type of the referenced object.",
			Fn: func(t *Thread, a []Value) Value { return NewGenericAlias(t, a[0], a[1]) }}},
		GetSets: []GetSetDef{{Name: "__callback__", Member: true, Get: func(t *Thread, v Value) Value {
			r := To[Weakref](v)
			if r.Referent().P == nil {
				return None
			}
			return valueOrNone(r.callback)
		}}},
	})
	setupProxies()
}

func weakrefRepr(t *Thread, v Value) Value {
	obj := To[Weakref](v).Referent()
	if obj.P == nil {
		return MakeStr(sprintf("<weakref at %#x; dead>", ID(v)))
	}
	name := Value{}
	if d := obj.Type().Lookup(t, nameName); d.P != nil {
		if name = d; d.Type().DescrGet != nil {
			name = d.Type().DescrGet(t, d, obj, Of(obj.Type()))
		}
		t.Exc = nil
	}
	if name.P == nil || !name.IsStr() {
		return MakeStr(sprintf("<weakref at %#x; to '%s' at %#x>", ID(v), t.FullName(obj.Type()), ID(obj)))
	}
	return MakeStr(sprintf("<weakref at %#x; to '%s' at %#x (%s)>", ID(v), t.FullName(obj.Type()), ID(obj), name.Str().S))
}
