// Package arraymod is module array: sequences of numbers or characters in the machine's form.
package arraymod

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

type (
	thread = object.Thread
	value  = object.Value
)

// array is an array.array. Its items are in the machine's order of bytes.
type array struct {
	object.Head
	kind    *kind
	b       []byte
	exports object.Exports
}

type arraySub struct {
	array
	object.Attrs
}

// kind is what a typecode stands for.
type kind struct {
	code   byte
	size   int
	native byte // the code of UnpackNative; 0 for characters
	format string
	signed bool
	float  bool
}

var kinds = []kind{
	{'b', 1, 'b', "b", true, false},
	{'B', 1, 'B', "B", false, false},
	{'u', 4, 0, "w", false, false},
	{'w', 4, 0, "w", false, false},
	{'h', 2, 'h', "h", true, false},
	{'H', 2, 'H', "H", false, false},
	{'i', 4, 'i', "i", true, false},
	{'I', 4, 'I', "I", false, false},
	{'l', object.LongSize, 'l', "l", true, false},
	{'L', object.LongSize, 'L', "L", false, false},
	{'q', 8, 'q', "q", true, false},
	{'Q', 8, 'Q', "Q", false, false},
	{'f', 4, 'f', "f", true, true},
	{'d', 8, 'd', "d", true, true},
}

const typeCodes = "bBuwhHiIlLqQfd"

func kindOf(c byte) *kind {
	for i := range kinds {
		if kinds[i].code == c {
			return &kinds[i]
		}
	}
	return nil
}

func (k *kind) isText() bool { return k.native == 0 }

func alloc(t *thread, cls *object.Type) value {
	if cls == &arrayType {
		return object.Of(&array{Head: object.Head{Type: cls}, kind: &kinds[0]})
	}
	p := &arraySub{}
	p.Type, p.kind = cls, &kinds[0]
	return object.InitAttrs(cls, object.Of(p))
}

func newArray(k *kind, b []byte) *array {
	return &array{Head: object.Head{Type: &arrayType}, kind: k, b: b}
}

func toArray(v value) *array { return object.To[array](v) }

func isArray(v value) bool { return v.IsA(&arrayType) }

func (a *array) len() int { return len(a.b) / a.kind.size }

const maxBytes = 1<<32 - 1

// resizable raises BufferError if there are views.
func (a *array) resizable(t *thread) bool {
	if a.exports.Any(t) {
		t.Raisef(&object.BufferErrorType, "cannot resize an array that is exporting buffers")
		return false
	}
	return true
}

// splice replaces the n bytes at i by s, which is not part of the array.
func (a *array) splice(t *thread, i, n int, s []byte) bool {
	if len(s) != n {
		if !a.resizable(t) {
			return false
		}
		if len(a.b)-n+len(s) > maxBytes {
			t.RaiseNew(&object.MemoryErrorType)
			return false
		}
		a.b = slices.Replace(a.b, i, i+n, s...)
		return true
	}
	copy(a.b[i:], s)
	return true
}

// item returns item i.
func (a *array) item(t *thread, i int) value {
	k := a.kind
	b := a.b[i*k.size:]
	if k.native != 0 {
		return object.UnpackNative(k.native, b[:k.size])
	}
	r := binary.NativeEndian.Uint32(b)
	if r > utf8.MaxRune {
		return t.ValueErrorf("character U+%x is not in range [U+0000; U+10ffff]", r)
	}
	return object.MakeChar(rune(r))
}

