// Package structmod is module _struct: values as the bytes that C structs have.
package structmod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

type (
	thread = object.Thread
	value  = object.Value
)

// state is what the interpreter keeps for the module.
type state struct {
	err   *object.Type
	cache map[string]*layout
	// recent are layouts by the str of the format, most often a constant of the code.
	recent [recentSlots]struct {
		format *object.Str
		layout *layout
	}
}

const (
	maxCache    = 100
	recentSlots = 16
)

var stateKey = object.NewStateKey()

func stateOf(t *thread) *state {
	s, _ := t.Interp.StateAt(stateKey).(*state)
	if s == nil {
		err := t.NewExcClass("struct", "error", "", &object.ExceptionType)
		if err == nil {
			return nil
		}
		s = &state{err: err, cache: map[string]*layout{}}
		t.Interp.SetStateAt(stateKey, s)
	}
	return s
}

// Module is the definition of _struct.
var Module = object.ModuleDef{
	Name:  "_struct",
	Setup: setup,
	Doc: "Functions to convert between Python values and C structs.\n" +
		"Python bytes objects are used to hold the data representing the C struct\n" +
		"and also as format strings (explained below) to describe the layout of data\n" +
		"in the C struct.\n\n" +
		"The optional first format char indicates byte order, size and alignment:\n" +
		"  @: native order, size & alignment (default)\n" +
		"  =: native order, std. size & alignment\n" +
		"  <: little-endian, std. size & alignment\n" +
		"  >: big-endian, std. size & alignment\n" +
		"  !: same as >\n\n" +
		"The remaining chars indicate types of args and must match exactly;\n" +
		"these can be preceded by a decimal repeat count. A whitespace character\n" +
		"between formats is ignored.\n\n" +
		"The variable struct.error is an exception raised on errors.",
	Methods: []object.MethodDef{
		{Name: "_clearcache", Sig: "()", Fn: func(t *thread, a []value) value {
			if s := stateOf(t); s != nil {
				clear(s.cache)
				clear(s.recent[:])
			}
			return object.None
		}, Doc: "Clear the internal cache."},
		{Name: "calcsize", Sig: "(format, /)", Fn: func(t *thread, a []value) value {
			l := cached(t, a[0])
			if l == nil {
				return value{}
			}
			return object.MakeInt(int64(l.size))
		}, Doc: "Return size in bytes of the struct described by the format string."},
		{Name: "iter_unpack", Sig: "(format, buffer, /)", Fn: func(t *thread, a []value) value {
			l := cached(t, a[0])
			if l == nil {
				return value{}
			}
			return l.iterUnpack(t, a[1])
		}, Doc: "Return an iterator yielding tuples unpacked from the given bytes.\n\nThe bytes are unpacked according to the format string, like a repeated\ninvocation of unpack_from().\n\nRequires that the bytes length be a multiple of the format struct size."},
		{Name: "pack", Raw: packing("_struct.pack", noFormat, cached, (*layout).packAll), Doc: "pack(format, v1, v2, ...) -> bytes\n\nReturn a bytes object containing the values v1, v2, ... packed according\nto the format string.  See help(struct) for more on format strings."},
		{Name: "pack_into", Raw: packing("_struct.pack_into", noFormat, cached, (*layout).packInto), Doc: "pack_into(format, buffer, offset, v1, v2, ...)\n\nPack the values v1, v2, ... according to the format string and write\nthe packed bytes into the writable buffer buf starting at offset.  Note\nthat the offset is a required argument.  See help(struct) for more on\nformat strings."},
		{Name: "unpack", Sig: "(format, buffer, /)", Fn: func(t *thread, a []value) value {
			l := cached(t, a[0])
			if l == nil {
				return value{}
			}
			return l.unpackAll(t, a[1])
		}, Doc: "Return a tuple containing values unpacked according to the format string.\n\nThe buffer's size in bytes must be calcsize(format).\n\nSee help(struct) for more on format strings."},
		{Name: "unpack_from", Sig: "(format, /, buffer, offset=0)", Fn: func(t *thread, a []value) value {
			l := cached(t, a[0])
			if l == nil {
				return value{}
			}
			return l.unpackFrom(t, a[1], a[2])
		}, Doc: "Return a tuple containing values unpacked according to the format string.\n\nThe buffer's size, minus offset, must be at least calcsize(format).\n\nSee help(struct) for more on format strings."},
	},
	Types: []*object.Type{&structType},
	Exec: func(t *thread, m *object.Module) bool {
		s := stateOf(t)
		if s == nil {
			return false
		}
		m.Set(t, "error", object.Of(s.err))
		return true
	},
}

// cached returns the layout of a format, which is a str or bytes.
func cached(t *thread, v value) *layout {
	s := stateOf(t)
	if s == nil {
		return nil
	}
	if !v.Is(&object.StrType) {
		return s.find(t, v)
	}
	e := &s.recent[uintptr(v.P)>>4%recentSlots]
	if e.format != v.Str() {
		l := s.find(t, v)
		if l == nil {
			return nil
		}
		e.format, e.layout = v.Str(), l
	}
	return e.layout
}

