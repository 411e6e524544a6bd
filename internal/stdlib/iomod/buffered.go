package iomod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// buffered is a BufferedReader, BufferedWriter or BufferedRandom.
//
// Its buffer holds either bytes that have been read, or bytes to be written, never both. In the first case
// buf[r:w] is not read yet, and the raw stream stands behind buf[:w]; in the second buf[:dirty] waits, and the
// raw stream stands where its first byte belongs.
type buffered struct {
	base
	raw        Value   // no value: detached, or not initialised
	file       *fileIO // raw if it is exactly a FileIO
	ready      bool
	detached   bool
	freed      bool // closed: the buffer is gone
	readable   bool
	writable   bool
	finalizing bool
	quiet      bool // made by open() and not seen yet: who holds it finalizes
	buf        []byte
	size       int
	r, w       int
	dirty      int
	pos        int64 // of the raw stream; -1: not known
	lock       busy
}

var readerType, writerType, randomType object.Type

// busy is the lock of a stream: raw streams are called without the interpreter's lock.
type busy struct {
	owner   *Thread
	waiting int
	free    chan struct{}
}

func (l *busy) leave() {
	l.owner = nil
	if l.waiting > 0 {
		select {
		case l.free <- struct{}{}:
		default:
		}
	}
}

// enter takes the lock of the stream. A thread that has it already, in a signal's handler, gets RuntimeError.
func (b *buffered) enter(t *Thread) bool {
	if b.lock.owner == nil {
		b.lock.owner = t
		return true
	}
	return b.lock.wait(t, object.Of(b))
}

func (l *busy) wait(t *Thread, v Value) bool {
	if l.owner == t {
		if r := t.Repr(v); r != nil {
			t.RuntimeErrorf("reentrant call inside %s", r.S)
		}
		return false
	}
	if l.free == nil {
		l.free = make(chan struct{}, 1)
	}
	for l.owner != nil {
		l.waiting++
		t.Unlock()
		<-l.free
		t.Lock()
		l.waiting--
	}
	l.owner = t
	return true
}

func allocBuffered(t *Thread, cls *object.Type) Value {
	b := &buffered{pos: -1}
	b.Type = cls
	v := object.InitAttrs(cls, object.Of(b))
	t.Finalize(v)
	return v
}

// seen is called when a stream that open() has made is handed to a program: from then on it has a finalizer of its own.
func (b *buffered) seen(t *Thread) Value {
	v := object.Of(b)
	if b.quiet {
		b.quiet = false
		t.Finalize(v)
		if b.writable {
			register(t, v)
		}
	}
	return v
}

// initialized raises ValueError for a stream without a raw one.
func (b *buffered) initialized(t *Thread) bool {
	if b.ready {
		return true
	}
	if b.detached {
		t.ValueErrorf("raw stream has been detached")
	} else {
		t.ValueErrorf("I/O operation on uninitialized object")
	}
	return false
}

// closed reports whether the raw stream is closed.
func (b *buffered) closed(t *Thread) (closed, ok bool) {
	if b.file != nil {
		return b.file.fd < 0, true
	}
	return isClosed(t, b.raw)
}

// open raises ValueError if the stream is closed and nothing is left in its buffer.
func (b *buffered) open(t *Thread, msg string) bool {
	if !b.initialized(t) {
		return false
	}
	if b.r < b.w {
		return true
	}
	closed, ok := b.closed(t)
	if ok && closed {
		t.ValueErrorf("%s", msg)
		return false
	}
	return ok
}

func bufferedInit(readable, writable bool) func(t *Thread, a []Value) bool {
	return func(t *Thread, a []Value) bool {
		b := object.To[buffered](a[0])
		size := defaultBufferSize
		if a[2].P != nil {
			var ok bool
			if size, ok = t.AsSize(a[2]); !ok {
				return false
			}
		}
		b.ready, b.detached = false, false
		raw := a[1]
		switch {
		case readable && writable && !checkSeekable(t, raw),
			readable && !checkReadable(t, raw),
			writable && !checkWritable(t, raw):
			return false
		}
		return b.setup(t, raw, size, readable, writable)
	}
}

// setup makes b a stream over raw.
func (b *buffered) setup(t *Thread, raw Value, size int, readable, writable bool) bool {
	if size <= 0 {
		t.ValueErrorf("buffer size must be strictly positive")
		return false
	}
	if size > maxAlloc {
		t.RaiseNew(&object.MemoryErrorType)
		return false
	}
	b.raw, b.file = raw, nil
	if raw.Is(&fileType) {
		b.file = object.To[fileIO](raw)
	}
	b.size, b.readable, b.writable = size, readable, writable
	b.buf, b.r, b.w, b.dirty, b.pos, b.freed = nil, 0, 0, 0, -1, false
	if b.file == nil {
		if _, ok := b.rawTell(t); !ok {
			t.Exc = nil
		}
	}
	b.ready = true
	if writable && !b.quiet {
		register(t, object.Of(b))
	}
	return true
}

