package contextvarsmod

import "github.com/krait-py/krait/internal/object"

// variableKey returns the variable that is the key of a context.
func variableKey(t *Thread, k Value) *variable {
	if !k.Is(&VarType) {
		if r := t.Repr(k); r != nil {
			t.TypeErrorf("a ContextVar key was expected, got %s", r.S)
		}
		return nil
	}
	return object.To[variable](k)
}

// view is an iterator over a context, or what keys(), values() and items() return.
type view struct {
	object.Head
	items []Value
}

var keysType, valuesType, itemsType object.Type

// viewOf collects what a view shows of a context: contexts are small.
func viewOf(cls *object.Type, item func(k *variable, v Value) Value) func(t *Thread, v Value) Value {
	return func(t *Thread, v Value) Value {
		c := object.To[context](v)
		x := &view{Head: object.Head{Type: cls}, items: make([]Value, 0, c.vars.size)}
		c.vars.all(func(k *variable, v Value) bool {
			x.items = append(x.items, item(k, v))
			return true
		})
		return object.Of(x)
	}
}

func viewNext(t *Thread, v Value) Value {
	x := object.To[view](v)
	if len(x.items) == 0 {
		return Value{}
	}
	r := x.items[0]
	x.items = x.items[1:]
	return r
}

func contextCompare(t *Thread, a, b Value, op object.CompareOp) Value {
	if op != object.CmpEq && op != object.CmpNe || !a.Is(&contextType) || !b.Is(&contextType) {
		return object.NotImplemented
	}
	x, y := object.To[context](a).shared(), object.To[context](b).shared() // comparing values may change the contexts
	same, ok := x.size == y.size, true
	if same && x.root != y.root {
		x.all(func(k *variable, v Value) bool {
			o := y.get(k)
			if o.P == nil {
				same = false
				return false
			}
			same, ok = t.Equal(v, o)
			return same && ok
		})
	}
	if !ok {
		return Value{}
	}
	return object.MakeBool(same == (op == object.CmpEq))
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&VarType, object.TypeSpec{Name: "ContextVar", Module: "_contextvars", HasWeak: true,
		Slots: object.Slots{New: varNew, Repr: varRepr, Hash: func(t *Thread, v Value) (int64, bool) {
			return int64(object.To[variable](v).hash >> 1), true
		}},
		Methods: []object.MethodDef{
			{Name: "get", Sig: "($self, default=<unrepresentable>, /)", Fn: varGet, Doc: "Return a value for the context variable for the current context."},
			{Name: "set", Sig: "($self, value, /)", Fn: varSet, Doc: "Call to set a new value for the context variable in the current context."},
			{Name: "reset", Sig: "($self, token, /)", Fn: varReset, Doc: "Reset the context variable to what it was before it was set."},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "See PEP 585"},
		},
		GetSets: []object.GetSetDef{{Name: "name", Member: true, Get: func(t *Thread, v Value) Value { return object.To[variable](v).name }}},
	})
	object.Define(&missingType, object.TypeSpec{Name: "Token.MISSING", Module: "_contextvars", Flags: object.FlagNoNew,
		Slots: object.Slots{Repr: func(t *Thread, v Value) Value { return object.MakeStr("<Token.MISSING>") }}})
	object.Define(&tokenType, object.TypeSpec{Name: "Token", Module: "_contextvars",
		Slots: object.Slots{
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				return t.RuntimeErrorf("Tokens can only be created by ContextVars")
			},
			Repr: tokenRepr,
		},
		Methods: []object.MethodDef{
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "See PEP 585"},
			{Name: "__enter__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return a[0] }, Doc: "Enter into Token context manager."},
			{Name: "__exit__", Sig: "($self, type, val, tb, /)", Fn: func(t *Thread, a []Value) Value {
				k := object.To[token](a[0])
				return reset(t, k.v, k)
			}, Doc: "Exit from Token context manager, restore the linked ContextVar."},
		},
		GetSets: []object.GetSetDef{
			{Name: "var", Get: func(t *Thread, v Value) Value { return object.Of(object.To[token](v).v) }},
			{Name: "old_value", Get: func(t *Thread, v Value) Value {
				if old := object.To[token](v).old; old.P != nil {
					return old
				}
				return missing
			}},
		},
	})
	tokenType.Dict().SetStr(object.StaticName("MISSING"), missing)
	tokenType.Hash = nil
	tokenType.Dict().SetStr(object.StaticName("__hash__"), object.None)
	for _, d := range []struct {
		s    *object.Type
		name string
	}{{&keysType, "keys"}, {&valuesType, "values"}, {&itemsType, "items"}} {
		object.Define(d.s, object.TypeSpec{Name: d.name, Flags: object.FlagNoNew, Slots: object.Slots{Iter: object.SelfIter, Next: viewNext}})
	}
	keys := viewOf(&keysType, func(k *variable, v Value) Value { return object.Of(k) })
	values := viewOf(&valuesType, func(k *variable, v Value) Value { return v })
	items := viewOf(&itemsType, func(k *variable, v Value) Value { return object.Of(object.NewTuple(object.Of(k), v)) })
	object.Define(&contextType, object.TypeSpec{Name: "Context", Module: "_contextvars", HasWeak: true,
		Slots: object.Slots{
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				if len(args) > 0 {
					return t.TypeErrorf("Context() does not accept any arguments")
				}
				return object.Of(&context{Head: object.Head{Type: cls}})
			},
			Compare: contextCompare, Iter: keys,
			Len: func(t *Thread, v Value) (int, bool) { return object.To[context](v).vars.size, true },
			GetItem: func(t *Thread, c, k Value) Value {
				key := variableKey(t, k)
				if key == nil {
					return Value{}
				}
				v := object.To[context](c).vars.get(key)
				if v.P == nil {
					return t.KeyError(k)
				}
				return v
			},
			Contains: func(t *Thread, c, k Value) (res, ok bool) {
				key := variableKey(t, k)
				if key == nil {
					return false, false
				}
				return object.To[context](c).vars.get(key).P != nil, true
			},
		},
		Methods: []object.MethodDef{
			{Name: "run", Raw: run},
			{Name: "copy", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return object.Of(&context{Head: object.Head{Type: &contextType}, vars: object.To[context](a[0]).shared()})
			}, Doc: "Return a shallow copy of the context object."},
			{Name: "get", Sig: "($self, key, default=None, /)", Fn: func(t *Thread, a []Value) Value {
				key := variableKey(t, a[1])
				if key == nil {
					return Value{}
				}
				if v := object.To[context](a[0]).vars.get(key); v.P != nil {
					return v
				}
				return object.OrNone(a[2])
			}, Doc: "Return the value for `key` if `key` has the value in the context object."},
			{Name: "keys", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return keys(t, a[0]) }, Doc: "Return a list of all variables in the context object."},
			{Name: "values", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return values(t, a[0]) }, Doc: "Return a list of all variables' values in the context object."},
			{Name: "items", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return items(t, a[0]) }, Doc: "Return all variables and their values in the context object."},
		},
	})
}
