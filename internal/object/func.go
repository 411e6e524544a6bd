package object

import "github.com/krait-py/krait/code"

// Func is a Python function.
type Func struct {
	Head
	Code       *Code
	Globals    *Dict
	home       *FuncHome
	Defaults   *Tuple    // nil: none
	KwDefaults *Dict     // nil: none
	Closure    *Tuple    // of cells; nil: none
	more       *FuncMore // nil: all as the code has it
	Attrs
}

// FuncMore is what most functions do not have, or have from their code.
type FuncMore struct {
	Name     Value
	Qualname Value
	Doc      Value // no value: nobody has asked for it yet
	Annotate Value // the function that makes annotations, or no value
	// Annotations is nil until asked for.
	Annotations *Dict
	TypeParams  *Tuple
}

// Name is __name__.
func (f *Func) Name() Value {
	if f.more != nil {
		return f.more.Name
	}
	return f.Code.Name
}

// Qualname is __qualname__.
func (f *Func) Qualname() Value {
	if f.more != nil {
		return f.more.Qualname
	}
	return f.Code.Qualname
}

// More returns the function's own, for changes.
func (f *Func) More() *FuncMore {
	if f.more == nil {
		f.more = &FuncMore{Name: f.Code.Name, Qualname: f.Code.Qualname}
	}
	return f.more
}

// Copy returns a function like f, for frames that are to be independent of changes of f.
func (f *Func) Copy() *Func {
	x := *f
	return &x
}

// Code is a code object: the compiler's, and what the machine makes of it.
type Code struct {
	Head
	Obj *code.Object
	// Consts, Names and Localsplus are Obj's, as values.
	Consts     []Value
	Names      []*Str
	Localsplus []*Str
	// Lazy makes the three when they are needed first, see Full; nil: they are there.
	Lazy Completer

	// The following are set when the code is lifted, before it runs first.

	// Words is the register code; nil: not lifted yet.
	Words []uint64
	// Caches are the inline caches that words name by number.
	Caches []Cache
	// FrameBytes is the size of a frame: locals and temporaries.
	FrameBytes uintptr
	// StackBytes is where the evaluation stack ends: FrameBytes, unless variables lie behind it.
	StackBytes uintptr
	// Args is the number of positional arguments that a plain call must give exactly; -1 if calls are never plain.
	Args int
	// ClearFrom and ClearTo are the byte offsets of the locals that must be empty when the code begins.
	ClearFrom, ClearTo uintptr
	// Makes says that a call makes a generator and does nothing else.
	Makes bool
	// Begins is at which word of Words the generators begin that a call makes.
	Begins int
	// MakeArgs is what Args would be if a call made nothing; -1 if Makes is false.
	MakeArgs int
	// Handles says of a generator's code that it handles exceptions: it has to keep its own apart from those that its caller handles.
	Handles bool
	// Passes says that the code does nothing with its dict of keywords but pass it on.
	Passes bool
	// Alone says that arguments of calls are copied instead of becoming part of the callee's frame where they lie.
	Alone bool
	// Lifted is the rest that package lift knows, a *lift.Code.
	Lifted any
	// Filename and Qualname are as values.
	Filename, Name, Qualname Value
	// Extra is package vm's.
	Extra any
	// Real is the code object that this one stands for while it is traced; nil: it is itself. Programs see that one.
	Real *Code
	// Trap says that calls must not go straight to Words: see package vm.
	Trap bool
}

// Completer makes what a code object has of values: of many functions that a module has, few run.
type Completer interface {
	Complete(c *Code)
}

// Full returns the code object, with all that it has.
func (c *Code) Full() *Code {
	if l := c.Lazy; l != nil {
		c.Lazy = nil
		l.Complete(c)
	}
	return c
}

// Cache is an inline cache.
type Cache struct {
	Version uint64 // of a type or a dict's keys
	Shape   *Shape // an instance's before
	Next    *Shape // and after a store that adds an attribute
	Offset  uintptr
	Value   Value
	Name    *Str
	Older   *Cache // what it held before, as far as that may be of use again
	Count   uint32 // of an entry of a dict
	Kind    uint8
	Turns   uint8 // how often Older has changed
	Late    uint8 // how often something on it was found, since one of them was last put in front
}

// Cell holds a variable that functions share.
type Cell struct {
	Head
	V Value
}

// NewCell returns a cell that holds v, which may be no value.
func NewCell(v Value) *Cell { return &Cell{Head: Head{&CellType}, V: v} }

// BoundMethod is a function bound to an object.
type BoundMethod struct {
	Head
	Func, Self Value
}

// NewBoundMethod binds f to self.
func NewBoundMethod(f, self Value) Value {
	return Of(&BoundMethod{Head{&MethodType}, f, self})
}

// StaticMethod and ClassMethod are what the decorators make.
type StaticMethod struct {
	Head
	Func Value
	Attrs
}

// ClassMethod binds the class.
type ClassMethod struct {
	Head
	Func Value
	Attrs
}

// Property is property().
type Property struct {
	Head
	Getter, Setter, Deleter, Doc Value // no value: absent
	Name                         Value
	DocFromGetter                bool
	Attrs
}

func funcCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	return t.Interp.CallFunc(t, To[Func](f), args, names)
}

func funcDescrGet(t *Thread, f, obj, cls Value) Value {
	if obj.P == nil || obj.IsNone() {
		return f
	}
	return NewBoundMethod(f, obj)
}

func boundCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	m := To[BoundMethod](f)
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = m.Self
	copy(a[1:], args)
	v := t.Call(m.Func, a, names)
	t.Pop(mark, a)
	return v
}
