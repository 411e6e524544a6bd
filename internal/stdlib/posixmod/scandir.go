package posixmod

import (
	"strings"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// dirEntry is an os.DirEntry.
type dirEntry struct {
	object.Head
	name, path   Value
	file         string // what the system calls it
	dir          int
	kind         uint32 // type as the directory says, 0: unknown
	ino          uint64
	stat, target Value // results of stat once asked for, not following and following links
}

// scanner is the iterator that os.scandir returns.
type scanner struct {
	object.Head
	entries []host.DirEntry
	path    native.Path
	prefix  string
	dir     int
	closed  bool
}

var dirEntryType, scannerType object.Type

// setupScandir defines types of the module.
func setupScandir() {
	object.Define(&dirEntryType, object.TypeSpec{Name: "DirEntry", Module: "posix", Flags: object.FlagNoNew,
		Slots: object.Slots{Repr: func(t *Thread, v Value) Value {
			r := t.Repr(object.To[dirEntry](v).name)
			if r == nil {
				return Value{}
			}
			return object.MakeStr("<DirEntry " + r.S + ">")
		}},
		Methods: []object.MethodDef{
			{Name: "is_dir", Sig: "($self, /, *, follow_symlinks=True)", Fn: entryIs(host.ModeDir), Doc: "Return True if the entry is a directory; cached per entry."},
			{Name: "is_file", Sig: "($self, /, *, follow_symlinks=True)", Fn: entryIs(host.ModeRegular), Doc: "Return True if the entry is a file; cached per entry."},
			{Name: "is_symlink", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return entryTest(t, object.To[dirEntry](a[0]), host.ModeLink, false)
			}, Doc: "Return True if the entry is a symbolic link; cached per entry."},
			{Name: "is_junction", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.False }, Doc: "Return True if the entry is a junction; cached per entry."},
			{Name: "stat", Sig: "($self, /, *, follow_symlinks=True)", Fn: func(t *Thread, a []Value) Value {
				follow, ok := native.Flag(t, a[1], true)
				if !ok {
					return Value{}
				}
				return object.To[dirEntry](a[0]).statResult(t, follow)
			}, Doc: "Return stat_result object for the entry; cached per entry."},
			{Name: "inode", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeUint(object.To[dirEntry](a[0]).ino) }, Doc: "Return inode of the entry; cached per entry."},
			{Name: "__fspath__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.To[dirEntry](a[0]).path }, Doc: "Returns the path for the entry."},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "See PEP 585"},
		},
		GetSets: []object.GetSetDef{
			{Name: "name", Member: true, Get: func(t *Thread, v Value) Value { return object.To[dirEntry](v).name }, Doc: "the entry's base filename, relative to scandir() \"path\" argument"},
			{Name: "path", Member: true, Get: func(t *Thread, v Value) Value { return object.To[dirEntry](v).path }, Doc: "the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)"},
		},
	})
	object.Define(&scannerType, object.TypeSpec{Name: "ScandirIterator", Module: "posix", Flags: object.FlagNoNew,
		Slots: object.Slots{Iter: object.SelfIter, Next: scanNext},
		Methods: []object.MethodDef{
			{Name: "__enter__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return a[0] }},
			{Name: "__exit__", Sig: "($self, /, *args)", Fn: scanClose},
			{Name: "close", Sig: "($self, /)", Fn: scanClose},
		},
	})
}

// statResult returns the cached result of stat.
func (e *dirEntry) statResult(t *Thread, follow bool) Value {
	cache := &e.stat
	if follow && e.kind != host.ModeLink && e.kind != 0 {
		follow = false
	}
	if follow {
		cache = &e.target
	}
	if cache.P != nil {
		return *cache
	}
	f := native.Files(t)
	if f == nil {
		return Value{}
	}
	var st host.Stat
	t.Unlock()
	err := f.Stat(e.dir, e.file, follow, &st)
	t.Lock()
	if err != nil {
		return native.OSError(t, err, e.path)
	}
	*cache = StatResult(&st)
	return *cache
}

// entryTest says whether the entry is of a kind. One that is gone is of none.
func entryTest(t *Thread, e *dirEntry, kind uint32, follow bool) Value {
	if e.kind != 0 && (!follow || e.kind != host.ModeLink) {
		return object.MakeBool(e.kind == kind)
	}
	st := e.statResult(t, follow)
	if st.P == nil {
		if t.Catch(&object.FileNotFoundErrorType) != nil {
			return object.False
		}
		return Value{}
	}
	mode := object.To[object.Tuple](st).Items()[0]
	return object.MakeBool(uint32(mode.Int())&host.ModeType == kind)
}

func entryIs(kind uint32) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		follow, ok := native.Flag(t, a[1], true)
		if !ok {
			return Value{}
		}
		return entryTest(t, object.To[dirEntry](a[0]), kind, follow)
	}
}

// readDir reads a directory for listdir and scandir.
func readDir(t *Thread, v Value, fn string) (p native.Path, entries []host.DirEntry, ok bool) {
	if v.P == nil {
		v = object.None
	}
	if p, ok = native.PathArg(t, v, fn, "path", true, true); !ok {
		return
	}
	f := native.Files(t)
	if f == nil {
		return p, nil, false
	}
	if p.IsFD && p.FD == -1 {
		p = native.Path{Name: ".", Value: object.None} // to C that is no descriptor, and no path
	}
	t.Unlock()
	var err error
	switch {
	case p.IsFD:
		entries, err = f.ReadDir("", p.FD)
	case p.Name == "":
		err = errNoEntry
	default:
		entries, err = f.ReadDir(p.Name, 0)
	}
	t.Lock()
	if err != nil {
		name := p.Value
		if p.IsFD {
			name = Value{}
		}
		native.OSError(t, err, name)
		return p, nil, false
	}
	return p, entries, true
}

func listdir(t *Thread, a []Value) Value {
	p, entries, ok := readDir(t, a[0], "listdir")
	if !ok {
		return Value{}
	}
	items := make([]Value, len(entries))
	for i := range entries {
		items[i] = p.Decoded(entries[i].Name)
	}
	return object.Of(object.NewList(items))
}

func scandir(t *Thread, a []Value) Value {
	p, entries, ok := readDir(t, a[0], "scandir")
	if !ok {
		return Value{}
	}
	s := &scanner{Head: object.Head{Type: &scannerType}, entries: entries, path: p, dir: host.CWD}
	switch {
	case p.IsFD:
		s.dir = p.FD
	case p.Value.IsNone():
		s.prefix = "./"
	default:
		s.prefix = p.Name
		if !strings.HasSuffix(s.prefix, "/") {
			s.prefix += "/"
		}
	}
	return object.Of(s)
}

func scanNext(t *Thread, v Value) Value {
	s := object.To[scanner](v)
	if len(s.entries) == 0 {
		return Value{}
	}
	x := &s.entries[0]
	s.entries = s.entries[1:]
	e := &dirEntry{Head: object.Head{Type: &dirEntryType}, file: s.prefix + x.Name, dir: s.dir, kind: x.Type, ino: x.Ino}
	e.name = s.path.Decoded(x.Name)
	e.path = e.name
	if !s.path.IsFD {
		e.path = s.path.Decoded(e.file)
	}
	return object.Of(e)
}

func scanClose(t *Thread, a []Value) Value {
	s := object.To[scanner](a[0])
	s.entries, s.closed = nil, true
	return object.None
}
