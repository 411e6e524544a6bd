package object

// The functions in slots of classes that define the special method in Python.

// callSlot calls a special method that the type is known to have had when the slot was set.
func (t *Thread) callSlot(v Value, name *Str, args ...Value) Value {
	r, found := t.CallSpecial(v, name, args...)
	if !found {
		return t.NoAttribute(v, name)
	}
	return r
}

// callSlotOptional is callMaybe that takes a missing method for NotImplemented.
func (t *Thread) callSlotOptional(v Value, name *Str, args ...Value) Value {
	r, found := t.callMaybe(v, name, args...)
	if !found {
		return NotImplemented
	}
	return r
}

// callMaybe calls a special method, which is missing if its descriptor raises AttributeError.
func (t *Thread) callMaybe(v Value, name *Str, args ...Value) (r Value, found bool) {
	f := v.Type().Lookup(t, name)
	if f.P == nil {
		return Value{}, false
	}
	ft := f.Type()
	if ft.Flags&FlagMethodDescriptor != 0 {
		return t.callWith(f, v, args), true
	}
	if ft.DescrGet != nil {
		if f = ft.DescrGet(t, f, v, Of(v.Type())); f.P == nil {
			return f, t.Catch(&AttributeErrorType) == nil
		}
	}
	return t.callWith(f, Value{}, args), true
}

// callPlain calls a method in Python that has been found in v's class with v and, unless it is no value, x. Not done: it is something else, or there is
// more to do than to run it.
func (t *Thread) callPlain(f, v, x Value) (r Value, done bool) {
	if f.P == nil || f.Type() != &FuncType {
		return Value{}, false
	}
	n := 2
	if x.P == nil {
		n = 1
	}
	return t.Interp.CallPlain(t, To[Func](f), n, v, x, Value{})
}

// compareOwn compares two objects of cls as its method in Python says. Not done: it has none, or there is more to do.
func (t *Thread) compareOwn(cls *Type, a, b Value, op CompareOp) (r Value, done bool) {
	if cls.Flags&FlagHeap == 0 {
		return Value{}, false
	}
	r, done = t.callPlain(cls.Lookup(t, compareNames[op]), a, b)
	if r == NotImplemented {
		r = t.CompareAfter(a, b, op)
	}
	return r, done
}

// callFound calls what has been found for a special method in v's class.
func (t *Thread) callFound(v, f Value, args []Value) Value {
	ft := f.Type()
	if ft.Flags&FlagMethodDescriptor != 0 {
		return t.callWith(f, v, args)
	}
	if ft.DescrGet != nil {
		if f = ft.DescrGet(t, f, v, Of(v.Type())); f.P == nil {
			return f
		}
	}
	return t.callWith(f, Value{}, args)
}

var (
	nameHash      = StaticName("__hash__")
	nameCall      = StaticName("__call__")
	nameGetAttr   = StaticName("__getattr__")
	nameGetAttrib = StaticName("__getattribute__")
	nameSetAttr   = StaticName("__setattr__")
	nameDelAttr   = StaticName("__delattr__")
	nameNext      = StaticName("__next__")
	nameGet       = StaticName("__get__")
	nameSet       = StaticName("__set__")
	nameDelete    = StaticName("__delete__")
	nameInit      = StaticName("__init__")
	nameNew       = StaticName("__new__")
	nameDel       = StaticName("__del__")
	nameBool      = StaticName("__bool__")
	nameLen       = StaticName("__len__")
	nameSetItem   = StaticName("__setitem__")
	nameDelItem   = StaticName("__delitem__")
	nameContains  = StaticName("__contains__")
	nameIterSlot  = StaticName("__iter__")
	namePow       = StaticName("__pow__")
	nameRpow      = StaticName("__rpow__")
	nameRepr      = StaticName("__repr__")
	compareNames  [6]*Str
	// binaryNames and inplaceNames have no name for what is no operator's method.
	binaryNames, inplaceNames [NumBinary]*Str
)

// Method returns the name of the method that a comparison calls.
func (op CompareOp) Method() *Str { return compareNames[op] }

// Method returns the name of the method that a binary operator calls.
func (op BinaryOp) Method() *Str { return binaryNames[op] }

