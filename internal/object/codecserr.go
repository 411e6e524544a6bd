package object

import "github.com/krait-py/krait/internal/strs"

// encodeErrors calls the registered error handler with a name for an encoder.
type encodeErrors struct {
	t    *Thread
	s    *Str
	name string
	f    Value
	exc  *Exc
}

// handler returns the function that encoders call, nil for the handlers that are built in.
func (h *encodeErrors) handler(p strs.Policy) strs.EncodeHandler {
	if p != strs.Other {
		return nil
	}
	return h.handle
}

func (h *encodeErrors) handle(e *strs.CodecError) (text string, isBytes bool, next int, err error) {
	t := h.t
	fail := func() (string, bool, int, error) { return "", false, 0, errRaised }
	if h.f.P == nil {
		if h.f = t.LookupError(h.name); h.f.P == nil {
			return fail()
		}
	}
	if h.exc == nil {
		if h.exc = t.MakeExc(&UnicodeEncodeErrorType, MakeStr(e.Encoding), Of(h.s), MakeInt(int64(e.Start)), MakeInt(int64(e.End)), MakeStr(e.Reason)); h.exc == nil {
			return fail()
		}
	} else {
		h.exc.SetField(UnicodeErrorStart, MakeInt(int64(e.Start)))
		h.exc.SetField(UnicodeErrorEnd, MakeInt(int64(e.End)))
		h.exc.SetField(UnicodeErrorReason, MakeStr(e.Reason))
	}
	r := t.CallArgs(h.f, Of(h.exc))
	if r.P == nil {
		return fail()
	}
	const message = "encoding error handler must return (str/bytes, int) tuple"
	if r.Type().Flags&FlagTuple == 0 || len(To[Tuple](r).Items()) != 2 {
		t.TypeErrorf(message)
		return fail()
	}
	items := To[Tuple](r).Items()
	pos, ok := t.handlerPosition(items[1])
	if !ok {
		return fail()
	}
	switch x := items[0]; {
	case x.IsStr():
		text = x.Str().S
	case x.Type().Flags&FlagBytes != 0:
		text, isBytes = To[Bytes](x).S, true
	default:
		t.TypeErrorf(message)
		return fail()
	}
	if next = pos; next < 0 {
		next += h.s.Len()
	}
	if next < 0 || next > h.s.Len() {
		t.IndexErrorf("position %d from error handler out of bounds", pos)
		return fail()
	}
	return text, isBytes, next, nil
}

// handlerPosition converts the position that an error handler has returned.
func (t *Thread) handlerPosition(v Value) (int, bool) { return t.AsSize(v) }

// decodeErrors calls the registered error handler with a name for a decoder.
type decodeErrors struct {
	t    *Thread
	name string
	f    Value
	exc  *Exc
}

func (h *decodeErrors) handler(p strs.Policy) strs.DecodeHandler {
	if p != strs.Other {
		return nil
	}
	return h.handle
}

func (h *decodeErrors) handle(input string, e *strs.CodecError) (text, newInput string, next int, err error) {
	t := h.t
	fail := func() (string, string, int, error) { return "", "", 0, errRaised }
	if h.f.P == nil {
		if h.f = t.LookupError(h.name); h.f.P == nil {
			return fail()
		}
	}
	if h.exc == nil {
		if h.exc = t.MakeExc(&UnicodeDecodeErrorType, MakeStr(e.Encoding), MakeBytes(input), MakeInt(int64(e.Start)), MakeInt(int64(e.End)), MakeStr(e.Reason)); h.exc == nil {
			return fail()
		}
	} else {
		h.exc.SetField(UnicodeErrorStart, MakeInt(int64(e.Start)))
		h.exc.SetField(UnicodeErrorEnd, MakeInt(int64(e.End)))
		h.exc.SetField(UnicodeErrorReason, MakeStr(e.Reason))
	}
	r := t.CallArgs(h.f, Of(h.exc))
	if r.P == nil {
		return fail()
	}
	const message = "decoding error handler must return (str, int) tuple"
	if r.Type().Flags&FlagTuple == 0 || len(To[Tuple](r).Items()) != 2 || !To[Tuple](r).Items()[0].IsStr() {
		t.TypeErrorf(message)
		return fail()
	}
	items := To[Tuple](r).Items()
	pos, ok := t.handlerPosition(items[1])
	if !ok {
		return fail()
	}
	// The handler may have changed what is decoded.
	newInput = input
	switch obj := h.exc.field(UnicodeErrorObject); {
	case obj.P == nil:
		t.TypeErrorf("UnicodeError 'object' attribute is not set")
		return fail()
	case obj.Type().Flags&FlagBytes == 0:
		t.TypeErrorf("UnicodeError 'object' attribute must be a bytes")
		return fail()
	default:
		newInput = To[Bytes](obj).S
	}
	if next = pos; next < 0 {
		next += len(newInput)
	}
	if next < 0 || next > len(newInput) {
		t.IndexErrorf("position %d from error handler out of bounds", pos)
		return fail()
	}
	return items[0].Str().S, newInput, next, nil
}

// EncodeError and DecodeError call an error handler, built in or registered, for an encoder or decoder that is not
// built in. They return what strs.EncodeHandler and strs.DecodeHandler do; ok is false with an exception.
func (t *Thread) EncodeError(s *Str, name string, e *strs.CodecError) (text string, isBytes bool, next int, ok bool) {
	h := encodeErrors{t: t, s: s, name: name}
	text, isBytes, next, err := h.handle(e)
	return text, isBytes, next, err == nil
}

// DecodeError is the counterpart of EncodeError for decoders.
func (t *Thread) DecodeError(input, name string, e *strs.CodecError) (text, newInput string, next int, ok bool) {
	h := decodeErrors{t: t, name: name}
	text, newInput, next, err := h.handle(input, e)
	return text, newInput, next, err == nil
}
