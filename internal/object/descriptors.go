package object

// The types of descriptors that builtin types have in their dicts.

func setupDescriptors() {
	descrMembers := func(owner func(v Value) *Type, name func(v Value) string, doc func(v Value) string, sig func(v Value) string) []GetSetDef {
		out := []GetSetDef{
			{Name: "__objclass__", Member: true, Get: func(t *Thread, v Value) Value { return Of(owner(v)) }},
			{Name: "__name__", Member: true, Get: func(t *Thread, v Value) Value { return Of(t.Interp.Intern(name(v))) }},
			{Name: "__qualname__", Get: func(t *Thread, v Value) Value { return MakeStr(owner(v).qualname() + "." + name(v)) }},
			{Name: "__doc__", Get: func(t *Thread, v Value) Value { return strOrNone(doc(v)) }},
		}
		if sig != nil {
			out = append(out, GetSetDef{Name: "__text_signature__", Get: func(t *Thread, v Value) Value { return strOrNone(sig(v)) }})
		}
		return out
	}
	reduce := func(owner func(v Value) *Type, name func(v Value) string) []MethodDef {
		return []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			return t.reduceGetattr(Of(owner(a[0])), name(a[0]))
		}}}
	}
	repr := func(kind string, owner func(v Value) *Type, name func(v Value) string) UnaryFunc {
		return func(t *Thread, v Value) Value {
			return MakeStr("<" + kind + " '" + name(v) + "' of '" + owner(v).Name + "' objects>")
		}
	}
	mOwner := func(v Value) *Type { return To[MethodDescr](v).Owner }
	mName := func(v Value) string { return To[MethodDescr](v).Def.Name }
	mDoc := func(v Value) string { return To[MethodDescr](v).Def.Doc }
	mSig := func(v Value) string { return To[MethodDescr](v).Def.TextSignature() }
	Define(&MethodDescrType, TypeSpec{Name: "method_descriptor", Flags: FlagMethodDescriptor | FlagNoNew,
		Slots:   Slots{Call: methodDescrCall, DescrGet: methodDescrGet, Repr: repr("method", mOwner, mName)},
		Methods: reduce(mOwner, mName), GetSets: descrMembers(mOwner, mName, mDoc, mSig)})
	cOwner := func(v Value) *Type { return To[ClassMethodDescr](v).Owner }
	cName := func(v Value) string { return To[ClassMethodDescr](v).Def.Name }
	Define(&ClassMethodDescrType, TypeSpec{Name: "classmethod_descriptor", Flags: FlagNoNew,
		Slots: Slots{Call: classMethodDescrCall, DescrGet: classMethodDescrGet, Repr: repr("method", cOwner, cName)},
		GetSets: descrMembers(cOwner, cName, func(v Value) string { return To[ClassMethodDescr](v).Def.Doc },
			func(v Value) string { return To[ClassMethodDescr](v).Def.TextSignature() })})
	gOwner := func(v Value) *Type { return To[GetSetDescr](v).Owner }
	gName := func(v Value) string {
		if d := To[GetSetDescr](v).Def; d != nil {
			return d.Name
		}
		return To[MemberDescr](v).Name.S
	}
	gDoc := func(v Value) string {
		if d := To[GetSetDescr](v).Def; d != nil {
			return d.Doc
		}
		return ""
	}
	Define(&GetSetDescrType, TypeSpec{Name: "getset_descriptor", Flags: FlagNoNew,
		Slots:   Slots{DescrGet: getSetDescrGet, DescrSet: getSetDescrSet, Repr: repr("attribute", gOwner, gName)},
		GetSets: descrMembers(gOwner, gName, gDoc, nil)})
	Define(&MemberDescrType, TypeSpec{Name: "member_descriptor", Flags: FlagNoNew,
		Slots:   Slots{DescrGet: memberDescrGet, DescrSet: memberDescrSet, Repr: repr("member", gOwner, gName)},
		Methods: reduce(gOwner, gName), GetSets: descrMembers(gOwner, gName, gDoc, nil)})
	wOwner := func(v Value) *Type { return To[SlotWrapper](v).Owner }
	wName := func(v Value) string { return To[SlotWrapper](v).Def.Name }
	wDoc := func(v Value) string { return To[SlotWrapper](v).Def.Doc }
	wSig := func(v Value) string { return To[SlotWrapper](v).Def.Sig }
	Define(&SlotWrapperType, TypeSpec{Name: "wrapper_descriptor", Flags: FlagMethodDescriptor | FlagNoNew,
		Slots:   Slots{Call: slotWrapperCall, DescrGet: slotWrapperGet, Repr: repr("slot wrapper", wOwner, wName)},
		Methods: reduce(wOwner, wName), GetSets: descrMembers(wOwner, wName, wDoc, wSig)})
	Define(&MethodWrapperType, TypeSpec{Name: "method-wrapper", Flags: FlagNoNew,
		Slots: Slots{Call: methodWrapperCall, Compare: methodWrapperCompare,
			Hash: func(t *Thread, v Value) (int64, bool) {
				w := To[MethodWrapper](v)
				return fixHash(pointerHash(w.Self) ^ pointerHash(Of(w.Descr))), true
			},
			Repr: func(t *Thread, v Value) Value {
				w := To[MethodWrapper](v)
				return MakeStr(sprintf("<method-wrapper '%s' of %s object at %#x>", w.Descr.Def.Name, w.Self.Type().Name, ID(w.Self)))
			}},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			w := To[MethodWrapper](a[0])
			return t.reduceGetattr(w.Self, w.Descr.Def.Name)
		}}},
		GetSets: append([]GetSetDef{{Name: "__self__", Member: true, Get: func(t *Thread, v Value) Value { return To[MethodWrapper](v).Self }}},
			unmember(descrMembers(func(v Value) *Type { return To[MethodWrapper](v).Descr.Owner }, func(v Value) string { return To[MethodWrapper](v).Descr.Def.Name },
				func(v Value) string { return To[MethodWrapper](v).Descr.Def.Doc }, func(v Value) string { return To[MethodWrapper](v).Descr.Def.Sig }))...)})
	setupMappingProxy()
	setupStaticMethods()
	setupProperty()
	setupSuper()
}

