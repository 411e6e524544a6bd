package object

// SlotDef ties a special method's name to a slot. Several names may share one slot.
type SlotDef struct {
	Name string
	Sig  string
	Doc  string
	// has reports whether a type has the ability, so that its dict gets a wrapper.
	has func(s *Type) bool
	// call is what the wrapper does: it calls the slot of owner.
	call func(t *Thread, owner *Type, self Value, a []Value, names *Tuple) Value
	// copy sets d's slot to that of s (nil included).
	copy func(d, s *Type)
	// generic sets the slot to the function that calls the Python method.
	generic func(d *Type)
	// quick puts in front of it what methods in Go of d itself know how to do without a call; nil: there is no such thing.
	quick func(d *Type)
	// raw lets call see keywords.
	raw bool
	// group numbers the slot; names with the same group share it.
	group int

	name *Str // Name, interned
	// min and max are how many arguments the wrapper takes beside self.
	min, max int
}

var (
	slotDefs   []SlotDef
	slotByName = map[string]*SlotDef{}
	slotGroups [][]*SlotDef
	groupsOf   = map[string][][]*SlotDef{} // the groups that a name belongs to
)

// genericOwner marks binary slots that call Python methods.
var genericOwner = &ObjectType

const (
	sigUnary  = "($self, /)"
	sigValue  = "($self, value, /)"
	sigBinary = "($self, value, /)"
)