// memory gives the buffer its memory. For small files it is small, too; reads that need more make it whole.
func (b *buffered) memory(want int) {
	if len(b.buf) >= b.size || len(b.buf) >= want && want > 0 {
		return
	}
	n := b.size
	switch {
	case want > 0: // writing: grow as data comes
		n = min(n, max(want, 2*len(b.buf), 4<<10))
	case b.buf == nil && b.file != nil && b.file.hasStat && b.file.st.Mode&host.ModeType == host.ModeRegular && b.file.st.Size < int64(n):
		n = max(int(b.file.st.Size)+1, 64)
	}
	buf := make([]byte, n)
	copy(buf, b.buf)
	b.buf = buf
}

// memoryView returns a view of p for a method of a raw stream, and what takes the bytes back from it.
func memoryView(t *Thread, p []byte, readOnly bool) (v Value, done func()) {
	if object.MemoryViewType.GetItem == nil {
		// Without memoryview, a bytearray does.
		x := object.NewByteArray(p)
		return object.Of(x), func() { copy(p, x.V) }
	}
	m := &memory{Head: object.Head{Type: &memoryType}, b: p, readOnly: readOnly}
	v = t.NewMemoryView(object.Of(m))
	return v, func() {
		exc := t.Exc
		t.Exc = nil
		if t.CallMethod(v, nameRelease).P == nil {
			t.Exc = nil
		}
		t.Exc = exc
	}
}

var nameRelease = object.StaticName("release")

// memory is an object that has a buffer and nothing else.
type memory struct {
	object.Head
	b        []byte
	readOnly bool
}

var memoryType object.Type

// rawRead reads from the raw stream. n is -1 when it does not block and has nothing.
func (b *buffered) rawRead(t *Thread, p []byte) (n int, ok bool) { return b.transfer(t, p, false) }

// rawWrite writes to the raw stream. n is -1 when it does not block and takes nothing.
func (b *buffered) rawWrite(t *Thread, p []byte) (n int, ok bool) { return b.transfer(t, p, true) }

func (b *buffered) transfer(t *Thread, p []byte, write bool) (n int, ok bool) {
	if b.file != nil {
		n, ok = b.file.transfer(t, p, write)
	} else {
		n, ok = b.transferBy(t, p, write)
	}
	if ok && n > 0 && b.pos >= 0 {
		b.pos += int64(n)
	}
	return n, ok
}

// transfer reads or writes as the raw stream of a buffered one. n is -1 when the file does not block and has, or takes, nothing.
func (f *fileIO) transfer(t *Thread, p []byte, write bool) (n int, ok bool) {
	if !f.opened(t) {
		return 0, false
	}
	var blocked bool
	if write {
		n, blocked, ok = f.write(t, p)
	} else {
		n, blocked, ok = f.read(t, p)
	}
	if ok && blocked {
		n = -1
	}
	return n, ok
}

// transferBy calls readinto or write of a raw stream that is no file.
func (b *buffered) transferBy(t *Thread, p []byte, write bool) (n int, ok bool) {
	name := nameReadInto
	if write {
		name = nameWrite
	}
	v, done := memoryView(t, p, write)
	if v.P == nil {
		return 0, false
	}
	r := t.CallMethod(b.raw, name, v)
	done()
	if r.P == nil {
		return 0, false
	}
	if r.IsNone() {
		return -1, true
	}
	if n, ok = t.AsIndexErr(r, &object.ValueErrorType); !ok {
		if !write {
			cause := t.Exc
			t.Exc = nil
			t.Raisef(&object.OSErrorType, "raw readinto() failed")
			t.Exc.Cause, t.Exc.Context, t.Exc.Suppress = cause, cause, true
		}
		return 0, false
	}
	if n < 0 || n > len(p) {
		t.Raisef(&object.OSErrorType, "raw %s() returned invalid length %d (should have been between 0 and %d)", name.S, n, len(p))
		return 0, false
	}
	return n, true
}

// position takes what a raw stream says its position is.
func (b *buffered) position(t *Thread, r Value) (int64, bool) {
	if r.P == nil {
		return 0, false
	}
	n, ok := offset(t, r)
	if !ok {
		return 0, false
	}
	if n < 0 {
		t.Raisef(&object.OSErrorType, "Raw stream returned invalid position %d", n)
		return 0, false
	}
	b.pos = n
	return n, true
}

