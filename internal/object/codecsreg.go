package object

import "strings"

// codecState is an interpreter's registry of codecs and error handlers.
type codecState struct {
	search   []Value // functions
	cache    *Dict   // CodecInfo by normalised name
	handlers *Dict   // error handlers by name
	began    bool    // the package encodings has been imported, or is being
}

func (in *Interp) codecs() *codecState {
	c, _ := in.State["codecs"].(*codecState)
	if c == nil {
		c = &codecState{cache: NewDict(), handlers: NewDict()}
		for _, d := range errorHandlers {
			c.handlers.SetStr(in.Intern(strings.TrimSuffix(d.Name, "_errors")), NewBuiltin(d, None, None))
		}
		in.State["codecs"] = c
	}
	return c
}

// RegisterCodecs adds a search function, behind that of the package encodings. False: that could not be imported.
func (t *Thread) RegisterCodecs(f Value) bool {
	c := t.Interp.codecs()
	if !t.beginCodecs(c) {
		return false
	}
	c.search = append(c.search, f)
	return true
}

// beginCodecs imports the package encodings, which registers its search function, when the registry is used first: most programs
// need no codec that is not built in.
func (t *Thread) beginCodecs(c *codecState) bool {
	if c.began {
		return true
	}
	imp := t.Interp.Hooks.Import
	if imp == nil {
		return true
	}
	c.began = true
	if imp(t, t.Interp.Intern("encodings"), Of(NewDict()), None, None, 0).P == nil {
		c.began = false
		return false
	}
	return true
}

// UnregisterCodecs removes a search function and what has been found.
func (t *Thread) UnregisterCodecs(f Value) {
	c := t.Interp.codecs()
	for i, x := range c.search {
		if x == f {
			c.search = append(c.search[:i:i], c.search[i+1:]...)
			c.cache.Clear()
			return
		}
	}
}

// CheckErrors raises LookupError if there is no error handler with a name.
func (t *Thread) CheckErrors(name string) bool {
	return name == "" || name == "strict" || t.LookupError(name).P != nil
}

// LookupError returns the error handler with a name; LookupError if there is none.
func (t *Thread) LookupError(name string) Value {
	f := t.Interp.codecs().handlers.GetName(name)
	if f.P == nil {
		return t.Raisef(&LookupErrorType, "unknown error handler name '%s'", name)
	}
	return f
}

// RegisterError makes f the error handler with a name.
func (t *Thread) RegisterError(name string, f Value) {
	t.Interp.codecs().handlers.SetName(t, name, f)
}

// UnregisterError removes an error handler and reports whether there was one.
func (t *Thread) UnregisterError(name string) bool {
	return t.Interp.codecs().handlers.DelStr(t.Interp.Intern(name))
}

// IsBuiltinError reports whether an error handler is one of those that are built in.
func IsBuiltinError(name string) bool {
	for _, d := range errorHandlers {
		if strings.TrimSuffix(d.Name, "_errors") == name {
			return true
		}
	}
	return false
}

// normalCodec is an encoding's name as search functions get it: letters in lower case, digits and points, and one
// underscore for all that is between them.
func normalCodec(name string) string {
	b := make([]byte, 0, len(name))
	gap := false
	for i := range len(name) {
		c := name[i]
		if c-'A' < 26 {
			c |= 0x20
		}
		if c-'a' >= 26 && c-'0' >= 10 && c != '.' {
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, '_')
		}
		gap = false
		b = append(b, c)
	}
	return textOf(b)
}

// LookupCodec returns the CodecInfo of an encoding.
func (t *Thread) LookupCodec(name string) Value {
	c := t.Interp.codecs()
	if !t.beginCodecs(c) {
		return Value{}
	}
	norm := MakeStr(normalCodec(name))
	if v := c.cache.GetName(norm.Str().S); v.P != nil {
		return v
	}
	if len(c.search) == 0 {
		return t.Raisef(&LookupErrorType, "no codec search functions registered: can't find encoding")
	}
	for i := 0; i < len(c.search); i++ {
		v := t.CallArgs(c.search[i], norm)
		switch {
		case v.P == nil:
			return v
		case v.IsNone():
			continue
		case v.Type().Flags&FlagTuple == 0 || len(To[Tuple](v).Items()) != 4:
			return t.TypeErrorf("codec search functions must return 4-tuples")
		}
		c.cache.SetName(t, norm.Str().S, v)
		return v
	}
	return t.Raisef(&LookupErrorType, "unknown encoding: %s", name)
}

