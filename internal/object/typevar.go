package object

import "unsafe"

// Type parameters: what [T, *Ts, **P] of functions, classes and type statements makes, and module typing exports.

// TypeParam is a TypeVar, a ParamSpec or a TypeVarTuple.
type TypeParam struct {
	Head
	Name Value
	// What has been given or computed, and the functions that compute it; no value where there is none.
	bound, constraints, def             Value
	evalBound, evalConstraints, evalDef Value
	covariant, contravariant, infer     bool
	Attrs
}

// paramAttr is P.args or P.kwargs of a ParamSpec.
type paramAttr struct {
	Head
	origin Value
}

// The types of module _typing.
var (
	TypeVarType, ParamSpecType, TypeVarTupleType, ParamSpecArgsType, ParamSpecKwargsType Type
	TypeAliasType, GenericType, NoDefaultType                                            Type
	constEvaluatorType                                                                   Type

	noDefaultHead = Head{&NoDefaultType}
	// NoDefault is typing.NoDefault.
	NoDefault = Value{P: unsafe.Pointer(&noDefaultHead)}
)

var (
	nameTypevarSubst   = StaticName("_typevar_subst")
	nameParamSubst     = StaticName("_paramspec_subst")
	nameParamPrepare   = StaticName("_paramspec_prepare_subst")
	nameTuplePrepare   = StaticName("_typevartuple_prepare_subst")
	nameUnpack         = StaticName("Unpack")
	nameTypingAlias    = StaticName("_GenericAlias")
	nameGenericInit    = StaticName("_generic_init_subclass")
	nameGenericGetItem = StaticName("_generic_class_getitem")
)

func newTypeParam(cls *Type, name Value) *TypeParam {
	p := &TypeParam{Head: Head{cls}, Name: name}
	p.Shape = cls.Root
	return p
}

// evaluator describes an attribute that a function computes when it is first asked for.
func evaluator(name, evalName, doc string, val, eval func(p *TypeParam) *Value, missing func() Value) []GetSetDef {
	return []GetSetDef{
		{Name: name, Doc: doc, Get: func(t *Thread, v Value) Value {
			return t.evaluate(*eval(To[TypeParam](v)), val(To[TypeParam](v)), missing())
		}},
		{Name: evalName, Get: func(t *Thread, v Value) Value { return evaluatorOf(*eval(To[TypeParam](v)), *val(To[TypeParam](v))) }},
	}
}

func (t *Thread) evaluate(f Value, p *Value, missing Value) Value {
	if p.P != nil {
		return *p
	}
	if f.P == nil {
		return missing
	}
	*p = t.CallArgs(f)
	return *p
}

// evaluatorOf returns the function itself, or one that gives the value.
func evaluatorOf(f, v Value) Value {
	switch {
	case f.P != nil:
		return f
	case v.P != nil:
		return Of(&constEvaluator{Head{&constEvaluatorType}, v})
	}
	return None
}

func (p *TypeParam) hasDefault() bool {
	return p.evalDef.P != nil || p.def.P != nil && p.def != NoDefault
}

// defaultOf returns the default of a type parameter, NoDefault if there is none.
func (t *Thread) defaultOf(v Value) Value {
	p := To[TypeParam](v)
	return t.evaluate(p.evalDef, &p.def, NoDefault)
}

func isTypeParam(v Value) bool {
	return v.Is(&TypeVarType) || v.Is(&ParamSpecType) || v.Is(&TypeVarTupleType)
}

