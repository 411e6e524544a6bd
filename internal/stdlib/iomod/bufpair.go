package iomod

import "github.com/krait-py/krait/internal/object"

// pair is a BufferedRWPair: a reader and a writer for two streams that are one, like the ends of a socket.
type pair struct {
	base
	reader, writer Value
}

var pairType object.Type

func allocPair(t *Thread, cls *object.Type) Value {
	p := &pair{}
	p.Type = cls
	v := object.InitAttrs(cls, object.Of(p))
	t.Finalize(v)
	return v
}

func pairInit(t *Thread, a []Value) bool {
	p := object.To[pair](a[0])
	if !checkReadable(t, a[1]) || !checkWritable(t, a[2]) {
		return false
	}
	size := object.MakeInt(defaultBufferSize)
	if a[3].P != nil {
		n, ok := t.AsSize(a[3])
		if !ok {
			return false
		}
		size = object.MakeInt(int64(n))
	}
	r := t.CallArgs(object.Of(&readerType), a[1], size)
	if r.P == nil {
		return false
	}
	w := t.CallArgs(object.Of(&writerType), a[2], size)
	if w.P == nil {
		return false
	}
	p.reader, p.writer = r, w
	return true
}

// forward makes a method that the reader or the writer has.
func forward(name string, toWriter bool) object.MethodDef {
	n := object.StaticName(name)
	return object.MethodDef{Name: name, Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
		p := object.To[pair](args[0])
		to := p.reader
		if toWriter {
			to = p.writer
		}
		if to.P == nil {
			return t.ValueErrorf("I/O operation on uninitialized object")
		}
		f := t.GetAttr(to, n)
		if f.P == nil {
			return f
		}
		return t.Call(f, append([]Value(nil), args[1:]...), names)
	}}
}

// pairClose closes both, the writer first, and raises what the first to fail has raised.
func pairClose(t *Thread, a []Value) Value {
	p := object.To[pair](a[0])
	if p.writer.P == nil {
		return t.ValueErrorf("I/O operation on uninitialized object")
	}
	object.Unfinalize(a[0])
	ok := t.CallMethod(p.writer, nameClose).P != nil
	exc := t.Exc
	t.Exc = nil
	if p.reader.P == nil {
		return t.ValueErrorf("I/O operation on uninitialized object")
	}
	r := t.CallMethod(p.reader, nameClose)
	if !ok {
		if r.P == nil {
			chain(t, exc)
		} else {
			t.Exc = exc
		}
		return Value{}
	}
	return r
}

func pairIsatty(t *Thread, a []Value) Value {
	p := object.To[pair](a[0])
	if p.writer.P == nil {
		return t.ValueErrorf("I/O operation on uninitialized object")
	}
	r := t.CallMethod(p.writer, nameIsatty)
	if r != object.False {
		return r
	}
	return t.CallMethod(p.reader, nameIsatty)
}

func definePair() {
	const sig = "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)"
	object.Define(&pairType, object.TypeSpec{Name: "BufferedRWPair", Module: "_io", Base: &bufferedBaseType, Flags: object.FlagBase, Sig: sig,
		Doc:   "A buffered reader and writer object together.\n\nThe streams are for example those of a socket: neither has positions.",
		Slots: object.Slots{Alloc: allocPair, Init: object.Initializer("BufferedRWPair", sig, pairInit)},
		Methods: []object.MethodDef{
			forward("read", false), forward("peek", false), forward("read1", false), forward("readinto", false), forward("readinto1", false),
			forward("readable", false), forward("write", true), forward("flush", true), forward("writable", true),
			{Name: "close", Sig: sigSelf, Fn: pairClose},
			{Name: "isatty", Sig: sigSelf, Fn: pairIsatty},
		},
		GetSets: []object.GetSetDef{{Name: "closed", Get: func(t *Thread, v Value) Value {
			p := object.To[pair](v)
			if p.writer.P == nil {
				return t.RuntimeErrorf("the BufferedRWPair object is being garbage-collected")
			}
			return t.GetAttr(p.writer, nameClosed)
		}}},
	})
}
