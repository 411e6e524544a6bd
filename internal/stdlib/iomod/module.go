package iomod

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// Module is the definition of _io.
var Module = object.ModuleDef{
	Name:  "_io",
	Setup: setup,
	Doc:   "The io module provides the Python interfaces to stream handling. The\nbuiltin open function is defined in this module.",
	Methods: []object.MethodDef{
		{Name: "open", Sig: "(file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)", Fn: open,
			Doc: "Open file and return a stream.  Raise OSError upon failure.\n\nfile is the name of a file or a descriptor, mode 'r', 'w', 'x' or 'a' with\n'b' for bytes, 't' for text and '+' for both reading and writing."},
		{Name: "open_code", Sig: "(path)", Fn: openCode, Doc: "Opens the provided file with the intent to import the contents."},
		{Name: "text_encoding", Sig: "(encoding, stacklevel=2, /)", Fn: textEncoding, Doc: "A helper function to choose the text encoding."},
	},
	Types: []*object.Type{&ioBaseType, &rawBaseType, &bufferedBaseType, &textBaseType, &fileType, &bytesIOType, &readerType, &writerType, &randomType,
		&pairType, &newlineType, &stringIOType, &textType, &bytesMemoryType},
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "DEFAULT_BUFFER_SIZE", object.MakeInt(defaultBufferSize))
		m.Set(t, "BlockingIOError", object.Of(&object.BlockingIOErrorType))
		d := object.NewDict()
		d.SetName(t, "__module__", object.MakeStr("io"))
		cls := t.CallArgs(object.Of(&object.TypeType), object.MakeStr("UnsupportedOperation"),
			object.Of(object.NewTuple(object.Of(&object.OSErrorType), object.Of(&object.ValueErrorType))), object.Of(d))
		if cls.P == nil {
			return false
		}
		state(t).unsupported = object.To[object.Type](cls)
		m.Set(t, "UnsupportedOperation", cls)
		return true
	},
}

// openMode is what the mode of open() says.
type openMode struct {
	creating, reading, writing, appending, updating, text, binary bool
	raw                                                           string // for FileIO
}

func (m *openMode) parse(t *Thread, mode string) bool {
	var raw [8]byte
	n := 0
	for i := range len(mode) {
		c := mode[i]
		for j := range i {
			if mode[j] == c {
				c = 0
			}
		}
		switch c {
		case 'x':
			m.creating = true
		case 'r':
			m.reading = true
		case 'w':
			m.writing = true
		case 'a':
			m.appending = true
		case '+':
			m.updating = true
		case 't':
			m.text = true
			continue
		case 'b':
			m.binary = true
			continue
		default:
			t.ValueErrorf("invalid mode: '%s'", mode)
			return false
		}
		raw[n] = c
		n++
	}
	m.raw = string(raw[:n])
	if m.text && m.binary {
		t.ValueErrorf("can't have text and binary mode at once")
		return false
	}
	if bit(m.creating)+bit(m.reading)+bit(m.writing)+bit(m.appending) > 1 {
		t.ValueErrorf("must have exactly one of create/read/write/append mode")
		return false
	}
	return true
}

