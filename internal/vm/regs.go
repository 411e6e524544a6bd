package vm

import (
	"strconv"
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

type (
	// ptr is a machine address: of a frame's local 0, or of an instruction word.
	ptr = unsafe.Pointer
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

const (
	valueSize  = unsafe.Sizeof(Value{})
	wordSize   = 8
	recordSize = unsafe.Sizeof(object.Record{})
	cacheSize  = unsafe.Sizeof(object.Cache{})
)

// The bits of fp[-1].B.
const (
	// flagEntry: returning leaves eval.
	flagEntry = 1 << iota
	// flagGen: the frame is a generator's.
	flagGen
	// flagFrame: there is a Frame object that must get the locals.
	flagFrame
	// flagInit: an __init__ whose call is that of a class: the result is the instance, which is local 0's value when it began
	// and is kept in the slot the function value came from.
	flagInit
	// flagSlab: the frame is the first of its slab.
	flagSlab
	// flagWatched: the frame was entered, or ran, while the thread was watched. See trace.go.
	flagWatched
	// flagNew: a __new__ whose call is that of a class. See constructNew.
	flagNew
	// flagThen: the caller's operation goes on with the result: see proceed. flagElse says that the method is not the one named first for it.
	flagThen
	flagElse
	// flagNone: nobody wants the result.
	flagNone
	// flagDrain: the frame is a generator's, and what it yields goes to the thread's sink.
	flagDrain
)

func regA(fp ptr, w uint64) *Value { return (*Value)(unsafe.Add(fp, w>>16&0xffff)) }
func regB(fp ptr, w uint64) *Value { return (*Value)(unsafe.Add(fp, w>>32&0xffff)) }
func regC(fp ptr, w uint64) *Value { return (*Value)(unsafe.Add(fp, w>>48)) }

func fieldB(w uint64) int  { return int(w >> 32 & 0xffff) }
func fieldC(w uint64) int  { return int(w >> 48) }
func immB(w uint64) int64  { return int64(int16(w >> 32)) }
func immC(w uint64) int64  { return int64(int16(w >> 48)) }
func fieldX(w uint64) uint { return uint(w >> 8 & 0xff) }
func wideBC(w uint64) int  { return int(w >> 32) }

// name24 is the number in c and x together.
func name24(w uint64) int { return int(w>>48) | int(w>>8&0xff)<<16 }

// next returns the register after r.
func next(r *Value) *Value { return (*Value)(unsafe.Add(ptr(r), valueSize)) }

// prev returns the register before r.
func prev(r *Value) *Value { return (*Value)(unsafe.Add(ptr(r), -int(valueSize))) }

// nth returns the register n places after r.
func nth(r *Value, n int) *Value { return (*Value)(unsafe.Add(ptr(r), uintptr(n)*valueSize)) }

// span returns n registers from r on as a slice.
func span(r *Value, n int) []Value { return unsafe.Slice(r, n) }

// asPtr turns a saved register into a pointer. Frames and code do not move, and are kept alive by
// the slab or a generator, and by the function in fp[-1].
func asPtr(p *uintptr) ptr { return *(*ptr)(ptr(p)) }

func ipOf(t *Thread) ptr { return asPtr(&t.IP) }
func fpOf(t *Thread) ptr { return asPtr(&t.FP) }

// funcOf returns the function that runs in a frame.
func funcOf(fp ptr) *object.Func {
	return (*object.Func)((*Value)(unsafe.Add(fp, -int(valueSize))).P)
}

func codeOf(fp ptr) *object.Code { return funcOf(fp).Code }

func flagsOf(fp ptr) *uint64 { return &(*Value)(unsafe.Add(fp, -int(valueSize))).B }

// word returns the word being executed: ip points behind it.
func word(ip ptr) uint64 { return *(*uint64)(unsafe.Add(ip, -wordSize)) }

func record(t *Thread) *object.Record { return (*object.Record)(asPtr(&t.Frame)) }

// jump moves the saved instruction pointer n words on.
func jump(t *Thread, n int64) bool {
	t.IP += uintptr(n * wordSize)
	return true
}

func constAt(fp ptr, i int) Value { return codeOf(fp).Consts[i] }

func cacheAt(fp ptr, i int) *object.Cache { return &codeOf(fp).Caches[i] }

// The evaluation loop finds constants, caches, values of namespaces and items by these, without checks of bounds: the
// lifter, what filled the cache, or the loop itself has made sure that they exist. They also keep the loop below the size from which on Go's compiler
// inlines next to nothing.

// constIn returns the constant at an offset.
func constIn(c *object.Code, offset uint64) *Value {
	return (*Value)(unsafe.Add(ptr(unsafe.SliceData(c.Consts)), offset))
}

// cacheIn returns cache i.
func cacheIn(c *object.Code, i uint64) *object.Cache {
	return (*object.Cache)(unsafe.Add(ptr(unsafe.SliceData(c.Caches)), uintptr(i)*cacheSize))
}

// valueIn returns the value of the entry that a cache has found.
func valueIn(d *object.Dict, ic *object.Cache) *Value {
	return &(*object.Entry)(unsafe.Add(ptr(unsafe.SliceData(d.Entries)), uintptr(ic.Count)*unsafe.Sizeof(object.Entry{}))).Value
}

// holds is x o y, for o the place of the comparison in the order that operations have for them: <, <=, ==, !=, >, >=.
func holds(o lift.Op, x, y int64) bool {
	switch o {
	case 0:
		return x < y
	case 1:
		return x <= y
	case 2:
		return x == y
	case 3:
		return x != y
	case 4:
		return x > y
	}
	return x >= y
}

// item returns item i.
func item(v []Value, i int) *Value {
	return (*Value)(unsafe.Add(ptr(unsafe.SliceData(v)), uintptr(i)*valueSize))
}

func isFunc(v Value) bool { return v.Type() == &object.FuncType }

// wordIndex returns the index of the word being executed in a frame's code.
func wordIndex(c *object.Code, ip uintptr) int {
	return int(ip-uintptr(ptr(unsafe.SliceData(c.Words))))/wordSize - 1
}

func lifted(c *object.Code) *lift.Code { return c.Lifted.(*lift.Code) }

// hexAddr is an object's address as reprs show it.
func hexAddr(v Value) string { return "0x" + strconv.FormatUint(uint64(uintptr(v.P)), 16) }

// setInt stores an int. The tag is stored only where it changes: most results go where an int was
// before, and then there is no pointer store and no write barrier.
func setInt(d *Value, x int64) {
	if d.P != ptr(&object.Tags.Int) {
		d.P = ptr(&object.Tags.Int)
	}
	d.B = uint64(x)
}

// setFloat stores a float, given by its bits.
func setFloat(d *Value, x float64) {
	if d.P != ptr(&object.Tags.Float) {
		d.P = ptr(&object.Tags.Float)
	}
	d.B = *(*uint64)(ptr(&x))
}

// tupleItem is item i, which exists, of the tuple at p, whose type is TupleType.
func tupleItem(p ptr, i int) *Value {
	return (*Value)(unsafe.Add(p, object.TupleItems+uintptr(i)*valueSize))
}

// setChar stores character i, which exists, of a str that is ASCII.
func setChar(d *Value, s *object.Str, i int) {
	*d = object.ASCIIChar(*(*byte)(unsafe.Add(ptr(unsafe.StringData(s.S)), uintptr(i))))
}

func setBool(d *Value, x bool) {
	if d.P != ptr(&object.Tags.Bool) {
		d.P = ptr(&object.Tags.Bool)
	}
	d.B = 0
	if x {
		d.B = 1
	}
}

func isInt(v *Value) bool   { return v.P == ptr(&object.Tags.Int) }
func ints(a, b *Value) bool { return isInt(a) && isInt(b) }
func strs(a, b *Value) bool { return a.Is(&object.StrType) && b.Is(&object.StrType) }
func isFloat(v *Value) bool { return v.P == ptr(&object.Tags.Float) }
func f64(v *Value) float64  { return *(*float64)(ptr(&v.B)) }