func (b *buffered) rawTell(t *Thread) (int64, bool) {
	if b.file != nil {
		if !b.file.opened(t) {
			return 0, false
		}
		n, ok := b.file.seek(t, 0, 1)
		if ok {
			b.pos = n
		}
		return n, ok
	}
	return b.position(t, t.CallMethod(b.raw, nameTell))
}

func (b *buffered) rawSeek(t *Thread, off int64, whence int) (int64, bool) {
	if b.file != nil {
		if !b.file.opened(t) {
			return 0, false
		}
		n, ok := b.file.seek(t, off, whence)
		if ok {
			b.pos = n
		}
		return n, ok
	}
	return b.position(t, t.CallMethod(b.raw, nameSeek, object.MakeInt(off), object.MakeInt(int64(whence))))
}

// forget drops what has been read and puts the raw stream where the program thinks it is.
func (b *buffered) forget(t *Thread) bool {
	if n := b.w - b.r; n > 0 {
		if _, ok := b.rawSeek(t, -int64(n), 1); !ok {
			return false
		}
	}
	b.r, b.w = 0, 0
	return true
}

// flush writes what waits.
func (b *buffered) flush(t *Thread) bool {
	done := 0
	defer func() {
		if done > 0 {
			copy(b.buf, b.buf[done:b.dirty])
			b.dirty -= done
		}
	}()
	for done < b.dirty {
		n, ok := b.rawWrite(t, b.buf[done:b.dirty])
		if !ok {
			return false
		}
		if n < 0 {
			blocking(t, "write could not complete without blocking", 0)
			return false
		}
		done += n
		if !native.Interrupts(t) {
			return false
		}
	}
	return true
}

// blocking raises BlockingIOError with the number of bytes that have been taken.
func blocking(t *Thread, msg string, written int) {
	t.RaiseNew(&object.BlockingIOErrorType, object.MakeInt(eagain), object.MakeStr(msg), object.MakeInt(int64(written)))
}

// sync writes what waits, or forgets what has been read.
func (b *buffered) sync(t *Thread) bool {
	if b.dirty > 0 && !b.flush(t) {
		return false
	}
	return !b.readable || b.forget(t)
}

func bufferedFlush(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	if !b.writable || !b.ready {
		if !b.initialized(t) {
			return Value{}
		}
		return t.CallMethod(b.raw, nameFlush)
	}
	if !b.openNow(t, "flush of closed file") || !b.enter(t) {
		return Value{}
	}
	ok := b.sync(t)
	b.lock.leave()
	if !ok {
		return Value{}
	}
	return object.None
}

// openNow is open for what does not care about the buffer.
func (b *buffered) openNow(t *Thread, msg string) bool {
	if !b.initialized(t) {
		return false
	}
	closed, ok := b.closed(t)
	if ok && closed {
		t.ValueErrorf("%s", msg)
		return false
	}
	return ok
}

func bufferedClose(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	if !b.initialized(t) || !b.enter(t) {
		return Value{}
	}
	closed, ok := b.closed(t)
	if !ok || closed {
		b.lock.leave()
		if !ok {
			return Value{}
		}
		return object.None
	}
	if b.finalizing {
		b.warn(t, a[0])
	}
	b.lock.leave()
	flushed := false
	if b.file != nil && b.Type.Flags&object.FlagHeap == 0 && object.InstanceAttr(a[0], nameFlush).P == nil {
		flushed = bufferedFlush(t, a[:1]).P != nil
	} else {
		flushed = t.CallMethod(a[0], nameFlush).P != nil
	}
	exc := t.Exc
	t.Exc = nil
	if !b.enter(t) {
		return Value{}
	}
	var r Value
	if b.file != nil {
		r = fileClose(t, []Value{b.raw})
	} else {
		r = t.CallMethod(b.raw, nameClose)
	}
	b.buf, b.r, b.w, b.dirty = nil, 0, 0, 0
	b.freed = true
	b.lock.leave()
	object.Unfinalize(a[0])
	if b.writable && !b.quiet {
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

// warn hands a ResourceWarning on to the raw stream.
func (b *buffered) warn(t *Thread, source Value) {
	if !b.ready || b.raw.P == nil {
		return
	}
	if b.file != nil {
		b.file.warn(t, source)
		return
	}
	if t.CallMethod(b.raw, nameDealloc, source).P == nil {
		t.Exc = nil
	}
}

func bufferedDealloc(t *Thread, a []Value) Value {
	object.To[buffered](a[0]).warn(t, a[1])
	return object.None
}

func bufferedDetach(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	if !b.initialized(t) {
		return Value{}
	}
	if t.CallMethod(a[0], nameFlush).P == nil {
		return Value{}
	}
	raw := b.raw
	if b.writable && !b.quiet {
		unregister(t, a[0])
	}
	b.raw, b.file, b.ready, b.detached = Value{}, nil, false, true
	b.buf, b.r, b.w, b.dirty = nil, 0, 0, 0
	return seenRaw(t, raw)
}

// seenRaw gives a raw stream that open() has made a finalizer, for it leaves its chain.
func seenRaw(t *Thread, raw Value) Value {
	if raw.Is(&fileType) {
		object.To[fileIO](raw).seen(t)
	}
	return raw
}

// asks makes a method that the raw stream answers.
func asksRaw(name *object.Str) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		b := object.To[buffered](a[0])
		if !b.initialized(t) {
			return Value{}
		}
		return t.CallMethod(b.raw, name)
	}
}