// store converts x and appends its bytes.
func (k *kind) store(t *thread, dst []byte, x value) ([]byte, bool) {
	switch {
	case k.isText():
		if !x.IsStr() {
			t.TypeErrorf("array item must be a unicode character, not %s", x.Type().Name)
			return dst, false
		}
		s := x.Str()
		if s.Len() != 1 {
			t.TypeErrorf("array item must be a unicode character, not a string of length %d", s.Len())
			return dst, false
		}
		r, _ := object.DecodePoint(s.S)
		return binary.NativeEndian.AppendUint32(dst, uint32(r)), true
	case k.float:
		f, ok := t.RealNumber(x)
		if !ok {
			return dst, false
		}
		if k.size == 4 {
			return binary.NativeEndian.AppendUint32(dst, math.Float32bits(float32(f))), true
		}
		return binary.NativeEndian.AppendUint64(dst, math.Float64bits(f)), true
	}
	if !x.IsInt() {
		if x = t.Index(x); x.P == nil {
			return dst, false
		}
	}
	var n uint64
	if x.IsInt() {
		n = uint64(x.Int())
		shift := uint(64 - 8*k.size)
		if k.signed && int64(n)<<shift>>shift != int64(n) || !k.signed && (int64(n) < 0 || n<<shift>>shift != n) {
			k.rangeError(t, int64(n) < 0)
			return dst, false
		}
	} else {
		z := &object.To[object.Int](x).V
		if k.signed || k.size < 8 || !z.IsUint64() {
			k.hugeError(t, z.Sign() < 0)
			return dst, false
		}
		n = z.Uint64()
	}
	switch k.size {
	case 1:
		return append(dst, byte(n)), true
	case 2:
		return binary.NativeEndian.AppendUint16(dst, uint16(n)), true
	case 4:
		return binary.NativeEndian.AppendUint32(dst, uint32(n)), true
	}
	return binary.NativeEndian.AppendUint64(dst, n), true
}

// rangeError says that an int that a C long can hold is too small or too large.
func (k *kind) rangeError(t *thread, negative bool) {
	switch k.code {
	case 'I', 'L':
		if negative {
			t.OverflowErrorf("can't convert negative value to unsigned int")
		} else {
			t.OverflowErrorf("unsigned int is greater than maximum")
		}
		return
	case 'Q':
		t.OverflowErrorf("can't convert negative int to unsigned")
		return
	}
	name := map[byte]string{'b': "signed char", 'B': "unsigned byte integer", 'h': "signed short integer", 'H': "unsigned short", 'i': "signed integer"}[k.code]
	if negative {
		t.OverflowErrorf("%s is less than minimum", name)
	} else {
		t.OverflowErrorf("%s is greater than maximum", name)
	}
}

// hugeError says the same of one that it cannot hold.
func (k *kind) hugeError(t *thread, negative bool) {
	switch k.code {
	case 'I', 'L':
		if negative {
			t.OverflowErrorf("can't convert negative value to unsigned int")
		} else {
			t.OverflowErrorf("Python int too large to convert to C unsigned long")
		}
	case 'q':
		t.OverflowErrorf("int too big to convert")
	case 'Q':
		if negative {
			t.OverflowErrorf("can't convert negative int to unsigned")
		} else {
			t.OverflowErrorf("int too big to convert")
		}
	case 'l':
		t.OverflowErrorf("Python int too large to convert to C long")
	default:
		t.OverflowErrorf("Python int too large to convert to C long")
	}
}

// storeAll appends the bytes of all items of an iterable.
func (k *kind) storeAll(t *thread, dst []byte, v value) ([]byte, bool) {
	if isArray(v) {
		o := toArray(v)
		for i := 0; i < o.len(); i++ {
			x := o.item(t, i)
			if x.P == nil {
				return dst, false
			}
			var ok bool
			if dst, ok = k.store(t, dst, x); !ok {
				return dst, false
			}
		}
		return dst, true
	}
	good := true
	ok := t.Each(v, func(x value) bool {
		dst, good = k.store(t, dst, x)
		return good
	})
	return dst, ok && good
}