// find is cached without recent.
func (s *state) find(t *thread, v value) *layout {
	var text string
	switch {
	case v.Is(&structType):
		return live(t, v)
	case v.IsStr():
		x := v.Str()
		if text = x.S; !x.IsASCII() {
			t.Encode(x, "ascii", "strict")
			return nil
		}
	case v.Type().Flags&object.FlagBytes != 0:
		text = object.To[object.Bytes](v).S
	default:
		t.TypeErrorf("Struct() argument 1 must be a str or bytes object, not %s", v.Type().Name)
		return nil
	}
	if l := s.cache[text]; l != nil {
		return l
	}
	if strings.IndexByte(text, 0) >= 0 {
		fail(t, "embedded null character")
		return nil
	}
	l, message := parse(text)
	if l == nil {
		fail(t, "%s", message)
		return nil
	}
	if len(s.cache) >= maxCache {
		clear(s.cache)
	}
	s.cache[text] = l
	return l
}

// noFormat is what functions say that are called without arguments.
const noFormat = "missing format argument"

// packing makes a function of a method of layouts that packs: it takes any number of arguments by position, the first of which
// says the layout. name is the function's in messages, missing what they say without arguments.
func packing(name, missing string, layoutOf func(t *thread, v value) *layout, f func(l *layout, t *thread, args []value) value) func(t *thread, args []value, names *object.Tuple) value {
	return func(t *thread, args []value, names *object.Tuple) value {
		if object.NameCount(names) > 0 {
			return t.TypeErrorf("%s() takes no keyword arguments", name)
		}
		if len(args) == 0 {
			return t.TypeErrorf("%s", missing)
		}
		l := layoutOf(t, args[0])
		if l == nil {
			return value{}
		}
		return f(l, t, args[1:])
	}
}

func (l *layout) packAll(t *thread, values []value) value {
	if len(values) != l.count {
		fail(t, "pack expected %d items for packing (got %d)", l.count, len(values))
		return value{}
	}
	if l.size > 1<<32 {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	if l.size <= 1 {
		var b [1]byte
		if !l.pack(t, b[:l.size], values) {
			return value{}
		}
		return object.CopyBytes(b[:l.size])
	}
	x, b := object.MakeBytesBuf(l.size)
	clear(b)
	if !l.pack(t, b, values) {
		return value{}
	}
	return object.Of(x)
}

func (l *layout) packInto(t *thread, args []value) value {
	switch len(args) {
	case 0:
		fail(t, "pack_into expected buffer argument")
		return value{}
	case 1:
		fail(t, "pack_into expected offset argument")
		return value{}
	}
	if len(args)-2 != l.count {
		fail(t, "pack_into expected %d items for packing (got %d)", l.count, len(args)-2)
		return value{}
	}
	get := args[0].Type().Buffer
	var buf *object.Buffer
	ok := get != nil
	if ok {
		buf, ok = get(t, args[0], true)
	}
	if !ok {
		t.Exc = nil
		return t.TypeErrorf("argument must be read-write bytes-like object, not %s", args[0].Type().Name)
	}
	defer buf.Release(t)
	offset, ok := t.AsIndex(args[1])
	if !ok {
		return value{}
	}
	b := buf.Flat()
	switch n := len(b); {
	case offset < 0 && offset+l.size > 0:
		fail(t, "no space to pack %d bytes at offset %d", l.size, offset)
		return value{}
	case offset < 0 && offset+n < 0:
		fail(t, "offset %d out of range for %d-byte buffer", offset, n)
		return value{}
	case offset < 0:
		offset += n
	}
	if n := len(b); n < offset || n-offset < l.size {
		fail(t, "pack_into requires a buffer of at least %d bytes for packing %d bytes at offset %d (actual buffer size is %d)", uint64(l.size)+uint64(offset), l.size, offset, n)
		return value{}
	}
	b = b[offset : offset+l.size]
	clear(b)
	// What has been stored before a value that does not fit stays.
	if !l.pack(t, b, args[2:]) {
		return value{}
	}
	return object.None
}

func (l *layout) unpackAll(t *thread, v value) value {
	s, ok := t.BytesLike(v)
	if !ok {
		return value{}
	}
	if len(s) != l.size {
		fail(t, "unpack requires a buffer of %d bytes", l.size)
		return value{}
	}
	return l.unpack(object.BytesOf(s))
}

func (l *layout) unpackFrom(t *thread, v, at value) value {
	s, ok := t.BytesLike(v)
	if !ok {
		return value{}
	}
	offset := 0
	if at.P != nil {
		if offset, ok = t.AsSize(at); !ok {
			return value{}
		}
		if s, ok = t.BytesLike(v); !ok {
			return value{}
		}
	}
	switch n := len(s); {
	case offset < 0 && offset+l.size > 0:
		fail(t, "not enough data to unpack %d bytes at offset %d", l.size, offset)
		return value{}
	case offset < 0 && offset+n < 0:
		fail(t, "offset %d out of range for %d-byte buffer", offset, n)
		return value{}
	case offset < 0:
		offset += n
	}
	if n := len(s); n < offset || n-offset < l.size {
		fail(t, "unpack_from requires a buffer of at least %d bytes for unpacking %d bytes at offset %d (actual buffer size is %d)", uint64(l.size)+uint64(offset), l.size, offset, n)
		return value{}
	}
	return l.unpack(object.BytesOf(s[offset : offset+l.size]))
}