// InplaceMethod returns the name of the method that the operator calls with an assignment; nil: there is none.
func (op BinaryOp) InplaceMethod() *Str { return inplaceNames[op] }

func init() {
	for i, n := range []string{"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"} {
		compareNames[i] = StaticName(n)
	}
}

func slotHash(t *Thread, v Value) (int64, bool) {
	f := v.Type().Lookup(t, nameHash)
	if f.P == nil || f.IsNone() {
		t.TypeErrorf("unhashable type: '%s'", v.Type().Name)
		return 0, false
	}
	r, found := t.callPlain(f, v, Value{})
	if !found {
		if r, found = t.callMaybe(v, nameHash); !found {
			t.TypeErrorf("unhashable type: '%s'", v.Type().Name)
			return 0, false
		}
	}
	if r.P == nil {
		return 0, false
	}
	if r.Type().Flags&FlagInt == 0 {
		t.TypeErrorf("__hash__ method should return an integer")
		return 0, false
	}
	x := ExactInt(r)
	if !x.IsInt() {
		return t.Hash(x)
	}
	if x.Int() == -1 {
		return -2, true
	}
	return x.Int(), true
}

func slotCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	m := f.Type().Lookup(t, nameCall)
	if m.P == nil {
		return t.notCallable(f)
	}
	mt := m.Type()
	if mt.Flags&FlagMethodDescriptor == 0 {
		if mt.DescrGet != nil {
			if m = mt.DescrGet(t, m, f, Of(f.Type())); m.P == nil {
				return m
			}
		}
		return t.Call(m, args, names)
	}
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = f
	copy(a[1:], args)
	v := t.Call(m, a, names)
	t.Pop(mark, a)
	return v
}

func slotGetAttr(t *Thread, v Value, name *Str) Value {
	x, ok := quietSlotGetAttr(t, v, name)
	if x.P != nil || !ok {
		return x
	}
	// Nobody has it: once more, for the error.
	own := v.Type().Lookup(t, nameGetAttrib)
	if own.P != nil && own.Is(&SlotWrapperType) {
		return To[SlotWrapper](own).Owner.GetAttr(t, v, name)
	}
	return t.NoAttribute(v, name)
}

// quietSlotGetAttr looks up an attribute of an object whose class defines __getattribute__ or __getattr__. Errors of
// these methods are errors; only where no method has been asked a missing attribute is none.
func quietSlotGetAttr(t *Thread, v Value, name *Str) (Value, bool) {
	cls := v.Type()
	own := cls.Lookup(t, nameGetAttrib)
	var x Value
	ok := false
	switch {
	case own == objectGetAttr:
		x, ok = t.genericGet(v, name, true)
	case own.P != nil && own.Is(&SlotWrapperType):
		if o := To[SlotWrapper](own).Owner; o.quietAttr != nil {
			x, ok = o.quietAttr(t, v, name)
		} else {
			x = o.GetAttr(t, v, name)
			ok = x.P != nil
		}
	default:
		x = t.callSlot(v, nameGetAttrib, Of(name))
		ok = x.P != nil
	}
	if x.P != nil {
		return x, true
	}
	f := cls.Lookup(t, nameGetAttr)
	if f.P == nil || !ok && (t.Exc == nil || !t.Exc.Type.IsSubtype(&AttributeErrorType)) {
		return x, ok
	}
	t.Exc = nil
	x, done := t.callPlain(f, v, Of(name))
	if !done {
		x = t.callFound(v, f, []Value{Of(name)})
	}
	return x, x.P != nil
}

// objectGetAttr is object.__getattribute__.
var objectGetAttr Value

func slotSetAttr(t *Thread, v Value, name *Str, x Value) bool {
	if x.P == nil {
		return t.callSlot(v, nameDelAttr, Of(name)).P != nil
	}
	return t.callSlot(v, nameSetAttr, Of(name), x).P != nil
}