func setupSlotDefs() {
	slotDefs = make([]SlotDef, 0, maxSlotDefs)
	add := func(d SlotDef) { slotDefs = append(slotDefs, d) }
	group := 0
	unary := func(name, doc string, field func(s *Type) *UnaryFunc) {
		group++
		n := StaticName(name)
		call := func(t *Thread, v Value) Value { return t.callSlot(v, n) }
		add(SlotDef{Name: name, Sig: sigUnary, Doc: doc, group: group,
			has:     func(s *Type) bool { return *field(s) != nil },
			call:    func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value { return (*field(o))(t, self) },
			copy:    func(d, s *Type) { *field(d) = *field(s) },
			generic: func(d *Type) { *field(d) = call }})
	}
	unary("__repr__", "Return repr(self).", func(s *Type) *UnaryFunc { return &s.Repr })
	slotDefs[len(slotDefs)-1].generic = func(d *Type) { d.Repr = slotRepr }
	group++
	add(SlotDef{Name: "__hash__", Sig: sigUnary, Doc: "Return hash(self).", group: group,
		has: func(s *Type) bool { return s.Hash != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			h, ok := o.Hash(t, self)
			if !ok {
				return Value{}
			}
			return MakeInt(h)
		},
		copy:    func(d, s *Type) { d.Hash, d.itemsHash = s.Hash, s.itemsHash },
		generic: func(d *Type) { d.Hash, d.itemsHash = slotHash, false },
		quick: func(d *Type) {
			m := methodInGo(d, nameHash)
			if m == nil || m.HashOf == nil {
				return
			}
			d.Hash = func(t *Thread, v Value) (int64, bool) {
				if h, done := m.HashOf(t, v); done {
					return h, true
				}
				return slotHash(t, v)
			}
		}})
	group++
	add(SlotDef{Name: "__call__", Sig: "($self, /, *args, **kwargs)", Doc: "Call self as a function.", group: group, raw: true,
		has: func(s *Type) bool { return s.Call != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, names *Tuple) Value {
			return o.Call(t, self, a, names)
		},
		copy: func(d, s *Type) { d.Call = s.Call }, generic: func(d *Type) { d.Call = slotCall }})
	unary("__str__", "Return str(self).", func(s *Type) *UnaryFunc { return &s.Str })
	group++
	getattr := SlotDef{Name: "__getattribute__", Sig: "($self, name, /)", Doc: "Return getattr(self, name).", group: group,
		has: func(s *Type) bool { return s.GetAttr != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			n := t.attrName(a[0])
			if n == nil {
				return Value{}
			}
			return o.GetAttr(t, self, n)
		},
		copy: func(d, s *Type) {
			d.GetAttr, d.quietAttr, d.genericAttrs, d.plainType = s.GetAttr, s.quietAttr, s.genericAttrs, s.plainType
		},
		generic: func(d *Type) {
			d.GetAttr, d.quietAttr, d.genericAttrs, d.plainType = slotGetAttr, quietSlotGetAttr, false, false
		}}
	add(getattr)
	getattr.Name, getattr.has, getattr.call = "__getattr__", func(*Type) bool { return false }, nil
	add(getattr)
	group++
	setattr := SlotDef{Name: "__setattr__", Sig: "($self, name, value, /)", Doc: "Implement setattr(self, name, value).", group: group,
		has: func(s *Type) bool { return s.SetAttr != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			return t.wrapSetAttr(o, self, a[0], a[1])
		},
		copy:    func(d, s *Type) { d.SetAttr, d.genericSet = s.SetAttr, s.genericSet },
		generic: func(d *Type) { d.SetAttr, d.genericSet = slotSetAttr, false }}
	add(setattr)
	setattr.Name, setattr.Sig, setattr.Doc = "__delattr__", "($self, name, /)", "Implement delattr(self, name)."
	setattr.call = func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
		return t.wrapSetAttr(o, self, a[0], Value{})
	}
	add(setattr)
	group++
	for op, name := range []string{"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"} {
		op := CompareOp(op)
		add(SlotDef{Name: name, Sig: sigValue, Doc: "Return self" + compareSigns[op] + "value.", group: group,
			has: func(s *Type) bool { return s.Compare != nil },
			call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
				return o.Compare(t, self, a[0], op)
			},
			copy:    func(d, s *Type) { d.Compare, d.itemsCompare = s.Compare, s.itemsCompare },
			generic: func(d *Type) { d.Compare, d.itemsCompare = slotCompare, false },
			quick:   quickCompare})
	}
	unary("__iter__", "Implement iter(self).", func(s *Type) *UnaryFunc { return &s.Iter })
	slotDefs[len(slotDefs)-1].generic = func(d *Type) { d.Iter = slotIter }
	group++
	add(SlotDef{Name: "__next__", Sig: sigUnary, Doc: "Implement next(self).", group: group,
		has: func(s *Type) bool { return s.Next != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			v := o.Next(t, self)
			if v.P == nil && t.Exc == nil {
				return t.RaiseNew(&StopIterationType)
			}
			return v
		},
		copy: func(d, s *Type) { d.Next = s.Next }, generic: func(d *Type) { d.Next = slotNext }})
	group++
	add(SlotDef{Name: "__get__", Sig: "($self, instance, owner=None, /)", Doc: "Return an attribute of instance, which is of type owner.", group: group,
		has: func(s *Type) bool { return s.DescrGet != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			obj, cls := a[0], Value{}
			if len(a) > 1 {
				cls = a[1]
			}
			if cls.P != nil && cls.IsNone() {
				cls = Value{}
			}
			if obj.IsNone() {
				if cls.P == nil {
					return t.TypeErrorf("__get__(None, None) is invalid")
				}
				obj = Value{}
			}
			return o.DescrGet(t, self, obj, cls)
		},
		copy: func(d, s *Type) { d.DescrGet = s.DescrGet }, generic: func(d *Type) { d.DescrGet = slotDescrGet }})
	group++
	descrSet := SlotDef{Name: "__set__", Sig: "($self, instance, value, /)", Doc: "Set an attribute of instance to value.", group: group,
		has: func(s *Type) bool { return s.DescrSet != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			return t.noneIf(o.DescrSet(t, self, a[0], a[1]))
		},
		copy: func(d, s *Type) { d.DescrSet = s.DescrSet }, generic: func(d *Type) { d.DescrSet = slotDescrSet }}
	add(descrSet)
	descrSet.Name, descrSet.Sig, descrSet.Doc = "__delete__", "($self, instance, /)", "Delete an attribute of instance."
	descrSet.call = func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
		return t.noneIf(o.DescrSet(t, self, a[0], Value{}))
	}
	add(descrSet)
	group++
	add(SlotDef{Name: "__init__", Sig: "($self, /, *args, **kwargs)", Doc: "Initialize self.  See help(type(self)) for accurate signature.", group: group, raw: true,
		has: func(s *Type) bool { return s.Init != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, names *Tuple) Value {
			return t.noneIf(o.Init(t, self, a, names))
		},
		copy: func(d, s *Type) { d.Init = s.Init }, generic: func(d *Type) { d.Init = slotInit }})
	group++
	add(SlotDef{Name: "__del__", Sig: sigUnary, Doc: "Called when the instance is about to be destroyed.", group: group,
		has: func(s *Type) bool { return s.Del != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			o.Del(t, self)
			return None
		},
		copy: func(d, s *Type) { d.Del = s.Del }, generic: func(d *Type) { d.Del = slotDel }})
	for _, n := range []struct {
		op         BinaryOp
		name, sign string
	}{{OpAdd, "add", "+"}, {OpSubtract, "sub", "-"}, {OpMultiply, "mul", "*"}, {OpRemainder, "mod", "%"}, {OpDivmod, "divmod", ""},
		{OpPower, "pow", "**"}, {OpLshift, "lshift", "<<"}, {OpRshift, "rshift", ">>"}, {OpAnd, "and", "&"}, {OpXor, "xor", "^"},
		{OpOr, "or", "|"}, {OpFloorDivide, "floordiv", "//"}, {OpTrueDivide, "truediv", "/"}, {OpMatrixMultiply, "matmul", "@"}} {
		group++
		addBinarySlot(add, group, n.op, n.name, n.sign)
	}
	for _, n := range []struct {
		op         BinaryOp
		name, sign string
	}{{OpAdd, "iadd", "+="}, {OpSubtract, "isub", "-="}, {OpMultiply, "imul", "*="}, {OpRemainder, "imod", "%="}, {OpPower, "ipow", "**="},
		{OpLshift, "ilshift", "<<="}, {OpRshift, "irshift", ">>="}, {OpAnd, "iand", "&="}, {OpXor, "ixor", "^="}, {OpOr, "ior", "|="},
		{OpFloorDivide, "ifloordiv", "//="}, {OpTrueDivide, "itruediv", "/="}, {OpMatrixMultiply, "imatmul", "@="}} {
		group++
		name := StaticName("__" + n.name + "__")
		op := n.op
		inplaceNames[op] = name
		slot := func(t *Thread, a, b Value) Value { return t.callSlot(a, name, b) }
		add(SlotDef{Name: name.S, Sig: sigValue, Doc: "Return self" + n.sign + "value.", group: group,
			has: func(s *Type) bool { return s.Inplace[op] != nil },
			call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
				return o.Inplace[op](t, self, a[0])
			},
			copy: func(d, s *Type) { d.Inplace[op] = s.Inplace[op] }, generic: func(d *Type) { d.Inplace[op] = slot }})
	}
	unary("__neg__", "-self", func(s *Type) *UnaryFunc { return &s.Neg })
	unary("__pos__", "+self", func(s *Type) *UnaryFunc { return &s.Pos })
	unary("__abs__", "abs(self)", func(s *Type) *UnaryFunc { return &s.Abs })
	unary("__invert__", "~self", func(s *Type) *UnaryFunc { return &s.Invert })
	unary("__int__", "int(self)", func(s *Type) *UnaryFunc { return &s.Int })
	unary("__float__", "float(self)", func(s *Type) *UnaryFunc { return &s.Float })
	unary("__index__", "Return self converted to an integer, if self is suitable for use as an index into a list.", func(s *Type) *UnaryFunc { return &s.Index })
	group++
	add(SlotDef{Name: "__bool__", Sig: sigUnary, Doc: "True if self else False", group: group,
		has: func(s *Type) bool { return s.Bool != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			r, ok := o.Bool(t, self)
			if !ok {
				return Value{}
			}
			return MakeBool(r)
		},
		copy: func(d, s *Type) { d.Bool = s.Bool }, generic: func(d *Type) { d.Bool = slotBool }})
	group++
	add(SlotDef{Name: "__len__", Sig: sigUnary, Doc: "Return len(self).", group: group,
		has: func(s *Type) bool { return s.Len != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			n, ok := o.Len(t, self)
			if !ok {
				return Value{}
			}
			return MakeInt(int64(n))
		},
		copy: func(d, s *Type) { d.Len = s.Len }, generic: func(d *Type) { d.Len = slotLen }})
	group++
	nameGetItem := StaticName("__getitem__")
	add(SlotDef{Name: "__getitem__", Sig: "($self, key, /)", Doc: "Return self[key].", group: group,
		has:     func(s *Type) bool { return s.GetItem != nil },
		call:    func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value { return o.GetItem(t, self, a[0]) },
		copy:    func(d, s *Type) { d.GetItem = s.GetItem },
		generic: func(d *Type) { d.GetItem = func(t *Thread, v, k Value) Value { return t.callSlot(v, nameGetItem, k) } }})
	group++
	setItem := SlotDef{Name: "__setitem__", Sig: "($self, key, value, /)", Doc: "Set self[key] to value.", group: group,
		has: func(s *Type) bool { return s.SetItem != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			return t.noneIf(o.SetItem(t, self, a[0], a[1]))
		},
		copy: func(d, s *Type) { d.SetItem = s.SetItem }, generic: func(d *Type) { d.SetItem = slotSetItem }}
	add(setItem)
	setItem.Name, setItem.Sig, setItem.Doc = "__delitem__", "($self, key, /)", "Delete self[key]."
	setItem.call = func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
		return t.noneIf(o.SetItem(t, self, a[0], Value{}))
	}
	add(setItem)
	group++
	add(SlotDef{Name: "__contains__", Sig: "($self, key, /)", Doc: "Return bool(key in self).", group: group,
		has: func(s *Type) bool { return s.Contains != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			r, ok := o.Contains(t, self, a[0])
			if !ok {
				return Value{}
			}
			return MakeBool(r)
		},
		copy: func(d, s *Type) { d.Contains = s.Contains }, generic: func(d *Type) { d.Contains = slotContains }})
	addSequenceSlots(add, &group)
	addBufferSlot(add, &group)
	unary("__await__", "Return an iterator to be used in await expression.", func(s *Type) *UnaryFunc { return &s.Await })
	unary("__aiter__", "Return an awaitable, that resolves in asynchronous iterator.", func(s *Type) *UnaryFunc { return &s.AIter })
	unary("__anext__", "Return a value or raise StopAsyncIteration.", func(s *Type) *UnaryFunc { return &s.ANext })

	slotGroups = make([][]*SlotDef, group+1)
	for i := range slotDefs {
		d := &slotDefs[i]
		sig := parseSignature(d.Sig)
		d.min, d.max = sig.min-1, sig.pos-1
		slotGroups[d.group] = append(slotGroups[d.group], d)
		if slotByName[d.Name] == nil {
			slotByName[d.Name] = d
		}
	}
	for _, g := range slotGroups {
		for _, d := range g {
			groupsOf[d.Name] = append(groupsOf[d.Name], g)
			d.name = StaticName(d.Name)
		}
	}
}

