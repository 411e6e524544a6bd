package object

var nameTrue, nameFalse = StaticName("True"), StaticName("False")

func setupBool() {
	Define(&BoolType, TypeSpec{
		Name: "bool", Sig: "(object=False, /)", Base: &IntType, Flags: FlagSelfMatch,
		Doc:  "Returns True when the argument is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.",
		Make: boolNew,
		Slots: Slots{
			NumberSlots: NumberSlots{
				Binary: [NumBinary]BinaryFunc{OpAnd: boolAnd, OpOr: boolOr, OpXor: boolXor},
				Invert: boolInvert,
			},
			Repr: boolRepr, New: boolNew,
		},
	})
}

func boolRepr(t *Thread, v Value) Value {
	if v.B != 0 {
		return Of(nameTrue)
	}
	return Of(nameFalse)
}

func boolNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	x, ok := t.oneArg(&BoolType, cls, args, names)
	if !ok {
		return Value{}
	}
	if x.P == nil {
		return False
	}
	r, ok := t.IsTrue(x)
	if !ok {
		return Value{}
	}
	return MakeBool(r)
}

func boolInvert(t *Thread, v Value) Value {
	if !t.Warn(&DeprecationWarningType, 1, "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.") {
		return Value{}
	}
	return MakeInt(^v.Int())
}

func boolAnd(t *Thread, a, b Value) Value {
	if a.IsBool() && b.IsBool() {
		return MakeBool(a.B&b.B != 0)
	}
	return intAnd(t, a, b)
}

func boolOr(t *Thread, a, b Value) Value {
	if a.IsBool() && b.IsBool() {
		return MakeBool(a.B|b.B != 0)
	}
	return intOr(t, a, b)
}

func boolXor(t *Thread, a, b Value) Value {
	if a.IsBool() && b.IsBool() {
		return MakeBool(a.B != b.B)
	}
	return intXor(t, a, b)
}
