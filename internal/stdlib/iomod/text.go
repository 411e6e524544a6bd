package iomod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/strs"
)

// text is a TextIOWrapper.
type text struct {
	base
	buffer     Value
	buf        *buffered // buffer if it is exactly one of the buffered types
	ready      bool
	detached   bool
	finalizing bool

	encoding, errors Value
	// With native set, the encoding is codec, which is done here; else encoder and decoder are objects of module codecs.
	native           bool
	canRead          bool
	canWrite         bool
	codec            strs.Encoding
	errorsName       string
	encoder, decoder Value
	rest             string // bytes that the native decoder has kept back
	nl               newlines
	wrapped          bool // newlines are looked for when reading

	ends          lineEnds
	newline       Value  // the argument
	writes        string // what \n becomes; "": stays
	lineBuffering bool
	writeThrough  bool
	seekable      bool
	telling       bool
	hasRead1      bool
	atStart       bool // the next thing encoded is the start of the file
	chunkSize     int

	pending []byte // encoded and not written yet

	// chars is what has been decoded: n characters, of which those before offset at, used in number, have been read.
	chars       string
	n, at, used int
	// snapshot is what the decoder was before it made chars: flags, and the bytes it was given since its buffer was empty.
	hasSnapshot bool
	flags       Value
	input       string
	ratio       float64 // bytes per character, for estimates
}

var textType object.Type

func allocText(t *Thread, cls *object.Type) Value {
	x := &text{}
	x.Type = cls
	v := object.InitAttrs(cls, object.Of(x))
	t.Finalize(v)
	return v
}

// attached raises ValueError for a stream without a buffer.
func (x *text) attached(t *Thread) bool {
	if x.ready && !x.detached {
		return true
	}
	if x.detached {
		t.ValueErrorf("underlying buffer has been detached")
	} else {
		t.ValueErrorf("I/O operation on uninitialized object")
	}
	return false
}

// open raises ValueError if the stream is closed.
func (x *text) open(t *Thread) bool {
	if !x.attached(t) {
		return false
	}
	if b := x.buf; b != nil && b.file != nil && x.Type == &textType {
		if b.file.fd < 0 {
			t.ValueErrorf("I/O operation on closed file.")
			return false
		}
		return true
	}
	closed, ok := isClosed(t, object.Of(x))
	if ok && closed {
		t.ValueErrorf("I/O operation on closed file.")
		return false
	}
	return ok
}

// optionalText returns an argument that is a str or None. given is false for None.
func optionalText(t *Thread, v Value, fn, arg string) (s string, given, ok bool) {
	if v.P == nil || v.IsNone() {
		return "", false, true
	}
	if !v.IsStr() {
		t.TypeErrorf("%s() argument '%s' must be str or None, not %s", fn, arg, v.Type().Name)
		return "", false, false
	}
	s = v.Str().S
	if strs.HasSurrogate(s) >= 0 && t.EncodeAs(strs.UTF8, v.Str(), "strict").P == nil {
		return "", false, false
	}
	if strings.IndexByte(s, 0) >= 0 {
		t.ValueErrorf("embedded null character")
		return "", false, false
	}
	return s, true, true
}

// validNewline checks the argument newline.
func validNewline(t *Thread, s string) bool {
	switch s {
	case "", "\n", "\r", "\r\n":
		return true
	}
	t.ValueErrorf("illegal newline value: %s", s)
	return false
}

var (
	localeEncoding = object.Of(object.StaticName("UTF-8"))
	strictErrors   = object.Of(object.StaticName("strict"))
)

// nativeCodec returns the codec of an encoding that is done here.
func nativeCodec(name string) (strs.Encoding, bool) {
	switch name {
	case "utf-8", "UTF-8", "utf8", "UTF8", "utf_8", "U8":
		return strs.UTF8, true
	case "ascii", "us-ascii", "ASCII", "US-ASCII":
		return strs.ASCII, true
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "ISO-8859-1", "latin_1":
		return strs.Latin1, true
	}
	return 0, false
}

