package vm

import (
	"sync/atomic"
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// enter makes the frame of f run: its arguments are bound and lie at newFP. ip and fp of the caller are those saved
// in t. flags go to fp[-1].
func enter(t *Thread, f *object.Func, newFP ptr, flags uint64) bool {
	if t.Frame >= atomic.LoadUintptr(&t.FrameLimit) {
		if full(t) {
			return false
		}
		if t.Watched {
			f, flags = watchedEntry(t, f), flags|flagWatched
		}
	}
	enterFrame(t, f, newFP, flags)
	return true
}

// enterFrame is enter in a thread that is not watched and has a record left.
func enterFrame(t *Thread, f *object.Func, newFP ptr, flags uint64) {
	c := f.Code
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
}

// room returns where a frame of c can be: at fp, or if the slab ends too soon, on a new one, which is given up when the frame is left (flags
// say so, for enter).
func room(t *Thread, c *object.Code, fp ptr) (at ptr, flags uint64) {
	if uintptr(fp)+c.FrameBytes <= t.SlabLimit {
		return fp, 0
	}
	a := aux(t)
	a.slabs = append(a.slabs, t.Slab)
	next := a.spare
	a.spare = nil
	if next == nil || uintptr(len(next))*valueSize < c.FrameBytes+slabSpare {
		next = t.SlabFor(c.FrameBytes)
	}
	t.UseSlab(next)
	return ptr(&next[2]), flagSlab
}

// slabSpare is how many bytes of a slab no frame can use, generously.
const slabSpare = 4096

// dropSlab goes back to the slab before. The one that is left is kept for the next time.
func dropSlab(t *Thread) {
	a := aux(t)
	a.spare = t.Slab
	n := len(a.slabs) - 1
	t.UseSlab(a.slabs[n])
	a.slabs[n] = nil
	a.slabs = a.slabs[:n]
}

// placed binds the arguments of a call of f to a frame at fp, or elsewhere if there is no room, and makes it run.
func placed(t *Thread, f *object.Func, fp ptr, args []Value, names *object.Tuple, flags uint64) bool {
	fp, more := room(t, f.Code, fp)
	if names != nil && odd(names) {
		f = f.Copy()
		mark := t.Scratch
		t.Scratch = uintptr(fp) + f.Code.FrameBytes
		ok := bind(t, f, fp, args, names)
		t.Scratch = mark
		if ok && enter(t, f, fp, flags|more) {
			return true
		}
	} else if bind(t, f, fp, args, names) && enter(t, f, fp, flags|more) {
		return true
	}
	if more != 0 {
		dropSlab(t)
	}
	return false
}

// odd reports whether some names of keywords are of subclasses of str: those have methods, which bind may run. Then the frame has to be
// kept free, and the function's code must not change.
func odd(names *object.Tuple) bool {
	for _, n := range names.Items() {
		if !n.Is(&object.StrType) {
			return true
		}
	}
	return false
}

// recode prepares for f having other code: its frames that run go on with what they have begun, by means of a copy of the function. Generators
// see for themselves when they are resumed.
func recode(t *Thread, f *object.Func) {
	var old *object.Func
	for _, o := range t.Interp.Threads() {
		for fp := range callers(o) {
			if funcOf(fp) != f {
				continue
			}
			if old == nil {
				old = f.Copy()
			}
			setFunc(fp, old)
		}
	}
}

// setFunc changes the function of a frame.
func setFunc(fp ptr, f *object.Func) { (*Value)(unsafe.Add(fp, -int(valueSize))).P = ptr(f) }

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
	return placed(t, f, top(t), args, names, flags)
}

// CallFunc calls a Python function from Go.
func CallFunc(t *Thread, f *object.Func, args []Value, names *object.Tuple) Value {
	if n := len(args); names == nil && n <= 3 && f.Code.Args == n {
		var x [3]Value
		copy(x[:], args)
		if v, done := CallPlain(t, f, n, x[0], x[1], x[2]); done {
			return v
		}
	}
	if f.Code.Obj.Flags&code.Optimized == 0 {
		return RunFunc(t, f, object.Of(f.Globals))
	}
	if f.Code.Words == nil && !prepare(t, f.Code) {
		return Value{}
	}
	if f.Code.Makes {
		return makeGenerator(t, f, args, names)
	}
	ip, fp := t.IP, t.FP
	if !push(t, f, args, names, flagEntry) {
		return Value{}
	}
	v := run(t)
	t.IP, t.FP = ip, fp
	return v
}

