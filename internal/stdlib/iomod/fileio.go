package iomod

import (
	"fmt"
	"syscall"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// fileIO is a raw stream over a descriptor.
type fileIO struct {
	base
	fd         int // -1: closed
	readable   bool
	writable   bool
	created    bool
	appending  bool
	closefd    bool
	finalizing bool
	quiet      bool      // made by open() and not seen yet: who holds it finalizes
	seekable   int8      // -1: not known
	st         host.Stat // what the file was when opened
	hasStat    bool
}

var fileType object.Type

func allocFile(t *Thread, cls *object.Type) Value {
	f := &fileIO{fd: -1, seekable: -1, closefd: true}
	f.Type = cls
	v := object.InitAttrs(cls, object.Of(f))
	t.Finalize(v)
	return v
}

// seen is called when a stream that open() has made is handed to a program: from then on it has a finalizer of its own.
func (f *fileIO) seen(t *Thread) {
	if f.quiet {
		f.quiet = false
		t.Finalize(object.Of(f))
	}
}

// fileMode is what a mode text means.
type fileMode struct {
	readable, writable, created, appending, truncate bool
}

// parseMode reads a mode as FileIO takes it.
func (m *fileMode) parse(t *Thread, text string) bool {
	kinds, plus := 0, false
	for i := range len(text) {
		switch text[i] {
		case 'x':
			kinds++
			m.created, m.writable = true, true
		case 'r':
			kinds++
			m.readable = true
		case 'w':
			kinds++
			m.writable, m.truncate = true, true
		case 'a':
			kinds++
			m.writable, m.appending = true, true
		case 'b':
		case '+':
			if plus {
				kinds = 2
			}
			plus = true
		default:
			t.ValueErrorf("invalid mode: %s", text)
			return false
		}
		if kinds > 1 {
			break
		}
	}
	if kinds != 1 {
		t.ValueErrorf("Must have exactly one of create/read/write/append mode and at most one plus")
		return false
	}
	if plus {
		m.readable, m.writable = true, true
	}
	return true
}

// flags are those of open(2) for the mode.
func (m *fileMode) flags() int {
	f := host.OpenRead
	switch {
	case m.readable && m.writable:
		f = host.OpenReadWrite
	case m.writable:
		f = host.OpenWrite
	}
	switch {
	case m.created:
		f |= host.OpenExclusive | host.OpenCreate
	case m.appending:
		f |= host.OpenAppend | host.OpenCreate
	case m.truncate:
		f |= host.OpenCreate | host.OpenTruncate
	}
	return f | host.CloseOnExec
}

func fileInit(t *Thread, a []Value) bool {
	f := object.To[fileIO](a[0])
	mode := "r"
	if a[2].P != nil {
		if !a[2].IsStr() {
			t.TypeErrorf("FileIO() argument 'mode' must be str, not %s", object.ArgName(a[2]))
			return false
		}
		mode = a[2].Str().S
	}
	closefd, ok := native.Flag(t, a[3], true)
	if !ok {
		return false
	}
	return f.open(t, a[1], mode, closefd, a[4])
}

// open opens the stream: what FileIO.__init__ does.
func (f *fileIO) open(t *Thread, file Value, mode string, closefd bool, opener Value) bool {
	if f.fd >= 0 {
		if f.closefd {
			if !f.closeFD(t) {
				return false
			}
		} else {
			f.fd = -1
		}
	}
	fd := -1
	if file.IsBool() && !t.Warn(&object.RuntimeWarningType, 1, "bool is used as a file descriptor") {
		return false
	}
	if file.Type().Flags&object.FlagInt != 0 {
		if n, ok := object.AsInt64(file); ok && int64(int32(n)) == n {
			if n < 0 {
				t.ValueErrorf("negative file descriptor")
				return false
			}
			fd = int(n)
		}
	}
	name := ""
	if fd < 0 {
		p := native.Fspath(t, file)
		if p.P == nil {
			return false
		}
		if p.IsStr() {
			s, ok := native.Encode(t, p.Str())
			if !ok {
				return false
			}
			name = s
		} else {
			name = object.To[object.Bytes](p).S
		}
		if contains(name, 0) {
			t.ValueErrorf("embedded null byte")
			return false
		}
	}
	var m fileMode
	if !m.parse(t, mode) {
		return false
	}
	flags := m.flags()
	f.readable, f.writable, f.created, f.appending = m.readable, m.writable, m.created, m.appending
	f.seekable, f.closefd = -1, closefd
	files := native.Files(t)
	if files == nil {
		return false
	}
	own := false
	if fd < 0 {
		if !closefd {
			t.ValueErrorf("Cannot use closefd=False with file name")
			return false
		}
		own = true
		if opener.P == nil || opener.IsNone() {
			var err error
			fd, err = openFile(t, files, name, flags)
			if err != nil {
				native.OSError(t, err, file)
				return false
			}
		} else {
			r := t.CallArgs(opener, file, object.MakeInt(int64(flags)))
			if r.P == nil {
				return false
			}
			if r.Type().Flags&object.FlagInt == 0 {
				t.TypeErrorf("expected integer from opener")
				return false
			}
			n, ok := t.AsCInt(r)
			if !ok {
				return false
			}
			if n < 0 {
				t.ValueErrorf("opener returned %d", n)
				return false
			}
			fd = n
		}
	}
	f.fd = fd
	fail := func() bool {
		if own {
			exc := t.Exc
			t.Exc = nil
			if !f.closeFD(t) {
				t.Exc = nil
			}
			t.Exc = exc
		}
		f.fd = -1
		return false
	}
	f.hasStat = false
	if err := files.Fstat(fd, &f.st); err != nil {
		if host.Is(err, syscall.EBADF) {
			native.OSError(t, err)
			return fail()
		}
	} else {
		f.hasStat = true
		if f.st.Mode&host.ModeType == host.ModeDir {
			native.OSError(t, syscall.EISDIR, file)
			return fail()
		}
	}
	if !t.SetAttr(object.Of(f), nameName, file) {
		return fail()
	}
	if f.appending {
		if _, err, ok := f.seekErr(t, 0, 2); !ok || err != nil && !host.Is(err, syscall.ESPIPE) {
			if ok {
				native.OSError(t, err)
			}
			return fail()
		}
	}
	return true
}

func contains(s string, c byte) bool {
	for i := range len(s) {
		if s[i] == c {
			return true
		}
	}
	return false
}

// openFile opens a file by name. If the process has no descriptors left, dropped files that nobody has closed may have some.
func openFile(t *Thread, files host.Files, name string, flags int) (int, error) {
	for try := 0; ; try++ {
		t.Unlock()
		fd, err := files.Open(host.CWD, name, flags, 0o666)
		t.Lock()
		if err == nil || try > 0 || !host.Is(err, syscall.EMFILE) {
			return fd, err
		}
		t.CollectGarbage()
	}
}

// closeFD closes the descriptor.
func (f *fileIO) closeFD(t *Thread) bool {
	fd := f.fd
	if fd < 0 {
		return true
	}
	f.fd = -1
	files := native.Files(t)
	if files == nil {
		return false
	}
	t.Unlock()
	err := files.Close(fd)
	t.Lock()
	if err != nil {
		native.OSError(t, err)
		return false
	}
	return true
}

// opened raises ValueError if the stream is closed.
func (f *fileIO) opened(t *Thread) bool {
	if f.fd < 0 {
		t.ValueErrorf("I/O operation on closed file")
		return false
	}
	return true
}

func fileClose(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	baseFail := baseClose(t, a[:1]).P == nil
	if !f.closefd {
		f.fd = -1
		if baseFail {
			return Value{}
		}
		return object.None
	}
	exc := t.Exc
	t.Exc = nil
	if f.finalizing {
		f.warn(t, a[0])
	}
	ok := f.closeFD(t)
	if baseFail {
		if !ok {
			chain(t, exc)
		} else {
			t.Exc = exc
		}
		return Value{}
	}
	if !ok {
		return Value{}
	}
	return object.None
}

// chain makes first the context of the exception in t.
func chain(t *Thread, first *object.Exc) {
	if t.Exc != nil && first != nil && t.Exc != first && t.Exc.Context == nil {
		t.Exc.Context = first
	}
}

// warn issues the ResourceWarning for a stream that has not been closed; source is the outermost of its chain.
func (f *fileIO) warn(t *Thread, source Value) {
	if f.fd < 0 || !f.closefd {
		return
	}
	exc := t.Exc
	t.Exc = nil
	r := t.Repr(source)
	if r == nil || !t.Warn(&object.ResourceWarningType, 1, "unclosed file %s", r.S) {
		if u := t.Interp.Hooks.Unraisable; u != nil && t.Exc != nil {
			u(t, "", source)
		}
		t.Exc = nil
	}
	t.Exc = exc
}

func fileDealloc(t *Thread, a []Value) Value {
	object.To[fileIO](a[0]).warn(t, a[1])
	return object.None
}

// wouldBlock reports whether an error says that the descriptor is not ready.
func wouldBlock(err error) bool { return host.Is(err, syscall.EAGAIN) }

// read reads into p. blocked says that the descriptor does not block and has nothing; the caller has checked that the stream is open.
func (f *fileIO) read(t *Thread, p []byte) (n int, blocked, ok bool) {
	if f.st.Mode&host.ModeType == host.ModeRegular {
		files := native.Files(t)
		if files == nil {
			return 0, false, false
		}
		t.Unlock()
		n, err := files.Read(f.fd, p)
		t.Lock()
		if err != nil {
			native.OSError(t, err)
			return 0, false, false
		}
		return n, false, true
	}
	n, err, ok := native.ReadFD(t, f.fd, p)
	if !ok {
		return 0, false, false
	}
	if err != nil {
		if wouldBlock(err) {
			return 0, true, true
		}
		native.OSError(t, err)
		return 0, false, false
	}
	return n, false, true
}

// write writes p, as far as one call does.
func (f *fileIO) write(t *Thread, p []byte) (n int, blocked, ok bool) {
	n, err, ok := native.WriteFD(t, f.fd, p)
	if !ok {
		return 0, false, false
	}
	if err != nil {
		if wouldBlock(err) {
			return 0, true, true
		}
		native.OSError(t, err)
		return 0, false, false
	}
	return n, false, true
}

func (f *fileIO) seek(t *Thread, off int64, whence int) (int64, bool) {
	n, err, ok := f.seekErr(t, off, whence)
	if ok && err != nil {
		native.OSError(t, err)
		return 0, false
	}
	return n, ok
}

// seekErr is seek for who treats errors of the host himself; ok is false when an exception is set.
func (f *fileIO) seekErr(t *Thread, off int64, whence int) (n int64, err error, ok bool) {
	files := native.Files(t)
	if files == nil {
		return 0, nil, false
	}
	t.Unlock()
	n, err = files.Seek(f.fd, off, whence)
	t.Lock()
	if f.seekable < 0 {
		f.seekable = 0
		if err == nil {
			f.seekable = 1
		}
	}
	return n, err, true
}

// canSeek finds out whether the file has positions.
func (f *fileIO) canSeek(t *Thread) bool {
	if f.seekable < 0 {
		if f.hasStat && f.st.Mode&host.ModeType == host.ModeRegular {
			f.seekable = 1
			return true
		}
		exc := t.Exc
		if _, ok := f.seek(t, 0, 1); !ok {
			t.Exc = exc
		}
	}
	return f.seekable > 0
}

func fileRead(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	if !f.opened(t) {
		return Value{}
	}
	if !f.readable {
		return unsupported(t, "File not open for reading")
	}
	n, ok := sizeArg(t, a[1])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return f.readAll(t)
	}
	if n > maxAlloc {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	buf := make([]byte, min(n, maxRead))
	got, blocked, ok := f.read(t, buf)
	switch {
	case !ok:
		return Value{}
	case blocked:
		return object.None
	case got < len(buf)/2 || got <= 64:
		return object.CopyBytes(buf[:got])
	}
	return native.MakeBytes(buf[:got])
}

// maxRead is the most that Linux reads at once.
const maxRead = 0x7ffff000

// readAll reads to the end of the file.
func (f *fileIO) readAll(t *Thread) Value {
	buf, blocked, ok := f.rest(t, nil)
	switch {
	case !ok:
		return Value{}
	case blocked && len(buf) == 0:
		return object.None
	}
	return native.MakeBytes(buf)
}

// rest appends the rest of the file to buf.
func (f *fileIO) rest(t *Thread, buf []byte) (all []byte, blocked, ok bool) {
	size := 8 << 10
	if f.hasStat && f.st.Mode&host.ModeType == host.ModeRegular && f.st.Size > 0 {
		// One byte more than is left, so that one read finds the end.
		left := f.st.Size
		if left > 64<<10 {
			if pos, ok := f.seek(t, 0, 1); ok {
				left = max(left-pos, 0)
			} else {
				t.Exc = nil
			}
		}
		size = int(min(left+1, 1<<30))
	}
	start := len(buf)
	if cap(buf)-start < size {
		buf = append(make([]byte, 0, start+size), buf...)
	}
	for {
		if len(buf) == cap(buf) {
			grown := make([]byte, len(buf), len(buf)+max(len(buf)-start, 32<<10))
			copy(grown, buf)
			buf = grown
		}
		n, blocked, ok := f.read(t, buf[len(buf):cap(buf)])
		if !ok || blocked {
			return buf, blocked, ok
		}
		if n == 0 {
			return buf, false, true
		}
		buf = buf[:len(buf)+n]
		if f.fd < 0 {
			return buf, false, true
		}
	}
}

func fileReadAll(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	if !f.opened(t) {
		return Value{}
	}
	return f.readAll(t)
}

func fileReadInto(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	w, ok := native.Writable(t, a[1], "readinto() argument 1")
	if !ok {
		return Value{}
	}
	defer w.Release(t)
	if !f.opened(t) {
		return Value{}
	}
	if !f.readable {
		return unsupported(t, "File not open for reading")
	}
	n, blocked, ok := f.read(t, w.Bytes)
	switch {
	case !ok:
		return Value{}
	case blocked:
		return object.None
	}
	return object.MakeInt(int64(n))
}

func fileWrite(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	r, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer r.Release(t)
	if !f.opened(t) {
		return Value{}
	}
	if !f.writable {
		return unsupported(t, "File not open for writing")
	}
	n, blocked, ok := f.write(t, r.Bytes)
	switch {
	case !ok:
		return Value{}
	case blocked:
		return object.None
	}
	return object.MakeInt(int64(n))
}

// offset converts a position in a file.
func offset(t *Thread, v Value) (int64, bool) {
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	if !ok {
		t.OverflowErrorf("Python int too large to convert to C long")
	}
	return n, ok
}

func fileSeek(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	whence := 0
	if a[2].P != nil {
		var ok bool
		if whence, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	if !f.opened(t) {
		return Value{}
	}
	off, ok := offset(t, a[1])
	if !ok {
		return Value{}
	}
	n, ok := f.seek(t, off, whence)
	if !ok {
		return Value{}
	}
	return object.MakeInt(n)
}

func fileTell(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	if !f.opened(t) {
		return Value{}
	}
	n, ok := f.seek(t, 0, 1)
	if !ok {
		return Value{}
	}
	return object.MakeInt(n)
}

func fileTruncate(t *Thread, a []Value) Value {
	f := object.To[fileIO](a[0])
	if !f.opened(t) {
		return Value{}
	}
	if !f.writable {
		return unsupported(t, "File not open for writing")
	}
	size := a[1]
	if size.P == nil || size.IsNone() {
		n, ok := f.seek(t, 0, 1)
		if !ok {
			return Value{}
		}
		size = object.MakeInt(n)
	}
	n, ok := offset(t, size)
	if !ok {
		return Value{}
	}
	files := native.Files(t)
	if files == nil {
		return Value{}
	}
	t.Unlock()
	err := files.Truncate(f.fd, n)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	f.hasStat = false
	return size
}

// asks makes a method that asks an open file something.
func asks(f func(t *Thread, f *fileIO) Value) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		x := object.To[fileIO](a[0])
		if !x.opened(t) {
			return Value{}
		}
		return f(t, x)
	}
}

