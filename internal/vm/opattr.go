package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

const instAttrs = unsafe.Offsetof(object.Instance{}.Attrs)

// slotOffset returns the byte offset of slot i in an instance of cls with the given number of inline slots, if the slot is one
// of them and the instance's Attrs follow its head.
func slotOffset(cls *object.Type, inline, i int) (uintptr, bool) {
	if i >= inline || cls.AttrOffset != instAttrs {
		return 0, false
	}
	return instAttrs + unsafe.Sizeof(object.Attrs{}) + uintptr(i)*valueSize, true
}

func opLoadAttr(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, fieldC(w))
	v := *regB(fp, w)
	cls := v.Type()
	for o := ic; o != nil; o = o.Older {
		if cls.Version != o.Version {
			continue
		}
		switch o.Kind {
		case cacheSlot:
			if attrsAt(v, instAttrs).Shape == o.Shape {
				*regA(fp, w) = *(*Value)(unsafe.Add(v.P, o.Offset))
				found(ic, o)
				return true
			}
		case cacheMember:
			if x := *(*Value)(unsafe.Add(v.P, o.Offset)); x.P != nil {
				*regA(fp, w) = x
				found(ic, o)
				return true
			}
		case cacheClassValue:
			*regA(fp, w) = o.Value
			found(ic, o)
			return true
		case cacheClassShape:
			if attrsAt(v, o.Offset).Shape == o.Shape {
				*regA(fp, w) = o.Value
				found(ic, o)
				return true
			}
		case cacheProperty:
			return getProperty(t, fp, w, o, v)
		case cacheGetSet:
			return put(fp, w, object.To[object.GetSetDescr](o.Value).Def.Get(t, v))
		case cacheBound:
			if !cls.HasDict || object.AttrsOf(v).Shape == o.Shape {
				if isFunc(o.Value) {
					*regA(fp, w) = object.NewBoundMethod(o.Value, v)
				} else {
					*regA(fp, w) = object.To[object.MethodDescr](o.Value).Bind(v)
				}
				return true
			}
		case cacheVariable:
			if !cls.HasDict || object.AttrsOf(v).Shape == o.Shape {
				if x := named(object.To[object.Type](o.Value).Dict(), o); x != nil {
					*regA(fp, w) = *x
					return true
				}
			}
		case cacheClass:
			if uintptr(object.To[object.Type](v).Version) == o.Offset {
				*regA(fp, w) = o.Value
				return true
			}
		case cacheClassVar:
			if uintptr(object.To[object.Type](v).Version) == o.Offset {
				if x := named(object.To[object.Type](o.Value).Dict(), o); x != nil {
					*regA(fp, w) = *x
					return true
				}
			}
		case cacheFar:
			if a := attrsAt(v, o.Offset); a.Shape == o.Shape {
				*regA(fp, w) = *a.Slot(int(o.Count))
				return true
			}
		case cacheDict:
			x, own := inDict(o, v)
			if !own && x.P != nil {
				if f, self := called(x, v, cls); self.P == nil {
					x = f
				} else if x.Type() == &object.MethodDescrType {
					x = object.To[object.MethodDescr](x).Bind(v)
				} else {
					x = object.NewBoundMethod(f, self)
				}
			}
			if x.P != nil {
				*regA(fp, w) = x
				return true
			}
		case cacheGetter:
			dt := o.Value.Type()
			if dt.DescrGet == nil || dt.DescrSet == nil {
				break // no longer
			}
			if m := method(t, dt, nameGet); m != nil {
				return tail(t, fp, w, m, o.Value, v, object.Of(cls))
			}
			return put(fp, w, dt.DescrGet(t, o.Value, v, object.Of(cls)))
		}
	}
	switch {
	case cls == &object.ModuleType:
		fillModule(t, ic, v)
	case cls.Flags&object.FlagType != 0:
		if x := fillClass(t, ic, v); x.P != nil {
			*regA(fp, w) = x
			return true
		}
	case cls.Version != 0 && (cls.GenericAttrs() || t.HookOnly(cls)):
		fillAttr(t, ic, v, cls)
	}
	if cls.GenericAttrs() {
		if d := cls.Lookup(t, ic.Name); d.P != nil {
			if m := method(t, d.Type(), nameGet); m != nil && (d.Type().DescrSet != nil || t.OwnAttr(v, ic.Name).P == nil) {
				return tail(t, fp, w, m, d, v, object.Of(cls))
			}
		}
	}
	return put(fp, w, t.GetAttr(v, ic.Name))
}