func unmember(defs []GetSetDef) []GetSetDef {
	for i := range defs {
		defs[i].Member = false
	}
	return defs
}

func fixHash(h int64) int64 {
	if h == -1 {
		return -2
	}
	return h
}

func strOrNone(s string) Value {
	if s == "" {
		return None
	}
	return MakeStr(s)
}

var nameGetattrFunc = StaticName("getattr")

// reduceGetattr returns what __reduce__ does for something that getattr(obj, name) finds again.
func (t *Thread) reduceGetattr(obj Value, name string) Value {
	f := t.Interp.Builtins.GetStr(nameGetattrFunc)
	if f.P == nil {
		return t.RuntimeErrorf("builtins.getattr is gone")
	}
	return Of(NewTuple(f, Of(NewTuple(obj, Of(t.Interp.Intern(name))))))
}

func classMethodDescrCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	d := To[ClassMethodDescr](f)
	if len(args) == 0 || names != nil && len(args) == names.Len() {
		return t.TypeErrorf("descriptor '%s' of '%s' object needs an argument", d.Def.Name, d.Owner.Name)
	}
	b := classMethodDescrGet(t, f, Value{}, args[0])
	if b.P == nil {
		return b
	}
	return t.Call(b, args[1:], names)
}

func slotWrapperGet(t *Thread, dv, obj, cls Value) Value {
	if obj.P == nil {
		return dv
	}
	d := To[SlotWrapper](dv)
	if !obj.IsA(d.Owner) {
		return t.TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.Def.Name, d.Owner.Name, obj.Type().Name)
	}
	return Of(&MethodWrapper{Head{&MethodWrapperType}, d, obj})
}

func slotWrapperCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	d := To[SlotWrapper](f)
	if len(args) == 0 || names != nil && len(args) == names.Len() {
		return t.TypeErrorf("descriptor '%s' of '%s' object needs an argument", d.Def.Name, d.Owner.Name)
	}
	if !args[0].IsA(d.Owner) {
		return t.TypeErrorf("descriptor '%s' requires a '%s' object but received a '%s'", d.Def.Name, d.Owner.Name, args[0].Type().Name)
	}
	return d.call(t, args[0], args[1:], names)
}

func methodWrapperCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	w := To[MethodWrapper](f)
	return w.Descr.call(t, w.Self, args, names)
}

// call checks the arguments behind self and calls the slot.
func (d *SlotWrapper) call(t *Thread, self Value, args []Value, names *Tuple) Value {
	def := d.Def
	if def.raw {
		return def.call(t, d.Owner, self, args, names)
	}
	if names != nil && names.Len() > 0 {
		return t.TypeErrorf("wrapper %s() takes no keyword arguments", def.Name)
	}
	if n := len(args); n < def.min || n > def.max {
		switch {
		case def.min != def.max && def.Name != "__get__":
			return t.TypeErrorf("expected %d or %d arguments, got %d", def.min, def.max, n)
		case def.max < 2:
			return t.TypeErrorf("expected %d argument%s, got %d", def.max, plural(def.max), n)
		case def.min == def.max:
			return t.TypeErrorf("%s expected %d arguments, got %d", def.Name, def.max, n)
		case n < def.min:
			return t.TypeErrorf("%s expected at least %d argument%s, got %d", def.Name, def.min, plural(def.min), n)
		}
		return t.TypeErrorf("%s expected at most %d arguments, got %d", def.Name, def.max, n)
	}
	return def.call(t, d.Owner, self, args, nil)
}

func methodWrapperCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe || !b.Is(&MethodWrapperType) {
		return NotImplemented
	}
	x, y := To[MethodWrapper](a), To[MethodWrapper](b)
	return MakeBool((x.Self == y.Self && x.Descr == y.Descr) == (op == CmpEq))
}
