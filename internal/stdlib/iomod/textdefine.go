package iomod

import "github.com/krait-py/krait/internal/object"

func defineText() {
	const sig = "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)"
	member := func(name string, get func(x *text) Value) object.GetSetDef {
		return object.GetSetDef{Name: name, Member: true, Get: func(t *Thread, v Value) Value { return get(object.To[text](v)) }}
	}
	attr := func(name *object.Str) func(t *Thread, v Value) Value {
		return func(t *Thread, v Value) Value {
			x := object.To[text](v)
			if !x.attached(t) {
				return Value{}
			}
			return t.GetAttr(x.buffer, name)
		}
	}
	object.Define(&textType, object.TypeSpec{Name: "TextIOWrapper", Module: "_io", Base: &textBaseType, Flags: object.FlagBase, Sig: sig,
		Doc:   "Character and line based layer over a BufferedIOBase object, buffer.\n\nencoding gives the name of the encoding that the stream will be\ndecoded or encoded with, errors how errors of it are handled, and newline\nhow ends of lines are: None, '', '\\n', '\\r', or '\\r\\n'.\n\nIf line_buffering is True, a call to flush is implied when a call to\nwrite contains a newline character.",
		Slots: object.Slots{Alloc: allocText, Init: object.Initializer("TextIOWrapper", sig, textInit), Repr: textRepr, Next: textNext},
		Methods: []object.MethodDef{
			{Name: "detach", Sig: sigSelf, Fn: textDetach},
			{Name: "reconfigure", Sig: "($self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)", Fn: textReconfigure,
				Doc: "Reconfigure the text stream with new parameters.\n\nThis also does an implicit stream flush."},
			{Name: "write", Sig: "($self, text, /)", Fn: textWrite},
			{Name: "read", Sig: sigSize, Fn: textRead},
			{Name: "readline", Sig: sigSize, Fn: textReadline},
			{Name: "flush", Sig: sigSelf, Fn: textFlush},
			{Name: "close", Sig: sigSelf, Fn: textClose},
			{Name: "fileno", Sig: sigSelf, Fn: asksBuffer(nameFileno)},
			{Name: "seekable", Sig: sigSelf, Fn: asksBuffer(nameSeekable)},
			{Name: "readable", Sig: sigSelf, Fn: asksBuffer(nameReadable)},
			{Name: "writable", Sig: sigSelf, Fn: asksBuffer(nameWritable)},
			{Name: "isatty", Sig: sigSelf, Fn: asksBuffer(nameIsatty)},
			{Name: "seek", Sig: "($self, cookie, whence=os.SEEK_SET, /)", Fn: textSeek, Doc: "Set the stream position, and return the new stream position."},
			{Name: "tell", Sig: sigSelf, Fn: textTell, Doc: "Return the stream position as an opaque number."},
			{Name: "truncate", Sig: "($self, pos=None, /)", Fn: textTruncate},
			{Name: "__getstate__", Sig: sigSelf, Fn: noPickle},
		},
		GetSets: []object.GetSetDef{
			member("encoding", func(x *text) Value { return object.OrNone(x.encoding) }),
			{Name: "buffer", Member: true, Get: func(t *Thread, v Value) Value {
				x := object.To[text](v)
				if x.buffer.P == nil {
					return object.None
				}
				return seenBuffer(t, x.buffer)
			}},
			member("line_buffering", func(x *text) Value { return object.MakeBool(x.lineBuffering) }),
			member("write_through", func(x *text) Value { return object.MakeBool(x.writeThrough) }),
			flagMember("_finalizing", func(x *text) *bool { return &x.finalizing }),
			{Name: "name", Get: attr(nameName)},
			{Name: "closed", Get: attr(nameClosed)},
			{Name: "newlines", Get: func(t *Thread, v Value) Value {
				x := object.To[text](v)
				if !x.attached(t) {
					return Value{}
				}
				switch {
				case !x.canRead:
					return object.None
				case !x.native:
					r, ok := t.FindAttr(x.decoder, nameNewlines)
					if !ok {
						return Value{}
					}
					return object.OrNone(r)
				case !x.wrapped:
					return object.None
				}
				return x.nl.value()
			}},
			{Name: "errors", Get: func(t *Thread, v Value) Value {
				x := object.To[text](v)
				if !x.ready {
					x.attached(t)
					return Value{}
				}
				return x.errors
			}},
			{Name: "_CHUNK_SIZE",
				Get: func(t *Thread, v Value) Value {
					x := object.To[text](v)
					if !x.attached(t) {
						return Value{}
					}
					return object.MakeInt(int64(x.chunkSize))
				},
				Set: func(t *Thread, v, n Value) bool {
					x := object.To[text](v)
					if !x.attached(t) {
						return false
					}
					if n.P == nil {
						t.Raisef(&object.AttributeErrorType, "cannot delete attribute")
						return false
					}
					size, ok := t.AsIndexErr(n, &object.ValueErrorType)
					if !ok {
						return false
					}
					if size <= 0 {
						t.ValueErrorf("a strictly positive integer is required")
						return false
					}
					x.chunkSize = size
					return true
				}},
		},
	})
}
