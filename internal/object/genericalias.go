package object

import (
	"strings"
	"unsafe"
)

// GenericAlias is a class with type arguments: list[int].
type GenericAlias struct {
	Head
	Origin     Value
	Args       *Tuple
	parameters *Tuple // nil: not asked for
	starred    bool   // *tuple[int]
	Attrs
}

// NewGenericAlias returns origin[args].
func NewGenericAlias(t *Thread, origin, args Value) Value {
	return Of(newAlias(&GenericAliasType, origin, args))
}

func newAlias(cls *Type, origin, args Value) *GenericAlias {
	a := &GenericAlias{Head: Head{cls}, Origin: origin}
	if args.Type().Flags&FlagTuple != 0 {
		a.Args = To[Tuple](args)
	} else {
		a.Args = NewTuple(args)
	}
	InitAttrs(cls, Of(a))
	return a
}

// aliasIter yields the starred alias, once.
type aliasIter struct {
	Head
	alias Value
}

var aliasIterType Type

// aliasOwn are the attributes that are the alias's own, or nobody's; all others are those of the origin.
var aliasOwn = map[*Str]bool{}

var (
	aliasOwnNames = [...]string{"__class__", "__origin__", "__args__", "__unpacked__", "__parameters__", "__typing_unpacked_tuple_args__",
		"__mro_entries__", "__reduce_ex__", "__reduce__"}
	aliasBlocked = [...]string{"__bases__", "__copy__", "__deepcopy__"}
)

var (
	nameOrigClass = StaticName("__orig_class__")
	nameNextFunc  = StaticName("next")
)

func setupGenericAlias() {
	for _, n := range aliasOwnNames {
		aliasOwn[StaticName(n)] = true
	}
	for _, n := range aliasBlocked {
		aliasOwn[StaticName(n)] = true
	}
	refuse := func(name, what string) MethodDef {
		return MethodDef{Name: name, Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			return t.TypeErrorf("%s() argument 2 cannot be a parameterized generic", what)
		}}
	}
	Define(&GenericAliasType, TypeSpec{
		Name: "GenericAlias", Module: "types", Flags: FlagBase, HasWeak: true, SubOffset: unsafe.Offsetof(GenericAlias{}.Attrs),
		Sig: "(origin, args, /)", Doc: "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
		Slots: Slots{
			Alloc: func(t *Thread, cls *Type) Value { return Of(newAlias(cls, None, Of(EmptyTuple))) },
			New: func(t *Thread, cls *Type, args []Value, names *Tuple) Value {
				if names != nil && names.Len() > 0 {
					return t.TypeErrorf("GenericAlias() takes no keyword arguments")
				}
				if len(args) != 2 {
					return t.TypeErrorf("GenericAlias expected 2 arguments, got %d", len(args))
				}
				return Of(newAlias(cls, args[0], args[1]))
			},
			Repr: aliasRepr,
			Hash: func(t *Thread, v Value) (int64, bool) {
				a := To[GenericAlias](v)
				h0, ok := t.Hash(a.Origin)
				if !ok {
					return 0, false
				}
				h1, ok := t.Hash(Of(a.Args))
				return fixHash(h0 ^ h1), ok
			},
			Call: func(t *Thread, f Value, args []Value, names *Tuple) Value {
				v := t.Call(To[GenericAlias](f).Origin, args, names)
				if v.P != nil && !t.SetAttr(v, nameOrigClass, f) {
					if t.Catch(&AttributeErrorType) == nil && t.Catch(&TypeErrorType) == nil {
						return Value{}
					}
				}
				return v
			},
			GetAttr: func(t *Thread, v Value, name *Str) Value {
				if aliasOwn[name] {
					return GenericGetAttr(t, v, name)
				}
				return t.GetAttr(To[GenericAlias](v).Origin, name)
			},
			Compare: aliasCompare,
			Iter:    func(t *Thread, v Value) Value { return Of(&aliasIter{Head{&aliasIterType}, v}) },
			GetItem: func(t *Thread, v, k Value) Value {
				a := To[GenericAlias](v)
				p := a.params(t)
				if p == nil {
					return Value{}
				}
				args := t.substitute(v, a.Args.Items(), p, k)
				if args == nil {
					return Value{}
				}
				n := newAlias(&GenericAliasType, a.Origin, Of(args))
				n.starred = a.starred
				return Of(n)
			},
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpOr: typeOr}},
		},
		Methods: []MethodDef{
			{Name: "__mro_entries__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value { return Of(NewTuple(To[GenericAlias](a[0]).Origin)) }},
			refuse("__instancecheck__", "isinstance"), refuse("__subclasscheck__", "issubclass"),
			{Name: "__reduce__", Sig: "($self, /)", Fn: aliasReduce},
			{Name: "__dir__", Sig: "($self, /)", Fn: aliasDir},
		},
		GetSets: []GetSetDef{
			{Name: "__origin__", Member: true, Get: func(t *Thread, v Value) Value { return To[GenericAlias](v).Origin }},
			{Name: "__args__", Member: true, Get: func(t *Thread, v Value) Value { return Of(To[GenericAlias](v).Args) }},
			{Name: "__unpacked__", Member: true, Get: func(t *Thread, v Value) Value { return MakeBool(To[GenericAlias](v).starred) }},
			{Name: "__parameters__", Doc: "Type variables in the GenericAlias.", Get: func(t *Thread, v Value) Value {
				if p := To[GenericAlias](v).params(t); p != nil {
					return Of(p)
				}
				return Value{}
			}},
			{Name: "__typing_unpacked_tuple_args__", Get: func(t *Thread, v Value) Value {
				if a := To[GenericAlias](v); a.starred && a.Origin == Of(&TupleType) {
					return Of(a.Args)
				}
				return None
			}},
		},
	})
	Define(&aliasIterType, TypeSpec{Name: "generic_alias_iterator", Flags: FlagNoNew,
		Slots: Slots{Iter: func(t *Thread, v Value) Value { return v }, Next: func(t *Thread, v Value) Value {
			it := To[aliasIter](v)
			if it.alias.P == nil {
				return Value{}
			}
			a := To[GenericAlias](it.alias)
			it.alias = Value{}
			n := newAlias(&GenericAliasType, a.Origin, Of(a.Args))
			n.starred = true
			return Of(n)
		}},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			f := t.IterBuiltin()
			if f.P == nil {
				return f
			}
			if x := To[aliasIter](a[0]).alias; x.P != nil {
				return Of(NewTuple(f, Of(NewTuple(x))))
			}
			return Of(NewTuple(f, Of(NewTuple(Of(EmptyTuple)))))
		}}}})
	setupUnion()
	setupTypeVars()
}

