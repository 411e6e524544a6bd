package object

import "strings"

// Union is a union of types: int | str. Args are at least two, none of them a union.
type Union struct {
	Head
	Args       *Tuple
	parameters *Tuple // nil: not asked for
	hash       int64
	unhashable []Value // arguments that have no hash
}

// unionBuilder collects the arguments of a union without duplicates.
type unionBuilder struct {
	args       []Value
	hashes     []int64
	hash       int64
	unhashable []Value
	checked    bool // arguments must be types, says typing
}

func (b *unionBuilder) add(t *Thread, v Value) bool {
	if v.IsNone() {
		v = Of(&NoneType)
	}
	if v.Is(&UnionType) {
		for _, x := range To[Union](v).Args.Items() {
			if !b.add(t, x) {
				return false
			}
		}
		return true
	}
	if b.checked && !unionable(v) {
		if v = t.typeCheck(v, "Union[arg, ...]: each arg must be a type."); v.P == nil {
			return false
		}
	}
	h, ok := t.Hash(v)
	if !ok {
		t.Exc = nil
	}
	if !ok {
		// What has no hash is compared with its like only.
		for _, x := range b.unhashable {
			if eq, good := t.Equal(x, v); eq || !good {
				return good
			}
		}
		b.args, b.hashes, b.unhashable = append(b.args, v), append(b.hashes, noHash), append(b.unhashable, v)
		return true
	}
	for i, x := range b.args {
		if b.hashes[i] != h {
			continue
		}
		if eq, good := t.Equal(x, v); eq || !good {
			return good
		}
	}
	b.args, b.hashes = append(b.args, v), append(b.hashes, h)
	// Order must not matter.
	x := uint64(h) * 0x9e3779b97f4a7c15
	b.hash ^= int64(x ^ x>>29)
	return true
}

// noHash is no hash that an object has.
const noHash = -1

func (b *unionBuilder) make(t *Thread) Value {
	switch len(b.args) {
	case 0:
		return t.TypeErrorf("Cannot take a Union of no types.")
	case 1:
		return b.args[0]
	}
	return Of(&Union{Head: Head{&UnionType}, Args: NewTuple(b.args...), hash: fixHash(b.hash), unhashable: b.unhashable})
}

func unionable(v Value) bool {
	vt := v.Type()
	return v.IsNone() || vt.Flags&FlagType != 0 || vt.IsSubtype(&GenericAliasType) || vt == &UnionType || vt == &TypeAliasType
}

// UnionOf is a | b for types.
func (t *Thread) UnionOf(a, b Value) Value {
	if !unionable(a) || !unionable(b) {
		return NotImplemented
	}
	var u unionBuilder
	if !u.add(t, a) || !u.add(t, b) {
		return Value{}
	}
	return u.make(t)
}

// unionFrom is Union[args] with the arguments checked.
func (t *Thread) unionFrom(args Value) Value {
	u := unionBuilder{checked: true}
	if args.Is(&TupleType) {
		for _, x := range To[Tuple](args).Items() {
			if !u.add(t, x) {
				return Value{}
			}
		}
	} else if !u.add(t, args) {
		return Value{}
	}
	return u.make(t)
}

func setupUnion() {
	name := func(t *Thread, v Value) Value { return MakeStr("Union") }
	Define(&UnionType, TypeSpec{
		Name: "Union", Module: "typing", Doc: "Represent a union type\n\nE.g. for int | str", Flags: FlagNoNew, HasWeak: true,
		Slots: Slots{
			Repr: func(t *Thread, v Value) Value {
				var parts []string
				for _, x := range To[Union](v).Args.Items() {
					s, ok := t.typingRepr(x)
					if !ok {
						return Value{}
					}
					parts = append(parts, s)
				}
				return MakeStr(strings.Join(parts, " | "))
			},
			Hash: func(t *Thread, v Value) (int64, bool) {
				u := To[Union](v)
				if len(u.unhashable) == 0 {
					return u.hash, true
				}
				for _, x := range u.Args.Items() {
					if _, ok := t.Hash(x); !ok {
						return 0, false
					}
				}
				t.TypeErrorf("union contains %d unhashable elements", len(u.unhashable))
				return 0, false
			},
			Compare: unionCompare,
			GetAttr: func(t *Thread, v Value, name *Str) Value {
				if name == nameModule {
					return t.GetAttr(Of(&UnionType), name)
				}
				return GenericGetAttr(t, v, name)
			},
			GetItem: func(t *Thread, v, k Value) Value {
				u := To[Union](v)
				p := u.params(t)
				if p == nil {
					return Value{}
				}
				args := t.substitute(v, u.Args.Items(), p, k)
				if args == nil {
					return Value{}
				}
				return t.unionFrom(Of(args))
			},
			// With a union on one side, the other may be anything that Union[...] takes.
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpOr: func(t *Thread, a, b Value) Value { return t.unionFrom(Of(NewTuple(a, b))) }}},
		},
		Methods: []MethodDef{
			{Name: "__mro_entries__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				r := t.Repr(a[0])
				if r == nil {
					return Value{}
				}
				return t.TypeErrorf("Cannot subclass %s", r.S)
			}},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "Create a union containing the given types", Fn: func(t *Thread, a []Value) Value { return t.unionFrom(a[1]) }},
		},
		GetSets: []GetSetDef{
			{Name: "__args__", Member: true, Get: func(t *Thread, v Value) Value { return Of(To[Union](v).Args) }},
			{Name: "__name__", Doc: "Name of the type", Get: name},
			{Name: "__qualname__", Doc: "Qualified name of the type", Get: name},
			{Name: "__origin__", Doc: "Always returns the type", Get: func(t *Thread, v Value) Value { return Of(&UnionType) }},
			{Name: "__parameters__", Doc: "Type variables in the types.UnionType.", Get: func(t *Thread, v Value) Value {
				if p := To[Union](v).params(t); p != nil {
					return Of(p)
				}
				return Value{}
			}},
		},
	})
}

func (u *Union) params(t *Thread) *Tuple {
	if u.parameters == nil {
		u.parameters = t.typeParameters(u.Args.Items())
	}
	return u.parameters
}

func unionCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe || !b.Is(&UnionType) {
		return NotImplemented
	}
	x, y := To[Union](a), To[Union](b)
	eq := x.Args.Len() == y.Args.Len() && x.hash == y.hash && len(x.unhashable) == len(y.unhashable)
	for i := 0; eq && i < x.Args.Len(); i++ {
		v, among := x.Args.Items()[i], y.Args.Items()
		if indexOf(x.unhashable, v) >= 0 {
			among = y.unhashable
		}
		eq = indexOf(among, v) >= 0
		for k := 0; !eq && k < len(among); k++ {
			if len(among) == y.Args.Len() && indexOf(y.unhashable, among[k]) >= 0 {
				continue
			}
			var ok bool
			if eq, ok = t.Equal(v, among[k]); !ok {
				return Value{}
			}
		}
	}
	return MakeBool(eq == (op == CmpEq))
}