// terminal reports whether the file is a terminal.
func (f *fileIO) terminal(t *Thread) bool {
	files := native.Host(t).Files
	return files != nil && files.IsTerminal(f.fd)
}

// modeText is the attribute mode.
func (f *fileIO) modeText() string {
	switch {
	case f.created && f.readable:
		return "xb+"
	case f.created:
		return "xb"
	case f.appending && f.readable:
		return "ab+"
	case f.appending:
		return "ab"
	case f.readable && f.writable:
		return "rb+"
	case f.readable:
		return "rb"
	}
	return "wb"
}

func fileRepr(t *Thread, v Value) Value {
	f := object.To[fileIO](v)
	if f.fd < 0 {
		return object.MakeStr("<" + v.Type().Name + " [closed]>")
	}
	closefd := "False"
	if f.closefd {
		closefd = "True"
	}
	name, ok := t.FindAttr(v, nameName)
	if !ok {
		return Value{}
	}
	if name.P == nil {
		return object.MakeStr(fmt.Sprintf("<%s fd=%d mode='%s' closefd=%s>", v.Type().Name, f.fd, f.modeText(), closefd))
	}
	if t.EnterRepr(v) {
		return t.RuntimeErrorf("reentrant call inside %s.__repr__", v.Type().Name)
	}
	r := t.Repr(name)
	t.LeaveRepr()
	if r == nil {
		return Value{}
	}
	return object.MakeStr("<" + v.Type().Name + " name=" + r.S + " mode='" + f.modeText() + "' closefd=" + closefd + ">")
}

