package object

func setupNone() {
	name := func(s string) UnaryFunc {
		n := Of(StaticName(s))
		return func(t *Thread, v Value) Value { return n }
	}
	// single makes the New of a type that has one instance only.
	single := func(title string, v func() Value) NewFunc {
		return func(t *Thread, cls *Type, args []Value, names *Tuple) Value {
			if len(args) > 0 {
				return t.TypeErrorf("%s takes no arguments", title)
			}
			return v()
		}
	}
	reduce := func(s string) []MethodDef {
		n := Of(StaticName(s))
		return []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return n }}}
	}
	Define(&NoneType, TypeSpec{Name: "NoneType", Sig: "()", Doc: "The type of the None singleton.", Slots: Slots{
		Repr: name("None"),
		// The hash of CPython, where it does not depend on an address either.
		Hash:    func(t *Thread, v Value) (int64, bool) { return noneHash, true },
		Compare: objectCompare,
		Bool:    func(t *Thread, v Value) (res, ok bool) { return false, true },
		New:     single("NoneType", func() Value { return None }),
	}})
	Define(&NotImplementedType, TypeSpec{Name: "NotImplementedType", Sig: "()", Doc: "The type of the NotImplemented singleton.", Slots: Slots{
		Repr: name("NotImplemented"),
		Bool: func(t *Thread, v Value) (res, ok bool) {
			t.TypeErrorf("NotImplemented should not be used in a boolean context")
			return false, false
		},
		New: single("NotImplementedType", func() Value { return NotImplemented }),
	}, Methods: reduce("NotImplemented")})
	Define(&EllipsisType, TypeSpec{Name: "ellipsis", Sig: "()", Doc: "The type of the Ellipsis singleton.", Slots: Slots{
		Repr: name("Ellipsis"),
		New:  single("EllipsisType", func() Value { return Ellipsis }),
	}, Methods: reduce("Ellipsis")})
}