// textCodec returns the CodecInfo of an encoding of text; command is what else there is to use.
func (t *Thread) textCodec(encoding, command string) *Tuple {
	v := t.LookupCodec(encoding)
	if v.P == nil {
		return nil
	}
	if !v.Is(&TupleType) {
		x, ok := t.FindAttr(v, t.Interp.Intern("_is_text_encoding"))
		if !ok {
			return nil
		}
		if x.P != nil {
			is, ok := t.IsTrue(x)
			if !ok {
				return nil
			}
			if !is {
				t.Raisef(&LookupErrorType, "'%s' is not a text encoding; use %s to handle arbitrary codecs", encoding, command)
				return nil
			}
		}
	}
	return To[Tuple](v)
}

// callCodec calls an encoder or decoder and returns the first item of the pair that it returns. errors may be absent.
func (t *Thread) callCodec(f, obj, errors Value, kind, encoding string) Value {
	args := [2]Value{obj, errors}
	n := 1
	if errors.P != nil {
		n = 2
	}
	r := t.CallArgs(f, args[:n]...)
	if r.P == nil {
		if t.Exc != nil {
			t.AddNote(t.Exc, kind+" with '"+encoding+"' codec failed")
		}
		return r
	}
	if r.Type().Flags&FlagTuple == 0 || len(To[Tuple](r).Items()) != 2 {
		return t.TypeErrorf("%s must return a tuple (object, integer)", strings.TrimSuffix(kind, "ing")+"er")
	}
	return To[Tuple](r).Items()[0]
}

// encodeText is str.encode for a codec from the registry.
func (t *Thread) encodeText(s Value, encoding string, errors Value) Value {
	c := t.textCodec(encoding, "codecs.encode()")
	if c == nil {
		return Value{}
	}
	v := t.callCodec(c.Items()[0], s, errors, "encoding", encoding)
	switch {
	case v.P == nil || v.Type().Flags&FlagBytes != 0:
		return v
	case v.IsA(&ByteArrayType):
		if !t.Warn(&RuntimeWarningType, 1, "encoder %s returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types", encoding) {
			return Value{}
		}
		return CopyBytes(To[ByteArray](v).V)
	}
	return t.TypeErrorf("'%s' encoder returned '%s' instead of 'bytes'; use codecs.encode() to encode to arbitrary types", encoding, v.Type().Name)
}

// decodeText is bytes.decode for a codec from the registry.
func (t *Thread) decodeText(v Value, encoding string, errors Value) Value {
	c := t.textCodec(encoding, "codecs.decode()")
	if c == nil {
		return Value{}
	}
	if v = t.NewMemoryView(v); v.P == nil {
		return v
	}
	v = t.callCodec(c.Items()[1], v, errors, "decoding", encoding)
	if v.P == nil || v.IsStr() {
		return v
	}
	return t.TypeErrorf("'%s' decoder returned '%s' instead of 'str'; use codecs.decode() to decode to arbitrary types", encoding, v.Type().Name)
}

// EncodeObject is codecs.encode, and DecodeObject codecs.decode: with any codec. errors may be absent.
func (t *Thread) EncodeObject(v Value, encoding string, errors Value) Value {
	c := t.LookupCodec(encoding)
	if c.P == nil {
		return c
	}
	return t.callCodec(To[Tuple](c).Items()[0], v, errors, "encoding", encoding)
}

// DecodeObject is codecs.decode.
func (t *Thread) DecodeObject(v Value, encoding string, errors Value) Value {
	c := t.LookupCodec(encoding)
	if c.P == nil {
		return c
	}
	return t.callCodec(To[Tuple](c).Items()[1], v, errors, "decoding", encoding)
}
