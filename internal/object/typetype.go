package object

import "strings"

func setupType() {
	Define(&TypeType, TypeSpec{
		Name: "type", Flags: FlagBase | FlagType, HasWeak: true,
		Doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
		Slots: Slots{
			Alloc: func(t *Thread, cls *Type) Value { return NewTypeObject(cls) },
			New:   typeNew, Init: typeInit, Call: typeCall, Repr: typeRepr,
			GetAttr: typeGetAttr, SetAttr: typeSetAttr,
			quietAttr:   func(t *Thread, v Value, name *Str) (Value, bool) { return t.typeGet(v, name, true) },
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpOr: typeOr}},
		},
		Methods: []MethodDef{
			{Name: "mro", Sig: "($self, /)", Doc: "Return a type's method resolution order.", Fn: func(t *Thread, a []Value) Value {
				mro := t.mergeMRO(To[Type](a[0]))
				if mro == nil {
					return Value{}
				}
				return Of(NewList(typeValues(mro)))
			}},
			{Name: "__subclasses__", Sig: "($self, /)", Doc: "Return a list of immediate subclasses.", Fn: func(t *Thread, a []Value) Value {
				return Of(NewList(typeValues(t.Interp.Subclasses(To[Type](a[0])))))
			}},
			{Name: "__prepare__", Sig: "($cls, name, bases, /, **kwds)", Class: true, Doc: "Create the namespace for the class statement",
				Raw: func(t *Thread, args []Value, names *Tuple) Value { return Of(NewDict()) }},
			{Name: "__instancecheck__", Sig: "($self, instance, /)", Doc: "Check if an object is an instance.", Fn: func(t *Thread, a []Value) Value {
				return t.boolOf(t.instanceOf(a[1], a[0]))
			}},
			{Name: "__subclasscheck__", Sig: "($self, subclass, /)", Doc: "Check if a class is a subclass.", Fn: func(t *Thread, a []Value) Value {
				return t.boolOf(t.subclassOf(a[1], a[0]))
			}},
			{Name: "__dir__", Sig: "($self, /)", Doc: "Specialized __dir__ implementation for types.", Fn: typeDir},
			{Name: "__sizeof__", Sig: "($self, /)", Doc: "Return memory consumption of the type object.", Fn: func(t *Thread, a []Value) Value {
				if To[Type](a[0]).Flags&FlagHeap == 0 {
					return MakeInt(416)
				}
				return MakeInt(TypeType.sizes().basic)
			}},
		},
		GetSets: append(typeMembers(), typeGetSets()...),
	})
}

func (t *Thread) boolOf(res, ok bool) Value {
	if !ok {
		return Value{}
	}
	return MakeBool(res)
}

func typeValues(types []*Type) []Value {
	out := make([]Value, len(types))
	for i, s := range types {
		out[i] = Of(s)
	}
	return out
}

// MROTuple returns the method resolution order as a tuple, always the same one until it changes.
func (s *Type) MROTuple() *Tuple {
	if s.Flags&FlagHeap == 0 {
		return NewTuple(typeValues(s.MRO)...) // shared by interpreters, so not kept
	}
	if s.MROValue == nil {
		s.MROValue = NewTuple(typeValues(s.MRO)...)
	}
	return s.MROValue
}

func typeRepr(t *Thread, v Value) Value {
	cls := To[Type](v)
	mod := cls.Module
	if cls.Flags&FlagHeap != 0 {
		mod = ""
		if m := cls.Dict().GetStr(nameModule); m.P != nil && m.IsStr() {
			mod = m.Str().S
		}
	}
	if mod != "" && mod != "builtins" {
		return MakeStr("<class '" + mod + "." + cls.qualname() + "'>")
	}
	return MakeStr("<class '" + cls.ShortName() + "'>")
}

// qualname returns __qualname__ as text.
func (s *Type) qualname() string {
	if s.Qualname.P != nil {
		return s.Qualname.Str().S
	}
	return s.ShortName()
}

// ShortName returns __name__.
func (s *Type) ShortName() string {
	if s.Flags&FlagHeap == 0 || s.dotted {
		return s.Name[strings.LastIndexByte(s.Name, '.')+1:]
	}
	return s.Name
}

// StandFor says that a class of Python's library is here what CPython has written in C: messages call it as they call that, with its module.
func (s *Type) StandFor(module string) {
	if !s.dotted {
		s.Name, s.dotted = module+"."+s.Name, true
	}
}

func typeInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	n := len(args)
	if names != nil {
		n -= names.Len()
		if n == 1 && names.Len() > 0 {
			t.TypeErrorf("type.__init__() takes no keyword arguments")
			return false
		}
	}
	if n != 1 && n != 3 {
		t.TypeErrorf("type.__init__() takes 1 or 3 arguments")
		return false
	}
	return true
}

func typeOr(t *Thread, a, b Value) Value { return t.UnionOf(a, b) }

func typeDir(t *Thread, a []Value) Value {
	d := NewDict()
	for _, m := range To[Type](a[0]).MRO {
		for k := range m.Dict().All {
			if !d.Set(t, k, None) {
				return Value{}
			}
		}
	}
	return Of(NewList(d.keyList()))
}

// keyList returns the keys in order.
func (d *Dict) keyList() []Value {
	out := make([]Value, 0, d.Len())
	for k := range d.All {
		out = append(out, k)
	}
	return out
}

// typeMembers are the fields that CPython has in the type's struct.
func typeMembers() []GetSetDef {
	num := func(name string, f func(s *Type) int64) GetSetDef {
		return GetSetDef{Name: name, Member: true, Get: func(t *Thread, v Value) Value { return MakeInt(f(To[Type](v))) }}
	}
	return []GetSetDef{
		num("__basicsize__", func(s *Type) int64 { return s.sizes().basic }),
		num("__itemsize__", func(s *Type) int64 { return s.sizes().item }),
		num("__flags__", (*Type).cFlags),
		num("__weakrefoffset__", func(s *Type) int64 { return s.weakOffset() }),
		{Name: "__base__", Member: true, Get: func(t *Thread, v Value) Value {
			if b := To[Type](v).Base; b != nil {
				return Of(b)
			}
			return None
		}},
		num("__dictoffset__", func(s *Type) int64 { return s.dictOffset() }),
	}
}