// CallPlain calls a Python function from Go with the first n of three arguments, if these are what it takes, and nothing else is to be done than to run
// it. They are no slice because that would be an allocation: the compiler sees all that is behind a function in a field as escaping.
func CallPlain(t *Thread, f *object.Func, n int, x, y, z Value) (v Value, done bool) {
	c := f.Code
	if c.Args != n || t.Frame >= atomic.LoadUintptr(&t.FrameLimit) || t.Depth >= maxDepth {
		return Value{}, false // an interrupt lowers the limit, too
	}
	at := top(t)
	if uintptr(at)+c.FrameBytes >= t.SlabLimit {
		return Value{}, false
	}
	ip, fp, scratch := t.IP, t.FP, t.Scratch
	first := (*Value)(at)
	switch n {
	case 3:
		*nth(first, 2) = z
		fallthrough
	case 2:
		*next(first) = y
		fallthrough
	case 1:
		*first = x
	}
	enterFrame(t, f, at, flagEntry)
	t.Runs++
	t.Depth++
	v = eval(t)
	t.Depth--
	t.Scratch = scratch
	if watched(t) {
		t.Break(object.BreakTrace)
	}
	t.IP, t.FP = ip, fp
	return v, true
}

// run evaluates until the frame that was entered last returns. Its flags include flagEntry.
func run(t *Thread) Value {
	t.Runs++
	if t.Depth++; t.Depth > maxDepth {
		t.Depth--
		leave(t, fpOf(t)) // the frame that will not run
		return t.Raisef(&object.RecursionErrorType, "maximum recursion depth exceeded")
	}
	// What Go code has pushed stays reserved: calls of a generator's frame, which lies elsewhere, begin above it.
	scratch := t.Scratch
	var v Value
	if atomic.LoadUint32(&t.Breaker) == 0 || between(t) || unwind(t) {
		v = eval(t)
	}
	t.Scratch = scratch
	t.Depth--
	if watched(t) {
		t.Break(object.BreakTrace)
	}
	return v
}

// maxDepth bounds evaluation loops inside each other, which use Go's stack.
const maxDepth = 5000

// RunCode runs the code of a module, class or exec with the given mappings. locals may be any mapping.
func RunCode(t *Thread, c *object.Code, globals *object.Dict, locals Value, closure *object.Tuple) Value {
	f := t.NewFunc(c, globals)
	f.Closure = closure
	return RunFunc(t, f, locals)
}

// stores returns how many names code without fast locals sets, at most.
func stores(c *object.Code) int {
	l, _ := c.Lifted.(*lift.Code)
	if l == nil {
		return 0
	}
	n := 0
	for i := range l.Caches {
		if l.Caches[i].Op == lift.StoreName {
			n++
		}
	}
	return n
}

// RunFunc runs a function without arguments; its local names are in locals if its code keeps them in a mapping.
func RunFunc(t *Thread, f *object.Func, locals Value) Value {
	ip, fp := t.IP, t.FP
	c := f.Code
	if c.Words == nil && !prepare(t, c) {
		return Value{}
	}
	p, flags := room(t, c, unsafe.Add(top(t), valueSize)) // and a place for the mapping of local names
	if !bind(t, f, p, nil, nil) {
		if flags != 0 {
			dropSlab(t)
		}
		return Value{}
	}
	if c.Obj.Flags&code.Optimized == 0 {
		*localsSlot(p) = locals.P
		if locals.Is(&object.DictType) {
			object.To[object.Dict](locals).Grow(stores(c))
		}
	}
	if !enter(t, f, p, flags|flagEntry) {
		if flags != 0 {
			dropSlab(t)
		}
		return Value{}
	}
	v := run(t)
	t.IP, t.FP = ip, fp
	return v
}
