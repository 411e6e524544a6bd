package object

import (
	"unsafe"

	"github.com/krait-py/krait/code"
)

func setupFunctions() {
	Define(&foreignBuiltinsType, TypeSpec{Name: "dict", Base: &DictType, Slots: Slots{
		GetItem: func(t *Thread, o, k Value) Value { return t.GetItem(BuiltinsValue(To[Dict](o)), k) }}})
	setupFunction()
	setupBoundMethod()
	setupBuiltinFunction()
	setupCell()
}

func setupFunction() {
	text := func(name string, get func(f *Func) Value, p func(f *FuncMore) *Value) GetSetDef {
		return GetSetDef{Name: name, Get: func(t *Thread, v Value) Value { return get(To[Func](v)) },
			Set: func(t *Thread, v, x Value) bool {
				if x.P == nil || !x.IsStr() {
					t.TypeErrorf("%s must be set to a string object", name)
					return false
				}
				*p(To[Func](v).More()) = x
				return true
			}}
	}
	field := func(name string, p func(f *Func) *Value) GetSetDef {
		return GetSetDef{Name: name, Member: true, Get: func(t *Thread, v Value) Value { return valueOrNone(*p(To[Func](v))) },
			Set: func(t *Thread, v, x Value) bool { *p(To[Func](v)) = valueOrNone(x); return true }}
	}
	Define(&FuncType, TypeSpec{
		Name: "function", Flags: FlagMethodDescriptor, AttrOffset: unsafe.Offsetof(Func{}.Attrs), HasWeak: true,
		Sig: "(code, globals, name=None, argdefs=None, closure=None,\n         kwdefaults=None)",
		Doc: "Create a function object.\n\n  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n  argdefs\n    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables\n  kwdefaults\n    a dictionary that specifies the default keyword argument values",
		Slots: Slots{Call: funcCall, DescrGet: funcDescrGet, New: funcNew, Repr: func(t *Thread, v Value) Value {
			return MakeStr(sprintf("<function %s at %#x>", To[Func](v).Qualname().Str().S, ID(v)))
		}},
		GetSets: []GetSetDef{
			{Name: "__closure__", Member: true, Get: func(t *Thread, v Value) Value {
				if c := To[Func](v).Closure; c != nil && c.Len() > 0 {
					return Of(c)
				}
				return None
			}},
			field("__doc__", (*Func).doc),
			{Name: "__globals__", Member: true, Get: func(t *Thread, v Value) Value { return Of(To[Func](v).Globals) }},
			{Name: "__module__", Member: true, Get: func(t *Thread, v Value) Value { return To[Func](v).Module() },
				Set: func(t *Thread, v, x Value) bool { To[Func](v).setModule(valueOrNone(x)); return true }},
			{Name: "__builtins__", Member: true, Get: func(t *Thread, v Value) Value { return BuiltinsValue(To[Func](v).Builtins()) }},
			{Name: "__code__", Get: func(t *Thread, v Value) Value { return Of(To[Func](v).Code) }, Set: setFuncCode},
			{Name: "__defaults__", Get: func(t *Thread, v Value) Value {
				if d := To[Func](v).Defaults; d != nil {
					return Of(d)
				}
				return None
			},
				Set: func(t *Thread, v, x Value) bool {
					f := To[Func](v)
					switch {
					case x.P == nil || x.IsNone():
						f.Defaults = nil
					case x.Type().Flags&FlagTuple == 0:
						t.TypeErrorf("__defaults__ must be set to a tuple object")
						return false
					default:
						f.Defaults = To[Tuple](x)
					}
					return true
				}},
			{Name: "__kwdefaults__", Get: func(t *Thread, v Value) Value {
				if d := To[Func](v).KwDefaults; d != nil {
					return Of(d)
				}
				return None
			},
				Set: func(t *Thread, v, x Value) bool {
					f := To[Func](v)
					switch {
					case x.P == nil || x.IsNone():
						f.KwDefaults = nil
					case x.Type().Flags&FlagDict == 0:
						t.TypeErrorf("__kwdefaults__ must be set to a dict object")
						return false
					default:
						f.KwDefaults = To[Dict](x)
					}
					return true
				}},
			{Name: "__annotations__", Doc: "Dict of annotations in a function object.", Get: funcAnnotations, Set: setFuncAnnotations},
			{Name: "__annotate__", Doc: "Get the code object for a function.", Get: funcAnnotate, Set: setFuncAnnotate},
			{Name: "__dict__", Get: instanceDictDef.Get, Set: func(t *Thread, v, x Value) bool {
				if x.P == nil {
					t.TypeErrorf("cannot delete __dict__")
					return false
				}
				return instanceDictDef.Set(t, v, x)
			}},
			text("__name__", (*Func).Name, func(m *FuncMore) *Value { return &m.Name }),
			text("__qualname__", (*Func).Qualname, func(m *FuncMore) *Value { return &m.Qualname }),
			{Name: "__type_params__", Doc: "Get the declared type parameters for a function.", Get: func(t *Thread, v Value) Value {
				if m := To[Func](v).more; m != nil && m.TypeParams != nil {
					return Of(m.TypeParams)
				}
				return Of(EmptyTuple)
			},
				Set: func(t *Thread, v, x Value) bool {
					if x.P == nil || x.Type().Flags&FlagTuple == 0 {
						t.TypeErrorf("__type_params__ must be set to a tuple")
						return false
					}
					To[Func](v).More().TypeParams = To[Tuple](x)
					return true
				}},
		},
	})
}