// wrapSetAttr is __setattr__ and __delattr__ of builtin types called by name.
func (t *Thread) wrapSetAttr(owner *Type, self, name, x Value) Value {
	n := t.attrName(name)
	if n == nil {
		return Value{}
	}
	// object.__setattr__ must not reach around the setattr of a builtin type that is more derived.
	for s := self.Type(); s != nil; s = s.Base {
		if s.Flags&FlagHeap == 0 {
			if s != owner && s.SetAttr != nil && !(s.genericSet && owner.genericSet) && !sameSetAttr(s, owner) {
				what := "__setattr__"
				if x.P == nil {
					what = "__delattr__"
				}
				return t.TypeErrorf("can't apply this %s to %s object", what, self.Type().Name)
			}
			break
		}
	}
	return t.noneIf(owner.SetAttr(t, self, n, x))
}

// sameSetAttr reports whether a builtin type has inherited its setattr from owner.
func sameSetAttr(s, owner *Type) bool {
	for ; s != nil && s != owner; s = s.Base {
		if s.Dict().GetStr(nameSetAttr).P != nil {
			return false
		}
	}
	return true
}

// attrName returns the interned str of an attribute's name.
func (t *Thread) attrName(v Value) *Str {
	if !v.IsStr() {
		t.TypeErrorf("attribute name must be string, not '%s'", v.Type().Name)
		return nil
	}
	return t.Interp.InternStr(v.Str())
}

func slotCompare(t *Thread, a, b Value, op CompareOp) Value {
	f := a.Type().Lookup(t, compareNames[op])
	if op == CmpNe && f == objectNe {
		// Not equal is the inverse of equal, without a detour through object's method.
		r := slotCompare(t, a, b, CmpEq)
		if r.P == nil || r == NotImplemented {
			return r
		}
		eq, ok := t.IsTrue(r)
		if !ok {
			return Value{}
		}
		return MakeBool(!eq)
	}
	if f.P == nil {
		return NotImplemented
	}
	if r, done := t.callPlain(f, a, b); done {
		return r
	}
	if f.Type().Flags&FlagMethodDescriptor != 0 {
		return t.callWith(f, a, []Value{b})
	}
	return t.callSlotOptional(a, compareNames[op], b)
}

// objectNe is object.__ne__.
var objectNe Value

func slotIter(t *Thread, v Value) Value {
	f := v.Type().Lookup(t, nameIterSlot)
	if f.P != nil && !f.IsNone() {
		if r, found := t.callMaybe(v, nameIterSlot); found {
			return r
		}
	}
	return t.TypeErrorf("'%s' object is not iterable", v.Type().Name)
}

func slotRepr(t *Thread, v Value) Value {
	if r, found := t.callMaybe(v, nameRepr); found {
		return r
	}
	return MakeStr(sprintf("<%s object at %#x>", v.Type().Name, uintptr(v.P)))
}

func slotNext(t *Thread, v Value) Value { return t.callSlot(v, nameNext) }

func slotDescrGet(t *Thread, d, obj, cls Value) Value {
	f := d.Type().Lookup(t, nameGet)
	if f.P == nil {
		return d
	}
	if obj.P == nil {
		obj = None
	}
	if cls.P == nil {
		cls = None
	}
	return t.CallArgs(f, d, obj, cls) // as it is found: __get__ is not itself bound by __get__
}

func slotDescrSet(t *Thread, d, obj, x Value) bool {
	if x.P == nil {
		return t.callSlot(d, nameDelete, obj).P != nil
	}
	return t.callSlot(d, nameSet, obj, x).P != nil
}

func slotInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	f := self.Type().Lookup(t, nameInit)
	if f.P == nil {
		return true
	}
	var r Value
	if f.Type().Flags&FlagMethodDescriptor != 0 {
		mark := t.Scratch
		a := t.Push(len(args) + 1)
		a[0] = self
		copy(a[1:], args)
		r = t.Call(f, a, names)
		t.Pop(mark, a)
	} else {
		if get := f.Type().DescrGet; get != nil {
			f = get(t, f, self, Of(self.Type()))
			if f.P == nil {
				return false
			}
		}
		r = t.Call(f, args, names)
	}
	if r.P == nil {
		return false
	}
	if !r.IsNone() {
		t.TypeErrorf("__init__() should return None, not '%s'", r.Type().Name)
		return false
	}
	return true
}