func setupTypeVars() {
	noDefault := func() Value { return NoDefault }
	none := func() Value { return None }
	flag := func(name string, f func(p *TypeParam) bool) GetSetDef {
		return GetSetDef{Name: name, Member: true, Get: func(t *Thread, v Value) Value { return MakeBool(f(To[TypeParam](v))) }}
	}
	nameDef := GetSetDef{Name: "__name__", Member: true, Get: func(t *Thread, v Value) Value { return To[TypeParam](v).Name }}
	variance := []GetSetDef{
		flag("__covariant__", func(p *TypeParam) bool { return p.covariant }),
		flag("__contravariant__", func(p *TypeParam) bool { return p.contravariant }),
		flag("__infer_variance__", func(p *TypeParam) bool { return p.infer }),
	}
	defaults := func(doc string) []GetSetDef {
		return evaluator("__default__", "evaluate_default", doc, func(p *TypeParam) *Value { return &p.def }, func(p *TypeParam) *Value { return &p.evalDef }, noDefault)
	}
	common := func(kind string) []MethodDef {
		return []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return To[TypeParam](a[0]).Name }},
			{Name: "has_default", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return MakeBool(To[TypeParam](a[0]).hasDefault()) }},
			{Name: "__mro_entries__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				return t.TypeErrorf("Cannot subclass an instance of %s", kind)
			}},
		}
	}
	forward := func(name string, f *Str, sig string) MethodDef {
		return MethodDef{Name: name, Sig: sig, Fn: func(t *Thread, a []Value) Value { return t.callTyping(f, a...) }}
	}
	const prepareSig = "($self, alias, args, /)"
	or := func(t *Thread, a, b Value) Value { return t.unionFrom(Of(NewTuple(a, b))) }
	off := unsafe.Offsetof(TypeParam{}.Attrs)
	repr := func(t *Thread, v Value) Value {
		p := To[TypeParam](v)
		s := p.Name.Str().S
		switch {
		case p.infer:
		case p.covariant:
			s = "+" + s
		case p.contravariant:
			s = "-" + s
		default:
			s = "~" + s
		}
		return MakeStr(s)
	}
	// They have attributes, __module__ for one, but no __dict__ to see them with.
	inTyping := func(s *Type) {
		s.Dict().DelStr(nameDict)
	}

	Define(&TypeVarType, TypeSpec{
		Name: "TypeVar", Module: "typing", AttrOffset: off, HasWeak: true,
		Doc:   "Type variable.\n\nMade by the syntax for generic functions, classes and type aliases:\n\n    class Sequence[T]:  # T is a TypeVar\n        ...",
		Slots: Slots{New: fromDef(&typeVarDef), Repr: repr, NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpOr: or}}},
		Methods: append([]MethodDef{
			forward("__typing_subst__", nameTypevarSubst, "($self, arg, /)"),
			{Name: "__typing_prepare_subst__", Sig: prepareSig, Fn: prepareTypeVar},
		}, common("TypeVar")...),
		GetSets: concat([]GetSetDef{nameDef}, variance,
			evaluator("__bound__", "evaluate_bound", "", func(p *TypeParam) *Value { return &p.bound }, func(p *TypeParam) *Value { return &p.evalBound }, none),
			evaluator("__constraints__", "evaluate_constraints", "", func(p *TypeParam) *Value { return &p.constraints }, func(p *TypeParam) *Value { return &p.evalConstraints },
				func() Value { return Of(EmptyTuple) }), defaults("")),
	})
	inTyping(&TypeVarType)

	attr := func(s *Type) func(t *Thread, v Value) Value {
		return func(t *Thread, v Value) Value { return Of(&paramAttr{Head{s}, v}) }
	}
	Define(&ParamSpecType, TypeSpec{
		Name: "ParamSpec", Module: "typing", AttrOffset: off, HasWeak: true,
		Doc:   "Parameter specification variable.\n\nMade by the syntax for generic functions, classes and type aliases,\nwhere '**' creates a parameter specification:\n\n    type IntFunc[**P] = Callable[P, int]\n\nOne that is made by a call has its name:\n\n    >>> P = ParamSpec(\"P\")\n    >>> P.__name__\n    'P'",
		Slots: Slots{New: fromDef(&paramSpecDef), Repr: repr, NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpOr: or}}},
		Methods: append([]MethodDef{
			forward("__typing_subst__", nameParamSubst, "($self, arg, /)"),
			forward("__typing_prepare_subst__", nameParamPrepare, prepareSig),
		}, common("ParamSpec")...),
		GetSets: concat([]GetSetDef{nameDef,
			{Name: "__bound__", Member: true, Get: func(t *Thread, v Value) Value { return valueOrNone(To[TypeParam](v).bound) }}}, variance,
			[]GetSetDef{{Name: "args", Doc: "Represents positional arguments.", Get: attr(&ParamSpecArgsType)},
				{Name: "kwargs", Doc: "Represents keyword arguments.", Get: attr(&ParamSpecKwargsType)}},
			defaults("The default value for this ParamSpec.")),
	})
	inTyping(&ParamSpecType)

	Define(&TypeVarTupleType, TypeSpec{
		Name: "TypeVarTuple", Module: "typing", AttrOffset: off, HasWeak: true,
		Doc: "Type variable tuple: a type variable for any number of types.\n\nMade by the syntax for generic functions, classes and type aliases,\nwhere '*' indicates a type variable tuple:\n\n    def first[T, *Ts](tup: tuple[T, *Ts]) -> T:\n        return tup[0]",
		Slots: Slots{New: fromDef(&typeVarTupleDef), Iter: unpackIter,
			Repr: func(t *Thread, v Value) Value { return To[TypeParam](v).Name }},
		Methods: append([]MethodDef{
			{Name: "__typing_subst__", Sig: "($self, arg, /)", Fn: func(t *Thread, a []Value) Value {
				return t.TypeErrorf("Substitution of bare TypeVarTuple is not supported")
			}},
			forward("__typing_prepare_subst__", nameTuplePrepare, prepareSig),
		}, common("TypeVarTuple")...),
		GetSets: concat([]GetSetDef{nameDef}, defaults("The default value for this TypeVarTuple.")),
	})
	inTyping(&TypeVarTupleType)

	for _, d := range []struct {
		s          *Type
		name, attr string
		def        *MethodDef
	}{{&ParamSpecArgsType, "ParamSpecArgs", ".args", &paramSpecArgsDef}, {&ParamSpecKwargsType, "ParamSpecKwargs", ".kwargs", &paramSpecKwargsDef}} {
		Define(d.s, TypeSpec{
			Name: d.name, Module: "typing", HasWeak: true, Doc: "The " + d.attr[1:] + " for a ParamSpec object.\n\n    >>> P = ParamSpec(\"P\")\n    >>> P" + d.attr + ".__origin__ is P\n    True",
			Slots: Slots{
				New: fromDef(d.def),
				Repr: func(t *Thread, v Value) Value {
					o := To[paramAttr](v).origin
					if o.Is(&ParamSpecType) {
						return MakeStr(To[TypeParam](o).Name.Str().S + d.attr)
					}
					r := t.Repr(o)
					if r == nil {
						return Value{}
					}
					return MakeStr(r.S + d.attr)
				},
				Compare: func(t *Thread, a, b Value, op CompareOp) Value {
					if a.Type() != b.Type() || op != CmpEq && op != CmpNe {
						return NotImplemented
					}
					return t.Compare(To[paramAttr](a).origin, To[paramAttr](b).origin, op)
				},
			},
			Methods: []MethodDef{{Name: "__mro_entries__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
				return t.TypeErrorf("Cannot subclass an instance of %s", d.name)
			}}},
			GetSets: []GetSetDef{{Name: "__origin__", Member: true, Get: func(t *Thread, v Value) Value { return To[paramAttr](v).origin }}},
		})
		inTyping(d.s)
	}
	setupNoDefault()
	setupTypeAlias()
	setupGeneric()
	inTyping(&GenericType)
}

