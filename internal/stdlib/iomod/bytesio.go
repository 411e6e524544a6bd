package iomod

import (
	"bytes"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// bytesIO is a stream of bytes in memory.
type bytesIO struct {
	base
	b      []byte
	pos    int
	closed bool
	// shared is the bytes object whose memory b is: b is copied before it changes.
	shared  Value
	exports object.Exports
}

// bytesMemory is what the memoryview of getbuffer is of.
type bytesMemory struct {
	object.Head
	of *bytesIO
}

var bytesIOType, bytesMemoryType object.Type

func (x *bytesIO) open(t *Thread) bool {
	if x.closed {
		t.ValueErrorf("I/O operation on closed file.")
		return false
	}
	return true
}

// fixed raises BufferError if there are views that keep the size from changing.
func (x *bytesIO) fixed(t *Thread) bool {
	if x.exports.Any(t) {
		t.Raisef(&object.BufferErrorType, "Existing exports of data: object cannot be re-sized")
		return true
	}
	return false
}

// own makes the memory the stream's own.
func (x *bytesIO) own(room int) {
	if x.shared.P == nil {
		return
	}
	b := make([]byte, len(x.b), max(room, len(x.b)))
	copy(b, x.b)
	x.b, x.shared = b, Value{}
}

// view returns the memory of a bytes object.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func bytesIOInit(t *Thread, a []Value) bool {
	x := object.To[bytesIO](a[0])
	if x.fixed(t) {
		return false
	}
	x.b, x.pos, x.shared, x.closed = nil, 0, Value{}, false
	switch v := a[1]; {
	case v.P == nil || v.IsNone():
	case v.Is(&object.BytesType):
		x.b, x.shared = view(object.To[object.Bytes](v).S), v
	default:
		r, ok := native.Readable(t, v)
		if !ok {
			return false
		}
		x.b = append([]byte(nil), r.Bytes...)
		r.Release(t)
	}
	return true
}

// makeBytesIO is makeStringIO for this class.
func makeBytesIO(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
	v := allocBytesIO(t, cls)
	if len(args) > 1 {
		if !t.InitNew(cls, v, args, names) {
			return Value{}
		}
		return v
	}
	a := [2]Value{v}
	copy(a[1:], args)
	if !bytesIOInit(t, a[:]) {
		return Value{}
	}
	return v
}

func bytesIOValue(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	if !x.open(t) {
		return Value{}
	}
	return x.value(t)
}

func (x *bytesIO) value(t *Thread) Value {
	if x.shared.P == nil {
		if x.exports.Any(t) || len(x.b) < 64 || cap(x.b) > 2*len(x.b) {
			return object.CopyBytes(x.b)
		}
		x.shared = native.MakeBytes(x.b)
	}
	return x.shared
}

// get returns the next n bytes as an object.
func (x *bytesIO) get(t *Thread, n int) Value {
	if n <= 0 {
		return object.EmptyBytes
	}
	v := Value{}
	switch {
	case n == len(x.b) && x.pos == 0:
		v = x.value(t)
	default:
		v = object.CopyBytes(x.b[x.pos : x.pos+n])
	}
	x.pos += n
	return v
}

// left is how many bytes are behind the position.
func (x *bytesIO) left() int { return max(len(x.b)-x.pos, 0) }

func bytesIORead(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	n, ok := sizeArg(t, a[1])
	if !ok || !x.open(t) {
		return Value{}
	}
	if n < 0 || n > x.left() {
		n = x.left()
	}
	return x.get(t, n)
}

func (x *bytesIO) lineLen(limit int) int {
	n := x.left()
	if n == 0 {
		return 0
	}
	if i := bytes.IndexByte(x.b[x.pos:], '\n'); i >= 0 {
		n = i + 1
	}
	if limit >= 0 && n > limit {
		n = limit
	}
	return n
}

func bytesIOReadline(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	limit, ok := sizeArg(t, a[1])
	if !ok || !x.open(t) {
		return Value{}
	}
	return x.get(t, x.lineLen(limit))
}

func bytesIOReadlines(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	limit := -1
	if v := a[1]; v.P != nil && !v.IsNone() {
		if v.Type().Index == nil {
			return t.TypeErrorf("integer argument expected, got '%s'", v.Type().Name)
		}
		n, ok := t.AsSize(v)
		if !ok {
			return Value{}
		}
		limit = n
	}
	if !x.open(t) {
		return Value{}
	}
	var lines []Value
	for total := 0; ; {
		n := x.lineLen(-1)
		if n == 0 {
			break
		}
		lines = append(lines, x.get(t, n))
		if total += n; limit > 0 && total >= limit {
			break
		}
	}
	return object.Of(object.NewList(lines))
}

func bytesIONext(t *Thread, v Value) Value {
	x := object.To[bytesIO](v)
	if !x.open(t) {
		return Value{}
	}
	n := x.lineLen(-1)
	if n == 0 {
		return Value{}
	}
	return x.get(t, n)
}

