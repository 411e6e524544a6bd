// Package statmod is module _stat: the bits of file modes.
package statmod

import (
	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

const typeMask = 0o170000

// constants are the module's integers. Bits that the platform does not know are 0.
var constants = []struct {
	name  string
	value int64
}{
	{"S_IFDIR", 0o040000}, {"S_IFCHR", 0o020000}, {"S_IFBLK", 0o060000}, {"S_IFREG", 0o100000}, {"S_IFIFO", 0o010000},
	{"S_IFLNK", 0o120000}, {"S_IFSOCK", 0o140000}, {"S_IFDOOR", 0}, {"S_IFPORT", 0}, {"S_IFWHT", 0},
	{"S_ISUID", 0o4000}, {"S_ISGID", 0o2000}, {"S_ISVTX", 0o1000}, {"S_ENFMT", 0o2000},
	{"S_IREAD", 0o400}, {"S_IWRITE", 0o200}, {"S_IEXEC", 0o100},
	{"S_IRWXU", 0o700}, {"S_IRUSR", 0o400}, {"S_IWUSR", 0o200}, {"S_IXUSR", 0o100},
	{"S_IRWXG", 0o070}, {"S_IRGRP", 0o040}, {"S_IWGRP", 0o020}, {"S_IXGRP", 0o010},
	{"S_IRWXO", 0o007}, {"S_IROTH", 0o004}, {"S_IWOTH", 0o002}, {"S_IXOTH", 0o001},
	{"UF_SETTABLE", 0xffff}, {"UF_NODUMP", 1}, {"UF_IMMUTABLE", 2}, {"UF_APPEND", 4}, {"UF_OPAQUE", 8}, {"UF_NOUNLINK", 0x10},
	{"UF_COMPRESSED", 0x20}, {"UF_TRACKED", 0x40}, {"UF_DATAVAULT", 0x80}, {"UF_HIDDEN", 0x8000},
	{"SF_SETTABLE", 0xffff0000}, {"SF_ARCHIVED", 0x10000}, {"SF_IMMUTABLE", 0x20000}, {"SF_APPEND", 0x40000}, {"SF_NOUNLINK", 0x100000},
	{"SF_SNAPSHOT", 0x200000}, {"SF_FIRMLINK", 0x800000}, {"SF_DATALESS", 0x40000000},
	{"ST_MODE", 0}, {"ST_INO", 1}, {"ST_DEV", 2}, {"ST_NLINK", 3}, {"ST_UID", 4}, {"ST_GID", 5}, {"ST_SIZE", 6}, {"ST_ATIME", 7},
	{"ST_MTIME", 8}, {"ST_CTIME", 9},
}

// mode converts the argument of a function to a file's mode.
func mode(t *Thread, v Value) (int64, bool) {
	if v.IsInt() && v.Int() >= 0 && v.Int() <= 0xffffffff {
		return v.Int(), true
	}
	if v.Type().Flags&object.FlagInt == 0 {
		// An int is wanted for its value, not for what __index__ makes of something else.
		x := t.Index(v)
		if x.P == nil {
			return 0, false
		}
		v = x
	}
	n, ok := object.AsInt64(v)
	switch {
	case !ok && object.AsBig(v).Sign() > 0:
		t.OverflowErrorf("Python int too large to convert to C unsigned long")
		return 0, false
	case !ok || n < 0:
		t.OverflowErrorf("can't convert negative value to unsigned int")
		return 0, false
	case n > 0xffffffff:
		t.OverflowErrorf("mode out of range")
		return 0, false
	}
	return n, true
}

func is(kind int64) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		m, ok := mode(t, a[0])
		if !ok {
			return Value{}
		}
		return object.MakeBool(kind != 0 && m&typeMask == kind)
	}
}

func part(mask int64) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		m, ok := mode(t, a[0])
		if !ok {
			return Value{}
		}
		return object.MakeInt(m & mask)
	}
}