// addBinarySlot adds a binary operator with its reflected method.
func addBinarySlot(add func(SlotDef), group int, op BinaryOp, word, sign string) {
	name, rname := StaticName("__"+word+"__"), StaticName("__r"+word+"__")
	binaryNames[op] = name
	slot := func(t *Thread, a, b Value) Value { return t.slotBinary(op, name, rname, a, b) }
	d := SlotDef{Name: name.S, Sig: sigValue, Doc: "Return self" + sign + "value.", group: group,
		has: func(s *Type) bool { return s.Binary[op] != nil },
		call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			return o.Binary[op](t, self, a[0])
		},
		copy:    func(d, s *Type) { d.Binary[op], d.slotOwner[op] = s.Binary[op], s.slotOwner[op] },
		generic: func(d *Type) { d.Binary[op], d.slotOwner[op], d.quickOps = slot, genericOwner, d.quickOps&^(1<<op) },
		quick: func(d *Type) {
			m := methodInGo(d, name)
			if m == nil || m.Operator == nil {
				return
			}
			d.quickOps |= 1 << op
			d.Binary[op] = func(t *Thread, a, b Value) Value {
				if v, done := m.Operator(t, a, b); done && v != NotImplemented {
					return v
				}
				return slot(t, a, b)
			}
		}}
	if op == OpDivmod {
		d.Doc = "Return divmod(self, value)."
	}
	if op == OpPower {
		d.Sig, d.Doc = "($self, value, mod=None, /)", "Return pow(self, value, mod)."
		d.call = func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
			if len(a) > 1 && a[1].P != nil && !a[1].IsNone() {
				if o.Pow3 == nil {
					return NotImplemented
				}
				return o.Pow3(t, self, a[0], a[1])
			}
			return o.Binary[op](t, self, a[0])
		}
		copyPow, genericPow := d.copy, d.generic
		d.copy = func(d, s *Type) { copyPow(d, s); d.Pow3 = s.Pow3 }
		d.generic = func(d *Type) { genericPow(d); d.Pow3 = slotPow3 }
	}
	add(d)
	d.Name, d.Doc = rname.S, "Return value"+sign+"self."
	if op == OpDivmod {
		d.Doc = "Return divmod(value, self)."
	}
	d.call = func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
		if op == OpPower && len(a) > 1 && a[1].P != nil && !a[1].IsNone() {
			if o.Pow3 == nil {
				return NotImplemented
			}
			return o.Pow3(t, a[0], self, a[1])
		}
		return o.Binary[op](t, a[0], self)
	}
	add(d)
}

