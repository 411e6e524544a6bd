package object

// Annotations of classes, functions and modules, which a function makes when they are first asked for.

var (
	nameAnnotations     = StaticName("__annotations__")
	nameAnnotate        = StaticName("__annotate__")
	nameAnnotateFunc    = StaticName("__annotate_func__")
	nameAnnotationCache = StaticName("__annotations_cache__")
)

// callAnnotate returns what the function annotate makes of annotations, by value. It is an empty dict for None.
func (t *Thread) callAnnotate(annotate Value) Value {
	if annotate.P == nil || annotate.Type().Call == nil {
		return Of(NewDict())
	}
	d := t.CallArgs(annotate, MakeInt(1))
	if d.P != nil && d.Type().Flags&FlagDict == 0 {
		return t.TypeErrorf("__annotate__ returned non-dict of type '%s'", d.Type().Name)
	}
	return d
}

// bindTo applies __get__ of a value found in a class's dict.
func (t *Thread) bindTo(x, cls Value) Value {
	if get := x.Type().DescrGet; get != nil {
		return get(t, x, Value{}, cls)
	}
	return x
}

func typeAnnotate(t *Thread, v Value) Value {
	cls := To[Type](v)
	if cls.Flags&FlagHeap == 0 {
		return t.NoAttribute(v, nameAnnotate)
	}
	x := cls.Dict().GetStr(nameAnnotate)
	if x.P == nil {
		x = cls.Dict().GetStr(nameAnnotateFunc)
	}
	if x.P == nil {
		cls.Dict().SetStr(nameAnnotateFunc, None)
		t.NewVersion(cls)
		return None
	}
	return t.bindTo(x, v)
}

func setTypeAnnotate(t *Thread, v, x Value) bool {
	cls := To[Type](v)
	switch {
	case x.P == nil:
		t.TypeErrorf("cannot delete __annotate__ attribute")
		return false
	case cls.immutable():
		t.TypeErrorf("cannot set '__annotate__' attribute of immutable type '%s'", cls.Name)
		return false
	case !x.IsNone() && x.Type().Call == nil:
		t.TypeErrorf("__annotate__ must be callable or None")
		return false
	}
	if cls.Dict().GetStr(nameAnnotate).P != nil {
		cls.Dict().SetStr(nameAnnotate, x)
	} else {
		cls.Dict().SetStr(nameAnnotateFunc, x)
	}
	if !x.IsNone() {
		cls.Dict().DelStr(nameAnnotationCache)
	}
	t.NewVersion(cls)
	return true
}

func typeAnnotations(t *Thread, v Value) Value {
	cls := To[Type](v)
	if cls.Flags&FlagHeap == 0 {
		return t.NoAttribute(v, nameAnnotations)
	}
	x := cls.Dict().GetStr(nameAnnotations)
	if x.P == nil {
		x = cls.Dict().GetStr(nameAnnotationCache)
	}
	if x.P != nil {
		return t.bindTo(x, v)
	}
	f := t.GetAttr(v, nameAnnotate)
	if f.P == nil {
		return f
	}
	d := t.callAnnotate(f)
	if d.P != nil {
		cls.Dict().SetStr(nameAnnotationCache, d)
		t.NewVersion(cls)
	}
	return d
}

func setTypeAnnotations(t *Thread, v, x Value) bool {
	cls := To[Type](v)
	if cls.immutable() {
		t.TypeErrorf("cannot set '__annotations__' attribute of immutable type '%s'", cls.Name)
		return false
	}
	if x.P != nil {
		if cls.Dict().GetStr(nameAnnotations).P != nil {
			cls.Dict().SetStr(nameAnnotations, x)
		} else {
			cls.Dict().SetStr(nameAnnotationCache, x)
		}
	} else if !cls.Dict().DelStr(nameAnnotations) && !cls.Dict().DelStr(nameAnnotationCache) {
		t.attributeError(v, nameAnnotations, "__annotations__")
		return false
	}
	cls.Dict().DelStr(nameAnnotateFunc)
	cls.Dict().DelStr(nameAnnotate)
	t.NewVersion(cls)
	return true
}

// Annotate and annotations of functions.

func funcAnnotate(t *Thread, v Value) Value {
	if m := To[Func](v).more; m != nil {
		return valueOrNone(m.Annotate)
	}
	return None
}

func setFuncAnnotate(t *Thread, v, x Value) bool {
	f := To[Func](v).More()
	switch {
	case x.P == nil:
		t.TypeErrorf("__annotate__ cannot be deleted")
		return false
	case x.IsNone():
		f.Annotate = Value{}
		return true
	case x.Type().Call == nil:
		t.TypeErrorf("__annotate__ must be callable or None")
		return false
	}
	f.Annotate, f.Annotations = x, nil
	return true
}

func funcAnnotations(t *Thread, v Value) Value {
	f := To[Func](v).More()
	if f.Annotations == nil {
		d := t.callAnnotate(f.Annotate)
		if d.P == nil {
			return d
		}
		f.Annotations = To[Dict](d)
	}
	return Of(f.Annotations)
}

func setFuncAnnotations(t *Thread, v, x Value) bool {
	f := To[Func](v).More()
	if x.P == nil || x.IsNone() {
		f.Annotations, f.Annotate = nil, Value{}
		return true
	}
	if x.Type().Flags&FlagDict == 0 {
		t.TypeErrorf("__annotations__ must be set to a dict object")
		return false
	}
	f.Annotations, f.Annotate = To[Dict](x), Value{}
	return true
}

// SetAnnotations gives the function annotations at its definition: a dict, or a tuple of names and values in turn.
func (f *Func) SetAnnotations(t *Thread, v Value) {
	if v.Type().Flags&FlagDict != 0 {
		f.More().Annotations = To[Dict](v)
		return
	}
	items := To[Tuple](v).Items()
	d := NewDictSize(len(items) / 2)
	for i := 0; i+1 < len(items); i += 2 {
		d.Set(t, items[i], items[i+1])
	}
	f.More().Annotations = d
}
