package iomod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// rawRead is RawIOBase.read, by means of readinto.
func rawRead(t *Thread, a []Value) Value {
	n, ok := sizeArg(t, a[1])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return t.CallMethod(a[0], nameReadAll)
	}
	if n > maxAlloc {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	b := object.NewByteArray(make([]byte, n))
	r := t.CallMethod(a[0], nameReadInto, object.Of(b))
	if r.P == nil || r.IsNone() {
		return r
	}
	got, ok := t.AsSize(r)
	if !ok {
		return Value{}
	}
	if got < 0 || got > len(b.V) {
		return t.ValueErrorf("readinto returned %d outside buffer size %d", got, len(b.V))
	}
	return object.CopyBytes(b.V[:got])
}

// maxAlloc is how much a program may ask for at once.
const maxAlloc = 1 << 46

// rawReadAll is RawIOBase.readall, by means of read.
func rawReadAll(t *Thread, a []Value) Value {
	var all []byte
	some := false
	for {
		b := t.CallMethod(a[0], nameRead, object.MakeInt(defaultBufferSize))
		if b.P == nil {
			return b
		}
		if b.IsNone() {
			if !some {
				return b
			}
			break
		}
		if b.Type().Flags&object.FlagBytes == 0 {
			return t.TypeErrorf("read() should return bytes")
		}
		s := object.To[object.Bytes](b).S
		if s == "" {
			break
		}
		some = true
		all = append(all, s...)
	}
	return native.MakeBytes(all)
}

// bufferedReadInto is BufferedIOBase.readinto, by means of read or read1.
func bufferedReadInto(read *object.Str) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		w, ok := native.Writable(t, a[1], read.S[:4]+"into"+read.S[4:]+"() argument")
		if !ok {
			return Value{}
		}
		defer w.Release(t)
		b := t.CallMethod(a[0], read, object.MakeInt(int64(len(w.Bytes))))
		if b.P == nil {
			return b
		}
		if b.Type().Flags&object.FlagBytes == 0 {
			return t.TypeErrorf("read() should return bytes")
		}
		s := object.To[object.Bytes](b).S
		if len(s) > len(w.Bytes) {
			return t.ValueErrorf("read() returned too much data: %d bytes requested, %d returned", len(w.Bytes), len(s))
		}
		return object.MakeInt(int64(copy(w.Bytes, s)))
	}
}