func open(t *Thread, a []Value) Value {
	mode := "r"
	modeValue := readMode
	if a[1].P != nil {
		if !a[1].IsStr() {
			return t.TypeErrorf("open() argument 'mode' must be str, not %s", object.ArgName(a[1]))
		}
		mode, modeValue = a[1].Str().S, a[1]
	}
	buffering := -1
	if a[2].P != nil {
		var ok bool
		if buffering, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	enc, hasEnc, ok := optionalText(t, a[3], "open", "encoding")
	if !ok {
		return Value{}
	}
	_, hasErrs, ok := optionalText(t, a[4], "open", "errors")
	if !ok {
		return Value{}
	}
	nl, hasNL, ok := optionalText(t, a[5], "open", "newline")
	if !ok {
		return Value{}
	}
	closefd, ok := native.Flag(t, a[6], true)
	if !ok {
		return Value{}
	}
	file := a[0]
	if ft := file.Type(); !file.IsStr() && ft.Flags&object.FlagBytes == 0 && ft.Index == nil && ft.Int == nil && ft.Float == nil {
		if file = native.Fspath(t, file); file.P == nil {
			return file
		}
	}
	var m openMode
	if !m.parse(t, mode) {
		return Value{}
	}
	if m.binary {
		switch {
		case hasEnc:
			return t.ValueErrorf("binary mode doesn't take an encoding argument")
		case hasErrs:
			return t.ValueErrorf("binary mode doesn't take an errors argument")
		case hasNL:
			return t.ValueErrorf("binary mode doesn't take a newline argument")
		case buffering == 1 && !t.Warn(&object.RuntimeWarningType, 1, "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used"):
			return Value{}
		}
	}
	f := &fileIO{fd: -1, seekable: -1, closefd: true, quiet: true}
	f.Type = &fileType
	raw := object.InitAttrs(&fileType, object.Of(f))
	if !f.open(t, file, m.raw, closefd, a[7]) {
		return Value{}
	}
	// From here on, what fails closes the file.
	fail := func(v Value) Value {
		exc := t.Exc
		t.Exc = nil
		if t.CallMethod(v, nameClose).P == nil {
			chain(t, exc)
			t.Exc = exc
		} else {
			t.Exc = exc
		}
		return Value{}
	}
	line := buffering == 1
	if buffering < 0 {
		line = f.st.Mode&host.ModeType == host.ModeChar && f.terminal(t)
	}
	if line && !m.binary || buffering < 0 || buffering == 1 {
		buffering = defaultBufferSize
		if f.hasStat && f.st.Blksize > 1 {
			buffering = max(min(int(f.st.Blksize), 8<<20), defaultBufferSize)
		}
	}
	if buffering == 0 {
		if !m.binary {
			t.ValueErrorf("can't have unbuffered text I/O")
			return fail(raw)
		}
		f.seen(t)
		return raw
	}
	b := &buffered{pos: -1, quiet: true}
	switch {
	case m.updating:
		b.Type = &randomType
	case m.creating || m.writing || m.appending:
		b.Type = &writerType
	default:
		b.Type = &readerType
	}
	buf := object.InitAttrs(b.Type, object.Of(b))
	if m.updating && !f.canSeek(t) {
		unsupported(t, "File or stream is not seekable.")
		return fail(raw)
	}
	if !b.setup(t, raw, buffering, b.Type != &writerType, b.Type != &readerType) {
		return fail(raw)
	}
	if m.binary {
		return b.seen(t)
	}
	o := textOptions{encoding: localeEncoding, errors: strictErrors, newline: object.OrNone(a[5]), lineBuffering: line}
	switch {
	case !hasEnc:
		if !encodingWarning(t, 1) {
			return fail(buf)
		}
	case enc != "locale":
		o.encoding = a[3]
	}
	if hasErrs {
		o.errors = a[4]
	}
	if hasNL && !validNewline(t, nl) {
		return fail(buf)
	}
	x := &text{}
	x.Type = &textType
	v := object.InitAttrs(&textType, object.Of(x))
	if !x.setup(t, buf, o) {
		return fail(buf)
	}
	t.Finalize(v)
	if !t.SetAttr(v, nameMode, modeValue) {
		return fail(v)
	}
	return v
}

var (
	readMode   = object.Of(object.StaticName("r"))
	binaryMode = object.Of(object.StaticName("rb"))
	localeName = object.Of(object.StaticName("locale"))
)

func openCode(t *Thread, a []Value) Value {
	if !a[0].IsStr() {
		return t.TypeErrorf("open_code() argument 'path' must be str, not %s", object.ArgName(a[0]))
	}
	return open(t, []Value{a[0], binaryMode, {}, {}, {}, {}, {}, {}})
}

func textEncoding(t *Thread, a []Value) Value {
	level := 2
	if a[1].P != nil {
		var ok bool
		if level, ok = t.AsCInt(a[1]); !ok {
			return Value{}
		}
	}
	if !a[0].IsNone() {
		return a[0]
	}
	if !encodingWarning(t, level) {
		return Value{}
	}
	return localeName
}