// addSequenceSlots adds the names that sequences share with numbers: their slots are of their own, and Python methods
// of these names fill the number slots only.
func addSequenceSlots(add func(SlotDef), group *int) {
	concat := func(name, doc string, field func(s *Type) *BinaryFunc) {
		*group++
		add(SlotDef{Name: name, Sig: sigValue, Doc: doc, group: *group,
			has:  func(s *Type) bool { return *field(s) != nil },
			call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value { return (*field(o))(t, self, a[0]) },
			copy: func(d, s *Type) { *field(d) = *field(s) }, generic: func(d *Type) { *field(d) = nil }})
	}
	concat("__add__", "Return self+value.", func(s *Type) *BinaryFunc { return &s.Concat })
	concat("__iadd__", "Implement self+=value.", func(s *Type) *BinaryFunc { return &s.InConcat })
	repeat := func(names []string, doc string, field func(s *Type) *func(t *Thread, o Value, n int) Value) {
		*group++
		for _, name := range names {
			add(SlotDef{Name: name, Sig: sigValue, Doc: doc, group: *group,
				has: func(s *Type) bool { return *field(s) != nil },
				call: func(t *Thread, o *Type, self Value, a []Value, _ *Tuple) Value {
					n, ok := t.AsIndexErr(a[0], &OverflowErrorType)
					if !ok {
						return Value{}
					}
					return (*field(o))(t, self, n)
				},
				copy: func(d, s *Type) { *field(d) = *field(s) }, generic: func(d *Type) { *field(d) = nil }})
		}
	}
	repeat([]string{"__mul__", "__rmul__"}, "Return self*value.", func(s *Type) *func(t *Thread, o Value, n int) Value { return &s.Repeat })
	repeat([]string{"__imul__"}, "Implement self*=value.", func(s *Type) *func(t *Thread, o Value, n int) Value { return &s.InRepeat })
}