func construct(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
	if object.NameCount(names) > 0 && cls == &arrayType {
		return t.TypeErrorf("array.array() takes no keyword arguments")
	}
	n := len(args) - object.NameCount(names)
	switch {
	case n == 0:
		return t.TypeErrorf("array() takes at least 1 argument (0 given)")
	case n > 2:
		return t.TypeErrorf("array() takes at most 2 arguments (%d given)", n)
	case !args[0].IsStr():
		return t.TypeErrorf("array() argument 1 must be a unicode character, not %s", object.ArgName(args[0]))
	case args[0].Str().Len() != 1:
		return t.TypeErrorf("array() argument 1 must be a unicode character, not a string of length %d", args[0].Str().Len())
	}
	code := args[0].Str().S[0]
	if code == 'u' && !t.Warn(&object.DeprecationWarningType, 1, "The 'u' type code is deprecated and will be removed in Python 3.16") {
		return value{}
	}
	k := kindOf(code)
	text := code == 'u' || code == 'w'
	var init value
	if n == 2 {
		init = args[1]
		switch {
		case init.IsStr() && !text:
			return t.TypeErrorf("cannot use a str to initialize an array with typecode '%c'", code)
		case isArray(init) && toArray(init).kind.isText() && !text:
			return t.TypeErrorf("cannot use a unicode array to initialize an array with typecode '%c'", code)
		}
		if !isArray(init) && !init.IsStr() && init.Type().Flags&(object.FlagList|object.FlagTuple|object.FlagBytes) == 0 && !init.IsA(&object.ByteArrayType) {
			if init = t.Iter(init); init.P == nil {
				return init
			}
		}
	}
	if k == nil {
		return t.ValueErrorf("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)")
	}
	r := alloc(t, cls)
	a := toArray(r)
	a.kind = k
	if init.P == nil {
		return r
	}
	ok := true
	switch {
	case isArray(init) && toArray(init).kind == k:
		a.b = slices.Clone(toArray(init).b)
	case init.IsStr():
		a.b = appendText(nil, init.Str().S)
	case init.Type().Flags&object.FlagBytes != 0 || init.IsA(&object.ByteArrayType):
		ok = a.fromBytes(t, init)
	default:
		var b []byte
		if b, ok = k.storeAll(t, nil, init); ok {
			a.b = b
		}
	}
	if !ok {
		return value{}
	}
	return r
}

func appendText(b []byte, s string) []byte {
	for s != "" {
		r, n := object.DecodePoint(s)
		s = s[n:]
		b = binary.NativeEndian.AppendUint32(b, uint32(r))
	}
	return b
}

// fromBytes appends items from the bytes of an object with a buffer.
func (a *array) fromBytes(t *thread, v value) bool {
	s, ok := t.BytesLike(v)
	if !ok {
		return false
	}
	if len(s)%a.kind.size != 0 {
		t.ValueErrorf("bytes length not a multiple of item size")
		return false
	}
	if s == "" {
		return true
	}
	return a.splice(t, len(a.b), 0, []byte(s))
}

func repr(t *thread, v value) value {
	a := toArray(v)
	b := append([]byte(v.Type().ShortName()), "('"...)
	b = append(b, a.kind.code, '\'')
	if len(a.b) > 0 {
		var x value
		if a.kind.isText() {
			if x = a.text(t); x.P == nil {
				return x
			}
		} else {
			x = a.list(t)
		}
		var ok bool
		if b, ok = t.AppendReprOf(append(b, ", "...), x); !ok {
			return value{}
		}
	}
	return object.MakeStr(string(append(b, ')')))
}

// text returns the items of an array of characters as a str.
func (a *array) text(t *thread) value {
	var s strings.Builder
	for i := range a.len() {
		r := binary.NativeEndian.Uint32(a.b[4*i:])
		if r > utf8.MaxRune {
			return t.ValueErrorf("character U+%x is not in range [U+0000; U+10ffff]", r)
		}
		s.Write(object.AppendPoint(nil, rune(r)))
	}
	return object.MakeStr(s.String())
}

// list returns the items in a list, which is no value if one is no character.
func (a *array) list(t *thread) value {
	items := make([]value, a.len())
	for i := range items {
		if items[i] = a.item(t, i); items[i].P == nil {
			return value{}
		}
	}
	return object.Of(object.NewList(items))
}

var arrayType, iterType object.Type

// iterator iterates over an array. array is nil once it is exhausted.
type iterator struct {
	object.Head
	array *array
	index int
}