// fillClass sets the cache of an attribute of a class that is found in the class itself or its bases, and returns it. No value: it is of
// another kind.
func fillClass(t *Thread, ic *object.Cache, v Value) Value {
	cls, meta := object.To[object.Type](v), v.Type()
	if !meta.PlainType() || cls.Version == 0 || meta.Version == 0 {
		return Value{}
	}
	md := meta.Lookup(t, ic.Name)
	if md.P != nil && md.Type() == &object.GetSetDescrType {
		// A field of classes, as __name__, goes before what the class itself has.
		if g := object.To[object.GetSetDescr](md); g.Def != nil && g.Def.Get != nil && meta.IsSubtype(g.Owner) {
			remember(ic)
			ic.Kind, ic.Version, ic.Value = cacheGetSet, meta.Version, md
		}
		return Value{}
	}
	x := cls.Lookup(t, ic.Name)
	if x.P == nil {
		return x
	}
	xt := x.Type()
	if xt.DescrGet != nil && xt.Flags&object.FlagMethodDescriptor == 0 && xt != &object.StaticMethodType {
		return Value{}
	}
	if md.P != nil && md.Type().DescrSet != nil {
		return Value{} // a data descriptor of the metaclass goes first
	}
	if xt == &object.StaticMethodType {
		x = object.To[object.StaticMethod](x).Func
	}
	remember(ic)
	ic.Kind, ic.Version, ic.Offset, ic.Value = cacheClass, meta.Version, uintptr(cls.Version), x
	fillVariable(ic, cls, cacheClassVar)
	return x
}

// fillVariable changes a cache that holds the value of a class's attribute if that is a variable: then the cache says where it is.
func fillVariable(ic *object.Cache, cls *object.Type, kind uint8) {
	if owner := cls.Variable(ic.Name); owner != nil {
		ic.Kind, ic.Value, ic.Count = kind, object.Of(owner), uint32(owner.Dict().FindStr(ic.Name))
	}
}

// fillAttr sets the cache of a LoadAttr for objects like v, if the attribute is of a kind that can be cached.
func fillAttr(t *Thread, ic *object.Cache, v Value, cls *object.Type) {
	remember(ic)
	ic.Kind, ic.Version = cacheEmpty, noVersion
	d := cls.Lookup(t, ic.Name)
	if d.P != nil {
		dt := d.Type()
		if dt == &object.MemberDescrType && v.Type().Flags&object.FlagHeap != 0 {
			if m, ok := object.AsMember(d); ok && cls.IsSubtype(m.Owner) {
				if off, ok := slotOffset(cls, cls.Inline, m.Slot); ok {
					ic.Kind, ic.Version, ic.Offset = cacheMember, cls.Version, off
				}
			}
			return
		}
		if dt == &object.PropertyType {
			if p := object.To[object.Property](d); p.Getter.P != nil && isFunc(p.Getter) && object.To[object.Func](p.Getter).Code.Args == 1 {
				ic.Kind, ic.Version, ic.Value = cacheProperty, cls.Version, p.Getter
			}
			return
		}
		if dt == &object.GetSetDescrType || dt == &object.MemberDescrType {
			if g := object.To[object.GetSetDescr](d); g.Def != nil && g.Def.Get != nil && cls.IsSubtype(g.Owner) {
				ic.Kind, ic.Version, ic.Value = cacheGetSet, cls.Version, d
			}
			return
		}
		if dt.DescrSet != nil {
			if dt.DescrGet != nil {
				ic.Kind, ic.Version, ic.Value = cacheGetter, cls.Version, d
			}
			return
		}
	}
	if cls.HasDict {
		a := object.AttrsOf(v)
		if a.Shape == object.DictShape {
			fillDict(ic, cls, d)
			return
		}
		if i := a.Shape.Find(ic.Name); i >= 0 {
			fillSlot(ic, cls, a.Shape, i)
		} else if d.P != nil && d.Type().DescrGet == nil {
			ic.Kind, ic.Version, ic.Shape, ic.Offset, ic.Value = cacheClassShape, cls.Version, a.Shape, cls.AttrOffset, d
			fillVariable(ic, cls, cacheVariable)
		} else if d.P != nil && binds(d, cls) {
			ic.Kind, ic.Version, ic.Shape, ic.Value = cacheBound, cls.Version, a.Shape, d
		}
		return
	}
	if d.P != nil && d.Type().DescrGet == nil {
		ic.Kind, ic.Version, ic.Value = cacheClassValue, cls.Version, d
		fillVariable(ic, cls, cacheVariable)
	} else if d.P != nil && binds(d, cls) {
		ic.Kind, ic.Version, ic.Value = cacheBound, cls.Version, d
	}
}