// methodInGo returns the method that the class itself has by that name, if it is one in Go.
func methodInGo(d *Type, name *Str) *MethodDef {
	f := d.Dict().GetStr(name)
	if f.P == nil || f.Type() != &MethodDescrType || To[MethodDescr](f).Owner != d {
		return nil
	}
	return To[MethodDescr](f).Def
}

// quickCompare puts the order of a class's methods before what calls them.
func quickCompare(d *Type) {
	if d.lookupSlow(compareNames[CmpNe]) != objectNe {
		return
	}
	var m *MethodDef
	for op, name := range compareNames {
		if op == int(CmpNe) {
			continue
		}
		if m = methodInGo(d, name); m == nil || m.Order == nil {
			return
		}
	}
	d.Compare = func(t *Thread, a, b Value, op CompareOp) Value {
		if r, done := m.Order(a, b); done {
			return MakeBool(op.Holds(r))
		}
		return slotCompare(t, a, b, op)
	}
}

// Holds reports whether a comparison holds of two objects of which the first is less (-1), equal, or greater (1).
func (op CompareOp) Holds(r int) bool {
	switch op {
	case CmpLt:
		return r < 0
	case CmpLe:
		return r <= 0
	case CmpEq:
		return r == 0
	case CmpNe:
		return r != 0
	case CmpGt:
		return r > 0
	}
	return r >= 0
}

func (t *Thread) noneIf(ok bool) Value {
	if !ok {
		return Value{}
	}
	return None
}
