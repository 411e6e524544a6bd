package iomod

import (
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// base begins every stream.
type base struct {
	object.Head
	object.Attrs
}

const baseAttrs = unsafe.Offsetof(base{}.Attrs)

// The abstract classes.
var ioBaseType, rawBaseType, bufferedBaseType, textBaseType object.Type

const defaultBufferSize = 128 << 10

var (
	nameClosed     = object.StaticName("closed")
	nameClose      = object.StaticName("close")
	nameIsClosed   = object.StaticName("__IOBase_closed")
	nameFinalizing = object.StaticName("_finalizing")
	nameDealloc    = object.StaticName("_dealloc_warn")
	nameFlush      = object.StaticName("flush")
	nameRead       = object.StaticName("read")
	nameRead1      = object.StaticName("read1")
	nameReadAll    = object.StaticName("readall")
	nameReadInto   = object.StaticName("readinto")
	nameReadline   = object.StaticName("readline")
	namePeek       = object.StaticName("peek")
	nameWrite      = object.StaticName("write")
	nameSeek       = object.StaticName("seek")
	nameTell       = object.StaticName("tell")
	nameTruncate   = object.StaticName("truncate")
	nameSeekable   = object.StaticName("seekable")
	nameReadable   = object.StaticName("readable")
	nameWritable   = object.StaticName("writable")
	nameFileno     = object.StaticName("fileno")
	nameIsatty     = object.StaticName("isatty")
	nameName       = object.StaticName("name")
	nameMode       = object.StaticName("mode")
	nameNewlines   = object.StaticName("newlines")
	nameDecode     = object.StaticName("decode")
	nameEncode     = object.StaticName("encode")
	nameGetstate   = object.StaticName("getstate")
	nameSetstate   = object.StaticName("setstate")
	nameReset      = object.StaticName("reset")
)

func allocBase(t *Thread, cls *object.Type) Value {
	b := &base{}
	b.Type = cls
	v := object.InitAttrs(cls, object.Of(b))
	t.Finalize(v)
	return v
}

// unsupported raises io.UnsupportedOperation.
func unsupported(t *Thread, msg string) Value {
	cls := state(t).unsupported
	if cls == nil {
		return t.Raisef(&object.OSErrorType, "%s", msg)
	}
	e := t.CallArgs(object.Of(cls), object.MakeStr(msg))
	if e.P == nil {
		return e
	}
	return t.RaiseValue(e)
}

// refuse makes a method that raises UnsupportedOperation.
func refuse(msg string) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value { return unsupported(t, msg) }
}

// isClosed is self.closed, whatever defines it.
func isClosed(t *Thread, v Value) (closed, ok bool) {
	x := t.GetAttr(v, nameClosed)
	if x.P == nil {
		return false, false
	}
	return t.IsTrue(x)
}

// checkClosed raises ValueError if the stream is closed.
func checkClosed(t *Thread, v Value) bool {
	closed, ok := isClosed(t, v)
	if ok && closed {
		t.ValueErrorf("I/O operation on closed file.")
		return false
	}
	return ok
}

// check calls the method name of a stream and raises UnsupportedOperation unless it returns True.
func check(t *Thread, v Value, name *object.Str, msg string) bool {
	r := t.CallMethod(v, name)
	if r.P == nil {
		return false
	}
	if r != object.True {
		unsupported(t, msg)
		return false
	}
	return true
}

func checkReadable(t *Thread, v Value) bool {
	return check(t, v, nameReadable, "File or stream is not readable.")
}

func checkWritable(t *Thread, v Value) bool {
	return check(t, v, nameWritable, "File or stream is not writable.")
}

func checkSeekable(t *Thread, v Value) bool {
	return check(t, v, nameSeekable, "File or stream is not seekable.")
}

// checker makes a method of a check.
func checker(f func(t *Thread, v Value) bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		if !f(t, a[0]) {
			return Value{}
		}
		return object.None
	}
}