func setFuncCode(t *Thread, v, x Value) bool {
	f := To[Func](v)
	if x.P == nil || !x.Is(&CodeType) {
		t.TypeErrorf("__code__ must be set to a code object")
		return false
	}
	c := To[Code](x)
	have := 0
	if f.Closure != nil {
		have = f.Closure.Len()
	}
	if n := c.freeCount(); n != have {
		t.ValueErrorf("%s() requires a code object with %d free vars, not %d", f.Name().Str().S, have, n)
		return false
	}
	const kinds = code.Generator | code.Coroutine | code.AsyncGenerator
	if f.Code.Obj.Flags&kinds != c.Obj.Flags&kinds &&
		!t.Warn(&DeprecationWarningType, 1, "Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)") {
		return false
	}
	if t.Interp.Hooks.Recode != nil {
		t.Interp.Hooks.Recode(t, f)
	}
	f.doc()
	f.Code = c
	return true
}

// doc returns where __doc__ is, from the code if nobody has asked for it yet.
func (f *Func) doc() *Value {
	m := f.More()
	if m.Doc.P == nil {
		m.Doc = None
		if c := f.Code.Full(); c.Obj.Flags&code.HasDocstring != 0 && len(c.Consts) > 0 {
			m.Doc = c.Consts[0]
		}
	}
	return &m.Doc
}

// freeCount returns how many free variables the code has.
func (c *Code) freeCount() int {
	n := 0
	if c.Obj.LocalsPlusKinds == nil {
		return 0
	}
	for _, k := range []byte(c.Obj.LocalsPlusKinds.S) {
		if code.Kind(k)&code.KindFree != 0 {
			n++
		}
	}
	return n
}

// NewFunc makes a function of code as MAKE_FUNCTION does.
func (t *Thread) NewFunc(c *Code, globals *Dict) *Func {
	f := &Func{Head: Head{&FuncType}, Code: c, Globals: globals, home: t.homeFor(globals)}
	f.Shape = FuncType.Root
	return f
}

// NewClosure makes a function of code with a closure of cells. Both are one allocation if the cells are few.
func (t *Thread) NewClosure(c *Code, globals *Dict, cells []Value) *Func {
	var f *Func
	switch len(cells) {
	case 1:
		x := &struct {
			Func
			closure tuple1
		}{}
		x.closure.init(cells[0])
		f, x.Closure = &x.Func, &x.closure.Tuple
	case 2:
		x := &struct {
			Func
			closure tuple2
		}{}
		x.closure.init(cells[0], cells[1])
		f, x.Closure = &x.Func, &x.closure.Tuple
	default:
		f = &Func{Closure: NewTuple(cells...)}
	}
	f.Head, f.Code, f.Globals, f.home = Head{&FuncType}, c, globals, t.homeFor(globals)
	f.Shape = FuncType.Root
	return f
}

