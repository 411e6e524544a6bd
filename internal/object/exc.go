package object

import "unsafe"

// Exc is an exception: an instance of BaseException or of a class that derives from it.
type Exc struct {
	Head
	Attrs
	Args     *Tuple
	TB       *Traceback // nil: None
	Cause    *Exc
	Context  *Exc
	Suppress bool // __suppress_context__
	// Unseen says that no program has got hold of it yet: it has been made to be raised at once.
	Unseen bool
	// lone says that there is a tuple behind the exception in its allocation, and that no program has got hold of that: Args was never handed out.
	lone bool
	// Ext has the fields of exception types that have some, in the order of the type's excFields; nil: none is set.
	Ext *ExcExt
	// first is room for one entry of the traceback, the one most exceptions have.
	first Traceback
}

// FirstTraceback returns the room for an entry of the traceback that e has itself, or nil if it is in use.
func (e *Exc) FirstTraceback() *Traceback {
	if tb := &e.first; tb.Type == nil {
		return tb
	}
	return nil
}

// shownArgs returns the arguments for somebody who may keep them.
func (e *Exc) shownArgs() *Tuple {
	e.lone = false
	return e.Args
}

// ownArgs returns the tuple of arguments if it is the one in the exception's own allocation, and nobody knows it; else nil.
func (e *Exc) ownArgs() *Tuple {
	if e.lone && unsafe.Pointer(e.Args) == unsafe.Add(unsafe.Pointer(e), unsafe.Sizeof(Exc{})) {
		return e.Args
	}
	return nil
}

// ExcExt holds the fields that an exception type adds: an OSError's errno and so on. No value: not set.
type ExcExt struct {
	V []Value
}

// The allocations of exceptions with one argument, the usual case, and with two: object, argument tuple and fields at once.
type (
	exc1 struct {
		Exc
		args tuple1
	}
	exc2 struct {
		Exc
		args tuple2
	}
	exc1ext1 struct {
		Exc
		args tuple1
		ext  ExcExt
		v    [1]Value
	}
	exc1ext2 struct {
		Exc
		args tuple1
		ext  ExcExt
		v    [2]Value
	}
)

// NewExc returns an exception of the builtin class cls with the given arguments. Fields that depend on
// arguments are not set: see Thread.MakeExc.
func NewExc(cls *Type, args ...Value) *Exc {
	switch len(args) {
	case 1:
		return newExc1(cls, args[0])
	case 2:
		p := &exc2{}
		p.Type, p.Shape = cls, cls.Root
		p.args.init(args[0], args[1])
		p.Args, p.lone = &p.args.Tuple, true
		return &p.Exc
	}
	e := &Exc{Args: NewTuple(args...)}
	e.Type, e.Shape = cls, cls.Root
	return e
}

func newExc1(cls *Type, arg Value) *Exc {
	p := &exc1{}
	p.Type, p.Shape = cls, cls.Root
	p.args.init(arg)
	p.Args = &p.args.Tuple
	return &p.Exc
}

// newExcFields returns an exception with one argument and room for two fields.
func newExcFields(cls *Type, arg, f0, f1 Value) *Exc {
	p := &exc1ext2{}
	p.Type, p.Shape = cls, cls.Root
	p.args.init(arg)
	p.Args = &p.args.Tuple
	p.v[0], p.v[1] = f0, f1
	p.ext.V = p.v[:]
	p.Ext = &p.ext
	return &p.Exc
}

// PlainExc returns what calling cls with the arguments makes, if cls is a builtin class of exceptions without fields of their own, or the end of an
// iterator; else nil.
func PlainExc(cls *Type, args ...Value) *Exc {
	switch {
	case cls == &StopIterationType:
		return newStop(args)
	case cls.Flags&(FlagHeap|FlagException) != FlagException || excFields(cls) != 0:
		return nil
	}
	return NewExc(cls, args...)
}

// newStop returns what StopIteration makes of the arguments: the first one is the field value, too.
func newStop(args []Value) *Exc {
	if len(args) == 1 {
		p := &exc1ext1{}
		p.Type, p.Shape = &StopIterationType, StopIterationType.Root
		p.args.init(args[0])
		p.Args = &p.args.Tuple
		p.v[StopIterationValue] = args[0]
		p.ext.V = p.v[:]
		p.Ext = &p.ext
		return &p.Exc
	}
	e := NewExc(&StopIterationType, args...)
	if len(args) > 0 {
		e.SetField(StopIterationValue, args[0])
	}
	return e
}