// slotNew calls the Python __new__ of a class.
func slotNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	f := t.GetAttr(Of(cls), nameNew)
	if f.P == nil {
		return f
	}
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = Of(cls)
	copy(a[1:], args)
	v := t.Call(f, a, names)
	t.Pop(mark, a)
	return v
}

func slotDel(t *Thread, v Value) {
	exc := t.Exc
	t.Exc = nil
	if r, found := t.CallSpecial(v, nameDel); found && r.P == nil {
		t.Unraisable("Exception ignored while calling deallocator ", v.Type().Lookup(t, nameDel))
	}
	t.Exc = exc
}

func slotBool(t *Thread, v Value) (bool, bool) {
	f := v.Type().Lookup(t, nameBool)
	if f.P != nil && f.IsNone() {
		t.TypeErrorf("'%s' cannot be interpreted as a boolean", v.Type().Name)
		return false, false
	}
	r, found := t.callMaybe(v, nameBool)
	if !found {
		if n := v.Type().Len; n != nil {
			x, ok := n(t, v)
			return x > 0, ok
		}
		return true, true
	}
	if r.P == nil {
		return false, false
	}
	if !r.IsBool() {
		t.TypeErrorf("__bool__ should return bool, returned %s", r.Type().Name)
		return false, false
	}
	return r == True, true
}

func slotLen(t *Thread, v Value) (int, bool) {
	r := t.callSlot(v, nameLen)
	if r.P == nil {
		return 0, false
	}
	r = t.Index(r)
	if r.P == nil {
		return 0, false
	}
	if r.IsInt() && r.Int() < 0 || !r.IsInt() && To[Int](r).V.Sign() < 0 {
		t.ValueErrorf("__len__() should return >= 0")
		return 0, false
	}
	return t.AsIndexErr(r, &OverflowErrorType)
}

func slotSetItem(t *Thread, o, k, x Value) bool {
	if x.P == nil {
		return t.callSlot(o, nameDelItem, k).P != nil
	}
	return t.callSlot(o, nameSetItem, k, x).P != nil
}

func slotContains(t *Thread, o, k Value) (bool, bool) {
	f := o.Type().Lookup(t, nameContains)
	if f.P != nil && f.IsNone() {
		t.TypeErrorf("'%s' object is not a container", o.Type().Name)
		return false, false
	}
	r, found := t.callMaybe(o, nameContains, k)
	if !found {
		// Only the iterator protocol is left.
		return t.containsIter(o, k)
	}
	if r.P == nil {
		return false, false
	}
	return t.IsTrue(r)
}

// slotBinary is the number slot of classes that define name or rname.
func (t *Thread) slotBinary(op BinaryOp, name, rname *Str, a, b Value) Value {
	ta, tb := a.Type(), b.Type()
	other := ta != tb && tb.slotOwner[op] == genericOwner
	if ta.slotOwner[op] == genericOwner {
		if other && tb.IsSubtype(ta) && overloads(t, ta, tb, rname) {
			if r := t.callSlotOptional(b, rname, a); r != NotImplemented {
				return r
			}
			other = false
		}
		if r := t.callSlotOptional(a, name, b); r != NotImplemented || ta == tb {
			return r
		}
	}
	if other {
		return t.callSlotOptional(b, rname, a)
	}
	return NotImplemented
}

// overloads reports whether tb has a reflected method that differs from ta's.
func overloads(t *Thread, ta, tb *Type, rname *Str) bool {
	f := tb.Lookup(t, rname)
	return f.P != nil && f != ta.Lookup(t, rname)
}

// slotPow3 is slotBinary for pow with three arguments.
func slotPow3(t *Thread, a, b, c Value) Value {
	ta, tb := a.Type(), b.Type()
	other := ta != tb && tb.slotOwner[OpPower] == genericOwner
	if ta.slotOwner[OpPower] == genericOwner {
		if other && tb.IsSubtype(ta) && overloads(t, ta, tb, nameRpow) {
			if r := t.callSlotOptional(b, nameRpow, a, c); r != NotImplemented {
				return r
			}
			other = false
		}
		if r := t.callSlotOptional(a, namePow, b, c); r != NotImplemented || ta == tb {
			return r
		}
	}
	if other {
		return t.callSlotOptional(b, nameRpow, a, c)
	}
	return NotImplemented
}