func textInit(t *Thread, a []Value) bool {
	x := object.To[text](a[0])
	x.ready, x.detached = false, false
	o := textOptions{newline: object.OrNone(a[4])}
	enc, given, ok := optionalText(t, a[2], "TextIOWrapper", "encoding")
	if !ok {
		return false
	}
	o.encoding = localeEncoding
	if given && enc != "locale" {
		o.encoding = a[2]
	} else if !given && !encodingWarning(t, 1) {
		return false
	}
	errs, given, ok := optionalText(t, a[3], "TextIOWrapper", "errors")
	if !ok {
		return false
	}
	o.errors = strictErrors
	if given {
		o.errors = a[3]
		if t.Interp.DevMode && !t.CheckErrors(errs) {
			return false
		}
	}
	nl, given, ok := optionalText(t, a[4], "TextIOWrapper", "newline")
	if !ok || given && !validNewline(t, nl) {
		return false
	}
	if o.lineBuffering, ok = native.Flag(t, a[5], false); !ok {
		return false
	}
	if o.writeThrough, ok = native.Flag(t, a[6], false); !ok {
		return false
	}
	return x.setup(t, a[1], o)
}

// textOptions are the arguments of a TextIOWrapper.
type textOptions struct {
	encoding, errors, newline   Value
	lineBuffering, writeThrough bool
}

// setup makes x a stream over buffer.
func (x *text) setup(t *Thread, buffer Value, o textOptions) bool {
	*x = text{base: x.base, buffer: buffer, encoding: o.encoding, errors: o.errors, chunkSize: 8192, lineBuffering: o.lineBuffering, writeThrough: o.writeThrough}
	if bt := buffer.Type(); bt == &readerType || bt == &writerType || bt == &randomType {
		x.buf = object.To[buffered](buffer)
	}
	x.setNewline(o.newline)
	ask := func(name *object.Str) (res, ok bool) {
		r := t.CallMethod(buffer, name)
		if r.P == nil {
			return false, false
		}
		return t.IsTrue(r)
	}
	var ok bool
	if x.buf != nil && x.buf.file != nil && x.buf.file.fd >= 0 && x.buf.ready {
		f := x.buf.file
		x.canRead, x.canWrite = f.readable, f.writable
		if !x.setCodec(t) {
			return false
		}
		x.seekable, x.hasRead1 = f.canSeek(t), x.buf.readable
	} else {
		if !x.checkCodec(t) {
			return false
		}
		if x.canRead, ok = ask(nameReadable); !ok {
			return false
		}
		if x.canWrite, ok = ask(nameWritable); !ok {
			return false
		}
		if !x.setCodec(t) {
			return false
		}
		if x.seekable, ok = ask(nameSeekable); !ok {
			return false
		}
		f, ok := t.FindAttr(buffer, nameRead1)
		if !ok {
			return false
		}
		x.hasRead1 = f.P != nil
	}
	x.telling = x.seekable
	x.ready = true
	x.atStart = false
	if x.canWrite && !x.start(t) {
		x.ready = false
		return false
	}
	if x.canWrite {
		register(t, object.Of(x))
	}
	return true
}

// start finds out whether writing begins at the start of the file, where some encodings put a mark.
func (x *text) start(t *Thread) bool {
	x.atStart = true
	if !x.seekable || x.native {
		return true
	}
	pos := t.CallMethod(x.buffer, nameTell)
	if pos.P == nil {
		return false
	}
	zero, ok := t.Equal(pos, object.MakeInt(0))
	if !ok {
		return false
	}
	if !zero {
		x.atStart = false
		return t.CallMethod(x.encoder, nameSetstate, object.MakeInt(0)).P != nil
	}
	return true
}

// setNewline sets the rules for ends of lines.
func (x *text) setNewline(v Value) {
	x.newline = v
	nl := ""
	if v.IsStr() {
		nl = v.Str().S
	}
	universal := nl == ""
	x.ends = lineEnds{translated: v.IsNone(), universal: universal && !v.IsNone(), nl: nl}
	x.wrapped = universal
	x.nl.translate = v.IsNone()
	x.writes = ""
	if nl == "\r" || nl == "\r\n" {
		x.writes = nl
	}
}

