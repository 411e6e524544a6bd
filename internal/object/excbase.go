package object

// BaseException: what all exceptions have.

var nameNotes = StaticName("__notes__")

func setupBaseException() {
	Define(&BaseExceptionType, TypeSpec{
		Name: "BaseException", Flags: FlagBase | FlagException, AttrOffset: excAttrs,
		Doc:     "Common base class for all exceptions",
		Private: &excLayout{},
		Slots: Slots{
			Alloc: excAlloc, New: excNew, Init: excInit, Repr: excRepr, Str: excStr,
		},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				e := To[Exc](a[0])
				return excReduce(a[0], e.shownArgs(), excDict(a[0]))
			}},
			{Name: "__setstate__", Sig: "($self, state, /)", Fn: excSetState},
			{Name: "with_traceback", Sig: "($self, tb, /)", Doc: "Set self.__traceback__ to tb and return self.",
				Fn: func(t *Thread, a []Value) Value {
					if !excSetTraceback(t, a[0], a[1]) {
						return Value{}
					}
					return a[0]
				}},
			{Name: "add_note", Sig: "($self, note, /)", Doc: "Add a note to the exception", Fn: excAddNote},
		},
		GetSets: []GetSetDef{
			{Name: "__suppress_context__", Member: true,
				Get: func(t *Thread, v Value) Value { return MakeBool(To[Exc](v).Suppress) },
				Set: func(t *Thread, v, x Value) bool {
					switch {
					case x.P == nil:
						t.TypeErrorf("can't delete numeric/char attribute")
					case !x.IsBool():
						t.TypeErrorf("attribute value type must be bool")
					default:
						To[Exc](v).Suppress = x == True
						return true
					}
					return false
				}},
			{Name: "__dict__", Get: instanceDictDef.Get, Set: instanceDictDef.Set},
			{Name: "args",
				Get: func(t *Thread, v Value) Value { return Of(To[Exc](v).shownArgs()) },
				Set: func(t *Thread, v, x Value) bool {
					if x.P == nil {
						t.TypeErrorf("args may not be deleted")
						return false
					}
					args := t.toTuple(x)
					if args == nil {
						return false
					}
					To[Exc](v).Args = args
					return true
				}},
			{Name: "__traceback__",
				Get: func(t *Thread, v Value) Value {
					if tb := To[Exc](v).TB; tb != nil {
						return Of(tb)
					}
					return None
				},
				Set: excSetTraceback},
			{Name: "__context__",
				Get: func(t *Thread, v Value) Value { return excOrNone(To[Exc](v).Context) },
				Set: func(t *Thread, v, x Value) bool {
					return t.setLinked(x, &To[Exc](v).Context, "__context__", "context")
				}},
			{Name: "__cause__",
				Get: func(t *Thread, v Value) Value { return excOrNone(To[Exc](v).Cause) },
				Set: func(t *Thread, v, x Value) bool {
					e := To[Exc](v)
					if !t.setLinked(x, &e.Cause, "__cause__", "cause") {
						return false
					}
					e.Suppress = true
					return true
				}},
		},
	})
	excTypes = append(excTypes, &BaseExceptionType)
}

// toTuple returns the tuple of an iterable's items; nil if that fails.
func (t *Thread) toTuple(v Value) *Tuple {
	if v.Is(&TupleType) {
		return To[Tuple](v)
	}
	items, ok := t.Collect(v)
	if !ok {
		return nil
	}
	return NewTuple(items...)
}

func excOrNone(e *Exc) Value {
	if e == nil {
		return None
	}
	return Of(e)
}

func (t *Thread) setLinked(x Value, p **Exc, name, what string) bool {
	switch {
	case x.P == nil:
		t.TypeErrorf("%s may not be deleted", name)
		return false
	case x.IsNone():
		*p = nil
	case x.Type().Flags&FlagException == 0:
		t.TypeErrorf("exception %s must be None or derive from BaseException", what)
		return false
	default:
		*p = To[Exc](x)
	}
	return true
}

func excSetTraceback(t *Thread, v, x Value) bool {
	switch {
	case x.P == nil:
		t.TypeErrorf("__traceback__ may not be deleted")
		return false
	case x.IsNone():
		To[Exc](v).TB = nil
	case x.Is(&TracebackType):
		To[Exc](v).TB = To[Traceback](x)
	default:
		t.TypeErrorf("__traceback__ must be a traceback or None")
		return false
	}
	return true
}