// Remake makes a function that nothing knows, and that has never been given anything of its own, another with the same number of cells.
func (f *Func) Remake(t *Thread, c *Code, globals *Dict, cells []Value) {
	f.Code, f.Globals, f.home = c, globals, t.homeFor(globals)
	if len(cells) > 0 {
		copy(f.Closure.Items(), cells)
	}
}

var nameBuiltins = StaticName("__builtins__")

// BuiltinsOf returns the dict that globals have for builtins: those of the running function if they have none.
func (t *Thread) BuiltinsOf(globals *Dict) *Dict {
	b := globals.GetStr(nameBuiltins)
	switch {
	case b.P == nil:
		if f := t.CurrentFunc(); f != nil {
			return f.Builtins()
		}
	case b.Type().Flags&FlagDict != 0:
		return To[Dict](b)
	case b.IsA(&ModuleType):
		return To[Module](b).Dict()
	default:
		d := &foreignBuiltins{mapping: b}
		d.Type = &foreignBuiltinsType
		return &d.Dict
	}
	return t.Interp.Builtins
}

// foreignBuiltins stands for a mapping that globals have for builtins and that is no dict.
type foreignBuiltins struct {
	Dict
	mapping Value
}

var foreignBuiltinsType Type

// BuiltinsValue returns the mapping that d stands for: the dict itself, unless globals had something else for builtins.
func BuiltinsValue(d *Dict) Value {
	if d.Type == &foreignBuiltinsType {
		return (*foreignBuiltins)(unsafe.Pointer(d)).mapping
	}
	return Of(d)
}

// BuiltinNamed looks a name up among builtins; no value: it is not there.
func (t *Thread) BuiltinNamed(d *Dict, name *Str) (Value, bool) {
	if d.Type != &foreignBuiltinsType {
		return d.Get(t, Of(name))
	}
	v := t.GetItem(BuiltinsValue(d), Of(name))
	if v.P == nil && t.Catch(&KeyErrorType) == nil {
		return v, false
	}
	return v, true
}

var funcNewDef = MethodDef{Name: "function", Sig: "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)", Fn: makeFunc}

func funcNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	return funcNewDef.Call(t, args, names)
}

func makeFunc(t *Thread, a []Value) Value {
	given := func(i int) bool { return a[i].P != nil && !a[i].IsNone() }
	switch {
	case !a[0].Is(&CodeType):
		return t.TypeErrorf("function() argument 'code' must be code, not %s", a[0].Type().Name)
	case a[1].Type().Flags&FlagDict == 0:
		return t.TypeErrorf("function() argument 'globals' must be dict, not %s", a[1].Type().Name)
	case given(2) && !a[2].IsStr():
		return t.TypeErrorf("arg 3 (name) must be None or string")
	case given(3) && a[3].Type().Flags&FlagTuple == 0:
		return t.TypeErrorf("arg 4 (defaults) must be None or tuple")
	}
	c := To[Code](a[0])
	n := c.freeCount()
	have := 0
	switch {
	case !given(4):
		if n > 0 {
			return t.TypeErrorf("arg 5 (closure) must be tuple")
		}
	case a[4].Type().Flags&FlagTuple == 0:
		return t.TypeErrorf("arg 5 (closure) must be None or tuple")
	default:
		have = len(To[Tuple](a[4]).Items())
	}
	if given(5) && a[5].Type().Flags&FlagDict == 0 {
		return t.TypeErrorf("arg 6 (kwdefaults) must be None or dict")
	}
	if have != n {
		return t.ValueErrorf("%s requires closure of length %d, not %d", c.Name.Str().S, n, have)
	}
	if have > 0 {
		for _, x := range To[Tuple](a[4]).Items() {
			if !x.Is(&CellType) {
				return t.TypeErrorf("arg 5 (closure) expected cell, found %s", x.Type().Name)
			}
		}
	}
	f := t.NewFunc(c, To[Dict](a[1]))
	if given(2) {
		f.More().Name = a[2]
	}
	if given(3) {
		f.Defaults = To[Tuple](a[3])
	}
	if have > 0 {
		f.Closure = To[Tuple](a[4])
	}
	if given(5) {
		f.KwDefaults = To[Dict](a[5])
	}
	return Of(f)
}

// Bound methods.