func iterNext(t *thread, v value) value {
	it := object.To[iterator](v)
	if it.array == nil {
		return value{}
	}
	if it.index < it.array.len() {
		it.index++
		return it.array.item(t, it.index-1)
	}
	it.array = nil
	return value{}
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&iterType, object.TypeSpec{Name: "arrayiterator", Module: "array", Flags: object.FlagNoNew | object.FlagLeafIter,
		Slots: object.Slots{Iter: object.SelfIter, Next: iterNext},
		Methods: []object.MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
				it := object.To[iterator](a[0])
				iter := t.IterBuiltin()
				if iter.P == nil {
					return iter
				}
				if it.array == nil {
					return object.Of(object.NewTuple(iter, object.Of(object.NewTuple(object.Of(object.EmptyTuple)))))
				}
				return object.Of(object.NewTuple(iter, object.Of(object.NewTuple(object.Of(it.array))), object.MakeInt(int64(it.index))))
			}, Doc: "Return state information for pickling."},
			{Name: "__setstate__", Sig: "($self, state, /)", Fn: func(t *thread, a []value) value {
				i, ok := t.AsSize(a[1])
				if !ok {
					return value{}
				}
				if it := object.To[iterator](a[0]); it.array != nil {
					it.index = min(max(i, 0), it.array.len())
				}
				return object.None
			}, Doc: "Set state information for unpickling."},
		}})
	object.Define(&arrayType, object.TypeSpec{
		Name: "array", Module: "array", Doc: arrayDoc, Flags: object.FlagBase | object.FlagSequence, HasWeak: true,
		SubOffset: unsafe.Offsetof(arraySub{}.Attrs),
		Slots: object.Slots{
			Alloc: alloc, New: construct, Repr: repr, Compare: compare,
			Iter: func(t *thread, v value) value {
				return object.Of(&iterator{object.Head{Type: &iterType}, toArray(v), 0})
			},
			Len:     func(t *thread, v value) (int, bool) { return toArray(v).len(), true },
			GetItem: getItem, SetItem: setItem, Contains: contains,
			Concat: concat, Repeat: repeat, InConcat: inConcat, InRepeat: inRepeat,
			Buffer: func(t *thread, v value, writable bool) (*object.Buffer, bool) {
				a := toArray(v)
				b := object.BytesBuffer(v, a.b, false, &a.exports)
				b.ItemSize, b.Format = a.kind.size, a.kind.format
				return b, true
			},
		},
		Methods: methods,
		GetSets: []object.GetSetDef{
			{Name: "itemsize", Get: func(t *thread, v value) value { return object.MakeInt(int64(toArray(v).kind.size)) }, Doc: "the size, in bytes, of one array item"},
			{Name: "typecode", Get: func(t *thread, v value) value { return object.MakeChar(rune(toArray(v).kind.code)) }, Doc: "the typecode character used to create the array"},
		},
	})
}

// Module is the definition of array.
var Module = object.ModuleDef{
	Name:  "array",
	Setup: setup,
	Doc: "This module defines an object type which can efficiently represent\n" +
		"an array of basic values: characters, integers, floating-point\n" +
		"numbers.  Arrays are sequence types and behave very much like lists,\n" +
		"except that the type of objects stored in them is constrained.\n",
	Methods: []object.MethodDef{
		{Name: "_array_reconstructor", Sig: "(arraytype, typecode, mformat_code, items, /)", Fn: reconstruct, Doc: "Internal. Used for pickling support."},
	},
	Types: []*object.Type{&arrayType},
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "ArrayType", object.Of(&arrayType))
		m.Set(t, "typecodes", object.MakeStr(typeCodes))
		abc := t.ImportModule(t.Interp.Intern("collections.abc"))
		if abc.P == nil {
			return false
		}
		sequence := t.GetAttrName(abc, "MutableSequence")
		return sequence.P != nil && t.CallMethod(sequence, nameRegister, object.Of(&arrayType)).P != nil
	},
}

var nameRegister = object.StaticName("register")

const arrayDoc = `array(typecode [, initializer]) -> array

Return a new array whose items are restricted by typecode, and
initialized from the optional initializer value, which must be a list,
string or iterable over elements of the appropriate type.

Arrays behave very much like lists, except that the type of objects
stored in them is constrained. The type is given by a single character:

    Type code   C Type             Size in bytes
    'b'         signed integer     1
    'B'         unsigned integer   1
    'u', 'w'    Unicode character  4
    'h'         signed integer     2
    'H'         unsigned integer   2
    'i'         signed integer     4
    'I'         unsigned integer   4
    'l'         signed integer     4 or 8
    'L'         unsigned integer   4 or 8
    'q'         signed integer     8
    'Q'         unsigned integer   8
    'f'         floating-point     4
    'd'         floating-point     8
`
