package object

import "runtime"

// OSError and its subclasses by errno.

// Fields of OSError, for Exc.Field. Written is not set where there are no characters_written.
const (
	OSErrorErrno     = 0
	OSErrorStrerror  = 1
	OSErrorFilename  = 2
	OSErrorFilename2 = 3
	osErrorWritten   = 4
)

func setupOSError() {
	defineExc(&OSErrorType, "OSError", &ExceptionType, "Base class for I/O related errors.", TypeSpec{
		Slots:   Slots{New: osErrorNew, Init: osErrorInit, Str: osErrorStr},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: osErrorReduce}},
		GetSets: []GetSetDef{{Name: "characters_written",
			Get: func(t *Thread, v Value) Value {
				if w := To[Exc](v).field(osErrorWritten); w.P != nil {
					return w
				}
				return t.Raisef(&AttributeErrorType, "characters_written")
			},
			Set: func(t *Thread, v, x Value) bool {
				e := To[Exc](v)
				if x.P == nil {
					if e.field(osErrorWritten).P == nil {
						t.Raisef(&AttributeErrorType, "characters_written")
						return false
					}
					e.SetField(osErrorWritten, Value{})
					return true
				}
				n, ok := t.AsIndexErr(x, &ValueErrorType)
				if ok {
					e.SetField(osErrorWritten, MakeInt(int64(n)))
				}
				return ok
			}}},
	}, "errno", "POSIX exception code", "strerror", "exception strerror", "filename", "exception filename", "filename2", "second exception filename")
	OSErrorType.Private = &excLayout{fields: osErrorWritten + 1}
	for _, d := range []struct {
		s         *Type
		name, doc string
	}{
		{&BlockingIOErrorType, "BlockingIOError", "I/O operation would block."},
		{&ConnectionErrorType, "ConnectionError", "Connection error."},
		{&ChildProcessErrorType, "ChildProcessError", "Child process error."},
		{&FileExistsErrorType, "FileExistsError", "File already exists."},
		{&FileNotFoundErrorType, "FileNotFoundError", "File not found."},
		{&IsADirectoryErrorType, "IsADirectoryError", "Operation doesn't work on directories."},
		{&NotADirectoryErrorType, "NotADirectoryError", "Operation only works on directories."},
		{&InterruptedErrorType, "InterruptedError", "Interrupted by signal."},
		{&PermissionErrorType, "PermissionError", "Not enough permissions."},
		{&ProcessLookupErrorType, "ProcessLookupError", "Process not found."},
		{&TimeoutErrorType, "TimeoutError", "Timeout expired."},
	} {
		defineExc(d.s, d.name, &OSErrorType, d.doc, TypeSpec{})
	}
	defineExc(&BrokenPipeErrorType, "BrokenPipeError", &ConnectionErrorType, "Broken pipe.", TypeSpec{})
	defineExc(&ConnectionAbortedErrorType, "ConnectionAbortedError", &ConnectionErrorType, "Connection aborted.", TypeSpec{})
	defineExc(&ConnectionRefusedErrorType, "ConnectionRefusedError", &ConnectionErrorType, "Connection refused.", TypeSpec{})
	defineExc(&ConnectionResetErrorType, "ConnectionResetError", &ConnectionErrorType, "Connection reset.", TypeSpec{})
}

// ErrnoType returns the subclass of OSError for an errno of this platform, or OSError.
func ErrnoType(errno int64) *Type {
	switch errno {
	case 1, 13:
		return &PermissionErrorType
	case 2:
		return &FileNotFoundErrorType
	case 3:
		return &ProcessLookupErrorType
	case 4:
		return &InterruptedErrorType
	case 10:
		return &ChildProcessErrorType
	case 17:
		return &FileExistsErrorType
	case 20:
		return &NotADirectoryErrorType
	case 21:
		return &IsADirectoryErrorType
	case 32:
		return &BrokenPipeErrorType
	}
	var n [8]int64 // again, already, in progress, aborted, reset, shut down, timed out, refused
	switch runtime.GOOS {
	case "darwin", "ios":
		n = [...]int64{35, 37, 36, 53, 54, 58, 60, 61}
	case "windows":
		if errno == 11 {
			return &BlockingIOErrorType
		}
		n = [...]int64{10035, 10037, 10036, 10053, 10054, 10058, 10060, 10061}
	default:
		n = [...]int64{11, 114, 115, 103, 104, 108, 110, 111}
	}
	switch errno {
	case n[0], n[1], n[2]:
		return &BlockingIOErrorType
	case n[3]:
		return &ConnectionAbortedErrorType
	case n[4]:
		return &ConnectionResetErrorType
	case n[5]:
		return &BrokenPipeErrorType
	case n[6]:
		return &TimeoutErrorType
	case n[7]:
		return &ConnectionRefusedErrorType
	}
	return &OSErrorType
}