func typeGetSets() []GetSetDef {
	return []GetSetDef{
		{Name: "__name__", Get: func(t *Thread, v Value) Value {
			cls := To[Type](v)
			if q := cls.Qualname; q.P != nil && q.Str().Interned && q.Str().S == cls.ShortName() && cls.Flags&FlagHeap != 0 {
				return q // as it is of classes that are not in others or in functions
			}
			return Of(t.Interp.Intern(cls.ShortName()))
		},
			Set: func(t *Thread, v, x Value) bool {
				cls := To[Type](v)
				if !t.checkTypeSet(cls, "__name__", x) {
					return false
				}
				if !x.IsStr() {
					t.TypeErrorf("can only assign string to %s.__name__, not '%s'", cls.Name, x.Type().Name)
					return false
				}
				if strings.IndexByte(x.Str().S, 0) >= 0 {
					t.ValueErrorf("type name must not contain null characters")
					return false
				}
				if !validUTF8(x.Str()) {
					t.surrogateError(x)
					return false
				}
				cls.Name, cls.dotted = x.Str().S, false
				return true
			}},
		{Name: "__qualname__", Get: func(t *Thread, v Value) Value {
			cls := To[Type](v)
			if cls.Qualname.P != nil {
				return cls.Qualname
			}
			return Of(t.Interp.Intern(cls.ShortName()))
		},
			Set: func(t *Thread, v, x Value) bool {
				cls := To[Type](v)
				if !t.checkTypeSet(cls, "__qualname__", x) {
					return false
				}
				if !x.IsStr() {
					t.TypeErrorf("can only assign string to %s.__qualname__, not '%s'", cls.Name, x.Type().Name)
					return false
				}
				cls.Qualname = x
				return true
			}},
		{Name: "__bases__", Get: func(t *Thread, v Value) Value { return Of(To[Type](v).Bases) },
			Set: func(t *Thread, v, x Value) bool { return t.setBases(To[Type](v), x) }},
		{Name: "__mro__", Get: func(t *Thread, v Value) Value {
			if len(To[Type](v).MRO) == 0 {
				return None // its mro() method is running
			}
			return Of(To[Type](v).MROTuple())
		}},
		{Name: "__module__", Get: func(t *Thread, v Value) Value {
			cls := To[Type](v)
			if cls.Flags&FlagHeap != 0 {
				if m := cls.Dict().GetStr(nameModule); m.P != nil {
					return m
				}
				return t.Raisef(&AttributeErrorType, "__module__")
			}
			return Of(t.Interp.Intern(cls.Module))
		},
			Set: func(t *Thread, v, x Value) bool {
				cls := To[Type](v)
				if !t.checkTypeSet(cls, "__module__", x) {
					return false
				}
				cls.Dict().SetStr(nameModule, x)
				cls.Dict().DelStr(nameFirstLine)
				t.NewVersion(cls)
				return true
			}},
		{Name: "__abstractmethods__", Get: func(t *Thread, v Value) Value {
			cls := To[Type](v)
			if cls != &TypeType {
				if m := cls.Dict().GetStr(nameAbstract); m.P != nil {
					return m
				}
			}
			return t.attributeError(v, nameAbstract, "__abstractmethods__")
		},
			Set: func(t *Thread, v, x Value) bool {
				cls := To[Type](v)
				abstract := false
				if x.P != nil {
					var ok bool
					if abstract, ok = t.IsTrue(x); !ok {
						return false
					}
					cls.Dict().SetStr(nameAbstract, x)
				} else if !cls.Dict().DelStr(nameAbstract) {
					t.attributeError(v, nameAbstract, "__abstractmethods__")
					return false
				}
				t.NewVersion(cls)
				cls.Flags &^= FlagAbstract
				if abstract {
					cls.Flags |= FlagAbstract
				}
				return true
			}},
		{Name: "__dict__", Get: func(t *Thread, v Value) Value { return NewMappingProxy(Of(To[Type](v).Dict())) }},
		{Name: "__doc__", Get: func(t *Thread, v Value) Value {
			cls := To[Type](v)
			x := cls.Dict().GetStr(nameDoc)
			if x.P == nil {
				return None
			}
			if get := x.Type().DescrGet; get != nil && cls.Flags&FlagHeap != 0 {
				return get(t, x, Value{}, v)
			}
			return x
		},
			Set: func(t *Thread, v, x Value) bool {
				cls := To[Type](v)
				if !t.checkTypeSet(cls, "__doc__", x) {
					return false
				}
				cls.Dict().SetStr(nameDoc, x)
				t.NewVersion(cls)
				return true
			}},
		{Name: "__text_signature__", Get: func(t *Thread, v Value) Value {
			if sig := To[Type](v).sig; sig != "" {
				return MakeStr(sig)
			}
			return None
		}},
		{Name: "__annotations__", Get: typeAnnotations, Set: setTypeAnnotations},
		{Name: "__annotate__", Get: typeAnnotate, Set: setTypeAnnotate},
		{Name: "__type_params__", Get: func(t *Thread, v Value) Value {
			cls := To[Type](v)
			if cls != &TypeType {
				if x := cls.Dict().GetStr(nameTypeParams); x.P != nil {
					return x
				}
			}
			return Of(EmptyTuple)
		},
			Set: func(t *Thread, v, x Value) bool {
				cls := To[Type](v)
				if !t.checkTypeSet(cls, "__type_params__", x) {
					return false
				}
				cls.Dict().SetStr(nameTypeParams, x)
				t.NewVersion(cls)
				return true
			}},
	}
}

var (
	nameFirstLine  = StaticName("__firstlineno__")
	nameAbstract   = StaticName("__abstractmethods__")
	nameTypeParams = StaticName("__type_params__")
)

// checkTypeSet refuses changes of builtin types and deletions.
func (t *Thread) checkTypeSet(cls *Type, name string, x Value) bool {
	if cls.immutable() {
		t.TypeErrorf("cannot set '%s' attribute of immutable type '%s'", name, cls.Name)
		return false
	}
	if x.P == nil {
		t.TypeErrorf("cannot delete '%s' attribute of immutable type '%s'", name, cls.Name)
		return false
	}
	return true
}

// abstractError raises TypeError for an instance of a class with abstract methods left.
func (t *Thread) abstractError(cls *Type) Value {
	methods, ok := t.FindAttr(Of(cls), nameAbstract)
	if !ok {
		return Value{}
	}
	var items []Value
	if methods.P != nil {
		if items, ok = t.Collect(methods); !ok {
			return Value{}
		}
	}
	names := make([]string, 0, len(items))
	for _, x := range items {
		if !x.IsStr() {
			return t.TypeErrorf("sequence item 0: expected str instance, %s found", x.Type().Name)
		}
		names = append(names, x.Str().S)
	}
	sortStrings(names)
	return t.TypeErrorf("Can't instantiate abstract class %s without an implementation for abstract method%s '%s'", cls.Name, plural(len(names)), strings.Join(names, "', '"))
}