// MakesAlone reports whether no code of a program runs when cls, a class of exceptions, is called: what that makes is known to nobody.
func (t *Thread) MakesAlone(cls *Type) bool {
	return cls.Flags&FlagHeap == 0 || !cls.ownNew && cls.Del == nil && cls.Lookup(t, nameInit).Is(&SlotWrapperType)
}

// MakeExc returns an exception of the builtin class cls as if it were called with the arguments; nil if that fails.
func (t *Thread) MakeExc(cls *Type, args ...Value) *Exc {
	switch {
	case cls == &StopIterationType:
		return newStop(args)
	case excFields(cls) == 0:
		return NewExc(cls, args...)
	}
	v := t.CallArgs(Of(cls), args...)
	if v.P == nil {
		return nil
	}
	return To[Exc](v)
}

// Field returns field i, or None if it is not set.
func (e *Exc) Field(i int) Value {
	if v := e.field(i); v.P != nil {
		return v
	}
	return None
}

// field returns field i, or no value if it is not set.
func (e *Exc) field(i int) Value {
	if e.Ext == nil || i >= len(e.Ext.V) {
		return Value{}
	}
	return e.Ext.V[i]
}

// SetField sets field i; no value unsets it.
func (e *Exc) SetField(i int, v Value) {
	if e.Ext == nil {
		e.Ext = &ExcExt{V: make([]Value, max(i+1, excFields(e.Type)))}
	}
	e.Ext.V[i] = v
}

// excLayout is the Type.Private of exception types.
type excLayout struct {
	fields int // of instances
}

// excFields returns the number of fields that instances of cls have.
func excFields(cls *Type) int {
	l, _ := solidBuiltin(cls).Private.(*excLayout)
	if l == nil {
		return 0
	}
	return l.fields
}

const excAttrs = unsafe.Offsetof(Exc{}.Attrs)

// ExcMatches reports whether an exception of class cls is caught by matcher: a class or a tuple of them,
// nested as one likes. Only the types' own relation counts.
func ExcMatches(cls *Type, matcher Value) bool {
	mt := matcher.Type()
	if mt.Flags&FlagType != 0 {
		return cls.IsSubtype(To[Type](matcher))
	}
	if mt.Flags&FlagTuple != 0 {
		for _, m := range To[Tuple](matcher).Items() {
			if ExcMatches(cls, m) {
				return true
			}
		}
	}
	return false
}

// Traceback is one entry of a traceback; Next is closer to where the exception was raised.
type Traceback struct {
	Head
	Next  *Traceback
	Frame *Frame
	// Lasti is the byte offset of the instruction. Line is one more than its line when that has been found or
	// set; 0: it is found from Lasti when asked for.
	Lasti, Line int32
}

// Frame is a frame as Python sees it. It is made when someone asks: a traceback, sys._getframe, a generator's gi_frame. While
// the frame lives, FP says where; what is left of it when it ends is kept here. See package vm.
type Frame struct {
	Head
	Func *Func
	// Code is what Func ran; it may have got other code since.
	Code *Code
	// Back is the caller of a frame that has ended.
	Back *Frame
	// FP is where the locals are, 0 when the frame has ended; then Locals points to them, followed, for code without fast locals, by the mapping of
	// local names. They are as many as Code says; nil: the frame has been cleared.
	FP     uintptr
	Locals *Value
	// Gen is the generator whose frame it is, or nil.
	Gen unsafe.Pointer
	// Ext is what few frames have; nil: nothing of it.
	Ext *FrameExt
	// Lasti is the byte offset of the last instruction of a frame that has ended.
	Lasti int32
	// Depth is where the frame was found last among those that run.
	Depth int32
}

// FrameExt is what tracing and debuggers keep with a frame.
type FrameExt struct {
	// Trace is f_trace, or no value; NoLines and Opcodes are the switches.
	Trace            Value
	NoLines, Opcodes bool
	// Line is what f_lineno is while a trace function runs, or 0.
	Line int
	// Extra holds names that f_locals of a function got and that are no variables.
	Extra *Dict
}
