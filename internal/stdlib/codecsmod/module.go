// Package codecsmod is module _codecs: the registry of codecs and error handlers, and the
// codecs that are built in, as functions.
package codecsmod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/strs"
)

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the definition of _codecs.
var Module = object.ModuleDef{
	Name:  "_codecs",
	Setup: setup,
}

const (
	sigEncode = "(str, errors=None, /)"
	sigDecode = "(data, errors=None, final=False, /)"
)

func methods() []object.MethodDef {
	defs := []object.MethodDef{
		{Name: "register", Sig: "(search_function, /)", Fn: register, Doc: "Register a codec search function.\n\nSearch functions are expected to take one argument, the encoding name in\nall lower case letters, and either return None, or a tuple of functions\n(encoder, decoder, stream_reader, stream_writer) (or a CodecInfo object)."},
		{Name: "unregister", Sig: "(search_function, /)", Fn: unregister, Doc: "Unregister a codec search function and clear the registry's cache.\n\nIf the search function is not registered, do nothing."},
		{Name: "lookup", Sig: "(encoding, /)", Fn: lookup, Doc: "Looks up a codec tuple in the Python codec registry and returns a CodecInfo object."},
		{Name: "encode", Sig: "(obj, encoding='utf-8', errors='strict')", Fn: encode, Doc: "Encodes obj using the codec registered for encoding.\n\nThe default encoding is 'utf-8'. errors may be given to set a\ndifferent error handling scheme. Default is 'strict', meaning that encoding\nerrors raise a ValueError."},
		{Name: "decode", Sig: "(obj, encoding='utf-8', errors='strict')", Fn: decode, Doc: "Decodes obj using the codec registered for encoding.\n\nThe default encoding is 'utf-8'. errors may be given to set a\ndifferent error handling scheme. Default is 'strict', meaning that decoding\nerrors raise a ValueError."},
		{Name: "register_error", Sig: "(errors, handler, /)", Fn: registerError, Doc: "Register the specified error handler under the name errors.\n\nhandler must be a callable that is called with an exception instance with the\nplace of the coding error, and must return a (replacement, new position) tuple."},
		{Name: "_unregister_error", Sig: "(errors, /)", Fn: unregisterError, Doc: "Un-register the specified error handler for the error handling `errors'.\n\nOnly custom error handlers can be un-registered. Returns whether there was one."},
		{Name: "lookup_error", Sig: "(name, /)", Fn: lookupError, Doc: "lookup_error(errors) -> handler\n\nReturn the error handler for the specified error handling name or raise a\nLookupError, if no handler exists under this name."},
		{Name: "escape_encode", Sig: "(data, errors=None, /)", Fn: escapeEncode},
		{Name: "escape_decode", Sig: "(data, errors=None, /)", Fn: escapeDecode},
		{Name: "readbuffer_encode", Sig: "(data, errors=None, /)", Fn: readBufferEncode},
		{Name: "charmap_encode", Sig: "(str, errors=None, mapping=None, /)", Fn: charmapEncode},
		{Name: "charmap_decode", Sig: "(data, errors=None, mapping=None, /)", Fn: charmapDecode},
		{Name: "charmap_build", Sig: "(map, /)", Fn: charmapBuild},
		{Name: "utf_16_encode", Sig: "(str, errors=None, byteorder=0, /)", Fn: orderEncode("utf_16_encode", strs.UTF16, strs.UTF16LE, strs.UTF16BE)},
		{Name: "utf_32_encode", Sig: "(str, errors=None, byteorder=0, /)", Fn: orderEncode("utf_32_encode", strs.UTF32, strs.UTF32LE, strs.UTF32BE)},
		{Name: "utf_16_ex_decode", Sig: "(data, errors=None, byteorder=0, final=False,\n                 /)", Fn: exDecode("utf_16_ex_decode", strs.UTF16, strs.UTF16LE, strs.UTF16BE)},
		{Name: "utf_32_ex_decode", Sig: "(data, errors=None, byteorder=0, final=False,\n                 /)", Fn: exDecode("utf_32_ex_decode", strs.UTF32, strs.UTF32LE, strs.UTF32BE)},
		{Name: "unicode_escape_decode", Sig: "(data, errors=None, final=True, /)", Fn: escapes("unicode_escape_decode", strs.UnicodeEscape)},
		{Name: "raw_unicode_escape_decode", Sig: "(data, errors=None, final=True, /)", Fn: escapes("raw_unicode_escape_decode", strs.RawUnicodeEscape)},
	}
	for _, c := range []struct {
		name string
		e    strs.Encoding
	}{
		{"utf_8", strs.UTF8}, {"utf_7", strs.UTF7}, {"utf_16_le", strs.UTF16LE}, {"utf_16_be", strs.UTF16BE},
		{"utf_32_le", strs.UTF32LE}, {"utf_32_be", strs.UTF32BE}, {"ascii", strs.ASCII}, {"latin_1", strs.Latin1},
		{"unicode_escape", strs.UnicodeEscape}, {"raw_unicode_escape", strs.RawUnicodeEscape},
	} {
		defs = append(defs, object.MethodDef{Name: c.name + "_encode", Sig: sigEncode, Fn: encoder(c.name+"_encode", c.e)})
		switch c.e {
		case strs.ASCII, strs.Latin1:
			defs = append(defs, object.MethodDef{Name: c.name + "_decode", Sig: "(data, errors=None, /)", Fn: decoder(c.name+"_decode", c.e, false)})
		case strs.UnicodeEscape, strs.RawUnicodeEscape:
		default:
			defs = append(defs, object.MethodDef{Name: c.name + "_decode", Sig: sigDecode, Fn: decoder(c.name+"_decode", c.e, true)})
		}
	}
	for _, c := range []struct {
		name string
		e    strs.Encoding
	}{{"utf_16_decode", strs.UTF16}, {"utf_32_decode", strs.UTF32}} {
		defs = append(defs, object.MethodDef{Name: c.name, Sig: sigDecode, Fn: decoder(c.name, c.e, true)})
	}
	return defs
}

