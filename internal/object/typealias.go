package object

// TypeAlias is what a type statement makes.
type TypeAlias struct {
	Head
	name    Value
	params  *Tuple // nil: none
	compute Value  // the function that gives the value, or no value
	value   Value  // once it is known
	module  Value  // no value: that of compute
}

// constEvaluator is a function that gives a value that is known.
type constEvaluator struct {
	Head
	value Value
}

func setupNoDefault() {
	Define(&NoDefaultType, TypeSpec{
		Name: "NoDefaultType", Sig: "()", Doc: "The type of the NoDefault singleton.",
		Slots: Slots{
			New: func(t *Thread, cls *Type, args []Value, names *Tuple) Value {
				if excessArgs(args, names) {
					return t.TypeErrorf("NoDefaultType takes no arguments")
				}
				return NoDefault
			},
			Repr: func(t *Thread, v Value) Value { return MakeStr("typing.NoDefault") },
		},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return MakeStr("NoDefault") }}},
	})
	Define(&constEvaluatorType, TypeSpec{
		Name: "_ConstEvaluator", Module: "_typing", Sig: "()", Flags: FlagNoNew, Doc: "Internal type for implementing evaluation functions.",
		Slots: Slots{
			Repr: func(t *Thread, v Value) Value {
				r := t.Repr(To[constEvaluator](v).value)
				if r == nil {
					return Value{}
				}
				return MakeStr("<constevaluator " + r.S + ">")
			},
			Call: func(t *Thread, f Value, args []Value, names *Tuple) Value {
				if names != nil && names.Len() > 0 {
					return t.TypeErrorf("constevaluator.__call__() takes no keyword arguments")
				}
				if len(args) != 1 {
					return t.TypeErrorf("constevaluator.__call__() takes exactly 1 argument (%d given)", len(args))
				}
				format, ok := t.AsIndexErr(args[0], &OverflowErrorType)
				if !ok {
					return Value{}
				}
				v := To[constEvaluator](f).value
				if format == formatString {
					return t.evaluatorText(v)
				}
				return v
			},
		},
	})
}

// formatString is annotationlib.Format.STRING.
const formatString = 4

// evaluatorText returns a type as source text; several types in parentheses.
func (t *Thread) evaluatorText(v Value) Value {
	if v.Type().Flags&FlagTuple == 0 {
		s, ok := t.typingRepr(v)
		if !ok {
			return Value{}
		}
		return MakeStr(s)
	}
	out := "("
	for i, x := range To[Tuple](v).Items() {
		if i > 0 {
			out += ", "
		}
		s, ok := t.typingRepr(x)
		if !ok {
			return Value{}
		}
		out += s
	}
	return MakeStr(out + ")")
}

var typeAliasDef = MethodDef{Name: "typealias", Sig: "(name, value, *, type_params=())", Fn: func(t *Thread, a []Value) Value {
	if !t.nameArg("typealias", a[0]) {
		return Value{}
	}
	alias := &TypeAlias{Head: Head{&TypeAliasType}, name: a[0], value: a[1]}
	if a[2].P != nil {
		if a[2].Type().Flags&FlagTuple == 0 {
			return t.TypeErrorf("type_params must be a tuple")
		}
		seen := false
		for _, p := range To[Tuple](a[2]).Items() {
			r := t.Repr(p)
			if r == nil {
				return Value{}
			}
			if !isTypeParam(p) {
				return t.TypeErrorf("Expected a type param, got %s", r.S)
			}
			d := t.defaultOf(p)
			if d.P == nil {
				return d
			}
			if d == NoDefault && seen {
				return t.TypeErrorf("non-default type parameter '%s' follows default type parameter", r.S)
			}
			seen = seen || d != NoDefault
		}
		if p := To[Tuple](a[2]); p.Len() > 0 {
			alias.params = p
		}
	}
	alias.module = t.callerOf()
	return Of(alias)
}}