// attrOfRaw makes an attribute that is the raw stream's.
func attrOfRaw(name *object.Str) func(t *Thread, v Value) Value {
	return func(t *Thread, v Value) Value {
		b := object.To[buffered](v)
		if !b.initialized(t) {
			return Value{}
		}
		return t.GetAttr(b.raw, name)
	}
}

func bufferedTell(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	if !b.initialized(t) {
		return Value{}
	}
	n, ok := b.rawTell(t)
	if !ok {
		return Value{}
	}
	return object.MakeInt(max(n-int64(b.w-b.r)+int64(b.dirty), 0))
}

func bufferedSeek(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	whence := 0
	if a[2].P != nil {
		var ok bool
		if whence, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	if !b.initialized(t) {
		return Value{}
	}
	if whence < 0 || whence > 4 {
		return t.ValueErrorf("whence value %d unsupported", whence)
	}
	if !b.openNow(t, "seek of closed file") {
		return Value{}
	}
	if b.file != nil {
		if !b.file.canSeek(t) {
			return unsupported(t, "File or stream is not seekable.")
		}
	} else if !checkSeekable(t, b.raw) {
		return Value{}
	}
	target, ok := offset(t, a[1])
	if !ok {
		return Value{}
	}
	n, ok := b.seek(t, target, whence)
	if !ok {
		return Value{}
	}
	return object.MakeInt(n)
}

// seek moves the stream, within the buffer where that is possible.
func (b *buffered) seek(t *Thread, target int64, whence int) (int64, bool) {
	if whence <= 1 && b.readable && b.dirty == 0 && b.w > 0 {
		pos := b.pos
		if pos < 0 {
			var ok bool
			if pos, ok = b.rawTell(t); !ok {
				return 0, false
			}
		}
		here := pos - int64(b.w-b.r)
		off := target
		if whence == 0 {
			off -= here
		}
		if off >= -int64(b.r) && off <= int64(b.w-b.r) {
			b.r += int(off)
			return max(here+off, 0), true // some devices are always at 0
		}
	}
	if !b.enter(t) {
		return 0, false
	}
	defer b.lock.leave()
	if b.dirty > 0 && !b.flush(t) {
		return 0, false
	}
	if whence == 1 {
		target -= int64(b.w - b.r)
	}
	n, ok := b.rawSeek(t, target, whence)
	if ok {
		b.r, b.w = 0, 0
	}
	return n, ok
}

func bufferedTruncate(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	if !b.openNow(t, "truncate of closed file") {
		return Value{}
	}
	if !b.writable {
		return unsupported(t, "truncate")
	}
	if !b.enter(t) {
		return Value{}
	}
	defer b.lock.leave()
	if !b.sync(t) {
		return Value{}
	}
	pos := object.OrNone(a[1])
	r := t.CallMethod(b.raw, nameTruncate, pos)
	if r.P == nil {
		return r
	}
	if _, ok := b.rawTell(t); !ok {
		t.Exc = nil
	}
	return r
}

func bufferedRepr(t *Thread, v Value) Value {
	name, ok := t.FindAttr(v, nameName)
	if !ok {
		if t.Catch(&object.ValueErrorType) == nil {
			return Value{}
		}
		name = Value{}
	}
	if name.P == nil {
		return object.MakeStr("<" + v.Type().Name + ">")
	}
	if t.EnterRepr(v) {
		return t.RuntimeErrorf("reentrant call inside %s.__repr__", v.Type().Name)
	}
	r := t.Repr(name)
	t.LeaveRepr()
	if r == nil {
		return Value{}
	}
	return object.MakeStr("<" + v.Type().Name + " name=" + r.S + ">")
}

func bufferedClosed(t *Thread, v Value) Value {
	b := object.To[buffered](v)
	if !b.initialized(t) {
		return Value{}
	}
	if b.file != nil {
		return object.MakeBool(b.file.fd < 0)
	}
	return t.GetAttr(b.raw, nameClosed)
}

func bufferedSizeof(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	n := int64(unsafe.Sizeof(buffered{}))
	if b.ready && !b.freed {
		// The memory is taken when it is needed; programs see the size they asked for.
		n += int64(b.size)
	}
	return object.MakeInt(n)
}