// checkCodec raises LookupError for an encoding that is none of text.
func (x *text) checkCodec(t *Thread) bool {
	name := x.encoding.Str().S
	if _, ok := nativeCodec(name); ok {
		return true
	}
	_, ok := textCodec(t, name)
	return ok
}

// textCodec looks an encoding of text up.
func textCodec(t *Thread, name string) (Value, bool) {
	info := t.LookupCodec(name)
	if info.P == nil {
		return info, false
	}
	if !info.Is(&object.TupleType) {
		is, ok := t.FindAttr(info, nameIsText)
		if !ok {
			return info, false
		}
		if is.P != nil {
			yes, ok := t.IsTrue(is)
			if !ok {
				return info, false
			}
			if !yes {
				t.Raisef(&object.LookupErrorType, "'%s' is not a text encoding", name)
				return info, false
			}
		}
	}
	return info, true
}

var (
	nameIsText     = object.StaticName("_is_text_encoding")
	nameIncDecoder = object.StaticName("incrementaldecoder")
	nameIncEncoder = object.StaticName("incrementalencoder")
)

// setCodec makes the encoder and the decoder.
func (x *text) setCodec(t *Thread) bool {
	name := x.encoding.Str().S
	x.errorsName = x.errors.Str().S
	x.encoder, x.decoder, x.rest = Value{}, Value{}, ""
	if x.codec, x.native = nativeCodec(name); x.native {
		return true
	}
	info, ok := textCodec(t, name)
	if !ok {
		return false
	}
	if x.canRead {
		f := t.GetAttr(info, nameIncDecoder)
		if f.P == nil {
			return false
		}
		d := t.CallArgs(f, x.errors)
		if d.P == nil {
			return false
		}
		if x.wrapped {
			d = object.Of(newNewlineDecoder(d, x.nl.translate))
		}
		x.decoder = d
	}
	if x.canWrite {
		f := t.GetAttr(info, nameIncEncoder)
		if f.P == nil {
			return false
		}
		if x.encoder = t.CallArgs(f, x.errors); x.encoder.P == nil {
			return false
		}
	}
	return true
}

// encodingWarning issues the EncodingWarning for a missing encoding, if sys.flags asks for it.
func encodingWarning(t *Thread, level int) bool {
	f := t.Interp.Sys.GetName("flags")
	if f.P == nil || f.Type().Flags&object.FlagTuple == 0 {
		return true
	}
	v := object.To[object.Tuple](f).Items()
	const warnDefaultEncoding = 15
	if len(v) <= warnDefaultEncoding || !v[warnDefaultEncoding].IsInt() || v[warnDefaultEncoding].Int() == 0 {
		return true
	}
	return t.Warn(&object.EncodingWarningType, level, "'encoding' argument not specified")
}

func textFlush(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	if !x.open(t) {
		return Value{}
	}
	x.telling = x.seekable
	if !x.writeOut(t) {
		return Value{}
	}
	return t.CallMethod(x.buffer, nameFlush)
}

func textClose(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	if !x.attached(t) {
		return Value{}
	}
	closed, ok := isClosed(t, a[0])
	if !ok {
		return Value{}
	}
	if closed {
		return object.None
	}
	if x.finalizing {
		if x.buf != nil {
			x.buf.warn(t, a[0])
		} else if t.CallMethod(x.buffer, nameDealloc, a[0]).P == nil {
			t.Exc = nil
		}
	}
	flushed := t.CallMethod(a[0], nameFlush).P != nil
	exc := t.Exc
	t.Exc = nil
	r := t.CallMethod(x.buffer, nameClose)
	object.Unfinalize(a[0])
	if x.canWrite {
		unregister(t, a[0])
	}
	if !flushed {
		if r.P == nil {
			chain(t, exc)
		} else {
			t.Exc = exc
		}
		return Value{}
	}
	return r
}

