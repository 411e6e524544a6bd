package vm

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

// localsProxy is f_locals of a function: a mapping that reads and writes the variables of the frame. Names that are no variables
// are kept beside them, in FrameExt.Extra.
type localsProxy struct {
	object.Head
	f *object.Frame
}

var localsProxyType object.Type

func init() { object.OnFirst(defineLocalsProxy) }

func newLocalsProxy(f *object.Frame) Value {
	return object.Of(&localsProxy{object.Head{Type: &localsProxyType}, f})
}

func proxied(v Value) *object.Frame { return object.To[localsProxy](v).f }

func (p *localsProxy) extra() *object.Dict {
	if p.f.Ext == nil {
		return nil
	}
	return p.f.Ext.Extra
}

// all yields names and values.
func (p *localsProxy) all(yield func(k, v Value) bool) {
	for i, name := range frameCode(p.f).Localsplus {
		if v := frameValue(p.f, i); v.P != nil && !yield(object.Of(name), v) {
			return
		}
	}
	if x := p.extra(); x != nil {
		for k, v := range x.All {
			if !yield(k, v) {
				return
			}
		}
	}
}

// index returns the number of the variable called k: of a bound one for reading, of one that is no comprehension's for writing. -1: there is none.
func (p *localsProxy) index(t *Thread, k Value, read bool) (i int, ok bool) {
	if _, ok := t.Hash(k); !ok {
		return -1, false
	}
	c := frameCode(p.f)
	for i, name := range c.Localsplus {
		if k.Is(&object.StrType) {
			if s := k.Str(); s != name && s.S != name.S {
				continue
			}
		} else if eq, ok := sameKey(t, name, k); !ok {
			return -1, false
		} else if !eq {
			continue
		}
		if read && frameValue(p.f, i).P != nil || !read && kindOf(c, i)&code.KindHidden == 0 {
			return i, true
		}
	}
	return -1, true
}

// sameKey compares a name to a key that is no plain string.
func sameKey(t *Thread, name *object.Str, k Value) (eq, ok bool) {
	h, ok := t.Hash(k)
	if !ok {
		return false, false
	}
	if nh, _ := t.Hash(object.Of(name)); nh != h {
		return false, true
	}
	return t.Equal(object.Of(name), k)
}

func (p *localsProxy) get(t *Thread, k Value) (v Value, ok bool) {
	i, ok := p.index(t, k, true)
	if !ok {
		return Value{}, false
	}
	if i >= 0 {
		return frameValue(p.f, i), true
	}
	if x := p.extra(); x != nil {
		return x.Get(t, k)
	}
	return Value{}, true
}

func proxyGetItem(t *Thread, v, k Value) Value {
	p := object.To[localsProxy](v)
	x, ok := p.get(t, k)
	if ok && x.P == nil {
		r := t.Repr(k)
		if r == nil {
			return Value{}
		}
		return t.Raisef(&object.KeyErrorType, "local variable '%s' is not defined", r.S)
	}
	return x
}

func proxySetItem(t *Thread, v, k, x Value) bool {
	p := object.To[localsProxy](v)
	i, ok := p.index(t, k, false)
	if !ok {
		return false
	}
	if i >= 0 {
		if x.P == nil {
			t.ValueErrorf("cannot remove local variables from FrameLocalsProxy")
			return false
		}
		slot := frameSlot(p.f, i)
		if slot == nil {
			return true // cleared
		}
		if slot.P != nil && slot.Is(&object.CellType) && kindOf(frameCode(p.f), i)&(code.KindCell|code.KindFree) != 0 {
			object.To[object.Cell](*slot).V = x
		} else {
			*slot = x
		}
		return true
	}
	e := frameExt(p.f)
	if x.P == nil {
		if e.Extra != nil {
			if found, ok := e.Extra.Delete(t, k); found || !ok {
				return ok
			}
		}
		t.KeyError(k)
		return false
	}
	if e.Extra == nil {
		e.Extra = object.NewDict()
	}
	return e.Extra.Set(t, k, x)
}

// dict returns a copy.
func (p *localsProxy) dict(t *Thread) *object.Dict {
	d := object.NewDict()
	for k, v := range p.all {
		if !d.Set(t, k, v) {
			return nil
		}
	}
	return d
}