func bytesIOReadInto(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	w, ok := native.Writable(t, a[1], "readinto() argument")
	if !ok {
		return Value{}
	}
	defer w.Release(t)
	if !x.open(t) {
		return Value{}
	}
	n := 0
	if x.left() > 0 {
		n = copy(w.Bytes, x.b[x.pos:])
		x.pos += n
	}
	return object.MakeInt(int64(n))
}

// put writes p at the position.
func (x *bytesIO) put(t *Thread, p []byte) bool {
	if len(p) == 0 {
		return true
	}
	if x.pos > maxAlloc || len(p) > maxAlloc-x.pos {
		t.OverflowErrorf("new buffer size too large")
		return false
	}
	end := x.pos + len(p)
	x.own(end)
	if end > len(x.b) {
		switch {
		case end <= cap(x.b):
			old := len(x.b)
			x.b = x.b[:end]
			if x.pos > old {
				clear(x.b[old:x.pos])
			}
		default:
			b := make([]byte, end, end+end>>2+64)
			copy(b, x.b)
			x.b = b
		}
	}
	copy(x.b[x.pos:], p)
	x.pos = end
	return true
}

func bytesIOWrite(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	if !x.open(t) || x.fixed(t) {
		return Value{}
	}
	r, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer r.Release(t)
	if !x.open(t) || x.fixed(t) || !x.put(t, r.Bytes) {
		return Value{}
	}
	return object.MakeInt(int64(len(r.Bytes)))
}

func bytesIOWritelines(t *Thread, a []Value) Value {
	if !object.To[bytesIO](a[0]).open(t) {
		return Value{}
	}
	ok := true
	if !t.Each(a[1], func(v Value) bool {
		ok = bytesIOWrite(t, []Value{a[0], v}).P != nil
		return ok
	}) || !ok {
		return Value{}
	}
	return object.None
}

func bytesIOSeek(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	pos, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	whence := 0
	if a[2].P != nil {
		if whence, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	if !x.open(t) {
		return Value{}
	}
	start := 0
	switch whence {
	case 0:
		if pos < 0 {
			return t.ValueErrorf("negative seek value %d", pos)
		}
	case 1:
		start = x.pos
	case 2:
		start = len(x.b)
	default:
		return t.ValueErrorf("invalid whence (%d, should be 0, 1 or 2)", whence)
	}
	if pos > 1<<63-1-start {
		return t.OverflowErrorf("new position too large")
	}
	x.pos = max(start+pos, 0)
	return object.MakeInt(int64(x.pos))
}

func bytesIOTruncate(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	if !x.open(t) || x.fixed(t) {
		return Value{}
	}
	size := x.pos
	if v := a[1]; v.P != nil && !v.IsNone() {
		n, ok := sizeArg(t, v)
		if !ok {
			return Value{}
		}
		size = n
		if size < 0 {
			return t.ValueErrorf("negative size value %d", size)
		}
	}
	if size < len(x.b) {
		x.own(0)
		x.b = x.b[:size]
	}
	return object.MakeInt(int64(size))
}

func bytesIOGetstate(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	if !x.open(t) {
		return Value{}
	}
	return object.Of(object.NewTuple(x.value(t), object.MakeInt(int64(x.pos)), dictState(a[0])))
}

// dictState is a copy of the attributes of v, or None if there are none.
func dictState(v Value) Value {
	d := object.InstanceDict(v)
	if d == nil || d.Len() == 0 {
		return object.None
	}
	return object.Of(d.Copy())
}

// setDict adds to the attributes of v those of a state.
func setDict(t *Thread, v, d Value, what string) bool {
	if d.IsNone() {
		return true
	}
	if d.Type().Flags&object.FlagDict == 0 {
		t.TypeErrorf("%s item of state should be a dict, got a %s", what, d.Type().Name)
		return false
	}
	return object.DictUpdate(t, object.InstanceDict(v), d)
}

func bytesIOSetstate(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	if a[1].Type().Flags&object.FlagTuple == 0 || len(object.To[object.Tuple](a[1]).Items()) < 3 {
		return t.TypeErrorf("%s.__setstate__ argument should be 3-tuple, got %s", a[0].Type().Name, a[1].Type().Name)
	}
	s := object.To[object.Tuple](a[1]).Items()
	if x.fixed(t) {
		return Value{}
	}
	x.b, x.pos, x.shared = nil, 0, Value{}
	if bytesIOWrite(t, []Value{a[0], s[0]}).P == nil {
		return Value{}
	}
	if s[1].Type().Flags&object.FlagInt == 0 {
		return t.TypeErrorf("second item of state must be an integer, not %s", s[1].Type().Name)
	}
	pos, ok := t.AsSize(s[1])
	if !ok {
		return Value{}
	}
	if pos < 0 {
		return t.ValueErrorf("position value cannot be negative")
	}
	x.pos = pos
	if !setDict(t, a[0], s[2], "third") {
		return Value{}
	}
	return object.None
}

func bytesIOBuffer(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	if !x.open(t) {
		return Value{}
	}
	x.own(0)
	return t.NewMemoryView(object.Of(&bytesMemory{object.Head{Type: &bytesMemoryType}, x}))
}

func bytesIOClose(t *Thread, a []Value) Value {
	x := object.To[bytesIO](a[0])
	if x.fixed(t) {
		return Value{}
	}
	x.b, x.shared, x.closed = nil, Value{}, true
	return object.None
}

// answers makes a method of an open stream with a constant result.
func answers(v Value) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		if !object.To[bytesIO](a[0]).open(t) {
			return Value{}
		}
		return v
	}
}

