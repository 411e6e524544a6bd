package object

// The methods of object.

var (
	nameReduce   = StaticName("__reduce__")
	nameGetState = StaticName("__getstate__")
	nameDirSlot  = StaticName("__dir__")
)

func objectMethods() []MethodDef {
	return []MethodDef{
		{Name: "__reduce_ex__", Sig: "($self, protocol, /)", Doc: "Helper for pickle.", Fn: objectReduceEx},
		{Name: "__reduce__", Sig: "($self, /)", Doc: "Helper for pickle.", Fn: func(t *Thread, a []Value) Value { return t.reduce(a[0], 0) }},
		{Name: "__getstate__", Sig: "($self, /)", Doc: "Helper for pickle.", Fn: func(t *Thread, a []Value) Value { return t.defaultState(a[0], false) }},
		{Name: "__subclasshook__", Sig: "($type, object, /)", Doc: "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\nNotImplemented, the normal algorithm is used.",
			Fn: func(t *Thread, a []Value) Value { return NotImplemented }},
		{Name: "__init_subclass__", Sig: "($type, /)", Doc: "This method is called when a class is subclassed.\n\nThe default implementation does nothing.", Fn: func(t *Thread, a []Value) Value { return None }},
		{Name: "__format__", Sig: "($self, format_spec, /)", Doc: "Default object formatter.\n\nReturn str(self) if format_spec is empty. Raise TypeError otherwise.",
			Fn: func(t *Thread, a []Value) Value {
				if !a[1].IsStr() {
					return t.TypeErrorf("__format__() argument must be str, not %s", ArgName(a[1]))
				}
				if a[1].Str().Len() > 0 {
					return t.TypeErrorf("unsupported format string passed to %s.__format__", a[0].Type().Name)
				}
				return strOrNil(t.Str(a[0]))
			}},
		{Name: "__sizeof__", Sig: "($self, /)", Doc: "Size of object in memory, in bytes.", Fn: func(t *Thread, a []Value) Value {
			z := a[0].Type().sizes()
			n := z.basic
			if z.item > 0 && a[0].Type().Len != nil {
				c, ok := a[0].Type().Len(t, a[0])
				if !ok {
					return Value{}
				}
				n += z.item * int64(c)
			}
			return MakeInt(n)
		}},
		{Name: "__dir__", Sig: "($self, /)", Doc: "Default dir() implementation.", Fn: objectDir},
	}
}

var classDef = GetSetDef{Name: "__class__", Doc: "the object's class",
	Get: func(t *Thread, v Value) Value { return Of(v.Type()) },
	Set: func(t *Thread, v, x Value) bool { return t.setClass(v, x) }}

// objectDir collects the names of an object: its own, and those of its class and its bases.
func objectDir(t *Thread, a []Value) Value {
	d := NewDict()
	if !namesOfShape(t, a[0], d) {
		own, ok := t.FindAttr(a[0], nameDict)
		if !ok {
			return Value{}
		}
		if own.P != nil && own.Type().Flags&FlagDict != 0 {
			d = To[Dict](own).Copy()
		}
	}
	cls, ok := t.FindAttr(a[0], nameClass)
	if !ok || cls.P != nil && !t.classNames(d, cls) {
		return Value{}
	}
	return Of(NewList(d.keyList()))
}

// namesOfShape adds the names of v's own attributes to d, if its __dict__ is what objects have from the start and nobody has asked for that: it need not be
// made to be copied.
func namesOfShape(t *Thread, v Value, d *Dict) bool {
	cls := v.Type()
	if !cls.HasDict || !cls.genericAttrs || AttrsOf(v).Shape == DictShape {
		return false
	}
	own := cls.Lookup(t, nameDict)
	if own.P == nil || own.Type() != &GetSetDescrType || To[GetSetDescr](own).Def != &instanceDictDef {
		return false
	}
	if s := AttrsOf(v).Shape; s != nil {
		for _, n := range s.Names {
			d.SetStr(n, None)
		}
	}
	return true
}

// classNames adds the names in a class and its bases to d.
func (t *Thread) classNames(d *Dict, cls Value) bool {
	if cls.Type().Flags&FlagType != 0 {
		for _, m := range To[Type](cls).MRO {
			for k := range m.Dict().All {
				if !d.Set(t, k, None) {
					return false
				}
			}
		}
		return true
	}
	own, ok := t.FindAttr(cls, nameDict)
	if !ok {
		return false
	}
	if own.P != nil && !DictUpdate(t, d, own) {
		return false
	}
	bases, ok := t.FindAttr(cls, nameBases)
	if !ok || bases.P == nil {
		return ok
	}
	ok = true
	return t.Each(bases, func(b Value) bool { ok = t.classNames(d, b); return ok }) && ok
}

// Dir is dir(v) before sorting: what __dir__ returns.
func (t *Thread) Dir(v Value) Value {
	r, found := t.CallSpecial(v, nameDirSlot)
	if !found {
		return t.TypeErrorf("object does not provide __dir__")
	}
	return r
}
