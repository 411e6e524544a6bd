package vm

import (
	"slices"
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

// A class that has a __new__ in Python and no __init__, as named tuples have, makes its instances in a frame of that function. What __new__ returns is
// nearly always an instance of the class, and the result. Should it be one of another class, that may have an __init__, which wants the
// arguments of the call: they are kept below the frame, as __new__ may give its variables other values.
//
//	argument 0 ... n-1 | names, n | class | function || frame: class, argument 0 ...

var nameNew = object.StaticName("__new__")

// constructNew calls a class as its Maker says that has a __new__ in Python.
func constructNew(t *Thread, fp ptr, w uint64, cls *object.Type, args *Value, n int, names *object.Tuple) bool {
	f := cls.Maker.Create
	c := f.Code
	if c.Words == nil && !prepare(t, c) {
		return false
	}
	kept := (*Value)(top(t))
	at := ptr(nth(kept, n+3))
	if c.Obj.Flags&code.Optimized == 0 || c.Makes || names != nil && odd(names) || !plainNew(t, cls.Head.Type) ||
		uintptr(at)+uintptr(n+8)*valueSize > t.SlabLimit || uintptr(at)+c.FrameBytes > t.SlabLimit {
		return put(fp, w, t.Call(object.Of(cls), span(args, n), names))
	}
	self := (*Value)(at)
	copy(span(next(self), n), span(args, n))
	copy(span(kept, n), span(args, n))
	*nth(kept, n) = Value{P: ptr(names), B: uint64(n)}
	*nth(kept, n+1) = object.Of(cls)
	*self = object.Of(cls)
	if c.Args == n+1 && names == nil {
		return enter(t, f, at, flagNew)
	}
	return bind(t, f, at, span(self, n+1), names) && enter(t, f, at, flagNew)
}

// plainNew reports whether classes whose metaclass is meta have their own __new__, which no data descriptor of meta's hides.
func plainNew(t *Thread, meta *object.Type) bool {
	return meta == &object.TypeType || meta.Lookup(t, nameNew).Type().DescrSet == nil
}

// finishNew returns from a __new__ that has made an instance of another class, or whose class has changed meanwhile.
func finishNew(t *Thread, fp ptr, v Value) Value {
	local := func(i int) *Value { return (*Value)(unsafe.Add(fp, i*int(valueSize))) }
	cls := object.To[object.Type](*local(-2))
	names, n := (*object.Tuple)(local(-3).P), int(local(-3).B)
	args := slices.Clone(span(local(-3-n), n))
	watch := *flagsOf(fp)&flagWatched != 0
	leave(t, fp)
	if t.InitNew(cls, v, args, names) {
		*regA(fpOf(t), word(ipOf(t))) = v
		if watch {
			retrace(t)
		}
	}
	return Value{}
}
