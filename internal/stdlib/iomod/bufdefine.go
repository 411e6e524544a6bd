package iomod

import (
	"github.com/krait-py/krait/internal/object"
)

func defineBuffered() {
	object.Define(&memoryType, object.TypeSpec{Name: "_BytesIOBuffer", Module: "_io", Flags: object.FlagNoNew, Slots: object.Slots{
		Buffer: func(t *Thread, v Value, writable bool) (*object.Buffer, bool) {
			m := object.To[memory](v)
			if writable && m.readOnly {
				t.Raisef(&object.BufferErrorType, "Object is not writable.")
				return nil, false
			}
			return object.BytesBuffer(v, m.b, m.readOnly, nil), true
		},
	}})
	common := []object.MethodDef{
		{Name: "detach", Sig: sigSelf, Fn: bufferedDetach},
		{Name: "flush", Sig: sigSelf, Fn: bufferedFlush},
		{Name: "close", Sig: sigSelf, Fn: bufferedClose},
		{Name: "seekable", Sig: sigSelf, Fn: asksRaw(nameSeekable)},
		{Name: "fileno", Sig: sigSelf, Fn: asksRaw(nameFileno)},
		{Name: "isatty", Sig: sigSelf, Fn: asksRaw(nameIsatty)},
		{Name: "_dealloc_warn", Sig: "($self, source, /)", Fn: bufferedDealloc},
		{Name: "tell", Sig: sigSelf, Fn: bufferedTell},
		{Name: "seek", Sig: "($self, target, whence=0, /)", Fn: bufferedSeek},
		{Name: "truncate", Sig: "($self, pos=None, /)", Fn: bufferedTruncate},
		{Name: "__sizeof__", Sig: sigSelf, Fn: bufferedSizeof},
		{Name: "__getstate__", Sig: sigSelf, Fn: noPickle},
	}
	reading := []object.MethodDef{
		{Name: "readable", Sig: sigSelf, Fn: asksRaw(nameReadable)},
		{Name: "read", Sig: sigSize, Fn: bufferedRead},
		{Name: "peek", Sig: "($self, size=0, /)", Fn: bufferedPeek},
		{Name: "read1", Sig: sigSize, Fn: bufferedRead1},
		{Name: "readinto", Sig: sigBuffer, Fn: bufferedInto(false)},
		{Name: "readinto1", Sig: sigBuffer, Fn: bufferedInto(true)},
		{Name: "readline", Sig: sigSize, Fn: bufferedReadline},
	}
	writing := []object.MethodDef{
		{Name: "writable", Sig: sigSelf, Fn: asksRaw(nameWritable)},
		{Name: "write", Sig: sigBuffer, Fn: bufferedWrite},
	}
	getsets := func() []object.GetSetDef {
		return []object.GetSetDef{
			{Name: "closed", Get: bufferedClosed},
			{Name: "name", Get: attrOfRaw(nameName)},
			{Name: "mode", Get: attrOfRaw(nameMode)},
			{Name: "raw", Member: true, Get: func(t *Thread, v Value) Value {
				b := object.To[buffered](v)
				if b.raw.P == nil {
					return object.None
				}
				return seenRaw(t, b.raw)
			}},
			flagMember("_finalizing", func(b *buffered) *bool { return &b.finalizing }),
		}
	}
	join := func(parts ...[]object.MethodDef) []object.MethodDef {
		var all []object.MethodDef
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	const sig = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)"
	object.Define(&readerType, object.TypeSpec{Name: "BufferedReader", Module: "_io", Base: &bufferedBaseType, Flags: object.FlagBase, Sig: sig,
		Doc:   "Create a new buffered reader using the given readable raw IO object.",
		Slots: object.Slots{Alloc: allocBuffered, Init: object.Initializer("BufferedReader", sig, bufferedInit(true, false)), Repr: bufferedRepr, Next: bufferedNext},
		// Not open for writing: truncate is that of the raw stream's refusal.
		Methods: join(common, reading), GetSets: getsets()})
	object.Define(&writerType, object.TypeSpec{Name: "BufferedWriter", Module: "_io", Base: &bufferedBaseType, Flags: object.FlagBase, Sig: sig,
		Doc:     "A buffer for a writeable sequential RawIO object.\n\nThe constructor creates a BufferedWriter for the given writeable raw\nstream.",
		Slots:   object.Slots{Alloc: allocBuffered, Init: object.Initializer("BufferedWriter", sig, bufferedInit(false, true)), Repr: bufferedRepr},
		Methods: join(common, writing), GetSets: getsets()})
	object.Define(&randomType, object.TypeSpec{Name: "BufferedRandom", Module: "_io", Base: &bufferedBaseType, Flags: object.FlagBase, Sig: sig,
		Doc:     "A buffered interface to random access streams.\n\nThe constructor creates a reader and writer for a seekable stream,\nraw, given in the first argument.",
		Slots:   object.Slots{Alloc: allocBuffered, Init: object.Initializer("BufferedRandom", sig, bufferedInit(true, true)), Repr: bufferedRepr, Next: bufferedNext},
		Methods: join(common, reading, writing), GetSets: getsets()})
	definePair()
}