func allocBytesIO(t *Thread, cls *object.Type) Value {
	x := &bytesIO{}
	x.Type = cls
	return object.InitAttrs(cls, object.Of(x))
}

func defineBytesIO() {
	object.Define(&bytesMemoryType, object.TypeSpec{Name: "_BytesIOBuffer", Module: "_io", Flags: object.FlagNoNew, Slots: object.Slots{
		Buffer: func(t *Thread, v Value, writable bool) (*object.Buffer, bool) {
			x := object.To[bytesMemory](v).of
			return object.BytesBuffer(v, x.b, false, &x.exports), true
		},
	}})
	const sig = "(initial_bytes=b'')"
	object.Define(&bytesIOType, object.TypeSpec{Name: "BytesIO", Module: "_io", Base: &bufferedBaseType, Flags: object.FlagBase, Sig: sig, Make: makeBytesIO,
		Doc: "Buffered I/O implementation using an in-memory bytes buffer.",
		Slots: object.Slots{
			Alloc: allocBytesIO,
			New:   func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value { return cls.Alloc(t, cls) },
			Init:  object.Initializer("BytesIO", sig, bytesIOInit),
			Iter:  object.SelfIter, Next: bytesIONext,
		},
		Methods: []object.MethodDef{
			{Name: "readable", Sig: sigSelf, Fn: answers(object.True), Doc: "Returns True if the IO object can be read."},
			{Name: "seekable", Sig: sigSelf, Fn: answers(object.True), Doc: "Returns True if the IO object can be seeked."},
			{Name: "writable", Sig: sigSelf, Fn: answers(object.True), Doc: "Returns True if the IO object can be written."},
			{Name: "isatty", Sig: sigSelf, Fn: answers(object.False), Doc: "Always returns False.\n\nBytesIO objects are not connected to a TTY-like device."},
			{Name: "flush", Sig: sigSelf, Fn: answers(object.None), Doc: "Does nothing."},
			{Name: "close", Sig: sigSelf, Fn: bytesIOClose, Doc: "Disable all I/O operations."},
			{Name: "getvalue", Sig: sigSelf, Fn: bytesIOValue, Doc: "Retrieve the entire contents of the BytesIO object."},
			{Name: "getbuffer", Sig: sigSelf, Fn: bytesIOBuffer, Doc: "Get a read-write view over the contents of the BytesIO object."},
			{Name: "read", Sig: sigSize, Fn: bytesIORead, Doc: "Read at most size bytes, returned as a bytes object."},
			{Name: "read1", Sig: sigSize, Fn: bytesIORead, Doc: "Read at most size bytes, returned as a bytes object."},
			{Name: "readline", Sig: sigSize, Fn: bytesIOReadline, Doc: "Next line from the file, as a bytes object."},
			{Name: "readlines", Sig: sigSizeNone, Fn: bytesIOReadlines, Doc: "List of bytes objects, each a line from the file."},
			{Name: "readinto", Sig: sigBuffer, Fn: bytesIOReadInto, Doc: "Read bytes into buffer.\n\nReturns number of bytes read (0 for EOF)."},
			{Name: "write", Sig: sigB, Fn: bytesIOWrite, Doc: "Write bytes to file.\n\nReturn the number of bytes written."},
			{Name: "writelines", Sig: "($self, lines, /)", Fn: bytesIOWritelines, Doc: "Write lines to the file."},
			{Name: "tell", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				x := object.To[bytesIO](a[0])
				if !x.open(t) {
					return Value{}
				}
				return object.MakeInt(int64(x.pos))
			}, Doc: "Current file position, an integer."},
			{Name: "seek", Sig: "($self, pos, whence=0, /)", Fn: bytesIOSeek, Doc: "Change stream position."},
			{Name: "truncate", Sig: sigSizeNone, Fn: bytesIOTruncate, Doc: "Truncate the file to at most size bytes."},
			{Name: "__getstate__", Sig: sigSelf, Fn: bytesIOGetstate},
			{Name: "__setstate__", Sig: "($self, object, /)", Fn: bytesIOSetstate},
			{Name: "__sizeof__", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				const basic, header = 64, 33 // of CPython's stream and its buffer, a bytes object
				n := len(object.To[bytesIO](a[0]).b)
				if n > 0 {
					n += header
				}
				return object.MakeInt(int64(basic + n))
			}},
		},
		GetSets: []object.GetSetDef{
			{Name: "closed", Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[bytesIO](v).closed) }, Doc: "True if the file is closed."},
		},
	})
}