func (a *GenericAlias) params(t *Thread) *Tuple {
	if a.parameters == nil {
		a.parameters = t.typeParameters(a.Args.Items())
	}
	return a.parameters
}

func aliasRepr(t *Thread, v Value) Value {
	a := To[GenericAlias](v)
	var b strings.Builder
	if a.starred {
		b.WriteByte('*')
	}
	s, ok := t.typingRepr(a.Origin)
	if !ok {
		return Value{}
	}
	b.WriteString(s)
	b.WriteByte('[')
	if !t.Enter(" while getting the repr of an object") {
		return Value{}
	}
	defer t.Leave()
	list := func(items []Value) bool {
		for i, x := range items {
			if i > 0 {
				b.WriteString(", ")
			}
			s, ok := t.typingRepr(x)
			if !ok {
				return false
			}
			b.WriteString(s)
		}
		return true
	}
	for i, x := range a.Args.Items() {
		if i > 0 {
			b.WriteString(", ")
		}
		if x.Is(&ListType) {
			b.WriteByte('[')
			ok = true
			l := To[List](x)
			for k, n := 0, len(l.V); ok && k < n; k++ {
				if k > 0 {
					b.WriteString(", ")
				}
				if k >= len(l.V) {
					return t.IndexErrorf("list index out of range") // a repr has made it shorter
				}
				ok = list(l.V[k : k+1])
			}
			b.WriteByte(']')
		} else {
			ok = list([]Value{x})
		}
		if !ok {
			return Value{}
		}
	}
	if a.Args.Len() == 0 {
		b.WriteString("()")
	}
	b.WriteByte(']')
	return MakeStr(b.String())
}

func aliasCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe || !b.IsA(&GenericAliasType) {
		return NotImplemented
	}
	x, y := To[GenericAlias](a), To[GenericAlias](b)
	eq := x.starred == y.starred
	ok := true
	if eq {
		eq, ok = t.Equal(x.Origin, y.Origin)
	}
	if eq && ok {
		eq, ok = t.Equal(Of(x.Args), Of(y.Args))
	}
	if !ok {
		return Value{}
	}
	return MakeBool(eq == (op == CmpEq))
}

func aliasReduce(t *Thread, args []Value) Value {
	a := To[GenericAlias](args[0])
	if !a.starred {
		return Of(NewTuple(Of(a.Type), Of(NewTuple(a.Origin, Of(a.Args)))))
	}
	f := t.Interp.Builtins.GetStr(nameNextFunc)
	if f.P == nil {
		return t.RuntimeErrorf("builtins.next is gone")
	}
	plain := NewGenericAlias(t, a.Origin, Of(a.Args))
	return Of(NewTuple(f, Of(NewTuple(Of(&aliasIter{Head{&aliasIterType}, plain})))))
}

func aliasDir(t *Thread, args []Value) Value {
	r := t.Dir(To[GenericAlias](args[0]).Origin)
	if r.P == nil {
		return r
	}
	items, ok := t.Collect(r)
	if !ok {
		return Value{}
	}
	l := NewList(items)
	for _, n := range aliasOwnNames {
		x := Of(t.Interp.Intern(n))
		has, ok := t.Contains(Of(l), x)
		if !ok {
			return Value{}
		}
		if !has {
			l.V = append(l.V, x)
		}
	}
	return Of(l)
}