func excAlloc(t *Thread, cls *Type) Value {
	e := &Exc{Args: EmptyTuple}
	e.Type, e.Shape = cls, cls.Root
	return Of(e)
}

func excNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if names != nil {
		args = args[:len(args)-names.Len()]
	}
	v := Of(NewExc(cls, args...))
	if cls.Del != nil {
		t.finalize(v)
	}
	return v
}

func excInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if names != nil && names.Len() > 0 {
		t.TypeErrorf("%s() takes no keyword arguments", self.Type().Name)
		return false
	}
	setArgs(To[Exc](self), args)
	return true
}

// setArgs sets the arguments, unless they are what the exception was made with.
func setArgs(e *Exc, args []Value) {
	if e.Args.Len() == len(args) {
		same := true
		for i, a := range args {
			same = same && e.Args.Items()[i] == a
		}
		if same {
			return
		}
	}
	if own := e.ownArgs(); own != nil && len(args) > 0 && len(args) <= own.Len() {
		// As where a class takes more arguments than it passes on.
		clear(own.Items()[copy(own.Items(), args):])
		own.n = uint32(len(args))
		return
	}
	e.Args = NewTuple(args...)
}

func excStr(t *Thread, v Value) Value {
	args := To[Exc](v).shownArgs()
	switch args.Len() {
	case 0:
		return EmptyStr
	case 1:
		return strOrNil(t.Str(args.Items()[0]))
	}
	return strOrNil(t.Str(Of(args)))
}

func excRepr(t *Thread, v Value) Value {
	e := To[Exc](v)
	if e.Args.Len() == 1 {
		r := t.Repr(e.Args.Items()[0])
		if r == nil {
			return Value{}
		}
		return MakeStr(e.Type.ShortName() + "(" + r.S + ")")
	}
	r := t.Repr(Of(e.shownArgs()))
	if r == nil {
		return Value{}
	}
	return MakeStr(e.Type.ShortName() + r.S)
}

// keyErrorStr shows a single key as repr does, so that KeyError: ” says something.
func keyErrorStr(t *Thread, v Value) Value {
	if args := To[Exc](v).Args; args.Len() == 1 {
		return strOrNil(t.Repr(args.Items()[0]))
	}
	return excStr(t, v)
}

// excDict returns the dict of an exception if it has any attribute; else nil.
func excDict(v Value) *Dict {
	a := AttrsOf(v)
	if a == nil || a.Shape != DictShape && (a.Shape == nil || len(a.Shape.Names) == 0) {
		return nil
	}
	return InstanceDict(v)
}

// excReduce returns what __reduce__ does: class, arguments and, if there is any, state.
func excReduce(v Value, args *Tuple, state *Dict) Value {
	if state == nil {
		return Of(NewTuple(Of(v.Type()), Of(args)))
	}
	return Of(NewTuple(Of(v.Type()), Of(args), Of(state)))
}

func excSetState(t *Thread, a []Value) Value {
	state := a[1]
	if state.IsNone() {
		return None
	}
	if state.Type().Flags&FlagDict == 0 {
		return t.TypeErrorf("state is not a dictionary")
	}
	d := To[Dict](state)
	for i := 0; i < len(d.Entries); i++ {
		e := d.Entries[i]
		if !e.Used() {
			continue
		}
		n := t.attrName(e.Key())
		if n == nil || !t.SetAttr(a[0], n, e.Value) {
			return Value{}
		}
	}
	return None
}

func excAddNote(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("add_note() argument must be str, not %s", ArgName(a[1]))
	}
	notes, ok := t.FindAttr(a[0], nameNotes)
	if !ok {
		return Value{}
	}
	if notes.P == nil {
		notes = Of(NewList(nil))
		if !t.SetAttr(a[0], nameNotes, notes) {
			return Value{}
		}
	} else if notes.Type().Flags&FlagList == 0 {
		return t.TypeErrorf("Cannot add note: __notes__ is not a list")
	}
	l := To[List](notes)
	l.V = append(l.V, a[1])
	return None
}