// text returns an argument that must be a str.
func text(t *thread, v value, what string) (string, bool) {
	if !v.IsStr() {
		t.TypeErrorf("%s must be str, not %s", what, object.ArgName(v))
		return "", false
	}
	s := v.Str().S
	if strings.IndexByte(s, 0) >= 0 {
		t.ValueErrorf("embedded null character")
		return "", false
	}
	if strs.HasSurrogate(s) >= 0 {
		return "", t.Encode(v.Str(), "utf-8", "strict").P != nil
	}
	return s, true
}

// errorsArg returns the argument errors, "strict" if there is none.
func errorsArg(t *thread, v value, name string) (string, bool) {
	if v.P == nil || v.IsNone() {
		return "strict", true
	}
	if !v.IsStr() {
		t.TypeErrorf("%s() argument 2 must be str or None, not %s", name, v.Type().Name)
		return "", false
	}
	return text(t, v, "")
}

func pair(v value, n int) value {
	if v.P == nil {
		return v
	}
	return object.Of(object.NewTuple(v, object.MakeInt(int64(n))))
}

// strArgs returns the arguments of an encoder.
func strArgs(t *thread, a []value, name string) (s *object.Str, errors string, ok bool) {
	if !a[0].IsStr() {
		t.TypeErrorf("%s() argument 1 must be str, not %s", name, object.ArgName(a[0]))
		return nil, "", false
	}
	errors, ok = errorsArg(t, a[1], name)
	return a[0].Str(), errors, ok
}

func encoder(name string, e strs.Encoding) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		s, errors, ok := strArgs(t, a, name)
		if !ok {
			return value{}
		}
		return pair(t.EncodeAs(e, s, errors), s.Len())
	}
}

// byteOrder returns an argument byteorder: 0, -1 for little, 1 for big.
func byteOrder(t *thread, v value) (int, bool) {
	if v.P == nil {
		return 0, true
	}
	return t.AsCInt(v)
}