// fillSlot sets a cache for the value in slot i of instances of cls with a shape.
func fillSlot(ic *object.Cache, cls *object.Type, shape *object.Shape, i int) {
	ic.Version, ic.Shape = cls.Version, shape
	if off, ok := slotOffset(cls, shape.Inline(), i); ok {
		ic.Kind, ic.Offset = cacheSlot, off
	} else {
		ic.Kind, ic.Offset, ic.Count = cacheFar, cls.AttrOffset, uint32(i)
	}
}

// binds reports whether d, which was found in a class, is a function or a method of a builtin type: instances give it with themselves.
func binds(d Value, cls *object.Type) bool {
	return isFunc(d) || d.Type() == &object.MethodDescrType && cls.IsSubtype(object.To[object.MethodDescr](d).Owner)
}

func opLoadMethod(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, fieldC(w))
	v := *regB(fp, w)
	cls := v.Type()
	a := regA(fp, w)
	if f, self := knownMethod(ic, v, cls); f.P != nil {
		*a, *next(a) = f, self
		return true
	}
	switch {
	case cls == &object.ModuleType:
		fillModule(t, ic, v)
	case cls.Flags&object.FlagType != 0:
		if x := fillClass(t, ic, v); x.P != nil {
			*a, *next(a) = x, Value{}
			return true
		}
	case cls.Version != 0 && (cls.GenericAttrs() || t.HookOnly(cls)):
		d := cls.Lookup(t, ic.Name)
		if d.P != nil && d.Type().Flags&object.FlagMethodDescriptor != 0 {
			if !cls.HasDict {
				remember(ic)
				ic.Kind, ic.Version, ic.Value = cacheMethod, cls.Version, d
				*a, *next(a) = d, v
				return true
			}
			at := object.AttrsOf(v)
			if at.Shape != object.DictShape && at.Shape.Find(ic.Name) < 0 {
				remember(ic)
				ic.Kind, ic.Version, ic.Value, ic.Shape, ic.Offset = cacheMethodShape, cls.Version, d, at.Shape, cls.AttrOffset
				*a, *next(a) = d, v
				return true
			}
		}
		if cls.HasDict && (d.P == nil || d.Type().DescrSet == nil) {
			at := object.AttrsOf(v)
			if at.Shape == object.DictShape {
				remember(ic)
				fillDict(ic, cls, d)
			} else if i := at.Shape.Find(ic.Name); i >= 0 {
				remember(ic)
				fillSlot(ic, cls, at.Shape, i)
				*a, *next(a) = *at.Slot(i), Value{}
				return true
			}
		}
	}
	f, self := t.LoadMethod(v, ic.Name)
	if f.P == nil {
		return false
	}
	if cls.GenericAttrs() && cls.Version != 0 {
		fillStatic(t, ic, v, cls, f)
	}
	if self.P == nil && f.Is(&object.BuiltinType) && cls.Flags&object.FlagType != 0 {
		// A class method of a builtin type, bound: it can be called again.
		c, b := object.To[object.Type](v), object.To[object.Builtin](f)
		d := c.Lookup(t, ic.Name)
		if c.Version != 0 && cls.Version != 0 && d.P != nil && d.Is(&object.ClassMethodDescrType) && object.To[object.ClassMethodDescr](d).Def == b.Def && b.Self == v {
			ic.Kind, ic.Version, ic.Offset, ic.Value = cacheClass, cls.Version, uintptr(c.Version), f
		}
	}
	if self == v && cls.Flags&object.FlagType != 0 {
		// A class method: a class has no other methods that it is handed to.
		if c := object.To[object.Type](v); c.Version != 0 && cls.Version != 0 {
			remember(ic)
			ic.Kind, ic.Version, ic.Offset, ic.Value = cacheClassMethod, cls.Version, uintptr(c.Version), f
		}
	}
	*a, *next(a) = f, self
	return true
}