// sizeArg converts the argument of read and the like: no value and None mean -1.
func sizeArg(t *Thread, v Value) (int, bool) {
	switch {
	case v.P == nil || v.IsNone():
		return -1, true
	case v.IsInt():
		return int(v.Int()), true
	case v.Type().Index == nil:
		t.TypeErrorf("argument should be integer or None, not '%s'", v.Type().Name)
		return 0, false
	}
	return t.AsSize(v)
}

// finalizeStream is __del__: it closes the stream.
func finalizeStream(t *Thread, v Value) {
	saved := t.Exc
	t.Exc = nil
	closed, ok := isClosed(t, v)
	if !ok {
		// Attributes that are not there any more are no reason to complain.
		t.Exc = nil
	}
	if !closed && ok {
		if !t.SetAttr(v, nameFinalizing, object.True) {
			t.Exc = nil
		}
		if t.CallMethod(v, nameClose).P == nil {
			if f := t.Interp.Hooks.Unraisable; f != nil {
				r := "<" + v.Type().Name + ">"
				exc := t.Exc
				t.Exc = nil
				if s := t.Repr(v); s != nil {
					r = s.S
				}
				t.Exc = exc
				f(t, "Exception ignored while finalizing file "+r, Value{})
			}
			t.Exc = nil
		}
	}
	t.Exc = saved
}

func baseClosed(t *Thread, v Value) Value {
	return object.MakeBool(object.InstanceAttr(v, nameIsClosed).P != nil)
}

func baseClose(t *Thread, a []Value) Value {
	if object.InstanceAttr(a[0], nameIsClosed).P != nil {
		return object.None
	}
	r := t.CallMethod(a[0], nameFlush)
	exc := t.Exc
	t.Exc = nil
	if !t.SetAttr(a[0], nameIsClosed, object.True) {
		return Value{}
	}
	object.Unfinalize(a[0])
	if r.P == nil {
		t.Exc = exc
		return r
	}
	return object.None
}

func baseFlush(t *Thread, a []Value) Value {
	if object.InstanceAttr(a[0], nameIsClosed).P != nil {
		return t.ValueErrorf("I/O operation on closed file.")
	}
	return object.None
}

func baseIsatty(t *Thread, a []Value) Value {
	if !checkClosed(t, a[0]) {
		return Value{}
	}
	return object.False
}

func enter(t *Thread, a []Value) Value {
	if !checkClosed(t, a[0]) {
		return Value{}
	}
	return a[0]
}

func exit(t *Thread, args []Value, names *object.Tuple) Value {
	return t.CallMethod(args[0], nameClose)
}

func baseIter(t *Thread, v Value) Value {
	if !checkClosed(t, v) {
		return Value{}
	}
	return v
}

func baseNext(t *Thread, v Value) Value {
	line := t.CallMethod(v, nameReadline)
	if line.P == nil {
		return line
	}
	n, ok := t.Len(line)
	if !ok || n == 0 {
		return Value{}
	}
	return line
}

// baseReadline reads a line with read and, where there is one, peek.
func baseReadline(t *Thread, a []Value) Value {
	limit, ok := sizeArg(t, a[1])
	if !ok {
		return Value{}
	}
	peek, ok := t.FindAttr(a[0], namePeek)
	if !ok {
		return Value{}
	}
	var buf []byte
	for limit < 0 || len(buf) < limit {
		n := 1
		if peek.P != nil {
			p := t.CallArgs(peek, object.MakeInt(1))
			if p.P == nil {
				return p
			}
			if p.Type().Flags&object.FlagBytes == 0 {
				return t.Raisef(&object.OSErrorType, "peek() should have returned a bytes object, not '%s'", p.Type().Name)
			}
			if ahead := object.To[object.Bytes](p).S; len(ahead) > 0 {
				if n = strings.IndexByte(ahead, '\n') + 1; n == 0 {
					n = len(ahead)
				}
				if limit >= 0 {
					n = min(n, limit-len(buf))
				}
			}
		}
		b := t.CallMethod(a[0], nameRead, object.MakeInt(int64(n)))
		if b.P == nil {
			return b
		}
		if b.Type().Flags&object.FlagBytes == 0 {
			return t.Raisef(&object.OSErrorType, "read() should have returned a bytes object, not '%s'", b.Type().Name)
		}
		s := object.To[object.Bytes](b).S
		if s == "" {
			break
		}
		buf = append(buf, s...)
		if buf[len(buf)-1] == '\n' {
			break
		}
	}
	return object.CopyBytes(buf)
}

