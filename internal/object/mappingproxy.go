package object

// MappingProxy is a read-only view of a mapping.
type MappingProxy struct {
	Head
	V Value
}

// NewMappingProxy returns a view of a mapping.
func NewMappingProxy(v Value) Value { return Of(&MappingProxy{Head{&MappingProxyType}, v}) }

func setupMappingProxy() {
	nameGetMethod := StaticName("get")
	of := func(v Value) Value { return To[MappingProxy](v).V }
	forward := func(text, doc string) MethodDef {
		name := StaticName(text)
		return MethodDef{Name: text, Sig: "($self, /)", Doc: doc, Fn: func(t *Thread, a []Value) Value { return t.CallMethod(of(a[0]), name) }}
	}
	Define(&MappingProxyType, TypeSpec{
		Name: "mappingproxy", Flags: FlagMapping, Sig: "(mapping)", Doc: "Read-only proxy of a mapping.",
		Slots: Slots{
			New: func(t *Thread, cls *Type, args []Value, names *Tuple) Value {
				return mappingProxyDef.Call(t, args, names)
			},
			Repr: func(t *Thread, v Value) Value {
				r := t.Repr(of(v))
				if r == nil {
					return Value{}
				}
				return MakeStr("mappingproxy(" + r.S + ")")
			},
			Str:  func(t *Thread, v Value) Value { return strOrNil(t.Str(of(v))) },
			Hash: func(t *Thread, v Value) (int64, bool) { return t.Hash(of(v)) },
			Compare: func(t *Thread, a, b Value, op CompareOp) Value {
				if b.Is(&MappingProxyType) {
					b = of(b)
				}
				return t.Compare(of(a), b, op)
			},
			Iter: func(t *Thread, v Value) Value { return t.Iter(of(v)) },
			Len: func(t *Thread, v Value) (n int, ok bool) {
				if t.deeper("") {
					n, ok = t.Len(of(v))
					t.Depth--
				}
				return n, ok
			},
			GetItem: func(t *Thread, v, k Value) (x Value) {
				if t.deeper("") {
					x = t.GetItem(of(v), k)
					t.Depth--
				}
				return x
			},
			Contains: func(t *Thread, v, k Value) (res, ok bool) {
				if t.deeper("") {
					res, ok = t.Contains(of(v), k)
					t.Depth--
				}
				return res, ok
			},
			NumberSlots: NumberSlots{
				Binary: [NumBinary]BinaryFunc{OpOr: func(t *Thread, a, b Value) Value {
					for _, p := range [...]*Value{&a, &b} {
						if p.Is(&MappingProxyType) {
							*p = of(*p)
						}
					}
					if !t.deeper("") {
						return Value{}
					}
					r := t.BinaryOp(a, b, OpOr)
					t.Depth--
					return r
				}},
				Inplace: [NumBinary]BinaryFunc{OpOr: func(t *Thread, a, b Value) Value {
					return t.TypeErrorf("'|=' is not supported by mappingproxy; use '|' instead")
				}},
			},
		},
		Methods: []MethodDef{
			{Name: "get", Sig: "($self, key, default=None, /)", Doc: "Return the value for key if key is in the mapping, else default.",
				Fn: func(t *Thread, a []Value) Value {
					return t.CallMethod(of(a[0]), nameGetMethod, a[1], valueOrNone(a[2]))
				}},
			forward("keys", "D.keys() -> a set-like object providing a view on D's keys"),
			forward("values", "D.values() -> an object providing a view on D's values"),
			forward("items", "D.items() -> a set-like object providing a view on D's items"),
			forward("copy", "D.copy() -> a shallow copy of D"),
			{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "mappingproxy objects are generic over the types of their keys and values.",
				Fn: func(t *Thread, a []Value) Value { return NewGenericAlias(t, a[0], a[1]) }},
			forward("__reversed__", "D.__reversed__() -> reverse iterator"),
		},
	})
}

var mappingProxyDef = MethodDef{Name: "mappingproxy", Sig: "(mapping)", Fn: func(t *Thread, a []Value) Value {
	m := a[0]
	mt := m.Type()
	if mt.GetItem == nil || mt.Flags&(FlagList|FlagTuple) != 0 {
		return t.TypeErrorf("mappingproxy() argument must be a mapping, not %s", mt.Name)
	}
	return NewMappingProxy(m)
}}