func setupBoundMethod() {
	Define(&MethodType, TypeSpec{
		Name: "method", Sig: "(function, instance, /)", Doc: "Create a bound instance method object.", HasWeak: true,
		Slots: Slots{
			New: methodNew, Call: boundCall, GetAttr: methodGetAttr, Compare: methodCompare,
			Hash: func(t *Thread, v Value) (int64, bool) {
				m := To[BoundMethod](v)
				h, ok := t.Hash(m.Func)
				return fixHash(h ^ pointerHash(m.Self)), ok
			},
			DescrGet: func(t *Thread, d, obj, cls Value) Value { return d },
			Repr: func(t *Thread, v Value) Value {
				m := To[BoundMethod](v)
				name := "?"
				for _, n := range [...]*Str{nameQualname, nameName} {
					x, ok := t.FindAttr(m.Func, n)
					if !ok {
						return Value{}
					}
					if x.P != nil {
						if x.IsStr() {
							name = x.Str().S
						}
						break
					}
				}
				r := t.Repr(m.Self)
				if r == nil {
					return Value{}
				}
				return MakeStr("<bound method " + name + " of " + r.S + ">")
			},
		},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			m := To[BoundMethod](a[0])
			n := t.GetAttr(m.Func, nameName)
			if n.P == nil {
				return n
			}
			f := t.Interp.Builtins.GetStr(nameGetattrFunc)
			if f.P == nil {
				return t.RuntimeErrorf("builtins.getattr is gone")
			}
			return Of(NewTuple(f, Of(NewTuple(m.Self, n))))
		}}},
		GetSets: []GetSetDef{
			{Name: "__func__", Member: true, Doc: "the function (or other callable) implementing a method",
				Get: func(t *Thread, v Value) Value { return To[BoundMethod](v).Func }},
			{Name: "__self__", Member: true, Doc: "the instance to which a method is bound",
				Get: func(t *Thread, v Value) Value { return To[BoundMethod](v).Self }},
			{Name: "__doc__", Get: func(t *Thread, v Value) Value { return t.GetAttr(To[BoundMethod](v).Func, nameDoc) }},
		},
	})
}

func methodNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if names != nil && names.Len() > 0 {
		return t.TypeErrorf("method() takes no keyword arguments")
	}
	switch {
	case len(args) != 2:
		return t.TypeErrorf("method expected 2 arguments, got %d", len(args))
	case args[0].Type().Call == nil:
		return t.TypeErrorf("first argument must be callable")
	case args[1].IsNone():
		return t.TypeErrorf("instance must not be None")
	}
	return NewBoundMethod(args[0], args[1])
}

// methodGetAttr finds the method's own attributes, then those of its function.
func methodGetAttr(t *Thread, v Value, name *Str) Value {
	if d := MethodType.Lookup(t, name); d.P != nil {
		if get := d.Type().DescrGet; get != nil {
			return get(t, d, v, Of(&MethodType))
		}
		return d
	}
	if !t.deeper("") {
		return Value{}
	}
	x := t.GetAttr(To[BoundMethod](v).Func, name)
	t.Depth--
	return x
}

func methodCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe || !b.Is(&MethodType) {
		return NotImplemented
	}
	x, y := To[BoundMethod](a), To[BoundMethod](b)
	eq := x.Self == y.Self
	if eq {
		var ok bool
		if eq, ok = t.Equal(x.Func, y.Func); !ok {
			return Value{}
		}
	}
	return MakeBool(eq == (op == CmpEq))
}

// Builtin functions.