// noPickle is __getstate__ of streams of the system.
func noPickle(t *Thread, a []Value) Value {
	return t.TypeErrorf("cannot pickle '%s' instances", a[0].Type().ShortName())
}

// flagMember describes a bool field that is a member.
func flagMember[T any](name string, field func(x *T) *bool) object.GetSetDef {
	return object.GetSetDef{Name: name, Member: true,
		Get: func(t *Thread, v Value) Value { return object.MakeBool(*field(object.To[T](v))) },
		Set: func(t *Thread, v, x Value) bool {
			if x.P == nil {
				t.TypeErrorf("can't delete numeric/char attribute")
				return false
			}
			if !x.IsBool() {
				t.TypeErrorf("attribute value type must be bool")
				return false
			}
			*field(object.To[T](v)) = x == object.True
			return true
		}}
}

func defineFileIO() {
	object.Define(&fileType, object.TypeSpec{Name: "FileIO", Module: "_io", Base: &rawBaseType, Flags: object.FlagBase,
		Sig: "(file, mode='r', closefd=True, opener=None)",
		Doc: "Open a file.\n\nThe mode can be 'r' (default), 'w', 'x' or 'a' for reading, writing,\nexclusive creation or appending.  Add a '+' to allow simultaneous reading\nand writing.  A custom opener is called with the file's name and flags and\nmust return an open file descriptor.",
		Slots: object.Slots{
			Alloc: allocFile,
			New:   func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value { return cls.Alloc(t, cls) },
			Init:  object.Initializer("FileIO", "(file, mode='r', closefd=True, opener=None)", fileInit),
			Repr:  fileRepr,
		},
		Methods: []object.MethodDef{
			{Name: "read", Sig: sigSize, Fn: fileRead, Doc: "Read at most size bytes, returned as bytes."},
			{Name: "readall", Sig: sigSelf, Fn: fileReadAll, Doc: "Read all data from the file, returned as bytes."},
			{Name: "readinto", Sig: sigBuffer, Fn: fileReadInto, Doc: "Same as RawIOBase.readinto()."},
			{Name: "write", Sig: sigB, Fn: fileWrite, Doc: "Write buffer b to file, return number of bytes written."},
			{Name: "seek", Sig: "($self, pos, whence=0, /)", Fn: fileSeek, Doc: "Move to new file position and return the file position."},
			{Name: "tell", Sig: sigSelf, Fn: fileTell, Doc: "Current file position.\n\nCan raise OSError for non seekable files."},
			{Name: "truncate", Sig: sigSizeNone, Fn: fileTruncate, Doc: "Truncate the file to at most size bytes and return the truncated size."},
			{Name: "close", Sig: sigSelf, Fn: fileClose, Doc: "Close the file."},
			{Name: "seekable", Sig: sigSelf, Fn: asks(func(t *Thread, f *fileIO) Value { return object.MakeBool(f.canSeek(t)) }), Doc: "True if file supports random-access."},
			{Name: "readable", Sig: sigSelf, Fn: asks(func(t *Thread, f *fileIO) Value { return object.MakeBool(f.readable) }), Doc: "True if file was opened in a read mode."},
			{Name: "writable", Sig: sigSelf, Fn: asks(func(t *Thread, f *fileIO) Value { return object.MakeBool(f.writable) }), Doc: "True if file was opened in a write mode."},
			{Name: "fileno", Sig: sigSelf, Fn: asks(func(t *Thread, f *fileIO) Value { return object.MakeInt(int64(f.fd)) }), Doc: "Return the underlying file descriptor (an integer)."},
			{Name: "isatty", Sig: sigSelf, Fn: asks(func(t *Thread, f *fileIO) Value { return object.MakeBool(f.terminal(t)) }), Doc: "True if the file is connected to a TTY device."},
			{Name: "_isatty_open_only", Sig: sigSelf, Fn: asks(func(t *Thread, f *fileIO) Value {
				return object.MakeBool(f.st.Mode&host.ModeType == host.ModeChar && f.terminal(t))
			}), Doc: "Cheaper isatty for open()."},
			{Name: "_dealloc_warn", Sig: "($self, source, /)", Fn: fileDealloc},
			{Name: "__getstate__", Sig: sigSelf, Fn: noPickle},
		},
		GetSets: []object.GetSetDef{
			{Name: "closed", Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[fileIO](v).fd < 0) }, Doc: "True if the file is closed"},
			{Name: "closefd", Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[fileIO](v).closefd) }, Doc: "True if the file descriptor will be closed by close()."},
			{Name: "mode", Get: func(t *Thread, v Value) Value { return object.MakeStr(object.To[fileIO](v).modeText()) }, Doc: "String giving the file mode"},
			{Name: "_blksize", Get: func(t *Thread, v Value) Value {
				if f := object.To[fileIO](v); f.hasStat && f.st.Blksize > 1 {
					return object.MakeInt(f.st.Blksize)
				}
				return object.MakeInt(defaultBufferSize)
			}, Doc: "Stat st_blksize if available"},
			flagMember("_finalizing", func(f *fileIO) *bool { return &f.finalizing }),
		},
	})
}