func concat(parts ...[]GetSetDef) []GetSetDef {
	var out []GetSetDef
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// fromDef returns the New of a type whose arguments a definition binds.
func fromDef(d *MethodDef) NewFunc {
	return func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return d.Call(t, args, names) }
}

// nameArg checks the argument name of the types here.
func (t *Thread) nameArg(fname string, v Value) bool {
	if !v.IsStr() {
		t.TypeErrorf("%s() argument 'name' must be str, not %s", fname, ArgName(v))
		return false
	}
	return true
}

// setCaller notes the module of the running function as the object's __module__.
func (t *Thread) setCaller(p *TypeParam) Value {
	v := Of(p)
	SetInstanceAttr(v, nameModule, t.callerOf())
	return v
}

func (t *Thread) callerOf() Value {
	if f := t.CurrentFunc(); f != nil {
		return f.Module()
	}
	return None
}

// setVariance binds the flags at a[i] and behind it.
func (t *Thread) setVariance(p *TypeParam, a []Value, i int) bool {
	for k, f := range [...]*bool{&p.covariant, &p.contravariant, &p.infer} {
		if v := a[i+k]; v.P != nil {
			b, ok := t.IsTrue(v)
			if !ok {
				return false
			}
			*f = b
		}
	}
	switch {
	case p.covariant && p.contravariant:
		t.ValueErrorf("Bivariant types are not supported.")
		return false
	case p.infer && (p.covariant || p.contravariant):
		t.ValueErrorf("Variance cannot be specified with infer_variance.")
		return false
	}
	return true
}

func orNoDefault(v Value) Value {
	if v.P == nil {
		return NoDefault
	}
	return v
}

