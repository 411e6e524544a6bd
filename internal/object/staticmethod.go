package object

import "unsafe"

// staticmethod and classmethod.

// NewStaticMethod is staticmethod(f) without what the call copies from f.
func NewStaticMethod(f Value) *StaticMethod {
	m := &StaticMethod{Head: Head{&StaticMethodType}, Func: f}
	m.Shape = StaticMethodType.Root
	return m
}

// NewClassMethod is classmethod(f) without what the call copies from f.
func NewClassMethod(f Value) *ClassMethod {
	m := &ClassMethod{Head: Head{&ClassMethodType}, Func: f}
	m.Shape = ClassMethodType.Root
	return m
}

var nameIsAbstract = StaticName("__isabstractmethod__")

func setupStaticMethods() {
	// Both types have the same layout, so that one set of functions serves.
	define := func(s *Type, name, doc string, slots Slots) {
		slots.Alloc = func(t *Thread, cls *Type) Value {
			m := &StaticMethod{Head: Head{cls}, Func: None}
			m.Shape = cls.Root
			return Of(m)
		}
		slots.New = func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return cls.Alloc(t, cls) }
		slots.Init = wrapInit
		slots.Repr = func(t *Thread, v Value) Value {
			r := t.Repr(To[StaticMethod](v).Func)
			if r == nil {
				return Value{}
			}
			return MakeStr("<" + name + "(" + r.S + ")>")
		}
		get := func(t *Thread, v Value) Value { return To[StaticMethod](v).Func }
		Define(s, TypeSpec{
			Name: name, Sig: "(function, /)", Doc: doc, Flags: FlagBase, AttrOffset: unsafe.Offsetof(StaticMethod{}.Attrs), Slots: slots,
			Methods: []MethodDef{{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: func(t *Thread, a []Value) Value { return NewGenericAlias(t, a[0], a[1]) }}},
			GetSets: []GetSetDef{
				{Name: "__func__", Member: true, Get: get},
				{Name: "__wrapped__", Member: true, Get: get},
				{Name: "__isabstractmethod__", Get: func(t *Thread, v Value) Value { return t.boolOf(t.isAbstract(To[StaticMethod](v).Func)) }},
				{Name: "__dict__", Get: instanceDictDef.Get, Set: instanceDictDef.Set},
				wrappedAttr(nameAnnotations), wrappedAttr(nameAnnotate),
			},
		})
	}
	define(&StaticMethodType, "staticmethod", "Convert a function to be a static method.\n\nA static method does not receive an implicit first argument.\nIt can be called on the class, on an instance, and as it is.", Slots{
		Call: func(t *Thread, f Value, args []Value, names *Tuple) Value {
			return t.Call(To[StaticMethod](f).Func, args, names)
		},
		DescrGet: func(t *Thread, d, obj, cls Value) Value { return To[StaticMethod](d).Func },
	})
	define(&ClassMethodType, "classmethod", "Convert a function to be a class method.\n\nA class method receives the class as implicit first argument,\njust like an instance method receives the instance.", Slots{
		DescrGet: func(t *Thread, d, obj, cls Value) Value {
			if cls.P == nil {
				cls = Of(obj.Type())
			}
			return NewBoundMethod(To[ClassMethod](d).Func, cls)
		},
	})
}

// wrapInit is the __init__ of both: beside the function it keeps what names and documents it.
func wrapInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	cls := solidBuiltin(self.Type())
	if names != nil && names.Len() > 0 {
		t.TypeErrorf("%s() takes no keyword arguments", cls.Name)
		return false
	}
	if len(args) != 1 {
		t.TypeErrorf("%s expected 1 argument, got %d", cls.Name, len(args))
		return false
	}
	To[StaticMethod](self).Func = args[0]
	for _, n := range [...]*Str{nameModule, nameName, nameQualname, nameDoc} {
		x, ok := t.FindAttr(args[0], n)
		if !ok || x.P != nil && !t.SetAttr(self, n, x) {
			return false
		}
	}
	return true
}

// isAbstract reports whether a function says that it is abstract.
func (t *Thread) isAbstract(f Value) (res, ok bool) {
	if f.P == nil || f.Is(&FuncType) && To[Func](f).Shape == FuncType.Root {
		return false, true
	}
	if !t.deeper("") {
		return false, false
	}
	x, ok := t.FindAttr(f, nameIsAbstract)
	t.Depth--
	if !ok || x.P == nil {
		return false, ok
	}
	return t.IsTrue(x)
}

// wrappedAttr is an attribute that is the wrapped function's, unless it has been set here.
func wrappedAttr(name *Str) GetSetDef {
	return GetSetDef{Name: name.S,
		Get: func(t *Thread, v Value) Value {
			if x := InstanceAttr(v, name); x.P != nil {
				return x
			}
			x := t.GetAttr(To[StaticMethod](v).Func, name)
			if x.P != nil {
				SetInstanceAttr(v, name, x)
			}
			return x
		},
		Set: func(t *Thread, v, x Value) bool {
			if x.P != nil {
				SetInstanceAttr(v, name, x)
				return true
			}
			if !DelInstanceAttr(v, name) {
				t.NoAttribute(v, name)
				return false
			}
			return true
		}}
}
