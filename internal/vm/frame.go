package vm

import (
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

// enter makes the frame of f run: its arguments are bound and lie at newFP. ip and fp of the caller are those saved
// in t. flags go to fp[-1].
func enter(t *Thread, f *object.Func, newFP ptr, flags uint64) bool {
	c := f.Code
	if t.Frame >= t.FrameLimit {
		t.Raisef(&object.RecursionErrorType, "maximum recursion depth exceeded")
		return false
	}
	r := record(t)
	r.IP, r.FP = t.IP, t.FP
	t.Frame += recordSize
	fv := (*Value)(unsafe.Add(newFP, -int(valueSize)))
	*fv = Value{P: ptr(f), B: flags}
	for off := c.ClearFrom; off < c.ClearTo; off += valueSize {
		*(*Value)(unsafe.Add(newFP, off)) = Value{}
	}
	t.FP = uintptr(newFP)
	t.IP = uintptr(ptr(unsafe.SliceData(c.Words)))
	return true
}

// fits reports whether a frame of c at fp is within the slab; if not, RecursionError is set.
func fits(t *Thread, c *object.Code, fp ptr) bool {
	if uintptr(fp)+c.FrameBytes > t.SlabLimit {
		t.Raisef(&object.RecursionErrorType, "maximum recursion depth exceeded")
		return false
	}
	return true
}

// top returns the address of a free slot range of the slab, with room for a function value in front of the frame.
func top(t *Thread) ptr {
	u := t.Top()
	return unsafe.Add(asPtr(&u), valueSize)
}

// push binds arguments and makes f's frame run with them, on top of the slab.
func push(t *Thread, f *object.Func, args []Value, names *object.Tuple, flags uint64) bool {
	c := f.Code
	if c.Words == nil && !prepare(t, c) {
		return false
	}
	fp := top(t)
	if !fits(t, c, fp) {
		return false
	}
	if names == nil && len(args) == c.Args {
		copy(span((*Value)(fp), len(args)), args)
	} else if !bind(t, f, fp, args, names) {
		return false
	}
	return enter(t, f, fp, flags)
}

// CallFunc calls a Python function from Go.
func CallFunc(t *Thread, f *object.Func, args []Value, names *object.Tuple) Value {
	if f.Code.Obj.Flags&code.Optimized == 0 {
		return RunFunc(t, f, object.Of(f.Globals))
	}
	ip, fp := t.IP, t.FP
	if !push(t, f, args, names, flagEntry) {
		return Value{}
	}
	v := run(t)
	t.IP, t.FP = ip, fp
	return v
}

// run evaluates until the frame that was entered last returns. Its flags include flagEntry.
func run(t *Thread) Value {
	if t.Depth++; t.Depth > maxDepth {
		t.Depth--
		popFailed(t)
		return t.Raisef(&object.RecursionErrorType, "maximum recursion depth exceeded")
	}
	scratch := t.Scratch
	t.Scratch = 0
	v := eval(t)
	t.Scratch = scratch
	t.Depth--
	return v
}

// maxDepth bounds evaluation loops inside each other, which use Go's stack.
const maxDepth = 5000

// popFailed undoes enter for a frame that will not run.
func popFailed(t *Thread) {
	t.Frame -= recordSize
	r := record(t)
	t.IP, t.FP = r.IP, r.FP
}

// RunCode runs the code of a module, class or exec with the given mappings. locals may be any mapping.
func RunCode(t *Thread, c *object.Code, globals *object.Dict, locals Value, closure *object.Tuple) Value {
	f := NewFunc(t, c, globals)
	f.Closure = closure
	return RunFunc(t, f, locals)
}

// RunFunc runs a function without arguments; its local names are in locals if its code keeps them in a mapping.
func RunFunc(t *Thread, f *object.Func, locals Value) Value {
	ip, fp := t.IP, t.FP
	c := f.Code
	if c.Words == nil && !prepare(t, c) {
		return Value{}
	}
	p := unsafe.Add(top(t), valueSize) // room for the mapping of local names
	if !fits(t, c, p) || !bind(t, f, p, nil, nil) {
		return Value{}
	}
	if c.Obj.Flags&code.Optimized == 0 {
		*localsSlot(p) = locals
	}
	if !enter(t, f, p, flagEntry) {
		return Value{}
	}
	v := run(t)
	t.IP, t.FP = ip, fp
	return v
}

// NewFunc makes a function of code as MAKE_FUNCTION does.
func NewFunc(t *Thread, c *object.Code, globals *object.Dict) *object.Func {
	f := &object.Func{Head: object.Head{Type: &object.FuncType}, Code: c, Globals: globals, Name: c.Name, Qualname: c.Qualname}
	f.Doc = object.None
	if c.Obj.Flags&code.HasDocstring != 0 && len(c.Consts) > 0 {
		f.Doc = c.Consts[0]
	}
	f.Module = globals.GetStr(nameName)
	if f.Module.P == nil {
		f.Module = object.None
	}
	f.Builtins = builtinsOf(t, globals)
	f.Shape = object.FuncType.Root
	return f
}

var (
	nameName     = object.StaticName("__name__")
	nameBuiltins = object.StaticName("__builtins__")
)

// builtinsOf returns the dict that globals have for builtins.
func builtinsOf(t *Thread, globals *object.Dict) *object.Dict {
	b := globals.GetStr(nameBuiltins)
	if b.P == nil {
		return t.Interp.Builtins
	}
	switch {
	case b.Type().Flags&object.FlagDict != 0:
		return object.To[object.Dict](b)
	case b.IsA(&object.ModuleType):
		return object.To[object.Module](b).Dict()
	}
	return t.Interp.Builtins
}