func orderEncode(name string, native, little, big strs.Encoding) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		s, errors, ok := strArgs(t, a, name)
		if !ok {
			return value{}
		}
		order, ok := byteOrder(t, a[2])
		if !ok {
			return value{}
		}
		e := native
		switch {
		case order < 0:
			e = little
		case order > 0:
			e = big
		}
		return pair(t.EncodeAs(e, s, errors), s.Len())
	}
}

// decodeArgs returns the arguments of a decoder.
func decodeArgs(t *thread, a []value, name string, final value, def bool) (data, errors string, end, ok bool) {
	if data, ok = t.BytesLike(a[0]); !ok {
		return
	}
	if errors, ok = errorsArg(t, a[1], name); !ok {
		return
	}
	end = def
	if final.P != nil {
		end, ok = t.IsTrue(final)
	}
	return
}

func decoder(name string, e strs.Encoding, stateful bool) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		var final value
		if stateful {
			final = a[2]
		}
		data, errors, end, ok := decodeArgs(t, a, name, final, !stateful)
		if !ok {
			return value{}
		}
		return pair(t.DecodeAs(e, a[0], data, errors, end))
	}
}

func exDecode(name string, native, little, big strs.Encoding) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		data, errors, end, ok := decodeArgs(t, a, name, a[3], false)
		if !ok {
			return value{}
		}
		order, ok := byteOrder(t, a[2])
		if !ok {
			return value{}
		}
		e, from := little, 0
		switch {
		case order > 0:
			e = big
		case order == 0:
			if e, from = native.Order(data); from > 0 {
				order = -1
				if e == big {
					order = 1
				}
			}
		}
		d, ok := t.DecodeFrom(e, a[0], data, from, errors, end)
		if !ok {
			return value{}
		}
		return object.Of(object.NewTuple(object.MakeStr(d.Text), object.MakeInt(int64(d.Used)), object.MakeInt(int64(order))))
	}
}

func register(t *thread, a []value) value {
	if a[0].Type().Call == nil {
		return t.TypeErrorf("argument must be callable")
	}
	if !t.RegisterCodecs(a[0]) {
		return value{}
	}
	return object.None
}

func unregister(t *thread, a []value) value {
	t.UnregisterCodecs(a[0])
	return object.None
}

func lookup(t *thread, a []value) value {
	name, ok := text(t, a[0], "lookup() argument")
	if !ok {
		return value{}
	}
	return t.LookupCodec(name)
}

// codecArgs returns the arguments of encode and decode.
func codecArgs(t *thread, a []value, name string) (encoding string, ok bool) {
	encoding = "utf-8"
	if a[1].P != nil {
		if encoding, ok = text(t, a[1], name+"() argument 'encoding'"); !ok {
			return
		}
	}
	if a[2].P != nil {
		if _, ok = text(t, a[2], name+"() argument 'errors'"); !ok {
			return
		}
	}
	return encoding, true
}

func encode(t *thread, a []value) value {
	encoding, ok := codecArgs(t, a, "encode")
	if !ok {
		return value{}
	}
	return t.EncodeObject(a[0], encoding, a[2])
}

func decode(t *thread, a []value) value {
	encoding, ok := codecArgs(t, a, "decode")
	if !ok {
		return value{}
	}
	return t.DecodeObject(a[0], encoding, a[2])
}

func registerError(t *thread, a []value) value {
	name, ok := text(t, a[0], "register_error() argument 1")
	if !ok {
		return value{}
	}
	if a[1].Type().Call == nil {
		return t.TypeErrorf("handler must be callable")
	}
	t.RegisterError(name, a[1])
	return object.None
}

func unregisterError(t *thread, a []value) value {
	name, ok := text(t, a[0], "_unregister_error() argument")
	if !ok {
		return value{}
	}
	if object.IsBuiltinError(name) {
		return t.ValueErrorf("cannot un-register built-in error handler '%s'", name)
	}
	return object.MakeBool(t.UnregisterError(name))
}

func lookupError(t *thread, a []value) value {
	name, ok := text(t, a[0], "lookup_error() argument")
	if !ok {
		return value{}
	}
	return t.LookupError(name)
}