// fillStatic sets the cache of a LoadMethod that has found f, if that is of a class method or a static method and v's own attributes are known by their shape.
func fillStatic(t *Thread, ic *object.Cache, v Value, cls *object.Type, f Value) {
	d := cls.Lookup(t, ic.Name)
	if d.P == nil {
		return
	}
	var count uint32
	switch d.Type() {
	case &object.ClassMethodType:
		if object.To[object.ClassMethod](d).Func != f {
			return
		}
		count = 1
	case &object.StaticMethodType:
		if object.To[object.StaticMethod](d).Func != f {
			return
		}
	default:
		return
	}
	var shape *object.Shape
	if cls.HasDict {
		if shape = object.AttrsOf(v).Shape; shape == object.DictShape || shape.Find(ic.Name) >= 0 {
			return
		}
	}
	remember(ic)
	ic.Kind, ic.Version, ic.Value, ic.Shape, ic.Count = cacheStatic, cls.Version, f, shape, count
}

func opStoreAttr(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, fieldC(w))
	v, x := *regA(fp, w), *regB(fp, w)
	cls := v.Type()
	if ic.Kind == cacheFar && cls.Version == ic.Version {
		if a := attrsAt(v, ic.Offset); a.Shape == ic.Shape {
			if i := int(ic.Count); ic.Next != nil {
				a.AddSlot(i, x, ic.Next)
			} else {
				*a.Slot(i) = x
			}
			return true
		}
	}
	if olderStore(ic, v, cls, x) {
		return true
	}
	if cls.GenericSet() && cls.Version != 0 && cls.Flags&object.FlagHeap != 0 {
		d := cls.Lookup(t, ic.Name)
		switch {
		case d.P == nil || d.Type().DescrSet == nil:
			if !cls.HasDict {
				break
			}
			a := object.AttrsOf(v)
			before := a.Shape
			object.SetInstanceAttr(v, ic.Name, x)
			if a.Shape == object.DictShape {
				if ic.Kind != cacheDict || ic.Version != cls.Version {
					remember(ic)
					fillDict(ic, cls, Value{})
				}
				return true
			}
			if i := a.Shape.Find(ic.Name); i >= 0 {
				if off, ok := slotOffset(cls, a.Shape.Inline(), i); ok {
					remember(ic)
					ic.Kind, ic.Version, ic.Shape, ic.Offset, ic.Next = cacheSlot, cls.Version, before, off, nil
				} else {
					remember(ic)
					ic.Kind, ic.Version, ic.Shape, ic.Offset, ic.Count, ic.Next = cacheFar, cls.Version, before, cls.AttrOffset, uint32(i), nil
				}
				if a.Shape != before {
					ic.Next = a.Shape
				}
			}
			return true
		case d.Type() == &object.MemberDescrType:
			if m, ok := object.AsMember(d); ok && cls.IsSubtype(m.Owner) {
				if off, ok := slotOffset(cls, cls.Inline, m.Slot); ok {
					remember(ic)
					ic.Kind, ic.Version, ic.Offset = cacheMember, cls.Version, off
				}
			}
		case d.Type() == &object.PropertyType:
			if f := object.To[object.Property](d).Setter; f.P != nil && isFunc(f) {
				return tailNone(t, object.To[object.Func](f), v, x)
			}
		default:
			if m := method(t, d.Type(), nameSet); m != nil {
				return tailNone(t, m, d, v, x)
			}
		}
	} else if m := method(t, cls, nameSetAttr); m != nil {
		return tailNone(t, m, v, object.Of(ic.Name), x)
	}
	return t.SetAttr(v, ic.Name, x)
}

func opDeleteAttr(t *Thread, fp ptr, w uint64) bool {
	return t.SetAttr(*regA(fp, w), codeOf(fp).Names[wideBC(w)], Value{})
}

