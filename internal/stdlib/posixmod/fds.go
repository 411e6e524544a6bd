package posixmod

import (
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// Functions on descriptors.

func open(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "open", "path", false)
	flags := in.Int(1)
	mode := in.IntOr(2, 0o777)
	dir := in.DirFD(3)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	fd, err := f.Open(dir, p.Name, flags, uint32(mode))
	t.Lock()
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.MakeInt(int64(fd))
}

// fdCall makes a function of one descriptor. blocking ones let other threads run.
func fdCall(blocking, fileno bool, do func(f host.Files, fd int) error) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		conv := native.Int32
		if fileno {
			conv = native.Fileno
		}
		fd, ok := conv(t, a[0])
		if !ok {
			return Value{}
		}
		f := native.Files(t)
		if f == nil {
			return Value{}
		}
		if blocking {
			t.Unlock()
		}
		err := do(f, fd)
		if blocking {
			t.Lock()
		}
		if err != nil {
			return native.OSError(t, err)
		}
		return object.None
	}
}

// maxRead is the most that is read at once, so that a silly size does not take all memory.
const maxRead = 1 << 30

func read(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	n, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return native.OSErrorCode(t, 22)
	}
	buf := make([]byte, min(n, maxRead))
	n, ok = native.Read(t, fd, buf)
	if !ok {
		return Value{}
	}
	if n < len(buf)/2 {
		return object.MakeBytes(string(buf[:n]))
	}
	return native.MakeBytes(buf[:n])
}

func readinto(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	b, ok := native.Writable(t, a[1], "readinto() argument 2")
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	n, ok := native.Read(t, fd, b.Bytes)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}

func write(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	b, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	n, ok := native.Write(t, fd, b.Bytes)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}

func lseek(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	off := in.Int64(1)
	how := in.Int(2)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	n, err := f.Seek(fd, off, how)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(n)
}

func ftruncate(t *Thread, a []Value) Value {
	n, ok := native.Int64(t, a[1])
	if !ok {
		return Value{}
	}
	return fdCall(true, false, func(f host.Files, fd int) error { return f.Truncate(fd, n) })(t, a[:1])
}

func truncate(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "truncate", "path", true)
	n := in.Int64(1)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	fd, err := p.FD, error(nil)
	if !p.IsFD {
		fd, err = f.Open(host.CWD, p.Name, host.OpenWrite, 0)
	}
	if err == nil {
		err = f.Truncate(fd, n)
		if !p.IsFD {
			f.Close(fd)
		}
	}
	t.Lock()
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.None
}

func dup(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	n, err := f.Dup(fd, false)
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(int64(n))
}

func dup2(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	to := in.Int(1)
	inheritable := in.Flag(2, true)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	if fd < 0 || to < 0 {
		return native.OSErrorCode(t, 9)
	}
	t.Unlock()
	err := f.Dup2(fd, to, inheritable)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(int64(to))
}

func isatty(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	f := native.Host(t).Files
	return object.MakeBool(f != nil && f.IsTerminal(fd))
}

func pipe(t *Thread, a []Value) Value {
	flags := host.CloseOnExec
	if len(a) > 0 {
		n, ok := t.AsCInt(a[0])
		if !ok {
			return Value{}
		}
		flags = n
	}
	f := native.Files(t)
	if f == nil {
		return Value{}
	}
	r, w, err := f.Pipe(flags)
	if err != nil {
		return native.OSError(t, err)
	}
	return object.Of(object.NewTuple(object.MakeInt(int64(r)), object.MakeInt(int64(w))))
}

func closerange(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	lo := in.Int(0)
	hi := in.Int(1)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	for fd := max(lo, 0); fd < hi && fd < 1<<20; fd++ {
		f.Close(fd)
	}
	t.Lock()
	return object.None
}

func deviceEncoding(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	if f := native.Host(t).Files; f != nil && f.IsTerminal(fd) {
		return object.MakeStr("utf-8")
	}
	return object.None
}