func isProxy(v Value) bool { return v.Is(&localsProxyType) }

// mergeProxy is update() for a dict or another proxy.
func mergeProxy(t *Thread, v, o Value) bool {
	if isProxy(o) {
		d := object.To[localsProxy](o).dict(t)
		if d == nil {
			return false
		}
		o = object.Of(d)
	} else if o.Type().Flags&object.FlagDict == 0 {
		return false
	}
	keys := t.Keys(o)
	return keys.P != nil && t.Each(keys, func(k Value) bool {
		x := t.GetItem(o, k)
		return x.P != nil && proxySetItem(t, v, k, x)
	})
}

func proxyOr(t *Thread, a, b Value) Value {
	for _, v := range [2]Value{a, b} {
		if !isProxy(v) && v.Type().Flags&object.FlagDict == 0 {
			if v == a && isProxy(b) {
				// CPython asks the left operand for its keys.
				return t.GetAttrName(a, "keys")
			}
			return object.NotImplemented
		}
	}
	d := object.NewDict()
	for _, v := range [2]Value{a, b} {
		if !object.DictUpdate(t, d, v) {
			return Value{}
		}
	}
	return object.Of(d)
}

func (p *localsProxy) collect(f func(k, v Value) Value) Value {
	var out []Value
	for k, v := range p.all {
		out = append(out, f(k, v))
	}
	return object.Of(object.NewList(out))
}

func proxyKeys(p *localsProxy) Value { return p.collect(func(k, v Value) Value { return k }) }

// getDefault is what get and setdefault share.
func getDefault(t *Thread, name string, args []Value) (v Value, def Value, ok bool) {
	if len(args) < 2 || len(args) > 3 {
		t.TypeErrorf("%s expected 1 or 2 arguments", name)
		return v, v, false
	}
	def = object.None
	if len(args) == 3 {
		def = args[2]
	}
	v, ok = object.To[localsProxy](args[0]).get(t, args[1])
	return v, def, ok
}

func proxyPop(t *Thread, args []Value, names *object.Tuple) Value {
	if !t.ArgCount("pop", len(args)-1, 1, 2) {
		return Value{}
	}
	p := object.To[localsProxy](args[0])
	i, ok := p.index(t, args[1], false)
	switch {
	case !ok:
		return Value{}
	case i >= 0:
		return t.ValueErrorf("cannot remove local variables from FrameLocalsProxy")
	}
	if x := p.extra(); x != nil {
		v, ok := x.Get(t, args[1])
		if !ok {
			return v
		}
		if v.P != nil {
			x.Delete(t, args[1])
			return v
		}
	}
	if len(args) > 2 {
		return args[2]
	}
	return t.KeyError(args[1])
}