var typeVarDef = MethodDef{Name: "typevar", Sig: "(name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)",
	Fn: func(t *Thread, a []Value) Value {
		if !t.nameArg("typevar", a[0]) {
			return Value{}
		}
		p := newTypeParam(&TypeVarType, a[0])
		if !t.setVariance(p, a, 4) {
			return Value{}
		}
		if b := a[2]; b.P != nil && !b.IsNone() {
			if p.bound = t.typeCheck(b, "Bound must be a type."); p.bound.P == nil {
				return Value{}
			}
		}
		switch n := len(To[Tuple](a[1]).Items()); {
		case n == 1:
			return t.TypeErrorf("A single constraint is not allowed")
		case n > 0 && p.bound.P != nil:
			return t.TypeErrorf("Constraints cannot be combined with bound=...")
		case n > 0:
			p.constraints = a[1]
		}
		p.def = orNoDefault(a[3])
		return t.setCaller(p)
	}}

var paramSpecDef = MethodDef{Name: "paramspec", Sig: "(name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)",
	Fn: func(t *Thread, a []Value) Value {
		if !t.nameArg("paramspec", a[0]) {
			return Value{}
		}
		p := newTypeParam(&ParamSpecType, a[0])
		if !t.setVariance(p, a, 3) {
			return Value{}
		}
		if p.bound = t.typeCheck(valueOrNone(a[1]), "Bound must be a type."); p.bound.P == nil {
			return Value{}
		}
		p.def = orNoDefault(a[2])
		return t.setCaller(p)
	}}

var typeVarTupleDef = MethodDef{Name: "typevartuple", Sig: "(name, *, default=typing.NoDefault)",
	Fn: func(t *Thread, a []Value) Value {
		if !t.nameArg("typevartuple", a[0]) {
			return Value{}
		}
		p := newTypeParam(&TypeVarTupleType, a[0])
		p.def = orNoDefault(a[1])
		return t.setCaller(p)
	}}

var (
	paramSpecArgsDef = MethodDef{Name: "paramspecargs", Sig: "(origin)",
		Fn: func(t *Thread, a []Value) Value { return Of(&paramAttr{Head{&ParamSpecArgsType}, a[0]}) }}
	paramSpecKwargsDef = MethodDef{Name: "paramspeckwargs", Sig: "(origin)",
		Fn: func(t *Thread, a []Value) Value { return Of(&paramAttr{Head{&ParamSpecKwargsType}, a[0]}) }}
)

// prepareTypeVar adds the default of a type variable that has no argument.
func prepareTypeVar(t *Thread, a []Value) Value {
	params := t.GetAttr(a[1], nameParams)
	if params.P == nil {
		return params
	}
	items, ok := t.Collect(params)
	if !ok {
		return Value{}
	}
	i := indexOf(items, a[0])
	if i < 0 {
		return t.ValueErrorf("sequence.index(x): x not in sequence")
	}
	given, ok := t.Collect(a[2])
	if !ok {
		return Value{}
	}
	if i < len(given) {
		return a[2]
	}
	if i == len(given) {
		d := t.defaultOf(a[0])
		if d.P == nil {
			return d
		}
		if d != NoDefault {
			return Of(NewTuple(append(given, d)...))
		}
	}
	s := t.Str(a[1])
	if s == nil {
		return Value{}
	}
	return t.TypeErrorf("Too few arguments for %s; actual %d, expected at least %d", s.S, len(given), i+1)
}

// unpack is typing.Unpack[v].
func (t *Thread) unpack(v Value) Value {
	m := t.ImportModule(nameTyping)
	if m.P == nil {
		return m
	}
	u := t.GetAttr(m, nameUnpack)
	if u.P == nil {
		return u
	}
	return t.GetItem(u, v)
}

func unpackIter(t *Thread, v Value) Value {
	u := t.unpack(v)
	if u.P == nil {
		return u
	}
	return t.Iter(Of(NewTuple(u)))
}

// unpackTuples returns type parameters with each TypeVarTuple unpacked, as Generic wants them.
func (t *Thread) unpackTuples(params *Tuple) *Tuple {
	out := params
	for i, p := range params.Items() {
		if !p.Is(&TypeVarTupleType) {
			continue
		}
		u := t.unpack(p)
		if u.P == nil {
			return nil
		}
		if out == params {
			out = NewTuple(params.Items()...)
		}
		out.Items()[i] = u
	}
	return out
}