// deferred reports whether arguments are left to __init__: a class that has its own __init__, but not its own
// __new__, may give them another meaning.
func osErrorDeferred(cls *Type) bool {
	if cls.Flags&FlagHeap == 0 {
		return false
	}
	init := cls.lookupSlow(nameInit)
	own := init.P != nil && !(init.Is(&SlotWrapperType) && To[SlotWrapper](init).Owner == &OSErrorType)
	return own && cls.lookupSlow(nameNew) == OSErrorType.Dict().GetStr(nameNew)
}

func osErrorNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if osErrorDeferred(cls) {
		return excAlloc(t, cls)
	}
	if names != nil && names.Len() > 0 {
		return t.TypeErrorf("%s() takes no keyword arguments", cls.Name)
	}
	if cls == &OSErrorType && len(args) >= 2 && len(args) <= 5 {
		if n, ok := AsInt64(args[0]); ok {
			cls = ErrnoType(n)
		}
	}
	v := excAlloc(t, cls)
	if !t.osErrorFill(To[Exc](v), args) {
		return Value{}
	}
	return v
}

func osErrorInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if !osErrorDeferred(self.Type()) {
		return true // all has been done in osErrorNew
	}
	if names != nil && names.Len() > 0 {
		t.TypeErrorf("%s() takes no keyword arguments", self.Type().Name)
		return false
	}
	return t.osErrorFill(To[Exc](self), args)
}

func (t *Thread) osErrorFill(e *Exc, args []Value) bool {
	e.Args = NewTuple(args...)
	if len(args) < 2 || len(args) > 5 {
		return true
	}
	if len(args) > 2 && !args[2].IsNone() {
		if ft := args[2].Type(); e.Type == &BlockingIOErrorType && (ft.Index != nil || ft.Int != nil || ft.Float != nil) {
			n, ok := t.AsIndexErr(args[2], &ValueErrorType)
			if !ok {
				return false
			}
			e.SetField(osErrorWritten, MakeInt(int64(n)))
		} else {
			e.SetField(OSErrorFilename, args[2])
			if len(args) > 4 && !args[4].IsNone() {
				e.SetField(OSErrorFilename2, args[4])
			}
			// Programs unpack args into two names: the file names are not there.
			e.Args = NewTuple(args[:2]...)
		}
	}
	e.SetField(OSErrorErrno, args[0])
	e.SetField(OSErrorStrerror, args[1])
	return true
}

func osErrorStr(t *Thread, v Value) Value {
	e := To[Exc](v)
	if e.field(OSErrorFilename).P == nil && (e.field(OSErrorErrno).P == nil || e.field(OSErrorStrerror).P == nil) {
		return excStr(t, v)
	}
	errno := t.Str(e.Field(OSErrorErrno))
	if errno == nil {
		return Value{}
	}
	text := t.Str(e.Field(OSErrorStrerror))
	if text == nil {
		return Value{}
	}
	s := "[Errno " + errno.S + "] " + text.S
	sep := ": "
	for _, f := range [...]int{OSErrorFilename, OSErrorFilename2} {
		x := e.field(f)
		if x.P == nil {
			break
		}
		r := t.Repr(x)
		if r == nil {
			return Value{}
		}
		s += sep + r.S
		sep = " -> "
	}
	return MakeStr(s)
}

func osErrorReduce(t *Thread, a []Value) Value {
	e := To[Exc](a[0])
	args := e.shownArgs()
	if f := e.field(OSErrorFilename); args.Len() == 2 && f.P != nil {
		if f2 := e.field(OSErrorFilename2); f2.P != nil {
			args = NewTuple(args.Items()[0], args.Items()[1], f, None, f2)
		} else {
			args = NewTuple(args.Items()[0], args.Items()[1], f)
		}
	}
	return excReduce(a[0], args, excDict(a[0]))
}