func setupBuiltinFunction() {
	Define(&BuiltinType, TypeSpec{
		Name: "builtin_function_or_method", Flags: FlagNoNew, HasWeak: true,
		Slots: Slots{Call: builtinCall,
			Repr: func(t *Thread, v Value) Value {
				b := To[Builtin](v)
				if b.Self.P == nil || b.Self.IsNone() || b.Self.IsA(&ModuleType) {
					return MakeStr("<built-in function " + b.Def.Name + ">")
				}
				return MakeStr(sprintf("<built-in method %s of %s object at %#x>", b.Def.Name, b.Self.Type().Name, ID(b.Self)))
			},
			Hash: func(t *Thread, v Value) (int64, bool) {
				b := To[Builtin](v)
				h := uint64(uintptr(unsafe.Pointer(b.Def))) >> 4
				if b.Self.P != nil {
					h ^= uint64(pointerHash(b.Self))
				}
				return fixHash(int64(h)), true
			},
			Compare: func(t *Thread, a, b Value, op CompareOp) Value {
				if op != CmpEq && op != CmpNe || !b.Is(&BuiltinType) {
					return NotImplemented
				}
				x, y := To[Builtin](a), To[Builtin](b)
				return MakeBool((x.Self == y.Self && x.Def == y.Def) == (op == CmpEq))
			}},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			b := To[Builtin](a[0])
			if b.Self.P == nil || b.Self.IsNone() || b.Self.IsA(&ModuleType) {
				return MakeStr(b.Def.Name)
			}
			return t.reduceGetattr(b.Self, b.Def.Name)
		}}},
		GetSets: []GetSetDef{
			{Name: "__module__", Member: true, Get: func(t *Thread, v Value) Value { return valueOrNone(To[Builtin](v).Module) },
				Set: func(t *Thread, v, x Value) bool { To[Builtin](v).Module = valueOrNone(x); return true }},
			{Name: "__doc__", Get: func(t *Thread, v Value) Value { return strOrNone(To[Builtin](v).Def.Doc) }},
			{Name: "__name__", Get: func(t *Thread, v Value) Value { return Of(t.Interp.Intern(To[Builtin](v).Def.Name)) }},
			{Name: "__qualname__", Get: func(t *Thread, v Value) Value { return MakeStr(To[Builtin](v).qualname()) }},
			{Name: "__self__", Get: func(t *Thread, v Value) Value { return valueOrNone(To[Builtin](v).Self) }},
			{Name: "__text_signature__", Get: func(t *Thread, v Value) Value { return strOrNone(To[Builtin](v).Def.TextSignature()) }},
		},
	})
}

func (b *Builtin) qualname() string {
	switch {
	case b.Self.P == nil || b.Self.IsNone() || b.Self.IsA(&ModuleType):
		return b.Def.Name
	case b.Self.Type().Flags&FlagType != 0:
		return To[Type](b.Self).qualname() + "." + b.Def.Name
	}
	return b.Self.Type().qualname() + "." + b.Def.Name
}

// Cells.

func setupCell() {
	Define(&CellType, TypeSpec{
		Name: "cell", Sig: "([contents])", Doc: "Create a new cell object.\n\n  contents\n    the contents of the cell; without it the cell is empty, and\n    cell_contents raises ValueError.",
		Slots: Slots{
			New: func(t *Thread, cls *Type, args []Value, names *Tuple) Value {
				if names != nil && names.Len() > 0 {
					return t.TypeErrorf("cell() takes no keyword arguments")
				}
				switch len(args) {
				case 0:
					return Of(NewCell(Value{}))
				case 1:
					return Of(NewCell(args[0]))
				}
				return t.TypeErrorf("cell expected at most 1 argument, got %d", len(args))
			},
			Repr: func(t *Thread, v Value) Value {
				x := To[Cell](v).V
				if x.P == nil {
					return MakeStr(sprintf("<cell at %#x: empty>", ID(v)))
				}
				return MakeStr(sprintf("<cell at %#x: %s object at %#x>", ID(v), x.Type().Name, ID(x)))
			},
			Compare: func(t *Thread, a, b Value, op CompareOp) Value {
				if !b.Is(&CellType) {
					return NotImplemented
				}
				x, y := To[Cell](a).V, To[Cell](b).V
				if x.P != nil && y.P != nil {
					return t.Compare(x, y, op)
				}
				// An empty cell is below all others.
				return t.Compare(MakeInt(int64(boolInt(x.P != nil))), MakeInt(int64(boolInt(y.P != nil))), op)
			},
		},
		GetSets: []GetSetDef{{Name: "cell_contents", Get: func(t *Thread, v Value) Value {
			if x := To[Cell](v).V; x.P != nil {
				return x
			}
			return t.ValueErrorf("Cell is empty")
		},
			Set: func(t *Thread, v, x Value) bool { To[Cell](v).V = x; return true }}},
	})
}