func defineLocalsProxy() {
	self := func(f func(t *Thread, p *localsProxy) Value) func(t *Thread, a []Value) Value {
		return func(t *Thread, a []Value) Value { return f(t, object.To[localsProxy](a[0])) }
	}
	noNames := func(name string, f func(t *Thread, args []Value, names *object.Tuple) Value) func(t *Thread, args []Value, names *object.Tuple) Value {
		return func(t *Thread, args []Value, names *object.Tuple) Value {
			if names != nil && names.Len() > 0 {
				return t.TypeErrorf("FrameLocalsProxy.%s() takes no keyword arguments", name)
			}
			return f(t, args, names)
		}
	}
	object.Define(&localsProxyType, object.TypeSpec{
		Name: "FrameLocalsProxy", Flags: object.FlagMapping,
		Slots: object.Slots{
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				n := len(args)
				if names != nil {
					n -= names.Len()
				}
				switch {
				case n != 1:
					return t.TypeErrorf("FrameLocalsProxy expected 1 argument, got %d", n)
				case !args[0].Is(&object.FrameType):
					return t.TypeErrorf("expect frame, not %s", args[0].Type().Name)
				case n != len(args):
					return t.TypeErrorf("FrameLocalsProxy takes no keyword arguments")
				}
				return newLocalsProxy(frameOf(args[0]))
			},
			Repr: func(t *Thread, v Value) Value {
				if t.EnterRepr(v) {
					return object.MakeStr("{...}")
				}
				defer t.LeaveRepr()
				d := object.To[localsProxy](v).dict(t)
				if d == nil {
					return Value{}
				}
				if s := t.Repr(object.Of(d)); s != nil {
					return object.Of(s)
				}
				return Value{}
			},
			Compare: func(t *Thread, a, b Value, op object.CompareOp) Value {
				switch {
				case isProxy(b):
					if op == object.CmpEq || op == object.CmpNe {
						return object.MakeBool((proxied(a) == proxied(b)) == (op == object.CmpEq))
					}
				case b.Type().Flags&object.FlagDict != 0:
					d := object.To[localsProxy](a).dict(t)
					if d == nil {
						return Value{}
					}
					return t.Compare(object.Of(d), b, op)
				}
				return object.NotImplemented
			},
			Iter: func(t *Thread, v Value) Value { return t.Iter(proxyKeys(object.To[localsProxy](v))) },
			Len: func(t *Thread, v Value) (int, bool) {
				n := 0
				for range object.To[localsProxy](v).all {
					n++
				}
				return n, true
			},
			GetItem: proxyGetItem, SetItem: proxySetItem,
			Contains: func(t *Thread, v, k Value) (bool, bool) {
				x, ok := object.To[localsProxy](v).get(t, k)
				return x.P != nil, ok
			},
			NumberSlots: object.NumberSlots{
				Binary: [object.NumBinary]object.BinaryFunc{object.OpOr: proxyOr},
				Inplace: [object.NumBinary]object.BinaryFunc{object.OpOr: func(t *Thread, a, b Value) Value {
					if !mergeProxy(t, a, b) {
						if t.Exc == nil {
							return object.NotImplemented
						}
						return Value{}
					}
					return a
				}},
			},
		},
		Methods: []object.MethodDef{
			{Name: "__contains__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				x, ok := object.To[localsProxy](a[0]).get(t, a[1])
				if !ok {
					return Value{}
				}
				return object.MakeBool(x.P != nil)
			}},
			{Name: "__getitem__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value { return proxyGetItem(t, a[0], a[1]) }},
			{Name: "update", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				if !mergeProxy(t, a[0], a[1]) {
					t.Exc = nil
					return t.TypeErrorf("update() argument must be dict or another FrameLocalsProxy")
				}
				return object.None
			}},
			{Name: "__reversed__", Sig: "($self, /)", Fn: self(func(t *Thread, p *localsProxy) Value {
				v := proxyKeys(p)
				l := object.To[object.List](v).V
				for i, j := 0, len(l)-1; i < j; i, j = i+1, j-1 {
					l[i], l[j] = l[j], l[i]
				}
				return v
			})},
			{Name: "copy", Sig: "($self, /)", Fn: self(func(t *Thread, p *localsProxy) Value {
				if d := p.dict(t); d != nil {
					return object.Of(d)
				}
				return Value{}
			})},
			{Name: "keys", Sig: "($self, /)", Fn: self(func(t *Thread, p *localsProxy) Value { return proxyKeys(p) })},
			{Name: "values", Sig: "($self, /)", Fn: self(func(t *Thread, p *localsProxy) Value {
				return p.collect(func(k, v Value) Value { return v })
			})},
			{Name: "items", Sig: "($self, /)", Fn: self(func(t *Thread, p *localsProxy) Value {
				return p.collect(func(k, v Value) Value { return object.Of(object.NewTuple(k, v)) })
			})},
			{Name: "get", Raw: noNames("get", func(t *Thread, args []Value, names *object.Tuple) Value {
				v, def, ok := getDefault(t, "get", args)
				if ok && v.P == nil {
					return def
				}
				return v
			})},
			{Name: "pop", Raw: noNames("pop", proxyPop)},
			{Name: "setdefault", Raw: noNames("setdefault", func(t *Thread, args []Value, names *object.Tuple) Value {
				v, def, ok := getDefault(t, "setdefault", args)
				if ok && v.P == nil {
					if !proxySetItem(t, args[0], args[1], def) {
						return Value{}
					}
					return def
				}
				return v
			})},
		},
	})
}