func textDetach(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	if !x.attached(t) || t.CallMethod(a[0], nameFlush).P == nil {
		return Value{}
	}
	v := x.buffer
	x.buffer, x.buf, x.detached = Value{}, nil, true
	object.Unfinalize(a[0])
	if x.canWrite {
		unregister(t, a[0])
	}
	return seenBuffer(t, v)
}

// seenBuffer gives a buffered stream that open() has made a finalizer, for it leaves its chain.
func seenBuffer(t *Thread, v Value) Value {
	if b := v.Type(); b == &readerType || b == &writerType || b == &randomType {
		return object.To[buffered](v).seen(t)
	}
	return v
}

// asksBuffer makes a method that the buffer answers.
func asksBuffer(name *object.Str) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		x := object.To[text](a[0])
		if !x.attached(t) {
			return Value{}
		}
		return t.CallMethod(x.buffer, name)
	}
}

func textRepr(t *Thread, v Value) Value {
	x := object.To[text](v)
	if !x.ready {
		x.attached(t)
		return Value{}
	}
	if t.EnterRepr(v) {
		return t.RuntimeErrorf("reentrant call inside %s.__repr__", v.Type().Name)
	}
	defer t.LeaveRepr()
	s := "<" + v.Type().Name
	for _, n := range [...]*object.Str{nameName, nameMode} {
		a, ok := t.FindAttr(v, n)
		if !ok {
			if t.Catch(&object.ValueErrorType) == nil {
				return Value{}
			}
			continue
		}
		if a.P != nil {
			r := t.Repr(a)
			if r == nil {
				return Value{}
			}
			s += " " + n.S + "=" + r.S
		}
	}
	r := t.Repr(x.encoding)
	if r == nil {
		return Value{}
	}
	return object.MakeStr(s + " encoding=" + r.S + ">")
}

func textReconfigure(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	enc, hasEnc, ok := optionalText(t, a[1], "reconfigure", "encoding")
	if !ok {
		return Value{}
	}
	_, hasErrs, ok := optionalText(t, a[2], "reconfigure", "errors")
	if !ok {
		return Value{}
	}
	if !x.attached(t) {
		return Value{}
	}
	newline := a[3]
	if newline.P != nil {
		nl, given, ok := optionalText(t, newline, "reconfigure", "newline")
		if !ok || given && !validNewline(t, nl) {
			return Value{}
		}
	}
	flag := func(v Value, def bool) (bool, bool) {
		if v.P == nil || v.IsNone() {
			return def, true
		}
		n, ok := t.AsCInt(v)
		return n != 0, ok
	}
	line, ok := flag(a[4], x.lineBuffering)
	if !ok {
		return Value{}
	}
	through, ok := flag(a[5], x.writeThrough)
	if !ok {
		return Value{}
	}
	if (x.chars != "" || x.hasSnapshot) && x.canRead && (hasEnc || hasErrs || newline.P != nil) {
		return unsupported(t, "It is not possible to set the encoding or newline of stream after the first read")
	}
	if t.CallMethod(a[0], nameFlush).P == nil {
		return Value{}
	}
	if newline.P != nil {
		x.setNewline(newline)
	}
	if hasEnc || hasErrs || newline.P != nil {
		oldEnc, oldErrs := x.encoding, x.errors
		switch {
		case hasEnc && enc == "locale":
			x.encoding = localeEncoding
		case hasEnc:
			x.encoding = a[1]
		}
		switch {
		case hasErrs:
			x.errors = a[2]
		case hasEnc:
			x.errors = strictErrors
		}
		if !x.setCodec(t) {
			x.encoding, x.errors = oldEnc, oldErrs
			exc := t.Exc
			x.setCodec(t)
			t.Exc = exc
			return Value{}
		}
		if x.canWrite && !x.start(t) {
			return Value{}
		}
	}
	x.lineBuffering, x.writeThrough = line, through
	return object.None
}