// filemode writes a mode as ls -l does.
func filemode(t *Thread, a []Value) Value {
	m, ok := mode(t, a[0])
	if !ok {
		return Value{}
	}
	b := []byte("?rwxrwxrwx")
	switch m & typeMask {
	case 0o100000:
		b[0] = '-'
	case 0o040000:
		b[0] = 'd'
	case 0o120000:
		b[0] = 'l'
	case 0o060000:
		b[0] = 'b'
	case 0o020000:
		b[0] = 'c'
	case 0o010000:
		b[0] = 'p'
	case 0o140000:
		b[0] = 's'
	}
	for i := 0; i < 9; i++ {
		if m&(0o400>>i) == 0 {
			b[1+i] = '-'
		}
	}
	special := func(bit int64, at int, with, without byte) {
		if m&bit == 0 {
			return
		}
		if b[at] == 'x' {
			b[at] = with
		} else {
			b[at] = without
		}
	}
	special(0o4000, 3, 's', 'S')
	special(0o2000, 6, 's', 'S')
	special(0o1000, 9, 't', 'T')
	return object.Of(object.NewASCII(string(b)))
}

// Module is the definition of _stat.
var Module = object.ModuleDef{
	Name: "_stat",
	Doc:  "Bits of the modes of files, and what tests them.",
	Methods: []object.MethodDef{
		{Name: "S_ISDIR", Sig: "(mode, /)", Fn: is(0o040000), Doc: "S_ISDIR(mode) -> bool\n\nReturn True if mode is from a directory."},
		{Name: "S_ISCHR", Sig: "(mode, /)", Fn: is(0o020000), Doc: "S_ISCHR(mode) -> bool\n\nReturn True if mode is from a character special device file."},
		{Name: "S_ISBLK", Sig: "(mode, /)", Fn: is(0o060000), Doc: "S_ISBLK(mode) -> bool\n\nReturn True if mode is from a block special device file."},
		{Name: "S_ISREG", Sig: "(mode, /)", Fn: is(0o100000), Doc: "S_ISREG(mode) -> bool\n\nReturn True if mode is from a regular file."},
		{Name: "S_ISFIFO", Sig: "(mode, /)", Fn: is(0o010000), Doc: "S_ISFIFO(mode) -> bool\n\nReturn True if mode is from a FIFO (named pipe)."},
		{Name: "S_ISLNK", Sig: "(mode, /)", Fn: is(0o120000), Doc: "S_ISLNK(mode) -> bool\n\nReturn True if mode is from a symbolic link."},
		{Name: "S_ISSOCK", Sig: "(mode, /)", Fn: is(0o140000), Doc: "S_ISSOCK(mode) -> bool\n\nReturn True if mode is from a socket."},
		{Name: "S_ISDOOR", Sig: "(mode, /)", Fn: is(0), Doc: "S_ISDOOR(mode) -> bool\n\nReturn True if mode is from a door."},
		{Name: "S_ISPORT", Sig: "(mode, /)", Fn: is(0), Doc: "S_ISPORT(mode) -> bool\n\nReturn True if mode is from an event port."},
		{Name: "S_ISWHT", Sig: "(mode, /)", Fn: is(0), Doc: "S_ISWHT(mode) -> bool\n\nReturn True if mode is from a whiteout."},
		{Name: "S_IMODE", Sig: "(mode, /)", Fn: part(0o7777), Doc: "Return the portion of the file's mode that can be set by os.chmod()."},
		{Name: "S_IFMT", Sig: "(mode, /)", Fn: part(typeMask), Doc: "Return the portion of the file's mode that describes the file type."},
		{Name: "filemode", Sig: "(mode, /)", Fn: filemode, Doc: "Convert a file's mode to a string of the form '-rwxrwxrwx'."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		for _, c := range constants {
			m.Set(t, c.name, object.MakeInt(c.value))
		}
		return true
	},
}