func setupTypeAlias() {
	of := func(v Value) *TypeAlias { return To[TypeAlias](v) }
	Define(&TypeAliasType, TypeSpec{
		Name: "TypeAliasType", Module: "typing",
		Doc: "Type alias.\n\nType aliases are created through the type statement:\n\n    type Alias = int",
		Slots: Slots{
			New:  fromDef(&typeAliasDef),
			Repr: func(t *Thread, v Value) Value { return of(v).name },
			Iter: unpackIter,
			GetItem: func(t *Thread, v, k Value) Value {
				if of(v).params == nil {
					return t.TypeErrorf("Only generic type aliases are subscriptable")
				}
				return NewGenericAlias(t, v, k)
			},
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpOr: typeOr}},
		},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return of(a[0]).name }}},
		GetSets: []GetSetDef{
			{Name: "__name__", Member: true, Get: func(t *Thread, v Value) Value { return of(v).name }},
			{Name: "__parameters__", Get: func(t *Thread, v Value) Value {
				if of(v).params == nil {
					return Of(EmptyTuple)
				}
				p := t.unpackTuples(of(v).params)
				if p == nil {
					return Value{}
				}
				return Of(p)
			}},
			{Name: "__type_params__", Get: func(t *Thread, v Value) Value {
				if p := of(v).params; p != nil {
					return Of(p)
				}
				return Of(EmptyTuple)
			}},
			{Name: "__value__", Get: func(t *Thread, v Value) Value { return t.evaluate(of(v).compute, &of(v).value, None) }},
			{Name: "evaluate_value", Get: func(t *Thread, v Value) Value { return evaluatorOf(of(v).compute, of(v).value) }},
			{Name: "__module__", Get: func(t *Thread, v Value) Value {
				a := of(v)
				switch {
				case a.module.P != nil:
					return a.module
				case a.compute.P != nil && a.compute.Is(&FuncType):
					return To[Func](a.compute).Module()
				}
				return None
			}},
		},
	})
}

func setupGeneric() {
	forward := func(name string, f *Str, doc string) MethodDef {
		return MethodDef{Name: name, Class: true, Doc: doc, Raw: func(t *Thread, args []Value, names *Tuple) Value {
			m := t.ImportModule(nameTyping)
			if m.P == nil {
				return m
			}
			g := t.GetAttr(m, f)
			if g.P == nil {
				return g
			}
			return t.Call(g, args, names)
		}}
	}
	Define(&GenericType, TypeSpec{
		Name: "Generic", Module: "typing", Flags: FlagBase,
		Doc: "Abstract base class for generic types.\n\nGeneric classes inherit from Generic when they declare a parameter list\nafter the class's name:\n\n    class Mapping[KT, VT]:\n        def __getitem__(self, key: KT) -> VT:\n            ...",
		Methods: []MethodDef{
			forward("__class_getitem__", nameGenericGetItem, "Parameterizes a generic class."),
			forward("__init_subclass__", nameGenericInit, "Function to initialize subclasses."),
		},
	})
	GenericType.New = ObjectType.New
}

// The numbers of the instructions CALL_INTRINSIC_1 and CALL_INTRINSIC_2 that make type parameters.
const (
	intrinsicTypeVar            = 7
	intrinsicParamSpec          = 8
	intrinsicTypeVarTuple       = 9
	intrinsicSubscriptGeneric   = 10
	intrinsicTypeAlias          = 11
	intrinsicTypeVarBound       = 2
	intrinsicTypeVarConstraints = 3
	intrinsicSetDefault         = 5
)

// TypeParamIntrinsic does what CALL_INTRINSIC_1 does with type parameters.
func TypeParamIntrinsic(t *Thread, n int, v Value) Value {
	inferred := func(cls *Type) Value {
		p := newTypeParam(cls, v)
		p.infer = true
		return Of(p)
	}
	switch n {
	case intrinsicTypeVar:
		return inferred(&TypeVarType)
	case intrinsicParamSpec:
		return inferred(&ParamSpecType)
	case intrinsicTypeVarTuple:
		return inferred(&TypeVarTupleType)
	case intrinsicSubscriptGeneric:
		params := t.unpackTuples(To[Tuple](v))
		if params == nil {
			return Value{}
		}
		return t.callTyping(nameTypingAlias, Of(&GenericType), Of(params))
	case intrinsicTypeAlias:
		p := To[Tuple](v).Items()
		a := &TypeAlias{Head: Head{&TypeAliasType}, name: p[0], compute: p[2]}
		if p[1].Type().Flags&FlagTuple != 0 && len(To[Tuple](p[1]).Items()) > 0 {
			a.params = To[Tuple](p[1])
		}
		return Of(a)
	}
	return t.SystemErrorf("unknown intrinsic function %d", n)
}

// TypeParamIntrinsic2 does what CALL_INTRINSIC_2 does with type parameters.
func TypeParamIntrinsic2(t *Thread, n int, a, b Value) Value {
	switch n {
	case intrinsicTypeVarBound, intrinsicTypeVarConstraints:
		p := newTypeParam(&TypeVarType, a)
		p.infer = true
		if n == intrinsicTypeVarBound {
			p.evalBound = b
		} else {
			p.evalConstraints = b
		}
		return Of(p)
	case intrinsicSetDefault:
		if !isTypeParam(a) {
			r := t.Repr(a)
			if r == nil {
				return Value{}
			}
			return t.TypeErrorf("Expected a type param, got %s", r.S)
		}
		To[TypeParam](a).evalDef = b
		return a
	}
	return t.SystemErrorf("unknown intrinsic function %d", n)
}
