package object

// Exc is an exception: an instance of BaseException or of a class that derives from it.
type Exc struct {
	Head
	Attrs
	Args     *Tuple
	TB       *Traceback // nil: None
	Cause    *Exc
	Context  *Exc
	Suppress bool // __suppress_context__
	// Ext has the fields of exception types that have some, in the order of the type's ExcFields; nil otherwise.
	Ext *ExcExt
}

// ExcExt holds the fields that an exception type adds: an OSError's errno and so on.
type ExcExt struct {
	V []Value
}

func (x *ExcExt) set(i int, v Value) {
	for len(x.V) <= i {
		x.V = append(x.V, Value{})
	}
	x.V[i] = v
}

// Field returns field i, or None if it has never been set.
func (e *Exc) Field(i int) Value {
	if e.Ext == nil || i >= len(e.Ext.V) || e.Ext.V[i].P == nil {
		return None
	}
	return e.Ext.V[i]
}

// SetField sets field i.
func (e *Exc) SetField(i int, v Value) {
	if e.Ext == nil {
		e.Ext = &ExcExt{}
	}
	e.Ext.set(i, v)
}

// Traceback is one entry of a traceback; Next is closer to where the exception was raised.
type Traceback struct {
	Head
	Next  *Traceback
	Frame *Frame
	// Lasti is the byte offset of the instruction; Line is found from it when asked for, unless set (not 0).
	Lasti int
	Line  int
}

// Frame is a frame as Python sees it. It is made when someone asks: a traceback, sys._getframe, a generator's gi_frame.
type Frame struct {
	Head
	Func *Func
	// FP is where the frame's locals are while it is alive, 0 afterwards; then Locals has copies.
	FP     uintptr
	Locals []Value
	// Back is the caller, once known; see package vm.
	Back *Frame
	// Lasti is the byte offset of the last instruction, once the frame is dead or suspended.
	Lasti int
	// LocalsDict is f_locals of class bodies, modules and exec: the mapping that names are stored in.
	LocalsDict Value
	// Extra holds names that f_locals of a function got and that are no variables.
	Extra *Dict
	// Trace is f_trace; TraceLines and TraceOpcodes its switches.
	Trace                    Value
	TraceLines, TraceOpcodes bool
	// Line is the line that tracing code asked to jump to, or 0.
	Line int
	// Depth is the index of the frame's record, while it runs.
	Depth int
	// Gen is the generator whose frame it is, or no value.
	Gen Value
}