func opSuperAttr(t *Thread, fp ptr, w uint64) bool {
	name := cacheAt(fp, fieldC(w)).Name
	b := regB(fp, w)
	super, cls, self := *b, *next(b), *nth(b, 2)
	x := fieldX(w)
	a := regA(fp, w)
	if super == object.Of(&object.SuperType) && cls.Type().Flags&object.FlagType != 0 {
		f, bound, ok := t.SuperMethod(object.To[object.Type](cls), self, name, x&1 != 0)
		if !ok {
			return false
		}
		*a = f
		if x&1 != 0 {
			*next(a) = bound
		}
		return true
	}
	var s Value
	if x&2 != 0 {
		s = t.CallArgs(super, cls, self)
	} else {
		s = t.CallArgs(super)
	}
	if s.P == nil {
		return false
	}
	f := t.GetAttr(s, name)
	if f.P == nil {
		return false
	}
	*a = f
	if x&1 != 0 {
		*next(a) = Value{}
	}
	return true
}

func opLoadSpecial(t *Thread, fp ptr, w uint64) bool {
	ic := cacheAt(fp, fieldC(w))
	v := *regB(fp, w)
	a := regA(fp, w)
	cls := v.Type()
	if f, _ := knownMethod(ic, v, cls); f.P != nil {
		*a, *next(a) = f, v
		return true
	}
	d := cls.Lookup(t, ic.Name)
	if d.P == nil {
		return noSpecial(t, v, int(fieldX(w)))
	}
	if d.Type().Flags&object.FlagMethodDescriptor != 0 {
		if cls.Version != 0 && cls.Variable(ic.Name) == nil {
			remember(ic)
			ic.Kind, ic.Version, ic.Value = cacheMethod, cls.Version, d
		}
		*a, *next(a) = d, v
		return true
	}
	if get := d.Type().DescrGet; get != nil {
		if d = get(t, d, v, object.Of(v.Type())); d.P == nil {
			return false
		}
	}
	*a, *next(a) = d, Value{}
	return true
}

// noSpecial raises the TypeError for an object that cannot be used in a with statement.
func noSpecial(t *Thread, v Value, i int) bool {
	has := func(n int) bool { return v.Type().Lookup(t, specialNames[n]).P != nil }
	name := t.FullName(v.Type())
	kind, other, hint := "context manager", "asynchronous context manager", "async with"
	if i >= 2 {
		kind, other, hint = other, kind, "with"
	}
	msg := "'" + name + "' object does not support the " + kind + " protocol"
	if i%2 == 1 {
		msg += " (missed " + specialNames[i].S + " method)"
	} else if o := (i + 2) % 4; has(o) && has(o+1) {
		msg += " but it supports the " + other + " protocol. Did you mean to use '" + hint + "'?"
		t.TypeErrorf("%s", msg)
		return false
	}
	if i%2 == 0 {
		msg = "'" + name + "' object does not support the " + kind + " protocol (missed " + specialNames[i].S + " method)"
	}
	t.TypeErrorf("%s", msg)
	return false
}

// fillModule sets the cache of an attribute of a module: a key of its dict.
func fillModule(t *Thread, ic *object.Cache, v Value) {
	d := object.To[object.Module](v).Dict()
	if i := d.FindStr(ic.Name); i >= 0 {
		ic.Kind, ic.Version, ic.Value, ic.Offset, ic.Count = cacheModule, object.ModuleType.Version, v, uintptr(t.DictVersion(d)), uint32(i)
	}
}

// getProperty calls the getter of a property, a Python function of one argument, in a frame of its own.
func getProperty(t *Thread, frame ptr, w uint64, ic *object.Cache, v Value) bool {
	f := object.To[object.Func](ic.Value)
	c := f.Code
	if c.Words == nil && !prepare(t, c) {
		return false
	}
	if c.Args != 1 {
		return put(frame, w, t.GetAttr(v, ic.Name)) // it has got other code
	}
	fp, more := room(t, c, top(t))
	*(*Value)(fp) = v
	if enter(t, f, fp, more) {
		return true
	}
	if more != 0 {
		dropSlab(t)
	}
	return false
}
