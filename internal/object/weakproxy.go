package object

// Weak proxies do to their object whatever is done to them.

var (
	nameBytesMethod = StaticName("__bytes__")
)

// behind returns the object of a proxy; other values are returned as they are. No value: it is gone, and ReferenceError is set.
func (t *Thread) behind(v Value) Value {
	if v.P == nil || !v.Is(&ProxyType) && !v.Is(&CallableProxyType) {
		return v
	}
	obj := To[Weakref](v).Referent()
	if obj.P == nil {
		return t.Raisef(&ReferenceErrorType, "weakly-referenced object no longer exists")
	}
	return obj
}

func setupProxies() {
	unary := func(f func(t *Thread, v Value) Value) UnaryFunc {
		return func(t *Thread, v Value) Value {
			if v = t.behind(v); v.P == nil {
				return v
			}
			return f(t, v)
		}
	}
	binary := func(f func(t *Thread, a, b Value) Value) BinaryFunc {
		return func(t *Thread, a, b Value) Value {
			if a = t.behind(a); a.P == nil {
				return a
			}
			if b = t.behind(b); b.P == nil {
				return b
			}
			return f(t, a, b)
		}
	}
	slots := Slots{
		Repr: func(t *Thread, v Value) Value {
			obj := To[Weakref](v).Referent()
			if obj.P == nil {
				return MakeStr(sprintf("<weakproxy at %#x; dead>", ID(v)))
			}
			return MakeStr(sprintf("<weakproxy at %#x; to '%s' at %#x>", ID(v), t.FullName(obj.Type()), ID(obj)))
		},
		Str: unary(func(t *Thread, v Value) Value { return strOrNil(t.Str(v)) }),
		GetAttr: func(t *Thread, v Value, name *Str) Value {
			if v = t.behind(v); v.P == nil {
				return v
			}
			return t.GetAttr(v, name)
		},
		SetAttr: func(t *Thread, v Value, name *Str, x Value) bool {
			if v = t.behind(v); v.P == nil {
				return false
			}
			return t.SetAttr(v, name, x)
		},
		Compare: func(t *Thread, a, b Value, op CompareOp) Value {
			if a = t.behind(a); a.P == nil {
				return a
			}
			if b = t.behind(b); b.P == nil {
				return b
			}
			return t.Compare(a, b, op)
		},
		Iter: unary((*Thread).Iter),
		Next: func(t *Thread, v Value) Value {
			if v = t.behind(v); v.P == nil {
				return v
			}
			if v.Type().Next == nil {
				return t.TypeErrorf("Weakref proxy referenced a non-iterator '%s' object", v.Type().Name)
			}
			return v.Type().Next(t, v)
		},
		Bool: func(t *Thread, v Value) (bool, bool) {
			if v = t.behind(v); v.P == nil {
				return false, false
			}
			return t.IsTrue(v)
		},
		Len: func(t *Thread, v Value) (int, bool) {
			if v = t.behind(v); v.P == nil {
				return 0, false
			}
			return t.Len(v)
		},
		GetItem: binary((*Thread).GetItem),
		SetItem: func(t *Thread, o, k, x Value) bool {
			if o = t.behind(o); o.P == nil {
				return false
			}
			return t.SetItem(o, k, x)
		},
		Contains: func(t *Thread, o, k Value) (bool, bool) {
			if o = t.behind(o); o.P == nil {
				return false, false
			}
			return t.Contains(o, k)
		},
	}
	n := &slots.NumberSlots
	for op := range n.Binary {
		op := BinaryOp(op)
		n.Binary[op] = binary(func(t *Thread, a, b Value) Value { return t.BinaryOp(a, b, op) })
		if op != OpDivmod {
			n.Inplace[op] = binary(func(t *Thread, a, b Value) Value { return t.InplaceOp(a, b, op) })
		}
	}
	n.Pow3 = func(t *Thread, a, b, c Value) Value {
		for _, p := range [...]*Value{&a, &b, &c} {
			if *p = t.behind(*p); p.P == nil {
				return *p
			}
		}
		return t.Power(a, b, c)
	}
	n.Neg, n.Pos, n.Invert = unary((*Thread).Negative), unary((*Thread).Positive), unary((*Thread).Invert)
	n.Abs = unary(func(t *Thread, v Value) Value {
		if f := v.Type().Abs; f != nil {
			return f(t, v)
		}
		return t.TypeErrorf("bad operand type for abs(): '%s'", v.Type().Name)
	})
	n.Int = unary(func(t *Thread, v Value) Value { return t.CallArgs(Of(&IntType), v) })
	n.Float = unary(func(t *Thread, v Value) Value { return t.CallArgs(Of(&FloatType), v) })
	n.Index = unary((*Thread).Index)
	method := func(name *Str) MethodDef {
		return MethodDef{Name: name.S, Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			v := t.behind(a[0])
			if v.P == nil {
				return v
			}
			return t.CallMethod(v, name)
		}}
	}
	Define(&ProxyType, TypeSpec{Name: "ProxyType", Module: "weakref", Flags: FlagNoNew, Slots: slots,
		Methods: []MethodDef{method(nameBytesMethod), method(StaticName("__reversed__"))}})
	slots.Call = func(t *Thread, f Value, args []Value, names *Tuple) Value {
		if f = t.behind(f); f.P == nil {
			return f
		}
		return t.Call(f, args, names)
	}
	Define(&CallableProxyType, TypeSpec{Name: "CallableProxyType", Module: "weakref", Flags: FlagNoNew, Slots: slots})
}