func baseReadlines(t *Thread, a []Value) Value {
	hint, ok := sizeArg(t, a[1])
	if !ok {
		return Value{}
	}
	it := t.Iter(a[0])
	if it.P == nil {
		return it
	}
	var lines []Value
	total := 0
	for {
		line := t.Next(it)
		if line.P == nil {
			if t.Exc != nil {
				return line
			}
			return object.Of(object.NewList(lines))
		}
		lines = append(lines, line)
		if hint <= 0 {
			continue
		}
		n, ok := t.Len(line)
		if !ok {
			return Value{}
		}
		if total += n; total >= hint {
			return object.Of(object.NewList(lines))
		}
	}
}

func baseWritelines(t *Thread, a []Value) Value {
	if !checkClosed(t, a[0]) {
		return Value{}
	}
	failed := false
	if !t.Each(a[1], func(x Value) bool {
		failed = t.CallMethod(a[0], nameWrite, x).P == nil
		return !failed
	}) || failed {
		return Value{}
	}
	return object.None
}

const (
	sigSelf     = "($self, /)"
	sigSize     = "($self, size=-1, /)"
	sigSizeNone = "($self, size=None, /)"
	sigBuffer   = "($self, buffer, /)"
	sigB        = "($self, b, /)"
)

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&ioBaseType, object.TypeSpec{Name: "_IOBase", Module: "_io", Flags: object.FlagBase, HasWeak: true, AttrOffset: baseAttrs,
		Doc: "The abstract base class for all I/O classes.\n\nIts methods stand for those that derived classes define: read, write and\nseek raise UnsupportedOperation, or say that the stream cannot do it.",
		Slots: object.Slots{
			Alloc: allocBase, Iter: baseIter, Next: baseNext, Del: finalizeStream,
		},
		Methods: []object.MethodDef{
			{Name: "seek", Sig: "($self, offset, whence=os.SEEK_SET, /)", Fn: refuse("seek"), Doc: "Change the stream position to the given byte offset."},
			{Name: "tell", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				return t.CallMethod(a[0], nameSeek, object.MakeInt(0), object.MakeInt(1))
			}, Doc: "Return current stream position."},
			{Name: "truncate", Sig: sigSizeNone, Fn: refuse("truncate"), Doc: "Truncate file to size bytes."},
			{Name: "flush", Sig: sigSelf, Fn: baseFlush, Doc: "Flush write buffers, if applicable."},
			{Name: "close", Sig: sigSelf, Fn: baseClose, Doc: "Flush and close the IO object.\n\nThis method has no effect if the file is already closed."},
			{Name: "seekable", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return object.False }, Doc: "Return whether object supports random access."},
			{Name: "readable", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return object.False }, Doc: "Return whether object was opened for reading."},
			{Name: "writable", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return object.False }, Doc: "Return whether object was opened for writing."},
			{Name: "_checkClosed", Sig: sigSelf, Fn: checker(checkClosed)},
			{Name: "_checkSeekable", Sig: sigSelf, Fn: checker(checkSeekable)},
			{Name: "_checkReadable", Sig: sigSelf, Fn: checker(checkReadable)},
			{Name: "_checkWritable", Sig: sigSelf, Fn: checker(checkWritable)},
			{Name: "fileno", Sig: sigSelf, Fn: refuse("fileno"), Doc: "Return underlying file descriptor if one exists."},
			{Name: "isatty", Sig: sigSelf, Fn: baseIsatty, Doc: "Return whether this is an 'interactive' stream."},
			{Name: "__enter__", Sig: sigSelf, Fn: enter},
			{Name: "__exit__", Raw: exit},
			{Name: "readline", Sig: sigSize, Fn: baseReadline, Doc: "Read and return a line from the stream.\n\nIf size is specified, at most size bytes will be read."},
			{Name: "readlines", Sig: "($self, hint=-1, /)", Fn: baseReadlines, Doc: "Return a list of lines from the stream."},
			{Name: "writelines", Sig: "($self, lines, /)", Fn: baseWritelines, Doc: "Write a list of lines to stream.\n\nLine separators are not added."},
		},
		GetSets: []object.GetSetDef{
			{Name: "closed", Get: baseClosed},
			{Name: "__dict__", Get: func(t *Thread, v Value) Value { return object.Of(object.InstanceDict(v)) }},
		},
	})
	ioBaseType.New = object.ObjectType.New
	object.Define(&rawBaseType, object.TypeSpec{Name: "_RawIOBase", Module: "_io", Base: &ioBaseType, Flags: object.FlagBase, Doc: "Base class for raw binary I/O.",
		Methods: []object.MethodDef{
			{Name: "read", Sig: sigSize, Fn: rawRead},
			{Name: "readall", Sig: sigSelf, Fn: rawReadAll, Doc: "Read until EOF, using multiple read() call."},
			{Name: "readinto", Raw: notImplemented},
			{Name: "write", Raw: notImplemented},
		}})
	object.Define(&bufferedBaseType, object.TypeSpec{Name: "_BufferedIOBase", Module: "_io", Base: &ioBaseType, Flags: object.FlagBase,
		Doc: "Base class for buffered IO objects.\n\nUnlike raw streams, reading takes as many bytes as asked for, and writing\ntakes all bytes or raises BlockingIOError.",
		Methods: []object.MethodDef{
			{Name: "detach", Sig: sigSelf, Fn: refuse("detach"), Doc: "Disconnect this buffer from its underlying raw stream and return it."},
			{Name: "read", Sig: sigSize, Fn: refuse("read"), Doc: "Read and return up to n bytes."},
			{Name: "read1", Sig: sigSize, Fn: refuse("read1"), Doc: "Read and return up to size bytes, with at most one read() call to the underlying raw stream."},
			{Name: "readinto", Sig: sigBuffer, Fn: bufferedReadInto(nameRead)},
			{Name: "readinto1", Sig: sigBuffer, Fn: bufferedReadInto(nameRead1)},
			{Name: "write", Sig: sigB, Fn: refuse("write"), Doc: "Write buffer b to the IO stream.\n\nReturn the number of bytes written, which is always the length of b."},
		}})
	null := func(t *Thread, v Value) Value { return object.None }
	object.Define(&textBaseType, object.TypeSpec{Name: "_TextIOBase", Module: "_io", Base: &ioBaseType, Flags: object.FlagBase,
		Doc: "Base class for text I/O.\n\nThis class provides a character and line based interface to stream\nI/O. There is no readinto method because Python's character strings\nare immutable.",
		Methods: []object.MethodDef{
			{Name: "detach", Sig: sigSelf, Fn: refuse("detach"), Doc: "Separate the underlying buffer from the TextIOBase and return it."},
			{Name: "read", Sig: sigSize, Fn: refuse("read"), Doc: "Read at most size characters from stream."},
			{Name: "readline", Sig: sigSize, Fn: refuse("readline"), Doc: "Read until newline or EOF."},
			{Name: "write", Sig: "($self, s, /)", Fn: func(t *Thread, a []Value) Value {
				if !a[1].IsStr() {
					return t.TypeErrorf("write() argument 1 must be str, not %s", object.ArgName(a[1]))
				}
				return unsupported(t, "write")
			}, Doc: "Write string s to stream.\n\nReturn the number of characters written."},
		},
		GetSets: []object.GetSetDef{
			{Name: "encoding", Get: null, Doc: "Encoding of the text stream.\n\nSubclasses should override."},
			{Name: "newlines", Get: null, Doc: "Line endings translated so far."},
			{Name: "errors", Get: null, Doc: "The error setting of the decoder or encoder.\n\nSubclasses should override."},
		}})
	defineFileIO()
	defineBytesIO()
	defineBuffered()
	defineNewlines()
	defineStringIO()
	defineText()
}

func notImplemented(t *Thread, args []Value, names *object.Tuple) Value {
	return t.RaiseNew(&object.NotImplementedErrorType)
}
