package object

import "unsafe"

func setupProperty() {
	field := func(name string, p func(x *Property) *Value) GetSetDef {
		return GetSetDef{Name: name, Member: true, Get: func(t *Thread, v Value) Value { return valueOrNone(*p(To[Property](v))) }}
	}
	with := func(name, what string, i int) MethodDef {
		return MethodDef{Name: name, Sig: "($self, object, /)", Doc: "Descriptor to obtain a copy of the property with a different " + what + ".",
			Fn: func(t *Thread, a []Value) Value {
				p := To[Property](a[0])
				f := [3]Value{valueOrNone(p.Getter), valueOrNone(p.Setter), valueOrNone(p.Deleter)}
				if !a[1].IsNone() {
					f[i] = a[1]
				}
				doc := valueOrNone(p.Doc)
				if p.DocFromGetter && !f[0].IsNone() {
					doc = None // the new getter's, if it has any
				}
				n := t.CallArgs(Of(a[0].Type()), f[0], f[1], f[2], doc)
				if n.P != nil && n.IsA(&PropertyType) {
					To[Property](n).Name = p.Name
				}
				return n
			}}
	}
	doc := field("__doc__", func(x *Property) *Value { return &x.Doc })
	doc.Set = func(t *Thread, v, x Value) bool { To[Property](v).Doc = x; return true }
	Define(&PropertyType, TypeSpec{
		Name: "property", Flags: FlagBase, SubOffset: unsafe.Offsetof(Property{}.Attrs),
		Sig: "(fget=None, fset=None, fdel=None, doc=None)",
		Doc: "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n    docstring",
		Slots: Slots{
			Alloc: func(t *Thread, cls *Type) Value { return InitAttrs(cls, Of(&Property{Head: Head{cls}})) },
			New:   func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return cls.Alloc(t, cls) },
			Init: func(t *Thread, self Value, args []Value, names *Tuple) bool {
				mark := t.Scratch
				a := t.Push(len(args) + 1)
				a[0] = self
				copy(a[1:], args)
				v := propertyInitDef.Call(t, a, names)
				t.Pop(mark, a)
				return v.P != nil
			},
			DescrGet: propertyGet, DescrSet: propertySet,
		},
		Methods: []MethodDef{
			with("getter", "getter", 0), with("setter", "setter", 1), with("deleter", "deleter", 2),
			{Name: "__set_name__", Sig: "($self, owner, name, /)", Doc: "Method to set name of a property.",
				Raw: func(t *Thread, args []Value, names *Tuple) Value {
					if names != nil && names.Len() > 0 {
						return t.TypeErrorf("property.__set_name__() takes no keyword arguments")
					}
					if len(args) != 3 {
						return t.TypeErrorf("__set_name__() takes 2 positional arguments but %d were given", len(args)-1)
					}
					To[Property](args[0]).Name = args[2]
					return None
				}},
		},
		GetSets: []GetSetDef{
			field("fget", func(x *Property) *Value { return &x.Getter }),
			field("fset", func(x *Property) *Value { return &x.Setter }),
			field("fdel", func(x *Property) *Value { return &x.Deleter }),
			doc,
			{Name: "__name__", Get: func(t *Thread, v Value) Value {
				n, ok := t.propertyName(To[Property](v))
				if ok && n.P == nil {
					t.attributeError(v, nameName, "'", v.Type().Name, "' object has no attribute '__name__'")
				}
				return n
			},
				Set: func(t *Thread, v, x Value) bool { To[Property](v).Name = x; return true }},
			{Name: "__isabstractmethod__", Get: func(t *Thread, v Value) Value {
				p := To[Property](v)
				for _, f := range [...]Value{p.Getter, p.Setter, p.Deleter} {
					if is, ok := t.isAbstract(f); is || !ok {
						return t.boolOf(is, ok)
					}
				}
				return False
			}},
		},
	})
}

var propertyInitDef = MethodDef{Name: "property", Sig: "($self, fget=None, fset=None, fdel=None, doc=None)", Fn: func(t *Thread, a []Value) Value {
	p := To[Property](a[0])
	opt := func(v Value) Value {
		if v.P != nil && v.IsNone() {
			return Value{}
		}
		return v
	}
	p.Getter, p.Setter, p.Deleter, p.Doc = opt(a[1]), opt(a[2]), opt(a[3]), Value{}
	p.Name, p.DocFromGetter = Value{}, false
	doc := opt(a[4])
	if doc.P == nil && p.Getter.P != nil {
		d, ok := t.FindAttr(p.Getter, nameDoc)
		if !ok {
			return Value{}
		}
		if doc = opt(d); doc.P != nil {
			p.DocFromGetter = true
		}
	}
	if a[0].Is(&PropertyType) {
		p.Doc = doc
		return None
	}
	// A subclass has the text in its __doc__ attribute, since the class's own would hide it.
	if !t.SetAttr(a[0], nameDoc, valueOrNone(doc)) {
		// One without a place for it does without, unless the text comes from the getter.
		if p.DocFromGetter || t.Catch(&AttributeErrorType) == nil {
			return Value{}
		}
	}
	return None
}}

// propertyName returns the name of a property, or no value.
func (t *Thread) propertyName(p *Property) (Value, bool) {
	if p.Name.P != nil {
		return p.Name, true
	}
	if p.Getter.P == nil {
		return Value{}, true
	}
	return t.FindAttr(p.Getter, nameName)
}

// without raises AttributeError for a property of obj that cannot do what was asked.
func (t *Thread) without(d, obj Value, what string) Value {
	n, ok := t.propertyName(To[Property](d))
	if !ok {
		return Value{}
	}
	owner := t.Repr(MakeStr(obj.Type().qualname()))
	if owner == nil {
		return Value{}
	}
	if n.P == nil {
		return t.Raisef(&AttributeErrorType, "property of %s object has no %s", owner.S, what)
	}
	r := t.Repr(n)
	if r == nil {
		return Value{}
	}
	return t.Raisef(&AttributeErrorType, "property %s of %s object has no %s", r.S, owner.S, what)
}

func propertyGet(t *Thread, d, obj, cls Value) Value {
	if obj.P == nil || obj.IsNone() {
		return d
	}
	p := To[Property](d)
	if p.Getter.P == nil {
		return t.without(d, obj, "getter")
	}
	mark := t.Scratch
	a := t.Push(1)
	a[0] = obj
	v := t.Call(p.Getter, a, nil)
	t.Pop(mark, a)
	return v
}

func propertySet(t *Thread, d, obj, x Value) bool {
	p := To[Property](d)
	if x.P == nil {
		if p.Deleter.P == nil {
			t.without(d, obj, "deleter")
			return false
		}
		return t.CallArgs(p.Deleter, obj).P != nil
	}
	if p.Setter.P == nil {
		t.without(d, obj, "setter")
		return false
	}
	return t.CallArgs(p.Setter, obj, x).P != nil
}
